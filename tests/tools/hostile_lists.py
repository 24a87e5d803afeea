"""Lists made to harm, each a little different: what every importer must survive (issue list)."""

import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.import_bombs import (
    entity_bomb,
    external_entity,
    lying_zip,
    million_empty_rows,
    sheet_row,
    vrt,
    workbook,
    zip_bomb,
    zip_of,
)

Made = tuple[str, bytes]
_SECRET = Path("/etc/hostname")
_NUMBERS = ("nan", "NaN", "inf", "-Infinity", "1e999", "1e-999", "106,7", "106.7.1", "0x1F", "١٢",
            "", "9" * 400, "-0", "1_000", "181", "106.7")  # fmt: skip
_SIGNS = ("\u202e", "\u200f", "\x00", "\x07", "\ufeff", "\u2066", "\x1b[31m", "\r", "\ud7ff")
_FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "'=1", '=HYPERLINK("x")')
_WORDS = "Hang Gió ở Mẫu Sơn, Đồng Đăng"


def _csv(*lines: str, header: str = "code,name_vi,lon,lat,summary_vi") -> bytes:
    return "\n".join((header, *lines)).encode("utf-8", "surrogatepass")


def _odd_numbers(chance: random.Random) -> Made:
    lines = [
        f"N-{i},Hang,{chance.choice(_NUMBERS)},{chance.choice(_NUMBERS)},x"
        for i in range(chance.randint(1, 30))
    ]
    return "csv", _csv(*lines)


def _signs(chance: random.Random) -> Made:
    lines = []
    for i in range(chance.randint(1, 20)):
        at = chance.randrange(len(_WORDS))
        name = _WORDS[:at] + chance.choice(_SIGNS) * chance.randint(1, 5) + _WORDS[at:]
        lines.append(f'N-{i},"{name}",106.7,21.8,')
    return "csv", _csv(*lines)


def _formulas(chance: random.Random) -> Made:
    lines = [f'"{chance.choice(_FORMULAS)}","{chance.choice(_FORMULAS)}",106.7,21.8,'
             for _ in range(chance.randint(1, 10))]  # fmt: skip
    return "csv", _csv(*lines).replace(b'"x")"', b"x)")


def _huge_cell(chance: random.Random) -> Made:
    size = chance.choice((60_001, 100_000, 1_000_000))
    letter = chance.choice("aạ😀")
    if chance.random() < 0.5:
        return "csv", _csv(f"N-1,Hang,106.7,21.8,{letter * size}", "N-2,Hang,106.7,21.8,x")
    rows = sheet_row(1, "code", "name_vi", "summary_vi") + sheet_row(2, "N-1", "x", letter * size)
    return "xlsx", workbook(rows)


def _doubles(chance: random.Random) -> Made:
    codes = [chance.choice(("A-1", "A-2", "LS-001", "a-1", "")) for _ in range(20)]
    return "csv", _csv(*(f"{code},Hang {code},106.7,21.8," for code in codes))


def _double_header(chance: random.Random) -> Made:
    names = [chance.choice(("code", "name_vi", "Tên", "lon", "lat", "", "uuid")) for _ in range(9)]
    return "csv", _csv(",".join("x" * 9), header=",".join(names))


def _encodings(chance: random.Random) -> Made:
    text = _csv(*(f"N-{i},{_WORDS},106.7,21.8,ghi chú" for i in range(5))).decode()
    told = chance.choice(("utf-16", "utf-16-le", "utf-32", "cp1258", "cp1252", "shift_jis",
                          "utf-7", "cp037"))  # fmt: skip
    content = text.encode(told, "replace")
    other = text.encode("cp1252", "replace")
    at = chance.randrange(len(content))
    return "csv", content if chance.random() < 0.5 else content[:at] + other[at:]


def _ring(chance: random.Random, corners: int) -> list[list[float]]:
    ring = [[chance.uniform(106, 107), chance.uniform(21, 22)] for _ in range(corners)]
    return [*ring, ring[0]]


def _features(*geometries: object) -> bytes:
    return json.dumps({
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"code": f"P-{i}", "name_vi": "Vùng"},
             "geometry": one} for i, one in enumerate(geometries)
        ],
    }).encode()  # fmt: skip


def _crossing(chance: random.Random) -> Made:
    shapes = [{"type": "Polygon", "coordinates": [_ring(chance, chance.randint(3, 60))]}
              for _ in range(chance.randint(1, 8))]  # fmt: skip
    return "geojson", _features(*shapes)


def _around(chance: random.Random) -> Made:
    east = chance.choice((-179.0, 181.0, 540.0))
    ring = [[179.0, 21.0], [east, 21.0], [east, 22.0], [179.0, 22.0], [179.0, 21.0]]
    line = {"type": "LineString", "coordinates": [[179.5, 21], [-179.5, 21.5]]}
    return "geojson", _features({"type": "Polygon", "coordinates": [ring]}, line)


