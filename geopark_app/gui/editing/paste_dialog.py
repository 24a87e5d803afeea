"""A block from Excel on its way into the table: every value seen, then one save."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from geopark_app.domain.change import Changes
from geopark_app.gui import theme
from geopark_app.gui.editing.change_list import ChangeList
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.bulk import Edit, preview, write_changes


class PasteDialog(QDialog):
    """Shows what a pasted block would change, and what of it cannot be taken.

    Attributes
    ----------
    preview : ChangeList
        What would change.
    """

    def __init__(
        self,
        session: Session,
        options: FormOptions,
        edits: Sequence[Edit],
        *,
        left_out: int,
        title: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._title = title
        self.setWindowTitle(title or _("Paste into the table"))
        self.preview = ChangeList("site", options)
        self.preview.show_changes(preview(session.context, "site", edits))
        self.left_out = QLabel(
            _("{count} cells fall outside the table or into columns that are worked out.").format(
                count=left_out
            )
        )
        self.left_out.setWordWrap(True)
        self.left_out.setVisible(left_out > 0)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        words = _("Change {count} values").format(count=self.preview.count)
        self.save_button = buttons.addButton(words, QDialogButtonBox.ButtonRole.AcceptRole)
        self.save_button.setEnabled(self.preview.count > 0 and not session.is_read_only)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.preview, 1)
        column.addWidget(self.left_out)
        column.addWidget(buttons)
        self.resize(theme.scaled(820), theme.scaled(460))

    def save(self) -> None:
        """Write what can be taken, as one save."""
        changes = self.preview.changes
        words = _("Take {count} translations") if self._title else _("Paste {count} values")
        reason = words.format(count=self.preview.count)

        def done(_changes: Changes) -> None:
            self._session.messages.done(
                reason + ".", action=_("Undo"), on_action=self._session.undo_step
            )
            while_alive(self, lambda _none: self.accept())(None)

        self._session.run(lambda context: write_changes(context, changes, reason=reason), done)
