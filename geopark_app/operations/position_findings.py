"""What speaks against a site's position: its area, its commune, other sites, its own photos."""

from geopark_app.domain.finding import Finding, Severity
from geopark_app.domain.kinds import Site
from geopark_app.domain.position import PositionQuality
from geopark_app.operations.context import AppContext
from geopark_app.operations.regions import region_of
from geopark_app.operations.surroundings import beyond_commune, metres_from_photos, sites_at


def position_findings(context: AppContext, site: Site) -> list[Finding]:
    """Give the findings on the position of a site; an unknown position has none.

    A position that stands for the commune is only compared with the area.
    """
    at = site.position
    if at is None or at.lon is None or at.lat is None:
        return []
    findings = []
    if not region_of(context).contains(at.lon, at.lat):
        findings.append(_finding(site, "outside-bounds"))
    if not at.is_pin:
        return findings
    beyond = beyond_commune(context, site.commune_code, at.lon, at.lat)
    if beyond is not None:
        name = beyond.commune.name_vi or ""
        km = f"{beyond.metres / 1000:.1f}"
        findings.append(_finding(site, "far-from-commune", commune=name, km=km))
    # Positions known to an arc-minute coincide without being the same place.
    is_exact = at.known_quality is PositionQuality.EXACT
    severity = Severity.WARNING if is_exact else Severity.NOTE
    for other in sites_at(context, at.lon, at.lat, besides=site.uuid):
        names = " ".join(part for part in (other.code, other.name_vi) if part)
        findings.append(_finding(site, "same-spot", severity, other=names))
    far_m = metres_from_photos(context, site, at.lon, at.lat)
    if far_m is not None:
        findings.append(_finding(site, "far-from-photos", km=f"{far_m / 1000:.1f}"))
    return findings


def _finding(
    site: Site, code: str, severity: Severity = Severity.WARNING, **details: str
) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        kind="site",
        uuid=site.uuid,
        field="position",
        details=tuple(details.items()),
    )
