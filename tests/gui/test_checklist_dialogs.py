"""Beside the visit form: charts, last answers, paper typed in, field forms, editions."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from geopark_app.domain.kinds import Answer, Checklist, Site, Visit
from geopark_app.gui.readiness.edition_dialog import EditionDialog
from geopark_app.gui.readiness.item_card import ItemCard
from geopark_app.gui.readiness.paper_dialog import PaperDialog
from geopark_app.gui.readiness.print_dialog import PrintFormsDialog
from geopark_app.gui.readiness.room import ReadinessRoom
from geopark_app.gui.readiness.submission_dialog import SubmissionDialog
from geopark_app.gui.session import Session
from geopark_app.operations.checklist_editions import new_edition, put_item, release_edition
from geopark_app.operations.checklists import checklist_for
from geopark_app.operations.visits import record_visit


@pytest.fixture
def site(session: Session) -> Site:
    return session.context.catalogue.records(Site, where={"code": "LS-001"})[0]


def room_of(qtbot: QtBot, session: Session, site: Site) -> ReadinessRoom:
    room = ReadinessRoom(session)
    qtbot.addWidget(room)
    room.resize(1240, 650)
    room.show()
    qtbot.waitExposed(room)
    room.show_site(site.uuid)
    return room


def card(room: ReadinessRoom, code: str) -> ItemCard:
    return next(card for card in room.place.form.cards.values() if card.item.code == code)


def answers_of(session: Session, visit: Visit) -> dict[str, Answer]:
    codes = {item.uuid: item.code or "" for item in checklist_for(session.context, "site").items}
    found = session.context.catalogue.records(Answer, where={"visit_uuid": visit.uuid})
    return {codes[one.item_uuid or ""]: one for one in found}


def test_last_answers_are_taken_by_key_and_all_at_once(
    qtbot: QtBot, session: Session, site: Site
) -> None:
    given = {code: {"status": "met"} for code in ("A05", "B01", "B04")}
    record_visit(session.context, "LS-001", given, visited_on="2025-01-10")
    room = room_of(qtbot, session, site)
    assert "too old" in card(room, "A05").told.text(), "an answer of long ago stands grey"
    assert not room.place.as_last.isVisibleTo(room), "the visit shown is finished"
    room.place.start.click()
    qtbot.waitUntil(lambda: "3 as last time" in room.place.as_last.text())
    a05 = card(room, "A05")
    assert a05.last.isVisibleTo(room)
    assert "10/01/2025" in a05.last.text()
    a05.setFocus()
    with qtbot.waitSignal(room.place.form.answer_saved):
        QTest.keyClick(a05, "0")
    visit = room.place.form.visit
    assert visit is not None
    qtbot.waitUntil(lambda: set(answers_of(session, visit)) == {"A05"})
    qtbot.waitUntil(lambda: not a05.last.isVisibleTo(room))
    room.place.as_last.click()
    qtbot.waitUntil(lambda: set(answers_of(session, visit)) == {"A05", "B01", "B04"})
    qtbot.waitUntil(lambda: session.undo.undo_text == "2 items as last time")
    session.undo_step()
    qtbot.waitUntil(lambda: set(answers_of(session, visit)) == {"A05"})


def test_conditions_show_hide_and_hold_back(qtbot: QtBot, session: Session, site: Site) -> None:
    name = "readiness-2027.1"
    new_edition(session.context, name=name)
    put_item(session.context, name, "B02", {"relevant": "${B01} = 'met'", "required": "yes"})
    put_item(session.context, name, "C03", {"value_constraint": ". <= 9"})
    release_edition(session.context, name)
    room = room_of(qtbot, session, site)
    room.place.start.click()
    qtbot.waitUntil(lambda: room.place.form.visit is not None)
    b01, b02, c03 = (card(room, code) for code in ("B01", "B02", "C03"))
    assert not b02.isVisibleTo(room)
    QTest.keyClick(b01, "1")
    qtbot.waitUntil(lambda: b02.isVisibleTo(room))
    with qtbot.waitSignal(room.place.form.saver.refused):
        c03.value.setFocus()
        QTest.keyClicks(c03.value, "12")
        QTest.keyClick(c03.value, Qt.Key.Key_Tab)
    assert "not allowed" in c03.problem.text()
    room.place.finish.click()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is b02)
    visit = room.place.form.visit
    assert visit is not None
    assert visit.finished is False


def test_charts_are_read_by_keyboard_and_lead_to_places(
    qtbot: QtBot, session: Session, site: Site, tmp_path: Path
) -> None:
    record_visit(session.context, "LS-001", {"B01": {"status": "not_met"}}, visited_on="2026-01-10")
    record_visit(session.context, "LS-001", {"B01": {"status": "met"}}, visited_on="2026-02-10")
    room = room_of(qtbot, session, site)
    charts = room.charts
    with qtbot.waitSignal(charts.refreshed):
        room.show_charts("trend")
    assert "10/02/2026: score 100 %" in charts.trend.accessibleDescription()
    QTest.keyClick(charts.trend, Qt.Key.Key_Left)
    assert "10/01/2026: score 0 %" in charts.trend.accessibleDescription()
    charts.show_kind("heat")
    first = charts.heat.chart.rows[0]
    assert first.cells[0].text.startswith("LS-001")
    assert "+100*" in [cell.text for cell in first.cells]
    assert charts.heat.model().index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole)
    charts.show_kind("map")
    charts.map.resize(500, 400)
    QTest.keyClick(charts.map, Qt.Key.Key_Left)
    assert charts.map.grab().width() == 500
    charts.show_kind("stale")
    with qtbot.waitSignal(charts.place_wanted):
        charts.stale.activated.emit(charts.stale.model().index(0, 0))
    assert room.stack.currentIndex() == 0
    session.language.switch_to("vi")
    assert charts.kinds.tabText(1) == "Theo thời gian"
    assert "In phiếu trống…" in [action.text() for action in room.more.menu().actions()]
    charts.print_to(tmp_path / "readiness.xlsx")
    qtbot.waitUntil(lambda: (tmp_path / "readiness.xlsx").is_file())


def test_a_paper_form_is_typed_in_by_keys(qtbot: QtBot, session: Session, site: Site) -> None:
    dialog = PaperDialog(session, None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.place.setEditText(f"geopark:site/{site.uuid}")
    dialog.day.setDate(QDate(2026, 3, 2))
    QTest.keyClick(dialog.begin_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: dialog.visit is not None and dialog.table.rowCount() == 36)
    visit = dialog.visit
    assert visit is not None
    assert (visit.site_uuid, visit.visited_on) == (site.uuid, "2026-03-02")
    for key in "132":
        QTest.keyClick(dialog.table, key)
    QTest.keyClick(dialog.table, "B")
    assert dialog.entry.text() == "B"
    dialog.entry.clear()
    QTest.keyClicks(dialog.entry, "b11 2 4,5 faded")
    QTest.keyClick(dialog.entry, Qt.Key.Key_Return)
    QTest.keyClicks(dialog.entry, "99 1")
    QTest.keyClick(dialog.entry, Qt.Key.Key_Return)
    assert "Not understood" in dialog.problem.text()
    qtbot.waitUntil(lambda: len(answers_of(session, visit)) == 4)
    answers = answers_of(session, visit)
    assert [answers[code].status for code in ("A05", "B01", "B02")] == ["met", "not_met", "partly"]
    b11 = answers["B11"]
    assert b11.measured is not None
    assert (b11.status, b11.measured.value, b11.note) == ("partly", 4.5, "faded")
    assert (b11.answered_at or "").startswith("2026-03-02")
    with qtbot.waitSignal(dialog.visit_made):
        dialog.finish()
    stored = session.context.catalogue.get(Visit, visit.uuid)
    assert stored is not None
    assert stored.finished


def test_submissions_are_looked_at_and_taken(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "kobo.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["site_code", "visited_on", "B01", "_uuid"])
        writer.writerow(["LS-001", "2026-10-01", "met", "one"])
        writer.writerow(["LS-999", "2026-10-01", "met", "two"])
    dialog = SubmissionDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.read(path)
    qtbot.waitUntil(lambda: dialog.report is not None)
    assert not dialog.take_button.isEnabled(), "a bad row holds the file back"
    assert "LS-999" in dialog.table.chart.rows[1].cells[6].text
    dialog.good_only.setChecked(True)
    dialog.take_button.click()
    qtbot.waitUntil(lambda: len(session.context.catalogue.records(Visit)) == 1)
    qtbot.waitUntil(lambda: session.undo.undo_text == "Import of kobo.csv")
    session.undo_step()
    qtbot.waitUntil(lambda: session.context.catalogue.records(Visit) == [])


def test_an_edition_is_made_changed_and_put_into_force(qtbot: QtBot, session: Session) -> None:
    dialog = EditionDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.add_button.isEnabled(), "what is in force never changes"
    dialog.make_new("readiness-2027.1")
    qtbot.waitUntil(dialog.add_button.isEnabled)
    dialog.choose("B01")
    dialog.add_item("B12x")
    qtbot.waitUntil(lambda: dialog.chosen() == "B12x")
    assert not dialog.release_button.isEnabled()
    assert "B12x" in dialog.about.text(), "its wording is missing"
    row = dialog.panel.form.row_of("label_vi")
    other = dialog.panel.form.row_of("label_en")
    assert row is not None
    assert other is not None
    for at, words in ((row, "Ghe"), (other, "Bench")):
        at.editor.entry().setFocus()
        with qtbot.waitSignal(dialog.panel.form.field_saved):
            QTest.keyClicks(at.editor.entry(), words)
            QTest.keyClick(at.editor.entry(), Qt.Key.Key_Tab)
    dialog.panel.chosen.emit("B12x", "scope", "route")
    qtbot.waitUntil(dialog.release_button.isEnabled)
    dialog.release()
    qtbot.waitUntil(lambda: not dialog.add_button.isEnabled())
    editions = {one.edition: one.draft for one in session.context.catalogue.records(Checklist)}
    assert not editions["readiness-2027.1"]
    assert "B12x" in checklist_for(session.context, "route").codes


def test_blank_forms_are_asked_for(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    dialog = PrintFormsDialog(session, None)
    qtbot.addWidget(dialog)
    dialog.which.setCurrentIndex(dialog.which.findData("all"))
    assert len(dialog.places()) == 96
    dialog.which.setCurrentIndex(0)
    assert len(dialog.places()) > 0
    dialog.write_to(tmp_path / "forms.pdf")
    qtbot.waitUntil(lambda: (tmp_path / "forms.pdf").is_file())
