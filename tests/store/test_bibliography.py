"""Bibliographies in BibTeX, RIS and CSL-JSON come in like any list, and go out again the same."""

import json
from contextlib import suppress
from pathlib import Path

import pytest

from geopark_app.cli import main
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.kinds import Reference
from geopark_app.exchange.latex_letters import without_latex
from geopark_app.operations.bibliography import export_references
from geopark_app.operations.context import AppContext
from geopark_app.operations.import_planning import PlannedRow
from geopark_app.operations.importing import (
    ImportOptions,
    ImportReport,
    plan_import,
    recognise_file,
    take_import,
)
from geopark_app.operations.undo import UndoStack
from geopark_app.store.new_keys import new_uuid
from tests.builders import put

BIBTEX = r"""
% made by Zotero
@string{acta = "Acta Geologica"}
@comment{ignored}
@article{tri2020,
  author = {Tr{\`\^{a}}n V{\u a}n Tr{\d i} and
    {Vi{\d{\^e}}n {\DJ}{\d i}a ch{\'{\^a}}t} and Smith, John},
  title = "{K}arst of L{\d{a}}ng S{\ohorn}n \& its caves",
  journal = acta, year = 2020, volume = 12, number = 3, pages = {101--120},
  doi = {https://doi.org/10.1000/ABC.1}, keywords = {karst, Main international paper},
}
@phdthesis{le1998, author = {Lê Thị Mai}, title = {Hang động vùng Bắc Sơn}, year = {1998},
  school = {Đại học Mỏ – Địa chất}}
"""
RIS = (
    "TY  - JOUR\r\nAU  - Trần Văn Trị\r\nAU  - Smith, John\r\nTI  - Karst of Lạng Sơn\r\n"
    "  and its caves\r\nJO  - Acta Geologica\r\nPY  - 2020/03/15\r\nVL  - 12\r\nIS  - 3\r\n"
    "SP  - 101\r\nEP  - 120\r\nDO  - 10.1000/ABC.1\r\nER  - \r\n\r\n"
    "TY  - RPRT\r\nTI  - Báo cáo đo vẽ bản đồ\r\nY1  - 1975\r\nER  - \r\n"
)
CSL = json.dumps(
    [
        {
            "id": "http://zotero.org/1", "type": "article-journal", "title": "Karst of Lạng Sơn",
            "author": [{"literal": "Trần Văn Trị"}, {"family": "Smith", "given": "John"}],
            "issued": {"date-parts": [["2020", 3]]}, "DOI": "10.1000/ABC.1", "page": "101-120",
        },
        {"type": "book"},
    ]
)  # fmt: skip


def plan(context: AppContext, path: Path, text: str | bytes, **given: object) -> ImportReport:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    options = ImportOptions(kind="references", **given)  # type: ignore[arg-type]
    return plan_import(context, recognise_file(context, path, options), options)


def take(context: AppContext, path: Path, text: str | bytes, **given: object) -> ImportReport:
    planned = plan(context, path, text, **given)
    options = ImportOptions(kind="references", **given)  # type: ignore[arg-type]
    return take_import(context, planned, options, reason="nhập tài liệu")


def reference(context: AppContext, key: str) -> Reference:
    (found,) = context.catalogue.records(Reference, where={"cite_key": key})
    return found


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"Vi\'{\^e}t Nam", "Viết Nam"), (r"Vi{\d{\^e}}t", "Việt"), (r"Vi\d{\^{e}}t", "Việt"),
        (r"{\DJ}{\`\^o}ng {\DJ}{\u{a}}ng", "Đồng Đăng"), (r"\DJ\`{\^o}ng", "Đồng"),
        (r"L\d{a}ng S\ohorn n", "Lạng Sơn"), (r"n{\uhorn}\'{\ohorn}c", "nước"),
        (r"t{\h{\^o}} h{\d o}p", "tổ họp"), (r"B{\'{\i}}nh", "Bính"), (r"M\~{a}", "Mã"),
        (r"\~{\^a}u", "ẫu"), (r"{K}arst \& {L}oess", "Karst & Loess"), (r"50\,\%", "50%"),
        (r"\textit{Bac Son} beds", "Bac Son beds"), ("a--b", "a–b"), (r"\{x\}", "{x}"),
        (r"\unknown{y}", "y"), ("``quoted''", "“quoted”"), ("", ""), ("Đồng Đăng", "Đồng Đăng"),
        (r"\'", ""), ("\\", ""), ("{" * 9, ""),
    ],
)  # fmt: skip
def test_letters_of_tex(written: str, meant: str) -> None:
    assert without_latex(written) == meant