def _odd_shapes(chance: random.Random) -> Made:
    shapes = [
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[106, 21], [107, 22]]]},
        {"type": "LineString", "coordinates": [[106, 21]]},
        {"type": "Point", "coordinates": [1e300, 2]},
        {"type": "Point", "coordinates": ["106", None]},
        {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, 2]}]},
        {"type": "MultiPolygon", "coordinates": [[_ring(chance, 4)], [_ring(chance, 4)]]},
        {"type": "Point", "coordinates": [[[[106]]]]},
        None,
        "POINT(1 2)",
    ]
    chance.shuffle(shapes)
    return "geojson", _features(*shapes[: chance.randint(1, len(shapes))])


def _traversal(chance: random.Random) -> Made:
    names = ("../../evil.csv", "/tmp/evil.csv", "..\\..\\evil.csv", "C:\\evil.csv", "a/../../b.csv",
             "CON.csv", "a\x00.csv", "sites.csv", "../sites.site_code.csv")  # fmt: skip
    some = {chance.choice(names): b"code,name_vi\nZ-1,a\n" for _ in range(chance.randint(1, 4))}
    return "zip", zip_of(some)


def _many_members(chance: random.Random) -> Made:
    return "zip", zip_of({f"{i}.csv": b"" for i in range(chance.choice((10, 6_000)))})


def _link(chance: random.Random) -> Made:
    import io

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        info = zipfile.ZipInfo("a.csv")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, chance.choice(("/etc/passwd", "../../x")))
    return "zip", stream.getvalue()


def _entities(chance: random.Random) -> Made:
    kml = "Document><Placemark><name>{text}</name></Placemark></Document"
    makers: tuple[Callable[[], Made], ...] = (
        lambda: ("kml", entity_bomb("kml", kml)),
        lambda: ("kml", external_entity("kml", kml, _SECRET)),
        lambda: ("gpx", entity_bomb("gpx", "wpt>{text}</wpt")),
        lambda: ("gpx", external_entity("gpx", "{text}", _SECRET)),
        lambda: ("xlsx", workbook(sheet_row(1, "&m;"), "<!DOCTYPE x [<!ENTITY m 'm'>]>")),
        lambda: ("kml", vrt(_SECRET)),
    )
    return chance.choice(makers)()


def _json_tables(chance: random.Random) -> Made:
    cells: tuple[object, ...] = ("x", 1, 1.5, None, True, "nan", [1], {"a": 1}, "LS-001", 10**30)
    columns = ["uuid", "site_uuid", "code", "name_vi", "lon", "lat", "geojson", "own:x"]
    tables = {
        chance.choice(
            ("sites", "site_code", "site_extent", "own_field", "term", "../x", "photo")
        ): {
            "columns": columns,
            "rows": [[chance.choice(cells) for _ in columns] for _ in range(chance.randint(0, 5))],
        }
        for _ in range(chance.randint(1, 4))
    }
    text = json.dumps({"geopark_tables": tables})
    return "json", text.replace("1.5", chance.choice(("1.5", "NaN", "Infinity", "1e999"))).encode()


def _deep(chance: random.Random) -> Made:
    depth = chance.choice((500, 5_000, 100_000))
    head = chance.choice(('{"geopark_tables":', '{"type":"FeatureCollection","features":'))
    return "json", (head + "[" * depth).encode()


def _empty_rows(chance: random.Random) -> Made:
    if chance.random() < 0.1:
        return "xlsx", million_empty_rows()
    return "csv", b"code,name_vi\nN-1,Hang\n" + b",\n" * chance.choice((1_000, 1_000_000))


def _bomb(chance: random.Random) -> Made:
    return ("zip", zip_bomb()) if chance.random() < 0.1 else ("kmz", lying_zip())


def _wide(chance: random.Random) -> Made:
    width = chance.choice((200, 999, 5_000))
    return "csv", b"code" + b",x" * width + b"\n" + b"1" + b",2" * width + b"\n"


HOSTILE: dict[str, Callable[[random.Random], Made]] = {
    "NaN and infinity": _odd_numbers,
    "control and right-to-left": _signs,
    "formulas": _formulas,
    "100 kB cell": _huge_cell,
    "double codes": _doubles,
    "double columns": _double_header,
    "wrong encodings": _encodings,
    "self-crossing": _crossing,
    "antimeridian": _around,
    "odd shapes": _odd_shapes,
    "path traversal": _traversal,
    "many members": _many_members,
    "links in archives": _link,
    "XML entities": _entities,
    "JSON tables": _json_tables,
    "deep JSON": _deep,
    "a million empty rows": _empty_rows,
    "zip bombs": _bomb,
    "wide tables": _wide,
}
"""Name to maker; a maker gives the ending of the file and its content."""
