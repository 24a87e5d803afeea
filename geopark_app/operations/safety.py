"""Checking and backing up a catalogue, and what no colleague has yet."""

from pathlib import Path

from geopark_app.domain.finding import Finding, Severity
from geopark_app.domain.progress import CancelToken, ReportProgress, no_progress
from geopark_app.operations.basemaps import basemap_findings
from geopark_app.operations.context import AppContext
from geopark_app.operations.file_checking import check_files, needed_files
from geopark_app.operations.map_layers import layer_findings
from geopark_app.operations.photos import PhotoProblem, check_photos
from geopark_app.store.backup import back_up, check_integrity
from geopark_app.store.checking import check_log


def check_catalogue(
    context: AppContext,
    *,
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> list[Finding]:
    """Check database, log and picture files; an empty list is good news.

    Raises
    ------
    GeoparkError
        DAMAGED_CATALOGUE when SQLite itself finds the database damaged.
    """
    check_integrity(context.catalogue.folder.database)
    _take_in_foreign_changes(context)
    findings = check_log(context.catalogue)
    problems = check_photos(context, progress=progress, cancel=cancel)
    findings.extend(_file_finding(problem) for problem in problems)
    lost = _lost_documents(context, cancel)
    return [*findings, *lost, *layer_findings(context), *basemap_findings(context)]


def _lost_documents(context: AppContext, cancel: CancelToken | None) -> list[Finding]:
    """Read the files of documents again; photos have been read before."""
    files = needed_files(context).values()
    documents = [file for file in files if file.kind == "document" and not file.in_trash]
    report = check_files(context, documents, cancel=cancel)
    found = (("document-file-missing", report.missing), ("document-file-damaged", report.damaged))
    return [
        Finding(
            code=code,
            severity=Severity.ERROR,
            kind="document",
            uuid=file.uuid,
            field="sha256",
            details=(("path", file.name or file.sha256),),
        )
        for code, files in found
        for file in files
    ]


def _take_in_foreign_changes(context: AppContext) -> None:
    """Let what another program wrote become a save, so that it does not look like damage."""
    if not context.catalogue.is_read_only:
        with context.work("check"):
            pass


def _file_finding(problem: PhotoProblem) -> Finding:
    return Finding(
        code="photo-file-missing" if problem.is_missing else "photo-file-damaged",
        severity=Severity.ERROR,
        kind="photo",
        uuid=problem.photo.uuid,
        field=problem.file.value,
        details=(("path", problem.photo.file_name or problem.sha256 or ""),),
    )


def back_up_catalogue(context: AppContext, target: Path | None = None) -> Path:
    """Write a checked copy of the database into `backups/`, or into the named folder."""
    folder = context.catalogue.folder
    return back_up(folder.database, target or folder.backups_dir, now=context.now(), label="manual")


def pending_saves(context: AppContext) -> int:
    """Give how many own saves no colleague is known to have."""
    return context.catalogue.pending_saves()
