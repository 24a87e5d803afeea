"""The lines and areas of a catalogue for its map: extents of the sites, lines of the routes."""

from collections.abc import Iterable

from geopark_app.domain.declaration import Audience
from geopark_app.domain.kinds import Route, Site, SiteExtent, Stop
from geopark_app.maps.shapes import MapShape
from geopark_app.operations.context import AppContext
from geopark_app.operations.release import Release
from geopark_app.operations.vocabularies import all_labels


def map_shapes(
    context: AppContext,
    *,
    audience: Audience = Audience.INTERNAL,
    sites: frozenset[str] | None = None,
    stays_here: bool = False,
) -> list[MapShape]:
    """Give what an audience may see: nothing of a site whose place is kept from it.

    `sites` are those shown; all when None. Routes are always shown. Only the window's own map
    (`stays_here`) shows what lies in an exclusion area.
    """
    release = Release(context, audience, stays_here=stays_here)
    return [*_extents(context, release, sites), *_routes(context, release)]


def withheld_routes(context: AppContext, release: Release) -> list[Route]:
    """Give the routes whose line would lead to a stop the audience may not find."""
    hidden = {
        site.uuid
        for site in context.catalogue.records(Site)
        if release.hides_position(site, site.disclosure_level)
    }
    leading = {stop.route_uuid for stop in context.catalogue.records(Stop)
               if stop.site_uuid in hidden}  # fmt: skip
    return [
        route
        for route in context.catalogue.records(Route)
        if route.geojson and (route.uuid in leading or release.excludes(route))
    ]


def _extents(
    context: AppContext, release: Release, chosen: frozenset[str] | None
) -> Iterable[MapShape]:
    extents = [one for one in context.catalogue.records(SiteExtent) if one.geojson]
    if not extents:
        return
    sites = {site.uuid: site for site in context.catalogue.records(Site)}
    vi, en = (all_labels(context, language) for language in ("vi", "en"))
    for extent in extents:
        site = sites.get(extent.site_uuid or "")
        if site is None or (chosen is not None and site.uuid not in chosen):
            continue
        seen = release.record(extent, disclosure=site.disclosure_level)
        if not seen.geojson:
            continue
        purpose = ("extent_purpose", extent.purpose or "")
        yield MapShape(
            kind="site_extent",
            uuid=extent.uuid,
            site_uuid=site.uuid,
            number=0,
            name_vi=_joined(site.code, seen.label or vi.get(purpose, "")),
            name_en=_joined(site.code, seen.label or en.get(purpose, "")),
            geojson=seen.geojson,
        )


def _routes(context: AppContext, release: Release) -> Iterable[MapShape]:
    withheld = {route.uuid for route in withheld_routes(context, release)}
    for route in context.catalogue.records(Route):
        if not route.geojson or route.uuid in withheld:
            continue
        seen = release.record(route)
        yield MapShape(
            kind="route",
            uuid=route.uuid,
            site_uuid="",
            number=route.number or 0,
            name_vi=seen.name_vi or "",
            name_en=seen.name_en or seen.name_vi or "",
            geojson=route.geojson,
        )


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)
