"""Editors of texts and numbers. Input methods (Telex, VNI) compose undisturbed."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from geopark_app.domain.declaration import FieldSpec
from geopark_app.gui.forms.editor import OneTextEditor

_LEAST_LINES, _MOST_LINES = 3, 12
# A context menu or a completer takes the focus for a moment: the field was not left.
STAYING = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason}


class LineEditor(OneTextEditor):
    """A text of one line, or a number as typed."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self.line = QLineEdit()
        self.line.setObjectName(f"field-{spec.name}")
        # textEdited comes after the input method has committed, and not by setText.
        self.line.textEdited.connect(self.typed)
        self.line.editingFinished.connect(self.left)
        self.hold(self.line)

    def show_text(self, text: str) -> None:
        if text != self.line.text():
            self.line.setText(text)
            self.line.setCursorPosition(0)

    def typed_text(self) -> str:
        return self.line.text()

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)


class GrowingText(QPlainTextEdit):
    """A text of several lines that is as high as its text, within bounds; Tab moves on."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._least = _LEAST_LINES
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def set_lines(self, least: int) -> None:
        """Be at least so many lines high."""
        self._least = least
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(240, self._height(self._least))

    def _height(self, lines: float) -> int:
        # Frame and padding of the style sheet; before the first layout they are not known.
        around = max(self.height() - self.viewport().height(), 2 * self.frameWidth())
        margins = 2 * round(self.document().documentMargin())
        return round(lines * self.fontMetrics().lineSpacing()) + around + margins + 1

    def _fit(self) -> None:
        # The document layout of a plain text counts its height in lines.
        wanted = self.document().size().height()
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded
            if wanted > _MOST_LINES
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self.setFixedHeight(self._height(max(self._least, min(_MOST_LINES, wanted))))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in STAYING:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Return and event.modifiers() & _CONTROL:
            self.left.emit()
            return
        super().keyPressEvent(event)


_CONTROL = Qt.KeyboardModifier.ControlModifier


class LongTextEditor(OneTextEditor):
    """A text of several lines."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self.text = GrowingText()
        self.text.setObjectName(f"field-{spec.name}")
        self._shown = ""
        self.text.textChanged.connect(self._tell)
        self.text.left.connect(self.left)
        self.hold(self.text)

    def _tell(self) -> None:
        # Text still being composed is not in the document, so it is never told half.
        now = self.text.toPlainText()
        if now != self._shown:
            self._shown = now
            self.typed.emit()

    def show_text(self, text: str) -> None:
        if text != self.text.toPlainText():
            self._shown = text
            self.text.setPlainText(text)

    def typed_text(self) -> str:
        return self.text.toPlainText()

    def set_read_only(self, read_only: bool) -> None:
        self.text.setReadOnly(read_only)


class WheelGuard(QObject):
    """Lets the wheel scroll the form instead of changing the choice under the pointer."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)
