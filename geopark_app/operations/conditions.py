"""Filters as people write them, `name=value` with a sign behind the name, made into conditions.

The sign says how the value is compared: none (is), `!` (is not), `~` (holds), `>` (at least),
`<` (at most), `^` (this term or a narrower one), `?` (filled in: yes or no). So `built_on>=2020`
is the name `built_on>` with the value `2020`. `#2` behind it lets a condition be set twice.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from geopark_app.domain.condition import Condition, ListQuery, Order, Rows, Test
from geopark_app.domain.declaration import FieldSpec, FieldType, RecordKind
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import KINDS, OwnField
from geopark_app.domain.text import fold
from geopark_app.operations.context import AppContext
from geopark_app.operations.own_fields import PREFIX, is_own, own_fields, own_spec
from geopark_app.rules.typed_values import read_value

_NAMED = re.compile(r"(?P<name>[^!~<>^?#]+)(?P<sign>[!~<>^?]?)(?:#\d+)?")
_PART_OF_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
_SEVERAL = "|"


class Sign(Enum):
    """How a filter compares; the value is what stands behind the name."""

    IS = ""
    IS_NOT = "!"
    HOLDS = "~"
    AT_LEAST = ">"
    AT_MOST = "<"
    WITHIN = "^"
    FILLED = "?"


_TEXT = (Sign.HOLDS, Sign.IS, Sign.IS_NOT, Sign.FILLED)
_ORDERED = (Sign.IS, Sign.AT_LEAST, Sign.AT_MOST, Sign.FILLED)
SIGNS: Mapping[FieldType, tuple[Sign, ...]] = {
    FieldType.TEXT: _TEXT,
    FieldType.LONG_TEXT: _TEXT,
    FieldType.INTEGER: _ORDERED,
    FieldType.DECIMAL: _ORDERED,
    FieldType.QUANTITY: _ORDERED,
    FieldType.DATE: _ORDERED,
    FieldType.INSTANT: _ORDERED,
    FieldType.BOOLEAN: (Sign.IS, Sign.FILLED),
    FieldType.CHOICE: (Sign.IS, Sign.WITHIN, Sign.IS_NOT, Sign.FILLED),
    FieldType.CHOICES: (Sign.IS, Sign.FILLED),
    FieldType.REFERENCE: (Sign.HOLDS, Sign.IS, Sign.IS_NOT, Sign.FILLED),
    FieldType.POSITION: (Sign.FILLED,),
    FieldType.GEOMETRY: (Sign.FILLED,),
}
"""The ways a field can be compared, the most usual first."""
_SIMPLE = {Sign.AT_LEAST: Test.AT_LEAST, Sign.AT_MOST: Test.AT_MOST, Sign.HOLDS: Test.HOLDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filterable:
    """A field by which the records of a kind can be filtered.

    Attributes
    ----------
    spec : FieldSpec
        Its declaration, or that of a field of the rows of a list.
    column : str
        Its column.
    rows : Rows or None
        The rows that hold it, where it is no column of the record.
    """

    spec: FieldSpec
    column: str
    rows: Rows | None = None


def filterable(context: AppContext, kind: RecordKind, name: str) -> Filterable:
    """Give the field of a name: declared, an own one (`own:…`), or a list of the record.

    Raises
    ------
    GeoparkError
        UNKNOWN_FIELD.
    """
    for found in _declared(kind, name):
        return found
    if is_own(name):
        for field in own_fields(context, kind.name):
            if f"{PREFIX}{field.code}" == name:
                return _own(field)
    for one in kind.lists:
        if one.name == name:
            return _of_list(kind, one.name)
    raise GeoparkError(ErrorCode.UNKNOWN_FIELD, kind=kind.name, field=name)


def all_filterable(context: AppContext, kind: RecordKind) -> dict[str, Filterable]:
    """Give everything the records of a kind can be filtered by, by its name."""
    names = [spec.name for spec in kind.fields]
    names += [f"{PREFIX}{field.code}" for field in own_fields(context, kind.name)]
    names += [one.name for one in kind.lists]
    return {name: filterable(context, kind, name) for name in dict.fromkeys(names)}


def _declared(kind: RecordKind, name: str) -> Iterator[Filterable]:
    spec = kind.field(name)
    if spec is not None:
        part = spec.aliases.get(name, "")
        if part:
            yield _part(spec, f"{spec.name}_{part}")
        elif spec.type is FieldType.POSITION:
            yield Filterable(spec=spec, column=f"{spec.name}_lon")
        elif spec.type is FieldType.QUANTITY:
            yield Filterable(spec=spec, column=f"{spec.name}_value")
        else:
            yield Filterable(spec=spec, column=spec.name)
    for other in kind.fields:
        if len(other.columns) > 1 and name in other.columns:
            yield _part(other, name)
    if name == "uuid":
        yield Filterable(spec=_plain("uuid", FieldType.TEXT), column="uuid")


def _part(spec: FieldSpec, column: str) -> Filterable:
    is_number = column.endswith(("_lon", "_lat", "_accuracy_m", "_value"))
    field_type = FieldType.DECIMAL if is_number else FieldType.TEXT
    return Filterable(spec=_plain(spec.name, field_type), column=column)


def _plain(name: str, field_type: FieldType) -> FieldSpec:
    return FieldSpec(name=name, type=field_type, label_vi=name, label_en=name)


def _own(field: OwnField) -> Filterable:
    spec = own_spec(field)
    where = (("own_field_uuid", field.uuid),)
    if spec.type is FieldType.CHOICES:
        rows = Rows(kind="own_choice", via="record_uuid", where=where)
        return Filterable(spec=spec, column="own_field_choice_uuid", rows=rows)
    rows = Rows(kind="own_value", via="record_uuid", where=where)
    return Filterable(spec=spec, column="value", rows=rows)


def _of_list(kind: RecordKind, name: str) -> Filterable:
    """Give a list by the choice its rows hold, or else only by whether there are rows."""
    one = next(found for found in kind.lists if found.name == name)
    rows = Rows(kind=one.kind, via=one.via, where=one.where)
    other = KINDS[one.kind]
    title = other.field(other.title_fields[0])
    if title is None or title.type is not FieldType.CHOICE:
        title = _plain(one.name, FieldType.GEOMETRY)
    spec = FieldSpec(
        name=one.name,
        type=title.type,
        label_vi=one.label_vi,
        label_en=one.label_en,
        vocabulary=title.vocabulary,
    )
    return Filterable(spec=spec, column=title.name if title.vocabulary else one.via, rows=rows)


def read_sign(key: str) -> tuple[str, Sign]:
    """Give the name and the sign of a filter's name."""
    found = _NAMED.fullmatch(key.strip())
    return (found["name"], Sign(found["sign"])) if found else (key, Sign.IS)


