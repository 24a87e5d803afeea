"""The layers of a catalogue for its map; what is drawn is kept in the cache by hash."""

from pathlib import Path

from geopark_app.domain.declaration import Audience
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.kinds import MapLayer
from geopark_app.maps.overlays import MapOverlay, drawing_of
from geopark_app.operations.context import AppContext
from geopark_app.operations.map_layers import BASEMAP, COLOURS, layer_index, layer_path, map_layers
from geopark_app.operations.release import Release
from geopark_app.store.writing_files import write_atomically

_VERSION = 2
_HEX = frozenset("0123456789abcdefABCDEF")


def map_overlays(context: AppContext, *, stays_here: bool = False) -> list[MapOverlay]:
    """Give the layers whose files are here, the top one first; drawings are made when missing.

    Only the window's own map (`stays_here`) shows exclusion areas and tracks through them.
    """
    release = Release(context, Audience.INTERNAL, stays_here=stays_here)
    overlays = []
    for layer in release.layers(context, map_layers(context)):
        if not layer.sha256 or layer.layer_kind == BASEMAP:
            continue
        try:
            path = _drawing(context, layer)
        except GeoparkError:
            # Missing or damaged: the check of the catalogue names it, the rest is drawn.
            continue
        overlays.append(_overlay(layer, layer.sha256, path))
    return overlays


def layer_bounds(context: AppContext, layer: MapLayer) -> tuple[float, float, float, float]:
    """Give west, south, east, north of a layer."""
    if layer.layer_kind == BASEMAP:
        edges = (layer.west, layer.south, layer.east, layer.north)
        whole = (-180.0, -85.0, 180.0, 85.0)
        west, south, east, north = (
            known if known is not None else edge for known, edge in zip(edges, whole, strict=True)
        )
        return west, south, east, north
    shapes = layer_index(context, layer).shapes
    boxes = [shape.geometry.bounds for shape in shapes]
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _drawing(context: AppContext, layer: MapLayer) -> Path:
    name = f"layer-{layer.sha256}-{_VERSION}.json"
    path = context.catalogue.folder.cache_dir / name
    if context.catalogue.is_read_only and not path.is_file():
        return layer_path(context, layer)
    if not path.is_file():
        content = drawing_of(layer_index(context, layer).shapes)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content, flush_to_disk=False)
    return path


def _overlay(layer: MapLayer, sha256: str, path: Path) -> MapOverlay:
    kind = layer.layer_kind or "other"
    opacity = 1.0 if layer.opacity is None else min(max(layer.opacity, 0.0), 1.0)
    return MapOverlay(
        uuid=layer.uuid,
        kind=kind,
        name_vi=layer.name_vi or "",
        name_en=layer.name_en or "",
        source=layer.source or "",
        date=layer.dated_on or "",
        colour=colour_of(layer),
        is_official=bool(layer.is_official),
        is_visible=layer.is_visible is not False,
        has_labels=bool(layer.has_labels),
        label_field=layer.label_field or "name",
        width=layer.line_width or 1.5,
        opacity=opacity,
        sha256=sha256,
        path=path,
    )


def colour_of(layer: MapLayer) -> str:
    """Give the colour of a layer; one that is none would break the page's drawing."""
    told = layer.colour or ""
    is_colour = len(told) == 7 and told[0] == "#" and set(told[1:]) <= _HEX
    return told if is_colour else COLOURS.get(layer.layer_kind or "", COLOURS["other"])
