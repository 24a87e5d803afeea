"""The folder laptops meet in: immutable files named by hash, and one small list per laptop.

```
team/TEAM-ID/log/<sha256>.gsb      bundles of signed saves
            /blobs/ab/<sha256>     photos and documents
            /heads/<author>.json   what each laptop has, signed, written by that laptop alone
            /holds/<author>.json   which photo files it holds
            /members/<number>-<team>.json   the membership list
            /keys/<key>-<members>.age   the folder's key, wrapped for the team, if encrypted
```
In an encrypted folder every other file ends in `.age`; a photo is still named by its content.

No two laptops write one file, so no file-sync tool can make a conflict copy that matters. Whatever
else lies there is left alone and named.
"""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.store.files import FileStore, hash_of
from geopark_app.store.writing_files import sync_folder, translated_os_errors, write_atomically
from geopark_app.sync.team_cipher import LARGEST_KEY, TeamCipher, is_sealed
from geopark_app.sync.team_cipher import SUFFIX as AGE

_HASH = r"[0-9a-f]{64}"
_BUNDLE = re.compile(rf"({_HASH})\.gsb(\.age)?")
_BLOB = re.compile(rf"({_HASH})(\.age)?")
_SAID = re.compile(r"([0-9a-f]{16}\.[0-9]{1,6})\.json(\.age)?")
_MEMBERS = re.compile(r"([0-9]{1,9}-[0-9a-f]{16})\.json(\.age)?")
_KEY_FILE = re.compile(r"[0-9a-f]{16}-[0-9a-f]{16}\.age")
_OURS = re.compile(r"\..*\.part")
_CHUNK = 1 << 20
_FOLDERS = ("log", "blobs", "heads", "holds", "members", "keys")
_PATTERNS = {"heads": _SAID, "holds": _SAID, "members": _MEMBERS, "keys": _KEY_FILE}
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
        self.cipher: TeamCipher | None = None

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
            for folder, pattern in _PATTERNS.items():
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
        if hashlib.sha256(raw).hexdigest() != path.name[:64]:
            return None
        return self.plain(raw)

    def plain(self, raw: bytes) -> bytes:
        """Give the content of a file here, opened where it is encrypted.

        Raises
        ------
        GeoparkError
            BAD_BUNDLE for what is not encrypted for this laptop.
        """
        if not is_sealed(raw):
            return raw
        if self.cipher is None:
            raise GeoparkError(ErrorCode.BAD_BUNDLE, reason="encrypted")
        return self.cipher.open(raw)

    def is_encrypted(self) -> bool:
        """Say whether somebody began to encrypt what is written here."""
        with translated_os_errors(self.root):
            return any(_KEY_FILE.fullmatch(path.name) for path in (self.root / "keys").iterdir())

    def key_files(self) -> Iterator[bytes]:
        """Give the wrapped keys."""
        with translated_os_errors(self.root):
            for path in sorted((self.root / "keys").iterdir()):
                if _KEY_FILE.fullmatch(path.name) and path.stat().st_size <= LARGEST_KEY:
                    yield path.read_bytes()

    def has_key_file(self, name: str) -> bool:
        """Say whether a wrapped key lies here."""
        return (self.root / "keys" / f"{name}{AGE}").exists()

    def put_key_file(self, name: str, sealed: bytes) -> None:
        """Leave a wrapped key."""
        write_atomically(self.root / "keys" / f"{name}{AGE}", sealed)

    def put_notice(self, name: str, sealed: bytes) -> None:
        """Leave a list for laptops that cannot open what is encrypted here any more."""
        path = self.root / "members" / f"{name}.json{AGE}"
        if not path.exists():
            write_atomically(path, sealed)

    def write_bundle(self, raw: bytes) -> tuple[str, int]:
        """Write a bundle under the hash of its file; give that and the file's size."""
        raw, ending = self._sealed(raw)
        sha256 = hashlib.sha256(raw).hexdigest()
        path = self.root / "log" / f"{sha256}.gsb{ending}"
        if not path.exists():
            write_atomically(path, raw)
        return sha256, len(raw)

    def said(self, folder: str) -> Iterator[tuple[str, bytes]]:
        """Give name and bytes of the lists in `heads`, `holds` or `members`, as they lie there."""
        with translated_os_errors(self.root):
            for path in sorted((self.root / folder).iterdir()):
                found = _PATTERNS[folder].fullmatch(path.name)
                if found and path.stat().st_size <= LARGEST_LIST:
                    yield found.group(1), path.read_bytes()

    def say(self, folder: str, name: str, raw: bytes) -> None:
        """Write this laptop's own list."""
        plain = self.root / folder / f"{name}.json"
        sealed, ending = self._sealed(raw)
        path = plain.with_name(f"{plain.name}{ending}")
        with translated_os_errors(path):
            is_there = path.exists() and self.plain(path.read_bytes()) == raw
        if not is_there:
            write_atomically(path, sealed)
        if ending:
            with translated_os_errors(plain):
                plain.unlink(missing_ok=True)

    def _sealed(self, raw: bytes) -> tuple[bytes, str]:
        """Give what is written here for some bytes, and what the name ends in then."""
        return (raw, "") if self.cipher is None else (self.cipher.seal(raw), AGE)

    def blobs(self) -> dict[str, Path]:
        """Give the files here by the hash of their content; a plain one before an encrypted one."""
        found: dict[str, Path] = {}
        with translated_os_errors(self.root):
            for folder in (self.root / "blobs").iterdir():
                if folder.is_dir():
                    for path in sorted(folder.iterdir(), reverse=True):
                        if name := _BLOB.fullmatch(path.name):
                            found[name.group(1)] = path
        return found

    def put_blob(self, source: Path, sha256: str, *, author: str, stop: Callable[[], None]) -> bool:
        """Copy a file here, going on where a broken copy of ours ended; False when damaged."""
        ending = AGE if self.cipher else ""
        target = self.root / "blobs" / sha256[:2] / f"{sha256}{ending}"
        with translated_os_errors(target):
            target.parent.mkdir(exist_ok=True)
        part = target.with_name(f".{target.name}.{author}.part")
        if self.cipher is None:
            return copy_whole(source, part, target, sha256, stop=stop)
        with translated_os_errors(target):
            if hash_of(source) != sha256:
                return False
            part.unlink(missing_ok=True)
            self.cipher.seal_file(source, part)
            _keep(part, target)
        return True

    def is_whole(self, path: Path, sha256: str) -> bool:
        """Read a file here from end to end and say whether its bytes are those of its name."""
        if path.suffix != AGE:
            with translated_os_errors(path):
                return hash_of(path) == sha256
        with tempfile.TemporaryDirectory(prefix="geopark-") as place:
            return opened_file(self, path, Path(place) / sha256, sha256)

    def free_bytes(self) -> int:
        """Give the room left."""
        with translated_os_errors(self.root):
            return shutil.disk_usage(self.root).free


def take_blob(
    folder: ExchangeFolder, source: Path, files: FileStore, sha256: str, *, stop: Callable[[], None]
) -> bool:
    """Copy a file into the catalogue; False when the one in the folder is damaged."""
    target = files.path_of(sha256)
    with translated_os_errors(target):
        target.parent.mkdir(exist_ok=True)
    part = target.with_name(f".{sha256}.part")
    if source.suffix != AGE:
        return copy_whole(source, part, target, sha256, stop=stop)
    stop()
    with translated_os_errors(target):
        part.unlink(missing_ok=True)
        if not opened_file(folder, source, part, sha256):
            part.unlink(missing_ok=True)
            return False
        _keep(part, target)
    return True


def opened_file(folder: ExchangeFolder, source: Path, target: Path, sha256: str) -> bool:
    """Decrypt a file of the folder; False when it cannot be opened or is another."""
    is_open = folder.cipher is not None and folder.cipher.open_file(source, target)
    return is_open and hash_of(target) == sha256


def _keep(part: Path, target: Path) -> None:
    """Give a whole file its name, once its bytes are on the disk."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(target)
    sync_folder(target.parent)


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
