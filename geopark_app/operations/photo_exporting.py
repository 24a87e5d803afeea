"""Photos handed over as a folder: named by a pattern, cleaned for their reader, with captions."""

import hashlib
import shutil
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from geopark_app.domain.declaration import Audience
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Photo, Site
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress, no_progress
from geopark_app.i18n import gettext as _
from geopark_app.operations.context import AppContext
from geopark_app.operations.export_reading import Labels, read_labels
from geopark_app.operations.photo_captions import CaptionedPhoto, write_captions
from geopark_app.operations.photo_selection import PhotoSelection, select_photos
from geopark_app.operations.release import Release
from geopark_app.photos.finished import finished_picture
from geopark_app.photos.instructions import instructions_of
from geopark_app.photos.reasons import PhotoRefusedError
from geopark_app.photos.released import MakePicture, ReleasedFormat, ReleasedTags, released_picture
from geopark_app.photos.sniff import PictureFormat
from geopark_app.rules.file_names import DEFAULT_PATTERN, UniqueNames, check_pattern, file_stem
from geopark_app.rules.photo_release import (
    Barrier,
    barriers,
    original_may_leave,
    photo_disclosure,
    released_position,
)
from geopark_app.store.building_folders import built_beside, check_new_folder
from geopark_app.store.writing_files import translated_os_errors, write_atomically

CAPTIONS = "captions.xlsx"
_THREADS = 2
# Where the original is lost, the picture of 1,600 pixels is as good as one for the screen.
_NEAR_RENDITION_PX = 2000
_ENDINGS = {
    PictureFormat.JPEG.value: ".jpg",
    PictureFormat.PNG.value: ".png",
    PictureFormat.TIFF.value: ".tif",
    PictureFormat.WEBP.value: ".webp",
    PictureFormat.HEIC.value: ".heic",
}