def condition_of(context: AppContext, kind: RecordKind, key: str, typed: str) -> Condition:
    """Give the condition of a filter.

    Raises
    ------
    GeoparkError
        UNKNOWN_FIELD; BAD_VALUE for a value of the wrong shape, a word that is no term of the
        vocabulary, or a comparison the field does not know.
    """
    name, sign = read_sign(key)
    field = filterable(context, kind, name)
    if sign not in SIGNS[field.spec.type]:
        known = ", ".join(f"{name}{way.value}" for way in SIGNS[field.spec.type])
        raise GeoparkError(ErrorCode.BAD_VALUE, field=name, value=key, expected=known)
    if sign is Sign.FILLED:
        is_filled = read_value(_plain(name, FieldType.BOOLEAN), typed) is not False
        return _condition(field, Test.KNOWN if is_filled else Test.UNKNOWN)
    if not typed.strip():
        return _condition(field, Test.KNOWN if sign is Sign.IS_NOT else Test.UNKNOWN)
    return _compared(context, field, sign, typed)


def _condition(field: Filterable, test: Test, *values: str | int | float) -> Condition:
    return Condition(
        column=field.column,
        test=test,
        values=values,
        rows=field.rows,
        is_number=field.rows is not None and field.spec.type is FieldType.DECIMAL,
    )


def _compared(context: AppContext, field: Filterable, sign: Sign, typed: str) -> Condition:
    spec = field.spec
    if spec.type in {FieldType.CHOICE, FieldType.CHOICES}:
        codes = _codes(context, spec, sign, typed)
        return _condition(field, Test.IS_NOT if sign is Sign.IS_NOT else Test.IS, *codes)
    if spec.type is FieldType.REFERENCE:
        return _referring(context, field, sign, typed)
    if spec.type in {FieldType.DATE, FieldType.INSTANT}:
        return _condition(field, _SIMPLE.get(sign, Test.STARTS), _day(spec, typed))
    if spec.type in {FieldType.TEXT, FieldType.LONG_TEXT}:
        if sign is Sign.IS_NOT:
            return _condition(field, Test.IS_NOT, typed)
        return _condition(field, Test.HOLDS if sign is Sign.HOLDS else Test.READS, fold(typed))
    plain = FieldType.DECIMAL if spec.type is FieldType.QUANTITY else spec.type
    value = read_value(_plain(spec.name, plain), typed)
    assert value is not None
    return _condition(field, _SIMPLE.get(sign, Test.IS), int(value) if value is True else value)


