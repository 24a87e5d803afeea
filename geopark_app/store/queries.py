"""Reading records: by key, by equal fields, in order."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from geopark_app.domain.declaration import Record, kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.store.rows import from_part_of_row, from_row
from geopark_app.store.tables import RECORD_TABLES

RecordT = TypeVar("RecordT", bound=Record)


def select_one(connection: sa.Connection, record_type: type[RecordT], uuid: str) -> RecordT | None:
    """Give one record, also from the trash, or None."""
    table = RECORD_TABLES[kind_of(record_type).name]
    row = connection.execute(sa.select(table).where(table.c.uuid == uuid)).mappings().first()
    return None if row is None else from_row(record_type, dict(row))


def select_in_part(
    connection: sa.Connection,
    record_type: type[RecordT],
    fields: Sequence[str],
    keys: Collection[str] | None,
    *,
    key: str = "uuid",
) -> list[RecordT]:
    """Give records that hold only some of their fields: to be shown, never to be written.

    With keys of None all that are not in the trash; with keys, those in the trash too.
    """
    kind = kind_of(record_type)
    table = RECORD_TABLES[kind.name]
    specs = [spec for spec in kind.fields if spec.name in set(fields)]
    columns = [table.c[name] for spec in specs for name in spec.columns]
    query = sa.select(table.c.uuid, table.c.deleted, *columns).order_by(table.c.uuid)
    if keys is None:
        query = query.where(table.c.deleted == 0)
    else:
        query = query.where(_any_of(table.c[key], list(keys)))
    rows = connection.execute(query).mappings()
    return [from_part_of_row(record_type, specs, dict(row)) for row in rows]


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
        query = query.where(_any_of(column, value) if isinstance(value, list) else column == value)
    rows = connection.execute(query).mappings()
    return [from_row(record_type, dict(row)) for row in rows]


def _any_of(column: sa.Column[Any], values: list[Any]) -> sa.ColumnElement[bool]:
    """Say that a column has one of these values: they may be more than SQL takes as parameters."""
    listed = sa.func.json_each(json.dumps(values)).table_valued("value")
    return column.in_(sa.select(listed.c.value))
