"""Runs inside the worker: warps a GeoTIFF or raster MBTiles to the frame of a printed map."""

import html
import math
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geopark_app.exchange.file_trouble import refused

_TILES = "MBTiles"
_DRIVERS = ((b"II*\0", "GTiff"), (b"MM\0*", "GTiff"), (b"II+\0", "GTiff"), (b"MM\0+", "GTiff"),
            (b"SQLite format 3\0", _TILES))  # fmt: skip
# Formats that fetch or include other sources; a job opens one driver by name in any case.
_SKIPPED = "VRT,GTI,WMS,WMTS,WCS,HTTP,EEDA,EEDAI,STACTA,STACIT,PLMOSAIC,DAAS,Rasterlite,PDF,MRF,TIL"
_MOST_PIXELS = 60_000_000
_QUALITY = 86
_FINER = 1.5
_LONGEST_WORDS = 300
_LEAST_COVER = 0.0005


def warp_picture(job: Mapping[str, Any]) -> dict[str, Any]:
    """Warp `path` to `bounds` (west, south, east, north in metres of EPSG:`epsg`).

    Keys of the job: path, epsg, bounds, width, height (pixels), opacity (0 to 1, mixed with white),
    output (JPEG to write). The answer: attribution, name, ground_m (metres of one source pixel),
    cover (share of the frame with a picture), bytes.

    Raises
    ------
    GeoparkError
        REFUSED_FILE: no-picture, damaged, no-crs, picture-elsewhere, too-many-pixels.
    """
    path = Path(job["path"])
    driver = _driver_of(path)
    if driver == _TILES:
        path = _with_ending(path, Path(job["output"]).parent)
    _close_gdal()
    import rasterio
    from rasterio.errors import RasterioError

    if int(job["width"]) * int(job["height"]) > _MOST_PIXELS:
        raise refused("too-many-pixels")
    try:
        with rasterio.open(path, driver=driver) as source:
            if source.crs is None:
                raise refused("no-crs")
            if not source.count or set(source.dtypes) != {"uint8"}:
                raise refused("no-picture")
            tags = source.tags()
            colours, mask, transform, ground_m = _read(source, job)
            found = _warped(colours, mask, transform, source.crs, job)
    except RasterioError as error:
        raise refused("damaged") from error
    size, cover = _write(found, job)
    return {
        "name": _plain(tags.get("name", "")),
        "attribution": _plain(tags.get("attribution", "")),
        "ground_m": round(ground_m, 3),
        "cover": cover,
        "bytes": size,
    }


