"""One exchange of a catalogue at a time: the window's and a scheduled command's never mix."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.store.folder import CatalogueFolder
from geopark_app.store.writing_files import translated_os_errors


@contextmanager
def exchanging(folder: CatalogueFolder) -> Iterator[None]:
    """Hold the exchange of a catalogue for a block.

    Raises
    ------
    GeoparkError
        LOCKED while another program exchanges it.
    """
    with translated_os_errors(folder.cache_dir):
        folder.cache_dir.mkdir(exist_ok=True)
        lock = FileLock(folder.cache_dir / "exchange.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise GeoparkError(ErrorCode.LOCKED, path=folder.root) from error
    try:
        yield
    finally:
        lock.release()
