"""Reading the stored files again, a few at a time, so that damage is found while copies exist."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from geopark_app.domain.progress import CancelToken, Progress, ReportProgress, no_progress
from geopark_app.operations.context import AppContext
from geopark_app.store.queries import FileOfRecord
from geopark_app.store.whereabouts import Whereabouts


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCheckReport:
    """What reading the files found; read + missing + not_reached = asked.

    Attributes
    ----------
    asked : int
        Files to be read.
    whole, damaged : int, tuple of FileOfRecord
        Of those read.
    missing : tuple of FileOfRecord
        Not in the content store.
    not_reached : int
        Left because the person stopped.
    """

    asked: int
    whole: int
    damaged: tuple[FileOfRecord, ...]
    missing: tuple[FileOfRecord, ...]
    not_reached: int


def needed_files(context: AppContext) -> dict[str, FileOfRecord]:
    """Give every file the records name, once each, by SHA-256; originals before what is made."""
    files = sorted(context.catalogue.files_of_records(), key=lambda file: not file.is_original)
    found: dict[str, FileOfRecord] = {}
    for file in files:
        found.setdefault(file.sha256, file)
    return found


def files_due(context: AppContext, *, older_than: timedelta) -> list[FileOfRecord]:
    """Give the files that are here and were never or long not read, originals first."""
    last_read = {
        sha256: check.at for sha256, check in Whereabouts(context.catalogue).checks().items()
    }
    here = context.catalogue.files.names()
    until = (context.now() - older_than).isoformat(timespec="seconds")
    due = [
        file
        for file in needed_files(context).values()
        if file.sha256 in here and last_read.get(file.sha256, "") < until
    ]
    return sorted(due, key=lambda file: (last_read.get(file.sha256, ""), not file.is_original))


def check_files(
    context: AppContext,
    files: Iterable[FileOfRecord] | None = None,
    *,
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> FileCheckReport:
    """Read files from end to end, all of the catalogue when none are named.

    Only the date and the verdict are kept; a damaged file stays where it is until a whole copy
    takes its place (`operations.healing`), for most of it can still be looked at.
    """
    cancel = cancel or CancelToken()
    asked = list(needed_files(context).values() if files is None else files)
    store, known = context.catalogue.files, Whereabouts(context.catalogue)
    damaged, missing = [], []
    whole = reached = 0
    for file in asked:
        if cancel.is_cancelled:
            break
        progress(Progress(done=reached, total=len(asked), current=file.name))
        reached += 1
        if not store.has(file.sha256):
            missing.append(file)
            continue
        is_whole = store.is_whole(file.sha256)
        known.note_checks({file.sha256: is_whole}, at=_now(context))
        if is_whole:
            whole += 1
        else:
            damaged.append(file)
    progress(Progress(done=len(asked), total=len(asked)))
    return FileCheckReport(
        asked=len(asked),
        whole=whole,
        damaged=tuple(damaged),
        missing=tuple(missing),
        not_reached=len(asked) - reached,
    )


def _now(context: AppContext) -> str:
    return context.now().isoformat(timespec="seconds")
