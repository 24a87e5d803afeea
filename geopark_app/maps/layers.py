"""The sites as a map shows them, and as data for the page."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geopark_app.domain.position import PositionQuality
from geopark_app.domain.text import clean

_LONGEST = 200
_AT_OWN_PLACE = {PositionQuality.EXACT.value, PositionQuality.APPROX.value}


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
    risk_total : int or None
        Degradation risk of the assessment that counts, 0 to 400; None where nobody assessed it.
    status_label : str
        The workflow status in the language of the map.
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
    risk_total: int | None = None
    status_label: str = ""

    def name(self, language: str) -> str:
        """Give the name in "vi" or "en", the other one where it is missing."""
        if language == "en":
            return self.name_en or self.name_vi
        return self.name_vi or self.name_en

    @property
    def is_pin(self) -> bool:
        """Say whether its own place is known."""
        return self.quality in _AT_OWN_PLACE and self._is_on_earth

    @property
    def is_at_commune(self) -> bool:
        """Say whether the point stands for its commune only."""
        is_commune = self.quality == PositionQuality.COMMUNE_CENTROID.value
        return is_commune and self._is_on_earth

    @property
    def _is_on_earth(self) -> bool:
        # Other programs write positions too: what lies nowhere stops no map.
        if self.lon is None or self.lat is None:
            return False
        return -180 <= self.lon <= 180 and -90 <= self.lat <= 90


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
        "features": [feature_of(site) for site in sites if site.is_pin or site.is_at_commune],
    }


_LABELS = {"kind_label": "kind", "status_label": "status"}


def rows_bytes(sites: Sequence[MapSite]) -> bytes:
    """Give `rows_document` as the page fetches it."""
    return json.dumps(rows_document(sites), ensure_ascii=False, separators=(",", ":")).encode()


def rows_document(sites: Sequence[MapSite]) -> dict[str, object]:
    """Give the same as `sites_document`, as rows: a third as large, for thousands of sites."""
    shown = [site for site in sites if site.is_pin or site.is_at_commune]
    labels: dict[str, dict[str, str]] = {name: {} for name in _LABELS}
    rows = [_row(site, labels) for site in shown]
    return {
        "unplaced": len(sites) - len(shown),
        "keys": _ROW_KEYS,
        "labels": [
            [name, of, {code: short_text(label) for code, label in labels[name].items()}]
            for name, of in _LABELS.items()
        ],
        "rows": rows,
    }


def _row(site: MapSite, labels: dict[str, dict[str, str]]) -> list[object]:
    # Written out: a call for each value is what twenty thousand sites wait for.
    labels["kind_label"][site.kind] = site.kind_label
    labels["status_label"][site.workflow_status] = site.status_label
    return [
        site.uuid, site.lon, site.lat, short_text(site.code), short_text(site.name_vi),
        short_text(site.name_en), site.kind, site.quality, short_text(site.commune_name),
        site.readiness, site.red, site.workflow_status, site.border_commune, site.risk_total,
    ]  # fmt: skip


_ROW_KEYS = (
    "code", "name_vi", "name_en", "kind", "quality", "commune", "readiness", "red", "status",
    "border", "risk",
)  # fmt: skip


def feature_of(site: MapSite) -> dict[str, object]:
    """Give one site as the page takes it, without geometry where no map can show it.

    Names that would fill the screen are cut.
    """
    point = {"type": "Point", "coordinates": [site.lon, site.lat]}
    return {
        "type": "Feature",
        "id": site.uuid,
        "geometry": point if site.is_pin or site.is_at_commune else None,
        "properties": _properties(site),
    }


def _properties(site: MapSite) -> dict[str, object]:
    return {
        "code": short_text(site.code),
        "name_vi": short_text(site.name_vi),
        "name_en": short_text(site.name_en),
        "kind": site.kind,
        "kind_label": short_text(site.kind_label),
        "quality": site.quality,
        "commune": short_text(site.commune_name),
        "readiness": site.readiness,
        "red": site.red,
        "status": site.workflow_status,
        "status_label": short_text(site.status_label),
        "border": site.border_commune,
        "risk": site.risk_total,
    }


def short_text(text: str) -> str:
    """Give a text without control characters, cut where it would fill the screen."""
    if text.isprintable() and len(text) <= _LONGEST:
        return text
    plain = " ".join(clean(text).split())
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"
