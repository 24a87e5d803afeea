"""When two publications are one: the same DOI, or the same title in the same year."""

from collections.abc import Iterable, Mapping
from typing import Any

from geopark_app.domain.declaration import Record
from geopark_app.domain.kinds import Reference
from geopark_app.domain.text import fold

_SHORTEST_TITLE = 12


def keys_of(record: Record) -> tuple[str, ...]:
    """Give what a publication is recognised by, surest first; of other records nothing."""
    if not isinstance(record, Reference):
        return ()
    doi = (record.doi or "").casefold().partition("doi.org/")
    keys = [f"doi:{doi[2] or doi[0]}"] if record.doi else []
    title = "".join(char for char in fold(record.title or "") if char.isalnum())
    # "Introduction" of one year may stand in two books.
    if len(title) >= _SHORTEST_TITLE and record.year:
        keys.append(f"title:{title}:{record.year}")
    return tuple(keys)


class KnownPublications:
    """The publications there are, found by what they are recognised by besides their key."""

    def __init__(self, records: Iterable[Record]) -> None:
        """Take those that are not in the trash; records of other kinds are no publications."""
        self._by_key: dict[str, list[Record]] = {}
        for record in records:
            for key in () if record.deleted else keys_of(record):
                self._by_key.setdefault(key, []).append(record)

    def like(self, values: Mapping[str, Any]) -> list[Record]:
        """Give those that are the same as a row with these values."""
        if not self._by_key:
            return []
        doi, title, year = (values.get(name) for name in ("doi", "title", "year"))
        keys = keys_of(Reference(uuid="", doi=doi, title=title, year=year))
        return next((self._by_key[key] for key in keys if key in self._by_key), [])
