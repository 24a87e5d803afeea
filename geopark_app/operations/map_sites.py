"""The sites as a map may show them to an audience."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geopark_app.domain.declaration import Audience
from geopark_app.domain.kinds import Commune
from geopark_app.domain.position import Position, PositionQuality
from geopark_app.maps.layers import MapSite, unplaced
from geopark_app.operations.context import AppContext
from geopark_app.operations.ground import Ground, ground_of
from geopark_app.operations.release import Release
from geopark_app.operations.sites import SiteSummary, list_sites
from geopark_app.operations.vocabularies import all_labels


def map_sites(
    context: AppContext,
    *,
    language: str,
    audience: Audience = Audience.INTERNAL,
    summaries: Iterable[SiteSummary] | None = None,
    stays_here: bool = False,
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
    stays_here
        Whether it is a map of the window: only that shows what lies in exclusion areas.
    """
    labels = all_labels(context, language)
    ground = ground_of(context)
    chosen = list_sites(context) if summaries is None else summaries
    release = Release(context, audience, stays_here=stays_here)
    return [_map_site(summary, labels, release, ground) for summary in chosen]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapCounts:
    """How many sites a map shows, keeps from its audience, and cannot show at all."""

    drawn: int
    withheld: int
    unknown: int


def count_map_sites(summaries: Iterable[SiteSummary], sites: Sequence[MapSite]) -> MapCounts:
    """Count; `sites` are what `map_sites` made of the summaries for the audience."""
    missing = {site.uuid for site in unplaced(sites)}
    withheld = sum(
        summary.site.uuid in missing and summary.coord_quality != PositionQuality.UNKNOWN.value
        for summary in summaries
    )
    return MapCounts(
        drawn=len(sites) - len(missing), withheld=withheld, unknown=len(missing) - withheld
    )


def _map_site(
    summary: SiteSummary, labels: dict[tuple[str, str], str], release: Release, ground: Ground
) -> MapSite:
    site = release.record(summary.site)
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
        border_commune=_has_border_rules(position, place, ground),
    )


def _has_border_rules(position: Position | None, place: Commune | None, ground: Ground) -> bool:
    """Say it by the imported border zone where the site's own place is known, else by commune."""
    if position is not None and position.is_pin:
        in_zone = ground.is_in_border_zone(position.lon or 0.0, position.lat or 0.0)
        if in_zone is not None:
            return in_zone
    return bool(place and place.border_commune)
