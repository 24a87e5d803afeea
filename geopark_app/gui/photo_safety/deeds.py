"""Backup with photos, finding again, reading all: asked for by a person, done beside the window."""

from pathlib import Path

from PySide6.QtCore import QDir
from PySide6.QtWidgets import QFileDialog, QWidget

from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.backups import BackupReport, back_up_with_photos, backup_place
from geopark_app.operations.file_checking import FileCheckReport, check_files
from geopark_app.operations.healing import HealReport, heal_files
from geopark_app.wording.photo_safety import backup_words, check_words, heal_words


def ask_and_back_up(session: Session, parent: QWidget) -> None:
    """Ask for a folder on another disk and back up into it."""
    chosen = _ask_folder(parent, _("Folder for the backup, best on another disk"))
    if chosen is not None:
        back_up(session, chosen)


def back_up(session: Session, chosen: Path) -> None:
    """Back database and photos up; a folder with other things gets one inside."""
    context = session.context

    def work(progress: ReportProgress, cancel: CancelToken) -> BackupReport:
        place = backup_place(context, chosen)
        return back_up_with_photos(context, place, progress=progress, cancel=cancel)

    def done(report: BackupReport) -> None:
        session.whereabouts_changed.emit()
        words = backup_words(
            copied=report.copied,
            there=report.there,
            missing=len(report.missing),
            damaged=len(report.damaged),
            not_reached=report.not_reached,
            path=report.folder,
        )
        is_whole = not (report.missing or report.damaged or report.not_reached)
        _tell(session, words, is_good=is_whole)

    def begin() -> None:
        session.run_beside(work, while_alive(session, done), label=_("Backing up"))

    session.after_saving(begin)


def ask_and_heal(session: Session, parent: QWidget) -> None:
    """Ask for a folder and look for missing and damaged files in it."""
    chosen = _ask_folder(parent, _("Folder in which the missing photos may be"))
    if chosen is not None:
        heal(session, chosen)


def heal(session: Session, folder: Path) -> None:
    """Look for missing and damaged files in a folder and put them back."""
    context = session.context

    def work(progress: ReportProgress, cancel: CancelToken) -> HealReport:
        return heal_files(context, folder, progress=progress, cancel=cancel)

    def done(report: HealReport) -> None:
        session.whereabouts_changed.emit()
        words = heal_words(
            wanted=report.wanted,
            healed=len(report.healed),
            remade=report.remade,
            missing=len(report.missing),
            damaged=len(report.damaged),
            seen=report.seen,
            is_cut=report.is_cut,
            is_stopped=report.is_stopped,
        )
        _tell(session, words, is_good=not (report.missing or report.damaged))

    session.run_beside(work, while_alive(session, done), label=_("Looking for photos"))


def read_all(session: Session) -> None:
    """Read every stored file again."""
    context = session.context

    def work(progress: ReportProgress, cancel: CancelToken) -> FileCheckReport:
        return check_files(context, progress=progress, cancel=cancel)

    def done(report: FileCheckReport) -> None:
        session.whereabouts_changed.emit()
        words = check_words(
            whole=report.whole,
            missing=len(report.missing),
            damaged=len(report.damaged),
            not_reached=report.not_reached,
        )
        _tell(session, words, is_good=not (report.missing or report.damaged))

    session.run_beside(work, while_alive(session, done), label=_("Reading the files"))


def _tell(session: Session, words: str, *, is_good: bool) -> None:
    if is_good:
        session.messages.done(words)
    else:
        session.messages.warning(
            words, action=_("Show them"), on_action=session.whereabouts_requested.emit
        )


def _ask_folder(parent: QWidget, title: str) -> Path | None:
    chosen = QFileDialog.getExistingDirectory(parent, title, QDir.homePath())
    return Path(chosen) if chosen else None
