"""The words a list is narrowed by, folded once: kept up in the transaction of every save."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache

import sqlalchemy as sa

from geopark_app.domain.declaration import FieldSpec, FieldType, RecordKind
from geopark_app.domain.kinds import KINDS
from geopark_app.domain.text import fold
from geopark_app.store.tables import LIST_TEXT, META, RECORD_TABLES

_TEXTS = {FieldType.TEXT, FieldType.LONG_TEXT}
_IN_NAMES = _TEXTS | {FieldType.INTEGER, FieldType.DATE}
# Not the long texts of a site: those are for the search, which knows words and not only letters.
_SITE_WORDS = (
    "code", "alias_code", "name_vi", "name_en", "name_local", "village", "former_admin",
    "summary_vi", "summary_en",
)  # fmt: skip
_MARK = "list-text-form"
_FORM = "1"
_AT_ONCE = 500


@cache
def _title_fields(kind_name: str) -> tuple[FieldSpec, ...]:
    kind = KINDS[kind_name]
    names = [name for vi in kind.title_fields for name in (vi, f"{vi.removesuffix('_vi')}_en")]
    found = [kind.field(name) for name in dict.fromkeys(names)]
    return tuple(spec for spec in found if spec is not None and spec.type in _IN_NAMES)


@cache
def _word_fields(kind_name: str) -> tuple[FieldSpec, ...]:
    """Give the texts of a kind that its list shows or that people look for."""
    kind = KINDS[kind_name]
    texts = [spec for spec in kind.fields if spec.type in _TEXTS]
    if kind.name == "site":
        return tuple(spec for spec in texts if spec.name in _SITE_WORDS)
    listed = [spec for spec in texts if spec.in_list or spec.searchable]
    wanted = {spec.name for spec in (*_title_fields(kind_name), *(listed or texts))}
    return tuple(spec for spec in texts if spec.name in wanted)


def refresh(connection: sa.Connection, touched: Iterable[tuple[str, str]]) -> None:
    """Bring the words of the touched records up to date."""
    by_kind: dict[str, list[str]] = {}
    for name, uuid in touched:
        by_kind.setdefault(name, []).append(uuid)
    for name, uuids in by_kind.items():
        for at in range(0, len(uuids), _AT_ONCE):
            _write(connection, KINDS[name], uuids[at : at + _AT_ONCE])


def rebuild(connection: sa.Connection) -> None:
    """Make the words of all records anew."""
    connection.execute(LIST_TEXT.delete())
    for kind in KINDS.values():
        _write(connection, kind, None)
    connection.execute(META.delete().where(META.c.name == _MARK))
    connection.execute(META.insert().values(name=_MARK, value=_form()))


def is_current(connection: sa.Connection) -> bool:
    """Say whether the words were made from the fields this version declares."""
    return bool(connection.scalar(sa.select(META.c.value).where(META.c.name == _MARK)) == _form())


def _write(connection: sa.Connection, kind: RecordKind, uuids: list[str] | None) -> None:
    fields = {spec.name: spec for spec in (*_title_fields(kind.name), *_word_fields(kind.name))}
    if not fields:
        return
    table = RECORD_TABLES[kind.name]
    query = sa.select(table.c.uuid, *(table.c[name] for name in fields))
    if uuids is not None:
        query = query.where(table.c.uuid.in_(uuids))
        place = (LIST_TEXT.c.tbl == kind.name, LIST_TEXT.c.row_uuid.in_(uuids))
        connection.execute(LIST_TEXT.delete().where(*place))
    rows = [_row(kind, dict(found)) for found in connection.execute(query).mappings()]
    if rows:
        connection.execute(LIST_TEXT.insert(), rows)


def _row(kind: RecordKind, found: Mapping[str, object]) -> dict[str, str]:
    titles = [str(found[spec.name]) for spec in _title_fields(kind.name) if found[spec.name]]
    words = [str(found[spec.name]) for spec in _word_fields(kind.name) if found[spec.name]]
    return {
        "tbl": kind.name,
        "row_uuid": str(found["uuid"]),
        "title": fold("\n".join(titles)),
        "folded": fold("\n".join(words)),
    }


def _form() -> str:
    names = [
        f"{kind.name}.{spec.name}"
        for kind in KINDS.values()
        for spec in (*_title_fields(kind.name), *_word_fields(kind.name))
    ]
    return f"{_FORM}-{hashlib.sha256(' '.join(names).encode()).hexdigest()[:16]}"
