"""Runs inside the worker: GIS files through GDAL, with the one driver the content calls for."""

from pathlib import Path
from typing import Any

from geopark_app.exchange.file_trouble import refused
from geopark_app.exchange.gdal_drivers import check_drivers, close_gdal
from geopark_app.exchange.raw_table import MOST_ROWS, Budget, RawRow, RawTable, WantedTables
from geopark_app.exchange.reading_shapes import read_shape
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


def read_layer(path: Path, form: str, wanted: WantedTables) -> RawTable:
    """Read one layer: the one named, else the one with most features; and further ones."""
    driver = DRIVERS[form]
    close_gdal(made_at="2000-01-01T00:00:00.000Z", only=driver)
    import pyogrio
    from pyogrio.errors import CRSError, DataLayerError, DataSourceError, FieldError

    check_drivers(pyogrio.list_drivers(), {driver})
    pyogrio.set_gdal_config_options({"OGR_GEOJSON_MAX_OBJ_SIZE": "100", "SHAPE_RESTORE_SHX": "YES"})
    troubles = (DataSourceError, DataLayerError, CRSError, FieldError, RuntimeError, ValueError,
                UnicodeDecodeError, OverflowError, OSError)  # fmt: skip
    try:
        names = [str(name) for name in pyogrio.list_layers(str(path))[:, 0]]
        chosen = _chosen(path, names, wanted, form)
        table = _one_layer(path, form, chosen, wanted.encoding)
        table.layers = names
        table.further = [
            _one_layer(path, form, name, wanted.encoding)
            for name in wanted.also
            if name in names and name != chosen
        ]
    except troubles as error:
        raise refused("damaged", told=str(error)[:200]) from error
    if form in {"kml", "gpx"}:
        _drop_machinery(table)
    return table


def _one_layer(path: Path, form: str, layer: str, encoding: str | None) -> RawTable:
    import numpy as np
    import pyogrio
    from pyogrio import raw

    opened: dict[str, Any] = {"layer": layer}
    if form == "shp":
        # Read byte by byte: what a .cpg says may be a lie.
        opened["encoding"] = _RAW
    info = pyogrio.read_info(str(path), force_feature_count=True, **opened)
    if info["features"] > MOST_ROWS:
        raise refused("too-many", rows=MOST_ROWS)
    meta, _, geometry, columns = raw.read(str(path), datetime_as_string=True, **opened)
    fields = [str(name) for name in meta["fields"]]
    texts = [[_text(value) for value in column] for column in columns]
    table = RawTable(
        format=form,
        header=fields,
        crs="EPSG:4326" if form in _WGS84_ALWAYS else str(meta["crs"] or ""),
        layer=layer,
        layers=[layer],
    )
    if form == "shp":
        _decode_shapefile(table, texts, path, encoding)
    count = len(texts[0]) if texts else (0 if geometry is None else len(geometry))
    shapes = geometry if geometry is not None else np.full(count, None, dtype=object)
    budget = Budget()
    for index in range(count):
        cells = [column[index] for column in texts]
        row = RawRow(number=index + 1, cells=cells, wkb=shapes[index])
        read_shape(shapes[index], row)
        if budget.take([*cells, row.shape, row.geometry]):
            table.rows.append(row)
    table.empty_rows = budget.empty_rows
    return table


def _chosen(path: Path, names: list[str], wanted: WantedTables, form: str) -> str:
    import pyogrio

    if wanted.layer is not None and wanted.layer not in names:
        raise refused("no-layer", name=wanted.layer, known=", ".join(names))
    if not names:
        raise refused("empty")
    chosen = wanted.chosen_of(names)
    if chosen is not None:
        return chosen
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
