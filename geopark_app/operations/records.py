"""Every record kind added, changed, trashed and restored the same way, from its declaration."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import (
    COMPOSITES,
    FieldSpec,
    FieldType,
    Merge,
    Record,
    RecordKind,
    kind_of,
)
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.identifier import uuid_of
from geopark_app.domain.kinds import kind_named
from geopark_app.domain.position import Position, Quantity
from geopark_app.geo.extent import read_extent
from geopark_app.operations.checklist_parts import refuse_released
from geopark_app.operations.context import AppContext
from geopark_app.operations.own_fields import checked_definition, is_own, own_rows
from geopark_app.operations.position_reading import read_position
from geopark_app.operations.references import checked_reference
from geopark_app.operations.regions import display_epsg
from geopark_app.operations.site_codes import site_of_alias
from geopark_app.rules.typed_values import read_value
from geopark_app.rules.workflow import allowed_states, may_follow
from geopark_app.store.history import HistoryEntry, history_of
from geopark_app.store.new_keys import new_uuid
from geopark_app.store.rows import to_row

_FLOAT_PARTS = {"lon", "lat", "accuracy_m", "value"}
_POINT_PARTS = ("lon", "lat")
_TERM_PARTS = {"quality": "coord_quality", "method": "coord_method"}


def add_record(
    context: AppContext, kind_name: str, typed: Mapping[str, str], *, reason: str = ""
) -> tuple[Record, Changes]:
    """Make a record from typed values and give it with what changed.

    Raises
    ------
    GeoparkError
        BAD_VALUE, BAD_POSITION, UNKNOWN_FIELD; nothing is written then.
    """
    kind = kind_named(kind_name)
    own, declared = _parted(typed)
    record = kind.record_type(uuid=new_uuid())
    values = _read_values(context, kind, record, declared)
    record = dataclasses.replace(record, **{"uuid": _key(kind, record.uuid, values), **values})
    rows = own_rows(context, kind, record.uuid, own)
    refuse_released(context, record)
    with context.work(reason or f"add {kind.name}") as work:
        work.put(record)
        for row in rows:
            work.put(row)
    return record, work.changes


def set_fields(
    context: AppContext,
    kind_name: str,
    uuid: str,
    typed: Mapping[str, str],
    *,
    reason: str = "",
    saw: Record | None = None,
) -> Changes:
    """Write the named fields of a record, as one save; other fields stay as they are.

    `saw` is the record as it was shown when the person began to type, where that may be long ago.

    Raises
    ------
    GeoparkError
        NOT_FOUND, BAD_VALUE, BAD_POSITION, UNKNOWN_FIELD; nothing is written then.
    """
    kind = kind_named(kind_name)
    record = get_record(context, kind, uuid)
    own, declared = _parted(typed)
    values = _read_values(context, kind, record, declared)
    checked_state(record, values)
    rows = own_rows(context, kind, uuid, own)
    return write_values(context, record, values, reason=reason, own=rows, saw=saw)


def set_field(
    context: AppContext, kind_name: str, uuid: str, field: str, typed: str, *, reason: str = ""
) -> Changes:
    """Write one field from typed text; see `set_fields`."""
    return set_fields(context, kind_name, uuid, {field: typed}, reason=reason)


def write_values(
    context: AppContext,
    record: Record,
    values: Mapping[str, Any],
    *,
    reason: str = "",
    own: Sequence[Record] = (),
    saw: Record | None = None,
) -> Changes:
    """Write values that already have their shape, and rows of own fields, as one save."""
    kind = kind_of(record)
    refuse_released(context, record, values)
    changed = dataclasses.replace(record, **values)
    row = to_row(changed)
    columns = {column: row[column] for name in values for column in _spec(kind, name).columns}
    with context.work(reason or f"edit {', '.join(values)}") as work:
        if saw is not None:
            work.saw(saw, values)
        # What was typed over with the same text changes nothing.
        if columns:
            work.set_columns(kind, record.uuid, columns)
        for own_row in own:
            work.put(own_row)
    return work.changes


def checked_state(record: Record, values: Mapping[str, Any]) -> None:
    """Refuse a state of the workflow that may not follow, and a change of a fixed evidence number.

    Raises
    ------
    GeoparkError
        BAD_VALUE with the states that may follow, or with the number as it stands.
    """
    if getattr(record, "freeze_uuid", None) is not None:
        number = getattr(record, "number", None)
        if values.get("number", number) != number or not values.get("freeze_uuid", "kept"):
            raise GeoparkError(
                ErrorCode.BAD_VALUE, field="number", value=values.get("number"), expected=number
            )
    state, wanted = getattr(record, "workflow_status", None), values.get("workflow_status")
    if not may_follow(state, wanted):
        raise GeoparkError(
            ErrorCode.BAD_VALUE,
            field="workflow_status",
            value=wanted,
            expected=", ".join(allowed_states(state)),
        )


def _parted(typed: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Give the typed values of own fields, and those of declared ones."""
    own = {name: text for name, text in typed.items() if is_own(name)}
    return own, {name: text for name, text in typed.items() if name not in own}


