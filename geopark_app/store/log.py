"""From captured changes to one signed save, in the transaction of the rows themselves."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from geopark_app.domain.change import Changes, Json, Op, OpId, OpKind, Save, save_hash, value_digest
from geopark_app.domain.clock import latest_hlc, next_hlc
from geopark_app.domain.declaration import FieldSpec
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import KINDS
from geopark_app.rules.roles import RULING_KINDS
from geopark_app.store import fold
from geopark_app.store.authorship import SaveAuthor
from geopark_app.store.judging import Judge
from geopark_app.store.rows import logged_value, logged_values
from geopark_app.store.tables import (
    AUTHOR,
    CONFLICT,
    DIRTY,
    HEAD,
    INSERT_OF,
    RECORD_TABLES,
    TOMB,
    TXN,
)

_ROWS_AT_ONCE = 400
Bases = Mapping[tuple[str, str, str], tuple[OpId, ...]]
"""For a field (table, row, name): the writes a person saw and replaces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """What happened to one row since the last save."""

    table: str
    row_uuid: str
    is_new: bool
    fields: tuple[str, ...]
    trash: OpKind | None


def seal(
    connection: sa.Connection,
    *,
    author: SaveAuthor,
    now: datetime,
    note: str,
    schema_version: str,
    hlc: int | None = None,
    bases: Bases | None = None,
    by_hand: bool = True,
) -> Changes:
    """Write what the triggers captured as one save; nothing captured gives no save.

    Parameters
    ----------
    connection
        The transaction that made the changes.
    author
        Whoever signs.
    now
        The context's clock.
    note
        The named step, in the person's language.
    schema_version
        Revision of the tables.
    hlc
        Fixed clock value of an edition; None for people.
    bases
        What the person saw where that is not what is shown now; else a save replaces the shown
        value and those equal to it, never another one beside it.
    by_hand
        Whether somebody does it here and now: what goes beyond the role is refused then. What
        another program wrote is there already; it becomes a proposal.

    Raises
    ------
    GeoparkError
        BEYOND_ROLE, before anything is written.
    """
    bases = bases or {}
    changes = _captured(connection)
    if not changes:
        return Changes(note=note)
    have, tail = _register(connection, author)
    ops = tuple(_ops(connection, changes, author, have, bases))
    beyond = _beyond_role(connection, ops)
    if beyond and by_hand:
        raise beyond_role(connection, beyond[0])
    seen = TXN.c.hlc <= latest_hlc(now)
    newest = connection.scalar(sa.select(sa.func.max(TXN.c.hlc)).where(seen)) or 0
    save = Save(
        author=author.author_id,
        first=have + 1,
        n=len(ops),
        hlc=next_hlc(now, newest) if hlc is None else hlc,
        wall=now.isoformat(timespec="milliseconds"),
        user=author.person,
        schema_version=schema_version,
        note=note,
        prev_hash=tail,
    )
    digest = save_hash(save, ops)
    _store_save(connection, save, digest, author.sign(digest))
    _store_ops(connection, ops)
    connection.execute(
        AUTHOR.update()
        .where(AUTHOR.c.author_id == save.author)
        .values(have=have + len(ops), tail_hash=digest)
    )
    connection.execute(DIRTY.delete())
    touched = {(change.table, change.row_uuid) for change in changes}
    return Changes(
        touched=_settle_contested(connection, changes, author, bases, beyond) | touched,
        save=OpId(author=save.author, seq=save.first),
        note=note,
    )


def _beyond_role(connection: sa.Connection, ops: Sequence[Op]) -> list[Op]:
    judge = Judge(connection)
    return [] if judge.allows_all else [op for op in ops if not judge.counts_op(op)]


def beyond_role(connection: sa.Connection, op: Op) -> GeoparkError:
    """Give the trouble of an operation beyond its author's role."""
    role = Judge(connection).role_of(op.id.author, op.id.seq)
    return GeoparkError(
        ErrorCode.BEYOND_ROLE, role=role.value, kind=op.table, field=op.field, step=op.kind.value
    )


def _captured(connection: sa.Connection) -> list[_Change]:
    rows = connection.execute(sa.select(DIRTY).order_by(DIRTY.c.id)).all()
    order: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        order.setdefault((row.tbl, row.row_uuid), []).append(row)
    changes = []
    for (table, row_uuid), notes in order.items():
        trash = [OpKind(note.kind) for note in notes if note.kind in {"D", "R"}]
        changes.append(
            _Change(
                table=table,
                row_uuid=row_uuid,
                is_new=any(note.kind == "I" for note in notes),
                fields=tuple(dict.fromkeys(note.field for note in notes if note.kind == "U")),
                trash=trash[-1] if trash else None,
            )
        )
    return changes


