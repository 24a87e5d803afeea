"""The line below the tools while one is in hand: what to do, what is measured, how to end it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
)

from geopark_app.gui import theme
from geopark_app.gui.language import LanguageAware
from geopark_app.i18n import gettext as _

_LINE_WIDTH = 250
_LINES, _LINES_WITH_REMARKS, _MARGIN = 3, 5, 16


class ToolStrip(LanguageAware, QFrame):
    """Hidden while no tool is in hand.

    Attributes
    ----------
    line : QLineEdit
        Coordinates as one types them: for the keyboard, and for a place read from paper.
    purpose : QComboBox
        What a new line or area of a site shows.
    figure, remarks : QLabel
        What is measured; what the doctor and the layers say about the place.

    Signals
    -------
    saved(), given_up()
        The buttons; Enter and Esc in the page do the same.
    typed(str)
        Coordinates were typed and Enter pressed.
    copied(), changed(), trashed()
        The further buttons, where they are shown.
    """

    saved = Signal()
    given_up = Signal()
    typed = Signal(str)
    copied = Signal()
    changed = Signal()
    trashed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "panel")
        self.instruction, self.figure, self.remarks = QLabel(), QLabel(), QLabel()
        self.instruction.setWordWrap(True)
        self.remarks.setWordWrap(True)
        self.figure.setProperty("look", "strong")
        for label in (self.instruction, self.figure, self.remarks):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.line, self.purpose = QLineEdit(), QComboBox()
        self.line.setFixedWidth(theme.scaled(_LINE_WIDTH))
        self.line.returnPressed.connect(self._type)
        self.save, self.leave = QPushButton(), QPushButton()
        self.copy, self.change, self.trash = QPushButton(), QPushButton(), QPushButton()
        self.save.setProperty("look", "primary")
        for button, signal in (
            (self.save, self.saved),
            (self.leave, self.given_up),
            (self.copy, self.copied),
            (self.change, self.changed),
            (self.trash, self.trashed),
        ):
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit())
        self._lay_out()
        self.retranslate()
        self.hide()

    def begin(
        self,
        instruction: str,
        *,
        line: bool = False,
        purpose: bool = False,
        save: bool = False,
        copy: bool = False,
        change: bool = False,
        trash: bool = False,
    ) -> None:
        """Show the strip with what this tool needs."""
        self.instruction.setText(instruction)
        self.show_figure("")
        self.show_remarks("")
        self.line.clear()
        for widget, is_shown in (
            (self.line, line),
            (self.purpose, purpose),
            (self.save, save),
            (self.copy, copy),
            (self.change, change),
            (self.trash, trash),
        ):
            widget.setVisible(is_shown)
        self._hold_height(_LINES_WITH_REMARKS if save else _LINES)
        self.leave.setText(_("Cancel (Esc)") if save else _("Close (Esc)"))
        self.show()

    def show_figure(self, words: str) -> None:
        """Show what is measured now."""
        self.figure.setText(words)

    def show_remarks(self, words: str, *, is_alarming: bool = False) -> None:
        """Show what is known of the place, or what speaks against it."""
        look = "error" if is_alarming else "muted"
        if self.remarks.property("look") != look:
            self.remarks.setProperty("look", look)
            self.remarks.style().polish(self.remarks)
        self.remarks.setText(words)

    def _hold_height(self, lines: int) -> None:
        """Keep the height while a tool is in hand: the map must not slip under the pointer."""
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + theme.scaled(_MARGIN))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
            return
        super().keyPressEvent(event)

    def retranslate(self) -> None:
        self.line.setPlaceholderText(_("or type coordinates, Enter"))
        self.line.setAccessibleName(_("Coordinates of the point"))
        self.line.setToolTip(_("Degrees, X and Y of VN-2000 or UTM, or a map link."))
        self.purpose.setAccessibleName(_("What the shape shows"))
        self.save.setText(_("Save (Enter)"))
        self.copy.setText(_("Copy the figure"))
        self.change.setText(_("Change the corners"))
        self.trash.setText(_("To the trash"))

    def _type(self) -> None:
        if self.line.text().strip():
            self.typed.emit(self.line.text())

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(1)
        for label in (self.instruction, self.figure, self.remarks):
            words.addWidget(label)
        words.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 5, 12, 5)
        layout.addLayout(words, 1)
        for widget in (
            self.purpose,
            self.line,
            self.copy,
            self.change,
            self.trash,
            self.save,
            self.leave,
        ):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
