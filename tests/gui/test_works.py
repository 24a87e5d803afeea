"""Works in the window: made of gaps with one button, shown by commune, undone as one step."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from geopark_app.domain.kinds import Photo, Site, Work, kind_named
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.records_room.record_dialog import RecordDialog
from geopark_app.gui.session import Session
from geopark_app.gui.works.dialog import WorksDialog
from geopark_app.operations.records import add_record
from geopark_app.operations.visits import record_visit
from tests.photo_files import write_picture


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


def test_the_photo_after_is_given_and_undone_as_one_step(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    context = session.context
    work = add_record(context, "work", {"title_vi": "Bảng", "site_uuid": "LS-002"})[0]
    dialog = RecordDialog(session, FormOptions(session, None), kind_named("work"), work.uuid)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.photos.slots["after"].file_given.emit(write_picture(tmp_path / "after.jpg"))
    catalogue = context.catalogue
    qtbot.waitUntil(lambda: bool(after_of(session, work.uuid)))
    photo = catalogue.get(Photo, after_of(session, work.uuid))
    assert photo is not None
    assert photo.site_uuid == work.site_uuid  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: dialog.photos.slots["after"].name.text() == "after.jpg")
    session.undo_step()
    qtbot.waitUntil(lambda: not after_of(session, work.uuid))
    qtbot.waitUntil(lambda: not catalogue.records(Photo))


def after_of(session: Session, uuid: str) -> str:
    work = session.context.catalogue.get(Work, uuid)
    assert work is not None
    return work.after_photo_uuid or ""
