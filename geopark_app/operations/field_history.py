"""The history of one field, and an earlier value brought back as a new save."""

from dataclasses import dataclass

from geopark_app.domain.change import Changes, Json
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import kind_named
from geopark_app.operations.context import AppContext
from geopark_app.operations.records import get_record, history
from geopark_app.store.history import HistoryEntry
from geopark_app.store.rows import columns_of_logged


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedEntry:
    """One change with its number in the history of its record; 1 is the newest."""

    number: int
    entry: HistoryEntry


def numbered_history(
    context: AppContext, kind_name: str, uuid: str, *, field: str = ""
) -> list[NumberedEntry]:
    """Give the changes of a record, newest first, or of one field of it with the same numbers.

    Raises
    ------
    GeoparkError
        UNKNOWN_FIELD.
    """
    name = _field_name(kind_name, field) if field else ""
    entries = [
        NumberedEntry(number=number, entry=entry)
        for number, entry in enumerate(history(context, kind_name, uuid), start=1)
    ]
    return [one for one in entries if not name or one.entry.field == name]


def bring_back(
    context: AppContext,
    kind_name: str,
    uuid: str,
    field: str,
    *,
    number: int,
    before: bool = False,
    reason: str = "",
) -> Changes:
    """Write the value a change gave the field, or the one before it, as a new save.

    Raises
    ------
    GeoparkError
        NOT_FOUND, UNKNOWN_FIELD; BAD_VALUE when that change is not one of this field.
    """
    kind = kind_named(kind_name)
    get_record(context, kind, uuid)
    name = _field_name(kind_name, field)
    changes = numbered_history(context, kind_name, uuid, field=name)
    chosen = next((one.entry for one in changes if one.number == number), None)
    if chosen is None:
        known = ", ".join(str(one.number) for one in changes)
        raise GeoparkError(ErrorCode.BAD_VALUE, field="--entry", value=number, expected=known)
    value = chosen.old if before else chosen.new
    return write_logged(context, kind_name, uuid, name, value, reason=reason)


def write_logged(
    context: AppContext, kind_name: str, uuid: str, field: str, value: Json, *, reason: str = ""
) -> Changes:
    """Write a value as the log keeps it, such as one a person saw in the history.

    Raises
    ------
    GeoparkError
        NOT_FOUND, UNKNOWN_FIELD.
    """
    kind = kind_named(kind_name)
    name = _field_name(kind_name, field)
    spec = kind.field(name)
    assert spec is not None
    columns = columns_of_logged(spec, value)
    with context.work(reason or f"bring back {name}") as work:
        work.set_columns(kind, uuid, columns)
    return work.changes


def _field_name(kind_name: str, field: str) -> str:
    spec = kind_named(kind_name).field(field)
    if spec is None:
        raise GeoparkError(ErrorCode.UNKNOWN_FIELD, kind=kind_name, field=field)
    return spec.name
