"""The words of the search index: what a mistyped or run-together word was meant to be."""

import re
import string
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

import sqlalchemy as sa

from geopark_app.domain.keystrokes import from_telex, from_vni
from geopark_app.domain.text import fold
from geopark_app.store.search import NAME_SIGN, words_of

_KEYS = string.ascii_lowercase + string.digits
_SHORTEST = 3
_LONGEST = 40
_PIECES = 5


class IndexWords:
    """All words of the index without accents, as they stood at one save."""

    def __init__(self, words: list[str]) -> None:
        """Hold the words, which come sorted."""
        self._sorted = words
        self._set = frozenset(words)

    def __contains__(self, word: str) -> bool:
        """Say whether the word stands in some record."""
        return word in self._set

    def has_beginning(self, start: str) -> bool:
        """Say whether some word begins so."""
        at = bisect_left(self._sorted, start)
        return at < len(self._sorted) and self._sorted[at].startswith(start)

    def near(self, word: str) -> list[str]:
        """Give the words one wrong, missing, doubled or swapped letter away."""
        if not _SHORTEST <= len(word) <= _LONGEST:
            return []
        return sorted({near for near in _one_edit(word) if near in self._set and near != word})

    def pieces(self, word: str) -> list[list[str]]:
        """Give the ways to part a run-together word into words, fewest first."""
        if not _SHORTEST <= len(word) <= _LONGEST:
            return []
        return sorted(self._parted(word, _PIECES), key=len)[:4]

    def _parted(self, word: str, most: int) -> Iterator[list[str]]:
        for at in range(2, len(word) - 1):
            first, rest = word[:at], word[at:]
            if first not in self._set:
                continue
            if self.has_beginning(rest):
                yield [first, rest]
            if most > 2:
                for others in self._parted(rest, most - 1):
                    yield [first, *others]


def _one_edit(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        start, rest = word[:at], word[at:]
        if rest:
            yield start + rest[1:]
        if len(rest) > 1:
            yield start + rest[1] + rest[0] + rest[2:]
        for key in _KEYS:
            yield start + key + rest
            if rest:
                yield start + key + rest[1:]


def read_words(connection: sa.Connection) -> IndexWords:
    """Read the words from the index itself; nothing is stored twice."""
    if connection.exec_driver_sql("PRAGMA query_only").scalar():
        # On media that cannot be written no table can be made, not even a passing one.
        texts = connection.exec_driver_sql("SELECT folded FROM search_index").scalars()
        words = {word for text in texts for word in words_of(text)}
        return IndexWords(sorted(word for word in words if not word.startswith(NAME_SIGN)))
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_words "
        "USING fts5vocab(main, search_index, 'col')"
    )
    rows = connection.exec_driver_sql(
        "SELECT term FROM temp.search_words WHERE col = 'folded' ORDER BY term"
    )
    return IndexWords([term for (term,) in rows if not term.startswith(NAME_SIGN)])


def other_spellings(words: list[str], known: IndexWords) -> Iterator[list[str]]:
    """Give what the words may stand for: raw keys, missing spaces, a space too many.

    The words come as typed, in lower case; what is given has its accents where keys told them.
    """
    for decode in (from_telex, from_vni):
        decoded = [decode(word) for word in words]
        if decoded != words and all(known.has_beginning(fold(word)) for word in decoded):
            yield decoded
    bare = [fold(word) for word in words]
    parted: list[str] = []
    for word in bare:
        ways = [] if known.has_beginning(word) and len(bare) > 1 else known.pieces(word)
        parted.extend(ways[0] if ways else [word])
    if parted != bare:
        yield parted
    for at, (first, second) in enumerate(pairwise(bare)):
        joined = first + second
        if known.has_beginning(joined):
            yield [*bare[:at], joined, *bare[at + 2 :]]


def pattern_of(words: list[str]) -> re.Pattern[str]:
    """Give the pattern of folded words, finished or not, at the beginning of a word."""
    ways = sorted(set(filter(None, words)), key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, ways))})" if ways else r"(?!)")


def highlighted(text: str, folded: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """Give where the words stand in a text whose folded form has the same length."""
    if len(text) != len(folded):
        return []
    return [found.span() for found in pattern.finditer(folded)]
