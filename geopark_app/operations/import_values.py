"""Cells of a foreign row to values of a record; terms and places are looked up in one reading."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from geopark_app.domain.declaration import FieldSpec, FieldType, Record, kind_of
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.kinds import KINDS, Term
from geopark_app.domain.position import Position, Quantity
from geopark_app.domain.text import fold
from geopark_app.operations.import_points import PlacedPoint
from geopark_app.operations.import_references import JOINT, Known, References, RowRefusedError
from geopark_app.operations.import_shapes import typed_extent
from geopark_app.operations.import_targets import (
    INTERESTS,
    POSITION_PARTS,
    QUANTITY_PARTS,
    ROUTE,
    SITE_CODE,
)
from geopark_app.rules.typed_values import read_value

LONGEST_TEXT = {FieldType.TEXT: 2_000, FieldType.LONG_TEXT: 60_000}
_SAME_PLACE = 1e-7
_REMEMBERED_LETTERS = 40
_SHA256 = re.compile("[0-9a-f]{64}")
_PARTS = {
    "accuracy_m": FieldType.DECIMAL,
    "quality": FieldType.CHOICE,
    "method": FieldType.CHOICE,
    "source_crs": FieldType.TEXT,
    "as_typed": FieldType.TEXT,
    "source": FieldType.TEXT,
}
_PART_TERMS = {"quality": "coord_quality", "method": "coord_method"}


class ValueReader:
    """Reads cells by the declaration of one record kind.

    Attributes
    ----------
    unchecked : set of str
        Fields whose codes could not be checked, because the catalogue holds no such list.
    """

    def __init__(self, known: Known, record_type: type[Record]) -> None:
        """Read the terms once."""
        self._known = known
        self._references = References(known)
        self._files = known.context.catalogue.files
        self._fields = {spec.name: spec for spec in kind_of(record_type).fields}
        self._terms: dict[str, dict[str, str]] = {}
        for term in known.context.catalogue.records(Term):
            words = self._terms.setdefault(term.vocabulary or "", {})
            for word in (term.label_vi, term.label_en):
                if word:
                    words.setdefault(fold(word), term.code or "")
            words[fold(term.code or "")] = term.code or ""
        self._read: dict[tuple[str, str], Any] = {}
        self.unchecked = self._references.unchecked

    def values(self, cells: Mapping[str, str]) -> dict[str, Any]:
        """Give field → value for the cells that are not empty.

        Parts of the position and of quantities are left for `position` and `quantities`.

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
                values["route_uuid"] = self._references.key(KINDS["route"], name, cell)
            elif name == SITE_CODE:
                values["site_uuid"] = self._references.key(KINDS["site"], name, cell)
            elif name in self._fields and self._fields[name].type is not FieldType.POSITION:
                values[name] = self._remembered(self._fields[name], cell)
        return {name: value for name, value in values.items() if value is not None}

    def quantities(self, cells: Mapping[str, str], old: Record | None) -> dict[str, Quantity]:
        """Give the quantities of a row; what it leaves unsaid stays as it was."""
        found: dict[str, Quantity] = {}
        for name, cell in cells.items():
            field, _, part = name.partition(".")
            if not cell or part not in QUANTITY_PARTS or field not in self._fields:
                continue
            before = found.get(field) or (getattr(old, field, None) if old else None) or Quantity()
            shape = FieldType.DECIMAL if part == "value" else FieldType.TEXT
            spec = FieldSpec(name=name, type=shape, label_vi="", label_en="")
            found[field] = replace(before, **{part: self._value(spec, cell)})
        return found

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
        if point is not None and point.is_of_shape and old is not None and old.is_known:
            # A point on an area is no news of a place that is known.
            point = None
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

    def _remembered(self, spec: FieldSpec, cell: str) -> Any:
        """Read a short cell once: the same kinds, dates and places come in every row."""
        if len(cell) > _REMEMBERED_LETTERS:
            return self._value(spec, cell)
        place = spec.name, cell
        if place not in self._read:
            self._read[place] = self._value(spec, cell)
        return self._read[place]

    def _value(self, spec: FieldSpec, cell: str) -> Any:
        longest = LONGEST_TEXT.get(spec.type)
        if longest is not None and len(cell) > longest:
            raise RowRefusedError(
                "too-long", field=spec.name, count=str(len(cell)), most=str(longest)
            )
        special = self._special(spec)
        if special is not None:
            return special(spec, cell)
        if spec.type is FieldType.BOOLEAN:
            cell = cell.split(JOINT)[0]
        if spec.type is FieldType.INTEGER and cell.endswith(".0"):
            cell = cell[:-2]
        try:
            return read_value(spec, cell)
        except GeoparkError as error:
            raise RowRefusedError("bad-value", field=spec.name, value=cell[:80]) from error

    def _special(self, spec: FieldSpec) -> Callable[[FieldSpec, str], str | None] | None:
        if spec.type is FieldType.CHOICE:
            return self._term
        if spec.type is FieldType.REFERENCE:
            return self._references.resolved
        if spec.type is FieldType.GEOMETRY:
            return lambda spec, cell: typed_extent(cell, spec.name)
        return self._file if spec.name.endswith("sha256") else None

    def _term(self, spec: FieldSpec, cell: str) -> str:
        known = self._terms.get(spec.vocabulary or "", {})
        # Our own tables write both languages: "điểm di sản địa chất / geosite".
        for word in (cell, *cell.split(JOINT)):
            code = known.get(fold(word.strip()))
            if code:
                return code
        raise RowRefusedError("unknown-term", field=spec.name, value=cell[:80])

    def _file(self, spec: FieldSpec, cell: str) -> str | None:
        # A table brings no files: it may only name those that are here.
        if _SHA256.fullmatch(cell) and self._files.is_whole(cell):
            return cell
        self.unchecked.add(spec.name)
        return None
