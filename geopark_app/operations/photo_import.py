"""Adding photos: each picture is prepared, its files are flushed, then its record is saved."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Photo, Site
from geopark_app.domain.position import Position, PositionQuality
from geopark_app.domain.progress import CancelToken, ReportProgress, no_progress
from geopark_app.domain.text import nfc
from geopark_app.geo.measure import distance_m
from geopark_app.operations.context import AppContext
from geopark_app.photos.exif import ExifFacts
from geopark_app.photos.importing import (
    FileOutcome,
    FileStatus,
    PreparedPhoto,
    find_files,
    prepare_photos,
)
from geopark_app.photos.reasons import Reason
from geopark_app.photos.renditions import make_renditions
from geopark_app.store.new_keys import new_uuid

NEAREST_LIMIT_M = 2000.0
"""A photo is given to the nearest site only within this distance."""

_COARSE_FIX_M = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoDefaults:
    """What every photo of one import gets, such as the credit of a field day."""

    photographer: str | None = None
    credit: str | None = None
    rights_holder: str | None = None
    licence: str | None = None
    caption_vi: str | None = None
    caption_en: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NearestSite:
    """The proposal for a photo with a trusted position: a site, and how far away it is."""

    site_uuid: str
    distance_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedFile:
    """One row of the report.

    Attributes
    ----------
    path : Path
        The file as it was found.
    status : FileStatus
        New, known, damaged or refused.
    reason : Reason or None
        Why a file was damaged or refused.
    sha256 : str or None
        Of the original.
    photo_uuid, site_uuid : str or None
        The photo, new or already known, and its site; a photo without site waits in the inbox.
    distance_m : float or None
        How far the proposed site is, when the site was proposed.
    """

    path: Path
    status: FileStatus
    reason: Reason | None = None
    sha256: str | None = None
    photo_uuid: str | None = None
    site_uuid: str | None = None
    distance_m: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPhotosReport:
    """What became of each file; the counts add up to `read`.

    Attributes
    ----------
    files : tuple of AddedFile
        In the order they were read.
    not_reached : int
        Files left unread because the person cancelled, or because of `trouble`.
    trouble : GeoparkError or None
        What ended the import early (disk full, catalogue locked) after some photos were stored.
    changes : Changes
        The photos written.
    """

    files: tuple[AddedFile, ...]
    not_reached: int
    trouble: GeoparkError | None = None
    changes: Changes

    @property
    def read(self) -> int:
        """How many files were read."""
        return len(self.files)

    def count(self, status: FileStatus) -> int:
        """Give how many files ended so."""
        return sum(file.status is status for file in self.files)


def add_photos(
    context: AppContext,
    paths: Iterable[Path],
    *,
    site_uuid: str | None = None,
    auto: bool = False,
    sample: bool = False,
    defaults: PhotoDefaults | None = None,
    reason: str = "",
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> AddPhotosReport:
    """Add pictures and the pictures of folders; each photo is one save.

    Originals are only read. The files of a photo are flushed to disk before its record is
    written, so that a listed photo always has its files. A picture whose SHA-256 is in the
    catalogue already is reported as known and not added again; if its stored original was lost
    or damaged, it is put back.

    Parameters
    ----------
    paths
        Files and folders; all must exist.
    site_uuid
        The site; None leaves photos in the inbox, unless `auto`.
    auto
        Give each photo with a trusted position to the nearest site within `NEAREST_LIMIT_M`.
    sample
        Mark the photos as samples of the demo.
    defaults
        Captions and rights all these photos get.
    reason
        Name of the step in the history; the file name is added to it.
    progress, cancel
        Told before each file; asked between files. What was finished stays.

    Raises
    ------
    GeoparkError
        NOT_FOUND for a path or site that is not there, before anything is written; DISK_FULL and
        the like when not one photo could be stored (later, the report tells it as `trouble`).
    """
    asked = list(paths)
    _check_asked(context, asked, site_uuid)
    files = find_files(asked)
    cancel = cancel or CancelToken()
    adding = _Adding(context, site_uuid, auto=auto, sample=sample, defaults=defaults, reason=reason)
    rows: list[AddedFile] = []
    trouble: GeoparkError | None = None
    outcomes = prepare_photos(files, is_known=adding.is_known, progress=progress, cancel=cancel)
    try:
        rows.extend(adding.row_of(outcome) for outcome in outcomes)
    except GeoparkError as error:
        if not adding.touched:
            raise
        trouble = error
    return AddPhotosReport(
        files=tuple(rows),
        not_reached=len(files) - len(rows),
        trouble=trouble,
        changes=Changes(touched=frozenset(adding.touched), note=reason),
    )


def nearest_site(sites: Iterable[Site], position: Position) -> NearestSite | None:
    """Give the site nearest to a position, if one is within `NEAREST_LIMIT_M`.

    Sites known only by their commune are left out: the middle of a commune is no place to
    compare with.
    """
    if position.lon is None or position.lat is None:
        return None
    found: NearestSite | None = None
    for site in sites:
        at = site.position
        if at is None or not at.is_pin or at.lon is None or at.lat is None:
            continue
        away = distance_m(position.lon, position.lat, at.lon, at.lat)
        if away <= NEAREST_LIMIT_M and (found is None or away < found.distance_m):
            found = NearestSite(site_uuid=site.uuid, distance_m=away)
    return found


class _Adding:
    """One run of `add_photos`: what is known so far, and the storing of one photo after another."""

    def __init__(
        self,
        context: AppContext,
        site_uuid: str | None,
        *,
        auto: bool,
        sample: bool,
        defaults: PhotoDefaults | None,
        reason: str,
    ) -> None:
        self._context = context
        self._site_uuid = site_uuid
        self._sample = sample
        self._defaults = defaults or PhotoDefaults()
        self._reason = reason or "add photo"
        photos = context.catalogue.records(Photo)
        self._known = {photo.sha256: photo for photo in photos if photo.sha256}
        self._sites = context.catalogue.records(Site) if auto and site_uuid is None else []
        self._last_order: dict[str | None, int] = {}
        for photo in photos:
            before = self._last_order.get(photo.site_uuid, 0)
            self._last_order[photo.site_uuid] = max(before, photo.sort_order or 0)
        self.touched: set[tuple[str, str]] = set()

    def is_known(self, sha256: str) -> bool:
        return sha256 in self._known

    def row_of(self, outcome: FileOutcome) -> AddedFile:
        if outcome.prepared is not None:
            return self._stored(outcome.prepared)
        photo = self._known.get(outcome.sha256 or "")
        if photo is not None:
            self._put_back(photo, outcome.path)
        return AddedFile(
            path=outcome.path,
            status=outcome.status,
            reason=outcome.reason,
            sha256=outcome.sha256,
            photo_uuid=photo.uuid if photo else None,
            site_uuid=photo.site_uuid if photo else None,
        )

    def _stored(self, prepared: PreparedPhoto) -> AddedFile:
        files = self._context.catalogue.files
        if files.add_file(prepared.path) != prepared.sha256:
            return AddedFile(path=prepared.path, status=FileStatus.DAMAGED, reason=Reason.CHANGED)
        nearest = self._nearest(prepared.exif)
        photo = self._record(prepared, nearest.site_uuid if nearest else self._site_uuid)
        with self._context.work(f"{self._reason}: {photo.file_name}") as work:
            work.put(photo)
        self._known[prepared.sha256] = photo
        self._last_order[photo.site_uuid] = photo.sort_order or 0
        self.touched.add((kind_of(Photo).name, photo.uuid))
        return AddedFile(
            path=prepared.path,
            status=FileStatus.NEW,
            sha256=prepared.sha256,
            photo_uuid=photo.uuid,
            site_uuid=photo.site_uuid,
            distance_m=nearest.distance_m if nearest else None,
        )

    def _nearest(self, exif: ExifFacts) -> NearestSite | None:
        if not self._sites or not exif.position_trusted:
            return None
        return nearest_site(self._sites, Position(lon=exif.lon, lat=exif.lat))

    def _record(self, prepared: PreparedPhoto, site_uuid: str | None) -> Photo:
        files, exif = self._context.catalogue.files, prepared.exif
        return Photo(
            uuid=new_uuid(),
            site_uuid=site_uuid,
            sha256=prepared.sha256,
            thumb_sha256=files.add_bytes(prepared.renditions.thumbnail),
            rendition_sha256=files.add_bytes(prepared.renditions.rendition),
            file_name=nfc(prepared.path.name),
            media_type=prepared.picture_format.value,
            byte_count=prepared.byte_count,
            width=exif.width,
            height=exif.height,
            orientation=exif.orientation,
            taken_at=exif.taken_at,
            taken_offset_assumed=exif.taken_offset_assumed if exif.taken_at else None,
            position=_position(exif),
            position_trusted=exif.position_trusted,
            altitude_m=exif.altitude_m,
            direction_deg=exif.direction_deg,
            camera_make=exif.make,
            camera_model=exif.model,
            caption_vi=self._defaults.caption_vi,
            caption_en=self._defaults.caption_en,
            photographer=self._defaults.photographer,
            credit=self._defaults.credit,
            rights_holder=self._defaults.rights_holder,
            licence=self._defaults.licence,
            sort_order=self._last_order.get(site_uuid, 0) + 1,
            sample=self._sample,
        )

    def _put_back(self, photo: Photo, source: Path) -> None:
        """Replace what was lost or damaged of a known photo by the same bytes again."""
        files = self._context.catalogue.files
        if photo.sha256 is not None and not files.is_whole(photo.sha256):
            files.path_of(photo.sha256).unlink(missing_ok=True)
            files.add_file(source)
        small = [name for name in (photo.thumb_sha256, photo.rendition_sha256) if name]
        lost = [name for name in small if not files.is_whole(name)]
        if not lost:
            return
        made = make_renditions(source)
        for content in (made.thumbnail, made.rendition):
            # Only the very bytes the record names: another program version may draw others.
            sha256 = hashlib.sha256(content).hexdigest()
            if sha256 in lost:
                files.path_of(sha256).unlink(missing_ok=True)
                files.add_bytes(content)


def _position(exif: ExifFacts) -> Position | None:
    if exif.lon is None or exif.lat is None or (exif.lon == 0 and exif.lat == 0):
        return None
    quality = PositionQuality.EXACT
    if not exif.position_trusted:
        quality = PositionQuality.UNKNOWN
    elif exif.accuracy_m is not None and exif.accuracy_m > _COARSE_FIX_M:
        quality = PositionQuality.APPROX
    return Position(
        lon=exif.lon,
        lat=exif.lat,
        accuracy_m=exif.accuracy_m,
        method="photo",
        quality=quality.value,
        source_crs="EPSG:4326",
        source="EXIF",
    )


def _check_asked(context: AppContext, paths: list[Path], site_uuid: str | None) -> None:
    for path in paths:
        if not path.exists():
            raise GeoparkError(ErrorCode.NOT_FOUND, path=path)
    if site_uuid is not None:
        site = context.catalogue.get(Site, site_uuid)
        if site is None or site.deleted:
            raise GeoparkError(ErrorCode.NOT_FOUND, kind="site", uuid=site_uuid)
    if context.catalogue.is_read_only:
        raise GeoparkError(ErrorCode.READ_ONLY, path=context.catalogue.folder.root)
