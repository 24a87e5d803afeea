"""The bibliography into a file of BibTeX, RIS or CSL-JSON."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.bibliography import export_references

_FILTERS = {"BibTeX (*.bib)": "bibtex", "RIS (*.ris)": "ris", "CSL-JSON (*.json)": "csl"}
_SUFFIXES = {".ris": "ris", ".json": "csl"}


def ask_and_export(session: Session, window: QWidget) -> None:
    """Ask for a file; its name decides the format."""
    name, kind = QFileDialog.getSaveFileName(
        window,
        _("Export the bibliography"),
        session.export_path("references.bib"),
        ";;".join(_FILTERS),
    )
    if name:
        path = Path(name)
        form = _SUFFIXES.get(path.suffix.lower()) or (
            "bibtex" if path.suffix else _FILTERS.get(kind, "bibtex")
        )
        write_bibliography(session, path, form)


def write_bibliography(session: Session, path: Path, form: str) -> None:
    """Write the file beside the window."""

    def work(_progress: ReportProgress, _cancel: CancelToken) -> int:
        return export_references(session.context, form, path)

    def done(count: int) -> None:
        session.messages.done(
            _("{count} publications written: {path}").format(count=count, path=path)
        )

    def begin() -> None:
        session.run_beside(work, done, label=_("Writing the bibliography"))

    session.after_saving(begin)
