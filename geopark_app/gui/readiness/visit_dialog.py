"""The day, the people and the note of a visit, typed in later or corrected."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import Visit
from geopark_app.gui import theme
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.forms.record_form import RecordForm
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _

_FIELDS = ("visited_on", "visitors", "note")


class VisitDialog(QDialog):
    """Edits a visit; saved as you type, like every form."""

    def __init__(self, session: Session, visit: Visit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Day, people and note of the visit"))
        self.form = RecordForm(session, kind_of(Visit), FormOptions(session, self), fields=_FIELDS)
        self.form.open_all()
        self.form.show_record(visit)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.form, 1)
        layout.addWidget(buttons)
        self.resize(theme.scaled(520), theme.scaled(280))

    def done(self, result: int) -> None:
        self.form.flush()
        super().done(result)
