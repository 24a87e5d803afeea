"""What removals leave to be done in the store: files, traces in the database, saves on a hub."""

import json
import re

import sqlalchemy as sa

from geopark_app.store.catalogue import Catalogue
from geopark_app.store.engine import reading, translated_errors
from geopark_app.store.exchange_log import SignedSave, saves_of
from geopark_app.store.purging import removals
from geopark_app.store.tables import INSERT_OF, OP, TXN

_HASH = re.compile(r"[0-9a-f]{64}")


def files_ever_named(catalogue: Catalogue, table: str, uuid: str, field: str) -> set[str]:
    """Give the files a record named in a field, or in any for an empty one, at any time."""
    query = sa.select(OP.c.value).where(OP.c.tbl == table, OP.c.row_uuid == uuid)
    found: set[str] = set()
    with reading(catalogue.engine) as connection:
        for text in connection.scalars(query):
            for name, value in json.loads(text or "{}").items():
                is_file = name.endswith("sha256") and _HASH.fullmatch(str(value))
                if is_file and field in {"", name}:
                    found.add(str(value))
    return found


def removed_files(catalogue: Catalogue) -> set[str]:
    """Give the files every removal together names."""
    with reading(catalogue.engine) as connection:
        files = {name for one in removals(connection) for name in one.files}
    return {name for name in files if _HASH.fullmatch(name)}


def insert_of(catalogue: Catalogue, table: str, uuid: str) -> tuple[str, int]:
    """Give the operation that made a record."""
    query = sa.select(INSERT_OF.c.author, INSERT_OF.c.seq).where(
        INSERT_OF.c.tbl == table, INSERT_OF.c.row_uuid == uuid
    )
    with reading(catalogue.engine) as connection:
        row = connection.execute(query).first()
    return (row.author, row.seq) if row else ("", 0)


def sweep(catalogue: Catalogue) -> None:
    """Leave no trace of removed values in free pages, the search index and the journal."""
    with translated_errors(), catalogue.engine.connect() as connection:
        plain = connection.execution_options(begin_mode=None, isolation_level="AUTOCOMMIT")
        plain.exec_driver_sql("INSERT INTO search_index(search_index) VALUES ('optimize')")
        plain.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def stripped_saves(catalogue: Catalogue) -> list[SignedSave]:
    """Give the saves values were removed from."""
    found: dict[tuple[str, int], SignedSave] = {}
    with reading(catalogue.engine) as connection:
        for one in removals(connection):
            query = (
                sa.select(TXN.c.author, TXN.c.first, TXN.c.n)
                .join(
                    OP,
                    sa.and_(
                        TXN.c.author == OP.c.author,
                        TXN.c.first <= OP.c.seq,
                        OP.c.seq < TXN.c.first + TXN.c.n,
                    ),
                )
                .where(OP.c.tbl == one.table, OP.c.row_uuid == one.row_uuid)
                .distinct()
            )
            for row in connection.execute(query).all():
                last = row.first + row.n - 1
                for save in saves_of(connection, row.author, row.first - 1, last):
                    if any(op.digests.keys() - op.values.keys() for op in save.ops):
                        found[row.author, row.first] = save
    return list(found.values())
