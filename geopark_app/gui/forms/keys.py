"""Keys that work only while the focus is inside a widget."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def add_key(
    widget: QWidget,
    keys: str | QKeySequence | QKeySequence.StandardKey,
    deed: Callable[[], object],
    *,
    with_children: bool = True,
) -> QShortcut:
    """Do `deed` on these keys in a widget, and in the widgets inside unless told otherwise."""
    shortcut = QShortcut(QKeySequence(keys), widget)
    # WORKAROUND: PySide6 6.11 ignores `context` as an argument of the constructor.
    shortcut.setContext(
        Qt.ShortcutContext.WidgetWithChildrenShortcut
        if with_children
        else Qt.ShortcutContext.WidgetShortcut
    )
    # The deed may have defaults of its own; the signal brings nothing.
    shortcut.activated.connect(lambda: deed())
    return shortcut
