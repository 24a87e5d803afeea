"""Which encoding a text has: byte marks, then strict UTF-8, then the letters it would give."""

import codecs
import re
from dataclasses import dataclass

from geopark_app.domain.text import nfc
from geopark_app.exchange.file_trouble import refused
from geopark_app.exchange.legacy_vietnamese import CONVERTERS, legacy_font_of, vietnamese_share

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {"tcvn3": "TCVN3", "tcvn": "TCVN3", "abc": "TCVN3", "vni": "VNI"}
_SAMPLE = 262_144
_NULL_SHARE = 0.3
_LOST_LETTER = re.compile(r"\w\?+\w|\?\w")
_LOST_ONE_IN = 60


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the encoding it was told to have."""

    text: str
    encoding: str


def decode(content: bytes, encoding: str | None = None) -> Decoded:
    """Give the text of a file; a named encoding is taken at its word.

    Raises
    ------
    GeoparkError
        REFUSED_FILE: the named encoding is unknown or does not fit the bytes.
    """
    if encoding:
        return _decode_named(content, encoding)
    for mark, name in _MARKS:
        if content.startswith(mark):
            return Decoded(_strict(content, name), name)
    if wide := _utf16_without_mark(content):
        return Decoded(_strict(content, wide), wide)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decode_single_bytes(content)


def _decode_named(content: bytes, encoding: str) -> Decoded:
    legacy = _NAMES.get(encoding.casefold().replace("-", "").replace("_", ""))
    if legacy:
        return Decoded(nfc(CONVERTERS[legacy](_latin(content))), legacy)
    try:
        name = codecs.lookup(encoding).name
    except LookupError as error:
        raise refused("unknown-encoding", encoding=encoding) from error
    if name == "utf-8":
        name = "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else name
    return Decoded(nfc(_strict(content, name)), name)


def _strict(content: bytes, name: str) -> str:
    try:
        return content.decode(name)
    except (UnicodeDecodeError, UnicodeError, LookupError) as error:
        raise refused("wrong-encoding", encoding=name) from error


def _utf16_without_mark(content: bytes) -> str | None:
    sample = content[:4096]
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    if sample[1::2].count(0) > pairs * _NULL_SHARE:
        return "utf-16-le"
    if sample[0::2].count(0) > pairs * _NULL_SHARE:
        return "utf-16-be"
    return None


def _decode_single_bytes(content: bytes) -> Decoded:
    name = single_byte_encoding(content[:_SAMPLE])
    if name in CONVERTERS:
        return Decoded(nfc(CONVERTERS[name](_latin(content))), name)
    text = content.decode("cp1258", "replace") if name == "cp1258" else _latin(content)
    return Decoded(nfc(text), name)


def single_byte_encoding(sample: bytes) -> str:
    """Tell cp1258, TCVN3, VNI or cp1252 by which of them gives Vietnamese syllables."""
    latin = _latin(sample)
    if len(_LOST_LETTER.findall(latin)) > len(latin) / _LOST_ONE_IN:
        # Letters were lost before us; what is left proves no old font.
        return "cp1252"
    shares = {
        "cp1258": vietnamese_share(nfc(sample.decode("cp1258", "replace"))),
        **{name: vietnamese_share(convert(latin)) for name, convert in CONVERTERS.items()},
    }
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= 0.5 else "cp1252"


def _latin(content: bytes) -> str:
    # The five bytes cp1252 leaves undefined must not stop the reading.
    return content.decode("cp1252", "surrogateescape").translate(_UNDEFINED)


_UNDEFINED = {0xDC00 + byte: byte for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}


def has_lost_letters(text: str) -> bool:
    """Say whether question marks stand where letters were."""
    return len(_LOST_LETTER.findall(text)) > max(3, len(text) / _LOST_ONE_IN)


def mend_cells(cells: list[list[str]]) -> tuple[list[list[str]], str | None]:
    """Convert decoded cells that are text of the old fonts; give them and the font's name."""
    accented = [cell for row in cells for cell in row if not cell.isascii()]
    sample = "\n".join(accented)[:_SAMPLE]
    font = legacy_font_of(sample) if sample else None
    if font is None:
        return cells, None
    return [[_mended(cell, font) for cell in row] for row in cells], font


def _mended(cell: str, font: str) -> str:
    if cell.isascii():
        return cell
    converted = nfc(CONVERTERS[font](cell))
    return converted if vietnamese_share(converted) >= vietnamese_share(cell) else cell
