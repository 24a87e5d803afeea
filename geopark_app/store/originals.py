"""What decides which originals are wanted, and the wishes: this laptop's and those heard of."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from geopark_app.store.catalogue import Catalogue
from geopark_app.store.engine import reading, writing
from geopark_app.store.tables import META, RECORD_TABLES

_OWN, _HEARD = "originals", "originals:"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoFacts:
    """Of one photo: its original and what a wish looks at."""

    sha256: str
    site: str | None
    routes: frozenset[str]
    taken_at: str
    for_dossier: bool


def photo_facts(catalogue: Catalogue) -> Iterator[PhotoFacts]:
    """Give every photo with an original that is not in the trash."""
    photo, stop = RECORD_TABLES["photo"], RECORD_TABLES["stop"]
    routes: dict[str, set[str]] = {}
    with reading(catalogue.engine) as connection:
        stops = sa.select(stop.c.site_uuid, stop.c.route_uuid).where(stop.c.deleted == 0)
        for site, route in connection.execute(stops):
            if site and route:
                routes.setdefault(site, set()).add(route)
        query = sa.select(
            photo.c.sha256, photo.c.site_uuid, photo.c.taken_at, photo.c.for_dossier
        ).where(photo.c.deleted == 0, photo.c.sha256.is_not(None))
        for sha256, site, taken_at, for_dossier in connection.execute(query):
            yield PhotoFacts(
                sha256=sha256,
                site=site,
                routes=frozenset(routes.get(site, ())),
                taken_at=taken_at or "",
                for_dossier=bool(for_dossier),
            )


def own_wish(catalogue: Catalogue) -> str | None:
    """Give this laptop's wish as it was kept, or None."""
    return _value(catalogue, _OWN)


def heard_wish(catalogue: Catalogue, author: str) -> str | None:
    """Give the wish another laptop told, or None."""
    return _value(catalogue, f"{_HEARD}{author}")


def keep_wish(catalogue: Catalogue, wish: str, *, author: str = "") -> None:
    """Keep this laptop's wish, or with `author` the one heard of it; never part of the log."""
    name = f"{_HEARD}{author}" if author else _OWN
    with writing(catalogue.engine) as connection:
        connection.execute(
            sa.text("INSERT OR REPLACE INTO meta(name, value) VALUES (:name, :value)"),
            {"name": name, "value": wish},
        )


def _value(catalogue: Catalogue, name: str) -> str | None:
    with reading(catalogue.engine) as connection:
        found = connection.scalar(sa.select(META.c.value).where(META.c.name == name))
    return None if found is None else str(found)
