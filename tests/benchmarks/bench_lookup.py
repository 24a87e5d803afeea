"""Commune of 10,000 positions: our index beside a bare shapely STRtree and beside no tree at all.

Run by itself: `python tests/benchmarks/bench_lookup.py`. Goal: at most twice the bare tree, and
well under a second. Sixty-five polygons of some 480 corners, as the communes of the province.
"""

import math
import os
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable

import shapely

from geopark_app.geo.shape_index import NamedShape, ShapeIndex

POINTS, ROUNDS, CORNERS = 10_000, 5, 480
_ROWS, _COLUMNS = 5, 13
_WEST, _SOUTH, _STEP = 106.05, 21.35, 0.1


def main() -> int:
    """Print a small table; gives 0 when the goals are met."""
    dice = random.Random(1)
    shapes = [_blob(dice, column, row) for column in range(_COLUMNS) for row in range(_ROWS)]
    points = [
        (_WEST + dice.random() * _STEP * _COLUMNS, _SOUTH + dice.random() * _STEP * _ROWS)
        for _turn in range(POINTS)
    ]
    index = ShapeIndex(shapes)
    geometries = [shape.geometry for shape in shapes]
    tree = shapely.STRtree(geometries)

    def bare() -> object:
        return tree.query(shapely.points(points), predicate="intersects")

    def treeless() -> object:
        few = points[: POINTS // 20]
        return [
            next((one.code for one in shapes if one.geometry.contains(point)), "")
            for point in shapely.points(few)
        ]

    times = {
        "index, 10,000 at once": _seconds(lambda: index.codes_at(points)),
        "index, one by one": _seconds(lambda: [index.around(*point) for point in points]),
        "bare STRtree": _seconds(bare),
        "no tree (×20 of 500)": _seconds(treeless) * 20,
        "making the index": _seconds(lambda: ShapeIndex(shapes)),
    }
    print(
        f"Python {platform.python_version()}, shapely {shapely.__version__}, {os.cpu_count()} CPU"
    )
    for name, seconds in times.items():
        print(f"{name:24} {seconds * 1000:9.1f} ms")
    ratio = times["index, 10,000 at once"] / times["bare STRtree"]
    print(f"index / bare STRtree: {ratio:.2f} (goal 2.0)")
    return 0 if ratio <= 2 and times["index, one by one"] < 1 else 1


def _blob(dice: random.Random, column: int, row: int) -> NamedShape:
    lon, lat = _WEST + (column + 0.5) * _STEP, _SOUTH + (row + 0.5) * _STEP
    corners = []
    for corner in range(CORNERS):
        angle = 2 * math.pi * corner / CORNERS
        radius = _STEP * (0.45 + 0.05 * dice.random())
        corners.append((lon + radius * math.cos(angle), lat + radius * math.sin(angle)))
    polygon = shapely.Polygon(corners)
    return NamedShape(code=f"{column:02}{row}", name_vi="", name_en="", geometry=polygon)


def _seconds(work: Callable[[], object]) -> float:
    rounds = []
    for _round in range(ROUNDS):
        started = time.perf_counter()
        work()
        rounds.append(time.perf_counter() - started)
    return statistics.median(rounds)


if __name__ == "__main__":
    sys.exit(main())
