"""The editor of long and nested vocabularies: a line to type into, a button for the whole tree."""

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QLineEdit, QToolButton, QWidget

from geopark_app.domain.declaration import FieldSpec
from geopark_app.domain.text import fold
from geopark_app.gui import theme
from geopark_app.gui.forms.choice_box import Options
from geopark_app.gui.forms.editor import OneTextEditor, Option
from geopark_app.gui.forms.swatches import swatch
from geopark_app.gui.icons import icon
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick

LONG = 15
"""Vocabularies with more terms than this, and nested ones, are typed into."""
_KEY_ROLE = int(Qt.ItemDataRole.UserRole)
_SHOWN = 14
_BESIDE, _WIDEST = 40, 560


def is_long(options: Options) -> bool:
    """Say whether choosing is easier by typing."""
    terms = options()
    return len(terms) > LONG or any(option.depth for option in terms)


class TermEditor(OneTextEditor):
    """One term, found by typing a part of its name with or without accents, or in the tree.

    Down in the line, or the button, opens the tree of all terms; Enter takes the term marked.
    """

    def __init__(self, spec: FieldSpec, options: Options, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self._load = options
        self._options: list[tuple[Option, str]] = []
        self._matching = QStandardItemModel(self)
        self.line = QLineEdit()
        self.line.setObjectName(f"field-{spec.name}")
        self.line.setClearButtonEnabled(True)
        self._swatch: QAction | None = None
        self.button = QToolButton()
        self.button.setIcon(icon("menu-down"))
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(lambda: self.show_tree())
        self._completer = QCompleter(self._matching, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self.line)
        self._completer.setMaxVisibleItems(_SHOWN)
        self._completer.activated[QModelIndex].connect(self._pick)  # type: ignore[index]
        self.line.textEdited.connect(self._edited)
        self.line.textChanged.connect(self._cleared)
        self.line.editingFinished.connect(self._finished)
        down = QAction(self.line)
        down.setShortcuts([QKeySequence("Down"), QKeySequence("Alt+Down")])
        down.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        down.triggered.connect(lambda: self.show_tree())
        self.line.addAction(down)
        self.hold(self.line)
        self.row.addWidget(self.button)
        self.retranslate()

    # What is offered --------------------------------------------------------------------------

    def _edited(self, text: str) -> None:
        wanted = fold(text).split()
        self._offer([(o, path) for o, path in self._options
                     if all(word in _folded(o) for word in wanted)], is_tree=False)  # fmt: skip
        if not text.strip():
            self._popup().hide()
        self.typed.emit()

    def show_tree(self) -> None:
        """Open all terms, each below the one it belongs to, at the one chosen."""
        if self.line.isReadOnly():
            return
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._offer(self._options, is_tree=True)
        key = self.typed_text()
        for row in range(self._matching.rowCount()):
            index = self._matching.index(row, 0)
            if index.data(_KEY_ROLE) == key:
                self._mark(row)

    def _offer(self, options: list[tuple[Option, str]], *, is_tree: bool) -> None:
        self._matching.clear()
        for option, path in options:
            name = option.label()
            words = "\u2003" * option.depth + name if is_tree else name
            item = QStandardItem(words if is_tree or not path else f"{name} · {path}")
            item.setIcon(swatch(option.colour) or QIcon())
            item.setData(option.key, _KEY_ROLE)
            self._matching.appendRow(item)
        if options:
            self._completer.complete(self._place_of_popup())
            self._mark(0)
        else:
            self._popup().hide()

    def _place_of_popup(self) -> QRect:
        """Give the popup room for whole names, whatever the width of the line."""
        needed = self._popup().sizeHintForColumn(0) + theme.scaled(_BESIDE)
        width = max(self.line.width(), min(needed, theme.scaled(_WIDEST)))
        # A rectangle without height would count as none.
        return QRect(0, self.line.height() - 1, width, 1)

    def _mark(self, row: int) -> None:
        index = self._completer.completionModel().index(row, 0)
        self._popup().setCurrentIndex(index)
        self._popup().scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def offered(self) -> list[str]:
        """Give the keys now offered."""
        return [str(self._matching.item(row).data(_KEY_ROLE))
                for row in range(self._matching.rowCount())]  # fmt: skip

    def _popup(self) -> QAbstractItemView:
        popup = self._completer.popup()
        assert popup is not None
        return popup

    # What is taken ----------------------------------------------------------------------------

    def _pick(self, index: QModelIndex) -> None:
        self._popup().hide()
        self.show_text(str(index.data(_KEY_ROLE) or ""))
        self.typed.emit()
        self.left.emit()

    def _cleared(self, text: str) -> None:
        # The little cross clears without textEdited.
        if not text and self.line.hasFocus() and self.line.isModified():
            self.typed.emit()
        if not text:
            self._show_colour("")

    def _finished(self) -> None:
        if not self._popup().isVisible():
            self.show_text(self.typed_text())
            self.left.emit()

    def show_text(self, text: str) -> None:
        option = next((o for o, _path in self._options if o.key == text), None)
        label = text if option is None else option.label()
        if label != self.line.text():
            self.line.setText(label)
            self.line.setCursorPosition(0)
        self._show_colour(option.colour if option is not None else "")

    def _show_colour(self, colour: str) -> None:
        if self._swatch is not None:
            self.line.removeAction(self._swatch)
            self._swatch.deleteLater()
            self._swatch = None
        shown = swatch(colour)
        if shown is not None:
            self._swatch = QAction(shown, "", self)
            self.line.addAction(self._swatch, QLineEdit.ActionPosition.LeadingPosition)

    def typed_text(self) -> str:
        """Give the key where one term is meant; else the text as typed, which is then refused."""
        text = self.line.text().strip()
        exact = [o for o, _path in self._options if text in {o.label(), o.key}]
        names = exact or [o for o, _path in self._options if text and fold(text) in _names(o)]
        words = fold(text).split()
        parts = names or [
            o for o, _path in self._options if words and all(w in _folded(o) for w in words)
        ]
        return parts[0].key if names or len(parts) == 1 else text

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)
        self.button.setEnabled(not read_only)

    def retranslate(self) -> None:
        self.line.setPlaceholderText(_("Type a part of the name"))
        self.button.setToolTip(_("Show all terms"))
        self.button.setAccessibleName(_("Show all terms"))
        key = self.typed_text()
        path: list[str] = []
        self._options = []
        for option in self._load():
            del path[option.depth :]
            self._options.append((option, " › ".join(path)))
            path.append(pick(option.label_vi, option.label_en) or option.key)
        self.show_text(key)


def _folded(option: Option) -> str:
    return fold(f"{option.label_vi} {option.label_en} {option.note} {option.key}")


def _names(option: Option) -> set[str]:
    return {fold(option.label_vi), fold(option.label_en), fold(option.label())}
