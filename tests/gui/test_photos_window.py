"""Photos in the window: dropped, pasted, shown, described, made the cover, removed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QPixmapCache
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from geopark_app.domain.kinds import Photo, Site
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.messages import Notice
from geopark_app.gui.photos.adding import AddReportDialog
from geopark_app.gui.photos.photo_model import CoverRole, PhotoListModel, PixmapRole
from geopark_app.gui.photos.pictures import Pictures
from geopark_app.gui.photos.preview_dialog import PreviewDialog
from geopark_app.gui.photos.strip import PhotoStrip
from geopark_app.gui.photos.viewer import PhotoViewer
from geopark_app.gui.session import Session
from geopark_app.operations.photos import add_photos, list_photos


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    QPixmapCache.clear()
    yield
    QPixmapCache.clear()


@pytest.fixture
def site(session: Session) -> Site:
    return session.context.catalogue.records(Site, where={"code": "LS-001"})[0]


@pytest.fixture
def notices(session: Session) -> list[Notice]:
    heard: list[Notice] = []
    session.messages.noticed.connect(heard.append)
    return heard


@pytest.fixture
def strip(qtbot: QtBot, session: Session, site: Site, notices: list[Notice]) -> PhotoStrip:
    made = PhotoStrip(session)
    qtbot.addWidget(made)
    made.resize(600, 180)
    made.show_site(site.uuid)
    made.show()
    qtbot.waitExposed(made)
    return made


def picture(folder: Path, name: str, colour: str, size: tuple[int, int] = (60, 40)) -> Path:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    path = folder / name
    assert image.save(str(path))
    return path


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "stick"
    folder.mkdir()
    return [
        picture(folder, "a.jpg", "red"),
        picture(folder, "b.png", "green", (40, 60)),
        picture(folder, "c.jpg", "blue"),
    ]


def drop_on(widget: QWidget, paths: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place = QPointF(5, 5)
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place.toPoint(), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    both = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    drop = QDropEvent(place, both, data, buttons, keys)
    drop.setDropAction(Qt.DropAction.MoveAction)
    QApplication.sendEvent(widget, drop)
    assert drop.dropAction() == Qt.DropAction.CopyAction


def accept_preview(qtbot: QtBot) -> None:
    """Wait until the preview has looked at everything, and add what it offers."""

    def shown() -> PreviewDialog | None:
        return next(
            (
                dialog
                for dialog in QApplication.topLevelWidgets()
                if isinstance(dialog, PreviewDialog) and dialog.isVisible()
            ),
            None,
        )

    qtbot.waitUntil(lambda: (dialog := shown()) is not None and dialog.add.isEnabled())
    dialog = shown()
    assert dialog is not None
    dialog.add.click()


def wait_for(qtbot: QtBot, strip: PhotoStrip, count: int) -> None:
    qtbot.waitUntil(lambda: strip.model.rowCount() == count, timeout=10_000)


def test_a_folder_dropped_is_added_and_the_report_adds_up(
    qtbot: QtBot, strip: PhotoStrip, pictures: list[Path], notices: list[Notice]
) -> None:
    broken = pictures[0].with_name("d.jpg")
    broken.write_bytes(pictures[0].read_bytes()[:200])
    strip.add_files([pictures[0].parent])
    wait_for(qtbot, strip, 3)
    qtbot.waitUntil(lambda: bool(notices))
    assert notices[-1].text == "4 files read: 3 added, 1 damaged."
    assert all(path.exists() for path in pictures)
    assert strip.title.text() == "Photos (3)"


def test_the_same_picture_again_is_known(
    qtbot: QtBot, strip: PhotoStrip, pictures: list[Path], notices: list[Notice]
) -> None:
    strip.add_files(pictures)
    wait_for(qtbot, strip, 3)
    strip.add_files(pictures[:1])
    qtbot.waitUntil(lambda: len(notices) == 2)
    assert notices[-1].text == "1 files read: 0 added, 1 already here."
    assert strip.model.rowCount() == 3


def test_every_file_stands_in_the_report(
    qtbot: QtBot, session: Session, site: Site, pictures: list[Path]
) -> None:
    text = pictures[0].with_name("notes.txt")
    text.write_text("no picture", encoding="utf-8")
    report = add_photos(session.context, [pictures[0].parent], site_uuid=site.uuid)
    dialog = AddReportDialog(report)
    qtbot.addWidget(dialog)
    rows = [dialog.list.topLevelItem(at) for at in range(dialog.list.topLevelItemCount())]
    results = {row.text(0): row.text(1) for row in rows if row is not None}
    assert results == {
        "a.jpg": "added",
        "b.png": "added",
        "c.jpg": "added",
        "notes.txt": "not taken",
    }


def test_copied_files_and_paths_can_be_pasted(
    qtbot: QtBot, strip: PhotoStrip, pictures: list[Path]
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(pictures[0]))])
    QGuiApplication.clipboard().setMimeData(data)
    strip.view.setFocus()
    QTest.keyClick(strip.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    accept_preview(qtbot)
    wait_for(qtbot, strip, 1)
    QGuiApplication.clipboard().setText(str(pictures[1]))
    strip.paste()
    accept_preview(qtbot)
    wait_for(qtbot, strip, 2)
    QGuiApplication.clipboard().setText("any text at all")
    strip.paste()
    assert strip.model.rowCount() == 2


def test_thumbnails_come_when_they_are_read(
    qtbot: QtBot, session: Session, strip: PhotoStrip, pictures: list[Path]
) -> None:
    strip.add_files(pictures)
    wait_for(qtbot, strip, 3)
    qtbot.waitUntil(
        lambda: all(strip.model.index(row).data(PixmapRole) is not None for row in range(3))
    )


def test_the_model_keeps_qts_promises(
    qtbot: QtBot, session: Session, site: Site, pictures: list[Path]
) -> None:
    add_photos(session.context, pictures, site_uuid=site.uuid)
    photos = list_photos(session.context, site_uuid=site.uuid)
    model = PhotoListModel(Pictures(session))
    tester = QAbstractItemModelTester(model)
    model.show_photos(photos, None)
    model.show_photos(photos[1:], photos[1].uuid)
    model.show_photos(photos[1:], photos[2].uuid)
    model.retranslate()
    assert tester
    assert [model.index(row).data(CoverRole) for row in range(2)] == [False, True]
    session.tasks.wait_for_all()


def test_a_photo_becomes_the_cover(
    qtbot: QtBot, session: Session, strip: PhotoStrip, site: Site, pictures: list[Path]
) -> None:
    strip.add_files(pictures)
    wait_for(qtbot, strip, 3)
    photo = strip.model.photos()[1]
    strip.select_photo(photo.uuid)
    actions = {action.text(): action for action in strip.menu().actions()}
    actions["Make this the cover photo"].trigger()
    qtbot.waitUntil(lambda: bool(strip.model.index(1).data(CoverRole)))
    stored = session.context.catalogue.get(Site, site.uuid)
    assert stored is not None
    assert stored.cover_photo_uuid == photo.uuid


def test_a_removed_photo_comes_back_by_undo(
    qtbot: QtBot, session: Session, strip: PhotoStrip, pictures: list[Path], notices: list[Notice]
) -> None:
    strip.add_files(pictures)
    wait_for(qtbot, strip, 3)
    strip.select_photo(strip.model.photos()[0].uuid)
    strip.view.setFocus()
    QTest.keyClick(strip.view, Qt.Key.Key_Delete)
    wait_for(qtbot, strip, 2)
    qtbot.waitUntil(lambda: notices[-1].action == "Undo")
    undo = notices[-1].on_action
    assert undo is not None
    undo()
    wait_for(qtbot, strip, 3)


def captions_of(session: Session, uuid: str) -> tuple[str | None, str | None]:
    photo = session.context.catalogue.get(Photo, uuid)
    assert photo is not None
    return photo.caption_vi, photo.credit


def wait_saved(qtbot: QtBot, viewer: PhotoViewer, deed: Callable[[], object]) -> None:
    with qtbot.waitSignal(viewer.form.field_saved, timeout=20_000):
        deed()


def test_caption_and_credit_are_typed_beside_the_large_picture(
    qtbot: QtBot, session: Session, strip: PhotoStrip, site: Site, pictures: list[Path]
) -> None:
    add_photos(session.context, pictures, site_uuid=site.uuid)
    photos = list_photos(session.context, site_uuid=site.uuid)
    viewer = PhotoViewer(session, FormOptions(session))
    qtbot.addWidget(viewer)
    viewer.show_photo(photos[0].uuid)
    viewer.show()
    qtbot.waitUntil(lambda: not viewer.picture.pixmap.isNull())
    for field, text in (("caption_vi", "Cua hang"), ("credit", "BQL")):
        row = viewer.form.row_of(field)
        assert row is not None
        entry = row.editor.entry()
        assert isinstance(entry, QLineEdit)
        entry.setFocus()
        QTest.keyClicks(entry, text)
        wait_saved(qtbot, viewer, lambda e=entry: QTest.keyClick(e, Qt.Key.Key_Tab))
    assert captions_of(session, photos[0].uuid) == ("Cua hang", "BQL")
    assert viewer.windowTitle() == "Cua hang"
    viewer.after.click()
    assert viewer.place.text() == "2 of 3"
    assert viewer.photo is not None
    assert viewer.photo.uuid == photos[1].uuid


def test_a_caption_being_typed_is_saved_when_the_next_photo_is_shown(
    qtbot: QtBot, session: Session, site: Site, pictures: list[Path]
) -> None:
    add_photos(session.context, pictures, site_uuid=site.uuid)
    photos = list_photos(session.context, site_uuid=site.uuid)
    viewer = PhotoViewer(session, FormOptions(session))
    qtbot.addWidget(viewer)
    viewer.show_photo(photos[0].uuid)
    viewer.show()
    row = viewer.form.row_of("caption_vi")
    assert row is not None
    QTest.keyClicks(row.editor.entry(), "Cua hang")
    wait_saved(qtbot, viewer, viewer.after.click)
    assert captions_of(session, photos[0].uuid)[0] == "Cua hang"
    assert captions_of(session, photos[1].uuid)[0] is None


def test_a_sample_photo_is_marked(
    session: Session, strip: PhotoStrip, site: Site, pictures: list[Path]
) -> None:
    add_photos(session.context, pictures[:1], site_uuid=site.uuid, sample=True)
    strip.show_site(site.uuid)
    tip = strip.model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "MẪU / SAMPLE" in tip


def test_nothing_is_taken_without_a_site(strip: PhotoStrip, pictures: list[Path]) -> None:
    strip.show_site("")
    assert not strip.add_button.isEnabled()
    strip.add_files(pictures)
    assert strip.model.rowCount() == 0
