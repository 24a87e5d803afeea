"""Editors of choices: terms of a vocabulary, yes or no, references found by typing."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QStringListModel
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QCompleter,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from geopark_app.domain.declaration import FieldSpec
from geopark_app.domain.text import fold
from geopark_app.gui.forms.choice_box import ChoiceBox, Options
from geopark_app.gui.forms.editor import OneTextEditor, Option
from geopark_app.gui.forms.text_editors import STAYING
from geopark_app.i18n import gettext as _

_MOST_SHOWN = 200


class ChoiceEditor(OneTextEditor):
    """One term of a vocabulary, or none."""

    def __init__(self, spec: FieldSpec, options: Options, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self.box = ChoiceBox(options)
        self.box.setObjectName(f"field-{spec.name}")
        self.box.activated.connect(self._chosen)
        self.box.installEventFilter(self)
        self.hold(self.box)

    def _chosen(self) -> None:
        self.typed.emit()
        # Arrow keys in the closed box pass over terms: they are one choice, made on leaving.
        if self.box.by_popup:
            self.box.by_popup = False
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_popup = isinstance(event, QFocusEvent) and event.reason() in STAYING
        if isinstance(event, QFocusEvent) and event.lostFocus() and not is_popup:
            self.left.emit()
        return super().eventFilter(watched, event)

    def show_text(self, text: str) -> None:
        self.box.choose(text)

    def typed_text(self) -> str:
        return self.box.key()

    def retranslate(self) -> None:
        self.box.refill()


class YesNoEditor(OneTextEditor):
    """Yes, no, or not known."""

    _KEYS = ("true", "false", "")

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QRadioButton] = {}
        for key in self._KEYS:
            button = QRadioButton()
            button.setObjectName(f"field-{spec.name}-{key or 'unknown'}")
            self._group.addButton(button)
            self.buttons[key] = button
            self.hold(button, 0)
        self.row.setSpacing(14)
        self.row.addStretch(1)
        self._group.buttonClicked.connect(self._clicked)
        self.retranslate()
        self.show_text("")

    def _clicked(self) -> None:
        self.typed.emit()
        self.left.emit()

    def show_text(self, text: str) -> None:
        self.buttons.get(text, self.buttons[""]).setChecked(True)

    def typed_text(self) -> str:
        return next((key for key in self._KEYS if self.buttons[key].isChecked()), "")

    def retranslate(self) -> None:
        self.buttons["true"].setText(_("Yes"))
        self.buttons["false"].setText(_("No"))
        self.buttons[""].setText(_("Not known"))


class ReferenceEditor(OneTextEditor):
    """Another record, found by typing a part of its name with or without accents.

    All names are read when somebody types; to show one record, `one` is asked for it alone.
    """

    def __init__(
        self,
        spec: FieldSpec,
        options: Options,
        parent: QWidget | None = None,
        *,
        one: Callable[[str], Option | None] | None = None,
    ) -> None:
        super().__init__(spec, parent)
        self._load = options
        self._one = one
        self._read: Sequence[Option] | None = None
        self._shown_key, self._shown_label = "", ""
        self._names = QStringListModel(self)
        self.line = QLineEdit()
        self.line.setObjectName(f"field-{spec.name}")
        self.line.setClearButtonEnabled(True)
        self._completer = QCompleter(self._names, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self.line)
        self._completer.setMaxVisibleItems(12)
        self._completer.activated.connect(self.pick)
        self.line.textEdited.connect(self._edited)
        self.line.textChanged.connect(self._cleared)
        self.line.editingFinished.connect(self._finished)
        self.hold(self.line)
        self.retranslate()

    @property
    def _options(self) -> Sequence[Option]:
        if self._read is None:
            self._read = self._load()
        return self._read

    def _edited(self, text: str) -> None:
        self._offer(text)
        self.typed.emit()

    def _cleared(self, text: str) -> None:
        # The little cross clears without textEdited.
        if not text and self.line.hasFocus() and self.line.isModified():
            self.typed.emit()

    def _offer(self, text: str) -> None:
        wanted = fold(text).split()
        names = [
            option.label()
            for option in self._options
            if all(word in fold(f"{option.label()} {option.key}") for word in wanted)
        ]
        self._names.setStringList(names[:_MOST_SHOWN])
        if names and text:
            self._completer.complete()
        else:
            self._popup().hide()

    def offered(self) -> list[str]:
        """Give the names now offered."""
        return self._names.stringList()

    def pick(self, label: str) -> None:
        """Take one of the names offered."""
        self._popup().hide()
        self.line.setText(label)
        self.typed.emit()
        self.left.emit()

    def _finished(self) -> None:
        if not self._popup().isVisible():
            self.left.emit()

    def _popup(self) -> QAbstractItemView:
        popup = self._completer.popup()
        assert popup is not None
        return popup

    def show_text(self, text: str) -> None:
        option = self._option(text) if text else None
        label = text if option is None else option.label()
        self._shown_key, self._shown_label = text, label.strip()
        if label != self.line.text():
            self.line.setText(label)
            self.line.setCursorPosition(0)

    def _option(self, key: str) -> Option | None:
        if self._read is None and self._one is not None:
            return self._one(key)
        return next((option for option in self._options if option.key == key), None)

    def typed_text(self) -> str:
        """Give the key where one option is meant; else the text as typed."""
        text = self.line.text().strip()
        if text == self._shown_label:
            return self._shown_key
        exact = [o for o in self._options if text in {o.label(), o.key}]
        meant = exact or [o for o in self._options if text and fold(o.label()) == fold(text)]
        return meant[0].key if len(meant) == 1 else text

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)

    def reload(self) -> None:
        """Read the options anew, as when a colleague has added one."""
        key = self.typed_text()
        self._read = None
        self.show_text(key)

    def retranslate(self) -> None:
        self.line.setPlaceholderText(_("Type a part of the name"))
        self.reload()
