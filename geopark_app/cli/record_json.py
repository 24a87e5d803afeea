"""Records as JSON for programs."""

import dataclasses
from typing import Any

from geopark_app.domain.declaration import FieldType, Record, kind_of
from geopark_app.domain.kinds import Site
from geopark_app.operations.context import AppContext
from geopark_app.operations.derived import derived_values
from geopark_app.operations.linked_records import linked_lists
from geopark_app.operations.own_fields import own_json
from geopark_app.operations.site_lists import SiteRow
from geopark_app.rules.readiness import Readiness

_POSITION_KEYS = {
    "lon": "lon",
    "lat": "lat",
    "quality": "coord_quality",
    "method": "coord_method",
    "accuracy_m": "coord_accuracy_m",
    "source_crs": "coord_source_crs",
    "source": "coord_source",
    "as_typed": "coord_as_typed",
}


def record_json(record: Record) -> dict[str, Any]:
    """Give all fields of a record; a position as lon, lat and its companions."""
    content: dict[str, Any] = {"uuid": record.uuid, "deleted": record.deleted}
    for spec in kind_of(record).fields:
        value = getattr(record, spec.name)
        if spec.type is FieldType.POSITION:
            parts = {} if value is None else dataclasses.asdict(value)
            content.update({key: parts.get(part) for part, key in _POSITION_KEYS.items()})
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            content[spec.name] = dataclasses.asdict(value)
        else:
            content[spec.name] = value
    return content


def whole_record_json(context: AppContext, record: Record) -> dict[str, Any]:
    """Give a record with its derived values, its lists and its own fields (`own`)."""
    kind = kind_of(record)
    content = record_json(record)
    if isinstance(record, Site):
        content |= derived_values(context, record)
    for one in linked_lists(context, kind, record):
        if one.records or one.spec in kind.lists:
            content[one.spec.name] = [record_json(row) for row in one.records]
    own = own_json(context, kind.name, record.uuid)
    if own:
        content["own"] = own
    return content


def site_json(row: SiteRow) -> dict[str, Any]:
    """Give the keys of `site list`: the contract's, and what stands beside them."""
    return {
        "uuid": row.uuid,
        "code": row.code,
        "name_vi": row.name_vi,
        "name_en": row.name_en,
        "kind": row.site_kind,
        "lon": row.lon,
        "lat": row.lat,
        "coord_quality": row.coord_quality,
        "commune_code": row.commune_code,
        "commune": row.commune_name or None,
        "former_commune": row.former_commune or None,
        "workflow_status": row.workflow_status,
        "route": row.route_number,
        "stop": row.stop_number,
        "readiness": readiness_json(row.readiness),
        "completeness": round(row.completeness, 3),
        "stale_en": list(row.stale_en),
    }


def readiness_json(result: Readiness | None) -> dict[str, Any] | None:
    """Give score, coverage and red flag; None when never visited."""
    if result is None:
        return None
    return {
        "score": result.score,
        "coverage": result.coverage,
        "red": result.is_red,
        "answered": result.answered,
        "applicable": result.applicable,
        "stale": result.stale,
        "fresh_coverage": result.fresh_coverage,
        "band": result.band,
    }
