"""The search index: text with accents and without, kept up in the transaction of every save."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa

from geopark_app.domain.declaration import FieldSpec, FieldType, RecordKind
from geopark_app.domain.kinds import KINDS
from geopark_app.domain.text import fold, nfc
from geopark_app.store import list_texts
from geopark_app.store.search_parts import with_owners, words_of_parts
from geopark_app.store.tables import RECORD_TABLES

# Codes whose names belong to the text of the record that carries them.
_NAMED_BY_CODE = ("commune", "former_commune", "former_district")
_TEXTS = {FieldType.TEXT, FieldType.LONG_TEXT}
# What a program reads and no person types into a search box.
_NO_WORDS = ("sha256", "media_type", "likeness", "crop", "drawing")
_SILENT_KINDS = ("term", "catalogue_setting", "checklist_group", "former_commune_part")
_KIND_BITS, _KEY_BITS = 8, 48
SHIPPED_LISTS = frozenset(
    ("checklist", "checklist_item", "former_commune", "former_district", "own_field",
     "own_field_choice")
)  # fmt: skip
"""Kinds whose rows come with the program or describe it: found, but after people's own records."""
NAME_SIGN = "\u01c2"
"""A letter nobody types: before each word of a name, so that names can be asked for alone."""
_AT_ONCE = 400
_INSERT = (
    "INSERT INTO search_index(rowid, kind, row_uuid, ref, title, exact, folded) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_FORM = "4"  # of this module's rows; another number has every catalogue index anew


def indexed_fields(kind: RecordKind) -> tuple[FieldSpec, ...]:
    """Give the fields whose words are found: every text a person writes."""
    return _indexed_fields(kind.name)


@cache
def _indexed_fields(kind_name: str) -> tuple[FieldSpec, ...]:
    if kind_name in _SILENT_KINDS:
        return ()
    return tuple(
        spec
        for spec in KINDS[kind_name].fields
        if spec.searchable or (spec.type in _TEXTS and not spec.name.endswith(_NO_WORDS))
    )


def refresh(connection: sa.Connection, touched: Iterable[tuple[str, str]]) -> None:
    """Bring the index up to date for the touched records."""
    touched = list(touched)
    list_texts.refresh(connection, touched)
    wanted = with_owners(connection, touched)
    wanted |= {place for name, uuid in wanted for place in _referring(connection, name, uuid)}
    places = sorted(
        (row_number(name, uuid), name, uuid) for name, uuid in wanted if indexed_fields(KINDS[name])
    )
    _write(connection, places, is_new=False)


def _write(
    connection: sa.Connection, places: Sequence[tuple[int, str, str]], *, is_new: bool
) -> None:
    """Write the index rows of records, in the order of the rows, many at once.

    The index is then written once, not once for each record, and each table is asked once for
    hundreds of records.
    """
    known: dict[str, str] = {}
    for start in range(0, len(places), _AT_ONCE):
        some = places[start : start + _AT_ONCE]
        if not is_new:
            connection.exec_driver_sql(
                "DELETE FROM search_index WHERE rowid = ?", [(number,) for number, _, _ in some]
            )
        rows = _rows_of(connection, some)
        parts = words_of_parts(connection, [uuid for _, name, uuid in some if name == "site"])
        made = [
            _index_row(connection, number, KINDS[name], rows[name, uuid], parts, known)
            for number, name, uuid in some
            if (name, uuid) in rows and not rows[name, uuid]["deleted"]
        ]
        if made:
            connection.exec_driver_sql(_INSERT, made)


def _rows_of(
    connection: sa.Connection, places: Sequence[tuple[int, str, str]]
) -> dict[tuple[str, str], Mapping[str, object]]:
    found: dict[tuple[str, str], Mapping[str, object]] = {}
    for name in {name for _, name, _ in places}:
        table = RECORD_TABLES[name]
        keys = [uuid for _, one, uuid in places if one == name]
        names = _columns_read(name)
        query = sa.select(*(table.c[column] for column in names)).where(table.c.uuid.in_(keys))
        for values in connection.execute(query):
            row = dict(zip(names, values, strict=True))
            found[name, str(row["uuid"])] = row
    return found


@cache
def _columns_read(kind_name: str) -> tuple[str, ...]:
    """Give the columns the index is made from: a site has four times as many."""
    kind = KINDS[kind_name]
    names = [spec.name for spec in (*indexed_fields(kind), *_places_named(kind))]
    names += [*kind.title_fields, *((kind.code_field,) if kind.code_field else ())]
    columns = RECORD_TABLES[kind_name].c
    return tuple(dict.fromkeys(("uuid", "deleted", *(one for one in names if one in columns))))


def _referring(connection: sa.Connection, name: str, uuid: str) -> list[tuple[str, str]]:
    """Give the records whose text holds the name of this commune or district."""
    if name not in _NAMED_BY_CODE:
        return []
    table = RECORD_TABLES[name]
    code = connection.scalar(sa.select(table.c.code).where(table.c.uuid == uuid))
    found: list[tuple[str, str]] = []
    for kind in KINDS.values():
        other = RECORD_TABLES[kind.name]
        for spec in kind.fields:
            if code and spec.type is FieldType.REFERENCE and spec.refers_to == name:
                query = sa.select(other.c.uuid).where(other.c[spec.name] == code)
                found.extend((kind.name, key) for key in connection.scalars(query))
    return found


def row_number(kind: str, uuid: str) -> int:
    """Give the row of a record: sites first, then the other kinds, each by a digest of its key."""
    digest = hashlib.sha256(f"{kind}:{uuid}".encode()).digest()
    place = 0 if kind == "site" else 1 + digest[-1] % ((1 << _KIND_BITS) - 1)
    return (place << _KEY_BITS) | int.from_bytes(digest[: _KEY_BITS // 8], "big")


def _index_row(
    connection: sa.Connection,
    number: int,
    kind: RecordKind,
    row: Mapping[str, object],
    parts: Mapping[str, Sequence[str]],
    names: dict[str, str],
) -> tuple[object, ...]:
    """Give the values of `_INSERT` for a record."""
    words = [str(row[spec.name]) for spec in indexed_fields(kind) if row[spec.name]]
    words.extend(_names_of_places(connection, kind, row, names))
    words.extend(parts.get(str(row["uuid"]), ()))
    text = nfc("\n".join(words))
    tail = _names_tail(kind, row)
    ref = f"{kind.name}:{row.get(kind.code_field or 'uuid') or row['uuid']}"
    folded = fold(text) + fold(tail)
    return number, kind.name, row["uuid"], ref, _title(kind, row), text + tail, folded


def _names_tail(kind: RecordKind, row: Mapping[str, object]) -> str:
    """Give the words of the record's names once more, each with the sign before it."""
    fields = {*kind.title_fields, kind.code_field, "alias_code"}
    names = [
        str(row[spec.name])
        for spec in indexed_fields(kind)
        if row[spec.name] and (spec.name in fields or spec.name.startswith("name_"))
    ]
    words = sorted(set(words_of(nfc(" ".join(names)))))
    return "\n" + " ".join(f"{NAME_SIGN}{word}" for word in words) if words else ""


def words_of(text: str) -> list[str]:
    """Give the words of a text as the index parts it."""
    return "".join(char if char.isalnum() else " " for char in text).split()


def _title(kind: RecordKind, row: Mapping[str, object]) -> str:
    names = [row.get(name) for name in kind.title_fields if name != kind.code_field]
    return next((str(name) for name in names if name), str(row["uuid"]))


def _names_of_places(
    connection: sa.Connection, kind: RecordKind, row: Mapping[str, object], known: dict[str, str]
) -> list[str]:
    """Give the names of communes and districts the record refers to by code."""
    names: list[str] = []
    for spec in _places_named(kind):
        if not row[spec.name]:
            continue
        key = f"{spec.refers_to}:{row[spec.name]}"
        if key not in known:
            table = RECORD_TABLES[spec.refers_to or ""]
            query = sa.select(table.c.name_vi).where(table.c.code == row[spec.name])
            known[key] = str(connection.scalar(query) or "")
        if known[key]:
            names.append(known[key])
    return names


def _places_named(kind: RecordKind) -> tuple[FieldSpec, ...]:
    return _named_by_code(kind.name)


@cache
def _named_by_code(kind_name: str) -> tuple[FieldSpec, ...]:
    return tuple(
        spec
        for spec in KINDS[kind_name].fields
        if spec.type is FieldType.REFERENCE and spec.refers_to in _NAMED_BY_CODE
    )


def rebuild(connection: sa.Connection) -> None:
    """Make the whole index anew from the rows."""
    list_texts.rebuild(connection)
    connection.exec_driver_sql("DELETE FROM search_index")
    places = sorted(
        (row_number(kind.name, uuid), kind.name, uuid)
        for kind in KINDS.values()
        if indexed_fields(kind)
        for uuid in _living(connection, kind)
    )
    _write(connection, places, is_new=True)
    connection.execute(
        sa.text("INSERT OR REPLACE INTO meta(name, value) VALUES ('search-form', :form)"),
        {"form": _form()},
    )


def _living(connection: sa.Connection, kind: RecordKind) -> list[str]:
    table = RECORD_TABLES[kind.name]
    return list(connection.scalars(sa.select(table.c.uuid).where(table.c.deleted == 0)))


def is_current(connection: sa.Connection) -> bool:
    """Say whether the index was made from the fields this version declares."""
    known = connection.scalar(sa.text("SELECT value FROM meta WHERE name = 'search-form'"))
    return bool(known == _form())


def _form() -> str:
    names: Sequence[str] = [
        f"{kind.name}.{spec.name}" for kind in KINDS.values() for spec in indexed_fields(kind)
    ]
    return f"{_FORM}-{hashlib.sha256(' '.join(names).encode()).hexdigest()[:16]}"


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
        A piece of its text around the hit, as it is written in the record.
    marks : tuple of (int, int)
        Where in `matched` the words stand: begin and end.
    title_marks : tuple of (int, int)
        The same for `title`.
    score : float
        Greater is better; exact accents stand above bare letters.
    is_near : bool
        Found only by another spelling than the one typed.
    place : str
        Where in its attached file the words stand (`page:3`, `sheet:Tên`, `line:120`); empty for
        words of the record itself.
    """

    kind: str
    uuid: str
    ref: str
    title: str
    matched: str
    marks: tuple[tuple[int, int], ...] = ()
    title_marks: tuple[tuple[int, int], ...] = ()
    score: float
    is_near: bool = False
    place: str = ""

    @property
    def group(self) -> str:
        """Give `records`, `files` (words inside an attached one) or `reference` (shipped lists)."""
        return "files" if self.place else "reference" if self.kind in SHIPPED_LISTS else "records"
