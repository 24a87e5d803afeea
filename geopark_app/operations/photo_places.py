"""Where a photo belongs: its position as the camera wrote it, and the nearest site."""

from collections.abc import Iterable
from dataclasses import dataclass

from geopark_app.domain.kinds import Site
from geopark_app.domain.position import Position, PositionQuality
from geopark_app.geo.measure import distance_m
from geopark_app.photos.exif import ExifFacts

NEAREST_LIMIT_M = 2000.0
"""A photo is given to the nearest site only within this distance."""

_COARSE_FIX_M = 100.0
# A degree of latitude is 110,574 m at the equator and more elsewhere.
_LEAST_METRES_PER_DEGREE = 110_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NearestSite:
    """The proposal for a photo with a trusted position: a site, and how far away it is."""

    site_uuid: str
    distance_m: float


def nearest_site(
    sites: Iterable[Site], position: Position, *, limit_m: float = NEAREST_LIMIT_M
) -> NearestSite | None:
    """Give the site nearest to a position, if one is within the limit.

    Sites known only by their commune are left out: the middle of a commune is no place to
    compare with.
    """
    if position.lon is None or position.lat is None:
        return None
    found: NearestSite | None = None
    for site in sites:
        at = site.position
        if at is None or not at.is_pin or at.lon is None or at.lat is None:
            continue
        if abs(at.lat - position.lat) > limit_m / _LEAST_METRES_PER_DEGREE:
            continue
        away = distance_m(position.lon, position.lat, at.lon, at.lat)
        if away <= limit_m and (found is None or away < found.distance_m):
            found = NearestSite(site_uuid=site.uuid, distance_m=away)
    return found


def nearest_to_camera(sites: Iterable[Site], exif: ExifFacts) -> NearestSite | None:
    """Give the proposal for a photo, if its position can be trusted."""
    if not exif.position_trusted:
        return None
    return nearest_site(sites, Position(lon=exif.lon, lat=exif.lat))


def position_of(exif: ExifFacts) -> Position | None:
    """Give the position the camera wrote; one that is not trusted is kept as unknown."""
    if exif.lon is None or exif.lat is None or (exif.lon == 0 and exif.lat == 0):
        return None
    quality = PositionQuality.EXACT
    if not exif.position_trusted:
        quality = PositionQuality.UNKNOWN
    elif exif.accuracy_m is not None and exif.accuracy_m > _COARSE_FIX_M:
        quality = PositionQuality.APPROX
    return Position(
        lon=exif.lon,
        lat=exif.lat,
        accuracy_m=exif.accuracy_m,
        method="photo",
        quality=quality.value,
        source_crs="EPSG:4326",
        source="EXIF",
    )
