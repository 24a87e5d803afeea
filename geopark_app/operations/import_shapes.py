"""Lines and areas of foreign rows as extents in WGS 84."""

import json
from typing import Any

from geopark_app.domain.errors import GeoparkError
from geopark_app.exchange.foreign_table import ForeignRow
from geopark_app.exchange.reading_shapes import place_of
from geopark_app.geo.extent import read_extent
from geopark_app.geo.foreign_crs import to_wgs84
from geopark_app.operations.import_points import WGS84
from geopark_app.operations.import_references import RowRefusedError

SELF_CROSSING = "self-crossing"
_DIGITS = 9  # of a degree: a tenth of a millimetre


def extent_of(row: ForeignRow, crs: str, *, mend: bool) -> str | None:
    """Give the line or area of a row as the catalogue keeps extents; None for points.

    Raises
    ------
    RowRefusedError
        It crosses itself and nobody said that it may be mended; it does not lie on the globe.
    """
    if not row.geometry:
        return None
    if row.trouble == SELF_CROSSING and not mend:
        raise RowRefusedError(SELF_CROSSING, value=row.where)
    content = json.loads(row.geometry)
    if crs not in {"", WGS84}:
        content["coordinates"] = _moved(content["coordinates"], crs)
    try:
        return read_extent(json.dumps(content))
    except GeoparkError as error:
        raise RowRefusedError("bad-shape") from error


def typed_extent(cell: str, field: str) -> str:
    """Give GeoJSON in a cell as the catalogue keeps extents.

    Raises
    ------
    RowRefusedError
        It is no GeoJSON geometry, crosses itself or does not lie on the globe.
    """
    try:
        return read_extent(cell, field=field)
    except GeoparkError as error:
        expected = str(error.details.get("expected", ""))
        if "ntersection" in expected:
            raise RowRefusedError(SELF_CROSSING, value=place_of(expected)) from error
        raise RowRefusedError("bad-value", field=field, value=cell[:80]) from error


def _moved(coordinates: Any, crs: str) -> Any:
    flat: list[tuple[float, float]] = []
    _gather(coordinates, flat)
    placed = to_wgs84(flat, crs)
    if any(point is None for point in placed):
        raise RowRefusedError("bad-shape")
    moved = iter(placed)

    def again(part: Any) -> Any:
        if isinstance(part[0], int | float):
            lon, lat = next(moved) or (0.0, 0.0)
            return [round(lon, _DIGITS), round(lat, _DIGITS)]
        return [again(inner) for inner in part]

    return again(coordinates)


def _gather(part: Any, found: list[tuple[float, float]]) -> None:
    if isinstance(part[0], int | float):
        found.append((float(part[0]), float(part[1])))
        return
    for inner in part:
        _gather(inner, found)
