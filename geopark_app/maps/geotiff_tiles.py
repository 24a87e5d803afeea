"""GeoTIFF to tiles: read through GDAL in the worker, turned once to the web grid, then WebP."""

import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image
from shapely.geometry import box, shape
from shapely.geometry.base import BaseGeometry

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.geo.tile_grid import HIGHEST_ZOOM, Tile, count_tiles, flipped, tiles_of_area
from geopark_app.maps.geotiff_pixels import MERCATOR_HALF_M, TurnedPicture
from geopark_app.store.mbtiles_writing import MbtilesWriter

MOST_PIXELS = 4_000_000_000
"""A scan of 63,000 × 63,000 pixels; larger ones have to be cut before."""

MOST_TILES = 150_000
_MOST_BLOCK_BYTES = 256 * 1024 * 1024
_SIDE = 256
_QUALITY = 82
_LEVELS_BELOW = 7
_TELL_EVERY = 16


def close_gdal_for_pictures() -> None:
    """Set what GDAL reads, before rasterio is imported: no net, no neighbours of the file."""
    os.environ["GDAL_DRIVER_PATH"] = "disable"
    os.environ["GDAL_DISABLE_READDIR_ON_OPEN"] = "EMPTY_DIR"
    os.environ["CPL_VSIL_CURL_ALLOWED_EXTENSIONS"] = "none"
    os.environ["GDAL_HTTP_TIMEOUT"] = "1"
    os.environ["GDAL_PAM_ENABLED"] = "NO"
    os.environ["GDAL_CACHEMAX"] = "256"
    os.environ["GDAL_NUM_THREADS"] = "1"
    os.environ["PROJ_NETWORK"] = "OFF"


def inspect_geotiff(job: Mapping[str, Any]) -> dict[str, Any]:
    """Say what a GeoTIFF is; `path`, `crs` (EPSG:n, or empty for its own).

    Returns
    -------
    dict
        width, height, bands, crs, crs_name, bounds, min_zoom and max_zoom proposed.

    Raises
    ------
    GeoparkError
        REFUSED_FILE with the reason.
    """
    with _opened(job) as picture:
        highest = _native_zoom(picture)
        return {
            "width": picture.width,
            "height": picture.height,
            "bands": picture.bands,
            "crs": picture.crs,
            "bounds": list(picture.bounds),
            "min_zoom": max(0, min(highest, max(7, highest - _LEVELS_BELOW))),
            "max_zoom": highest,
        }


def tile_geotiff(job: Mapping[str, Any]) -> dict[str, Any]:
    """Write `out`, an MBTiles, from the GeoTIFF `path`.

    Further keys: `crs`, `min_zoom`, `max_zoom` (None for the proposed ones), `area` (GeoJSON in
    WGS 84, or None for all of it), `metadata` (names and values), `progress` (a file that gets
    "done total" from time to time).

    Raises
    ------
    GeoparkError
        REFUSED_FILE with the reason, DISK_FULL.
    """
    with _opened(job) as picture:
        area: BaseGeometry = box(*picture.bounds)
        if job.get("area") is not None:
            area = area.intersection(shape(job["area"]))
        if area.is_empty:
            raise refused("tiles-not-there")
        highest = _zoom(job.get("max_zoom"), _native_zoom(picture))
        lowest = min(_zoom(job.get("min_zoom"), max(7, highest - _LEVELS_BELOW)), highest)
        needed = count_tiles(area, range(lowest, highest + 1), most=MOST_TILES)
        if needed > MOST_TILES:
            raise refused("geotiff-too-many", most=MOST_TILES, zoom=highest)
        tell = _Teller(job.get("progress"), needed)
        with MbtilesWriter(Path(job["out"])) as writer:
            kept = _draw_highest(writer, picture, area, highest, tell)
            if not kept:
                raise refused("tiles-not-there")
            count = len(kept)
            for zoom in range(highest - 1, lowest - 1, -1):
                kept = _draw_from_below(writer, kept, zoom, tell)
                count += len(kept)
            west, south, east, north = area.bounds
            writer.describe(
                {
                    **job["metadata"],
                    "format": "webp",
                    "type": "baselayer",
                    "version": "1.0",
                    "bounds": f"{west:.6f},{south:.6f},{east:.6f},{north:.6f}",
                    "minzoom": str(lowest),
                    "maxzoom": str(highest),
                }
            )
            writer.finish()
    return {"tiles": count, "min_zoom": lowest, "max_zoom": highest, "bounds": [*area.bounds]}


