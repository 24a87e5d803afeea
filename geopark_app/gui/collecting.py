"""Python's collector of unused objects, run on the thread of the window only.

WORKAROUND: the collector runs on whichever thread makes the next object. In a worker thread it may
find a dead widget and destroy it there, and Qt dies of it (a segmentation fault, measured in the
tests). So the automatic collector is off while a window lives, and a timer of the window's thread
collects what is due.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_EVERY_MS = 1_000


class WindowThreadCollector(QObject):
    """Collects on the thread it was made on, as long as it lives."""

    def __init__(self, parent: QObject) -> None:
        """Take the collector over."""
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self)
        timer.timeout.connect(collect_what_is_due)
        timer.start(_LOOK_EVERY_MS)


def collect_what_is_due() -> None:
    """Collect the oldest generation whose count is over its threshold, as Python itself would."""
    due = [
        generation
        for generation, (count, threshold) in enumerate(
            zip(gc.get_count(), gc.get_threshold(), strict=True)
        )
        if count > threshold > 0
    ]
    if due:
        gc.collect(due[-1])
