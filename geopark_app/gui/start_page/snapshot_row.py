"""Joining a team on a new laptop: the request for the office, and the snapshot it returns."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from geopark_app.gui.language import LanguageAware
from geopark_app.i18n import gettext as _

_REQUEST, _SNAPSHOT = ".geopark-request", ".geopark-snapshot"


class SnapshotRow(LanguageAware, QWidget):
    """Asks for the file, and offers to write the request it answers.

    Attributes
    ----------
    ask : QPushButton
        Write the request.
    file : QLineEdit
        The snapshot.
    """

    request_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ask, self.file, self._choose = QPushButton(), QLineEdit(), QPushButton()
        self._then = QLabel()
        self.ask.clicked.connect(self._ask)
        self._choose.clicked.connect(self._choose_file)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.ask)
        row.addWidget(self._then)
        row.addWidget(self.file, 1)
        row.addWidget(self._choose)
        self.retranslate()

    @property
    def path(self) -> Path:
        """Give the snapshot."""
        return Path(self.file.text().strip()).expanduser()

    def retranslate(self) -> None:
        self.ask.setText(_("1. Ask the office to take this laptop in…"))
        self._then.setText(_("2. Snapshot the office returned"))
        self.file.setAccessibleName(self._then.text())
        self._choose.setText(_("Choose…"))

    def _ask(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, _("Request to the office"), _REQUEST)
        if name:
            self.request_asked.emit(Path(name))

    def _choose_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, _("2. Snapshot the office returned"), "", f"*{_SNAPSHOT};;*"
        )
        if name:
            self.file.setText(name)
