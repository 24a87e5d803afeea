"""What a foreign file of tiles holds: looked at tile by tile, in the worker."""

import io
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image
from pmtiles.tile import TileType

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.geo.tile_grid import HIGHEST_ZOOM, Box, box_of_tiles, flipped
from geopark_app.maps.pmtiles_file import PmtilesReader
from geopark_app.maps.tile_contents import layer_names_of, picture_of, vector_tile_of
from geopark_app.maps.tile_files import MBTILES, MBTILES_FROM_NORTH, PMTILES, VECTOR, told_layers
from geopark_app.store.mbtiles import MbtilesReader

MOST_TILES = 5_000_000
_MOST_READ = 300_000
_MOST_DECODED = 120
_MOST_NAMED = 50
_MOST_UNINDEXED = 2_000
_NAMES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
_PICTURE_TYPES = {TileType.PNG: "png", TileType.JPEG: "jpg", TileType.WEBP: "webp"}
_SQLITE, _PMTILES = b"SQLite format 3\0", b"PMTiles"
_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_MERCATOR = ("3857", "900913", "mercator")

Block = tuple[int, int, int, int, int, int]
"""Zoom, tiles, first and last column, first and last row."""


@dataclass(slots=True)
class _Count:
    read: int = 0
    empty: int = 0
    damaged: int = 0
    named: list[list[int]] = field(default_factory=list)
    contents: dict[str, int] = field(default_factory=dict)
    layers: dict[str, None] = field(default_factory=dict)


def kind_of_tiles(head: bytes) -> str:
    """Tell a file by its first bytes: mbtiles, pmtiles, geotiff, or empty for none of them."""
    if head.startswith(_SQLITE):
        return MBTILES
    if head.startswith(_PMTILES):
        return PMTILES
    return "geotiff" if head.startswith(_TIFF) else ""


def survey_tiles(job: Mapping[str, Any]) -> dict[str, Any]:
    """Look at the file `path`; `around` is the box the office works in, or None.

    Returns
    -------
    dict
        tile_format, min_zoom, max_zoom, bounds, tiles, read, empty, damaged, examples (zoom,
        column, row of damaged ones), name, attribution, layers, warnings.

    Raises
    ------
    GeoparkError
        REFUSED_FILE with the reason.
    """
    path = Path(job["path"])
    with path.open("rb") as file:
        kind = kind_of_tiles(file.read(16))
    if kind == MBTILES:
        return _survey_mbtiles(path, _box(job.get("around")))
    if kind == PMTILES:
        return _survey_pmtiles(path)
    raise _refused("tiles-no-database")


