"""Runs inside the worker: the shapes of a foreign layer, looked at, then written as plain GeoJSON.

What is written is ours: WGS 84, two dimensions, valid, with code and name and nothing else.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from geopark_app.exchange.file_trouble import refused
from geopark_app.exchange.foreign_reading import read_table
from geopark_app.exchange.raw_table import RawRow, RawTable
from geopark_app.exchange.sniffing import format_of
from geopark_app.exchange.track_lines import TRACK_POINTS, track_lines

MOST_VERTICES = 3_000_000
_VALUES_SHOWN = 30
_LONGEST_VALUE = 120
_DECIMALS = 7
_WGS84 = "EPSG:4326"
_HALF_TURN = 180.0
_FAMILIES = {
    "polygon": ("Polygon", "MultiPolygon"),
    "line": ("LineString", "MultiLineString", "LinearRing"),
    "any": (),
}


def inspect_shapes(job: Mapping[str, Any]) -> dict[str, Any]:
    """Say what a layer holds: columns with their values, shapes, system; nothing is written.

    Keys of the job: those of `foreign_reading.read_foreign`, and `is_track`.
    """
    table = _table(job)
    return {
        "format": table.format,
        "encoding": table.encoding,
        "crs": _told_crs(table),
        "layer": table.layer,
        "layers": table.layers,
        "features": len(table.rows),
        "shapes": Counter(row.shape or "none" for row in table.rows),
        "columns": [_column(table, index) for index in range(len(table.header))],
        "warnings": table.warnings,
    }


def take_shapes(job: Mapping[str, Any]) -> dict[str, Any]:
    """Write the chosen features as GeoJSON and say what became of each.

    Further keys of the job: `crs`, `family` (polygon, line or any), `filter` (column and values,
    or None), `code`, `name_vi`, `name_en` (columns or empty), `out` (the file to write).
    """
    table = _table(job)
    if job.get("is_track"):
        features, rows = _track_features(table)
    else:
        features, rows = _features(table, job)
    text = json.dumps(
        {"type": "FeatureCollection", "features": features},
        ensure_ascii=False,
        separators=(",", ":"),
        allow_nan=False,
    )
    Path(job["out"]).write_text(text, encoding="utf-8")
    # Points of a track are not features that a filter has left out.
    left_out = 0 if job.get("is_track") else len(table.rows) - len(rows)
    return {"rows": rows, "left_out": left_out}


def _table(job: Mapping[str, Any]) -> RawTable:
    if job.get("is_track") and format_of(Path(job["path"])) == "gpx":
        job = {**job, "layer": TRACK_POINTS}
    table = read_table(job)
    if not any(row.wkb is not None for row in table.rows):
        raise refused("no-track" if job.get("is_track") else "no-shapes")
    return table


def _told_crs(table: RawTable) -> str:
    """Give the system the file says; GeoJSON in metres says WGS 84 only because it says nothing."""
    if table.format == "geojson" and table.crs.upper().endswith("4326"):
        beyond = sum(1 for row in table.rows if row.point and not _in_degrees(row.point))
        if beyond * 2 > len(table.rows):
            return ""
    return table.crs


def _in_degrees(point: tuple[float, float]) -> bool:
    return abs(point[0]) <= _HALF_TURN and abs(point[1]) <= _HALF_TURN / 2


def _column(table: RawTable, index: int) -> dict[str, Any]:
    counts = Counter(row.cells[index] for row in table.rows if row.cells[index])
    common = [
        [value, count]
        for value, count in counts.most_common(_VALUES_SHOWN)
        if len(value) <= _LONGEST_VALUE
    ]
    return {"name": table.header[index], "distinct": len(counts), "values": common}


def _features(
    table: RawTable, job: Mapping[str, Any]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    columns = {part: _index(table, job.get(part)) for part in ("code", "name_vi", "name_en")}
    features: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    vertices = 0
    for row in _filtered(table, job.get("filter")):
        words = {part: row.cells[at] if at is not None else "" for part, at in columns.items()}
        shape, trouble, note = _shape_of(row, str(job["crs"]), str(job["family"]))
        answer = {"number": row.number, **words, "reason": trouble, "note": note, "area_m2": 0.0}
        rows.append(answer)
        if shape is None:
            continue
        from shapely import get_num_coordinates
        from shapely.geometry import mapping

        from geopark_app.geo.measure import area_m2

        vertices += int(get_num_coordinates(shape))
        if vertices > MOST_VERTICES:
            raise refused("too-large")
        answer["area_m2"] = area_m2(shape)
        answer["bounds"] = list(shape.bounds)
        properties = {"number": row.number, **words}
        features.append(
            {"type": "Feature", "properties": properties, "geometry": _rounded(mapping(shape))}
        )
    return features, rows


def _track_features(table: RawTable) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    features = track_lines(table)
    if not features:
        raise refused("no-track")
    rows = [
        {
            "number": number,
            "code": "",
            "name_vi": str(feature["properties"].get("name_vi") or ""),
            "name_en": "",
            "reason": "",
            "note": "",
            "area_m2": 0.0,
        }
        for number, feature in enumerate(features, start=1)
    ]
    return features, rows


def _index(table: RawTable, name: object) -> int | None:
    if not name:
        return None
    if name not in table.header:
        raise refused("no-column", name=name, known=", ".join(table.header[:20]))
    return table.header.index(str(name))


def _filtered(table: RawTable, chosen: Sequence[Any] | None) -> list[RawRow]:
    if not chosen:
        return table.rows
    index = _index(table, chosen[0])
    wanted = set(chosen[1])
    return [row for row in table.rows if index is not None and row.cells[index] in wanted]


def _shape_of(row: RawRow, crs: str, family: str) -> tuple[Any, str, str]:
    """Give the shape in WGS 84 or None, why not, and what was put right."""
    import shapely

    from geopark_app.geo.foreign_crs import shape_to_wgs84

    if row.wkb is None or row.trouble == "bad-shape":
        return None, "bad-shape" if row.trouble else "no-shape", ""
    if row.trouble == "antimeridian":
        return None, "antimeridian", ""
    shape: Any = shapely.force_2d(shapely.from_wkb(row.wkb))
    if _FAMILIES[family] and shape.geom_type not in _FAMILIES[family]:
        return None, f"no-{family}", ""
    shape = shape_to_wgs84(shape, crs)
    if shape is None:
        return None, "bad-position", ""
    note = ""
    if not shape.is_valid:
        note = "mended"
        shape = _same_family(shapely.make_valid(shape), shape.geom_type)
        if shape is None:
            return None, "bad-shape", ""
    if shape.bounds[2] - shape.bounds[0] > _HALF_TURN:
        return None, "antimeridian", ""
    return shape, "", note


def _same_family(mended: Any, kind: str) -> Any:
    """Give the parts of the kind the shape had: putting right may leave stray lines and points."""
    import shapely

    dimension = 2 if "Polygon" in kind else 1 if "Line" in kind else 0
    parts = [
        part
        for part in shapely.get_parts(mended, return_index=False)
        if shapely.get_dimensions(part) == dimension and not part.is_empty
    ]
    flat = [piece for part in parts for piece in shapely.get_parts(part)]
    return shapely.union_all(flat) if flat else None


def _rounded(geometry: Any) -> dict[str, Any]:
    if geometry["type"] == "GeometryCollection":
        parts = [_rounded(part) for part in geometry["geometries"]]
        return {"type": "GeometryCollection", "geometries": parts}
    return {"type": geometry["type"], "coordinates": _round(geometry["coordinates"])}


def _round(value: Any) -> Any:
    if isinstance(value, float | int):
        return round(float(value), _DECIMALS)
    return [_round(part) for part in value]
