"""What a tile holds is told by its bytes: whole pictures, bombs, cut-off ones, vector tiles."""

import gzip
import io
import struct

import pytest
from PIL import Image

from geopark_app.geo.tile_grid import Tile
from geopark_app.maps.tile_contents import layer_names_of, picture_of, vector_tile_of
from geopark_app.maps.tile_files import TileState, judged
from geopark_app.maps.tile_signs import (
    DAMAGED_LAYER,
    EMPTY_PICTURE,
    damaged_picture,
    damaged_vector_tile,
)
from tests.tile_files import picture, vector_tile

TILE = Tile(12, 3262, 1793)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_whole_picture_is_one_and_a_part_is_none(form: str) -> None:
    data = picture(TILE, form)
    found = picture_of(data)
    assert found is not None
    assert (found.width, found.height) == (256, 256)
    assert found.media_type == f"image/{form.lower()}"
    for tenth in range(10):
        assert picture_of(data[: len(data) * tenth // 10]) is None


@pytest.mark.parametrize("lossless", [True, False])
def test_webp_with_transparency_is_read(lossless: bool) -> None:
    holder = io.BytesIO()
    Image.new("RGBA", (512, 256), (1, 2, 3, 99)).save(holder, "WEBP", lossless=lossless)
    found = picture_of(holder.getvalue())
    assert found is not None
    assert (found.width, found.height) == (512, 256)


def test_a_picture_bomb_is_no_tile() -> None:
    data = bytearray(picture(TILE))
    data[16:24] = struct.pack(">II", 60_000, 60_000)
    assert picture_of(bytes(data)) is None
    data[16:24] = struct.pack(">II", 0, 256)
    assert picture_of(bytes(data)) is None


@pytest.mark.parametrize("data", [b"", b"\0", b"<svg/>", b"<html>", b"\xff\xd8\xff\xe0" * 9])
def test_what_is_no_picture(data: bytes) -> None:
    assert judged(data, is_vector=False).state is TileState.DAMAGED


def test_vector_tiles_are_unpacked_and_named() -> None:
    plain = vector_tile(TILE)
    assert vector_tile_of(plain) == vector_tile_of(gzip.compress(plain)) == plain
    assert layer_names_of(plain) == ("earth", "landuse", "water", "roads", "places")
    assert judged(b"", is_vector=True).state is TileState.MISSING


def test_broken_vector_tiles_are_damaged() -> None:
    plain = vector_tile(TILE)
    packed = gzip.compress(plain)
    for tenth in range(1, 10):
        assert vector_tile_of(packed[: len(packed) * tenth // 10]) is None
    assert vector_tile_of(plain[:-3]) is None
    assert vector_tile_of(b"\x1a\x05hello") is None
    assert vector_tile_of(b"no tile") is None
    bomb = gzip.compress(bytes(30 * 1024 * 1024))
    assert vector_tile_of(bomb) is None


def test_the_signs_for_damage_are_sound_tiles_themselves() -> None:
    tile = damaged_vector_tile()
    assert vector_tile_of(tile) == tile
    assert layer_names_of(tile) == (DAMAGED_LAYER,)
    assert b"damaged" in damaged_picture("damaged")
    assert picture_of(EMPTY_PICTURE) is not None
