"""The sites of the office's own map, read from the columns it shows instead of whole records."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from geopark_app.domain.condition import Condition, ListQuery, Test
from geopark_app.i18n import pick
from geopark_app.maps.layers import MapSite
from geopark_app.operations.checklists import readiness_of_sites
from geopark_app.operations.context import AppContext
from geopark_app.operations.ground import Ground, ground_of
from geopark_app.operations.site_risks import risks_of_sites
from geopark_app.rules.readiness import Readiness

_COLUMNS = (
    "uuid", "code", "name_vi", "name_en", "site_kind", "commune_code", "workflow_status",
    "position_lon", "position_lat", "coord_quality",
)  # fmt: skip
_FEW = 200
_VIA: Mapping[str, tuple[tuple[str, str], ...]] = {
    "visit": (("visit", "site_uuid"),),
    "answer": (("answer", "visit_uuid"), ("visit", "site_uuid")),
    "assessment": (("assessment", "site_uuid"),),
    "assessment_score": (("assessment_score", "assessment_uuid"), ("assessment", "site_uuid")),
}
SITE_BY_SITE = frozenset({"site", *_VIA})
"""Kinds of record whose change shows on the markers of single sites; see `sites_touched`."""
ALL_SITES = frozenset({"commune", "term", "checklist", "checklist_item", "map_layer"})
"""Kinds of record whose change may show on every marker."""


def map_rows(
    context: AppContext, *, language: str, query: ListQuery | None = None
) -> list[MapSite]:
    """Give the sites of a query, all when None, for the window's own map, which is internal.

    Other audiences get `map_sites`, which passes each whole record through the audience rule.
    """
    asked = query or ListQuery(kind="site")
    rows = context.catalogue.list_rows(asked, _COLUMNS)
    is_all = query is None or (query.among is None and len(rows) > _FEW)
    uuids = None if is_all else [row[0] for row in rows]
    labels = _labels(context, language)
    communes = _communes(context)
    readiness = readiness_of_sites(context, uuids)
    risks = risks_of_sites(context, uuids)
    sites = [_map_site(row, labels, communes, readiness, risks) for row in rows]
    ground = ground_of(context)
    return sites if ground.border is None else _with_border_zone(sites, ground)


def placed_points(context: AppContext) -> list[tuple[float, float]]:
    """Give longitude and latitude of the sites that have a place, to choose the ground by."""
    rows = context.catalogue.list_rows(ListQuery(kind="site"), ("position_lon", "position_lat"))
    points = ((_degrees(lon), _degrees(lat)) for lon, lat in rows)
    return [(lon, lat) for lon, lat in points if lon is not None and lat is not None]


def map_rows_of(context: AppContext, uuids: Collection[str], *, language: str) -> list[MapSite]:
    """Give these sites; those in the trash are left out."""
    return map_rows(
        context, language=language, query=ListQuery(kind="site", among=frozenset(uuids))
    )


def sites_touched(
    context: AppContext, touched: Collection[tuple[str, str]]
) -> frozenset[str] | None:
    """Give the sites whose markers a save changes; None when every marker may be another.

    `touched` are kinds and keys of records, as `Changes` has them.
    """
    if len(touched) > _FEW or any(kind in ALL_SITES for kind, _uuid in touched):
        return None
    found = {uuid for kind, uuid in touched if kind == "site"}
    for kind, steps in _VIA.items():
        keys = {uuid for other, uuid in touched if other == kind}
        for table, column in steps:
            keys = _followed(context, table, column, keys)
        found |= keys
    return frozenset(found)


def _followed(context: AppContext, table: str, column: str, keys: set[str]) -> set[str]:
    """Give what a column of these records names, of those in the trash too: their end counts."""
    if not keys:
        return set()
    found: set[str] = set()
    for in_trash in (False, True):
        query = ListQuery(kind=table, among=frozenset(keys), in_trash=in_trash)
        found |= {key for (key,) in context.catalogue.list_rows(query, (column,)) if key}
    return found


def _labels(context: AppContext, language: str) -> dict[tuple[str, str], str]:
    shown = Condition(column="vocabulary", test=Test.IS, values=("site_kind", "workflow_status"))
    query = ListQuery(kind="term", conditions=(shown,))
    columns = ("vocabulary", "code", "label_vi", "label_en")
    return {
        (vocabulary, code or ""): pick(vi, en, language)
        for vocabulary, code, vi, en in context.catalogue.list_rows(query, columns)
    }


def _communes(context: AppContext) -> dict[str, tuple[str, bool]]:
    rows = context.catalogue.list_rows(
        ListQuery(kind="commune"), ("code", "name_vi", "border_commune")
    )
    return {code: (name or "", bool(border)) for code, name, border in rows if code}


def _map_site(
    row: tuple[object, ...],
    labels: Mapping[tuple[str, str], str],
    communes: Mapping[str, tuple[str, bool]],
    readiness: Mapping[str, Readiness],
    risks: Mapping[str, int],
) -> MapSite:
    uuid, *texts = (str(value or "") for value in row[:7])
    code, name_vi, name_en, kind, commune_code, status = texts
    commune, is_border = communes.get(commune_code, ("", False))
    result = readiness.get(uuid)
    return MapSite(
        uuid=uuid,
        code=code,
        name_vi=name_vi,
        name_en=name_en,
        kind=kind,
        kind_label=labels.get(("site_kind", kind), kind),
        lon=_degrees(row[7]),
        lat=_degrees(row[8]),
        quality=str(row[9]),
        commune_name=commune,
        readiness=result.score if result else None,
        red=bool(result and result.is_red),
        workflow_status=status,
        status_label=labels.get(("workflow_status", status), status),
        border_commune=is_border,
        risk_total=risks.get(uuid),
    )


def _degrees(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _with_border_zone(sites: list[MapSite], ground: Ground) -> list[MapSite]:
    """Say by the imported border zone which sites with a place of their own lie in it."""
    assert ground.border is not None
    pins = [site for site in sites if site.is_pin]
    inside = ground.border.holds_many([(site.lon or 0.0, site.lat or 0.0) for site in pins])
    told = {site.uuid: is_inside for site, is_inside in zip(pins, inside, strict=True)}
    return [
        replace(site, border_commune=told[site.uuid])
        if told.get(site.uuid, site.border_commune) != site.border_commune
        else site
        for site in sites
    ]
