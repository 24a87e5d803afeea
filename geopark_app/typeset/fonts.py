"""The bundled fonts: where they lie, and which characters they can show."""

from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

from geopark_app import paths
from geopark_app.domain.errors import ErrorCode, GeoparkError

SUBSTITUTE = "\N{REPLACEMENT CHARACTER}"
"""What is printed for a character no bundled font has: the sign made for it, a diamond with "?"."""

_FILES = (
    "NotoSans-Regular.ttf",
    "NotoSans-Italic.ttf",
    "NotoSans-SemiBold.ttf",
    "NotoSans-Bold.ttf",
)
_LAID_OUT_WITHOUT_GLYPH = frozenset("\n\t")
# Signs of the shipped forms that the fonts lack; so they are written where there are none.
_WRITTEN_AS = {"≤": "<=", "≥": ">="}


def font_files() -> tuple[Path, ...]:
    """Give the font files of documents: the print copies, whose letters stay whole in a PDF.

    Raises
    ------
    GeoparkError
        MISSING_PART when they were not fetched by the set-up.
    """
    folder = paths.bundled("resources", "web", "dist", "print")
    files = tuple(folder / name for name in _FILES)
    for file in files:
        if not file.is_file():
            raise GeoparkError(ErrorCode.MISSING_PART, path=file, part="fonts")
    return files


@lru_cache(maxsize=1)
def covered_characters() -> frozenset[int]:
    """Give the code points that every style can show."""
    covered: set[int] | None = None
    for file in font_files():
        with TTFont(file, lazy=True) as font:
            points = set(font.getBestCmap())
        covered = points if covered is None else covered & points
    return frozenset(covered or ())


def missing_characters(text: str) -> tuple[str, ...]:
    """Give the characters of a text that cannot be shown, each once, in order."""
    covered = covered_characters()
    found = (
        char
        for char in text
        if char not in _LAID_OUT_WITHOUT_GLYPH
        and char not in _WRITTEN_AS
        and ord(char) not in covered
    )
    return tuple(dict.fromkeys(found))


def printable(text: str) -> str:
    """Give the text with that sign in place of each character that cannot be shown."""
    for sign, written in _WRITTEN_AS.items():
        if sign in text and ord(sign) not in covered_characters():
            text = text.replace(sign, written)
    missing = missing_characters(text)
    return text.translate({ord(char): SUBSTITUTE for char in missing}) if missing else text
