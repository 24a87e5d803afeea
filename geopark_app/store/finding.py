"""Finding in the search index: exact accents first, then bare letters, then what was meant."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from geopark_app.domain.keystrokes import tone_places
from geopark_app.domain.text import fold, nfc
from geopark_app.store.search import NAME_SIGN, SHIPPED_LISTS, SearchHit, words_of
from geopark_app.store.search_words import IndexWords, highlighted, other_spellings, pattern_of

FEW = 3
"""With fewer hits than this, other spellings of the words are tried too."""
_MOST_WORDS = 12
_COMPARED = 60
_ENOUGH_NAMES = 10
_EXCERPT = 90
# How often the words stand in a text, as bm25 weighs it.
_SATURATION, _BY_LENGTH, _USUAL_LENGTH, _MOST_COUNTED = 1.2, 0.75, 600, 50

_EXACT, _IN_TITLE, _TITLE_BARE, _IN_NAMES, _SITE = 4.0, 8.0, 4.0, 3.0, 2.0
_SHIPPED, _NEAR = -70.0, -200.0


@dataclass(slots=True)
class _Found:
    """A row of the index with what it earned."""

    rank: float
    is_name: bool = False
    is_exact: bool = False
    is_near: bool = False


def find(
    connection: sa.Connection,
    typed: str,
    *,
    known_words: Callable[[], IndexWords],
    limit: int | None = None,
) -> list[SearchHit]:
    """Give the records whose text holds every typed word, best first.

    Accents are ignored for finding and rewarded in ranking; words may be unfinished. NFC and NFD,
    upper and lower case, both places of a tone find the same. When few or none are found, raw
    Telex and VNI keys, missing spaces and then one wrong letter are looked through. With a limit
    only the best by the index's own measure are compared. Empty text finds nothing.
    """
    exact = _words(nfc(typed).casefold())[:_MOST_WORDS]
    bare = [fold(word) for word in exact]
    if not exact:
        return []
    found = _matching(connection, exact, limit)
    searched = list(bare)
    if len(found) < FEW:
        known = known_words()
        for spelling in other_spellings(exact, known):
            _merge(found, _matching(connection, spelling, limit))
            searched.extend(fold(word) for word in spelling)
        if not found:
            near = _mistyped(connection, bare, known)
            _merge(found, near[0])
            searched.extend(near[1])
    return _hits(connection, found, exact, searched, limit)


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(word for word in words_of(text) if fold(word)))


def _matching(
    connection: sa.Connection, words: Sequence[str], limit: int | None
) -> dict[int, _Found]:
    """Give the rows that hold the words, with what is known of each."""
    bare = [fold(word) for word in words]
    most = None if limit is None else max(limit, _COMPARED)
    numbers = _staged(connection, "folded", [[word] for word in bare], most)
    if len(numbers) < _COMPARED:
        return _measured(connection, numbers, words, bare)
    ways = [tone_places(word) for word in words]
    if most is None:
        query = " AND ".join(_anywhere("folded", [word]) for word in bare)
        found = {number: _Found(rank=rank) for number, rank in _ranked(connection, query)}
    else:
        # So many rows hold the words that how often they do says little: names come first.
        found = {number: _Found(rank=0.0) for number in numbers}
    names = [[f"{NAME_SIGN}{word}"] for word in bare]
    for number in _staged(connection, "folded", names, most, enough=_ENOUGH_NAMES):
        found.setdefault(number, _Found(rank=0.0)).is_name = True
    signed = [[f"{NAME_SIGN}{way}" for way in word] for word in ways]
    # Who types no accents at all mostly left them out: only names written so come first.
    is_bare = most is not None and list(words) == bare
    best = _staged(connection, "exact", signed, most, enough=0 if is_bare else _ENOUGH_NAMES)
    for number in best:
        found.setdefault(number, _Found(rank=0.0)).is_name = True
    if not is_bare and (most is None or len(best) < most):
        best = list(dict.fromkeys(best + _staged(connection, "exact", ways, most)))
    for number in best:
        found.setdefault(number, _Found(rank=0.0)).is_exact = True
    return found


def _staged(
    connection: sa.Connection,
    column: str,
    words: Sequence[Sequence[str]],
    most: int | None,
    *,
    enough: int | None = None,
) -> list[int]:
    """Give the rows that hold one way of each word: whole words first, then unfinished ones.

    Whole words are found in a tenth of the time; unfinished ones are looked for only when they
    leave room (fewer than `enough`, which is `most` when not given).
    """
    unfinished = " AND ".join(_anywhere(column, ways) for ways in words)
    if most is None:
        return _numbers(connection, unfinished, None)
    whole = " AND ".join(_any_way(column, ways) for ways in words)
    numbers = _numbers(connection, whole, most)
    if len(numbers) < (most if enough is None else enough):
        numbers = list(dict.fromkeys([*numbers, *_numbers(connection, unfinished, most)]))[:most]
    return numbers


def _measured(
    connection: sa.Connection, numbers: Sequence[int], words: Sequence[str], bare: Sequence[str]
) -> dict[int, _Found]:
    """Look at few rows themselves: are the words in a name, with these accents, and how often.

    All of them hold all words, so that how rare a word is (the costly half of bm25) is the same
    for all of them.
    """
    exact = [re.compile(rf"(?<![^\W_]){_any_of_words(tone_places(word))}") for word in words]
    plain = [re.compile(rf"(?<![^\W_]){re.escape(word)}") for word in bare]
    found = {}
    for number, row in _read(connection, numbers, "exact, folded").items():
        text, _sign, names = str(row.folded).partition(f"\n{NAME_SIGN}")
        written = str(row.exact).partition(f"\n{NAME_SIGN}")[0].casefold()
        longer = 1 - _BY_LENGTH + _BY_LENGTH * len(text) / _USUAL_LENGTH
        counts = [min(len(pattern.findall(text)), _MOST_COUNTED) for pattern in plain]
        found[number] = _Found(
            rank=-sum(count / (count + _SATURATION * longer) for count in counts),
            is_name=all(f"{NAME_SIGN}{word}" in f"{NAME_SIGN}{names}" for word in bare),
            is_exact=all(pattern.search(written) for pattern in exact),
        )
    return found


def _any_of_words(words: Sequence[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, words))})"


def _anywhere(column: str, ways: Sequence[str]) -> str:
    """Give the query for a word, unfinished or not; one letter alone begins a name's word."""
    terms = [
        f'{column}:"{way}" OR {column}:"{NAME_SIGN}{way}"*'
        if len(way) == 1
        else f'{column}:"{way}"*'
        for way in ways
    ]
    return f"({' OR '.join(terms)})"


