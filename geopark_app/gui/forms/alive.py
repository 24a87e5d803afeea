"""Calling back only while the screen that asked still exists."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import isValid


def while_alive(owner: QObject, deed: Callable[[Any], object]) -> Callable[[Any], None]:
    """Give a callback that does nothing when `owner` is gone, as after closing a catalogue."""

    def call(result: Any) -> None:
        if isValid(owner):
            deed(result)

    return call
