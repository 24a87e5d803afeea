"""The maps of the annex: one ground for all locator maps, and the overview of the sites."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shapely.geometry.base import BaseGeometry

from geopark_app.dossier.annex import Annex, SheetPlace
from geopark_app.maps.basemap import basemap_for
from geopark_app.maps.drawing import LocatorMap, OverviewMap, locator_background, overview_map
from geopark_app.maps.layers import MapSite
from geopark_app.maps.wording import MapLanguage

LOCATOR_MM = (60.0, 62.0)
_OVERVIEW_MM = (176.0, 236.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexMaps:
    """The drawings of one annex.

    Attributes
    ----------
    locator : LocatorMap
        Drawn once; every sheet places its own marker over it.
    overview : OverviewMap or None
        None where no site can be drawn.
    """

    locator: LocatorMap
    overview: OverviewMap | None


def draw_maps(
    annex: Annex, sites: Sequence[MapSite], boundary: BaseGeometry | None = None
) -> AnnexMaps:
    """Draw the maps of an annex; `sites` have passed the audience rule.

    `boundary` is the official one the annex names; without it the maps say that they are sketches.
    """
    language = MapLanguage.BOTH if len(annex.languages) > 1 else MapLanguage(annex.languages[0])
    points = [
        (sheet.place.lon, sheet.place.lat)
        for sheet in annex.sheets
        if sheet.place.lon is not None and sheet.place.lat is not None
    ]
    ground = basemap_for(points, annex.epsg)
    if boundary is not None:
        ground = replace(ground, boundary=boundary)
    # The line below a locator map names the boundary already; the overview says it itself.
    parts = (annex.boundary.joined(annex.languages), ground.credits)
    named = replace(ground, credits=". ".join(part for part in parts if part))
    drawn = any(site.is_pin or site.is_at_commune for site in sites)
    return AnnexMaps(
        locator=locator_background(
            LOCATOR_MM, epsg=annex.epsg, points=points, language=language, basemap=ground
        ),
        overview=(
            overview_map(
                sites, size_mm=_OVERVIEW_MM, epsg=annex.epsg, language=language, basemap=named
            )
            if drawn
            else None
        ),
    )


def marker_of(place: SheetPlace, maps: AnnexMaps) -> dict[str, object] | None:
    """Give where the marker of a place stands on the locator map, in millimetres, or None."""
    if place.lon is None or place.lat is None:
        return None
    at = maps.locator.marker_position_mm(place.lon, place.lat)
    if at is None:
        return None
    pin = "pin" if place.is_exact else "approximate"
    return {"x": at[0], "y": at[1], "kind": pin if place.is_pin else "commune"}
