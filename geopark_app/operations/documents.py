"""Documents with their files. Nothing classified belongs into a catalogue that travels."""

import mimetypes
from collections.abc import Mapping
from pathlib import Path

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Document
from geopark_app.operations.context import AppContext
from geopark_app.operations.records import add_record, get_record, write_values

MOST_BYTES = 200_000_000


def add_document(
    context: AppContext, path: Path, typed: Mapping[str, str], *, reason: str = ""
) -> tuple[Document, Changes]:
    """Store a file and make a document of it; without a title it is named after the file.

    Raises
    ------
    GeoparkError
        NOT_FOUND, TOO_LARGE or BAD_VALUE; nothing is written then.
    """
    file = _file_values(context, path)
    values = {"title_vi": path.stem, "document_kind": "other", **typed}
    record, changes = add_record(context, "document", {**values, **file}, reason=reason)
    assert isinstance(record, Document)
    return record, changes


def attach_file(context: AppContext, uuid: str, path: Path, *, reason: str = "") -> Changes:
    """Store a file as that of a document; the file before stays in the store."""
    record = get_record(context, kind_of(Document), uuid)
    file: dict[str, str | int] = {**_file_values(context, path)}
    file["byte_count"] = int(file["byte_count"])
    return write_values(context, record, file, reason=reason or f"attach {path.name}")


def _file_values(context: AppContext, path: Path) -> dict[str, str]:
    if not path.is_file():
        raise GeoparkError(ErrorCode.NOT_FOUND, path=path)
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise GeoparkError(ErrorCode.TOO_LARGE, path=path, size=size, limit=MOST_BYTES)
    if context.catalogue.is_read_only:
        raise GeoparkError(ErrorCode.READ_ONLY, path=context.catalogue.folder.root)
    return {
        "sha256": context.catalogue.files.add_file(path),
        "file_name": path.name,
        "media_type": mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        "byte_count": str(size),
    }
