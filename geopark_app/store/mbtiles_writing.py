"""A new MBTiles file: written beside its name, flushed, then renamed; half a map is never left."""

import os
import secrets
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.store.writing_files import sync_folder, translated_os_errors

_BATCH = 500
_TABLES = (
    "PRAGMA page_size = 4096",
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA application_id = 0x4d504258",  # what the MBTiles specification asks for
    "CREATE TABLE metadata (name TEXT PRIMARY KEY, value TEXT)",
    "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER,"
    " tile_data BLOB, PRIMARY KEY (zoom_level, tile_column, tile_row)) WITHOUT ROWID",
)


class MbtilesWriter:
    """Takes tiles one after the other; `finish` gives the file its name, else nothing is left."""

    def __init__(self, path: Path) -> None:
        """Begin a file that will be called `path`; an older one stays until `finish`."""
        self._path = path
        self._temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        self._waiting: list[tuple[int, int, int, bytes]] = []
        with translated_os_errors(path), self._temporary.open("xb"):
            pass
        self._connection = sqlite3.connect(self._temporary, isolation_level=None)
        for statement in _TABLES:
            self._connection.execute(statement)
        self._connection.execute("BEGIN")

    def __enter__(self) -> "MbtilesWriter":
        """Give the writer."""
        return self

    def __exit__(self, *_: object) -> None:
        """Take away what was not finished."""
        self._connection.close()
        self._temporary.unlink(missing_ok=True)

    def add(self, zoom: int, column: int, row: int, data: bytes) -> None:
        """Add a tile; the row is counted from the south. A tile added twice is the later one."""
        self._waiting.append((zoom, column, row, data))
        if len(self._waiting) >= _BATCH:
            self._write()

    def describe(self, metadata: Mapping[str, str]) -> None:
        """Write the names and values of the metadata table."""
        self._many("INSERT OR REPLACE INTO metadata VALUES (?, ?)", metadata.items())

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Give a tile that was added before."""
        self._write()
        found = self._connection.execute(
            "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
            (zoom, column, row),
        ).fetchone()
        return None if found is None else bytes(found[0])

    def finish(self) -> None:
        """Flush the file to the disk and give it its name."""
        self._write()
        try:
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise GeoparkError(ErrorCode.DISK_FULL, path=self._path) from error
        self._connection.close()
        with translated_os_errors(self._path):
            with self._temporary.open("rb+") as file:
                os.fsync(file.fileno())
            self._temporary.replace(self._path)
            sync_folder(self._path.parent)

    def _write(self) -> None:
        self._many("INSERT OR REPLACE INTO tiles VALUES (?, ?, ?, ?)", self._waiting)
        self._waiting.clear()

    def _many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        try:
            self._connection.executemany(statement, rows)
        except sqlite3.Error as error:
            # With no journal the only trouble of a private file is the disk under it.
            raise GeoparkError(ErrorCode.DISK_FULL, path=self._path) from error
