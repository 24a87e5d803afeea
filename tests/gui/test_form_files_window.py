"""The official form typed in, and the office's copy mapped by clicks and filled, in the window."""

from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from geopark_app.gui.evaluation.dialog import EvaluationDialog
from geopark_app.gui.evaluation.fill_dialog import FillDialog
from geopark_app.gui.evaluation.form_editor import FormEditor
from geopark_app.gui.session import Session
from geopark_app.operations.evaluation import ItemEntry, answer_item, forms_of, open_form
from geopark_app.operations.form_editions import draft_of
from tests.office_files import make_document, make_workbook


def test_the_editions_stand_side_by_side(qtbot: QtBot, session: Session) -> None:
    dialog = EvaluationDialog(session)
    qtbot.addWidget(dialog)
    assert [dialog.edition.itemData(at) for at in range(dialog.edition.count())] == [
        "form-a-2026.1",
        "form-b-2026.1",
    ]
    dialog.show_edition("form-b-2026.1")
    assert dialog.form.form.document == "B"
    assert dialog.score.text().startswith("No score")
    assert not dialog.confirm_button.isEnabled()
    dialog.choose("B1.1.a")
    with qtbot.waitSignal(session.changes.changes_stored):
        dialog.panel.buttons["1"].click()
    qtbot.waitUntil(lambda: dialog.form.item("B1.1.a").answer is not None)
    dialog.show_edition("form-a-2026.1")
    assert dialog.score.text().startswith("Score")


def test_an_edition_is_typed_in_and_kept(qtbot: QtBot, session: Session) -> None:
    editor = FormEditor(session, draft_of(open_form(session.context, "B")))
    qtbot.addWidget(editor)
    editor.show()
    assert not editor.check()
    editor.edition.setText("form-b-2027")
    rows = editor.table.rowCount()
    editor.table.setCurrentCell(2, 0)
    editor.add_row()
    assert editor.table.rowCount() == rows + 1
    editor.save()
    assert editor.faults.count() > 0
    assert len(forms_of(session.context)) == 2
    editor.table.setCurrentCell(3, 0)
    editor.remove_row()
    item = editor.table.item(0, 5)
    assert item is not None
    item.setText("100")
    with qtbot.waitSignal(session.changes.changes_stored):
        editor.save()
    qtbot.waitUntil(lambda: len(forms_of(session.context)) == 3)
    found = open_form(session.context, "B")
    assert (found.form.edition, found.categories[0].weight) == ("form-b-2027", 100)


@pytest.fixture
def filling(qtbot: QtBot, session: Session) -> FillDialog:
    form = open_form(session.context)
    answer_item(session.context, form, "1.1.1.a", ItemEntry(chosen=["1"]))
    answer_item(session.context, form, "1.1.2.a", ItemEntry(counted=6))
    dialog = FillDialog(session, open_form(session.context))
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_cells_are_clicked_once_and_the_copy_is_filled(
    qtbot: QtBot, filling: FillDialog, tmp_path: Path
) -> None:
    path, out = tmp_path / "form.xlsx", tmp_path / "out.xlsx"
    make_workbook(path)
    filling.open_file(path)
    qtbot.waitUntil(lambda: filling.preview.grid.rowCount() > 0)
    filling.choose("1.1.1.a:self")
    filling.preview.grid.cellClicked.emit(7, 3)
    assert filling.places == {}
    filling.preview.grid.cellClicked.emit(3, 3)
    assert filling.places == {"1.1.1.a:self": "Form A!D4"}
    filling.map_by_codes()
    assert filling.places["1.1.2.a:self"] == "Form A!D5"
    filling.choose("1.2.2.b:self")
    filling.clear_place()
    assert set(filling.places) == {"1.1.1.a:self", "1.1.2.a:self"}
    filling.fill_to(out)
    qtbot.waitUntil(out.is_file)
    sheet = openpyxl.load_workbook(out)["Form A"]
    assert [sheet[cell].value for cell in ("D4", "D5", "D6", "E4")] == [100, 30, None, None]
    qtbot.waitUntil(lambda: "out.xlsx" in filling.notes.text())
    filling.open_file(path)
    qtbot.waitUntil(lambda: filling.places != {} and "out.xlsx" not in filling.notes.text())
    assert set(filling.places) == {"1.1.1.a:self", "1.1.2.a:self"}


def test_a_word_form_shows_its_tables_controls_and_bookmarks(
    qtbot: QtBot, filling: FillDialog, tmp_path: Path
) -> None:
    path = tmp_path / "form.docx"
    make_document(path)
    filling.open_file(path)
    qtbot.waitUntil(lambda: filling.preview.pages.count() == 3)
    assert not filling.recalculate.isVisible()
    filling.choose("total:self")
    filling.preview.pages.setCurrentIndex(2)
    filling.preview.grid.cellClicked.emit(0, 0)
    assert filling.places == {"total:self": "BM:total"}
