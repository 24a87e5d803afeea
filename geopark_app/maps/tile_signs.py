"""What stands on the map in the place of a damaged tile: hatching with a word; and of none."""

import base64

EMPTY_PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJg"
    "gg=="
)
"""A clear pixel: nothing is known of this place, so nothing covers what lies below."""

DAMAGED_LAYER = "geopark_damaged"
"""Layer of the vector tile that stands for a damaged one; the style of the page hatches it."""

_EXTENT = 4096


def damaged_picture(words: str) -> bytes:
    """Give an SVG of one tile, hatched, with these words."""
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256">
<defs><pattern id="h" width="14" height="14" patternUnits="userSpaceOnUse"
 patternTransform="rotate(45)"><rect width="14" height="14" fill="#f3efe9"/>
<rect width="4" height="14" fill="#d8a29c"/></pattern></defs>
<rect width="256" height="256" fill="url(#h)"/>
<rect x="0.5" y="0.5" width="255" height="255" fill="none" stroke="#a5433a"/>
<rect x="48" y="112" width="160" height="32" rx="6" fill="#fffdfa" stroke="#a5433a"/>
<text x="128" y="133" text-anchor="middle" fill="#7c2118" font-size="14" font-weight="600"
 font-family="Noto Sans, Segoe UI, Arial, sans-serif">{words}</text></svg>""".encode()


def damaged_vector_tile() -> bytes:
    """Give a vector tile with one area over all of it and one point in its middle."""
    ring = [9, 0, 0, 26, *(_zigzag(value) for value in (_EXTENT, 0, 0, _EXTENT, -_EXTENT, 0)), 15]
    middle = [9, _zigzag(_EXTENT // 2), _zigzag(_EXTENT // 2)]
    layer = (
        _field(15, 2)
        + _text(1, DAMAGED_LAYER.encode())
        + _text(2, _field(3, 3) + _text(4, _packed(ring)))
        + _text(2, _field(3, 1) + _text(4, _packed(middle)))
        + _field(5, _EXTENT)
    )
    return _text(3, layer)


def _zigzag(value: int) -> int:
    return value << 1 if value >= 0 else (-value << 1) - 1


def _packed(values: list[int]) -> bytes:
    return b"".join(_varint(value) for value in values)


def _field(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _text(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    parts = []
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*parts, value])
