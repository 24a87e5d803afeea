"""Own fields of the office: rows that say which fields a kind has besides the declared ones.

A value is named `own:CODE` wherever field names are typed: form, command line, import.
"""

import dataclasses
import re
from collections.abc import Mapping

from geopark_app.domain.declaration import FieldSpec, FieldType, Record, RecordKind
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.identifier import uuid_of
from geopark_app.domain.kinds import KINDS, OwnChoice, OwnField, OwnFieldChoice, OwnValue
from geopark_app.domain.text import fold
from geopark_app.operations.context import AppContext
from geopark_app.rules.typed_values import read_value

PREFIX = "own:"
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_TYPES = {
    "text": FieldType.LONG_TEXT,
    "number": FieldType.DECIMAL,
    "date": FieldType.DATE,
    "choice": FieldType.CHOICE,
    "choices": FieldType.CHOICES,
}


def is_own(name: str) -> bool:
    """Say whether a field name is that of an own field."""
    return name.startswith(PREFIX)


def own_fields(context: AppContext, kind_name: str) -> list[OwnField]:
    """Give the own fields of a kind that are in use, in their order."""
    found = context.catalogue.records(OwnField, where={"kind_name": kind_name})
    used = [field for field in found if field.code and not field.retired]
    return sorted(used, key=lambda field: (field.sort_order or 0, field.label_vi or ""))


def own_specs(context: AppContext, kind_name: str) -> list[FieldSpec]:
    """Give the own fields of a kind as fields a form can show."""
    return [own_spec(field) for field in own_fields(context, kind_name)]


def own_spec(field: OwnField) -> FieldSpec:
    """Give the declaration of an own field; its vocabulary is named after its key."""
    unit = f" ({field.unit})" if field.unit else ""
    return FieldSpec(
        name=f"{PREFIX}{field.code}",
        type=_TYPES.get(field.value_type or "", FieldType.LONG_TEXT),
        label_vi=f"{field.label_vi or field.code}{unit}",
        label_en=f"{field.label_en or field.label_vi or field.code}{unit}",
        group="own",
        vocabulary=f"{PREFIX}{field.uuid}",
    )


def choices_of(context: AppContext, own_field_uuid: str) -> list[OwnFieldChoice]:
    """Give the choices of an own field that are in use, in their order."""
    where = {"own_field_uuid": own_field_uuid}
    found = context.catalogue.records(OwnFieldChoice, where=where)
    used = [choice for choice in found if not choice.retired]
    return sorted(used, key=lambda choice: (choice.sort_order or 0, choice.label_vi or ""))


def own_texts(context: AppContext, kind_name: str, record_uuid: str) -> dict[str, str]:
    """Give the typed form of each own value of a record by its name; empty where unknown."""
    fields = own_fields(context, kind_name)
    if not fields:
        return {}
    values = {
        value.own_field_uuid: value.value or ""
        for value in context.catalogue.records(OwnValue, where={"record_uuid": record_uuid})
    }
    marked = _marked(context, record_uuid)
    return {
        f"{PREFIX}{field.code}": (
            "; ".join(marked.get(field.uuid, []))
            if field.value_type == "choices"
            else values.get(field.uuid, "")
        )
        for field in fields
    }


def own_texts_by_record(context: AppContext, kind_name: str) -> dict[str, dict[str, str]]:
    """Give the typed form of all own values of a kind, by record and name, in few questions."""
    names = {field.uuid: f"{PREFIX}{field.code}" for field in own_fields(context, kind_name)}
    found: dict[str, dict[str, str]] = {}
    for value in context.catalogue.records(OwnValue, where={"record_kind": kind_name}):
        if value.own_field_uuid in names and value.value:
            texts = found.setdefault(value.record_uuid or "", {})
            texts[names[value.own_field_uuid]] = value.value
    codes = {one.uuid: one.code or "" for one in context.catalogue.records(OwnFieldChoice)}
    marked: dict[tuple[str, str], list[str]] = {}
    for mark in context.catalogue.records(OwnChoice, where={"record_kind": kind_name}):
        code = codes.get(mark.own_field_choice_uuid or "")
        if mark.own_field_uuid in names and code:
            marked.setdefault((mark.record_uuid or "", mark.own_field_uuid), []).append(code)
    for (record, field), chosen in marked.items():
        found.setdefault(record, {})[names[field]] = "; ".join(sorted(chosen))
    return found


