"""Names of the communes and districts of before July 2025, in English word order."""

import re

from geopark_app.dossier.bilingual import Bilingual, same

_UNITS = {
    "xã": "commune",
    "phường": "ward",
    "thị trấn": "township",
    "thị xã": "town",
    "huyện": "district",
    "thành phố": "city",
}
# A name ends at a comma, semicolon, dash or bracket, at "and" or "or", or at the end.
_NAMED_UNIT = re.compile(
    r"\b(thị trấn|thị xã|thành phố|phường|huyện|xã) (.+?)(?= *[,;–(]| và | hoặc |$)", re.IGNORECASE
)
_SMALL_WORDS = {" và ": " and ", " hoặc ": " or ", "toàn vùng": "the whole area"}


def former_place(words: str) -> Bilingual:
    """Give "xã Yên Thịnh, huyện Hữu Lũng" also as "Yên Thịnh commune, Hữu Lũng district (former)".

    Words without a unit are names only and stay as they are.
    """
    vietnamese = same(words).vi
    english, count = _NAMED_UNIT.subn(_english_unit, vietnamese)
    for vi, en in _SMALL_WORDS.items():
        english = english.replace(vi, en)
    return Bilingual(vietnamese, f"{english} (former)" if count else english)


def _english_unit(match: re.Match[str]) -> str:
    return f"{match[2]} {_UNITS[match[1].lower()]}"
