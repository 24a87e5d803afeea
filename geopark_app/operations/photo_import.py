"""Adding photos: each picture is prepared, its files are flushed, then its record is saved."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Site
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress, no_progress
from geopark_app.operations.context import AppContext
from geopark_app.operations.photo_places import NEAREST_LIMIT_M, NearestSite, nearest_site
from geopark_app.operations.photo_report import AddedFile, AddPhotosReport
from geopark_app.operations.photo_storing import PhotoStoring, StoringOrder
from geopark_app.operations.photo_wishes import PhotoDefaults, PhotoWish, typed_taken_at
from geopark_app.photos.importing import FoundFile, find_files, prepare_photos

__all__ = [
    "NEAREST_LIMIT_M",
    "AddPhotosReport",
    "AddedFile",
    "NearestSite",
    "PhotoDefaults",
    "PhotoWish",
    "add_photos",
    "check_asked",
    "check_site",
    "nearest_site",
    "typed_taken_at",
]


def add_photos(
    context: AppContext,
    paths: Iterable[Path],
    *,
    site_uuid: str | None = None,
    auto: bool = False,
    sample: bool = False,
    defaults: PhotoDefaults | None = None,
    wishes: Mapping[Path, PhotoWish] | None = None,
    reason: str = "",
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> AddPhotosReport:
    """Add pictures and the pictures of folders; some photos at a time are one save.

    Originals are only read. The files of a photo are flushed to disk before its record is
    written, so that a listed photo always has its files. All saves are one step of undo. A
    picture whose SHA-256 is in the
    catalogue already is reported as known and not added again; if its stored original was lost
    or damaged, it is put back.

    Parameters
    ----------
    paths
        Files and folders; all must exist, but those with a wish: they were there a moment ago, and
        the report says what went.
    site_uuid
        The site; None leaves photos in the inbox, unless `auto`.
    auto
        Give each photo with a trusted position to the nearest site within `NEAREST_LIMIT_M`.
    sample
        Mark the photos as samples of the demo.
    defaults
        Captions, rights and date all these photos get.
    wishes
        What was said of single files in a preview; stands above `site_uuid` and `auto`.
    reason
        Name of the step in the history; the file name is added to it.
    progress, cancel
        Told what is stored for good; asked all the time. What was finished stays.

    Raises
    ------
    GeoparkError
        NOT_FOUND for a path or site that is not there, before anything is written; DISK_FULL and
        the like when not one photo could be stored (later, the report tells it as `trouble`).
    """
    asked, wishes = list(paths), wishes or {}
    _check_asked(context, [path for path in asked if path not in wishes], site_uuid)
    files = find_files(asked)
    cancel = cancel or CancelToken()
    storing = PhotoStoring(
        context,
        StoringOrder(
            site_uuid=site_uuid,
            sites=tuple(context.catalogue.records(Site)) if auto and site_uuid is None else (),
            defaults=defaults or PhotoDefaults(),
            wishes=wishes,
            sample=sample,
            reason=reason or "add photo",
        ),
    )
    trouble = _store_all(storing, files, progress, cancel)
    return AddPhotosReport(
        files=storing.report_rows(),
        not_reached=len(files) - len(storing.rows),
        trouble=trouble,
        changes=storing.changes,
    )


def _store_all(
    storing: PhotoStoring, files: list[FoundFile], progress: ReportProgress, cancel: CancelToken
) -> GeoparkError | None:
    """Store what can be stored; give what ended it early, after something was stored."""
    outcomes = prepare_photos(
        files,
        is_known=storing.is_known,
        progress=_told(lambda: len(storing.rows), progress),
        cancel=cancel,
    )
    try:
        with closing(outcomes):
            for outcome in outcomes:
                storing.take(outcome)
        storing.flush()
    except GeoparkError as error:
        if storing.changes.save is None:
            raise
        return error
    progress(Progress(done=len(storing.rows), total=len(files)))
    return None


def _told(stored: Callable[[], int], progress: ReportProgress) -> ReportProgress:
    """Report what is stored for good instead of what was read."""

    def tell(read: Progress) -> None:
        if read.done < read.total:
            progress(Progress(done=stored(), total=read.total, current=read.current))

    return tell


def check_site(context: AppContext, site_uuid: str) -> None:
    """Refuse a site that is not there; raises NOT_FOUND."""
    site = context.catalogue.get(Site, site_uuid)
    if site is None or site.deleted:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="site", uuid=site_uuid)


def check_asked(paths: Iterable[Path]) -> None:
    """Refuse a path that is not there; raises NOT_FOUND."""
    for path in paths:
        if not path.exists():
            raise GeoparkError(ErrorCode.NOT_FOUND, path=path)


def _check_asked(context: AppContext, paths: list[Path], site_uuid: str | None) -> None:
    check_asked(paths)
    if site_uuid is not None:
        check_site(context, site_uuid)
    if context.catalogue.is_read_only:
        raise GeoparkError(ErrorCode.READ_ONLY, path=context.catalogue.folder.root)
