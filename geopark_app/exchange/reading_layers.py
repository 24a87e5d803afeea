"""Runs inside the worker: GIS files through GDAL, with the one driver the content calls for."""

from pathlib import Path
from typing import Any

from geopark_app.exchange.file_trouble import refused
from geopark_app.exchange.gdal_drivers import check_drivers, close_gdal
from geopark_app.exchange.raw_table import MOST_ROWS, Budget, RawRow, RawTable
from geopark_app.exchange.text_encodings import single_byte_encoding

DRIVERS = {
    "gpkg": "GPKG",
    "geojson": "GeoJSON",
    "shp": "ESRI Shapefile",
    "kml": "LIBKML",
    "gpx": "GPX",
    "tab": "MapInfo File",
    "mif": "MapInfo File",
}
_RAW = "ISO-8859-1"
_WGS84_ALWAYS = {"kml", "gpx"}
_KML_MACHINERY = {
    "timestamp", "begin", "end", "altitudemode", "tessellate", "extrude", "visibility",
    "draworder", "icon", "snippet",
}  # fmt: skip
_HALF_TURN = 180.0


def read_layer(path: Path, form: str, layer: str | None, encoding: str | None) -> RawTable:
    """Read one layer: the one named, else the one with most features."""
    driver = DRIVERS[form]
    close_gdal(made_at="2000-01-01T00:00:00.000Z", only=driver)
    import numpy as np
    import pyogrio
    from pyogrio import raw
    from pyogrio.errors import CRSError, DataLayerError, DataSourceError, FieldError

    check_drivers(pyogrio.list_drivers(), {driver})
    pyogrio.set_gdal_config_options({"OGR_GEOJSON_MAX_OBJ_SIZE": "100", "SHAPE_RESTORE_SHX": "YES"})
    troubles = (DataSourceError, DataLayerError, CRSError, FieldError, RuntimeError, ValueError,
                UnicodeDecodeError, OverflowError, OSError)  # fmt: skip
    try:
        names = [str(name) for name in pyogrio.list_layers(str(path))[:, 0]]
        chosen = _chosen(path, names, layer, form)
        opened: dict[str, Any] = {"layer": chosen}
        if form == "shp":
            # Read byte by byte: what a .cpg says may be a lie.
            opened["encoding"] = _RAW
        info = pyogrio.read_info(str(path), force_feature_count=True, **opened)
        if info["features"] > MOST_ROWS:
            raise refused("too-many", rows=MOST_ROWS)
        meta, _, geometry, columns = raw.read(str(path), datetime_as_string=True, **opened)
    except troubles as error:
        raise refused("damaged", told=str(error)[:200]) from error
    fields = [str(name) for name in meta["fields"]]
    texts = [[_text(value) for value in column] for column in columns]
    table = RawTable(
        format=form,
        header=fields,
        crs="EPSG:4326" if form in _WGS84_ALWAYS else str(meta["crs"] or ""),
        layer=chosen,
        layers=names,
    )
    if form == "shp":
        _decode_shapefile(table, texts, path, encoding)
    count = len(texts[0]) if texts else (0 if geometry is None else len(geometry))
    shapes = geometry if geometry is not None else np.full(count, None, dtype=object)
    budget = Budget()
    for index in range(count):
        cells = [column[index] for column in texts]
        point, shape, trouble = _point_of(shapes[index])
        if budget.take([*cells, shape]):
            table.rows.append(
                RawRow(
                    number=index + 1,
                    cells=cells,
                    point=point,
                    shape=shape,
                    trouble=trouble,
                    wkb=shapes[index],
                )
            )
    table.empty_rows = budget.empty_rows
    if form in {"kml", "gpx"}:
        _drop_machinery(table)
    return table


def _chosen(path: Path, names: list[str], wanted: str | None, form: str) -> str:
    import pyogrio

    if wanted is not None:
        if wanted not in names:
            raise refused("no-layer", name=wanted, known=", ".join(names))
        return wanted
    if not names:
        raise refused("empty")
    # Exports of ours have the sites in WGS 84 first and again in the projected system.
    if "sites" in names:
        return "sites"
    if form == "gpx" and "waypoints" in names:
        counts = [pyogrio.read_info(str(path), layer="waypoints")["features"]]
        if counts[0]:
            return "waypoints"
    sizes = [
        pyogrio.read_info(str(path), layer=name, force_feature_count=True)["features"]
        for name in names[:50]
    ]
    return names[max(range(len(sizes)), key=lambda index: sizes[index])]


