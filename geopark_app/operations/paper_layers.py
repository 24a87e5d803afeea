"""Layers and routes of the catalogue as a printed map draws them."""

import json
from collections.abc import Sequence
from pathlib import Path

from shapely.errors import ShapelyError
from shapely.geometry import LineString, shape
from shapely.geometry.base import BaseGeometry

from geopark_app.domain.declaration import Audience
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import MapLayer, Route, Site, Stop
from geopark_app.exchange.file_trouble import refused
from geopark_app.geo.shape_index import NamedShape
from geopark_app.maps.paper.content import PaperLayer, PaperRoute
from geopark_app.operations.basemaps import BasemapHere, find_basemap, printable_basemaps
from geopark_app.operations.context import AppContext
from geopark_app.operations.export_reading import ExportSite, Labels
from geopark_app.operations.extent_layers import read_extents
from geopark_app.operations.map_layers import (
    BOUNDARY,
    EXCLUSION,
    NATIONAL,
    TRACK,
    layer_index,
    map_layers,
    newest_layer,
)
from geopark_app.operations.map_overlays import colour_of
from geopark_app.operations.print_options import BaseMapChoice, PrintOptions
from geopark_app.operations.release import Release
from geopark_app.typeset.fonts import printable

_MM_PER_PIXEL = 0.2
_ROUTE = "route"
_NOT_CHOSEN = frozenset({BOUNDARY, EXCLUSION, NATIONAL, "basemap"})
_EXTENT_COLOUR = "#b3362b"
_ROUTE_COLOUR = "#0b57d0"
_NOT_OURS = (ValueError, KeyError, TypeError, AttributeError, RecursionError, ShapelyError)


def printable_layers(context: AppContext) -> list[MapLayer]:
    """Give the layers a person can choose for a map, the top one first.

    An official boundary is drawn on every map. Where there is none, the newest line the office
    works with can be chosen like any layer, and the map goes on saying that it is a sketch.
    """
    has_official = newest_layer(context, BOUNDARY, official=True) is not None
    working = None if has_official else newest_layer(context, BOUNDARY)
    return [
        layer
        for layer in map_layers(context)
        if layer.layer_kind not in _NOT_CHOSEN
        or (working is not None and layer.uuid == working.uuid)
    ]


def office_base(one: BasemapHere) -> BaseMapChoice:
    """Give a base map of the catalogue as what lies below a printed map.

    Raises
    ------
    GeoparkError
        NOT_FOUND when its file is not on this laptop.
    """
    layer = one.layer
    if one.place is None:
        raise GeoparkError(ErrorCode.NOT_FOUND, path=layer.file_name or layer.uuid)
    name = layer.name_vi or layer.name_en or layer.file_name or ""
    return BaseMapChoice(path=one.place.path, name=name, attribution=layer.source or "")


def base_named(context: AppContext, named: str) -> BaseMapChoice:
    """Give the base map of a file, or of the catalogue by name or key.

    Raises
    ------
    GeoparkError
        NOT_FOUND, AMBIGUOUS; REFUSED_FILE for one that cannot be printed.
    """
    if Path(named).is_file():
        return BaseMapChoice(path=Path(named))
    one = find_basemap(context, named)
    if one.is_usable and one.layer.uuid not in {x.layer.uuid for x in printable_basemaps(context)}:
        raise refused("no-picture")
    return office_base(one)


def paper_layers(
    context: AppContext, options: PrintOptions, release: Release
) -> tuple[PaperLayer, ...]:
    """Give the layers to draw, the lowest first: those chosen, else those shown on the map.

    The boundary, of which a map has one version, comes from `official_boundary`.
    """
    found = []
    for layer in release.layers(context, reversed(printable_layers(context))):
        wanted = layer.uuid in options.layers if options.layers is not None else _usual(layer)
        if not wanted or layer.layer_kind == _ROUTE:
            continue
        try:
            shapes = layer_index(context, layer).shapes
        except GeoparkError:
            # Missing or damaged: the check of the catalogue names it, the rest is drawn.
            continue
        found.append(_paper_layer(layer, release.shapes(shapes)))
    return tuple(found)


