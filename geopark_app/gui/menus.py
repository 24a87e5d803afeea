"""The menu bar: every deed of the window with its words and its key."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar

from geopark_app.gui.rooms import SIGNS, Room
from geopark_app.gui.start_page.recent_card import folder_name
from geopark_app.i18n import gettext as _

Words = Callable[[], str]

DIALOG_NAMES = (
    "trash",
    "inbox",
    "works",
    "plan",
    "units",
    "evaluation",
    "scores",
    "evidence",
    "recommendations",
    "mission",
    "blank-forms",
    "paper-form",
    "submissions",
    "editions",
    "duplicates",
    "import-layer",
    "add-basemap",
    "cut-basemap",
    "cover-basemap",
    "communes",
    "to-translator",
    "from-translator",
    "export-references",
    "whereabouts",
    "back-up-photos",
    "heal-photos",
    "export-photos",
    "print-map",
)
"""Actions that open something over the rooms; `DeskDialogs.show` knows each."""


class WindowMenus(QObject):
    """The menus of one window and the actions in them, by name.

    Attributes
    ----------
    actions : dict of str to QAction
        Named by what they do: `new`, `open`, `close`, `undo`, `redo`, `search`, …
    rooms : dict of Room to QAction
        The actions that go to a room.
    recent : QMenu
        The catalogues opened last.
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        # Held here: PySide6 takes a menu away with the last reference to its menu bar.
        self._bar = QMenuBar(window)
        window.setMenuBar(self._bar)
        self._words: list[tuple[QAction | QMenu, Words]] = []
        self.actions: dict[str, QAction] = {}
        self.rooms: dict[Room, QAction] = {}
        self._add_file_menu()
        self._add_edit_menu()
        self._add_photos_menu()
        self._add_evaluation_menu()
        self._add_view_menu()
        self._add_help_menu()
        self.retranslate()

    def connect_to(self, name: str, deed: Callable[[], object]) -> None:
        """Do `deed` when the action is chosen."""
        # The checked state Qt hands over is not wanted here.
        self.actions[name].triggered.connect(lambda _checked=False: deed())

    def fill_recent(self, folders: Sequence[str], open_folder: Callable[[str], object]) -> None:
        """Offer the catalogues opened last."""
        self.recent.clear()
        for folder in folders:
            action = self.recent.addAction(folder_name(folder))
            action.setToolTip(folder)
            action.triggered.connect(lambda _=False, folder=folder: open_folder(folder))
        self.recent.setEnabled(bool(folders))

    def retranslate(self) -> None:
        """Set all words again."""
        for item, words in self._words:
            if isinstance(item, QMenu):
                item.setTitle(words())
            else:
                item.setText(words())

    def show_steps(self, undo: str | None, redo: str | None) -> None:
        """Name the next step of undo and redo; None switches it off."""
        for name, word, step in (("undo", _("Undo"), undo), ("redo", _("Redo"), redo)):
            action = self.actions[name]
            action.setEnabled(step is not None)
            action.setText(f"{word}: {step}" if step else word)

    def set_catalogue_open(self, is_open: bool) -> None:
        """Switch on what needs a catalogue."""
        for action in (
            self.actions["close"],
            self.actions["search"],
            *(self.actions[name] for name in DIALOG_NAMES),
            self.actions["person"],
            self.actions["import"],
            self.actions["export"],
            *self.rooms.values(),
        ):
            action.setEnabled(is_open)

    def _add_file_menu(self) -> None:
        menu = self._menu(lambda: _("&File"))
        self._action(menu, "new", lambda: _("New catalogue…"), "Ctrl+Shift+N")
        self._action(menu, "open", lambda: _("Open catalogue…"), "Ctrl+O")
        self.recent = QMenu(menu)
        menu.addMenu(self.recent)
        self._words.append((self.recent, lambda: _("Opened last")))
        self._action(menu, "close", lambda: _("Close the catalogue"), "Ctrl+W")
        menu.addSeparator()
        self._action(menu, "import", lambda: _("Import…"), "Ctrl+I")
        self._action(menu, "import-layer", lambda: _("Import a map layer…"), "")
        self._action(menu, "add-basemap", lambda: _("Add a base map…"), "")
        self._action(menu, "cut-basemap", lambda: _("Cut map for area…"), "")
        self._action(menu, "cover-basemap", lambda: _("Cover for tomorrow…"), "")
        self._action(menu, "export", lambda: _("Export…"), "Ctrl+Shift+E")
        self._action(menu, "print-map", lambda: _("Print a map…"), "Ctrl+P")
        self._action(menu, "export-references", lambda: _("Export the bibliography…"), "")
        menu.addSeparator()
        self._action(menu, "person", lambda: _("Another person is working…"), "")
        menu.addSeparator()
        self._action(menu, "quit", lambda: _("Quit"), "Ctrl+Q")

    def _add_edit_menu(self) -> None:
        menu = self._menu(lambda: _("&Edit"))
        self._action(menu, "undo", lambda: _("Undo"), "Ctrl+Z")
        self._action(menu, "redo", lambda: _("Redo"), "Ctrl+Shift+Z", "Ctrl+Y")
        menu.addSeparator()
        self._action(menu, "search", lambda: _("Search everything"), "Ctrl+F")
        menu.addSeparator()
        self._action(menu, "duplicates", lambda: _("Sites that may be one…"), "")
        self._action(menu, "communes", lambda: _("Communes by position…"), "")
        self._action(menu, "to-translator", lambda: _("Texts for the translator…"), "")
        self._action(menu, "from-translator", lambda: _("Texts from the translator…"), "")
        self._action(menu, "trash", lambda: _("Trash…"), "Ctrl+Shift+T")

    def _add_evaluation_menu(self) -> None:
        menu = self._menu(lambda: _("Eva&luation"))
        self._action(menu, "works", lambda: _("Works to be done…"), "Ctrl+Shift+W")
        self._action(menu, "plan", lambda: _("Plan before the deadlines…"), "Ctrl+Shift+K")
        self._action(menu, "units", lambda: _("Lists for communes and departments…"), "")
        menu.addSeparator()
        self._action(menu, "evaluation", lambda: _("Self-evaluation form…"), "Ctrl+Shift+F")
        self._action(menu, "scores", lambda: _("Scores of all sites…"), "")
        self._action(menu, "evidence", lambda: _("Evidence…"), "Ctrl+Shift+V")
        self._action(menu, "recommendations", lambda: _("Recommendations…"), "Ctrl+Shift+R")
        menu.addSeparator()
        self._action(menu, "mission", lambda: _("Mission planner…"), "Ctrl+Shift+D")
        menu.addSeparator()
        self._action(menu, "blank-forms", lambda: _("Print blank forms…"), "")
        self._action(menu, "paper-form", lambda: _("Type in a paper form…"), "")
        self._action(menu, "submissions", lambda: _("Visits from ODK or Kobo…"), "")
        self._action(menu, "editions", lambda: _("Editions of the checklist…"), "")

    def _add_photos_menu(self) -> None:
        menu = self._menu(lambda: _("&Photos"))
        self._action(menu, "inbox", lambda: _("Photos without a site…"), "Ctrl+Shift+I")
        self._action(menu, "whereabouts", lambda: _("Where the originals are…"), "Ctrl+Shift+O")
        self._action(menu, "back-up-photos", lambda: _("Back up with photos…"), "")
        self._action(menu, "heal-photos", lambda: _("Find missing photos in a folder…"), "")
        menu.addSeparator()
        self._action(menu, "export-photos", lambda: _("Hand photos over…"), "Ctrl+Shift+P")

    def _add_view_menu(self) -> None:
        menu = self._menu(lambda: _("&View"))
        for number, room in enumerate(Room, start=1):
            action = QAction(menu)
            action.setShortcut(QKeySequence(f"Ctrl+{number}"))
            menu.addAction(action)
            self.rooms[room] = action
            self._words.append((action, SIGNS[room].name))
        menu.addSeparator()
        self._action(menu, "smaller", lambda: _("Smaller text"), "Ctrl+-")
        self._action(menu, "normal", lambda: _("Normal text"), "Ctrl+0")
        self._action(menu, "larger", lambda: _("Larger text"), "Ctrl++", "Ctrl+=")
        self._action(menu, "contrast", lambda: _("High contrast"), "Ctrl+Shift+H")
        self.actions["contrast"].setCheckable(True)
        self._action(menu, "language", lambda: "Tiếng Việt", "Ctrl+Shift+L")
        menu.addSeparator()
        self._action(menu, "full-screen", lambda: _("Full screen"), "F11")

    def _add_help_menu(self) -> None:
        menu = self._menu(lambda: _("&Help"))
        self._action(menu, "messages", lambda: _("Messages…"), "Ctrl+Shift+M")
        menu.addSeparator()
        self._action(menu, "about-data", lambda: _("About the data"), "")
        self._action(menu, "notices", lambda: _("Third-party notices"), "")
        self._action(menu, "about", lambda: _("About this program"), "F1")
        self._action(menu, "log", lambda: _("Open the folder of the log"), "")

    def _menu(self, words: Words) -> QMenu:
        menu = QMenu(self._bar)
        self._bar.addMenu(menu)
        self._words.append((menu, words))
        return menu

    def _action(self, menu: QMenu, name: str, words: Words, *keys: str) -> None:
        action = QAction(menu)
        action.setShortcuts([QKeySequence(key) for key in keys if key])
        menu.addAction(action)
        self.actions[name] = action
        self._words.append((action, words))
