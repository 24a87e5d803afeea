"""Reading records: by key, by equal fields, in order."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa

from geopark_app.domain.declaration import Record, kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.store.rows import from_part_of_row, from_row
from geopark_app.store.tables import RECORD_TABLES

RecordT = TypeVar("RecordT", bound=Record)
_SHA256 = re.compile(r"[0-9a-f]{64}")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOfRecord:
    """A file a photo or document names.

    Attributes
    ----------
    kind, uuid : str
        The record.
    site_uuid : str or None
        Its site; None for documents and photos of the inbox.
    role : str
        Field that names the file: `sha256` is the original, the others were made of it.
    sha256 : str
        The file.
    byte_count : int or None
        Size of an original.
    name : str
        Name it came under.
    in_trash : bool
        Whether the record is in the trash, from where it can come back.
    """

    kind: str
    uuid: str
    site_uuid: str | None
    role: str
    sha256: str
    byte_count: int | None
    name: str
    in_trash: bool

    @property
    def is_original(self) -> bool:
        """Say whether the file cannot be made again from another."""
        return self.role == "sha256"


def files_of_records(connection: sa.Connection) -> list[FileOfRecord]:
    """Give every file that photos and documents name, in the order of their records.

    Only the columns needed: 50,000 whole records would hold a window up.
    """
    found: list[FileOfRecord] = []
    for kind in ("photo", "document"):
        table = RECORD_TABLES[kind]
        roles = [
            column.name
            for column in table.c
            if column.name == "sha256" or column.name.endswith("_sha256")
        ]
        more = [name for name in ("site_uuid", "byte_count") if name in table.c]
        names = ["uuid", "file_name", "deleted", *roles, *more]
        query = sa.select(*(table.c[name] for name in names)).order_by(table.c.uuid)
        for uuid, name, deleted, *values in connection.execute(query):
            about = dict(zip(more, values[len(roles) :], strict=True))
            found.extend(
                FileOfRecord(
                    kind=kind,
                    uuid=uuid,
                    site_uuid=about.get("site_uuid"),
                    role=role,
                    sha256=sha256,
                    byte_count=about.get("byte_count") if role == "sha256" else None,
                    name=name or "",
                    in_trash=bool(deleted),
                )
                for role, sha256 in zip(roles, values, strict=False)
                if sha256 and _SHA256.fullmatch(sha256)
            )
    return found