def _survey_mbtiles(path: Path, around: Box | None) -> dict[str, Any]:
    if path.with_name(f"{path.name}-wal").exists():
        raise _refused("tiles-open-elsewhere")
    with MbtilesReader(path) as reader:
        metadata = reader.metadata()
        _check_projection(metadata)
        blocks = _usable(reader.blocks())
        tiles = sum(block[1] for block in blocks)
        if tiles > _MOST_UNINDEXED and not reader.is_indexed():
            raise _refused("tiles-no-index")
        count = _Count()
        step = max(1, tiles // _MOST_DECODED)
        for number, (zoom, column, row, data) in enumerate(reader.all_tiles()):
            if number >= _MOST_READ:
                break
            _judge(count, (zoom, column, row), data, is_decoded=number % step == 0)
    told = _told_bounds(metadata.get("bounds", ""))
    from_south = _bounds_of(blocks, from_south=True)
    from_north = _bounds_of(blocks, from_south=False)
    wanted = told or around
    is_turned = (
        metadata.get("scheme", "").lower() == "xyz"
        or (wanted is not None and not _meet(from_south, wanted) and _meet(from_north, wanted))
    )  # fmt: skip
    answer = _answer(
        container=MBTILES_FROM_NORTH if is_turned else MBTILES,
        content=_content(count, metadata.get("format", "")),
        blocks=blocks,
        bounds=_within(from_north if is_turned else from_south, told),
        count=count,
        metadata=metadata,
    )
    if is_turned:
        answer["warnings"].insert(0, ["tiles-from-north"])
    return answer


def _survey_pmtiles(path: Path) -> dict[str, Any]:
    reader = PmtilesReader(path)
    try:
        count, blocks = _Count(), dict[int, list[int]]()
        header = reader.header
        step = max(1, header["tile_contents_count"] // _MOST_DECODED)
        seen: dict[int, bool] = {}
        tiles = 0
        for zoom, column, row, offset, length in reader.all_tiles():
            tiles += 1
            if tiles > MOST_TILES:
                raise _refused("tiles-too-many", most=MOST_TILES)
            _widen(blocks, zoom, column, row)
            if offset in seen or len(seen) >= _MOST_READ:
                continue
            try:
                data: bytes | None = reader.content_at(offset, length)
            except GeoparkError:
                data = None
            seen[offset] = True
            _judge(count, (zoom, column, row), data, is_decoded=len(seen) % step == 0)
        metadata = reader.metadata()
        found = _usable([(zoom, *values) for zoom, values in sorted(blocks.items())])  # type: ignore[misc]
        told = _degrees([header[f"{side}_e7"] / 1e7 for side in (  # type: ignore[literal-required]
            "min_lon", "min_lat", "max_lon", "max_lat")])  # fmt: skip
        return _answer(
            container=PMTILES,
            content=_content(count, _PICTURE_TYPES.get(header["tile_type"], VECTOR)),
            blocks=found,
            bounds=_within(_bounds_of(found, from_south=False), told),
            count=count,
            metadata=metadata,
        )
    finally:
        reader.close()


def _judge(
    count: _Count, at: tuple[int, int, int], data: bytes | None, *, is_decoded: bool
) -> None:
    count.read += 1
    content = ""
    if not data:
        count.empty += 1
    elif (picture := picture_of(data)) is not None:
        content = _NAMES[picture.media_type]
        if is_decoded and not _decodes(data):
            content = ""
    elif (plain := vector_tile_of(data)) is not None:
        content = VECTOR
        if is_decoded:
            count.layers.update(dict.fromkeys(layer_names_of(plain)[:60]))
    if content:
        count.contents[content] = count.contents.get(content, 0) + 1
        return
    count.damaged += bool(data)
    if len(count.named) < _MOST_NAMED:
        count.named.append(list(at))


def _decodes(data: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as picture:
            picture.load()
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError):
        return False
    return True


def _content(count: _Count, told: str) -> str:
    """Give what most of the sound tiles are: bytes do not lie, the table may."""
    if not count.contents:
        raise _refused("tiles-no-pictures" if count.damaged or count.empty else "tiles-empty")
    is_vector = count.contents.get(VECTOR, 0) * 2 > sum(count.contents.values())
    if is_vector:
        return VECTOR
    pictures = {name: number for name, number in count.contents.items() if name != VECTOR}
    return told if told in pictures else max(pictures, key=lambda name: pictures[name])


def _answer(
    *,
    container: str,
    content: str,
    blocks: list[Block],
    bounds: Box,
    count: _Count,
    metadata: Mapping[str, str],
) -> dict[str, Any]:
    lowest, highest = blocks[0][0], blocks[-1][0]
    bad = count.damaged + (0 if content == VECTOR else count.empty)
    warnings: list[list[str]] = []
    if bad:
        warnings.append(["tiles-some-damaged", str(bad), str(count.read)])
    if lowest < 7:
        warnings.append(["tiles-low-zooms", str(lowest)])
    attribution = _plain(metadata.get("attribution", ""))
    if not attribution:
        warnings.append(["tiles-no-credit"])
    layers = tuple(count.layers) or told_layers(metadata)
    return {
        "tile_format": f"{container}/{content}",
        "min_zoom": lowest,
        "max_zoom": highest,
        "bounds": list(bounds),
        "tiles": sum(block[1] for block in blocks),
        "by_zoom": {str(block[0]): block[1] for block in blocks},
        "read": count.read,
        "empty": count.empty,
        "damaged": bad,
        "examples": count.named if content != VECTOR or count.damaged else [],
        "name": _plain(metadata.get("name", ""))[:120],
        "attribution": attribution[:400],
        "layers": sorted(layers),
        "warnings": warnings,
    }


def _usable(blocks: list[Block]) -> list[Block]:
    """Leave zooms and numbers that the grid has; a file without any is no map."""
    found = []
    for block in blocks:
        zoom, tiles, *edges = block
        if 0 <= zoom <= HIGHEST_ZOOM and all(0 <= edge < 1 << zoom for edge in edges):
            found.append(block)
        elif tiles and not 0 <= zoom <= 30:
            raise _refused("tiles-columns")
    if not found:
        raise _refused("tiles-columns" if blocks else "tiles-empty")
    if sum(block[1] for block in found) > MOST_TILES:
        raise _refused("tiles-too-many", most=MOST_TILES)
    return found


def _bounds_of(blocks: list[Block], *, from_south: bool) -> Box:
    zoom, _tiles, west, east, first, last = blocks[-1]
    if from_south:
        first, last = flipped(zoom, last), flipped(zoom, first)
    return box_of_tiles(zoom, west, first, east, last)


def _widen(blocks: dict[int, list[int]], zoom: int, column: int, row: int) -> None:
    known = blocks.setdefault(zoom, [0, column, column, row, row])
    known[0] += 1
    known[1], known[2] = min(known[1], column), max(known[2], column)
    known[3], known[4] = min(known[3], row), max(known[4], row)


def _check_projection(metadata: Mapping[str, str]) -> None:
    told = " ".join(
        metadata.get(name, "") for name in ("crs", "srs", "projection", "profile")
    ).lower()
    if told.strip() and not any(word in told for word in _MERCATOR):
        raise _refused("tiles-projection", crs=told.strip()[:60])


def _told_bounds(text: str) -> Box | None:
    try:
        return _degrees([float(part) for part in text.split(",")])
    except ValueError:
        return None


def _degrees(values: list[float]) -> Box | None:
    if len(values) != 4 or not all(math.isfinite(value) for value in values):
        return None
    west, south, east, north = values
    is_box = -180 <= west < east <= 180 and -90 <= south < north <= 90
    return (west, south, east, north) if is_box else None


def _box(values: object) -> Box | None:
    return _degrees([float(value) for value in values]) if isinstance(values, list) else None


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _within(tiles: Box, told: Box | None) -> Box:
    if told is None or not _meet(tiles, told):
        return tiles
    return (
        max(tiles[0], told[0]), max(tiles[1], told[1]),
        min(tiles[2], told[2]), min(tiles[3], told[3]),
    )  # fmt: skip


def _plain(text: str) -> str:
    """Give words without the links some programs write into them as HTML."""
    parts = []
    for piece in text.split("<"):
        _tag, sign, rest = piece.partition(">")
        parts.append(rest if sign else piece)
    words = "".join(parts).replace("&copy;", "©").replace("&amp;", "&")
    return " ".join(words.split())


def _refused(reason: str, **details: object) -> GeoparkError:
    return GeoparkError(ErrorCode.REFUSED_FILE, reason=reason, **details)
