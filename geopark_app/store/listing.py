"""Lists straight from the columns they show: narrowed and sorted in SQL, no whole records."""

import json
from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa

from geopark_app.domain.condition import Condition, ListQuery, Order, SortBy, Test
from geopark_app.domain.declaration import FieldSpec, FieldType
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import KINDS
from geopark_app.domain.listed import columns_of
from geopark_app.store.search import words_of
from geopark_app.store.site_columns import SCORE, score_table, site_columns
from geopark_app.store.tables import DIRTY, LIST_TEXT, RECORD_TABLES

Expression = sa.ColumnElement[Any]
_FEW = 500
_NUMBERS = {FieldType.INTEGER, FieldType.DECIMAL}


def select_list(
    connection: sa.Connection, query: ListQuery, names: Sequence[str]
) -> list[tuple[Any, ...]]:
    """Give the named columns of the records a list shows, in its order.

    Raises
    ------
    GeoparkError
        UNKNOWN_FIELD for a column the kind does not have.
    """
    wanted = _Columns(query.kind)
    statement = sa.select(*(wanted[name] for name in names)).where(*_conditions(query, wanted))
    if any(order.column == SCORE for order in query.orders) or SCORE in names:
        scores = score_table()
        joined = wanted.table.outerjoin(scores, scores.c.site_uuid == wanted.table.c.uuid)
        statement = statement.select_from(joined)
    else:
        statement = statement.select_from(wanted.table)
    for order in query.orders:
        key = _order_key(order, wanted[order.column], query.language)
        way = key.desc() if order.is_descending else key.asc()
        statement = statement.order_by(way.nulls_last())
    statement = statement.order_by(wanted.table.c.uuid).limit(query.limit)
    return [tuple(row) for row in connection.execute(statement).all()]


def count_list(connection: sa.Connection, query: ListQuery) -> int:
    """Give how many records a list shows."""
    columns = _Columns(query.kind)
    statement = sa.select(sa.func.count()).select_from(columns.table)
    return int(connection.scalar(statement.where(*_conditions(query, columns))) or 0)


class _Columns:
    """The columns of a kind by name, with those worked out for sites."""

    def __init__(self, kind_name: str) -> None:
        self.kind = KINDS[kind_name]
        self.table = RECORD_TABLES[kind_name]
        self._worked_out = site_columns() if kind_name == "site" else {}

    def __getitem__(self, name: str) -> Expression:
        if name in self._worked_out:
            return self._worked_out[name]()
        if name not in self.table.c:
            raise GeoparkError(ErrorCode.UNKNOWN_FIELD, kind=self.kind.name, field=name)
        return self.table.c[name]


def _conditions(query: ListQuery, columns: _Columns) -> list[Expression]:
    table = columns.table
    met = [_met(condition, columns) for condition in query.conditions]
    if query.but_not:
        met.append(sa.not_(_one_of(table.c.uuid, query.but_not)))
    if query.among is not None:
        met.append(_one_of(table.c.uuid, query.among))
    if query.words:
        has_words = sa.and_(*(_has_word(query.kind, table, word) for word in query.words))
        places = [has_words, _one_of(table.c.uuid, query.found)]
        if query.in_texts:
            number = sa.func.site_number(table.c.uuid)
            places.append(number.in_(_with_words(query.words)))
        met.append(sa.or_(*places))
    if query.kept and met:
        met = [sa.or_(table.c.uuid == query.kept, sa.and_(*met))]
    return [table.c.deleted == int(query.in_trash), *met]


def _with_words(words: Sequence[str]) -> sa.Select[Any]:
    """Give the rows of the search index that have all words, each at the beginning of a word."""
    index = sa.table("search_index", sa.column("rowid"))
    parts = [part for word in words for part in words_of(word)]
    asked = " AND ".join(f'folded:"{part}"*' for part in parts)
    query = sa.select(index.c.rowid)
    if not asked:
        return query.where(sa.false())
    return query.where(sa.text("search_index MATCH :asked").bindparams(asked=asked))


