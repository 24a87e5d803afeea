"""The plan and the overview by commands: deadlines moved, steps done, numbers, one printed page."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest

from geopark_app.cli import main
from geopark_app.cli.exit_codes import NOT_FOUND, REFUSED
from geopark_app.domain.clock import VIETNAM
from tests.photo_files import write_picture

Run = Any


@pytest.fixture
def run(langson: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: str, code: int = 0) -> Any:
        capsys.readouterr()
        assert main(["--catalogue", str(langson), *words, "--json"]) == code, words
        return json.loads(capsys.readouterr().out)

    return call


def test_the_plan_is_data_the_office_changes(run: Run, tmp_path: Path) -> None:
    plans = {one["id"]: one for one in run("plan", "show")["deadlines"]}
    assert [plans[name]["date"] for name in ("one_page_summary", "progress_report")] == [
        "2027-07-31", "2028-01-31",
    ]  # fmt: skip
    mission = plans["revalidation_mission"]
    assert (mission["date"], mission["closes"]) == ("2028-03-01", "2028-08-31")
    assert plans["letter_of_intent"]["date"].endswith("-07-01")
    assert plans["application_dossier"]["opens"].endswith("-10-01")
    assert plans["application_dossier"]["date"].endswith("-11-30")
    report = plans["progress_report"]
    # 31 January 2028 is a Monday; Tết takes the week before, so five days reach back to the 18th.
    last = report["steps"][-1]
    assert (last["step"], last["from"], last["until"]) == ("reserve", "2028-01-18", "2028-01-31")
    run("plan", "day", "2028-01-22", "--work", "làm bù")
    assert (
        run("plan", "show", "progress_report")["deadlines"][0]["steps"][-1]["from"] == "2028-01-19"
    )
    run("plan", "set", "progress_report", "--step", "reserve", "--days", "1")
    run("plan", "step", "progress_report", "--add", "Tỉnh ủy", "--days", "2", "--before", "reserve")
    steps = run("plan", "show", "progress_report")["deadlines"][0]["steps"]
    assert [(one["label"], one["from"]) for one in steps[-2:]] == [
        ("Tỉnh ủy", "2028-01-21"), ("Dự phòng, xác nhận đã nhận", "2028-01-31"),
    ]  # fmt: skip
    done = run("plan", "done", "progress_report", "draft", "--date", "2026-11-01")
    assert [one["state"] for one in done["steps"] if one["step"] == "draft"] == ["done"]
    run("plan", "step", "progress_report", "--remove", steps[-2]["step"])
    run("plan", "set", "one_page_summary", "--date", "2027-06-30")
    assert run("plan", "set", "one_page_summary", "--date", "default")["date"] == "2027-07-31"
    assert run("plan", "follow", "application", "yes")["followed"] is True
    run("plan", "set", "nothing", "--date", "2027-06-30", code=NOT_FOUND)
    run("plan", "set", "progress_report", "--step", "draft", "--days", "0", code=REFUSED)


def test_the_plan_is_written_for_paper_excel_and_calendars(run: Run, tmp_path: Path) -> None:
    paper, table, calendar = (tmp_path / f"plan.{end}" for end in ("pdf", "xlsx", "ics"))
    assert run("plan", "export", str(paper))["pages"] == 1
    run("plan", "export", str(table))
    rows = list(openpyxl.load_workbook(table)["Plan"].iter_rows(values_only=True))
    assert len(rows) == 1 + 6 + 9 + 5
    run("plan", "export", str(calendar), "--deadline", "progress_report")
    text = calendar.read_bytes().decode("utf-8")
    assert "DTSTART;VALUE=DATE:20280131\r\n" in text
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == 10
    assert all(len(line.encode("utf-8")) <= 75 for line in text.split("\r\n"))
    run("plan", "export", str(tmp_path / "plan.odt"), code=REFUSED)


def test_the_overview_counts_what_waits_and_prints_one_page(run: Run, tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    given = {
        "items": {
            "B01": {"status": "met"}, "B04": {"status": "not_met"}, "B05": {"status": "na"},
        }
    }  # fmt: skip
    answers.write_text(json.dumps(given), encoding="utf-8")
    run("visit", "record", "LS-002", "--answers", str(answers), "--date", "2026-01-05")
    run("works", "make", "--due", "2026-02-01")
    today = datetime.now(VIETNAM).date()
    soon, far = (f"{today + timedelta(days=days)}" for days in (30, 4000))
    for name, until in (("Homestay", soon), ("Hotel", far)):
        fields = (f"name_vi={name}", "partner_kind=homestay", f"agreement_until={until}")
        run("record", "partner", "add", *(word for one in fields for word in ("-f", one)))
    found = run("overview")
    coming = [
        one["days_left"] for one in found["deadlines"] if one["followed"] and one["days_left"] >= 0
    ]
    assert found["days_left"] == min(coming, default=None)
    assert found["works"] == {"open": 1, "late": 1, "blocked": 0}
    assert (found["readiness"]["visited"], found["readiness"]["sites"]) == (1, 96)
    # The numbers of the readiness room: all answers together, and "does not apply" never too old.
    run("visit", "record", "LS-009", "--answer", "1 1", "--date", "2026-01-06")
    found, room = run("overview"), run("readiness", "--by", "park")
    assert found["readiness"]["score"] == room["whole"]["score"]
    assert found["readiness"]["coverage"] == room["whole"]["coverage"]
    assert found["stale_answers"]["count"] == run("readiness", "--stale")["count"] == 3
    assert [(one["title"], one["days_left"]) for one in found["papers"]] == [("Homestay", 30)]
    board = found["board"]
    assert (len(board["chapters"]), len(board["routes"])) == (22, 4)
    visibility = next(one for one in board["chapters"] if one["key"] == "E.1.3")
    assert visibility["missing"] > 0
    assert sum(one["missing"] for one in board["communes"]) <= 96
    late = [one for one in board["communes"] if one["days_left"] < 0]
    assert len(late) == 1
    out = tmp_path / "board.pdf"
    assert run("overview", "--print", str(out))["pages"] == 1
    with pikepdf.open(out) as made:
        assert len(made.pages) == 1
        assert made.Root.MarkInfo.Marked
    month = run("works", "calendar", "2026-02")["days"]
    assert [len(one["works"]) for one in month if one["date"] == "2026-02-01"] == [1]
    (uuid,) = [one["uuid"] for one in run("record", "work", "list")["records"]]
    assert run("works", "move", uuid, "done")["done_on"]
    assert run("works", "move", uuid, "planned")["done_on"] is None
    run("works", "move", uuid, "somewhere", code=REFUSED)
    picture = write_picture(tmp_path / "before.jpg")
    assert run("works", "photo", uuid, "before", str(picture))["photo"]
    assert run("works", "photo", uuid, "after", str(answers), code=REFUSED)["photo"] is None
