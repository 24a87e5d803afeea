"""Who changed what, when, on which laptop; an earlier value is brought back as a new save."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import Record, kind_of
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import PlainTable
from geopark_app.gui.editing.value_words import value_words, when_words
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.field_history import NumberedEntry, numbered_history, write_logged
from geopark_app.operations.trash import title_of


class HistoryDialog(QDialog):
    """The changes of one record, newest first, of all fields or of one.

    Attributes
    ----------
    fields : QComboBox
        Which field.
    table : PlainTable
        The changes.
    back_buttons : dict of str to QPushButton
        `before` and `after`: bring back the value before or after the change chosen.
    """

    def __init__(
        self,
        session: Session,
        options: FormOptions,
        record: Record,
        field: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._options = options
        self._record = record
        self._kind = kind_of(record)
        self.setWindowTitle(_("History of {record}").format(record=title_of(record)))
        self.fields = QComboBox()
        self.fields.setAccessibleName(_("Field"))
        self.fields.addItem(_("All fields"), "")
        for spec in self._kind.fields:
            self.fields.addItem(pick(spec.label_vi, spec.label_en), spec.name)
        self.fields.setCurrentIndex(max(0, self.fields.findData(field)))
        self.fields.currentIndexChanged.connect(self.read)
        self.table = PlainTable("history")
        self.table.setAccessibleName(_("Changes"))
        self.table.itemSelectionChanged.connect(self._choose)
        self.back_buttons = {
            "before": QPushButton(_("Bring back “before”")),
            "after": QPushButton(_("Bring back “after”")),
        }
        for side, button in self.back_buttons.items():
            button.clicked.connect(lambda _=False, before=side == "before": self.bring_back(before))
        self._entries: dict[int, NumberedEntry] = {}
        self._lay_out()
        session.changes.changes_stored.connect(self._take_changes)
        self.read()

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        for button in self.back_buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(buttons)
        column = QVBoxLayout(self)
        column.addWidget(self.fields)
        column.addWidget(self.table, 1)
        words = QLabel(
            _("Bringing back is a save of its own: nothing is lost, and it can be undone.")
        )
        words.setProperty("look", "muted")
        words.setWordWrap(True)
        column.addWidget(words)
        column.addLayout(row)
        self.resize(theme.scaled(1120), theme.scaled(520))

    def read(self) -> None:
        """Show the changes as the log has them now."""
        found = numbered_history(
            self._session.context,
            self._kind.name,
            self._record.uuid,
            field=str(self.fields.currentData() or ""),
        )
        self._entries = {one.number: one for one in found}
        headings = (
            _("When"), _("Who"), _("Laptop"), _("Field"), _("Before"), _("After"), _("Step"),
        )  # fmt: skip
        self.table.show_rows(headings, [(one.number, self._texts(one)) for one in found])
        if found:
            self.table.selectRow(0)
        self._choose()

    def _texts(self, one: NumberedEntry) -> tuple[str, ...]:
        entry = one.entry
        spec = self._kind.field(entry.field) if entry.field else None
        label = pick(spec.label_vi, spec.label_en) if spec else _("whole record")
        return (
            when_words(entry.at),
            entry.person,
            entry.device,
            label,
            value_words(self._options, spec, entry.old),
            value_words(self._options, spec, entry.new),
            entry.note,
        )

    def chosen(self) -> NumberedEntry | None:
        """Give the change chosen, or None."""
        keys = self.table.chosen_keys()
        return self._entries.get(keys[0]) if keys and isinstance(keys[0], int) else None

    def _choose(self) -> None:
        one = self.chosen()
        may_write = not self._session.is_read_only and one is not None and bool(one.entry.field)
        for button in self.back_buttons.values():
            button.setEnabled(may_write)

    def bring_back(self, before: bool) -> None:
        """Give the field the value before or after the change chosen."""
        one = self.chosen()
        if one is None or not one.entry.field:
            return
        spec = self._kind.field(one.entry.field)
        label = pick(spec.label_vi, spec.label_en) if spec else one.entry.field
        reason = _("Bring back “{field}” of {record}").format(
            field=label, record=title_of(self._record)
        )
        # The value seen, not the number: a save in between would number the changes anew.
        key, field = self._record.uuid, one.entry.field
        value = one.entry.old if before else one.entry.new
        kind = self._kind.name
        self._session.run(
            lambda context: write_logged(context, kind, key, field, value, reason=reason),
            while_alive(self, lambda _changes: self.read()),
        )

    def _take_changes(self, changes: Changes) -> None:
        if (self._kind.name, self._record.uuid) in changes.touched:
            self.read()
