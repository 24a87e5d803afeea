"""A visit and its works by keys alone: where they go, and that focus is never lost."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from geopark_app.domain.kinds import Organisation, Photo, Visit, Work
from geopark_app.gui.readiness.item_card import ItemCard
from geopark_app.gui.readiness.room import ReadinessRoom
from geopark_app.gui.session import Session
from geopark_app.gui.works.assign_dialog import AssignDialog
from geopark_app.gui.works.dialog import WorksDialog
from geopark_app.operations.records import add_record
from geopark_app.operations.visits import record_visit
from tests.photo_files import write_picture

_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def room(qtbot: QtBot, session: Session) -> ReadinessRoom:
    made = ReadinessRoom(session)
    qtbot.addWidget(made)
    made.resize(1240, 650)
    made.show()
    made.activateWindow()
    qtbot.waitActive(made)
    made.table.setFocus()
    return made


def focus() -> object:
    return QApplication.focusWidget()


def begin(qtbot: QtBot, room: ReadinessRoom) -> ItemCard:
    QTest.keyClick(room.table, Qt.Key.Key_N, _CONTROL)
    qtbot.waitUntil(lambda: isinstance(focus(), ItemCard))
    found = focus()
    assert isinstance(found, ItemCard)
    return found


def test_a_visit_from_the_list_and_back(
    qtbot: QtBot, session: Session, room: ReadinessRoom
) -> None:
    room.search.setText("something else")
    QTest.keyClicks(room.table, "L")
    assert focus() is room.search
    QTest.keyClicks(room.search, "S-017")
    QTest.keyClick(room.search, Qt.Key.Key_Return)
    assert focus() is room.table
    assert room.place.subject is not None
    assert room.place.subject.code == "LS-017"
    QTest.keyClick(room.table, Qt.Key.Key_Return)
    assert focus() is room.place.start
    card = begin(qtbot, room)
    with qtbot.waitSignal(room.place.form.answer_saved, timeout=20_000):
        QTest.keyClick(card, Qt.Key.Key_1)
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert focus() is room.table
    # The first item is answered: the visit goes on with the next one.
    QTest.keyClick(room.table, Qt.Key.Key_Return)
    following = focus()
    assert isinstance(following, ItemCard)
    assert following is not card
    QTest.keyClick(following, Qt.Key.Key_Return, _CONTROL | _SHIFT)
    qtbot.waitUntil(lambda: focus() is room.table)
    assert [visit.finished for visit in session.context.catalogue.records(Visit)] == [True]
    QTest.keyClick(room.table, Qt.Key.Key_Escape)
    assert room.subjects.rowCount() == 96
    assert room.place.subject.code == "LS-017"


def test_enter_goes_through_value_and_note(qtbot: QtBot, room: ReadinessRoom) -> None:
    begin(qtbot, room)
    cards = room.place.form.cards.values()
    card = next(one for one in cards if one.item.answer_type == "measure")
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert focus() is card.value
    QTest.keyClick(card.value, Qt.Key.Key_Return)
    assert focus() is card.note.text
    QTest.keyClick(card.note.text, Qt.Key.Key_Escape)
    assert focus() is card


def test_photos_copied_elsewhere_are_pasted_on_an_item_and_taken_away(
    qtbot: QtBot, session: Session, room: ReadinessRoom, tmp_path: Path
) -> None:
    card = begin(qtbot, room)
    QGuiApplication.clipboard().clear()
    with qtbot.waitSignal(session.messages.noticed):
        QTest.keyClick(card, Qt.Key.Key_V, _CONTROL)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(write_picture(tmp_path / "sign.jpg")))])
    QGuiApplication.clipboard().setMimeData(data)
    QTest.keyClick(card, Qt.Key.Key_V, _CONTROL)
    qtbot.waitUntil(lambda: len(card.evidence.buttons) == 1, timeout=20_000)
    assert focus() is card
    # What has grown stays in sight as a whole.
    form = room.place.form
    qtbot.waitUntil(
        lambda: card.mapTo(form.viewport(), card.rect().bottomLeft()).y() < form.viewport().height()
    )
    card.evidence.buttons[0].setFocus()
    QTest.keyClick(card.evidence.buttons[0], Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not card.evidence.buttons)
    assert len(session.context.catalogue.records(Photo)) == 1


def test_works_are_made_and_assigned_by_keys(qtbot: QtBot, session: Session) -> None:
    context = session.context
    record_visit(context, "LS-002", {"B01": {"status": "not_met"}, "B04": {"status": "partly"}})
    unit = add_record(context, "organisation", {"name_vi": "Ủy ban nhân dân xã Bắc Sơn"})[0]
    assert isinstance(unit, Organisation)
    dialog = WorksDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: focus() is dialog.tree)
    # Enter belongs to the box and the list: it once pressed "Make works of the gaps".
    dialog.search.setFocus()
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert focus() is dialog.tree
    assert not context.catalogue.records(Work)
    QTest.keyClick(dialog.tree, Qt.Key.Key_M, _CONTROL)
    qtbot.waitUntil(lambda: len(dialog.all_chosen()) == 1)
    assert "2" in dialog.said.text()
    QTest.keyClick(dialog.tree, Qt.Key.Key_A, _CONTROL)
    QTest.keyClick(dialog.tree, Qt.Key.Key_E, _CONTROL)
    (asking,) = dialog.findChildren(AssignDialog)
    QTest.keyClicks(asking.editors["organisation_uuid"].entry(), "bac son")
    due = asking.editors["due_on"].entry()
    QTest.keyClicks(due, "31/02/2027")
    asking.save()
    qtbot.waitUntil(lambda: asking.problem.isVisible())
    assert [work.organisation_uuid for work in context.catalogue.records(Work)] == [None, None]
    due.setFocus()
    QTest.keySequence(due, "Ctrl+A")
    QTest.keyClicks(due, "30/06/2027")
    asking.editors["organisation_uuid"].show_values({"organisation_uuid": unit.uuid})
    with qtbot.waitSignal(asking.finished):
        QTest.keyClick(due, Qt.Key.Key_Return)
    works = context.catalogue.records(Work)
    assert {(work.organisation_uuid, work.due_on) for work in works} == {(unit.uuid, "2027-06-30")}
    session.undo_step()
    qtbot.waitUntil(
        lambda: not any(work.organisation_uuid for work in context.catalogue.records(Work))
    )
