"""A file of tiles, MBTiles or PMTiles, as the map asks it: by zoom, column and row from the north.

`open_tile_file(path, "mbtiles/png").answer(12, 3260, 1799)` is ok, missing or damaged.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.geo.tile_grid import flipped
from geopark_app.maps.pmtiles_file import PmtilesReader
from geopark_app.maps.tile_contents import layer_names_of, picture_of, vector_tile_of
from geopark_app.store.mbtiles import MbtilesReader

VECTOR = "mvt"
MBTILES, MBTILES_FROM_NORTH, PMTILES = "mbtiles", "mbtiles-xyz", "pmtiles"
_LOOKED_AT, _MOST_LAYERS = 40, 60
CONTAINERS = (MBTILES, MBTILES_FROM_NORTH, PMTILES)
"""How a `tile_format` begins; after a stroke stands png, jpg, webp or mvt.

Some programs count the rows of an MBTiles from the north, against its specification: found out
when the file is looked at, and kept in the format, because no question can find it out later.
"""


class TileState(Enum):
    """What came of asking for a tile."""

    OK = "ok"
    MISSING = "missing"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class TileAnswer:
    """A tile ready to draw; `content` is empty unless `state` is ok."""

    state: TileState
    media_type: str = ""
    content: bytes = b""


_MISSING = TileAnswer(state=TileState.MISSING)
_DAMAGED = TileAnswer(state=TileState.DAMAGED)


class TileFile:
    """An open file of tiles; close it, or use it in a `with`."""

    def __init__(self, reader: MbtilesReader | PmtilesReader, tile_format: str) -> None:
        """Ask `reader` for what `tile_format` says lies in it."""
        self._reader = reader
        container, _stroke, content = tile_format.partition("/")
        self._is_turned = container == MBTILES
        self.is_vector = content == VECTOR

    def __enter__(self) -> "TileFile":
        """Give the file."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._reader.close()

    def stored(self, zoom: int, column: int, row: int) -> bytes | None:
        """Give a tile as it lies in the file, None where there is none.

        Raises
        ------
        GeoparkError
            REFUSED_FILE when this place of the file is damaged.
        """
        return self._reader.tile(zoom, column, self._turned(zoom, row))

    def has(self, zoom: int, column: int, row: int) -> bool:
        """Say whether there is a tile that is not empty; a damaged place of the file has none."""
        try:
            return self._reader.has_tile(zoom, column, self._turned(zoom, row))
        except GeoparkError:
            return False

    def answer(self, zoom: int, column: int, row: int) -> TileAnswer:
        """Give a tile ready to draw; whatever lies in the file, this raises nothing."""
        if zoom < 0 or not (0 <= column < 1 << zoom and 0 <= row < 1 << zoom):
            return _MISSING
        try:
            data = self.stored(zoom, column, row)
        except GeoparkError:
            return _DAMAGED
        return _MISSING if data is None else judged(data, is_vector=self.is_vector)

    def layers(self) -> tuple[str, ...]:
        """Give the names of the layers of vector tiles, as told and as the first tiles have them.

        Raises nothing; a file that tells none and has no sound tile has none.
        """
        try:
            names = (*told_layers(self._reader.metadata()), *self._layers_seen())
            return tuple(dict.fromkeys(names))[:_MOST_LAYERS]
        except GeoparkError:
            return ()

    def _layers_seen(self) -> tuple[str, ...]:
        names: dict[str, None] = {}
        for tile in islice(self._reader.all_tiles(), _LOOKED_AT):
            data = tile[3] if isinstance(self._reader, MbtilesReader) else self._content(tile)
            plain = vector_tile_of(data) if isinstance(data, bytes) else None
            names.update(dict.fromkeys(layer_names_of(plain) if plain else ()))
        return tuple(names)[:_MOST_LAYERS]

    def _content(self, tile: tuple[object, ...]) -> bytes | None:
        offset, length = tile[3], tile[4]
        if not isinstance(self._reader, PmtilesReader):
            return None
        assert isinstance(offset, int)
        assert isinstance(length, int)
        return self._reader.content_at(offset, length)

    def _turned(self, zoom: int, row: int) -> int:
        return flipped(zoom, row) if self._is_turned else row


def judged(data: bytes, *, is_vector: bool) -> TileAnswer:
    """Say whether bytes are a tile that can be drawn; 0 bytes are no picture and an empty area."""
    if is_vector:
        if not data:
            return _MISSING
        plain = vector_tile_of(data)
        if plain is None:
            return _DAMAGED
        return TileAnswer(state=TileState.OK, media_type="application/x-protobuf", content=plain)
    picture = picture_of(data)
    if picture is None:
        return _DAMAGED
    return TileAnswer(state=TileState.OK, media_type=picture.media_type, content=data)


def told_layers(metadata: Mapping[str, str]) -> tuple[str, ...]:
    """Give the names of vector layers a file tells of itself; none when it tells nothing sound."""
    for name in ("json", "vector_layers"):
        try:
            found = json.loads(metadata.get(name) or "null")
        except (ValueError, RecursionError):
            continue
        layers = found.get("vector_layers") if isinstance(found, dict) else found
        if isinstance(layers, list):
            return tuple(
                str(one["id"])[:80]
                for one in layers[:_MOST_LAYERS]
                if isinstance(one, dict) and "id" in one
            )
    return ()


def open_tile_file(path: Path, tile_format: str) -> TileFile:
    """Open a file that was looked at before.

    Raises
    ------
    GeoparkError
        NOT_FOUND; REFUSED_FILE when it is none of ours any more.
    """
    container = tile_format.partition("/")[0]
    if container not in CONTAINERS:
        raise GeoparkError(ErrorCode.REFUSED_FILE, reason="tiles-content")
    reader = PmtilesReader(path) if container == PMTILES else MbtilesReader(path)
    return TileFile(reader, tile_format)
