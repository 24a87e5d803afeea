"""Records that hang on a record, both ways, and the names people know any record by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from geopark_app.domain.declaration import (
    FieldSpec,
    FieldType,
    ListSpec,
    Record,
    RecordKind,
    kind_of,
)
from geopark_app.domain.finding import Finding, Severity
from geopark_app.domain.kinds import KINDS, Document, Term
from geopark_app.domain.text import sort_key
from geopark_app.i18n import pick
from geopark_app.operations.attached_texts import UNREAD
from geopark_app.operations.context import AppContext
from geopark_app.operations.vocabularies import all_labels

HIDDEN = frozenset({"answer", "answer_photo", "own_value", "own_choice"})
"""Kinds that are never listed by themselves: other screens show them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedList:
    """The rows of one list of a record.

    Attributes
    ----------
    spec : ListSpec
        Which list.
    records : tuple of Record
        Its rows.
    """

    spec: ListSpec
    records: tuple[Record, ...]


@cache
def lists_of(kind_name: str) -> tuple[ListSpec, ...]:
    """Give every list of a kind: the declared ones, then all other kinds that refer to it."""
    kind = KINDS[kind_name]
    declared = kind.lists
    covered = {(one.kind, one.via) for one in declared}
    found = [
        ListSpec(
            name=f"{other.name}.{spec.name}",
            kind=other.name,
            label_vi=_list_label(other, spec, other.label_vi, spec.label_vi),
            label_en=_list_label(other, spec, other.label_en, spec.label_en),
            via=spec.name,
            group="linked",
        )
        for other in KINDS.values()
        if other.name not in HIDDEN
        for spec in other.fields
        if spec.refers_to == kind_name and (other.name, spec.name) not in covered
    ]
    return (*declared, *found)


def _list_label(kind: RecordKind, spec: FieldSpec, kind_label: str, field_label: str) -> str:
    """Name the field only where a kind refers to another in two ways."""
    is_only = sum(other.refers_to == spec.refers_to for other in kind.fields) == 1
    return kind_label if is_only else f"{kind_label}: {field_label}"


def rows_of(context: AppContext, kind: RecordKind, record: Record, one: ListSpec) -> list[Record]:
    """Give the rows of a list of a record."""
    by_uuid = one.via.endswith("_uuid")
    key = record.uuid if by_uuid else getattr(record, kind.code_field or "uuid")
    if not key:
        return []
    return list(
        context.catalogue.records(
            KINDS[one.kind].record_type, where={one.via: key, **dict(one.where)}
        )
    )


def linked_lists(context: AppContext, kind: RecordKind, record: Record) -> list[LinkedList]:
    """Give every list of a record with its rows, also the empty ones."""
    return [
        LinkedList(spec=one, records=tuple(rows_of(context, kind, record, one)))
        for one in lists_of(kind.name)
    ]


def list_gaps(context: AppContext, kind: RecordKind, record: Record) -> list[Finding]:
    """Give a finding for each wanted list that is empty; they never block saving."""
    return [
        Finding(
            code="missing-field",
            severity=Severity.NOTE,
            kind=kind.name,
            uuid=record.uuid,
            field=one.name,
            details=(("stage", one.required_at.value),),
        )
        for one in kind.lists
        if one.required_at is not None and not rows_of(context, kind, record, one)
    ]


_COLOURED = "geological_time"