def refused(reason: str, **details: object) -> GeoparkError:
    """Give the error for a picture that is not taken."""
    return GeoparkError(ErrorCode.REFUSED_FILE, reason=reason, **details)


class _Teller:
    """Tells the parent how far the work is, through a small file."""

    def __init__(self, path: str | None, total: int) -> None:
        self._path = Path(path) if path else None
        self._total, self._done = total, 0
        self._parent = os.getppid()

    def step(self, count: int = 1) -> None:
        if os.getppid() != self._parent:
            # Nobody waits for this any more; hours of work would go on for nothing.
            raise refused("too-much", told="parent")
        before, self._done = self._done, self._done + count
        if self._path is not None and before // _TELL_EVERY != self._done // _TELL_EVERY:
            self._path.write_text(f"{self._done} {self._total}", encoding="ascii")


def _opened(job: Mapping[str, Any]) -> TurnedPicture:
    close_gdal_for_pictures()
    picture = TurnedPicture(Path(job["path"]), str(job.get("crs") or ""))
    try:
        _refuse_too_large(picture)
    except BaseException:
        picture.close()
        raise
    return picture


def _refuse_too_large(picture: TurnedPicture) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise refused("geotiff-too-large", rows=picture.height, columns=picture.width)
    if picture.largest_block_bytes > _MOST_BLOCK_BYTES:
        raise refused("geotiff-one-block")


def _native_zoom(picture: TurnedPicture) -> int:
    """Give the first zoom at which no pixel of the picture is lost by more than a half."""
    for zoom in range(HIGHEST_ZOOM):
        pixel_m = 2 * MERCATOR_HALF_M / (_SIDE << zoom)
        if pixel_m <= picture.pixel_m * 1.5:
            return zoom
    return HIGHEST_ZOOM


def _zoom(asked: int | None, otherwise: int) -> int:
    return otherwise if asked is None else min(max(int(asked), 0), HIGHEST_ZOOM)


def _draw_highest(
    writer: MbtilesWriter, picture: TurnedPicture, area: BaseGeometry, zoom: int, tell: _Teller
) -> set[tuple[int, int]]:
    """Draw the tiles of the highest zoom, some hundred pixels at a time, so that little is held."""
    kept: set[tuple[int, int]] = set()
    for tile in tiles_of_area(area, (zoom,)):
        drawn = picture.tile(tile)
        tell.step()
        if drawn is not None:
            writer.add(zoom, tile.column, flipped(zoom, tile.row), _packed(drawn))
            kept.add((tile.column, tile.row))
    return kept


def _draw_from_below(
    writer: MbtilesWriter, below: set[tuple[int, int]], zoom: int, tell: _Teller
) -> set[tuple[int, int]]:
    kept = {(column // 2, row // 2) for column, row in below}
    for column, row in sorted(kept):
        whole = Image.new("RGBA", (2 * _SIDE, 2 * _SIDE))
        for across in (0, 1):
            for down in (0, 1):
                part = Tile(zoom + 1, 2 * column + across, 2 * row + down)
                data = writer.tile(part.zoom, part.column, flipped(part.zoom, part.row))
                if data is not None:
                    with Image.open(io.BytesIO(data), formats=("WEBP",)) as quarter:
                        whole.paste(quarter.convert("RGBA"), (across * _SIDE, down * _SIDE))
        small = whole.resize((_SIDE, _SIDE), Image.Resampling.BOX)
        writer.add(zoom, column, flipped(zoom, row), _packed(small))
        tell.step()
    return kept


def _packed(picture: Image.Image) -> bytes:
    holder = io.BytesIO()
    plain = picture.convert("RGB") if picture.getchannel("A").getextrema()[0] == 255 else picture
    plain.save(holder, "WEBP", quality=_QUALITY, method=2)
    return holder.getvalue()
