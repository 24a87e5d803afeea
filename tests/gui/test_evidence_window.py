"""The evidence register in the window: files dropped on a claim, places both ways, numbers."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from geopark_app.domain.kinds import Evidence
from geopark_app.gui.evaluation.dialog import EvaluationDialog
from geopark_app.gui.evidence.dialog import EvidenceDialog
from geopark_app.gui.evidence.pickers import TargetDialog
from geopark_app.gui.readiness.visit_form import VisitForm
from geopark_app.gui.session import Session
from geopark_app.operations.checklists import start_visit
from geopark_app.operations.evaluation import ItemEntry, answer_item, open_form
from geopark_app.operations.evidence import read_register, register_evidence
from geopark_app.operations.evidence_targets import Target
from geopark_app.operations.sites import find_site
from tests.photo_files import write_picture


def drop(widget: QWidget, at: QPoint, *paths: Path) -> None:
    """Drop files as the file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    # Qt drops only where something was dragged in before.
    QApplication.sendEvent(widget, QDragEnterEvent(at, action, data, button, keys))
    QApplication.sendEvent(widget, QDropEvent(QPointF(at), action, data, button, keys))


@pytest.fixture
def opened(qtbot: QtBot, session: Session) -> EvidenceDialog:
    context = session.context
    answer_item(context, open_form(context), "2.1.b", ItemEntry(chosen=["1"]))
    register_evidence(context, "Quyết định 2386", at=[Target(kind="chapter", code="A.4")])
    dialog = EvidenceDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.register.table.rowCount() == 1)
    return dialog


def test_a_photo_dropped_on_a_claim_proves_it(
    qtbot: QtBot, session: Session, opened: EvidenceDialog, tmp_path: Path
) -> None:
    opened.tabs.setCurrentIndex(1)
    table = opened.claimed.table
    assert table.rowCount() == 1
    picture = write_picture(tmp_path / "trụ sở.jpg")
    drop(table.viewport(), table.visualItemRect(table.item(0, 0)).center(), picture)
    qtbot.waitUntil(lambda: table.rowCount() == 0)
    qtbot.waitUntil(lambda: opened.register.table.rowCount() == 2)
    added = next(one for one in session.context.catalogue.records(Evidence) if one.photo_uuid)
    assert (added.number, added.title_vi, added.evidence_kind) == ("E-002", "trụ sở", "photo")
    session.undo_step()
    qtbot.waitUntil(lambda: table.rowCount() == 1)


def test_evidence_shows_its_places_and_a_place_is_added_and_taken_away(
    qtbot: QtBot, session: Session, opened: EvidenceDialog
) -> None:
    uuid = opened.register.chosen()
    assert opened.register.uses.count() == 1
    opened.link(uuid, [Target(kind="form_item", code="2.1.b")])
    qtbot.waitUntil(lambda: opened.register.uses.count() == 2)
    qtbot.waitUntil(lambda: opened.claimed.table.rowCount() == 0)
    opened.register.uses.setCurrentRow(0)
    opened.register.remove_button.click()
    qtbot.waitUntil(lambda: opened.register.uses.count() == 1)
    picker = TargetDialog(session.context, opened)
    picker.places.line.setText("khuyen nghi")
    shown = [
        picker.places.list.item(at).text()
        for at in range(picker.places.list.count())
        if not picker.places.list.item(at).isHidden()
    ]
    assert picker.places.list.count() > len(shown)
    picker.reject()


def test_numbers_are_fixed_and_the_button_rests(
    qtbot: QtBot, session: Session, opened: EvidenceDialog, tmp_path: Path
) -> None:
    opened.fix("Báo cáo 2028")
    qtbot.waitUntil(lambda: not opened.fix_button.isEnabled())
    assert all(line.is_fixed for line in read_register(session.context).lines)
    opened.export_to(tmp_path / "index.xlsx")
    qtbot.waitUntil((tmp_path / "index.xlsx").is_file)


def test_a_document_dropped_on_an_item_of_the_form_stands_behind_it(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    paper = tmp_path / "quy chế.pdf"
    paper.write_bytes(b"%PDF-1.4 nothing")
    dialog = EvaluationDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.choose("2.1.b")
    drop(dialog.panel, dialog.panel.rect().center(), paper)
    qtbot.waitUntil(lambda: dialog.panel.evidence.count() == 1)
    line = dialog.panel.evidence.item(0)
    assert line is not None
    assert line.text() == "E-001  quy chế"


def test_a_document_dropped_on_an_answer_of_a_visit_shows_its_number(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    paper = tmp_path / "biên bản.pdf"
    paper.write_bytes(b"%PDF-1.4 nothing")
    site = find_site(session.context, "LS-002")
    visit, _changes = start_visit(session.context, "site", site_uuid=site.uuid)
    form = VisitForm(session)
    qtbot.addWidget(form)
    form.show_visit(visit)
    card = next(one for one in form.cards.values() if one.item.code == "B04")
    card.files_dropped.emit([paper])
    qtbot.waitUntil(lambda: card.evidence.numbers.text() == "E-001")
