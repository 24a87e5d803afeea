"""A file of tiles, MBTiles or PMTiles, as the map asks it: by zoom, column and row from the north.

    file = open_tile_file(path, "mbtiles/png")
    answer = file.answer(12, 3260, 1799)   # answer.state is ok, missing or damaged
"""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.geo.tile_grid import flipped
from geopark_app.maps.pmtiles_file import PmtilesReader
from geopark_app.maps.tile_contents import picture_of, vector_tile_of
from geopark_app.store.mbtiles import MbtilesReader

VECTOR = "mvt"
MBTILES, MBTILES_FROM_NORTH, PMTILES = "mbtiles", "mbtiles-xyz", "pmtiles"
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
