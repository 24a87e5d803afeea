"""Files are written to a temporary name, flushed, then renamed: never half there."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError

_UNFINISHED_AGE_S = 24 * 3600
_BY_ERRNO = {
    errno.ENOSPC: ErrorCode.DISK_FULL,
    errno.EDQUOT: ErrorCode.DISK_FULL,
    errno.EROFS: ErrorCode.READ_ONLY,
    errno.EACCES: ErrorCode.NO_PERMISSION,
    errno.EPERM: ErrorCode.NO_PERMISSION,
    errno.ENOENT: ErrorCode.NOT_FOUND,
    errno.ENOTDIR: ErrorCode.NOT_FOUND,
    errno.EEXIST: ErrorCode.FOLDER_NOT_EMPTY,
    errno.EISDIR: ErrorCode.NO_PERMISSION,
    errno.ENAMETOOLONG: ErrorCode.NO_PERMISSION,
    errno.EIO: ErrorCode.NO_PERMISSION,
    errno.ENODEV: ErrorCode.NOT_FOUND,
    errno.ENXIO: ErrorCode.NOT_FOUND,
    errno.ESTALE: ErrorCode.NOT_FOUND,
}


@contextmanager
def translated_os_errors(path: Path) -> Iterator[None]:
    """Turn troubles of disk and permission into `GeoparkError`; bugs stay bugs."""
    try:
        yield
    except OSError as error:
        code = _BY_ERRNO.get(error.errno or 0)
        if code is None:
            raise
        raise GeoparkError(code, path=path, reason=error.strerror or "") from error


def write_atomically(path: Path, content: bytes, *, flush_to_disk: bool = True) -> None:
    """Write a file whole or not at all.

    Parameters
    ----------
    path
        The final name; an older file of that name is replaced.
    content
        The bytes.
    flush_to_disk
        Whether the bytes must survive a power cut once this returns.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    with translated_os_errors(path):
        try:
            with temporary.open("xb") as file:
                file.write(content)
                file.flush()
                if flush_to_disk:
                    os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    if flush_to_disk:
        sync_folder(path.parent)


def clear_unfinished(folder: Path, now: datetime) -> None:
    """Remove what a killed program left half written in a folder, a day ago or longer."""
    with translated_os_errors(folder):
        for left in folder.glob(".*.part"):
            if left.is_file() and now.timestamp() - left.stat().st_mtime > _UNFINISHED_AGE_S:
                left.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder durable, where the system can (not on Windows)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
