"""The sites as a map may show them to an audience."""

from collections.abc import Iterable

from geopark_app.domain.declaration import Audience
from geopark_app.maps.layers import MapSite
from geopark_app.operations.context import AppContext
from geopark_app.operations.sites import SiteSummary, list_sites
from geopark_app.operations.vocabularies import all_labels
from geopark_app.rules.audience import for_audience


def map_sites(
    context: AppContext,
    *,
    language: str,
    audience: Audience = Audience.INTERNAL,
    summaries: Iterable[SiteSummary] | None = None,
) -> list[MapSite]:
    """Give the sites for the map, each through the audience rule.

    Parameters
    ----------
    context
        The surroundings.
    language
        Language of the labels.
    audience
        Who will see the map; the window's own map is internal.
    summaries
        The sites to show; all when None.
    """
    labels = all_labels(context, language)
    chosen = list_sites(context) if summaries is None else summaries
    return [_map_site(summary, labels, audience) for summary in chosen]


def _map_site(
    summary: SiteSummary, labels: dict[tuple[str, str], str], audience: Audience
) -> MapSite:
    site = for_audience(summary.site, audience)
    position = site.position
    place = summary.commune if site.commune_code else None
    readiness = summary.readiness
    return MapSite(
        uuid=site.uuid,
        code=site.code or "",
        name_vi=site.name_vi or "",
        name_en=site.name_en or "",
        kind=site.site_kind or "",
        kind_label=labels.get(("site_kind", site.site_kind or ""), site.site_kind or ""),
        lon=position.lon if position else None,
        lat=position.lat if position else None,
        quality=position.known_quality.value if position else "unknown",
        commune_name=place.name_vi or "" if place else "",
        readiness=readiness.score if readiness else None,
        red=bool(readiness and readiness.is_red),
        workflow_status=site.workflow_status or "",
        border_commune=bool(place and place.border_commune),
    )
