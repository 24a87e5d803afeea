"""A likeness hash of a picture: pictures that look alike differ in few of its 64 bits."""

from PIL import Image

CLOSE_BITS = 6
"""Two pictures with at most so many different bits are taken for the same view, recompressed."""

_ACROSS, _DOWN = 9, 8
_HEX_DIGITS = 16


def likeness_of(picture: Image.Image) -> str:
    """Give the difference hash (dHash) of an upright picture as 16 hexadecimal digits.

    The picture is shrunk to 9 × 8 grey values; each bit says whether a value is brighter than its
    right neighbour. Size, compression and brightness hardly change it; turning it does.
    """
    grey = picture.convert("L").resize((_ACROSS, _DOWN), Image.Resampling.BOX)
    levels = grey.tobytes()
    bits = 0
    for row in range(_DOWN):
        for column in range(_ACROSS - 1):
            at = row * _ACROSS + column
            bits = bits << 1 | (levels[at] > levels[at + 1])
    return f"{bits:0{_HEX_DIGITS}x}"


def bits_apart(one: str, other: str) -> int:
    """Give in how many of the 64 bits two likeness hashes differ; 64 when one is no such hash."""
    try:
        return (int(one, 16) ^ int(other, 16)).bit_count()
    except ValueError:
        return _HEX_DIGITS * 4


def is_plain(likeness: str) -> bool:
    """Say whether a picture has too little in it to be told apart, such as a blank wall."""
    try:
        ones = int(likeness, 16).bit_count()
    except ValueError:
        return True
    # A smooth slope gives all bits or none: it is like every other smooth slope.
    return not CLOSE_BITS < ones < _HEX_DIGITS * 4 - CLOSE_BITS
