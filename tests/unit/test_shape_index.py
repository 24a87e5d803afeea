"""Lookups in named shapes: around a point, nearest, distances; beside slow and plain ways."""

import random

import pytest
import shapely
from shapely.geometry import LineString, Point, box

from geopark_app.geo.measure import area_m2, distance_m
from geopark_app.geo.shape_index import NamedShape, ShapeIndex


def named(code: str, geometry: shapely.Geometry) -> NamedShape:
    return NamedShape(code=code, name_vi=code, name_en="", geometry=geometry)


SIDE = 1 / 8
SQUARES = [
    named(
        f"{column}{row}",
        box(106 + column * SIDE, 21 + row * SIDE, 106 + (column + 1) * SIDE, 21 + (row + 1) * SIDE),
    )
    for column in range(10)
    for row in range(10)
]  # fmt: skip


def test_a_point_lies_in_the_square_around_it_and_on_an_edge_in_both() -> None:
    index = ShapeIndex(SQUARES)

    assert [shape.code for shape in index.around(106.3, 21.4)] == ["23"]
    assert {shape.code for shape in index.around(106.25, 21.4)} == {"13", "23"}
    assert index.around(105.0, 21.0) == ()


def test_many_points_at_once_are_answered_like_one_by_one() -> None:
    index = ShapeIndex(SQUARES)
    dice = random.Random(7)
    points = [(dice.uniform(105.9, 107.4), dice.uniform(20.9, 22.4)) for _turn in range(2000)]

    together = index.codes_at(points)

    assert together == [next((s.code for s in index.around(*point)), "") for point in points]
    assert 0 < together.count("") < len(points)
    assert index.codes_at([]) == []


def test_the_distance_is_that_on_the_ground() -> None:
    index = ShapeIndex([named("a", box(106.0, 21.0, 106.1, 21.1))])

    near = index.nearest(106.2, 21.05)
    assert near is not None
    assert near[1] == pytest.approx(distance_m(106.2, 21.05, 106.1, 21.05), rel=1e-3)
    assert index.metres_to("a", 106.05, 21.05) == 0
    assert index.metres_to("a", 106.05, 21.2) == pytest.approx(
        distance_m(106.05, 21.2, 106.05, 21.1), rel=1e-3
    )
    assert index.metres_to("b", 106.05, 21.05) is None


def test_nearest_is_nearest_in_metres_and_not_in_degrees() -> None:
    # A degree of longitude is 7 % shorter here: the eastern line is nearer on the ground.
    index = ShapeIndex(
        [
            named("north", LineString([(106.0, 22.97), (106.0001, 22.97)])),
            named("east", LineString([(107.0, 22.0), (107.0, 22.0001)])),
        ]
    )
    near = index.nearest(106.0, 22.0)
    assert near is not None
    assert near[0].code == "east"


def test_an_empty_index_knows_nothing() -> None:
    index = ShapeIndex([])
    assert index.around(106.0, 21.0) == ()
    assert index.nearest(106.0, 21.0) is None
    assert index.codes_at([(106.0, 21.0)]) == [""]


@pytest.mark.parametrize("shape", [LineString([(106, 21), (107, 21), (107, 22)]), Point(106, 21)])
def test_what_is_no_area_has_none(shape: shapely.Geometry) -> None:
    assert area_m2(shape) == 0
