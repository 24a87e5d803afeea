"""The SQLite connection: durable settings, one clock of transactions, errors by kind."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event, exc

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.text import fold, sort_text
from geopark_app.store.folder import is_on_read_only_disk
from geopark_app.store.search import row_number

BUSY_TIMEOUT_MS = 10_000
APPLICATION_ID = 0x47504B31  # "GPK1": file(1) and our own check tell a catalogue by it

_BY_SQLITE_CODE = {
    sqlite3.SQLITE_FULL: ErrorCode.DISK_FULL,
    sqlite3.SQLITE_BUSY: ErrorCode.LOCKED,
    sqlite3.SQLITE_LOCKED: ErrorCode.LOCKED,
    sqlite3.SQLITE_READONLY: ErrorCode.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: ErrorCode.NO_PERMISSION,
    sqlite3.SQLITE_PERM: ErrorCode.NO_PERMISSION,
    sqlite3.SQLITE_CORRUPT: ErrorCode.DAMAGED_CATALOGUE,
    sqlite3.SQLITE_NOTADB: ErrorCode.DAMAGED_CATALOGUE,
    sqlite3.SQLITE_IOERR_WRITE: ErrorCode.DISK_FULL,
    sqlite3.SQLITE_IOERR_SHMSIZE: ErrorCode.DISK_FULL,
    sqlite3.SQLITE_IOERR_TRUNCATE: ErrorCode.DISK_FULL,
    sqlite3.SQLITE_IOERR: ErrorCode.NO_PERMISSION,  # a stick pulled out, a network folder gone
}


def refuse_foreign(database: Path) -> None:
    """Raise `GeoparkError(NOT_A_CATALOGUE)` for another program's database, without touching it.

    An ordinary connection would already change its journal mode.
    """
    has_journal = database.with_name(f"{database.name}-wal").exists()
    address = f"file:{_quoted(database)}?mode=ro{'' if has_journal else '&immutable=1'}"
    with translated_errors(), closing(sqlite3.connect(address, uri=True)) as connection:
        (found,) = connection.execute("PRAGMA application_id").fetchone()
    if found != APPLICATION_ID:
        raise GeoparkError(ErrorCode.NOT_A_CATALOGUE, path=database)


def plain_reader(database: Path) -> sqlite3.Connection:
    """Give a bare connection for reading the file as a whole, also on media only to be read."""
    with translated_errors():
        writable = os.access(database, os.W_OK) and not is_on_read_only_disk(database)
        address = f"file:{_quoted(database)}{'' if writable else '?mode=ro&immutable=1'}"
        return sqlite3.connect(address, uri=True)


def open_engine(database: Path, *, read_only: bool = False) -> sa.Engine:
    """Give an engine on the database file.

    Parameters
    ----------
    database
        The SQLite file; it is made when missing, unless `read_only`.
    read_only
        For media that cannot be written: no journal is made beside the file.
    """
    address = f"file:{_quoted(database)}"
    if read_only:
        address += "?mode=ro&immutable=1"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            address,
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_TIMEOUT_MS / 1000,
        )
        try:
            (_read_settings if read_only else _write_settings)(connection)
            connection.create_function("fold_text", 1, _folded, deterministic=True)
            connection.create_function("sort_text", 1, _sorting, deterministic=True)
            connection.create_function("site_number", 1, _site_number, deterministic=True)
        except BaseException:
            # a full disk refuses the journal; the pool would leave the connection open
            connection.close()
            raise
        return connection

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.pool.QueuePool)
    event.listen(engine, "begin", _begin)
    return engine


def _folded(value: object) -> str | None:
    return None if value is None else fold(str(value))


def _sorting(value: object) -> str | None:
    return None if value is None else sort_text(str(value))


@lru_cache(maxsize=32768)
def _site_number(uuid: str) -> int:
    """Give the row of a site in the search index, so that lists need not look it up there."""
    return row_number("site", uuid)


def _quoted(database: Path) -> str:
    # as_uri percent-encodes what SQLite's URI parser would misread (?, #, %).
    return database.resolve().as_uri().removeprefix("file:")


def _read_settings(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA trusted_schema = OFF")


def _write_settings(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # laptop batteries die
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")


def _begin(connection: sa.Connection) -> None:
    mode = connection.get_execution_options().get("begin_mode", "DEFERRED")
    if mode is not None:
        connection.exec_driver_sql(f"BEGIN {mode}")


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Give a connection inside one transaction that holds the write lock from its start."""
    with translated_errors(), engine.connect() as connection:
        writer = connection.execution_options(begin_mode="IMMEDIATE")
        with writer.begin():
            yield writer


@contextmanager
def altering(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Give a connection as `writing` does, for changing tables.

    References are not watched meanwhile, for a table that is made anew is gone for a moment; they
    cannot be switched off inside a transaction.
    """
    with translated_errors(), engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.execute("PRAGMA foreign_keys = OFF")
        try:
            writer = connection.execution_options(begin_mode="IMMEDIATE")
            with writer.begin():
                yield writer
        finally:
            raw.execute("PRAGMA foreign_keys = ON")


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Give a connection inside one read transaction: one state, whoever writes meanwhile."""
    with translated_errors(), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turn the database's environment errors into `GeoparkError`; bugs stay bugs."""
    try:
        yield
    except exc.DBAPIError as error:
        known = _foreseen(error.orig)
        if known is None:
            raise
        raise known from error
    except sqlite3.Error as error:
        known = _foreseen(error)
        if known is None:
            raise
        raise known from error
    except UnicodeEncodeError as error:
        # half a character, from a shell that speaks another alphabet or from a foreign file
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="", value=ascii(error.object)[:100], expected="UTF-8"
        ) from error


def _foreseen(error: BaseException | None) -> GeoparkError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    kind = _BY_SQLITE_CODE.get(code) or _BY_SQLITE_CODE.get(code & 0xFF)
    return None if kind is None else GeoparkError(kind, path="catalogue.sqlite", reason=str(error))
