"""Undo and redo of this sitting's own saves, as new saves; the log only grows.

A step whose value a colleague (or another window's command) has replaced meanwhile is refused by
name, never overwritten.
"""

from dataclasses import dataclass

from geopark_app.domain.change import Changes, OpId, OpKind
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import KINDS
from geopark_app.operations.context import AppContext
from geopark_app.rules.roles import RULING_KINDS
from geopark_app.store.engine import reading
from geopark_app.store.history import (
    LoggedOp,
    current_tombs,
    current_writes,
    fields_written_since_insert,
    ops_of_save,
    value_written,
    writes_of_row,
)
from geopark_app.store.rows import columns_of_logged
from geopark_app.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """What can be turned back at once, under the name people know it by.

    Attributes
    ----------
    saves : tuple of OpId
        Its saves, the oldest first; nearly always one.
    note : str
        Its name.
    restored : frozenset of OpId
        The writes that records it took out of the trash had then.
    """

    saves: tuple[OpId, ...]
    note: str
    restored: frozenset[OpId]


class UndoStack:
    """The named steps of one sitting, over all records."""

    def __init__(self, context: AppContext) -> None:
        """Start with no step."""
        self._context = context
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        # An undo writes a value again: its operation stands for the one it brought back.
        self._stands_for: dict[OpId, OpId] = {}

    def push(self, changes: Changes) -> None:
        """Remember a save just made; what was undone before cannot be redone any more."""
        if changes.save is not None:
            self._done.append(self._step((*changes.earlier, changes.save), changes.note))
            self._undone.clear()

    @property
    def undo_text(self) -> str | None:
        """Name of the step undo would turn back, or None."""
        return self._done[-1].note if self._done else None

    @property
    def redo_text(self) -> str | None:
        """Name of the step redo would bring back, or None."""
        return self._undone[-1].note if self._undone else None

    def undo(self) -> Changes:
        """Turn back the last step as a new save.

        Raises
        ------
        GeoparkError
            CHANGED_BY_OTHERS naming the step; the step is dropped and nothing is written.
        """
        return self._turn(self._done, self._undone)

    def redo(self) -> Changes:
        """Bring back the step undone last, as a new save; raises like `undo`."""
        return self._turn(self._undone, self._done)

    def _turn(self, source: list[_Step], target: list[_Step]) -> Changes:
        if not source:
            return Changes()
        step = source.pop()
        with self._context.work(step.note, is_ruling=self._rules(step)) as work:
            ops = [op for save in step.saves for op in ops_of_save(work.connection, save)]
            for op in ops:
                self._check(work, op, step)
            for op in reversed(ops):
                self._reverse(work, op)
        changes = work.changes
        if changes.save is not None:
            self._remember_stand_ins(ops, changes.save)
            target.append(self._step((changes.save,), step.note))
        return changes

    def _rules(self, step: _Step) -> bool:
        """Say whether a step decides what counts of other saves."""
        with reading(self._context.catalogue.engine) as connection:
            ops = [op for save in step.saves for op in ops_of_save(connection, save)]
        return any(op.table in RULING_KINDS for op in ops)

    def _step(self, saves: tuple[OpId, ...], note: str) -> _Step:
        with reading(self._context.catalogue.engine) as connection:
            restored = [
                writes_of_row(connection, op.table, op.row_uuid)
                for save in saves
                for op in ops_of_save(connection, save)
                if op.kind is OpKind.RESTORE
            ]
        return _Step(saves=saves, note=note, restored=frozenset().union(*restored))

    def _origin(self, op: OpId) -> OpId:
        while op in self._stands_for:
            op = self._stands_for[op]
        return op

    def _check(self, work: UnitOfWork, op: LoggedOp, step: _Step) -> None:
        """Refuse when the state the step left is not the state of now."""
        connection = work.connection
        match op.kind:
            case OpKind.UPDATE:
                now = current_writes(connection, op.table, op.row_uuid, op.field)
                fine = {self._origin(ref) for ref in now} == {self._origin(op.id)}
            case OpKind.INSERT:
                later = fields_written_since_insert(connection, op.table, op.row_uuid)
                fine = all(self._origin(ref) == op.id for ref in later)
            case OpKind.DELETE:
                tombs = current_tombs(connection, op.table, op.row_uuid)
                fine = self._origin(op.id) in {self._origin(ref) for ref in tombs}
            case OpKind.RESTORE:
                then = {self._origin(ref) for ref in step.restored}
                writes = writes_of_row(connection, op.table, op.row_uuid)
                in_trash = current_tombs(connection, op.table, op.row_uuid)
                fine = not in_trash and {self._origin(ref) for ref in writes} <= then
        if not fine:
            raise GeoparkError(ErrorCode.CHANGED_BY_OTHERS, step=step.note)

    def _reverse(self, work: UnitOfWork, op: LoggedOp) -> None:
        kind = KINDS[op.table]
        match op.kind:
            case OpKind.UPDATE:
                spec = kind.field(op.field)
                assert spec is not None
                before = (
                    value_written(work.connection, op.replaces[0], op.field)
                    if op.replaces
                    else None
                )
                columns = columns_of_logged(spec, before)
                work.set_columns(kind, op.row_uuid, columns)
            case OpKind.INSERT | OpKind.RESTORE:
                work.delete(kind, op.row_uuid)
            case OpKind.DELETE:
                work.restore(kind, op.row_uuid)

    def _remember_stand_ins(self, ops: list[LoggedOp], reversal: OpId) -> None:
        """Note which older write each operation of a reversal brought back."""
        with reading(self._context.catalogue.engine) as connection:
            written = {
                (op.kind, op.table, op.row_uuid, op.field): op.id
                for op in ops_of_save(connection, reversal)
            }
        for op in ops:
            kind = OpKind.DELETE if op.kind is OpKind.RESTORE else op.kind
            new = written.get((kind, op.table, op.row_uuid, op.field))
            if kind is not OpKind.INSERT and new is not None and op.replaces:
                self._stands_for[new] = op.replaces[0]
