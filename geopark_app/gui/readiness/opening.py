"""Opens the dialogs about checklists; their modules are fetched when first wanted."""

from PySide6.QtWidgets import QDialog, QWidget

from geopark_app.gui.readiness.subjects import Subject
from geopark_app.gui.session import Session

WRITING = ("paper-form", "submissions")
"""What needs a catalogue that can be written."""


def open_checklist_dialog(
    session: Session, parent: QWidget, name: str, subject: Subject | None = None
) -> QDialog | None:
    """Open `blank-forms`, `paper-form`, `submissions` or `editions`; for a place where it helps."""
    if session.is_read_only and name in WRITING:
        return None
    dialog: QDialog
    match name:
        case "blank-forms":
            from geopark_app.gui.readiness.print_dialog import PrintFormsDialog

            dialog = PrintFormsDialog(session, subject, parent)
        case "paper-form":
            from geopark_app.gui.readiness.paper_dialog import PaperDialog

            dialog = PaperDialog(session, subject, parent)
        case "submissions":
            from geopark_app.gui.readiness.submission_dialog import SubmissionDialog

            dialog = SubmissionDialog(session, parent)
        case _:
            from geopark_app.gui.readiness.edition_dialog import EditionDialog

            dialog = EditionDialog(session, parent)
    dialog.open()
    return dialog
