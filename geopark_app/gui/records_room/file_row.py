"""The file of a document: attached after a reminder, opened with the program of the system."""

import shutil
import tempfile
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import Record
from geopark_app.domain.kinds import Document
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.attached_texts import file_state
from geopark_app.operations.documents import attach_file
from geopark_app.wording.attached import file_state_words


class FileRow(LanguageAware, QWidget):
    """Says which file a document has and takes another one."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        session.files_read.connect(self.show_inside)
        self.record: Document | None = None
        self.name = QLabel()
        self.name.setWordWrap(True)
        self.inside = QLabel()
        self.inside.setWordWrap(True)
        self.inside.setProperty("look", "muted")
        self.reminder = QLabel()
        self.reminder.setWordWrap(True)
        self.reminder.setProperty("look", "muted")
        self.attach_button = QPushButton(icon("paperclip"), "")
        self.attach_button.clicked.connect(lambda: self.ask())
        self.open_button = QPushButton(icon("open-in-new"), "")
        self.open_button.clicked.connect(lambda: self.open_file())
        row = QHBoxLayout()
        row.addWidget(self.name, 1)
        row.addWidget(self.attach_button)
        row.addWidget(self.open_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.reminder)
        column.addLayout(row)
        column.addWidget(self.inside)
        self.retranslate()

    def show_record(self, record: Record | None) -> None:
        """Show the file of a document."""
        self.record = record if isinstance(record, Document) else None
        file = self.record.file_name if self.record is not None else None
        self.name.setText(file or _("No file yet."))
        self.show_inside()
        self.open_button.setEnabled(self._path() is not None)
        self.attach_button.setEnabled(self.record is not None and not self._session.is_read_only)

    def show_inside(self) -> None:
        """Say whether search looks inside the file."""
        state = None
        if self.record is not None and self._path() is not None:
            state = file_state(self._session.context, self.record)
        words = file_state_words(state.state, state.parts, state.silent) if state else ""
        self.inside.setText(words)
        self.inside.setVisible(bool(words))

    def _path(self) -> Path | None:
        sha256 = self.record.sha256 if self.record is not None else None
        files = self._session.context.catalogue.files
        return files.path_of(sha256) if sha256 and files.has(sha256) else None

    def ask(self) -> None:
        """Ask for a file and attach it."""
        path, _filter = QFileDialog.getOpenFileName(self, _("Attach a file"))
        if path:
            self.attach(Path(path))

    def attach(self, path: Path) -> None:
        """Store the file with the document."""
        if self.record is None:
            return
        uuid = self.record.uuid
        reason = _("Attach {file}").format(file=path.name)

        def done(_changes: Changes) -> None:
            self.show_record(self._session.context.catalogue.get(Document, uuid))

        self._session.run(
            lambda context: attach_file(context, uuid, path, reason=reason),
            while_alive(self, done),
            label=reason,
        )

    def open_file(self) -> None:
        """Open a copy under its own name; the stored file itself is never handed out."""
        path = self._path()
        if path is None or self.record is None:
            return
        folder = Path(tempfile.mkdtemp(prefix="geopark-"))
        copy = folder / Path(self.record.file_name or path.name).name
        shutil.copyfile(path, copy)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy)))

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.reminder.setText(
            _("Nothing classified belongs into this catalogue: it travels between laptops.")
        )
        self.attach_button.setText(_("Attach a file…"))
        self.open_button.setText(_("Open the file"))
        self.show_record(self.record)
