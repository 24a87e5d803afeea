"""The snapshot a new laptop starts from: one file with the database and small pictures.

```
zip, encrypted with age for the laptops of the team:
    manifest.json     what is in it, signed by whoever wrote it
    membership.json   the list of the team, signed by the office
    catalogue.sqlite  a checked copy of the database
    files/<sha256>    thumbnails (and renditions), if wanted
    layers/<sha256>   shapes of map layers
```
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from geopark_app.domain.change import canonical
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.sync.membership import (
    LARGEST,
    SignedMembership,
    membership_file,
    read_membership_file,
)
from geopark_app.sync.signing import Sign, is_signed, message
from geopark_app.sync.strict_json import count_of, object_of, read_object, refuse, text_of

SUFFIX = ".geopark-snapshot"
DATABASE = "catalogue.sqlite"
_FORMAT, _VERSION = "geopark-snapshot", 1
_MANIFEST, _MEMBERS = "manifest.json", "membership.json"
_LARGEST_MANIFEST = 64 * 1024 * 1024
_HASH = re.compile(r"[0-9a-f]{64}")
_CATALOGUE_ID = re.compile(r"[0-9A-Za-z-]{1,64}")
_CHUNK = 1 << 20
STORES = ("files", "layers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a snapshot says of itself.

    Attributes
    ----------
    catalogue_id, team : str
        Of which catalogue and team.
    key, author, at : str
        Who wrote it, by which author id, when by their clock.
    schema : str
        Revision of the tables.
    database : str
        SHA-256 of the database.
    blobs : mapping of `files` and `layers` to tuple of str
        SHA-256 of what is beside it.
    """

    catalogue_id: str
    team: str
    key: str
    author: str
    at: str
    schema: str
    database: str
    blobs: Mapping[str, tuple[str, ...]]


def pack_snapshot(
    out: Path,
    manifest: Manifest,
    members: SignedMembership,
    *,
    database: Path,
    paths: Iterable[tuple[str, Path]],
    sign: Sign,
    step: Callable[[], None],
) -> None:
    """Write a snapshot, not yet encrypted; `paths` gives store and file of each blob."""
    content = canonical(
        {
            "format": _FORMAT,
            "version": _VERSION,
            **{
                name: getattr(manifest, name)
                for name in ("catalogue_id", "team", "key", "author", "at", "schema", "database")
            },
            "blobs": {name: list(some) for name, some in manifest.blobs.items()},
        }
    ).decode("utf-8")
    signed = {"content": content, "sig": sign(message(_FORMAT, content.encode("utf-8")))}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        archive.writestr(_MANIFEST, json.dumps(signed, ensure_ascii=False))
        archive.writestr(_MEMBERS, membership_file(members))
        archive.write(database, DATABASE, zipfile.ZIP_DEFLATED, 6)
        for store, path in paths:
            step()
            archive.write(path, f"{store}/{path.name}")


class OpenSnapshot:
    """A snapshot whose signatures are true; its files prove themselves when they are taken out.

    Attributes
    ----------
    manifest : Manifest
        What it says of itself.
    members : SignedMembership
        The team.
    """

    def __init__(self, path: Path) -> None:
        """Open it, or raise BAD_BUNDLE, NEWER_BUNDLE, BAD_TEAM_FILE, NOT_A_MEMBER."""
        try:
            self._archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise GeoparkError(ErrorCode.BAD_BUNDLE, reason="zip") from error
        try:
            self.members = read_membership_file(self._small(_MEMBERS, LARGEST))
            self.manifest = self._read_manifest()
            self._check_names()
        except BaseException:
            self._archive.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._archive.close()

    @property
    def size(self) -> int:
        """Give how many bytes lie in it when it is unpacked."""
        return sum(info.file_size for info in self._archive.infolist())

    def take_out(self, name: str, sha256: str, target: Path) -> None:
        """Write a member to a file, once its bytes are those that were signed."""
        info = self._archive.getinfo(name)
        digest, left = hashlib.sha256(), info.file_size
        part = target.with_name(f".{target.name}.part")
        try:
            with self._archive.open(info) as reader, part.open("wb") as writer:
                while chunk := reader.read(_CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        refuse("size")
                    digest.update(chunk)
                    writer.write(chunk)
        except (zipfile.BadZipFile, EOFError, ValueError) as error:
            raise GeoparkError(ErrorCode.BAD_BUNDLE, reason="zip") from error
        if digest.hexdigest() != sha256:
            part.unlink()
            refuse("hash")
        part.replace(target)

    def _small(self, name: str, largest: int) -> bytes:
        found = [info for info in self._archive.infolist() if info.filename == name]
        if len(found) != 1 or found[0].file_size > largest:
            refuse("members")
        try:
            with self._archive.open(found[0]) as reader:
                raw = reader.read(largest + 1)
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
            raise GeoparkError(ErrorCode.BAD_BUNDLE, reason="zip") from error
        if len(raw) > largest:
            refuse("size")
        return raw

    def _read_manifest(self) -> Manifest:
        outer = read_object(self._small(_MANIFEST, _LARGEST_MANIFEST))
        content = text_of(outer, "content", longest=_LARGEST_MANIFEST)
        known = read_object(content.encode("utf-8"))
        if known.get("format") != _FORMAT:
            refuse("format")
        if count_of(known, "version", least=1) > _VERSION:
            raise GeoparkError(ErrorCode.NEWER_BUNDLE)
        blobs = object_of(known, "blobs")
        manifest = Manifest(
            **{
                name: text_of(known, name, longest=200)
                for name in ("catalogue_id", "team", "key", "author", "at", "schema", "database")
            },
            blobs={store: _hashes(blobs.get(store)) for store in STORES},
        )
        self._check_writer(manifest, content, text_of(outer, "sig", longest=256))
        if not _CATALOGUE_ID.fullmatch(manifest.catalogue_id):
            refuse("catalogue")
        return manifest

    def _check_writer(self, manifest: Manifest, content: str, sig: str) -> None:
        team = self.members.membership
        if manifest.team != team.team_id:
            refuse("other-team")
        if manifest.key not in team.keys:
            raise GeoparkError(ErrorCode.NOT_A_MEMBER, person=manifest.author, device="")
        if not is_signed(manifest.key, sig, message(_FORMAT, content.encode("utf-8"))):
            refuse("signature")

    def _check_names(self) -> None:
        """Refuse anything but what the manifest lists, each once."""
        blobs = [f"{store}/{name}" for store, some in self.manifest.blobs.items() for name in some]
        wanted = sorted([_MANIFEST, _MEMBERS, DATABASE, *blobs])
        if sorted(info.filename for info in self._archive.infolist()) != wanted:
            refuse("members")


def _hashes(known: object) -> tuple[str, ...]:
    if not isinstance(known, list):
        refuse("blobs")
    if not all(isinstance(one, str) and _HASH.fullmatch(one) for one in known):
        refuse("blobs")
    return tuple(known)
