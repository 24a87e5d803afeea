"""Values removed for good: one more, and who still holds those removed before."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.kinds import KINDS
from geopark_app.gui.editing.plain_table import PlainTable
from geopark_app.gui.editing.value_words import when_words
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.purging import RemovalState
from geopark_app.rules.roles import RULING_KINDS
from geopark_app.wording.field_names import field_label, kind_label


class RemovalDialog(QDialog):
    """Names a record, a field or everything, and the reason.

    Attributes
    ----------
    kind, field : QComboBox
        What kind of record; which field, the first entry meaning the whole record.
    record, reason : QLineEdit
        Code or key; why.
    table : PlainTable
        What was removed before.
    drop : QPushButton
        Deletes this laptop's copies from before.
    """

    def __init__(
        self,
        states: Sequence[RemovalState],
        drop_backups: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Remove values for good"))
        words = QLabel(
            _(
                "For a person's lawful request. The value goes from every laptop that exchanges, "
                "with its history; it never comes back. That something was written stays, and "
                "every signature stays true."
            )
        )
        words.setWordWrap(True)
        self.kind, self.field = QComboBox(), QComboBox()
        for name, kind in KINDS.items():
            if name not in RULING_KINDS and not kind.is_seeded:
                self.kind.addItem(pick(kind.label_vi, kind.label_en), name)
        self.kind.currentIndexChanged.connect(lambda _at: self._offer_fields())
        self.record, self.reason = QLineEdit(), QLineEdit()
        form = QFormLayout()
        for label, part in (
            (_("Kind of record"), self.kind),
            (_("Code or key"), self.record),
            (_("Field"), self.field),
            (_("Reason"), self.reason),
        ):
            part.setAccessibleName(label)
            form.addRow(label, part)
        self.table = PlainTable("removals")
        self.table.setAccessibleName(_("Removed before"))
        self.table.show_rows(
            (_("Removed"), _("Record"), _("Reason"), _("Still with")),
            [(at, _row(one)) for at, one in enumerate(states)],
        )
        self.drop = QPushButton(_("Delete this laptop's copies from before"))
        self.drop.setEnabled(any(one.backups for one in states))
        self.drop.clicked.connect(drop_backups)
        self.drop.clicked.connect(lambda: self.drop.setEnabled(False))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.go = buttons.addButton(_("Remove for good"), QDialogButtonBox.ButtonRole.AcceptRole)
        for line in (self.record, self.reason):
            line.textChanged.connect(lambda _text: self._allow())
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(words)
        column.addLayout(form)
        column.addWidget(QLabel(self.table.accessibleName()))
        column.addWidget(self.table, 1)
        column.addWidget(self.drop)
        column.addWidget(buttons)
        self.resize(720, 560)
        self._offer_fields()
        self._allow()

    def chosen(self) -> tuple[str, str, str]:
        """Give record, field (empty for all) and reason."""
        reference = f"{self.kind.currentData()}:{self.record.text().strip()}"
        return reference, str(self.field.currentData() or ""), self.reason.text().strip()

    def _offer_fields(self) -> None:
        self.field.clear()
        self.field.addItem(_("everything, with its files"), "")
        kind = KINDS[str(self.kind.currentData())]
        for spec in kind.fields:
            self.field.addItem(pick(spec.label_vi, spec.label_en), spec.name)

    def _allow(self) -> None:
        self.go.setEnabled(bool(self.record.text().strip() and self.reason.text().strip()))


def _row(one: RemovalState) -> tuple[str, str, str, str]:
    removal = one.removal
    what = [kind_label(removal.kind_name or ""), removal.target or ""]
    if removal.field_name:
        what.append(field_label(removal.field_name))
    holders = (*one.laptops, *one.file_holders, *one.backups)
    return (
        when_words(removal.removed_at or ""),
        " ".join(what),
        removal.reason or "",
        ", ".join(holders) or "–",
    )
