"""The messages of this sitting once more: what went by itself can be read again."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import PlainTable
from geopark_app.gui.formats import shown_instant
from geopark_app.gui.messages import Level, Messages
from geopark_app.i18n import gettext as _


class MessageHistoryDialog(QDialog):
    """A table of messages, the newest first; the one chosen is shown in full.

    Attributes
    ----------
    table : PlainTable
        When, what kind, which words.
    """

    def __init__(self, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Messages"))
        self._notices = [notice for _at, notice in messages.history]
        kinds = {
            Level.DONE: _("done"),
            Level.INFO: _("note"),
            Level.WARNING: _("please look"),
            Level.ERROR: _("trouble"),
        }
        self.table = PlainTable("messages")
        self.table.setAccessibleName(_("Messages"))
        self.table.show_rows(
            (_("When"), _("Kind"), _("Message")),
            [
                (row, (shown_instant(at), kinds[notice.level], notice.text))
                for row, (at, notice) in enumerate(messages.history)
            ],
        )
        self.table.itemSelectionChanged.connect(self._show_words)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setText("" if self._notices else _("No message in this sitting yet."))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.table, 1)
        column.addWidget(self.words)
        column.addWidget(buttons)
        self.resize(theme.scaled(760), theme.scaled(400))
        if self._notices:
            self.table.selectRow(0)

    def _show_words(self) -> None:
        keys = self.table.chosen_keys()
        if keys and isinstance(keys[0], int):
            self.words.setText(self._notices[keys[0]].text)
