"""An office changes its checklist: a new edition, conditions that are kept, files in and out."""

import json
from pathlib import Path

import openpyxl
import pytest
from pyxform.xls2xform import convert

from geopark_app.cli import main
from geopark_app.cli.exit_codes import REFUSED
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Answer, ChecklistItem, Site, Visit
from geopark_app.operations.checklist_editions import (
    discard_edition,
    edition_changes,
    edition_problems,
    new_edition,
    put_group,
    put_item,
    put_texts,
    release_edition,
    take_content,
    whole_edition,
)
from geopark_app.operations.checklist_workbooks import export_workbook, read_edition_workbook
from geopark_app.operations.checklist_xlsform import export_xlsform, read_xlsform
from geopark_app.operations.checklists import (
    answer_as_last,
    answer_item,
    checklist_for,
    finish_visit,
    last_answers,
    site_readiness,
    start_visit,
)
from geopark_app.operations.context import AppContext
from geopark_app.operations.paper_forms import paper_items, write_forms
from geopark_app.operations.records import delete_record, set_fields
from geopark_app.operations.undo import UndoStack
from geopark_app.operations.visits import record_visit
from tests.conftest import OpenCatalogue

OLD = "readiness-2026.1"


@pytest.fixture
def context(langson: Path, opened: OpenCatalogue) -> AppContext:
    return opened(langson)


@pytest.fixture
def draft(context: AppContext) -> str:
    """Give a draft in which B02 hangs on B01, C03 has a limit, A05 is gone and X01 is new."""
    name = "readiness-2027.1"
    new_edition(context, OLD, name=name)
    put_item(context, name, "B02", {"relevant": "${B01} = 'met'", "required": "yes"})
    put_item(context, name, "C03", {"value_constraint": ". >= 0 and . <= 500"})
    put_item(context, name, "A05", {"retired": "yes"})
    put_item(context, name, "B01", {"label_vi": "Có bảng", "label_en": "A panel", "weight": "4"})
    put_item(context, name, "E03", {"relevant": "${site_kind} = 'cave'"})
    put_group(context, name, "X", "Nhóm mới", "New group")
    put_item(
        context,
        name,
        "X01",
        {"group": "X", "scope": "site", "label_vi": "Ghế", "label_en": "Bench", "weight": "2"},
    )
    return name


def site(context: AppContext, code: str = "LS-001") -> Site:
    return context.catalogue.records(Site, where={"code": code})[0]


def test_a_new_edition_leaves_old_visits_and_their_answers_alone(
    context: AppContext, draft: str
) -> None:
    old_visit, _ = record_visit(
        context,
        "LS-001",
        {"A05": {"status": "met"}, "B01": {"status": "met"}, "B04": {"status": "not_met"}},
        visited_on="2026-11-01",
    )
    before = {one.uuid: one for one in context.catalogue.records(Answer)}
    assert checklist_for(context, "site").checklist.edition == OLD, "a draft is not in force"
    old_items = {item.code: item.uuid for item in checklist_for(context, "site").items}
    release_edition(context, draft)
    opened = checklist_for(context, "site")
    assert opened.checklist.edition == draft
    assert "A05" not in opened.codes
    assert "X01" in opened.codes
    # What was answered stays as it is, under the old edition and its items.
    assert {one.uuid: one for one in context.catalogue.records(Answer)} == before
    kept = context.catalogue.get(Visit, old_visit.uuid)
    assert kept is not None
    assert kept.checklist_uuid == whole_edition(context, OLD).checklist.uuid
    # By code: B01 (weight now 4) met and B04 (4) not met count, A05 is not asked any more.
    result = site_readiness(context, site(context).uuid)
    assert result.total.score == pytest.approx(4 / 8)
    statuses = {item.code: answer.status for item, answer in result.items if answer}
    assert statuses == {"B01": "met", "B04": "not_met"}
    assert {item.uuid for item, _answer in result.items}.isdisjoint(old_items.values())
    changes = {
        (one.code, one.kind): one.fields
        for one in edition_changes(whole_edition(context, OLD), whole_edition(context, draft))
    }
    assert changes[("B01", "changed")] == ("label_vi", "label_en", "weight")
    assert ("A05", "retired") in changes
    assert ("X01", "added") in changes
    assert len(changes) == 6


