"""What an import would do, row by row, before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from geopark_app.domain.declaration import FieldType, Merge, Record, kind_of
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.identifier import uuid_of
from geopark_app.domain.kinds import KINDS, OwnField, Reference, Site, SiteExtent, SiteInterest
from geopark_app.domain.position import Position
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress
from geopark_app.exchange.foreign_table import ForeignRow, ForeignTable
from geopark_app.geo.coordinate_error import CoordinateError
from geopark_app.geo.extent import is_same_extent
from geopark_app.operations.import_own import OwnColumns
from geopark_app.operations.import_points import WGS84, PlacedPoint, placed_points
from geopark_app.operations.import_references import Known, RowRefusedError, read_key
from geopark_app.operations.import_shapes import SELF_CROSSING, extent_of
from geopark_app.operations.import_targets import (
    INTERESTS,
    UUID,
    code_field,
    geometry_field,
    position_field,
)
from geopark_app.operations.import_values import ValueReader
from geopark_app.operations.own_fields import checked_definition
from geopark_app.operations.position_reading import read_position
from geopark_app.operations.reference_doubles import KnownPublications, keys_of
from geopark_app.store.new_keys import new_uuid

ADDED, UPDATED, UNCHANGED, REFUSED = "added", "updated", "unchanged", "refused"
EXTENT = "geometry"
"""The list of a site that holds its lines and areas."""
_REPORT_EVERY = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field that an import changes."""

    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRow:
    """What becomes of one row.

    Attributes
    ----------
    number : int
        Number of the row in the file.
    status : str
        added, updated, unchanged or refused.
    code, name : str
        Of the record, for people.
    reason : str
        Why it is refused, a code of `wording.importing`; details are its names and values.
    record : Record or None
        The record as it would be.
    differences : tuple of Difference
        Old and new values of an update.
    interests : tuple of str or None
        Terms of the further interests; None where the file says nothing of them.
    parts : tuple of Record
        Rows written beside the record: its own fields, its line or area.
    note : str
        Something that was put right in the row (a mended shape).
    table : str
        Kind of a further table of the file the row stands in; empty in the main one.
    """

    number: int
    status: str
    code: str = ""
    name: str = ""
    reason: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    record: Record | None = None
    differences: tuple[Difference, ...] = ()
    interests: tuple[str, ...] | None = None
    parts: tuple[Record, ...] = ()
    note: str = ""
    table: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """How rows find their record, and how their places are read.

    Attributes
    ----------
    by : str
        `code` or `uuid` to update records that are there; empty to add only.
    crs : str
        System of the points of the file.
    epsg : int or None
        System a person says metres in a text column are in; None asks where it is not clear.
    mend : bool
        Whether areas that cross themselves are put right.
    source : str
        Where the rows come from, for what they bring of places.
    """

    by: str
    crs: str
    epsg: int | None = None
    mend: bool = False
    source: str = ""


