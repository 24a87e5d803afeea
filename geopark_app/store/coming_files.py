"""Files on their way into the store: after a kill, those that no record names are cleared away.

A file is stored before its record, so that a record always has its file. A note beside the store
names the files of one save before they are written; it goes when the save is done. A note whose
writer is dead tells what to look at.
"""

import contextlib
import json
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock, Timeout

from geopark_app.store.engine import reading
from geopark_app.store.files import FileStore
from geopark_app.store.tables import RECORD_TABLES
from geopark_app.store.writing_files import translated_os_errors, write_atomically

_NOTES = ".coming-*.json"
_LOCKS = ".coming-*.lock"


@contextmanager
def coming_files(files: FileStore, engine: sa.Engine, names: Iterable[str]) -> Iterator[None]:
    """Store files and their records inside this block, or leave no file of them.

    Parameters
    ----------
    files, engine
        Of the catalogue.
    names
        SHA-256 of everything about to be stored.
    """
    wanted = sorted(set(names))
    note = files.root / f".coming-{secrets.token_hex(8)}.json"
    lock = FileLock(note.with_suffix(".lock"))
    with translated_os_errors(note):
        lock.acquire(timeout=0)
    try:
        content = {"new": [name for name in wanted if not files.has(name)], "used": wanted}
        write_atomically(note, json.dumps(content).encode("ascii"))
        try:
            yield
        except BaseException:
            _clear(files, engine, content["new"], _named_by_others(files, note))
            raise
        finally:
            _remove(note)
    finally:
        lock.release()
        _remove(note.with_suffix(".lock"))


def clear_left_files(files: FileStore, engine: sa.Engine) -> int:
    """Remove what writers that were killed left without a record, and say how many files."""
    cleared = 0
    # The lock comes before the note and goes after it.
    for locked in sorted(files.root.glob(_LOCKS)):
        note, lock = locked.with_suffix(".json"), FileLock(locked)
        try:
            lock.acquire(timeout=0)
        except (Timeout, OSError):
            # Its writer is alive, or the medium cannot be written.
            continue
        try:
            cleared += _clear(files, engine, _read(note)["new"], _named_by_others(files, note))
            for left in (note, *files.root.glob(f".{note.name}.*.part")):
                _remove(left)
        finally:
            lock.release()
            _remove(locked)
    return cleared


def _clear(files: FileStore, engine: sa.Engine, names: Iterable[str], others: set[str]) -> int:
    wanted = set(names) - others
    left = wanted - _named_by_records(engine, wanted) if wanted else set()
    cleared = 0
    for name in sorted(left):
        path = files.path_of(name)
        cleared += path.is_file()
        _remove(path)
        for part in (*files.root.glob(f".{name}.*.part"), *path.parent.glob(f".{name}.*.part")):
            _remove(part)
    return cleared


def _named_by_records(engine: sa.Engine, names: set[str]) -> set[str]:
    """Give which of the files some record names, also one in the trash."""
    found: set[str] = set()
    with reading(engine) as connection:
        for table in RECORD_TABLES.values():
            for column in table.c:
                if column.name.endswith("sha256"):
                    query = sa.select(column).where(column.in_(names))
                    found.update(connection.scalars(query))
    return found


def _named_by_others(files: FileStore, own: Path) -> set[str]:
    notes = (note for note in files.root.glob(_NOTES) if note != own)
    return {name for note in notes for name in _read(note)["used"]}


def _read(note: Path) -> dict[str, list[str]]:
    """Give what a note says; one that cannot be read names nothing, so nothing is removed."""
    nothing: dict[str, list[str]] = {"new": [], "used": []}
    try:
        content = json.loads(note.read_bytes())
        return {key: [str(name) for name in content[key]] for key in nothing}
    except (OSError, ValueError, KeyError, TypeError):
        return nothing


def _remove(path: Path) -> None:
    # What cannot be removed now (Windows, a virus scanner) is removed at the next opening.
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
