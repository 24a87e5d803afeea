"""Who does the works chosen, and until when: given to many at once, saved as one step."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.kinds import Work
from geopark_app.gui import theme
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.editor import FieldEditor
from geopark_app.gui.forms.making import editor_for
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.works import assign_works
from geopark_app.wording import error_sentence

_FIELDS = ("organisation_uuid", "responsible", "due_on")


class AssignDialog(QDialog):
    """Asks for unit, person and day; what is left empty stays as it is.

    Attributes
    ----------
    editors : dict of str to FieldEditor
        By the name of the field.
    problem : QLabel
        What speaks against the values typed.
    """

    def __init__(
        self,
        session: Session,
        options: FormOptions,
        uuids: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._uuids = list(uuids)
        self.setWindowTitle(_("Assign {count} works").format(count=len(self._uuids)))
        self.editors: dict[str, FieldEditor] = {}
        form = QFormLayout()
        for name in _FIELDS:
            spec = kind_of(Work).field(name)
            assert spec is not None
            editor = self.editors[name] = editor_for(spec, options)
            label = QLabel(pick(spec.label_vi, spec.label_en))
            label.setBuddy(editor.entry())
            editor.entry().setAccessibleName(label.text())
            form.addRow(label, editor)
        hint = QLabel(_("What is left empty stays as it is."))
        hint.setProperty("look", "muted")
        self.problem = QLabel()
        self.problem.setProperty("look", "error")
        self.problem.setWordWrap(True)
        self.problem.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save_button = buttons.addButton(_("Assign"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save_button.setDefault(True)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(hint)
        column.addWidget(self.problem)
        column.addWidget(buttons)
        self.resize(theme.scaled(520), self.sizeHint().height())
        self.editors[_FIELDS[0]].setFocus()

    def save(self) -> None:
        """Write what was typed to all works chosen."""
        typed = {
            field: text
            for editor in self.editors.values()
            for field, text in editor.typed_values().items()
            if text.strip()
        }
        if not typed:
            self.reject()
            return
        reason, uuids = self.windowTitle(), self._uuids

        def refused(error: BaseException) -> None:
            if not isinstance(error, GeoparkError):
                self._session.messages.error(error)
                return
            self.problem.setText(error_sentence(error).message)
            self.problem.show()

        def written(_changes: Changes) -> None:
            self.accept()

        self._session.run(
            lambda context: assign_works(context, uuids, typed, reason=reason),
            while_alive(self, written),
            on_failed=while_alive(self, refused),
        )
