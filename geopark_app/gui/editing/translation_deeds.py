"""English texts out to the translator as one workbook or document, and back after a look."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui.editing.paste_dialog import PasteDialog
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.bulk import CellChange
from geopark_app.operations.translation import export_pairs, read_pairs

_KINDS = ("Excel (*.xlsx)", "Word (*.docx)")


def send_to_translator(session: Session, window: QWidget) -> None:
    """Ask for a file and write the texts that need a translator."""
    name, kind = QFileDialog.getSaveFileName(
        window,
        _("Texts for the translator"),
        session.export_path("translation.xlsx"),
        ";;".join(_KINDS),
    )
    if name:
        path = Path(name)
        if kind == _KINDS[1] and path.suffix.lower() in {"", ".xlsx"}:
            # The name offered is that of a workbook; the kind chosen is what was meant.
            path = path.with_suffix(".docx")
        write_texts(session, path)


def write_texts(session: Session, path: Path) -> None:
    """Write the file beside the window."""

    def work(_progress: ReportProgress, _cancel: CancelToken) -> int:
        return export_pairs(session.context, path)

    def done(count: int) -> None:
        session.messages.done(_("{count} texts written: {path}").format(count=count, path=path))

    def begin() -> None:
        session.run_beside(work, done, label=_("Writing the texts"))

    session.after_saving(begin)


def take_translation(session: Session, window: QWidget) -> None:
    """Ask for the file and show what it would change."""
    name, _kind = QFileDialog.getOpenFileName(
        window, _("Texts from the translator"), "", "Word, Excel (*.docx *.xlsx)"
    )
    if name:
        look_at_texts(session, window, Path(name))


def look_at_texts(
    session: Session,
    window: QWidget,
    path: Path,
    shown: Callable[[PasteDialog], object] | None = None,
) -> None:
    """Read the file beside the window and show the differences before one save."""

    def work(_progress: ReportProgress, cancel: CancelToken) -> list[CellChange]:
        return read_pairs(session.context, path, cancel=cancel)

    def done(changes: list[CellChange]) -> None:
        dialog = PasteDialog(
            session,
            FormOptions(session, window),
            [change.edit for change in changes],
            left_out=0,
            title=_("Texts from the translator"),
            parent=window,
        )
        dialog.open()
        if shown is not None:
            shown(dialog)

    session.run_beside(work, while_alive(window, done), label=_("Reading the texts"))
