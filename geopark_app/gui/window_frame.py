"""What lies in the window: rail, header, messages, start page or rooms, and the line below."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QStatusBar,
    QVBoxLayout,
    QWidget,
)

from geopark_app.gui import theme
from geopark_app.gui.header_bar import HeaderBar
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.navigation_rail import NavigationRail
from geopark_app.gui.notification_bar import NotificationBar
from geopark_app.gui.start_page.page import StartPage
from geopark_app.gui.task_bar import TaskBar
from geopark_app.i18n import gettext as _
from geopark_app.settings import MachineSettings

_COMPACT_BELOW = 860


class WindowFrame(LanguageAware, QWidget):
    """Holds the parts and their places; it decides nothing.

    Attributes
    ----------
    rail, header, notices, start_page, tasks, status : widgets
        The parts.
    """

    def __init__(self, settings: MachineSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rail = NavigationRail()
        self.header = HeaderBar(settings)
        self.notices = NotificationBar(self)
        self.start_page = StartPage(settings)
        self.tasks = TaskBar()
        self.status = QStatusBar()
        self._place = QLabel()
        self._waiting = QLabel()
        self._stack = QStackedWidget()
        self._lay_out()
        self.retranslate()

    def show_start_page(self) -> None:
        """Bring the start page to the front."""
        self._stack.setCurrentWidget(self.start_page)
        self.start_page.take_keyboard()

    def show_waiting(self) -> None:
        """Say that a catalogue is being opened."""
        self._stack.setCurrentWidget(self._waiting)

    def show_workspace(self, workspace: QWidget) -> None:
        """Bring the rooms of a catalogue to the front."""
        self._stack.addWidget(workspace)
        self._stack.setCurrentWidget(workspace)
        workspace.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove_workspace(self, workspace: QWidget) -> None:
        """Take the rooms of a catalogue away."""
        self._stack.removeWidget(workspace)
        self.notices.clear()

    def show_place(self, folder: str) -> None:
        """Show where the open catalogue lies."""
        self._place.setText(f"  {folder}")

    def retranslate(self) -> None:
        self._waiting.setText(_("Opening the catalogue…"))

    def fit(self) -> None:
        """Give the room more place where the text is large and the screen small."""
        is_compact = self.width() < theme.scaled(_COMPACT_BELOW)
        self.rail.set_compact(is_compact)
        self.header.set_compact(is_compact)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def _lay_out(self) -> None:
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self.start_page)
        self._stack.addWidget(self._waiting)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)
        column.addWidget(self.notices)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self._place.setProperty("look", "muted")
        self._place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.status.addWidget(self._place, 1)
        self.status.addPermanentWidget(self.tasks)
        self.status.setSizeGripEnabled(False)
