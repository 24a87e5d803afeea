"""The form of any record kind, made from its declaration; saved as people type."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import FieldSpec, Record, RecordKind, Stage
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.kinds import Site
from geopark_app.domain.position import Position
from geopark_app.gui.forms.choice_editors import ChoiceEditor
from geopark_app.gui.forms.field_row import FieldRow, FieldState
from geopark_app.gui.forms.group import FieldGroup
from geopark_app.gui.forms.making import editor_for
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.forms.position_editor import PositionEditor
from geopark_app.gui.forms.problem_words import problem_sentence
from geopark_app.gui.forms.saver import FieldKey, FieldSaver
from geopark_app.gui.forms.texts import texts_of
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.drafts import pending_drafts
from geopark_app.operations.locating import Location, locate
from geopark_app.operations.own_fields import is_own, own_specs, own_texts
from geopark_app.rules.completeness import is_gap
from geopark_app.rules.workflow import allowed_states

_CORE = ("Thông tin chính", "Core fields")
_OWN = ("Trường riêng của cơ quan", "Own fields of the office")
_FEW = 14
_OWN_KINDS = {"own_value", "own_choice"}


class RecordForm(QWidget):
    """Shows one record of a kind and saves each field when it is left; Esc gives up.

    `fields` names the only fields to show; without it all fields of the declaration are.

    Signals
    -------
    field_saved(str)
        This field stands in the catalogue.
    field_refused(str)
        This field was typed in a wrong shape; what was typed is kept as a draft.
    record_changed(Record)
        The record shown was read again.
    history_wanted(str)
        The person asks who changed this field.
    places_read(tuple of Place)
        What coordinates being typed can mean.
    """

    field_saved = Signal(str)
    field_refused = Signal(str)
    record_changed = Signal(object)
    history_wanted = Signal(str)
    places_read = Signal(object)

    def __init__(
        self,
        session: Session,
        kind: RecordKind,
        options: FormOptions,
        parent: QWidget | None = None,
        *,
        title: str = "",
        fields: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.kind = kind
        self.options = options
        self.record: Record | None = None
        self._own: dict[str, str] = {}
        self._title_field = title or kind.title_fields[0]
        self.saver = FieldSaver(session, self)
        self.saver.saved.connect(self._saved)
        self.saver.refused.connect(self._refused)
        self.groups = self._make_groups(fields)
        self._own_group: FieldGroup | None = None
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for group in self.groups:
            column.addWidget(group)
            group.opened.connect(self._fill_open_groups)
        column.addStretch(1)
        self._shows_all = not fields
        if self._shows_all:
            self._make_own_group()
        self.setEnabled(False)
        session.changes.changes_stored.connect(self._take_foreign)
        options.changed.connect(self._options_changed)
        self.groups[0].open_group()

    # Building -------------------------------------------------------------------------------

    def _make_groups(self, only: Sequence[str]) -> list[FieldGroup]:
        fields = [
            spec for spec in self.kind.fields if (spec.name in only if only else spec.in_form)
        ]
        if len(fields) <= _FEW:
            core: list[FieldSpec] = []
        else:
            core = [spec for spec in fields if spec.required_at is Stage.DRAFT]
        groups = [FieldGroup(_CORE, core, self._make_row)] if core else []
        for name, label_vi, label_en in self.kind.groups:
            rest = [spec for spec in fields if spec.group == name and spec not in core]
            if rest:
                groups.append(FieldGroup((label_vi, label_en), rest, self._make_row))
        return groups

    def _make_own_group(self) -> None:
        """Show the own fields the office has defined for this kind, as they are now."""
        specs = tuple(own_specs(self._session.context, self.kind.name))
        before = self._own_group
        if specs == (before.specs if before is not None else ()):
            return
        if before is not None:
            self.saver.save_all()
            self.groups.remove(before)
            self._column.removeWidget(before)
            before.deleteLater()
        self._own_group = FieldGroup(_OWN, specs, self._make_row) if specs else None
        if self._own_group is not None:
            self._column.insertWidget(len(self.groups), self._own_group)
            self.groups.append(self._own_group)
            self._own_group.opened.connect(self._fill_open_groups)
        self._read_own()
        self._count()

    def _make_row(self, spec: FieldSpec) -> FieldRow:
        editor = editor_for(spec, self.options)
        editor.set_read_only(self._session.is_read_only)
        row = FieldRow(editor)
        if isinstance(editor, PositionEditor):
            editor.read_with(self._locate)
            editor.places_read.connect(self.places_read)
            # The question below the field was about what stood there before.
            editor.coordinates.textEdited.connect(lambda _text: row.show_problem(""))
        editor.typed.connect(lambda: self._typed(row))
        editor.left.connect(lambda: self._left(row))
        row.history.triggered.connect(lambda _=False: self.history_wanted.emit(spec.name))
        return row

    def field_in_hand(self) -> str:
        """Give the field that has the keyboard, or an empty text."""
        found = (row for row in self.rows() if row.editor.entry().hasFocus())
        return next((row.spec.name for row in found), "")

    def _locate(self, text: str) -> Location:
        site = self.record if isinstance(self.record, Site) else None
        return locate(self._session.context, text, site=site)

    def open_all(self) -> None:
        """Open every group, for records with few fields."""
        for group in self.groups:
            group.open_group()

    def rows(self) -> Iterable[FieldRow]:
        """Give the fields made so far."""
        for group in self.groups:
            yield from group.rows.values()

    def row_of(self, field: str) -> FieldRow | None:
        """Give the row of a field; its group is opened."""
        for group in self.groups:
            if any(spec.name == field for spec in group.specs):
                group.open_group()
                return group.rows[field]
        return None

    # Showing --------------------------------------------------------------------------------

    def show_record(self, record: Record | None) -> None:
        """Save what was typed into the record before, then show this one with its drafts."""
        self.saver.save_all()
        self.record = record
        self._read_own()
        self.setEnabled(record is not None)
        for row in self.rows():
            row.state, row.is_in_hand = FieldState.STORED, False
            row.show_problem("")
        self._fill(self.rows())
        self._count()
        if record is not None:
            self._bring_back_drafts(record)
            self.record_changed.emit(record)

    def _fill_open_groups(self) -> None:
        self._fill(
            row for row in self.rows() if row.state is FieldState.STORED and not row.is_in_hand
        )

    def _fill(self, rows: Iterable[FieldRow]) -> None:
        for row in rows:
            if self.record is None:
                row.editor.show_values({})
                row.show_gap(None)
            else:
                self._limit(row, self.record)
                row.editor.show_values(self._texts(row.spec, self.record))
                row.show_gap(row.spec.required_at if self._is_gap(row.spec) else None)

    def _limit(self, row: FieldRow, record: Record) -> None:
        """Offer only the states that may follow the present one."""
        if row.spec.name == "workflow_status" and isinstance(row.editor, ChoiceEditor):
            row.editor.box.limit(allowed_states(getattr(record, row.spec.name)))

    def _is_gap(self, spec: FieldSpec) -> bool:
        return self.record is not None and not is_own(spec.name) and is_gap(self.record, spec)

    def _read_own(self) -> None:
        record = self.record
        has_own = record is not None and any(is_own(s.name) for g in self.groups for s in g.specs)
        context, kind = self._session.context, self.kind.name
        self._own = own_texts(context, kind, record.uuid) if has_own and record else {}

    def _texts(self, spec: FieldSpec, record: Record) -> dict[str, str]:
        if is_own(spec.name):
            return {spec.name: self._own.get(spec.name, "")}
        return texts_of(spec, record)

    def _value(self, spec: FieldSpec, record: Record | None) -> object:
        return self._own.get(spec.name, "") if is_own(spec.name) else getattr(record, spec.name)

    def _is_filled(self, spec: FieldSpec) -> bool:
        value = self._value(spec, self.record)
        return value.is_known if isinstance(value, Position) else value not in {None, ""}

    def _count(self) -> None:
        for group in self.groups:
            filled = 0 if self.record is None else sum(map(self._is_filled, group.specs))
            group.show_count(filled)

    def _bring_back_drafts(self, record: Record) -> None:
        """Show what was typed and never saved, as after a power cut."""
        drafts: dict[str, dict[str, str]] = {}
        for draft in pending_drafts(self._session.context):
            if (draft.kind, draft.uuid) == (self.kind.name, record.uuid):
                drafts.setdefault(draft.field.partition(".")[0], {})[draft.field] = draft.typed
        for field, values in drafts.items():
            key = self._key(field)
            row = self.row_of(field) if not self.saver.is_pending(key) else None
            if row is not None:
                row.editor.show_values({**self._texts(row.spec, record), **values})
                row.state = FieldState.TYPING
                self.saver.note(key, values, reason=self._reason(row.spec))
                self.saver.save(key)

    # Typing and saving ----------------------------------------------------------------------

    def _key(self, field: str) -> FieldKey:
        assert self.record is not None
        return FieldKey(kind=self.kind.name, uuid=self.record.uuid, field=field)

    def _reason(self, spec: FieldSpec) -> str:
        name = getattr(self.record, self.kind.code_field or self._title_field, None)
        title = str(name or getattr(self.record, self._title_field, None) or "")
        label = pick(spec.label_vi, spec.label_en)
        return _("Edit “{field}” of {record}").format(field=label, record=title).rstrip()

    def _typed(self, row: FieldRow) -> None:
        if self.record is None:
            return
        row.state = FieldState.TYPING
        row.is_in_hand = True
        values = row.editor.typed_values()
        reason = self._reason(row.spec)
        self.saver.note(self._key(row.spec.name), values, reason=reason, saw=self.record)

    def _left(self, row: FieldRow) -> None:
        row.is_in_hand = False
        if self.record is None:
            return
        self.saver.save(self._key(row.spec.name))
        self._fill_open_groups()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = next((row for row in self.rows() if row.editor.entry().hasFocus()), None)
        is_changed = row is not None and row.state is not FieldState.STORED
        if event.key() == Qt.Key.Key_Escape and row is not None and is_changed:
            self.give_up(row)
            return
        super().keyPressEvent(event)

    def give_up(self, row: FieldRow) -> None:
        """Forget what was typed into a field and show the stored value again."""
        self.saver.forget(self._key(row.spec.name))
        row.state, row.is_in_hand = FieldState.STORED, False
        row.show_problem("")
        self._fill([row])

    def flush(self) -> None:
        """Make the saves of everything typed."""
        self.saver.save_all()

    def _saved(self, key: FieldKey) -> None:
        row = self._row_shown(key)
        if row is not None and not self.saver.is_pending(key):
            row.state = FieldState.STORED
            row.show_problem("")
            self._read_again()
        self.field_saved.emit(key.field)

    def _refused(self, key: FieldKey, error: GeoparkError) -> None:
        row = self._row_shown(key)
        if row is None:
            return
        if not self.saver.is_pending(key):
            row.state = FieldState.REFUSED
            row.show_problem(problem_sentence(row.spec.type, error))
            if isinstance(row.editor, PositionEditor):
                row.editor.show_refusal()
        self.field_refused.emit(key.field)

    def _row_shown(self, key: FieldKey) -> FieldRow | None:
        if self.record is None or self.record.uuid != key.uuid:
            return None
        return next((row for row in self.rows() if row.spec.name == key.field), None)

    # Changes from elsewhere -----------------------------------------------------------------

    def _take_foreign(self, changes: Changes) -> None:
        if self._shows_all and any(name == "own_field" for name, _uuid in changes.touched):
            self._make_own_group()
        if self.record is None:
            return
        is_own_touched = bool(self._own) and any(k in _OWN_KINDS for k, _key in changes.touched)
        if is_own_touched or (self.kind.name, self.record.uuid) in changes.touched:
            self._read_again()

    def _read_again(self) -> None:
        """Show the stored values except where something is being typed or was refused."""
        if self.record is None:
            return
        record = self._session.context.catalogue.get(self.kind.record_type, self.record.uuid)
        if record is None:
            return
        before = {row.spec.name: self._value(row.spec, self.record) for row in self.rows()}
        self.record = record
        self._read_own()
        for row in self.rows():
            # Undo, or a colleague: what is in hand is no longer what is stored.
            if before[row.spec.name] != self._value(row.spec, record):
                row.is_in_hand = row.is_in_hand and row.state is not FieldState.STORED
                if self.saver.is_being_typed(self._key(row.spec.name)):
                    row.show_problem(
                        _("Meanwhile somebody else wrote another value here; both will be kept.")
                    )
        self._fill_open_groups()
        self._count()
        self.record_changed.emit(record)

    def _options_changed(self, _name: str) -> None:
        # After the change was told to all, so that the options are read anew.
        QTimer.singleShot(0, self, self._refill_choices)

    def _refill_choices(self) -> None:
        for row in self.rows():
            if row.state is FieldState.STORED:
                row.editor.retranslate()

    def gaps(self) -> Sequence[FieldSpec]:
        """Give the fields that are wanted at some stage and still empty."""
        if self.record is None:
            return ()
        return [spec for spec in self.kind.fields if self._is_gap(spec)]