def layer_sources(context: AppContext, options: PrintOptions) -> tuple[str, ...]:
    """Give where the layers come from, for the line of sources."""
    chosen = [
        layer
        for layer in printable_layers(context)
        if (layer.uuid in options.layers if options.layers is not None else _usual(layer))
    ]
    told = []
    for layer in chosen:
        name = layer.name_en if options.languages == ("en",) and layer.name_en else layer.name_vi
        parts = [part for part in (layer.source, layer.licence) if part]
        if parts:
            told.append(printable(f"{name}: {', '.join(parts)}"))
    return tuple(dict.fromkeys(told))


def national_shapes(context: AppContext) -> tuple[NamedShape, ...]:
    """Give the outline of the country from the office's file; nothing without one."""
    layer = newest_layer(context, NATIONAL)
    if layer is None:
        return ()
    try:
        return tuple(layer_index(context, layer).shapes)
    except GeoparkError:
        return ()


def extents_layer(
    context: AppContext, items: Sequence[ExportSite], options: PrintOptions, labels: Labels
) -> tuple[PaperLayer, ...]:
    """Give lines and areas of these sites as a layer; nothing without any."""
    shapes = []
    for drawn in read_extents(context, items, options.audience):
        geometry = _shape_of(drawn.extent.geojson)
        if geometry is not None:
            words = labels.of("extent_purpose", drawn.extent.purpose)
            shapes.append(
                NamedShape(
                    code=drawn.site.code or "",
                    name_vi=printable(drawn.extent.label or words.vi),
                    name_en=printable(drawn.extent.label or words.en),
                    geometry=geometry,
                )
            )
    if not shapes:
        return ()
    return (
        PaperLayer(
            kind="extent",
            name_vi=_label(labels, "vi"),
            name_en=_label(labels, "en"),
            colour=_EXTENT_COLOUR,
            width_mm=0.5,
            opacity=1.0,
            has_labels=False,
            shapes=tuple(shapes),
        ),
    )


def paper_routes(
    context: AppContext,
    options: PrintOptions,
    *,
    only: str | None = None,
    stops: Sequence[tuple[float, float]] = (),
) -> tuple[PaperRoute, ...]:
    """Give the routes with their lines: drawn ones, else those of imported layers.

    `only` is the key of the one route that is meant; without a line its `stops` are joined.
    """
    release = Release(context, options.audience)
    imported = _imported_lines(context, options if only is None else None)
    counts: dict[str, int] = {}
    for stop in context.catalogue.records(Stop):
        counts[stop.route_uuid or ""] = counts.get(stop.route_uuid or "", 0) + 1
    withheld = _leads_to_hidden(context, release)
    found: list[PaperRoute] = []
    taken: list[BaseGeometry] = []
    for route in sorted(context.catalogue.records(Route), key=lambda one: one.number or 0):
        if only is not None and route.uuid != only:
            continue
        # The line drawn in the map room, once routes have one.
        own = _shape_of(getattr(route, "geojson", None))
        lines = [own] if own is not None and route.uuid not in withheld else []
        lines = lines or _of_route(route, imported)
        taken += lines
        lines = [line for line in lines if not release.areas.touches(line)]
        is_schematic = not lines and only is not None and len(stops) > 1
        if is_schematic:
            lines = [LineString(stops)]
        found.append(
            PaperRoute(
                number=route.number,
                name_vi=route.name_vi or "",
                name_en=route.name_en or "",
                colour=_colour(route),
                lines=tuple(lines),
                is_schematic=is_schematic,
                stop_count=counts.get(route.uuid, 0),
            )
        )
    if only is None:
        found += _unknown_routes(imported, taken, release)
    return tuple(found)


