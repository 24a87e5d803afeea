"""What waits for a person: fields with several values in force, records kept against a delete."""

from dataclasses import dataclass

import sqlalchemy as sa

from geopark_app.domain.change import Json, OpId
from geopark_app.rules.merging import Write, same_value
from geopark_app.store.catalogue import Catalogue
from geopark_app.store.engine import reading
from geopark_app.store.fold import DELETED, states_of
from geopark_app.store.tables import AUTHOR, CONFLICT, TXN


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
    """Give every conflict, by record."""
    found = []
    with reading(catalogue.engine) as connection:
        rows = connection.execute(
            sa.select(CONFLICT).order_by(CONFLICT.c.tbl, CONFLICT.c.row_uuid, CONFLICT.c.field)
        ).all()
        for row in rows:
            place = (row.tbl, row.row_uuid)
            state = states_of(connection, [place])[place]
            if row.kind == DELETED:
                rivals = tuple(_rival(connection, (tomb.id,), None) for tomb in state.tombs)
            else:
                rivals = _rivals(connection, state.writes.get(row.field, ()))
            found.append(
                OpenConflict(
                    table=row.tbl,
                    row_uuid=row.row_uuid,
                    field=row.field,
                    is_delete=row.kind == DELETED,
                    rivals=rivals,
                )
            )
    return found


def _rivals(connection: sa.Connection, writes: tuple[Write, ...]) -> tuple[Rival, ...]:
    """Put equal values together; the order of display stays."""
    groups: list[list[Write]] = []
    for write in writes:
        for group in groups:
            if same_value(group[0].value, write.value):
                group.append(write)
                break
        else:
            groups.append([write])
    return tuple(
        _rival(connection, tuple(write.id for write in group), group[0].value) for group in groups
    )


def _rival(connection: sa.Connection, ops: tuple[OpId, ...], value: Json) -> Rival:
    row = connection.execute(
        sa.select(TXN.c.user, TXN.c.wall, AUTHOR.c.device)
        .join(AUTHOR, AUTHOR.c.author_id == TXN.c.author)
        .where(TXN.c.author == ops[0].author, TXN.c.first <= ops[0].seq)
        .order_by(TXN.c.first.desc())
        .limit(1)
    ).first()
    return Rival(
        ops=ops,
        value=value,
        person=row.user if row else "",
        device=row.device if row else "",
        at=row.wall if row else "",
    )
