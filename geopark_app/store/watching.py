"""Noticing what other programs wrote: a window sees a command's save within a second."""

import json

import sqlalchemy as sa

from geopark_app.store.catalogue import Catalogue
from geopark_app.store.engine import translated_errors
from geopark_app.store.peers import REJUDGED
from geopark_app.store.tables import AUTHOR, META, OP, RECORD_TABLES


class ChangeWatcher:
    """Watches one catalogue over a connection of its own; close it before the catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Start from the state of now."""
        # Without a transaction: each statement sees the newest state.
        self._connection = catalogue.engine.connect().execution_options(begin_mode=None)
        self._version = self._data_version()
        self._have = self._vector()
        self._rejudged = self._last_rejudged()

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def poll(self) -> frozenset[tuple[str, str]]:
        """Give the records written since the last call by anybody, this window too."""
        version = self._data_version()
        if version == self._version:
            return frozenset()
        self._version = version
        before, self._have = self._have, self._vector()
        touched: set[tuple[str, str]] = set()
        for author, have in self._have.items():
            if have > before.get(author, 0):
                touched.update(self._touched(author, before.get(author, 0)))
        rejudged, self._rejudged = self._rejudged, self._last_rejudged()
        if self._rejudged != rejudged:
            touched.update((name, uuid) for name, uuid in json.loads(self._rejudged))
        return frozenset(touched)

    def _touched(self, author: str, after: int) -> set[tuple[str, str]]:
        rows = self._connection.execute(
            sa.select(OP.c.tbl, OP.c.row_uuid).where(OP.c.author == author, OP.c.seq > after)
        )
        # what a colleague's newer program wrote of kinds this one does not know is shown nowhere
        return {(row.tbl, row.row_uuid) for row in rows if row.tbl in RECORD_TABLES}

    def _last_rejudged(self) -> str:
        with translated_errors():
            query = sa.select(META.c.value).where(META.c.name == REJUDGED)
            return str(self._connection.scalar(query) or "[]")

    def _data_version(self) -> int:
        with translated_errors():
            return int(self._connection.exec_driver_sql("PRAGMA data_version").scalar_one())

    def _vector(self) -> dict[str, int]:
        with translated_errors():
            rows = self._connection.execute(sa.select(AUTHOR.c.author_id, AUTHOR.c.have)).all()
        return {row.author_id: row.have for row in rows}