def test_an_edition_in_force_is_never_changed(context: AppContext, draft: str) -> None:
    item = context.catalogue.records(ChecklistItem, where={"code": "B01"})[0]
    released = next(one for one in whole_edition(context, OLD).items if one.code == "B01")
    assert item.code == released.code
    for deed in (
        lambda: put_item(context, OLD, "B01", {"weight": "1"}),
        lambda: put_group(context, OLD, "A", "x", "y"),
        lambda: release_edition(context, OLD),
        lambda: discard_edition(context, OLD),
        lambda: set_fields(context, "checklist_item", released.uuid, {"weight": "1"}),
        lambda: delete_record(context, "checklist_item", released.uuid),
        lambda: set_fields(
            context, "checklist", whole_edition(context, draft).checklist.uuid, {"draft": "no"}
        ),
    ):
        with pytest.raises(GeoparkError) as caught:
            deed()
        assert (caught.value.code, caught.value.details["reason"]) == (
            ErrorCode.CHECKLIST,
            "released",
        )
    put_texts(context, draft, {"title_vi": "Danh mục 2027"})
    assert whole_edition(context, draft).checklist.title_vi == "Danh mục 2027"
    discard_edition(context, draft)
    with pytest.raises(GeoparkError):
        whole_edition(context, draft)


def test_names_are_taken_once_and_faults_keep_a_draft_from_use(
    context: AppContext, draft: str
) -> None:
    with pytest.raises(GeoparkError) as caught:
        new_edition(context, OLD, name=draft)
    assert caught.value.details["proposed"] == "readiness-2027.2"
    with pytest.raises(GeoparkError):
        new_edition(context, OLD, name="Bản mới")
    put_item(context, draft, "X01", {"relevant": "${NOPE} = 'met'"})
    assert [one.reason for one in edition_problems(whole_edition(context, draft))] == [
        "unknown-name"
    ]
    with pytest.raises(GeoparkError) as caught:
        release_edition(context, draft)
    assert "NOPE" in caught.value.details["problems"]


def test_conditions_are_kept_by_visits(context: AppContext, draft: str) -> None:
    release_edition(context, draft)
    for answers, reason in (
        ({"B01": {"status": "not_met"}, "B02": {"status": "met"}}, "not-asked"),
        ({"C03": {"status": "met", "value": 900}}, "constraint"),
        ({"B01": {"status": "met"}}, "required"),
        ({"E03": {"status": "met"}}, "not-asked"),
    ):
        with pytest.raises(GeoparkError) as caught:
            record_visit(context, "LS-001", answers)
        assert caught.value.details["reason"] == reason
    assert context.catalogue.records(Visit) == []
    opened = checklist_for(context, "site")
    items = {item.code: item for item in opened.items}
    visit, _ = start_visit(context, "site", site_uuid=site(context).uuid)
    answer_item(context, visit.uuid, items["B01"].uuid, status="met")
    with pytest.raises(GeoparkError) as caught:
        answer_item(context, visit.uuid, items["C03"].uuid, value=501.0)
    assert caught.value.details["items"] == "C03"
    with pytest.raises(GeoparkError) as caught:
        finish_visit(context, visit.uuid)
    assert caught.value.details == {"reason": "required", "items": "B02", "condition": ""}
    answer_item(context, visit.uuid, items["B02"].uuid, status="na")
    finish_visit(context, visit.uuid)
    # Not asked: neither applicable nor answered. E03 is for caves; B02 is answered "na".
    total = site_readiness(context, site(context).uuid).total
    assert (total.answered, total.applicable) == (1, len(opened.items) - 2)


def test_paper_prints_what_may_be_asked_there(
    context: AppContext, draft: str, tmp_path: Path
) -> None:
    release_edition(context, draft)
    uuid = site(context).uuid
    opened, items = paper_items(context, "site", uuid)
    codes = [item.code for _number, item in items]
    assert "B02" in codes, "hangs on another answer: printed with its condition"
    assert "E03" not in codes, "the place itself rules it out"
    assert dict(items)[2].code == opened.codes[1], "numbers are of the edition"
    out = tmp_path / "forms.pdf"
    assert write_forms(context, ["LS-001", "LS-002", "1", "park"], out, languages=("vi", "en")) == 4
    assert out.read_bytes().startswith(b"%PDF")
    with pytest.raises(GeoparkError):
        write_forms(context, ["LS-999"], tmp_path / "none.pdf")
    assert not (tmp_path / "none.pdf").exists()


