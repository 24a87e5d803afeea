"""Runs inside the worker: a workbook or Word document as a package, opened safely, copied exactly.

Macros are never run, links never followed, and no part is touched but the ones that are replaced.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from geopark_app.exchange.file_trouble import refused
from geopark_app.exchange.safe_archives import check_archive
from geopark_app.exchange.xml_places import Node, read_places

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MOST_PART = 48 * 1024 * 1024
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_DOCUMENT = "/officeDocument"
_KINDS = {
    "spreadsheetml": "xlsx",
    "wordprocessingml": "docx",
    "ms-excel": "xlsx",
    "ms-word": "docx",
}
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError,
)  # fmt: skip


class OfficePackage:
    """An opened package.

    Attributes
    ----------
    kind : str
        `xlsx` or `docx`, told from the content, never from the name.
    main : str
        Name of its main part.
    """

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises
        ------
        GeoparkError
            REFUSED_FILE: an old format, a password, a bomb, damage, or no office file at all.
        """
        self._path = path
        _refuse_old(path)
        self._members = {one.filename: one for one in check_archive(path)}
        if len(self._members) != len(zipfile.ZipFile(path).infolist()):
            raise refused("damaged")
        if "[Content_Types].xml" not in self._members:
            raise refused("no-office")
        self.main = self._main()
        self.kind = self._kind()

    def names(self) -> list[str]:
        """Give the names of all parts."""
        return list(self._members)

    def has(self, name: str) -> bool:
        """Say whether there is such a part."""
        return name in self._members

    def read(self, name: str) -> bytes:
        """Give the bytes of a part; raises REFUSED_FILE when it is missing or too large."""
        member = self._members.get(name)
        if member is None:
            raise refused("damaged")
        if member.file_size > _MOST_PART:
            raise refused("too-large")
        try:
            with zipfile.ZipFile(self._path) as archive, archive.open(member) as stream:
                data = stream.read(_MOST_PART + 1)
        except _UNREADABLE as error:
            raise refused("damaged") from error
        if len(data) > _MOST_PART:
            raise refused("bomb")
        return data

    def tree(self, name: str) -> Node:
        """Give the root of a part."""
        return read_places(self.read(name))

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Give type and target of each relation of a part, by its id; outside ones left out."""
        folder, name = posixpath.split(part)
        where = posixpath.join(folder, "_rels", f"{name}.rels")
        if where not in self._members:
            return {}
        found = {}
        for one in self.tree(where).below(f"{_RELATIONS} Relationship"):
            if one.attributes.get("TargetMode") == "External":
                continue
            target = one.attributes.get("Target", "")
            full = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = one.attributes.get("Type", "")
            found[one.attributes.get("Id", "")] = (kind, posixpath.normpath(full))
        return found

    def _main(self) -> str:
        for kind, target in self.relations("").values():
            if kind.endswith(_DOCUMENT) and target in self._members:
                return target
        raise refused("no-office")

    def _kind(self) -> str:
        root = self.tree("[Content_Types].xml")
        for one in root.below(f"{_TYPES} Override"):
            if one.attributes.get("PartName", "").lstrip("/") == self.main:
                said = one.attributes.get("ContentType", "")
                for word, kind in _KINDS.items():
                    if word in said:
                        return kind
        raise refused("no-office")

    def notes(self) -> list[str]:
        """Give codes of what a person should know of: macros, links to elsewhere, a signature."""
        found = []
        if any(name.endswith("vbaProject.bin") for name in self._members):
            found.append("macros")
        if any("externalLinks/" in name for name in self._members):
            found.append("links")
        if any(name.startswith("_xmlsignatures/") for name in self._members):
            found.append("signature")
        return found

    def write(self, out: Path, changed: Mapping[str, bytes]) -> None:
        """Write a copy in which only the named parts hold other bytes."""
        with zipfile.ZipFile(self._path) as source, zipfile.ZipFile(out, "w") as target:
            target.comment = source.comment
            for member in source.infolist():
                try:
                    data = changed.get(member.filename) or source.read(member)
                except _UNREADABLE as error:
                    raise refused("damaged") from error
                copy = zipfile.ZipInfo(member.filename, member.date_time)
                copy.compress_type = member.compress_type
                copy.external_attr, copy.create_system = member.external_attr, member.create_system
                copy.comment = member.comment
                target.writestr(copy, data)


def _refuse_old(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(8)
        if head != _OLE:
            return
        rest = file.read(4 * 1024 * 1024)
    raise refused("office-password" if _LOCKED in rest else "old-office")
