"""The trash of all kinds: what lies in it, taken out again, or hidden for good."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import PlainTable
from geopark_app.gui.editing.value_words import when_words
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.trash import (
    TrashedRecord,
    counted,
    empty_trash,
    restore_records,
    trashed_records,
)


class TrashDialog(QDialog):
    """Lists the trash.

    Attributes
    ----------
    table : PlainTable
        What lies in it; several rows can be chosen.
    restore_button, empty_button : QPushButton
        The deeds.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._found: list[TrashedRecord] = []
        self.setWindowTitle(_("Trash"))
        self.table = PlainTable("trash", several=True)
        self.table.setAccessibleName(_("Trash"))
        self.table.itemSelectionChanged.connect(self._choose)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.restore_button = QPushButton(_("Take out of the trash"))
        self.restore_button.clicked.connect(self.restore)
        self.empty_button = QPushButton(_("Empty the trash…"))
        self.empty_button.clicked.connect(self.empty)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.restore_button)
        row.addWidget(self.empty_button)
        row.addStretch(1)
        row.addWidget(buttons)
        column = QVBoxLayout(self)
        column.addWidget(self.table, 1)
        column.addWidget(self.words)
        column.addLayout(row)
        self.resize(theme.scaled(820), theme.scaled(460))
        session.changes.changes_stored.connect(self._take_changes)
        self.read()

    def read(self) -> None:
        """Show what lies in the trash now."""
        self._found = trashed_records(self._session.context)
        self.table.show_rows(
            (_("Kind"), _("Name"), _("Deleted"), _("Who"), _("Laptop")),
            [
                (
                    at,
                    (
                        pick(item.kind.label_vi, item.kind.label_en),
                        item.title,
                        when_words(item.at),
                        item.person,
                        item.device,
                    ),
                )
                for at, item in enumerate(self._found)
            ],
        )
        self.words.setText(
            _("Deleted records stay here until the trash is emptied.")
            if self._found
            else _("The trash is empty.")
        )
        if self._found:
            self.table.selectRow(0)
        self._choose()

    def chosen(self) -> list[TrashedRecord]:
        """Give the records chosen."""
        return [self._found[key] for key in self.table.chosen_keys() if isinstance(key, int)]

    def _choose(self) -> None:
        may_write = not self._session.is_read_only
        self.restore_button.setEnabled(may_write and bool(self.chosen()))
        self.empty_button.setEnabled(may_write and bool(self._found))

    def restore(self) -> None:
        """Take the records chosen out of the trash, as one step."""
        records = self.chosen()
        names = ", ".join(item.title for item in records[:3])
        more = "…" if len(records) > 3 else ""
        reason = _("Restore: {record}").format(record=names + more)
        self._session.run(lambda context: restore_records(context, records, reason=reason))

    def empty(self) -> None:
        """Say what would be hidden for good, and hide it when that is wanted."""
        records = list(self._found)
        counts = ", ".join(
            f"{count} × {pick(kind.label_vi, kind.label_en)}" for kind, count in counted(records)
        )
        names = "\n".join(f"· {item.title}" for item in records[:12])
        if len(records) > 12:
            names += "\n" + _("… and {count} more").format(count=len(records) - 12)
        if self._session.messages.ask(
            self,
            _("Hide these for good? {counts}").format(counts=counts),
            detail=names
            + "\n\n"
            + _("They are no longer listed on any laptop. The signed log keeps their values."),
            yes=_("Hide for good"),
        ):
            reason = _("Empty the trash: {count} records").format(count=len(records))
            self._session.run(
                lambda context: empty_trash(context, records, reason=reason),
                while_alive(self, lambda _changes: self.read()),
            )

    def _take_changes(self, _changes: Changes) -> None:
        self.read()
