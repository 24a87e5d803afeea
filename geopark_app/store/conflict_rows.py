"""What waits for a person: fields with several values in force, records kept against a delete."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from geopark_app.domain.change import Json, OpId
from geopark_app.rules.merging import RowState, Write, same_value
from geopark_app.store.catalogue import Catalogue
from geopark_app.store.engine import reading
from geopark_app.store.fold import DELETED, states_of
from geopark_app.store.tables import AUTHOR, CONFLICT, OP, TXN

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """One of several values, or one of several deletes, with who wrote it and when.

    Attributes
    ----------
    ops : tuple of OpId
        The writes that say so; equal values are one rival.
    value : Json
        The value; None for a delete.
    person, device, at : str
        Of the first of them.
    """

    ops: tuple[OpId, ...]
    value: Json
    person: str
    device: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenConflict:
    """One conflict: a field of a record, or the whole record against a delete.

    Attributes
    ----------
    table, row_uuid, field : str
        Where; the field is empty for a delete.
    is_delete : bool
        Whether somebody deleted what somebody else wrote to.
    rivals : tuple of Rival
        The values, the shown one first; for a delete, the deletes.
    """

    table: str
    row_uuid: str
    field: str
    is_delete: bool
    rivals: tuple[Rival, ...]


def open_conflicts(catalogue: Catalogue) -> list[OpenConflict]:
    """Give every conflict, by record; a few questions to the log, however many there are."""
    with reading(catalogue.engine) as connection:
        rows = connection.execute(
            sa.select(CONFLICT).order_by(CONFLICT.c.tbl, CONFLICT.c.row_uuid, CONFLICT.c.field)
        ).all()
        states: dict[tuple[str, str], RowState] = {}
        places = sorted({(row.tbl, row.row_uuid) for row in rows})
        for start in range(0, len(places), _AT_ONCE):
            states |= states_of(connection, places[start : start + _AT_ONCE])
        sides = [
            _sides(states[row.tbl, row.row_uuid], row.field, is_delete=row.kind == DELETED)
            for row in rows
        ]
        signed = _signatures(connection, {side.ops[0] for some in sides for side in some})
    return [
        OpenConflict(
            table=row.tbl,
            row_uuid=row.row_uuid,
            field=row.field,
            is_delete=row.kind == DELETED,
            rivals=tuple(signed[side.ops[0]].of(side) for side in some),
        )
        for row, some in zip(rows, sides, strict=True)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """A value with the writes that say so."""

    ops: tuple[OpId, ...]
    value: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signature:
    """Who wrote and when."""

    person: str = ""
    device: str = ""
    at: str = ""

    def of(self, side: _Side) -> Rival:
        return Rival(
            ops=side.ops, value=side.value, person=self.person, device=self.device, at=self.at
        )


def _sides(state: RowState, field: str, *, is_delete: bool) -> list[_Side]:
    """Put equal values together; the order of display stays."""
    if is_delete:
        return [_Side(ops=(tomb.id,), value=None) for tomb in state.tombs]
    groups: list[list[Write]] = []
    for write in state.writes.get(field, ()):
        for group in groups:
            if same_value(group[0].value, write.value):
                group.append(write)
                break
        else:
            groups.append([write])
    return [_Side(ops=tuple(write.id for write in group), value=group[0].value) for group in groups]


def _signatures(connection: sa.Connection, ops: Collection[OpId]) -> dict[OpId, _Signature]:
    """Give who made the saves these operations belong to."""
    found = dict.fromkeys(ops, _Signature())
    earlier = TXN.alias()
    first = (
        sa.select(sa.func.max(earlier.c.first))
        .where(earlier.c.author == OP.c.author, earlier.c.first <= OP.c.seq)
        .correlate(OP)
        .scalar_subquery()
    )
    query = (
        sa.select(OP.c.author, OP.c.seq, TXN.c.user, TXN.c.wall, AUTHOR.c.device)
        .select_from(OP)
        .join(TXN, sa.and_(TXN.c.author == OP.c.author, TXN.c.first == first))
        .join(AUTHOR, AUTHOR.c.author_id == OP.c.author)
    )
    by_author: dict[str, list[int]] = {}
    for op in ops:
        by_author.setdefault(op.author, []).append(op.seq)
    for author, seqs in by_author.items():
        for start in range(0, len(seqs), _AT_ONCE):
            some = OP.c.seq.in_(seqs[start : start + _AT_ONCE])
            for row in connection.execute(query.where(OP.c.author == author, some)):
                found[OpId(author=row.author, seq=row.seq)] = _Signature(
                    person=row.user, device=row.device, at=row.wall
                )
    return found