def _one_of(column: Expression, keys: Collection[str | int | float]) -> Expression:
    """Say that a column has one of these values: they may be more than SQL takes as parameters."""
    if len(keys) <= _FEW:
        return column.in_(keys)
    listed = sa.func.json_each(json.dumps(list(keys))).table_valued("value")
    return column.in_(sa.select(listed.c.value))


# Conditions -----------------------------------------------------------------------------------


def _met(condition: Condition, columns: _Columns) -> Expression:
    rows = condition.rows
    if rows is None:
        return _compared(condition, columns[condition.column])
    table = RECORD_TABLES[rows.kind]
    met = [table.c[name] == value for name, value in rows.where]
    if condition.test not in {Test.KNOWN, Test.UNKNOWN}:
        met.append(_compared(condition, table.c[condition.column]))
    owners = sa.select(table.c[rows.via]).where(table.c.deleted == 0, *met)
    owners = owners.where(table.c[rows.via].is_not(None))
    uuid = columns.table.c.uuid
    return uuid.not_in(owners) if condition.test is Test.UNKNOWN else uuid.in_(owners)


def _compared(condition: Condition, column: Expression) -> Expression:
    if condition.names_of:
        return sa.or_(*(_named(condition.names_of, column, str(word)) for word in condition.values))
    if condition.is_number:
        column = sa.cast(column, sa.Float)
    match condition.test:
        case Test.KNOWN:
            return sa.and_(column.is_not(None), column != "")
        case Test.UNKNOWN:
            return sa.or_(column.is_(None), column == "")
        case Test.IS_NOT:
            return sa.or_(column.is_(None), sa.not_(_one_of(column, condition.values)))
        case Test.IS:
            return _one_of(column, condition.values)
    ways = [_compared_with(condition.test, column, value) for value in condition.values]
    return sa.or_(*ways)


def _compared_with(test: Test, column: Expression, value: str | int | float) -> Expression:
    if test is Test.AT_LEAST:
        return column >= value
    if test is Test.READS:
        return sa.func.coalesce(sa.func.fold_text(column), "") == value
    if test is Test.HOLDS:
        return sa.func.instr(sa.func.fold_text(column), value) > 0
    if isinstance(value, str):
        # A month or a year is compared with as much of the date.
        column = sa.func.substr(column, 1, len(value))
    return column == value if test is Test.STARTS else column <= value


def _named(kind_name: str, column: Expression, word: str) -> Expression:
    """Say that the record a column refers to has this word in its name."""
    texts = sa.select(LIST_TEXT.c.row_uuid).where(
        LIST_TEXT.c.tbl == kind_name, sa.func.instr(LIST_TEXT.c.title, word) > 0
    )
    table, code = RECORD_TABLES[kind_name], KINDS[kind_name].code_field
    if code is None or str(getattr(column, "name", "")).endswith("_uuid"):
        return column.in_(texts)
    return column.in_(sa.select(table.c[code]).where(table.c.uuid.in_(texts)))


# Words ----------------------------------------------------------------------------------------


def _has_word(kind_name: str, table: sa.Table, word: str) -> Expression:
    kept = sa.select(LIST_TEXT.c.row_uuid).where(
        LIST_TEXT.c.tbl == kind_name, sa.func.instr(LIST_TEXT.c.folded, word) > 0
    )
    places = [table.c.uuid.in_(kept), _changed_outside(kind_name, table, word)]
    if kind_name == "site":
        places += [_named("commune", table.c.commune_code, word), _formerly(table, word)]
    else:
        places += [
            place
            for spec in columns_of(KINDS[kind_name])
            if (place := _word_in(spec, table, word)) is not None
        ]
    return sa.or_(*places)


def _word_in(spec: FieldSpec, table: sa.Table, word: str) -> Expression | None:
    """Look for a word in what a list shows of a field that is no text."""
    if spec.type is FieldType.CHOICE:
        term = RECORD_TABLES["term"].c
        labels = sa.func.fold_text(sa.func.coalesce(term.label_vi, "") + "\n" + _or_empty(term))
        codes = sa.select(term.code).where(
            term.vocabulary == spec.vocabulary, sa.func.instr(labels, word) > 0
        )
        return table.c[spec.name].in_(codes)
    if spec.type is FieldType.REFERENCE and spec.refers_to:
        return _named(spec.refers_to, table.c[spec.name], word)
    if spec.type is FieldType.DATE:
        column = table.c[spec.name]
        parts = [sa.func.substr(column, at, n) for at, n in ((9, 2), (6, 2), (1, 4))]
        return sa.func.instr(parts[0] + "/" + parts[1] + "/" + parts[2], word) > 0
    if spec.type in _NUMBERS:
        return sa.func.instr(sa.cast(table.c[spec.name], sa.Text), word) > 0
    return None


