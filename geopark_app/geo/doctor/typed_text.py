"""Typed text made plain: one kind of mark for each meaning, words for axes as single letters."""

import re
import unicodedata

from geopark_app.geo.coordinate_error import CoordinateError, CoordinateProblem

AXES = "nhbseđwtplxy"
"""Letters that stand for an axis in plain text.

n: the letter N, north in English and south (nam) in Vietnamese; h: north; b: bắc; s: south;
e: east in English; đ: đông; w: west in English; t: tây; p: latitude; l: longitude; x, y.
"""
_MINUTE_MARKS = "'′’‘´`ʹʼ‵ʻ＇"
_SECOND_MARKS = '"″”“„˝ʺ〃‶＂'
_DEGREE_MARKS = "°º˚∘⁰ᵒ◦"
_MINUSES = "-−–—‐‑－"
_TABLE = str.maketrans(
    dict.fromkeys(_MINUTE_MARKS, "'")
    | dict.fromkeys(_SECOND_MARKS, '"')
    | dict.fromkeys(_DEGREE_MARKS, "°")
    | dict.fromkeys(_MINUSES, "-")
    | {"，": ",", "、": ",", "．": ".", "：": ":", "；": ";", "＋": "+", "\n": ";", "\t": ";"}
    | {"Ð": "Đ", "Ɖ": "Đ", "\r": ";", "（": "(", "）": ")", "＝": "="}
)
_L = f"[{AXES}]"


def _word(words: str) -> str:
    return rf"(?<![A-ZĐ])(?:{words})(?![A-ZĐ])"


_DEGREE_BEFORE_MINUTES = r"(\d)\s*(?:[ĐD]O|DEG(?:REES?)?|O|D)(?=[\s\d.,]*\d\s*(?:M|PHUT|'))"
_STEPS = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (_word("(?:HE )?TOA [ĐD]O|HE|VI TRI|GPS|COORDINATES?|POSITION|LOCATION|POINT"), " "),
        (_word("VI (?:[ĐD]O|TUYEN)|[ĐD]O VI|LAT(?:ITUDE)?"), "p"),
        (_word("KINH (?:[ĐD]O|TUYEN)|[ĐD]O KINH|LON|LNG|LONG|LONGITUDE"), "l"),
        (_DEGREE_BEFORE_MINUTES, r"\1°"),
        (r"(\d)\s*(?:[ĐD]O|DEG(?:REES?)?)(?![A-ZĐ])", r"\1°"),
        (r"(°\s*[\d.,]+)\s*(?:PHUT|MIN(?:UTES?)?|M)(?![A-ZĐ])", r"\1'"),
        (r"('\s*[\d.,]+)\s*(?:GIAY|SEC(?:ONDS?)?)(?![A-ZĐ])", r'\1"'),
        (r"('\s*[\d.,]+)\s*S(?=\s*[NSEWBĐDT](?![A-ZĐ]))", r'\1"'),
        (r"(\d)\s*M(?:ETRES?|ETERS?|ET)?(?=[EN]?(?![A-ZĐ]))", r"\1 "),
        (_word("NORTH(?:ING)?"), "h"),
        (_word("BAC|B"), "b"),
        (_word("SOUTH|NAM|S"), "s"),
        (_word("EAST(?:ING)?|E"), "e"),
        (_word("[ĐD]ONG|[ĐD]"), "đ"),
        (_word("WEST|W"), "w"),
        (_word("TAY|T"), "t"),
        (_word("N"), "n"),
        (_word("X"), "x"),
        (_word("Y"), "y"),
        (_word("VA|AND"), ";"),
        (r"(?<=\S)\s+-\s+(?=\d)", ";"),
        (r"[()\[\]{}=]", " "),
        (rf"[\"']\s*({_L})\s*[\"']", r"\1"),
        (rf"({_L})\s*:", r"\1 "),
        (r"''", '"'),
        (r"^[\s:]+", ""),
        (r"\s+", " "),
        (r"\s*[;/|]+[\s;/|,]*", ";"),
    )
)


def capitals(typed: str) -> str:
    """Give the text in capitals without tone marks (Đ stays), with plain marks and digits."""
    plain = []
    for char in unicodedata.normalize("NFC", typed.translate(_TABLE)):
        if unicodedata.category(char) == "Cf":
            continue
        if char.isspace():
            plain.append(" ")
        elif not char.isascii() and (digit := unicodedata.decimal(char, None)) is not None:
            plain.append(str(digit))
        else:
            plain.append(unicodedata.normalize("NFD", char)[0].upper())
    return "".join(plain).translate(_TABLE).replace("ß", "").strip(" ;,")


def with_axes(text: str, typed: str) -> str:
    """Give capitals with every axis word as one small letter of `AXES`.

    Raises
    ------
    CoordinateError
        UNREADABLE where words are left that say nothing about a coordinate.
    """
    for pattern, put in _STEPS:
        text = pattern.sub(put, text)
    text = text.strip(" ;,:")
    if re.search(rf"[^\d\s.,;:°'\"+\-{AXES}]", text):
        raise CoordinateError(CoordinateProblem.UNREADABLE, typed=typed)
    return text
