"""Records and steps for tests, with only what the test is about spelled out."""

import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.kinds import Photo, Site
from geopark_app.domain.position import Position
from geopark_app.operations.context import AppContext
from geopark_app.store.new_keys import new_uuid

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=VIETNAM)
_numbers = itertools.count(1)


def fixed_clock() -> datetime:
    """Give one instant: nothing may depend on time going on."""
    return NOON


class SteppingClock:
    """A clock that goes on by a second at each look, or to wherever a test sets it."""

    def __init__(self, start: datetime = NOON) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def make_site(**fields: Any) -> Site:
    """Give a site with a key, a code and a name, and what the test says."""
    given = {"uuid": new_uuid(), "code": f"T-{next(_numbers):03}", "name_vi": "Hang Gió"}
    return Site(**{**given, **fields})


def make_photo(**fields: Any) -> Photo:
    """Give a photo record without files."""
    return Photo(**{"uuid": new_uuid(), "file_name": "1.jpg", **fields})


def make_position(lon: float = 106.761, lat: float = 21.853, **fields: Any) -> Position:
    """Give a position near the town of Lạng Sơn."""
    return Position(lon=lon, lat=lat, **fields)


def put(context: AppContext, *records: Any, reason: str = "test step") -> None:
    """Save records as one step."""
    with context.work(reason) as work:
        for record in records:
            work.put(record)


@contextmanager
def raw(catalogue_folder: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection as another program makes one, committed at the end."""
    with closing(sqlite3.connect(catalogue_folder / "catalogue.sqlite")) as connection:
        yield connection
        connection.commit()


def rows(catalogue_folder: Path, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """Give the rows of a query, read as another program reads them."""
    with raw(catalogue_folder) as connection:
        return connection.execute(query, values).fetchall()


def op_count(catalogue_folder: Path) -> int:
    """Give how many operations the log has."""
    return int(rows(catalogue_folder, "SELECT count(*) FROM op")[0][0])


def content_of(catalogue_folder: Path) -> str:
    """Give everything in the tables a refused command must leave alone, as one text."""
    with raw(catalogue_folder) as connection:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            )
        ]
        tables = [
            (name, connection.execute(f'SELECT * FROM "{name}"').fetchall()) for name in names
        ]
    return repr(tables)
