"""The window as a whole: opening, refusing, speaking two languages, undoing, closing."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from geopark_app import i18n
from geopark_app.domain.change import Changes
from geopark_app.domain.kinds import Site
from geopark_app.gui.editing.recovery_dialog import RecoveryDialog
from geopark_app.gui.main_window import MainWindow
from geopark_app.gui.rooms import Room
from geopark_app.gui.sites.room import SitesRoom
from geopark_app.gui.sites.site_panel import SitePanel
from geopark_app.gui.start_page.new_catalogue import NewCatalogue
from geopark_app.gui.start_page.recent import recent_catalogues
from geopark_app.operations.context import AppContext
from geopark_app.operations.drafts import keep_draft
from geopark_app.operations.records import set_field
from tests.gui.window_driving import WAIT_MS, make_window, open_in

# The web page of the map has tests of its own.
_WIDGET_ROOMS = tuple(room for room in Room if room is not Room.MAP)


@pytest.fixture
def folder(starter_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GEOPARK_PROFILE", str(tmp_path / "profile"))
    return Path(shutil.copytree(starter_folder, tmp_path / "own"))


def _sentences(window: MainWindow) -> list[str]:
    return [frame.notice.text for frame in window.notices.shown]


def test_a_new_catalogue_opens_its_overview(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEOPARK_PROFILE", str(tmp_path / "profile"))
    window = make_window(qtbot)
    folder = tmp_path / "geopark"
    window.create_catalogue(
        NewCatalogue(folder=folder, starter="langson", person="Hoàng Văn Nam", device="laptop-1")
    )
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=WAIT_MS)
    assert window.workspace is not None
    assert window.workspace.room is Room.OVERVIEW
    assert window.windowTitle().startswith("geopark — Hoàng Văn Nam · laptop-1")
    assert window.settings.recent == (str(folder.resolve()),)
    window.close_catalogue()
    assert [card.catalogue.folder for card in window.start_page.cards] == [str(folder.resolve())]


def test_every_word_changes_with_the_language(qtbot: QtBot, folder: Path) -> None:
    window = make_window(qtbot, language="en")
    open_in(qtbot, window, folder)
    for room in _WIDGET_ROOMS:
        window.show_room(room)
    window.change_language("vi")
    # What was replaced waits for its deletion.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    english = {message for message in _words(window) if _is_english(message)}
    assert english == set()
    window.change_language("en")
    assert window.header.search.placeholderText() == "Search everything (Ctrl+F)"


def _words(window: MainWindow) -> set[str]:
    words = {label.text() for label in window.findChildren(QLabel)}
    words |= {button.text() for button in window.findChildren(QAbstractButton)}
    words |= {button.toolTip() for button in window.findChildren(QAbstractButton)}
    words |= {action.text() for action in window.findChildren(QAction)}
    return words


def _is_english(message: str) -> bool:
    own_names = {"English", "Tiếng Việt"}
    return message not in {"", *own_names} and i18n.translator("vi")(message) != message


def test_rooms_are_reached_by_keyboard(qtbot: QtBot, folder: Path) -> None:
    window = make_window(qtbot)
    open_in(qtbot, window, folder)
    assert window.workspace is not None
    keys = [action.shortcut().toString() for action in window.menus.rooms.values()]
    assert keys == [f"Ctrl+{number}" for number in range(1, len(Room) + 1)]
    window.menus.rooms[Room.RECORDS].trigger()
    assert window.workspace.room is Room.RECORDS
    assert window.rail.buttons[Room.RECORDS].isChecked()
    window.rail.buttons[Room.RECORDS].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(window.rail.buttons[Room.RECORDS], Qt.Key.Key_Down)
    assert window.focusWidget() is window.rail.buttons[Room.SETTINGS]
    qtbot.keyClick(window.rail.buttons[Room.SETTINGS], Qt.Key.Key_Space)
    assert window.workspace.room is Room.SETTINGS


def test_undo_names_its_step_and_tells_every_screen(qtbot: QtBot, folder: Path) -> None:
    window = make_window(qtbot)
    open_in(qtbot, window, folder)
    session = window.session
    assert session is not None
    site = session.context.catalogue.records(Site, where={"code": "LS-001"})[0]
    undo = window.menus.actions["undo"]
    assert not undo.isEnabled()
    with qtbot.waitSignal(session.changes.changes_stored):
        session.run(
            lambda context: set_field(
                context, "site", site.uuid, "name_en", "Gate", reason="edit Name LS-001"
            )
        )
    assert undo.text() == "Undo: edit Name LS-001"
    with qtbot.waitSignal(session.changes.changes_stored):
        undo.trigger()
    again = session.context.catalogue.get(Site, site.uuid)
    assert again is not None
    assert again.name_en == site.name_en
    assert window.menus.actions["redo"].text() == "Redo: edit Name LS-001"


def test_a_save_beside_the_window_is_seen_once(qtbot: QtBot, context: AppContext) -> None:
    window = make_window(qtbot)
    open_in(qtbot, window, context.catalogue.folder.root)
    assert window.session is not None
    seen: list[Changes] = []
    window.session.changes.changes_stored.connect(seen.append)
    site = context.catalogue.records(Site, where={"code": "LS-002"})[0]
    set_field(context, "site", site.uuid, "name_en", "Beside", reason="command")
    qtbot.waitUntil(lambda: bool(seen), timeout=1_000)
    assert ("site", site.uuid) in seen[0].touched
    window.session.changes.look_for_foreign_changes()
    assert len(seen) == 1


def test_words_typed_before_a_sudden_end_are_offered(qtbot: QtBot, context: AppContext) -> None:
    site = context.catalogue.records(Site, where={"code": "LS-004"})[0]
    keep_draft(context, "site", site.uuid, "name_en", "half a na")
    window = make_window(qtbot)
    open_in(qtbot, window, context.catalogue.folder.root)
    assert window.session is not None
    assert _sentences(window)[0].startswith("Words typed before the program last ended")
    with qtbot.waitSignal(window.session.sites_requested) as asked:
        offered = window.notices.shown[0].notice.on_action
        assert offered is not None
        offered()
        dialog = next(d for d in QApplication.topLevelWidgets() if isinstance(d, RecoveryDialog))
        assert dialog.table.item(0, 2).text() == "half a na"
        dialog.show_fields()
    assert asked.args[0]["uuids"] == [site.uuid]


def test_a_second_window_is_refused_kindly(qtbot: QtBot, folder: Path) -> None:
    first, second = make_window(qtbot), make_window(qtbot)
    open_in(qtbot, first, folder)
    second.open_path(folder)
    qtbot.waitUntil(lambda: bool(_sentences(second)), timeout=WAIT_MS)
    assert second.session is None
    assert "already open in another window" in _sentences(second)[0]
    first.close()
    open_in(qtbot, second, folder)


@pytest.mark.parametrize("damage", ["missing", "foreign", "damaged", "newer"])
def test_a_folder_that_cannot_be_opened_is_a_sentence(
    qtbot: QtBot, folder: Path, damage: str
) -> None:
    database, marker = folder / "catalogue.sqlite", next(folder.glob("*.geopark"))
    match damage:
        case "missing":
            folder = folder / "nowhere"
        case "foreign":
            marker.write_text('{"something": "else"}', encoding="utf-8")
        case "damaged":
            for journal in folder.glob("catalogue.sqlite-*"):
                journal.unlink()
            database.write_bytes(b"no database" * 500)
        case _:
            text = marker.read_text(encoding="utf-8")
            marker.write_text(text.replace('"version": 1', '"version": 99'), encoding="utf-8")
    window = make_window(qtbot)
    window.open_path(folder)
    qtbot.waitUntil(lambda: bool(_sentences(window)), timeout=WAIT_MS)
    assert window.session is None
    assert window.start_page.isVisible()
    assert "Nothing was changed" in _sentences(window)[0]


def test_a_read_only_catalogue_says_so(
    qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Root may write everywhere: what counts is that SQLite opens it read-only.
    from geopark_app.store.folder import CatalogueFolder

    monkeypatch.setattr(CatalogueFolder, "is_writable", property(lambda _self: False))
    window = make_window(qtbot)
    open_in(qtbot, window, folder)
    assert window.session is not None
    assert window.session.is_read_only
    assert window.workspace is not None
    assert any(
        "can only be read" in label.text() and label.isVisible()
        for label in window.workspace.findChildren(QLabel)
    )
    window.show_room(Room.SITES)
    panel = window.workspace.findChild(SitePanel)
    assert panel is not None
    enabled = {name for name, button in panel.deeds.items() if button.isEnabled()}
    assert enabled == {"map"}
    assert "only be read" in panel.photos.view.hint
    window.close_catalogue()


def test_size_buttons_stay_under_the_pointer(qtbot: QtBot, folder: Path) -> None:
    window = make_window(qtbot)
    open_in(qtbot, window, folder)
    larger = next(b for b in window.header.findChildren(QToolButton) if b.text() == "A+")
    place = larger.mapTo(window, larger.rect().center())
    window.change_size(130)
    qtbot.waitUntil(lambda: larger.font().pointSizeF() > 12)
    QApplication.processEvents()
    assert larger.mapTo(window, larger.rect().center()).x() == place.x()


def test_saves_not_handed_over_are_remembered_while_people_work(qtbot: QtBot, folder: Path) -> None:
    window = make_window(qtbot)
    open_in(qtbot, window, folder)
    session = window.session
    assert session is not None
    before = session.context.catalogue.pending_saves()
    site = session.context.catalogue.records(Site)[0]
    session.run(lambda context: set_field(context, "site", site.uuid, "name_en", "New"))
    key = str(folder.resolve())
    qtbot.waitUntil(lambda: recent_catalogues((key,))[0].own_saves == before + 1, timeout=WAIT_MS)
    window.close_catalogue()


def test_another_person_signs_the_next_save(qtbot: QtBot, folder: Path) -> None:
    window = make_window(qtbot, person="Nông Thị Hà")
    open_in(qtbot, window, folder)
    session = window.session
    assert session is not None
    session.switch_person("Lý Văn Bình")
    assert "Lý Văn Bình" in window.windowTitle()
    site = session.context.catalogue.records(Site, where={"code": "LS-003"})[0]
    with qtbot.waitSignal(session.changes.changes_stored):
        session.run(lambda context: set_field(context, "site", site.uuid, "name_en", "New"))
    window.close_catalogue()
    with closing(sqlite3.connect(folder / "catalogue.sqlite")) as database, database:
        newest = database.execute("SELECT user FROM txn ORDER BY hlc DESC LIMIT 1").fetchone()
    database.close()
    assert newest == ("Lý Văn Bình",)


def test_a_catalogue_is_opened_by_dropping_its_file(qtbot: QtBot, folder: Path) -> None:
    window = make_window(qtbot)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(next(folder.glob("*.geopark"))))])
    window.dropEvent(
        QDropEvent(
            QPointF(10, 10),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=WAIT_MS)


def test_text_size_and_contrast_are_remembered(qtbot: QtBot, folder: Path) -> None:
    window = make_window(qtbot)
    open_in(qtbot, window, folder)
    window.menus.actions["larger"].trigger()
    window.menus.actions["contrast"].trigger()
    assert window.settings.text_percent == 110
    assert window.header.contrast.isChecked()
    from geopark_app import settings

    assert settings.load().text_percent == 110
    assert settings.load().high_contrast


@pytest.mark.parametrize("percent", [100, 130])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_rooms_fit_a_small_screen(qtbot: QtBot, folder: Path, language: str, percent: int) -> None:
    window = make_window(qtbot, language=language)
    open_in(qtbot, window, folder)
    window.change_size(percent)
    for room in _WIDGET_ROOMS:
        window.show_room(room)
        assert window.minimumSizeHint().width() <= 1366
        assert window.minimumSizeHint().height() <= 768


def test_both_search_boxes_say_the_same(qtbot: QtBot, folder: Path) -> None:
    window = make_window(qtbot)
    open_in(qtbot, window, folder)
    assert window.workspace is not None
    qtbot.keyClicks(window.header.search, "dong dang")
    sites = window.workspace.rooms[Room.SITES]
    assert isinstance(sites, SitesRoom)
    assert sites.filter_bar.search.text() == "dong dang"
    assert window.header.search.text() == "dong dang"
    sites.filter_bar.search.clear()
    assert window.header.search.text() == ""


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_letter_opens_one_menu_and_every_key_does_one_thing(
    qtbot: QtBot, language: str
) -> None:
    window = make_window(qtbot, language=language)
    titles = [action.text() for action in window.menuBar().actions()]
    letters = [title[title.index("&") + 1].lower() for title in titles]
    assert len(set(letters)) == len(letters)
    # What a keyboard without Vietnamese letters can type.
    assert all(letter.isascii() for letter in letters)
    deeds = [*window.menus.actions.values(), *window.menus.rooms.values()]
    keys = [key.toString() for action in deeds for key in action.shortcuts()]
    assert len(set(keys)) == len(keys)
