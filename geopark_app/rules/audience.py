"""Who may see what: one pure rule from a record and an audience to the record they may have.

Source of the levels: own wording after KOFHIN (A, B, C) and the commune level of the French
inventory (`resources/vocabularies/disclosure.json`).
"""

import dataclasses
from typing import Any, TypeVar

from geopark_app.domain.declaration import Audience, FieldType, Record, kind_of

RecordT = TypeVar("RecordT", bound=Record)

EXACT, COMMUNE_ONLY, NOT_PUBLIC = "A", "B", "C"

_CIRCLES = {Audience.PUBLIC: 0, Audience.EVALUATORS: 1, Audience.INTERNAL: 2}
# What leads to a place whose commune alone may be told.
_FINER_THAN_COMMUNE = frozenset(
    {
        "village",
        "altitude_m",
        "direction_deg",
        "access_vi",
        "access_en",
        "walk_minutes",
        "nearest_support_point_vi",
        "nearest_support_point_en",
        "public_transport_vi",
        "public_transport_en",
        "map_sheet",
        "distance_paved_road_m",
        "distance_bus_road_m",
        "azimuth_deg",
    }
)
# What would tell where a place is whose position is not public at all.
_COMMUNE_AND_WIDER = frozenset(
    {"commune_code", "former_commune_code", "former_admin", "border_zone"}
)


def for_audience(
    record: RecordT, audience: Audience, *, disclosure: str | None = None, is_excluded: bool = False
) -> RecordT:
    """Give the record with only the values this audience may see; the others are None.

    Fields are dropped by the audience of their declaration. Outside the office, level B keeps
    the commune but neither position nor directions, and level C keeps no place at all. A record
    that lies in an exclusion area is treated as level B at least, for every audience.

    Parameters
    ----------
    record
        Any record; it is not changed.
    audience
        Who will read it. `INTERNAL` sees everything.
    disclosure
        Level of the site the record belongs to, for photos and visits; a record that has a level
        of its own is treated by the stricter of the two. A missing level is taken for A, an
        unknown one for C.
    is_excluded
        Whether it lies in an area whose points never leave the office.
    """
    if audience is Audience.INTERNAL and not is_excluded:
        return record
    level = _level(record, audience, disclosure, is_excluded)
    hidden: dict[str, Any] = {
        spec.name: None
        for spec in kind_of(record).fields
        if _CIRCLES[spec.audience] > _CIRCLES[audience]
        or _tells_too_much(spec.name, spec.type, level)
    }
    return dataclasses.replace(record, **hidden)


def hides_position(
    audience: Audience, disclosure: str | None, *, is_excluded: bool = False
) -> bool:
    """Say whether the exact position of a site of this level is kept from the audience."""
    if is_excluded:
        return True
    return audience is not Audience.INTERNAL and _stricter(disclosure, None) != EXACT


def _level(record: Record, audience: Audience, disclosure: str | None, is_excluded: bool) -> str:
    own, least = getattr(record, "disclosure_level", None), COMMUNE_ONLY if is_excluded else EXACT
    # Colleagues may know everything but what lies in such an area.
    return least if audience is Audience.INTERNAL else max(_stricter(own, disclosure), least)


def _stricter(own: str | None, given: str | None) -> str:
    levels = [level for level in (own, given) if level]
    known = (EXACT, COMMUNE_ONLY, NOT_PUBLIC)
    return max((level if level in known else NOT_PUBLIC for level in levels), default=EXACT)


def _tells_too_much(name: str, field_type: FieldType, level: str) -> bool:
    if level == EXACT:
        return False
    if field_type in {FieldType.POSITION, FieldType.GEOMETRY} or name in _FINER_THAN_COMMUNE:
        return True
    return level == NOT_PUBLIC and name in _COMMUNE_AND_WIDER
