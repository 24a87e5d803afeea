"""`import`, `export` and `compare`: round trips, encodings, updates, one save."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from geopark_app.cli import main
from geopark_app.domain.kinds import Site, Stop
from geopark_app.exchange.legacy_vietnamese import _TCVN3, _VNI
from geopark_app.operations.undo import UndoStack
from tests.builders import content_of, make_position, make_site, op_count, put
from tests.conftest import OpenCatalogue

Run = Callable[..., tuple[int, dict[str, Any]]]
HEADER = ["code", "Tên điểm", "loại hình", "kinh độ", "vĩ độ", "Tóm tắt"]
ROW = ["N-01", "Hang Gió ở Mẫu Sơn", "geosite", "106.761", "21.853", "Động đá vôi, suối nước ngầm"]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def command(folder: Path, *arguments: object) -> tuple[int, dict[str, Any]]:
        code = main(["--catalogue", str(folder), *map(str, arguments), "--json"])
        return code, json.loads(capsys.readouterr().out)

    return command


def text_of(*rows: list[str], separator: str = ";") -> str:
    return "\n".join(separator.join(row) for row in rows) + "\n"


def adds_up(report: dict[str, Any]) -> bool:
    parts = sum(report[name] for name in ("added", "updated", "unchanged", "refused"))
    return bool(report["read"] == parts == len(report["rows"]))


@pytest.mark.parametrize("form", ["gpkg", "geojson", "csv", "xlsx"])
def test_round_trip_into_an_empty_catalogue_is_identical(
    run: Run, langson: Path, folder: Path, tmp_path: Path, form: str, opened: OpenCatalogue
) -> None:
    odd = make_site(
        code="O-1",
        name_vi='Hang "Gió", động\nsố 1; =2+3',
        summary_vi="'=cmd|' /C calc'!A0",
        remarks="+84 90",
        altitude_m=0,
        area_ha=0.1,
        border_zone=False,
        survey_date="2026-02-28",
        position=make_position(106.12345678901, 21.87654321012, accuracy_m=3.5, quality="exact"),
    )
    put(opened(langson), odd)
    out = tmp_path / f"all.{form}"
    assert run(langson, "export", form, out, "--audience", "internal")[0] == 0
    code, report = run(folder, "import", out)
    assert (code, report["read"], report["added"]) == (0, 97, 97)
    kinds = ("--kind", "site", "--kind", "site_interest")
    code, found = run(folder, "compare", langson, folder, *kinds)
    assert found == {"added": [], "removed": [], "changed": [], "identical": True}
    again, unchanged = run(folder, "import", out, "--update-by", "uuid")
    assert (again, unchanged["unchanged"], adds_up(unchanged)) == (0, 97, True)


@pytest.mark.parametrize("form", ["shp", "kml", "kmz", "gpx"])
def test_other_formats_come_back_with_names_and_places(
    run: Run, langson: Path, folder: Path, tmp_path: Path, form: str
) -> None:
    code, written = run(langson, "export", form, tmp_path / f"a.{form}", "--filter", "kind=geosite")
    assert code == 0
    assert bool(written["losses"]) == (form in {"shp", "gpx"})
    code, report = run(folder, "import", tmp_path / f"a.{form}")
    assert (code, report["added"]) == (0, written["sites"])
    if form != "gpx":
        code, site = run(folder, "site", "show", "LS-003")
        assert site["sites"][0]["name_en"] == "Đồng Lâm Fairy Valley"
        assert round(site["sites"][0]["lon"], 3) == 106.374


def test_a_zipped_shapefile_is_one_file(run: Run, langson: Path, tmp_path: Path) -> None:
    assert run(langson, "export", "shp", tmp_path / "a.zip")[0] == 0
    names = zipfile.ZipFile(tmp_path / "a.zip").namelist()
    assert {"a.shp", "a.shx", "a.dbf", "a.prj", "a.cpg"} <= set(names)
    code, report = run(langson, "import", tmp_path / "a.zip", "--update-by", "uuid", "--dry-run")
    assert (code, report["encoding"], report["crs"]) == (0, "utf-8", "EPSG:4326")
    assert adds_up(report)
    assert report["added"] == 0


def cp1258(text: str) -> bytes:
    import unicodedata

    content = b""
    for char in text:
        try:
            content += char.encode("cp1258")
        except UnicodeEncodeError:
            letters = unicodedata.normalize("NFD", char)
            tones = "".join(
                mark for mark in letters[1:] if mark in "\u0300\u0301\u0303\u0309\u0323"
            )
            rest = "".join(mark for mark in letters if mark not in tones)
            content += (unicodedata.normalize("NFC", rest) + tones).encode("cp1258")
    return content


def legacy(text: str, table: dict[str, str]) -> bytes:
    back = {meant: typed for typed, meant in table.items()}
    return "".join(back.get(char, char) for char in text).encode("latin-1")


ENCODERS: dict[str, tuple[Callable[[str], bytes], str]] = {
    "utf-8": (lambda text: text.encode(), "utf-8"),
    "utf-8 with mark": (lambda text: text.encode("utf-8-sig"), "utf-8-sig"),
    "utf-16": (lambda text: text.encode("utf-16"), "utf-16"),
    "utf-16 without mark": (lambda text: text.encode("utf-16-le"), "utf-16-le"),
    "cp1258": (cp1258, "cp1258"),
    "TCVN3": (lambda text: legacy(text, _TCVN3), "TCVN3"),
    "VNI": (lambda text: legacy(text, _VNI), "VNI"),
}


@pytest.mark.parametrize("name", ENCODERS)
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_encoding_and_separator_are_told_from_the_content(
    run: Run, folder: Path, tmp_path: Path, name: str, separator: str
) -> None:
    encode, told = ENCODERS[name]
    row = [cell.replace(",", " -") if separator == "," else cell for cell in ROW]
    path = tmp_path / "list.csv"
    path.write_bytes(encode(text_of(HEADER, row, ["N-02", "Đèo Lũng Vài", *row[2:]],
                                    separator=separator)))  # fmt: skip
    code, report = run(folder, "import", path)
    assert (code, report["added"], report["encoding"]) == (0, 2, told)
    _code, site = run(folder, "site", "show", "N-01")
    assert site["sites"][0]["name_vi"] == "Hang Gió ở Mẫu Sơn"


def test_text_in_an_old_font_inside_a_workbook_is_converted(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Danh sách điểm"])
    sheet.append(HEADER)
    typed = legacy("Đèo Lũng Vài, xã Hữu Kiên", _TCVN3).decode("latin-1")
    sheet.append(["N-01", typed, "geosite", 106.7, 21.8, legacy(ROW[5], _TCVN3).decode("latin-1")])
    book.save(tmp_path / "a.xlsx")
    code, report = run(folder, "import", tmp_path / "a.xlsx", "--lang", "en")
    assert (code, report["encoding"]) == (0, "TCVN3")
    assert "TCVN3" in " ".join(report["warnings"])
    _code, site = run(folder, "site", "show", "N-01")
    assert site["sites"][0]["name_vi"] == "Đèo Lũng Vài, xã Hữu Kiên"


def test_a_cpg_that_lies_is_caught(run: Run, langson: Path, folder: Path, tmp_path: Path) -> None:
    run(langson, "export", "shp", tmp_path / "a.shp")
    (tmp_path / "a.cpg").write_text("ISO-8859-1", encoding="ascii")
    code, report = run(folder, "import", tmp_path / "a.shp", "--lang", "en")
    assert code == 0
    assert any(".cpg" in warning for warning in report["warnings"])
    _code, site = run(folder, "site", "show", "LS-001")
    assert site["sites"][0]["name_vi"] == "Đền Bắc Lệ"


def test_a_missing_prj_asks(run: Run, langson: Path, folder: Path, tmp_path: Path) -> None:
    run(langson, "export", "shp", tmp_path / "a.shp")
    (tmp_path / "a.prj").unlink()
    before = content_of(folder)
    code, answer = run(folder, "import", tmp_path / "a.shp")
    assert (code, answer["error"]["code"]) == (20, "refused-file")
    assert "--crs" in answer["error"]["next"]
    assert content_of(folder) == before
    assert run(folder, "import", tmp_path / "a.shp", "--crs", "EPSG:4326")[0] == 0


def test_metres_in_vn2000_are_placed(run: Run, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("Mã,Tên,X,Y\nN-01,Hang Gió,2417000,448500\n", encoding="utf-8")
    assert run(folder, "import", path)[0] == 20
    code, report = run(folder, "import", path, "--crs", "EPSG:9215")
    assert (code, report["mapping"]) == (
        0,
        {"Mã": "code", "Tên": "name_vi", "X": "northing_m", "Y": "easting_m"},
    )
    _code, site = run(folder, "site", "show", "N-01")
    shown = site["sites"][0]
    assert (round(shown["lon"], 2), round(shown["lat"], 2)) == (106.75, 21.85)


def test_updates_list_field_by_field_and_are_one_save(
    run: Run, folder: Path, tmp_path: Path, opened: OpenCatalogue
) -> None:
    context = opened(folder)
    put(context, make_site(code="N-01", name_vi="Hang Cũ", remarks="giữ"), make_site(code="N-02"))
    path = tmp_path / "a.csv"
    path.write_text(text_of(HEADER, ROW, ["N-02", "Hang Gió", "", "", "", ""],
                            ["N-03", *ROW[1:]]), encoding="utf-8")  # fmt: skip
    code, report = run(folder, "import", path, "--update-by", "code")
    assert code == 0
    assert [report[name] for name in ("read", "added", "updated", "unchanged")] == [3, 1, 1, 1]
    changed = {one["field"]: (one["from"], one["to"]) for one in report["rows"][0]["differences"]}
    assert changed["name_vi"] == ("Hang Cũ", "Hang Gió ở Mẫu Sơn")
    site = context.catalogue.records(Site, where={"code": "N-01"})[0]
    assert site.remarks == "giữ"


def test_one_undo_takes_the_whole_import_back(folder: Path, tmp_path: Path,
                                              opened: OpenCatalogue) -> None:  # fmt: skip
    from geopark_app.operations.importing import (
        ImportOptions,
        plan_import,
        recognise_file,
        take_import,
    )

    context = opened(folder)
    put(context, make_site(code="N-01", name_vi="Hang Cũ"))
    path = tmp_path / "a.csv"
    path.write_text(text_of(HEADER, ROW, ["N-03", *ROW[1:]]), encoding="utf-8")
    options = ImportOptions(update_by="code")
    plan = plan_import(context, recognise_file(context, path, options), options)
    undo = UndoStack(context)
    undo.push(take_import(context, plan, options, reason="Nhập").changes)
    assert len(context.catalogue.records(Site)) == 2
    undo.undo()
    assert [site.name_vi for site in context.catalogue.records(Site)] == ["Hang Cũ"]
    undo.redo()
    assert len(context.catalogue.records(Site)) == 2


def test_bad_rows_leave_everything_unless_asked(run: Run, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    bad = ["N-02", "Hang Dơi", "hành tinh", "106.7", "21.8", ""]
    path.write_text(text_of(HEADER, ROW, bad, ROW), encoding="utf-8")
    before = content_of(folder)
    code, dry = run(folder, "import", path, "--dry-run")
    assert (code, dry["added"], dry["refused"], adds_up(dry)) == (20, 1, 2, True)
    code, report = run(folder, "import", path)
    assert (code, report["taken"], report["added"], adds_up(report)) == (20, False, 0, True)
    assert content_of(folder) == before
    code, report = run(folder, "import", path, "--take-good-rows")
    assert (code, report["taken"], report["added"], report["refused"]) == (21, True, 1, 2)
    reasons = [row["reason"] for row in report["rows"]]
    assert "hành tinh" in reasons[1]
    assert "2" in reasons[2]


def test_a_dry_run_writes_nothing(run: Run, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text_of(HEADER, ROW), encoding="utf-8")
    before = op_count(folder)
    code, report = run(folder, "import", path, "--dry-run")
    assert (code, report["dry_run"], report["added"]) == (0, True, 1)
    assert op_count(folder) == before


def test_the_mapping_is_remembered(run: Run, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("A;B;C\nN-01;Hang Gió;x\n", encoding="utf-8")
    assert run(folder, "import", path)[0] == 20
    assert run(folder, "import", path, "--map", "A=code", "--map", "name_vi=B")[0] == 0
    path.write_text("C;B;A\nx;Hang Dơi;N-02\n", encoding="utf-8")
    code, report = run(folder, "import", path)
    assert (code, report["mapping"]) == (0, {"A": "code", "B": "name_vi"})


def test_the_stops_come_back_filled_in(
    run: Run, langson: Path, tmp_path: Path, opened: OpenCatalogue
) -> None:
    path = tmp_path / "sites.xlsx"
    run(langson, "export", "xlsx", path)
    book = openpyxl.load_workbook(path)
    sheet = book["Stops"]
    empty = next(row for row in sheet.iter_rows(min_row=3) if row[3].value is None)
    empty[1].value, empty[3].value, empty[5].value = 12, "Chùa Tiên", "LS-003"
    slot = empty[0].value
    book.save(path)
    code, report = run(langson, "import", path, "--kind", "stops", "--layer", "Stops")
    assert (code, report["updated"], report["added"]) == (0, 1, 0)
    stop = opened(langson).catalogue.records(Stop, where={"slot": slot})[0]
    assert (stop.official_number, stop.name_vi) == (12, "Chùa Tiên")
    assert stop.site_uuid is not None


def test_compare_names_what_differs(run: Run, folder: Path, langson: Path, tmp_path: Path,
                                    opened: OpenCatalogue) -> None:  # fmt: skip
    context = opened(folder)
    put(context, make_site(code="N-01"))
    out = tmp_path / "differences.csv"
    code, found = run(folder, "compare", langson, folder, out, "--kind", "site")
    assert (code, found["added"], len(found["removed"])) == (0, ["site:N-01"], 96)
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert len(rows) == 97