def _driver_of(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(16)
    for start, driver in _DRIVERS:
        if head.startswith(start):
            return driver
    raise refused("no-picture")


def _with_ending(path: Path, folder: Path) -> Path:
    """Give an MBTiles under a name GDAL takes: the catalogue keeps its files by hash alone."""
    if path.suffix.lower() == ".mbtiles":
        return path
    named = folder / "base.mbtiles"
    for give in (os.link, os.symlink, shutil.copyfile):
        try:
            give(path, named)
        except OSError:
            # Another disk, or one that knows no links: at the latest a copy works.
            continue
        return named
    raise refused("damaged")


def _close_gdal() -> None:
    """Set what GDAL reads from the environment; call before rasterio is imported."""
    os.environ["GDAL_SKIP"] = _SKIPPED
    os.environ["GDAL_DRIVER_PATH"] = "disable"
    os.environ["CPL_VSIL_CURL_ALLOWED_EXTENSIONS"] = "none"
    os.environ["GDAL_HTTP_TIMEOUT"] = "1"
    # Neither neighbours of the file nor notes beside it are read.
    os.environ["GDAL_DISABLE_READDIR_ON_OPEN"] = "EMPTY_DIR"
    os.environ["GDAL_PAM_ENABLED"] = "NO"


def _read(source: Any, job: Mapping[str, Any]) -> tuple[Any, Any, Any, float]:
    """Read what the frame needs, no finer than it is printed: GDAL takes overviews by itself."""
    import numpy as np
    from rasterio import Affine
    from rasterio.enums import ColorInterp
    from rasterio.errors import WindowError
    from rasterio.warp import transform_bounds
    from rasterio.windows import Window

    target = f"EPSG:{int(job['epsg'])}"
    west, south, east, north = transform_bounds(target, source.crs, *job["bounds"], densify_pts=21)
    whole = Window(0, 0, source.width, source.height)
    window = whole
    if source.transform.is_rectilinear:
        try:
            window = source.window(west, south, east, north).intersection(whole)
        except WindowError as error:
            raise refused("picture-elsewhere") from error
    # Whole pixels, and one more on each side for the edge.
    left, top = math.floor(window.col_off) - 1, math.floor(window.row_off) - 1
    right = math.ceil(window.col_off + window.width) + 1
    low = math.ceil(window.row_off + window.height) + 1
    window = Window(left, top, right - left, low - top).intersection(whole)
    rows = min(int(window.height), int(job["height"] * _FINER))
    columns = min(int(window.width), int(job["width"] * _FINER))
    if not rows or not columns:
        raise refused("picture-elsewhere")
    bands = (1, 2, 3) if source.count >= 3 else (1,)
    pixels = source.read(bands, window=window, out_shape=(len(bands), rows, columns))
    mask = source.dataset_mask(window=window, out_shape=(rows, columns))
    if len(bands) == 1:
        palette = np.arange(256, dtype=np.uint8)[:, None].repeat(3, axis=1)
        if source.colorinterp[0] is ColorInterp.palette:
            for index, colour in source.colormap(1).items():
                palette[index % 256] = colour[:3]
        pixels = palette[pixels[0]].transpose(2, 0, 1)
    at = source.window_transform(window)
    wide, high = window.width / columns, window.height / rows
    scale = Affine(at.a * wide, at.b * high, at.c, at.d * wide, at.e * high, at.f)
    ground_m = (job["bounds"][2] - job["bounds"][0]) / ((east - west) / abs(source.transform.a))
    return pixels, mask, scale, float(ground_m)


def _warped(colours: Any, mask: Any, transform: Any, crs: Any, job: Mapping[str, Any]) -> Any:
    """Give red, green, blue and the mask in the frame of the map."""
    import numpy as np
    from rasterio.enums import Resampling
    from rasterio.transform import from_bounds
    from rasterio.warp import reproject

    width, height = int(job["width"]), int(job["height"])
    found = np.zeros((4, height, width), dtype=np.uint8)
    for place, pixels in enumerate([*colours, mask]):
        reproject(
            np.ascontiguousarray(pixels),
            found[place],
            src_transform=transform,
            src_crs=crs,
            dst_transform=from_bounds(*job["bounds"], width, height),
            dst_crs=f"EPSG:{int(job['epsg'])}",
            resampling=Resampling.bilinear,
        )
    return found


def _write(found: Any, job: Mapping[str, Any]) -> tuple[int, float]:
    """Mix the picture with white paper and write it; gives its bytes and the share it covers."""
    import numpy as np
    from PIL import Image

    cover = float((found[3] > 127).mean())
    if cover < _LEAST_COVER:
        raise refused("picture-elsewhere")
    for band in range(3):
        share = found[3].astype(np.float32) * (float(job["opacity"]) / 255)
        found[band] = 255 - (255 - found[band].astype(np.float32)) * share
    picture = Image.fromarray(np.ascontiguousarray(found[:3].transpose(1, 2, 0)))
    output = Path(job["output"])
    picture.save(output, "JPEG", quality=_QUALITY, optimize=True)
    return output.stat().st_size, round(cover, 4)


def _plain(text: str) -> str:
    """Give words without markup: attributions of tiles are often HTML."""
    return html.unescape(re.sub(r"<[^<>]{0,400}>", "", text)).strip()[:_LONGEST_WORDS]
