"""A backup with the photos: the database, and every file by its hash, each copy proved."""

import json
import logging
from dataclasses import dataclass
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress, no_progress
from geopark_app.operations.context import AppContext
from geopark_app.operations.file_checking import needed_files
from geopark_app.store.backup import back_up
from geopark_app.store.files import FileStore
from geopark_app.store.folder import ascii_name
from geopark_app.store.new_keys import new_uuid
from geopark_app.store.queries import FileOfRecord
from geopark_app.store.whereabouts import Holding, Whereabouts
from geopark_app.store.writing_files import clear_unfinished, translated_os_errors, write_atomically

MARKER = "geopark-backup.json"
FILES = "files"
_FORMAT = "geopark-backup"
_MARKER_LIMIT = 64 * 1024
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupReport:
    """What a backup with photos did.

    copied + there + left out + not_reached = files.

    Attributes
    ----------
    folder, database : Path
        The backup, and the copy of the database in it.
    files : int
        Files the records name.
    copied : int
        Copied now, each read again by its hash on the way.
    there : int
        In the backup already.
    missing, damaged : tuple of FileOfRecord
        Left out: not in this catalogue, or no longer what they were, and not in the backup.
    mended : int
        Of those copied: damaged ones of the backup that were replaced.
    not_reached : int
        Left because the person stopped; what was copied stays and is known.
    is_known : bool
        Whether this catalogue remembers the backup; not where it can only be read.
    """

    folder: Path
    database: Path
    files: int
    copied: int
    there: int
    mended: int
    missing: tuple[FileOfRecord, ...]
    damaged: tuple[FileOfRecord, ...]
    not_reached: int
    is_known: bool


