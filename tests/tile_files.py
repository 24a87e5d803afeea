"""Small files of tiles for tests, made by code: MBTiles, PMTiles, GeoTIFF, vector tiles."""

import gzip
import io
import math
import sqlite3
import warnings
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from PIL import Image, ImageDraw
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from geopark_app.geo.tile_grid import Tile, flipped, tile_at

BOX = (106.60, 21.75, 106.90, 21.95)
"""Around Lạng Sơn city; west, south, east, north."""

Draw = Callable[[Tile], bytes]


def tiles_of(zooms: Iterable[int], box: tuple[float, float, float, float] = BOX) -> list[Tile]:
    """Give the tiles of a box."""
    west, south, east, north = box
    found = []
    for zoom in zooms:
        first, last = tile_at(west, north, zoom), tile_at(east, south, zoom)
        found += [
            Tile(zoom, column, row)
            for column in range(first.column, last.column + 1)
            for row in range(first.row, last.row + 1)
        ]
    return found


def picture(tile: Tile, form: str = "PNG") -> bytes:
    """Draw a tile: soft relief by position, its numbers in the middle."""
    side = 64
    image = Image.new("RGB", (side, side))
    for y in range(side):
        for x in range(side):
            at = (tile.column + x / side) * 3, (tile.row + y / side) * 3
            wave = math.sin(at[0] / 2 ** (tile.zoom - 8)) * math.cos(at[1] / 2 ** (tile.zoom - 8))
            image.putpixel(
                (x, y), (int(206 + 26 * wave), int(214 + 18 * wave), int(182 + 30 * wave))
            )
    image = image.resize((256, 256))
    ImageDraw.Draw(image).text((8, 8), f"{tile.zoom}/{tile.column}/{tile.row}", fill="#77705f")
    holder = io.BytesIO()
    image.save(holder, form)
    return holder.getvalue()


def write_mbtiles(
    path: Path,
    tiles: Mapping[Tile, bytes | None] | None = None,
    *,
    from_north: bool = False,
    **metadata: str,
) -> Path:
    """Write an MBTiles; without tiles, plain pictures of zooms 9 to 11."""
    content = tiles if tiles is not None else {one: picture(one) for one in tiles_of((9, 10, 11))}
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
    connection.execute(
        "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER,"
        " tile_data BLOB)"
    )
    connection.execute("CREATE UNIQUE INDEX tile_index ON tiles"
                       " (zoom_level, tile_column, tile_row)")  # fmt: skip
    told = {"name": "Nền thử", "attribution": "Sở thử nghiệm"} | metadata
    connection.executemany("INSERT INTO metadata VALUES (?, ?)", told.items())
    for tile, data in content.items():
        row = tile.row if from_north else flipped(tile.zoom, tile.row)
        connection.execute(
            "INSERT INTO tiles VALUES (?, ?, ?, ?)", (tile.zoom, tile.column, row, data)
        )
    connection.commit()
    connection.close()
    return path


def write_pmtiles(
    path: Path, tiles: Mapping[Tile, bytes], *, tile_type: TileType = TileType.PNG
) -> Path:
    """Write a PMTiles of version 3."""
    is_vector = tile_type is TileType.MVT
    with path.open("wb") as file:
        writer = Writer(file)
        for tile in sorted(tiles, key=lambda one: zxy_to_tileid(one.zoom, one.column, one.row)):
            data = gzip.compress(tiles[tile], mtime=0) if is_vector else tiles[tile]
            writer.write_tile(zxy_to_tileid(tile.zoom, tile.column, tile.row), data)
        west, south, east, north = (round(edge * 1e7) for edge in BOX)
        zooms = [tile.zoom for tile in tiles]
        header = {
            "tile_type": tile_type,
            "tile_compression": Compression.GZIP if is_vector else Compression.NONE,
            "min_zoom": min(zooms), "max_zoom": max(zooms),
            "min_lon_e7": west, "min_lat_e7": south, "max_lon_e7": east, "max_lat_e7": north,
            "center_zoom": min(zooms), "center_lon_e7": west, "center_lat_e7": south,
        }  # fmt: skip
        layers = [{"id": name, "fields": {}} for name in ("earth", "water", "roads", "places")]
        metadata = {"name": "Nền vector", "attribution": "© OpenStreetMap"}
        writer.finalize(header, metadata | ({"vector_layers": layers} if is_vector else {}))
    return path


Feature = tuple[int, list[tuple[float, float]], Mapping[str, str]]
"""Kind (1 point, 2 line, 3 area), corners in degrees, properties."""

