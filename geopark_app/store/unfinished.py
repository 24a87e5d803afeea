"""What a creation killed halfway leaves behind: it may be cleared away, anything else may not."""

import sqlite3
from contextlib import closing
from pathlib import Path

from geopark_app.store.engine import APPLICATION_ID, plain_reader
from geopark_app.store.folder import FOLDERS, MARKER_SUFFIX

_DATABASE = "catalogue.sqlite"


def is_unfinished(root: Path) -> bool:
    """Say whether a folder holds nothing but a catalogue that was never finished.

    A catalogue whose `.geopark` file was lost is not unfinished: it has a person's saves or files.
    """
    entries = list(root.iterdir()) if root.is_dir() else []
    return bool(entries) and all(_is_left_over(entry) for entry in entries)


def _is_left_over(entry: Path) -> bool:
    if entry.name in FOLDERS:
        return entry.is_dir() and not any(entry.iterdir())
    if entry.name == _DATABASE:
        return _has_no_person_s_save(entry)
    is_marker_begun = entry.name.startswith(".") and f"{MARKER_SUFFIX}." in entry.name
    return is_marker_begun or entry.name in {f"{_DATABASE}-wal", f"{_DATABASE}-shm"}


def _has_no_person_s_save(database: Path) -> bool:
    try:
        with closing(plain_reader(database)) as connection:
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if tables == 0:
                return True
            (program,) = connection.execute("PRAGMA application_id").fetchone()
            (saves,) = connection.execute("SELECT count(*) FROM txn WHERE sig <> ''").fetchone()
    except sqlite3.Error:
        return False
    return bool(program == APPLICATION_ID and saves == 0)
