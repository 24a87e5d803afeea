"""Cover for tomorrow: whether the base maps of this laptop cover where people go."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from shapely.geometry import LineString, Point

from geopark_app.domain.errors import GeoparkError
from geopark_app.geo.tile_cover import Hole, Place, holes_of
from geopark_app.geo.tile_grid import Tile
from geopark_app.maps.tile_files import TileFile
from geopark_app.operations.basemaps import BasemapHere, basemaps, open_basemap
from geopark_app.operations.context import AppContext
from geopark_app.operations.map_areas import Outing, around

SITE_ZOOMS = (12, 13, 14, 15)
WAY_ZOOMS = (12, 13)
_SITE_KM, _WAY_KM = 1.0, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverReport:
    """How far the base maps cover an outing.

    Attributes
    ----------
    outing : Outing
        Where people go.
    site_zooms, way_zooms : tuple of int
        What was asked for around the sites and between them.
    used : tuple of MapLayer names
        The base maps that were asked.
    not_here : tuple of str
        Base maps that are shown but do not lie on this laptop, or are damaged.
    holes : tuple of Hole
        What is missing.
    """

    outing: Outing
    site_zooms: tuple[int, ...]
    way_zooms: tuple[int, ...]
    used: tuple[str, ...]
    not_here: tuple[str, ...]
    holes: tuple[Hole, ...]

    @property
    def is_covered(self) -> bool:
        """Say whether people can go: there is a place to go to, and nothing is missing."""
        return bool(self.outing.sites) and not self.holes


def check_cover(
    context: AppContext,
    outing: Outing,
    *,
    site_zooms: Sequence[int] = SITE_ZOOMS,
    way_zooms: Sequence[int] = WAY_ZOOMS,
) -> CoverReport:
    """Compare the tiles needed with those of all base maps that are shown; nothing is written."""
    used, not_here = [], []
    with ExitStack() as stack:
        files: list[tuple[BasemapHere, TileFile]] = []
        for one in basemaps(context):
            if one.layer.is_visible is False:
                continue
            name = one.layer.name_vi or one.layer.uuid
            try:
                files.append((one, stack.enter_context(open_basemap(one))))
                used.append(name)
            except GeoparkError:
                not_here.append(name)
        places = _places(outing, site_zooms, way_zooms)
        holes = holes_of(places, lambda tile: any(_has(one, file, tile) for one, file in files))
    return CoverReport(
        outing=outing,
        site_zooms=tuple(site_zooms),
        way_zooms=tuple(way_zooms),
        used=tuple(used),
        not_here=tuple(not_here),
        holes=tuple(holes),
    )


def _places(outing: Outing, site_zooms: Sequence[int], way_zooms: Sequence[int]) -> list[Place]:
    places = [
        Place(name=one.name, area=around(Point(one.lon, one.lat), _SITE_KM), zooms=site_zooms)
        for one in outing.sites
    ]
    if outing.is_way:
        for start, end in zip(outing.sites, outing.sites[1:], strict=False):
            if (start.lon, start.lat) == (end.lon, end.lat):
                continue
            leg = LineString([(start.lon, start.lat), (end.lon, end.lat)])
            name = f"{start.site.code or start.name} → {end.site.code or end.name}"
            places.append(Place(name=name, area=around(leg, _WAY_KM), zooms=way_zooms))
    return places


def _has(one: BasemapHere, file: TileFile, tile: Tile) -> bool:
    zoom, column, row = tile
    highest = one.layer.max_zoom
    if one.is_vector and highest is not None and zoom > highest:
        # Drawn lines stay sharp beyond the last zoom of the file; pictures become blurred.
        column, row, zoom = column >> zoom - highest, row >> zoom - highest, highest
    return file.has(zoom, column, row)
