"""The one door for writing: rows and their signed log entry, or neither."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from geopark_app.domain.change import Changes, OpId, OpKind
from geopark_app.domain.declaration import Record, RecordKind, kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.store import fold, search
from geopark_app.store.authorship import SaveAuthor
from geopark_app.store.engine import altering, writing
from geopark_app.store.log import seal
from geopark_app.store.queries import select_one, select_records
from geopark_app.store.rows import logged_value, to_row
from geopark_app.store.schema_version import HEAD_REVISION
from geopark_app.store.tables import DIRTY, RECORD_TABLES

RecordT = TypeVar("RecordT", bound=Record)


class UnitOfWork:
    """One transaction. After the `with` block, `changes` says what was touched.

    Attributes
    ----------
    connection : sqlalchemy.Connection
        For the store's own modules only.
    changes : Changes
        Empty until the block has ended well.
    bases : dict
        For a field (kind, uuid, name): the writes the person saw, where not those shown now.
    """

    def __init__(self, connection: sa.Connection) -> None:
        """Work on an open transaction."""
        self.connection = connection
        self.changes = Changes()
        self.bases: dict[tuple[str, str, str], tuple[OpId, ...]] = {}

    def get(self, record_type: type[RecordT], uuid: str) -> RecordT | None:
        """Give a record as this transaction sees it, or None."""
        return select_one(self.connection, record_type, uuid)

    def records(
        self, record_type: type[RecordT], *, where: Mapping[str, object] | None = None
    ) -> list[RecordT]:
        """Give the records as this transaction sees them."""
        return select_records(self.connection, record_type, where=where)

    def put(self, record: Record) -> None:
        """Write a whole record: new, or every field of an existing one that differs."""
        row = to_row(record)
        table = RECORD_TABLES[kind_of(record).name]
        updated = self.connection.execute(
            table.update().where(table.c.uuid == record.uuid).values(row)
        )
        if updated.rowcount == 0:
            self.connection.execute(table.insert().values(row))

    def add_all(self, records: list[Record]) -> None:
        """Write many new records; quicker than `put` for editions and imports."""
        by_kind: dict[str, list[dict[str, Any]]] = {}
        for record in records:
            by_kind.setdefault(kind_of(record).name, []).append(to_row(record))
        for name, rows in by_kind.items():
            # Columns unknown in all rows are left out: a site has 170, a list fills twenty.
            known = {column for row in rows for column, value in row.items() if value is not None}
            columns = [column for column in rows[0] if column in known]
            names, places = '", "'.join(columns), ", ".join("?" * len(columns))
            self.connection.exec_driver_sql(
                f'INSERT INTO "{name}"("{names}") VALUES ({places})',
                [tuple(row[column] for column in columns) for row in rows],
            )

    def set_columns(self, kind: RecordKind, uuid: str, columns: Mapping[str, Any]) -> None:
        """Write the named columns only, leaving what others changed meanwhile."""
        table = RECORD_TABLES[kind.name]
        updated = self.connection.execute(
            table.update().where(table.c.uuid == uuid).values(dict(columns))
        )
        if updated.rowcount == 0:
            raise GeoparkError(ErrorCode.NOT_FOUND, kind=kind.name, uuid=uuid)

    def write_again(self, kind: RecordKind, uuid: str, field: str = "") -> None:
        """Have the present value of a field, or that the record stays, logged as a decision."""
        note = OpKind.UPDATE if field else OpKind.RESTORE
        self.connection.execute(
            DIRTY.insert().values(tbl=kind.name, row_uuid=uuid, field=field, kind=note.value)
        )

    def saw(self, record: Record, fields: Iterable[str]) -> None:
        """Say what the person had before them when they typed these fields.

        Where somebody else's value stands there by now, the save replaces the value the person
        saw, not that one: both are kept, and listed.
        """
        kind, row = kind_of(record), to_row(record)
        for name in fields:
            spec = kind.field(name)
            if spec is not None:
                place = (kind.name, record.uuid, spec.name)
                base = fold.base_of_value(self.connection, place, logged_value(spec, row))
                if base is not None:
                    self.bases[place] = base

    def delete(self, kind: RecordKind, uuid: str) -> None:
        """Put a record into the trash; nothing is removed."""
        self.set_columns(kind, uuid, {"deleted": 1})

    def restore(self, kind: RecordKind, uuid: str) -> None:
        """Take a record out of the trash."""
        self.set_columns(kind, uuid, {"deleted": 0})


@contextmanager
def unit_of_work(
    engine: sa.Engine,
    *,
    author: SaveAuthor,
    now: datetime,
    reason: str,
    hlc: int | None = None,
    is_ruling: bool = False,
) -> Iterator[UnitOfWork]:
    """Open a unit of work; it commits with its log entry when the block ends well.

    Changes another program made without us (QGIS, a database tool) were captured by the triggers
    and are saved first, under a note of their own.

    A work that rules about other saves brings rows that may refer to what is not here (yet), as
    an exchange does; references are not watched then.

    Raises
    ------
    GeoparkError
        BEYOND_ROLE for what the role of this laptop does not allow; nothing is written then.
    """
    with (altering if is_ruling else writing)(engine) as connection:
        if connection.execute(sa.select(DIRTY.c.id).limit(1)).first() is not None:
            foreign = seal(
                connection,
                author=author,
                now=now,
                note="external change",
                schema_version=HEAD_REVISION,
                by_hand=False,
            )
            search.refresh(connection, foreign.touched)
        work = UnitOfWork(connection)
        yield work
        changes = seal(
            connection,
            author=author,
            now=now,
            note=reason,
            # an edition is the same save whatever revision of the tables it is written into
            schema_version=HEAD_REVISION if hlc is None else "",
            hlc=hlc,
            bases=work.bases,
        )
        search.refresh(connection, changes.touched)
        tail = _tail_hash(connection, author)
    work.changes = changes
    if changes.save is not None:
        author.remember(tail)


def _tail_hash(connection: sa.Connection, author: SaveAuthor) -> str:
    value = connection.scalar(
        sa.text("SELECT tail_hash FROM author WHERE author_id = :id"), {"id": author.author_id}
    )
    return str(value or "")
