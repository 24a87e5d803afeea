"""The map layers of a catalogue: which there are, in which order, and their shapes."""

import json
from functools import lru_cache
from pathlib import Path

from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.ops import unary_union

from geopark_app.domain.boundary_change import BoundaryChange
from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.finding import Finding, Severity
from geopark_app.domain.kinds import MapLayer
from geopark_app.geo.measure import area_m2
from geopark_app.geo.shape_index import NamedShape, ShapeIndex
from geopark_app.operations.context import AppContext
from geopark_app.operations.records import write_values
from geopark_app.store.files import hash_of

COMMUNES, BOUNDARY, BORDER_ZONE, TRACK = "communes", "boundary", "border-zone", "track"
BASEMAP = "basemap"
EXCLUSION, NATIONAL = "exclusion", "national"
ROAD_KINDS = ("roads", "route")
OVERLAY_KINDS = (
    BORDER_ZONE, "protected", "geology", "roads", "route", "rivers", "other", EXCLUSION, NATIONAL,
)  # fmt: skip
COLOURS = {
    COMMUNES: "#7a4a9c",
    BOUNDARY: "#b3261e",
    BORDER_ZONE: "#a86500",
    TRACK: "#c2185b",
    "protected": "#1a7f37",
    "geology": "#8a5a2b",
    "roads": "#6b3f1d",
    "route": "#0b57d0",
    "rivers": "#1565a8",
    "other": "#55606a",
    BASEMAP: "#4a6b7c",
    EXCLUSION: "#7a1020",
    NATIONAL: "#4f5962",
}
_NOT_OURS = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError,
             ShapelyError)  # fmt: skip


def map_layers(context: AppContext, *kinds: str) -> list[MapLayer]:
    """Give the layers, the one that lies on top first; of these kinds only, when any is named.

    Base maps lie below everything else, whatever their number says.
    """
    layers = context.catalogue.records(MapLayer)
    wanted = [layer for layer in layers if not kinds or layer.layer_kind in kinds]
    return sorted(
        wanted, key=lambda one: (one.layer_kind == BASEMAP, -(one.sort_order or 0), one.uuid)
    )


def newest_layer(context: AppContext, kind: str, *, official: bool = False) -> MapLayer | None:
    """Give the layer of this kind that is in force: the latest date, then the latest import.

    A layer whose date lies ahead is not in force yet; one whose file is missing here counts not.
    """
    today = f"{context.now():%Y-%m-%d}"
    usable = [
        layer
        for layer in map_layers(context, kind)
        if (layer.dated_on or "") <= today
        and (layer.is_official or not official)
        and layer.sha256
        and context.catalogue.layer_files.has(layer.sha256)
    ]
    return max(
        usable, key=lambda layer: (layer.dated_on or "", layer.sort_order or 0), default=None
    )


def layer_path(context: AppContext, layer: MapLayer) -> Path:
    """Give the file of a layer.

    Raises
    ------
    GeoparkError
        LAYER_MISSING when it is not on this laptop.
    """
    path = context.catalogue.layer_files.path_of(layer.sha256 or "")
    if not path.is_file():
        raise GeoparkError(ErrorCode.LAYER_MISSING, name=layer.name_vi or layer.uuid)
    return path


def layer_index(context: AppContext, layer: MapLayer) -> ShapeIndex:
    """Give the shapes of a layer ready for lookups; made once for each hash.

    Raises
    ------
    GeoparkError
        LAYER_MISSING; UNSUPPORTED_FORMAT when the file is not one of ours.
    """
    return _index(layer_path(context, layer))


