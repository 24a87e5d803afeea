"""Areas people name when they cut or check a base map: a route, sites, a day, the park, a box."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shapely.affinity import scale
from shapely.geometry import LineString, MultiPoint, Point, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import MissionStop, Route, Site, Stop
from geopark_app.geo.tile_grid import Box
from geopark_app.i18n import pick
from geopark_app.operations.context import AppContext
from geopark_app.operations.map_layers import BOUNDARY, layer_index, newest_layer
from geopark_app.operations.regions import region_of

_KM_A_DEGREE = 111.32


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedSite:
    """A site with a position, on the way or by itself."""

    site: Site
    lon: float
    lat: float

    @property
    def name(self) -> str:
        """Give code and name."""
        words = pick(self.site.name_vi or "", self.site.name_en or "")
        return " ".join(part for part in (self.site.code, words) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outing:
    """Where people go.

    Attributes
    ----------
    name : str
        Route, day or list, as people call it.
    sites : tuple of PlacedSite
        In their order.
    is_way : bool
        Whether they are reached one after the other, so that the legs between them count.
    unplaced : tuple of str
        Names of sites without a position.
    """

    name: str
    sites: tuple[PlacedSite, ...]
    is_way: bool
    unplaced: tuple[str, ...] = ()


def outing_of_route(context: AppContext, number: int) -> Outing:
    """Give the stops of a route in their order.

    Raises
    ------
    GeoparkError
        NOT_FOUND.
    """
    routes = context.catalogue.records(Route, where={"number": number})
    if not routes:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="route", reference=number)
    stops = context.catalogue.records(Stop, where={"route_uuid": routes[0].uuid})
    stops.sort(key=lambda stop: (stop.official_number or 999, stop.slot or 0))
    words = pick(routes[0].name_vi or "", routes[0].name_en or "")
    name = " · ".join(part for part in (str(number), words) if part)
    return _outing(context, name, [stop.site_uuid for stop in stops], is_way=True)


def outing_of_day(context: AppContext, day: date) -> Outing:
    """Give the stops of the missions' agendas of a day, in the order of the clock."""
    stops = context.catalogue.records(MissionStop, where={"day_on": day.isoformat()})
    stops.sort(key=lambda stop: (stop.starts_at or "", stop.sort_order or 0))
    return _outing(context, f"{day:%d/%m/%Y}", [stop.site_uuid for stop in stops], is_way=True)


def outing_of_sites(context: AppContext, uuids: Sequence[str], name: str) -> Outing:
    """Give some sites, reached on any way."""
    return _outing(context, name, uuids, is_way=False)


def park_area(context: AppContext) -> BaseGeometry:
    """Give the boundary in force, else the outline of the profile, else the box of the office.

    Raises
    ------
    GeoparkError
        NO_LAYER where none of them is known.
    """
    layer = newest_layer(context, BOUNDARY)
    if layer is not None:
        return unary_union([one.geometry for one in layer_index(context, layer).shapes])
    region = region_of(context)
    if region.outline is not None:
        return region.outline
    if region.bounds is not None:
        return box(*region.bounds)
    raise GeoparkError(ErrorCode.NO_LAYER)


def box_area(edges: Box) -> BaseGeometry:
    """Give a box as an area.

    Raises
    ------
    GeoparkError
        BAD_VALUE when it is none on the globe.
    """
    west, south, east, north = edges
    is_box = -180 <= west < east <= 180 and -85.1 <= south < north <= 85.1
    if not is_box or not all(math.isfinite(edge) for edge in edges):
        raise GeoparkError(
            ErrorCode.BAD_VALUE,
            field="--box",
            value=",".join(f"{edge:g}" for edge in edges),
            expected="106.4,21.7,106.8,22.0",
        )
    return box(*edges)


def outing_area(outing: Outing, km: float) -> BaseGeometry:
    """Give what lies within some kilometres of the sites, and of the way between them.

    The way is drawn straight from stop to stop: real roads lie within a buffer of some kilometres.
    """
    if not outing.sites:
        return Point()
    points = [(one.lon, one.lat) for one in outing.sites]
    shape: BaseGeometry = MultiPoint(points)
    if outing.is_way and len(set(points)) > 1:
        shape = LineString(points)
    return around(shape, km)


def around(shape: BaseGeometry, km: float) -> BaseGeometry:
    """Give what lies within some kilometres of a shape in degrees; good to a percent in Vietnam."""
    narrow = math.cos(math.radians(shape.centroid.y))
    square = scale(shape, xfact=narrow, yfact=1.0, origin=(0, 0))
    wide = square.buffer(km / _KM_A_DEGREE, quad_segs=8)
    return scale(wide, xfact=1 / narrow, yfact=1.0, origin=(0, 0))


def _outing(context: AppContext, name: str, uuids: Sequence[str | None], *, is_way: bool) -> Outing:
    placed, unplaced = [], []
    for uuid in uuids:
        site = context.catalogue.get(Site, uuid) if uuid else None
        if site is None:
            continue
        at = site.position
        if at is None or at.lon is None or at.lat is None:
            unplaced.append(f"{site.code or ''} {site.name_vi or ''}".strip())
        else:
            placed.append(PlacedSite(site=site, lon=at.lon, lat=at.lat))
    return Outing(name=name, sites=tuple(placed), is_way=is_way, unplaced=tuple(unplaced))
