"""What an import would do, row by row, before anything is written."""

import math
import uuid as uuids
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import Reference, Site, SiteInterest, Stop
from geopark_app.domain.position import Position
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress
from geopark_app.exchange.foreign_table import ForeignRow, ForeignTable
from geopark_app.geo.coordinate_error import CoordinateError
from geopark_app.geo.coordinate_reading import read_coordinate
from geopark_app.geo.foreign_crs import to_wgs84
from geopark_app.operations.context import AppContext
from geopark_app.operations.import_targets import EASTING, INTERESTS, NORTHING, UUID
from geopark_app.operations.import_values import PlacedPoint, RowRefusedError, ValueReader
from geopark_app.operations.reference_doubles import keys_of
from geopark_app.store.new_keys import new_uuid

ADDED, UPDATED, UNCHANGED, REFUSED = "added", "updated", "unchanged", "refused"
WGS84 = "EPSG:4326"
_SAME_SPOT = 1e-6
_NAMES = ("name_vi", "name_en", "title")
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
    record : Site, Stop, Reference or None
        The record as it would be.
    differences : tuple of Difference
        Old and new values of an update.
    interests : tuple of str or None
        Terms of the further interests; None where the file says nothing of them.
    note : str
        Something that was put right in the row (a mended shape).
    """

    number: int
    status: str
    code: str = ""
    name: str = ""
    reason: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    record: Site | Stop | Reference | None = None
    differences: tuple[Difference, ...] = ()
    interests: tuple[str, ...] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """How rows find their record.

    Attributes
    ----------
    by : str
        `code` or `uuid` to update records that are there; empty to add only.
    crs : str
        System of the points of the file.
    projected_epsg : int
        System in which metres typed in a text column are read.
    """

    by: str
    crs: str
    projected_epsg: int


class Planner:
    """Makes the plan of one table."""

    def __init__(
        self,
        context: AppContext,
        record_type: type[Site] | type[Stop] | type[Reference],
        matching: Matching,
    ) -> None:
        """Read what the catalogue holds."""
        self._type = record_type
        self._matching = matching
        self.reader = ValueReader(context, record_type)
        everything = context.catalogue.records(record_type, include_deleted=True)
        self._keys = {record.uuid: record for record in everything}
        self._by_code: dict[str, list[Site | Stop | Reference]] = {}
        for record in everything:
            if record.deleted:
                continue
            for key in (_code(record), *_also_by(record)):
                if key:
                    self._by_code.setdefault(key, []).append(record)
        self._interests: dict[str, set[str]] = {}
        for one in context.catalogue.records(SiteInterest):
            self._interests.setdefault(one.site_uuid or "", set()).add(one.term or "")
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
        points = _points(rows, self._matching)
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
            code=(cells.get("code") or cells.get("slot") or cells.get("cite_key") or "")[:60],
            name=next((cells[name] for name in _NAMES if cells.get(name)), "")[:120],
        )
        if isinstance(point, str):
            return replace(shown, reason=point)
        try:
            return self._good(row, cells, point, shown)
        except RowRefusedError as error:
            return replace(shown, reason=error.reason, details=error.details)

    def _good(
        self,
        row: ForeignRow,
        cells: Mapping[str, str],
        point: PlacedPoint | None,
        shown: PlannedRow,
    ) -> PlannedRow:
        values = self.reader.values(cells)
        old = self._old(cells, values)
        base = old or self._new(cells, values)
        if issubclass(self._type, Site):
            position = self.reader.position(cells, point or self._typed(cells), _place(old))
            if position != _place(base):
                values["position"] = position
        record = replace(base, **values)
        if old is None and not any(
            getattr(record, name, None) for name in ("code", "slot", *_NAMES)
        ):
            raise RowRefusedError("nameless")
        self._once(record, row.number)
        interests = self.reader.interests(cells[INTERESTS]) if cells.get(INTERESTS) else None
        differences = _differences(old, values) if old is not None else ()
        if old is not None and interests is not None:
            known = self._interests.get(old.uuid, set())
            if known != set(interests):
                differences = (
                    *differences,
                    Difference(field=INTERESTS, old="; ".join(sorted(known)),
                               new="; ".join(interests)),
                )  # fmt: skip
        status = ADDED if old is None else UPDATED if differences else UNCHANGED
        return replace(
            shown,
            status=status,
            record=record,
            differences=differences,
            interests=interests,
            note=row.trouble,
        )

    def _old(
        self, cells: Mapping[str, str], values: Mapping[str, Any]
    ) -> Site | Stop | Reference | None:
        if self._matching.by == "uuid":
            key = _key(cells)
            found = self._keys.get(key)
            if found is not None and found.deleted:
                raise RowRefusedError("in-trash")
            return found
        if self._matching.by == "code":
            code = _code_of_values(self._type, values)
            if not code:
                raise RowRefusedError("no-code")
            matches = self._by_code.get(code, []) or self._also(values)
            if len(matches) > 1:
                raise RowRefusedError("double-in-catalogue", code=code)
            return matches[0] if matches else None
        return None

    def _new(self, cells: Mapping[str, str], values: Mapping[str, Any]) -> Site | Stop | Reference:
        key = _key(cells) if cells.get(UUID) else ""
        if key in self._keys:
            raise RowRefusedError("in-trash" if self._keys[key].deleted else "known-key")
        code = _code_of_values(self._type, values)
        if code and code in self._by_code:
            raise RowRefusedError("known-code", code=code)
        for known in self._also(values):
            raise RowRefusedError("known-reference", value=_code(known) or known.uuid)
        return self._type(uuid=key or new_uuid())

    def _also(self, values: Mapping[str, Any]) -> list[Site | Stop | Reference]:
        """Give the publication that is the same although its key is another."""
        if self._type is not Reference:
            return []
        doi, title, year = (values.get(name) for name in ("doi", "title", "year"))
        keys = keys_of(Reference(uuid="", doi=doi, title=title, year=year))
        return next((self._by_code[key] for key in keys if key in self._by_code), [])

    def _once(self, record: Site | Stop | Reference, number: int) -> None:
        code = f"code:{_code(record)}" if _code(record) else ""
        names = [name for name in (record.uuid, code, *_also_by(record)) if name]
        for name in names:
            if name in self._seen:
                raise RowRefusedError("double-in-file", row=str(self._seen[name]))
        self._seen.update(dict.fromkeys(names, number))

    def _typed(self, cells: Mapping[str, str]) -> PlacedPoint | None:
        text = cells.get("position", "")
        if not text:
            return None
        try:
            read = read_coordinate(text, projected_epsg=self._matching.projected_epsg)
        except CoordinateError as error:
            raise RowRefusedError("bad-position", value=text[:80]) from error
        assert read.lon is not None
        assert read.lat is not None
        return PlacedPoint(read.lon, read.lat, read.source_crs or WGS84, text)


def _points(
    rows: Sequence[tuple[ForeignRow, Mapping[str, str]]], matching: Matching
) -> list[PlacedPoint | str | None]:
    """Give each row's point in WGS 84, None where it has none, or the reason of its refusal."""
    found: list[PlacedPoint | str | None] = [None] * len(rows)
    wanted: dict[str, list[tuple[int, float, float]]] = {}
    for index, (row, cells) in enumerate(rows):
        pair = _pair_of_columns(cells)
        if isinstance(pair, str) or row.trouble in {"bad-shape", "antimeridian"}:
            found[index] = pair if isinstance(pair, str) else row.trouble
            continue
        if row.point is None and pair is None:
            continue
        if row.point is not None:
            wanted.setdefault(matching.crs, []).append((index, *row.point))
        elif pair is not None:
            is_degrees = cells.get("lon") and cells.get("lat")
            crs = (matching.crs or WGS84) if not is_degrees else _degrees_crs(matching.crs)
            wanted.setdefault(crs, []).append((index, *pair))
    for crs, pairs in wanted.items():
        placed = to_wgs84([(x, y) for _index, x, y in pairs], crs)
        for (index, x, y), point in zip(pairs, placed, strict=True):
            found[index] = _placed(x, y, point, crs, rows[index][1])
    return found


