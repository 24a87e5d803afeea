"""A folder that appears whole or not at all: built beside its place, then renamed."""

import glob
import hashlib
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.store.writing_files import sync_folder, translated_os_errors

_PART = ".part"


def check_new_folder(out: Path) -> None:
    """Refuse a place where something lies already, before any work.

    Raises
    ------
    GeoparkError
        FOLDER_NOT_EMPTY, or an environment code when it cannot be looked at.
    """
    with translated_os_errors(out):
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise GeoparkError(ErrorCode.FOLDER_NOT_EMPTY, path=out)


@contextmanager
def built_beside(out: Path) -> Iterator[Path]:
    """Give a temporary folder; it becomes `out` when the block ends well, and goes otherwise.

    What a killed program left beside `out` is removed first.

    Raises
    ------
    GeoparkError
        FOLDER_NOT_EMPTY, LOCKED while another program builds there, or an environment code.
    """
    out = out.absolute()
    name = hashlib.sha256(str(out).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    lock = FileLock(Path(tempfile.gettempdir()) / f"geopark-folder-{name}.lock")
    folder = out.with_name(f".{out.name}.{secrets.token_hex(4)}{_PART}")
    try:
        with translated_os_errors(out), lock.acquire(timeout=0):
            out.parent.mkdir(parents=True, exist_ok=True)
            for left in out.parent.glob(f".{glob.escape(out.name)}.*{_PART}"):
                shutil.rmtree(left, ignore_errors=True)
            check_new_folder(out)
            try:
                folder.mkdir()
                yield folder
                if out.exists():
                    out.rmdir()
                folder.replace(out)
                sync_folder(out.parent)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except Timeout:
        raise GeoparkError(ErrorCode.LOCKED, path=out) from None
