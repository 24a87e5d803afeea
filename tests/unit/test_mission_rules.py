"""The agenda of a mission: expected times and conflicts are worked out by hand."""

from collections.abc import Mapping

import pytest

from geopark_app.domain.finding import Severity
from geopark_app.rules.mission import (
    DRY,
    START,
    WET,
    Conflict,
    Drive,
    Pace,
    PlanStop,
    clock_words,
    day_conflicts,
    estimated_minutes,
    in_both,
    in_version,
    minute_of,
    mission_conflicts,
    schedule,
)

PACE = Pace()
MAY, DECEMBER = "2028-05-10", "2028-12-10"


def no_distance(_before: str, _stop: str) -> float | None:
    return None


def entered(**minutes: int) -> Mapping[str, Drive]:
    return {key: Drive(minutes=value, source="entered") for key, value in minutes.items()}


def codes(conflicts: list[Conflict]) -> list[tuple[str, str]]:
    return [(one.code, one.stop) for one in conflicts]


@pytest.mark.parametrize(
    ("typed", "minute"),
    [
        ("8:30", 510), ("08h30", 510), ("8h", 480), ("14.05", 845), (" 23:59 ", 1439), ("8", 480),
        ("24:00", None), ("8:60", None), ("sáng", None), ("", None),
    ],
)  # fmt: skip
def test_times_are_read_as_people_write_them(typed: str, minute: int | None) -> None:
    assert minute_of(typed) == minute


def test_times_are_written_with_the_day_after_midnight() -> None:
    assert [clock_words(510), clock_words(0), clock_words(1445)] == ["08:30", "00:00", "00:05 +1"]


@pytest.mark.parametrize(
    ("metres", "minutes"),
    [
        # 20 km · 1.4 / 40 km/h = 42 min → 45
        (20_000, 45),
        # 10.714286 km · 1.4 / 40 = 22.5 → 25; 14.285714 km = 30 exactly
        (10_714.286, 25),
        (14_285.714286, 30),
        (49, 0),
        (60, 5),
    ],
)
def test_a_drive_is_estimated_by_detour_and_speed(metres: float, minutes: int) -> None:
    assert estimated_minutes(metres, PACE) == minutes


def test_another_pace_gives_other_minutes() -> None:
    # 20 km · 2 / 60 km/h = 40 min
    assert estimated_minutes(20_000, Pace(speed_kmh=60, detour=2)) == 40


def test_a_day_adds_up() -> None:
    stops = [
        PlanStop(key="a", minutes=45, drives=entered(**{START: 30})),
        PlanStop(key="b", minutes=60),
        PlanStop(key="c", minutes=30, fixed_start="13:30", drives=entered(b=20)),
    ]
    timed = schedule(stops, 480, PACE, lambda before, stop: 20_000.0)
    # 08:00 + 30 = 08:30–09:15; + 45 estimated = 10:00–11:00; + 20 = 11:20, begins 13:30–14:00
    assert [(one.arrives, one.begins, one.leaves) for one in timed] == [
        (510, 510, 555),
        (600, 600, 660),
        (680, 810, 840),
    ]
    assert [one.drive.source if one.drive else "" for one in timed] == [
        "entered", "estimated", "entered",
    ]  # fmt: skip


def test_a_day_that_begins_at_its_first_stop_has_no_first_drive() -> None:
    timed = schedule([PlanStop(key="a", minutes=10)], 480, PACE, no_distance)
    assert (timed[0].drive, timed[0].arrives) == (None, 480)


def test_a_drive_nobody_knows_is_said_to_be_unknown() -> None:
    stops = [PlanStop(key="a", minutes=10), PlanStop(key="b", minutes=10)]
    timed = schedule(stops, 480, PACE, no_distance)
    assert timed[1].drive == Drive(minutes=0, source="unknown")
    assert codes(day_conflicts(MAY, DRY, timed, 480, PACE)) == [("drive-unknown", "b")]


def test_a_drive_from_anywhere_counts_where_no_other_is_named() -> None:
    drive = Drive(minutes=25, source="entered")
    stop = PlanStop(key="b", minutes=5, any_drive=drive, drives=entered(a=20))
    for before, minutes in (("a", 20), ("z", 25)):
        timed = schedule([PlanStop(key=before, minutes=0), stop], 480, PACE, no_distance)
        assert timed[1].arrives == 480 + minutes
    assert schedule([stop], 480, PACE, no_distance)[0].drive == drive


def test_a_conflict_of_both_versions_is_named_once() -> None:
    dry = [Conflict(code="x", severity=Severity.NOTE, weather=DRY, stop=one) for one in "ab"]
    wet = [Conflict(code="x", severity=Severity.NOTE, weather=WET, stop=one) for one in "bc"]
    found = [(one.stop, one.weather) for one in in_both(dry, wet)]
    assert found == [("a", DRY), ("b", ""), ("c", WET)]


