"""Runs inside the worker: the point a shape stands for, and a line or area as GeoJSON."""

import json
import re
from typing import Any

from geopark_app.exchange.raw_table import RawRow

_HALF_TURN = 180.0
_MOST_LETTERS = 2_000_000
_KEPT = ("LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon")
_FARTHEST = 1e9


def read_shape(content: bytes | None, row: RawRow) -> None:
    """Write point, kind of shape, line or area, and what is wrong with it into the row."""
    import shapely

    if content is None:
        return
    try:
        shape = shapely.from_wkb(content)
    except shapely.errors.ShapelyError:
        row.trouble = "bad-shape"
        return
    if shape.is_empty:
        return
    row.shape = shape.geom_type
    west, south, east, north = shape.bounds
    if not all(abs(number) < _FARTHEST for number in (west, south, east, north)):
        row.trouble = "bad-shape"
        return
    if isinstance(shape, shapely.Point):
        row.point = float(shape.x), float(shape.y)
        return
    looks_like_degrees = max(abs(west), abs(east)) <= 360 and max(abs(south), abs(north)) <= 90
    is_far_over = max(abs(west), abs(east)) > _HALF_TURN
    if looks_like_degrees and (east - west > _HALF_TURN or is_far_over):
        row.trouble = "antimeridian"
        return
    if not shape.is_valid:
        row.trouble, row.where = "self-crossing", place_of(shapely.is_valid_reason(shape))
        shape = _mended(shape)
    inside = shapely.point_on_surface(shape)
    row.point = float(inside.x), float(inside.y)
    if shape.geom_type in _KEPT:
        row.geometry = _geojson(shape)
        if len(row.geometry) > _MOST_LETTERS:
            row.geometry, row.trouble = "", "too-many-corners"


def place_of(reason: str) -> str:
    """Give x and y out of what GEOS says is wrong, or its words where it names no place."""
    found = re.search(r"\[(.+)\]", reason)
    return found.group(1) if found else reason


def _mended(shape: Any) -> Any:
    """Give the shape put right, as areas only where it was an area."""
    import shapely

    whole = shapely.make_valid(shape)
    if "Polygon" not in shape.geom_type or "Polygon" in whole.geom_type:
        return whole
    parts = [part for part in shapely.get_parts(whole) if "Polygon" in part.geom_type]
    return shapely.union_all(parts) if parts else whole


def _geojson(shape: Any) -> str:
    import shapely

    return json.dumps(
        shapely.geometry.mapping(shapely.force_2d(shape)), separators=(",", ":"), allow_nan=False
    )
