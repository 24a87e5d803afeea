"""The agenda of a mission: drive times, clock times of each day, and what speaks against a plan.

A day has two versions: the dry one, and the wet one for rain; each entry says in which it is used.
A drive that nobody entered or measured is estimated from the distance as the crow flies:
distance × detour factor / speed, rounded up to five minutes. Speed, detour factor and the longest
day are proposals of this program (40 km/h, 1.4, ten hours) that a mission may replace. The rainy
season of northern Viet Nam is taken as May to October.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from geopark_app.domain.finding import Severity

DRY, WET = "dry", "wet"
VISIT = "visit"
START = "start"
"""Stands for the place a day departs from, where a stop before would be named."""

SPEED_KMH = 40.0
DETOUR = 1.4
LONGEST_DAY_MIN = 600
DEPARTURE_MIN = 8 * 60
RAINY_MONTHS = frozenset(range(5, 11))
_STEP_MIN = 5
_SAME_PLACE_M = 50.0
_DAY_MIN = 24 * 60
_TYPED = re.compile(r"(\d{1,2})\s*(?:[:.hH]\s*(\d{2})?)?")

Distance = Callable[[str, str], float | None]
"""Gives the metres between two entries by their keys, or None where a place is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How drives are estimated, and how long a day may be."""

    speed_kmh: float = SPEED_KMH
    detour: float = DETOUR
    longest_day_min: int = LONGEST_DAY_MIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Drive:
    """A drive: minutes, and how they are known (`entered`, `measured`, `estimated`, `unknown`)."""

    minutes: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStop:
    """One entry of a day.

    Attributes
    ----------
    key : str
        Of the entry.
    kind : str
        `visit`, or a meeting, a meal, a night.
    weather : str
        `dry`, `wet`, or anything else for both versions.
    minutes : int or None
        On the spot.
    fixed_start : str
        Time it must begin, as typed; empty where it follows from the drive.
    drives : mapping of str to Drive
        Entered or measured drives by the key of the entry before, or `START`.
    any_drive : Drive or None
        Drive for every entry before that `drives` does not name.
    site : str
        Key of the site, or empty.
    is_red, is_checked : bool
        Whether a critical item is not met today; whether anything was checked there.
    season, permission : str
        Terms of the site.
    needs_permit, permit_ready : bool
        Whether foreigners need a permit there; whether it has been given.
    has_speaker : bool
        Whether somebody is named who speaks.
    """

    key: str
    kind: str = VISIT
    weather: str = ""
    minutes: int | None = None
    fixed_start: str = ""
    drives: Mapping[str, Drive] = field(default_factory=dict)
    any_drive: Drive | None = None
    site: str = ""
    is_red: bool = False
    is_checked: bool = True
    season: str = ""
    permission: str = ""
    needs_permit: bool = False
    permit_ready: bool = False
    has_speaker: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedStop:
    """An entry with its clock times, in minutes after midnight.

    Attributes
    ----------
    stop : PlanStop
        The entry.
    drive : Drive or None
        From the entry before; None where the day begins at this place.
    arrives, begins, leaves : int
        Times; `begins` is later than `arrives` where the entry has a fixed start.
    late_by : int
        Minutes by which the group comes after the fixed start.
    """

    stop: PlanStop
    drive: Drive | None
    arrives: int
    begins: int
    leaves: int
    late_by: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """What speaks against a plan.

    Attributes
    ----------
    code : str
        Stable name, such as `red-stop`.
    severity : Severity
        How much it matters.
    day : str
        ISO date, or empty for the whole mission.
    weather : str
        `dry`, `wet`, or empty for both versions.
    stop : str
        Key of the entry, or empty.
    details : mapping of str to str
        Values for the sentence.
    """

    code: str
    severity: Severity
    day: str = ""
    weather: str = ""
    stop: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


def minute_of(typed: str) -> int | None:
    """Read a clock time such as `8:30`, `08h30` or `8h`; None for anything else."""
    found = _TYPED.fullmatch(typed.strip())
    if found is None:
        return None
    hour, minute = int(found.group(1)), int(found.group(2) or 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def clock_words(minute: int) -> str:
    """Give a time as `08:30`; one of the next day is marked."""
    days, of_day = divmod(minute, _DAY_MIN)
    return f"{of_day // 60:02d}:{of_day % 60:02d}" + (f" +{days}" if days else "")


def estimated_minutes(distance_m: float, pace: Pace) -> int:
    """Give the minutes of a drive from the distance as the crow flies, rounded up to five."""
    if distance_m < _SAME_PLACE_M:
        return 0
    minutes = distance_m / 1000 * pace.detour / pace.speed_kmh * 60
    # A millionth keeps 45.000000001, which is 45, from becoming 50.
    return math.ceil(minutes / _STEP_MIN - 1e-6) * _STEP_MIN


def in_version(stops: Iterable[PlanStop], weather: str) -> list[PlanStop]:
    """Give the entries of the dry or of the wet version, in their order."""
    other = WET if weather == DRY else DRY
    return [stop for stop in stops if stop.weather != other]


def schedule(
    stops: Sequence[PlanStop], departure: int, pace: Pace, distance: Distance
) -> list[TimedStop]:
    """Give the clock times of one version of a day."""
    timed: list[TimedStop] = []
    now, before = departure, START
    for stop in stops:
        drive = _drive(stop, before, pace, distance)
        arrives = now + (drive.minutes if drive else 0)
        fixed = minute_of(stop.fixed_start)
        begins = arrives if fixed is None else max(arrives, fixed)
        timed.append(
            TimedStop(
                stop=stop,
                drive=drive,
                arrives=arrives,
                begins=begins,
                leaves=begins + (stop.minutes or 0),
                late_by=0 if fixed is None else max(0, arrives - fixed),
            )
        )
        now, before = timed[-1].leaves, stop.key
    return timed


def _drive(stop: PlanStop, before: str, pace: Pace, distance: Distance) -> Drive | None:
    known = stop.drives.get(before, stop.any_drive)
    if known is not None:
        return known
    if before == START:
        return None
    metres = distance(before, stop.key)
    if metres is None:
        return Drive(minutes=0, source="unknown")
    return Drive(minutes=estimated_minutes(metres, pace), source="estimated")


def day_conflicts(
    day: str, weather: str, timed: Sequence[TimedStop], departure: int, pace: Pace
) -> list[Conflict]:
    """Give what speaks against one version of a day."""
    found: list[Conflict] = []

    def add(code: str, severity: Severity, stop: str = "", **details: object) -> None:
        found.append(
            Conflict(
                code=code,
                severity=severity,
                day=day,
                weather=weather,
                stop=stop,
                details={name: str(value) for name, value in details.items()},
            )
        )

    length = (timed[-1].leaves if timed else departure) - departure
    if length > pace.longest_day_min:
        add("day-too-long", Severity.ERROR, minutes=length, longest=pace.longest_day_min)
    seen: set[str] = set()
    for one in timed:
        stop = one.stop
        if one.late_by:
            add("overlap", Severity.ERROR, stop.key, minutes=one.late_by, time=stop.fixed_start)
        if stop.fixed_start and minute_of(stop.fixed_start) is None:
            add("time-unreadable", Severity.WARNING, stop.key, time=stop.fixed_start)
        if stop.minutes is None:
            add("minutes-missing", Severity.WARNING, stop.key)
        if one.drive is not None and one.drive.source == "unknown":
            add("drive-unknown", Severity.WARNING, stop.key)
        if stop.site and stop.site in seen:
            add("twice", Severity.WARNING, stop.key)
        seen.add(stop.site)
        for code, severity in _of_place(stop, weather, _month(day)):
            add(code, severity, stop.key)
    return found


def in_both(dry: Sequence[Conflict], wet: Sequence[Conflict]) -> list[Conflict]:
    """Put the conflicts of both versions together; one that stands in both is named once."""
    of_wet = {(one.code, one.stop) for one in wet}
    of_dry = {(one.code, one.stop) for one in dry}
    return [
        *(replace(one, weather="") if (one.code, one.stop) in of_wet else one for one in dry),
        *(one for one in wet if (one.code, one.stop) not in of_dry),
    ]


def _of_place(stop: PlanStop, weather: str, month: int) -> list[tuple[str, Severity]]:
    if not stop.site:
        return []
    found = []
    if stop.is_red:
        found.append(("red-stop", Severity.ERROR))
    elif not stop.is_checked:
        found.append(("never-checked", Severity.NOTE))
    if stop.permission == "closed":
        found.append(("not-open", Severity.ERROR))
    is_rainy = month in RAINY_MONTHS
    if stop.season == "dry" and (is_rainy or weather == WET):
        found.append(("closed-season", Severity.ERROR))
    elif stop.season == "flood_closed" and weather == WET:
        found.append(("closed-in-rain", Severity.ERROR))
    if stop.needs_permit and not stop.permit_ready:
        found.append(("border-permit", Severity.ERROR))
    if stop.kind == VISIT and not stop.has_speaker:
        found.append(("no-speaker", Severity.WARNING))
    return found


def _month(day: str) -> int:
    return date.fromisoformat(day).month


def mission_conflicts(
    *, starts_on: str, ends_on: str, days: Sequence[str], kinds: Iterable[str]
) -> list[Conflict]:
    """Give what speaks against the mission as a whole: its meetings, days outside its dates."""
    named = set(kinds)
    found = [
        Conflict(code=f"no-{meeting}", severity=Severity.WARNING)
        for meeting in ("opening", "closing")
        if meeting not in named
    ]
    last = ends_on or starts_on
    found.extend(
        Conflict(code="day-outside", severity=Severity.ERROR, day=day)
        for day in days
        if starts_on and not starts_on <= day <= last
    )
    return found
