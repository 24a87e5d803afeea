"""Where points are expected: bounds and coordinate systems of a geopark, from its profile."""

from dataclasses import dataclass
from functools import lru_cache
from math import floor

from pyproj import CRS
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geopark_app.geo.crs import crs_exists, hold_context

_NEAR_DEG = 0.1
# The bundled outline is a sketch for orientation: a point this close to it may lie inside.
_OUTLINE_TOLERANCE_DEG = 0.03


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """Ground of a neighbouring country, to name it when a point falls there."""

    name_vi: str
    name_en: str
    ground: BaseGeometry


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Where the points of a geopark are expected, WGS 84 degrees.

    Attributes
    ----------
    bounds : tuple of float or None
        West, south, east, north; None where the profile names none: then any place will do.
    systems : tuple of int
        EPSG codes of projected systems in use; the official one of the office first.
    outline : BaseGeometry or None
        Outline of the area, when one is bundled or was imported.
    abroad : tuple of Country
        Neighbouring countries.
    """

    bounds: tuple[float, float, float, float] | None = None
    systems: tuple[int, ...] = ()
    outline: BaseGeometry | None = None
    abroad: tuple[Country, ...] = ()

    def contains(self, lon: float, lat: float) -> bool:
        """Say whether the point lies in the area, as far as the outline tells."""
        if not self._within(lon, lat, 0.0):
            return False
        if self.outline is None:
            return True
        return bool(self.outline.distance(Point(lon, lat)) <= _OUTLINE_TOLERANCE_DEG)

    def is_near(self, lon: float, lat: float) -> bool:
        """Say whether the point lies in the bounds or at most about 10 km beside them."""
        return self._within(lon, lat, _NEAR_DEG)

    def _within(self, lon: float, lat: float, margin: float) -> bool:
        if self.bounds is None:
            return True
        west, south, east, north = self.bounds
        inside_lon = west - margin <= lon <= east + margin
        return inside_lon and south - margin <= lat <= north + margin

    def country_of(self, lon: float, lat: float) -> Country | None:
        """Give the neighbouring country in which the point lies, or None."""
        point = Point(lon, lat)
        return next((each for each in self.abroad if each.ground.contains(point)), None)

    def all_systems(self) -> tuple[int, ...]:
        """Give the systems of the profile and the WGS 84 UTM zones over the area."""
        known = [epsg for epsg in self.systems if crs_exists(epsg)]
        return tuple(dict.fromkeys([*known, *self.utm_zones()]))

    def utm_zones(self) -> tuple[int, ...]:
        """Give the EPSG codes of the WGS 84 UTM zones over the bounds."""
        if self.bounds is None:
            return ()
        west, south, east, north = self.bounds
        first, last = (floor((lon + 180) / 6) % 60 + 1 for lon in (west, east))
        hemisphere = 32600 if south + north >= 0 else 32700
        return tuple(hemisphere + zone for zone in range(first, last + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """What is needed of a projected system to tell it from its relatives."""

    geodetic_epsg: int | None
    meridian: float
    is_utm: bool


@lru_cache(maxsize=64)
def grid_of(epsg: int) -> Grid | None:
    """Give the datum and central meridian of a projected system; None for degrees."""
    if not crs_exists(epsg):
        return None
    hold_context()
    crs = CRS.from_epsg(epsg)
    operation = crs.coordinate_operation
    if not crs.is_projected or operation is None:
        return None
    meridians = [param.value for param in operation.params if "Longitude of" in param.name]
    return Grid(
        geodetic_epsg=crs.geodetic_crs.to_epsg() if crs.geodetic_crs else None,
        meridian=float(meridians[0]) if meridians else 0.0,
        is_utm="UTM" in crs.name,
    )
