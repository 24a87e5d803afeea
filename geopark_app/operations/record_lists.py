"""Records of any kind as lists show them: only the columns shown, narrowed and sorted in SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geopark_app.domain.condition import ListQuery, Order, SortBy
from geopark_app.domain.declaration import FieldSpec, FieldType, RecordKind
from geopark_app.domain.listed import columns_of
from geopark_app.domain.text import fold
from geopark_app.i18n import active
from geopark_app.operations.conditions import condition_of
from geopark_app.operations.context import AppContext
from geopark_app.operations.linked_records import Titles

_AS_TEXT = {FieldType.TEXT, FieldType.LONG_TEXT}
_BESIDE = {"document": ("sha256",), "term": ("colour",)}
"""Fields that make the signs beside the words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """What a list shows of a record.

    Attributes
    ----------
    uuid : str
        The record.
    words : tuple of str
        Its columns in words.
    colours : tuple of str
        Of each column, for terms that have one; see `Titles.colour`.
    unread : str
        Why search cannot look into its file; see `Titles.unread_state`.
    """

    uuid: str
    words: tuple[str, ...]
    colours: tuple[str, ...]
    unread: str = ""


def record_query(
    context: AppContext,
    kind: RecordKind,
    *,
    filters: Mapping[str, str],
    text: str = "",
    orders: tuple[Order, ...] = (),
    in_trash: bool = False,
) -> ListQuery:
    """Give the query of the records that pass all filters and hold every word of the text.

    Raises
    ------
    GeoparkError
        UNKNOWN_FIELD, BAD_VALUE; see `operations.conditions`.
    """
    return ListQuery(
        kind=kind.name,
        conditions=tuple(condition_of(context, kind, *item) for item in filters.items()),
        words=tuple(fold(text).split()),
        orders=orders,
        language=active(),
        in_trash=in_trash,
    )


def column_order(spec: FieldSpec, *, is_descending: bool = False) -> Order:
    """Give the order a column of a table sorts by: labels and names as people read them."""
    column, by, about = spec.name, SortBy.VALUE, ""
    match spec.type:
        case FieldType.CHOICE:
            by, about = SortBy.LABEL, spec.vocabulary or ""
        case FieldType.REFERENCE:
            by, about = SortBy.NAME, spec.refers_to or ""
        case FieldType.POSITION:
            column = f"{spec.name}_lat"
        case FieldType.QUANTITY:
            column = f"{spec.name}_value"
        case _ if spec.type in _AS_TEXT:
            by = SortBy.TEXT
    return Order(column=column, by=by, about=about, is_descending=is_descending)


def record_keys(context: AppContext, query: ListQuery) -> list[str]:
    """Give the keys of the records of a query, in its order."""
    return [key for (key,) in context.catalogue.list_rows(query, ("uuid",))]


def record_rows(
    context: AppContext, kind: RecordKind, uuids: Sequence[str], titles: Titles
) -> dict[str, RecordRow]:
    """Give these records with their columns in words, by their keys."""
    columns = columns_of(kind)
    records = context.catalogue.records_in_part(
        kind.record_type, [*(spec.name for spec in columns), *_BESIDE.get(kind.name, ())], uuids
    )
    for spec in columns:
        if spec.type is FieldType.REFERENCE:
            titles.read_ahead(spec, [str(getattr(record, spec.name)) for record in records])
    return {
        record.uuid: RecordRow(
            uuid=record.uuid,
            words=tuple(titles.cell(record, spec) for spec in columns),
            colours=tuple(titles.colour(record, spec) for spec in columns),
            unread=titles.unread_state(record),
        )
        for record in records
    }
