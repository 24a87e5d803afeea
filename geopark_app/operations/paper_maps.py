"""Gathers a printed map from the catalogue; every record passes the rule of what may leave."""

from collections.abc import Sequence
from dataclasses import replace

import shapely
from shapely.geometry.base import BaseGeometry

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Facility, Site
from geopark_app.dossier.bilingual import Bilingual, same, twin
from geopark_app.dossier.bilingual import both as _
from geopark_app.maps.basemap import Basemap, basemap_for
from geopark_app.maps.layers import MapSite, site_points
from geopark_app.maps.paper.content import (
    NumberedSite,
    PaperMap,
    PaperMapKind,
    PaperPlace,
    PaperRoute,
    PaperWords,
)
from geopark_app.maps.projection import Bounds
from geopark_app.operations.annex_sheets import date_words
from geopark_app.operations.annexes import map_sites
from geopark_app.operations.catalogues import profile_of
from geopark_app.operations.context import AppContext
from geopark_app.operations.export_reading import ExportSite, Labels, read_labels, read_sites
from geopark_app.operations.official_boundary import boundary_line, official_line
from geopark_app.operations.paper_layers import (
    extents_layer,
    layer_sources,
    national_shapes,
    paper_layers,
    paper_routes,
)
from geopark_app.operations.print_options import PrintOptions
from geopark_app.operations.records import display_epsg
from geopark_app.operations.release import Release
from geopark_app.operations.route_stops import RouteOfMap, route_of_map
from geopark_app.typeset.fonts import printable

_NOT_STANDING = frozenset({"planned", "removed"})
_PARK_LEAST, _ROUTE_LEAST = 25_000, 10_000
_SITE_AROUND_DEG = {"exact": 0.012, "approx": 0.03, "commune-centroid": 0.07}
_SITE_LEAST = {"exact": 10_000, "approx": 25_000, "commune-centroid": 50_000}
_NO_PLACE_DEG = 0.05


def paper_map(context: AppContext, options: PrintOptions) -> PaperMap:
    """Give everything the map shows.

    Raises
    ------
    GeoparkError
        NOT_FOUND for a route or site that does not exist or has no place for this audience;
        UNKNOWN_FIELD for a filter; LAYER_MISSING when an exclusion area is not on this laptop.
    """
    release, labels = Release(context, options.audience), read_labels(context)
    # A map shows every site: a route or site map the others around it, small.
    items = read_sites(context, options.audience, options.filters or {"kind": "all"})
    sites = [_printable(one) for one in map_sites(items, labels, options.languages)]
    epsg = display_epsg(context)
    ground = _ground(context, sites, epsg, options)
    near = [one for one in sites if ground.is_near(one.lon, one.lat)]
    base = PaperMap(
        kind=options.kind,
        size_mm=options.size_mm,
        epsg=epsg,
        language=options.language,
        bounds=ground.bounds(site_points(near)),
        basemap=ground,
        words=_words(context, options, twin("", "")),
        sites=(),
        layers=paper_layers(context, options, release),
        national=national_shapes(context),
        places=_places(context, options, release, labels),
        denominator=options.denominator,
    )
    if options.kind is PaperMapKind.ROUTE:
        return _route_map(context, options, base, items, sites)
    if options.kind is PaperMapKind.SITE:
        return _site_map(context, options, base, items, sites, labels)
    return _park_map(context, options, base, items, sites)


def _park_map(
    context: AppContext,
    options: PrintOptions,
    base: PaperMap,
    items: Sequence[ExportSite],
    sites: Sequence[MapSite],
) -> PaperMap:
    return replace(
        base,
        sites=_numbered(base, items, sites, options),
        routes=_printable_routes(paper_routes(context, options)),
        words=_words(context, options, _("Map of the geopark")),
        least_denominator=_PARK_LEAST,
    )


def _route_map(
    context: AppContext,
    options: PrintOptions,
    base: PaperMap,
    items: Sequence[ExportSite],
    sites: Sequence[MapSite],
) -> PaperMap:
    found = route_of_map(context, options, items, sites)
    mine = {one.site.uuid for one in found.stops}
    routes = _printable_routes(paper_routes(context, options, only=found.route.uuid,
                                            stops=_points(found)))  # fmt: skip
    parts: list[BaseGeometry] = [line for route in routes for line in route.lines]
    points = _points(found)
    if points:
        parts.append(shapely.MultiPoint(points))
    bounds = base.bounds if not parts else _around(shapely.union_all(parts).bounds, 0.015)
    number = "" if found.route.number is None else str(found.route.number)
    title = _("Route {number}: {name}").format(
        number=number, name=twin(found.route.name_vi, found.route.name_en)
    )
    return replace(
        base,
        bounds=bounds,
        sites=tuple(replace(one, site=_printable(one.site)) for one in found.stops),
        others=tuple(one for one in sites if one.uuid not in mine),
        routes=routes,
        words=_words(context, options, title),
        least_denominator=_ROUTE_LEAST,
    )


