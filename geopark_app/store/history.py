"""What the log says of a record and of a save: history, undo and audit read the same log."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from geopark_app.domain.change import Json, OpId, OpKind
from geopark_app.domain.declaration import RecordKind
from geopark_app.store.blind import KIND
from geopark_app.store.catalogue import Catalogue
from geopark_app.store.engine import reading
from geopark_app.store.tables import AUTHOR, HEAD, INSERT_OF, OP, TOMB, TXN

_AT_ONCE = 500
_SAVE_OF_OP = sa.and_(
    TXN.c.author == OP.c.author, TXN.c.first <= OP.c.seq, OP.c.seq < TXN.c.first + TXN.c.n
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One change of one field.

    Attributes
    ----------
    at : str
        The laptop's clock then, ISO 8601 with offset.
    person, device : str
        Who, and on which laptop.
    note : str
        The named step.
    kind : OpKind
        What was done.
    field : str
        The field; empty for the whole record.
    old, new : Json
        Value before and after; None for unknown.
    """

    at: str
    person: str
    device: str
    note: str
    kind: OpKind
    field: str
    old: Json
    new: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedOp:
    """One operation of a save with the writes it replaced."""

    id: OpId
    table: str
    row_uuid: str
    kind: OpKind
    field: str
    replaces: tuple[OpId, ...]


def history_of(catalogue: Catalogue, kind: RecordKind, uuid: str) -> list[HistoryEntry]:
    """Give every change of a record, newest first."""
    return histories_of(catalogue, kind, [uuid])[uuid]


def histories_of(
    catalogue: Catalogue, kind: RecordKind, uuids: Sequence[str]
) -> dict[str, list[HistoryEntry]]:
    """Give every change of each of the records, newest first."""
    found: dict[str, list[HistoryEntry]] = {uuid: [] for uuid in uuids}
    current: dict[tuple[str, str], Json] = {}
    if kind.name == KIND:
        hidden = catalogue.hidden_scores()
        uuids = [uuid for uuid in uuids if uuid not in hidden]
    with reading(catalogue.engine) as connection:
        for at in range(0, len(uuids), _AT_ONCE):
            query = (
                sa.select(OP, TXN.c.wall, TXN.c.user, TXN.c.note, AUTHOR.c.device)
                .join(TXN, _SAVE_OF_OP)
                .join(AUTHOR, AUTHOR.c.author_id == OP.c.author)
                .where(OP.c.tbl == kind.name, OP.c.row_uuid.in_(uuids[at : at + _AT_ONCE]))
                .order_by(TXN.c.hlc, OP.c.seq)
            )
            for row in connection.execute(query):
                found[row.row_uuid].extend(_entries(row, current))
    return {uuid: entries[::-1] for uuid, entries in found.items()}


def _entries(row: Any, current: dict[tuple[str, str], Json]) -> Iterator[HistoryEntry]:
    """Give the changes of an operation; `current` are the values before it, and then after it."""
    values: dict[str, Json] = json.loads(row.value)
    if row.kind in {"I", "U"} and not values and row.field:
        values = {row.field: None}  # removed for good: that it was written stays
    for field, new in values.items() or {"": None}.items():
        place = (row.row_uuid, field)
        yield HistoryEntry(
            at=row.wall,
            person=row.user,
            device=row.device,
            note=row.note,
            kind=OpKind(row.kind),
            field=field,
            old=current.get(place),
            new=new,
        )
        current[place] = new


def ops_of_save(connection: sa.Connection, save: OpId) -> list[LoggedOp]:
    """Give the operations of a save, in their order."""
    n = connection.scalar(
        sa.select(TXN.c.n).where(TXN.c.author == save.author, TXN.c.first == save.seq)
    )
    rows = connection.execute(
        sa.select(OP)
        .where(OP.c.author == save.author, OP.c.seq >= save.seq, OP.c.seq < save.seq + int(n or 0))
        .order_by(OP.c.seq)
    )
    return [
        LoggedOp(
            id=OpId(author=row.author, seq=row.seq),
            table=row.tbl,
            row_uuid=row.row_uuid,
            kind=OpKind(row.kind),
            field=row.field,
            replaces=tuple(OpId(author=a, seq=s) for a, s in json.loads(row.replaces)),
        )
        for row in rows
    ]


