"""Foreign files that nobody should send: made here for tests and for the fuzz run."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

_CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="xml" ContentType="application/xml"/><Default '
    'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    "</Types>"
)
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/{kind}" Target="{target}"/></Relationships>'
)
_WORKBOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
    'main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
)
_SHEET = (
    '<?xml version="1.0"?>{doctype}<worksheet xmlns="http://schemas.openxmlformats.org/'
    'spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData>'
    "</worksheet>"
)
_ENTITIES = '<!DOCTYPE k [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(12)
)


def entity_bomb(root: str, inside: str) -> bytes:
    """Give XML whose entities unfold to a terabyte."""
    return (
        f'<?xml version="1.0"?>{_ENTITIES}]><{root}>{inside.format(text="&m;")}</{root}>'.encode()
    )


def external_entity(root: str, inside: str, secret: Path) -> bytes:
    """Give XML that asks for another file of the machine."""
    doctype = f'<!DOCTYPE k [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    return f'<?xml version="1.0"?>{doctype}<{root}>{inside.format(text="&x;")}</{root}>'.encode()


def workbook(rows: str, doctype: str = "") -> bytes:
    """Give an XLSX with these rows as XML."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _CONTENT_TYPES)
        archive.writestr("_rels/.rels", _RELS.format(kind="officeDocument",
                                                     target="xl/workbook.xml"))  # fmt: skip
        sheets = _RELS.format(kind="worksheet", target="worksheets/sheet1.xml")
        archive.writestr("xl/_rels/workbook.xml.rels", sheets)
        archive.writestr("xl/workbook.xml", _WORKBOOK)
        archive.writestr("xl/worksheets/sheet1.xml", _SHEET.format(rows=rows, doctype=doctype))
    return stream.getvalue()


def sheet_row(number: int, *cells: str) -> str:
    """Give one row of a sheet as XML."""
    inside = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
    return f'<row r="{number}">{inside}</row>'


def million_empty_rows() -> bytes:
    """Give a workbook with a header, one row, and a million empty ones."""
    rows = sheet_row(1, "code", "name_vi") + sheet_row(2, "N-01", "Hang")
    return workbook(rows + "".join(f'<row r="{number}"/>' for number in range(3, 1_000_003)))


def zip_of(members: dict[str, bytes]) -> bytes:
    """Give an archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def zip_bomb() -> bytes:
    """Give an archive of 400 MB of nothing."""
    return zip_of({"a.csv": bytes(400 * 1024 * 1024)})


def lying_zip() -> bytes:
    """Give an archive whose member says it has ten bytes and has 80 MB."""
    content = bytearray(zip_of({"a.kml": b" " * 80_000_000}))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.find(mark)
        content[at + place : at + place + 4] = struct.pack("<I", 10)
    return bytes(content)


POLYGON = (
    '{{"type":"Feature","properties":{{"code":"{code}","name_vi":"Vùng"}},'
    '"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}'
)


def geojson(*features: str) -> bytes:
    """Give a collection of features."""
    return ('{"type":"FeatureCollection","features":[' + ",".join(features) + "]}").encode()


def bombs(secret: Path) -> dict[str, tuple[str, Callable[[], bytes]]]:
    """Give name → (file name, maker) of files that must be refused whole."""
    kml = "Document><Placemark><name>{text}</name></Placemark></Document"
    return {
        "zip bomb": ("a.zip", zip_bomb),
        "zip that lies": ("a.kmz", lying_zip),
        "path traversal": ("a.zip", lambda: zip_of({"../../evil.csv": b"code,name\n1,a\n"})),
        "absolute path": ("a.zip", lambda: zip_of({"/tmp/evil.csv": b"code,name\n1,a\n"})),
        "windows path": ("a.zip", lambda: zip_of({"..\\..\\evil.csv": b"code,name\n1,a\n"})),
        "nested zip": ("a.zip", lambda: zip_of({"a.csv": zip_of({"b.csv": b"code\n1\n"})})),
        "zip of nothing": ("a.zip", lambda: zip_of({"readme.md": b"x"})),
        "kml entity bomb": ("a.kml", lambda: entity_bomb("kml", kml)),
        "kml external entity": ("a.kml", lambda: external_entity("kml", kml, secret)),
        "gpx entity bomb": ("a.gpx", lambda: entity_bomb("gpx", "wpt>{text}</wpt")),
        "gpx external entity": ("a.gpx", lambda: external_entity("gpx", "{text}", secret)),
        "xlsx entity bomb": ("a.xlsx", lambda: workbook(sheet_row(1, "&m;"), f"{_ENTITIES}]>")),
        "vrt named kml": ("a.kml", lambda: vrt(secret)),
        "vrt named geojson": ("a.geojson", lambda: vrt(secret)),
        "old xls": ("a.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000)),
        "empty": ("a.csv", lambda: b""),
        "only zeros": ("a.csv", lambda: bytes(5000)),
        "pdf": ("a.csv", lambda: b"%PDF-1.7\n" + bytes(100)),
        "garbage gpkg": ("a.gpkg", lambda: b"SQLite format 3\x00" + bytes(range(256)) * 40),
        "garbage shp": ("a.shp", lambda: b"\x00\x00\x27\x0a" + bytes(200)),
        "garbage xlsx": ("a.xlsx", lambda: b"PK\x03\x04" + bytes(500)),
        "json of another kind": ("a.geojson", lambda: b'{"a": [1, 2, 3]}'),
        "deep json": ("a.geojson", lambda: b'{"a":' * 100_000),
        "header only of a huge table": ("a.csv", lambda: b"," * 5_000 + b"\n" + b"1," * 5_000),
    }


def vrt(secret: Path) -> bytes:
    """Give OGR VRT text, which would read another file of the machine."""
    return (
        '<OGRVRTDataSource><OGRVRTLayer name="kml"><SrcDataSource>'
        f"{secret}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
    ).encode()
