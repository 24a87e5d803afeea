"""A mission planned, checked, test-driven and printed by commands."""

from pathlib import Path
from typing import Any

import pikepdf
import pytest

from geopark_app.cli.exit_codes import LEFT_FOR_A_PERSON, NOT_FOUND, REFUSED
from geopark_app.domain.kinds import BorderRule
from geopark_app.operations.context import open_context
from geopark_app.operations.mission_booklet import gather_booklet
from geopark_app.operations.missions import find_mission, open_mission
from geopark_app.operations.sites import find_site
from geopark_app.store.new_keys import new_uuid
from tests.builders import put
from tests.flows.test_evaluation import Form, run

__all__ = ["run"]

DAY = "2028-05-10"


@pytest.fixture
def planned(run: Form) -> Form:
    """Give a mission of two days; on the first a meeting and two sites four commands away."""
    run("mission", "new", "Đoàn 2028", "--from", DAY, "--to", "11/05/2028", "--name-en", "Mission")
    for code, lat, lon in (("LS-002", "21.60", "106.40"), ("LS-010", "21.80", "106.40")):
        run("site", "set", code, "-f", f"lat={lat}", "-f", f"lon={lon}")
        run("site", "set", code, "-f", "coord_quality=exact")
    run("mission", "plan", "--day", DAY, "--add", "LS-002", "--add", "LS-010", "--minutes", "60")
    return run


def stops(run: Form, *more: str) -> list[dict[str, Any]]:
    """Give the entries of the first day, dry version."""
    found: list[dict[str, Any]] = run("mission", "show", *more)["days"][0]["dry"]
    return found


def codes(run: Form) -> set[str]:
    return {one["code"] for one in run("mission", "show")["conflicts"]}


def test_a_day_has_clock_times_and_says_how_drives_are_known(planned: Form) -> None:
    first, second = stops(planned)
    assert (first["begins"], first["leaves"], first["drive"]) == ("08:00", "09:00", None)
    # 0.2° of latitude = 22.15 km · 1.4 / 40 km/h = 46.5 min → 50
    assert second["drive"] == {"minutes": 50, "source": "estimated"}
    assert (second["begins"], second["leaves"]) == ("09:50", "10:50")
    planned("mission", "plan", "--day", DAY, "--drive", "2=35", "--departure", "7h30")
    first, second = stops(planned)
    assert second["drive"] == {"minutes": 35, "source": "entered"}
    assert (first["begins"], second["begins"]) == ("07:30", "09:05")
    # the other way round the entered drive is not that of this pair any more
    planned("mission", "plan", "--day", DAY, "--order", "2,1")
    assert [one["site"] for one in stops(planned)] == ["LS-010", "LS-002"]
    assert stops(planned)[1]["drive"]["source"] == "estimated"
    planned("mission", "plan", "--day", DAY, "--order", "2,1")
    assert stops(planned)[1]["drive"] == {"minutes": 35, "source": "entered"}
    mission = planned("mission", "list")["missions"][0]["uuid"]
    planned("record", "mission", "set", mission, "-f", "speed_kmh=60", "-f", "detour_factor=2")
    planned("mission", "plan", "--day", DAY, "--order", "2,1")
    # 22.15 km · 2 / 60 km/h = 44.3 min → 45
    assert stops(planned)[1]["drive"] == {"minutes": 45, "source": "estimated"}


def test_rain_has_a_version_of_its_own(planned: Form) -> None:
    planned("mission", "plan", "--day", DAY, "--add", "LS-020", "--weather", "wet")
    keys = {one["site"]: one["uuid"] for one in stops(planned)}
    planned("record", "mission_stop", "set", keys["LS-010"], "-f", "weather=dry")
    day = planned("mission", "show")["days"][0]
    assert [one["site"] for one in day["dry"]] == ["LS-002", "LS-010"]
    assert [one["site"] for one in day["wet"]] == ["LS-002", "LS-020"]
    assert day["has_wet_version"] is True


def test_what_speaks_against_a_plan_is_listed(planned: Form, tmp_path: Path) -> None:
    assert {"no-opening", "no-closing", "no-speaker", "never-checked"} <= codes(planned)
    assert planned.code("mission", "check") == 0
    answers = tmp_path / "visit.json"
    # C01 is critical: the road cannot be passed
    answers.write_text('{"items": {"C01": {"status": "not_met"}}}')
    planned("visit", "record", "LS-010", "--answers", str(answers))
    planned("site", "set", "LS-010", "-f", "opening_season=dry", "-f", "border_zone=yes")
    planned("mission", "plan", "--day", DAY, "--entry", "opening:UBND tỉnh", "--at", "08:00")
    planned("mission", "plan", "--day", "2028-05-14", "--add", "LS-020", "--minutes", "700")
    found = codes(planned)
    assert {
        "red-stop", "closed-season", "border-permit", "overlap", "day-too-long", "day-outside",
    } <= found  # fmt: skip
    assert "no-opening" not in found
    assert planned.code("mission", "check") == LEFT_FOR_A_PERSON
    key = next(one["uuid"] for one in stops(planned) if one["site"] == "LS-010")
    planned("record", "mission_stop", "set", key, "-f", "permit_ready=yes")
    assert "border-permit" not in codes(planned)
    mission = planned("mission", "list")["missions"][0]["uuid"]
    planned("record", "mission_stop", "set", key, "-f", "permit_ready=no")
    planned("record", "mission", "set", mission, "-f", "foreign_visitors=no")
    assert "border-permit" not in codes(planned)


