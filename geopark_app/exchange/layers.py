"""Point layers on their way to a GIS file; the worker writes them, GDAL never runs here."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from geopark_app.domain.progress import CancelToken
from geopark_app.exchange.tables import Table
from geopark_app.typeset.worker_process import WorkerLimits, run_in_worker

_LIMITS = WorkerLimits(seconds=120, memory_mb=4096)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointLayer:
    """One layer of points, of shapes, or a table without places.

    Attributes
    ----------
    name : str
        Stable ASCII name of the layer.
    epsg : int
        System of the coordinates.
    points : tuple of (float, float) or None
        x, y in that system (lon, lat in EPSG:4326), one for each row of the table; None for a
        row without geometry.
    table : Table
        Its attributes.
    shapes : tuple of str or None
        GeoJSON in place of the points.
    is_plain : bool
        Whether it is a table without geometry.
    """

    name: str
    epsg: int
    points: tuple[tuple[float, float] | None, ...]
    table: Table
    shapes: tuple[str | None, ...] = ()
    is_plain: bool = False


def write_point_layers(
    path: Path,
    driver: str,
    layers: tuple[PointLayer, ...],
    *,
    made_at: datetime,
    cancel: CancelToken,
) -> None:
    """Write layers into one new file with a GDAL driver of the allow-list.

    Raises
    ------
    Cancelled, GeoparkError
        See `run_in_worker`.
    """
    run_in_worker(
        {
            "task": "write-layers",
            "path": str(path.resolve()),
            "driver": driver,
            "made_at": f"{made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}",
            "layers": [_layer(layer) for layer in layers],
        },
        cancel=cancel,
        limits=_LIMITS,
    )


def _layer(layer: PointLayer) -> dict[str, Any]:
    return {
        "name": layer.name,
        "epsg": layer.epsg,
        "shapes": list(layer.shapes),
        "is_plain": layer.is_plain,
        "points": [None if point is None else list(point) for point in layer.points],
        "fields": [
            {
                "name": column.name,
                "is_number": column.is_number,
                "values": [row[index] for row in layer.table.rows],
            }
            for index, column in enumerate(layer.table.columns)
        ],
    }