class Planner:
    """Makes the plan of one table."""

    def __init__(
        self, known: Known, record_type: type[Record], matching: Matching, table: str = ""
    ) -> None:
        """Read what the catalogue holds."""
        context = known.context
        self._context, self._type, self._matching = context, record_type, matching
        self._table = table
        self._kind = kind_of(record_type)
        self._code_field = code_field(record_type)
        self._is_site = record_type is Site
        self._names = self._needed_names()
        is_set = all(spec.merge is Merge.SET for spec in self._kind.fields)
        self._set_names = [spec.name for spec in self._kind.fields] if is_set else []
        self._place_field = position_field(self._kind)
        self._shape_field = geometry_field(self._kind)
        self.reader = ValueReader(known, record_type)
        self._own = OwnColumns(known, self._kind)
        everything = context.catalogue.records(record_type, include_deleted=True)
        self._keys: dict[str, Record] = {record.uuid: record for record in everything}
        self._by_code: dict[str, list[Record]] = {}
        for record in everything:
            if not record.deleted and self._code(record):
                self._by_code.setdefault(self._code(record), []).append(record)
        self._publications = KnownPublications(everything)
        self._interests: dict[str, set[str]] = {}
        self._extents: dict[str, SiteExtent] = {}
        if self._is_site:
            for one in context.catalogue.records(SiteInterest):
                self._interests.setdefault(one.site_uuid or "", set()).add(one.term or "")
            for extent in context.catalogue.records(SiteExtent, include_deleted=True):
                self._extents[extent.uuid] = extent
        self._seen: dict[str, int] = {}

    def plan(
        self,
        table: ForeignTable,
        mapping: Mapping[str, str],
        *,
        progress: ReportProgress,
        cancel: CancelToken,
    ) -> list[PlannedRow]:
        """Give the plan of every row."""
        places = [(table.header.index(column), name) for column, name in mapping.items()]
        rows = [(row, {name: row.cells[index] for index, name in places}) for row in table.rows]
        points = placed_points(rows, self._matching.crs)
        planned = []
        for index, (row, cells) in enumerate(rows):
            if index % _REPORT_EVERY == 0:
                cancel.check()
                progress(Progress(done=index, total=len(rows)))
            planned.append(self._planned(row, cells, points[index]))
        return planned

    def _planned(
        self, row: ForeignRow, cells: Mapping[str, str], point: PlacedPoint | str | None
    ) -> PlannedRow:
        shown = PlannedRow(
            number=row.number,
            status=REFUSED,
            code=cells.get(self._code_field or "", "")[:60],
            name=self._title(cells)[:120],
            table=self._table,
        )
        if isinstance(point, str):
            return replace(shown, reason=point)
        try:
            return self._good(row, cells, point, shown)
        except RowRefusedError as error:
            return replace(shown, reason=error.reason, details=error.details)

    def _title(self, cells: Mapping[str, str]) -> str:
        names = ("name_vi", "name_en", "title", *self._kind.title_fields)
        return next((cells[name] for name in names if cells.get(name)), "")

    def _needed_names(self) -> tuple[str, ...]:
        """Give the fields of which a new record needs one; nothing when any field will do."""
        if self._type is Reference:
            return ("title", "title_vi", "title_en", "citation")
        if self._code_field and self._kind.field("name_vi") is not None:
            return (self._code_field, "name_vi", "name_en")
        return ()

    def _good(
        self,
        row: ForeignRow,
        cells: Mapping[str, str],
        point: PlacedPoint | None,
        shown: PlannedRow,
    ) -> PlannedRow:
        values = self.reader.values(cells)
        extent = extent_of(row, self._matching.crs, mend=self._matching.mend)
        if extent is not None and self._shape_field is not None:
            typed = values.get(self._shape_field.name)
            # Our own files have the shape twice; one that was drawn anew since then wins.
            if typed is None or not is_same_extent(str(typed), extent):
                values[self._shape_field.name] = extent
        old = self._old(cells, values)
        values.update(self.reader.quantities(cells, old))
        if self._place_field is not None:
            self._read_place(cells, point, old, values)
        record = self._new(cells, values) if old is None else replace(old, **values)
        self._check(record, values, is_new=old is None)
        self._once(record, row.number, is_named=bool(cells.get(UUID)))
        interests = self.reader.interests(cells[INTERESTS]) if cells.get(INTERESTS) else None
        own = self._own.cells(record.uuid, cells)
        differences = _differences(old, values) if old is not None else []
        parts = [one for cell in own.values() if cell.old != cell.new for one in cell.rows]
        differences += [
            Difference(field=name, old=cell.old or None, new=cell.new)
            for name, cell in own.items()
            if cell.old != cell.new
        ]
        if interests is not None and old is not None:
            differences += self._interest_difference(old, interests)
        if extent is not None and self._is_site:
            changed, rows = self._site_extent(record.uuid, extent, row)
            differences += changed
            parts += rows
        status = ADDED if old is None else UPDATED if differences else UNCHANGED
        return replace(
            shown,
            status=status,
            record=record,
            differences=tuple(differences) if old is not None else (),
            interests=interests,
            parts=tuple(parts),
            note="mended" if row.trouble == SELF_CROSSING else "",
        )

    def _read_place(
        self,
        cells: Mapping[str, str],
        point: PlacedPoint | None,
        old: Record | None,
        values: dict[str, Any],
    ) -> None:
        assert self._place_field is not None
        name = self._place_field.name
        before: Position | None = getattr(old, name) if old is not None else None
        if point is None or (point.is_of_shape and cells.get("position")):
            point = self._typed(cells, values.get("commune_code")) or point
        position = self.reader.position(cells, point, before)
        if position != before:
            values[name] = position

    def _check(self, record: Record, values: Mapping[str, Any], *, is_new: bool) -> None:
        named = (getattr(record, name, None) for name in self._names) if self._names else values
        if is_new and not any(named):
            raise RowRefusedError("titleless" if self._type is Reference else "nameless")
        if self._type is OwnField:
            try:
                checked_definition(self._kind, values)
            except GeoparkError as error:
                name, value = (str(error.details.get(one, "")) for one in ("field", "value"))
                raise RowRefusedError("bad-value", field=name, value=value[:80]) from error

    def _interest_difference(self, old: Record, interests: tuple[str, ...]) -> list[Difference]:
        known = self._interests.get(old.uuid, set())
        if known == set(interests):
            return []
        before, after = "; ".join(sorted(known)), "; ".join(interests)
        return [Difference(field=INTERESTS, old=before, new=after)]

    def _site_extent(
        self, site: str, extent: str, row: ForeignRow
    ) -> tuple[list[Difference], list[Record]]:
        """Give what the line or area of a row changes: one extent of a site comes from lists."""
        alive = [one for one in self._extents.values() if not one.deleted]
        if any(one.site_uuid == site and one.geojson == extent for one in alive):
            return [], []
        key = uuid_of(site, "imported-extent")
        there = self._extents.get(key)
        base = there or SiteExtent(uuid=key, site_uuid=site, source=self._matching.source or None)
        crs = self._matching.crs
        made = replace(
            base, geojson=extent, deleted=False, source_crs=crs if len(crs) < 20 else None
        )
        before = there.geojson if there is not None and not there.deleted else None
        return [Difference(field=EXTENT, old=_shape(before), new=row.shape)], [made]

    def _old(self, cells: Mapping[str, str], values: Mapping[str, Any]) -> Record | None:
        if self._matching.by == "uuid":
            found = self._keys.get(self._key(cells, values))
            if found is not None and found.deleted:
                raise RowRefusedError("in-trash")
            return found
        if self._matching.by == "code":
            code = self._code_of(values)
            if not code:
                raise RowRefusedError("no-code")
            matches = self._by_code.get(code, []) or self._publications.like(values)
            if len(matches) > 1:
                raise RowRefusedError("double-in-catalogue", code=code)
            return matches[0] if matches else None
        return None

    def _new(self, cells: Mapping[str, str], values: Mapping[str, Any]) -> Record:
        key = self._key(cells, values, is_needed=False)
        if key in self._keys:
            raise RowRefusedError("in-trash" if self._keys[key].deleted else "known-key")
        code = self._code_of(values)
        if code and code in self._by_code:
            raise RowRefusedError("known-code", code=code)
        for known in self._publications.like(values):
            raise RowRefusedError("known-reference", value=self._code(known) or known.uuid)
        return self._type(uuid=key or new_uuid(), **values)

    def _key(
        self, cells: Mapping[str, str], values: Mapping[str, Any], *, is_needed: bool = True
    ) -> str:
        """Give the key of a row; an element of a set has the same on every laptop."""
        if cells.get(UUID):
            return read_key(cells[UUID])
        if self._set_names and all(values.get(name) for name in self._set_names):
            parent, *rest = (str(values[name]) for name in self._set_names)
            return uuid_of(parent, "/".join(rest))
        if is_needed:
            raise RowRefusedError("no-key")
        return ""

    def _once(self, record: Record, number: int, *, is_named: bool) -> None:
        code = self._code(record)
        # A row that names its record by key is that record, however like another one it is.
        also = () if is_named else keys_of(record)
        names = [name for name in (record.uuid, f"code:{code}" if code else "", *also) if name]
        for name in names:
            if name in self._seen:
                raise RowRefusedError("double-in-file", row=str(self._seen[name]))
        for name in names:
            self._seen[name] = number

    def _typed(self, cells: Mapping[str, str], commune_code: object) -> PlacedPoint | None:
        """Read a column of typed coordinates; what can be read in two ways is asked, not taken."""
        text = cells.get("position", "")
        if not text:
            return None
        commune = str(commune_code) if commune_code else None
        try:
            read = read_position(
                self._context, text, epsg=self._matching.epsg, commune_code=commune
            )
        except CoordinateError as error:
            said = {language: error.sentence(language) for language in ("vi", "en")}
            raise RowRefusedError("position-question", value=text[:80], **said) from error
        assert read.lon is not None
        assert read.lat is not None
        return PlacedPoint(read.lon, read.lat, read.source_crs or WGS84, text)

    def _code(self, record: Record) -> str:
        return self._code_from(
            getattr(record, self._code_field or "", None), getattr(record, "kind_name", None)
        )

    def _code_of(self, values: Mapping[str, Any]) -> str:
        return self._code_from(values.get(self._code_field or ""), values.get("kind_name"))

    def _code_from(self, code: object, kind_name: object) -> str:
        if code is None or code == "":
            return ""
        # Two kinds of record may have an own field of the same name.
        return f"{kind_name}:{code}" if self._type is OwnField else str(code)


def refers_to(record: Record) -> list[tuple[str, str]]:
    """Give kind and key of every record this one refers to by key."""
    found = []
    for spec in kind_of(record).fields:
        if spec.type is FieldType.REFERENCE and spec.name.endswith("_uuid"):
            key = getattr(record, spec.name)
            if key and not KINDS[spec.refers_to or ""].is_seeded:
                found.append((spec.refers_to or "", str(key)))
    return found


def _shape(geojson: str | None) -> str | None:
    return None if geojson is None else geojson[:60]


def _differences(old: Record, values: Mapping[str, Any]) -> list[Difference]:
    return [
        Difference(field=name, old=getattr(old, name), new=value)
        for name, value in values.items()
        if getattr(old, name) != value
    ]
