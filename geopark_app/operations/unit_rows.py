"""What is asked of a commune or department: its works, facilities, partners and activities."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from geopark_app import paths
from geopark_app.domain.declaration import FieldSpec, FieldType, Record, kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Commune, Organisation, Route, Site, kind_named
from geopark_app.domain.text import fold, sort_key
from geopark_app.operations.context import AppContext
from geopark_app.operations.vocabularies import all_labels, terms
from geopark_app.rules.works import CLOSED

ASKED: Mapping[str, tuple[str, ...]] = {
    "work": ("work_state", "responsible", "due_on", "cost_vnd", "blocked_by", "done_on"),
    "facility": (
        "standing", "condition", "size_text", "languages", "land_status", "permit_no", "built_on",
        "last_checked_on", "manager", "capacity_persons", "accessible",
    ),
    "partner": (
        "contact", "phone", "email", "website", "agreement_no", "agreement_on", "agreement_until",
        "declares_no_geomaterial_sale", "ocop_products", "rooms", "employees", "women",
        "ethnic_minority",
    ),
    "activity": (
        "starts_on", "ends_on", "place", "participants", "women", "pupils", "hours", "result_vi",
    ),
}  # fmt: skip
"""Fields a unit may fill, by kind; internal notes and positions stay in the office."""

COMMUNE, ORGANISATION = "commune", "organisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A commune, or a body.

    Attributes
    ----------
    kind : str
        `commune` or `organisation`.
    key : str
        Code of the commune, or uuid of the organisation.
    name : str
        In Vietnamese: what is sent goes to Vietnamese authorities.
    short : str
        The same without what kind of body it is.
    """

    kind: str
    key: str
    name: str
    short: str = ""

    @property
    def id(self) -> str:
        """One text for both."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRow:
    """One record as it is shown to a unit.

    Attributes
    ----------
    record : Record
        Which.
    name, place : str
        Words that say which it is.
    values : mapping of str to str
        Typed text of each field asked.
    """

    record: Record
    name: str
    place: str
    values: Mapping[str, str]


@cache
def words() -> dict[str, Any]:
    """Give the words of what is sent, as they ship."""
    path = paths.bundled("resources", "letters", "unit-request.json")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


class UnitRows:
    """Finds the rows of each unit; reads every list once."""

    def __init__(self, context: AppContext, kinds: Iterable[str] = tuple(ASKED)) -> None:
        """Read the records of these kinds.

        Raises
        ------
        GeoparkError
            UNKNOWN_KIND for a kind that is not sent.
        """
        self._context = context
        catalogue = context.catalogue
        self._sites = {one.uuid: one for one in catalogue.records(Site)}
        self._routes = {one.uuid: one for one in catalogue.records(Route)}
        self._communes = {one.code or "": one for one in catalogue.records(Commune)}
        self._bodies = {one.uuid: one for one in catalogue.records(Organisation)}
        self._labels = all_labels(context, "vi")
        self._rows: dict[str, dict[str, list[Record]]] = {}
        for kind in kinds:
            if kind not in ASKED:
                raise GeoparkError(ErrorCode.UNKNOWN_KIND, kind=kind)
            for record in catalogue.records(kind_named(kind).record_type):
                if getattr(record, "work_state", None) in CLOSED:
                    continue
                for unit in self._units_of(record):
                    self._rows.setdefault(unit, {}).setdefault(kind, []).append(record)

    def units(self) -> list[Unit]:
        """Give the units that have rows: communes in Vietnamese order, then bodies."""
        return sorted(
            map(self._unit, self._rows), key=lambda one: (one.kind != COMMUNE, sort_key(one.short))
        )

    def unit(self, reference: str) -> Unit:
        """Give the unit of a code, key or name.

        Raises
        ------
        GeoparkError
            NOT_FOUND.
        """
        wanted = fold(reference)
        for one in self.units():
            if reference in {one.key, one.id} or wanted in {fold(one.name), fold(one.short)}:
                return one
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="unit", reference=reference)

    def counts(self, unit: Unit) -> dict[str, int]:
        """Give how many rows of each kind a unit has."""
        return {kind: len(found) for kind, found in self._rows.get(unit.id, {}).items()}

    def rows(self, unit: Unit) -> dict[str, list[AskedRow]]:
        """Give the rows of a unit by kind, in the order of their places."""
        found = self._rows.get(unit.id, {})
        return {
            kind: sorted(
                (self._asked(kind, record) for record in found[kind]),
                key=lambda row: (sort_key(row.place), sort_key(row.name), row.record.uuid),
            )
            for kind in ASKED
            if kind in found
        }

    def label(self, spec: FieldSpec, typed: str) -> str:
        """Give a typed value as people read it: terms by their label, yes and no in words."""
        if spec.type is FieldType.CHOICE:
            return self._labels.get((spec.vocabulary or "", typed), typed)
        if spec.type is FieldType.BOOLEAN and typed:
            return str(words()["yes" if typed == "true" else "no"])
        return typed

    def choices(self, spec: FieldSpec) -> Sequence[str]:
        """Give what may be chosen for a field, or nothing where anything may be typed."""
        if spec.type is FieldType.BOOLEAN:
            return (words()["yes"], words()["no"])
        if spec.type is not FieldType.CHOICE:
            return ()
        found = terms(self._context, spec.vocabulary or "")
        return [one.label_vi or one.code or "" for one in found]

    def _units_of(self, record: Record) -> set[str]:
        site = self._sites.get(getattr(record, "site_uuid", None) or "")
        commune = getattr(record, "commune_code", None) or (site.commune_code if site else None)
        units = {f"{COMMUNE}:{commune}"} if commune in self._communes else set()
        body = getattr(record, "organisation_uuid", None)
        if body in self._bodies:
            units.add(f"{ORGANISATION}:{body}")
        manager = fold(getattr(record, "manager", None) or "")
        if manager:
            units |= {
                f"{ORGANISATION}:{one.uuid}"
                for one in self._bodies.values()
                if fold(one.name_vi or "") == manager
            }
        return units

    def _unit(self, unit_id: str) -> Unit:
        kind, _, key = unit_id.partition(":")
        if kind == COMMUNE:
            commune = self._communes[key]
            short = commune.name_vi or key
            of_kind = self._labels.get(("unit_type", commune.unit_type or ""), "").lower()
            name = " ".join(filter(None, (words()["people_committee"], of_kind, short)))
        else:
            name = short = self._bodies[key].name_vi or key
        return Unit(kind=kind, key=key, name=name, short=short)

    def _asked(self, kind: str, record: Record) -> AskedRow:
        spec = kind_of(record).field(f"{kind}_kind")
        shown = str(getattr(record, f"{kind}_kind", None) or "")
        sort = self.label(spec, shown) if spec is not None and shown else ""
        title = str(getattr(record, "title_vi", None) or getattr(record, "name_vi", None) or "")
        name = f"{title} ({sort})" if title and sort else title or sort or record.uuid
        return AskedRow(
            record=record,
            name=name,
            place=self._place(record),
            values={field: typed_text(getattr(record, field)) for field in ASKED[kind]},
        )

    def _place(self, record: Record) -> str:
        site = self._sites.get(getattr(record, "site_uuid", None) or "")
        if site is not None:
            return f"{site.code or ''} {site.name_vi or ''}".strip()
        route = self._routes.get(getattr(record, "route_uuid", None) or "")
        return f"{route.number}. {route.name_vi or ''}" if route is not None else ""


def typed_text(value: Any) -> str:
    """Give a value as the text that reads as the same value again."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
