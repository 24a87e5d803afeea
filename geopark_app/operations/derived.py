"""Values of a site that are worked out: projected coordinates, totals, when and by whom changed."""

from collections.abc import Mapping

from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import Site
from geopark_app.geo.coordinate_error import CoordinateError
from geopark_app.geo.crs import to_projected
from geopark_app.operations.assessments import assessments_of, counted
from geopark_app.operations.context import AppContext
from geopark_app.operations.records import display_epsg
from geopark_app.operations.scoring_methods import method_of
from geopark_app.rules.scoring import derived_relevance, risk_class
from geopark_app.store.history import history_of

Derived = Mapping[str, str | int | float | None]


def derived_values(context: AppContext, site: Site) -> Derived:
    """Give every derived value of a site by its name; what cannot be worked out is None."""
    totals = _totals(context, site.uuid)
    values: dict[str, str | int | float | None] = {
        **_projected(context, site),
        **{f"{name.lower()}_total": totals.get(name) for name in ("SV", "PEU", "PTU", "DR")},
        "dr_class": risk_class(totals.get("DR")),
        "relevance_derived": derived_relevance(totals.get("SV")),
        **_from_the_log(context, site.uuid),
    }
    return {spec.name: values[spec.name] for spec in kind_of(Site).derived}


def _projected(context: AppContext, site: Site) -> dict[str, float | None]:
    position = site.position
    if position is None or position.lon is None or position.lat is None:
        return {"x_vn2000": None, "y_vn2000": None}
    try:
        easting, northing = to_projected(position.lon, position.lat, display_epsg(context))
    except CoordinateError:
        return {"x_vn2000": None, "y_vn2000": None}
    # Vietnamese practice: X points north, Y east.
    return {"x_vn2000": round(northing, 2), "y_vn2000": round(easting, 2)}


def _totals(context: AppContext, site_uuid: str) -> dict[str, int | None]:
    """Give the totals of the accepted assessment, or of the latest one submitted."""
    found = counted(assessments_of(context, site_uuid, method_of(context)))
    return {name: result.total for name, result in found.totals.items()} if found else {}


def _from_the_log(context: AppContext, uuid: str) -> dict[str, str | int | None]:
    entries = history_of(context.catalogue, kind_of(Site), uuid)
    newest, oldest = (entries[0], entries[-1]) if entries else (None, None)
    return {
        "history": len(entries),
        "created_at": oldest.at if oldest else None,
        "updated_at": newest.at if newest else None,
        "updated_by": newest.person if newest else None,
        "device_id": newest.device if newest else None,
    }
