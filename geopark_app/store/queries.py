"""Reading records: by key, by equal fields, in order."""

from collections.abc import Mapping
from typing import TypeVar

import sqlalchemy as sa

from geopark_app.domain.declaration import Record, kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.store.rows import from_row
from geopark_app.store.tables import RECORD_TABLES

RecordT = TypeVar("RecordT", bound=Record)


def select_one(connection: sa.Connection, record_type: type[RecordT], uuid: str) -> RecordT | None:
    """Give one record, also from the trash, or None."""
    table = RECORD_TABLES[kind_of(record_type).name]
    row = connection.execute(sa.select(table).where(table.c.uuid == uuid)).mappings().first()
    return None if row is None else from_row(record_type, dict(row))


def select_records(
    connection: sa.Connection,
    record_type: type[RecordT],
    *,
    where: Mapping[str, object] | None = None,
    include_deleted: bool = False,
) -> list[RecordT]:
    """Give the records whose columns equal `where`, in the order of their keys.

    A list as value means any of its members. An unknown column raises
    `GeoparkError(UNKNOWN_FIELD)`.
    """
    kind = kind_of(record_type)
    table = RECORD_TABLES[kind.name]
    query = sa.select(table).order_by(table.c.uuid)
    if not include_deleted:
        query = query.where(table.c.deleted == 0)
    for name, value in (where or {}).items():
        if name not in table.c:
            raise GeoparkError(ErrorCode.UNKNOWN_FIELD, kind=kind.name, field=name)
        column = table.c[name]
        query = query.where(column.in_(value) if isinstance(value, list) else column == value)
    rows = connection.execute(query).mappings()
    return [from_row(record_type, dict(row)) for row in rows]
