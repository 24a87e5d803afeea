"""How a record kind is declared: one dataclass from which table, triggers, form and JSON come."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from geopark_app.domain.position import Position, Quantity

_SPEC = "geopark-field"
_KIND = "__geopark_kind__"


class FieldType(Enum):
    """The shape of a value."""

    TEXT = "text"
    LONG_TEXT = "long-text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    INSTANT = "instant"
    CHOICE = "choice"
    REFERENCE = "reference"
    POSITION = "position"
    QUANTITY = "quantity"
    GEOMETRY = "geometry"
    CHOICES = "choices"


class Merge(Enum):
    """How two laptops' values of a field come together (sync.md §8.3)."""

    REGISTER = "register"
    COMPOSITE = "composite"
    SET = "set"
    CHILD_LIST = "child-list"
    DERIVED = "derived"
    LOCAL = "local"


class Audience(Enum):
    """The widest circle that may see a value."""

    PUBLIC = "public"
    EVALUATORS = "evaluators"
    INTERNAL = "internal"


class Stage(Enum):
    """When a value is wanted; a gap is listed and never blocks saving."""

    DRAFT = "draft"
    VALIDATION = "validation"
    DOSSIER = "dossier"


COMPOSITES: Mapping[FieldType, type[Position] | type[Quantity]] = {
    FieldType.POSITION: Position,
    FieldType.QUANTITY: Quantity,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """What the program knows of one field.

    Attributes
    ----------
    name : str
        Stable name in table, log, JSON and command line.
    type : FieldType
        Shape of the value.
    label_vi, label_en : str
        What people read.
    merge : Merge
        How concurrent values come together.
    audience : Audience
        The widest circle that may see it.
    personal : bool
        Whether it holds data about a person, which a purge may have to remove.
    group : str
        Group of the form.
    language : str or None
        `vi` or `en` for a text in one language.
    vocabulary : str or None
        Vocabulary of a choice.
    refers_to : str or None
        Record kind whose key (uuid, or code for communes) the value is.
    required_at : Stage or None
        From which stage on an empty value is a listed gap.
    in_form, in_list, searchable : bool
        Where it appears.
    aliases : mapping of str to str
        Other names accepted from outside; for a composite, alias → part (else empty).
    implied_by : str or None
        Another field whose value tells this one too: then its absence is no gap.
    """

    name: str
    type: FieldType
    label_vi: str
    label_en: str
    merge: Merge = Merge.REGISTER
    audience: Audience = Audience.PUBLIC
    personal: bool = False
    group: str = "main"
    language: str | None = None
    vocabulary: str | None = None
    refers_to: str | None = None
    required_at: Stage | None = None
    in_form: bool = True
    in_list: bool = False
    searchable: bool = False
    aliases: Mapping[str, str] = dataclasses.field(default_factory=dict)
    implied_by: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Give the columns of the table that hold the value."""
        composite = COMPOSITES.get(self.type)
        if composite is None:
            return (self.name,)
        return tuple(f"{self.name}_{part.name}" for part in dataclasses.fields(composite))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSpec:
    """A list of a record: rows of another kind that refer to it.

    Attributes
    ----------
    name : str
        Name of the list in the record.
    kind : str
        Record kind of the rows.
    label_vi, label_en : str
        What people read.
    via : str
        Field of the row that refers to the record.
    group : str
        Group of the form.
    required_at : Stage or None
        From which stage on an empty list is a listed gap.
    where : pairs of str
        Values the rows must have: one kind can fill several lists.
    """

    name: str
    kind: str
    label_vi: str
    label_en: str
    via: str = "site_uuid"
    group: str = "main"
    required_at: Stage | None = None
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has: a permanent key, and whether it lies in the trash."""

    uuid: str
    deleted: bool = False


RecordT = TypeVar("RecordT", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKind:
    """A record kind with its fields, read from its dataclass.

    `shelf` is its place among the other records of the window; `derived` are values that are
    worked out and stored nowhere; `lists` are rows of other kinds that belong to a record.
    """

    name: str
    label_vi: str
    label_en: str
    record_type: type[Record]
    fields: tuple[FieldSpec, ...]
    groups: tuple[tuple[str, str, str], ...]
    title_fields: tuple[str, ...]
    code_field: str | None = None
    is_seeded: bool = False
    shelf: str = ""
    derived: tuple[FieldSpec, ...] = ()
    lists: tuple[ListSpec, ...] = ()

    def field(self, name: str) -> FieldSpec | None:
        """Give the field of that name or alias, or None."""
        for spec in self.fields:
            if spec.name == name or name in spec.aliases:
                return spec
        return None


def declare(
    name: str,
    *,
    vi: str,
    en: str,
    groups: tuple[tuple[str, str, str], ...] = (("main", "Thông tin", "Details"),),
    title: tuple[str, ...] = ("name_vi",),
    code: str | None = None,
    is_seeded: bool = False,
    shelf: str = "",
    derived: tuple[FieldSpec, ...] = (),
    lists: tuple[ListSpec, ...] = (),
) -> Any:
    """Mark a dataclass as the record kind `name`; groups are (id, label_vi, label_en)."""

    def mark(record_type: type[RecordT]) -> type[RecordT]:
        kind = RecordKind(
            name=name,
            label_vi=vi,
            label_en=en,
            record_type=record_type,
            fields=tuple(_specs(record_type)),
            groups=groups,
            title_fields=title,
            code_field=code,
            is_seeded=is_seeded,
            shelf=shelf,
            derived=derived,
            lists=lists,
        )
        setattr(record_type, _KIND, kind)
        return record_type

    return mark


def _specs(record_type: type[Record]) -> Iterator[FieldSpec]:
    for field in dataclasses.fields(record_type):
        spec = field.metadata.get(_SPEC)
        if isinstance(spec, FieldSpec):
            yield dataclasses.replace(spec, name=field.name)
        elif field.name not in {"uuid", "deleted"}:
            message = f"{record_type.__name__}.{field.name} has no declaration"
            raise TypeError(message)


def kind_of(record: Record | type[Record]) -> RecordKind:
    """Give the declaration of a record or of its class."""
    kind = getattr(record, _KIND)
    assert isinstance(kind, RecordKind)
    return kind


def _field(field_type: FieldType, vi: str, en: str, **more: Any) -> Any:
    spec = FieldSpec(name="", type=field_type, label_vi=vi, label_en=en, **more)
    return dataclasses.field(default=None, metadata={_SPEC: spec})


def text(vi: str, en: str, **more: Any) -> Any:
    """Declare a short text."""
    return _field(FieldType.TEXT, vi, en, **more)


def long_text(vi: str, en: str, **more: Any) -> Any:
    """Declare a text of several lines."""
    return _field(FieldType.LONG_TEXT, vi, en, **more)


def integer(vi: str, en: str, **more: Any) -> Any:
    """Declare a whole number."""
    return _field(FieldType.INTEGER, vi, en, **more)


def decimal(vi: str, en: str, **more: Any) -> Any:
    """Declare a number with decimals; its unit stands in the label."""
    return _field(FieldType.DECIMAL, vi, en, **more)


def boolean(vi: str, en: str, **more: Any) -> Any:
    """Declare a yes or no; None is not known."""
    return _field(FieldType.BOOLEAN, vi, en, **more)


def date(vi: str, en: str, **more: Any) -> Any:
    """Declare a date in Asia/Ho_Chi_Minh, as ISO text."""
    return _field(FieldType.DATE, vi, en, **more)


def instant(vi: str, en: str, **more: Any) -> Any:
    """Declare an instant, ISO 8601 text with the offset it was taken with."""
    return _field(FieldType.INSTANT, vi, en, **more)


def choice(vocabulary: str, vi: str, en: str, **more: Any) -> Any:
    """Declare a choice among the terms of a vocabulary."""
    return _field(FieldType.CHOICE, vi, en, vocabulary=vocabulary, **more)


def reference(kind: str, vi: str, en: str, **more: Any) -> Any:
    """Declare a reference to another record by its key."""
    return _field(FieldType.REFERENCE, vi, en, refers_to=kind, **more)


def position(vi: str, en: str, **more: Any) -> Any:
    """Declare a position: one composite value, never merged part by part."""
    return _field(FieldType.POSITION, vi, en, merge=Merge.COMPOSITE, **more)


def quantity(vi: str, en: str, **more: Any) -> Any:
    """Declare a number that keeps its unit: one composite value."""
    return _field(FieldType.QUANTITY, vi, en, merge=Merge.COMPOSITE, **more)


def geometry(vi: str, en: str, **more: Any) -> Any:
    """Declare a point, line or polygon: GeoJSON text in WGS 84, one value."""
    return _field(FieldType.GEOMETRY, vi, en, **more)


def derived_value(name: str, field_type: FieldType, vi: str, en: str, **more: Any) -> FieldSpec:
    """Declare a value that is worked out; it has no column, is not logged and not edited."""
    return FieldSpec(
        name=name,
        type=field_type,
        label_vi=vi,
        label_en=en,
        merge=Merge.DERIVED,
        in_form=False,
        **more,
    )
