"""MBTiles: foreign SQLite files of tiles, read with limits and never written."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError

LARGEST_TILE = 8 * 1024 * 1024
"""No tile of an office map is larger; a row beyond it is refused by SQLite itself."""

_MAGIC = b"SQLite format 3\0"
_STEPS_PER_CALL = 10_000
# One lookup takes some hundred steps of SQLite's machine, a count some twenty for each tile.
_MOST_STEPS_LOOKUP = 5_000_000
_MOST_STEPS_COUNT = 100_000_000
_MOST_METADATA = 500
_TILE = "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?"


class MbtilesReader:
    """Reads one MBTiles file; rows are counted from the south, as they lie in it.

    The file is opened read-only and immutable: nothing is locked, nothing written beside it. A
    view or trigger in it cannot call functions, and every question has a limit of steps.
    """

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises
        ------
        GeoparkError
            REFUSED_FILE: no database, or one without tiles.
        """
        self._path = path
        self._lock = threading.Lock()
        self._steps_left = 0
        try:
            with path.open("rb") as file:
                head = file.read(16)
        except OSError as error:
            raise GeoparkError(ErrorCode.NOT_FOUND, path=path) from error
        if head != _MAGIC:
            raise _refused("tiles-no-database")
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        with _translated():
            self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        try:
            self._harden()
            self._columns()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "MbtilesReader":
        """Give the reader."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def metadata(self) -> dict[str, str]:
        """Give the table of names and values; empty where there is none."""
        with self._asking(_MOST_STEPS_LOOKUP):
            try:
                rows = self._connection.execute(
                    "SELECT name, value FROM metadata LIMIT ?", (_MOST_METADATA,)
                ).fetchall()
            except sqlite3.OperationalError:
                return {}
        return {_text(name).strip().lower(): _text(value) for name, value in rows}

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Give the bytes of a tile, None where there is none.

        Raises
        ------
        GeoparkError
            REFUSED_FILE when this place of the file is damaged.
        """
        with self._asking(_MOST_STEPS_LOOKUP):
            found = self._connection.execute(_TILE, (zoom, column, row)).fetchone()
        if found is None or found[0] is None:
            return None
        return found[0] if isinstance(found[0], bytes) else _text(found[0]).encode()

    def has_tile(self, zoom: int, column: int, row: int) -> bool:
        """Say whether there is a tile that is not empty."""
        question = _TILE.replace("tile_data", "length(tile_data)")
        with self._asking(_MOST_STEPS_LOOKUP):
            found = self._connection.execute(question, (zoom, column, row)).fetchone()
        return bool(found and found[0])

    def blocks(self) -> list[tuple[int, int, int, int, int, int]]:
        """Give for each zoom: zoom, tiles, first and last column, first and last row."""
        with self._asking(_MOST_STEPS_COUNT):
            rows = self._connection.execute(
                "SELECT zoom_level, count(*), min(tile_column), max(tile_column), min(tile_row),"
                " max(tile_row) FROM tiles GROUP BY zoom_level ORDER BY zoom_level"
            ).fetchmany(64)
        try:
            return [tuple(int(value) for value in row) for row in rows]  # type: ignore[misc]
        except (TypeError, ValueError) as error:
            raise _refused("tiles-columns") from error

    def all_tiles(self) -> Iterator[tuple[int, int, int, bytes | None]]:
        """Give every tile as it lies in the file: zoom, column, row, bytes; for checking."""
        with self._asking(_MOST_STEPS_COUNT):
            for zoom, column, row, data in self._connection.execute(
                "SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles"
            ):
                if not all(isinstance(value, int) for value in (zoom, column, row)):
                    raise _refused("tiles-columns")
                yield zoom, column, row, data if isinstance(data, bytes) else None

    def is_indexed(self) -> bool:
        """Say whether a tile is found without reading all of them."""
        with self._asking(_MOST_STEPS_LOOKUP):
            plan = self._connection.execute(f"EXPLAIN QUERY PLAN {_TILE}", (0, 0, 0)).fetchall()
        return all("SCAN" not in str(row[3]) for row in plan)

    def _harden(self) -> None:
        connection = self._connection
        connection.text_factory = lambda raw: raw.decode("utf-8", errors="replace")
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_TILE)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.set_progress_handler(self._count_steps, _STEPS_PER_CALL)
        with self._asking(_MOST_STEPS_LOOKUP):
            for setting in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON",
                            "mmap_size = 0", "temp_store = MEMORY"):  # fmt: skip
                connection.execute(f"PRAGMA {setting}")

    def _columns(self) -> None:
        with self._asking(_MOST_STEPS_LOOKUP):
            try:
                self._connection.execute(_TILE, (0, 0, 0)).fetchone()
            except sqlite3.OperationalError as error:
                if "no such" in str(error):
                    raise _refused("tiles-no-table") from error
                raise

    def _count_steps(self) -> int:
        self._steps_left -= _STEPS_PER_CALL
        return self._steps_left < 0

    @contextmanager
    def _asking(self, most_steps: int) -> Iterator[None]:
        with self._lock:
            self._steps_left = most_steps
            with _translated():
                yield


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        raise _refused("tiles-no-database" if name == "SQLITE_NOTADB" else "tiles-damaged") from (
            error
        )


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    return "" if value is None else str(value)


def _refused(reason: str) -> GeoparkError:
    return GeoparkError(ErrorCode.REFUSED_FILE, reason=reason)
