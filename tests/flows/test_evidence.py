"""The evidence register by commands: files, places, claims, numbers fixed once and for all."""

from pathlib import Path

import openpyxl
import pikepdf

from geopark_app.cli.exit_codes import NOT_FOUND, REFUSED
from tests.flows.test_evaluation import Form, run
from tests.photo_files import write_picture

__all__ = ["run"]


def test_evidence_knows_its_places_and_places_their_evidence(run: Form) -> None:
    run("evaluation", "set", "2.1.b", "--choose", "1")
    assert [one["at"] for one in run("evidence", "claimed")["claimed"]] == ["form_item:2.1.b"]
    made = run(
        "evidence", "add", "--title", "Quyết định 2386/QĐ-UBND", "--kind", "decision",
        "-f", "dated_on=08/12/2021", "--at", "form_item:2.1.b", "--at", "chapter:A.4",
    )["evidence"][0]  # fmt: skip
    assert made["number"] == "E-001"
    shown = run("evidence", "show", "1")
    assert [one["place"] for one in shown["used_at"]] == ["A.4", "2.1.b"]
    assert (shown["kind"], shown["dated_on"]) == ("decision", "2021-12-08")
    assert run("evaluation", "show")["claimed"] == []
    assert run("evidence", "claimed")["count"] == 0
    assert run("evidence", "list", "--at", "chapter:A.4")["count"] == 1
    run("evidence", "unlink", "E-001", "--at", "form_item:2.1.b")
    assert run("evidence", "claimed")["count"] == 1
    run("evidence", "link", "E-001", "--at", "form_item:2.1.b", "--at", "recommendation:2024-1")
    register = run("recommendations", "list")["recommendations"]
    assert next(one for one in register if one["number"] == "2024-1")["evidence"] == ["E-001"]
    run("record", "evidence", "delete", made["uuid"])
    assert run("evidence", "claimed")["count"] == 1
    assert run("check")["ok"] is True


def test_a_positive_answer_of_a_visit_is_claimed_until_something_proves_it(
    run: Form, tmp_path: Path
) -> None:
    answers = tmp_path / "visit.json"
    answers.write_text('{"items": {"B04": {"status": "met"}, "B01": {"status": "not_met"}}}')
    run("visit", "record", "LS-002", "--answers", str(answers))
    (claim,) = run("evidence", "claimed")["claimed"]
    assert (claim["place"], claim["item"], claim["critical"]) == ("LS-002", "B04", False)
    # what proves the item as such proves no single place
    run("evidence", "add", "--title", "Chuẩn bảng", "--at", "checklist_item:B04")
    assert run("evidence", "claimed")["count"] == 1
    picture, paper = tmp_path / "bảng.jpg", tmp_path / "biên bản.pdf"
    write_picture(picture)
    paper.write_bytes(b"%PDF-1.4 nothing")
    made = run(
        "evidence", "add", "--file", str(picture), "--file", str(paper), "--at", claim["at"]
    )["evidence"]
    assert [one["number"] for one in made] == ["E-002", "E-003"]
    assert [one["title_vi"] for one in made] == ["bảng", "biên bản"]
    assert run("evidence", "claimed")["count"] == 0
    photo = run("evidence", "show", "E-002")["photo_uuid"]
    assert run("record", "photo", "list")["records"][0]["uuid"] == photo
    assert run("record", "photo", "list")["records"][0]["site_uuid"]
    assert run("evidence", "list", "--at", "answer:LS-002/B04")["count"] == 2
    assert run.code("evidence", "list", "--at", "answer:LS-002/B09") == NOT_FOUND


def test_fixed_numbers_stay_and_removed_ones_leave_a_named_gap(run: Form, tmp_path: Path) -> None:
    keys = [run("evidence", "add", "--title", name)["evidence"][0]["uuid"] for name in "abc"]
    run("record", "evidence", "delete", keys[1])
    fixed = run("evidence", "fix", "--title", "Báo cáo 2028")
    # the gap of b closes before: a = 1, c = 2
    assert fixed == {"fixed": 2, "last_number": 2}
    listed = run("evidence", "list")
    numbers = {one["title_vi"]: one["number"] for one in listed["evidence"]}
    assert numbers == {"a": "E-001", "c": "E-002"}
    refused = run.code("record", "evidence", "set", keys[2], "-f", "number=E-009")
    assert refused == REFUSED
    run("record", "evidence", "set", keys[2], "-f", "title_en=See")
    run("record", "evidence", "delete", keys[2])
    added = run("evidence", "add", "--title", "d")["evidence"][0]
    assert added["number"] == "E-003"
    assert run("evidence", "list")["gaps"] == [{"number": "E-002", "title_vi": "c"}]
    assert run("evidence", "fix", "--title", "Lần hai")["last_number"] == 3
    assert run("evidence", "show", "E-003")["title_vi"] == "d"
    assert run.code("evidence", "fix", "--title", "Lần ba") == NOT_FOUND
    book = tmp_path / "index.xlsx"
    run("evidence", "index", str(book))
    sheet = openpyxl.load_workbook(book)["Register"]
    first = [row[1].value for row in sheet.iter_rows(min_row=3)]
    assert first == ["E-001", "E-003", "E-002"]


def test_what_cannot_be_is_refused_and_changes_nothing(run: Form) -> None:
    for words, code in (
        (("add", "--title", " "), REFUSED),
        (("add", "--title", "x", "--at", "chapter:Z"), NOT_FOUND),
        (("add", "--title", "x", "--at", "road:A"), REFUSED),
        (("add", "--file", "/nowhere.pdf"), NOT_FOUND),
        (("show", "E-404"), NOT_FOUND),
        (("link", "E-404", "--at", "chapter:A"), NOT_FOUND),
        (("index", "index.txt"), REFUSED),
    ):
        assert run.code("evidence", *words) == code, words
    assert run("evidence", "list")["count"] == 0


def test_the_index_prints_as_pdf_a(run: Form, tmp_path: Path) -> None:
    run("evidence", "add", "--title", "Quyết định", "--at", "chapter:D")
    out = tmp_path / "index.pdf"
    assert run("evidence", "index", str(out), "--language", "en")["count"] == 1
    with pikepdf.open(out) as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "2"
        assert str(metadata["dc:title"]) == "Index of evidence"
