"""The Photos room: thousands of tiles, keys, filters, many at once, large, compared, overlaid."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QImage,
    QPainter,
    QPixmap,
    QPixmapCache,
    QWheelEvent,
)
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from geopark_app.domain.kinds import Photo, PhotoRepeat, Site
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.messages import Notice
from geopark_app.gui.photo_safety.export_dialog import PhotoExportDialog
from geopark_app.gui.photos.canvas import PhotoCanvas, Tool
from geopark_app.gui.photos.compare import CompareDialog
from geopark_app.gui.photos.dropping import local_paths
from geopark_app.gui.photos.duplicates import PhotoDuplicatesDialog
from geopark_app.gui.photos.gallery_model import GalleryModel, RowRole
from geopark_app.gui.photos.overlay import OverlayWay
from geopark_app.gui.photos.pairs import PairsDialog
from geopark_app.gui.photos.photo_model import PixmapRole
from geopark_app.gui.photos.pictures import Pictures
from geopark_app.gui.photos.preview_dialog import PreviewDialog
from geopark_app.gui.photos.room import PhotosRoom
from geopark_app.gui.photos.viewer import PhotoViewer
from geopark_app.gui.session import Session
from geopark_app.operations.context import AppContext
from geopark_app.operations.photo_gallery import PhotoQuery, set_photos
from geopark_app.operations.photos import add_photos
from geopark_app.photos.instructions import Instructions, Mark, MarkShape, instructions_of


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    QPixmapCache.clear()
    yield
    QPixmapCache.clear()


def scene(path: Path, seed: int, size: tuple[int, int] = (300, 200)) -> Path:
    """Save a picture with something in it; another seed is another view."""
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor(200, 210, 220))
    painter = QPainter(image)
    for at in range(20):
        left, top = (at * 53 * seed) % 280, (at * 31 * (seed + 3)) % 180
        painter.fillRect(
            left, top, 50, 40, QColor.fromHsv((at * 41 * seed) % 360, 200, 90 + at * 7)
        )
    painter.end()
    assert image.scaled(*size).save(str(path))
    return path


@pytest.fixture
def keys(context: AppContext, tmp_path: Path) -> list[str]:
    """Add three photos to a site, one to none, and give their keys by file name."""
    folder = tmp_path / "stick"
    folder.mkdir()
    site = context.catalogue.records(Site, where={"code": "LS-001"})[0]
    names = ("a", "b", "c", "d")
    for at, name in enumerate(names):
        path = scene(
            folder / f"{name}.jpg", (3, 7, 11, 3)[at], (150, 100) if at == 3 else (300, 200)
        )
        add_photos(context, [path], site_uuid=site.uuid if at < 3 else None)
    by_name = {photo.file_name: photo.uuid for photo in context.catalogue.records(Photo)}
    return [by_name[f"{name}.jpg"] for name in names]


@pytest.fixture
def notices(session: Session) -> list[Notice]:
    heard: list[Notice] = []
    session.messages.noticed.connect(heard.append)
    return heard


@pytest.fixture
def room(qtbot: QtBot, session: Session, keys: list[str]) -> PhotosRoom:
    made = PhotosRoom(session)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: sorted(made.model.keys) == sorted(keys))
    qtbot.waitUntil(lambda: len(made.panel.editors) == 9)
    made.filters.order.choose("name")
    qtbot.waitUntil(lambda: made.model.keys == keys)
    return made


def photo(session: Session, uuid: str) -> Photo:
    found = session.context.catalogue.get(Photo, uuid)
    assert found is not None
    return found


def opened(kind: type[QWidget]) -> QWidget:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


def choose(room: PhotosRoom, keys: list[str]) -> None:
    room.view.restore(keys[0], keys)
    room.view.setFocus()


def test_tiles_come_with_their_pictures(qtbot: QtBot, room: PhotosRoom) -> None:
    places = [room.model.index(at) for at in range(4)]
    qtbot.waitUntil(lambda: all(place.data(PixmapRole) is not None for place in places))
    assert room.filters.count.text() == "4 photos"
    assert places[0].data(RowRole).site_code == "LS-001"
    tip = str(places[3].data(Qt.ItemDataRole.ToolTipRole))
    assert "No site" in tip
    assert "Missing: caption in Vietnamese" in tip


def test_the_model_keeps_qts_promises(session: Session, keys: list[str]) -> None:
    model = GalleryModel(session, Pictures(session))
    tester = QAbstractItemModelTester(model)
    assert model.show_keys(keys)
    assert not model.show_keys(keys)
    model.forget_rows(keys[:1])
    model.show_keys(keys[1:])
    model.forget_all()
    assert tester
    assert model.place_of(keys[2]) == 1
    assert model.place_of(keys[0]) == -1
    session.tasks.wait_for_all()


def test_only_rows_in_sight_are_read(session: Session, keys: list[str]) -> None:
    model = GalleryModel(session, Pictures(session))
    model.show_keys([keys[0], *(f"gone-{number}" for number in range(50_000))])
    assert model.row(0) is not None
    assert model.row(49_999) is None
    for at in range(0, 50_000, 128):
        model.row(at)
    assert len(model._pages) <= 24


def test_stars_and_flag_by_key(
    qtbot: QtBot, session: Session, room: PhotosRoom, keys: list[str]
) -> None:
    choose(room, keys[:2])
    QTest.keyClick(room.view, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: [photo(session, key).rating for key in keys[:2]] == [4, 4])
    QTest.keyClick(room.view, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: all(photo(session, key).for_dossier for key in keys[:2]))
    qtbot.waitUntil(lambda: bool(room.panel._row and room.panel._row.for_dossier))
    assert room.view.chosen_keys() == keys[:2]
    QTest.keyClick(room.view, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: not any(photo(session, key).for_dossier for key in keys[:2]))
    session.undo_step()
    qtbot.waitUntil(lambda: all(photo(session, key).for_dossier for key in keys[:2]))


def test_words_for_many_are_one_step(
    qtbot: QtBot, session: Session, room: PhotosRoom, keys: list[str], notices: list[Notice]
) -> None:
    choose(room, keys)
    assert room.filters.count.text() == "4 of 4 photos selected"
    for field, text in (("credit", "Ban quan ly"), ("photographer", "Lan")):
        entry = room.panel.editors[field].entry()
        assert isinstance(entry, QLineEdit)
        QTest.keyClicks(entry, text)
    room.panel.editors["site_uuid"].show_values({})
    assert room.panel.apply.isEnabled()
    room.panel.apply.click()
    qtbot.waitUntil(lambda: bool(notices))
    assert [photo(session, key).credit for key in keys] == ["Ban quan ly"] * 4
    assert room.panel.typed() == {}
    session.undo_step()
    qtbot.waitUntil(lambda: [photo(session, key).credit for key in keys] == [None] * 4)
    assert [photo(session, key).photographer for key in keys] == [None] * 4


def test_several_go_to_the_trash_and_come_back(
    qtbot: QtBot, room: PhotosRoom, keys: list[str], notices: list[Notice]
) -> None:
    choose(room, keys[1:3])
    QTest.keyClick(room.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: room.model.keys == [keys[0], keys[3]])
    undo = notices[-1].on_action
    assert undo is not None
    undo()
    qtbot.waitUntil(lambda: room.model.keys == keys)


def test_pictures_are_dropped_and_pasted_here(
    qtbot: QtBot, room: PhotosRoom, tmp_path: Path
) -> None:
    new = scene(tmp_path / "new.jpg", 19)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(new))])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    words = QMimeData()
    words.setText("no file")
    for carried, is_taken in ((words, False), (data, True)):
        over = QDragEnterEvent(
            QPoint(5, 5), action, carried, button, Qt.KeyboardModifier.NoModifier
        )
        over.ignore()
        # Qt offers it to what lies under the mouse first, then to what holds that.
        QApplication.sendEvent(room.view.viewport(), over)
        assert over.isAccepted() is is_taken
    room.offer(local_paths(data))
    preview = room.findChild(PreviewDialog)
    qtbot.waitUntil(preview.add.isEnabled)
    preview.add.click()
    qtbot.waitUntil(lambda: len(room.model.keys) == 5)


def test_the_selected_photos_are_handed_over(
    qtbot: QtBot, room: PhotosRoom, keys: list[str]
) -> None:
    room.view.restore(keys[0], keys[:2])
    room.hand_over_chosen()
    dialog = room.findChild(PhotoExportDialog)
    assert dialog.selection().uuids == frozenset(keys[:2])
    dialog.close()


def test_filters_narrow_and_the_selection_stays(
    qtbot: QtBot, session: Session, room: PhotosRoom, keys: list[str]
) -> None:
    choose(room, keys[2:])
    room.filters.boxes["site"].choose("-")
    qtbot.waitUntil(lambda: room.model.keys == [keys[3]])
    assert room.view.chosen_keys() == [keys[3]]
    room.filters.clear.click()
    qtbot.waitUntil(lambda: room.model.keys == keys)
    set_photos(session.context, [keys[1]], {"caption_vi": "Nhũ đá trắng"}, reason="x")
    room.filters.search.setText("nhu da")
    qtbot.waitUntil(lambda: room.model.keys == [keys[1]])
    room.show_query(PhotoQuery(lacks="credit", order="name"))
    qtbot.waitUntil(lambda: room.model.keys == keys)
    room.filters.search.setText("nothing like it")
    qtbot.waitUntil(lambda: room.model.keys == [])
    assert "No photo" in room.view.hint()


def test_the_slider_makes_pictures_larger(qtbot: QtBot, room: PhotosRoom) -> None:
    small = room.view.gridSize()
    room.filters.slider.setValue(room.filters.slider.maximum())
    assert room.view.gridSize().height() > small.height()
    qtbot.waitUntil(lambda: room.model.index(0).data(PixmapRole).width() > 168)


@pytest.fixture
def viewer(qtbot: QtBot, room: PhotosRoom, keys: list[str]) -> PhotoViewer:
    choose(room, keys[:1])
    QTest.keyClick(room.view, Qt.Key.Key_Return)
    made = opened(PhotoViewer)
    assert isinstance(made, PhotoViewer)
    qtbot.waitUntil(lambda: not made.picture.pixmap.isNull())
    made.picture.setFocus()
    return made


def test_keys_of_the_viewer(
    qtbot: QtBot, session: Session, viewer: PhotoViewer, keys: list[str]
) -> None:
    assert viewer.place.text() == "1 of 4"
    assert "asks for" in viewer.wanted.text()
    QTest.keyClick(viewer.picture, Qt.Key.Key_5)
    qtbot.waitUntil(lambda: photo(session, keys[0]).rating == 5)
    QTest.keyClick(viewer.picture, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: viewer.picture.pixmap.height() > viewer.picture.pixmap.width())
    assert photo(session, keys[0]).turn_deg == 90
    QTest.keyClick(viewer.picture, Qt.Key.Key_Right)
    assert viewer.photo is not None
    assert viewer.photo.uuid == keys[1]
    assert viewer.strip.gallery.keys == keys
    viewer.strip.setCurrentIndex(viewer.strip.gallery.index(3))
    assert viewer.photo.uuid == keys[3]


def drag(canvas: PhotoCanvas, *shares: tuple[float, float]) -> None:
    place = canvas.place()
    points = [
        QPointF(place.left() + x * place.width(), place.top() + y * place.height()).toPoint()
        for x, y in shares
    ]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(canvas, point)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=points[-1])


def test_crop_and_arrow_are_instructions(
    qtbot: QtBot, session: Session, viewer: PhotoViewer, keys: list[str]
) -> None:
    original = session.context.catalogue.files.path_of(photo(session, keys[0]).sha256 or "")
    before = original.read_bytes()
    viewer.tools.choose(Tool.ARROW)
    drag(viewer.picture, (0.2, 0.2), (0.4, 0.4), (0.6, 0.5))
    qtbot.waitUntil(lambda: bool(photo(session, keys[0]).drawing))
    (mark,) = instructions_of(photo(session, keys[0])).marks
    assert mark.shape is MarkShape.ARROW
    assert mark.points[1] == pytest.approx((0.6, 0.5), abs=0.02)
    viewer.tools.choose(Tool.CROP)
    drag(viewer.picture, (0.1, 0.1), (0.5, 0.5), (0.7, 0.6))
    qtbot.waitUntil(lambda: bool(photo(session, keys[0]).crop))
    qtbot.waitUntil(lambda: 0 < viewer.picture.pixmap.width() < 200)
    assert viewer.picture.tool is Tool.HAND
    viewer.tools.whole.click()
    qtbot.waitUntil(lambda: photo(session, keys[0]).crop is None)
    viewer.tools.undraw.click()
    qtbot.waitUntil(lambda: photo(session, keys[0]).drawing is None)
    assert original.read_bytes() == before


def test_zoom_and_pan(qtbot: QtBot) -> None:
    canvas = PhotoCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    canvas.show_picture(QPixmap(1600, 1200), QPixmap(4000, 3000).size(), Instructions())
    assert canvas.is_fit
    assert canvas.scale == pytest.approx(0.1)
    with qtbot.waitSignal(canvas.detail_wanted):
        canvas.zoom_to(1.0)
    corner = QPointF(10, 10)
    under = canvas.share_at(corner)
    canvas.zoom_to(2.0, corner)
    assert canvas.share_at(corner).x() == pytest.approx(under.x())
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert canvas.share_at(corner).x() < under.x()
    for _time in range(200):
        QTest.keyClick(canvas, Qt.Key.Key_Up)
    assert canvas.place().top() == pytest.approx(0)
    wheel = QWheelEvent(
        QPointF(50, 50), QPointF(50, 50), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, wheel)
    assert canvas.scale == pytest.approx(2.5)
    for _time in range(30):
        canvas.zoom_by(1)
    assert canvas.scale == 8.0
    QTest.keyClick(canvas, Qt.Key.Key_F)
    assert canvas.is_fit


def test_two_are_compared_with_linked_zoom(
    qtbot: QtBot, session: Session, room: PhotosRoom, keys: list[str]
) -> None:
    choose(room, keys[:2])
    QTest.keyClick(room.view, Qt.Key.Key_C)
    dialog = opened(CompareDialog)
    assert isinstance(dialog, CompareDialog)
    left, right = dialog.canvases
    qtbot.waitUntil(lambda: not left.pixmap.isNull() and not right.pixmap.isNull())
    left.zoom_to(4.0)
    assert right.relative_view() == left.relative_view()
    dialog.linked.setChecked(False)
    left.fit()
    assert not right.is_fit
    dialog.close()


def wait_for_groups(qtbot: QtBot, dialog: PhotoDuplicatesDialog, count: int) -> None:
    qtbot.waitUntil(lambda: len(dialog.groups) == count)


def test_near_duplicates_are_kept_or_trashed(
    qtbot: QtBot, session: Session, keys: list[str]
) -> None:
    set_photos(session.context, [keys[0]], {"rating": "3"}, reason="x")
    dialog = PhotoDuplicatesDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    wait_for_groups(qtbot, dialog, 1)
    assert dialog.view.gallery.keys == [keys[0], keys[3]]
    assert dialog.view.chosen_keys() == [keys[3]]
    assert dialog.trash.text() == "1 selected to the trash"
    dialog.trash.click()
    wait_for_groups(qtbot, dialog, 0)
    assert photo(session, keys[3]).deleted
    assert "No photos" in dialog.words.text()


def test_a_new_picture_over_the_old_becomes_a_repeat(
    qtbot: QtBot, session: Session, room: PhotosRoom, keys: list[str], tmp_path: Path
) -> None:
    taken = {"taken_at": "2026-03-04T08:00:00+07:00"}
    set_photos(session.context, [keys[1]], taken, reason="x")
    site = photo(session, keys[0]).site_uuid or ""
    dialog = PairsDialog(session, FormOptions(session), site_uuid=site, photo=keys[0])
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.new_point.click()
    qtbot.waitUntil(lambda: len(dialog.series) == 1)
    canvas = dialog.overlay.canvas
    dialog.overlay.strip.setCurrentIndex(
        dialog.overlay.strip.gallery.index(dialog.overlay.strip.gallery.place_of(keys[1]))
    )
    assert dialog.overlay.new_uuid == keys[1]
    qtbot.waitUntil(lambda: not canvas.pixmap.isNull() and not canvas.over.isNull())
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert dialog.overlay.slider.value() == 55
    QTest.keyClick(canvas, Qt.Key.Key_Space)
    assert canvas.share == 0.0
    dialog.overlay.slider.setValue(100)
    assert canvas.share == 1.0
    for way in OverlayWay:
        dialog.overlay.ways[way].click()
        assert canvas.way is way
        canvas.grab()
    assert dialog.accept_button.isEnabled()
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: len(dialog.series[0].views) == 2)
    (repeat,) = session.context.catalogue.records(PhotoRepeat)
    assert (repeat.photo_uuid, repeat.taken_on) == (keys[1], "2026-03-04")
    assert not dialog.accept_button.isEnabled()
    session.undo_step()
    qtbot.waitUntil(lambda: len(dialog.series[0].views) == 1)
    dialog.close()


def test_marks_are_painted_over_the_picture(qtbot: QtBot) -> None:
    canvas = PhotoCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    white = QPixmap(400, 300)
    white.fill(QColor("white"))
    line = Mark(shape=MarkShape.LINE, points=((0.2, 0.5), (0.8, 0.5)), colour="red")
    words = Mark(shape=MarkShape.TEXT, points=((0.1, 0.2),), text="Đứt gãy", colour="blue")
    canvas.show_picture(white, white.size(), Instructions(marks=(line, words)))
    image = canvas.grab().toImage()
    assert QColor(image.pixel(200, 150)).red() > 150
    assert QColor(image.pixel(200, 150)).green() < 120
    colours = {image.pixel(x, y) for x in range(40, 140) for y in range(45, 75)}
    assert len(colours) > 3


def test_everything_is_said_in_vietnamese_too(
    qtbot: QtBot, session: Session, room: PhotosRoom, viewer: PhotoViewer
) -> None:
    session.language.switch_to("vi")
    try:
        assert room.filters.count.text() in {"4 ảnh", "Đã chọn 1 trong 4 ảnh"}
        assert room.duplicates.text() == "Ảnh gần giống…"
        assert viewer.before.text() == "Trước"
        assert room.filters.boxes["lacks"].itemText(0) == "Còn thiếu…"
    finally:
        session.language.switch_to("en")