def _key(kind: RecordKind, fresh: str, values: Mapping[str, Any]) -> str:
    """Give the key of a new record: an element of a set is the same on every laptop."""
    names = [spec.name for spec in kind.fields]
    is_set = all(spec.merge is Merge.SET for spec in kind.fields)
    hangs_on_a_record = kind.fields[0].type is FieldType.REFERENCE
    if not (is_set and hangs_on_a_record and all(values.get(name) for name in names)):
        return fresh
    parent, *rest = (str(values[name]) for name in names)
    return uuid_of(parent, "/".join(rest))


def get_record(context: AppContext, kind: RecordKind, uuid: str) -> Record:
    """Give a record by its key, also from the trash, or raise `GeoparkError(NOT_FOUND)`."""
    record = context.catalogue.get(kind.record_type, uuid)
    if record is None:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind=kind.name, uuid=uuid)
    return record


def find_record(
    context: AppContext, kind: RecordKind, reference: str, *, in_trash: bool = False
) -> Record:
    """Give the record of a code or a uuid; with `in_trash`, of those in the trash.

    Raises
    ------
    GeoparkError
        NOT_FOUND; AMBIGUOUS with the uuids when several records carry the code.
    """
    record = context.catalogue.get(kind.record_type, reference)
    if record is not None:
        return record
    for found in _carriers(context, kind, reference, in_trash=in_trash):
        if len(found) > 1:
            uuids = ", ".join(record.uuid for record in found)
            raise GeoparkError(ErrorCode.AMBIGUOUS, reference=reference, uuids=uuids)
        if found:
            return found[0]
    raise GeoparkError(ErrorCode.NOT_FOUND, kind=kind.name, reference=reference)


def _carriers(
    context: AppContext, kind: RecordKind, reference: str, *, in_trash: bool
) -> Iterator[Sequence[Record]]:
    """Give the records that carry a code, then those that carried it before."""
    for field in (kind.code_field, "alias_code"):
        if field is not None and kind.field(field) is not None:
            where = {field: reference, "deleted": int(in_trash)}
            yield context.catalogue.records(kind.record_type, where=where, include_deleted=True)
    if kind.name == "site":
        sites = site_of_alias(context, reference)
        yield [site for site in sites if site.deleted == in_trash]


def delete_record(context: AppContext, kind_name: str, uuid: str, *, reason: str = "") -> Changes:
    """Put a record into the trash."""
    kind = kind_named(kind_name)
    refuse_released(context, get_record(context, kind, uuid))
    with context.work(reason or f"delete {kind.name}") as work:
        work.delete(kind, uuid)
    return work.changes


def restore_record(context: AppContext, kind_name: str, uuid: str, *, reason: str = "") -> Changes:
    """Take a record out of the trash."""
    kind = kind_named(kind_name)
    refuse_released(context, get_record(context, kind, uuid))
    with context.work(reason or f"restore {kind.name}") as work:
        work.restore(kind, uuid)
    return work.changes


def history(context: AppContext, kind_name: str, uuid: str) -> list[HistoryEntry]:
    """Give every change of a record, newest first: who, when, on which laptop, old and new."""
    return history_of(context.catalogue, kind_named(kind_name), uuid)


def _spec(kind: RecordKind, name: str) -> FieldSpec:
    spec = kind.field(name)
    if spec is None:
        raise GeoparkError(ErrorCode.UNKNOWN_FIELD, kind=kind.name, field=name)
    return spec


def read_typed(context: AppContext, record: Record, typed: Mapping[str, str]) -> dict[str, Any]:
    """Give the values of typed texts for a record, and write nothing; raises like `set_fields`."""
    return _read_values(context, kind_of(record), record, typed)


