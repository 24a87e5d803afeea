"""Runs inside the worker: the points of GPX tracks as lines that keep the time of each point."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from geopark_app.exchange.raw_table import RawRow, RawTable

TRACK_POINTS = "track_points"
_PARTS = ("track_fid", "track_seg_id")
_LONGEST_TIME = 40


def track_lines(table: RawTable) -> list[dict[str, Any]]:
    """Give one line for each segment; of other formats, the lines as they are, without times."""
    if table.layer == TRACK_POINTS:
        return [feature for feature in _segments(table) if feature is not None]
    return list(_lines(table))


def _segments(table: RawTable) -> Iterator[dict[str, Any] | None]:
    keys = [table.header.index(name) for name in _PARTS if name in table.header]
    time = table.header.index("time") if "time" in table.header else None

    def part_of(row: RawRow) -> tuple[str, ...]:
        return tuple(row.cells[at] for at in keys)

    for _key, rows in groupby(table.rows, part_of):
        points: list[list[float]] = []
        times: list[str] = []
        for row in rows:
            if row.point is None or abs(row.point[0]) > 180 or abs(row.point[1]) > 90:
                continue
            points.append([round(row.point[0], 7), round(row.point[1], 7)])
            times.append(row.cells[time][:_LONGEST_TIME] if time is not None else "")
        yield _feature(points, times if any(times) else [])


def _lines(table: RawTable) -> Iterator[dict[str, Any]]:
    import shapely

    for row in table.rows:
        shape = shapely.force_2d(shapely.from_wkb(row.wkb)) if row.wkb else None
        if shape is None or "Line" not in shape.geom_type:
            continue
        for part in shapely.get_parts(shape):
            points = [[round(x, 7), round(y, 7)] for x, y in part.coords]
            usable = all(abs(x) <= 180 and abs(y) <= 90 for x, y in points)
            feature = _feature(points, []) if usable else None
            if feature is not None:
                yield feature


def _feature(points: list[list[float]], times: list[str]) -> dict[str, Any] | None:
    if len(points) < 2:
        return None
    properties: dict[str, Any] = {"coordTimes": times} if times else {}
    if times:
        properties["name_vi"] = times[0][:10].replace("/", "-")
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "LineString", "coordinates": points},
    }
