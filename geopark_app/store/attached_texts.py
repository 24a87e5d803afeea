"""The text of attached files: an index of its own in the cache, by hash, made again at any time.

It lies beside the catalogue's database and not in it: it is large, it can be made again from the
files, and so it is neither copied every day nor sent to colleagues.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.text import fold, nfc
from geopark_app.store import finding
from geopark_app.store.engine import open_engine, reading, writing
from geopark_app.store.search import SearchHit
from geopark_app.store.search_words import IndexWords, read_words
from geopark_app.store.tables import SEARCH_DDL

ResultT = TypeVar("ResultT")
_log = logging.getLogger(__name__)
NAME = "attached-texts.sqlite"
READER = 1
"""Of the code that takes text out of files; another number has every file read again."""
_MOST_PAGES_COMPARED = 60
_DDL = (
    "CREATE TABLE IF NOT EXISTS file (sha256 TEXT PRIMARY KEY, reader INTEGER, form TEXT, "
    "state TEXT, parts INTEGER, silent INTEGER)",
    SEARCH_DDL.replace("TABLE search_index", "TABLE IF NOT EXISTS search_index"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileState:
    """What is known of the text of one file.

    Attributes
    ----------
    form, state : str
        As the reader told them.
    parts : int
        Pages or pieces with text.
    silent : int
        Pages without a letter.
    """

    form: str
    state: str
    parts: int
    silent: int


class AttachedTexts:
    """The index of one catalogue; opened when it is first asked for."""

    def __init__(self, cache: Path, *, is_read_only: bool) -> None:
        """Keep the index in this folder."""
        self._path = cache / NAME
        self._is_read_only = is_read_only
        self._engine: sa.Engine | None = None
        self._words: tuple[tuple[int, int], IndexWords] | None = None

    def close(self) -> None:
        """Let go of the file."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def states(self) -> dict[str, FileState]:
        """Give what is known, by SHA-256; what an older reader read counts as not read."""
        query = "SELECT sha256, form, state, parts, silent FROM file WHERE reader = :r"
        rows = self._asked(
            lambda connection: connection.execute(sa.text(query), {"r": READER}).all()
        )
        return {
            row[0]: FileState(form=row[1], state=row[2], parts=row[3], silent=row[4])
            for row in rows or ()
        }

    def put(self, sha256: str, state: FileState, parts: Sequence[tuple[str, str]]) -> None:
        """Keep the text of a file; what was known of it before is replaced."""
        with writing(self._opened()) as connection:
            self._drop(connection, sha256)
            connection.execute(
                sa.text("INSERT OR REPLACE INTO file VALUES (:s, :r, :f, :t, :p, :q)"),
                {
                    "s": sha256, "r": READER, "f": state.form, "t": state.state,
                    "p": state.parts, "q": state.silent,
                },
            )  # fmt: skip
            # First pages of all files lie before second pages: a search that stops early has
            # looked into many files.
            owner = int(sha256[:10], 16)
            rows = [
                {"n": (at << 40) | owner, "s": sha256, "place": place, "text": nfc(text),
                 "folded": fold(nfc(text))}
                for at, (place, text) in enumerate(parts)
            ]  # fmt: skip
            if rows:
                connection.execute(
                    sa.text(
                        "INSERT INTO search_index(rowid, kind, row_uuid, ref, title, exact, "
                        "folded) VALUES (:n, 'file', :s, :place, '', :text, :folded)"
                    ),
                    rows,
                )

    def forget_all(self) -> None:
        """Throw the index away; every file is read again."""
        self.close()
        for suffix in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)

    def find(self, typed: str, *, limit: int | None) -> list[SearchHit]:
        """Give the places found, best first: `uuid` is the file's SHA-256, `ref` the place."""
        most = None if limit is None else max(limit, _MOST_PAGES_COMPARED)

        def look(connection: sa.Connection) -> list[SearchHit]:
            return finding.find(
                connection, typed, known_words=lambda: self._index_words(connection), limit=most
            )

        return self._asked(look) or []

    def _index_words(self, connection: sa.Connection) -> IndexWords:
        query = sa.text("SELECT count(*), coalesce(max(rowid), 0) FROM file")
        count, newest = connection.execute(query).one()
        if self._words is None or self._words[0] != (count, newest):
            self._words = ((count, newest), read_words(connection))
        return self._words[1]

    def _asked(self, ask: Callable[[sa.Connection], ResultT]) -> ResultT | None:
        """Ask the index; one that is not there knows nothing, a broken one is made anew."""
        if self._engine is None and not self._path.is_file():
            return None
        try:
            with reading(self._opened()) as connection:
                return ask(connection)
        except GeoparkError as error:
            if error.code is not ErrorCode.DAMAGED_CATALOGUE or self._is_read_only:
                raise
            _log.warning("the index of attached files was broken and is made anew")
            self.forget_all()
            return None

    def _opened(self) -> sa.Engine:
        if self._engine is None:
            if not self._is_read_only:
                self._path.parent.mkdir(exist_ok=True)
            self._engine = open_engine(self._path, read_only=self._is_read_only)
            if not self._is_read_only:
                with writing(self._engine) as connection:
                    for statement in _DDL:
                        connection.exec_driver_sql(statement)
        return self._engine

    def _drop(self, connection: sa.Connection, sha256: str) -> None:
        query = sa.text("SELECT parts FROM file WHERE sha256 = :s")
        parts = connection.scalar(query, {"s": sha256}) or 0
        owner = int(sha256[:10], 16)
        for at in range(parts):
            connection.exec_driver_sql(
                "DELETE FROM search_index WHERE rowid = ?", ((at << 40) | owner,)
            )
