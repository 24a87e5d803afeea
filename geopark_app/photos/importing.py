"""The stages of a photo import: find, identify, hash, skip known, read EXIF, make renditions.

Nothing here writes: originals are read where they lie, and what comes out is kept by the caller.
Foreign pictures are decoded in worker processes, one per core (`photos/decoders.py`).
"""

import hashlib
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, wait
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from geopark_app.domain.progress import CancelToken, Progress, ReportProgress
from geopark_app.photos.decoders import LANES, DecoderLanes, PictureDecoder
from geopark_app.photos.exif import ExifFacts
from geopark_app.photos.picture import identify
from geopark_app.photos.reasons import PhotoRefusedError, Reason
from geopark_app.photos.renditions import Renditions
from geopark_app.photos.sniff import PictureFormat

_SYSTEM_FILES = frozenset(("thumbs.db", "desktop.ini"))
_HASH_BLOCK = 1 << 20
# Enough that no lane waits while the caller stores, and few enough to hold in memory.
_AHEAD = 4 * LANES
_CANCEL_POLL_S = 0.1


class FileStatus(Enum):
    """What became of one file; the value is the word of the report."""

    NEW = "added"
    KNOWN = "known"
    DAMAGED = "damaged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """One place of a file, and why it is refused unopened, if it is."""

    path: Path
    refusal: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedPhoto:
    """Everything a new photo needs before it is stored.

    Attributes
    ----------
    path : Path
        The original, untouched.
    sha256 : str
        Of the original, in hexadecimal.
    byte_count : int
        Size of the original.
    picture_format : PictureFormat
        By content.
    exif : ExifFacts
        What the camera wrote.
    renditions : Renditions
        Thumbnail and 1,600-pixel picture.
    """

    path: Path
    sha256: str
    byte_count: int
    picture_format: PictureFormat
    exif: ExifFacts
    renditions: Renditions


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOutcome:
    """The answer for one file: a prepared photo when it is new, else why not.

    Attributes
    ----------
    path : Path
        The file.
    status : FileStatus
        Exactly one per file, so that the counts of a report add up.
    sha256 : str or None
        None when the file was refused before hashing.
    reason : Reason or None
        Only for damaged and refused files.
    prepared : PreparedPhoto or None
        Only for new photos, and in a preview also for known ones.
    """

    path: Path
    status: FileStatus
    sha256: str | None = None
    reason: Reason | None = None
    prepared: PreparedPhoto | None = None


def find_files(paths: Iterable[Path]) -> list[FoundFile]:
    """Give the files named, and those below the folders named, in a stable order.

    Links inside folders are not followed but listed as refused. Hidden and system files inside
    folders (`.DS_Store`, `._IMG_1.JPG`, `Thumbs.db`) are passed over: nobody asked for them.
    """
    found: list[FoundFile] = []
    for path in paths:
        if path.is_dir():
            found.extend(_files_below(path))
        else:
            found.append(_found(path, refuse_link=False))
    return found


def prepare_photos(
    files: Iterable[FoundFile],
    *,
    is_known: Callable[[str], bool],
    progress: ReportProgress,
    cancel: CancelToken,
    preview: bool = False,
) -> Generator[FileOutcome, None, None]:
    """Give the outcome of each file, in their order, until the end or until cancelled.

    Parameters
    ----------
    files
        What `find_files` found.
    is_known
        Whether a photo with this SHA-256 is already in the catalogue; asked again just before an
        outcome is given, so that the second of two equal files is known once the caller has
        stored the first.
    progress, cancel
        Told before each outcome; asked all the time, also while a slow picture is decoded.
    preview
        Make only thumbnails, quicker; nothing is to be stored.
    """
    todo = list(files)
    ahead = iter(todo)
    waiting: deque[Future[FileOutcome]] = deque()
    lanes = DecoderLanes()
    try:
        for done, file in enumerate(todo):
            while len(waiting) < _AHEAD and (next_file := next(ahead, None)) is not None:
                waiting.append(lanes.submit(_job(next_file, is_known, preview=preview)))
            if cancel.is_cancelled:
                return
            progress(Progress(done=done, total=len(todo), current=file.path.name))
            outcome = waiting.popleft()
            if not _is_done(outcome, cancel):
                return
            found = outcome.result()
            yield found if preview else _known_now(found, is_known)
        progress(Progress(done=len(todo), total=len(todo)))
    finally:
        lanes.close()


def hash_file(path: Path) -> str:
    """Give the SHA-256 of a file in hexadecimal; `OSError` when it cannot be read."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_HASH_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _job(
    file: FoundFile, is_known: Callable[[str], bool], *, preview: bool
) -> Callable[[PictureDecoder], FileOutcome]:
    return lambda decoder: _outcome(file, is_known, decoder, preview=preview)


