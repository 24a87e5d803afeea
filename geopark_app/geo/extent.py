"""Extents of sites: typed GeoJSON checked and written the same way each time."""

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from geopark_app.domain.errors import ErrorCode, GeoparkError

_MOST_CHARACTERS = 2_000_000
_SAME_DEGREES = 1e-6  # GIS files for the web keep seven decimals
_NOT_GEOJSON = (
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    RecursionError,
    ShapelyError,
)
_CROSSING = re.compile(r"ntersection\[(\S+) (\S+?)\]")
_KINDS = ("Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon")


def read_extent(typed: str, *, field: str = "geojson") -> str:
    """Give the GeoJSON geometry of a typed geometry, feature or collection of one feature.

    Coordinates are lon, lat in WGS 84 degrees. Heights are dropped.

    Raises
    ------
    GeoparkError
        BAD_VALUE when it is no GeoJSON, lies outside of the globe or is empty; CROSSING_SHAPE with
        the place when it crosses itself.
    """
    try:
        found = shape(_geometry(json.loads(typed[: _MOST_CHARACTERS + 1])))
    except _NOT_GEOJSON as error:
        raise _refused(field, typed, "GeoJSON") from error
    if found.is_empty or found.geom_type not in _KINDS:
        raise _refused(field, typed, ", ".join(_KINDS))
    if not _is_on_the_globe(found):
        raise _refused(field, typed, "WGS 84: lon -180…180, lat -90…90")
    if not found.is_valid:
        raise _invalid(field, typed, found)
    return json.dumps(_flat(mapping(found)), separators=(",", ":"))


def is_same_extent(first: str, second: str) -> bool:
    """Say whether two extents are the same but for rounding and the order of their corners."""
    one, other = (shape(json.loads(text)).normalize() for text in (first, second))
    return bool(one.equals_exact(other, _SAME_DEGREES))


def crossing_point(geometry: BaseGeometry) -> tuple[float, float] | None:
    """Give lon, lat of the first place where an outline crosses or touches itself, or None."""
    if geometry.is_empty or geometry.is_valid:
        return None
    told = _CROSSING.search(explain_validity(geometry))
    return (float(told[1]), float(told[2])) if told else None


def _invalid(field: str, typed: str, found: BaseGeometry) -> GeoparkError:
    at, reason = crossing_point(found), explain_validity(found)
    if at is None:
        return _refused(field, typed, reason)
    return GeoparkError(
        ErrorCode.CROSSING_SHAPE,
        field=field,
        expected=reason,
        lat=f"{at[1]:.5f}",
        lon=f"{at[0]:.5f}",
    )


def _refused(field: str, typed: str, expected: str) -> GeoparkError:
    shown = typed if len(typed) <= 80 else f"{typed[:77]}…"
    return GeoparkError(ErrorCode.BAD_VALUE, field=field, value=shown, expected=expected)


def _geometry(content: Any) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise TypeError(content)
    if content.get("type") == "FeatureCollection":
        (content,) = content["features"]
    geometry = content["geometry"] if content.get("type") == "Feature" else content
    if not isinstance(geometry, dict):
        raise TypeError(geometry)
    return geometry


def _is_on_the_globe(geometry: BaseGeometry) -> bool:
    west, south, east, north = geometry.bounds
    finite = all(math.isfinite(value) for value in (west, south, east, north))
    return finite and west >= -180 and east <= 180 and south >= -90 and north <= 90


def _flat(content: dict[str, Any]) -> dict[str, Any]:
    return {"type": content["type"], "coordinates": _without_heights(content["coordinates"])}


def _without_heights(coordinates: Any) -> Any:
    if isinstance(coordinates[0], int | float):
        return list(coordinates[:2])
    return [_without_heights(part) for part in _parts(coordinates)]


def _parts(coordinates: Any) -> Iterator[Any]:
    yield from coordinates
