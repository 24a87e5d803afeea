"""The office's base maps: which there are, which lie on this laptop, and their tiles."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.finding import Finding, Severity
from geopark_app.domain.kinds import MapLayer
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress, no_progress
from geopark_app.maps.basemap_layers import MapBasemap
from geopark_app.maps.tile_files import MBTILES, VECTOR, TileFile, open_tile_file
from geopark_app.operations.context import AppContext
from geopark_app.operations.map_layers import BASEMAP, map_layers
from geopark_app.store.layer_places import LayerPlace, note_place, place_of
from geopark_app.store.writing_files import translated_os_errors

_CHUNK = 1 << 22
_MOST_CANDIDATES = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BasemapHere:
    """A base map and its file on this laptop.

    Attributes
    ----------
    layer : MapLayer
        The definition, which every laptop has.
    place : LayerPlace or None
        The file; None when it is not here.
    """

    layer: MapLayer
    place: LayerPlace | None

    @property
    def is_usable(self) -> bool:
        """Say whether it can be drawn."""
        return self.place is not None and self.place.is_same

    @property
    def is_vector(self) -> bool:
        """Say whether it is drawn by our style."""
        return (self.layer.tile_format or "").endswith(f"/{VECTOR}")


def basemaps(context: AppContext) -> list[BasemapHere]:
    """Give the base maps, the one on top first."""
    files = context.catalogue.layer_files
    return [
        BasemapHere(layer=layer, place=place_of(files, layer.sha256) if layer.sha256 else None)
        for layer in map_layers(context, BASEMAP)
    ]


def printable_basemaps(context: AppContext) -> list[BasemapHere]:
    """Give the base maps that can lie below a printed map, the one on top first.

    Rows counted from the north, PMTiles and vector tiles are none GDAL can warp.
    """
    return [
        one
        for one in basemaps(context)
        if one.is_usable
        and not one.is_vector
        and (one.layer.tile_format or "").startswith(f"{MBTILES}/")
    ]


def map_basemaps(context: AppContext) -> list[MapBasemap]:
    """Give the base maps whose files are here, for the map page, the top one first."""
    found = []
    for one in basemaps(context):
        layer = one.layer
        if one.place is None or not one.is_usable or not layer.sha256:
            continue
        edges = (layer.west, layer.south, layer.east, layer.north)
        west, south, east, north = (
            edge if edge is not None else whole
            for edge, whole in zip(edges, (-180.0, -85.0, 180.0, 85.0), strict=True)
        )
        found.append(
            MapBasemap(
                uuid=layer.uuid,
                name_vi=layer.name_vi or "",
                name_en=layer.name_en or "",
                source=layer.source or "",
                tile_format=layer.tile_format or "",
                sha256=layer.sha256,
                min_zoom=layer.min_zoom or 0,
                max_zoom=layer.max_zoom if layer.max_zoom is not None else 14,
                bounds=(west, south, east, north),
                opacity=1.0 if layer.opacity is None else min(max(layer.opacity, 0.0), 1.0),
                is_visible=layer.is_visible is not False,
                is_vector=one.is_vector,
                layers=_layers_of(one),
                path=one.place.path,
            )
        )
    return found


def _layers_of(one: BasemapHere) -> tuple[str, ...]:
    if not one.is_vector:
        return ()
    try:
        with open_basemap(one) as file:
            return file.layers()
    except GeoparkError:
        # It is drawn as damaged, tile by tile, and the check of the catalogue names it.
        return ()


def find_basemap(context: AppContext, reference: str) -> BasemapHere:
    """Give a base map by its key, name or file name.

    Raises
    ------
    GeoparkError
        NOT_FOUND, AMBIGUOUS.
    """
    wanted = reference.strip().casefold()
    found = [
        one
        for one in basemaps(context)
        if wanted
        in {
            (text or "").casefold()
            for text in (one.layer.uuid, one.layer.name_vi, one.layer.name_en, one.layer.file_name)
        }
    ]
    if len(found) > 1:
        raise GeoparkError(
            ErrorCode.AMBIGUOUS, reference=reference, uuids=", ".join(x.layer.uuid for x in found)
        )
    if not found:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="map_layer", reference=reference)
    return found[0]


def open_basemap(one: BasemapHere) -> TileFile:
    """Open the tiles of a base map.

    Raises
    ------
    GeoparkError
        LAYER_MISSING when it is not on this laptop; REFUSED_FILE when it is damaged.
    """
    if one.place is None or not one.place.is_same:
        raise GeoparkError(ErrorCode.LAYER_MISSING, name=one.layer.name_vi or one.layer.uuid)
    return open_tile_file(one.place.path, one.layer.tile_format or "")


def relink_basemap(
    context: AppContext,
    layer: MapLayer,
    where: Path,
    *,
    stays: bool = False,
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> LayerPlace:
    """Find the file of a base map by its hash, in a file or below a folder, and use it here.

    With `stays` it is used where it lies, else copied into the catalogue.

    Raises
    ------
    GeoparkError
        REFUSED_FILE when no file there is this base map; NOT_FOUND.
    """
    cancel = cancel or CancelToken()
    if not where.exists():
        raise GeoparkError(ErrorCode.NOT_FOUND, path=where)
    for path in _candidates(where, layer.byte_count):
        if file_hash(path, progress=progress, cancel=cancel) == layer.sha256:
            return keep_file(context, path, layer.sha256, stays=stays, cancel=cancel)
    raise GeoparkError(
        ErrorCode.REFUSED_FILE, reason="basemap-not-found", name=layer.file_name or ""
    )


def keep_file(
    context: AppContext, path: Path, sha256: str, *, stays: bool, cancel: CancelToken
) -> LayerPlace:
    """Copy a file of tiles into the catalogue, or remember where it stays; its hash is known."""
    files = context.catalogue.layer_files
    if stays:
        note_place(files, sha256, path)
    else:
        with translated_os_errors(files.root):
            files.root.mkdir(parents=True, exist_ok=True)
        kept = files.add_file(path, expected=sha256, stop=cancel.check)
        if kept != sha256:
            raise GeoparkError(ErrorCode.REFUSED_FILE, reason="damaged")
    found = place_of(files, sha256)
    assert found is not None
    return found


def file_hash(
    path: Path, *, progress: ReportProgress = no_progress, cancel: CancelToken | None = None
) -> str:
    """Give the SHA-256 of a large file, with progress, stopped on a wish."""
    cancel = cancel or CancelToken()
    digest, done = hashlib.sha256(), 0
    with translated_os_errors(path), path.open("rb") as file:
        total = path.stat().st_size
        while chunk := file.read(_CHUNK):
            cancel.check()
            digest.update(chunk)
            done += len(chunk)
            progress(Progress(done=done, total=total, current=path.name))
    return digest.hexdigest()


def basemap_findings(context: AppContext) -> list[Finding]:
    """Give the base maps of this laptop whose files are not what they were; reads them through.

    A base map that is not here is no finding: large files need not lie on every laptop.
    """
    findings = []
    for one in basemaps(context):
        if one.place is None or file_hash(one.place.path) == one.layer.sha256:
            continue
        findings.append(
            Finding(
                code="basemap-damaged",
                severity=Severity.ERROR,
                kind="map_layer",
                uuid=one.layer.uuid,
                field="sha256",
                details=(("path", f"{one.layer.name_vi or ''} ({one.place.path})"),),
            )
        )
    return findings


def _candidates(where: Path, byte_count: int | None) -> Iterable[Path]:
    if where.is_file():
        return (where,)
    found = []
    for number, path in enumerate(where.rglob("*")):
        if number > _MOST_CANDIDATES:
            break
        if path.is_file() and (byte_count is None or path.stat().st_size == byte_count):
            found.append(path)
    return found
