"""Check a catalogue: the log is whole and signed, and the state is what the log says."""

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from geopark_app.domain.change import Json, Op, OpId, OpKind, Save, save_hash, value_digest
from geopark_app.domain.finding import Finding, Severity
from geopark_app.domain.kinds import KINDS
from geopark_app.domain.trusted_editions import TRUSTED_EDITIONS
from geopark_app.rules.merging import RowOp, RowState, children_revive, fold_row
from geopark_app.store.authorship import fingerprint_of
from geopark_app.store.catalogue import Catalogue
from geopark_app.store.engine import reading
from geopark_app.store.fold import parent_fields
from geopark_app.store.judging import Judge
from geopark_app.store.rows import logged_value
from geopark_app.store.tables import AUTHOR, OP, RECORD_TABLES, TXN

_Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chain:
    """What one author left in the log.

    Attributes
    ----------
    author : mapping or None
        The row of the author.
    saves : sequence of mapping
        In their order.
    ops : dict of number to Op or None
        None where a row cannot be read.
    """

    author: sa.RowMapping | None
    saves: Sequence[sa.RowMapping]
    ops: dict[int, Op | None]

    def clock_of(self, op: Op) -> int:
        """Give the hybrid clock of the save an operation belongs to."""
        at = bisect_right(self.saves, op.id.seq, key=lambda save: int(save["first"]))
        return int(self.saves[at - 1]["hlc"]) if at else 0


def check_log(catalogue: Catalogue) -> list[Finding]:
    """Give a finding per broken chain and per value that differs from the log; none is good."""
    with reading(catalogue.engine) as connection:
        log = _read_log(connection)
        return [*_broken_chains(log), *_differences(connection, log)]


def _read_log(connection: sa.Connection) -> dict[str, _Chain]:
    """Give the whole log by author; other programs may have written anything into it."""
    authors = {row["author_id"]: row for row in connection.execute(sa.select(AUTHOR)).mappings()}
    saves: dict[str, list[sa.RowMapping]] = {}
    for row in connection.execute(sa.select(TXN).order_by(TXN.c.first)).mappings():
        if all(isinstance(row[name], int) for name in ("first", "n", "hlc")):
            saves.setdefault(row["author"], []).append(row)
    ops: dict[str, dict[int, Op | None]] = {}
    for row in connection.execute(sa.select(OP)).mappings():
        ops.setdefault(row["author"], {})[row["seq"]] = read_op(row)
    return {
        name: _Chain(author=authors.get(name), saves=saves.get(name, []), ops=ops.get(name, {}))
        for name in sorted(authors.keys() | saves.keys() | ops.keys())
    }


def _broken_chains(log: Mapping[str, _Chain]) -> Iterator[Finding]:
    """Verify hash chain, digests and signature of each author's saves."""
    for author_id, chain in log.items():
        first = _first_bad_save(chain)
        if first is not None:
            name = chain.author["device"] if chain.author else author_id
            yield Finding(
                code="broken-chain",
                severity=Severity.ERROR,
                kind="log",
                uuid=author_id,
                details=(("author", str(name)), ("first", str(first))),
            )


def _first_bad_save(chain: _Chain) -> int | None:
    """Give where a chain breaks, or None when it is whole from end to end."""
    if chain.author is None:
        return 1
    previous, expected = "", 1
    for row in chain.saves:
        first = int(row["first"])
        last = first + min(int(row["n"]), len(chain.ops))
        ops = tuple(op for seq in range(first, last) if (op := chain.ops.get(seq)) is not None)
        chained = first == expected and row["prev_hash"] == previous
        if not (chained and len(ops) == row["n"] and _is_true(chain.author, row, ops)):
            return first
        previous, expected = row["hash"], last
    ends = (chain.author["have"], chain.author["tail_hash"], len(chain.ops))
    return None if ends == (expected - 1, previous, expected - 1) else expected


def _is_true(author: sa.RowMapping, row: sa.RowMapping, ops: tuple[Op, ...]) -> bool:
    """Say whether a save is what its hash and its signature say."""
    save = Save(**{name: row[name] for name in Save.__dataclass_fields__})
    return (
        save_hash(save, ops) == row["hash"]
        and all(_digests_fit(op) for op in ops)
        and _is_signed(author, row)
    )


