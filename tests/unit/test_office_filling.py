"""Values written into an office's file: only they change, whatever else the file holds."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.exchange.office_filling import fill_form, look_at_form
from geopark_app.exchange.sheet_cells import letters, reference
from tests.office_files import make_document, make_workbook, part, parts, with_parts

SHEET, SECOND = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
BOOK = "xl/workbook.xml"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("form") / "Form A.xlsx"
    make_workbook(path)
    return path


Fill = Callable[..., tuple[Path, dict[str, Any]]]


@pytest.fixture
def fill(tmp_path: Path) -> Fill:
    def run(path: Path, *, recalculate: bool = False, **values: Any) -> tuple[Path, dict[str, Any]]:
        out = tmp_path / f"filled-{len(list(tmp_path.iterdir()))}{path.suffix}"
        named = [(f"v{at}", place, value) for at, (place, value) in enumerate(values.items())]
        job = {"path": path, "out": out, "values": named, "recalculate": recalculate}
        return out, fill_form(job)

    return run


def states(told: dict[str, Any]) -> dict[str, str]:
    return {one["place"]: one["state"] for one in told["written"]}


def without(sheet: bytes, cells: set[str]) -> bytes:
    """Give a sheet without these cells, whatever they hold."""
    for cell in cells:
        sheet = re.sub(rb'<c r="%s"[^>]*?(/>|>.*?</c>)' % cell.encode(), b"", sheet, flags=re.S)
    return sheet


def test_only_the_values_change_and_every_other_part_is_byte_equal(book: Path, fill: Fill) -> None:
    before = book.read_bytes()
    values = {"Form A!D4": 100, "Form A!D5": 57.6, "Form A!F4": "E-001 <a> & b", "Form A!G5": 6}
    out, told = fill(book, **values)
    assert (told["parts"], told["notes"]) == ([SHEET], [])
    assert book.read_bytes() == before
    old, new = parts(book), parts(out)
    assert list(old) == list(new)
    assert {name for name in old if old[name] != new[name]} == {SHEET}
    written = {"D4", "D5", "F4", "G5"}
    assert without(old[SHEET], written) == without(new[SHEET], written)
    assert set(states(told).values()) == {"written"}
    sheet, was = openpyxl.load_workbook(out)["Form A"], openpyxl.load_workbook(book)["Form A"]
    assert [sheet[cell].value for cell in ("D4", "D5", "F4", "G5", "D6", "E4")] == [
        100, 57.6, "E-001 <a> & b", 6, None, None,
    ]  # fmt: skip
    assert sheet["D8"].value == "=SUM(D4:D6)"
    assert {c: sheet[c].style_id for c in written} == {c: was[c].style_id for c in written}
    again, told = fill(out, **values)
    assert told["parts"] == []
    assert parts(again) == new


def test_a_value_taken_back_leaves_an_empty_cell(book: Path, fill: Fill) -> None:
    out, told = fill(book, **{"Form A!F4": None})
    assert (told["written"][0]["before"], told["written"][0]["after"]) == ("see annex", "")
    assert openpyxl.load_workbook(out)["Form A"]["F4"].value is None


def test_formulas_locked_cells_and_places_that_are_not_there_are_left(
    book: Path, fill: Fill
) -> None:
    out, told = fill(book, **{"Form A!D8": 9, "Form A!B4": "x", "Form A!B20": "x", "None!A1": 1,
                              "Form A!": 1, "Form A!F6": "E-002"})  # fmt: skip
    assert states(told) == {
        "Form A!D8": "formula", "Form A!B4": "locked", "Form A!B20": "locked",
        "None!A1": "no-place", "Form A!": "no-place", "Form A!F5": "written",
    }  # fmt: skip
    sheet = openpyxl.load_workbook(out)["Form A"]
    assert (sheet["D8"].value, sheet["F5"].value) == ("=SUM(D4:D6)", "E-002")


@pytest.mark.parametrize(
    "raw",
    [
        b"<sheetData/>",
        b"<sheetData></sheetData>",
        b'<sheetData><row/><row r="9"/></sheetData>',
        b'<sheetData><row><c t="str"><v>x</v></c><c><v>1</v></c></row></sheetData>',
        b'<sheetData><row r="9" spans="1:3"><c r="E9" t="b"><v>1</v></c></row></sheetData>',
        b"<sheetData><row r='9'><c r='C9' s='0' t='e'><v>#N/A</v></c></row></sheetData>",
    ],
)
def test_rows_and_cells_that_are_not_there_are_made_in_their_order(
    book: Path, fill: Fill, tmp_path: Path, raw: bytes
) -> None:
    other = tmp_path / "other.xlsx"
    whole = re.sub(rb"<sheetData.*</sheetData>", raw, part(book, SECOND), flags=re.S)
    with_parts(book, other, {SECOND: whole})
    out, _told = fill(other, **{"Notes!C9": 100, "Notes!A1": "a", "Notes!D9": 5, "Notes!B20": 7})
    sheet = openpyxl.load_workbook(out)["Notes"]
    assert [sheet[one].value for one in ("C9", "A1", "D9", "B20")] == [100, "a", 5, 7]
    places = re.findall(rb'<c r="([A-Z]+)([0-9]+)"', part(out, SECOND))
    numbers = [(int(row), column) for column, row in places]
    assert numbers == sorted(numbers)


def test_prefixed_xml_is_filled_with_its_prefix(book: Path, fill: Fill, tmp_path: Path) -> None:
    text = part(book, SECOND).decode()
    text = re.sub(r"<(/?)(\w)", r"<\1x:\2", text).replace("xmlns=", "xmlns:x=")
    other = tmp_path / "other.xlsx"
    with_parts(book, other, {SECOND: text.encode()})
    out, _told = fill(other, **{"Notes!B1": "E-001", "Notes!B4": 100})
    sheet = openpyxl.load_workbook(out)["Notes"]
    assert (sheet["B1"].value, sheet["B4"].value) == ("E-001", 100)


def test_formulas_are_worked_out_anew_only_when_asked(
    book: Path, fill: Fill, tmp_path: Path
) -> None:
    out, told = fill(book, recalculate=True, **{"Form A!D4": 1})
    assert told["parts"] == [BOOK, SHEET]
    old, new = part(book, BOOK), part(out, BOOK)
    assert new.count(b'fullCalcOnLoad="1"') == 1
    plain = re.compile(rb' fullCalcOnLoad="1"')
    assert plain.sub(b"", new) == plain.sub(b"", old)
    bare = tmp_path / "bare.xlsx"
    with_parts(book, bare, {BOOK: re.sub(rb"<calcPr[^>]*/>", b"", old)})
    out, _told = fill(bare, recalculate=True)
    assert part(out, BOOK).count(b'<calcPr fullCalcOnLoad="1"/>') == 1


def test_what_a_person_maps_to_is_shown_without_hidden_sheets(book: Path) -> None:
    look = look_at_form({"path": book})
    assert [one["name"] for one in look["pages"]] == ["Form A", "Notes"]
    assert (look["kind"], look["notes"]) == ("xlsx", ["formulas"])
    cells = {(row, column): (text, signs) for row, column, text, signs in look["pages"][0]["cells"]}
    assert cells[4, 1] == ("1.1.1.a", "tl")
    assert cells[8, 4] == ("0", "=l")
    assert [5, 6, 6, 6] in look["pages"][0]["merged"]


def test_macros_links_and_signatures_stay_and_are_told(
    book: Path, fill: Fill, tmp_path: Path
) -> None:
    types = part(book, "[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    macros = tmp_path / "form.xlsm"
    more = {"xl/vbaProject.bin": b"\xd0\xcf", "xl/externalLinks/externalLink1.xml": b"<x/>",
            "_xmlsignatures/sig1.xml": b"<x/>", "[Content_Types].xml": types}  # fmt: skip
    with_parts(book, macros, more)
    out, told = fill(macros, **{"Form A!D4": 1})
    assert told["notes"] == ["macros", "links", "signature"]
    assert {name: parts(out)[name] for name in more} == more


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (OLE + b"\0" * 600, "old-office"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "office-password"),
        (b"PK nothing", "damaged"),
        (b"hello", "damaged"),
    ],
)
def test_files_of_another_kind_are_refused(tmp_path: Path, raw: bytes, reason: str) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(raw)
    with pytest.raises(GeoparkError) as told:
        look_at_form({"path": path})
    assert (told.value.code, told.value.details["reason"]) == (ErrorCode.REFUSED_FILE, reason)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        (SHEET, BOMB, "xml-entities"),
        (SHEET, b"<a>" * 2000, "too-large"),
        (SHEET, b"<worksheet>", "damaged"),
        (SHEET, b"<a/>", "damaged"),
        (SHEET, b'<?xml version="1.0" encoding="UTF-16"?><a/>', "unknown-encoding"),
        (SHEET, b'<?xml version="1.0" encoding="latin-1"?><a/>', "unknown-encoding"),
        (BOOK, b"<a/>", "no-office"),
        ("[Content_Types].xml", None, "no-office"),
        ("[Content_Types].xml", b"<Types/>", "no-office"),
        ("_rels/.rels", RELATIONS, "no-office"),
        ("xl/styles.xml", b"cut", "damaged"),
    ],
)
def test_parts_that_are_not_safe_or_not_whole_are_refused(
    book: Path, tmp_path: Path, name: str, data: bytes | None, reason: str
) -> None:
    path = tmp_path / "form.xlsx"
    with_parts(book, path, {name: data})
    with pytest.raises(GeoparkError) as told:
        look_at_form({"path": path})
    assert (told.value.code, told.value.details["reason"]) == (ErrorCode.REFUSED_FILE, reason)


def test_a_bomb_is_not_unpacked(book: Path, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    with_parts(book, path, {SHEET: b" " * 30_000_000})
    with pytest.raises(GeoparkError) as told:
        look_at_form({"path": path})
    assert told.value.details["reason"] == "bomb"


def test_a_word_form_is_filled_in_cells_controls_and_bookmarks(fill: Fill, tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    make_document(path)
    look = look_at_form({"path": path})
    assert [name for name, _text in look["controls"]] == ["score", "locked", "box"]
    assert [name for name, _text in look["bookmarks"]] == ["total"]
    out, told = fill(path, **{
        "T1.R2.C3": 100, "T1.R3.C3": "two\nlines", "T1.R4.C4": "E-001", "T1.R9.C1": 1,
        "SDT:score": "20 or more", "SDT:locked": "x", "SDT:box": "x", "SDT:none": "x",
        "BM:total": 0.65, "BM:none": 1, "X": 1,
    })  # fmt: skip
    assert states(told) == {
        "T1.R2.C3": "written", "T1.R3.C3": "written", "T1.R4.C4": "complex",
        "T1.R9.C1": "no-place", "SDT:score": "written", "SDT:locked": "locked",
        "SDT:box": "written", "SDT:none": "no-place", "BM:total": "written",
        "BM:none": "no-place", "X": "no-place",
    }  # fmt: skip
    old, new = parts(path), parts(out)
    assert {name for name in old if old[name] != new[name]} == {"word/document.xml"}
    table = docx.Document(str(out)).tables[0]
    assert [row.cells[2].text for row in table.rows] == ["Self", "100", "two\nlines", ""]
    assert table.rows[1].cells[2].paragraphs[0].runs[0].bold
    text, before = new["word/document.xml"].decode(), old["word/document.xml"].decode()
    assert (text.count("showingPlcHdr"), before.count("showingPlcHdr")) == (0, 1)
    assert ('w14:checked w14:val="1"' in text, "\u2612" in text) == (True, True)
    assert re.search(r'w:name="total"/><w:r><w:t xml:space="preserve">0\.65</w:t>', text)
    rows = re.compile(r"<w:tr>.*?</w:tr>", re.S)
    assert rows.findall(text)[0] == rows.findall(before)[0]
    assert text.partition("<w:tbl>")[0] == before.partition("<w:tbl>")[0]
    again, told = fill(out, **{"T1.R2.C3": 100, "SDT:score": "20 or more", "SDT:box": None})
    assert states(told)["SDT:box"] == "written"
    assert "\u2610" in part(again, "word/document.xml").decode()


def test_letters_and_references_are_those_of_a_sheet() -> None:
    assert [letters(n) for n in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert [reference(one) for one in ("B12", "$AA$3", "ZZZ1", "A0", "1A", "A9999999")] == [
        (12, 2), (3, 27), None, None, None, None,
    ]  # fmt: skip
