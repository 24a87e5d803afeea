"""Many values at once: seen before they are written, written as one save, undone as one step."""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import FieldSpec, Record, kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import kind_named
from geopark_app.operations.context import AppContext
from geopark_app.operations.records import get_record, read_typed
from geopark_app.store.rows import to_row

_REFUSED = (
    ErrorCode.BAD_VALUE,
    ErrorCode.BAD_POSITION,
    ErrorCode.UNKNOWN_FIELD,
    ErrorCode.NOT_FOUND,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One value as typed or pasted, for one field of one record."""

    uuid: str
    field: str
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """What an edit would do.

    Attributes
    ----------
    edit : Edit
        What was typed.
    record : Record or None
        The record as it is.
    old, new : object
        The value before and after.
    problem : GeoparkError or None
        Why the value cannot be taken.
    """

    edit: Edit
    record: Record | None = None
    old: Any = None
    new: Any = None
    problem: GeoparkError | None = None

    @property
    def is_change(self) -> bool:
        """Say whether writing it would change anything."""
        return self.problem is None and self.old != self.new


def preview(context: AppContext, kind_name: str, edits: Iterable[Edit]) -> list[CellChange]:
    """Give what each edit would do; nothing is written, no edit hides another."""
    known: dict[tuple[str, str], Any] = {}
    return [_look(context, kind_name, edit, known) for edit in edits]


def _look(
    context: AppContext, kind_name: str, edit: Edit, known: dict[tuple[str, str], Any]
) -> CellChange:
    record: Record | None = None
    try:
        record = get_record(context, kind_named(kind_name), edit.uuid)
        spec = _spec_of(record, edit.field)
        key = (edit.field, edit.typed)
        # The value of a part (quality of a position) depends on the record; a plain one does not.
        if key not in known or "." in edit.field or len(spec.columns) > 1:
            known[key] = read_typed(context, record, {edit.field: edit.typed})[spec.name]
    except GeoparkError as error:
        if error.code not in _REFUSED:
            raise
        return CellChange(edit=edit, record=record, problem=error)
    return CellChange(edit=edit, record=record, old=getattr(record, spec.name), new=known[key])


def _spec_of(record: Record, field: str) -> FieldSpec:
    spec = kind_of(record).field(field.partition(".")[0])
    if spec is None:
        raise GeoparkError(ErrorCode.UNKNOWN_FIELD, kind=kind_of(record).name, field=field)
    return spec


def write_changes(context: AppContext, changes: Sequence[CellChange], *, reason: str) -> Changes:
    """Write what was seen, as one save; what changes nothing and what has a problem is left out.

    Raises
    ------
    GeoparkError
        CHANGED_BY_OTHERS when a value is no longer the one that was seen; nothing is written.
    """
    with context.work(reason) as work:
        for change in changes:
            if not change.is_change or change.record is None:
                continue
            spec = _spec_of(change.record, change.edit.field)
            now = work.get(type(change.record), change.record.uuid)
            if now is None or getattr(now, spec.name) != change.old:
                raise GeoparkError(ErrorCode.CHANGED_BY_OTHERS, step=reason)
            row = to_row(dataclasses.replace(now, **{spec.name: change.new}))
            columns = {column: row[column] for column in spec.columns}
            work.set_columns(kind_of(now), now.uuid, columns)
    return work.changes