def _site_map(
    context: AppContext,
    options: PrintOptions,
    base: PaperMap,
    items: Sequence[ExportSite],
    sites: Sequence[MapSite],
    labels: Labels,
) -> PaperMap:
    wanted = options.reference.strip().casefold()
    at = next(
        (
            number
            for number, one in enumerate(sites)
            if wanted in {one.code.casefold(), one.uuid.casefold()}
        ),
        None,
    )
    if at is None or sites[at].lon is None or sites[at].lat is None:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="site", reference=options.reference)
    mine, item = sites[at], items[at]
    drawn = extents_layer(context, [item], options, labels)
    reach = _SITE_AROUND_DEG.get(mine.quality, _NO_PLACE_DEG)
    lon, lat = mine.lon or 0.0, mine.lat or 0.0
    parts: list[BaseGeometry] = [
        shapely.box(lon - reach, lat - reach * 0.8, lon + reach, lat + reach * 0.8)
    ]
    parts += [shape.geometry for layer in drawn for shape in layer.shapes]
    return replace(
        base,
        bounds=shapely.union_all(parts).bounds,
        sites=_numbered(base, [item], [mine], options),
        others=tuple(one for one in sites if one.uuid != mine.uuid),
        routes=_printable_routes(paper_routes(context, options)),
        layers=(*base.layers, *drawn),
        words=_words(
            context,
            options,
            twin(f"{mine.code} {item.name.of('vi')}", f"{mine.code} {item.name.of('en')}"),
        ),
        least_denominator=_SITE_LEAST.get(mine.quality, _PARK_LEAST),
    )


def _ground(
    context: AppContext, sites: Sequence[MapSite], epsg: int, options: PrintOptions
) -> Basemap:
    ground = basemap_for(site_points(sites), epsg)
    line = official_line(context)
    if line is not None:
        ground = replace(ground, boundary=line)
    return ground if options.place_names else replace(ground, towns=())


def _numbered(
    base: PaperMap, items: Sequence[ExportSite], sites: Sequence[MapSite], options: PrintOptions
) -> tuple[NumberedSite, ...]:
    """Give the sites in the order of their codes: those drawn with numbers, then the others."""
    drawn: list[NumberedSite] = []
    missing: list[NumberedSite] = []
    pairs = sorted(zip(items, sites, strict=True), key=lambda pair: (pair[1].code, pair[1].uuid))
    for item, site in pairs:
        known = site.is_pin or site.is_at_commune
        known = known and base.basemap.is_near(site.lon, site.lat)
        one = NumberedSite(
            number=str(len(drawn) + 1) if known else "",
            site=site,
            place=site.commune_name,
            stop=_stop_words(item, options),
        )
        (drawn if one.number else missing).append(one)
    return (*drawn, *missing)


def _stop_words(item: ExportSite, options: PrintOptions) -> str:
    if item.route is None or item.route.number is None:
        return ""
    words = _("Route {number}").format(number=item.route.number).joined(options.languages)
    if item.stop is None or item.stop.official_number is None:
        return words
    stop = _("stop {number}").format(number=item.stop.official_number).joined(options.languages)
    return f"{words}, {stop}"


def _places(
    context: AppContext, options: PrintOptions, release: Release, labels: Labels
) -> tuple[PaperPlace, ...]:
    if not options.facilities:
        return ()
    levels = {site.uuid: site.disclosure_level for site in context.catalogue.records(Site)}
    found = []
    for raw in context.catalogue.records(Facility):
        one = release.record(raw, disclosure=levels.get(raw.site_uuid or ""))
        at = one.position
        if one.standing in _NOT_STANDING or at is None or at.lon is None or at.lat is None:
            continue
        kind = one.facility_kind or "other"
        found.append(
            PaperPlace(
                uuid=one.uuid,
                kind=kind,
                kind_words=printable(labels.of("facility_kind", kind).joined(options.languages)),
                name_vi=printable(one.name_vi or ""),
                name_en=printable(one.name_en or ""),
                lon=at.lon,
                lat=at.lat,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.kind, one.uuid)))


def _words(context: AppContext, options: PrintOptions, title: Bilingual) -> PaperWords:
    profile, languages = profile_of(context), options.languages
    park = twin(str(profile.get("name_vi") or ""), str(profile.get("name_en") or ""))
    body = twin(
        str(profile.get("managing_body_vi") or ""), str(profile.get("managing_body_en") or "")
    )
    if park.is_empty:
        park = same(context.catalogue.folder.root.name)
    told = twin(options.title_vi or title.vi, options.title_en or title.en)
    maker = same(options.maker) if options.maker else (park if body.is_empty else body)
    made = _("Made on {date} by {maker}").format(
        date=date_words(context.now().date().isoformat()), maker=maker
    )
    first, *others = (told.of(language) for language in languages)
    return PaperWords(
        park=printable(park.joined(languages)),
        title=printable(first),
        subtitle=printable(next((words for words in others if words != first), "")),
        made=printable(made.joined(languages)),
        boundary=printable(boundary_line(context).joined(languages)),
        sources=layer_sources(context, options),
    )


def _printable(site: MapSite) -> MapSite:
    return replace(
        site,
        code=printable(site.code),
        name_vi=printable(site.name_vi or site.name_en or site.code),
        name_en=printable(site.name_en),
        kind_label=printable(site.kind_label),
        commune_name=printable(site.commune_name),
    )


def _printable_routes(routes: Sequence[PaperRoute]) -> tuple[PaperRoute, ...]:
    return tuple(
        replace(one, name_vi=printable(one.name_vi), name_en=printable(one.name_en))
        for one in routes
    )


def _points(found: RouteOfMap) -> list[tuple[float, float]]:
    return site_points([one.site for one in found.stops if one.number])


def _around(bounds: Bounds, more: float) -> Bounds:
    west, south, east, north = bounds
    return west - more, south - more, east + more, north + more