def back_up_with_photos(
    context: AppContext,
    folder: Path,
    *,
    verify: bool = False,
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> BackupReport:
    """Copy database and files into a folder of another disk; the next time only what is new.

    Parameters
    ----------
    context
        The surroundings.
    folder
        A new or empty folder, or an older backup of this catalogue.
    verify
        Read what lies in the backup already again too, and replace what is damaged there.
    progress, cancel
        Told before each file, asked between files.

    Raises
    ------
    GeoparkError
        BAD_VALUE inside the catalogue folder; FOLDER_NOT_EMPTY for a folder that is something
        else; an environment code. What was copied before stays and is known.
    """
    folder = folder.absolute()
    holder_id = _take_folder(context, folder)
    # The database first: it is small, and the most precious.
    now = context.now()
    database = back_up(context.catalogue.folder.database, folder, now=now, label="manual")
    copying = _Copying(context, folder, holder_id, cancel or CancelToken(), verify=verify)
    try:
        copying.run(progress)
    finally:
        is_known = copying.remember()
    return BackupReport(
        folder=folder,
        database=database,
        files=len(copying.wanted),
        copied=copying.copied,
        there=copying.there,
        mended=copying.mended,
        missing=tuple(copying.missing),
        damaged=tuple(copying.damaged),
        not_reached=copying.not_reached,
        is_known=is_known,
    )


class _Copying:
    """One run: what is in the backup for certain, and the rest, file after file."""

    def __init__(
        self,
        context: AppContext,
        folder: Path,
        holder_id: str,
        cancel: CancelToken,
        *,
        verify: bool,
    ) -> None:
        self._context = context
        self._folder = folder
        self._holder_id = holder_id
        self._cancel = cancel
        self._verify = verify
        self._source = context.catalogue.files
        self._target = FileStore(folder / FILES)
        self.wanted = list(needed_files(context).values())
        self._held = self._held_before() & self._target.names()
        self.copied = self.there = self.mended = 0
        self.missing: list[FileOfRecord] = []
        self.damaged: list[FileOfRecord] = []
        self.not_reached = len(self.wanted)

    def run(self, progress: ReportProgress) -> None:
        for place in (self._folder, self._folder / FILES):
            clear_unfinished(place, self._context.now())
        for done, file in enumerate(self.wanted):
            if self._cancel.is_cancelled:
                return
            progress(Progress(done=done, total=len(self.wanted), current=file.name))
            self._take(file)
            self.not_reached -= 1
        progress(Progress(done=len(self.wanted), total=len(self.wanted)))

    def remember(self) -> bool:
        """Keep what the backup holds now; say whether that could be kept."""
        known = Whereabouts(self._context.catalogue)
        holding = Holding(
            holder_id=self._holder_id,
            is_laptop=False,
            name=self._folder.name or str(self._folder),
            place=str(self._folder),
            seen_at=self._context.now().isoformat(timespec="seconds"),
            files=frozenset(self._held),
        )
        if self._context.catalogue.is_read_only:
            return False
        try:
            known.keep(holding)
        except GeoparkError:
            # The catalogue's own disk is full: the backup is good, it is only not counted yet.
            _log.warning("the backup could not be remembered", exc_info=True)
            return False
        return True

    def _held_before(self) -> set[str]:
        lists = Whereabouts(self._context.catalogue).holdings()
        return {name for one in lists if one.holder_id == self._holder_id for name in one.files}

    def _take(self, file: FileOfRecord) -> None:
        sha256 = file.sha256
        is_there = self._target.has(sha256)
        if is_there and self._is_good(sha256):
            self.there += 1
            self._held.add(sha256)
            return
        self._held.discard(sha256)
        if not self._source.has(sha256):
            self.missing.append(file)
        elif not self._target.put_back(sha256, self._source.path_of(sha256)):
            at = self._context.now().isoformat(timespec="seconds")
            Whereabouts(self._context.catalogue).note_checks({sha256: False}, at=at)
            self.damaged.append(file)
        else:
            self.copied += 1
            self.mended += is_there
            self._held.add(sha256)

    def _is_good(self, sha256: str) -> bool:
        """Trust what was proved when it was copied, unless its size says otherwise."""
        if self._verify or not self._source.has(sha256):
            return self._target.is_whole(sha256)
        here, there = self._source.path_of(sha256), self._target.path_of(sha256)
        with translated_os_errors(there):
            if here.stat().st_size == there.stat().st_size:
                return True
        # One of the two was cut off: only the hash knows which.
        return self._target.is_whole(sha256)


def backup_place(context: AppContext, chosen: Path) -> Path:
    """Give the folder for a backup: the chosen one if it is empty or a backup, else one inside."""
    with translated_os_errors(chosen):
        is_free = not chosen.exists() or (chosen / MARKER).is_file() or not any(chosen.iterdir())
    name = ascii_name(context.catalogue.folder.root.resolve().name)
    return chosen if is_free else chosen / f"{name}-backup"


def _take_folder(context: AppContext, folder: Path) -> str:
    """Make the backup folder, or recognise an older one of this catalogue; give its id."""
    catalogue = context.catalogue.folder
    if folder.resolve().is_relative_to(catalogue.root.resolve()):
        raise GeoparkError(ErrorCode.BAD_VALUE, field="OUT", value=folder, expected="other-disk")
    marker = folder / MARKER
    with translated_os_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if marker.is_file():
            return _known_folder(marker, catalogue.catalogue_id)
        # Copies of the database made by an earlier `backup OUT` are no strangers, nor what a
        # kill left of the marker.
        if any(path.suffix not in {".sqlite", ".part"} for path in folder.iterdir()):
            raise GeoparkError(ErrorCode.FOLDER_NOT_EMPTY, path=folder)
    content = {
        "format": _FORMAT,
        "version": 1,
        "catalogue_id": catalogue.catalogue_id,
        "backup_id": new_uuid(),
    }
    write_atomically(marker, (json.dumps(content, indent=1) + "\n").encode("utf-8"))
    return str(content["backup_id"])


def _known_folder(marker: Path, catalogue_id: str) -> str:
    with marker.open("rb") as file:
        raw = file.read(_MARKER_LIMIT)
    try:
        content = json.loads(raw)
        is_ours = content["format"] == _FORMAT and content["catalogue_id"] == catalogue_id
        backup_id = str(content["backup_id"])
    except (ValueError, TypeError, LookupError, RecursionError):
        is_ours = False
    if not is_ours or not backup_id.replace("-", "").isalnum() or len(backup_id) > 64:
        raise GeoparkError(ErrorCode.FOLDER_NOT_EMPTY, path=marker.parent)
    return backup_id