def _or_empty(term: Any) -> Expression:
    return sa.func.coalesce(term.label_en, "")


def _changed_outside(kind_name: str, table: sa.Table, word: str) -> Expression:
    """Look into rows another program wrote, which no save of ours has taken in yet."""
    texts = [column for column in table.c if isinstance(column.type, sa.Text)]
    changed = sa.select(DIRTY.c.row_uuid).where(DIRTY.c.tbl == kind_name)
    text = sa.func.fold_text(sa.func.json_array(*texts))
    return sa.and_(table.c.uuid.in_(changed), sa.func.instr(text, word) > 0)


def _formerly(table: sa.Table, word: str) -> Expression:
    """Look for a word in the names of the former communes of a site and their districts."""
    commune = RECORD_TABLES["former_commune"]
    district = RECORD_TABLES["former_district"]
    more = RECORD_TABLES["site_former_commune"].c
    name = sa.func.coalesce(commune.c.name_vi, "") + ", " + sa.func.coalesce(district.c.name_vi, "")
    codes = (
        sa.select(commune.c.code)
        .select_from(commune.outerjoin(district, district.c.code == commune.c.former_district_code))
        .where(commune.c.deleted == 0, sa.func.instr(sa.func.fold_text(name), word) > 0)
    )
    further = sa.select(more.site_uuid).where(
        more.deleted == 0, more.former_commune_code.in_(codes)
    )
    return sa.or_(table.c.former_commune_code.in_(codes), table.c.uuid.in_(further))


# Order ----------------------------------------------------------------------------------------


def _order_key(order: Order, column: Expression, language: str) -> Expression:
    match order.by:
        case SortBy.TEXT:
            return sa.func.sort_text(sa.func.nullif(column, ""))
        case SortBy.LABEL:
            return sa.func.sort_text(_label(order.about, column, language))
        case SortBy.NAME:
            return sa.func.sort_text(_name(order.about, column, language))
    return column


def _label(vocabulary: str, column: Expression, language: str) -> Expression:
    term = RECORD_TABLES["term"].alias()
    found = (
        sa.select(_in_language(term.c.label_vi, term.c.label_en, language))
        .where(term.c.vocabulary == vocabulary, term.c.code == column, term.c.deleted == 0)
        .limit(1)
        .scalar_subquery()
    )
    return sa.func.coalesce(found, column)


def _name(kind_name: str, column: Expression, language: str) -> Expression:
    """Give the name of the record a column refers to, as far as texts and labels make it."""
    kind, table = KINDS[kind_name], RECORD_TABLES[kind_name].alias()
    parts = []
    for name in kind.title_fields:
        spec = kind.field(name)
        if spec is None or spec.type is FieldType.REFERENCE:
            continue
        other = f"{name.removesuffix('_vi')}_en"
        part: Expression = table.c[name]
        if spec.type is FieldType.CHOICE:
            part = _label(spec.vocabulary or "", part, language)
        elif name.endswith("_vi") and other in table.c:
            part = _in_language(part, table.c[other], language)
        parts.append(sa.func.coalesce(sa.cast(part, sa.Text) + " ", ""))
    key = "uuid"
    if kind.code_field and not str(getattr(column, "name", "")).endswith("_uuid"):
        key = kind.code_field
    words: Expression = parts[0] if parts else sa.literal("")
    for part in parts[1:]:
        words = words + part
    found = sa.select(words).where(table.c[key] == column).limit(1).scalar_subquery()
    return sa.func.coalesce(found, column)


def _in_language(vi: Expression, en: Expression, language: str) -> Expression:
    if language == "en":
        return sa.func.coalesce(sa.func.nullif(en, ""), vi)
    return sa.func.coalesce(vi, en)
