"""Photos in the window before they are stored: preview, inbox, map of the day, track."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from geopark_app.domain.kinds import Photo, Site
from geopark_app.gui.messages import Notice
from geopark_app.gui.photos.adding import report_sentence, why_text
from geopark_app.gui.photos.day_map import DayMap, PhotoSpot
from geopark_app.gui.photos.dropping import clipboard_name, pasted_paths
from geopark_app.gui.photos.inbox_dialog import InboxDialog
from geopark_app.gui.photos.inbox_lists import photos_data
from geopark_app.gui.photos.plan_model import REMARKS, SITE, taken_words
from geopark_app.gui.photos.preview_dialog import PreviewDialog
from geopark_app.gui.photos.site_picker import SitePicker
from geopark_app.gui.photos.track_dialog import TrackDialog
from geopark_app.gui.session import Session
from geopark_app.operations.map_sites import map_sites
from geopark_app.operations.photo_inbox import inbox_photos
from geopark_app.operations.photos import add_photos, list_photos
from tests.gui.window_driving import make_window, open_in


@pytest.fixture
def site(session: Session) -> Site:
    sites = session.context.catalogue.records(Site)
    return next(site for site in sites if site.position is not None and site.position.is_pin)


@pytest.fixture(autouse=True)
def _dialogs_end_with_the_test(session: Session) -> Iterator[None]:
    """Close what a test left open, while its catalogue is."""
    yield
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog):
            widget.reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def notices(session: Session) -> list[Notice]:
    heard: list[Notice] = []
    session.messages.noticed.connect(heard.append)
    return heard


def taken_at(path: Path, site: Site | None, *, minute: int = 30, colour: str = "green") -> Path:
    """Save a photo as a phone does, at a site or nowhere."""
    exif = Image.Exif()
    exif[Base.Make] = "Canon"
    exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = f"2026:03:15 08:{minute:02}:00"
    if site is not None and site.position is not None:
        assert site.position.lon is not None
        assert site.position.lat is not None
        exif.get_ifd(IFD.GPSInfo).update(
            {
                GPS.GPSLatitudeRef: "N",
                GPS.GPSLatitude: (site.position.lat, 0.0, 0.0),
                GPS.GPSLongitudeRef: "E",
                GPS.GPSLongitude: (site.position.lon, 0.0, 0.0),
                GPS.GPSImgDirection: 90.0,
            }
        )
    path.parent.mkdir(exist_ok=True)
    Image.new("RGB", (120, 90), colour).save(path, exif=exif)
    return path


@pytest.fixture
def stick(tmp_path: Path, site: Site) -> Path:
    folder = tmp_path / "stick"
    taken_at(folder / "1.jpg", site)
    taken_at(folder / "2.jpg", None, minute=31, colour="red")
    Image.new("RGB", (1280, 960), "teal").save(folder / "IMG-20260314-WA0001.jpg")
    (folder / "4.jpg").write_bytes((folder / "1.jpg").read_bytes()[:400])
    return folder


def opened_preview(
    qtbot: QtBot, session: Session, paths: list[Path], site_uuid: str | None = None
) -> PreviewDialog:
    dialog = PreviewDialog(session, paths, site_uuid=site_uuid)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.model.rowCount() > 0)
    return dialog


def test_a_preview_proposes_and_the_person_decides(
    qtbot: QtBot, session: Session, stick: Path, site: Site, notices: list[Notice]
) -> None:
    dialog = opened_preview(qtbot, session, [stick])
    tester = QAbstractItemModelTester(dialog.model)
    assert tester
    assert "4 files looked at: 3 new, 1 damaged" in dialog.sentence.text()
    assert dialog.add.text() == "Add 3 photos"
    first = dialog.model.index(0, SITE).data()
    assert first.startswith(site.code or "?")
    assert "(0 m away)" in first
    assert "came through WhatsApp on 14/03/2026" in dialog.model.index(3, REMARKS).data()
    assert dialog.taken.text() == "14/03/2026"
    # The second one is left out by the keyboard, the chat picture gets a site by hand.
    dialog.table.selectRow(1)
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.add.text() == "Add 2 photos"
    dialog.table.selectRow(3)
    dialog.site.setEditText(site.code or "")
    dialog.take.click()
    dialog.photographer.setText("Hà")
    dialog.taken.setText("long ago")
    dialog.add.click()
    assert dialog.isVisible()
    assert "This is no date" in dialog.trouble.text()
    dialog.taken.setText("13/03/2026 07:15")
    dialog.add.click()
    qtbot.waitUntil(lambda: bool(notices))
    assert "3 files read: 2 added, 1 damaged." in notices[-1].text
    assert "ask for the originals" in notices[-1].text
    photos = {photo.file_name: photo for photo in list_photos(session.context)}
    assert set(photos) == {"1.jpg", "IMG-20260314-WA0001.jpg"}
    chat = photos["IMG-20260314-WA0001.jpg"]
    assert (chat.site_uuid, chat.chat_copy, chat.taken_at) == (
        *(site.uuid, True, "2026-03-13T07:15:00+07:00"),
    )
    assert {photo.photographer for photo in photos.values()} == {"Hà"}
    # All of it is one step.
    assert session.undo.undo_text == "Add photos"
    session.undo_step()
    qtbot.waitUntil(lambda: list_photos(session.context) == [])


def test_a_preview_for_a_site_says_where_it_is_nearer(
    qtbot: QtBot, session: Session, stick: Path, site: Site
) -> None:
    other = next(
        found for found in session.context.catalogue.records(Site) if found.uuid != site.uuid
    )
    dialog = opened_preview(qtbot, session, [stick / "1.jpg"], other.uuid)
    words = dialog.model.index(0, SITE).data()
    assert words.startswith(other.code or "?")
    assert f"nearer: {site.code}" in words
    dialog.table.selectRow(0)
    dialog.nearest.click()
    assert dialog.model.choices[0].site_uuid == site.uuid
    dialog.inbox.click()
    assert dialog.model.index(0, SITE).data() == "without a site"
    dialog.chat.click()
    assert dialog.model.choices[0].chat_copy
    dialog.leave_out()
    assert not dialog.add.isEnabled()
    dialog.reject()
    assert list_photos(session.context) == []


def test_a_preview_can_be_left_while_it_looks(qtbot: QtBot, session: Session, stick: Path) -> None:
    dialog = PreviewDialog(session, [stick])
    dialog.show()
    dialog.reject()
    session.tasks.wait_for_all()
    QApplication.processEvents()
    assert list_photos(session.context) == []


def test_a_picture_of_the_clipboard_becomes_a_file(session: Session) -> None:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    data = QMimeData()
    data.setImageData(image)
    (path,) = pasted_paths(session, data)
    assert path.parent == session.context.catalogue.folder.cache_dir / "clipboard"
    with Image.open(path) as picture:
        assert (picture.format, picture.size) == ("PNG", (60, 40))
    assert pasted_paths(session, QMimeData()) == []
    assert ":" not in clipboard_name(datetime(2026, 3, 15, 8, 30, tzinfo=UTC))


def test_a_site_is_found_by_a_part_of_its_name(qtbot: QtBot, session: Session, site: Site) -> None:
    picker = SitePicker(session.context.catalogue.records(Site))
    qtbot.addWidget(picker)
    assert picker.site_uuid() is None
    picker.setEditText((site.code or "").lower())
    assert picker.site_uuid() == site.uuid
    picker.setEditText("a")
    assert picker.site_uuid() is None
    picker.choose(site.uuid)
    assert picker.site_uuid() == site.uuid
    assert picker.words_of(site.uuid).startswith(site.code or "?")


def opened_inbox(qtbot: QtBot, session: Session, count: int) -> InboxDialog:
    dialog = InboxDialog(session)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.photos.photo_model.rowCount() == count)
    return dialog


def test_the_inbox_shows_the_day_on_a_map_and_is_emptied_by_the_keyboard(
    qtbot: QtBot, session: Session, stick: Path, site: Site
) -> None:
    add_photos(session.context, [stick / "1.jpg", stick / "2.jpg"])
    dialog = opened_inbox(qtbot, session, 2)
    assert dialog.days.item(0).text() == "15/03/2026 · 2 photos"
    (spot,) = dialog.map.spots
    assert spot.direction_deg == 90
    # The nearest site of the photo chosen is chosen too: Enter in its list gives it there.
    assert dialog.sites.site_uuid() == site.uuid
    dialog.sites.setFocus()
    QTest.keyClick(dialog.sites, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(inbox_photos(session.context)) == 1)
    qtbot.waitUntil(lambda: dialog.photos.photo_model.rowCount() == 1)
    assert not dialog.nearest.isEnabled()
    dialog.reject()


def test_photos_are_dragged_onto_a_site(
    qtbot: QtBot, session: Session, stick: Path, site: Site
) -> None:
    add_photos(session.context, [stick / "2.jpg"])
    (photo,) = list_photos(session.context)
    dialog = opened_inbox(qtbot, session, 1)
    dialog.filter.setText(site.code or "")
    item = dialog.sites.currentItem()
    place = QPointF(dialog.sites.visualItemRect(item).center())
    data = photos_data([photo.uuid])
    event = QDropEvent(
        place,
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    dialog.sites.dropEvent(event)
    qtbot.waitUntil(lambda: inbox_photos(session.context) == [])
    stored = session.context.catalogue.get(Photo, photo.uuid)
    assert stored is not None
    assert stored.site_uuid == site.uuid
    qtbot.waitUntil(lambda: dialog.words.text().startswith("Every photo belongs to a site."))
    dialog.reject()


def test_the_nearest_button_takes_only_photos_with_a_place(
    qtbot: QtBot, session: Session, stick: Path, site: Site
) -> None:
    add_photos(session.context, [stick / "1.jpg", stick / "2.jpg"])
    dialog = opened_inbox(qtbot, session, 2)
    dialog.photos.selectAll()
    dialog.nearest.click()
    qtbot.waitUntil(lambda: len(inbox_photos(session.context)) == 1)
    assert len(list_photos(session.context, site_uuid=site.uuid)) == 1
    dialog.reject()


def test_pasted_files_are_offered_in_the_inbox(qtbot: QtBot, session: Session, stick: Path) -> None:
    dialog = opened_inbox(qtbot, session, 0)
    QGuiApplication.clipboard().setText(str(stick / "2.jpg"))
    dialog.paste()
    preview = next(child for child in dialog.children() if isinstance(child, PreviewDialog))
    qtbot.waitUntil(lambda: preview.add.isEnabled())
    preview.add.click()
    qtbot.waitUntil(lambda: dialog.photos.photo_model.rowCount() == 1)
    dialog.reject()


def test_the_map_of_a_day_finds_the_photo_clicked(
    qtbot: QtBot, session: Session, site: Site
) -> None:
    assert site.position is not None
    assert site.position.lon is not None
    assert site.position.lat is not None
    view = DayMap(epsg=9215)
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    lon, lat = site.position.lon, site.position.lat
    spots = [PhotoSpot(uuid="a", lon=lon, lat=lat), PhotoSpot(uuid="b", lon=lon + 0.02, lat=lat)]
    view.show_day(spots, map_sites(session.context, language="en"), without_place=1)
    assert view.accessibleName() == "Map: 2 photos with a place, 1 without"
    clicked: list[str] = []
    view.photo_clicked.connect(clicked.append)
    for x in range(0, 400, 8):
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(x, 150))
    assert list(dict.fromkeys(clicked)) == ["a", "b"]
    view.choose(["b"])
    view.zoom_by(2)
    qtbot.waitUntil(lambda: view.spot_at(QPointF(200, 150)) is None)
    view.zoom_by(0)
    view.retranslate()
    view.show_day([], [], without_place=0)
    assert not view.grab().isNull()


def test_a_track_places_photos_by_the_clock_seen(
    qtbot: QtBot, session: Session, stick: Path, tmp_path: Path
) -> None:
    taken_at(tmp_path / "second.jpg", None, minute=33, colour="blue")
    add_photos(session.context, [stick / "2.jpg", tmp_path / "second.jpg"])
    points = "".join(
        f'<trkpt lat="21.85" lon="106.75"><time>2026-03-15T01:{minute:02}:00Z</time></trkpt>'
        for minute in (30, 33)
    )
    track = tmp_path / "day.gpx"
    track.write_text(
        '<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>'
        f"{points}</trkseg></trk></gpx>",
        encoding="utf-8",
    )
    clock = next(p for p in list_photos(session.context) if p.file_name == "2.jpg")
    dialog = TrackDialog(session, clock_photo=clock)
    dialog.show()
    dialog.path.setText(str(track))
    dialog.read()
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == 2)
    assert "The track runs from 15/03/2026 08:30 to 15/03/2026 08:33." in dialog.words.text()
    dialog.clock.setText("08:29:00")
    dialog.take_clock()
    assert dialog.offset.text() == "−0:02:00"
    qtbot.waitUntil(lambda: dialog.words.text().startswith("2 of 2 photos"))
    dialog.offset.setText("nonsense")
    qtbot.waitUntil(lambda: not dialog.keep.isEnabled())
    dialog.offset.setText("-60")
    qtbot.waitUntil(lambda: dialog.words.text().startswith("2 of 2 photos"))
    dialog.keep.click()
    qtbot.waitUntil(lambda: all(photo.position_trusted for photo in list_photos(session.context)))
    assert {photo.clock_offset_s for photo in list_photos(session.context)} == {-60}


def test_the_report_asks_for_originals(session: Session, stick: Path) -> None:
    report = add_photos(session.context, [stick / "IMG-20260314-WA0001.jpg"])
    assert report_sentence(report).endswith("1 came through a chat: ask for the originals.")
    assert why_text(report.files[0]) == "came through a chat; ask for the original"


def test_the_inbox_opens_from_the_menu(
    qtbot: QtBot, starter_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEOPARK_PROFILE", str(tmp_path / "profile-of-window"))
    folder = tmp_path / "copy"
    shutil.copytree(starter_folder, folder)
    window = make_window(qtbot)
    assert not window.menus.actions["inbox"].isEnabled()
    open_in(qtbot, window, folder)

    def inbox() -> InboxDialog | None:
        return next((child for child in window.findChildren(InboxDialog)), None)

    window.menus.actions["inbox"].trigger()
    qtbot.waitUntil(lambda: inbox() is not None)
    dialog = inbox()
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.words.text().startswith("Every photo belongs to a site."))
    dialog.reject()
    window.close()


@pytest.mark.parametrize(
    ("taken_at", "words"),
    [
        ("2026-03-15T09:10:11.250+07:00", "15/03/2026 09:10"),
        ("2026-03-15", "15/03/2026"),
        ("2026", "2026"),
        (None, ""),
    ],
)
def test_a_date_is_written_as_exactly_as_it_is_known(taken_at: str | None, words: str) -> None:
    assert taken_words(taken_at) == words
