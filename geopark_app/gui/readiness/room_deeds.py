"""The menu of the readiness room: paper, field forms, editions of the checklist."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from geopark_app.gui.icons import icon
from geopark_app.gui.readiness.opening import WRITING, open_checklist_dialog
from geopark_app.gui.readiness.subjects import Subject
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _

_SIGNS = {
    "blank-forms": "printer-outline",
    "paper-form": "keyboard-outline",
    "submissions": "cellphone-arrow-down",
    "editions": "playlist-edit",
}


class RoomDeeds(QObject):
    """What is done with checklists beside answering them.

    Attributes
    ----------
    menu : QMenu
        To hang on a button.
    actions : dict of str to QAction
        By the names of `open_checklist_dialog`.

    Signals
    -------
    visit_made(str, str)
        A visit was typed in from paper: key of its place, and its own.
    """

    visit_made = Signal(str, str)

    def __init__(
        self, session: Session, room: QWidget, in_hand: Callable[[], Subject | None]
    ) -> None:
        super().__init__(room)
        self._session, self._room, self._in_hand = session, room, in_hand
        self.menu = QMenu(room)
        self.actions: dict[str, QAction] = {}
        for name, sign in _SIGNS.items():
            # Ours, not the menu's: PySide6 lets go of what a menu made for itself.
            action = QAction(icon(sign), "", self)
            self.menu.addAction(action)
            action.triggered.connect(lambda _checked=False, name=name: self.open(name))
            self.actions[name] = action
        self.retranslate()

    def open(self, name: str) -> None:
        """Open one of the dialogs for the place in hand, when what is typed is saved."""
        self._session.after_saving(lambda: self._open(name))

    def _open(self, name: str) -> None:
        dialog = open_checklist_dialog(self._session, self._room, name, self._in_hand())
        made = getattr(dialog, "visit_made", None)
        if made is not None:
            made.connect(self.visit_made)

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.actions["blank-forms"].setText(_("Print blank forms…"))
        self.actions["paper-form"].setText(_("Type in a paper form…"))
        self.actions["submissions"].setText(_("Visits from ODK or Kobo…"))
        self.actions["editions"].setText(_("Editions of the checklist…"))
        for name in WRITING:
            self.actions[name].setEnabled(not self._session.is_read_only)