class PhotoSize(Enum):
    """How large pictures are handed over."""

    ORIGINAL = "original"
    FULL = "full"
    PRINT = "print"
    SCREEN = "screen"
    WEB = "web"

    @property
    def longest(self) -> int | None:
        """Longest side in pixels; None keeps every pixel."""
        return {"print": 3508, "screen": 1920, "web": 1200}.get(self.value)

    @property
    def quality(self) -> int:
        """Quality of JPEG and WebP."""
        return {"screen": 88, "web": 82}.get(self.value, 92)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoExportOptions:
    """How the photos leave.

    Attributes
    ----------
    audience : Audience
        Who will have them.
    pattern : str
        Of the file names; see `rules.file_names`.
    size : PhotoSize
        An original goes out as it is only where the rule lets it, else cleaned and of full size.
    form : ReleasedFormat
        Of all but originals.
    with_credit : bool
        Write caption, photographer and rights into the pictures.
    with_position : bool
        Write the camera's position into the pictures, as coarse as the audience may have it.
    """

    audience: Audience = Audience.EVALUATORS
    pattern: str = DEFAULT_PATTERN
    size: PhotoSize = PhotoSize.SCREEN
    form: ReleasedFormat = ReleasedFormat.JPEG
    with_credit: bool = False
    with_position: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WithheldPhoto:
    """A photo that stays in the house, and why."""

    photo: Photo
    site_code: str
    barriers: tuple[Barrier, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoExportReport:
    """What left and what did not; written + withheld + unreadable = selected.

    Attributes
    ----------
    out : Path or None
        The folder; None after a look beforehand, and when no photo may leave.
    selected : int
        Photos meant.
    written : tuple of CaptionedPhoto
        In the order of the caption list.
    withheld : tuple of WithheldPhoto
        Kept back by the rule.
    unreadable : tuple of Photo
        Without a whole file here.
    cleaned : int
        Of those written: originals asked for that left as cleaned pictures.
    """

    out: Path | None
    selected: int
    written: tuple[CaptionedPhoto, ...]
    withheld: tuple[WithheldPhoto, ...]
    unreadable: tuple[Photo, ...]
    cleaned: int


def check_photo_export(
    context: AppContext, selection: PhotoSelection, options: PhotoExportOptions
) -> PhotoExportReport:
    """Say what an export would write and keep back, without writing anything.

    Raises
    ------
    GeoparkError
        BAD_VALUE for a pattern that cannot be used.
    """
    plan = _Plan(context, selection, options)
    here = context.catalogue.files.names()
    unreadable = tuple(
        row.photo for row in plan.rows if here.isdisjoint(_sources(row, options.size))
    )
    left = {photo.uuid for photo in unreadable}
    rows = [row for row in plan.rows if row.photo.uuid not in left]
    return plan.report(None, rows, unreadable)


def export_photos(
    context: AppContext,
    out: Path,
    selection: PhotoSelection,
    options: PhotoExportOptions,
    *,
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> PhotoExportReport:
    """Write the photos and their caption list into a new folder, whole or not at all.

    Raises
    ------
    Cancelled
        When asked to stop; there is no folder then.
    GeoparkError
        FOLDER_NOT_EMPTY, NOT_FOUND when no photo is meant, BAD_VALUE for the pattern, DISK_FULL
        and other environment codes; there is no folder then.
    """
    cancel = cancel or CancelToken()
    check_new_folder(out)
    plan = _Plan(context, selection, options)
    if not plan.rows and not plan.withheld:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="photo", reference=_("photos of this choice"))
    if not plan.rows:
        return plan.report(None, [], ())
    with built_beside(out) as folder:
        rows, unreadable = _write_pictures(context, plan, folder, progress, cancel)
        cancel.check()
        if rows:
            write_captions(
                context,
                [row.captioned for row in rows],
                plan.labels,
                folder / CAPTIONS,
                audience=options.audience,
            )
        cancel.check()
        if not rows:
            raise GeoparkError(ErrorCode.UNREADABLE_PHOTO, path=unreadable[0].file_name or out)
    return plan.report(out, rows, tuple(unreadable))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A photo that may leave: the office's record, and what its reader may have."""

    photo: Photo
    captioned: CaptionedPhoto
    as_original: bool
    tags: ReleasedTags | None


class _Plan:
    """What leaves under which name; made once, so that a look beforehand says the same."""

    def __init__(
        self, context: AppContext, selection: PhotoSelection, options: PhotoExportOptions
    ) -> None:
        check_pattern(options.pattern)
        self.options = options
        self.labels: Labels = read_labels(context)
        self._release = Release(context, options.audience)
        self._sites = {site.uuid: site for site in context.catalogue.records(Site)}
        self._names = UniqueNames()
        # The list of captions lies in the same folder.
        self._names.name(Path(CAPTIONS).stem, Path(CAPTIONS).suffix)
        photos = sorted(select_photos(context, selection), key=self._place)
        self._width = max(3, len(str(len(photos))))
        self.rows: list[_Row] = []
        self.withheld: list[WithheldPhoto] = []
        for photo in photos:
            self._take(photo)

    def report(
        self, out: Path | None, rows: Sequence[_Row], unreadable: tuple[Photo, ...]
    ) -> PhotoExportReport:
        wanted = self.options.size is PhotoSize.ORIGINAL
        return PhotoExportReport(
            out=out,
            selected=len(self.rows) + len(self.withheld),
            written=tuple(row.captioned for row in rows),
            withheld=tuple(self.withheld),
            unreadable=unreadable,
            cleaned=sum(wanted and not row.as_original for row in rows),
        )

    def _place(self, photo: Photo) -> tuple[bool, str]:
        """Give where a photo stands: by the code of its site, those without one last."""
        site = self._sites.get(photo.site_uuid or "")
        return (site is None, (site.code if site else None) or "")

    def _take(self, photo: Photo) -> None:
        audience = self.options.audience
        site = self._sites.get(photo.site_uuid or "")
        found = barriers(photo, audience, licence_allows=self.labels.may_leave(photo.licence))
        if found:
            code = (site.code if site else None) or ""
            self.withheld.append(WithheldPhoto(photo=photo, site_code=code, barriers=found))
            return
        level = photo_disclosure(photo.site_uuid, site.disclosure_level if site else None)
        wants_original = self.options.size is PhotoSize.ORIGINAL
        # An original carries its place in itself: from an exclusion area it leaves cleaned.
        is_excluded = self._release.excludes(photo)
        as_original = (
            wants_original
            and not is_excluded
            and original_may_leave(photo, audience, level, with_metadata=self.options.with_position)
        )
        position = None if is_excluded else released_position(photo.position, audience, level)
        released = self._release.record(photo, disclosure=level)
        released_site = self._release.record(site) if site else None
        captioned = CaptionedPhoto(
            file=self._file_name(released, released_site, as_original=as_original),
            photo=released,
            site=released_site,
            position=position if self.options.with_position else None,
            shows_people=bool(photo.people_shown or photo.children_shown),
        )
        self.rows.append(
            _Row(
                photo=photo,
                captioned=captioned,
                as_original=as_original,
                tags=self._tags(captioned),
            )
        )

    def _file_name(self, photo: Photo, site: Site | None, *, as_original: bool) -> str:
        parts = {
            "code": (site.code if site else None) or "",
            "name": ((site.name_vi or site.name_en) if site else None) or "",
            "date": (photo.taken_at or "")[:10],
            "number": str(len(self.rows) + 1).zfill(self._width),
            "photographer": photo.photographer or "",
        }
        ending = self.options.form.ending
        if as_original:
            ending = _ENDINGS.get(photo.media_type or "", ".jpg")
        return self._names.name(file_stem(self.options.pattern, parts), ending)

    def _tags(self, captioned: CaptionedPhoto) -> ReleasedTags | None:
        photo, position = captioned.photo, captioned.position
        if not (self.options.with_credit or position):
            return None
        words = ReleasedTags()
        if self.options.with_credit:
            licence = self.labels.of("licence", photo.licence).en
            rights = (photo.rights_holder or photo.credit, licence)
            words = ReleasedTags(
                description=photo.caption_en or photo.caption_vi or "",
                artist=photo.photographer or "",
                copyright=", ".join(part for part in rights if part),
            )
        return ReleasedTags(
            description=words.description,
            artist=words.artist,
            copyright=words.copyright,
            lon=position.lon if position else None,
            lat=position.lat if position else None,
        )


def _write_pictures(
    context: AppContext, plan: _Plan, folder: Path, progress: ReportProgress, cancel: CancelToken
) -> tuple[list[_Row], list[Photo]]:
    """Make the pictures two at a time; give the rows written and the photos without a file."""
    written: list[_Row] = []
    unreadable: list[Photo] = []
    total = len(plan.rows)
    with ThreadPoolExecutor(max_workers=_THREADS) as pool:
        waiting: list[tuple[_Row, Future[bool]]] = []
        try:
            for row in plan.rows:
                waiting.append((row, pool.submit(_write_one, context, plan, row, folder, cancel)))
            for done, (row, future) in enumerate(waiting):
                cancel.check()
                progress(Progress(done=done, total=total, current=row.captioned.file))
                if future.result():
                    written.append(row)
                else:
                    unreadable.append(row.photo)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    progress(Progress(done=total, total=total))
    return written, unreadable


def _write_one(
    context: AppContext, plan: _Plan, row: _Row, folder: Path, cancel: CancelToken
) -> bool:
    """Write one picture; False when no whole file of it is here."""
    cancel.check()
    target = folder / row.captioned.file
    if row.as_original:
        return _copy_original(context, row.photo, target)
    files = context.catalogue.files
    options = plan.options
    for sha256 in _sources(row, options.size):
        if not files.is_whole(sha256):
            continue
        try:
            content = released_picture(
                files.path_of(sha256),
                form=options.form,
                longest=options.size.longest,
                quality=options.size.quality,
                tags=row.tags,
                make=_maker_of(row.photo),
            )
        except PhotoRefusedError:
            continue
        write_atomically(target, content)
        return True
    return False


def _maker_of(photo: Photo) -> MakePicture:
    """Give how the picture of a photo is made: what was cut off it stays in the house."""
    instructions = instructions_of(photo)
    return lambda path, longest: finished_picture(path, instructions, longest=longest)


def _copy_original(context: AppContext, photo: Photo, target: Path) -> bool:
    files = context.catalogue.files
    if photo.sha256 is None or not files.has(photo.sha256):
        return False
    with translated_os_errors(target):
        shutil.copyfile(files.path_of(photo.sha256), target)
        with target.open("rb") as copy:
            is_true = hashlib.file_digest(copy, "sha256").hexdigest() == photo.sha256
        if not is_true:
            target.unlink()
    return is_true


def _sources(row: _Row, size: PhotoSize) -> list[str]:
    """Give the files a picture can be made of, the best first."""
    photo = row.photo
    if row.as_original:
        return [photo.sha256] if photo.sha256 else []
    # The full-size JPEG stands for originals that only the worker can decode (HEIC).
    named = [photo.jpeg_sha256, photo.sha256]
    if size.longest is not None and size.longest <= _NEAR_RENDITION_PX:
        named.append(photo.rendition_sha256)
    return [sha256 for sha256 in named if sha256]