def test_the_last_answers_are_offered_and_undone_as_one(context: AppContext) -> None:
    record_visit(
        context,
        "LS-001",
        {"B01": {"status": "met", "note": "cạnh cổng"}, "B11": {"status": "partly", "value": 4}},
        visited_on="2026-10-01",
    )
    items = {item.code: item for item in checklist_for(context, "site").items}
    visit, _ = start_visit(context, "site", site_uuid=site(context).uuid)
    last = last_answers(context, visit)
    assert {items[code].uuid for code in ("B01", "B11")} == set(last)
    assert str(last[items["B01"].uuid].day) == "2026-10-01"
    undo = UndoStack(context)
    undo.push(answer_as_last(context, visit.uuid, list(items.values())))
    written = {
        one.item_uuid: one
        for one in context.catalogue.records(Answer, where={"visit_uuid": visit.uuid})
    }
    assert len(written) == 2
    again = written[items["B11"].uuid]
    assert again.measured is not None
    assert (again.status, again.measured.value, again.answered_by) == ("partly", 4.0, "Hà")
    assert written[items["B01"].uuid].note == "cạnh cổng"
    assert again.answered_at == context.now().isoformat(timespec="seconds")
    undo.undo()
    assert context.catalogue.records(Answer, where={"visit_uuid": visit.uuid}) == []


def test_a_correction_makes_no_old_answer_fresh(context: AppContext) -> None:
    visit, _ = record_visit(context, "LS-001", {"B01": {"status": "met"}}, visited_on="2026-01-05")
    item = next(one for one in checklist_for(context, "site").items if one.code == "B01")
    answer, _ = answer_item(context, visit.uuid, item.uuid, note="chữ sai")
    assert (answer.answered_at or "").startswith("2026-01-05")


@pytest.mark.slow
def test_an_edition_goes_out_and_comes_back_whole(
    context: AppContext, draft: str, tmp_path: Path
) -> None:
    whole = whole_edition(context, draft)
    book, form = tmp_path / "edition.xlsx", tmp_path / "form.xlsx"
    export_workbook(context, whole, book)
    export_xlsform(context, whole, form)
    read, _ = take_content(context, read_edition_workbook(context, book), name="readiness-2028.1")
    assert edition_changes(whole, read) == []
    from_form, _ = take_content(context, read_xlsform(context, form), name="readiness-2028.2")
    # XLSForm has no place for what is not asked any more.
    assert [(one.code, one.kind) for one in edition_changes(whole, from_form)] == [("A05", "gone")]
    result = convert(xlsform=str(form), validate=False)
    assert "/data/g_site_B/B02" in result.xform or "B02" in result.xform
    assert 'relevant=" /' in result.xform or "relevant=" in result.xform
    assert not [one for one in result.warnings if "max-pixels" in one]
    sheet = openpyxl.load_workbook(form)["choices"]
    names = {row[1] for row in sheet.iter_rows(values_only=True)}
    assert {"met", "not_checked", "LS-001", "park"} <= names


def test_files_that_are_no_edition_are_refused(context: AppContext, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "survey"  # type: ignore[union-attr]
    book.active.append(["type", "name", "label"])  # type: ignore[union-attr]
    book.active.append(["text", "who", "Who"])  # type: ignore[union-attr]
    path = tmp_path / "other.xlsx"
    book.save(path)
    with pytest.raises(GeoparkError) as caught:
        read_xlsform(context, path)
    assert caught.value.code is ErrorCode.UNSUPPORTED_FORMAT
    with pytest.raises(GeoparkError):
        read_edition_workbook(context, path)


@pytest.mark.slow
def test_the_commands(langson: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*words: str, code: int = 0) -> dict[str, object]:
        capsys.readouterr()
        assert main(["--catalogue", str(langson), "checklist", *words, "--json"]) == code, words
        text = capsys.readouterr().out
        return dict(json.loads(text)) if text else {}

    assert run("new")["edition"] == "readiness-2026.2"
    run("item", "readiness-2026.2", "B01", "-f", "weight=2")
    run("item", OLD, "B01", "-f", "weight=2", code=REFUSED)
    run("group", "readiness-2026.2", "R", "--vi", "Nhóm", "--en", "Group")
    assert run("compare", OLD, "readiness-2026.2")["count"] == 1
    book = tmp_path / "out.xlsx"
    run("export", "readiness-2026.2", "--out", str(book))
    assert run("import", str(book), "--name", "readiness-2026.3", "--dry-run")["items"] == 80
    assert run("import", str(book), "--name", "readiness-2026.3")["draft"] is True
    run("discard", "readiness-2026.3")
    run("release", "readiness-2026.2")
    assert run("list")["count"] == 2
    assert run("show")["edition"] == "readiness-2026.2"