def _usual(layer: MapLayer) -> bool:
    return layer.is_visible is not False and layer.layer_kind != TRACK


def _paper_layer(layer: MapLayer, shapes: Sequence[NamedShape]) -> PaperLayer:
    opacity = 1.0 if layer.opacity is None else min(max(layer.opacity, 0.0), 1.0)
    return PaperLayer(
        kind=layer.layer_kind or "other",
        name_vi=printable(layer.name_vi or ""),
        name_en=printable(layer.name_en or ""),
        colour=colour_of(layer),
        width_mm=min(max(layer.line_width or 1.5, 0.5), 8.0) * _MM_PER_PIXEL,
        opacity=opacity,
        has_labels=bool(layer.has_labels),
        shapes=tuple(
            NamedShape(
                code=one.code,
                name_vi=printable(one.name_vi),
                name_en=printable(one.name_en),
                geometry=one.geometry,
            )
            for one in shapes
        ),
    )


def _imported_lines(context: AppContext, options: PrintOptions | None) -> list[NamedShape]:
    """Give the lines of imported routes; a choice of layers counts where options are given."""
    found: list[NamedShape] = []
    for layer in map_layers(context, _ROUTE):
        chosen = None if options is None else options.layers
        if chosen is not None and layer.uuid not in chosen:
            continue
        try:
            shapes = layer_index(context, layer).shapes
        except GeoparkError:
            continue
        only_one = len(shapes) == 1
        for one in shapes:
            # A file of one line is told by the name of its layer.
            name = one.name_vi or (layer.name_vi or "" if only_one else "")
            found.append(
                NamedShape(code=one.code, name_vi=name, name_en=one.name_en, geometry=one.geometry)
            )
    return found


def _unknown_routes(
    imported: Sequence[NamedShape], taken: Sequence[BaseGeometry], release: Release
) -> list[PaperRoute]:
    """Give the imported lines that belong to no route of the catalogue."""
    known = {id(line) for line in taken}
    return [
        PaperRoute(
            number=None,
            name_vi=one.name_vi,
            name_en=one.name_en,
            colour=_ROUTE_COLOUR,
            lines=(one.geometry,),
            is_schematic=False,
            stop_count=0,
        )
        for one in imported
        if id(one.geometry) not in known and not release.areas.touches(one.geometry)
    ]


def _of_route(route: Route, shapes: Sequence[NamedShape]) -> list[BaseGeometry]:
    """Give the lines whose code is the number of the route, or whose name holds its name."""
    number = "" if route.number is None else str(route.number)
    names = [name.casefold() for name in (route.name_vi, route.name_en) if name]
    return [
        one.geometry
        for one in shapes
        if (number and one.code.strip().lstrip("0") == number)
        or any(name in text.casefold() for name in names for text in (one.name_vi, one.name_en))
    ]


def _leads_to_hidden(context: AppContext, release: Release) -> set[str]:
    """Give the routes whose drawn line would lead to a place the audience may not know."""
    if release.audience is Audience.INTERNAL and release.areas.body is None:
        return set()
    hidden = {
        site.uuid
        for site in context.catalogue.records(Site)
        if release.hides_position(site, site.disclosure_level)
    }
    stops = context.catalogue.records(Stop)
    return {stop.route_uuid or "" for stop in stops if stop.site_uuid in hidden}


def _colour(route: Route) -> str:
    told = route.colour or ""
    is_colour = len(told) == 7 and told[0] == "#" and set(told[1:]) <= set("0123456789abcdefABCDEF")
    return told if is_colour else _ROUTE_COLOUR


def _shape_of(geojson: str | None) -> BaseGeometry | None:
    if not geojson:
        return None
    try:
        found = shape(json.loads(geojson))
    except _NOT_OURS:
        return None
    return None if found.is_empty else found


def _label(labels: Labels, language: str) -> str:
    return labels.of("extent_purpose", "site").of(language)
