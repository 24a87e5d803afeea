"""Where large files lie that this laptop uses without a copy of its own; never synced."""

import json
from dataclasses import dataclass
from pathlib import Path

from geopark_app.store.files import FileStore
from geopark_app.store.writing_files import translated_os_errors, write_atomically

_NAME = "elsewhere.json"
_LARGEST = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerPlace:
    """A file of a layer on this laptop.

    Attributes
    ----------
    path : Path
        Where it lies.
    is_own : bool
        Whether it lies in the catalogue's folder.
    is_same : bool
        Whether size and date are those of the day it was read through; an own file never changes.
    """

    path: Path
    is_own: bool
    is_same: bool


def place_of(files: FileStore, sha256: str) -> LayerPlace | None:
    """Give where the file of a layer lies on this laptop; None when it is not here."""
    if files.has(sha256):
        return LayerPlace(path=files.path_of(sha256), is_own=True, is_same=True)
    noted = _read(files).get(sha256)
    if not isinstance(noted, dict) or not isinstance(noted.get("path"), str):
        return None
    path = Path(noted["path"])
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    is_same = [found.st_size, found.st_mtime_ns] == [noted.get("size"), noted.get("modified")]
    return LayerPlace(path=path, is_own=False, is_same=is_same)


def note_place(files: FileStore, sha256: str, path: Path) -> None:
    """Remember that a file whose hash was worked out just now stays where it is."""
    known = _read(files)
    with translated_os_errors(path):
        found = path.stat()
    known[sha256] = {
        "path": str(path.resolve()),
        "size": found.st_size,
        "modified": found.st_mtime_ns,
    }
    with translated_os_errors(files.root):
        files.root.mkdir(parents=True, exist_ok=True)
    content = json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True)
    write_atomically(files.root / _NAME, content.encode("utf-8"))


def _read(files: FileStore) -> dict[str, object]:
    try:
        with (files.root / _NAME).open("rb") as file:
            known = json.loads(file.read(_LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    return known if isinstance(known, dict) else {}