def _any_way(column: str, ways: Sequence[str]) -> str:
    return f"({' OR '.join(f'{column}:{chr(34)}{way}{chr(34)}' for way in ways)})"


def _numbers(connection: sa.Connection, query: str, most: int | None) -> list[int]:
    """Give rows in the order they lie, sites first; stops at `most`."""
    sql = "SELECT rowid FROM search_index WHERE search_index MATCH ? LIMIT ?"
    rows = connection.exec_driver_sql(sql, (query, -1 if most is None else most))
    return [int(number) for number in rows.scalars()]


def _ranked(connection: sa.Connection, query: str) -> list[tuple[int, float]]:
    sql = "SELECT rowid, rank FROM search_index WHERE search_index MATCH ?"
    return [(row[0], row[1]) for row in connection.exec_driver_sql(sql, (query,))]


def _mistyped(
    connection: sa.Connection, bare: list[str], known: IndexWords
) -> tuple[dict[int, _Found], list[str]]:
    """Look for mistyped words: those no record begins with, else one of them, else every one."""
    near: dict[str, list[str]] = {}
    unknown = [word for word in bare if not known.has_beginning(word)]
    found: dict[int, _Found] = {}
    for wrong in [unknown] if unknown else [[word] for word in bare]:
        near.update({word: known.near(word) for word in wrong})
        if all(near[word] for word in wrong):
            groups = [near[word] if word in wrong else [word] for word in bare]
            _merge(found, _any_of(connection, groups))
    if not found and len(bare) > 1:
        near.update({word: known.near(word) for word in bare if word not in near})
        _merge(found, _any_of(connection, [[word, *near[word]] for word in bare]))
    return found, [other for words in near.values() for other in words]


