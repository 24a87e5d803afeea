"""Whereabouts and handing over in the window: red on the overview, led to, done beside."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from geopark_app.domain.kinds import Photo, Site
from geopark_app.gui.messages import Level, Notice
from geopark_app.gui.overview.room import OverviewRoom
from geopark_app.gui.photo_safety import background, deeds
from geopark_app.gui.photo_safety.background import FileReader
from geopark_app.gui.photo_safety.export_dialog import PhotoExportDialog
from geopark_app.gui.photo_safety.originals_model import COPIES, HERE
from geopark_app.gui.photo_safety.whereabouts_dialog import WhereaboutsDialog
from geopark_app.gui.session import Session
from geopark_app.operations.photos import add_photos
from geopark_app.operations.records import set_fields
from tests.gui.window_driving import make_window, open_in
from tests.photo_files import write_picture


@pytest.fixture
def photos(session: Session, tmp_path: Path) -> list[Photo]:
    site = session.context.catalogue.records(Site, where={"code": "LS-001"})[0]
    (tmp_path / "camera").mkdir()
    paths = [write_picture(tmp_path / "camera" / f"{n}.jpg", n) for n in range(3)]
    add_photos(session.context, paths, site_uuid=site.uuid)
    found = session.context.catalogue.records(Photo)
    return sorted(found, key=lambda photo: photo.file_name or "")


@pytest.fixture
def notices(session: Session) -> list[Notice]:
    heard: list[Notice] = []
    session.messages.noticed.connect(heard.append)
    return heard


def damage(session: Session, photo: Photo) -> None:
    path = session.context.catalogue.files.path_of(photo.sha256 or "")
    path.write_bytes(b"x" + path.read_bytes()[1:])


def shown(qtbot: QtBot, session: Session) -> WhereaboutsDialog:
    dialog = WhereaboutsDialog(session)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: "Looking" not in dialog.summary.text())
    return dialog


def test_only_copies_are_red_on_the_overview_and_open_the_list(
    qtbot: QtBot, session: Session, photos: list[Photo], tmp_path: Path
) -> None:
    room = OverviewRoom(session)
    qtbot.addWidget(room)
    room.show()
    qtbot.waitUntil(room.only_copies.isVisible)
    assert room.only_copies.text() == "Only copy: 3 of 3 photos"
    assert room.only_copies.property("look") == "danger-chip"
    with qtbot.waitSignal(session.whereabouts_requested):
        room.only_copies.click()
    deeds.back_up(session, tmp_path / "disk")
    qtbot.waitUntil(room.only_copies.isHidden)


def test_the_list_shows_copies_and_backups(
    qtbot: QtBot, session: Session, photos: list[Photo], notices: list[Notice], tmp_path: Path
) -> None:
    dialog = shown(qtbot, session)
    assert dialog.model.rowCount() == 3
    assert dialog.model.index(0, COPIES).data() == "only copy"
    assert dialog.model.index(0, COPIES).data(Qt.ItemDataRole.ForegroundRole) is not None
    deeds.back_up(session, tmp_path / "disk")
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 0)
    assert "second copy" in dialog.summary.text()
    assert notices[-1].level is Level.DONE
    dialog.filter.setCurrentIndex(2)
    assert dialog.model.rowCount() == 3
    assert dialog.model.index(0, COPIES).data() == "2"
    lost = [button for button in dialog.findChildren(QPushButton) if button.text() == "Lost…"]
    assert len(lost) == 1


def test_damage_is_found_shown_and_healed(
    qtbot: QtBot, session: Session, photos: list[Photo], notices: list[Notice], tmp_path: Path
) -> None:
    damage(session, photos[1])
    dialog = shown(qtbot, session)
    deeds.read_all(session)
    qtbot.waitUntil(lambda: dialog.model.index(0, HERE).data() == "damaged")
    qtbot.waitUntil(lambda: bool(notices))
    assert notices[-1].level is Level.WARNING
    assert notices[-1].action
    deeds.heal(session, tmp_path / "camera")
    qtbot.waitUntil(lambda: dialog.model.index(0, HERE).data() == "whole")
    assert "1" in notices[-1].text


def test_the_list_speaks_both_languages(
    qtbot: QtBot, session: Session, photos: list[Photo]
) -> None:
    dialog = shown(qtbot, session)
    session.language.switch_to("vi")
    assert dialog.windowTitle() == "Ảnh gốc nằm ở đâu"
    assert dialog.filter.count() == 3
    assert dialog.model.rowCount() == 3
    session.language.switch_to("en")


def test_files_are_read_in_the_background_only_while_nothing_else_goes_on(
    qtbot: QtBot, session: Session, photos: list[Photo], notices: list[Notice]
) -> None:
    damage(session, photos[0])
    reader = FileReader(session)
    reader.work()
    qtbot.waitUntil(lambda: reader.queue is not None and not session.tasks.is_busy)
    assert reader.queue is not None
    waiting = len(reader.queue)
    assert waiting == 9
    hold = session.run(lambda _context: None)
    reader.work()
    assert len(reader.queue) == waiting
    qtbot.waitUntil(lambda: not session.tasks.is_busy)
    assert hold is not None
    reader.work()
    assert len(reader.queue) == waiting - 3
    with qtbot.waitSignal(session.messages.noticed):
        qtbot.waitUntil(lambda: not session.tasks.is_busy)
    assert "0.jpg" in notices[-1].text
    for _again in range(4):
        qtbot.waitUntil(lambda: not session.tasks.is_busy)
        QApplication.processEvents()
        reader.work()
    assert reader.queue == []
    assert background.EVERY_MS >= 10_000


def test_handing_over_says_before_what_leaves_and_what_stays(
    qtbot: QtBot, session: Session, photos: list[Photo], notices: list[Notice], tmp_path: Path
) -> None:
    set_fields(session.context, "photo", photos[0].uuid, {"people_shown": "yes"})
    dialog = PhotoExportDialog(session)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.write.isEnabled)
    assert "Of 3 photos 2 would be written" in dialog.preview.text()
    assert dialog.withheld.count() == 1
    assert "no consent" in dialog.withheld.item(0).text()
    dialog.pattern.setEditText("{gps}")
    qtbot.waitUntil(lambda: not dialog.write.isEnabled())
    dialog.pattern.setEditText("{number}")
    qtbot.waitUntil(dialog.write.isEnabled)
    dialog.audience.setCurrentIndex(dialog.audience.findData("internal"))
    qtbot.waitUntil(lambda: "3 would be written" in dialog.preview.text())
    out = tmp_path / "out"
    dialog.path.setText(str(out))
    dialog.write.click()
    qtbot.waitUntil(lambda: bool(notices))
    assert notices[-1].level is Level.DONE
    assert sorted(path.name for path in out.iterdir()) == [
        "001.jpg",
        "002.jpg",
        "003.jpg",
        "captions.xlsx",
    ]


def test_the_menu_leads_to_all_of_it(
    qtbot: QtBot, starter_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    monkeypatch.setenv("GEOPARK_PROFILE", str(tmp_path / "profile"))
    window = make_window(qtbot)
    assert not window.menus.actions["whereabouts"].isEnabled()
    open_in(qtbot, window, Path(shutil.copytree(starter_folder, tmp_path / "c")))
    for name, kind in (("whereabouts", WhereaboutsDialog), ("export-photos", PhotoExportDialog)):
        window.menus.actions[name].trigger()
        qtbot.waitUntil(lambda kind=kind: bool(window.findChildren(kind)))
        dialog = window.findChildren(kind)[0]
        qtbot.waitUntil(dialog.isVisible)
        dialog.close()
    window.close()