def _read_values(
    context: AppContext, kind: RecordKind, record: Record, typed: Mapping[str, str]
) -> dict[str, Any]:
    """Read all typed values; parts of one composite value come together."""
    values: dict[str, Any] = {}
    parts: dict[str, dict[str, str]] = {}
    wholes: dict[str, str] = {}
    for name, text in typed.items():
        field, _, part = name.partition(".")
        spec = _spec(kind, field)
        if spec.type not in COMPOSITES:
            values[spec.name] = _plain_value(context, spec, text)
        elif part or field in spec.aliases:
            parts.setdefault(spec.name, {})[part or spec.aliases[field]] = text
        else:
            wholes[spec.name] = text
    for name, text in wholes.items():
        spec = _spec(kind, name)
        if spec.type is FieldType.POSITION:
            commune = values.get("commune_code", getattr(record, "commune_code", None))
            given = parts.setdefault(name, {})
            values[name] = _whole_position(context, text, given, commune_code=commune)
        else:
            values[name] = _whole_quantity(spec, text)
    for name, given in parts.items():
        if name in values and not given:
            continue
        current = values.get(name, getattr(record, name))
        values[name] = _composite_with_parts(context, _spec(kind, name), current, given)
    checked_definition(kind, values)
    return values


def _plain_value(context: AppContext, spec: FieldSpec, text: str) -> Any:
    value = read_value(spec, text)
    if spec.type is FieldType.GEOMETRY and value is not None:
        return read_extent(str(value), field=spec.name)
    return checked_reference(context, spec, value)


def _whole_position(
    context: AppContext, text: str, parts: dict[str, str], *, commune_code: str | None
) -> Position | None:
    """Read coordinates as typed, or take the reading a person chose: lon and lat beside them."""
    chosen = {part: parts[part] for part in _POINT_PARTS if part in parts}
    if any(value.strip() for value in chosen.values()):
        parts["as_typed"] = text.strip()
        return Position()
    for part in chosen:
        del parts[part]
    if not text.strip():
        return None
    said = parts.pop("source_crs", "").strip()
    epsg = _epsg(said) if said else None
    return read_position(context, text, epsg=epsg, commune_code=commune_code)


def _epsg(said: str) -> int:
    code = said.upper().removeprefix("EPSG:").strip()
    if not (code.isascii() and code.isdigit() and len(code) <= 6):
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="coord_source_crs", value=said, expected="EPSG:9215"
        )
    return int(code)


def _whole_quantity(spec: FieldSpec, text: str) -> Quantity | None:
    if not text.strip():
        return None
    number, _, unit = text.strip().partition(" ")
    decimal = dataclasses.replace(spec, type=FieldType.DECIMAL)
    value = read_value(decimal, number)
    return Quantity(value=None if value is None else float(value), unit=unit.strip() or None)


def _part(context: AppContext, spec: FieldSpec, part: str, text: str) -> Any:
    """Read one part of a composite value; how and how well a point is known are terms."""
    shape = FieldType.DECIMAL if part in _FLOAT_PARTS else FieldType.TEXT
    named = dataclasses.replace(spec, name=part, type=shape)
    value = read_value(named, text)
    if isinstance(value, float) and value < 0 and part == "accuracy_m":
        raise GeoparkError(ErrorCode.BAD_VALUE, field=part, value=text, expected="≥ 0")
    if spec.type is FieldType.POSITION and part in _TERM_PARTS:
        choice = dataclasses.replace(named, type=FieldType.CHOICE, vocabulary=_TERM_PARTS[part])
        return checked_reference(context, choice, value)
    return value


def _composite_with_parts(
    context: AppContext,
    spec: FieldSpec,
    current: Position | Quantity | None,
    given: Mapping[str, str],
) -> Position | Quantity | None:
    composite = COMPOSITES[spec.type]
    known = {part.name for part in dataclasses.fields(composite)}
    read: dict[str, Any] = {}
    for part, text in given.items():
        if part not in known:
            raise GeoparkError(ErrorCode.UNKNOWN_FIELD, field=f"{spec.name}.{part}")
        read[part] = _part(context, spec, part, text)
    if {"lon", "lat"} & read.keys() and isinstance(current, Position):
        # A new point does not inherit what was said of the old one.
        current = Position(lon=current.lon, lat=current.lat, quality=None)
    base = current if current is not None else composite()
    value = dataclasses.replace(base, **read)
    is_known = any(part is not None for part in dataclasses.asdict(value).values())
    return value if is_known else None


__all__ = [
    "add_record",
    "delete_record",
    "display_epsg",
    "find_record",
    "get_record",
    "history",
    "read_typed",
    "restore_record",
    "set_field",
    "set_fields",
    "write_values",
]
