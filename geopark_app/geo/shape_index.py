"""Which named shape lies around a point, and how far it is to the nearest, by an R-tree."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geopark_app.geo.measure import distance_m


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedShape:
    """A shape in WGS 84 degrees with its code and names; empty where there is none."""

    code: str
    name_vi: str
    name_en: str
    geometry: BaseGeometry


class ShapeIndex:
    """Shapes of one layer, ready to be asked; made once, then only read.

    Attributes
    ----------
    shapes : tuple of NamedShape
        As given.
    """

    def __init__(self, shapes: Sequence[NamedShape]) -> None:
        """Build the tree; degrees are squeezed so that both axes measure alike."""
        self.shapes = tuple(shapes)
        geometries = [shape.geometry for shape in self.shapes]
        bounds = shapely.total_bounds(geometries) if geometries else (0.0, 0.0, 0.0, 0.0)
        middle = float(bounds[1] + bounds[3]) / 2
        self._squeeze = max(math.cos(math.radians(middle)), 0.01)
        squeezed = [self._to_plane(geometry) for geometry in geometries]
        self._plane = squeezed
        self._tree = shapely.STRtree(squeezed)
        self._by_code: dict[str, list[int]] = {}
        for number, shape in enumerate(self.shapes):
            self._by_code.setdefault(shape.code, []).append(number)

    def around(self, lon: float, lat: float) -> tuple[NamedShape, ...]:
        """Give the shapes that hold the point, in the order of the layer."""
        point = shapely.Point(lon * self._squeeze, lat)
        # Nothing is prepared beforehand: prepared shapes may not be asked by two threads at once.
        found = sorted(self._tree.query(point, predicate="intersects").tolist())
        return tuple(self.shapes[number] for number in found)

    def codes_at(self, points: Sequence[tuple[float, float]]) -> list[str]:
        """Give for each lon, lat the code of the first shape around it, or an empty text."""
        codes = [""] * len(points)
        if not points or not self.shapes:
            return codes
        flat = np.asarray(points, dtype=float)
        plane = shapely.points(flat[:, 0] * self._squeeze, flat[:, 1])
        asked, hits = self._tree.query(plane, predicate="intersects")
        for at, number in sorted(zip(asked.tolist(), hits.tolist(), strict=True), reverse=True):
            codes[at] = self.shapes[number].code
        return codes

    def holds_many(self, points: Sequence[tuple[float, float]]) -> list[bool]:
        """Say for each lon, lat whether a shape lies around it."""
        held = [False] * len(points)
        if not points or not self.shapes:
            return held
        flat = np.asarray(points, dtype=float)
        plane = shapely.points(flat[:, 0] * self._squeeze, flat[:, 1])
        for at in self._tree.query(plane, predicate="intersects")[0].tolist():
            held[at] = True
        return held

    def nearest(self, lon: float, lat: float) -> tuple[NamedShape, float] | None:
        """Give the shape nearest to the point with its distance in metres; 0 inside."""
        if not self.shapes:
            return None
        point = shapely.Point(lon * self._squeeze, lat)
        number = int(self._tree.nearest(point))
        return self.shapes[number], self._metres(point, self._plane[number])

    def metres_to(self, code: str, lon: float, lat: float) -> float | None:
        """Give how far the point lies from the shapes of this code; 0 inside, None without one."""
        numbers = self._by_code.get(code, [])
        point = shapely.Point(lon * self._squeeze, lat)
        return min((self._metres(point, self._plane[at]) for at in numbers), default=None)

    def _metres(self, point: BaseGeometry, geometry: BaseGeometry) -> float:
        here, there = shapely.get_coordinates(shapely.shortest_line(point, geometry)).tolist()
        squeeze = self._squeeze
        return distance_m(here[0] / squeeze, here[1], there[0] / squeeze, there[1])

    def _to_plane(self, geometry: BaseGeometry) -> BaseGeometry:
        scale = np.array([self._squeeze, 1.0])
        return shapely.transform(geometry, lambda coordinates: coordinates * scale)
