"""Records to rows and back: the one place where a dataclass meets its columns."""

import dataclasses
import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from geopark_app.domain.change import Json
from geopark_app.domain.declaration import COMPOSITES, FieldSpec, FieldType, Record, kind_of
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.kinds import KINDS
from geopark_app.domain.position import Position, Quantity
from geopark_app.domain.text import clean

RecordT = TypeVar("RecordT", bound=Record)
# A tuple: the hash of an enumeration is slow, and this is asked a million times by an import.
_COMPOSITE_TYPES = tuple(COMPOSITES)


def to_row(record: Record) -> dict[str, Any]:
    """Give the row of a record; text is stored in NFC, empty text as unknown."""
    row: dict[str, Any] = {"uuid": record.uuid, "deleted": int(record.deleted)}
    plain, composites = _parted(kind_of(record).name)
    for name, _ in plain:
        value = getattr(record, name)
        row[name] = None if value is None else _stored(value)
    for spec in composites:
        row.update(_columns_of(spec, getattr(record, spec.name)))
    return row


def _columns_of(spec: FieldSpec, value: object) -> dict[str, Any]:
    parts = _columns_and_parts(spec.name, spec.type)
    if value is None:
        return dict.fromkeys([column for column, _ in parts])
    return {column: _stored(getattr(value, part)) for column, part in parts}


@cache
def _columns_and_parts(name: str, field_type: FieldType) -> tuple[tuple[str, str], ...]:
    """Give the columns of a composite field, each with the part it holds."""
    parts = dataclasses.fields(COMPOSITES[field_type])
    return tuple((f"{name}_{part.name}", part.name) for part in parts)


def _stored(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str):
        return clean(value) or None
    return value


def from_row(record_type: type[RecordT], row: Mapping[str, Any]) -> RecordT:
    """Give the record of a row."""
    values: dict[str, Any] = {"uuid": row["uuid"], "deleted": bool(row["deleted"])}
    plain, composites = _parted(kind_of(record_type).name)
    for name, is_boolean in plain:
        value = row[name]
        # Most of the 130 fields of a site are unknown: those cost nothing more.
        if value is not None:
            value = _plain(value)
            value = bool(value) if is_boolean and value is not None else value
        values[name] = value
    for spec in composites:
        values[spec.name] = _composite_of(spec, row)
    return record_type(**values)


def from_part_of_row(
    record_type: type[RecordT], specs: Sequence[FieldSpec], row: Mapping[str, Any]
) -> RecordT:
    """Give a record with these fields of a row; the others are unknown in it."""
    values: dict[str, Any] = {"uuid": row["uuid"], "deleted": bool(row["deleted"])}
    for spec in specs:
        if spec.type in _COMPOSITE_TYPES:
            values[spec.name] = _composite_of(spec, row)
            continue
        value = _plain(row[spec.name])
        is_said = spec.type is FieldType.BOOLEAN and value is not None
        values[spec.name] = bool(value) if is_said else value
    return record_type(**values)


@cache
def _parted(kind_name: str) -> tuple[tuple[tuple[str, bool], ...], tuple[FieldSpec, ...]]:
    """Give the plain fields with whether they are yes or no, and the composite ones."""
    fields = KINDS[kind_name].fields
    plain = [spec for spec in fields if spec.type not in COMPOSITES]
    return (
        tuple((spec.name, spec.type is FieldType.BOOLEAN) for spec in plain),
        tuple(spec for spec in fields if spec.type in COMPOSITES),
    )


def _composite_of(spec: FieldSpec, row: Mapping[str, Any]) -> object:
    composite = COMPOSITES[spec.type]
    parts = _parts(spec, row)
    if all(part is None for part in parts.values()):
        return None
    try:
        return composite(**parts)
    except (GeoparkError, TypeError):
        return _unusable(parts)


def _parts(spec: FieldSpec, row: Mapping[str, Any]) -> dict[str, Any]:
    columns = _columns_and_parts(spec.name, spec.type)
    return {part: _plain(row[column]) for column, part in columns}


def _plain(value: Any) -> Any:
    """Give what a text, a number or JSON can hold: other programs write what they like."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _unusable(parts: Mapping[str, Any]) -> Position | Quantity:
    """Give an unknown position that still says what another program left in its columns."""
    return Position(as_typed=" ".join(str(part) for part in parts.values() if part is not None))


def logged_values(kind_name: str, row: Mapping[str, Any]) -> dict[str, Json]:
    """Give what is known of a row as the log keeps it: field to value."""
    plain, composites = _parted(kind_name)
    # Most of the 130 fields of a site are unknown: those cost nothing more.
    known: dict[str, Json] = {name: _plain(row[name]) for name, _ in plain if row[name] is not None}
    known.update({spec.name: logged_value(spec, row) for spec in composites})
    return {name: value for name, value in known.items() if value is not None}


def logged_value(spec: FieldSpec, row: Mapping[str, Any]) -> Json:
    """Give the value of a field as the log keeps it: a composite as one object, else the value."""
    if spec.type not in _COMPOSITE_TYPES:
        value: Json = _plain(row[spec.name])
        return value
    parts = _parts(spec, row)
    if all(part is None for part in parts.values()):
        return None
    return parts


def columns_of_logged(spec: FieldSpec, value: Json) -> dict[str, Any]:
    """Give the columns that hold a value of the log."""
    if spec.type not in _COMPOSITE_TYPES:
        return {spec.name: value}
    if not isinstance(value, dict):
        return dict.fromkeys(spec.columns)
    return {name: value.get(name.removeprefix(f"{spec.name}_")) for name in spec.columns}
