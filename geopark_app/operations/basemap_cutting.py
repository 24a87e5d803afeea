"""Cut map for area: an MBTiles of a route, a box or the park out of a larger file of tiles."""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shapely.geometry import box, mapping
from shapely.geometry.base import BaseGeometry

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress, no_progress
from geopark_app.geo.tile_grid import flipped, tiles_of_area
from geopark_app.maps.tile_files import VECTOR, TileFile, TileState, judged, open_tile_file
from geopark_app.operations.basemap_adding import (
    GEOTIFF,
    BasemapFile,
    BasemapOptions,
    look_at_basemap,
    turned_into_tiles,
)
from geopark_app.operations.basemaps import BasemapHere
from geopark_app.operations.context import AppContext
from geopark_app.store.mbtiles_writing import MbtilesWriter
from geopark_app.store.writing_files import translated_os_errors

MOST_TILES = 400_000
FAT32_LIMIT = 4 * 1024**3 - 1
"""Most sticks are formatted so that no file may be larger."""

_SAMPLE = 400
_GEOTIFF_TILE_BYTES = 18_000
_OVERHEAD = 1.06


@dataclass(frozen=True, slots=True, kw_only=True)
class CutSource:
    """What is cut from: a base map of the catalogue, or any file the office holds."""

    path: Path
    form: str
    tile_format: str
    min_zoom: int
    max_zoom: int
    bounds: tuple[float, float, float, float]
    name: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOrder:
    """What is wanted.

    Attributes
    ----------
    source : CutSource
        What is cut from.
    area : BaseGeometry
        WGS 84.
    min_zoom, max_zoom : int
        First and last zoom.
    name : str
        Of the new map.
    """

    source: CutSource
    area: BaseGeometry
    min_zoom: int
    max_zoom: int
    name: str = ""

    @property
    def zooms(self) -> range:
        """Give the zooms that the source can give."""
        lowest = max(self.min_zoom, self.source.min_zoom)
        return range(lowest, min(self.max_zoom, self.source.max_zoom) + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CutEstimate:
    """How large a cut will be, from a sample.

    Attributes
    ----------
    tiles : int
        Tiles of the area in the grid; the source may have fewer.
    by_zoom : mapping of int to int
        The same by zoom.
    byte_count : int
        About so large will the file be.
    """

    tiles: int
    by_zoom: Mapping[int, int]
    byte_count: int

    @property
    def is_too_large_for_sticks(self) -> bool:
        """Say whether a stick formatted FAT32 cannot hold it."""
        return self.byte_count > FAT32_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class CutReport:
    """What was cut: tiles written, missing in the source, damaged there and left out."""

    path: Path
    tiles: int
    missing: int
    damaged: int
    byte_count: int


def source_of_basemap(one: BasemapHere) -> CutSource:
    """Give a base map of the catalogue as a source.

    Raises
    ------
    GeoparkError
        LAYER_MISSING when its file is not here.
    """
    layer = one.layer
    if one.place is None or not one.place.is_same:
        raise GeoparkError(ErrorCode.LAYER_MISSING, name=layer.name_vi or layer.uuid)
    form = (layer.tile_format or "").partition("/")[0]
    edges = (layer.west, layer.south, layer.east, layer.north)
    west, south, east, north = (
        edge if edge is not None else whole
        for edge, whole in zip(edges, (-180.0, -85.0, 180.0, 85.0), strict=True)
    )
    return CutSource(
        path=one.place.path,
        form=form,
        tile_format=layer.tile_format or "",
        min_zoom=layer.min_zoom or 0,
        max_zoom=layer.max_zoom if layer.max_zoom is not None else 22,
        bounds=(west, south, east, north),
        name=layer.name_vi or "",
        credit=layer.source or "",
    )


def source_of_file(
    context: AppContext, path: Path, *, crs: str = "", cancel: CancelToken | None = None
) -> CutSource:
    """Look at any file of tiles or GeoTIFF and give it as a source.

    Raises
    ------
    GeoparkError
        REFUSED_FILE with the reason, NOT_FOUND.
    """
    file = look_at_basemap(context, path, crs=crs, cancel=cancel)
    facts = file.facts
    west, south, east, north = facts["bounds"]
    return CutSource(
        path=path,
        form=file.form,
        tile_format=str(facts.get("tile_format", "")),
        min_zoom=0 if file.form == GEOTIFF else int(facts["min_zoom"]),
        max_zoom=int(facts["max_zoom"]),
        bounds=(west, south, east, north),
        name=str(facts.get("name") or path.stem),
        credit=str(facts.get("attribution") or ""),
    )


def estimate_cut(order: CutOrder, *, cancel: CancelToken | None = None) -> CutEstimate:
    """Say how many tiles and about how many bytes a cut will have.

    Raises
    ------
    Cancelled, GeoparkError
        REFUSED_FILE when the area and the source do not meet, or it would be too many tiles.
    """
    cancel = cancel or CancelToken()
    area = _area(order)
    by_zoom: dict[int, int] = {}
    total = 0
    for zoom in order.zooms:
        cancel.check()
        count = 0
        for _tile in tiles_of_area(area, (zoom,)):
            count += 1
            if total + count > MOST_TILES:
                raise _refused("cut-too-many", most=MOST_TILES, zoom=zoom)
        by_zoom[zoom], total = count, total + count
    if order.source.form == GEOTIFF:
        size = float(total * _GEOTIFF_TILE_BYTES)
    else:
        with _opened(order.source) as file:
            size = sum(
                _sampled_bytes(file, area, zoom, count, cancel) for zoom, count in by_zoom.items()
            )
    return CutEstimate(tiles=total, by_zoom=by_zoom, byte_count=round(size * _OVERHEAD) + 24_576)


def cut_map(
    context: AppContext,
    order: CutOrder,
    out: Path,
    *,
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> CutReport:
    """Write the tiles of an area to a new MBTiles; stopped half way nothing is left.

    Raises
    ------
    Cancelled, GeoparkError
        As `estimate_cut`; DISK_FULL before anything is written where the room is too small.
    """
    cancel = cancel or CancelToken()
    estimate = estimate_cut(order, cancel=cancel)
    if out.suffix.lower() != ".mbtiles":
        out = out.with_name(f"{out.name}.mbtiles")
    if out.exists() and out.resolve() == order.source.path.resolve():
        raise GeoparkError(ErrorCode.BAD_VALUE, field="OUT", value=out, expected="OUT.mbtiles")
    with translated_os_errors(out.parent):
        free = shutil.disk_usage(out.parent).free
    if free < estimate.byte_count:
        raise GeoparkError(ErrorCode.DISK_FULL, path=out)
    if order.source.form == GEOTIFF:
        return _cut_geotiff(context, order, out, progress, cancel)
    return _cut_tiles(order, estimate.tiles, out, progress, cancel)


def _cut_tiles(
    order: CutOrder, total: int, out: Path, progress: ReportProgress, cancel: CancelToken
) -> CutReport:
    area = _area(order)
    written = missing = damaged = done = 0
    with _opened(order.source) as file, MbtilesWriter(out) as writer:
        for zoom, column, row in _by_zoom(area, order.zooms):
            cancel.check()
            done += 1
            progress(Progress(done=done, total=total, current=f"{zoom}/{column}/{row}"))
            try:
                data = file.stored(zoom, column, row)
            except GeoparkError:
                damaged += 1
                continue
            if data is None:
                missing += 1
            elif judged(data, is_vector=file.is_vector).state is TileState.DAMAGED:
                damaged += 1
            else:
                writer.add(zoom, column, flipped(zoom, row), data)
                written += 1
        if not written:
            raise _refused("tiles-not-there")
        layers = file.layers() if file.is_vector else ()
        writer.describe(_metadata(order, area, layers))
        writer.finish()
    return CutReport(
        path=out, tiles=written, missing=missing, damaged=damaged, byte_count=out.stat().st_size
    )


def _cut_geotiff(
    context: AppContext, order: CutOrder, out: Path, progress: ReportProgress, cancel: CancelToken
) -> CutReport:
    source = order.source
    file = BasemapFile(path=source.path, form=GEOTIFF, facts={}, byte_count=0)
    options = BasemapOptions(
        name_vi=order.name or source.name,
        source=source.credit,
        min_zoom=order.min_zoom,
        max_zoom=min(order.max_zoom, source.max_zoom),
    )
    with turned_into_tiles(
        context, file, options, area=mapping(order.area), progress=progress, cancel=cancel
    ) as made:
        tiles = look_at_basemap(context, made, cancel=cancel)
        temporary = out.with_name(f".{out.name}.part")
        with translated_os_errors(out):
            try:
                shutil.copyfile(made, temporary)
                temporary.replace(out)
            finally:
                temporary.unlink(missing_ok=True)
    return CutReport(
        path=out,
        tiles=int(tiles.facts["tiles"]),
        missing=0,
        damaged=0,
        byte_count=out.stat().st_size,
    )


def _area(order: CutOrder) -> BaseGeometry:
    area = order.area.intersection(box(*order.source.bounds))
    if area.is_empty or not order.zooms:
        raise _refused("tiles-not-there")
    return area


def _by_zoom(area: BaseGeometry, zooms: range) -> Iterator[tuple[int, int, int]]:
    for zoom in zooms:
        yield from tiles_of_area(area, (zoom,))


def _sampled_bytes(
    file: TileFile, area: BaseGeometry, zoom: int, count: int, cancel: CancelToken
) -> float:
    step = max(1, count // _SAMPLE)
    asked = found = 0
    for number, tile in enumerate(tiles_of_area(area, (zoom,))):
        if number % step:
            continue
        cancel.check()
        asked += 1
        try:
            found += len(file.stored(*tile) or b"")
        except GeoparkError:
            continue
    return found / asked * count if asked else 0.0


def _metadata(order: CutOrder, area: BaseGeometry, layers: tuple[str, ...]) -> dict[str, str]:
    west, south, east, north = area.bounds
    content = order.source.tile_format.rpartition("/")[2]
    found = {
        "name": order.name or order.source.name,
        "format": "pbf" if content == VECTOR else content,
        "type": "baselayer",
        "version": "1.0",
        "attribution": order.source.credit,
        "bounds": f"{west:.6f},{south:.6f},{east:.6f},{north:.6f}",
        "center": f"{(west + east) / 2:.6f},{(south + north) / 2:.6f},{order.zooms[0]}",
        "minzoom": str(order.zooms[0]),
        "maxzoom": str(order.zooms[-1]),
    }
    if layers:
        told = [{"id": name, "fields": {}} for name in layers]
        found["json"] = json.dumps({"vector_layers": told}, ensure_ascii=False)
    return found


@contextmanager
def _opened(source: CutSource) -> Iterator[TileFile]:
    with open_tile_file(source.path, source.tile_format) as file:
        yield file


def _refused(reason: str, **details: object) -> GeoparkError:
    return GeoparkError(ErrorCode.REFUSED_FILE, reason=reason, **details)
