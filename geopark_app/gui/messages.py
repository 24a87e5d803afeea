"""The one door for messages: a bar that does not interrupt, and a dialog only for a question."""

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from geopark_app.domain.clock import system_clock
from geopark_app.domain.errors import GeoparkError
from geopark_app.gui.error_dialog import report_bug
from geopark_app.i18n import gettext as _

_MOST_KEPT = 200
Keys = frozenset[tuple[str, str]]
"""Kind and key of records."""
_log = logging.getLogger(__name__)


class Level(Enum):
    """How a message looks, and whether it goes away by itself."""

    DONE = "done"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One message for the bar.

    Attributes
    ----------
    level : Level
        Errors, and warnings with an action, stay until they are closed.
    text : str
        A sentence in the language of the window.
    action : str
        Words of the button, or empty.
    on_action : callable
        What the button does.
    about : Keys
        Records it speaks of: a later message about one of them, and turning the save back, take
        it away, or its button would do what holds no longer.
    """

    level: Level
    text: str
    action: str = ""
    on_action: Callable[[], None] | None = field(default=None, compare=False)
    about: Keys = field(default=frozenset(), compare=False)


class Messages(QObject):
    """Says things to the person; every message is also in the log.

    Signals
    -------
    noticed(Notice)
        Shown by the window's notification bar.
    outdated(frozenset)
        What was said about these records holds no longer.
    """

    noticed = Signal(object)
    outdated = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history: deque[tuple[datetime, Notice]] = deque(maxlen=_MOST_KEPT)

    def done(
        self,
        text: str,
        *,
        action: str = "",
        on_action: Callable[[], None] | None = None,
        about: Keys = frozenset(),
    ) -> None:
        """Say that something asked for is finished."""
        self._say(
            Notice(level=Level.DONE, text=text, action=action, on_action=on_action, about=about)
        )

    def info(
        self, text: str, *, action: str = "", on_action: Callable[[], None] | None = None
    ) -> None:
        """Say something worth knowing."""
        self._say(Notice(level=Level.INFO, text=text, action=action, on_action=on_action))

    def warning(
        self,
        text: str,
        *,
        action: str = "",
        on_action: Callable[[], None] | None = None,
        about: Keys = frozenset(),
    ) -> None:
        """Say something that needs an eye; it stays a minute or, with an action, until closed."""
        self._say(
            Notice(level=Level.WARNING, text=text, action=action, on_action=on_action, about=about)
        )

    def forget(self, about: Keys) -> None:
        """Take away what was said about these records: it was turned back."""
        self.outdated.emit(about)

    def error(self, error: BaseException) -> None:
        """Say a foreseen trouble in a sentence; anything else is a bug and gets the bug dialog."""
        if isinstance(error, GeoparkError):
            # The words need the record kinds, which the first paint does not.
            from geopark_app.wording import error_sentence

            words = error_sentence(error)
            text = " ".join(part for part in (words.message, words.safe, words.next) if part)
            self._say(Notice(level=Level.ERROR, text=text))
        else:
            report_bug(error)

    def ask(
        self, parent: QWidget, question: str, *, yes: str, no: str = "", detail: str = ""
    ) -> bool:
        """Ask a question that cannot be left open; say whether the answer was `yes`."""
        box = QMessageBox(parent)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(_("Geopark inventory"))
        box.setText(question)
        box.setInformativeText(detail)
        agree: QPushButton = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        refuse = box.addButton(no or _("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(refuse)
        box.exec()
        agreed = box.clickedButton() is agree
        box.deleteLater()
        return agreed

    @property
    def history(self) -> tuple[tuple[datetime, Notice], ...]:
        """Give the last messages with their instants, the newest first."""
        return tuple(reversed(self._history))

    def _say(self, notice: Notice) -> None:
        self._history.append((system_clock(), notice))
        _log.info("%s: %s", notice.level.value, notice.text)
        self.noticed.emit(notice)
