"""The five answers as big buttons in a row: one click or one key each."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QSizePolicy, QWidget

from geopark_app.gui import theme
from geopark_app.gui.language import LanguageAware
from geopark_app.i18n import gettext as _
from geopark_app.operations.checklists import STATUSES
from geopark_app.wording.readiness import status_words

_GAP, _HEIGHT = 4, 42
# Padding and border at both ends.
_BESIDE_WORDS = 14


class StatusButtons(LanguageAware, QWidget):
    """Exactly one of the five is chosen; nothing answered yet is "not checked".

    Signals
    -------
    chosen(str)
        The person has chosen this status.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self._columns = 0
        self._is_old = False
        for status in STATUSES:
            button = QPushButton()
            button.setCheckable(True)
            button.setObjectName(f"status-{status}")
            button.setMinimumHeight(theme.scaled(_HEIGHT))
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            # The card has the focus and takes the keys 1 to 5.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, which=status: self.chosen.emit(which))
            self._group.addButton(button)
            self.buttons[status] = button
        self.retranslate()
        self.show_status(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.retranslate()
        elif event.type() == QEvent.Type.FontChange:
            for button in self.buttons.values():
                button.setMinimumHeight(theme.scaled(_HEIGHT))

    def event(self, event: QEvent) -> bool:
        taken = super().event(event)
        # The buttons ask for it after other letters or words, when their new sizes are known.
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return taken

    def _arrange(self) -> None:
        """Put the buttons in one row, or in more where large letters need it."""
        widest = max(self._width_of(button) for button in self.buttons.values())
        fitting = (n for n in (5, 3, 2) if self.width() >= n * widest + (n - 1) * _GAP)
        columns = next(fitting, 1)
        if columns != self._columns:
            self._columns = columns
            for at, button in enumerate(self.buttons.values()):
                self._grid.addWidget(button, at // columns, at % columns)
            for column in range(5):
                self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _width_of(self, button: QPushButton) -> int:
        # The one chosen is written bold; each needs the room for it beforehand.
        bold = QFont(button.font())
        bold.setWeight(QFont.Weight.DemiBold)
        return QFontMetrics(bold).horizontalAdvance(button.text()) + _BESIDE_WORDS

    def show_status(self, status: str | None) -> None:
        """Show the answer."""
        self.buttons[status if status in self.buttons else "not_checked"].setChecked(True)

    def show_age(self, is_old: bool) -> None:
        """Show whether the answer is too old: it is then grey."""
        if is_old != self._is_old:
            self._is_old = is_old
            self.retranslate()

    def status(self) -> str:
        """Give the answer shown."""
        return next(key for key, button in self.buttons.items() if button.isChecked())

    def retranslate(self) -> None:
        """Say everything in the language of the window, in the colours of the theme."""
        colours = theme.colours()
        grounds = {
            "met": colours.done,
            "partly": colours.warning,
            "not_met": colours.error,
            "na": colours.muted,
            "not_checked": colours.muted,
        }
        if self._is_old:
            grounds = dict.fromkeys(grounds, colours.muted)
        for number, (status, button) in enumerate(self.buttons.items(), start=1):
            button.setText(status_words(status))
            button.setToolTip(_("Key {number}").format(number=number))
            button.setStyleSheet(
                "QPushButton { padding: 4px 3px; }"
                f"QPushButton:checked {{ background: {grounds[status]};"
                f" color: {colours.on_primary}; font-weight: 600; }}"
            )
        self._arrange()
