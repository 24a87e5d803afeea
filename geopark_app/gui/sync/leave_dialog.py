"""Somebody leaves: what is left behind, who takes over, and the handover record."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from geopark_app.gui.editing.value_words import when_words
from geopark_app.i18n import gettext as _
from geopark_app.operations.leaving import Leaving


class LeaveDialog(QDialog):
    """Asks once for everything.

    Attributes
    ----------
    people : QComboBox
        Who takes over the open works; empty for nobody.
    record : QCheckBox
        Whether the record is written.
    """

    def __init__(
        self, leaving: Leaving, people: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        member = leaving.member
        self.setWindowTitle(
            _("{person} on {device} leaves").format(person=member.person, device=member.device)
        )
        words = QLabel("\n".join(f"• {line}" for line in _lines(leaving)))
        words.setWordWrap(True)
        after = QLabel(
            _(
                "What it saved before and is here stays. What comes from it later waits for an "
                "editor's decision."
            )
        )
        after.setWordWrap(True)
        after.setProperty("look", "muted")
        label = QLabel(_("Who takes over the open works"))
        self.people = QComboBox()
        self.people.setEditable(True)
        self.people.addItems(["", *people])
        self.people.setAccessibleName(label.text())
        self.people.setEnabled(bool(leaving.works))
        self.record = QCheckBox(_("Write the handover record (Word)"))
        self.record.setChecked(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        go = buttons.addButton(_("Take it off the list"), QDialogButtonBox.ButtonRole.AcceptRole)
        go.setProperty("look", "primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for part in (words, label, self.people, self.record, after, buttons):
            column.addWidget(part)
        self.resize(520, 300)

    def successor(self) -> str:
        """Give who takes over, or an empty text."""
        return self.people.currentText().strip()

    def wants_record(self) -> bool:
        """Say whether the record is to be written."""
        return self.record.isChecked()


def _lines(leaving: Leaving) -> list[str]:
    def number(count: int) -> str:
        return QLocale().toString(count)

    lines = [
        _("Open works: {count}").format(count=number(len(leaving.works))),
        _("Original photos on that laptop only: {count}").format(
            count=number(len(leaving.only_copies))
        ),
        _("Changes not handed over yet: {count}").format(count=number(leaving.saves)),
    ]
    if not leaving.is_here:
        lines.append(
            _("Last heard of: {at}").format(at=when_words(leaving.heard_at))
            if leaving.heard_at
            else _("It was never heard of: exchange with it once more before.")
        )
    return lines
