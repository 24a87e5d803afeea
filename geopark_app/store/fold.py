"""The fold: rows and the derived tables of the log, made from the operations and from nothing else.

Which operations there are decides the state, never the order in which they came: rows written
here are those `rules.merging` gives for all operations of a row.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa

from geopark_app.domain.change import Json, OpId, OpKind
from geopark_app.domain.declaration import COMPOSITES, FieldType, Merge
from geopark_app.domain.kinds import KINDS
from geopark_app.rules.merging import RowOp, RowState, Write, children_revive, fold_row, same_value
from geopark_app.rules.roles import DECISION, REMOVAL, RULING_KINDS
from geopark_app.store.judging import Judge, places_decided
from geopark_app.store.purging import removed_places, strip
from geopark_app.store.rows import columns_of_logged
from geopark_app.store.tables import (
    CONFLICT,
    DIRTY,
    HEAD,
    INSERT_OF,
    META,
    OP,
    RECORD_TABLES,
    TOMB,
    TXN,
)
from geopark_app.store.triggers import ROWS_MAY_GO

Place = tuple[str, str]
DELETED = "deleted"
"""Kind of a conflict: somebody deleted what somebody else wrote to; the record stays."""
VALUES = "values"
"""Kind of a conflict: different values of one field."""

_ROWS_AT_ONCE = 400
_UNKNOWN = "ops-not-understood"
_HLC = (
    sa.select(TXN.c.hlc)
    .where(TXN.c.author == OP.c.author, TXN.c.first <= OP.c.seq)
    .order_by(TXN.c.first.desc())
    .limit(1)
    .scalar_subquery()
)


def settle(connection: sa.Connection, places: Iterable[Place]) -> frozenset[Place]:
    """Make rows and derived tables what the log says of these records.

    The rows of parents that come back, or go, because of a child are written too. What the
    triggers note meanwhile is no edit and is forgotten: call it with everything sealed.

    Returns
    -------
    frozenset of (table, uuid)
        The records that are here and were looked at.
    """
    wanted = set(places)
    ruling = {place for place in wanted if place[0] in RULING_KINDS}
    present: set[Place] = set()
    if ruling:
        # What counts is settled first, then whatever it is about.
        present |= _settle(connection, ruling)
        wanted |= _ruled(connection, ruling)
    strip(connection, wanted)
    present |= _settle(connection, wanted - ruling)
    connection.execute(DIRTY.delete())
    return frozenset(place for place in present if place[0] in KINDS)


def _settle(connection: sa.Connection, wanted: set[Place]) -> set[Place]:
    judge = Judge(connection)
    parents: set[Place] = set()
    present: set[Place] = set()
    for some in _chunks(sorted(wanted)):
        states = states_of(connection, some, judge)
        present |= {place for place, state in states.items() if state.inserts}
        _derive(connection, some, states)
        changed, gone = _write_rows(connection, states)
        parents |= changed
        present |= gone
        _note_conflicts(connection, {place: (state, False) for place, state in states.items()})
    for some in _chunks(sorted(_with_tombs(connection, wanted | parents))):
        present |= _settle_trash(connection, states_of(connection, some, judge), judge)
    return present


def _ruled(connection: sa.Connection, ruling: set[Place]) -> set[Place]:
    """Give the records that decisions and removals are about."""
    decided = [uuid for name, uuid in ruling if name == DECISION]
    removed = [uuid for name, uuid in ruling if name == REMOVAL]
    found: set[Place] = set()
    for at in range(0, len(decided), _ROWS_AT_ONCE):
        found |= places_decided(connection, decided[at : at + _ROWS_AT_ONCE])
    for at in range(0, len(removed), _ROWS_AT_ONCE):
        found |= removed_places(connection, removed[at : at + _ROWS_AT_ONCE])
    return {place for place in found if place[0] not in RULING_KINDS}


def rebuild(connection: sa.Connection) -> None:
    """Make every row and all derived tables anew from the log."""
    for table in (HEAD, INSERT_OF, TOMB, CONFLICT):
        connection.execute(table.delete())
    connection.execute(META.delete().where(META.c.name == _UNKNOWN))
    rows = connection.execute(sa.select(OP.c.tbl, OP.c.row_uuid).distinct()).all()
    settle(connection, [(row.tbl, row.row_uuid) for row in rows])


def understands_more_now(connection: sa.Connection) -> bool:
    """Say whether operations were kept unread that this version of the program can read."""
    met_with = connection.scalar(sa.select(META.c.value).where(META.c.name == _UNKNOWN))
    return met_with is not None and met_with != _vocabulary()


def states_of(
    connection: sa.Connection, places: Iterable[Place], judge: Judge | None = None
) -> dict[Place, RowState]:
    """Give the state of each record as its operations that count say."""
    judge = judge or Judge(connection)
    wanted = set(places)
    ops: dict[Place, list[RowOp]] = {place: [] for place in wanted}
    uuids = sorted({uuid for _, uuid in wanted})
    rows = connection.execute(
        sa.select(OP, _HLC.label("hlc")).where(OP.c.row_uuid.in_(uuids))
    ).mappings()
    for row in rows:
        place = (row["tbl"], row["row_uuid"])
        if place in wanted and judge.counts_row(row):
            ops[place].append(row_op(row))
    return {place: fold_row(some) for place, some in ops.items()}


def writes_in_force(connection: sa.Connection, place: Place, field: str) -> tuple[Write, ...]:
    """Give the values of a field nobody has replaced, the shown one first."""
    return states_of(connection, [place])[place].writes.get(field, ())


def shown_writes(connection: sa.Connection, place: tuple[str, str, str]) -> tuple[OpId, ...]:
    """Give what an ordinary save of a field replaces: the value shown, and those equal to it."""
    table, row_uuid, field = place
    writes = writes_in_force(connection, (table, row_uuid), field)
    return tuple(write.id for write in writes if same_value(write.value, writes[0].value))


def base_of_value(
    connection: sa.Connection, place: tuple[str, str, str], value: Json
) -> tuple[OpId, ...] | None:
    """Give the newest writes of a value that is shown no more; None while it is shown."""
    table, row_uuid, field = place
    state = states_of(connection, [(table, row_uuid)])[table, row_uuid]
    if same_value(state.values.get(field), value):
        return None
    uuids = sa.and_(OP.c.tbl == table, OP.c.row_uuid == row_uuid)
    rows = connection.execute(sa.select(OP, _HLC.label("hlc")).where(uuids)).mappings()
    judge = Judge(connection)
    counted = map(row_op, filter(judge.counts_row, rows))
    wrote = [op for op in counted if field in op.values and same_value(op.values[field], value)]
    if not wrote:
        return state.inserts
    return (max(wrote, key=lambda op: (op.hlc, op.id)).id,)


def row_op(row: sa.RowMapping) -> RowOp:
    """Give the operation of a row of `op` with its clock."""
    seen = row["seen"]
    return RowOp(
        id=OpId(author=row["author"], seq=row["seq"]),
        kind=OpKind(row["kind"]),
        field=row["field"],
        values=json.loads(row["value"] or "{}"),
        replaces=tuple(OpId(author=a, seq=s) for a, s in json.loads(row["replaces"] or "[]")),
        seen={} if seen is None else json.loads(seen),
        hlc=int(row["hlc"] or 0),
    )


@cache
def parent_fields(kind_name: str) -> tuple[tuple[str, str], ...]:
    """Give the fields by which a record hangs on another, and the kind of that one."""
    return tuple(
        (spec.name, spec.refers_to)
        for spec in KINDS[kind_name].fields
        if spec.type is FieldType.REFERENCE
        and spec.refers_to is not None
        and spec.name == f"{spec.refers_to}_uuid"
    )


def _derive(
    connection: sa.Connection, places: Iterable[Place], states: Mapping[Place, RowState]
) -> None:
    """Replace what the derived tables say of these rows."""
    _clear(connection, (HEAD, INSERT_OF, TOMB, CONFLICT), places)
    heads, inserts, tombs = [], [], []
    for (tbl, uuid), state in states.items():
        row = {"tbl": tbl, "row_uuid": uuid}
        inserts += [{**row, "author": op.author, "seq": op.seq} for op in state.inserts]
        for name, some in state.heads.items():
            heads += [{**row, "field": name, "author": op.author, "seq": op.seq} for op in some]
        for tomb in state.tombs:
            seen = json.dumps(dict(tomb.seen), separators=(",", ":"))
            tombs.append({**row, "author": tomb.id.author, "seq": tomb.id.seq, "seen": seen})
    for table, rows in ((HEAD, heads), (INSERT_OF, inserts), (TOMB, tombs)):
        if rows:
            connection.execute(table.insert(), rows)


def _clear(connection: sa.Connection, tables: Iterable[sa.Table], places: Iterable[Place]) -> None:
    by_table: dict[str, list[str]] = {}
    for name, uuid in places:
        by_table.setdefault(name, []).append(uuid)
    for table in tables:
        for name, uuids in by_table.items():
            connection.execute(
                table.delete().where(table.c.tbl == name, table.c.row_uuid.in_(uuids))
            )


def _write_rows(
    connection: sa.Connection, states: Mapping[Place, RowState]
) -> tuple[set[Place], set[Place]]:
    """Write the rows of known tables; take those out that only a proposal made.

    Returns
    -------
    tuple of two sets of (table, uuid)
        The parents they hang on now or did before, and the rows taken out.
    """
    parents: set[Place] = set()
    proposed: dict[str, list[str]] = {}
    by_table: dict[str, dict[str, RowState]] = {}
    for (name, uuid), state in states.items():
        if name not in KINDS:
            _remember_unknown(connection)
        elif state.inserts:
            by_table.setdefault(name, {})[uuid] = state
        else:
            proposed.setdefault(name, []).append(uuid)
    for name, some in by_table.items():
        table = RECORD_TABLES[name]
        query = sa.select(table).where(table.c.uuid.in_(some))
        present = {row["uuid"]: dict(row) for row in connection.execute(query).mappings()}
        new = []
        for uuid, state in some.items():
            wanted = _row_of(connection, name, uuid, state)
            before = present.get(uuid)
            parents |= _parents_of(name, wanted) | _parents_of(name, before or {})
            if before is None:
                new.append(wanted)
            elif before != wanted:
                changed = {key: value for key, value in wanted.items() if before[key] != value}
                connection.execute(table.update().where(table.c.uuid == uuid).values(changed))
        if new:
            connection.execute(table.insert(), new)
    gone = _take_out(connection, proposed)
    return parents | {found for some in gone.values() for found in some}, set(gone)


def _take_out(
    connection: sa.Connection, proposed: Mapping[str, list[str]]
) -> dict[Place, set[Place]]:
    """Take rows out that no operation that counts has made; give them with their parents."""
    gone: dict[Place, set[Place]] = {}
    for name, uuids in proposed.items():
        table = RECORD_TABLES[name]
        query = sa.select(table).where(table.c.uuid.in_(uuids))
        for row in connection.execute(query).mappings():
            gone[name, row["uuid"]] = _parents_of(name, dict(row))
    if gone:
        connection.execute(META.insert().values(name=ROWS_MAY_GO, value="1"))
        for name, uuid in gone:
            table = RECORD_TABLES[name]
            connection.execute(table.delete().where(table.c.uuid == uuid))
        connection.execute(META.delete().where(META.c.name == ROWS_MAY_GO))
    return gone


def _row_of(connection: sa.Connection, name: str, uuid: str, state: RowState) -> dict[str, Any]:
    kind = KINDS[name]
    values = state.values
    row: dict[str, Any] = {"uuid": uuid, "deleted": int(state.is_deleted)}
    for spec in kind.fields:
        value = values.pop(spec.name, None)
        row.update(columns_of_logged(spec, _fitting(spec.type, value)))
    if values:
        _remember_unknown(connection)
    return row


def _fitting(field_type: FieldType, value: Json) -> Json:
    """Give what a column can hold; a value of another shape stays in the log alone."""
    if field_type not in COMPOSITES and isinstance(value, (dict, list)):
        return None
    return value


def _parents_of(name: str, row: Mapping[str, Any]) -> set[Place]:
    return {(parent, str(row[field])) for field, parent in parent_fields(name) if row.get(field)}


def _with_tombs(connection: sa.Connection, places: set[Place]) -> set[Place]:
    found: set[Place] = set()
    for some in _chunks(sorted(places)):
        query = sa.select(TOMB.c.tbl, TOMB.c.row_uuid).where(
            TOMB.c.row_uuid.in_({uuid for _, uuid in some})
        )
        found |= {(row.tbl, row.row_uuid) for row in connection.execute(query)}
    return found & places


def _settle_trash(
    connection: sa.Connection, states: Mapping[Place, RowState], judge: Judge
) -> set[Place]:
    """Decide of rows somebody deleted whether they lie in the trash, children considered."""
    final: dict[Place, tuple[RowState, bool]] = {}
    for (name, uuid), state in states.items():
        if name not in KINDS or not state.inserts:
            continue
        is_deleted = _stays_deleted(connection, (name, uuid), state, judge)
        table = RECORD_TABLES[name]
        connection.execute(
            table.update()
            .where(table.c.uuid == uuid, table.c.deleted != int(is_deleted))
            .values(deleted=int(is_deleted))
        )
        final[name, uuid] = (state, is_deleted)
    _clear(connection, (CONFLICT,), final)
    _note_conflicts(connection, final, with_tombs=True)
    return set(final)


def _stays_deleted(connection: sa.Connection, place: Place, state: RowState, judge: Judge) -> bool:
    if not state.is_deleted:
        return False
    additions = list(_additions(connection, place, judge))
    return any(not children_revive(tomb, additions) for tomb in state.effective)


def _additions(connection: sa.Connection, place: Place, judge: Judge) -> Iterator[OpId]:
    """Give the operations that hung living records on this one."""
    parent, uuid = place
    for name in KINDS:
        for field, refers_to in parent_fields(name):
            if refers_to != parent:
                continue
            table = RECORD_TABLES[name]
            found = connection.scalars(sa.select(table.c.uuid).where(table.c[field] == uuid))
            for some in _chunks([(name, child) for child in found]):
                for child in states_of(connection, some, judge).values():
                    if not child.is_deleted and child.values.get(field) == uuid:
                        yield from (write.id for write in child.writes[field][:1])


def _note_conflicts(
    connection: sa.Connection,
    states: Mapping[Place, tuple[RowState, bool]],
    *,
    with_tombs: bool = False,
) -> None:
    """List what a person has to settle; rows somebody deleted are listed by `_settle_trash`."""
    rows = []
    for (name, uuid), (state, is_deleted) in states.items():
        if is_deleted or name not in KINDS or not state.inserts:
            continue
        if bool(state.tombs) is not with_tombs:
            continue
        place = {"tbl": name, "row_uuid": uuid, "since": None}
        if _is_settled_by_newest(name, state):
            continue
        rows += [{**place, "field": field, "kind": VALUES} for field in state.conflicts]
        if state.tombs and not _is_set(name):
            rows.append({**place, "field": "", "kind": DELETED})
    if rows:
        connection.execute(CONFLICT.insert(), rows)


def _is_settled_by_newest(name: str, state: RowState) -> bool:
    """Say whether nobody need decide: marks the program keeps, such as when a trash was emptied."""
    return name == "catalogue_setting" and ":" in str(state.values.get("name", ""))


def _is_set(name: str) -> bool:
    return all(spec.merge is Merge.SET for spec in KINDS[name].fields)


def _remember_unknown(connection: sa.Connection) -> None:
    connection.execute(
        sa.text("INSERT OR REPLACE INTO meta(name, value) VALUES (:name, :value)"),
        {"name": _UNKNOWN, "value": _vocabulary()},
    )


@cache
def _vocabulary() -> str:
    """Give the tables and fields this version knows, as one text to compare."""
    names = [f"{kind.name}.{spec.name}" for kind in KINDS.values() for spec in kind.fields]
    return " ".join(sorted(names))


def _chunks(places: list[Place]) -> Iterator[list[Place]]:
    for start in range(0, len(places), _ROWS_AT_ONCE):
        yield places[start : start + _ROWS_AT_ONCE]