def _register(connection: sa.Connection, author: SaveAuthor) -> tuple[int, str]:
    """Give how many operations the author has, and the hash of the last save."""
    row = connection.execute(
        sa.select(AUTHOR.c.have, AUTHOR.c.tail_hash, AUTHOR.c.user).where(
            AUTHOR.c.author_id == author.author_id
        )
    ).first()
    if row is not None:
        return int(row.have), str(row.tail_hash)
    connection.execute(
        AUTHOR.insert().values(
            author_id=author.author_id,
            device=author.device,
            incarnation=author.incarnation,
            user=author.person,
            public_key=author.public_key,
            have=0,
            tail_hash="",
        )
    )
    return 0, ""


def _settle_contested(
    connection: sa.Connection,
    changes: Sequence[_Change],
    author: SaveAuthor,
    bases: Bases,
    beyond: Sequence[Op],
) -> frozenset[tuple[str, str]]:
    """Fold what is in conflict, or hangs on what a colleague deleted, as every laptop does."""
    places = {(table, row_uuid) for table, row_uuid, _ in bases}
    places |= {(op.table, op.row_uuid) for op in beyond}
    touched = {(change.table, change.row_uuid) for change in changes}
    places |= {place for place in touched if place[0] in RULING_KINDS}
    listed = connection.execute(sa.select(CONFLICT.c.tbl, CONFLICT.c.row_uuid).distinct())
    places |= {(row.tbl, row.row_uuid) for row in listed} & touched
    deleted = connection.execute(
        sa.select(TOMB.c.tbl, TOMB.c.row_uuid).where(TOMB.c.author != author.author_id)
    ).all()
    if deleted:
        places |= {(row.tbl, row.row_uuid) for row in deleted} & touched
        places |= {
            (change.table, change.row_uuid)
            for change in changes
            if fold.parent_fields(change.table)
            and (
                change.is_new
                or change.trash is not None
                or any(name.endswith("_uuid") for name in change.fields)
            )
        }
    return fold.settle(connection, places) if places else frozenset()


def _ops(
    connection: sa.Connection,
    changes: Sequence[_Change],
    author: SaveAuthor,
    have: int,
    bases: Bases,
) -> Iterable[Op]:
    seq = have
    for start in range(0, len(changes), _ROWS_AT_ONCE):
        some = changes[start : start + _ROWS_AT_ONCE]
        rows = _rows(connection, some)
        for change in some:
            row = rows[change.table, change.row_uuid]
            for kind, field, values in _parts(change, row):
                seq += 1
                yield _op(connection, change, kind, field, values, author, seq, bases)
            if (
                row["deleted"]
                and change.fields
                and _was_deleted_by_others(connection, change, author)
            ):
                # An edit in the trash leaves the record there: this delete has seen the edit.
                seq += 1
                yield _op(connection, change, OpKind.DELETE, "", {}, author, seq, bases)


def _was_deleted_by_others(connection: sa.Connection, change: _Change, author: SaveAuthor) -> bool:
    if change.is_new or change.trash is not None:
        return False
    return any(ref.author != author.author_id for ref in _refs(connection, TOMB, change))