def test_a_test_drive_gives_the_drive_times(planned: Form) -> None:
    def rehearse(*words: str) -> Any:
        return planned("mission", "rehearse", "--day", DAY, "--on", "2028-02-20", *words)

    rehearse("--stop", "0", "--left", "08:00")
    rehearse("--stop", "1", "--arrived", "08:25", "--left", "now")
    # the clock was not looked at in time: put right by hand
    run_now = rehearse("--stop", "1", "--left", "09:10")
    assert run_now["steps"][1]["stayed_minutes"] == 45
    done = rehearse("--stop", "2", "--arrived", "09:42", "--take")
    assert [one["drive_minutes"] for one in done["steps"]] == [None, 25, 32]
    assert [one["drive"] for one in stops(planned)] == [
        {"minutes": 25, "source": "measured"},
        {"minutes": 32, "source": "measured"},
    ]
    assert planned.code("mission", "rehearse", "--day", DAY, "--arrived", "now") == 2
    assert (
        planned.code("mission", "rehearse", "--day", DAY, "--stop", "9", "--left", "now")
        == NOT_FOUND
    )
    refused = planned.code("mission", "rehearse", "--day", DAY, "--stop", "1", "--left", "sáng")
    assert refused == REFUSED
    assert planned("check")["ok"] is True


def test_what_cannot_be_planned_changes_nothing(planned: Form) -> None:
    before = planned("mission", "show")
    for words, code in (
        (("new", " ", "--from", DAY), REFUSED),
        (("new", "x", "--from", DAY, "--to", "2028-05-01"), REFUSED),
        (("plan", "--day", DAY, "--add", "LS-999"), NOT_FOUND),
        (("plan", "--day", "mai"), REFUSED),
        (("plan", "--day", DAY, "--order", "1,1"), REFUSED),
        (("plan", "--day", DAY, "--order", "3"), NOT_FOUND),
        (("plan", "--day", DAY, "--drive", "2:30"), REFUSED),
        (("show", "nobody"), NOT_FOUND),
        (("show", "--day", "2030-01-01"), NOT_FOUND),
        (("booklet", "booklet.docx"), REFUSED),
    ):
        assert planned.code("mission", *words) == code, words
    assert planned("mission", "show") == before


@pytest.mark.slow
def test_the_booklet_is_printed_with_what_is_needed_on_the_way(
    planned: Form, tmp_path: Path
) -> None:
    mission = planned("mission", "list")["missions"][0]["uuid"]
    planned(
        "record", "mission", "set", mission,
        "-f", "emergency_numbers=115 Cấp cứu", "-f", "hotel=Mường Thanh",
    )  # fmt: skip
    key = stops(planned)[1]["uuid"]
    planned("site", "set", "LS-010", "-f", "border_zone=yes")
    planned(
        "record", "mission_person", "add", "-f", f"mission_uuid={mission}",
        "-f", f"stop_uuid={key}", "-f", "name=Lý Thị Mai", "-f", "sex=female",
    )  # fmt: skip
    planned("mission", "plan", "--day", DAY, "--add", "LS-020", "--weather", "wet")
    out = tmp_path / "booklet.pdf"
    pages = planned("mission", "booklet", str(out), "--paper", "a5")["pages"]
    with pikepdf.open(out) as pdf, pdf.open_metadata() as metadata:
        assert len(pdf.pages) == pages
        assert metadata["pdfaid:part"] == "2"
        width, height = (round(float(side) / 72 * 25.4) for side in pdf.pages[0].mediabox[2:])
        assert (width, height) == (148, 210)
        titles = [str(item.title) for item in pdf.open_outline().root]
    assert any("10 May 2028" in title for title in titles)
    assert any("People met" in title for title in titles)


def test_the_rules_of_the_border_stand_on_the_sheet(planned: Form, langson: Path) -> None:
    planned("site", "set", "LS-010", "-f", "border_zone=yes")
    context = open_context(langson, person="Hà", device="laptop")
    site = find_site(context, "LS-010")
    rule = BorderRule(
        uuid=new_uuid(),
        commune_code=site.commune_code,
        paper_foreign_vi="Giấy phép của Công an tỉnh",
        paper_foreign_en="Permit of the provincial police",
        days_ahead=7,
    )
    put(context, rule)
    mission = open_mission(context, find_mission(context))
    booklet = gather_booklet(context, mission, paper="a5", languages=("vi", "en"))
    context.catalogue.close()
    plain, border = booklet.days[0].sheets
    assert plain.border is None
    assert border.border is not None
    assert border.border.state.en.startswith("Foreign visitors need a border-area permit")
    # seven days before 10 May
    assert [rule.en for rule in border.border.rules] == [
        "Permit of the provincial police; ask for it by 3 May 2028"
    ]
    assert booklet.open_points > 0
    assert [one[0] for one in booklet.recommendations][-1] == "2025-1"
