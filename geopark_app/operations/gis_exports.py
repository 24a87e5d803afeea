"""The sites as a GIS file of any format, with what the format loses said."""

import json
import secrets
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from geopark_app.domain.declaration import Audience
from geopark_app.domain.progress import CancelToken
from geopark_app.exchange.layers import PointLayer, write_point_layers
from geopark_app.exchange.reading_records import TABLES
from geopark_app.exchange.shapefile_limits import fit_shapefile
from geopark_app.exchange.tables import Cell, Column, Table
from geopark_app.geo.crs import WGS84
from geopark_app.operations.export_reading import ExportSite, Labels
from geopark_app.operations.extent_layers import LAYER as EXTENTS
from geopark_app.operations.extent_layers import (
    DrawnExtent,
    extent_layer,
    full_extent_layer,
    layers_by_shape,
)
from geopark_app.operations.site_tables import point_layers, unplaced_table
from geopark_app.operations.table_files import tables_json
from geopark_app.store.writing_files import translated_os_errors

_DRIVERS = {
    "gpkg": "GPKG",
    "geojson": "GeoJSON",
    "shp": "ESRI Shapefile",
    "kml": "LIBKML",
    "kmz": "LIBKML",
    "gpx": "GPX",
}
# What stands beside the record in other formats; a Shapefile has no room for it.
_BESIDE = frozenset(
    {"kind_vi", "kind_en", "commune", "former_commune", "border_commune", "readiness_pct",
     "coverage_pct", "readiness_red", "accuracy_m"}
)  # fmt: skip
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class GisExport:
    """What is written where.

    Attributes
    ----------
    out : Path
        The file.
    form : str
        gpkg, geojson, shp, kml, kmz or gpx.
    audience : Audience
        Who will have it.
    epsg : int
        Projected system beside WGS 84; a Shapefile, which holds one, is written in WGS 84.
    """

    out: Path
    form: str
    audience: Audience
    epsg: int


def export_gis(
    job: GisExport,
    items: Sequence[ExportSite],
    labels: Labels,
    extents: Sequence[DrawnExtent] = (),
    beside: Sequence[Table] = (),
    *,
    made_at: datetime,
    cancel: CancelToken,
) -> tuple[tuple[str, ...], ...]:
    """Write the file and give what the format could not hold.

    `extents` are lines and areas of the sites, `beside` the tables that make it complete.

    Raises
    ------
    Cancelled, GeoparkError
        Nothing is written then.
    """
    wgs84, projected = point_layers(items, labels, epsg=job.epsg, complete_for=job.audience)
    losses: list[tuple[str, ...]] = []
    layers: tuple[PointLayer, ...] = (wgs84,)
    if job.form == "gpkg":
        layers = (wgs84, projected)
    if job.form in {"gpkg", "geojson"} and job.audience is Audience.INTERNAL:
        layers = (_with_unplaced(wgs84, items, labels, job.audience), *layers[1:])
    elif job.form == "shp":
        whole = replace(wgs84, name=job.out.stem, table=_without(wgs84.table, _BESIDE))
        drawn = layers_by_shape(extents, job.out.stem)
        layers = tuple(_fitted(layer, losses) for layer in (whole, *drawn))
    elif job.form in {"kml", "kmz"}:
        layers = (replace(wgs84, table=_with_kml_names(wgs84.table)),)
    elif job.form == "gpx":
        layers = (replace(wgs84, name="waypoints", table=_gpx_table(wgs84.table)),)
        losses.append(("gpx",))
        if extents:
            losses.append(("no-shapes",))
    if beside and job.form in {"shp", "kml", "kmz", "gpx"}:
        losses.append(("no-lists",))
    if job.form == "gpkg":
        layers = (*layers, *_layers_beside(extents, beside))
    elif job.form in {"kml", "kmz"} and extents:
        layers = (*layers, _titled(extent_layer(extents)))
    shapes = (extent_layer(extents),) if extents and job.form == "geojson" else ()
    _write(job, layers, beside, shapes, made_at=made_at, cancel=cancel)
    return tuple(losses)


def write_layer_files(
    job: GisExport, layer: PointLayer, *, made_at: datetime, cancel: CancelToken | None = None
) -> tuple[tuple[str, ...], ...]:
    """Write one layer of records that are no sites, and give what the format could not hold."""
    losses: list[tuple[str, ...]] = []
    if job.form == "shp":
        layer = _fitted(replace(layer, name=job.out.stem), losses)
    _write(job, (layer,), (), (), made_at=made_at, cancel=cancel or CancelToken())
    return tuple(losses)


def _fitted(layer: PointLayer, losses: list[tuple[str, ...]]) -> PointLayer:
    """Cut what a Shapefile has no room for, and say it."""
    fitted = fit_shapefile(layer.table)
    names = ", ".join(f"{name} → {short}" for name, short in fitted.renamed.items())
    if names:
        losses.append(("names", names))
    if fitted.cut:
        cut = ", ".join(f"{name} ({count})" for name, count in fitted.cut.items())
        losses.append(("texts", cut))
    return replace(layer, table=fitted.table)