def value_written(connection: sa.Connection, op: OpId, field: str) -> Json:
    """Give the value an operation wrote into a field; an insert that left it empty gives None."""
    raw = connection.scalar(
        sa.select(OP.c.value).where(OP.c.author == op.author, OP.c.seq == op.seq)
    )
    values: dict[str, Json] = json.loads(raw or "{}")
    return values.get(field)


def current_writes(
    connection: sa.Connection, table: str, row_uuid: str, field: str
) -> tuple[OpId, ...]:
    """Give the un-replaced writes of a field: its heads, or the insert when there is none."""
    place = (HEAD.c.tbl == table, HEAD.c.row_uuid == row_uuid, HEAD.c.field == field)
    rows = connection.execute(sa.select(HEAD.c.author, HEAD.c.seq).where(*place)).all()
    if not rows:
        rows = connection.execute(
            sa.select(INSERT_OF.c.author, INSERT_OF.c.seq).where(
                INSERT_OF.c.tbl == table, INSERT_OF.c.row_uuid == row_uuid
            )
        ).all()
    return tuple(OpId(author=row.author, seq=row.seq) for row in rows)


def fields_written_since_insert(connection: sa.Connection, table: str, row_uuid: str) -> set[OpId]:
    """Give the un-replaced updates of a row made after it was inserted."""
    rows = connection.execute(
        sa.select(HEAD.c.author, HEAD.c.seq).where(HEAD.c.tbl == table, HEAD.c.row_uuid == row_uuid)
    )
    return {OpId(author=row.author, seq=row.seq) for row in rows}


def writes_of_row(connection: sa.Connection, table: str, row_uuid: str) -> set[OpId]:
    """Give the inserts of a row and the un-replaced updates of all its fields."""
    rows = connection.execute(
        sa.select(INSERT_OF.c.author, INSERT_OF.c.seq).where(
            INSERT_OF.c.tbl == table, INSERT_OF.c.row_uuid == row_uuid
        )
    )
    inserts = {OpId(author=row.author, seq=row.seq) for row in rows}
    return inserts | fields_written_since_insert(connection, table, row_uuid)


def current_tombs(connection: sa.Connection, table: str, row_uuid: str) -> set[OpId]:
    """Give the deletes of a row that no restore has replaced."""
    rows = connection.execute(
        sa.select(TOMB.c.author, TOMB.c.seq).where(TOMB.c.tbl == table, TOMB.c.row_uuid == row_uuid)
    )
    return {OpId(author=row.author, seq=row.seq) for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedStep:
    """Who made a step, when, on which laptop."""

    at: str
    person: str
    device: str


def last_deletes(catalogue: Catalogue) -> dict[tuple[str, str], LoggedStep]:
    """Give the last delete of every row that was ever put into the trash."""
    query = (
        sa.select(OP.c.tbl, OP.c.row_uuid, TXN.c.wall, TXN.c.user, AUTHOR.c.device)
        .join(TXN, _SAVE_OF_OP)
        .join(AUTHOR, AUTHOR.c.author_id == OP.c.author)
        .where(OP.c.kind == OpKind.DELETE.value)
        .order_by(TXN.c.hlc, OP.c.seq)
    )
    with reading(catalogue.engine) as connection:
        return {
            (row.tbl, row.row_uuid): LoggedStep(at=row.wall, person=row.user, device=row.device)
            for row in connection.execute(query)
        }


def edited_rows(
    catalogue: Catalogue, table: str, fields: list[str], uuids: Sequence[str] | None = None
) -> list[str]:
    """Give the rows of a table, or of these only, of which a field was written after they were."""
    query = sa.select(OP.c.row_uuid).where(
        OP.c.tbl == table, OP.c.kind == OpKind.UPDATE.value, OP.c.field.in_(fields)
    )
    with reading(catalogue.engine) as connection:
        if uuids is None:
            return sorted(set(connection.scalars(query.distinct())))
        found: set[str] = set()
        for at in range(0, len(uuids), _AT_ONCE):
            of_these = OP.c.row_uuid.in_(uuids[at : at + _AT_ONCE])
            found.update(connection.scalars(query.where(of_these).distinct()))
        return sorted(found)
