"""One record of any kind in a small window of its own, saved as people type."""

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.declaration import RecordKind
from geopark_app.gui import theme
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.forms.record_form import RecordForm
from geopark_app.gui.records_room.file_row import FileRow
from geopark_app.gui.session import Session
from geopark_app.gui.works.photo_row import WorkPhotos
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick

_SIZE = (620, 560)


class RecordDialog(QDialog):
    """Shows a record; closing it saves what was typed."""

    def __init__(
        self,
        session: Session,
        options: FormOptions,
        kind: RecordKind,
        uuid: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(pick(kind.label_vi, kind.label_en))
        self.resize(theme.scaled(_SIZE[0]), theme.scaled(_SIZE[1]))
        self.form = RecordForm(session, kind, options)
        self.form.open_all()
        record = session.context.catalogue.get(kind.record_type, uuid)
        self.form.show_record(record)
        page = QWidget()
        page.setProperty("look", "page")
        inside = QVBoxLayout(page)
        note = QLabel(_("Everything typed here is saved by itself and can be undone."))
        note.setProperty("look", "muted")
        note.setWordWrap(True)
        inside.addWidget(note)
        if kind.field("sha256") is not None and kind.name == "document":
            self.file = FileRow(session)
            self.file.show_record(record)
            inside.addWidget(self.file)
        if kind.name == "work":
            self.photos = WorkPhotos(session)
            self.photos.show_record(record)
            inside.addWidget(self.photos)
        inside.addWidget(self.form)
        inside.addStretch(1)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.addWidget(area, 1)
        column.addWidget(buttons)
        self.finished.connect(lambda _result: self.form.flush())
        self.finished.connect(self.deleteLater)

    def done(self, result: int) -> None:
        self.form.flush()
        super().done(result)
