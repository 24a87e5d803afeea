"""Coordinate systems as foreign files name them: an EPSG code, or the text of a .prj."""

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely import transform
from shapely.geometry.base import BaseGeometry

from geopark_app.geo.crs import hold_context

_MOST_TEXT = 20_000
_SURE = 60


@lru_cache(maxsize=32)
def recognise_crs(text: str) -> tuple[int | None, str] | None:
    """Give EPSG code (None when it has none) and name of a system; None when it is no system.

    Text is `EPSG:n` or WKT. A system is only recognised, nothing is fetched.
    """
    hold_context()
    try:
        crs = CRS.from_user_input(text[:_MOST_TEXT])
    except CRSError:
        return None
    if not (crs.is_geographic or crs.is_projected):
        return None
    return crs.to_epsg(min_confidence=_SURE), crs.name


def to_wgs84(
    points: Sequence[tuple[float, float]], crs_text: str
) -> list[tuple[float, float] | None]:
    """Give lon, lat in WGS 84 degrees for x, y in another system; None where that is not possible.

    The system must be one that `recognise_crs` knows.
    """
    if not points:
        return []
    hold_context()
    epsg = recognise_crs(crs_text)
    if epsg is not None and epsg[0] == 4326:
        return [_usable(lon, lat) for lon, lat in points]
    xs, ys = zip(*points, strict=True)
    lons, lats = _transformer(crs_text).transform(xs, ys)
    return [_usable(float(lon), float(lat)) for lon, lat in zip(lons, lats, strict=True)]


def _usable(lon: float, lat: float) -> tuple[float, float] | None:
    is_finite = math.isfinite(lon) and math.isfinite(lat)
    return (lon, lat) if is_finite and abs(lon) <= 180 and abs(lat) <= 90 else None


@lru_cache(maxsize=16)
def _transformer(crs_text: str) -> Transformer:
    known = recognise_crs(crs_text)
    # The code stands for the full definition; a .prj leaves the datum shift out.
    source = f"EPSG:{known[0]}" if known is not None and known[0] else crs_text
    hold_context()
    return Transformer.from_crs(CRS.from_user_input(source), 4326, always_xy=True)


def shape_to_wgs84(shape: BaseGeometry, crs_text: str) -> BaseGeometry | None:
    """Give a shape in WGS 84 degrees; None where a corner cannot be placed on the globe.

    The system must be one that `recognise_crs` knows.
    """
    hold_context()
    known = recognise_crs(crs_text)
    if known is None or known[0] != 4326:
        transformer = _transformer(crs_text)
        shape = transform(shape, lambda xy: np.column_stack(transformer.transform(*xy.T)))
    west, south, east, north = shape.bounds
    is_on_the_globe = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    return shape if is_on_the_globe else None
