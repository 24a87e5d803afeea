"""The trash of all record kinds: what lies in it, taken out again, or hidden for good."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import Record, RecordKind, kind_of
from geopark_app.domain.kinds import ALL_KINDS, kind_named
from geopark_app.operations.context import AppContext
from geopark_app.operations.keeping_settings import keep_settings, settings_under
from geopark_app.store.history import last_deletes

_START = "trash-emptied:"
_NOT_SHOWN = {"catalogue_setting"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrashedRecord:
    """A record in the trash.

    Attributes
    ----------
    kind : RecordKind
        Its kind.
    record : Record
        The record as it was.
    title : str
        Its code and name.
    at, person, device : str
        When it was put there, by whom, on which laptop; empty when the log does not say.
    """

    kind: RecordKind
    record: Record
    title: str
    at: str = ""
    person: str = ""
    device: str = ""


def trashed_records(context: AppContext) -> list[TrashedRecord]:
    """Give what lies in the trash and was not hidden by emptying it, newest first."""
    deletes = last_deletes(context.catalogue)
    hidden = settings_under(context, _START)
    found = []
    for record_type in ALL_KINDS:
        kind = kind_of(record_type)
        if kind.name in _NOT_SHOWN:
            continue
        records = context.catalogue.records(record_type, where={"deleted": 1}, include_deleted=True)
        for record in records:
            entry = deletes.get((kind.name, record.uuid))
            at = entry.at if entry else ""
            if _is_hidden(hidden.get(f"{kind.name}:{record.uuid}"), at):
                continue
            found.append(
                TrashedRecord(
                    kind=kind,
                    record=record,
                    title=title_of(record),
                    at=at,
                    person=entry.person if entry else "",
                    device=entry.device if entry else "",
                )
            )
    return sorted(found, key=lambda item: item.at, reverse=True)


def title_of(record: Record) -> str:
    """Give code and name of a record, or its key."""
    kind = kind_of(record)
    names = [str(value) for name in kind.title_fields if (value := getattr(record, name))]
    return " ".join(names) or record.uuid


def restore_records(
    context: AppContext, records: Sequence[TrashedRecord], *, reason: str
) -> Changes:
    """Take records out of the trash, as one save."""
    with context.work(reason) as work:
        for item in records:
            work.restore(item.kind, item.record.uuid)
    return work.changes


def counted(records: Iterable[TrashedRecord]) -> list[tuple[RecordKind, int]]:
    """Give how many of each kind, to be said before the trash is emptied."""
    counts = Counter(item.kind.name for item in records)
    return [(kind_named(name), count) for name, count in sorted(counts.items())]


def empty_trash(context: AppContext, records: Sequence[TrashedRecord], *, reason: str) -> Changes:
    """Hide these records in every trash list, on every laptop that gets this save.

    Nothing is removed from the log: check and exchange go on verifying. A record that is put into
    the trash again later is listed again.
    """
    now = context.now().isoformat(timespec="milliseconds")
    values = {f"{_START}{item.kind.name}:{item.record.uuid}": now for item in records}
    return keep_settings(context, values, reason=reason)


def _is_hidden(emptied: object, trashed: str) -> bool:
    if not isinstance(emptied, str):
        return False
    try:
        return not trashed or datetime.fromisoformat(trashed) <= datetime.fromisoformat(emptied)
    except ValueError:
        return False


def delete_records(
    context: AppContext, kind: RecordKind, uuids: Iterable[str], *, reason: str
) -> Changes:
    """Put records of a kind into the trash, as one save."""
    with context.work(reason) as work:
        for uuid in uuids:
            work.delete(kind, uuid)
    return work.changes
