"""A position is one value: half a point and impossible numbers are refused."""

import math

import pytest

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.position import Position


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        (106.7, None),
        (None, 21.8),
        (180.001, 21.8),
        (-180.001, 21.8),
        (106.7, 90.001),
        (106.7, -90.001),
        (math.nan, 21.8),
        (106.7, math.nan),
        (math.inf, 21.8),
        (0.0, 0.0),
        (0, -0.0),
    ],
)
def test_impossible_points_are_refused(lon: float | None, lat: float | None) -> None:
    with pytest.raises(GeoparkError) as caught:
        Position(lon=lon, lat=lat)
    assert caught.value.code is ErrorCode.BAD_POSITION


@pytest.mark.parametrize(
    ("lon", "lat"), [(106.7, 21.8), (180, 90), (-180, -90), (0, 21.8), (106.7, 0)]
)
def test_points_on_earth_are_taken(lon: float, lat: float) -> None:
    assert Position(lon=lon, lat=lat).is_known


@pytest.mark.parametrize(
    ("quality", "pin"),
    [
        ("exact", True),
        ("approx", True),
        (None, True),
        ("commune-centroid", False),
        ("unknown", False),
        ("a later version's", False),
    ],
)
def test_only_the_site_itself_is_a_pin(quality: str | None, pin: bool) -> None:
    assert Position(lon=106.7, lat=21.8, quality=quality).is_pin is pin
    assert not Position(quality=quality).is_pin