def layer_findings(context: AppContext) -> list[Finding]:
    """Give the layers whose file is missing or was changed."""
    findings = []
    files = context.catalogue.layer_files
    for layer in context.catalogue.records(MapLayer):
        if not layer.sha256 or layer.layer_kind == BASEMAP:
            # Base maps have findings of their own (`basemaps`).
            continue
        is_here = files.has(layer.sha256)
        if is_here and hash_of(files.path_of(layer.sha256)) == layer.sha256:
            continue
        findings.append(
            Finding(
                code="layer-file-damaged" if is_here else "layer-file-missing",
                severity=Severity.ERROR,
                kind="map_layer",
                uuid=layer.uuid,
                field="sha256",
                details=(("path", layer.name_vi or layer.sha256),),
            )
        )
    return findings


def boundary_change(
    context: AppContext, now: MapLayer, content: ShapeIndex | None = None
) -> BoundaryChange | None:
    """Compare a version of the boundary with the one before it; None for the first.

    `content` are its shapes, when the layer is not stored yet.
    """
    before = _version_before(context, now)
    if before is None:
        return None
    old = unary_union([one.geometry for one in layer_index(context, before).shapes])
    shapes = (content or layer_index(context, now)).shapes
    new = unary_union([one.geometry for one in shapes])
    return BoundaryChange(
        before_km2=area_m2(old) / 1e6,
        now_km2=area_m2(new) / 1e6,
        gained_km2=area_m2(new.difference(old)) / 1e6,
        lost_km2=area_m2(old.difference(new)) / 1e6,
    )


def set_layer_style(context: AppContext, uuid: str, *, reason: str, **values: object) -> Changes:
    """Change how a layer is drawn: `opacity`, `is_visible`, `has_labels`, `colour`."""
    layer = context.catalogue.get(MapLayer, uuid)
    if layer is None:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="map_layer", uuid=uuid)
    return write_values(context, layer, values, reason=reason)


def move_layer(context: AppContext, uuid: str, by: int, *, reason: str) -> Changes:
    """Put a layer one place higher (`by` 1) or lower (-1); base maps move among base maps."""
    layers = map_layers(context)
    at = next((number for number, layer in enumerate(layers) if layer.uuid == uuid), None)
    if at is None:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="map_layer", uuid=uuid)
    group = [one.layer_kind == BASEMAP for one in layers]
    first = group.index(group[at])
    to = min(max(at - by, first), first + group.count(group[at]) - 1)
    layers.insert(to, layers.pop(at))
    with context.work(reason) as work:
        for place, layer in enumerate(reversed(layers), start=1):
            if layer.sort_order != place:
                work.set_columns(kind_of(MapLayer), layer.uuid, {"sort_order": place})
    return work.changes


def index_of_bytes(content: bytes) -> ShapeIndex:
    """Give the shapes of a layer that is not stored yet."""
    return ShapeIndex(_named_shapes(json.loads(content)))


def _version_before(context: AppContext, now: MapLayer) -> MapLayer | None:
    files = context.catalogue.layer_files
    older = [
        layer
        for layer in map_layers(context, BOUNDARY)
        if layer.uuid != now.uuid
        and (layer.dated_on or "", layer.sort_order or 0)
        < (now.dated_on or "9999", now.sort_order or 0)
        and layer.sha256
        and files.has(layer.sha256)
    ]
    return max(older, key=lambda layer: (layer.dated_on or "", layer.sort_order or 0), default=None)


@lru_cache(maxsize=12)
def _index(path: Path) -> ShapeIndex:
    # The name is the hash of the content: the same path never holds other shapes.
    try:
        return ShapeIndex(_named_shapes(json.loads(path.read_text(encoding="utf-8"))))
    except _NOT_OURS as broken:
        raise GeoparkError(ErrorCode.UNSUPPORTED_FORMAT, path=path) from broken


def _named_shapes(document: dict[str, object]) -> list[NamedShape]:
    features = document["features"]
    assert isinstance(features, list)
    return [
        NamedShape(
            code=str(feature["properties"].get("code") or ""),
            name_vi=str(feature["properties"].get("name_vi") or ""),
            name_en=str(feature["properties"].get("name_en") or ""),
            geometry=shape(feature["geometry"]),
        )
        for feature in features
    ]