def _outcome(
    file: FoundFile, is_known: Callable[[str], bool], decoder: PictureDecoder, *, preview: bool
) -> FileOutcome:
    if file.refusal is not None:
        return FileOutcome(path=file.path, status=FileStatus.REFUSED, reason=file.refusal)
    sha256: str | None = None
    try:
        picture_format = identify(file.path)
        sha256 = _hashed(file.path)
        # A preview shows also what is known; an import has its thumbnail already.
        if is_known(sha256) and not preview:
            return FileOutcome(path=file.path, status=FileStatus.KNOWN, sha256=sha256)
        decoded = decoder.decode(file.path, preview=preview)
        byte_count = file.path.stat().st_size
    except PhotoRefusedError as refused:
        status = FileStatus.DAMAGED if refused.reason.is_damage else FileStatus.REFUSED
        return FileOutcome(path=file.path, status=status, sha256=sha256, reason=refused.reason)
    except OSError:
        return FileOutcome(path=file.path, status=FileStatus.REFUSED, reason=Reason.GONE)
    prepared = PreparedPhoto(
        path=file.path,
        sha256=sha256,
        byte_count=byte_count,
        picture_format=picture_format,
        exif=decoded.exif,
        renditions=decoded.renditions,
    )
    status = FileStatus.KNOWN if preview and is_known(sha256) else FileStatus.NEW
    return FileOutcome(path=file.path, status=status, sha256=sha256, prepared=prepared)


def _is_done(outcome: "Future[FileOutcome]", cancel: CancelToken) -> bool:
    """Wait for an outcome; False when somebody asked to stop meanwhile."""
    while not wait((outcome,), timeout=_CANCEL_POLL_S).done:
        if cancel.is_cancelled:
            return False
    return True


def _known_now(outcome: FileOutcome, is_known: Callable[[str], bool]) -> FileOutcome:
    """Give the outcome of now: an equal file may have been stored since it was prepared."""
    if outcome.status is not FileStatus.NEW or not is_known(outcome.sha256 or ""):
        return outcome
    return replace(outcome, status=FileStatus.KNOWN, prepared=None)


def _hashed(path: Path) -> str:
    try:
        return hash_file(path)
    except OSError as error:
        reason = Reason.UNREADABLE if path.exists() else Reason.GONE
        raise PhotoRefusedError(reason, path=path) from error


def _files_below(folder: Path) -> Iterator[FoundFile]:
    unreadable: list[Path] = []
    walk = os.walk(
        folder, onerror=lambda error: unreadable.append(Path(error.filename)), followlinks=False
    )
    for at, folders, names in walk:
        links = [name for name in folders if Path(at, name).is_symlink()]
        folders[:] = sorted(name for name in folders if not _is_hidden(name))
        for name in sorted([*names, *links]):
            if not _is_hidden(name):
                yield _found(Path(at, name), refuse_link=True)
    for path in unreadable:
        yield FoundFile(path=path, refusal=Reason.UNREADABLE)


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name.lower() in _SYSTEM_FILES


def _found(path: Path, *, refuse_link: bool) -> FoundFile:
    if refuse_link and path.is_symlink():
        return FoundFile(path=path, refusal=Reason.LINK)
    if path.exists() and not path.is_file():
        # Opening a pipe or a device could wait for ever.
        return FoundFile(path=path, refusal=Reason.NOT_A_FILE)
    return FoundFile(path=path)