def _day(spec: FieldSpec, typed: str) -> str:
    """Give a day, or a month or year as it was typed."""
    text = typed.strip()
    if _PART_OF_DATE.fullmatch(text):
        return text
    return str(read_value(_plain(spec.name, FieldType.DATE), text))


# Terms and references -------------------------------------------------------------------------


def _codes(context: AppContext, spec: FieldSpec, sign: Sign, typed: str) -> list[str]:
    known = _terms(context, spec)
    parents = {term.code: term.parent for term in known}
    wanted = []
    for word in (part.strip() for part in typed.split(_SEVERAL)):
        meant = next((term.code for term in known if term.is_meant_by(word)), None)
        if meant is None:
            expected = ", ".join(parents)
            raise GeoparkError(ErrorCode.BAD_VALUE, field=spec.name, value=word, expected=expected)
        wanted.append(meant)
    if sign is Sign.WITHIN:
        wanted = _narrower(parents, wanted)
    if spec.type is FieldType.CHOICES:
        return [key for key, code in _own_choices(context, spec) if code in wanted]
    return wanted


def _own_choices(context: AppContext, spec: FieldSpec) -> list[tuple[str, str]]:
    """Give the key and the code of every choice of an own field."""
    rows = context.catalogue.list_rows(_choices_of(spec), ("uuid", "code"))
    return [(key, code or "") for key, code in rows]


def _own_terms(context: AppContext, spec: FieldSpec) -> list["_Term"]:
    """Give the choices of an own field as terms, with the labels the office gave them."""
    rows = context.catalogue.list_rows(_choices_of(spec), ("code", "label_vi", "label_en"))
    return [
        _Term(code=code or "", labels=tuple(fold(label) for label in labels if label))
        for code, *labels in rows
    ]


def _choices_of(spec: FieldSpec) -> ListQuery:
    own_field = (spec.vocabulary or "").removeprefix(PREFIX)
    condition = Condition(column="own_field_uuid", test=Test.IS, values=(own_field,))
    return ListQuery(kind="own_field_choice", conditions=(condition,))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Term:
    """A term as a filter names it: by its code, or by its label in either language."""

    code: str
    parent: str = ""
    labels: tuple[str, ...] = ()

    def is_meant_by(self, word: str) -> bool:
        return word == self.code or fold(word) in self.labels


def _terms(context: AppContext, spec: FieldSpec) -> list[_Term]:
    """Give the terms of a vocabulary in their order, retired ones too."""
    vocabulary = spec.vocabulary or ""
    if is_own(vocabulary):
        return _own_terms(context, spec)
    query = ListQuery(
        kind="term",
        conditions=(Condition(column="vocabulary", test=Test.IS, values=(vocabulary,)),),
        orders=(Order(column="sort_order"),),
    )
    columns = ("code", "parent", "label_vi", "label_en")
    return [
        _Term(
            code=code or "",
            parent=parent or "",
            labels=tuple(fold(label) for label in (vi, en) if label),
        )
        for code, parent, vi, en in context.catalogue.list_rows(query, columns)
    ]


def _narrower(parents: Mapping[str, str], wanted: Sequence[str]) -> list[str]:
    found = dict.fromkeys(wanted)
    before = 0
    while before < len(found):
        before = len(found)
        found.update(dict.fromkeys(code for code, above in parents.items() if above in found))
    return list(found)


def _referring(context: AppContext, field: Filterable, sign: Sign, typed: str) -> Condition:
    target = KINDS[field.spec.refers_to or ""]
    if sign is Sign.HOLDS:
        return Condition(
            column=field.column, test=Test.HOLDS, values=(fold(typed),), names_of=target.name
        )
    keys = [key for word in typed.split(_SEVERAL) for key in _keys(context, field, word.strip())]
    return _condition(field, Test.IS_NOT if sign is Sign.IS_NOT else Test.IS, *keys)


def _keys(context: AppContext, field: Filterable, word: str) -> list[str]:
    """Give what the column holds for a record named by its key, its code or its whole name."""
    target = KINDS[field.spec.refers_to or ""]
    code = target.code_field
    key = code if code and not field.column.endswith("_uuid") else "uuid"
    found = [word]
    if code:
        same = context.catalogue.records(target.record_type, where={code: word})
        found += [str(getattr(record, key)) for record in same]
    if key != "uuid":
        named = context.catalogue.records(target.record_type)
        found += [
            str(getattr(record, key))
            for record in named
            if fold(str(getattr(record, "name_vi", None) or "")) == fold(word)
        ]
    return found
