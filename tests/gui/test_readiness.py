"""The readiness room: starting a visit, answering by mouse and keys, scores at once."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from geopark_app.domain.identifier import uuid_of
from geopark_app.domain.kinds import Answer, AnswerPhoto, Site, Visit
from geopark_app.gui.readiness.item_card import ItemCard
from geopark_app.gui.readiness.room import ReadinessRoom
from geopark_app.gui.readiness.status_buttons import StatusButtons
from geopark_app.gui.readiness.subject_table import SubjectModel
from geopark_app.gui.readiness.subjects import read_subjects
from geopark_app.gui.readiness.visit_dialog import VisitDialog
from geopark_app.gui.session import Session
from geopark_app.gui.theme import apply_theme
from geopark_app.operations.checklists import (
    answer_item,
    checklist_for,
    site_readiness,
    start_visit,
)
from geopark_app.operations.drafts import keep_draft, pending_drafts


@pytest.fixture
def site(session: Session) -> Site:
    return session.context.catalogue.records(Site, where={"code": "LS-001"})[0]


@pytest.fixture
def room(qtbot: QtBot, session: Session, site: Site) -> ReadinessRoom:
    made = ReadinessRoom(session)
    qtbot.addWidget(made)
    made.resize(1240, 650)
    made.show()
    qtbot.waitExposed(made)
    made.show_site(site.uuid)
    return made


@pytest.fixture
def visited(qtbot: QtBot, room: ReadinessRoom) -> ReadinessRoom:
    room.place.start.click()
    qtbot.waitUntil(lambda: room.place.form.visit is not None)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), ItemCard))
    return room


def card(room: ReadinessRoom, code: str) -> ItemCard:
    return next(card for card in room.place.form.cards.values() if card.item.code == code)


def answers(session: Session, room: ReadinessRoom) -> dict[str, Answer]:
    visit = room.place.form.visit
    assert visit is not None
    found = session.context.catalogue.records(Answer, where={"visit_uuid": visit.uuid})
    by_key = {card.item.uuid: card.item.code or "" for card in room.place.form.cards.values()}
    return {by_key[answer.item_uuid or ""]: answer for answer in found}


def press(qtbot: QtBot, room: ReadinessRoom, at: ItemCard, key: str) -> None:
    at.setFocus()
    with qtbot.waitSignal(room.place.form.answer_saved, timeout=20_000):
        QTest.keyClick(at, key)


@pytest.mark.parametrize("percent", [100, 130, 200])
def test_the_words_of_answers_fit_their_buttons_at_every_text_size(
    qtbot: QtBot, qapp: QApplication, session: Session, percent: int
) -> None:
    row = StatusButtons()
    qtbot.addWidget(row)
    row.resize(480, 200)
    row.show()
    apply_theme(qapp, percent=percent, high_contrast=False)
    longest = row.buttons["na"]
    qtbot.waitUntil(lambda: longest.width() >= longest.sizeHint().width())
    assert longest.fontMetrics().horizontalAdvance(longest.text()) < longest.width()


def test_the_model_keeps_qts_promises(qapp: QApplication, session: Session) -> None:
    model = SubjectModel()
    tester = QAbstractItemModelTester(model)
    rows = read_subjects(session.context)
    model.show_rows(rows)
    model.show_rows(rows[:50])
    model.apply(scope="route", text="", red_only=False)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.retranslate()
    assert model.rowCount() == 4
    assert tester


def test_sites_routes_and_the_park_are_listed(room: ReadinessRoom) -> None:
    assert room.subjects.rowCount() == 96
    room.scopes.setCurrentIndex(1)
    assert room.subjects.rowCount() == 4
    room.scopes.setCurrentIndex(2)
    assert room.subjects.rowCount() == 1


def test_a_place_without_visit_says_how_to_begin(room: ReadinessRoom) -> None:
    assert room.place.hint.isVisibleTo(room)
    assert not room.place.splitter.isVisibleTo(room)
    assert room.place.scores.score.share is None


def test_a_visit_asks_the_items_of_the_scope(
    session: Session, visited: ReadinessRoom, site: Site
) -> None:
    visit = visited.place.form.visit
    assert visit is not None
    assert (visit.scope, visit.site_uuid) == ("site", site.uuid)
    assert len(visited.place.form.cards) == 36
    assert session.undo.undo_text == "Start a visit to LS-001"


def test_the_keys_1_to_5_answer_and_are_saved_at_once(
    qtbot: QtBot, session: Session, visited: ReadinessRoom
) -> None:
    cards = list(visited.place.form.cards.values())[:5]
    for key, at in zip("12345", cards, strict=True):
        press(qtbot, visited, at, key)
    found = answers(session, visited)
    assert [found[at.item.code or ""].status for at in cards] == [
        "met",
        "partly",
        "not_met",
        "na",
        "not_checked",
    ]


def test_arrows_go_from_item_to_item(visited: ReadinessRoom) -> None:
    cards = list(visited.place.form.cards.values())
    cards[0].setFocus()
    QTest.keyClick(cards[0], Qt.Key.Key_Down)
    assert QApplication.focusWidget() is cards[1]
    QTest.keyClick(cards[1], Qt.Key.Key_Up)
    assert QApplication.focusWidget() is cards[0]
    QTest.keyClick(cards[0], Qt.Key.Key_Up)
    assert QApplication.focusWidget() is cards[0]


def test_score_and_coverage_follow_each_answer(
    qtbot: QtBot, session: Session, visited: ReadinessRoom, site: Site
) -> None:
    a05 = card(visited, "A05")
    QTest.mouseClick(a05.statuses.buttons["partly"], Qt.MouseButton.LeftButton)
    # The list may still be read for the visit just begun: it is read again for the answer.
    qtbot.waitUntil(lambda: visited.place.scores.score.share == 0.5)
    result = site_readiness(session.context, site.uuid).total
    assert result.score == 0.5
    assert visited.place.scores.coverage.share == result.coverage
    row = visited.subjects.row_of(f"site:{site.uuid}")
    qtbot.waitUntil(lambda: visited.subjects.index(row, 1).data() == "50 %")


def test_a_critical_item_not_met_is_red_and_named(
    qtbot: QtBot, visited: ReadinessRoom, site: Site
) -> None:
    critical = next(at for at in visited.place.form.cards.values() if at.item.critical)
    press(qtbot, visited, critical, "3")
    code = critical.item.code
    assert code is not None
    qtbot.waitUntil(lambda: code in visited.place.scores.red.text())
    visited.red_only.setChecked(True)
    qtbot.waitUntil(lambda: visited.subjects.rowCount() == 1)
    visited.place.scores.red.linkActivated.emit(critical.item.uuid)
    assert QApplication.focusWidget() is critical


def test_a_note_is_kept_while_typed_and_saved_when_left(
    qtbot: QtBot, session: Session, visited: ReadinessRoom
) -> None:
    a05 = card(visited, "A05")
    QTest.keyClick(a05, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is a05.note.text
    with qtbot.waitSignal(visited.place.form.saver.kept, timeout=2000):
        QTest.keyClicks(a05.note.text, "Bien nghieng 1 2 3")
    assert [draft.typed for draft in pending_drafts(session.context)] == ["Bien nghieng 1 2 3"]
    with qtbot.waitSignal(visited.place.form.answer_saved, timeout=20_000):
        QTest.keyClick(a05.note.text, Qt.Key.Key_Escape)
    answer = answers(session, visited)["A05"]
    assert (answer.note, answer.status) == ("Bien nghieng 1 2 3", None)
    assert pending_drafts(session.context) == []


def test_a_note_of_a_crash_comes_back(
    qtbot: QtBot, session: Session, room: ReadinessRoom, site: Site
) -> None:
    visit, changes = start_visit(session.context, "site", site_uuid=site.uuid)
    item = checklist_for(session.context, "site").items[0]
    keep_draft(session.context, "answer", uuid_of(visit.uuid, item.uuid), "note", "half")
    with qtbot.waitSignal(room.place.form.answer_saved, timeout=20_000):
        session.changes.publish(changes)
    assert answers(session, room)[item.code or ""].note == "half"


def test_a_measured_value_keeps_its_unit_and_must_be_a_number(
    qtbot: QtBot, session: Session, visited: ReadinessRoom
) -> None:
    at = next(at for at in visited.place.form.cards.values() if at.item.answer_type == "measure")
    at.value.setFocus()
    with qtbot.waitSignal(visited.place.form.saver.refused, timeout=20_000):
        QTest.keyClicks(at.value, "wide")
        QTest.keyClick(at.value, Qt.Key.Key_Tab)
    assert at.problem.isVisibleTo(visited)
    at.value.setFocus()
    at.value.selectAll()
    with qtbot.waitSignal(visited.place.form.answer_saved, timeout=20_000):
        QTest.keyClicks(at.value, "3,5")
        QTest.keyClick(at.value, Qt.Key.Key_Tab)
    measured = answers(session, visited)[at.item.code or ""].measured
    assert measured is not None
    assert (measured.value, measured.unit) == (3.5, at.item.measure_unit_en)
    assert not at.problem.isVisibleTo(visited)


def test_a_dropped_photo_proves_the_answer(
    qtbot: QtBot, session: Session, visited: ReadinessRoom, tmp_path: Path, site: Site
) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("orange"))
    path = tmp_path / "sign.jpg"
    assert image.save(str(path))
    a05 = card(visited, "A05")
    a05.files_dropped.emit([path])
    qtbot.waitUntil(lambda: len(a05.evidence.buttons) == 1, timeout=10_000)
    links = session.context.catalogue.records(AnswerPhoto)
    assert [link.answer_uuid for link in links] == [answers(session, visited)["A05"].uuid]
    a05.evidence.buttons[0].actions()[0].trigger()
    qtbot.waitUntil(lambda: not a05.evidence.buttons)


def test_a_half_finished_visit_is_there_the_next_day(
    qtbot: QtBot, session: Session, visited: ReadinessRoom, site: Site
) -> None:
    press(qtbot, visited, card(visited, "A05"), "1")
    again = ReadinessRoom(session)
    qtbot.addWidget(again)
    again.show_site(site.uuid)
    assert card(again, "A05").statuses.status() == "met"
    assert "not finished" in again.place.visits.currentText()
    again.place.finish.click()
    qtbot.waitUntil(lambda: "not finished" not in again.place.visits.currentText())
    stored = session.context.catalogue.records(Visit)
    assert [visit.finished for visit in stored] == [True]


def test_a_sample_visit_is_marked(session: Session, room: ReadinessRoom, site: Site) -> None:
    visit, _ = start_visit(session.context, "site", site_uuid=site.uuid, sample=True)
    item = checklist_for(session.context, "site").items[0]
    _, changes = answer_item(session.context, visit.uuid, item.uuid, status="met")
    _, started = start_visit(session.context, "park", sample=True)
    room.place.show_visit(visit.uuid)
    assert room.place.sample.isVisibleTo(room)
    assert "MẪU / SAMPLE" in next(
        row.name() + " MẪU / SAMPLE"
        for row in read_subjects(session.context)
        if row.is_sample and row.uuid == site.uuid
    )
    assert changes.save is not None
    assert started.save is not None


def test_what_a_colleague_answers_shows_without_taking_what_is_typed(
    qtbot: QtBot, session: Session, visited: ReadinessRoom
) -> None:
    a05, b01 = card(visited, "A05"), card(visited, "B01")
    a05.note.text.setFocus()
    QTest.keyClicks(a05.note.text, "half typed")
    visit = visited.place.form.visit
    assert visit is not None
    answer_item(session.context, visit.uuid, b01.item.uuid, status="met", note="theirs")
    session.changes.look_for_foreign_changes()
    assert b01.statuses.status() == "met"
    assert b01.note.typed_text() == "theirs"
    assert a05.note.typed_text() == "half typed"
    assert QApplication.focusWidget() is a05.note.text


def test_the_proposal_is_said_and_everything_follows_the_language(
    session: Session, visited: ReadinessRoom
) -> None:
    assert visited.place.scores.proposal.text() == "Weights are a proposal, not UNESCO figures."
    session.language.switch_to("vi")
    assert "đề xuất" in visited.place.scores.proposal.text()
    assert card(visited, "A05").statuses.buttons["met"].text() == "Đạt"
    assert visited.scopes.tabText(1) == "Tuyến"


def test_the_day_of_a_visit_can_be_corrected(
    qtbot: QtBot, session: Session, visited: ReadinessRoom
) -> None:
    visit = visited.place.form.visit
    assert visit is not None
    dialog = VisitDialog(session, visit)
    qtbot.addWidget(dialog)
    dialog.show()
    row = dialog.form.row_of("visited_on")
    assert row is not None
    entry = row.editor.entry()
    assert isinstance(entry, QLineEdit)
    entry.setFocus()
    entry.selectAll()
    QTest.keyClicks(entry, "05/11/2026")
    with qtbot.waitSignal(dialog.form.field_saved, timeout=20_000):
        dialog.close()
    assert visited.place.visits.currentText().startswith("Visit of 05/11/2026")
    assert {row.spec.name for row in dialog.form.rows()} == {"visited_on", "visitors", "note"}