def _degrees_crs(crs: str) -> str:
    # Columns named longitude and latitude hold degrees, whatever system the metres are in.
    return crs if crs and to_wgs84([(106.0, 21.0)], crs)[0] == (106.0, 21.0) else WGS84


def _placed(
    x: float, y: float, point: tuple[float, float] | None, crs: str, cells: Mapping[str, str]
) -> PlacedPoint | str:
    if point is None or point == (0.0, 0.0):
        return "bad-position"
    lon, lat = point
    typed = _pair_of_columns({name: cells.get(name, "") for name in ("lon", "lat")})
    if isinstance(typed, tuple):
        # Attributes of our own exports hold more digits; a point moved since then wins.
        is_same = abs(typed[0] - lon) < _SAME_SPOT and abs(typed[1] - lat) < _SAME_SPOT
        lon, lat = typed if is_same else (lon, lat)
    is_foreign = crs != WGS84
    name = crs if len(crs) < 20 else "?"
    return PlacedPoint(lon, lat, name, f"{x:.10g} {y:.10g}" if is_foreign else "")


def _pair_of_columns(cells: Mapping[str, str]) -> tuple[float, float] | str | None:
    for east, north in (("lon", "lat"), (EASTING, NORTHING)):
        first, second = cells.get(east, ""), cells.get(north, "")
        if not first and not second:
            continue
        try:
            pair = (_number(first), _number(second))
        except ValueError:
            return "half-point" if not (first and second) else "bad-number"
        return pair if all(map(math.isfinite, pair)) else "bad-number"
    return None


def _number(text: str) -> float:
    return float(text.replace(" ", "").replace(",", ".") if "." not in text else text)


def _key(cells: Mapping[str, str]) -> str:
    typed = cells.get(UUID, "").strip("{}").lower()
    if not typed:
        raise RowRefusedError("no-key")
    try:
        return str(uuids.UUID(typed))
    except ValueError as error:
        raise RowRefusedError("bad-key", value=typed[:60]) from error


def _code(record: Site | Stop | Reference) -> str:
    return str(getattr(record, kind_of(record).code_field or "slot") or "")


def _also_by(record: Site | Stop | Reference) -> tuple[str, ...]:
    return keys_of(record) if isinstance(record, Reference) else ()


def _code_of_values(
    record_type: type[Site] | type[Stop] | type[Reference], values: Mapping[str, Any]
) -> str:
    return str(values.get(kind_of(record_type).code_field or "slot") or "")


def _place(record: Site | Stop | Reference | None) -> Position | None:
    return record.position if isinstance(record, Site) else None


def _differences(old: Site | Stop | Reference, values: Mapping[str, Any]) -> tuple[Difference, ...]:
    return tuple(
        Difference(field=name, old=getattr(old, name), new=value)
        for name, value in values.items()
        if getattr(old, name) != value
    )
