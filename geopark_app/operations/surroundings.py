"""What lies around a site's position: its commune, other sites, its own photos."""

from dataclasses import dataclass

from geopark_app.domain.kinds import Commune, Photo, Site
from geopark_app.geo.measure import distance_m
from geopark_app.operations.context import AppContext
from geopark_app.operations.ground import EDGE_M, commune_by_code, ground_of
from geopark_app.operations.position_reading import commune_distance_m, commune_of, commune_reach_m
from geopark_app.store.nearby import NearbySite

_SAME_SPOT_M = 10.0
_BOX_DEG = 0.0002
_FAR_FROM_PHOTOS_M = 1_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunePoint:
    """A commune with its distance: of its polygon where there are any, else of its point."""

    commune: Commune
    metres: float
    by_polygon: bool = False


def nearest_commune(context: AppContext, lon: float, lat: float) -> CommunePoint | None:
    """Give the commune around the point, by the imported polygons.

    Without polygons it is the one whose representative point is nearest: not always the same.
    """
    near = ground_of(context).commune_near(lon, lat)
    found = commune_by_code(context, near[0]) if near is not None else None
    if near is not None and found is not None:
        return CommunePoint(commune=found, metres=near[1], by_polygon=True)
    points = [
        CommunePoint(commune=commune, metres=metres)
        for commune in context.catalogue.records(Commune)
        if (metres := commune_distance_m(commune, lon, lat)) is not None
    ]
    return min(points, key=lambda point: point.metres, default=None)


def beyond_commune(
    context: AppContext, commune_code: str | None, lon: float, lat: float
) -> CommunePoint | None:
    """Give the chosen commune when the point lies outside of it, by the imported polygons.

    Without polygons: when it lies farther from the commune's point than the commune reaches.
    """
    commune = commune_of(context, commune_code)
    outside = ground_of(context).metres_outside(commune_code or "", lon, lat)
    if commune is not None and outside is not None:
        far = outside > EDGE_M
        return CommunePoint(commune=commune, metres=outside, by_polygon=True) if far else None
    metres = commune_distance_m(commune, lon, lat) if commune is not None else None
    if commune is None or metres is None or metres <= commune_reach_m(commune):
        return None
    return CommunePoint(commune=commune, metres=metres)


def sites_at(context: AppContext, lon: float, lat: float, *, besides: str = "") -> list[NearbySite]:
    """Give the other sites within 10 m that have a position of their own."""
    around = context.catalogue.sites_in_box(
        lon - _BOX_DEG, lat - _BOX_DEG, lon + _BOX_DEG, lat + _BOX_DEG
    )
    return [
        each
        for each in around
        if each.uuid != besides and distance_m(lon, lat, each.lon, each.lat) <= _SAME_SPOT_M
    ]


def metres_from_photos(context: AppContext, site: Site, lon: float, lat: float) -> float | None:
    """Give how far the nearest photo was taken, when that is over 1 km; else None.

    Photos whose position cannot be trusted, and made-up samples, say nothing.
    """
    distances = [
        distance_m(lon, lat, photo.position.lon, photo.position.lat)
        for photo in context.catalogue.records(Photo, where={"site_uuid": site.uuid})
        if photo.position_trusted
        and not photo.sample
        and photo.position is not None
        and photo.position.lon is not None
        and photo.position.lat is not None
    ]
    nearest = min(distances, default=None)
    return nearest if nearest is not None and nearest > _FAR_FROM_PHOTOS_M else None