def test_each_version_has_its_own_entries_and_drives() -> None:
    stops = [
        PlanStop(key="a"),
        PlanStop(key="b", weather=DRY),
        PlanStop(key="c", weather=WET),
        PlanStop(key="d", weather="both"),
    ]
    assert [stop.key for stop in in_version(stops, DRY)] == ["a", "b", "d"]
    assert [stop.key for stop in in_version(stops, WET)] == ["a", "c", "d"]


def test_too_long_a_day_is_named_with_its_length() -> None:
    stops = [PlanStop(key="a", minutes=601)]
    (found,) = day_conflicts(MAY, DRY, schedule(stops, 480, PACE, no_distance), 480, PACE)
    assert (found.code, found.severity) == ("day-too-long", Severity.ERROR)
    assert found.details == {"minutes": "601", "longest": "600"}
    even = [PlanStop(key="a", minutes=600)]
    assert day_conflicts(MAY, DRY, schedule(even, 480, PACE, no_distance), 480, PACE) == []
    assert day_conflicts(MAY, DRY, [], 480, PACE) == []


def test_what_overlaps_a_fixed_start_is_named_with_the_minutes() -> None:
    stops = [
        PlanStop(key="a", minutes=90),
        PlanStop(key="b", minutes=10, fixed_start="9h00", drives=entered(a=20)),
    ]
    timed = schedule(stops, 480, PACE, no_distance)
    # 08:00 + 90 + 20 = 09:50, fifty minutes after 09:00
    assert timed[1].late_by == 50
    assert timed[1].begins == 590
    (found,) = day_conflicts(MAY, DRY, timed, 480, PACE)
    assert (found.code, found.details) == ("overlap", {"minutes": "50", "time": "9h00"})


@pytest.mark.parametrize(
    ("stop", "day", "weather", "code"),
    [
        ({"is_red": True}, MAY, DRY, "red-stop"),
        ({"is_red": True, "is_checked": False}, MAY, DRY, "red-stop"),
        ({"is_checked": False}, MAY, DRY, "never-checked"),
        ({"permission": "closed"}, MAY, DRY, "not-open"),
        ({"season": "dry"}, MAY, DRY, "closed-season"),
        ({"season": "dry"}, DECEMBER, DRY, None),
        ({"season": "dry"}, DECEMBER, WET, "closed-season"),
        ({"season": "flood_closed"}, MAY, DRY, None),
        ({"season": "flood_closed"}, DECEMBER, WET, "closed-in-rain"),
        ({"season": "all_year"}, MAY, WET, None),
        ({"needs_permit": True}, MAY, DRY, "border-permit"),
        ({"needs_permit": True, "permit_ready": True}, MAY, DRY, None),
        ({"has_speaker": False}, MAY, DRY, "no-speaker"),
        ({"has_speaker": False, "kind": "meal"}, MAY, DRY, None),
        ({"is_red": True, "site": ""}, MAY, DRY, None),
        ({"minutes": None}, MAY, DRY, "minutes-missing"),
        ({"fixed_start": "sáng"}, MAY, DRY, "time-unreadable"),
    ],
)
def test_what_speaks_against_a_stop(
    stop: dict[str, object], day: str, weather: str, code: str | None
) -> None:
    given: dict[str, object] = {"key": "a", "site": "s", "minutes": 30, **stop}
    timed = schedule([PlanStop(**given)], 480, PACE, no_distance)  # type: ignore[arg-type]
    found = codes(day_conflicts(day, weather, timed, 480, PACE))
    assert found == ([] if code is None else [(code, "a")])


def test_the_same_site_twice_on_a_day_is_named_once() -> None:
    stops = [PlanStop(key=key, site="s", minutes=5, drives=entered(a=0)) for key in "ab"]
    timed = schedule(stops, 480, PACE, no_distance)
    assert codes(day_conflicts(MAY, DRY, timed, 480, PACE)) == [("twice", "b")]


def test_a_mission_wants_its_meetings_and_days_within_its_dates() -> None:
    found = mission_conflicts(
        starts_on="2028-05-10",
        ends_on="2028-05-12",
        days=["2028-05-09", "2028-05-10", "2028-05-13"],
        kinds=["opening", "visit"],
    )
    assert [(one.code, one.day) for one in found] == [
        ("no-closing", ""), ("day-outside", "2028-05-09"), ("day-outside", "2028-05-13"),
    ]  # fmt: skip
    met = ["opening", "closing"]
    assert mission_conflicts(starts_on="2028-05-10", ends_on="", days=[], kinds=met) == []
    one_day = mission_conflicts(starts_on="2028-05-10", ends_on="", days=["2028-05-11"], kinds=met)
    assert [one.day for one in one_day] == ["2028-05-11"]
    assert mission_conflicts(starts_on="", ends_on="", days=["2028-05-11"], kinds=met) == []