class Titles:
    """Names of records for people: terms and referred records in words; read once, then kept."""

    def __init__(self, context: AppContext, language: str | None = None) -> None:
        """Read the labels of all terms."""
        self._context = context
        self._language = language
        self._labels: Mapping[tuple[str, str], str] = all_labels(context, language)
        self._known: dict[tuple[str, str], str] = {}
        self._colours: dict[str, dict[str, str]] = {}
        self._unread: dict[str, str] | None = None

    def unread_state(self, record: Record) -> str:
        """Give why search cannot look into the file of a document (`scan`, …); else empty."""
        if not isinstance(record, Document) or not record.sha256:
            return ""
        if self._unread is None:
            self._unread = {
                sha256: known.state
                for sha256, known in self._context.catalogue.attached.states().items()
                if known.state in UNREAD
            }
        return self._unread.get(record.sha256, "")

    def colour(self, record: Record, spec: FieldSpec) -> str:
        """Give the colour of a term, of a geological age on the international chart; or empty."""
        if isinstance(record, Term):
            return (record.colour or "") if spec.name == "code" else ""
        if spec.type is not FieldType.CHOICE or spec.vocabulary != _COLOURED:
            return ""
        if spec.vocabulary not in self._colours:
            terms = self._context.catalogue.records(Term, where={"vocabulary": spec.vocabulary})
            self._colours[spec.vocabulary] = {term.code or "": term.colour or "" for term in terms}
        return self._colours[spec.vocabulary].get(str(getattr(record, spec.name)), "")

    def title(self, record: Record) -> str:
        """Give the name of a record; without one, the name of its kind."""
        kind = kind_of(record)
        words = []
        for name in kind.title_fields:
            spec = kind.field(self._in_language(kind, record, name))
            words.append(self.cell(record, spec) if spec else "")
        shown = " · ".join(word for word in words if word)
        return shown or pick(kind.label_vi, kind.label_en, self._language)

    def _in_language(self, kind: RecordKind, record: Record, name: str) -> str:
        other = f"{name.removesuffix('_vi')}_en"
        is_english = name.endswith("_vi") and pick("vi", "en", self._language) == "en"
        has_english = is_english and kind.field(other) and getattr(record, other)
        return other if has_english else name

    def cell(self, record: Record, spec: FieldSpec) -> str:
        """Give the value of a field in words."""
        value = getattr(record, spec.name)
        if value is None:
            return ""
        if spec.type is FieldType.CHOICE:
            return self._labels.get((spec.vocabulary or "", str(value)), str(value))
        if spec.type is FieldType.REFERENCE and spec.refers_to:
            return self._referred(spec, str(value))
        if spec.type is FieldType.DATE:
            return "/".join(reversed(str(value).split("-")))
        if spec.type is FieldType.BOOLEAN:
            return (
                pick("có", "yes", self._language) if value else pick("không", "no", self._language)
            )
        if spec.type is FieldType.POSITION:
            return f"{value.lat}, {value.lon}" if value.is_known else ""
        if spec.type is FieldType.QUANTITY:
            return " ".join(str(part) for part in (value.value, value.unit) if part is not None)
        return str(value)

    def _referred(self, spec: FieldSpec, key: str) -> str:
        place = (spec.refers_to or "", key)
        if place not in self._known:
            self.read_ahead(spec, [key])
        return self._known[place]

    def read_ahead(self, spec: FieldSpec, keys: Iterable[str]) -> None:
        """Read the names of many referred records at once; only what makes their names."""
        kind = KINDS[spec.refers_to or ""]
        wanted = [key for key in dict.fromkeys(keys) if (kind.name, key) not in self._known]
        if not wanted:
            return
        self._known.update({(kind.name, key): key for key in wanted})
        code = "uuid" if spec.name.endswith("_uuid") else kind.code_field or "uuid"
        fields = [name for vi in kind.title_fields for name in self._both_languages(kind, vi)]
        if code != "uuid":
            fields.append(code)
        found = self._context.catalogue.records_in_part(
            kind.record_type, list(dict.fromkeys(fields)), wanted, key=code
        )
        for record in found:
            self._known[kind.name, str(getattr(record, code))] = self.title(record)

    def _both_languages(self, kind: RecordKind, name: str) -> list[str]:
        other = f"{name.removesuffix('_vi')}_en"
        return [name, other] if name.endswith("_vi") and kind.field(other) else [name]

    def sorted(self, records: list[Record]) -> list[Record]:
        """Give the records in Vietnamese order of their names."""
        return sorted(records, key=lambda record: sort_key(self.title(record)))