def _decode_shapefile(
    table: RawTable, texts: list[list[str]], path: Path, encoding: str | None
) -> None:
    cpg = path.with_suffix(".cpg")
    said = cpg.read_text(encoding="ascii", errors="replace").strip()[:40] if cpg.is_file() else ""
    sample = "\n".join(cell for column in texts for cell in column if not cell.isascii())
    content = sample.encode("latin-1", "replace")
    told = encoding or said or "utf-8"
    if encoding is None:
        told = _really(content, said)
        if said and content and _family(told) != _family(said):
            table.warnings.append(["cpg-lies", said, told])
    table.encoding = told if content else (said or "ascii")
    for column in texts:
        column[:] = [_decoded(cell, told) for cell in column]
    table.header = [_decoded(name, told) for name in table.header]


def _really(content: bytes, said: str) -> str:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        # A field cut in the middle of a letter is still UTF-8.
        good = sum(1 for part in content.split(b"\n") if _is_nearly_utf8(part))
        if good > 0.8 * (content.count(b"\n") + 1):
            return "utf-8"
        del error
        return single_byte_encoding(content[:262_144])
    return "utf-8" if content else (said or "utf-8")


def _is_nearly_utf8(part: bytes) -> bool:
    try:
        part.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(part) - 3 and error.start > 0
    return True


def _family(name: str) -> str:
    plain = name.casefold().replace("-", "").replace("_", "").replace(" ", "")
    for family in ("utf8", "65001"):
        if family in plain:
            return "utf8"
    digits = "".join(char for char in plain if char.isdigit())
    return digits or plain


def _decoded(cell: str, encoding: str) -> str:
    if cell.isascii():
        return cell
    from geopark_app.exchange.text_encodings import decode

    content = cell.encode("latin-1", "replace")
    if encoding.lower().replace("-", "") == "utf8":
        return content.decode("utf-8", "ignore")
    try:
        return decode(content, encoding).text
    except Exception:  # noqa: BLE001 - a .cpg may name anything
        return decode(content, "cp1252").text


def _text(value: object) -> str:
    import numpy as np

    if value is None:
        return ""
    if isinstance(value, float | np.floating):
        number = float(value)
        if number != number:
            return ""
        return str(int(number)) if number.is_integer() and abs(number) < 2**53 else repr(number)
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return ""
    text = str(value)
    return "" if text == "NaT" else text


def _point_of(content: bytes | None) -> tuple[tuple[float, float] | None, str, str]:
    """Give a point of the shape, the kind of shape, and what is wrong with it."""
    import shapely

    if content is None:
        return None, "", ""
    try:
        shape = shapely.from_wkb(content)
    except shapely.errors.ShapelyError:
        return None, "", "bad-shape"
    if shape.is_empty:
        return None, "", ""
    kind = shape.geom_type
    west, south, east, north = shape.bounds
    if not all(abs(number) < 1e9 for number in (west, south, east, north)):
        return None, kind, "bad-shape"
    if isinstance(shape, shapely.Point):
        return (float(shape.x), float(shape.y)), kind, ""
    looks_like_degrees = max(abs(west), abs(east)) <= 360 and max(abs(south), abs(north)) <= 90
    if looks_like_degrees and east - west > _HALF_TURN:
        return None, kind, "antimeridian"
    trouble = ""
    if not shape.is_valid:
        trouble = "mended"
        shape = shapely.make_valid(shape)
    inside = shapely.point_on_surface(shape)
    return (float(inside.x), float(inside.y)), kind, trouble


def _drop_machinery(table: RawTable) -> None:
    """Leave out the empty columns every KML and GPX file has, and what repeats our own."""
    repeated = {"name", "description"} if {"uuid", "name_vi"} <= set(table.header) else set()
    left_out = _KML_MACHINERY | repeated
    kept = [
        index
        for index, name in enumerate(table.header)
        if any(row.cells[index] for row in table.rows) and name.lower() not in left_out
    ]
    table.header = [table.header[index] for index in kept]
    for row in table.rows:
        row.cells = [row.cells[index] for index in kept]
