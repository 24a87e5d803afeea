"""The storing of an import: some photos at a time, their files flushed first, then one save."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from geopark_app.domain.change import Changes, OpId
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.kinds import Photo, Site
from geopark_app.domain.text import nfc
from geopark_app.operations.context import AppContext
from geopark_app.operations.photo_originals import copy_of, original_of
from geopark_app.operations.photo_places import NearestSite, nearest_to_camera, position_of
from geopark_app.operations.photo_report import AddedFile
from geopark_app.operations.photo_wishes import (
    TAKEN_AS_TYPED,
    TAKEN_BY_CAMERA,
    PhotoDefaults,
    PhotoWish,
)
from geopark_app.photos.chat_copies import chat_sign
from geopark_app.photos.decoders import PictureDecoder
from geopark_app.photos.importing import FileOutcome, FileStatus, PreparedPhoto
from geopark_app.photos.reasons import PhotoRefusedError, Reason
from geopark_app.store.new_keys import new_uuid
from geopark_app.store.photo_keys import PhotoKeys
from geopark_app.store.unit_of_work import UnitOfWork

# One save for so many photos, or so many bytes: a kill costs at most these.
_PHOTOS_OF_A_SAVE = 8
_BYTES_OF_A_SAVE = 64_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class StoringOrder:
    """What the photos of one import get.

    Attributes
    ----------
    site_uuid : str or None
        The site of all photos; None leaves them in the inbox.
    sites : tuple of Site
        Where the nearest one is looked for; empty when none is to be proposed.
    defaults : PhotoDefaults
        Captions, rights and date.
    wishes : mapping of Path to PhotoWish
        What was said of single files; stands above the rest.
    sample : bool
        Whether they are pictures of the demo.
    reason : str
        Name of the step in the history.
    """

    site_uuid: str | None = None
    sites: tuple[Site, ...] = ()
    defaults: PhotoDefaults = field(default_factory=PhotoDefaults)
    wishes: Mapping[Path, PhotoWish] = field(default_factory=dict)
    sample: bool = False
    reason: str = ""


class PhotoStoring:
    """What is known so far, and the storing of the photos of one import.

    Attributes
    ----------
    rows : list of AddedFile
        What is settled: stored for good, known, or not taken.
    """

    def __init__(self, context: AppContext, order: StoringOrder) -> None:
        """Look once at the photos there are."""
        self._context = context
        self._order = order
        self._keys = {key.uuid: key for key in context.catalogue.photo_keys()}
        self._known = {key.sha256: key for key in self._keys.values() if key.sha256}
        self._last_order: dict[str | None, int] = {}
        for key in self._keys.values():
            before = self._last_order.get(key.site_uuid, 0)
            self._last_order[key.site_uuid] = max(before, key.sort_order or 0)
        self._batch: list[tuple[PreparedPhoto, Photo, AddedFile]] = []
        self._saves: list[OpId] = []
        self._touched: set[tuple[str, str]] = set()
        self.rows: list[AddedFile] = []

    @property
    def changes(self) -> Changes:
        """What was written so far: all saves are one step for the person."""
        return Changes(
            touched=frozenset(self._touched),
            save=self._saves[-1] if self._saves else None,
            earlier=tuple(self._saves[:-1]),
            note=self._order.reason,
        )

    def report_rows(self) -> tuple[AddedFile, ...]:
        """Give the rows; the original of a copy may have come after it."""
        return tuple(
            replace(row, original_uuid=self._keys[row.photo_uuid].original_photo_uuid)
            if row.chat_copy and row.photo_uuid in self._keys
            else row
            for row in self.rows
        )

    def is_known(self, sha256: str) -> bool:
        """Say whether a stored photo has these bytes."""
        return sha256 in self._known

    def take(self, outcome: FileOutcome) -> None:
        """Settle a file now, or together with the next ones."""
        if outcome.prepared is not None and not self._is_in_batch(outcome.sha256):
            self._add_to_batch(outcome.prepared)
            if self._is_batch_full():
                self.flush()
            return
        # Rows stand in the order of the files, and a known photo must be there.
        self.flush()
        self.rows.append(self._row_of_others(outcome))

    def flush(self) -> None:
        """Store what waits: files first, then the records, in one save."""
        batch, self._batch = self._batch, []
        if not batch:
            return
        catalogue = self._context.catalogue
        rows: list[AddedFile] = []
        stored: list[Photo] = []
        with catalogue.coming_files(name for item in batch for name in _files_of(item[1])):
            for prepared, photo, row in batch:
                reason = self._copied(prepared)
                if reason is None:
                    stored.append(photo)
                rows.append(row if reason is None else _not_taken(prepared, reason))
            self._save(stored)
        self.rows.extend(rows)

    def _copied(self, prepared: PreparedPhoto) -> Reason | None:
        """Copy the original and its pictures in; give why that was not possible."""
        files = self._context.catalogue.files
        try:
            if files.add_file(prepared.path, expected=prepared.sha256) != prepared.sha256:
                return Reason.CHANGED
        except GeoparkError:
            if prepared.path.exists():
                raise
            # A stick pulled out, a phone gone to sleep: not a trouble of ours.
            return Reason.GONE
        made = prepared.renditions
        for content in (made.thumbnail, made.rendition, made.full_size):
            if content:
                files.add_bytes(content)
        return None

    def _is_in_batch(self, sha256: str | None) -> bool:
        return any(prepared.sha256 == sha256 for prepared, _photo, _row in self._batch)

    def _is_batch_full(self) -> bool:
        size = sum(prepared.byte_count for prepared, _photo, _row in self._batch)
        return len(self._batch) >= _PHOTOS_OF_A_SAVE or size >= _BYTES_OF_A_SAVE

    def _save(self, photos: list[Photo]) -> None:
        if not photos:
            return
        note = f"{self._order.reason}: {photos[0].file_name}"
        if len(photos) > 1:
            note = f"{note} +{len(photos) - 1}"
        keys = {photo.uuid: _key_of(photo) for photo in photos}
        with self._context.work(note) as work:
            work.add_all(list(photos))
            for photo in photos:
                self._tell_the_copy(work, photo, keys)
        if work.changes.save is not None:
            self._saves.append(work.changes.save)
        self._touched |= work.changes.touched
        self._keys |= keys
        for key in keys.values():
            self._known[key.sha256 or ""] = key

    def _tell_the_copy(self, work: UnitOfWork, photo: Photo, fresh: dict[str, PhotoKeys]) -> None:
        """Let a copy from a chat that came before, or with it, know its original."""
        if photo.chat_copy:
            return
        copies = [key for key in (self._keys | fresh).values() if key.chat_copy]
        copy = copy_of(_key_of(photo), copies)
        if copy is not None:
            work.set_columns(kind_of(Photo), copy.uuid, {"original_photo_uuid": photo.uuid})
            home = fresh if copy.uuid in fresh else self._keys
            home[copy.uuid] = replace(copy, original_photo_uuid=photo.uuid)

    def _add_to_batch(self, prepared: PreparedPhoto) -> None:
        wish = self._order.wishes.get(prepared.path)
        nearest = self._nearest(prepared, wish)
        site_uuid = wish.site_uuid if wish else None
        if wish is None:
            site_uuid = nearest.site_uuid if nearest else self._order.site_uuid
        photo = self._record(prepared, site_uuid, wish)
        self._last_order[site_uuid] = photo.sort_order or 0
        row = AddedFile(
            path=prepared.path,
            status=FileStatus.NEW,
            sha256=prepared.sha256,
            photo_uuid=photo.uuid,
            site_uuid=site_uuid,
            distance_m=nearest.distance_m if nearest else None,
            chat_copy=bool(photo.chat_copy),
            original_uuid=photo.original_photo_uuid,
        )
        self._batch.append((prepared, photo, row))

    def _nearest(self, prepared: PreparedPhoto, wish: PhotoWish | None) -> NearestSite | None:
        if wish is None:
            return nearest_to_camera(self._order.sites, prepared.exif)
        if wish.site_uuid is None or wish.distance_m is None:
            return None
        return NearestSite(site_uuid=wish.site_uuid, distance_m=wish.distance_m)

    def _record(
        self, prepared: PreparedPhoto, site_uuid: str | None, wish: PhotoWish | None
    ) -> Photo:
        exif, defaults, made = prepared.exif, self._order.defaults, prepared.renditions
        name, media_type = nfc(prepared.path.name), prepared.picture_format.value
        chat_copy = wish.chat_copy if wish else None
        if chat_copy is None:
            chat_copy = chat_sign(name, media_type, exif) is not None and not self._order.sample
        taken_at = exif.taken_at or defaults.taken_at
        source = TAKEN_BY_CAMERA if exif.taken_at else TAKEN_AS_TYPED
        photo = Photo(
            uuid=new_uuid(),
            site_uuid=site_uuid,
            sha256=prepared.sha256,
            thumb_sha256=_name(made.thumbnail),
            rendition_sha256=_name(made.rendition),
            jpeg_sha256=_name(made.full_size) if made.full_size else None,
            file_name=name,
            media_type=media_type,
            byte_count=prepared.byte_count,
            width=exif.width,
            height=exif.height,
            orientation=exif.orientation,
            taken_at=taken_at,
            taken_source=source if taken_at else None,
            taken_offset_assumed=exif.taken_offset_assumed if exif.taken_at else None,
            position=position_of(exif),
            position_trusted=exif.position_trusted,
            altitude_m=exif.altitude_m,
            direction_deg=exif.direction_deg,
            camera_make=exif.make,
            camera_model=exif.model,
            caption_vi=defaults.caption_vi,
            caption_en=defaults.caption_en,
            photographer=defaults.photographer,
            credit=defaults.credit,
            rights_holder=defaults.rights_holder,
            licence=defaults.licence,
            sort_order=self._last_order.get(site_uuid, 0) + 1,
            sample=self._order.sample,
            likeness=made.likeness,
            chat_copy=chat_copy or None,
        )
        original = original_of(_key_of(photo), self._keys.values()) if chat_copy else None
        return photo if original is None else replace(photo, original_photo_uuid=original.uuid)

    def _row_of_others(self, outcome: FileOutcome) -> AddedFile:
        key = self._known.get(outcome.sha256 or "")
        if key is not None:
            self._put_back(key, outcome.path)
        return AddedFile(
            path=outcome.path,
            status=FileStatus.KNOWN if key is not None else outcome.status,
            reason=None if key is not None else outcome.reason,
            sha256=outcome.sha256,
            photo_uuid=key.uuid if key else None,
            site_uuid=key.site_uuid if key else None,
        )

    def _put_back(self, key: PhotoKeys, source: Path) -> None:
        """Replace what was lost or damaged of a known photo by the same bytes again."""
        files = self._context.catalogue.files
        photo = self._context.catalogue.get(Photo, key.uuid)
        if photo is None:
            return
        if photo.sha256 is not None and not files.is_whole(photo.sha256):
            files.put_back(photo.sha256, source)
        small = [
            name
            for name in (photo.thumb_sha256, photo.rendition_sha256, photo.jpeg_sha256)
            if name and not files.is_whole(name)
        ]
        if not small:
            return
        try:
            with PictureDecoder() as decoder:
                made = decoder.decode(source).renditions
        except PhotoRefusedError:
            # The original is back; this laptop cannot make its small pictures.
            return
        for content in (made.thumbnail, made.rendition, made.full_size):
            # Only the very bytes the record names: another program version may draw others.
            if content and _name(content) in small:
                if files.has(_name(content)):
                    files.put_aside(_name(content))
                files.add_bytes(content)


def _files_of(photo: Photo) -> list[str]:
    names = (photo.sha256, photo.thumb_sha256, photo.rendition_sha256, photo.jpeg_sha256)
    return [name for name in names if name]


def _not_taken(prepared: PreparedPhoto, reason: Reason) -> AddedFile:
    status = FileStatus.DAMAGED if reason.is_damage else FileStatus.REFUSED
    return AddedFile(path=prepared.path, status=status, reason=reason)


def _name(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _key_of(photo: Photo) -> PhotoKeys:
    return PhotoKeys(
        uuid=photo.uuid,
        sha256=photo.sha256,
        site_uuid=photo.site_uuid,
        sort_order=photo.sort_order,
        likeness=photo.likeness,
        width=photo.width,
        height=photo.height,
        chat_copy=bool(photo.chat_copy),
        original_photo_uuid=photo.original_photo_uuid,
    )
