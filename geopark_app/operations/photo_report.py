"""What became of each file of a photo import; the counts add up."""

from dataclasses import dataclass
from pathlib import Path

from geopark_app.domain.change import Changes
from geopark_app.domain.errors import GeoparkError
from geopark_app.photos.importing import FileStatus
from geopark_app.photos.reasons import Reason


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
    chat_copy : bool
        Whether it came through a chat: the original is wanted.
    original_uuid : str or None
        The photo held that looks like its original.
    """

    path: Path
    status: FileStatus
    reason: Reason | None = None
    sha256: str | None = None
    photo_uuid: str | None = None
    site_uuid: str | None = None
    distance_m: float | None = None
    chat_copy: bool = False
    original_uuid: str | None = None


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

    @property
    def wanted_originals(self) -> tuple[AddedFile, ...]:
        """Give the pictures from a chat whose original nobody has brought yet."""
        return tuple(file for file in self.files if file.chat_copy and not file.original_uuid)