def _layers_beside(extents: Sequence[DrawnExtent], beside: Sequence[Table]) -> list[PointLayer]:
    """Give the further tables of a GeoPackage; extents are drawn, the others are plain."""
    layers = [
        full_extent_layer(table, extents)
        if table.name == EXTENTS
        else PointLayer(name=table.name, epsg=WGS84, points=(), table=table, is_plain=True)
        for table in beside
    ]
    if extents and not beside:
        layers.append(extent_layer(extents))
    return layers


def _titled(layer: PointLayer) -> PointLayer:
    names = [column.name for column in layer.table.columns]
    code, name = names.index("site_code"), names.index("name_vi")
    rows = tuple(
        (" ".join(str(part) for part in (row[code], row[name]) if part), *row)
        for row in layer.table.rows
    )
    columns = (_text("name"), *layer.table.columns)
    return replace(layer, table=replace(layer.table, columns=columns, rows=rows))


def _write(
    job: GisExport,
    layers: tuple[PointLayer, ...],
    beside: Sequence[Table],
    shapes: tuple[PointLayer, ...],
    *,
    made_at: datetime,
    cancel: CancelToken,
) -> None:
    folder = job.out.with_name(f".{job.out.stem}.{secrets.token_hex(4)}")
    suffix = {"shp": ".shp"}.get(job.form, f".{job.form}")
    with translated_os_errors(job.out):
        try:
            folder.mkdir()
            # A Shapefile holds one layer, a GeoJSON file too: further ones stand beside it.
            files: list[tuple[str, tuple[PointLayer, ...]]] = [(job.out.stem, layers)]
            if job.form == "shp":
                files = [(layer.name, (layer,)) for layer in layers]
            files += [(f"{job.out.stem}_{layer.name}", (layer,)) for layer in shapes]
            for stem, some in files:
                write_point_layers(
                    folder / f"{stem}{suffix}",
                    _DRIVERS[job.form],
                    some,
                    made_at=made_at.replace(microsecond=0),
                    cancel=cancel,
                )
            if job.form == "geojson":
                _complete_geojson(folder / f"{job.out.stem}{suffix}", layers[0], beside)
            made = sorted(folder.iterdir())
            if job.form == "shp" and job.out.suffix.lower() == ".zip":
                made = [_zipped(made, folder / job.out.name)]
            for file in made:
                is_main = file.name == f"{job.out.stem}{suffix}" and job.form != "shp"
                name = job.out.name if len(made) == 1 or is_main else file.name
                file.replace(job.out.with_name(name))
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _complete_geojson(file: Path, layer: PointLayer, beside: Sequence[Table]) -> None:
    """Give the numbers all their digits, of which GDAL keeps fifteen, and add our tables.

    Other programs pass over a member they do not know (RFC 7946, 6.1).
    """
    content = json.loads(file.read_text(encoding="utf-8"))
    features = content.pop("features")
    numbers = [
        (index, column.name) for index, column in enumerate(layer.table.columns) if column.is_number
    ]
    for feature, row in zip(features, layer.table.rows, strict=True):
        feature["properties"].update({name: row[index] for index, name in numbers})
    head = "".join(f"{_json(name)}: {_json(value)},\n" for name, value in content.items())
    tail = f',\n"{TABLES}": {_json(tables_json(beside))}' if beside else ""
    lines = ",\n".join(_json(feature) for feature in features)
    file.write_text(f'{{\n{head}"features": [\n{lines}\n]{tail}\n}}\n', encoding="utf-8")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _zipped(files: Sequence[Path], target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(file.name, _ZIP_DAY), file.read_bytes())
    return target


def _with_unplaced(
    layer: PointLayer, items: Sequence[ExportSite], labels: Labels, audience: Audience
) -> PointLayer:
    unplaced = [item for item in items if item.point is None]
    more = unplaced_table(unplaced, labels, audience)
    table = replace(layer.table, rows=(*layer.table.rows, *more.rows))
    return replace(layer, points=(*layer.points, *[None] * len(unplaced)), table=table)


def _without(table: Table, names: frozenset[str]) -> Table:
    kept = [index for index, column in enumerate(table.columns) if column.name not in names]
    return replace(
        table,
        columns=tuple(table.columns[index] for index in kept),
        rows=tuple(tuple(row[index] for index in kept) for row in table.rows),
    )


def _with_kml_names(table: Table) -> Table:
    """Add the name and the description that map programs show."""
    columns = (_text("name"), _text("description"), *table.columns)
    names = [column.name for column in table.columns]
    rows = tuple((_title(names, row), row[names.index("summary_vi")], *row) for row in table.rows)
    return replace(table, columns=columns, rows=rows)


def _gpx_table(table: Table) -> Table:
    names = [column.name for column in table.columns]
    wanted = {"cmt": "name_en", "desc": "summary_vi", "type": "kind"}
    return replace(
        table,
        columns=(_text("name"), *(_text(name) for name in wanted)),
        rows=tuple(
            (_title(names, row), *(row[names.index(source)] for source in wanted.values()))
            for row in table.rows
        ),
    )


def _title(names: Sequence[str], row: Sequence[Cell]) -> str:
    parts = (row[names.index(name)] for name in ("code", "name_vi"))
    return " ".join(str(part) for part in parts if part)


def _text(name: str) -> Column:
    return Column(name=name, label_vi=name, label_en=name)
