"""Works made out of gaps by commands, listed by commune, written for the meeting."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest

from geopark_app.cli import main
from geopark_app.cli.exit_codes import REFUSED


class Works:
    """Runs `works` on one catalogue."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._start = ["--catalogue", str(folder)]
        self._capsys = capsys

    def code(self, *words: str) -> int:
        code = main([*self._start, *words])
        self._capsys.readouterr()
        return code

    def __call__(self, *words: str) -> Any:
        self._capsys.readouterr()
        assert main([*self._start, *words, "--json"]) == 0, words
        return json.loads(self._capsys.readouterr().out)


@pytest.fixture
def run(langson: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Works:
    works = Works(langson, capsys)
    answers = {
        "items": {
            "B01": {"status": "not_met", "note": "Chưa có bảng"},
            "B04": {"status": "partly"},
            "F01": {"status": "met"},
            "C04": {"status": "not_checked"},
        }
    }
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(answers), encoding="utf-8")
    works("visit", "record", "LS-002", "--answers", str(path), "--date", "2026-11-01")
    return works


def test_gaps_become_works_once(run: Works) -> None:
    gaps = run("works", "gaps")["gaps"]
    assert [(gap["item"], gap["status"]) for gap in gaps] == [("B01", "not_met"), ("B04", "partly")]
    assert run("works", "make", "--dry-run")["made"] == 0
    assert run("works", "make", "--due", "2026-11-20")["made"] == 2
    assert run("works", "make")["made"] == 0
    listed = run("works", "list")
    assert (listed["count"], listed["open"], listed["not_estimated"]) == (2, 2, 2)
    (commune,) = listed["communes"]
    assert commune["commune"]
    first = commune["works"][0]
    assert first["place"].startswith("LS-002")
    assert first["due_on"] == "2026-11-20"
    assert run("check")["ok"] is True


def test_gaps_of_routes_and_the_park_become_works_and_a_new_edition_keeps_them(run: Works) -> None:
    run("visit", "record", "park", "--answer", "A06 3", "--date", "2026-11-02")
    run("visit", "record", "1", "--answer", "A03 2", "--date", "2026-11-02")
    gaps = run("works", "gaps")["gaps"]
    assert [(gap["scope"], gap["site"], gap["route"], gap["item"]) for gap in gaps] == [
        ("site", "LS-002", None, "B01"), ("site", "LS-002", None, "B04"),
        ("route", None, 1, "A03"), ("park", None, None, "A06"),
    ]  # fmt: skip
    assert run("works", "make")["made"] == 4
    claimed = run("evidence", "claimed")["claimed"]
    run("checklist", "new", "--name", "readiness-2027.1")
    run("checklist", "item", "readiness-2027.1", "F01", "-f", "label_vi=Sạch sẽ, đã sửa lời")
    # An item no longer asked of the site neither counts nor stands on the board.
    run("checklist", "item", "readiness-2027.1", "B04", "-f", "relevant=${stop} = 'never'")
    before = {one["key"]: one["waiting_for"] for one in run("overview")["board"]["chapters"]}
    run("checklist", "release", "readiness-2027.1")
    assert run("works", "gaps")["count"] == 0
    after = run("overview")["board"]["chapters"]
    assert {one["key"]: one["waiting_for"] for one in after} == before
    run("visit", "record", "LS-002", "--answer", "F01 1", "--date", "2026-11-03")
    again = run("evidence", "claimed")["claimed"]
    assert [(one["place"], one["item"]) for one in again] == [
        (one["place"], one["item"]) for one in claimed
    ]
    assert "đã sửa lời" in next(one for one in again if one["item"] == "F01")["title"]


def test_a_work_that_is_done_leaves_the_open_list_and_a_new_gap_asks_again(run: Works) -> None:
    run("works", "make")
    for work in run("record", "work", "list")["records"]:
        run("record", "work", "set", work["uuid"], "-f", "work_state=done")
    assert run("works", "list", "--open")["count"] == 0
    assert run("works", "list")["open"] == 0
    assert run("works", "gaps")["count"] == 2


def test_the_list_is_written_for_the_meeting(run: Works, tmp_path: Path) -> None:
    run("works", "make", "--due", "2027-06-30")
    for work in run("record", "work", "list")["records"]:
        fields = ("-f", "cost_vnd=12500000", "-f", "blocked_by=land", "-f", "title_vi==1+1 <b>#x")
        run("record", "work", "set", work["uuid"], *fields)
    table, paper = tmp_path / "works.xlsx", tmp_path / "works.pdf"
    assert run("works", "export", str(table))["cost_vnd"] == 25_000_000
    cells = [cell for row in openpyxl.load_workbook(table)["Works"].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert 12_500_000 in [cell.value for cell in cells]
    run("works", "export", str(paper))
    with pikepdf.open(paper) as made:
        assert len(made.pages) == 1
        assert made.Root.MarkInfo.Marked
    assert run.code("works", "export", str(tmp_path / "works.docx")) == REFUSED
    assert run.code("works", "make", "--due", "nay mai") == REFUSED


def test_many_works_are_assigned_as_one_save(run: Works) -> None:
    assert run("works", "make")["made"] == 2
    unit = run("record", "organisation", "add", "-f", "name_vi=UBND xã Bắc Sơn")["record"]["uuid"]
    keys = [work["uuid"] for work in run("works", "list")["communes"][0]["works"]]
    assert run.code("works", "assign", *keys, "--due", "31/02/2027") == REFUSED
    run("works", "assign", *keys, "--unit", unit, "--due", "2027-06-30")
    listed = run("works", "list")["communes"][0]["works"]
    assert {(one["unit"], one["due_on"]) for one in listed} == {("UBND xã Bắc Sơn", "2027-06-30")}
