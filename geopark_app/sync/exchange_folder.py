"""The folder laptops meet in: immutable files named by hash, and one small list per laptop.

```
team/TEAM-ID/log/<sha256>.gsb      bundles of signed saves
            /blobs/ab/<sha256>     photos and documents
            /heads/<author>.json   what each laptop has, signed, written by that laptop alone
            /holds/<author>.json   which photo files it holds
            /members/<number>-<team>.json   the membership list
```
No two laptops write one file, so no file-sync tool can make a conflict copy that matters. Whatever
else lies there is left alone and named.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.store.files import FileStore, hash_of
from geopark_app.store.writing_files import sync_folder, translated_os_errors, write_atomically

_HASH = r"[0-9a-f]{64}"
_BUNDLE = re.compile(rf"({_HASH})\.gsb")
_BLOB = re.compile(_HASH)
_SAID = re.compile(r"[0-9a-f]{16}\.[0-9]{1,6}\.json")
_MEMBERS = re.compile(r"[0-9]{1,9}-[0-9a-f]{16}\.json")
_OURS = re.compile(r"\..*\.part")
_CHUNK = 1 << 20
_FOLDERS = ("log", "blobs", "heads", "holds", "members")
LARGEST_LIST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """What lies in the folder.

    Attributes
    ----------
    bundles : dict of sha256 to path
        Files named as bundles are.
    foreign : tuple of str
        Names that are none of ours.
    """

    bundles: dict[str, Path]
    foreign: tuple[str, ...]


class ExchangeFolder:
    """One team's place in a folder, on a stick, a shared disk or in a file-sync tool."""

    def __init__(self, path: Path, team_id: str) -> None:
        """Use `path/team/TEAM-ID`; nothing is made yet."""
        self.path = path
        self.root = path / "team" / team_id

    def prepare(self) -> None:
        """Make the folders.

        Raises
        ------
        GeoparkError
            NOT_FOUND when the named folder is not there (a stick that was pulled out); an
            environment code when it cannot be written.
        """
        with translated_os_errors(self.path):
            if not self.path.is_dir():
                raise GeoparkError(ErrorCode.NOT_FOUND, path=self.path)
            for name in _FOLDERS:
                (self.root / name).mkdir(parents=True, exist_ok=True)

    def look(self) -> Met:
        """Give the bundles, and the names of what is not ours."""
        bundles: dict[str, Path] = {}
        foreign: list[str] = []
        with translated_os_errors(self.root):
            for path in sorted((self.root / "log").iterdir()):
                if found := _BUNDLE.fullmatch(path.name):
                    bundles[found.group(1)] = path
                elif not _OURS.fullmatch(path.name):
                    foreign.append(f"log/{path.name}")
            for folder, pattern in (("heads", _SAID), ("holds", _SAID), ("members", _MEMBERS)):
                foreign += [
                    f"{folder}/{path.name}"
                    for path in sorted((self.root / folder).iterdir())
                    if not pattern.fullmatch(path.name) and not _OURS.fullmatch(path.name)
                ]
            foreign += sorted(
                path.name for path in self.root.iterdir() if path.name not in _FOLDERS
            )
        return Met(bundles=bundles, foreign=tuple(foreign))

    def read_bundle(self, path: Path, *, largest: int) -> bytes | None:
        """Give the bytes of a bundle, or None when they are not those its name says (yet)."""
        with translated_os_errors(path):
            if not path.is_file() or path.stat().st_size > largest:
                return None
            raw = path.read_bytes()
        return raw if hashlib.sha256(raw).hexdigest() == path.name[:64] else None

    def write_bundle(self, raw: bytes) -> str:
        """Write a bundle under its hash and give that."""
        sha256 = hashlib.sha256(raw).hexdigest()
        path = self.root / "log" / f"{sha256}.gsb"
        if not path.exists():
            write_atomically(path, raw)
        return sha256

    def said(self, folder: str) -> Iterator[tuple[str, bytes]]:
        """Give name and bytes of the lists in `heads`, `holds` or `members`."""
        pattern = _MEMBERS if folder == "members" else _SAID
        with translated_os_errors(self.root):
            for path in sorted((self.root / folder).iterdir()):
                if pattern.fullmatch(path.name) and path.stat().st_size <= LARGEST_LIST:
                    yield path.name.removesuffix(".json"), path.read_bytes()

    def say(self, folder: str, name: str, raw: bytes) -> None:
        """Write this laptop's own list."""
        path = self.root / folder / f"{name}.json"
        with translated_os_errors(path):
            if path.exists() and path.read_bytes() == raw:
                return
        write_atomically(path, raw)

    def blobs(self) -> set[str]:
        """Give the hashes of the files here, by their names."""
        found: set[str] = set()
        with translated_os_errors(self.root):
            for folder in (self.root / "blobs").iterdir():
                if folder.is_dir():
                    found |= {path.name for path in folder.iterdir() if _BLOB.fullmatch(path.name)}
        return found

    def blob(self, sha256: str) -> Path:
        """Give where a file lies or would lie."""
        return self.root / "blobs" / sha256[:2] / sha256

    def put_blob(self, source: Path, sha256: str, *, author: str, stop: Callable[[], None]) -> bool:
        """Copy a file here, going on where a broken copy of ours ended; False when damaged."""
        target = self.blob(sha256)
        with translated_os_errors(target):
            target.parent.mkdir(exist_ok=True)
        part = target.with_name(f".{sha256}.{author}.part")
        return copy_whole(source, part, target, sha256, stop=stop)

    def free_bytes(self) -> int:
        """Give the room left."""
        with translated_os_errors(self.root):
            return shutil.disk_usage(self.root).free


def take_blob(
    folder: ExchangeFolder, files: FileStore, sha256: str, *, stop: Callable[[], None]
) -> bool:
    """Copy a file into the catalogue; False when the one in the folder is damaged."""
    target = files.path_of(sha256)
    with translated_os_errors(target):
        target.parent.mkdir(exist_ok=True)
    part = target.with_name(f".{sha256}.part")
    return copy_whole(folder.blob(sha256), part, target, sha256, stop=stop)


def copy_whole(
    source: Path, part: Path, target: Path, sha256: str, *, stop: Callable[[], None]
) -> bool:
    """Copy a file through a part that a later call continues; only the right bytes get the name.

    `stop` is called between two pieces and raises to stop; the part stays for the next time.
    """
    with translated_os_errors(target):
        digest = hashlib.sha256()
        done = _hashed_so_far(part, digest)
        with source.open("rb") as reader, part.open("ab") as writer:
            reader.seek(done)
            while chunk := reader.read(_CHUNK):
                stop()
                digest.update(chunk)
                writer.write(chunk)
            writer.flush()
            os.fsync(writer.fileno())
        if digest.hexdigest() != sha256:
            part.unlink()
            # a part of other bytes, or a damaged source: once more from the start tells which
            return (
                bool(done)
                and hash_of(source) == sha256
                and copy_whole(source, part, target, sha256, stop=stop)
            )
        part.replace(target)
        sync_folder(target.parent)
    return True


def _hashed_so_far(part: Path, digest: "hashlib._Hash") -> int:
    if not part.exists():
        return 0
    with part.open("rb") as reader:
        while chunk := reader.read(_CHUNK):
            digest.update(chunk)
        return reader.tell()
