"""One value for many sites: chosen, seen for each site, saved as one step."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import FieldType, kind_of
from geopark_app.domain.kinds import Site
from geopark_app.gui import theme
from geopark_app.gui.editing.change_list import ChangeList
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.editor import FieldEditor
from geopark_app.gui.forms.making import editor_for
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.bulk import Edit, preview, write_changes

_NEVER_FOR_MANY = {"code", "alias_code", "cover_photo_uuid"}


class BulkDialog(QDialog):
    """Sets one field of the sites chosen in the table.

    Attributes
    ----------
    fields : QComboBox
        Which field.
    editor : FieldEditor
        Its value.
    clearing : QCheckBox
        Whether the field is emptied instead.
    preview : ChangeList
        What would change.
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
        self._options = options
        self._uuids = list(uuids)
        self.setWindowTitle(_("Change {count} sites").format(count=len(uuids)))
        self.fields = QComboBox()
        self.fields.setAccessibleName(_("Field"))
        for spec in kind_of(Site).fields:
            if spec.in_form and spec.name not in _NEVER_FOR_MANY | {"position"}:
                self.fields.addItem(pick(spec.label_vi, spec.label_en), spec.name)
        start = self.fields.findData("workflow_status")
        self.fields.setCurrentIndex(max(0, start))
        self.editor: FieldEditor | None = None
        # Clearing a field of many sites is said outright, never by an empty box alone.
        self.clearing = QCheckBox(_("Clear this field"))
        self.clearing.toggled.connect(lambda _on: self.look())
        self.preview = ChangeList("site", options)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save_button = buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        self._place = QVBoxLayout()
        column = QVBoxLayout(self)
        column.addWidget(QLabel(_("Field and its new value")))
        column.addWidget(self.fields)
        column.addLayout(self._place)
        column.addWidget(self.clearing)
        column.addWidget(self.preview, 1)
        column.addWidget(buttons)
        self.resize(theme.scaled(820), theme.scaled(520))
        self.fields.currentIndexChanged.connect(self._make_editor)
        self._make_editor()

    def _make_editor(self) -> None:
        if self.editor is not None:
            self._place.removeWidget(self.editor)
            self.editor.deleteLater()
        spec = kind_of(Site).field(str(self.fields.currentData()))
        assert spec is not None
        self.editor = editor_for(spec, self._options)
        if spec.type is FieldType.LONG_TEXT:
            self.editor.setMaximumHeight(theme.scaled(110))
        self._place.addWidget(self.editor)
        self.editor.show_values({})
        self.editor.typed.connect(self.look)
        self.clearing.setChecked(False)
        self.look()

    def look(self) -> None:
        """Show what the value would change."""
        assert self.editor is not None
        is_clearing = self.clearing.isChecked()
        self.editor.setEnabled(not is_clearing)
        edits = [
            Edit(uuid=uuid, field=field, typed="" if is_clearing else text)
            for field, text in self.editor.typed_values().items()
            if is_clearing or text.strip()
            for uuid in self._uuids
        ]
        self.preview.show_changes(preview(self._session.context, "site", edits))
        self.save_button.setText(_("Change {count} values").format(count=self.preview.count))
        self.save_button.setEnabled(self.preview.count > 0 and not self._session.is_read_only)

    def save(self) -> None:
        """Write what is shown, as one save."""
        changes = self.preview.changes
        reason = _("Edit “{field}” of {count} sites").format(
            field=self.fields.currentText(), count=self.preview.count
        )

        def done(_changes: Changes) -> None:
            self._session.messages.done(
                reason + ".", action=_("Undo"), on_action=self._session.undo_step
            )
            while_alive(self, lambda _none: self.accept())(None)

        self._session.run(lambda context: write_changes(context, changes, reason=reason), done)
