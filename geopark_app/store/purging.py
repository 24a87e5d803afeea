"""Taking values out of the log that an administrator removed: salted digests stay and verify."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from geopark_app.rules.roles import REMOVAL
from geopark_app.store.tables import DRAFT, OP, RECORD_TABLES

_REMOVALS = RECORD_TABLES[REMOVAL]
Place = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What one removal takes away.

    Attributes
    ----------
    table, row_uuid, field : str
        Where; the field is empty for every value of the record.
    covers : mapping of author id to number
        The operations its author knew of; a value written behind them is another.
    files : tuple of str
        SHA-256 of the files that go.
    """

    table: str
    row_uuid: str
    field: str
    covers: Mapping[str, int]
    files: tuple[str, ...]


def removals(connection: sa.Connection) -> Iterator[Removed]:
    """Give every removal that counts here; one cannot be taken back."""
    for row in connection.execute(sa.select(_REMOVALS)).mappings():
        yield Removed(
            table=str(row["kind_name"] or ""),
            row_uuid=str(row["target"] or ""),
            field=str(row["field_name"] or ""),
            covers=_numbers(row["covers"]),
            files=_names(row["files"]),
        )


def strip(connection: sa.Connection, places: Collection[Place]) -> set[Place]:
    """Take removed values out of the operations of these records, and give where one was."""
    found: set[Place] = set()
    if connection.execute(sa.select(_REMOVALS.c.uuid).limit(1)).first() is None:
        return found
    # What stood in pages that come free is overwritten.
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    for one in removals(connection):
        if (one.table, one.row_uuid) in places and _strip(connection, one):
            found.add((one.table, one.row_uuid))
    return found


def removed_places(connection: sa.Connection, uuids: Collection[str]) -> set[Place]:
    """Give the records some removals are about."""
    query = sa.select(_REMOVALS.c.kind_name, _REMOVALS.c.target)
    rows = connection.execute(query.where(_REMOVALS.c.uuid.in_(list(uuids))))
    return {(str(row.kind_name), str(row.target)) for row in rows}


def still_holds(removed: Removed, *, author: str, seq: int, names: Collection[str]) -> bool:
    """Say whether an operation of that record is one the removal takes values from."""
    if seq > removed.covers.get(author, 0):
        return False
    return bool(names) if not removed.field else removed.field in names


def _strip(connection: sa.Connection, one: Removed) -> bool:
    place = (OP.c.tbl == one.table, OP.c.row_uuid == one.row_uuid)
    went = False
    rows = connection.execute(sa.select(OP.c.author, OP.c.seq, OP.c.value).where(*place)).all()
    for row in rows:
        values: dict[str, Any] = json.loads(row.value or "{}")
        if not still_holds(one, author=row.author, seq=row.seq, names=values):
            continue
        left = {name: value for name, value in values.items() if one.field not in {"", name}}
        text = json.dumps(left, ensure_ascii=False, separators=(",", ":"))
        key = (OP.c.author == row.author, OP.c.seq == row.seq)
        connection.execute(OP.update().where(*key).values(value=text))
        went = True
    drafts = DRAFT.delete().where(DRAFT.c.tbl == one.table, DRAFT.c.row_uuid == one.row_uuid)
    connection.execute(drafts.where(DRAFT.c.field == one.field) if one.field else drafts)
    return went


def _numbers(text: object) -> dict[str, int]:
    try:
        content = json.loads(str(text or "{}"))
    except ValueError:
        return {}
    if not isinstance(content, dict):
        return {}
    return {str(name): number for name, number in content.items() if isinstance(number, int)}


def _names(text: object) -> tuple[str, ...]:
    try:
        content = json.loads(str(text or "[]"))
    except ValueError:
        return ()
    return tuple(str(one) for one in content) if isinstance(content, list) else ()
