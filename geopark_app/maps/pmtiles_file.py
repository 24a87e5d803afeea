"""PMTiles version 3: one file of tiles with directories inside, read with limits."""

import json
import threading
import zlib
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

from pmtiles.tile import (
    Compression,
    Entry,
    HeaderDict,
    TileType,
    deserialize_directory,
    deserialize_header,
    find_tile,
    tileid_to_zxy,
    zxy_to_tileid,
)

from geopark_app.domain.errors import ErrorCode, GeoparkError

LARGEST_TILE = 8 * 1024 * 1024
_HEADER = 127
_LARGEST_DIRECTORY = 16 * 1024 * 1024
_LARGEST_METADATA = 4 * 1024 * 1024
_DEEPEST = 4
_KEPT_DIRECTORIES = 64
_BROKEN = (ValueError, EOFError, OverflowError, IndexError, KeyError, zlib.error, OSError,
           UnicodeDecodeError, MemoryError)  # fmt: skip


class PmtilesReader:
    """Reads one PMTiles file; rows are counted from the north, as in its tile numbers.

    Attributes
    ----------
    header : dict
        As the specification names its parts.
    """

    def __init__(self, path: Path) -> None:
        """Open the file and read its header.

        Raises
        ------
        GeoparkError
            REFUSED_FILE: no PMTiles of version 3, cut off, or packed in a way we cannot unpack.
        """
        self._lock = threading.Lock()
        self._directories: OrderedDict[tuple[int, int], list[Entry]] = OrderedDict()
        try:
            # Not mapped into memory: a stick that is pulled out would end the program.
            self._file = path.open("rb")
        except OSError as error:
            raise GeoparkError(ErrorCode.NOT_FOUND, path=path) from error
        try:
            self._size = path.stat().st_size
            self.header = self._read_header()
            self._directory(self.header["root_offset"], self.header["root_length"])
        except BaseException:
            self._file.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._file.close()

    def metadata(self) -> dict[str, str]:
        """Give names and values, those that are no text as JSON; empty where there are none."""
        header = self.header
        try:
            raw = self._bytes(header["metadata_offset"], header["metadata_length"])
            found = json.loads(_unpacked(raw, header["internal_compression"], _LARGEST_METADATA))
        except (*_BROKEN, GeoparkError, RecursionError):
            return {}
        return (
            {name: _words(value) for name, value in found.items()}
            if isinstance(found, dict)
            else {}
        )

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Give the bytes of a tile, still packed as in the file; None where there is none.

        Raises
        ------
        GeoparkError
            REFUSED_FILE when this place of the file is damaged.
        """
        entry = self._entry(zoom, column, row)
        if entry is None:
            return None
        return self._bytes(self.header["tile_data_offset"] + entry.offset, entry.length)

    def has_tile(self, zoom: int, column: int, row: int) -> bool:
        """Say whether there is a tile that is not empty, without reading it."""
        entry = self._entry(zoom, column, row)
        return entry is not None and entry.length > 0

    def all_tiles(self) -> Iterator[tuple[int, int, int, int, int]]:
        """Give zoom, column, row, offset and length of every tile; `content_at` reads it."""
        header = self.header
        waiting = [(header["root_offset"], header["root_length"], 0)]
        while waiting:
            offset, length, depth = waiting.pop()
            for entry in self._directory(offset, length):
                if entry.run_length == 0:
                    if depth >= _DEEPEST:
                        raise _refused("tiles-damaged")
                    at = header["leaf_directory_offset"] + entry.offset
                    waiting.append((at, entry.length, depth + 1))
                    continue
                for number in range(entry.run_length):
                    try:
                        zoom, column, row = tileid_to_zxy(entry.tile_id + number)
                    except _BROKEN as error:
                        raise _refused("tiles-damaged") from error
                    yield zoom, column, row, entry.offset, entry.length

    def content_at(self, offset: int, length: int) -> bytes:
        """Give the bytes of a tile by what `all_tiles` told."""
        return self._bytes(self.header["tile_data_offset"] + offset, length)

    def _entry(self, zoom: int, column: int, row: int) -> Entry | None:
        try:
            number = zxy_to_tileid(zoom, column, row)
        except _BROKEN:
            return None
        offset, length = self.header["root_offset"], self.header["root_length"]
        for _depth in range(_DEEPEST):
            found = find_tile(self._directory(offset, length), number)
            if found is None or found.run_length > 0:
                return found
            offset, length = self.header["leaf_directory_offset"] + found.offset, found.length
        raise _refused("tiles-damaged")

    def _read_header(self) -> HeaderDict:
        raw = self._bytes(0, min(_HEADER, self._size))
        if not raw.startswith(b"PMTiles"):
            raise _refused("tiles-no-database")
        if len(raw) < _HEADER:
            raise _refused("tiles-damaged")
        if raw[7] != 3:
            raise _refused("tiles-old-pmtiles")
        try:
            header = deserialize_header(raw)
        except _BROKEN as error:
            raise _refused("tiles-damaged") from error
        packings = {header["internal_compression"], header["tile_compression"]}
        if packings & {Compression.BROTLI, Compression.ZSTD}:
            raise _refused("tiles-packing")
        if header["tile_type"] not in {
            TileType.MVT, TileType.PNG, TileType.JPEG, TileType.WEBP,
        }:  # fmt: skip
            raise _refused("tiles-content")
        return header

    def _directory(self, offset: int, length: int) -> list[Entry]:
        key = (offset, length)
        known = self._directories.get(key)
        if known is not None:
            self._directories.move_to_end(key)
            return known
        try:
            packing = self.header["internal_compression"]
            plain = _unpacked(self._bytes(offset, length), packing, _LARGEST_DIRECTORY)
            # The library unpacks by itself, without a limit: it gets what was measured here.
            entries = deserialize_directory(_gzipped(plain))
        except _BROKEN as error:
            raise _refused("tiles-damaged") from error
        self._directories[key] = entries
        if len(self._directories) > _KEPT_DIRECTORIES:
            self._directories.popitem(last=False)
        return entries

    def _bytes(self, offset: int, length: int) -> bytes:
        if length > max(LARGEST_TILE, _LARGEST_DIRECTORY) or offset + length > self._size:
            raise _refused("tiles-damaged")
        try:
            with self._lock:
                self._file.seek(offset)
                found = self._file.read(length)
        except (OSError, ValueError) as error:
            raise _refused("tiles-damaged") from error
        if len(found) != length:
            raise _refused("tiles-damaged")
        return found


def unpacked(data: bytes, most: int) -> bytes | None:
    """Give what gzip or zlib packed, or the bytes themselves; None when broken or over `most`."""
    if data[:2] != b"\x1f\x8b" and not (data[:1] == b"\x78" and data[1:2] in b"\x01\x5e\x9c\xda"):
        return data if len(data) <= most else None
    engine = zlib.decompressobj(wbits=47)  # gzip or zlib, told by the head
    try:
        plain = engine.decompress(data, most)
    except zlib.error:
        return None
    return plain if engine.eof else None


def _words(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _unpacked(data: bytes, packing: Compression, most: int) -> bytes:
    plain = data if packing is Compression.NONE else unpacked(data, most)
    if plain is None:
        raise _refused("tiles-damaged")
    return plain


def _gzipped(plain: bytes) -> bytes:
    engine = zlib.compressobj(level=0, wbits=31)
    return engine.compress(plain) + engine.flush()


def _refused(reason: str) -> GeoparkError:
    return GeoparkError(ErrorCode.REFUSED_FILE, reason=reason)
