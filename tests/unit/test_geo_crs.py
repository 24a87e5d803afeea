"""Projection between WGS 84 and VN-2000, against the worked examples for Lạng Sơn."""

import pytest

from geopark_app.geo.coordinate_error import CoordinateError, CoordinateProblem
from geopark_app.geo.crs import (
    area_of_use,
    crs_exists,
    crs_name,
    from_projected,
    project_many,
    to_projected,
)

# Worked examples (2026-11-22, EPSG v11.022): lat, lon in WGS 84; E, N in 9215, 3405, 32648.
EXAMPLES = {
    "Lạng Sơn": (
        (21.852640, 106.761010),
        {
            9215: (449263.358, 2417432.493),
            3405: (681784.290, 2417665.303),
            32648: (681980.992, 2417557.608),
            5898: (371738.430, 2417868.647),
            5897: (681838.847, 2418390.892),
        },
    ),
    "Bắc Sơn": (
        (21.899990, 106.320770),
        {
            9215: (403790.199, 2422885.095),
            3405: (636238.675, 2422451.577),
            32648: (636435.160, 2422343.928),
        },
    ),
    "Na Dương": (
        (21.702500, 106.955520),
        {
            9215: (469336.130, 2400758.296),
            3405: (702100.665, 2401283.193),
            32648: (702297.454, 2401175.407),
        },
    ),
    "Hữu Lũng": (
        (21.505600, 106.344590),
        {
            9215: (405996.387, 2379201.593),
            3405: (639078.568, 2378812.474),
            32648: (639275.046, 2378704.616),
        },
    ),
}
CASES = [
    (place, epsg, lat, lon, *metres)
    for place, ((lat, lon), systems) in EXAMPLES.items()
    for epsg, metres in systems.items()
]


@pytest.mark.parametrize(("place", "epsg", "lat", "lon", "easting_m", "northing_m"), CASES)
def test_worked_examples_are_met_to_a_millimetre(
    place: str, epsg: int, lat: float, lon: float, easting_m: float, northing_m: float
) -> None:
    found = to_projected(lon, lat, epsg)
    assert found == pytest.approx((easting_m, northing_m), abs=1.01e-3), place


@pytest.mark.parametrize(("place", "epsg", "lat", "lon", "easting_m", "northing_m"), CASES)
def test_the_way_back_meets_the_degrees(
    place: str, epsg: int, lat: float, lon: float, easting_m: float, northing_m: float
) -> None:
    # 1e-8 degrees is about a millimetre: the two-dimensional transformation gives no more.
    assert from_projected(easting_m, northing_m, epsg) == pytest.approx((lon, lat), abs=2e-8)


def test_many_points_give_the_same_as_one() -> None:
    points = [(lon, lat) for (lat, lon), _ in EXAMPLES.values()]
    assert project_many(points, 9215) == [to_projected(*point, 9215) for point in points]
    assert project_many([], 9215) == []


def test_the_systems_of_the_province_are_known() -> None:
    assert crs_exists(9215)
    assert crs_exists(3405)
    assert crs_name(9215) == "VN-2000 / TM-3 107-15"
    assert area_of_use(9215) == pytest.approx((106.09, 21.32, 107.37, 22.47))


def test_an_unknown_system_is_named() -> None:
    assert not crs_exists(123456)
    assert crs_name(123456) == "EPSG:123456"
    with pytest.raises(CoordinateError) as caught:
        to_projected(106.7, 21.8, 123456)
    assert caught.value.problem is CoordinateProblem.UNKNOWN_CRS
    assert "EPSG:123456" in caught.value.sentence("en")


def test_infinity_is_an_error() -> None:
    with pytest.raises(CoordinateError) as caught:
        to_projected(21.8, 106.7, 9215)  # latitude and longitude changed places
    assert caught.value.problem is CoordinateProblem.NOT_PROJECTABLE
