"""One field of a form: its label, its editor, and beside it what is wrong or still wanted."""

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from geopark_app.domain.declaration import FieldSpec, Stage
from geopark_app.gui.forms.editor import FieldEditor
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick


class FieldState(Enum):
    """Where the text of a field is."""

    STORED = "stored"
    TYPING = "typing"
    REFUSED = "refused"


class FieldRow(QWidget):
    """The label above, the editor, and one line for an error.

    Attributes
    ----------
    state : FieldState
        Where the text is.
    is_in_hand : bool
        Whether the person has typed and not left the field yet: then nothing is rewritten, not
        even a space at the end that the stored text does not have.
    """

    def __init__(self, editor: FieldEditor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.spec: FieldSpec = editor.spec
        self.state = FieldState.STORED
        self.is_in_hand = False
        self._gap: Stage | None = None
        self.label = QLabel()
        self.label.setBuddy(editor)
        self.label.setWordWrap(True)
        self.history = QAction(self)
        self.label.addAction(self.history)
        self.label.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.gap_mark = QLabel()
        self.gap_mark.setProperty("look", "muted")
        self.gap_mark.hide()
        self.problem = QLabel()
        self.problem.setObjectName(f"error-{self.spec.name}")
        self.problem.setProperty("look", "error")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        heading = QHBoxLayout()
        heading.setSpacing(6)
        heading.addWidget(self.label, 1)
        heading.addWidget(self.gap_mark, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(heading)
        column.addWidget(self.editor)
        column.addWidget(self.problem)
        column.addStretch(1)

    def show_gap(self, stage: Stage | None) -> None:
        """Say softly from which stage on the empty value is wanted; it never blocks."""
        self._gap = stage
        words = {
            Stage.DRAFT: _("wanted"),
            Stage.VALIDATION: _("wanted at validation"),
            Stage.DOSSIER: _("wanted for the dossier"),
        }
        self.gap_mark.setText("" if stage is None else words[stage])
        self.gap_mark.setVisible(stage is not None)

    def show_problem(self, sentence: str) -> None:
        """Show what is wrong, or nothing."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        entry = self.editor.entry()
        entry.setProperty("state", "error" if sentence else "")
        entry.style().unpolish(entry)
        entry.style().polish(entry)
        entry.setAccessibleDescription(sentence)

    def retranslate(self) -> None:
        """Write label, hint and choices in the language of the window."""
        name = pick(self.spec.label_vi, self.spec.label_en)
        self.label.setText(name)
        self.history.setText(_("History of this field (Ctrl+H)"))
        self.editor.entry().setAccessibleName(name)
        self.editor.retranslate()
        self.show_gap(self._gap)
