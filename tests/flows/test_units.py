"""Lists sent to communes and departments as workbooks and letters, and taken back row by row."""

import json
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from geopark_app.cli import main
from geopark_app.cli.exit_codes import LEFT_FOR_A_PERSON, REFUSED
from geopark_app.domain.kinds import Site, kind_named
from geopark_app.operations.context import AppContext, open_context
from geopark_app.operations.processes import today_of
from geopark_app.operations.records import add_record, set_field
from geopark_app.operations.undo import UndoStack
from geopark_app.operations.unit_answers import read_answers, take_answers
from geopark_app.operations.unit_requests import send_requests
from geopark_app.operations.unit_rows import UnitRows
from geopark_app.operations.unit_sendings import sent_requests, waiting_requests
from tests.import_bombs import zip_bomb

SITE = "LS-002"


@pytest.fixture
def context(langson: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    opened = open_context(langson, person="Nông Thị Hà", device="laptop")
    yield opened
    opened.catalogue.close()


@pytest.fixture
def rows(context: AppContext) -> dict[str, str]:
    """Give the keys of two works, a facility and a partner of one commune."""
    made = {}
    for name, kind, typed in (
        (
            "panel",
            "work",
            {"title_vi": "=HYPERLINK(1)", "due_on": "2027-03-31", "cost_vnd": "5000000"},
        ),
        ("toilet", "work", {"title_vi": "Xây nhà vệ sinh", "work_state": "planned"}),
        ("done", "work", {"title_vi": "Đã xong", "work_state": "done"}),
        ("board", "facility", {"name_vi": "Bảng 1", "size_text": "=1+1", "accessible": "true"}),
    ):
        made[name] = add_record(context, kind, {**typed, "site_uuid": SITE})[0].uuid
    commune = str(context.catalogue.records(Site, where={"code": SITE})[0].commune_code)
    partner = {"name_vi": "Homestay", "commune_code": commune, "agreement_until": "2027-02-01"}
    made["partner"] = add_record(context, "partner", partner)[0].uuid
    made["commune"] = commune
    return made


def send(context: AppContext, rows: dict[str, str], folder: Path) -> Path:
    unit = UnitRows(context).unit(rows["commune"])
    (made,) = send_requests(context, [unit], folder, answer_by=date(2027, 1, 15)).made
    return made.workbook


def edit(path: Path, out: Path, change: Callable[[Any], None]) -> Path:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(out)
    return out


def cell(book: Any, sheet: str, key: str, heading: str) -> Any:
    page = book[sheet]
    (column,) = [one.column for one in page[1] if one.value == heading]
    (row,) = [one.row for one in page["A"] if one.value == key]
    return page.cell(row, column)


def test_the_workbook_is_locked_safe_and_marked(
    context: AppContext, rows: dict[str, str], tmp_path: Path
) -> None:
    path = send(context, rows, tmp_path / "out")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:4] == ["Hướng dẫn", "Việc cần làm", "Hạ tầng", "Đối tác"]
    works = book["Việc cần làm"]
    at_midnight = datetime.fromisoformat("2027-03-31")
    assert {one.value for one in works["A"][1:]} == {rows["panel"], rows["toilet"]}
    assert all(page.protection.sheet for page in book.worksheets if page.title != "_lists")
    assert works["A2"].protection.locked
    assert not cell(book, "Việc cần làm", rows["panel"], "Tình trạng").protection.locked
    assert cell(book, "Việc cần làm", rows["panel"], "Hạn xong").value == at_midnight
    assert cell(book, "Hạ tầng", rows["board"], "Người khuyết tật dùng được").value == "có"
    lists = {one.type for one in works.data_validations.dataValidation}
    assert lists == {"list", "date", "whole"}
    assert book["_geopark"].sheet_state == "veryHidden"
    assert all(
        one.data_type != "f"
        for page in book.worksheets
        for line in page.iter_rows()
        for one in line
    )
    (request,) = sent_requests(context)
    assert (request.number, request.row_count, request.sha256) == (
        1, 4, book["_geopark"]["B4"].value,
    )  # fmt: skip
    letter = docx.Document(str(next((tmp_path / "out").glob("*.docx"))))
    words = "\n".join(one.text for one in letter.paragraphs)
    assert "Kính gửi: UBND xã" in words
    assert "2 việc cần làm, 1 hạ tầng, 1 đối tác" in words
    cells = {one.text for table in letter.tables for line in table.rows for one in line.cells}
    assert "=HYPERLINK(1)" in cells
    assert any("Số:            /" in one for one in cells)


