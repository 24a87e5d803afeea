"""From typing to saves: a draft within a second, one named save when a field is left."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import Record
from geopark_app.domain.errors import GeoparkError
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.editor import TypedValues
from geopark_app.gui.session import Session
from geopark_app.operations.context import AppContext
from geopark_app.operations.drafts import drop_draft, keep_draft, pending_drafts
from geopark_app.operations.records import set_fields

_DRAFT_MS = 600
_SAVE_MS = 30_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldKey:
    """One field of one record."""

    kind: str
    uuid: str
    field: str


Write = Callable[[AppContext, FieldKey, TypedValues, str], Changes]
"""Makes the save of one field from typed values; the text is the name of the save."""


@dataclass(slots=True, kw_only=True)
class _Typed:
    values: TypedValues
    reason: str
    saw: Record | None = None
    is_kept: bool = False


class FieldSaver(QObject):
    """Keeps what is typed and saves it; errors come back to the field.

    Signals
    -------
    saved(FieldKey)
        The value stands in the catalogue, its draft is gone.
    refused(FieldKey, GeoparkError)
        The value has the wrong shape; the draft stays.
    kept(FieldKey)
        What was typed so far is in the draft table.
    """

    saved = Signal(object)
    refused = Signal(object, object)
    kept = Signal(object)

    def __init__(
        self, session: Session, parent: QObject | None = None, *, write: Write | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._write = write or _write_fields
        self._typed: dict[FieldKey, _Typed] = {}
        self._saving: dict[FieldKey, int] = {}
        self._draft_timer = self._timer(_DRAFT_MS, self.keep_drafts)
        self._save_timer = self._timer(_SAVE_MS, self.save_all)
        session.about_to_save.connect(self.save_all)

    def _timer(self, interval_ms: int, deed: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(deed)
        return timer

    def is_pending(self, key: FieldKey) -> bool:
        """Say whether the field holds something that is not yet in the catalogue."""
        return key in self._typed or key in self._saving

    def is_being_typed(self, key: FieldKey) -> bool:
        """Say whether something was typed that no save was asked for yet."""
        return key in self._typed

    def note(
        self, key: FieldKey, values: TypedValues, *, reason: str, saw: Record | None = None
    ) -> None:
        """Take what stands in the editor now; `reason` names the save to come.

        `saw` is the record as shown; the first one counts, for that is what is typed over.
        """
        before = self._typed.get(key)
        first = before.saw if before is not None else saw
        self._typed[key] = _Typed(values=dict(values), reason=reason, saw=first)
        for timer in (self._draft_timer, self._save_timer):
            if not timer.isActive():
                timer.start()

    def keep_drafts(self) -> None:
        """Put everything typed since the last call into the draft table."""
        for key, typed in self._typed.items():
            if not typed.is_kept:
                typed.is_kept = True
                self._keep(key, typed.values)

    def _keep(self, key: FieldKey, values: TypedValues) -> None:
        def work(context: AppContext) -> None:
            _keep_all(context, key, values)

        self._session.run(work, while_alive(self, lambda _: self.kept.emit(key)))

    def save(self, key: FieldKey) -> None:
        """Make one save of what was typed into a field, if anything was."""
        typed = self._typed.pop(key, None)
        if not self._typed:
            self._save_timer.stop()
            self._draft_timer.stop()
        if typed is None:
            return
        # The person may change before the lane comes to it: the save is signed by who typed.
        context = self._session.context

        def work(_: AppContext) -> Changes | GeoparkError:
            # Handed back, not raised: it is shown beside the field and is no failed task.
            try:
                return _save(self._write, context, key, typed)
            except GeoparkError as error:
                return error

        self._saving[key] = self._saving.get(key, 0) + 1
        self._session.run(
            work,
            while_alive(self, lambda result: self._landed(key, result)),
            on_failed=while_alive(self, lambda error: self._failed(key, error)),
        )

    def save_all(self) -> None:
        """Make the saves of all fields typed into."""
        for key in list(self._typed):
            self.save(key)

    def forget(self, key: FieldKey) -> None:
        """Give up what was typed into a field, also its draft."""
        self._typed.pop(key, None)

        def work(context: AppContext) -> None:
            for draft in pending_drafts(context):
                is_same = (draft.kind, draft.uuid) == (key.kind, key.uuid)
                if is_same and draft.field.partition(".")[0] == key.field:
                    drop_draft(context, draft.kind, draft.uuid, draft.field)

        self._session.run(work)

    def _count_down(self, key: FieldKey) -> None:
        left = self._saving.get(key, 1) - 1
        if left:
            self._saving[key] = left
        else:
            self._saving.pop(key, None)

    def _landed(self, key: FieldKey, result: Changes | GeoparkError) -> None:
        self._count_down(key)
        if isinstance(result, GeoparkError):
            self.refused.emit(key, result)
        else:
            self.saved.emit(key)

    def _failed(self, key: FieldKey, error: BaseException) -> None:
        self._count_down(key)
        self._session.messages.error(error)


def _keep_all(context: AppContext, key: FieldKey, values: Mapping[str, str]) -> None:
    for name, text in values.items():
        keep_draft(context, key.kind, key.uuid, name, text)


def _save(write: Write, context: AppContext, key: FieldKey, typed: _Typed) -> Changes:
    try:
        if write is _write_fields:
            changes = set_fields(
                context, key.kind, key.uuid, typed.values, reason=typed.reason, saw=typed.saw
            )
        else:
            changes = write(context, key, typed.values, typed.reason)
    except GeoparkError:
        if not typed.is_kept:
            _keep_all(context, key, typed.values)
        raise
    for name in typed.values:
        drop_draft(context, key.kind, key.uuid, name)
    return changes


def _write_fields(context: AppContext, key: FieldKey, values: TypedValues, reason: str) -> Changes:
    return set_fields(context, key.kind, key.uuid, values, reason=reason)
