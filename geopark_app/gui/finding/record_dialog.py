"""One record of any kind in a window of its own, with its form."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QScrollArea, QVBoxLayout, QWidget

from geopark_app.domain.declaration import Record, kind_of
from geopark_app.domain.kinds import Document
from geopark_app.gui import theme
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.forms.record_form import RecordForm
from geopark_app.gui.records_room.file_row import FileRow
from geopark_app.gui.session import Session
from geopark_app.i18n import pick
from geopark_app.operations.trash import title_of


class RecordDialog(QDialog):
    """Shows a record; what is typed is saved field by field, as everywhere."""

    def __init__(self, session: Session, record: Record, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        kind = kind_of(record)
        self.setWindowTitle(f"{pick(kind.label_vi, kind.label_en)}: {title_of(record)}")
        self.form = RecordForm(session, kind, FormOptions(session, self))
        self.form.open_all()
        self.form.show_record(record)
        self.file = FileRow(session)
        self.file.show_record(record)
        self.file.setVisible(isinstance(record, Document))
        page = QScrollArea()
        page.setWidget(self.form)
        page.setWidgetResizable(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.file)
        column.addWidget(page, 1)
        column.addWidget(buttons)
        self.resize(theme.scaled(680), theme.scaled(560))

    def done(self, result: int) -> None:
        self.form.flush()
        super().done(result)
