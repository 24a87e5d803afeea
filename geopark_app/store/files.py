"""The content store: every original and rendition once, under its SHA-256, never changed."""

import hashlib
import os
import re
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.store.writing_files import sync_folder, translated_os_errors, write_atomically

_NAME = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1 << 20
_ASIDE = "damaged"


class FileStore:
    """Files under `files/ab/<sha256>` of one catalogue."""

    def __init__(self, root: Path) -> None:
        """Store files below `root`."""
        self._root = root

    @property
    def root(self) -> Path:
        """Give the folder of all files."""
        return self._root

    def path_of(self, sha256: str) -> Path:
        """Give where a file lies or would lie; the name is checked, so no path can escape."""
        if not _NAME.fullmatch(sha256):
            raise GeoparkError(ErrorCode.BAD_VALUE, field="sha256", value=sha256)
        return self._root / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Say whether the file is here."""
        return self.path_of(sha256).is_file()

    def add_file(
        self, source: Path, *, expected: str = "", stop: Callable[[], None] | None = None
    ) -> str:
        """Copy a file in, flushed to disk, and give its SHA-256; the source is only read.

        `stop` is called between pieces and may raise. `expected`, where known, names the copy
        until it is whole, so that what a kill leaves of it is found again; bytes that are others
        by now are not kept.
        """
        with translated_os_errors(source):
            temporary = self._root / f".{expected}.{secrets.token_hex(8)}.part"
            digest = hashlib.sha256()
            try:
                with source.open("rb") as reader, temporary.open("xb") as writer:
                    for chunk in _chunks(reader.fileno()):
                        if stop is not None:
                            stop()
                        digest.update(chunk)
                        writer.write(chunk)
                    writer.flush()
                    os.fsync(writer.fileno())
                sha256 = digest.hexdigest()
                if expected and sha256 != expected:
                    return sha256
                return self._settle(temporary, sha256)
            finally:
                temporary.unlink(missing_ok=True)

    def add_bytes(self, content: bytes) -> str:
        """Store bytes, flushed to disk, and give their SHA-256."""
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.path_of(sha256)
        if not target.is_file():
            with translated_os_errors(target):
                target.parent.mkdir(exist_ok=True)
            write_atomically(target, content)
        return sha256

    def put_back(self, sha256: str, source: Path) -> bool:
        """Copy a file in under a name it must prove; False when it is another or a damaged one.

        What lies under the name is put aside into `damaged`, never deleted.
        """
        with translated_os_errors(self._root):
            self._root.mkdir(parents=True, exist_ok=True)
        if not self.has(sha256):
            return self.add_file(source, expected=sha256) == sha256
        if hash_of(source) != sha256:
            return False
        aside = self.put_aside(sha256)
        try:
            return self.add_file(source, expected=sha256) == sha256
        finally:
            # On a full disk a damaged file is still better than none.
            if not self.has(sha256):
                aside.replace(self.path_of(sha256))

    def names(self) -> set[str]:
        """Give the SHA-256 of every file here, without reading any."""
        with translated_os_errors(self._root):
            if not self._root.is_dir():
                return set()
            folders = [entry for entry in os.scandir(self._root) if len(entry.name) == 2]
            return {
                entry.name
                for folder in folders
                if folder.is_dir(follow_symlinks=False)
                for entry in os.scandir(folder)
                if _NAME.fullmatch(entry.name) and entry.is_file(follow_symlinks=False)
            }

    def put_aside(self, sha256: str) -> Path:
        """Move what lies under a name into `damaged`: a bad file may be the last one there is."""
        path = self.path_of(sha256)
        folder = self._root / _ASIDE
        with translated_os_errors(path):
            folder.mkdir(exist_ok=True)
            aside = folder / f"{path.name}-{secrets.token_hex(4)}"
            path.replace(aside)
            sync_folder(folder)
        return aside

    def _settle(self, temporary: Path, sha256: str) -> str:
        target = self.path_of(sha256)
        if not target.is_file():
            target.parent.mkdir(exist_ok=True)
            temporary.replace(target)
            sync_folder(target.parent)
        return sha256

    def is_whole(self, sha256: str) -> bool:
        """Read the file again and say whether it still is what its name says."""
        path = self.path_of(sha256)
        return path.is_file() and hash_of(path) == sha256


def hash_of(path: Path) -> str:
    """Give the SHA-256 of a file, read in pieces."""
    with translated_os_errors(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _chunks(descriptor: int) -> Iterator[bytes]:
    while chunk := os.read(descriptor, _CHUNK):
        yield chunk
