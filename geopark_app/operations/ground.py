"""What lies around a point by the imported layers: commune, boundary, border zone, roads."""

import json
from dataclasses import dataclass
from functools import lru_cache

from shapely.geometry import shape

from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.kinds import Commune, MapLayer, Route
from geopark_app.geo.shape_index import NamedShape, ShapeIndex
from geopark_app.operations.context import AppContext
from geopark_app.operations.map_layers import (
    BORDER_ZONE,
    BOUNDARY,
    COMMUNES,
    ROAD_KINDS,
    layer_index,
    map_layers,
    newest_layer,
)

EDGE_M = 200.0
"""So far beside its line a point may still be inside: published lines are generalised."""

_ROAD_NEAR_M = 50_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadNear:
    """The nearest road or route of the imported layers, with its distance in metres."""

    name: str
    metres: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The layers that lookups use; each is None where nobody has imported it.

    Attributes
    ----------
    communes, boundary, border : ShapeIndex or None
        Commune polygons, the official boundary, areas with border rules.
    """

    communes: ShapeIndex | None
    boundary: ShapeIndex | None
    border: ShapeIndex | None

    def commune_at(self, lon: float, lat: float) -> str:
        """Give the code of the commune around the point, or an empty text."""
        if self.communes is None:
            return ""
        found = self.communes.around(lon, lat)
        return found[0].code if found else ""

    def commune_near(self, lon: float, lat: float) -> tuple[str, float] | None:
        """Give code and distance of the nearest commune; 0 m around it."""
        code = self.commune_at(lon, lat)
        if code or self.communes is None:
            return (code, 0.0) if code else None
        nearest = self.communes.nearest(lon, lat)
        return (nearest[0].code, nearest[1]) if nearest else None

    def metres_outside(self, code: str, lon: float, lat: float) -> float | None:
        """Give how far the point lies outside a commune; 0 inside, None where it is not known."""
        return None if self.communes is None else self.communes.metres_to(code, lon, lat)

    def metres_outside_boundary(self, lon: float, lat: float) -> float | None:
        """Give how far the point lies outside the official boundary; None without one."""
        nearest = self.boundary.nearest(lon, lat) if self.boundary is not None else None
        return nearest[1] if nearest else None

    def is_in_border_zone(self, lon: float, lat: float) -> bool | None:
        """Say whether an imported border zone holds the point; None without such a layer."""
        return bool(self.border.around(lon, lat)) if self.border is not None else None


def ground_of(context: AppContext) -> Ground:
    """Give the layers in force; the shapes are read once for each file.

    A layer that cannot be read is left out: the check of the catalogue names it.
    """
    return Ground(
        communes=_index(context, newest_layer(context, COMMUNES)),
        boundary=_index(context, newest_layer(context, BOUNDARY, official=True)),
        border=_index(context, newest_layer(context, BORDER_ZONE)),
    )


def warm_up(context: AppContext) -> None:
    """Read every layer that lookups use, so that the first question is answered at once."""
    ground_of(context)
    for layer in map_layers(context, *ROAD_KINDS):
        _index(context, layer)


def commune_by_code(context: AppContext, code: str) -> Commune | None:
    """Give the commune of a code, or None."""
    found = context.catalogue.records(Commune, where={"code": code}) if code else []
    return found[0] if found else None


def border_at(context: AppContext, lon: float, lat: float) -> bool | None:
    """Say whether border rules hold at a point: by an imported zone, else by its commune.

    None where neither a border zone nor commune polygons were imported.
    """
    ground = ground_of(context)
    in_zone = ground.is_in_border_zone(lon, lat)
    if in_zone is not None:
        return in_zone
    commune = commune_by_code(context, ground.commune_at(lon, lat))
    return commune.border_commune if commune is not None else None


def road_near(context: AppContext, lon: float, lat: float) -> RoadNear | None:
    """Give the nearest imported road, or route imported or drawn; None beyond 50 km."""
    best: RoadNear | None = None
    indexes = [
        (layer.name_vi or "", _index(context, layer)) for layer in map_layers(context, *ROAD_KINDS)
    ]
    for of_layer, index in [*indexes, ("", _drawn_routes(context))]:
        nearest = index.nearest(lon, lat) if index is not None else None
        if nearest is not None and (best is None or nearest[1] < best.metres):
            found, metres = nearest
            best = RoadNear(name=found.name_vi or found.code or of_layer, metres=metres)
    return best if best is not None and best.metres <= _ROAD_NEAR_M else None


def _drawn_routes(context: AppContext) -> ShapeIndex | None:
    """Give the lines of the routes as they were drawn on the map."""
    lines = tuple(
        (route.name_vi or "", route.geojson)
        for route in context.catalogue.records(Route)
        if route.geojson
    )
    return _line_index(lines) if lines else None


@lru_cache(maxsize=2)
def _line_index(lines: tuple[tuple[str, str], ...]) -> ShapeIndex:
    return ShapeIndex(
        [
            NamedShape(code="", name_vi=name, name_en="", geometry=shape(json.loads(text)))
            for name, text in lines
        ]
    )


def _index(context: AppContext, layer: MapLayer | None) -> ShapeIndex | None:
    if layer is None:
        return None
    try:
        return layer_index(context, layer)
    except GeoparkError:
        return None
