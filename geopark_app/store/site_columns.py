"""What a list of sites shows beside the columns of the record, worked out in SQL."""

from collections.abc import Callable
from functools import cache
from typing import Any

import sqlalchemy as sa

from geopark_app.domain.declaration import FieldSpec, FieldType
from geopark_app.domain.kinds import KINDS
from geopark_app.domain.position import PositionQuality
from geopark_app.rules.readiness import VALUES
from geopark_app.store.tables import RECORD_TABLES

Expression = sa.ColumnElement[Any]
SCORE = "readiness_score"
_SITE = RECORD_TABLES["site"]


def site_columns() -> dict[str, Callable[[], Expression]]:
    """Give how each column is worked out, by its name."""
    return {
        "coord_quality": _quality,
        "commune_name": _commune_name,
        "route_number": lambda: _of_stop(RECORD_TABLES["route"].c.number),
        "stop_number": lambda: _of_stop(RECORD_TABLES["stop"].c.official_number),
        "is_stop": lambda: sa.func.coalesce(_of_stop(sa.literal(1)), 0),
        "is_other": lambda: 1 - sa.func.coalesce(_of_stop(sa.literal(1)), 0),
        "visited": _visited,
        "gap_marks": lambda: _as_written(_gap_marks),
        "completeness": lambda: _as_written(_completeness),
        SCORE: lambda: score_table().c.score,
    }


@cache
def _as_written(make: Callable[[], Expression]) -> Expression:
    """Write a long expression out once: to build it anew for each page costs more than to ask."""
    dialect = sa.create_engine("sqlite://").dialect
    written = make().compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    return sa.literal_column(str(written))


def _quality() -> Expression:
    """Give the quality of the position to act on; `Position.known_quality` in SQL."""
    quality = _SITE.c.position_quality
    known = [term.value for term in PositionQuality]
    is_placed = sa.and_(_SITE.c.position_lon.is_not(None), _SITE.c.position_lat.is_not(None))
    return sa.case(
        (sa.not_(is_placed), PositionQuality.UNKNOWN.value),
        (sa.func.coalesce(quality, "") == "", PositionQuality.APPROX.value),
        (quality.in_(known), quality),
        else_=PositionQuality.UNKNOWN.value,
    )


def _commune_name() -> Expression:
    commune = RECORD_TABLES["commune"].c
    query = sa.select(commune.name_vi).where(commune.code == _SITE.c.commune_code)
    newest = query.where(commune.deleted == 0).order_by(commune.uuid.desc())
    return newest.limit(1).scalar_subquery()


def _of_stop(column: Expression) -> Expression:
    stop, route = RECORD_TABLES["stop"], RECORD_TABLES["route"]
    on_route = sa.and_(route.c.uuid == stop.c.route_uuid, route.c.deleted == 0)
    return (
        sa.select(column)
        .select_from(stop.outerjoin(route, on_route))
        .where(stop.c.site_uuid == _SITE.c.uuid, stop.c.deleted == 0)
        .order_by(stop.c.uuid.desc())
        .limit(1)
        .scalar_subquery()
    )


def _visited() -> Expression:
    visit = RECORD_TABLES["visit"].c
    query = sa.select(visit.uuid).where(visit.site_uuid == _SITE.c.uuid, visit.deleted == 0)
    return query.where(visit.scope == "site").limit(1).scalar_subquery()


# Completeness ---------------------------------------------------------------------------------


def _gap(spec: FieldSpec) -> Expression:
    """Give 1 where a wanted value is missing, else 0; `rules.completeness.is_gap` in SQL."""
    fields = [spec]
    implied = KINDS["site"].field(spec.implied_by) if spec.implied_by else None
    if implied is not None:
        fields.append(implied)
    return sa.case((sa.and_(*(_is_empty(one) for one in fields)), 1), else_=0)


def _is_empty(spec: FieldSpec) -> Expression:
    if spec.type is FieldType.POSITION:
        return sa.or_(_SITE.c.position_lon.is_(None), _SITE.c.position_lat.is_(None))
    if spec.type is FieldType.QUANTITY:
        return sa.and_(*(_SITE.c[name].is_(None) for name in spec.columns))
    column = _SITE.c[spec.name]
    return sa.or_(column.is_(None), column == "")


def _wanted() -> list[FieldSpec]:
    return [spec for spec in KINDS["site"].fields if spec.required_at is not None]


def _gap_marks() -> Expression:
    """Give a text of 0 and 1, one for each wanted field in the order of the declaration."""
    return sa.func.printf("%d" * len(_wanted()), *(_gap(spec) for spec in _wanted()))


def _completeness() -> Expression:
    gaps = [_gap(spec) for spec in _wanted()]
    total = gaps[0]
    for gap in gaps[1:]:
        total = total + gap
    return 1.0 - total / float(len(gaps))


# Readiness ------------------------------------------------------------------------------------


@cache
def score_table() -> sa.CTE:
    """Give the score of every visited site from the newest answer to each item.

    `rules.readiness` in SQL, for sorting; what is shown is worked out by the rule itself.
    """
    visit, answer = RECORD_TABLES["visit"].c, RECORD_TABLES["answer"].c
    place = sa.func.row_number().over(
        partition_by=(visit.site_uuid, answer.item_uuid),
        order_by=(sa.func.coalesce(visit.visited_on, "").desc(), visit.uuid.desc(),
                  answer.uuid.desc()),
    )  # fmt: skip
    newest = (
        sa.select(visit.site_uuid, answer.item_uuid, answer.status, place.label("place"))
        .where(visit.uuid == answer.visit_uuid, visit.deleted == 0, answer.deleted == 0)
        .where(visit.scope == "site", answer.status.is_not(None), answer.status != "not_checked")
        .cte("newest_answer")
    )
    item = RECORD_TABLES["checklist_item"].c
    weight = sa.func.coalesce(item.weight, 0)
    earned = sa.case(*((newest.c.status == word, worth) for word, worth in VALUES.items()))
    counts = newest.c.status.in_(list(VALUES))
    total = sa.func.sum(sa.case((counts, weight), else_=0))
    score = sa.func.sum(sa.case((counts, weight * earned), else_=0.0)) / sa.func.nullif(total, 0)
    return (
        sa.select(newest.c.site_uuid, score.label("score"))
        .where(newest.c.place == 1, item.uuid == newest.c.item_uuid, item.deleted == 0)
        .where(item.scope == "site", sa.func.coalesce(item.retired, 0) == 0)
        .where(item.checklist_uuid == _newest_checklist())
        .group_by(newest.c.site_uuid)
        .cte("site_score")
    )


def _newest_checklist() -> Expression:
    checklist = RECORD_TABLES["checklist"].c
    return (
        sa.select(checklist.uuid)
        .where(checklist.deleted == 0)
        .order_by(sa.func.coalesce(checklist.edition, "").desc(), checklist.uuid)
        .limit(1)
        .scalar_subquery()
    )
