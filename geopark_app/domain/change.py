"""Changes as the log keeps them: operations on fields, bundled into signed saves."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class OpKind(Enum):
    """What an operation does to a row."""

    INSERT = "I"
    UPDATE = "U"
    DELETE = "D"
    RESTORE = "R"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class OpId:
    """The place of an operation: its author's n-th."""

    author: str
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Op:
    """One operation of a save.

    Attributes
    ----------
    id : OpId
        Author and number.
    table, row_uuid, field : str
        What it touches; `field` is empty for whole-row operations.
    kind : OpKind
        What it does.
    values, salts, digests : mapping of field name to value, salt, digest
        The value stands beside its salted digest, so that a purge required by law can remove the
        value later while the signed chain still verifies.
    replaces : tuple of OpId
        The writes this one has seen and replaces.
    seen : mapping of author to number
        For a delete: what its author had seen.
    """

    id: OpId
    table: str
    row_uuid: str
    kind: OpKind
    field: str
    values: Mapping[str, Json]
    salts: Mapping[str, str]
    digests: Mapping[str, str]
    replaces: tuple[OpId, ...] = ()
    seen: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Save:
    """One save: one link of its author's hash chain, covering its operations.

    Attributes
    ----------
    author : str
        Author id (device key and incarnation).
    first, n : int
        Number of its first operation, and how many there are.
    hlc : int
        Hybrid clock, for display order and tie-break only.
    wall : str
        The laptop's clock, ISO 8601 with offset.
    user : str
        The person.
    schema_version : str
        Revision of the tables it was made with.
    note : str
        The named step, as shown by undo and history.
    prev_hash : str
        Hash of the author's save before.
    """

    author: str
    first: int
    n: int
    hlc: int
    wall: str
    user: str
    schema_version: str
    note: str
    prev_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What an operation touched, for screens that refresh only their rows.

    Attributes
    ----------
    touched : frozenset of (kind, uuid)
        Records written.
    save : OpId or None
        The save (author and first number), or None when nothing changed.
    note : str
        The named step.
    earlier : tuple of OpId
        Saves before it that are the same step for the person, such as those of one photo import.
    """

    touched: frozenset[tuple[str, str]] = frozenset()
    save: OpId | None = None
    note: str = ""
    earlier: tuple[OpId, ...] = ()


def canonical(value: object) -> bytes:
    """Give the one JSON form that is hashed: sorted keys, no spaces, UTF-8, finite numbers."""
    return _encoder.encode(value).encode("utf-8")


# One for all: an import hashes a hundred thousand values.
_encoder = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
)


def value_digest(salt: str, value: Json) -> str:
    """Give the salted SHA-256 of a value, as hexadecimal text."""
    return hashlib.sha256(salt.encode("ascii") + b"\0" + canonical(value)).hexdigest()


def save_hash(save: Save, ops: tuple[Op, ...]) -> str:
    """Give the hash a save is signed by; it covers digests, never values."""
    links = [
        [
            op.id.seq,
            op.table,
            op.row_uuid,
            op.kind.value,
            op.field,
            dict(op.digests),
            [[ref.author, ref.seq] for ref in op.replaces],
            None if op.seen is None else dict(op.seen),
        ]
        for op in ops
    ]
    header = [
        "geopark-save/1",
        save.author,
        save.first,
        save.n,
        save.hlc,
        save.wall,
        save.user,
        save.schema_version,
        save.note,
        save.prev_hash,
    ]
    return hashlib.sha256(canonical([header, links])).hexdigest()
