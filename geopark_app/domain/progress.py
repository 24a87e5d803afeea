"""Progress of long work and the wish to stop it, known to every room and to no toolkit."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from geopark_app.domain.errors import Cancelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a long work is: `done` of `total` items, and the name of the current one."""

    done: int
    total: int
    current: str = ""


ReportProgress = Callable[[Progress], None]


def no_progress(_: Progress) -> None:
    """Ignore progress: for callers that show none."""


class CancelToken:
    """A wish to stop, set from any thread and checked between items."""

    def __init__(self) -> None:
        """Start without the wish."""
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at the next item."""
        self._event.set()

    @property
    def is_cancelled(self) -> bool:
        """Say whether somebody asked to stop."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise `Cancelled` when somebody asked to stop."""
        if self._event.is_set():
            raise Cancelled
