"""Which format a file has, told from its first bytes and never from its name."""

import zipfile
from pathlib import Path

from geopark_app.exchange.file_trouble import refused

_HEAD_BYTES = 65_536
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SQLITE = b"SQLite format 3\x00"
_SHP = b"\x00\x00\x27\x0a"
_ROOTS = (("<kml", "kml"), ("<gpx", "gpx"))
_FOREIGN_ROOTS = ("<ogrvrtdatasource", "<vrtdataset", "<html", "<!doctype html", "<svg", "<gml")
_BY_SUFFIX = {
    ".shp": "shp",
    ".tab": "tab",
    ".mif": "mif",
    ".kml": "kml",
    ".gpx": "gpx",
    ".gpkg": "gpkg",
    ".geojson": "geojson",
    ".csv": "csv",
}
_NOT_TEXT_SHARE, _FEW = 0.02, 3


def format_of(path: Path) -> str:
    """Give csv, xlsx, geojson, gpkg, shp, kml, gpx, tab, mif, zip or folder.

    Raises
    ------
    GeoparkError
        REFUSED_FILE for what is empty, an old .xls, or nothing this program reads.
    """
    if path.is_dir():
        return "folder"
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head.strip(b"\0 \t\r\n"):
        raise refused("empty")
    if head.startswith(_OLD_OFFICE):
        raise refused("old-xls")
    if head.startswith(_SQLITE):
        return "gpkg"
    if head.startswith(_SHP):
        return "shp"
    if head.startswith(b"PK"):
        return "zip" if not _is_workbook(path) else "xlsx"
    return _text_format(head)


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise refused("damaged") from error


def _text_format(head: bytes) -> str:
    text = _as_text(head).lstrip("\ufeff \t\r\n")
    start = text[:4096].lower()
    if start.startswith("!table"):
        return "tab"
    if start.startswith("version") and "columns" in text.lower():
        return "mif"
    if start.startswith("{"):
        return "json" if start[1:].lstrip().startswith('"geopark_tables"') else "geojson"
    if start.startswith("<"):
        return _xml_format(text.lower())
    strange = sum(ord(char) < 32 and char not in "\t\r\n\f" for char in text)
    if start.startswith("%pdf") or strange > len(text) * _NOT_TEXT_SHARE + _FEW:
        raise refused("unknown-format")
    return "csv"


def _xml_format(text: str) -> str:
    for root in _FOREIGN_ROOTS:
        if root in text[:8192]:
            raise refused("unknown-format")
    for root, name in _ROOTS:
        if root in text or root.replace("<", ":") in text:
            return name
    raise refused("unknown-format")


def _as_text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    if head[1:2] == b"\0" and head[:1] != b"\0":
        return head.decode("utf-16-le", "replace")
    if head[:1] == b"\0" and head[1:2] != b"\0":
        return head.decode("utf-16-be", "replace")
    return head.decode("utf-8", "replace")


def format_of_member(name: str) -> str | None:
    """Give the format a member of an archive claims by its name, or None for companions."""
    return _BY_SUFFIX.get(Path(name).suffix.lower())
