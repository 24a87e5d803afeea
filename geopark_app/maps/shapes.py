"""Lines and areas of records as the map page draws them: extents of sites, lines of routes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

EXTENT_COLOUR = "#8a1f6b"
_ROUTE_COLOURS = ("#0b57d0", "#b3261e", "#1a7f37", "#7a4a9c", "#a86500", "#0b6e8a")


@dataclass(frozen=True, slots=True, kw_only=True)
class MapShape:
    """One line or area, ready to draw; it has already passed the audience rule.

    Attributes
    ----------
    kind, uuid : str
        Of the record.
    site_uuid : str
        The site it belongs to; empty for a route.
    number : int
        Number of a route; 0 for others.
    name_vi, name_en : str
        What it is, for the tip beside the pointer.
    geojson : str
        Geometry in WGS 84, checked before.
    """

    kind: str
    uuid: str
    site_uuid: str
    number: int
    name_vi: str
    name_en: str
    geojson: str


def shapes_document(shapes: Sequence[MapShape]) -> dict[str, object]:
    """Give the shapes for the page; one that cannot be read is left out."""
    return {"shapes": [one for shape in shapes if (one := _shape(shape)) is not None]}


def _shape(shape: MapShape) -> dict[str, object] | None:
    try:
        geometry = json.loads(shape.geojson)
    except ValueError:
        return None
    if not isinstance(geometry, dict):
        return None
    return {
        "id": shape.uuid,
        "kind": shape.kind,
        "site": shape.site_uuid,
        "name_vi": shape.name_vi,
        "name_en": shape.name_en,
        "colour": route_colour(shape.number) if shape.kind == "route" else EXTENT_COLOUR,
        "geometry": geometry,
    }


def route_colour(number: int) -> str:
    """Give the colour of a route, the same on every map."""
    return _ROUTE_COLOURS[(max(number, 1) - 1) % len(_ROUTE_COLOURS)]
