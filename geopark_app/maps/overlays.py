"""The office's layers as the map page draws them: their style, and shapes light enough for it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geopark_app.geo.shape_index import NamedShape
from geopark_app.maps.assets import LAYER_SHAPES

MOST_VERTICES = 60_000
"""More corners than a screen can show; larger layers are drawn with fewer."""

_FIRST_TOLERANCE_DEG = 0.00005
_FILL = {"boundary": 0.0, "communes": 0.04, "geology": 0.45, "track": 0.0, "border-zone": 0.12}
_OTHER_FILL = 0.18
_DASH = {"boundary": "10 4 2 4", "communes": "5 3", "border-zone": "2 5"}
_BY_NAME = {"geology"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MapOverlay:
    """One layer, ready to draw.

    Attributes
    ----------
    uuid, kind, name_vi, name_en, source, date, colour : str
        Of its definition.
    is_official, is_visible, has_labels : bool
        Of its definition.
    label_field : str
        What labels say: name, code or name-code.
    width, opacity : float
        Of its definition.
    sha256 : str
        Of the layer.
    path : Path
        GeoJSON light enough to draw.
    """

    uuid: str
    kind: str
    name_vi: str
    name_en: str
    source: str
    date: str
    colour: str
    is_official: bool
    is_visible: bool
    has_labels: bool
    label_field: str
    width: float
    opacity: float
    sha256: str
    path: Path


def overlays_document(overlays: Sequence[MapOverlay]) -> dict[str, object]:
    """Give the layers for the page, the top one first."""
    return {
        "layers": [
            {
                "id": one.uuid,
                "kind": one.kind,
                "name_vi": one.name_vi,
                "name_en": one.name_en,
                "source": one.source,
                "date": one.date,
                "official": one.is_official,
                "visible": one.is_visible,
                "labels": one.has_labels,
                "label": one.label_field,
                "colour": one.colour,
                "width": one.width,
                "opacity": one.opacity,
                "fill": _FILL.get(one.kind, _OTHER_FILL),
                "dash": _DASH.get(one.kind, ""),
                "by_name": one.kind in _BY_NAME,
                "sha256": one.sha256,
                "url": f"{LAYER_SHAPES}{one.sha256}.json",
            }
            for one in overlays
        ]
    }


def drawing_of(shapes: Sequence[NamedShape]) -> bytes:
    """Give the shapes as GeoJSON with at most about `MOST_VERTICES` corners and a label's place."""
    geometries = _light([shape.geometry for shape in shapes])
    features = [
        {
            "type": "Feature",
            "properties": {
                "code": shape.code,
                "name_vi": shape.name_vi or shape.code,
                "name_en": shape.name_en,
                "at": _label_place(geometry),
            },
            "geometry": mapping(geometry),
        }
        for shape, geometry in zip(shapes, geometries, strict=True)
        if not geometry.is_empty
    ]
    document = {"type": "FeatureCollection", "features": features}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _light(geometries: list[BaseGeometry]) -> list[BaseGeometry]:
    found, tolerance = list(geometries), _FIRST_TOLERANCE_DEG
    while sum(shapely.get_num_coordinates(found)) > MOST_VERTICES and tolerance < 1:
        found = list(shapely.simplify(geometries, tolerance, preserve_topology=True))
        tolerance *= 2
    return found


def _label_place(geometry: BaseGeometry) -> list[float]:
    parts = list(getattr(geometry, "geoms", [geometry]))
    largest = max(parts, key=lambda part: (part.area, part.length))
    is_line = largest.geom_type in {"LineString", "LinearRing"}
    at = largest.interpolate(0.5, normalized=True) if is_line else largest.representative_point()
    return [round(at.x, 6), round(at.y, 6)]