GROUND: dict[str, list[Feature]] = {
    "earth": [(3, [(105, 20.5), (108, 20.5), (108, 23), (105, 23)], {"kind": "earth"})],
    "landuse": [(3, [(106.62, 21.86), (106.70, 21.88), (106.69, 21.94), (106.61, 21.93)],
                 {"kind": "forest"})],
    "water": [
        (2, [(106.60, 21.80), (106.68, 21.83), (106.76, 21.85), (106.80, 21.89), (106.90, 21.94)],
         {"kind": "river", "name": "Sông Kỳ Cùng"}),
        (3, [(106.72, 21.79), (106.75, 21.79), (106.75, 21.81), (106.72, 21.81)],
         {"kind": "lake", "name:vi": "Hồ Thâm Sỉnh", "name": "Tham Sinh"}),
    ],
    "roads": [
        (2, [(106.60, 21.76), (106.70, 21.82), (106.762, 21.853), (106.74, 21.95)],
         {"kind": "highway", "name": "Quốc lộ 1", "ref": "QL.1"}),
        (2, [(106.762, 21.853), (106.90, 21.80)], {"kind": "major_road", "name": "Quốc lộ 4B"}),
        (2, [(106.70, 21.82), (106.69, 21.94)], {"kind": "minor_road", "name": "Đường tỉnh 234"}),
    ],
    "places": [
        (1, [(106.762, 21.853)], {"kind": "locality", "kind_detail": "city", "name": "Lang Son",
                                  "name:vi": "Lạng Sơn"}),
        (1, [(106.70, 21.94)], {"kind": "locality", "kind_detail": "town", "name:vi": "Đồng Đăng",
                                "name": "Dong Dang"}),
        (1, [(106.84, 21.80)], {"kind": "locality", "kind_detail": "village", "name": "Lộc Bình"}),
    ],
}  # fmt: skip


def vector_tile(tile: Tile, ground: Mapping[str, list[Feature]] | None = None) -> bytes:
    """Write a vector tile of the ground; corners outside of the tile stay outside of it."""
    parts = [_layer(name, tile, features) for name, features in (ground or GROUND).items()]
    return b"".join(_text(3, part) for part in parts)


def _layer(name: str, tile: Tile, features: list[Feature]) -> bytes:
    keys: list[str] = []
    values: list[str] = []
    written = b""
    for kind, corners, properties in features:
        tags = []
        for key, value in properties.items():
            keys += [key] if key not in keys else []
            values += [value] if value not in values else []
            tags += [keys.index(key), values.index(value)]
        shape = _shape(kind, [_inside(tile, *corner) for corner in corners])
        written += _text(2, _text(2, _packed(tags)) + _number(3, kind) + _text(4, _packed(shape)))
    return (
        _number(15, 2)
        + _text(1, name.encode())
        + written
        + b"".join(_text(3, key.encode()) for key in keys)
        + b"".join(_text(4, _text(1, value.encode())) for value in values)
        + _number(5, 4096)
    )


def _shape(kind: int, corners: list[tuple[int, int]]) -> list[int]:
    before, moves = (0, 0), []
    for corner in corners:
        moves.append((_zigzag(corner[0] - before[0]), _zigzag(corner[1] - before[1])))
        before = corner
    shape = [9, *moves[0]]
    if len(moves) > 1:
        shape.append((len(moves) - 1) << 3 | 2)
        shape.extend(value for move in moves[1:] for value in move)
    return [*shape, 15] if kind == 3 else shape


def _inside(tile: Tile, lon: float, lat: float) -> tuple[int, int]:
    count = 1 << tile.zoom
    north = math.asinh(math.tan(math.radians(lat)))
    x = (lon + 180) / 360 * count - tile.column
    y = (1 - north / math.pi) / 2 * count - tile.row
    return round(x * 4096), round(y * 4096)


def _zigzag(value: int) -> int:
    return value << 1 if value >= 0 else (-value << 1) - 1


def _packed(values: list[int]) -> bytes:
    return b"".join(_varint(value) for value in values)


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _text(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    parts = []
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*parts, value])


def write_geotiff(path: Path, *, epsg: int = 3405, side: int = 300, pixel_m: float = 40.0) -> Path:
    """Write a GeoTIFF in metres around Lạng Sơn city: red in the west half, green in the east."""
    import numpy as np
    import rasterio

    pixels = np.zeros((3, side, side), dtype=np.uint8)
    pixels[0, :, : side // 2], pixels[1, :, side // 2 :] = 200, 180
    with warnings.catch_warnings():
        # rasterio 1.4 multiplies affine matrices in the way that affine 3.1 calls old.
        warnings.simplefilter("ignore", PendingDeprecationWarning)
        with rasterio.open(
            path, "w", driver="GTiff", width=side, height=side, count=3, dtype="uint8",
            crs=f"EPSG:{epsg}",
            transform=rasterio.Affine(pixel_m, 0, 675_000, 0, -pixel_m, 2_422_000),
            tiled=True, blockxsize=256, blockysize=256,
        ) as file:  # fmt: skip
            file.write(pixels)
    return path
