"""A combo box of options: a tree drawn by its depth, colours beside the names."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem

from geopark_app.gui.forms.editor import Option
from geopark_app.gui.forms.swatches import swatch
from geopark_app.gui.forms.text_editors import WheelGuard

Options = Callable[[], Sequence[Option]]
DEPTH_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class _Indented(QStyledItemDelegate):
    """Draws each option as deep as it stands in its tree; the text itself stays the name alone."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        option.text = "\u2003" * int(index.data(DEPTH_ROLE) or 0) + option.text


class ChoiceBox(QComboBox):
    """A combo box of options with a first line for "nothing"; the wheel never changes it."""

    def __init__(self, options: Options, nothing: Callable[[], str] | None = None) -> None:
        super().__init__()
        self._options = options
        self._nothing = nothing
        self.by_popup = False
        self._only: frozenset[str] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setMaxVisibleItems(20)
        self.setItemDelegate(_Indented(self))
        self._guard = WheelGuard(self)
        self.installEventFilter(self._guard)
        self.refill()

    def refill(self) -> None:
        """Write the options anew and keep the choice."""
        chosen = self.key()
        was_blocked = self.blockSignals(True)
        self.clear()
        self.addItem(self._nothing() if self._nothing else "", "")
        for option in self._options():
            if self._only is not None and option.key not in self._only:
                continue
            self._add(option)
        self.choose(chosen)
        self.blockSignals(was_blocked)

    def _add(self, option: Option) -> None:
        self.addItem(option.label(), option.key)
        at = self.count() - 1
        icon = swatch(option.colour)
        if icon is not None:
            self.setItemIcon(at, icon)
        self.setItemData(at, option.depth, DEPTH_ROLE)

    def limit(self, keys: Sequence[str]) -> None:
        """Offer only these keys."""
        if self._only != frozenset(keys):
            self._only = frozenset(keys)
            self.refill()

    def choose(self, key: str) -> None:
        """Show this key; one this laptop does not know is kept and shown as it is."""
        at = self.findData(key)
        if at < 0:
            self.addItem(key, key)
            at = self.count() - 1
        self.setCurrentIndex(at)

    def key(self) -> str:
        """Give the key chosen, or an empty text."""
        return str(self.currentData() or "")

    def showPopup(self) -> None:
        self.by_popup = True
        super().showPopup()
