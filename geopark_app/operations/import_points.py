"""Where the rows of a foreign table lie: geometry or columns of numbers, in WGS 84."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geopark_app.exchange.foreign_table import ForeignRow
from geopark_app.geo.foreign_crs import to_wgs84
from geopark_app.operations.import_targets import EASTING, NORTHING

WGS84 = "EPSG:4326"
_SAME_SPOT = 1e-6
_UNUSABLE = frozenset({"bad-shape", "antimeridian", "too-many-corners", "cut-off"})


@dataclass(frozen=True, slots=True)
class PlacedPoint:
    """A point in WGS 84 with where its numbers come from.

    `is_of_shape` says that it only stands for a line or an area.
    """

    lon: float
    lat: float
    source_crs: str
    as_typed: str
    is_of_shape: bool = False


def placed_points(
    rows: Sequence[tuple[ForeignRow, Mapping[str, str]]], crs_of_file: str
) -> list[PlacedPoint | str | None]:
    """Give each row's point in WGS 84, None where it has none, or the reason of its refusal."""
    found: list[PlacedPoint | str | None] = [None] * len(rows)
    wanted: dict[str, list[tuple[int, float, float]]] = {}
    for index, (row, cells) in enumerate(rows):
        pair = _pair_of_columns(cells)
        if isinstance(pair, str) or row.trouble in _UNUSABLE:
            found[index] = pair if isinstance(pair, str) else row.trouble
            continue
        # What stands in the columns is a place; a point on an area only stands for it.
        is_column = pair is not None and (row.point is None or bool(row.geometry))
        if row.point is None and pair is None:
            continue
        if row.point is not None and not is_column:
            wanted.setdefault(crs_of_file, []).append((index, *row.point))
        elif pair is not None:
            is_degrees = cells.get("lon") and cells.get("lat")
            crs = (crs_of_file or WGS84) if not is_degrees else _degrees_crs(crs_of_file)
            wanted.setdefault(crs, []).append((index, *pair))
    for crs, pairs in wanted.items():
        placed = to_wgs84([(x, y) for _index, x, y in pairs], crs)
        for (index, x, y), point in zip(pairs, placed, strict=True):
            row, cells = rows[index]
            found[index] = _placed(x, y, point, crs, cells, is_of_shape=bool(row.geometry))
    return found


def _degrees_crs(crs: str) -> str:
    # Columns named longitude and latitude hold degrees, whatever system the metres are in.
    return crs if crs and to_wgs84([(106.0, 21.0)], crs)[0] == (106.0, 21.0) else WGS84


def _placed(
    x: float,
    y: float,
    point: tuple[float, float] | None,
    crs: str,
    cells: Mapping[str, str],
    *,
    is_of_shape: bool,
) -> PlacedPoint | str:
    if point is None or point == (0.0, 0.0):
        return "bad-position"
    lon, lat = point
    typed = _pair_of_columns({name: cells.get(name, "") for name in ("lon", "lat")})
    if isinstance(typed, tuple):
        # Attributes of our own exports hold more digits; a point moved since then wins.
        is_same = abs(typed[0] - lon) < _SAME_SPOT and abs(typed[1] - lat) < _SAME_SPOT
        lon, lat = typed if is_same else (lon, lat)
        is_of_shape = False
    is_foreign = crs != WGS84
    name = crs if len(crs) < 20 else "?"
    return PlacedPoint(lon, lat, name, f"{x:.10g} {y:.10g}" if is_foreign else "", is_of_shape)


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
