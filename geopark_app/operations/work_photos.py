"""The photo before and the photo after a work: a file becomes a photo of its site."""

import dataclasses
from dataclasses import dataclass
from pathlib import Path

from geopark_app.domain.change import Changes
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Work
from geopark_app.domain.progress import CancelToken, ReportProgress, no_progress
from geopark_app.operations.context import AppContext
from geopark_app.operations.photos import AddPhotosReport, add_photos
from geopark_app.operations.records import set_field

FIELDS = {"before": "before_photo_uuid", "after": "after_photo_uuid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPhoto:
    """What came of a file: its report, the photo where there is one, and what was written."""

    report: AddPhotosReport
    photo_uuid: str | None
    changes: Changes


def photograph_work(
    context: AppContext,
    uuid: str,
    when: str,
    path: Path,
    *,
    reason: str = "",
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> WorkPhoto:
    """Add a picture to the site of a work and let it stand `before` or `after` it.

    A picture that is in the catalogue already is used as it is. Both saves are one step of undo.

    Raises
    ------
    GeoparkError
        NOT_FOUND; BAD_VALUE for another `when`; see `add_photos`.
    """
    work = context.catalogue.get(Work, uuid)
    if work is None or work.deleted:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="work", uuid=uuid)
    if when not in FIELDS:
        expected = ", ".join(FIELDS)
        raise GeoparkError(ErrorCode.BAD_VALUE, field="when", value=when, expected=expected)
    report = add_photos(
        context, [path], site_uuid=work.site_uuid, reason=reason, progress=progress, cancel=cancel
    )
    photo = next((file.photo_uuid for file in report.files if file.photo_uuid), None)
    if photo is None:
        return WorkPhoto(report=report, photo_uuid=None, changes=report.changes)
    added = report.changes
    changes = set_field(context, "work", uuid, FIELDS[when], photo, reason=reason)
    if added.save is not None:
        changes = dataclasses.replace(
            changes,
            touched=changes.touched | added.touched,
            earlier=(*added.earlier, added.save, *changes.earlier),
        )
    return WorkPhoto(report=report, photo_uuid=photo, changes=changes)
