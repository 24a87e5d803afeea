"""The catalogue folder: where each thing lies in it, and the small file that names it."""

import json
import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.store.writing_files import translated_os_errors, write_atomically

FORMAT_VERSION = 1
MARKER_SUFFIX = ".geopark"
_MARKER_LIMIT = 64 * 1024
# It becomes part of a file name in the person's profile.
_CATALOGUE_ID = re.compile(r"[0-9A-Za-z-]{1,64}")
FOLDERS = ("files", "layers", "backups", "exports", "cache")


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueFolder:
    """A catalogue folder; it can be moved and copied whole.

    Attributes
    ----------
    root : Path
        The folder.
    marker : Path
        The `NAME.geopark` file a double click opens.
    catalogue_id : str
        Same in every copy of the catalogue.
    is_sample : bool
        Whether no team accepts it (demo, practice).
    """

    root: Path
    marker: Path
    catalogue_id: str
    is_sample: bool

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.root / "catalogue.sqlite"

    @property
    def files_dir(self) -> Path:
        """Originals and renditions by SHA-256."""
        return self.root / "files"

    @property
    def layers_dir(self) -> Path:
        """Base maps, boundaries and grid files of the office."""
        return self.root / "layers"

    @property
    def backups_dir(self) -> Path:
        """Checked copies of the database."""
        return self.root / "backups"

    @property
    def exports_dir(self) -> Path:
        """What was exported last."""
        return self.root / "exports"

    @property
    def cache_dir(self) -> Path:
        """What can be made again; never synced or backed up."""
        return self.root / "cache"

    @property
    def is_writable(self) -> bool:
        """Say whether this folder and its database can be written."""
        return (
            os.access(self.root, os.W_OK)
            and (not self.database.exists() or os.access(self.database, os.W_OK))
            and not is_on_read_only_disk(self.root)
        )


def is_on_read_only_disk(path: Path) -> bool:
    """Say whether the disk of a file or folder can only be read."""
    # root may write everywhere by os.access; the file system has the last word
    if not hasattr(os, "statvfs"):
        return False
    return bool(os.statvfs(path).f_flag & getattr(os, "ST_RDONLY", 1))


def ascii_name(text: str) -> str:
    """Give a file name of plain letters, digits and dashes, never empty."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    kept = "".join(
        char if char.isascii() and char.isalnum() else "-"
        for char in bare
        if not unicodedata.combining(char)
    )
    return "-".join(part for part in kept.split("-") if part)[:60] or "catalogue"


def create_folder(root: Path, *, catalogue_id: str, is_sample: bool) -> CatalogueFolder:
    """Make the folders of a new catalogue; the marker comes last, by `write_marker`.

    Raises
    ------
    GeoparkError
        FOLDER_NOT_EMPTY when something lies there already; environment codes when it cannot be
        written.
    """
    with translated_os_errors(root):
        root.mkdir(parents=True, exist_ok=True)
        if any(root.iterdir()):
            raise GeoparkError(ErrorCode.FOLDER_NOT_EMPTY, path=root)
        for name in FOLDERS:
            (root / name).mkdir()
    return CatalogueFolder(
        root=root,
        marker=root / f"{ascii_name(root.resolve().name)}{MARKER_SUFFIX}",
        catalogue_id=catalogue_id,
        is_sample=is_sample,
    )


def write_marker(folder: CatalogueFolder) -> None:
    """Write the `NAME.geopark` file: from now on the folder is a catalogue."""
    content = {
        "format": "geopark-catalogue",
        "version": FORMAT_VERSION,
        "catalogue_id": folder.catalogue_id,
        "sample": folder.is_sample,
    }
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    write_atomically(folder.marker, text.encode("utf-8"))


def open_folder(path: Path) -> CatalogueFolder:
    """Give the catalogue folder of a path: the folder itself, or its `.geopark` file.

    Raises
    ------
    GeoparkError
        NOT_FOUND, NOT_A_CATALOGUE, DAMAGED_CATALOGUE or NEWER_FORMAT.
    """
    root = path.parent if path.suffix == MARKER_SUFFIX and path.is_file() else path
    if not root.exists():
        raise GeoparkError(ErrorCode.NOT_FOUND, path=root)
    if not root.is_dir():
        raise GeoparkError(ErrorCode.NOT_A_CATALOGUE, path=root)
    with translated_os_errors(root):
        # macOS leaves "._NAME.geopark" beside the real one on sticks
        markers = sorted(
            found
            for found in root.glob(f"*{MARKER_SUFFIX}")
            if found.is_file() and not found.name.startswith(".")
        )
    marker = path if path.suffix == MARKER_SUFFIX and path.is_file() else next(iter(markers), None)
    if marker is None:
        raise GeoparkError(ErrorCode.NOT_A_CATALOGUE, path=root)
    content = _read_marker(marker)
    folder = CatalogueFolder(
        root=root,
        marker=marker,
        catalogue_id=str(content["catalogue_id"]),
        is_sample=bool(content.get("sample", False)),
    )
    if not folder.database.is_file():
        raise GeoparkError(ErrorCode.DAMAGED_CATALOGUE, path=folder.database, reason="missing")
    return folder


def _read_marker(marker: Path) -> dict[str, object]:
    with translated_os_errors(marker), marker.open("rb") as file:
        raw = file.read(_MARKER_LIMIT)
    try:
        content = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise GeoparkError(ErrorCode.DAMAGED_CATALOGUE, path=marker, reason="marker") from error
    if not isinstance(content, dict) or content.get("format") != "geopark-catalogue":
        raise GeoparkError(ErrorCode.NOT_A_CATALOGUE, path=marker)
    version, catalogue_id = content.get("version"), content.get("catalogue_id")
    if isinstance(version, int) and version > FORMAT_VERSION:
        raise GeoparkError(ErrorCode.NEWER_FORMAT, path=marker, found=version)
    if version != FORMAT_VERSION or not _CATALOGUE_ID.fullmatch(str(catalogue_id)):
        raise GeoparkError(ErrorCode.DAMAGED_CATALOGUE, path=marker, reason="marker")
    return content
