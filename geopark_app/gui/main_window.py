"""The window: start page or open catalogue, under one header, one menu and one message bar."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, Qt, QTimer, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMainWindow

from geopark_app import logs
from geopark_app.gui import theme
from geopark_app.gui.language import LanguageAware, LanguageSwitch
from geopark_app.gui.menus import DIALOG_NAMES, WindowMenus
from geopark_app.gui.messages import Messages
from geopark_app.gui.opening_work import asking, making, opening, say_not_opened
from geopark_app.gui.person_dialog import PersonDialog
from geopark_app.gui.rooms import Room
from geopark_app.gui.start_page.dropping import dropped_catalogue
from geopark_app.gui.start_page.new_catalogue import NewCatalogue
from geopark_app.gui.tasks import TaskRunner, Work
from geopark_app.gui.window_frame import WindowFrame
from geopark_app.gui.window_layout import keep_quietly, keep_window, restore_window
from geopark_app.i18n import gettext as _
from geopark_app.settings import MachineSettings

if TYPE_CHECKING:  # fetched with the first catalogue, after the window is painted
    from geopark_app.gui.desk import Desk
    from geopark_app.gui.desk_dialogs import DeskDialogs
    from geopark_app.gui.opening import OpenedCatalogue
    from geopark_app.gui.session import Session
    from geopark_app.gui.workspace import Workspace

_ICONS_AFTER_MS = 30
_FIRST_SIZE = (1280, 720)
_SMALLEST_SIZE = (800, 520)


class MainWindow(LanguageAware, QMainWindow):
    """One window, at most one catalogue.

    Attributes
    ----------
    header, rail, notices, start_page : widgets
        Parts of the frame.
    menus : WindowMenus
        The menu bar.
    dialogs : DeskDialogs or None
        What opens over the rooms, while a catalogue is open.
    settings : MachineSettings
        Of this person on this machine.
    """

    def __init__(
        self, settings: MachineSettings, *, language: LanguageSwitch, messages: Messages
    ) -> None:
        super().__init__()
        self.settings = settings
        self.language = language
        self.messages = messages
        self._desk: Desk | None = None
        self.dialogs: DeskDialogs | None = None
        self._is_opening = False
        self._is_closing = False
        self._tasks = TaskRunner(self)
        self.setAcceptDrops(True)
        self.setMinimumSize(*_SMALLEST_SIZE)
        self._frame = WindowFrame(settings)
        self.header, self.rail = self._frame.header, self._frame.rail
        self.notices, self.start_page = self._frame.notices, self._frame.start_page
        self.setCentralWidget(self._frame)
        self.setStatusBar(self._frame.status)
        self._frame.tasks.follow(self._tasks)
        self.menus = WindowMenus(self)
        self.menus.actions["contrast"].setChecked(settings.high_contrast)
        self._connect()
        self.retranslate()
        self._show_catalogue_state()
        if not restore_window(self):
            self.resize(*_FIRST_SIZE)
        self._fill_recent_menu()

    @property
    def session(self) -> "Session | None":
        """Give the open catalogue, or None on the start page."""
        return self._desk.session if self._desk is not None else None

    @property
    def workspace(self) -> "Workspace | None":
        """Give the rooms of the open catalogue, or None on the start page."""
        return self._desk.workspace if self._desk is not None else None

    # -- what is shown --------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.menus.retranslate()
        other = "English" if self.language.current == "vi" else "Tiếng Việt"
        self.menus.actions["language"].setText(other)
        self._show_steps()
        self._show_title()

    def show_room(self, room: Room) -> None:
        """Bring a room to the front, when a catalogue is open."""
        if self.workspace is not None:
            self.workspace.show_room(room)
            self.workspace.take_keyboard()

    def _show_title(self) -> None:
        program = _("Geopark inventory")
        if self._desk is None:
            self.setWindowTitle(program)
            self.header.show_catalogue("")
            self._frame.show_place("")
            return
        author = self._desk.session.context.author
        self.setWindowTitle(f"{self._desk.name} — {author.person} · {author.device} — {program}")
        self.header.show_catalogue(self._desk.title)
        self._frame.show_place(self._desk.folder)

    def _show_steps(self) -> None:
        undo = self.session.undo if self.session else None
        self.menus.show_steps(undo.undo_text if undo else None, undo.redo_text if undo else None)

    def _show_catalogue_state(self) -> None:
        is_open = self.session is not None
        self.rail.setVisible(is_open)
        self.menus.set_catalogue_open(is_open)
        self._show_steps()
        self._show_title()

    def _fill_recent_menu(self) -> None:
        self.menus.fill_recent(self.settings.recent, lambda folder: self.open_path(Path(folder)))

    # -- catalogues -----------------------------------------------------------------------------

    def open_path(self, path: Path) -> None:
        """Open a catalogue folder or `.geopark` file; the window stays usable meanwhile."""
        self._open(opening(path, self.settings), label="")

    def create_catalogue(self, answers: NewCatalogue) -> None:
        """Make a new catalogue and open it."""
        self._keep_settings(person=answers.person, device=answers.device)
        self._open(making(answers), label=_("Making the catalogue"))

    def _open(self, work: Work, *, label: str) -> None:
        if self._is_opening:
            return
        self._is_opening = True
        self._leave_catalogue()
        self._frame.show_waiting()
        task = self._tasks.on_files(work, label=label, done=self._enter, failed=self._not_opened)
        task.cancelled.connect(self._opening_stopped)

    def ask_office(self, person: str, device: str, path: Path) -> None:
        """Write the request of a laptop that has no catalogue yet."""
        self._keep_settings(person=person, device=device)
        work = asking(person, device, path)
        self._tasks.on_files(work, done=self.messages.done, failed=self.messages.error)

    def browse(self) -> None:
        """Let the person choose a folder with a catalogue."""
        recent = self.settings.recent
        start = str(Path(recent[0]).parent) if recent else QDir.homePath()
        folder = QFileDialog.getExistingDirectory(self, _("Open a catalogue folder"), start)
        if folder:
            self.open_path(Path(folder))

    def close_catalogue(self) -> None:
        """Go back to the start page."""
        self._leave_catalogue()
        self._go_to_start_page()

    def _go_to_start_page(self) -> None:
        self.start_page.reload(self.settings)
        self._frame.show_start_page()
        self._fill_recent_menu()

    def _opening_stopped(self) -> None:
        self._is_opening = False
        self._go_to_start_page()

    def _not_opened(self, error: BaseException) -> None:
        self._is_opening = False
        self._go_to_start_page()
        say_not_opened(self.messages, error)

    def _enter(self, opened: "OpenedCatalogue") -> None:
        from geopark_app.gui.desk import Desk
        from geopark_app.gui.desk_dialogs import DeskDialogs

        self._is_opening = False
        if self._is_closing:
            opened.close()
            return
        folder = str(opened.context.catalogue.folder.root.resolve())
        self._keep_settings(recent=self.settings.with_recent(folder).recent)
        desk = self._desk = Desk(
            opened,
            settings=self.settings,
            language=self.language,
            messages=self.messages,
            parent=self,
        )
        desk.session.undo_changed.connect(self._show_steps)
        desk.session.person_changed.connect(self._show_title)
        desk.session.settings_changed.connect(self._follow_settings)
        desk.workspace.room_shown.connect(self.rail.select)
        desk.workspace.search_changed.connect(self.header.show_search)
        self.dialogs = DeskDialogs(desk.session, self.header.search, self)
        self._frame.tasks.follow(desk.session.tasks)
        self._show_catalogue_state()
        desk.begin()
        self._frame.show_workspace(desk.workspace)
        # The words of the rail can be read at once; its icons come after the first paint.
        QTimer.singleShot(_ICONS_AFTER_MS, self.rail.show_icons)
        if not self.settings.person:
            self.messages.info(
                _("Nobody has said who is working on this laptop yet."),
                action=_("Say who…"),
                on_action=self.switch_person,
            )

    def _leave_catalogue(self) -> None:
        if self._desk is None:
            return
        desk, self._desk = self._desk, None
        if self.dialogs is not None:
            self.dialogs.leave()
            self.dialogs = None
        self._frame.remove_workspace(desk.workspace)
        desk.leave()
        self._show_catalogue_state()

    # -- settings -------------------------------------------------------------------------------

    def switch_person(self) -> None:
        """Ask who is working now."""
        dialog = PersonDialog(self.settings.person, self)
        if dialog.exec() == QDialog.DialogCode.Accepted and self.session is not None:
            self.session.switch_person(dialog.name.text().strip())
        dialog.deleteLater()

    def change_size(self, percent: int) -> None:
        """Show larger or smaller text."""
        smallest, largest = theme.SMALLEST_PERCENT, theme.LARGEST_PERCENT
        self._keep_settings(text_percent=max(smallest, min(largest, percent)))

    def change_contrast(self, high: bool) -> None:
        """Show black on white, or the usual colours."""
        self._keep_settings(high_contrast=high)

    def change_language(self, language: str) -> None:
        """Speak Vietnamese or English from now on."""
        self._keep_settings(language=language)

    def _keep_settings(self, **values: object) -> None:
        if self.session is not None:
            self.session.change_settings(**values)
        else:
            settings = self.settings.changed(**values)
            keep_quietly(settings)
            self._follow_settings(settings)

    def _follow_settings(self, settings: MachineSettings) -> None:
        old, self.settings = self.settings, settings
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        look = (settings.text_percent, settings.high_contrast)
        if look != (old.text_percent, old.high_contrast):
            theme.apply_theme(
                application, percent=settings.text_percent, high_contrast=settings.high_contrast
            )
            if self.session is not None:
                self.rail.show_icons()
            self.menus.actions["contrast"].setChecked(settings.high_contrast)
            self._frame.fit()
        self.language.switch_to(settings.language)
        self.header.show_settings(settings)

    # -- events ---------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        busy = self.session is not None and self.session.tasks.has_labelled_work
        if busy and not self.messages.ask(
            self,
            _("Work is still going on. Stop it and close?"),
            detail=_("What is finished stays; the item in work is given up."),
            yes=_("Stop and close"),
        ):
            event.ignore()
            return
        self._is_closing = True
        if self.session is not None:
            self.session.tasks.cancel_all()
        keep_window(self)
        self._leave_catalogue()
        self._tasks.wait_for_all()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_catalogue(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_catalogue(event)
        if path is not None:
            event.acceptProposedAction()
            self.open_path(path)

    # -- connections ----------------------------------------------------------------------------

    def _connect(self) -> None:
        self.messages.noticed.connect(self.notices.show_notice)
        self.messages.outdated.connect(self.notices.forget)
        self.rail.room_chosen.connect(self.show_room)
        self.start_page.open_wanted.connect(self.open_path)
        self.start_page.browse_wanted.connect(self.browse)
        self.start_page.new_wanted.connect(self.create_catalogue)
        self.start_page.forget_wanted.connect(self._forget)
        self.start_page.new_panel.request_wanted.connect(self.ask_office)
        self.header.search_typed.connect(self._search)
        self.header.search_entered.connect(lambda: self.show_room(Room.SITES))
        self.header.size_wanted.connect(self.change_size)
        self.header.contrast_wanted.connect(self.change_contrast)
        self.header.language_wanted.connect(self.change_language)
        self.header.person_wanted.connect(self.switch_person)
        for room, action in self.menus.rooms.items():
            action.triggered.connect(lambda _=False, room=room: self.show_room(room))
        self._connect_menus()

    def _connect_menus(self) -> None:
        connect = self.menus.connect_to
        connect("new", self._ask_for_new)
        connect("open", self.browse)
        connect("close", self.close_catalogue)
        connect("import", self.import_list)
        connect("export", self.export_sites)
        connect("person", self.switch_person)
        connect("quit", self.close)
        connect("undo", self._undo)
        connect("redo", self._redo)
        connect("search", lambda: self.header.search.setFocus(Qt.FocusReason.ShortcutFocusReason))
        for name in DIALOG_NAMES:
            connect(name, partial(self._show_dialog, name))
        connect("smaller", lambda: self.change_size(self.settings.text_percent - 10))
        connect("normal", lambda: self.change_size(theme.NORMAL_PERCENT))
        connect("larger", lambda: self.change_size(self.settings.text_percent + 10))
        connect("contrast", lambda: self.change_contrast(not self.settings.high_contrast))
        connect("language", self._speak_the_other)
        connect("full-screen", self._toggle_full_screen)
        connect("messages", self._show_messages)
        connect("about-data", lambda: self._show_page("about-data"))
        connect("notices", lambda: self._show_page("notices"))
        connect("about", lambda: self._show_page("about"))
        connect(
            "log", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(logs.log_path().parent)))
        )

    def import_list(self) -> None:
        """Show the wizard that brings a list in."""
        if self.session is not None:
            from geopark_app.gui.importing.opening import open_import

            open_import(self.session, self)

    def export_sites(self) -> None:
        """Ask for format and file, and write the sites."""
        if self.session is not None:
            from geopark_app.gui.exporting.dialog import ExportDialog

            ExportDialog(self.session, self).open()

    def _undo(self) -> None:
        if self.session is not None:
            self.session.undo_step()

    def _redo(self) -> None:
        if self.session is not None:
            self.session.redo_step()

    def _show_dialog(self, name: str) -> None:
        if self.dialogs is not None:
            self.dialogs.show(name)

    def _ask_for_new(self) -> None:
        self.close_catalogue()
        self.start_page.new_button.setChecked(True)

    def _forget(self, folder: str) -> None:
        recent = tuple(known for known in self.settings.recent if known != folder)
        self._keep_settings(recent=recent)
        self._go_to_start_page()

    def _search(self, text: str) -> None:
        if self.session is not None:
            self.session.sites_requested.emit({"text": text})
            # The room takes the keyboard for its table; the word is not finished yet.
            self.header.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _speak_the_other(self) -> None:
        self.change_language("en" if self.language.current == "vi" else "vi")

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _show_messages(self) -> None:
        from geopark_app.gui.message_history import MessageHistoryDialog

        MessageHistoryDialog(self.messages, self).open()

    def _show_page(self, name: str) -> None:
        from geopark_app.gui.settings.pages import PageDialog

        PageDialog(name, self).open()