def test_bibtex_comes_in_with_its_letters(context: AppContext, tmp_path: Path) -> None:
    report = take(context, tmp_path / "a.bib", BIBTEX)
    assert report.is_taken
    assert (report.count("added"), report.count("refused")) == (2, 0)
    one = reference(context, "tri2020")
    assert one.authors == "Trần Văn Trị; Viện Địa chất; Smith, John"
    assert one.title == "Karst of Lạng Sơn & its caves"
    assert (one.reference_kind, one.year, one.container) == ("article", 2020, "Acta Geologica")
    assert (one.volume, one.issue, one.pages) == ("12", "3", "101–120")
    assert (one.doi, one.is_main_international) == ("10.1000/ABC.1", True)
    assert one.citation == (
        "Trần Văn Trị; Viện Địa chất; Smith, John (2020). Karst of Lạng Sơn & its caves. "
        "Acta Geologica 12(3): 101–120."
    )
    thesis = reference(context, "le1998")
    assert (thesis.reference_kind, thesis.publisher) == ("thesis", "Đại học Mỏ – Địa chất")
    assert [hit.ref for hit in context.catalogue.search("hang dong bac son")][:1] == [
        "reference:le1998"
    ]


def test_ris_and_csl_come_in(context: AppContext, tmp_path: Path) -> None:
    assert take(context, tmp_path / "a.ris", RIS).count("added") == 2
    one = reference(context, "tran2020")
    assert one.authors == "Trần Văn Trị; Smith, John"
    assert one.title == "Karst of Lạng Sơn and its caves"
    assert (one.year, one.pages, one.container) == (2020, "101–120", "Acta Geologica")
    report = plan(context, tmp_path / "a.json", CSL)
    assert [row.reason for row in report.rows] == ["known-reference"]
    assert ("broken-entries", "1") in report.warnings


def test_doubles_are_told_by_doi_and_by_title_with_year(
    context: AppContext, tmp_path: Path
) -> None:
    put(
        context,
        Reference(uuid="r-1", cite_key="old", doi="https://doi.org/10.1000/abc.1", title="X"),
        Reference(uuid="r-2", cite_key="le", title="HANG ĐỘNG  vùng Bắc-Sơn", year=1998),
    )
    report = plan(context, tmp_path / "a.bib", BIBTEX)
    assert [(row.reason, row.details) for row in report.rows] == [
        ("known-reference", {"value": "old"}), ("known-reference", {"value": "le"}),
    ]  # fmt: skip
    report = take(context, tmp_path / "a.bib", BIBTEX, update_by="code")
    assert report.count("updated") == 2
    found = context.catalogue.get(Reference, "r-2")
    assert found is not None
    assert (found.cite_key, found.authors) == ("le1998", "Lê Thị Mai")
    twice = BIBTEX + BIBTEX.replace("tri2020", "other").replace("le1998", "another")
    report = plan(context, tmp_path / "b.bib", twice, update_by="code")
    assert [row.reason for row in report.rows[2:]] == ["double-in-file", "double-in-file"]


