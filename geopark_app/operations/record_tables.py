"""Tables of records of any kind that give the same records when they are read back."""

from collections.abc import Mapping, Sequence

from geopark_app.domain.declaration import Audience, FieldSpec, FieldType, Record, RecordKind
from geopark_app.domain.kinds import KINDS, Site
from geopark_app.domain.position import Position
from geopark_app.exchange.tables import Cell, Column, Table
from geopark_app.operations.context import AppContext
from geopark_app.operations.import_planning import refers_to
from geopark_app.operations.import_targets import (
    POSITION_PARTS,
    QUANTITY_PARTS,
    UUID,
    import_kind,
    position_field,
)
from geopark_app.operations.own_fields import own_specs, own_texts_by_record
from geopark_app.operations.release import Release

_NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL})
_LIST_SHELVES = frozenset({"site", "monitoring"})
_NUMBER_PARTS = frozenset({"lon", "lat", "accuracy_m", "value"})
_NOT_TAKEN_ALONG = frozenset({"site", "photo"})
_DEFINITIONS = ("own_field", "own_field_choice")


def tables_beside(context: AppContext, sites: Sequence[str]) -> list[Table]:
    """Give a table for each list of the sites, for what these refer to, and for own fields.

    `sites` are keys. Photos are left out: a table holds no files.
    """
    taken = _lists_of_sites(context, frozenset(sites))
    _take_along(context, taken)
    _take_definitions(context, taken)
    release = Release(context, Audience.INTERNAL)
    return [
        record_table(context, KINDS[name], [release.record(one) for one in found.values()])
        for name, found in sorted(taken.items(), key=lambda one: list(KINDS).index(one[0]))
        if found
    ]


def record_table(
    context: AppContext, kind: RecordKind, records: Sequence[Record], *, with_own: bool = True
) -> Table:
    """Give the table of records: every declared field, own fields, and the key.

    The first header row are the stable names, the second the labels.
    """
    codes = {site.uuid: site.code for site in context.catalogue.records(Site)}
    own = own_specs(context, kind.name) if with_own else []
    texts = own_texts_by_record(context, kind.name) if own else {}
    labels = {
        target.name: (target.label_vi, target.label_en) for target in import_kind(kind.name).targets
    }
    columns = [_column(UUID, *labels[UUID])]
    columns += [column for spec in kind.fields for column in _columns(spec, labels)]
    columns += [_column(spec.name, spec.label_vi, spec.label_en) for spec in own]
    rows = []
    for record in records:
        said = texts.get(record.uuid, {})
        cells: list[Cell] = [record.uuid]
        for spec in kind.fields:
            cells += _cells(spec, getattr(record, spec.name), codes)
        rows.append((*cells, *(said.get(spec.name) for spec in own)))
    return Table(
        name=kind.name,
        title_vi=kind.label_vi,
        title_en=kind.label_en,
        columns=tuple(columns),
        rows=tuple(rows),
        is_wide=True,
    )


def places_of(
    kind: RecordKind, records: Sequence[Record]
) -> tuple[tuple[float, float] | None, ...]:
    """Give the point of each record, None where it has none."""
    spec = position_field(kind)
    found: list[tuple[float, float] | None] = []
    for record in records:
        at = getattr(record, spec.name) if spec is not None else None
        if isinstance(at, Position) and at.lon is not None and at.lat is not None:
            found.append((at.lon, at.lat))
        else:
            found.append(None)
    return tuple(found)


def _lists_of_sites(context: AppContext, sites: frozenset[str]) -> dict[str, dict[str, Record]]:
    taken: dict[str, dict[str, Record]] = {}
    kinds = [kind for kind in KINDS.values() if kind.shelf in _LIST_SHELVES]
    kinds.append(KINDS["document"])
    # What hangs on a site itself first, then what hangs on that: scores of an assessment.
    for hangs_on_site in (True, False):
        for kind in kinds:
            if (kind.field("site_uuid") is not None) != hangs_on_site:
                continue
            for record in context.catalogue.records(kind.record_type):
                mine = getattr(record, "site_uuid", None) in sites if hangs_on_site else any(
                    key in taken.get(name, {}) for name, key in refers_to(record)
                )  # fmt: skip
                if mine:
                    taken.setdefault(kind.name, {})[record.uuid] = record
    return taken


def _take_along(context: AppContext, taken: dict[str, dict[str, Record]]) -> None:
    """Add what the rows refer to, as far as it goes."""
    new = [record for found in taken.values() for record in found.values()]
    while new:
        wanted = {place for record in new for place in refers_to(record)}
        new = []
        for name, key in sorted(wanted):
            if name in _NOT_TAKEN_ALONG or key in taken.get(name, {}):
                continue
            record = context.catalogue.get(KINDS[name].record_type, key)
            if record is not None and not record.deleted:
                taken.setdefault(name, {})[key] = record
                new.append(record)


def _take_definitions(context: AppContext, taken: dict[str, dict[str, Record]]) -> None:
    kinds = {"site", *taken}
    fields, choices = (context.catalogue.records(KINDS[one].record_type) for one in _DEFINITIONS)
    mine = {one.uuid: one for one in fields if getattr(one, "kind_name", None) in kinds}
    taken["own_field"] = mine
    taken["own_field_choice"] = {
        one.uuid: one for one in choices if getattr(one, "own_field_uuid", None) in mine
    }


def _columns(spec: FieldSpec, labels: Mapping[str, tuple[str, str]]) -> list[Column]:
    if spec.type is FieldType.POSITION:
        names = {name: part in _NUMBER_PARTS for name, part in POSITION_PARTS.items()}
    elif spec.type is FieldType.QUANTITY:
        names = {f"{spec.name}.{part}": part in _NUMBER_PARTS for part in QUANTITY_PARTS}
    else:
        names = {spec.name: spec.type in _NUMBERS}
    made = [_column(name, *labels[name], is_number=is_number) for name, is_number in names.items()]
    if spec.refers_to == "site" and spec.name.endswith("_uuid"):
        # People know sites by their codes; the key is what is read back.
        made.append(_column(_code_column(spec), spec.label_vi, spec.label_en))
    return made


def _cells(spec: FieldSpec, value: object, codes: Mapping[str, str | None]) -> list[Cell]:
    if spec.type is FieldType.POSITION:
        return [getattr(value, part) if value else None for part in POSITION_PARTS.values()]
    if spec.type is FieldType.QUANTITY:
        return [getattr(value, part) if value else None for part in QUANTITY_PARTS]
    if isinstance(value, bool):
        return ["true" if value else "false"]
    assert value is None or isinstance(value, str | int | float)
    if spec.refers_to == "site" and spec.name.endswith("_uuid"):
        return [value, codes.get(str(value))]
    return [value]


def _code_column(spec: FieldSpec) -> str:
    return f"{spec.name.removesuffix('_uuid')}_code"


def _column(name: str, vi: str, en: str, *, is_number: bool = False) -> Column:
    return Column(name=name, label_vi=name, label_en=f"{vi} / {en}", width=18, is_number=is_number)
