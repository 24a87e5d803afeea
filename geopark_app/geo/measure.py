"""Distances and areas on the ellipsoid, true on the ground in any zone."""

from pyproj import Geod
from shapely import get_dimensions
from shapely.geometry.base import BaseGeometry

from geopark_app.geo.crs import hold_context

hold_context()
_ELLIPSOID = Geod(ellps="WGS84")


def distance_m(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Give the geodesic distance between two WGS 84 points in metres."""
    return float(_ELLIPSOID.inv(lon_a, lat_a, lon_b, lat_b)[2])


def area_m2(shape: BaseGeometry) -> float:
    """Give the geodesic area of a WGS 84 polygon in square metres.

    The sense of rotation does not matter; a point, a line or an empty shape gives 0.
    """
    if shape.is_empty or get_dimensions(shape) < 2:
        # pyproj would close a line and give the area inside.
        return 0.0
    return abs(float(_ELLIPSOID.geometry_area_perimeter(shape)[0]))


def length_m(shape: BaseGeometry) -> float:
    """Give the geodesic length of a WGS 84 line, or the outline of a polygon, in metres."""
    if shape.is_empty:
        return 0.0
    return float(_ELLIPSOID.geometry_length(shape))
