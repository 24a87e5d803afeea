"""Vietnamese text: normal form, search form without accents, and dictionary order."""

import unicodedata
from functools import lru_cache

_CONTROL_ALLOWED = {"\n", "\t"}
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
    normal = nfc(text)
    return "".join(
        char
        for char in normal
        if char in _CONTROL_ALLOWED or unicodedata.category(char) not in {"Cc", "Cs"}
    )


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Give the text as it is searched: lower case, without accents, đ as d.

    NFC and NFD input give the same result. Empty input gives an empty text.
    """
    decomposed = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return bare.replace("đ", "d")


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