def own_json(context: AppContext, kind_name: str, record_uuid: str) -> dict[str, object]:
    """Give the own values of a record by code: numbers as numbers, several choices as a list."""
    texts = own_texts(context, kind_name, record_uuid)
    content: dict[str, object] = {}
    for field in own_fields(context, kind_name):
        text = texts[f"{PREFIX}{field.code}"]
        if field.value_type == "choices":
            content[field.code or ""] = text.split("; ") if text else []
        elif field.value_type == "number" and text:
            content[field.code or ""] = float(text)
        else:
            content[field.code or ""] = text or None
    return content


def _marked(context: AppContext, record_uuid: str) -> dict[str | None, list[str]]:
    codes = {choice.uuid: choice for choice in context.catalogue.records(OwnFieldChoice)}
    found: dict[str | None, list[str]] = {}
    for mark in context.catalogue.records(OwnChoice, where={"record_uuid": record_uuid}):
        choice = codes.get(mark.own_field_choice_uuid or "")
        if choice is not None:
            found.setdefault(mark.own_field_uuid, []).append(choice.code or "")
    return {key: sorted(values) for key, values in found.items()}


def own_rows(
    context: AppContext, kind: RecordKind, record_uuid: str, typed: Mapping[str, str]
) -> list[Record]:
    """Give the rows to write for typed own values.

    Raises
    ------
    GeoparkError
        UNKNOWN_FIELD for a code no own field of the kind has; BAD_VALUE for a wrong shape or an
        unknown choice.
    """
    fields = {f"{PREFIX}{field.code}": field for field in own_fields(context, kind.name)}
    rows: list[Record] = []
    for name, text in typed.items():
        field = fields.get(name)
        if field is None:
            raise GeoparkError(ErrorCode.UNKNOWN_FIELD, kind=kind.name, field=name)
        if field.value_type == "choices":
            rows.extend(_choice_rows(context, kind, record_uuid, field, text))
        else:
            rows.append(_value_row(context, kind, record_uuid, field, text))
    return rows


def _value_row(
    context: AppContext, kind: RecordKind, record_uuid: str, field: OwnField, typed: str
) -> OwnValue:
    spec = own_spec(field)
    value = read_value(spec, typed)
    if value is not None and spec.type is FieldType.CHOICE:
        value = _choice(context, field, str(value)).code
    if isinstance(value, float):
        value = f"{value:.10f}".rstrip("0").rstrip(".")
    return OwnValue(
        uuid=uuid_of(record_uuid, field.uuid),
        record_kind=kind.name,
        record_uuid=record_uuid,
        own_field_uuid=field.uuid,
        value=None if value is None else str(value),
    )


def _choice_rows(
    context: AppContext, kind: RecordKind, record_uuid: str, field: OwnField, typed: str
) -> list[OwnChoice]:
    words = [word.strip() for word in typed.replace(",", ";").split(";") if word.strip()]
    wanted = {_choice(context, field, word).uuid for word in words}
    where = {"record_uuid": record_uuid, "own_field_uuid": field.uuid}
    known = {
        mark.own_field_choice_uuid: mark
        for mark in context.catalogue.records(OwnChoice, where=where, include_deleted=True)
    }
    rows = [
        dataclasses.replace(mark, deleted=choice not in wanted) for choice, mark in known.items()
    ]
    rows.extend(
        OwnChoice(
            uuid=uuid_of(record_uuid, choice),
            record_kind=kind.name,
            record_uuid=record_uuid,
            own_field_uuid=field.uuid,
            own_field_choice_uuid=choice,
        )
        for choice in sorted(wanted - known.keys())
    )
    return rows


def _choice(context: AppContext, field: OwnField, typed: str) -> OwnFieldChoice:
    choices = choices_of(context, field.uuid)
    for choice in choices:
        names = {fold(choice.label_vi or ""), fold(choice.label_en or "")}
        if choice.code == typed or fold(typed) in names:
            return choice
    expected = ", ".join(choice.code or "" for choice in choices)
    raise GeoparkError(
        ErrorCode.BAD_VALUE, field=f"{PREFIX}{field.code}", value=typed, expected=expected
    )


def checked_definition(kind: RecordKind, values: Mapping[str, object]) -> None:
    """Refuse an own field for a kind that does not exist, or with a code that is no name.

    Raises
    ------
    GeoparkError
        BAD_VALUE.
    """
    if kind.record_type is not OwnField:
        return
    target, code = values.get("kind_name"), values.get("code")
    if target is not None and target not in KINDS:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="kind_name", value=target, expected=", ".join(KINDS)
        )
    if code is not None and not _CODE.fullmatch(str(code)):
        raise GeoparkError(ErrorCode.BAD_VALUE, field="code", value=code, expected="a-z 0-9 _")
