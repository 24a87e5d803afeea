"""The photos of a gallery in SQL: only keys first, then light rows for what is on the screen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

from geopark_app.domain.text import fold
from geopark_app.store.search import NAME_SIGN, words_of

NO_SITE = "-"
"""Stands in `PhotoQuery.site` for photos that belong to no site."""

ORDERS = ("date", "site", "rating", "name")
LACKS = ("caption", "credit", "licence", "alt", "site", "date", "photographer")

_MOST_WORDS = 12
_AT_ONCE = 500
_EMPTY = "({0} IS NULL OR {0} = '')"
_LACKING = {
    "caption": ("caption_vi", "caption_en"),
    "credit": ("credit",),
    "licence": ("licence",),
    "alt": ("alt_vi", "alt_en"),
    "site": ("site_uuid",),
    "date": ("taken_at",),
    "photographer": ("photographer",),
}
_ORDER_BY = {
    "date": "p.taken_at IS NULL, p.taken_at DESC, p.uuid",
    "site": "s.code IS NULL, s.code, p.sort_order, p.uuid",
    "rating": "coalesce(p.rating, 0) DESC, p.taken_at IS NULL, p.taken_at DESC, p.uuid",
    "name": "p.file_name, p.uuid",
}
_COLUMNS = (
    "p.uuid, p.site_uuid, s.code, s.name_vi, p.caption_vi, p.caption_en, p.file_name, p.taken_at, "
    "p.rating, p.for_dossier, p.thumb_sha256, p.turn_deg, p.crop, p.sample, p.chat_copy, p.credit, "
    "p.licence, p.alt_vi, p.alt_en, p.photographer"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoQuery:
    """Which photos, in which order; what is left empty does not narrow.

    Attributes
    ----------
    site : str
        Key of a site, or `NO_SITE`.
    route : str
        Key of a route: the photos of its stops.
    day : str
        `2026-03-15`, or the beginning of it such as `2026-03`.
    least_rating : int
        At least so many stars.
    for_dossier, chat_copies : bool
        Only those marked so.
    lacks : str
        One of `LACKS`: only those without it; for words in two languages, without one of them.
    text : str
        Words, unfinished and with or without accents, of the photo or of its site's name.
    order : str
        One of `ORDERS`.
    """

    site: str = ""
    route: str = ""
    day: str = ""
    least_rating: int = 0
    for_dossier: bool = False
    chat_copies: bool = False
    lacks: str = ""
    text: str = ""
    order: str = "date"


class PhotoRow(NamedTuple):
    """What a gallery shows of one photo; a whole record has fifty fields more."""

    uuid: str
    site_uuid: str | None
    site_code: str | None
    site_name: str | None
    caption_vi: str | None
    caption_en: str | None
    file_name: str | None
    taken_at: str | None
    rating: int | None
    for_dossier: int | None
    thumb_sha256: str | None
    turn_deg: int | None
    crop: str | None
    sample: int | None
    chat_copy: int | None
    credit: str | None
    licence: str | None
    alt_vi: str | None
    alt_en: str | None
    photographer: str | None

    @property
    def lacks_words(self) -> bool:
        """Say whether a caption, the alternative text, credit or licence is missing."""
        wanted = (self.caption_vi, self.caption_en, self.alt_vi, self.alt_en)
        return not all((*wanted, self.credit, self.licence))


def photo_keys(connection: sa.Connection, wanted: PhotoQuery) -> list[str]:
    """Give the keys of the photos that pass, in order."""
    conditions, values = _conditions(wanted)
    # The site is joined only where the order needs it: the list is read at every look.
    join = "LEFT JOIN site s ON s.uuid = p.site_uuid " if wanted.order == "site" else ""
    query = (
        f"SELECT p.uuid FROM photo p {join}WHERE {' AND '.join(conditions)} "
        f"ORDER BY {_ORDER_BY[wanted.order]}"
    )
    return list(connection.scalars(sa.text(query), values))


def photo_rows(connection: sa.Connection, uuids: Sequence[str]) -> list[PhotoRow]:
    """Give the light rows of these photos, in this order; those gone are left out."""
    found: dict[str, PhotoRow] = {}
    for at in range(0, len(uuids), _AT_ONCE):
        query = sa.text(
            f"SELECT {_COLUMNS} FROM photo p LEFT JOIN site s ON s.uuid = p.site_uuid "
            "WHERE p.uuid IN :uuids"
        ).bindparams(sa.bindparam("uuids", expanding=True))
        for row in connection.execute(query, {"uuids": list(uuids[at : at + _AT_ONCE])}):
            found[row[0]] = PhotoRow(*row)
    return [found[uuid] for uuid in uuids if uuid in found]


def photo_days(connection: sa.Connection) -> list[tuple[str, int]]:
    """Give each day with photos and how many, newest first."""
    query = (
        "SELECT substr(taken_at, 1, 10), count(*) FROM photo "
        "WHERE deleted = 0 AND taken_at <> '' GROUP BY 1 ORDER BY 1 DESC"
    )
    return [(str(day), int(count)) for day, count in connection.exec_driver_sql(query)]


def sites_with_photos(connection: sa.Connection) -> list[tuple[str, str, str, int]]:
    """Give key, code, name and number of photos of each site that has some, by code.

    Photos without a site are counted under an empty key.
    """
    query = (
        "SELECT coalesce(f.site, ''), coalesce(s.code, ''), coalesce(s.name_vi, ''), f.n FROM ("
        "SELECT site_uuid AS site, count(*) AS n FROM photo WHERE deleted = 0 GROUP BY site_uuid"
        ") f LEFT JOIN site s ON s.uuid = f.site ORDER BY 2, 1"
    )
    return [
        (str(site), str(code), str(name), int(count))
        for site, code, name, count in connection.exec_driver_sql(query)
    ]


def likeness_codes(connection: sa.Connection) -> list[tuple[str, str | None, str | None]]:
    """Give key, likeness and thumbnail of every photo not in the trash."""
    query = "SELECT uuid, likeness, thumb_sha256 FROM photo WHERE deleted = 0 ORDER BY uuid"
    return [(str(a), b, c) for a, b, c in connection.exec_driver_sql(query)]


def _conditions(wanted: PhotoQuery) -> tuple[list[str], dict[str, Any]]:
    conditions = ["p.deleted = 0"]
    values: dict[str, Any] = {}
    if wanted.site == NO_SITE:
        conditions.append(_EMPTY.format("p.site_uuid"))
    elif wanted.site:
        conditions.append("p.site_uuid = :site")
        values["site"] = wanted.site
    if wanted.route:
        conditions.append(
            "p.site_uuid IN (SELECT site_uuid FROM stop WHERE route_uuid = :route AND deleted = 0)"
        )
        values["route"] = wanted.route
    if wanted.day:
        conditions.append("substr(p.taken_at, 1, :day_length) = :day")
        values |= {"day": wanted.day, "day_length": len(wanted.day)}
    if wanted.least_rating:
        conditions.append("p.rating >= :rating")
        values["rating"] = wanted.least_rating
    if wanted.for_dossier:
        conditions.append("p.for_dossier = 1")
    if wanted.chat_copies:
        conditions.append("p.chat_copy = 1")
    if wanted.lacks:
        empty = [_EMPTY.format(f"p.{column}") for column in _LACKING[wanted.lacks]]
        conditions.append(f"({' OR '.join(empty)})")
    words = [fold(word) for word in words_of(wanted.text)][:_MOST_WORDS]
    if any(words):
        conditions.append(
            "(p.uuid IN (SELECT row_uuid FROM search_index WHERE search_index MATCH :words "
            "AND kind = 'photo') OR p.site_uuid IN (SELECT row_uuid FROM search_index "
            "WHERE search_index MATCH :names AND kind = 'site'))"
        )
        values["words"] = _all_of(words, "")
        values["names"] = _all_of(words, NAME_SIGN)
    elif wanted.text.strip():
        # Signs alone stand in no text.
        conditions.append("0")
    return conditions, values


def _all_of(words: Iterable[str], sign: str) -> str:
    return " AND ".join(f'folded:"{sign}{word}"*' for word in words if word)
