"""Places found inside attached files, as hits of the documents that carry them."""

from dataclasses import replace

import sqlalchemy as sa

from geopark_app.store.search import SearchHit
from geopark_app.store.tables import RECORD_TABLES

_IN_FILE = -40.0
_PLACES_KEPT = 5


def with_files(
    connection: sa.Connection, hits: list[SearchHit], places: list[SearchHit], limit: int | None
) -> list[SearchHit]:
    """Give both, best first: each document once, its own words before those of its file.

    With a limit a few lines are kept for files, however many records hold the words.
    """
    if not places:
        return hits
    known = {hit.uuid for hit in hits if hit.kind == "document" and not hit.is_near}
    found = [hit for hit in _documents(connection, places) if hit.uuid not in known]
    if limit is not None:
        kept = min(len(found), _PLACES_KEPT)
        found = found[: max(kept, limit - len(hits))]
        hits = hits[: limit - len(found)]
    inside = {hit.uuid for hit in found}
    hits = [hit for hit in hits if hit.uuid not in inside]
    return sorted([*hits, *found], key=lambda hit: -hit.score)


def _documents(connection: sa.Connection, places: list[SearchHit]) -> list[SearchHit]:
    best: dict[str, SearchHit] = {}
    for place in places:
        best.setdefault(place.uuid, place)
    table = RECORD_TABLES["document"]
    query = sa.select(
        table.c.uuid, table.c.sha256, table.c.title_vi, table.c.title_en, table.c.file_name
    ).where(table.c.deleted == 0, table.c.sha256.in_(list(best)[:500]))
    found = [
        replace(
            best[row.sha256],
            kind="document",
            uuid=row.uuid,
            ref=f"document:{row.uuid}",
            title=row.title_vi or row.title_en or row.file_name or row.uuid,
            title_marks=(),
            score=best[row.sha256].score + _IN_FILE,
            place=best[row.sha256].ref,
        )
        for row in connection.execute(query)
    ]
    return sorted(found, key=lambda hit: (-hit.score, hit.ref))
