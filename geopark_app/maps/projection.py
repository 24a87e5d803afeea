"""From degrees to millimetres on the page, in the catalogue's own projected system."""

from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from geopark_app.geo.crs import from_projected, project_many, to_projected

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rect:
    """A rectangle on the page in millimetres; y grows downwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Give the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Give the lower edge."""
        return self.y + self.height

    def contains(self, x: float, y: float) -> bool:
        """Say whether the point lies inside or on the edge."""
        return self.x <= x <= self.right and self.y <= y <= self.bottom

    def touches(self, other: "Rect") -> bool:
        """Say whether the two rectangles overlap."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MapProjection:
    """How one map frame lies on the ground.

    Attributes
    ----------
    epsg : int
        The projected system.
    frame : Rect
        Where the map is on the page, in millimetres.
    west_m, north_m : float
        Easting and northing of the frame's upper left corner.
    mm_per_m : float
        Scale in projected metres.
    """

    epsg: int
    frame: Rect
    west_m: float
    north_m: float
    mm_per_m: float

    def position_mm(self, lon: float, lat: float) -> tuple[float, float]:
        """Give x, y in millimetres on the page for WGS 84 degrees."""
        return self._on_page(*to_projected(lon, lat, self.epsg))

    def shape_mm(self, shape: BaseGeometry) -> BaseGeometry:
        """Give a shape in millimetres on the page, cut off at the frame."""
        page = shapely.transform(shape, self._all_on_page)
        frame = box(self.frame.x, self.frame.y, self.frame.right, self.frame.bottom)
        return shapely.make_valid(page).intersection(frame)

    def lon_lat(self, x_mm: float, y_mm: float) -> tuple[float, float]:
        """Give WGS 84 degrees for a point on the page."""
        easting_m = self.west_m + (x_mm - self.frame.x) / self.mm_per_m
        northing_m = self.north_m - (y_mm - self.frame.y) / self.mm_per_m
        return from_projected(easting_m, northing_m, self.epsg)

    @property
    def denominator(self) -> float:
        """Give the n of the scale 1 : n on paper, in projected metres."""
        return 1000.0 / self.mm_per_m

    @property
    def metres(self) -> Bounds:
        """Give west, south, east, north of the frame in metres of the projected system."""
        width_m, height_m = self.frame.width / self.mm_per_m, self.frame.height / self.mm_per_m
        return (self.west_m, self.north_m - height_m, self.west_m + width_m, self.north_m)

    def at_scale(self, denominator: float) -> "MapProjection":
        """Give the same middle at the scale 1 : `denominator`."""
        west, south, east, north = self.metres
        mm_per_m = 1000.0 / denominator
        return replace(
            self,
            west_m=(west + east - self.frame.width / mm_per_m) / 2,
            north_m=(south + north + self.frame.height / mm_per_m) / 2,
            mm_per_m=mm_per_m,
        )

    def degrees_in_frame(self) -> Bounds:
        """Give west, south, east, north of the whole frame in degrees."""
        corners = [
            self.lon_lat(x, y)
            for x in (self.frame.x, (self.frame.x + self.frame.right) / 2, self.frame.right)
            for y in (self.frame.y, self.frame.bottom)
        ]
        lons, lats = zip(*corners, strict=True)
        return (min(lons), min(lats), max(lons), max(lats))

    def _on_page(self, easting_m: float, northing_m: float) -> tuple[float, float]:
        return (
            self.frame.x + (easting_m - self.west_m) * self.mm_per_m,
            self.frame.y + (self.north_m - northing_m) * self.mm_per_m,
        )

    def _all_on_page(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        flat = project_many([(float(lon), float(lat)) for lon, lat in degrees], self.epsg)
        return np.array([self._on_page(*point) for point in flat]).reshape(-1, 2)


def fit(bounds: Bounds, frame: Rect, epsg: int, *, margin: float = 0.04) -> MapProjection:
    """Place the bounds (degrees) in the middle of the frame, as large as they fit.

    A single point gets 2 km of ground around it. Raises `CoordinateError` where the system does
    not reach the bounds.
    """
    west, south, east, north = bounds
    # Parallels are curves in a projection: the edge is followed in steps, not by its corners.
    steps = [part / 8 for part in range(9)]
    edge = [(west + (east - west) * step, lat) for step in steps for lat in (south, north)]
    edge += [(lon, south + (north - south) * step) for step in steps for lon in (west, east)]
    flat = project_many(edge, epsg)
    eastings, northings = zip(*flat, strict=True)
    width_m = max((max(eastings) - min(eastings)) * (1 + 2 * margin), 4000.0)
    height_m = max((max(northings) - min(northings)) * (1 + 2 * margin), 4000.0)
    mm_per_m = min(frame.width / width_m, frame.height / height_m)
    middle_e = (max(eastings) + min(eastings)) / 2
    middle_n = (max(northings) + min(northings)) / 2
    return MapProjection(
        epsg=epsg,
        frame=frame,
        west_m=middle_e - frame.width / mm_per_m / 2,
        north_m=middle_n + frame.height / mm_per_m / 2,
        mm_per_m=mm_per_m,
    )
