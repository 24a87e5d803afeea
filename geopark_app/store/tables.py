"""Tables made from the record declarations, and the tables of the log."""

import dataclasses
from typing import Any

import sqlalchemy as sa

from geopark_app.domain.declaration import COMPOSITES, FieldSpec, FieldType, RecordKind
from geopark_app.domain.kinds import KINDS

METADATA = sa.MetaData()

_COLUMN_TYPES: dict[FieldType, type[sa.types.TypeEngine[Any]]] = {
    FieldType.INTEGER: sa.Integer,
    FieldType.BOOLEAN: sa.Integer,
    FieldType.DECIMAL: sa.Float,
}


def _columns(kind: RecordKind, spec: FieldSpec) -> list[sa.Column[Any]]:
    composite = COMPOSITES.get(spec.type)
    if composite is not None:
        return [
            sa.Column(
                f"{spec.name}_{part.name}",
                sa.Float if part.type in {float, float | None} else sa.Text,
            )
            for part in dataclasses.fields(composite)
        ]
    column_type = _COLUMN_TYPES.get(spec.type, sa.Text)
    return [sa.Column(spec.name, column_type, *_foreign_key(kind, spec))]


def _foreign_key(kind: RecordKind, spec: FieldSpec) -> list[sa.ForeignKey]:
    """Give the foreign key of a reference by uuid.

    References by official code, and to editions this laptop may not know yet, have none.
    """
    if spec.refers_to is None or not spec.name.endswith("_uuid"):
        return []
    if KINDS[spec.refers_to].is_seeded:
        return []
    name = f"fk_{kind.name}_{spec.name}"
    target = f"{spec.refers_to}.uuid"
    return [sa.ForeignKey(target, name=name, deferrable=True, initially="DEFERRED")]


def _record_table(kind: RecordKind) -> sa.Table:
    columns: list[sa.Column[Any]] = [sa.Column("uuid", sa.Text, primary_key=True)]
    for spec in kind.fields:
        columns.extend(_columns(kind, spec))
    columns.append(sa.Column("deleted", sa.Integer, nullable=False, server_default="0"))
    table = sa.Table(kind.name, METADATA, *columns)
    for spec in kind.fields:
        if spec.refers_to is not None or spec.name == kind.code_field:
            sa.Index(f"ix_{kind.name}_{spec.name}", table.c[spec.name])
    return table


RECORD_TABLES: dict[str, sa.Table] = {name: _record_table(kind) for name, kind in KINDS.items()}
# What a list of sites shows and is narrowed by, so that it need not read the long records.
sa.Index(
    "ix_site_list",
    *(
        RECORD_TABLES["site"].c[name]
        for name in (
            "deleted", "uuid", "code", "name_vi", "name_en", "site_kind", "commune_code",
            "workflow_status", "former_commune_code", "former_admin", "position_lon",
            "position_lat", "position_quality",
        )
    ),
)  # fmt: skip
# Lists sort by the words of terms: one look-up for each row.
sa.Index("ix_term_place", RECORD_TABLES["term"].c.vocabulary, RECORD_TABLES["term"].c.code)


def _table(name: str, *columns: sa.Column[Any]) -> sa.Table:
    return sa.Table(name, METADATA, *columns)


def _text(name: str, *, key: bool = False, null: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, primary_key=key, nullable=null and not key)


def _int(name: str, *, key: bool = False, null: bool = True) -> sa.Column[Any]:
    # "autoincrement=False": these keys are given by the log, never by SQLite.
    return sa.Column(
        name, sa.Integer, primary_key=key, nullable=null and not key, autoincrement=False
    )


META = _table("meta", _text("name", key=True), _text("value"))
AUTHOR = _table(
    "author",
    _text("author_id", key=True),
    _text("device"),
    _int("incarnation"),
    _text("user"),
    _text("public_key"),
    _int("have", null=False),
    _text("tail_hash"),
)
TXN = _table(
    "txn",
    _text("author", key=True),
    _int("first", key=True),
    _int("n", null=False),
    _int("hlc", null=False),
    _text("wall"),
    _text("user"),
    _text("schema_version"),
    _text("note"),
    _text("prev_hash"),
    _text("hash"),
    _text("sig"),
)
OP = _table(
    "op",
    _text("author", key=True),
    _int("seq", key=True),
    _text("tbl", null=False),
    _text("row_uuid", null=False),
    _text("kind", null=False),
    _text("field", null=False),
    _text("value"),
    _text("salt"),
    _text("digest"),
    _text("replaces"),
    _text("seen"),
)
sa.Index("ix_op_row", OP.c.row_uuid, OP.c.field)
sa.Index("ix_txn_hlc", TXN.c.hlc)
HEAD = _table(
    "head",
    _text("tbl", key=True),
    _text("row_uuid", key=True),
    _text("field", key=True),
    _text("author", key=True),
    _int("seq", key=True),
)
INSERT_OF = _table(
    "insert_of",
    _text("tbl", key=True),
    _text("row_uuid", key=True),
    _text("author", key=True),
    _int("seq", key=True),
)
TOMB = _table(
    "tomb",
    _text("tbl", key=True),
    _text("row_uuid", key=True),
    _text("author", key=True),
    _int("seq", key=True),
    _text("seen"),
)
CONFLICT = _table(
    "conflict",
    _text("tbl", key=True),
    _text("row_uuid", key=True),
    _text("field", key=True),
    _text("kind"),
    _text("since"),
)
DIRTY = _table(
    "dirty",
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    _text("tbl"),
    _text("row_uuid"),
    _text("field"),
    _text("kind"),
)
PARKED = _table(
    "parked",
    _text("bundle", key=True),
    _text("needs"),
    _text("arrived_at"),
    sa.Column("content", sa.LargeBinary),
)
PEER = _table("peer", _text("author", key=True), _text("have"), _text("heard_at"), _text("said"))
PEER_BLOB = _table(
    "peer_blob", _text("author", key=True), _text("sha256", key=True), _text("heard_at")
)
sa.Index("ix_peer_blob_sha256", PEER_BLOB.c.sha256)
BUNDLE = _table("bundle", _text("sha256", key=True), _text("ranges"))
MEMBERSHIP = _table(
    "membership",
    _int("number", key=True),
    _text("content", null=False),
    _text("sig", null=False),
    _text("arrived_at"),
)
BLOB = _table(
    "blob", _text("sha256", key=True), _int("byte_count"), _text("role"), _text("added_at")
)
DRAFT = _table(
    "draft",
    _text("tbl", key=True),
    _text("row_uuid", key=True),
    _text("field", key=True),
    _text("typed"),
    _text("at"),
)
LIST_TEXT = sa.Table(
    "list_text",
    METADATA,
    _text("tbl", key=True),
    _text("row_uuid", key=True),
    _text("title", null=False),
    _text("folded", null=False),
    sqlite_with_rowid=False,
)

SEARCH_DDL = (
    "CREATE VIRTUAL TABLE search_index USING fts5("
    "kind UNINDEXED, row_uuid UNINDEXED, ref UNINDEXED, title UNINDEXED, exact, folded, "
    "tokenize = \"unicode61 remove_diacritics 0\", prefix = '2 3')"
)
