"""Messages below the room: they cover nothing, block nothing, and go by themselves.

Errors, and warnings with a button, stay until they are closed; the others go after a while, and
Help → Messages shows them again.
"""

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from geopark_app.gui.language import LanguageAware
from geopark_app.gui.messages import Keys, Level, Notice
from geopark_app.i18n import gettext as _

_MOST = 3
_MARGIN = 12
_SHOWN_MS = {Level.DONE: 10_000, Level.INFO: 8_000, Level.WARNING: 60_000}
_WITH_ACTION_MS = 25_000
_FOLD_AFTER_MS = 600


class NoticeFrame(LanguageAware, QFrame):
    """One message with its button and a way to close it."""

    def __init__(self, notice: Notice, parent: QWidget) -> None:
        super().__init__(parent)
        self.notice = notice
        self.setProperty("look", "notice")
        self.setProperty("level", notice.level.value)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 6)
        self.label = QLabel(notice.text)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        # A long path has no place to wrap and must not widen the window.
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout.addWidget(self.label, 1)
        if notice.action:
            action = QPushButton(notice.action)
            action.clicked.connect(self._act)
            layout.addWidget(action)
        self._close = QPushButton("✕")
        self._close.setProperty("look", "link")
        self._close.clicked.connect(self.dismiss)
        layout.addWidget(self._close)
        self.setAccessibleName(notice.text)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._time_out)
        self.shown_ms = _time_shown(notice)
        if self.shown_ms is not None:
            self._timer.start(self.shown_ms)
        self.retranslate()

    def retranslate(self) -> None:
        self._close.setToolTip(_("Close this message (Esc)"))
        self._close.setAccessibleName(_("Close"))

    def dismiss(self) -> None:
        """Take the message away."""
        self.hide()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def _time_out(self) -> None:
        """Go, unless a person is just reading it or about to press its button."""
        focus = QApplication.focusWidget()
        if self.underMouse() or (focus is not None and self.isAncestorOf(focus)):
            self._timer.start(self.shown_ms or 0)
        else:
            self.dismiss()

    def _act(self) -> None:
        if self.notice.on_action is not None:
            self.notice.on_action()
        self.dismiss()


def _time_shown(notice: Notice) -> int | None:
    """Give how long a message stays; what asks for a decision waits for it."""
    if not notice.action:
        return _SHOWN_MS.get(notice.level)
    return _WITH_ACTION_MS if notice.level in {Level.DONE, Level.INFO} else None


class NotificationBar(QWidget):
    """Shows the newest messages, at most three, below the room: they cover nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(_MARGIN, 4, _MARGIN, 4)
        self._layout.setSpacing(4)
        self._folding = QTimer(self)
        self._folding.setSingleShot(True)
        self._folding.setInterval(_FOLD_AFTER_MS)
        self._folding.timeout.connect(self._fold)
        self.hide()

    def event(self, event: QEvent) -> bool:
        # Asked for whenever a message comes or goes.
        is_empty = event.type() == QEvent.Type.LayoutRequest and not self.shown
        if is_empty and self.isVisible() and not self._folding.isActive():
            # A second click on ✕ must not hit what the room shows in this place.
            self.setMinimumHeight(self.height())
            self._folding.start()
        return super().event(event)

    def _fold(self) -> None:
        """Give the room its place back, unless another message has come."""
        self.setMinimumHeight(0)
        self.setVisible(bool(self.shown))

    @property
    def shown(self) -> list[NoticeFrame]:
        """Give the messages now shown, oldest first."""
        items = (self._layout.itemAt(index) for index in range(self._layout.count()))
        frames = (item.widget() for item in items if item is not None)
        return [f for f in frames if isinstance(f, NoticeFrame) and not f.isHidden()]

    def show_notice(self, notice: Notice) -> None:
        """Add a message; the same one twice is shown once."""
        for frame in self.shown:
            if frame.notice == notice:
                frame.dismiss()
        self.forget(notice.about)
        for frame in self.shown[: 1 - _MOST]:
            frame.dismiss()
        frame = NoticeFrame(notice, self)
        self._layout.addWidget(frame)
        frame.show()
        self._folding.stop()
        self.setMinimumHeight(0)
        self.show()

    def forget(self, about: Keys) -> None:
        """Take away what was said about these records."""
        for frame in self.shown:
            if frame.notice.about & about:
                frame.dismiss()

    def clear(self) -> None:
        """Take every message away."""
        for frame in self.shown:
            frame.dismiss()
