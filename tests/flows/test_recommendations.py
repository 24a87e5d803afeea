"""The recommendations register by commands: the known ones, actions, the clock of a yellow card."""

from pathlib import Path

import docx
import pikepdf

from geopark_app.cli.exit_codes import NOT_FOUND, REFUSED
from tests.flows.test_evaluation import Form, run

__all__ = ["run"]


def test_the_known_recommendations_come_with_source_and_state(run: Form) -> None:
    shown = run("recommendations", "list")
    assert [one["number"] for one in shown["recommendations"]] == [
        "2023-1", "2023-2", "2023-3", "2023-4",
        "2024-1", "2024-2", "2024-3", "2024-4", "2024-5", "2025-1",
    ]  # fmt: skip
    assert {one["wording"] for one in shown["recommendations"]} == {"press"}
    assert all(one["source"] and one["text_vi"] for one in shown["recommendations"])
    assert {one["origin"] for one in shown["recommendations"]} == {
        "consultants", "mission", "council",
    }  # fmt: skip
    assert shown["yellow_card"] is None


def test_an_action_is_a_work_of_its_own(run: Form) -> None:
    made = run("recommendations", "action", "2025-1", "So sánh quốc tế", "--due", "30/06/2027")
    assert made["due_on"] == "2027-06-30"
    last = run("recommendations", "list")["recommendations"][-1]
    assert last["actions"] == [
        {
            "uuid": made["uuid"],
            "title": "So sánh quốc tế",
            "due_on": "2027-06-30",
            "state": "planned",
        }
    ]
    assert run("works", "list")["count"] == 1
    assert run.code("recommendations", "action", "2030-1", "x") == NOT_FOUND
    assert run.code("recommendations", "action", "2025-1", " ") == REFUSED


def test_a_yellow_card_gives_two_years_to_what_its_mission_asked(run: Form) -> None:
    mission = run("mission", "new", "Đoàn 2026", "--from", "2026-07-01")["uuid"]
    run("mission", "log", "add", "Cần bảng song ngữ", "--by", "T. Demir", "--recommendation")
    note = run("mission", "log", "list")["notes"][0]["uuid"]
    made = run("mission", "log", "recommend", note)
    assert made["number"].endswith("-1")
    assert run.code("mission", "log", "recommend", note) == REFUSED
    run(
        "record", "mission", "set", mission,
        "-f", "result_card=yellow", "-f", "result_on=2020-09-10",
    )  # fmt: skip
    shown = run("recommendations", "list", "--late")
    clock = shown["yellow_card"]
    assert (clock["given_on"], clock["ends_on"]) == ("2020-09-10", "2022-09-10")
    assert clock["days_left"] < 0
    by_number = {one["number"]: one for one in shown["recommendations"]}
    assert by_number[made["number"]]["due_on"] == "2022-09-10"
    assert by_number[made["number"]]["origin"] == "oral"
    run("record", "mission", "set", mission, "-f", "result_card=green")
    assert run("recommendations", "list")["yellow_card"] is None


def test_the_register_is_written_for_chapter_d(run: Form, tmp_path: Path) -> None:
    run("evidence", "add", "--title", "Biên bản", "--at", "recommendation:2024-2")
    word, pdf = tmp_path / "register.docx", tmp_path / "register.pdf"
    assert run("recommendations", "export", str(word))["count"] == 10
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(word)).paragraphs)
    assert "Educate and involve the communities." in text
    assert "E-001 Biên bản" in text
    assert "TẠM TÍNH" in text
    run("recommendations", "export", str(pdf), "--language", "vi")
    with pikepdf.open(pdf) as opened, opened.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "2"
    assert run.code("recommendations", "export", str(tmp_path / "register.odt")) == REFUSED
