"""What an import of photos would do, shown before anything is copied."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from geopark_app.domain.kinds import Site
from geopark_app.domain.progress import CancelToken, ReportProgress, no_progress
from geopark_app.domain.text import nfc
from geopark_app.operations.context import AppContext
from geopark_app.operations.photo_import import check_asked
from geopark_app.operations.photo_originals import original_of
from geopark_app.operations.photo_places import NearestSite, nearest_to_camera
from geopark_app.operations.photo_wishes import PhotoWish
from geopark_app.photos.chat_copies import ChatSign, chat_sign
from geopark_app.photos.exif import ExifFacts
from geopark_app.photos.importing import (
    FileOutcome,
    FileStatus,
    PreparedPhoto,
    find_files,
    prepare_photos,
)
from geopark_app.photos.reasons import Reason
from geopark_app.store.photo_keys import PhotoKeys
from geopark_app.wording.photos import chat_words, picture_remarks


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPhoto:
    """One file, as the person sees it before deciding.

    Attributes
    ----------
    path : Path
        The file.
    status : FileStatus
        What would become of it.
    reason : Reason or None
        Why it would not be taken.
    sha256 : str or None
        Of its bytes.
    known_uuid : str or None
        The photo that has these bytes already.
    twin : Path or None
        An earlier file of this selection with the same bytes.
    exif : ExifFacts or None
        What the camera wrote.
    thumbnail : bytes
        An upright JPEG; empty when it cannot be read.
    nearest : NearestSite or None
        The site proposed, where the position can be trusted.
    chat : ChatSign or None
        Why it is taken for a picture that came through a chat.
    original_uuid : str or None
        The photo held that looks like its original; an empty text for one of this selection.
    likeness : str
        See `photos.likeness`.
    """

    path: Path
    status: FileStatus
    reason: Reason | None = None
    sha256: str | None = None
    known_uuid: str | None = None
    twin: Path | None = None
    exif: ExifFacts | None = None
    thumbnail: bytes = b""
    nearest: NearestSite | None = None
    chat: ChatSign | None = None
    original_uuid: str | None = None
    likeness: str = ""

    @property
    def has_original(self) -> bool:
        """Say whether its original is held, or comes with it."""
        return self.original_uuid is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoPlan:
    """All files of a selection, and how many were not looked at because the person stopped."""

    photos: tuple[PlannedPhoto, ...]
    not_reached: int = 0

    def count(self, status: FileStatus) -> int:
        """Give how many files would end so."""
        return sum(photo.status is status for photo in self.photos)

    @property
    def new(self) -> tuple[PlannedPhoto, ...]:
        """Give the photos that would be added."""
        return tuple(photo for photo in self.photos if photo.status is FileStatus.NEW)


def plan_photos(
    context: AppContext,
    paths: Iterable[Path],
    *,
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> PhotoPlan:
    """Look at pictures and the pictures of folders; nothing is copied or written.

    Raises
    ------
    GeoparkError
        NOT_FOUND for a path that is not there.
    """
    asked = list(paths)
    check_asked(asked)
    files = find_files(asked)
    planning = _Planning(context)
    outcomes = prepare_photos(
        files,
        is_known=planning.is_known,
        progress=progress,
        cancel=cancel or CancelToken(),
        preview=True,
    )
    with closing(outcomes):
        photos = [planning.planned(outcome) for outcome in outcomes]
    photos = _with_originals_of_selection(photos)
    return PhotoPlan(photos=tuple(photos), not_reached=len(files) - len(photos))


def remarks_on(photo: PlannedPhoto) -> list[str]:
    """Give what a person should know of a picture before it is added, in words."""
    exif = photo.exif
    if exif is None:
        return []
    return picture_remarks(
        is_known=photo.known_uuid is not None,
        twin=photo.twin.name if photo.twin else "",
        chat=chat_words(photo.chat.app, _day_first(photo.chat.sent_on)) if photo.chat else "",
        has_original=photo.has_original,
        has_date=exif.taken_at is not None,
        has_place=exif.lon is not None,
        is_place_trusted=exif.position_trusted,
    )


def _day_first(day: str) -> str:
    return "/".join(reversed(day.split("-"))) if day else ""


def wish_for(photo: PlannedPhoto, site_uuid: str | None, *, chat_copy: bool) -> PhotoWish:
    """Give the wish that stands for what a person saw and chose."""
    is_nearest = photo.nearest is not None and photo.nearest.site_uuid == site_uuid
    return PhotoWish(
        site_uuid=site_uuid,
        distance_m=photo.nearest.distance_m if is_nearest and photo.nearest else None,
        chat_copy=chat_copy,
    )


def _with_originals_of_selection(photos: list[PlannedPhoto]) -> list[PlannedPhoto]:
    """Let copies whose original is in the same selection know that it comes along."""
    others = [_key_of(photo) for photo in photos if photo.chat is None and photo.exif]
    return [
        replace(photo, original_uuid="")
        if photo.chat and photo.original_uuid is None and original_of(_key_of(photo), others)
        else photo
        for photo in photos
    ]


def _key_of(photo: PlannedPhoto) -> PhotoKeys:
    return PhotoKeys(
        uuid="",
        sha256=photo.sha256,
        site_uuid=None,
        sort_order=None,
        likeness=photo.likeness,
        width=photo.exif.width if photo.exif else None,
        height=photo.exif.height if photo.exif else None,
        chat_copy=photo.chat is not None,
    )


class _Planning:
    def __init__(self, context: AppContext) -> None:
        self._keys = context.catalogue.photo_keys()
        self._known = {key.sha256: key for key in self._keys if key.sha256}
        self._sites = context.catalogue.records(Site)
        self._seen: dict[str, Path] = {}

    def is_known(self, sha256: str) -> bool:
        return sha256 in self._known

    def planned(self, outcome: FileOutcome) -> PlannedPhoto:
        plan = PlannedPhoto(
            path=outcome.path, status=outcome.status, reason=outcome.reason, sha256=outcome.sha256
        )
        if outcome.prepared is not None:
            plan = self._with_facts(plan, outcome.prepared)
        known = self._known.get(outcome.sha256 or "")
        twin = self._seen.get(outcome.sha256 or "")
        if outcome.sha256 and twin is None:
            self._seen[outcome.sha256] = outcome.path
        if known is not None or twin is not None:
            uuid = known.uuid if known else None
            return replace(plan, status=FileStatus.KNOWN, known_uuid=uuid, twin=twin)
        return plan

    def _with_facts(self, plan: PlannedPhoto, prepared: PreparedPhoto) -> PlannedPhoto:
        exif = prepared.exif
        planned = replace(
            plan,
            exif=exif,
            thumbnail=prepared.renditions.thumbnail,
            likeness=prepared.renditions.likeness,
            nearest=nearest_to_camera(self._sites, exif),
            chat=chat_sign(nfc(plan.path.name), prepared.picture_format.value, exif),
        )
        if planned.chat is None:
            return planned
        original = original_of(_key_of(planned), self._keys)
        return replace(planned, original_uuid=original.uuid if original else None)
