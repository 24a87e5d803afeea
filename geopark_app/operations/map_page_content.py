"""What the cards, routes and layers of the map in one file say to an audience."""

from collections.abc import Iterator, Sequence

from geopark_app.domain.declaration import Audience
from geopark_app.domain.kinds import Stop
from geopark_app.dossier.bilingual import Bilingual, same, twin
from geopark_app.dossier.bilingual import both as _
from geopark_app.maps.layers import MapSite
from geopark_app.maps.offline_page import PageRoute, PageStop, PageWords
from geopark_app.maps.overlays import MapOverlay
from geopark_app.operations.annex_sheets import commune_words, position_words, route_words
from geopark_app.operations.context import AppContext
from geopark_app.operations.export_reading import ExportSite, Labels, read_stops
from geopark_app.operations.map_layers import TRACK
from geopark_app.operations.map_overlays import map_overlays

Lines = tuple[tuple[PageWords, PageWords], ...]


def page_words(text: Bilingual) -> PageWords:
    """Give a text of the documents as the page has it."""
    return PageWords(vi=text.vi, en=text.en)


def kind_words(item: ExportSite, labels: Labels) -> Bilingual:
    """Give the kind of a site; the legend has a row for those without one, too."""
    kind = labels.of("site_kind", item.site.site_kind)
    return _("kind not chosen yet") if kind.is_empty else kind


def drawn_site(item: ExportSite, labels: Labels, audience: Audience, language: str) -> MapSite:
    """Give a site as the map draws it; readiness and workflow stay in the office."""
    site, point = item.site, item.point
    is_internal = audience is Audience.INTERNAL
    readiness = item.readiness if is_internal else None
    return MapSite(
        uuid=site.uuid,
        code=site.code or "",
        name_vi=site.name_vi or "",
        name_en=site.name_en or "",
        kind=site.site_kind or "",
        kind_label=kind_words(item, labels).of(language),
        lon=point[0] if point else None,
        lat=point[1] if point else None,
        quality=item.quality,
        commune_name=(item.commune.name_vi or "") if item.commune else "",
        readiness=readiness.score if readiness else None,
        red=bool(readiness and readiness.is_red),
        workflow_status=(site.workflow_status or "") if is_internal else "",
        border_commune=bool(site.border_zone or (item.commune and item.commune.border_commune)),
    )


def card_lines(item: ExportSite, labels: Labels, audience: Audience) -> Lines:
    """Give the further facts of a card; what is not known is left out."""
    site = item.site
    minutes = _("{count} minutes").format(count=site.walk_minutes or 0)
    rows: list[tuple[Bilingual, Bilingual]] = [
        (_("Commune / ward"), commune_words(item)),
        (_("Where it is"), position_words(item, labels)),
        (_("How to get there"), twin(site.access_vi, site.access_en)),
        (_("On foot"), minutes if site.walk_minutes else Bilingual()),
        (_("Permission"), labels.of("permission", site.permission_needed)),
        (_("Season"), labels.of("season", site.opening_season)),
        (_("Dangers"), twin(site.hazards_vi, site.hazards_en)),
    ]
    if audience is Audience.INTERNAL:
        state = labels.of("workflow_status", site.workflow_status)
        rows.append((_("State of the record"), state))
    return tuple(
        (page_words(name), page_words(value)) for name, value in rows if not value.is_empty
    )


def stop_words(item: ExportSite) -> PageWords:
    """Say which stop of which route a site is."""
    return page_words(route_words(item))


def page_routes(
    context: AppContext, items: Sequence[ExportSite], audience: Audience
) -> tuple[PageRoute, ...]:
    """Give the routes with their stops; one whose place is kept back has no coordinates."""
    places = {item.site.uuid: item.point for item in items}
    found: dict[str, list[PageStop]] = {}
    routes = {}
    for stop, route, site in read_stops(context, audience):
        if route is None:
            continue
        routes[route.uuid] = route
        stops = found.setdefault(route.uuid, [])
        names = twin(stop.name_vi, stop.name_en)
        if names.is_empty and site is not None:
            names = twin(site.name_vi, site.name_en)
        point = places.get(stop.site_uuid or "")
        stops.append(
            PageStop(
                number=_number(stop, len(stops) + 1),
                name=page_words(names),
                site_uuid=(stop.site_uuid or "") if stop.site_uuid in places else "",
                lon=point[0] if point else None,
                lat=point[1] if point else None,
            )
        )
    return tuple(
        PageRoute(
            uuid=route.uuid,
            number=route.number or 0,
            name=page_words(twin(route.name_vi, route.name_en)),
            stops=tuple(sorted(found[route.uuid], key=lambda stop: stop.number)),
        )
        for route in sorted(routes.values(), key=lambda route: route.number or 0)
    )


def _number(stop: Stop, place: int) -> int:
    return stop.official_number if stop.official_number is not None else place


def page_layers(
    context: AppContext, audience: Audience, chosen: frozenset[str] | None
) -> Iterator[MapOverlay]:
    """Give the layers chosen, or those shown in the window; tracks stay in the office.

    A track tells where people of the office walked, also to places that are kept back.
    """
    for overlay in map_overlays(context):
        is_wanted = overlay.is_visible if chosen is None else overlay.uuid in chosen
        if is_wanted and (overlay.kind != TRACK or audience is Audience.INTERNAL):
            yield overlay


def title_of(name: Bilingual) -> PageWords:
    """Give the title of the page for a geopark of this name."""
    title = _("Map of the sites")
    if name.is_empty:
        return page_words(title)
    return PageWords(vi=f"{title.vi} · {name.of('vi')}", en=f"{title.en} · {name.of('en')}")


def plain(text: str) -> PageWords:
    """Give a text that is the same in both languages."""
    return page_words(same(text))
