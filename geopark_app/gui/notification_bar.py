"""Messages over the foot of the room: they push nothing aside and block nothing."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from geopark_app.gui import theme
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.messages import Level, Notice
from geopark_app.i18n import gettext as _

_MOST = 3
_MARGIN = 12
_WIDEST = 620
_SHOWN_MS = {Level.DONE: 10_000, Level.INFO: 8_000}


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

    def _act(self) -> None:
        if self.notice.on_action is not None:
            self.notice.on_action()
        self.dismiss()


class NotificationBar(QWidget):
    """Shows the newest messages, at most three; what is done goes away by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._area: QWidget | None = None

    def float_over(self, area: QWidget) -> None:
        """Lie over the foot of `area`, a sibling, so that no message moves what is under it."""
        self._area = area
        area.installEventFilter(self)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            self._fit()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        taken = super().event(event)
        # Asked for whenever a message comes, goes, or is said in larger letters.
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return taken

    def _fit(self) -> None:
        if self._area is None:
            return
        self.setVisible(bool(self.shown))
        place = self._area.geometry()
        width = min(place.width() - 2 * _MARGIN, theme.scaled(_WIDEST))
        height = self._layout.totalHeightForWidth(width)
        height = height if height >= 0 else self._layout.totalSizeHint().height()
        corner = QPoint(
            place.left() + (place.width() - width) // 2, place.bottom() + 1 - height - _MARGIN
        )
        self.setGeometry(corner.x(), corner.y(), width, height)
        self.raise_()

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
        for frame in self.shown[: 1 - _MOST]:
            frame.dismiss()
        frame = NoticeFrame(notice, self)
        self._layout.addWidget(frame)
        frame.show()
        self._fit()
        shown_ms = _SHOWN_MS.get(notice.level)
        if shown_ms is not None and not notice.action:
            timer = QTimer(frame)
            timer.setSingleShot(True)
            timer.timeout.connect(frame.dismiss)
            timer.start(shown_ms)

    def clear(self) -> None:
        """Take every message away."""
        for frame in self.shown:
            frame.dismiss()
