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
_SHORT = 80
_LETTER_MARKS = {"\u0306", "\u0302", "\u031b"}


def nfc(text: str) -> str:
    """Give the text in Unicode normal form C, the only form the catalogue stores."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """Give the text in NFC without control characters (line breaks and tabs stay)."""
    return _CONTROL.sub("", nfc(text))


def fold(text: str) -> str:
    """Give the text as it is searched: lower case, without accents, đ as d.

    NFC and NFD input give the same result. Empty input gives an empty text.
    """
    # Names are folded again and again; long texts once, and to remember them would fill the memory.
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


class _Bare(dict[int, str]):
    """For `str.translate`: a character without its marks, worked out once."""

    def __missing__(self, point: int) -> str:
        parts = unicodedata.normalize("NFD", chr(point))
        bare = "".join(part for part in parts if not unicodedata.combining(part))
        self[point] = bare.replace("đ", "d")
        return self[point]


_BARE = _Bare()


def _fold(text: str) -> str:
    return text.casefold().translate(_BARE)


_fold_short = lru_cache(maxsize=65536)(_fold)


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


class _Letters(dict[int, str]):
    """For `str.translate`: a character to one that sorts as its letter does, worked out once."""

    def __missing__(self, point: int) -> str:
        rank = sort_key(chr(point))[0][0]
        # Between them lie halves of characters, which no text may hold.
        place = rank if rank < _FIRST_HALF else rank + _HALVES
        self[point] = chr(min(place, _LAST))
        return self[point]


class _Tones(dict[int, str]):
    """For `str.translate`: a character to the digit of its tone."""

    def __missing__(self, point: int) -> str:
        self[point] = str(sort_key(chr(point))[1][0])
        return self[point]


_FIRST_HALF, _HALVES, _LAST = 0xD800, 0x800, 0x10FFFF
_LETTERS, _TONE_DIGITS = _Letters(), _Tones()


def sort_text(text: str) -> str:
    """Give a text that sorts, character by character, as `sort_key` does; for the database."""
    return _sort_short(text) if len(text) <= _SHORT else _sort_text(text)


def _sort_text(text: str) -> str:
    lower = nfc(text).casefold()
    letters, tones = lower.translate(_LETTERS), lower.translate(_TONE_DIGITS)
    return f"{letters}\x01{tones}\x01{text}"


_sort_short = lru_cache(maxsize=32768)(_sort_text)


def _rank_of_sign(char: str) -> int:
    point = ord(char[0])
    return min(point, 999) if point < 1000 else point + 1000
