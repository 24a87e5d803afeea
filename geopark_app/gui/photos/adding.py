"""Adding photos from the window: a task with progress, then a report that adds up."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui.session import Session
from geopark_app.gui.tasks import Task
from geopark_app.i18n import gettext as _
from geopark_app.operations.photos import (
    AddedFile,
    AddPhotosReport,
    PhotoDefaults,
    PhotoWish,
    add_photos,
)
from geopark_app.photos.importing import FileStatus
from geopark_app.photos.reasons import reason_text
from geopark_app.wording.errors import error_sentence


def start_adding(
    session: Session,
    paths: Sequence[Path],
    *,
    site_uuid: str | None,
    wishes: Mapping[Path, PhotoWish] | None = None,
    defaults: PhotoDefaults | None = None,
    on_done: Callable[[AddPhotosReport], None] | None = None,
) -> Task:
    """Add pictures to a site beside the window; it can be stopped, what was added stays.

    The file lane does it: its saves are short, and the saves of a form must not wait behind a
    folder of pictures. All of them are one step of undo.

    Parameters
    ----------
    session
        The open catalogue.
    paths
        Files and folders.
    site_uuid
        The site; None leaves the photos in the inbox.
    wishes, defaults
        What was said in the preview, of single files and of all.
    on_done
        Told the report.
    """
    context = session.context

    def work(progress: ReportProgress, cancel: CancelToken) -> AddPhotosReport:
        return add_photos(
            context,
            paths,
            site_uuid=site_uuid,
            wishes=wishes,
            defaults=defaults,
            reason=_("Add photos"),
            progress=progress,
            cancel=cancel,
        )

    def done(report: AddPhotosReport) -> None:
        session.take_in(report)
        _tell(session, report)
        if on_done is not None:
            on_done(report)

    return session.run_beside(work, done, label=_("Adding photos"))


def report_sentence(report: AddPhotosReport) -> str:
    """Give one sentence whose numbers add up to the files read."""
    parts = [_("{count} added").format(count=report.count(FileStatus.NEW))]
    for status, words in (
        (FileStatus.KNOWN, _("{count} already here")),
        (FileStatus.DAMAGED, _("{count} damaged")),
        (FileStatus.REFUSED, _("{count} not taken")),
    ):
        if report.count(status):
            parts.append(words.format(count=report.count(status)))
    sentence = _("{read} files read: {parts}.").format(read=report.read, parts=", ".join(parts))
    if report.not_reached:
        stopped = _("Stopped: {count} files were not reached.")
        sentence = f"{sentence} {stopped.format(count=report.not_reached)}"
    if report.trouble is not None:
        sentence = f"{sentence} {error_sentence(report.trouble).message}"
    wanted = len(report.wanted_originals)
    if wanted:
        ask = _("{count} came through a chat: ask for the originals.").format(count=wanted)
        sentence = f"{sentence} {ask}"
    return sentence


def why_text(file: AddedFile) -> str:
    """Give what is to be known of one file of a report."""
    if file.reason is not None:
        return reason_text(file.reason)
    if file.chat_copy:
        came = _("came through a chat")
        what = _("original is here") if file.original_uuid else _("ask for the original")
        return f"{came}; {what}"
    return ""


def _tell(session: Session, report: AddPhotosReport) -> None:
    refused = report.count(FileStatus.DAMAGED) + report.count(FileStatus.REFUSED)
    troubled = refused or report.trouble is not None or report.wanted_originals
    say = session.messages.warning if troubled else session.messages.done
    say(report_sentence(report), action=_("Show the list"), on_action=lambda: _show_list(report))


def _show_list(report: AddPhotosReport) -> None:
    AddReportDialog(report, QApplication.activeWindow()).open()


class AddReportDialog(QDialog):
    """Every file with what became of it."""

    def __init__(self, report: AddPhotosReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Photos added"))
        self.resize(720, 420)
        words = {
            FileStatus.NEW: _("added"),
            FileStatus.KNOWN: _("already here"),
            FileStatus.DAMAGED: _("damaged"),
            FileStatus.REFUSED: _("not taken"),
        }
        sentence = QLabel(report_sentence(report))
        sentence.setWordWrap(True)
        self.list = QTreeWidget()
        self.list.setRootIsDecorated(False)
        self.list.setHeaderLabels([_("File"), _("Result"), _("Why")])
        for file in report.files:
            why = why_text(file)
            item = QTreeWidgetItem(self.list, [file.path.name, words[file.status], why])
            item.setToolTip(0, str(file.path))
            item.setToolTip(2, why)
        for column, width in enumerate((220, 110)):
            self.list.setColumnWidth(column, width)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(sentence)
        layout.addWidget(self.list)
        layout.addWidget(buttons)
