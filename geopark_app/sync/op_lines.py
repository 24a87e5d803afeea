"""The lines of `ops.jsonl`: a save, then its operations; written, and read with suspicion."""

import json
import re
from collections.abc import Iterator
from typing import Any

from geopark_app.domain.change import Json, Op, OpId, OpKind, Save, value_digest
from geopark_app.domain.declaration import COMPOSITES
from geopark_app.domain.kinds import KINDS
from geopark_app.store.exchange_log import SignedSave
from geopark_app.sync.strict_json import count_of, object_of, read_json, refuse, text_of

LONGEST_LINE = 64 * 1024 * 1024
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_HEX = re.compile(r"[0-9a-f]{0,128}")
_MOST_REFS = 1000
_HEADER = tuple(name for name in Save.__dataclass_fields__ if name not in {"first", "n", "hlc"})


def lines_of(one: SignedSave) -> Iterator[bytes]:
    """Give the lines of a save."""
    header = {name: getattr(one.save, name) for name in Save.__dataclass_fields__}
    yield _line({**header, "hash": one.hash, "sig": one.sig})
    for op in one.ops:
        yield _line(_op_content(op))


def _op_content(op: Op) -> dict[str, Any]:
    content: dict[str, Any] = {
        "t": op.table,
        "r": op.row_uuid,
        "k": op.kind.value,
        "f": op.field,
        "v": dict(op.values),
        "s": dict(op.salts),
    }
    # The digest of a value that is there can be computed; a removed value leaves only its digest.
    removed = {name: digest for name, digest in op.digests.items() if name not in op.values}
    if removed:
        content["d"] = removed
    if op.replaces:
        content["x"] = [[ref.author, ref.seq] for ref in op.replaces]
    if op.seen is not None:
        content["n"] = dict(op.seen)
    return content


def _line(content: dict[str, Any]) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8") + b"\n"


def read_saves(raw: bytes) -> Iterator[SignedSave]:
    """Give the saves of the lines; hashes and signatures are checked elsewhere.

    Raises
    ------
    GeoparkError
        BAD_BUNDLE with the reason.
    """
    lines = iter(raw.split(b"\n"))
    for line in lines:
        if not line:
            break
        header = _object(line)
        values: dict[str, Any] = {name: text_of(header, name) for name in _HEADER}
        save = Save(
            **values,
            first=count_of(header, "first", least=1),
            n=count_of(header, "n", least=1),
            hlc=count_of(header, "hlc"),
        )
        ops = []
        for seq in range(save.first, save.first + save.n):
            ops.append(_read_op(_object(next(lines, b"")), OpId(author=save.author, seq=seq)))
        yield SignedSave(
            save=save,
            hash=text_of(header, "hash", longest=64),
            sig=text_of(header, "sig", longest=256),
            ops=tuple(ops),
        )
    if any(lines):
        refuse("lines")


def _object(line: bytes) -> dict[str, Any]:
    if not line or len(line) > LONGEST_LINE:
        refuse("line")
    content = read_json(line)
    if not isinstance(content, dict):
        refuse("line")
    return content


def _read_op(content: dict[str, Any], op_id: OpId) -> Op:
    table, field = _name(content, "t"), text_of(content, "f", longest=63)
    if field and not _NAME.fullmatch(field):
        refuse("field")
    kind = _kind(content)
    values, salts = object_of(content, "v"), object_of(content, "s")
    removed = object_of(content, "d") if "d" in content else {}
    _check_names(kind, field, values, salts, removed)
    for name, value in values.items():
        _check_shape(table, name, value)
    digests = {name: value_digest(salts[name], value) for name, value in values.items()}
    return Op(
        id=op_id,
        table=table,
        row_uuid=_row_uuid(content),
        kind=kind,
        field=field,
        values=values,
        salts=salts,
        digests={**digests, **removed},
        replaces=_refs(content.get("x", [])),
        seen=_seen(object_of(content, "n")) if kind is OpKind.DELETE else None,
    )


def _kind(content: dict[str, Any]) -> OpKind:
    try:
        return OpKind(content.get("k"))
    except ValueError:
        refuse("kind")


def _name(content: dict[str, Any], key: str) -> str:
    name = text_of(content, key, longest=63)
    if not _NAME.fullmatch(name):
        refuse("table")
    return name


def _row_uuid(content: dict[str, Any]) -> str:
    uuid = text_of(content, "r", longest=200)
    if not uuid or not uuid.isprintable():
        refuse("key")
    return uuid


def _check_names(
    kind: OpKind, field: str, values: dict[str, Any], salts: dict[str, Any], removed: dict[str, Any]
) -> None:
    """Hold the fields an operation names against what its kind can write."""
    names = values.keys() | removed.keys()
    if names != salts.keys() or values.keys() & removed.keys():
        refuse("names")
    for text in (*salts.values(), *removed.values()):
        if not isinstance(text, str) or not _HEX.fullmatch(text):
            refuse("digest")
    match kind:
        case OpKind.INSERT:
            fine = not field and all(_NAME.fullmatch(name) for name in names)
        case OpKind.UPDATE:
            fine = bool(field) and names == {field}
        case OpKind.DELETE | OpKind.RESTORE:
            fine = not field and not names
    if not fine:
        refuse("names")


def _check_shape(table: str, name: str, value: Json) -> None:
    """Refuse a value no laptop of this version could have written into a field it knows."""
    kind = KINDS.get(table)
    spec = kind.field(name) if kind is not None else None
    if spec is None or spec.name != name:
        return
    composite = COMPOSITES.get(spec.type)
    if composite is None:
        fine = not isinstance(value, (dict, list))
    else:
        fine = value is None or (
            isinstance(value, dict)
            and not any(isinstance(part, (dict, list)) for part in value.values())
        )
    if not fine:
        refuse("value")


def _refs(content: object) -> tuple[OpId, ...]:
    if not isinstance(content, list) or len(content) > _MOST_REFS:
        refuse("replaces")
    return tuple(_ref(one) for one in content)


def _ref(content: object) -> OpId:
    if not isinstance(content, list) or len(content) != 2:
        refuse("replaces")
    author, seq = content
    if not isinstance(author, str) or not isinstance(seq, int) or isinstance(seq, bool) or seq < 1:
        refuse("replaces")
    return OpId(author=author, seq=seq)


def _seen(content: dict[str, Any]) -> dict[str, int]:
    return {name: count_of(content, name) for name in content}
