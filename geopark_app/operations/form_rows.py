"""Records of an evaluation form read from its file in resources/forms."""

from collections.abc import Iterable, Mapping
from typing import Any

from geopark_app.domain.declaration import Record
from geopark_app.domain.kinds import EvaluationForm, FormCategory, FormGroup, FormItem, FormOption

_SHARED = ("label_vi", "label_en", "max_points", "points_status")


def form_records(content: Mapping[str, Any]) -> Iterable[Record]:
    """Give the form with its categories, groups, items and options, in the order of the file."""
    yield EvaluationForm(
        uuid=content["uuid"],
        edition=content["id"],
        title_vi=content["title_vi"],
        title_en=content["title_en"],
        status_vi=content["status_vi"],
        status_en=content["status_en"],
        source=content["source"],
        document=content.get("document"),
    )
    categories = {row["id"]: row["uuid"] for row in content["categories"]}
    groups = {row["id"]: row["uuid"] for row in content["groups"]}
    for order, row in enumerate(content["categories"], start=1):
        yield FormCategory(
            uuid=row["uuid"],
            form_uuid=content["uuid"],
            code=row["id"],
            weight=row["weight"],
            minimum_percent=row["minimum_percent"],
            sort_order=order,
            **_shared(row),
        )
    for order, row in enumerate(content["groups"], start=1):
        yield FormGroup(
            uuid=row["uuid"],
            form_uuid=content["uuid"],
            category_uuid=categories[row["category"]],
            code=row["id"],
            sort_order=order,
            **_shared(row),
        )
    for order, row in enumerate(content["items"], start=1):
        yield FormItem(
            uuid=row["uuid"],
            form_uuid=content["uuid"],
            group_uuid=groups[row["group"]],
            code=row["id"],
            answer_type=row["answer_type"],
            per_unit=row.get("per_unit"),
            fed_by=row["fed_by"] or None,
            evidence_vi=row["evidence_vi"] or None,
            evidence_en=row["evidence_en"] or None,
            sort_order=order,
            **_shared(row),
        )
        yield from _options(row)


def _options(item: Mapping[str, Any]) -> Iterable[Record]:
    for order, row in enumerate(item.get("options", ()), start=1):
        yield FormOption(
            uuid=row["uuid"],
            item_uuid=item["uuid"],
            code=row["id"],
            label_vi=row["label_vi"],
            label_en=row["label_en"],
            points=row["points"],
            sort_order=order,
        )


def _shared(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in _SHARED}
