"""Cells of a foreign row to values of a record; terms and places are looked up in one reading."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from geopark_app.domain.declaration import FieldSpec, FieldType, Record, kind_of
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.kinds import Commune, FormerCommune, Photo, Route, Site, Stop, Term
from geopark_app.domain.position import Position
from geopark_app.domain.text import fold
from geopark_app.operations.context import AppContext
from geopark_app.operations.import_targets import INTERESTS, POSITION_PARTS, ROUTE, SITE_CODE
from geopark_app.rules.typed_values import read_value

LONGEST_TEXT = {FieldType.TEXT: 2_000, FieldType.LONG_TEXT: 60_000}
_SAME_PLACE = 1e-7
_PARTS = {
    "accuracy_m": FieldType.DECIMAL,
    "quality": FieldType.CHOICE,
    "method": FieldType.CHOICE,
    "source_crs": FieldType.TEXT,
    "as_typed": FieldType.TEXT,
    "source": FieldType.TEXT,
}
_PART_TERMS = {"quality": "coord_quality", "method": "coord_method"}
_JOINT = " / "


class RowRefusedError(Exception):
    """A row that cannot be taken, with a reason code and details for the sentence."""

    def __init__(self, reason: str, **details: str) -> None:
        self.reason, self.details = reason, details
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class PlacedPoint:
    """A point in WGS 84 with where its numbers come from."""

    lon: float
    lat: float
    source_crs: str
    as_typed: str


class ValueReader:
    """Reads cells by the declaration of one record kind.

    Attributes
    ----------
    unchecked : set of str
        Fields whose codes could not be checked, because the catalogue holds no such list.
    """

    def __init__(self, context: AppContext, record_type: type[Record]) -> None:
        """Read terms, communes and routes once."""
        catalogue = context.catalogue
        self._fields = {spec.name: spec for spec in kind_of(record_type).fields}
        self._terms: dict[str, dict[str, str]] = {}
        for term in catalogue.records(Term):
            words = self._terms.setdefault(term.vocabulary or "", {})
            for word in (term.label_vi, term.label_en):
                if word:
                    words.setdefault(fold(word), term.code or "")
            words[fold(term.code or "")] = term.code or ""
        self._places = {
            "commune": _places(catalogue.records(Commune)),
            "former_commune": _places(catalogue.records(FormerCommune)),
        }
        self._photos = {photo.uuid for photo in catalogue.records(Photo)}
        self._routes = {str(route.number): route.uuid for route in catalogue.records(Route)}
        self._sites: dict[str, list[str]] = {}
        if record_type is Stop:
            for site in catalogue.records(Site):
                self._sites.setdefault(site.code or "", []).append(site.uuid)
        self.unchecked: set[str] = set()

    def values(self, cells: Mapping[str, str]) -> dict[str, Any]:
        """Give field → value for the cells that are not empty; parts of the position are left.

        Raises
        ------
        RowRefusedError
            For the first cell that cannot be used.
        """
        values: dict[str, Any] = {}
        for name, cell in cells.items():
            if not cell:
                continue
            if name == ROUTE:
                values["route_uuid"] = self._looked_up(self._routes, name, cell)
            elif name == SITE_CODE:
                values["site_uuid"] = self._site_key(cell)
            elif name in self._fields and self._fields[name].type is not FieldType.POSITION:
                values[name] = self._value(self._fields[name], cell)
        return {name: value for name, value in values.items() if value is not None}

    def interests(self, cell: str) -> tuple[str, ...]:
        """Give the terms of the further interests, separated by semicolons."""
        spec = FieldSpec(
            name=INTERESTS, type=FieldType.CHOICE, label_vi="", label_en="", vocabulary="interest"
        )
        parts = [part.strip() for part in cell.split(";") if part.strip()]
        return tuple(sorted({self._term(spec, part) for part in parts}))

    def position(
        self, cells: Mapping[str, str], point: PlacedPoint | None, old: Position | None
    ) -> Position | None:
        """Give the position of a row, or the old one where the row says nothing of it."""
        parts = {
            part: self._part(name, part, cells[name])
            for name, part in POSITION_PARTS.items()
            if part in _PARTS and cells.get(name)
        }
        if point is None:
            return replace(old or Position(), **parts) if parts else old
        if (
            old is not None
            and old.lon is not None
            and old.lat is not None
            and abs(old.lon - point.lon) < _SAME_PLACE
            and abs(old.lat - point.lat) < _SAME_PLACE
        ):
            return replace(old, **parts)
        # What the columns are there to say, an empty cell leaves unsaid.
        said = {POSITION_PARTS[name] for name in cells if name in POSITION_PARTS}
        base: dict[str, Any] = {}
        if "source_crs" not in said:
            base["source_crs"] = point.source_crs
        if "as_typed" not in said and point.as_typed:
            base["as_typed"] = point.as_typed
        try:
            return Position(lon=point.lon, lat=point.lat, **{**base, **parts})
        except GeoparkError as error:
            raise RowRefusedError("bad-position", value=f"{point.lon}, {point.lat}") from error

    def _part(self, name: str, part: str, cell: str) -> Any:
        spec = FieldSpec(
            name=name, type=_PARTS[part], label_vi="", label_en="", vocabulary=_PART_TERMS.get(part)
        )
        value = self._value(spec, cell)
        if part == "accuracy_m" and isinstance(value, float) and value < 0:
            raise RowRefusedError("bad-value", field=name, value=cell)
        return value

    def _value(self, spec: FieldSpec, cell: str) -> Any:
        longest = LONGEST_TEXT.get(spec.type)
        if longest is not None and len(cell) > longest:
            raise RowRefusedError(
                "too-long", field=spec.name, count=str(len(cell)), most=str(longest)
            )
        if spec.type is FieldType.CHOICE:
            return self._term(spec, cell)
        if spec.type is FieldType.REFERENCE:
            return self._reference(spec, cell)
        if spec.type is FieldType.BOOLEAN:
            cell = cell.split(_JOINT)[0]
        if spec.type is FieldType.INTEGER and cell.endswith(".0"):
            cell = cell[:-2]
        try:
            return read_value(spec, cell)
        except GeoparkError as error:
            raise RowRefusedError("bad-value", field=spec.name, value=cell[:80]) from error

    def _term(self, spec: FieldSpec, cell: str) -> str:
        known = self._terms.get(spec.vocabulary or "", {})
        # Our own tables write both languages: "điểm di sản địa chất / geosite".
        for word in (cell, *cell.split(_JOINT)):
            code = known.get(fold(word.strip()))
            if code:
                return code
        raise RowRefusedError("unknown-term", field=spec.name, value=cell[:80])

    def _reference(self, spec: FieldSpec, cell: str) -> str | None:
        if spec.refers_to == "photo":
            if cell not in self._photos:
                self.unchecked.add(spec.name)
                return None
            return cell
        places = self._places.get(spec.refers_to or "")
        if places is None:
            return cell
        if not places:
            self.unchecked.add(spec.name)
            return cell
        for word in (cell, cell.zfill(5), *cell.split(_JOINT)):
            code = places.get(fold(word.strip()), "")
            if code:
                return code
        raise RowRefusedError(
            "two-places" if places.get(fold(cell)) == "" else "unknown-place",
            field=spec.name,
            value=cell[:80],
        )

    def _looked_up(self, known: Mapping[str, str], name: str, cell: str) -> str:
        if cell not in known:
            raise RowRefusedError("unknown-place", field=name, value=cell[:80])
        return known[cell]

    def _site_key(self, cell: str) -> str:
        found = self._sites.get(cell, [])
        if len(found) != 1:
            code = "two-places" if found else "unknown-place"
            raise RowRefusedError(code, field="code", value=cell[:80])
        return found[0]


def _places(units: list[Any]) -> dict[str, str]:
    """Give code by folded code and name; a name that several units bear gives an empty text."""
    known: dict[str, str] = {}
    for unit in units:
        for word in (unit.name_vi or "", f"{unit.unit_type or ''} {unit.name_vi or ''}"):
            key = fold(word.strip())
            known[key] = unit.code or "" if known.get(key, unit.code) == unit.code else ""
    known.update({fold(unit.code or ""): unit.code or "" for unit in units})
    known.pop("", None)
    return known
