"""What every editor of a field is: it gives back what a person typed, and never rewrites it."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from geopark_app.domain.declaration import FieldSpec
from geopark_app.domain.text import nfc
from geopark_app.i18n import pick
from geopark_app.wording.ages import ages_words

TypedValues = Mapping[str, str]
"""Typed text by field name, or by `field.part` for the parts of a composite value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing that can be chosen: its key, its names in both languages, its depth in a tree.

    A geological age also has its colour on the international chart and its span in Ma.
    """

    key: str
    label_vi: str = ""
    label_en: str = ""
    note: str = ""
    depth: int = 0
    colour: str = ""
    begin_ma: float | None = None
    end_ma: float | None = None

    def label(self) -> str:
        """Give the name in the language of the window, with its note; else the key."""
        name = pick(self.label_vi, self.label_en) or self.key
        note = self.note or ages_words(self.begin_ma, self.end_ma)
        return nfc(f"{name} ({note})" if note else name)


class FieldEditor(QWidget):
    """The editor of one field. It speaks typed text in and out; rules are elsewhere.

    Signals
    -------
    typed()
        The person has changed something. Never emitted by `show_values`.
    left()
        The person has left the field or made a choice: time for the save.
    """

    typed = Signal()
    left = Signal()

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(4)

    def hold(self, widget: QWidget, stretch: int = 1) -> None:
        """Put the inner widget in its place; the first one receives the focus of the editor."""
        self.row.addWidget(widget, stretch)
        if self.focusProxy() is None:
            self.setFocusProxy(widget)

    def entry(self) -> QWidget:
        """Give the widget that receives the typing."""
        widget: QWidget = self
        while (inner := widget.focusProxy()) is not None:
            widget = inner
        return widget

    def show_values(self, values: TypedValues) -> None:
        """Show the text of the stored value, or of a draft."""
        raise NotImplementedError

    def typed_values(self) -> TypedValues:
        """Give what stands in the editor, as the declaration's parser reads it."""
        raise NotImplementedError

    def set_read_only(self, read_only: bool) -> None:
        """Allow or refuse typing."""
        self.setEnabled(not read_only)

    def retranslate(self) -> None:
        """Write the words anew in the language of the window."""


class OneTextEditor(FieldEditor):
    """An editor whose value is one text."""

    def show_values(self, values: TypedValues) -> None:
        self.show_text(values.get(self.spec.name, ""))

    def typed_values(self) -> TypedValues:
        return {self.spec.name: self.typed_text()}

    def show_text(self, text: str) -> None:
        """Show the text of the value."""
        raise NotImplementedError

    def typed_text(self) -> str:
        """Give the text of the value."""
        raise NotImplementedError
