"""How concurrent writes come together: the state of a row is a fold over the set of its operations.

Nothing here reads a clock or depends on the order of arrival (sync.md §8.3). A write is in force
until another names it as replaced; two in force with different values are a conflict, of which the
one with the greatest (hybrid clock, author) is shown and the others are kept.
"""

import dataclasses
import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geopark_app.domain.change import Json, OpId, OpKind
from geopark_app.domain.text import nfc

_EDITION = "edition:"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOp:
    """One operation on one row, with the hybrid clock of its save.

    Attributes
    ----------
    id : OpId
        Author and number.
    kind : OpKind
        What it does.
    field : str
        The field of an update; else empty.
    values : mapping of field name to value
        What it writes.
    replaces : tuple of OpId
        The writes it has seen and replaces.
    seen : mapping of author to number
        For a delete: what its author had seen.
    hlc : int
        For display order and tie-break only.
    """

    id: OpId
    kind: OpKind
    field: str = ""
    values: Mapping[str, Json] = dataclasses.field(default_factory=dict)
    replaces: tuple[OpId, ...] = ()
    seen: Mapping[str, int] = dataclasses.field(default_factory=dict)
    hlc: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """One value of one field that is in force."""

    id: OpId
    hlc: int
    value: Json

    @property
    def rank(self) -> tuple[bool, int, str]:
        """Give the order of display: what a person wrote stands above a shipped edition."""
        return (not is_edition(self.id), self.hlc, self.id.author)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowState:
    """What the operations of a row say together.

    Attributes
    ----------
    inserts : tuple of OpId
        The operations that made the row; none when only later ones have arrived.
    writes : mapping of field name to writes
        Those in force, the shown one first.
    heads : mapping of field name to OpId
        What a later save of the field replaces: the updates in force, and where several laptops
        made the row, their inserts too.
    tombs : tuple of RowOp
        Deletes no restore has replaced.
    effective : tuple of RowOp
        Those of them that had seen every write of the row; a child added meanwhile may still
        speak against them, see `children_revive`.
    """

    inserts: tuple[OpId, ...]
    writes: Mapping[str, tuple[Write, ...]]
    heads: Mapping[str, tuple[OpId, ...]]
    tombs: tuple[RowOp, ...]
    effective: tuple[RowOp, ...]

    @property
    def is_deleted(self) -> bool:
        """Say whether the row lies in the trash as far as its own operations tell."""
        return bool(self.effective)

    @property
    def values(self) -> dict[str, Json]:
        """Give the value shown of every field that has one."""
        return {name: writes[0].value for name, writes in self.writes.items()}

    @property
    def conflicts(self) -> tuple[str, ...]:
        """Give the fields with several different values in force."""
        return tuple(name for name, writes in self.writes.items() if is_conflict(writes))


def fold_row(ops: Iterable[RowOp]) -> RowState:
    """Give the state of a row from its operations, in whatever order they come."""
    ordered = sorted(ops, key=lambda op: op.id)
    replaced = {(ref, op.field) for op in ordered for ref in op.replaces}
    writes: dict[str, list[Write]] = {}
    heads: dict[str, list[OpId]] = {}
    for op in ordered:
        if op.kind is OpKind.UPDATE and (op.id, op.field) not in replaced:
            heads.setdefault(op.field, []).append(op.id)
        if op.kind in {OpKind.INSERT, OpKind.UPDATE}:
            for name, value in op.values.items():
                if (op.id, name) not in replaced:
                    written = Write(id=op.id, hlc=op.hlc, value=value)
                    writes.setdefault(name, []).append(written)
    tombs = tuple(op for op in ordered if op.kind is OpKind.DELETE and (op.id, "") not in replaced)
    alive = [op.id for op in ordered if op.kind is not OpKind.DELETE and not is_edition(op.id)]
    inserts = tuple(op.id for op in ordered if op.kind is OpKind.INSERT)
    if len(inserts) > 1:
        heads = {name: [write.id for write in some] for name, some in writes.items()}
    return RowState(
        inserts=inserts,
        writes={name: shown_first(some) for name, some in writes.items()},
        heads={name: tuple(some) for name, some in heads.items()},
        tombs=tombs,
        effective=tuple(tomb for tomb in tombs if not any(is_unseen(tomb, op) for op in alive)),
    )


def shown_first(writes: Iterable[Write]) -> tuple[Write, ...]:
    """Give the writes in the order of display."""
    return tuple(sorted(writes, key=lambda write: write.rank, reverse=True))


def is_edition(op: OpId) -> bool:
    """Say whether a shipped edition wrote it."""
    return op.author.startswith(_EDITION)


def is_unseen(tomb: RowOp, op: OpId) -> bool:
    """Say whether the author of a delete had not seen an operation: then it keeps the row."""
    return op.author != tomb.id.author and op.seq > tomb.seen.get(op.author, 0)


def children_revive(tomb: RowOp, additions: Iterable[OpId]) -> bool:
    """Say whether a record added below a deleted one, unseen by the delete, brings it back."""
    return any(is_unseen(tomb, op) and not is_edition(op) for op in additions)


def is_conflict(writes: Sequence[Write]) -> bool:
    """Say whether people wrote different values side by side; equal ones agree silently."""
    by_people = [write for write in writes if not is_edition(write.id)]
    return any(not same_value(by_people[0].value, write.value) for write in by_people[1:])


def same_value(one: Json, other: Json) -> bool:
    """Compare two values as people do: unknown parts, and how a letter is composed, aside."""
    return _comparable(one) == _comparable(other)


def _comparable(value: Json) -> object:
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, dict):
        known = {name: _comparable(part) for name, part in value.items() if part is not None}
        return known or None
    if isinstance(value, list):
        return [_comparable(part) for part in value]
    return value


def both_texts(one: str, other: str) -> str:
    """Suggest one text that holds every line of two, for a person to correct."""
    mine, theirs = one.splitlines(), other.splitlines()
    lines: list[str] = []
    matcher = difflib.SequenceMatcher(a=mine, b=theirs, autojunk=False)
    for _, from_mine, to_mine, from_theirs, to_theirs in matcher.get_opcodes():
        first, second = mine[from_mine:to_mine], theirs[from_theirs:to_theirs]
        lines.extend(first)
        lines.extend(line for line in second if line not in first)
    return "\n".join(lines)
