"""Attached files are read beside the window; what search cannot look into says so on the form."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import Document, Site
from geopark_app.gui.attached_reader import AttachedReader
from geopark_app.gui.finding.hit_painter import HeadingRole, HitRole
from geopark_app.gui.finding.opening_hits import open_hit
from geopark_app.gui.finding.popup import SearchPopup
from geopark_app.gui.finding.record_dialog import RecordDialog
from geopark_app.gui.records_room.file_row import FileRow
from geopark_app.gui.records_room.table_model import RecordsModel
from geopark_app.gui.session import Session
from geopark_app.operations.attached_texts import read_waiting_files, waiting_files
from geopark_app.operations.documents import add_document
from geopark_app.operations.records import set_field
from tests.attached_files import pdf
from tests.gui.test_editing import popup

__all__ = ["popup"]


def add(session: Session, path: Path, content: bytes) -> Document:
    path.write_bytes(content)
    document, _changes = add_document(session.context, path, {"title_vi": path.stem})
    return document


def test_files_are_read_in_the_background_at_the_start_and_after_a_save(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    document = add(session, tmp_path / "scan.pdf", pdf(""))
    row = FileRow(session)
    qtbot.addWidget(row)
    row.show_record(document)
    assert row.inside.isHidden()
    labels = []
    session.tasks.started.connect(lambda task: labels.append(task.label))
    reader = AttachedReader(session)
    with qtbot.waitSignal(session.files_read):
        reader.look()
    assert "Reading attached files" in labels
    assert row.inside.text() == "A scan without text: search cannot look inside it."
    assert not row.inside.isHidden()
    add(session, tmp_path / "text.pdf", pdf("Nhũ đá"))
    with qtbot.waitSignal(session.files_read):
        session.run(lambda context: set_field(context, "document", document.uuid, "note", "x"))
    assert waiting_files(session.context) == []


def test_the_list_of_documents_marks_files_that_cannot_be_looked_into(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    documents = [
        add(session, tmp_path / "scan.pdf", pdf("")),
        add(session, tmp_path / "text.pdf", pdf("Nhũ đá")),
    ]
    read_waiting_files(session.context)
    model = RecordsModel(session, kind_of(Document))
    model.apply({}, "")
    places = [model.row_of(document.uuid) for document in documents]
    icons = [model.index(at, 0).data(Qt.ItemDataRole.DecorationRole) for at in places]
    assert [icon is not None for icon in icons] == [True, False]
    assert "A scan" in model.index(places[0], 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "scan" not in model.index(places[1], 0).data(Qt.ItemDataRole.ToolTipRole)


def test_reading_goes_on_after_a_stop_and_is_no_reason_to_ask(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    add(session, tmp_path / "text.pdf", pdf("Nhũ đá"))
    reader = AttachedReader(session)
    reader._read(1)
    assert not session.tasks.has_labelled_work
    reader.stop()
    qtbot.waitUntil(lambda: reader._task is None)
    with qtbot.waitSignal(session.files_read):
        reader.look()
    assert waiting_files(session.context) == []


def test_hits_stand_in_groups_and_headings_cannot_be_chosen(
    qtbot: QtBot, session: Session, popup: SearchPopup, tmp_path: Path
) -> None:
    add(session, tmp_path / "a.pdf", pdf("Bảng thông tin ở hang"))
    reader = AttachedReader(session)
    with qtbot.waitSignal(session.files_read):
        reader.look()
    hits = session.context.catalogue.search("bang thong tin", limit=40)
    groups = [hit.group for hit in hits]
    assert groups == sorted(groups, key=["records", "files", "reference"].index)
    popup.show_hits(hits)
    rows = [popup.list.item(at) for at in range(popup.list.count())]
    headings = [row.data(HeadingRole) for row in rows if row.data(HeadingRole)]
    assert headings == ["Inside attached files", "Reference lists"]
    for _step in range(len(rows) + 2):
        popup._step(1)
        assert popup.list.currentItem().data(HitRole) is not None
    assert popup.list.currentRow() == len(rows) - 1
    for _step in range(len(rows) + 2):
        popup._step(-1)
        assert popup.list.currentItem().data(HitRole) is not None


def test_a_hit_inside_a_file_opens_its_document_with_the_file(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    document = add(session, tmp_path / "a.pdf", pdf("Nhũ đá"))
    site = session.context.catalogue.records(Site)[0]
    set_field(session.context, "document", document.uuid, "site_uuid", site.uuid)
    read_waiting_files(session.context)
    (hit,) = [hit for hit in session.context.catalogue.search("nhu da") if hit.place]
    window = QWidget()
    qtbot.addWidget(window)
    open_hit(session, hit, window)
    dialog = window.findChild(RecordDialog)
    assert dialog is not None
    assert dialog.file.open_button.isEnabled()
    assert not dialog.file.isHidden()
    dialog.close()