def test_the_name_of_the_record_kind_does_as_well(context: AppContext, tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_text(BIBTEX, encoding="utf-8")
    options = ImportOptions(kind="reference")
    report = plan_import(context, recognise_file(context, path, options), options)
    assert report.count("added") == 2


def test_a_publication_without_a_title_is_refused(context: AppContext, tmp_path: Path) -> None:
    report = plan(context, tmp_path / "a.bib", "@article{x, author = {Lê Mai}, year = 1998}")
    assert [row.reason for row in report.rows] == ["titleless"]


def test_rows_with_keys_of_records_may_be_alike(context: AppContext, tmp_path: Path) -> None:
    rows = [f"{new_uuid()},{key},Hang động vùng Bắc Sơn,1998" for key in ("a", "b")]
    text = "\n".join(["uuid,cite_key,title,year", *rows])
    assert take(context, tmp_path / "a.csv", text).count("added") == 2
    other = f"uuid,cite_key,title,year\n{new_uuid()},c,Hang động vùng Bắc Sơn,1998"
    report = plan(context, tmp_path / "b.csv", other, update_by="uuid")
    assert [row.reason for row in report.rows] == ["known-reference"]


def test_an_import_is_one_step_to_undo(context: AppContext, tmp_path: Path) -> None:
    undo = UndoStack(context)
    undo.push(take(context, tmp_path / "a.bib", BIBTEX).changes)
    undo.undo()
    assert context.catalogue.records(Reference) == []


@pytest.mark.parametrize("form", ["bibtex", "ris", "csl"])
def test_what_goes_out_comes_in_the_same(context: AppContext, tmp_path: Path, form: str) -> None:
    take(context, tmp_path / "a.bib", BIBTEX)
    put(
        context,
        Reference(uuid="r-1", cite_key="x", title=r"Giá 5% & {ngoặc \ # _ $ ~", note="kín",
                  reference_kind="map", authors="Đoàn 20; Müller, K.", year=1975),
    )  # fmt: skip
    out = tmp_path / f"out.{form}"
    assert export_references(context, form, out) == 3
    assert "kín" not in out.read_text(encoding="utf-8")
    report = plan(context, out, out.read_bytes(), update_by="code")
    changed = [
        (row.code, one.field, one.old, one.new)
        for row in report.rows for one in row.differences if one.field != "citation"
    ]  # fmt: skip
    assert changed == ([("x", "reference_kind", "map", "other")] if form == "bibtex" else [])
    assert export_references(context, form, out, only_main=True) == 1


HOSTILE = {
    "empty": b"@",
    "cut": b"@article{x, title = {never closed",
    "braces": b"@article{x, title = {" + b"{" * 200_000 + b"}" * 200_000 + b"}}",
    "openings": b"@a{" * 50_000,
    "nul": b"@article{x, title = {a\0b}}\0\0",
    "tex": b"@article{x, title = {" + rb"\'{\^" * 40_000 + b"e" + b"}" * 40_000 + b"}}",
    "deep": b'[{"title": ' + b"[" * 5_000 + b"]" * 5_000 + b"}]",
    "number": b'[{"title": "a", "issued": {"date-parts": [[' + b"9" * 50_000 + b"]]}}]",
    "types": b'[{"title": {"a": 1}, "author": "x", "issued": [], "DOI": 5}]',
    "ris": b"TY  - JOUR\n" + b"AU  - a\n" * 100_000 + b"ER  - \n",
    "quotes": b'@article{x, title = "' + b'\\"' * 100_000 + b'"}',
    "latin": "@article{x, title = {Trầ}}".encode("utf-16"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bibliographies_end_soon(context: AppContext, tmp_path: Path, name: str) -> None:
    rows: list[PlannedRow] = []
    with suppress(GeoparkError):
        rows.extend(plan(context, tmp_path / "a", HOSTILE[name]).rows)
    assert all("\0" not in row.name for row in rows)
    assert context.catalogue.records(Reference) == []


def test_many_entries_are_quick_to_plan(context: AppContext, tmp_path: Path) -> None:
    many = "".join(f"@article{{k{n}, title = {{A karst study number {n}}}, year=2001}}\n"
                   for n in range(5_000))  # fmt: skip
    assert plan(context, tmp_path / "a.bib", many).count("added") == 5_000


def test_the_commands_take_and_write_a_bibliography(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "a.bib", tmp_path / "out.ris"
    path.write_text(BIBTEX, encoding="utf-8")
    at = ["--catalogue", str(folder)]
    dry = ["import", str(path), "--kind", "references", "--dry-run", "--json"]
    assert main([*at, *dry]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["added"], answer["taken"], answer["format"]) == (2, False, "bibtex")
    assert main([*at, "import", str(path), "--kind", "references"]) == 0
    capsys.readouterr()
    assert main([*at, "export", "ris", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["references"] == 2
    assert out.read_text(encoding="utf-8").count("TY  -") == 2
    more = ["export", "ris", str(tmp_path / "b.ris"), "--filter", "kind=geosite"]
    assert main([*at, *more]) != 0
    capsys.readouterr()
    assert main([*at, "import", str(path), "--kind", "references"]) != 0
    assert "Đã có" in capsys.readouterr().out
