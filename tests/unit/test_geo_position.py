"""Reading and writing of coordinates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geopark_app.domain.position import Position
from geopark_app.geo.coordinate_error import CoordinateError, CoordinateProblem
from geopark_app.geo.doctor.reading import diagnose
from geopark_app.geo.doctor.region import Region
from geopark_app.geo.position import describe_position, format_projected, format_wgs84

LAT, LON = 21.85264, 106.76101


def read_coordinate(typed: str, *, epsg: int | None = None) -> Position:
    """Give the one sure reading of a text where no place is expected more than another."""
    return diagnose(typed, Region(), epsg=epsg).sure_position()


def make_position(**changes: object) -> Position:
    return Position(**({"lon": LON, "lat": LAT, "quality": "exact"} | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "typed",
    [
        "21.85264, 106.76101",
        "21.85264 106.76101",
        "21.85264,106.76101",
        "21,85264; 106,76101",
        "21,85264 106,76101",
        "106.76101, 21.85264",
        "21.85264N 106.76101E",
        "N 21.85264° E 106.76101°",
        "E106.76101, N21.85264",
        "21.85264°B; 106.76101°Đ",
        "Bắc 21.85264 Đông 106.76101",
        "Ba\u0306\u0301c 21.85264 Đo\u0302ng 106.76101",
        "21°51′9.504″N, 106°45′39.636″E",
        "21°51'9,504\"B 106°45'39,636\"Đ",
        "21º51’09.504” B, 106º45’39.636” D",
        "21°51'9.504''N 106°45'39.636''E",
        "21°51.1584'N 106°45.6606'E",
        "  21.85264,\u00a0106.76101  ",
    ],
)
def test_one_place_in_many_spellings(typed: str) -> None:
    found = read_coordinate(typed)
    assert (found.lon, found.lat) == pytest.approx((LON, LAT), abs=1e-6)
    assert found.source_crs == "EPSG:4326"
    assert found.quality is None


@pytest.mark.parametrize(
    "typed",
    [
        "449263.358 2417432.493",
        "2417432.493, 449263.358",
        "X=2417432.493 Y=449263.358",
        "E 449263.358 N 2417432.493",
        "2417432,493; 449263,358",
        "2.417.432,493 449.263,358",
    ],
)
def test_metres_of_vn2000_in_either_order(typed: str) -> None:
    found = read_coordinate(typed, epsg=9215)
    assert (found.lon, found.lat) == pytest.approx((LON, LAT), abs=2e-8)
    assert found.source_crs == "EPSG:9215"
    assert found.as_typed == typed


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", CoordinateProblem.EMPTY),
        ("   ", CoordinateProblem.EMPTY),
        ("Đồng Đăng", CoordinateProblem.UNREADABLE),
        ("21.85", CoordinateProblem.UNREADABLE),
        ("21.85, 106.76, 300", CoordinateProblem.UNREADABLE),
        ("21°61′10″N 106°45′40″E", CoordinateProblem.MINUTES),
        ("21°51′60″N 106°45′40″E", CoordinateProblem.MINUTES),
        ("95, 106.76N", CoordinateProblem.UNREADABLE),
        ("95, 195", CoordinateProblem.OUT_OF_RANGE),
        ("0, 0", CoordinateProblem.ZERO),
        ("N 21.85 N 106.76", CoordinateProblem.SAME_AXIS),
        ("21.85N 106.76Đ", CoordinateProblem.AMBIGUOUS_N),
        ("EPSG:9215 48681784.29 2417665.303", CoordinateProblem.ZONE_PREFIX),
        ("18681784.29 2417665.303", CoordinateProblem.OLD_DATUM),
        ("EPSG:9215 681784.290 2417665.303", CoordinateProblem.NOWHERE),
        ("449263 1", CoordinateProblem.OUT_OF_RANGE),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(typed: str, problem: CoordinateProblem) -> None:
    with pytest.raises(CoordinateError) as caught:
        read_coordinate(typed)
    assert caught.value.problem is problem
    for language in ("vi", "en"):
        sentence = caught.value.sentence(language)
        assert sentence
        assert "{" not in sentence


def test_metres_without_a_system_are_refused() -> None:
    with pytest.raises(CoordinateError):
        read_coordinate("449263.358 2417432.493")


def test_south_and_west_in_both_languages() -> None:
    for typed in ("12.5S 45.25W", "12.5 Nam 45.25 Tây"):
        found = read_coordinate(typed)
        assert (found.lon, found.lat) == (-45.25, -12.5)


@pytest.mark.parametrize(
    ("accuracy_m", "decimal", "dms"),
    [
        (0.5, "21.852640°N, 106.761010°E", "21°51′09.50″N, 106°45′39.64″E"),
        (5.0, "21.85264°N, 106.76101°E", "21°51′09.5″N, 106°45′39.6″E"),
        (None, "21.8526°N, 106.7610°E", "21°51′09.5″N, 106°45′39.6″E"),
        (10.0, "21.8526°N, 106.7610°E", "21°51′09.5″N, 106°45′39.6″E"),
        (100.0, "21.853°N, 106.761°E", "21°51′10″N, 106°45′40″E"),
        (2000.0, "21.85°N, 106.76°E", "21°51′N, 106°46′E"),
    ],
)
def test_no_more_digits_than_the_accuracy_allows(
    accuracy_m: float | None, decimal: str, dms: str
) -> None:
    position = make_position(accuracy_m=accuracy_m)
    assert format_wgs84(position, language="en", notation="decimal") == decimal
    assert format_wgs84(position, language="en") == dms


def test_approximate_positions_have_arc_minutes() -> None:
    position = make_position(quality="approx", accuracy_m=5.0)
    assert format_wgs84(position, language="vi") == "21°51′B; 106°46′Đ"
    assert format_wgs84(position, language="en") == "21°51′N, 106°46′E"
    assert "2\u00a0417\u00a0000 m" in format_projected(position, 9215, language="en")


def test_sixty_seconds_never_appear() -> None:
    position = make_position(lat=21.9999999, lon=106.9999999, accuracy_m=5.0)
    assert format_wgs84(position, language="en") == "22°00′00.0″N, 107°00′00.0″E"


def test_projected_metres_are_rounded_to_the_accuracy() -> None:
    words = format_projected(make_position(accuracy_m=3.0), 9215, language="en")
    assert words == "N (X) 2\u00a0417\u00a0432 m, E (Y) 449\u00a0263 m"
    coarse = format_projected(make_position(accuracy_m=80.0), 9215, language="en")
    assert coarse == "N (X) 2\u00a0417\u00a0400 m, E (Y) 449\u00a0300 m"


def test_a_commune_point_prints_as_the_commune_and_never_as_numbers() -> None:
    position = make_position(quality="commune-centroid")
    for notation in ("dms", "decimal"):
        words = describe_position(
            position, commune_name="xã Hữu Liên", language="vi", notation=notation
        )
        assert words == "xã Hữu Liên"
    assert format_wgs84(position, language="vi") == ""
    assert format_projected(position, 9215, language="vi") == ""


@pytest.mark.parametrize(
    "position",
    [None, Position(), make_position(quality="unknown"), make_position(quality="commune-centroid")],
)
def test_an_unknown_position_says_so(position: Position | None) -> None:
    words = describe_position(position, commune_name="", language="en")
    assert words == "position unknown"


@given(
    lat=st.floats(8, 24),
    lon=st.floats(102, 110),
    language=st.sampled_from(["vi", "en"]),
    notation=st.sampled_from(["dms", "decimal"]),
)
def test_what_is_written_can_be_read_again(
    lat: float, lon: float, language: str, notation: str
) -> None:
    position = make_position(lat=lat, lon=lon, accuracy_m=1.0)
    again = read_coordinate(format_wgs84(position, language=language, notation=notation))
    assert (again.lon, again.lat) == pytest.approx((lon, lat), abs=1.1e-5)


def test_a_radius_allows_no_seconds_while_the_quality_is_not_stated() -> None:
    position = make_position(quality=None, accuracy_m=5)
    assert format_wgs84(position, language="en") == "21°51′N, 106°46′E"
