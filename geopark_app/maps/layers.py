"""The sites as a map shows them, and as data for the page."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geopark_app.domain.position import PositionQuality


@dataclass(frozen=True, slots=True, kw_only=True)
class MapSite:
    """One site, ready to draw; it has already passed the audience rule.

    Attributes
    ----------
    uuid, code, name_vi, name_en : str
        The record's own values.
    kind : str
        Term of the vocabulary `site_kind`; decides icon and colour.
    kind_label : str
        That term in the language of the map.
    lon, lat : float or None
        WGS 84 degrees; None is not drawn but counted.
    quality : str
        Value of `PositionQuality`.
    commune_name : str
        Where it is, for sites that are placed by their commune.
    readiness : float or None
        0 to 1 of the last visit; None where no visit was made.
    red : bool
        Something on the checklist stands in the way of an evaluation.
    workflow_status : str
        Term of the vocabulary `workflow_status`.
    border_commune : bool
        The commune lies in the border belt.
    """

    uuid: str
    code: str
    name_vi: str
    name_en: str
    kind: str
    kind_label: str
    lon: float | None
    lat: float | None
    quality: str
    commune_name: str
    readiness: float | None
    red: bool
    workflow_status: str
    border_commune: bool

    def name(self, language: str) -> str:
        """Give the name in "vi" or "en", the other one where it is missing."""
        if language == "en":
            return self.name_en or self.name_vi
        return self.name_vi or self.name_en

    @property
    def is_pin(self) -> bool:
        """Say whether its own place is known."""
        pins = {PositionQuality.EXACT.value, PositionQuality.APPROX.value}
        return self.lon is not None and self.quality in pins

    @property
    def is_at_commune(self) -> bool:
        """Say whether the point stands for its commune only."""
        return self.lon is not None and self.quality == PositionQuality.COMMUNE_CENTROID.value


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneGroup:
    """The sites that are placed at one commune point."""

    name: str
    lon: float
    lat: float
    sites: tuple[MapSite, ...]


def pins(sites: Iterable[MapSite]) -> tuple[MapSite, ...]:
    """Give the sites whose own place is known."""
    return tuple(site for site in sites if site.is_pin)


def site_points(sites: Iterable[MapSite]) -> list[tuple[float, float]]:
    """Give lon, lat of every site that a map shows, at its own place or its commune's."""
    return [
        (site.lon, site.lat)
        for site in sites
        if site.lon is not None and site.lat is not None and (site.is_pin or site.is_at_commune)
    ]


def commune_groups(sites: Iterable[MapSite]) -> tuple[CommuneGroup, ...]:
    """Gather the sites placed by commune, one group for each point, ordered by name."""
    found: dict[tuple[float, float], list[MapSite]] = defaultdict(list)
    for site in sites:
        if site.is_at_commune and site.lon is not None and site.lat is not None:
            found[site.lon, site.lat].append(site)
    groups = (
        CommuneGroup(
            name=members[0].commune_name,
            lon=lon,
            lat=lat,
            sites=tuple(sorted(members, key=lambda site: site.code)),
        )
        for (lon, lat), members in found.items()
    )
    return tuple(sorted(groups, key=lambda group: (group.name, group.lon, group.lat)))


def unplaced(sites: Iterable[MapSite]) -> tuple[MapSite, ...]:
    """Give the sites that no map can show, because their position is unknown."""
    return tuple(site for site in sites if not site.is_pin and not site.is_at_commune)


def sites_document(sites: Sequence[MapSite]) -> dict[str, object]:
    """Give the sites as a GeoJSON feature collection for the page, with the unplaced counted."""
    return {
        "type": "FeatureCollection",
        "unplaced": len(unplaced(sites)),
        "features": [_feature(site) for site in sites if site.is_pin or site.is_at_commune],
    }


def _feature(site: MapSite) -> dict[str, object]:
    return {
        "type": "Feature",
        "id": site.uuid,
        "geometry": {"type": "Point", "coordinates": [site.lon, site.lat]},
        "properties": {
            "code": site.code,
            "name_vi": site.name_vi,
            "name_en": site.name_en,
            "kind": site.kind,
            "kind_label": site.kind_label,
            "quality": site.quality,
            "commune": site.commune_name,
            "readiness": site.readiness,
            "red": site.red,
            "status": site.workflow_status,
            "border": site.border_commune,
        },
    }
