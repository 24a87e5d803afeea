"""The stops of a route as a map shows them: numbered as evidenced, lettered where nobody knows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Route, Stop
from geopark_app.domain.position import PositionQuality
from geopark_app.dossier.bilingual import both as _
from geopark_app.maps.layers import MapSite
from geopark_app.maps.paper.content import NumberedSite
from geopark_app.operations.context import AppContext
from geopark_app.operations.export_reading import ExportSite, read_stops
from geopark_app.operations.print_options import PrintOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteOfMap:
    """A route with its stops; those without a place come last and have no number."""

    route: Route
    stops: tuple[NumberedSite, ...]


def find_route(context: AppContext, reference: str) -> Route:
    """Give a route by its number or key.

    Raises
    ------
    GeoparkError
        NOT_FOUND.
    """
    wanted = reference.strip()
    for route in context.catalogue.records(Route):
        if wanted in {route.uuid, "" if route.number is None else str(route.number)}:
            return route
    raise GeoparkError(ErrorCode.NOT_FOUND, kind="route", reference=reference)


def route_of_map(
    context: AppContext,
    options: PrintOptions,
    items: Sequence[ExportSite],
    sites: Sequence[MapSite],
) -> RouteOfMap:
    """Give the route asked for with its stops in their order.

    A stop keeps the number a source gives; where none does it gets a letter, never a number of
    ours.

    Raises
    ------
    GeoparkError
        NOT_FOUND for a route that does not exist.
    """
    route = find_route(context, options.reference)
    by_uuid = {site.uuid: site for site in sites}
    places = {item.site.uuid: item for item in items}
    drawn: list[NumberedSite] = []
    missing: list[NumberedSite] = []
    letters = iter(ascii_lowercase)
    for stop in _in_order(context, options, route):
        site = by_uuid.get(stop.site_uuid or "") or _unknown(stop)
        is_drawn = site.is_pin or site.is_at_commune
        number = ""
        if is_drawn:
            number = str(stop.official_number or next(letters, "•"))
        note = ""
        if stop.official_number is not None and stop.number_evidence == "inferred":
            note = _("number inferred").joined(options.languages)
        elif stop.official_number is None:
            note = _("no official number known").joined(options.languages)
        item = places.get(site.uuid)
        one = NumberedSite(
            number=number,
            site=replace(site, uuid=stop.uuid) if item is None else site,
            place=site.commune_name,
            stop=note,
        )
        (drawn if is_drawn else missing).append(one)
    return RouteOfMap(route=route, stops=(*drawn, *missing))


def _in_order(context: AppContext, options: PrintOptions, route: Route) -> list[Stop]:
    stops = [
        stop
        for stop, own, _site in read_stops(context, options.audience)
        if own is not None and own.uuid == route.uuid
    ]
    # Evidenced numbers first, as far as they go; the rows of our list then.
    return sorted(stops, key=lambda stop: (stop.official_number or 10_000, stop.slot or 0))


def _unknown(stop: Stop) -> MapSite:
    return MapSite(
        uuid=stop.uuid,
        code="",
        name_vi=stop.name_vi or stop.known_vi or _("stop not named yet").vi,
        name_en=stop.name_en or stop.known_en or _("stop not named yet").en,
        kind="other",
        kind_label="",
        lon=None,
        lat=None,
        quality=PositionQuality.UNKNOWN.value,
        commune_name="",
        readiness=None,
        red=False,
        workflow_status="",
        border_commune=False,
    )
