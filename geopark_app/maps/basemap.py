"""What lies under the sites: the bundled outline of the province, its neighbours and towns."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from shapely.geometry import MultiPoint
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from geopark_app.geo.crs import area_of_use
from geopark_app.geo.geojson import Feature, read_features
from geopark_app.paths import bundled

CREDITS = "Natural Earth; GeoNames (CC BY 4.0)"
"""Credit that stands on every map that shows the bundled layers."""

_CUT_TOLERANCE_DEG = 1e-4
_NEAR_DEG = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Basemap:
    """Layers for orientation; every one may be empty, a map is drawn all the same.

    Attributes
    ----------
    outline : BaseGeometry or None
        The province, from Natural Earth: a sketch, not an official boundary.
    neighbours, countries, rivers, towns : tuple of Feature
        What lies around and inside.
    boundary : BaseGeometry or None
        The official boundary that the office loaded; maps then drop the word "sketch".
    credits : str
        Sources to print.
    """

    outline: BaseGeometry | None = None
    neighbours: tuple[Feature, ...] = ()
    countries: tuple[Feature, ...] = ()
    rivers: tuple[Feature, ...] = ()
    towns: tuple[Feature, ...] = ()
    boundary: BaseGeometry | None = None
    credits: str = field(default=CREDITS)

    @property
    def is_sketch(self) -> bool:
        """Say whether no official boundary is loaded."""
        return self.boundary is None

    @property
    def body(self) -> BaseGeometry | None:
        """Give the shape to draw as the area of the catalogue."""
        return self.boundary if self.boundary is not None else self.outline

    def is_near(self, lon: float | None, lat: float | None) -> bool:
        """Say whether a place can belong to this area; without an area or a place it can."""
        if self.body is None or lon is None or lat is None:
            return True
        west, south, east, north = self.body.bounds
        inside_lon = west - _NEAR_DEG <= lon <= east + _NEAR_DEG
        return inside_lon and south - _NEAR_DEG <= lat <= north + _NEAR_DEG

    def own_edge(self, item: Feature) -> BaseGeometry:
        """Give the edge of a neighbour without the straight lines where the data was cut off."""
        around = [place.geometry for place in (*self.countries, *self.neighbours)]
        cut = unary_union([shape.envelope for shape in around]).envelope.boundary
        return item.geometry.boundary.difference(cut.buffer(_CUT_TOLERANCE_DEG))

    def bounds(self, points: list[tuple[float, float]]) -> tuple[float, float, float, float]:
        """Give west, south, east, north of the area together with the points, in degrees.

        With neither area nor points it is Vietnam's box, so that there is always a map.
        """
        parts = [self.body] if self.body is not None else []
        if points:
            parts.append(MultiPoint(points))
        if not parts:
            return (102.0, 8.0, 110.0, 24.0)
        west, south, east, north = unary_union([part.envelope for part in parts]).bounds
        return (west, south, east, north)


def basemap_for(points: Iterable[tuple[float, float]], epsg: int) -> Basemap:
    """Give the bundled layers where they fit the catalogue, else none.

    They hold one province: they fit where the coordinate system is made for it, and where most
    of the places (lon, lat) lie in or near it. Elsewhere a map is drawn without them.
    """
    ground = bundled_basemap()
    area = area_of_use(epsg)
    middle = ((area[0] + area[2]) / 2, (area[1] + area[3]) / 2) if area is not None else (0.0, 0.0)
    fits = ground.is_near(*middle) or _mostly_near(ground, points)
    return ground if fits else Basemap(credits="")


def _mostly_near(ground: Basemap, points: Iterable[tuple[float, float]]) -> bool:
    answers = [ground.is_near(*point) for point in points]
    return any(answers) and sum(answers) * 2 >= len(answers)


@lru_cache(maxsize=1)
def bundled_basemap() -> Basemap:
    """Read the layers that ship with the program; empty ones where a file is missing."""
    outline = _features(bundled("resources", "map", "outline.json"))
    towns = _features(bundled("resources", "map", "towns.json"))
    province = [item.geometry for item in _of_kind(outline, "province")]
    return Basemap(
        outline=unary_union(province) if province else None,
        neighbours=_of_kind(outline, "neighbour"),
        countries=_of_kind(outline, "country"),
        rivers=_of_kind(outline, "river"),
        towns=tuple(sorted(towns, key=lambda town: town.rank)),
    )


def _features(path: Path) -> tuple[Feature, ...]:
    return read_features(path) if path.is_file() else ()


def _of_kind(features: tuple[Feature, ...], kind: str) -> tuple[Feature, ...]:
    return tuple(item for item in features if item.kind == kind)
