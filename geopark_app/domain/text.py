"""Vietnamese text: normal form, search form without accents, and dictionary order."""

import re
import unicodedata
from functools import lru_cache

# The categories Cc and Cs but line breaks and tabs; a pattern is many times quicker than asking
# for the category of each character, and imports clean millions.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# Vietnamese dictionary order of the base letters (a ă â b c d đ e ê … o ô ơ … u ư …) and of the
# tones (level, grave, hook, tilde, acute, dot), as in Vietnamese dictionaries and CLDR `vi`.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_ORDER = {letter: index for index, letter in enumerate(_ALPHABET)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_LETTER_MARKS = {"\u0306", "\u0302", "\u031b"}


def nfc(text: str) -> str:
    """Give the text in Unicode normal form C, the only form the catalogue stores."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """Give the text in NFC without control characters (line breaks and tabs stay)."""
    return _CONTROL.sub("", nfc(text))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Give the text as it is searched: lower case, without accents, đ as d.

    NFC and NFD input give the same result. Empty input gives an empty text.
    """
    folded = text.casefold()
    if folded.isascii():
        return folded
    return unicodedata.normalize("NFD", folded).translate(_BARE)


class _BareLetters(dict[int, int | None]):
    """What each character becomes in `fold`: marks go, đ is d; told once for each character."""

    def __missing__(self, code: int) -> int | None:
        bare = None if unicodedata.combining(chr(code)) else code
        self[code] = bare
        return bare


_BARE = _BareLetters({ord("đ"): ord("d")})


@lru_cache(maxsize=65536)
def sort_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...], str]:
    """Give a key that sorts text in Vietnamese dictionary order.

    Letters are compared first, then tones, then the text itself, so that "ban, bàn, bạn" stand
    together and "đ" follows "d". Digits and signs stand before letters.
    """
    letters: list[int] = []
    tones: list[int] = []
    for char in nfc(text).casefold():
        marks = unicodedata.normalize("NFD", char)
        base = unicodedata.normalize(
            "NFC", marks[0] + "".join(mark for mark in marks[1:] if mark in _LETTER_MARKS)
        )
        letters.append(_ORDER[base] + 1000 if base in _ORDER else _rank_of_sign(base))
        tones.append(next((_TONES[mark] for mark in marks if mark in _TONES), 0))
    return tuple(letters), tuple(tones), text


def _rank_of_sign(char: str) -> int:
    point = ord(char[0])
    return min(point, 999) if point < 1000 else point + 1000
