"""Whether an English text uses the agreed word for each term of its Vietnamese text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geopark_app.domain.text import nfc


@dataclass(frozen=True, slots=True, kw_only=True)
class TermPair:
    """A Vietnamese term with the English words agreed for it, the preferred one first."""

    vi: str
    en: tuple[str, ...]


def other_terms(vi: str, en: str, terms: Sequence[TermPair]) -> list[TermPair]:
    """Give the terms of the Vietnamese text for which the English has none of the agreed words.

    Accents count: `đá` is no `da`. A term inside a longer one of the list is not asked for again:
    `di sản địa chất` not within `điểm di sản địa chất`. A name is no sentence: texts of fewer than
    four words are left alone.
    """
    text, english = nfc(vi).casefold(), nfc(en).casefold()
    if len(english.split()) < _SHORTEST:
        return []
    found = []
    for term in sorted(terms, key=lambda term: -len(term.vi)):
        pattern = rf"(?<!\w){re.escape(term.vi.casefold())}(?!\w)"
        rest = re.sub(pattern, " ", text)
        if rest == text:
            continue
        text = rest
        if not any(re.search(rf"(?<!\w){re.escape(word.casefold())}", english) for word in term.en):
            found.append(term)
    return found


_SHORTEST = 4
