"""Ctrl-C as a wish to stop at the next item, so that nothing is left half written."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from geopark_app.domain.progress import CancelToken


@contextmanager
def cancel_on_interrupt() -> Iterator[CancelToken]:
    """Give a token that Ctrl-C sets while the block runs."""
    cancel = CancelToken()
    before = signal.signal(signal.SIGINT, lambda *_: cancel.cancel())
    try:
        yield cancel
    finally:
        signal.signal(signal.SIGINT, before)
