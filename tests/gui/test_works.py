"""Works in the window: made of gaps with one button, shown by commune, undone as one step."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from geopark_app.domain.kinds import Site, Work
from geopark_app.gui.session import Session
from geopark_app.gui.works.dialog import WorksDialog
from geopark_app.operations.visits import record_visit


def test_gaps_become_works_and_undo_takes_them_back(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    context = session.context
    assert context.catalogue.records(Site, where={"code": "LS-002"})
    answers = {"B01": {"status": "not_met"}, "B04": {"status": "partly"}}
    record_visit(context, "LS-002", answers)
    dialog = WorksDialog(session)
    qtbot.addWidget(dialog)
    dialog.make_button.click()
    qtbot.waitUntil(lambda: dialog.tree.topLevelItemCount() == 1)
    top = dialog.tree.topLevelItem(0)
    assert top is not None
    assert top.childCount() == 2
    assert dialog.chosen()
    assert "2 open of 2" in dialog.sums.text()
    path = tmp_path / "works.xlsx"
    dialog.export_to(path)
    qtbot.waitUntil(path.is_file)
    board_by_keys(qtbot, session, dialog)
    session.undo_step()
    qtbot.waitUntil(lambda: not context.catalogue.records(Work))
    qtbot.waitUntil(lambda: dialog.tree.topLevelItemCount() == 0)


def board_by_keys(qtbot: QtBot, session: Session, dialog: WorksDialog) -> None:
    """Move a card to the next column and back by undo; find it in the calendar."""
    catalogue = session.context.catalogue
    dialog.show()
    dialog.pages.setCurrentWidget(dialog.board)
    first, second = dialog.board.columns[:2]
    assert (first.count(), second.count()) == (2, 0)
    first.setCurrentRow(0)
    first.setFocus()
    key = first.chosen()
    qtbot.keyClick(first, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: (first.count(), second.count()) == (1, 1))
    assert second.chosen() == key
    due = date.fromisoformat(str(catalogue.records(Work)[0].due_on))
    months = (due.year - dialog.calendar.month.year) * 12 + due.month - dialog.calendar.month.month
    dialog.calendar.go(months)
    qtbot.waitUntil(lambda: dialog.calendar.table.month == due.replace(day=1))
    dialog.calendar.table.choose(due)
    assert dialog.calendar.entries.count() == 2
    session.undo_step()
    qtbot.waitUntil(lambda: (first.count(), second.count()) == (2, 0))
    dialog.search.setText("khong co")
    assert dialog.tree.topLevelItemCount() == 0
    dialog.search.clear()
