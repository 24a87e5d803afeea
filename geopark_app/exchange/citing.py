"""A publication as one line of text, and a short key for it."""

from collections.abc import Mapping

from geopark_app.domain.text import fold

_MOST_AUTHORS = 8


def citation_of(entry: Mapping[str, str]) -> str:
    """Give "Authors (year). Title. Journal 12(3): 4–9. Publisher."."""
    names = entry.get("authors", "").split("; ")
    authors = "; ".join(names[:_MOST_AUTHORS]) + (" …" if len(names) > _MOST_AUTHORS else "")
    year = entry.get("year", "")
    head = f"{authors} ({year})" if authors and year else authors or year
    volume, issue = entry.get("volume", ""), entry.get("issue", "")
    number = volume + (f"({issue})" if issue else "")
    where = " ".join(filter(None, (entry.get("container", ""), number)))
    pages = entry.get("pages", "")
    where = f"{where}: {pages}" if where and pages else where or pages
    parts = (head, entry.get("title", ""), where, entry.get("publisher", ""))
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def cite_key_of(entry: Mapping[str, str], taken: dict[str, int]) -> str:
    """Give a key such as `tran2020`, with a number behind it where that is taken.

    `taken` counts how often each key was asked for; it is written to.
    """
    first = entry.get("authors", "").split("; ")[0] or entry.get("title", "")
    words = fold(first.partition(",")[0]).split()
    name = "".join(char for char in (words or [""])[0] if char.isalnum() and char.isascii())
    key = f"{name or 'x'}{entry.get('year', '')}"
    taken[key] = taken.get(key, 0) + 1
    return key if taken[key] == 1 else f"{key}-{taken[key]}"
