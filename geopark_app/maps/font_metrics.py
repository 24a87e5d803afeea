"""Widths of words on the page, read from the bundled font, for placing labels without Qt."""

from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

from geopark_app.paths import bundled

_GUESS_EM = 0.58
_GUESS_BOLD_EM = 0.63


def text_width(words: str, size: float, *, bold: bool = False) -> float:
    """Give the width of words in the unit of `size` (millimetres on a map).

    Without the bundled font it is an estimate on the wide side.
    """
    advances = _advances("NotoSans-Bold.ttf" if bold else "NotoSans-Regular.ttf")
    guess = _GUESS_BOLD_EM if bold else _GUESS_EM
    return size * sum(advances.get(ord(char), guess) for char in words)


@lru_cache(maxsize=4)
def _advances(file_name: str) -> dict[int, float]:
    path = bundled("resources", "web", "dist", "fonts", file_name)
    return _read_advances(path) if path.is_file() else {}


def _read_advances(path: Path) -> dict[int, float]:
    with TTFont(path, lazy=True) as font:
        units = font["head"].unitsPerEm
        widths = font["hmtx"].metrics
        return {
            point: widths[glyph][0] / units
            for point, glyph in font.getBestCmap().items()
            if point < 0x3000
        }
