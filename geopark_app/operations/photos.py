"""Photos: list them, check their files, choose the cover of a site; adding is next door."""

from dataclasses import dataclass
from enum import Enum

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Photo, Site
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress, no_progress
from geopark_app.operations.context import AppContext
from geopark_app.operations.photo_import import (
    NEAREST_LIMIT_M,
    AddedFile,
    AddPhotosReport,
    NearestSite,
    PhotoDefaults,
    PhotoWish,
    add_photos,
    nearest_site,
    typed_taken_at,
)
from geopark_app.store.whereabouts import Whereabouts

__all__ = [
    "NEAREST_LIMIT_M",
    "AddPhotosReport",
    "AddedFile",
    "NearestSite",
    "PhotoDefaults",
    "PhotoProblem",
    "PhotoWish",
    "StoredFile",
    "add_photos",
    "check_photos",
    "find_photo",
    "list_photos",
    "nearest_site",
    "set_cover",
    "typed_taken_at",
]


class StoredFile(Enum):
    """The files behind a photo; only one that documents cannot read has a full-size JPEG."""

    ORIGINAL = "original"
    FULL_SIZE = "full-size-jpeg"
    RENDITION = "rendition"
    THUMBNAIL = "thumbnail"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoProblem:
    """A file of a photo that is missing, or whose bytes are no longer what its name says."""

    photo: Photo
    file: StoredFile
    sha256: str | None
    is_missing: bool


def list_photos(context: AppContext, *, site_uuid: str | None = None) -> list[Photo]:
    """Give the photos of a site in their order, or all photos, those of the inbox last."""
    where = {} if site_uuid is None else {"site_uuid": site_uuid}
    photos = context.catalogue.records(Photo, where=where)
    return sorted(
        photos,
        key=lambda photo: (
            photo.site_uuid is None,
            photo.site_uuid or "",
            photo.sort_order or 0,
            photo.uuid,
        ),
    )


def find_photo(context: AppContext, reference: str) -> Photo:
    """Give the photo with this uuid or SHA-256.

    Raises
    ------
    GeoparkError
        NOT_FOUND; AMBIGUOUS when two photos share the SHA-256.
    """
    photo = context.catalogue.get(Photo, reference)
    if photo is not None:
        return photo
    found = context.catalogue.records(Photo, where={"sha256": reference.lower()})
    if not found:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="photo", uuid=reference)
    if len(found) > 1:
        raise GeoparkError(
            ErrorCode.AMBIGUOUS,
            kind="photo",
            value=reference,
            uuids=", ".join(p.uuid for p in found),
        )
    return found[0]


def check_photos(
    context: AppContext,
    *,
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> list[PhotoProblem]:
    """Read every file of every photo again and give those missing or damaged.

    Raises `Cancelled` between two photos when asked to stop.
    """
    cancel = cancel or CancelToken()
    photos = list_photos(context)
    problems: list[PhotoProblem] = []
    for done, photo in enumerate(photos):
        cancel.check()
        progress(Progress(done=done, total=len(photos), current=photo.file_name or ""))
        problems.extend(_problems_of(context, photo))
    progress(Progress(done=len(photos), total=len(photos)))
    return problems


def set_cover(
    context: AppContext, site_uuid: str, photo_uuid: str | None, *, reason: str = ""
) -> Changes:
    """Make one of the site's own photos its cover, or none.

    Raises
    ------
    GeoparkError
        NOT_FOUND when the site or photo is not there; BAD_VALUE when the photo is another site's.
    """
    _existing_site(context, site_uuid)
    if photo_uuid is not None:
        photo = context.catalogue.get(Photo, photo_uuid)
        if photo is None or photo.deleted:
            raise GeoparkError(ErrorCode.NOT_FOUND, kind="photo", uuid=photo_uuid)
        if photo.site_uuid != site_uuid:
            raise GeoparkError(ErrorCode.BAD_VALUE, field="cover_photo_uuid", value=photo_uuid)
    with context.work(reason or "choose cover photo") as work:
        work.set_columns(kind_of(Site), site_uuid, {"cover_photo_uuid": photo_uuid})
    return work.changes


def _existing_site(context: AppContext, site_uuid: str) -> Site:
    site = context.catalogue.get(Site, site_uuid)
    if site is None or site.deleted:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="site", uuid=site_uuid)
    return site


def _problems_of(context: AppContext, photo: Photo) -> list[PhotoProblem]:
    files = context.catalogue.files
    problems = []
    verdicts: dict[str, bool] = {}
    for file, sha256 in (
        (StoredFile.ORIGINAL, photo.sha256),
        (StoredFile.RENDITION, photo.rendition_sha256),
        (StoredFile.THUMBNAIL, photo.thumb_sha256),
        *([(StoredFile.FULL_SIZE, photo.jpeg_sha256)] if photo.jpeg_sha256 else []),
    ):
        if sha256 is None or not files.has(sha256):
            problems.append(PhotoProblem(photo=photo, file=file, sha256=sha256, is_missing=True))
            continue
        verdicts[sha256] = files.is_whole(sha256)
        if not verdicts[sha256]:
            problems.append(PhotoProblem(photo=photo, file=file, sha256=sha256, is_missing=False))
    at = context.now().isoformat(timespec="seconds")
    Whereabouts(context.catalogue).note_checks(verdicts, at=at)
    return problems
