"""The ground of a map of some photos: closer than a map of the geopark, with the sites around."""

from collections.abc import Sequence
from dataclasses import replace

from geopark_app.maps.basemap import basemap_for
from geopark_app.maps.drawing import VN2000_LANG_SON, LocatorMap
from geopark_app.maps.furniture import draw_scale_bar
from geopark_app.maps.ground import (
    draw_graticule,
    draw_ground,
    draw_towns,
    graticule,
    towns_in_frame,
)
from geopark_app.maps.layers import MapSite, pins
from geopark_app.maps.projection import MapProjection, Rect, fit
from geopark_app.maps.site_marks import Sheet, draw_sites
from geopark_app.maps.svg import SvgCanvas
from geopark_app.maps.wording import MapLanguage

Place = tuple[float, float]

_TEXT_MM = 2.6
_MARGIN = 0.12
_BEYOND_MM = 6.0


def day_ground(
    points: Sequence[Place],
    sites: Sequence[MapSite],
    *,
    size_mm: tuple[float, float],
    epsg: int = VN2000_LANG_SON,
    language: MapLanguage = MapLanguage.VIETNAMESE,
    zoom: float = 1.0,
    centre: Place | None = None,
) -> LocatorMap:
    """Draw the ground around some places; the places themselves are put over it.

    Parameters
    ----------
    points
        Longitude and latitude of what must be seen; without any, the sites are.
    sites
        Those with a place of their own are drawn with their codes.
    size_mm
        Size of the drawing.
    epsg, language
        System of the drawing and language of its words.
    zoom, centre
        Closer than all points together, around a place.
    """
    width_mm, height_mm = size_mm
    placed = pins(sites)
    corners = list(points) or [(site.lon or 0.0, site.lat or 0.0) for site in placed]
    ground = basemap_for(corners, epsg)
    corners = [corner for corner in corners if ground.is_near(*corner)]
    frame = Rect(x=0.0, y=0.0, width=width_mm, height=height_mm)
    bounds = _bounds(corners) if corners else ground.bounds([])
    projection = _closer(fit(bounds, frame, epsg, margin=_MARGIN), zoom, centre)
    canvas = SvgCanvas(width_mm, height_mm, halo_as_copy=True)
    # Shapes are cut off at the frame: cut beyond the edge, the cut is no line on the map.
    draw_ground(canvas, _wider(projection), ground)
    draw_graticule(canvas, graticule(projection))
    sheet = Sheet(
        canvas=canvas,
        projection=projection,
        basemap=ground,
        language=language,
        text_mm=_TEXT_MM,
        sign_mm=_TEXT_MM * 0.58,
    )
    near = [site for site in placed if ground.is_near(site.lon, site.lat)]
    towns = draw_towns(canvas, towns_in_frame(projection, ground))
    draw_sites(sheet, _in_frame(near, projection), towns)
    bar = Rect(x=3, y=height_mm - 9, width=width_mm / 3, height=4)
    draw_scale_bar(canvas, projection, bar, size=_TEXT_MM, language=language)
    return LocatorMap(
        svg=canvas.text_of(), width_mm=width_mm, height_mm=height_mm, projection=projection
    )


def _wider(projection: MapProjection) -> MapProjection:
    frame, beyond_m = projection.frame, _BEYOND_MM / projection.mm_per_m
    return replace(
        projection,
        frame=Rect(
            x=frame.x - _BEYOND_MM,
            y=frame.y - _BEYOND_MM,
            width=frame.width + 2 * _BEYOND_MM,
            height=frame.height + 2 * _BEYOND_MM,
        ),
        west_m=projection.west_m - beyond_m,
        north_m=projection.north_m + beyond_m,
    )


def _closer(projection: MapProjection, zoom: float, centre: Place | None) -> MapProjection:
    frame = projection.frame
    middle = (frame.x + frame.width / 2, frame.y + frame.height / 2)
    x, y = projection.position_mm(*centre) if centre else middle
    easting = projection.west_m + (x - frame.x) / projection.mm_per_m
    northing = projection.north_m - (y - frame.y) / projection.mm_per_m
    scale = projection.mm_per_m * zoom
    return replace(
        projection,
        mm_per_m=scale,
        west_m=easting - frame.width / scale / 2,
        north_m=northing + frame.height / scale / 2,
    )


def _bounds(points: Sequence[Place]) -> tuple[float, float, float, float]:
    lons, lats = zip(*points, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def _in_frame(sites: Sequence[MapSite], projection: MapProjection) -> list[MapSite]:
    inside = []
    for site in sites:
        x, y = projection.position_mm(site.lon or 0.0, site.lat or 0.0)
        if projection.frame.contains(x, y):
            inside.append(site)
    return inside