def read_op(row: sa.RowMapping) -> Op | None:
    """Give the operation of a row, or None when somebody wrote rubbish into it."""
    if not isinstance(row["seq"], int):
        return None
    try:
        return Op(
            id=OpId(author=row["author"], seq=row["seq"]),
            table=row["tbl"],
            row_uuid=row["row_uuid"],
            kind=OpKind(row["kind"]),
            field=row["field"],
            values=_mapping(row["value"]),
            salts=_mapping(row["salt"]),
            digests=_mapping(row["digest"]),
            replaces=tuple(OpId(author=a, seq=s) for a, s in json.loads(row["replaces"])),
            seen=None if row["seen"] is None else _mapping(row["seen"]),
        )
    except (ValueError, TypeError, RecursionError):
        return None


def _mapping(text: str) -> dict[str, Any]:
    content = json.loads(text)
    if not isinstance(content, dict):
        raise TypeError(text)
    return content


def _digests_fit(op: Op) -> bool:
    """Compare values with digests; a value removed by law has a digest and nothing else."""
    try:
        return all(
            value_digest(op.salts[name], value) == op.digests[name]
            for name, value in op.values.items()
        )
    except (KeyError, ValueError, AttributeError):
        return False


def _is_signed(author: sa.RowMapping, save: sa.RowMapping) -> bool:
    """Verify the signature; an edition needs the listed hash instead, where one is listed."""
    author_id = str(author["author_id"])
    if not author["public_key"]:
        listed = TRUSTED_EDITIONS.get(author_id, str(save["hash"]))
        return author_id.startswith("edition:") and listed == str(save["hash"])
    try:
        public_key = bytes.fromhex(author["public_key"])
        key = Ed25519PublicKey.from_public_bytes(public_key)
        key.verify(bytes.fromhex(save["sig"]), str(save["hash"]).encode("ascii"))
    except (InvalidSignature, ValueError, TypeError):
        return False
    return author_id.startswith(f"{fingerprint_of(author['public_key'])}.")


def _differences(connection: sa.Connection, log: Mapping[str, _Chain]) -> Iterator[Finding]:
    """Fold the whole log and compare it with the rows."""
    values, deleted = _fold(log, Judge(connection))
    for name, kind in KINDS.items():
        for row in connection.execute(sa.select(RECORD_TABLES[name])).mappings():
            content: dict[str, Any] = dict(row)
            uuid = content["uuid"]
            for spec in kind.fields:
                if logged_value(spec, content) != values.pop((name, uuid, spec.name), None):
                    yield _differs(name, uuid, spec.name)
            if bool(content["deleted"]) != deleted.pop((name, uuid), None):
                yield _differs(name, uuid, "deleted")
    for name, uuid in deleted:
        yield _differs(name, uuid, "")


def _differs(kind: str, uuid: str, field: str) -> Finding:
    return Finding(code="log-differs", severity=Severity.ERROR, kind=kind, uuid=uuid, field=field)


def _fold(
    log: Mapping[str, _Chain], judge: Judge
) -> tuple[dict[_Place, Json], dict[tuple[str, str], bool]]:
    """Give the value of every field and whether each row is deleted, from what counts alone."""
    ops: dict[tuple[str, str], list[RowOp]] = {}
    for chain in log.values():
        for op in chain.ops.values():
            if op is not None and op.table in KINDS and judge.counts_op(op):
                ops.setdefault((op.table, op.row_uuid), []).append(_row_op(op, chain))
    rows = {place: fold_row(some) for place, some in ops.items()}
    rows = {place: state for place, state in rows.items() if state.inserts}
    values = {
        (*place, field): value
        for place, state in rows.items()
        for field, value in state.values.items()
    }
    return values, _trash(rows)


def _row_op(op: Op, chain: _Chain) -> RowOp:
    return RowOp(
        id=op.id,
        kind=op.kind,
        field=op.field,
        values=op.values,
        replaces=op.replaces,
        seen=op.seen or {},
        hlc=chain.clock_of(op),
    )


def _trash(rows: Mapping[tuple[str, str], RowState]) -> dict[tuple[str, str], bool]:
    """Say of every row whether it lies in the trash: not when a child was added meanwhile."""
    additions: dict[tuple[str, str], list[OpId]] = {}
    for (name, _), state in rows.items():
        if not state.is_deleted:
            for field, parent in parent_fields(name):
                for write in state.writes.get(field, ())[:1]:
                    additions.setdefault((parent, str(write.value)), []).append(write.id)
    return {
        place: any(not children_revive(tomb, additions.get(place, ())) for tomb in state.effective)
        for place, state in rows.items()
    }
