"""The search index: text with accents and without, kept up in the transaction of every save."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from geopark_app.domain.declaration import FieldType, RecordKind
from geopark_app.domain.kinds import KINDS
from geopark_app.domain.text import fold, nfc
from geopark_app.store.tables import RECORD_TABLES

# Codes whose names belong to the text of the record that carries them.
_NAMED_BY_CODE = ("commune", "former_commune", "former_district")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One record found.

    Attributes
    ----------
    kind, uuid : str
        The record.
    ref : str
        Reference for people and programs, such as `site:LS-001`.
    title : str
        Its name.
    matched : str
        A piece of its text around the hit.
    score : float
        Greater is better; exact accents stand above bare letters.
    """

    kind: str
    uuid: str
    ref: str
    title: str
    matched: str
    score: float


def refresh(connection: sa.Connection, touched: Iterable[tuple[str, str]]) -> None:
    """Bring the index up to date for the touched records."""
    for name, uuid in touched:
        kind = KINDS[name]
        if not any(spec.searchable for spec in kind.fields):
            continue
        connection.execute(
            sa.text("DELETE FROM search_index WHERE row_uuid = :u AND kind = :k"),
            {"u": uuid, "k": name},
        )
        table = RECORD_TABLES[name]
        row = connection.execute(sa.select(table).where(table.c.uuid == uuid)).mappings().one()
        if not row["deleted"]:
            _add(connection, kind, dict(row))


def _add(connection: sa.Connection, kind: RecordKind, row: dict[str, object]) -> None:
    words = [str(row[spec.name]) for spec in kind.fields if spec.searchable and row[spec.name]]
    words.extend(_names_of_places(connection, kind, row))
    text = nfc("\n".join(words))
    connection.execute(
        sa.text(
            "INSERT INTO search_index(kind, row_uuid, ref, title, exact, folded) "
            "VALUES (:kind, :uuid, :ref, :title, :exact, :folded)"
        ),
        {
            "kind": kind.name,
            "uuid": row["uuid"],
            "ref": f"{kind.name}:{row.get(kind.code_field or 'uuid') or row['uuid']}",
            "title": _title(kind, row),
            "exact": text.casefold(),
            "folded": fold(text),
        },
    )


def _title(kind: RecordKind, row: dict[str, object]) -> str:
    names = [row.get(name) for name in kind.title_fields if name != kind.code_field]
    return next((str(name) for name in names if name), str(row["uuid"]))


def _names_of_places(
    connection: sa.Connection, kind: RecordKind, row: dict[str, object]
) -> list[str]:
    """Give the names of communes and districts the record refers to by code."""
    names: list[str] = []
    for spec in kind.fields:
        if spec.type is not FieldType.REFERENCE or spec.refers_to not in _NAMED_BY_CODE:
            continue
        table = RECORD_TABLES[spec.refers_to]
        name = connection.scalar(sa.select(table.c.name_vi).where(table.c.code == row[spec.name]))
        if name:
            names.append(str(name))
    return names


def find(connection: sa.Connection, typed: str, *, limit: int | None = None) -> list[SearchHit]:
    """Give the records whose text holds every typed word, best first.

    Accents are ignored for finding and rewarded in ranking; words may be unfinished. NFC and NFD,
    upper and lower case find the same. Empty text finds nothing.
    """
    words = [word for word in _words(fold(typed)) if word]
    if not words:
        return []
    query = " AND ".join(f'folded:"{word}"*' for word in words)
    rows = connection.execute(
        sa.text(
            "SELECT kind, row_uuid, ref, title, exact, folded, "
            "bm25(search_index, 0, 0, 0, 0, 1, 1) AS rank "
            "FROM search_index WHERE search_index MATCH :q"
        ),
        {"q": query},
    )
    exact = " ".join(nfc(typed).casefold().split())
    bare = " ".join(words)
    hits = [
        SearchHit(
            kind=row.kind,
            uuid=row.row_uuid,
            ref=row.ref,
            title=row.title,
            matched=_excerpt(row.exact, row.folded, words[0]),
            score=round(_score(row, exact, bare), 6),
        )
        for row in rows
    ]
    hits.sort(key=lambda hit: (-hit.score, hit.ref))
    return hits if limit is None else hits[:limit]


def _words(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in text).split()


def _score(row: sa.Row[tuple[object, ...]], exact: str, bare: str) -> float:
    score: float = -float(row.rank)
    title = str(row.title).casefold()
    score += 4.0 * (exact in str(row.exact))
    score += 8.0 * (exact in title) + 4.0 * (bare in fold(title))
    score += 2.0 * (row.kind == "site")
    return float(score)


def _excerpt(exact: str, folded: str, word: str, width: int = 60) -> str:
    # fold() keeps one letter for one letter of NFC text, so the places agree.
    at = folded.find(word) if len(folded) == len(exact) else 0
    start = max(0, at - width // 3)
    return " ".join(exact[start : start + width].split())


def rebuild(connection: sa.Connection) -> None:
    """Make the whole index anew from the rows."""
    connection.exec_driver_sql("DELETE FROM search_index")
    for kind in KINDS.values():
        if not any(spec.searchable for spec in kind.fields):
            continue
        table = RECORD_TABLES[kind.name]
        for row in connection.execute(sa.select(table).where(table.c.deleted == 0)).mappings():
            _add(connection, kind, dict(row))
