"""Who is working: asked when somebody else sits down at the laptop."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from geopark_app.i18n import gettext as _


class PersonDialog(QDialog):
    """Asks for the name that stands beside the saves from now on."""

    def __init__(self, person: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Who is working?"))
        layout = QFormLayout(self)
        words = QLabel(_("This name stands beside every save from now on."))
        words.setWordWrap(True)
        layout.addRow(words)
        self.name = QLineEdit(person)
        self.name.selectAll()
        self.name.setMinimumWidth(280)
        layout.addRow(_("Name"), self.name)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.name.textChanged.connect(self._check)
        self._check()
        layout.addRow(buttons)

    def _check(self) -> None:
        self._ok.setEnabled(bool(self.name.text().strip()))
