"""Files that are missing or damaged, found again by their hash in any folder."""

import hashlib
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Photo
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress, no_progress
from geopark_app.operations.context import AppContext
from geopark_app.operations.file_checking import needed_files
from geopark_app.photos.decoders import PictureDecoder
from geopark_app.photos.reasons import PhotoRefusedError
from geopark_app.store.files import hash_of
from geopark_app.store.queries import FileOfRecord
from geopark_app.store.whereabouts import Whereabouts
from geopark_app.store.writing_files import clear_unfinished

MOST_FILES = 500_000
"""Files looked at in one folder; more are left, and the report says so."""

_DEEPEST = 40
_LARGEST_UNSIZED = 1 << 30
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class HealReport:
    """What was found again; healed + remade + still missing + still damaged = wanted.

    Attributes
    ----------
    wanted : int
        Files missing or damaged before.
    healed : tuple of FileOfRecord
        Put back from the folder, each copy proved by its hash.
    remade : int
        Thumbnails and renditions drawn again from their originals.
    missing, damaged : tuple of FileOfRecord
        Still so.
    seen, compared : int
        Files the folder has, and those whose size or name called for a look inside.
    is_cut : bool
        Whether the folder held more than the program looks at.
    is_stopped : bool
        Whether the person stopped; what was put back stays.
    """

    wanted: int
    healed: tuple[FileOfRecord, ...]
    remade: int
    missing: tuple[FileOfRecord, ...]
    damaged: tuple[FileOfRecord, ...]
    seen: int
    compared: int
    is_cut: bool
    is_stopped: bool


def heal_files(
    context: AppContext,
    folder: Path,
    *,
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> HealReport:
    """Look through a folder for what is missing or known to be damaged, and put it back.

    Files of the folder are only read: by their size, or because their name is the hash (backups,
    exchange folders, other catalogues), a few are compared. A damaged file is put aside, never
    deleted. Names of files play no other part, so renamed and moved ones are found too.

    Raises
    ------
    GeoparkError
        NOT_FOUND for a folder that is not there, READ_ONLY, or an environment code; what was put
        back before stays.
    """
    catalogue = context.catalogue
    if not folder.is_dir():
        raise GeoparkError(ErrorCode.NOT_FOUND, path=folder)
    if catalogue.is_read_only:
        raise GeoparkError(ErrorCode.READ_ONLY, path=catalogue.folder.root)
    clear_unfinished(catalogue.folder.files_dir, context.now())
    healing = _Healing(context, cancel or CancelToken())
    if healing.wanted:
        healing.look_through(folder, progress)
        healing.draw_again()
    return healing.report()


class _Healing:
    """One run: what is still wanted, by hash and by size."""

    def __init__(self, context: AppContext, cancel: CancelToken) -> None:
        self._context = context
        self._cancel = cancel
        self._files = context.catalogue.files
        self._known = Whereabouts(context.catalogue)
        self.wanted = self._lost()
        self._open = dict(self.wanted)
        self._sizes = {file.byte_count for file in self.wanted.values() if file.is_original}
        self._healed: list[FileOfRecord] = []
        self._remade = self._seen = self._compared = 0
        self._is_cut = False

    def _lost(self) -> dict[str, FileOfRecord]:
        here, checks = self._files.names(), self._known.checks()
        lost = {}
        for sha256, file in needed_files(self._context).items():
            check = checks.get(sha256)
            suspected = check is not None and not check.is_whole
            if sha256 not in here or (suspected and not self._files.is_whole(sha256)):
                lost[sha256] = file
        return lost

    def look_through(self, folder: Path, progress: ReportProgress) -> None:
        own = self._context.catalogue.folder.files_dir.resolve()
        for path, size in _walk(folder, leave_out=own):
            if self._cancel.is_cancelled or not self._open:
                return
            if self._seen >= MOST_FILES:
                self._is_cut = True
                return
            self._seen += 1
            done = len(self.wanted) - len(self._open)
            progress(Progress(done=done, total=len(self.wanted), current=path.name))
            self._compare(path, size)

    def _compare(self, path: Path, size: int) -> None:
        # Without a size in the record any file but the largest may be the one.
        is_likely = size in self._sizes or (None in self._sizes and size <= _LARGEST_UNSIZED)
        if path.name not in self._open and not is_likely:
            return
        self._compared += 1
        try:
            sha256 = path.name if path.name in self._open else hash_of(path)
        except (GeoparkError, OSError):
            _log.warning("a file of the folder cannot be read", exc_info=True)
            return
        file = self._open.get(sha256)
        if file is not None and self._put_back(sha256, path):
            self._healed.append(file)
            self._settled(sha256)

    def _put_back(self, sha256: str, path: Path) -> bool:
        try:
            return self._files.put_back(sha256, path)
        except GeoparkError as error:
            # The disk of the catalogue is full or cannot be written: nothing more will succeed.
            if error.code in {ErrorCode.DISK_FULL, ErrorCode.READ_ONLY}:
                raise
            _log.warning("a file of the folder cannot be read", exc_info=True)
            return False

    def _settled(self, sha256: str) -> None:
        del self._open[sha256]
        self._sizes = {file.byte_count for file in self._open.values() if file.is_original}
        at = self._context.now().isoformat(timespec="seconds")
        self._known.note_checks({sha256: True}, at=at)

    def draw_again(self) -> None:
        """Make the small pictures of whole originals anew; only the very same bytes count."""
        with PictureDecoder() as decoder:
            for photo_uuid in {file.uuid for file in self._open.values() if not file.is_original}:
                photo = self._context.catalogue.get(Photo, photo_uuid)
                if self._cancel.is_cancelled or photo is None or photo.sha256 is None:
                    continue
                if photo.sha256 in self._open or not self._files.is_whole(photo.sha256):
                    continue
                try:
                    made = decoder.decode(self._files.path_of(photo.sha256)).renditions
                except PhotoRefusedError:
                    continue
                for content in (made.thumbnail, made.rendition, made.full_size):
                    if content:
                        self._take_drawn(content)

    def _take_drawn(self, content: bytes) -> None:
        sha256 = hashlib.sha256(content).hexdigest()
        if sha256 not in self._open:
            return
        if self._files.has(sha256):
            self._files.put_aside(sha256)
        self._files.add_bytes(content)
        self._remade += 1
        self._settled(sha256)

    def report(self) -> HealReport:
        still = list(self._open.values())
        return HealReport(
            wanted=len(self.wanted),
            healed=tuple(self._healed),
            remade=self._remade,
            missing=tuple(file for file in still if not self._files.has(file.sha256)),
            damaged=tuple(file for file in still if self._files.has(file.sha256)),
            seen=self._seen,
            compared=self._compared,
            is_cut=self._is_cut,
            is_stopped=self._cancel.is_cancelled,
        )


def _walk(folder: Path, *, leave_out: Path) -> Iterator[tuple[Path, int]]:
    """Give the files of a folder with their sizes; links and what cannot be read are left out."""
    waiting = [(folder, 0)]
    while waiting:
        place, depth = waiting.pop()
        try:
            entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        except OSError:
            _log.warning("a folder cannot be read: %s", place, exc_info=True)
            continue
        for entry in entries:
            try:
                if entry.is_dir(follow_symlinks=False):
                    if depth < _DEEPEST and Path(entry.path).resolve() != leave_out:
                        waiting.append((Path(entry.path), depth + 1))
                elif entry.is_file(follow_symlinks=False):
                    yield Path(entry.path), entry.stat(follow_symlinks=False).st_size
            except OSError:
                _log.warning("a file cannot be looked at: %s", entry.path, exc_info=True)
