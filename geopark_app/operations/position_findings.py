"""What speaks against a site's position: its area, its commune, other sites, its own photos."""

from geopark_app.domain.finding import Finding, Severity
from geopark_app.domain.kinds import Site
from geopark_app.domain.position import PositionQuality
from geopark_app.operations.context import AppContext
from geopark_app.operations.ground import EDGE_M, Ground, commune_by_code, ground_of
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
    ground = ground_of(context)
    if ground.communes is not None:
        findings.extend(_commune_findings(context, ground, site, at.lon, at.lat))
    else:
        findings.extend(_reach_findings(context, site, at.lon, at.lat))
    outside_m = ground.metres_outside_boundary(at.lon, at.lat) or 0.0
    if outside_m > EDGE_M:
        findings.append(_finding(site, "outside-boundary", km=f"{outside_m / 1000:.1f}"))
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


def _reach_findings(context: AppContext, site: Site, lon: float, lat: float) -> list[Finding]:
    beyond = beyond_commune(context, site.commune_code, lon, lat)
    if beyond is None:
        return []
    name, km = beyond.commune.name_vi or "", f"{beyond.metres / 1000:.1f}"
    return [_finding(site, "far-from-commune", commune=name, km=km)]


def _commune_findings(
    context: AppContext, ground: Ground, site: Site, lon: float, lat: float
) -> list[Finding]:
    """Compare with the polygons; the commune is never changed, the person takes it over."""
    near = ground.commune_near(lon, lat)
    found = commune_by_code(context, near[0]) if near is not None else None
    if near is None or found is None or (site.commune_code == near[0] and near[1] <= EDGE_M):
        return []
    if near[1] > EDGE_M:
        return [_finding(site, "outside-communes", km=f"{near[1] / 1000:.1f}")]
    name = found.name_vi or near[0]
    chosen = commune_by_code(context, site.commune_code or "")
    if chosen is None:
        return [_finding(site, "no-commune-chosen", field="commune_code", found=name,
                         found_code=near[0])]  # fmt: skip
    outside_m = ground.metres_outside(chosen.code or "", lon, lat) or 0.0
    # Published lines are generalised: close beside the line either commune may be right.
    severity = Severity.WARNING if outside_m > EDGE_M else Severity.NOTE
    km = f"{outside_m / 1000:.1f}" if outside_m >= 100 else f"{outside_m / 1000:.2f}"
    return [
        _finding(
            site,
            "other-commune",
            severity,
            field="commune_code",
            commune=chosen.name_vi or "",
            km=km,
            found=name,
            found_code=near[0],
        )
    ]


def _finding(
    site: Site,
    code: str,
    severity: Severity = Severity.WARNING,
    *,
    field: str = "position",
    **details: str,
) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        kind="site",
        uuid=site.uuid,
        field=field,
        details=tuple(details.items()),
    )
