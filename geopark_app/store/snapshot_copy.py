"""A copy of the database for a new laptop: without what is this laptop's own, and looked at twice.

A database from outside is not opened like one's own: its tables, triggers and indices must be
letter for letter those this program makes, before anything in them is run.
"""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.store.backup import check_integrity
from geopark_app.store.engine import open_engine, plain_reader, refuse_foreign, translated_errors
from geopark_app.store.migrations import create_tables

_OWN_TABLES = ("draft", "parked", "bundle")
_OWN_META = ("exchanges", "originals")
"""What only says something of the laptop the copy was made on."""


def copy_for_others(database: Path, target: Path) -> None:
    """Write a copy without drafts, waiting bundles and wishes of this laptop, and check it."""
    with translated_errors():
        with closing(plain_reader(database)) as source:
            source.execute("VACUUM INTO ?", (str(target),))
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            # what was deleted must not stay readable in free pages
            copy.execute("PRAGMA secure_delete = ON")
            for table in _OWN_TABLES:
                copy.execute(f"DELETE FROM {table}")
            copy.executemany("DELETE FROM meta WHERE name = ?", [(name,) for name in _OWN_META])
    check_integrity(target)


def refuse_strange_tables(database: Path) -> None:
    """Raise `GeoparkError(BAD_BUNDLE)` unless the tables are exactly those this program makes."""
    refuse_foreign(database)
    with tempfile.TemporaryDirectory(prefix="geopark-tables-") as folder:
        own = Path(folder) / "own.sqlite"
        engine = open_engine(own)
        try:
            create_tables(engine)
        finally:
            engine.dispose()
        if _tables(database) != _tables(own):
            raise GeoparkError(ErrorCode.BAD_BUNDLE, reason="tables")


def _tables(database: Path) -> set[tuple[str, str, str, str]]:
    with translated_errors(), closing(plain_reader(database)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    # SQLite's own tables of numbers and statistics come and go by themselves.
    return {
        (kind, name, table, sql or "")
        for kind, name, table, sql in rows
        if not str(name).startswith("sqlite_")
    }
