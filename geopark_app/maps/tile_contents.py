"""What a tile holds, told by its bytes alone: a whole picture, a sound vector tile, or damage."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from geopark_app.maps.pmtiles_file import unpacked

MOST_PIXELS_A_SIDE = 2048
LARGEST_VECTOR_TILE = 8 * 1024 * 1024
"""Unpacked: larger ones would hold the map up for seconds."""

_START_OF_FRAME = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


@dataclass(frozen=True, slots=True, kw_only=True)
class TilePicture:
    """A picture by its head: media type and size in pixels."""

    media_type: str
    width: int
    height: int


def picture_of(data: bytes) -> TilePicture | None:
    """Give what a whole PNG, JPEG or WebP of the size of a tile is; None for anything else.

    Only head and end are read: nothing is decoded, so nothing can burst.
    """
    found = _png(data) or _jpeg(data) or _webp(data)
    if found is None or not min(found.width, found.height) >= 1:
        return None
    return found if max(found.width, found.height) <= MOST_PIXELS_A_SIDE else None


def vector_tile_of(data: bytes) -> bytes | None:
    """Give a vector tile unpacked, None when it is damaged or too large."""
    plain = unpacked(data, LARGEST_VECTOR_TILE)
    return plain if plain is not None and _is_vector_tile(plain) else None


def layer_names_of(plain: bytes) -> tuple[str, ...]:
    """Give the names of the layers of an unpacked vector tile that is sound."""
    names: list[str] = []
    for number, layer in _fields(plain):
        if number == 3 and isinstance(layer, bytes):
            names.extend(
                name.decode("utf-8", errors="replace")
                for inner, name in _fields(layer)
                if inner == 1 and isinstance(name, bytes)
            )
    return tuple(names)


def _png(data: bytes) -> TilePicture | None:
    if not data.startswith(b"\x89PNG\r\n\x1a\n") or data[12:16] != b"IHDR":
        return None
    if data[-8:-4] != b"IEND":
        return None
    width, height = struct.unpack(">II", data[16:24])
    return TilePicture(media_type="image/png", width=width, height=height)


def _jpeg(data: bytes) -> TilePicture | None:
    if not data.startswith(b"\xff\xd8\xff") or b"\xff\xd9" not in data[-64:]:
        return None
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in _START_OF_FRAME:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return TilePicture(media_type="image/jpeg", width=width, height=height)
        at += 2 + length
    return None


def _webp(data: bytes) -> TilePicture | None:
    if not data.startswith(b"RIFF") or data[8:12] != b"WEBP" or len(data) < 30:
        return None
    if int.from_bytes(data[4:8], "little") + 8 > len(data):
        return None
    match data[12:16]:
        case b"VP8X":
            width = int.from_bytes(data[24:27], "little") + 1
            height = int.from_bytes(data[27:30], "little") + 1
        case b"VP8L":
            bits = int.from_bytes(data[21:25], "little")
            width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            width, height = (
                int.from_bytes(data[at : at + 2], "little") & 0x3FFF for at in (26, 28)
            )
        case _other:
            return None
    return TilePicture(media_type="image/webp", width=width, height=height)


def _is_vector_tile(plain: bytes) -> bool:
    """Walk tile, layers and the heads of their features; bytes that are no tile end the walk."""
    try:
        for number, layer in _fields(plain):
            if number != 3 or not isinstance(layer, bytes):
                return False
            has_name = False
            for inner, value in _fields(layer):
                has_name = has_name or (inner == 1 and isinstance(value, bytes))
                if inner == 2 and not (isinstance(value, bytes) and _is_feature(value)):
                    return False
            if not has_name:
                return False
    except (ValueError, IndexError):
        return False
    return True


def _is_feature(feature: bytes) -> bool:
    return all(number in {1, 2, 3, 4} for number, _value in _fields(feature))


def _fields(data: bytes) -> Iterator[tuple[int, bytes | int]]:
    """Give number and value of each field of a protobuf message."""
    at, end = 0, len(data)
    while at < end:
        key, at = _varint(data, at)
        kind = key & 7
        if kind == 0:
            value, at = _varint(data, at)
            yield key >> 3, value
            continue
        if kind == 2:
            length, at = _varint(data, at)
        elif kind in {1, 5}:
            length = 8 if kind == 1 else 4
        else:
            raise ValueError(kind)
        if at + length > end:
            raise ValueError(length)
        yield key >> 3, data[at : at + length]
        at += length


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = data[at]
    at += 1
    if value < 0x80:
        return value, at
    value &= 0x7F
    for shift in range(7, 70, 7):
        part = data[at]
        at += 1
        value |= (part & 0x7F) << shift
        if part < 0x80:
            return value, at
    raise ValueError(value)
