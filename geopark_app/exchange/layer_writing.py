"""Runs inside the worker: writes point layers with GDAL."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.exchange.gdal_drivers import ALLOWED, check_drivers, close_gdal
from geopark_app.store.writing_files import translated_os_errors

_TOO_LITTLE_BYTES = 4 * 1024 * 1024
_OPTIONS: dict[str, dict[str, str]] = {
    "GPKG": {"FID": "fid", "GEOMETRY_NAME": "geom", "VERSION": "1.3"},
    "GeoJSON": {"RFC7946": "YES", "WRITE_NAME": "NO"},
    "ESRI Shapefile": {"ENCODING": "UTF-8"},
    "LIBKML": {},
    "GPX": {},
}


def write_layers(job: Mapping[str, Any]) -> dict[str, Any]:
    """Write `job["layers"]` into a new file and give its size.

    Keys of the job: path, driver, made_at (ISO 8601), layers (name, epsg, points or
    shapes or is_plain, fields with name, is_number, values).

    Raises
    ------
    GeoparkError
        UNSUPPORTED_FORMAT for a driver not allowed; DISK_FULL or another environment code;
        WORKER_FAILED with GDAL's own words.
    """
    if job["driver"] not in ALLOWED:
        raise GeoparkError(ErrorCode.UNSUPPORTED_FORMAT, format=job["driver"])
    close_gdal(made_at=job["made_at"], only=job["driver"])
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError

    check_drivers(pyogrio.list_drivers(), {job["driver"]})
    path = Path(job["path"])
    with translated_os_errors(path):
        # GDAL tells a forbidden folder in words only; the system says it plainly.
        path.touch(exist_ok=False)
        path.unlink()
    try:
        for number, layer in enumerate(job["layers"]):
            _write(path, job["driver"], layer, is_first=number == 0)
    except (DataLayerError, DataSourceError, RuntimeError) as error:
        raise _translated(path, error) from error
    return {"bytes": path.stat().st_size}


def _write(path: Path, driver: str, layer: Mapping[str, Any], *, is_first: bool) -> None:
    import numpy as np
    from pyogrio import raw

    shapes, geometry_type = _shapes(layer)
    data, masks = [], []
    for field in layer["fields"]:
        empty = [value is None for value in field["values"]]
        kind: Any = float if field["is_number"] else object
        fill: Any = 0.0 if field["is_number"] else ""
        data.append(
            np.array(
                [
                    fill if is_empty else _plain(value, is_number=field["is_number"])
                    for value, is_empty in zip(field["values"], empty, strict=True)
                ],
                dtype=kind,
            )
        )
        masks.append(np.array(empty, dtype=bool))
    raw.write(
        str(path),
        geometry=shapes,
        field_data=data,
        fields=np.array([field["name"] for field in layer["fields"]], dtype=object),
        field_mask=masks,
        layer=layer["name"],
        driver=driver,
        geometry_type=geometry_type,
        crs=None if layer.get("is_plain") else f"EPSG:{layer['epsg']}",
        append=not is_first,
        **_OPTIONS[driver],
    )


def _shapes(layer: Mapping[str, Any]) -> tuple[Any, str | None]:
    """Give the geometry of the rows as WKB, and its kind; neither for a plain table."""
    import numpy as np
    import shapely

    if layer.get("is_plain"):
        return None, None
    if layer.get("shapes"):
        drawn = [None if text is None else shapely.from_geojson(text) for text in layer["shapes"]]
        kinds = {one.geom_type for one in drawn if one is not None}
        return shapely.to_wkb(np.array(drawn, dtype=object)), _common_kind(kinds)
    pairs = [point or (np.nan, np.nan) for point in layer["points"]]
    shapes: Any = shapely.to_wkb(shapely.points(np.array(pairs, dtype=float).reshape(-1, 2)))
    shapes[[point is None for point in layer["points"]]] = None
    return shapes, "Point"


def _common_kind(kinds: set[str]) -> str:
    if len(kinds) == 1:
        return next(iter(kinds))
    bare = {kind.removeprefix("Multi") for kind in kinds}
    return f"Multi{next(iter(bare))}" if len(bare) == 1 else "Unknown"


def _plain(value: object, *, is_number: bool) -> object:
    return float(str(value)) if is_number else str(value)


def _translated(path: Path, error: Exception) -> GeoparkError:
    # GDAL tells a full disk in words only.
    if shutil.disk_usage(path.parent).free < _TOO_LITTLE_BYTES:
        return GeoparkError(ErrorCode.DISK_FULL, path=path)
    return GeoparkError(ErrorCode.WORKER_FAILED, reason=str(error))