def _any_of(connection: sa.Connection, groups: Sequence[Sequence[str]]) -> dict[int, _Found]:
    whole = " AND ".join(_any_way("folded", group) for group in groups)
    numbers = _numbers(connection, whole, _COMPARED)
    if not numbers:
        unfinished = " AND ".join(
            _any_way("folded", group) if len(group) > 1 else f'folded:"{group[0]}"*'
            for group in groups
        )
        numbers = _numbers(connection, unfinished, _COMPARED)
    return {number: _Found(rank=0.0) for number in numbers}


def _merge(found: dict[int, _Found], more: dict[int, _Found]) -> None:
    for number, one in more.items():
        one.is_near = True
        found.setdefault(number, one)


def _hits(
    connection: sa.Connection,
    found: dict[int, _Found],
    exact: list[str],
    searched: list[str],
    limit: int | None,
) -> list[SearchHit]:
    titles = _read(connection, found, "kind, ref, title")
    phrase, bare = " ".join(exact), " ".join(searched[: len(exact)])
    phrases = {phrase, *(" ".join(ways) for ways in _both_places(exact))}
    scores = {
        number: _score(one, titles[number], phrases, bare)
        for number, one in found.items()
        if number in titles
    }
    best = sorted(scores, key=lambda number: (-scores[number], titles[number].ref))[:limit]
    texts = _read(connection, best, "kind, row_uuid, ref, title, exact, folded")
    pattern = pattern_of(searched)
    return [
        _hit(texts[number], round(scores[number], 6), found[number].is_near, pattern)
        for number in best
    ]


def _both_places(words: list[str]) -> list[list[str]]:
    ways = [tone_places(word) for word in words]
    return [[way[0] for way in ways], [way[-1] for way in ways]]


def _read(
    connection: sa.Connection, numbers: Iterable[int], columns: str
) -> dict[int, sa.Row[tuple[object, ...]]]:
    rows: dict[int, sa.Row[tuple[object, ...]]] = {}
    wanted = list(numbers)
    for at in range(0, len(wanted), 500):
        listed = ",".join(str(number) for number in wanted[at : at + 500])
        query = f"SELECT rowid, {columns} FROM search_index WHERE rowid IN ({listed})"
        for row in connection.exec_driver_sql(query):
            rows[row[0]] = row
    return rows


def _score(one: _Found, row: sa.Row[tuple[object, ...]], phrases: set[str], bare: str) -> float:
    title = str(row.title).casefold()
    score: float = -one.rank + _EXACT * one.is_exact + _NEAR * one.is_near
    score += _IN_NAMES * one.is_name
    score += _IN_TITLE * any(phrase in title for phrase in phrases)
    score += _TITLE_BARE * (bare in fold(title)) + _SITE * (row.kind == "site")
    return score + _SHIPPED * (row.kind in SHIPPED_LISTS)


def _hit(
    row: sa.Row[tuple[object, ...]], score: float, is_near: bool, pattern: re.Pattern[str]
) -> SearchHit:
    text, title = str(row.exact).partition(f"\n{NAME_SIGN}")[0], str(row.title)
    matched = _excerpt(text, _place_of_excerpt(text, title, str(row.folded), pattern))
    return SearchHit(
        kind=str(row.kind),
        uuid=str(row.row_uuid),
        ref=str(row.ref),
        title=title,
        matched=matched,
        marks=tuple(highlighted(matched, fold(matched), pattern)),
        title_marks=tuple(highlighted(title, fold(title), pattern)),
        score=score,
        is_near=is_near,
    )


def _place_of_excerpt(text: str, title: str, folded: str, pattern: re.Pattern[str]) -> int:
    """Give where the first word stands after the name, which is shown above the excerpt already."""
    if folded[len(text) : len(text) + 2] not in {"", f"\n{NAME_SIGN}"}:
        # Letters that fold into two: places in one text are not those of the other.
        return 0
    named = text.find(title) + len(title)
    found = pattern.search(folded, named, len(text)) or pattern.search(folded, 0, len(text))
    return found.start() if found else 0


def _excerpt(text: str, at: int) -> str:
    start = max(0, at - _EXCERPT // 3)
    while start and not text[start - 1].isspace() and start > at - _EXCERPT // 2:
        start -= 1
    return " ".join(text[max(0, start) : max(0, start) + _EXCERPT].split())
