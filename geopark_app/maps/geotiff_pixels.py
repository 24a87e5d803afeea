"""The pixels of a GeoTIFF in the web grid, through rasterio; only the worker comes here."""

from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.geo.tile_grid import MOST_LAT, Box, Tile

MERCATOR_HALF_M = 20037508.342789244
_SIDE = 256
# A block of 8 × 8 tiles is turned at once: setting a turn up costs more than the pixels of a tile.
_BLOCK = 8


class TurnedPicture:
    """An open GeoTIFF, turned to EPSG:3857 where it is asked.

    Attributes
    ----------
    width, height, bands : int
        As in the file.
    crs : str
        EPSG code or name.
    bounds : Box
        WGS 84.
    pixel_m : float
        Size of a pixel in the web grid.
    largest_block_bytes : int
        What has to be unpacked at once to read one pixel.
    """

    def __init__(self, path: Path, crs: str) -> None:
        """Open the file; `crs` stands in for a system it does not say.

        Raises
        ------
        GeoparkError
            REFUSED_FILE: damaged, no system, or pixels that are no colours.
        """
        import rasterio
        from rasterio.errors import CRSError, RasterioError
        from rasterio.warp import calculate_default_transform, transform_bounds

        self._cached: tuple[tuple[int, int, int], Any] | None = None
        try:
            self._source = rasterio.open(path, driver="GTiff", sharing=False)
        except (RasterioError, OSError, ValueError) as error:
            raise _refused("damaged") from error
        try:
            source = self._source
            self._crs = rasterio.crs.CRS.from_string(crs) if crs else source.crs
            self._refuse_unplaced()
            self._look_at_bands()
            self.width, self.height, self.bands = source.width, source.height, source.count
            code = self._crs.to_epsg()
            self.crs = f"EPSG:{code}" if code else self._crs.to_string()[:80]
            west, south, east, north = transform_bounds(self._crs, "EPSG:4326", *source.bounds)
            self.bounds: Box = (west, max(south, -MOST_LAT), east, min(north, MOST_LAT))
            turned, _width, _height = calculate_default_transform(
                self._crs, "EPSG:3857", source.width, source.height, *source.bounds
            )
            self.pixel_m = abs(float(turned.a))
            rows, columns = max(source.block_shapes, key=lambda one: one[0] * one[1])
            self.largest_block_bytes = rows * columns * source.count
        except (CRSError, RasterioError, ValueError) as error:
            self.close()
            raise _refused("unknown-crs", crs=crs) from error
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "TurnedPicture":
        """Give the picture."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._source.close()

    def tile(self, tile: Tile) -> Image.Image | None:
        """Draw one tile as RGBA; None where the picture has nothing."""
        key = (tile.zoom, tile.column // _BLOCK, tile.row // _BLOCK)
        if self._cached is None or self._cached[0] != key:
            self._cached = (key, self._block(*key))
        block = self._cached[1]
        left, top = tile.column % _BLOCK * _SIDE, tile.row % _BLOCK * _SIDE
        part = block[:, top : top + _SIDE, left : left + _SIDE]
        if not part[3].any():
            return None
        return Image.fromarray(np.ascontiguousarray(part.transpose(1, 2, 0)), "RGBA")

    def _refuse_unplaced(self) -> None:
        if not self._crs:
            raise _refused("no-crs")
        if self._source.transform.is_identity:
            raise _refused("geotiff-no-place")

    def _look_at_bands(self) -> None:
        from rasterio.enums import ColorInterp

        source = self._source
        kinds = list(source.colorinterp)
        if any(name != "uint8" for name in source.dtypes):
            raise _refused("geotiff-no-colours", encoding=source.dtypes[0])
        self._alpha = kinds.index(ColorInterp.alpha) + 1 if ColorInterp.alpha in kinds else 0
        colours = [at for at in range(1, source.count + 1) if at != self._alpha]
        self._palette = None
        if kinds[0] is ColorInterp.palette:
            table = np.zeros((256, 4), dtype=np.uint8)
            for number, colour in source.colormap(1).items():
                table[number % 256] = colour
            self._palette = table
        if len(colours) not in {1, 3} and not (len(colours) > 3 and self._palette is None):
            raise _refused("geotiff-no-colours", encoding=str(source.count))
        self._colours = colours[:3] if len(colours) >= 3 else colours[:1]

    def _block(self, zoom: int, column: int, row: int) -> Any:
        from rasterio.enums import Resampling
        from rasterio.errors import RasterioError
        from rasterio.transform import from_origin
        from rasterio.vrt import WarpedVRT

        step = 2 * MERCATOR_HALF_M / (_SIDE << zoom)
        side = _BLOCK * _SIDE
        corner = from_origin(
            -MERCATOR_HALF_M + column * side * step, MERCATOR_HALF_M - row * side * step, step, step
        )
        smooth = Resampling.nearest if self._palette is not None else Resampling.bilinear
        try:
            with WarpedVRT(
                self._source,
                src_crs=self._crs,
                crs="EPSG:3857",
                transform=corner,
                width=side,
                height=side,
                resampling=smooth,
                add_alpha=not self._alpha,
            ) as turned:
                wanted = [*self._colours, self._alpha or turned.count]
                found = turned.read(wanted)
        except (RasterioError, OSError, ValueError) as error:
            raise _refused("damaged") from error
        return self._as_rgba(found)

    def _as_rgba(self, found: Any) -> Any:
        if self._palette is not None:
            rgba = self._palette[found[0]].transpose(2, 0, 1).copy()
            rgba[3] = np.minimum(rgba[3], found[-1])
            return rgba
        if len(found) == 2:
            return np.stack([found[0], found[0], found[0], found[1]])
        return found


def _refused(reason: str, **details: object) -> GeoparkError:
    return GeoparkError(ErrorCode.REFUSED_FILE, reason=reason, **details)