def test_what_came_back_is_compared_three_ways_and_taken_as_one_step(
    context: AppContext, rows: dict[str, str], tmp_path: Path
) -> None:
    path = send(context, rows, tmp_path / "out")
    set_field(context, "work", rows["toilet"], "responsible", "Hà")
    set_field(context, "partner", rows["partner"], "phone", "0987")

    def change(book: Any) -> None:
        cell(book, "Việc cần làm", rows["panel"], "Tình trạng").value = "Đang làm"
        cell(book, "Việc cần làm", rows["panel"], "Kinh phí ước tính (đồng)").value = 7_500_000
        cell(book, "Việc cần làm", rows["panel"], "Ý kiến của đơn vị").value = "=cmd|' /C calc'!A0"
        cell(book, "Việc cần làm", rows["toilet"], "Người phụ trách").value = "Nam"
        cell(book, "Hạ tầng", rows["board"], "Ngày hoàn thành").value = "tháng sau"
        cell(book, "Hạ tầng", rows["board"], "Kích thước").value = "6 × 8 m"
        cell(book, "Đối tác", rows["partner"], "Điện thoại").value = "0987"

    back = edit(path, tmp_path / "back.xlsx", change)
    (file,) = read_answers(context, [back])
    assert file.problem is None
    assert file.request is not None
    told = {
        (row.uuid, one.field): (one.outcome.value, one.problem is not None)
        for row in file.rows
        for one in row.differences
    }
    assert told == {
        (rows["panel"], "work_state"): ("change", False),
        (rows["panel"], "cost_vnd"): ("change", False),
        (rows["toilet"], "responsible"): ("conflict", False),
        (rows["board"], "built_on"): ("change", True),
        (rows["board"], "size_text"): ("change", False),
        (rows["partner"], "phone"): ("already", False),
    }
    assert (file.unchanged, file.missing) == (0, 0)
    undo = UndoStack(context)
    accepted = {(file.request.key, row.uuid) for row in file.rows if not row.has_conflict}
    taken = take_answers(context, [file], accepted, reason="take")
    undo.push(taken.changes)
    assert (taken.taken, taken.refused) == (2, 2)
    work = values(context, "work", rows["panel"])
    assert (work.work_state, work.cost_vnd) == ("under_way", 7_500_000)
    assert values(context, "work", rows["toilet"]).responsible == "Hà"
    board = values(context, "facility", rows["board"])
    assert (board.size_text, board.built_on) == ("6 × 8 m", None)
    assert waiting_requests(context) == []
    undo.undo()
    assert values(context, "work", rows["panel"]).cost_vnd == 5_000_000
    assert [one.unit.key for one in waiting_requests(context)] == [rows["commune"]]


def values(context: AppContext, kind: str, uuid: str) -> Any:
    return context.catalogue.get(kind_named(kind).record_type, uuid)


def test_keys_and_files_that_are_not_ours_are_refused(
    context: AppContext, rows: dict[str, str], tmp_path: Path
) -> None:
    path = send(context, rows, tmp_path / "out")

    def change(book: Any) -> None:
        page = book["Việc cần làm"]
        page["A2"].value = "00000000-0000-4000-8000-000000000000"
        page["A4"].value, page["B4"].value = page["A3"].value, "twice"
        page["B5"].value = "new row"

    (file,) = read_answers(context, [edit(path, tmp_path / "keys.xlsx", change)])
    troubles = sorted(row.trouble.value for row in file.rows if row.trouble)
    assert troubles == ["foreign", "no-key", "twice"]
    assert file.missing == 1

    def other_state(book: Any) -> None:
        book["_geopark"]["B4"].value = "0" * 64

    def other_request(book: Any) -> None:
        book["_geopark"]["B3"].value = "nobody"

    def other_columns(book: Any) -> None:
        book["Hạ tầng"].delete_cols(5)

    plain = tmp_path / "plain.xlsx"
    openpyxl.Workbook().save(plain)
    bomb = tmp_path / "bomb.xlsx"
    bomb.write_bytes(zip_bomb())
    copy = tmp_path / "copy.xlsx"
    shutil.copy(path, copy)
    files = read_answers(
        context,
        [
            edit(path, tmp_path / "state.xlsx", other_state),
            edit(path, tmp_path / "request.xlsx", other_request),
            edit(path, tmp_path / "columns.xlsx", other_columns),
            plain,
            bomb,
            tmp_path / "nothing.xlsx",
            path,
            copy,
        ],
    )
    reasons = [
        one.problem.details.get("reason", one.problem.code.value) for one in files if one.problem
    ]
    assert reasons[:4] == ["answer-other-state", "answer-foreign", "answer-columns", "empty"]
    assert reasons[5:] == ["not-found", "answer-twice"]
    assert files[4].problem is not None
    assert files[6].unchanged == 4


def test_who_has_not_answered_is_told_with_the_days_by_command(
    langson: Path,
    context: AppContext,
    rows: dict[str, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def run(*words: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = main(["--catalogue", str(langson), "units", *words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    code, listed = run("list")
    assert (code, listed["count"]) == (0, 1)
    assert listed["units"][0]["rows"] == {"work": 2, "facility": 1, "partner": 1}
    out = tmp_path / "out"
    code, sent = run(
        "send", str(out), "--answer-by", "2026-01-02", "--kind", "work", "--no-letters"
    )
    assert (code, sent["count"], sent["sent"][0]["rows"]) == (0, 1, 2)
    code, waiting = run("waiting")
    late = (today_of(context) - date(2026, 1, 2)).days
    assert (waiting["requests"][0]["days_waiting"], waiting["requests"][0]["days_late"]) == (
        0,
        late,
    )

    def change(book: Any) -> None:
        cell(book, "Việc cần làm", rows["toilet"], "Hạn xong").value = date(2027, 5, 1)
        cell(book, "Việc cần làm", rows["panel"], "Tình trạng").value = "mai"

    back = edit(Path(sent["sent"][0]["workbook"]), tmp_path / "back.xlsx", change)
    code, shown = run("import", str(back))
    assert (code, shown["is_written"]) == (LEFT_FOR_A_PERSON, False)
    code, taken = run("import", str(back), "--take")
    assert (code, taken["taken"], taken["refused"]) == (LEFT_FOR_A_PERSON, 1, 1)
    assert values(context, "work", rows["toilet"]).due_on == "2027-05-01"
    assert run("waiting")[1]["count"] == 0
    assert run("import", str(tmp_path / "none.xlsx"))[0] == REFUSED
    assert main(["--catalogue", str(langson), "check"]) == 0