def _rows(
    connection: sa.Connection, changes: Sequence[_Change]
) -> dict[tuple[str, str], dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for name in {change.table for change in changes}:
        table = RECORD_TABLES[name]
        keys = [change.row_uuid for change in changes if change.table == name]
        columns = table.c.keys()
        for row in connection.execute(sa.select(table).where(table.c.uuid.in_(keys))):
            values = dict(zip(columns, row, strict=True))
            found[name, values["uuid"]] = values
    return found


def _parts(change: _Change, row: dict[str, Any]) -> Iterable[tuple[OpKind, str, dict[str, Json]]]:
    kind = KINDS[change.table]
    if change.is_new:
        yield OpKind.INSERT, "", logged_values(kind.name, row)
        if row["deleted"]:
            yield OpKind.DELETE, "", {}
        return
    for name in change.fields:
        spec = kind.field(name)
        assert isinstance(spec, FieldSpec)
        yield OpKind.UPDATE, name, {name: logged_value(spec, row)}
    if change.trash is not None:
        yield change.trash, "", {}


def _op(
    connection: sa.Connection,
    change: _Change,
    kind: OpKind,
    field: str,
    values: dict[str, Json],
    author: SaveAuthor,
    seq: int,
    bases: Bases,
) -> Op:
    op_id = OpId(author=author.author_id, seq=seq)
    salts = {name: author.salt(op_id, name) for name in values}
    return Op(
        id=op_id,
        table=change.table,
        row_uuid=change.row_uuid,
        kind=kind,
        field=field,
        values=values,
        salts=salts,
        digests={name: value_digest(salts[name], value) for name, value in values.items()},
        replaces=_replaced(connection, change, kind, field, bases),
        seen=_version_vector(connection) if kind is OpKind.DELETE else None,
    )


def _version_vector(connection: sa.Connection) -> dict[str, int]:
    rows = connection.execute(sa.select(AUTHOR.c.author_id, AUTHOR.c.have))
    return {row.author_id: row.have for row in rows}


def _replaced(
    connection: sa.Connection, change: _Change, kind: OpKind, field: str, bases: Bases
) -> tuple[OpId, ...]:
    if kind is OpKind.UPDATE:
        place = (change.table, change.row_uuid, field)
        if place in bases:
            return bases[place]
        heads = _refs(connection, HEAD, change, field)
        if len(heads) > 1:
            return fold.shown_writes(connection, place)
        return heads or _refs(connection, INSERT_OF, change)
    if kind is OpKind.RESTORE:
        return _refs(connection, TOMB, change)
    return ()


def _refs(
    connection: sa.Connection, table: sa.Table, change: _Change, field: str | None = None
) -> tuple[OpId, ...]:
    query = sa.select(table.c.author, table.c.seq).where(
        table.c.tbl == change.table, table.c.row_uuid == change.row_uuid
    )
    if field is not None:
        query = query.where(table.c.field == field)
    rows = connection.execute(query.order_by(table.c.author, table.c.seq))
    return tuple(OpId(author=row.author, seq=row.seq) for row in rows)


def _store_save(connection: sa.Connection, save: Save, digest: str, signature: str) -> None:
    connection.execute(
        TXN.insert().values(
            author=save.author,
            first=save.first,
            n=save.n,
            hlc=save.hlc,
            wall=save.wall,
            user=save.user,
            schema_version=save.schema_version,
            note=save.note,
            prev_hash=save.prev_hash,
            hash=digest,
            sig=signature,
        )
    )


def _store_ops(connection: sa.Connection, ops: Sequence[Op]) -> None:
    insert_ops(connection, ops)
    new = [tuple(_place(op).values()) for op in ops if op.kind is OpKind.INSERT]
    if new:
        connection.exec_driver_sql(_INSERT_NEW, new)
    for op in ops:
        if op.kind is not OpKind.INSERT:
            fold_into_heads(connection, op)


def _place(op: Op) -> dict[str, Any]:
    return {"tbl": op.table, "row_uuid": op.row_uuid, "author": op.id.author, "seq": op.id.seq}


def insert_ops(connection: sa.Connection, ops: Sequence[Op]) -> None:
    """Put operations into the log, own ones and those of colleagues."""
    # Straight to the driver: an import has tens of thousands.
    connection.exec_driver_sql(_INSERT_OP, [_op_row(op) for op in ops])


_INSERT_OP = (
    "INSERT INTO op(author, seq, tbl, row_uuid, kind, field, value, salt, digest, replaces, seen) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_NEW = "INSERT INTO insert_of(tbl, row_uuid, author, seq) VALUES (?, ?, ?, ?)"


def _op_row(op: Op) -> tuple[object, ...]:
    return (
        op.id.author,
        op.id.seq,
        op.table,
        op.row_uuid,
        op.kind.value,
        op.field,
        _json(dict(op.values)),
        _json(dict(op.salts)),
        _json(dict(op.digests)),
        _json([[ref.author, ref.seq] for ref in op.replaces]) if op.replaces else "[]",
        None if op.seen is None else _json(dict(op.seen)),
    )


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def fold_into_heads(connection: sa.Connection, op: Op) -> None:
    """Let one operation replace the writes it names, in the derived tables of the log."""
    place = _place(op)
    match op.kind:
        case OpKind.INSERT:
            connection.execute(INSERT_OF.insert().values(**place))
        case OpKind.UPDATE:
            _forget(connection, HEAD, op)
            connection.execute(HEAD.insert().values(field=op.field, **place))
        case OpKind.DELETE:
            connection.execute(TOMB.insert().values(seen=_json(dict(op.seen or {})), **place))
        case OpKind.RESTORE:
            _forget(connection, TOMB, op)


def _forget(connection: sa.Connection, table: sa.Table, op: Op) -> None:
    for ref in op.replaces:
        query = table.delete().where(
            table.c.tbl == op.table,
            table.c.row_uuid == op.row_uuid,
            table.c.author == ref.author,
            table.c.seq == ref.seq,
        )
        if table is HEAD:
            query = query.where(table.c.field == op.field)
        connection.execute(query)
