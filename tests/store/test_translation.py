"""English texts out to the translator, back by differences, and the agreed terms."""

import zipfile
from pathlib import Path

import openpyxl
import pytest

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Site
from geopark_app.operations.bulk import write_changes
from geopark_app.operations.context import AppContext
from geopark_app.operations.records import set_fields
from geopark_app.operations.sites import site_findings
from geopark_app.operations.terms import term_findings, term_list
from geopark_app.operations.translation import export_pairs, pairs_to_translate, read_pairs
from geopark_app.rules.term_pairs import TermPair, other_terms
from tests.builders import make_site, put


@pytest.fixture
def site(context: AppContext) -> Site:
    made = make_site(
        name_vi="Hang Gió", summary_vi="Một hang đá vôi lớn", summary_en="A large limestone cave",
        access_vi="Đi bộ",
    )  # fmt: skip
    put(context, made)
    set_fields(context, "site", made.uuid, {"summary_vi": "Một hang đá vôi rất lớn"})
    return made


def fill(path: Path, field: str, text: str) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_row=3):
        if row[1].value == field:
            row[6].value = text
    book.save(path)


def test_old_and_missing_texts_go_out_and_come_back(
    context: AppContext, site: Site, tmp_path: Path
) -> None:
    states = {row.field: row.state for row in pairs_to_translate(context)}
    assert states == {"summary_en": "old", "name_en": "missing", "access_en": "missing"}
    path = tmp_path / "translation.xlsx"
    assert export_pairs(context, path) == 3
    assert not any(change.is_change for change in read_pairs(context, path))
    fill(path, "summary_en", "A very large limestone cave")
    (change,) = read_pairs(context, path)
    assert (change.old, change.new) == ("A large limestone cave", "A very large limestone cave")
    write_changes(context, [change], reason="bản dịch")
    assert "summary_en" not in {row.field for row in pairs_to_translate(context)}


def test_all_texts_can_be_written(context: AppContext, site: Site, tmp_path: Path) -> None:
    set_fields(context, "site", site.uuid, {"summary_en": "A very large limestone cave"})
    assert {row.state for row in pairs_to_translate(context, every=True)} == {"fine", "missing"}


def other_table(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "x"  # type: ignore[index]
    book.save(path)


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"0" * (70 * 2**20))


def entities(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')


def no_workbook(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("a.txt", "a")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: path.write_bytes(b"no workbook"), ErrorCode.UNSUPPORTED_FORMAT),
        (lambda path: None, ErrorCode.NOT_FOUND),
        (other_table, ErrorCode.UNSUPPORTED_FORMAT), (bomb, ErrorCode.TOO_LARGE),
        (entities, ErrorCode.UNSUPPORTED_FORMAT), (no_workbook, ErrorCode.UNSUPPORTED_FORMAT),
    ],
)  # fmt: skip
def test_other_files_are_refused(
    context: AppContext, tmp_path: Path, make: object, code: ErrorCode
) -> None:
    path = tmp_path / "t.xlsx"
    make(path)  # type: ignore[operator]
    with pytest.raises(GeoparkError) as caught:
        read_pairs(context, path)
    assert caught.value.code is code


def test_a_cut_workbook_is_refused(context: AppContext, site: Site, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    export_pairs(context, path)
    whole = path.read_bytes()
    for tenth in range(1, 10):
        path.write_bytes(whole[: len(whole) * tenth // 10])
        with pytest.raises(GeoparkError):
            read_pairs(context, path)


LIMESTONE = TermPair(vi="đá vôi", en=("limestone",))
CAVE = TermPair(vi="hang động", en=("cave",))


@pytest.mark.parametrize(
    ("vi", "en", "missed"),
    [
        ("Khối đá vôi lớn", "A large block of limestone", []),
        ("Khối đá vôi lớn", "A large block of chalk", ["đá vôi"]),
        ("KHỐI ĐÁ VÔI", "Three blocks of Limestones here", []),
        ("Khối da voi", "A large block of chalk", []), ("Đá vôi", "Chalk Hill", []),
        ("Hang động đá vôi", "A grotto in some limestone", ["hang động"]),
    ],
)  # fmt: skip
def test_another_word_for_a_term_is_told(vi: str, en: str, missed: list[str]) -> None:
    assert [term.vi for term in other_terms(vi, en, [LIMESTONE, CAVE])] == missed


def test_the_longer_term_counts_alone() -> None:
    terms = [
        TermPair(vi="di sản địa chất", en=("geoheritage",)),
        TermPair(vi="điểm di sản địa chất", en=("geosite",)),
    ]
    assert other_terms("một điểm di sản địa chất", "this is a fine geosite", terms) == []


def test_terms_are_findings_of_their_site(context: AppContext) -> None:
    site = make_site(summary_vi="Khối đá vôi lớn", summary_en="A large block of chalk")
    put(context, site)
    assert [(field, term.vi) for field, term in term_findings(site)] == [("summary_en", "đá vôi")]
    assert "other-term" in {finding.code for finding in site_findings(context, site.uuid)}
    assert len(term_list()) >= 45
