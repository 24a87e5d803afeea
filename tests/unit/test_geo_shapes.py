"""Distances, areas and reading of GeoJSON."""

import json
from pathlib import Path

import pytest
from shapely.geometry import LineString, Point, Polygon

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.geo.geojson import read_features
from geopark_app.geo.measure import area_m2, distance_m, length_m


def test_an_arc_minute_of_latitude() -> None:
    # WGS 84: 110,574.3 m per degree at the equator (a well-known constant), so 1,842.9 m.
    assert distance_m(106, 0, 106, 1 / 60) == pytest.approx(1842.9, abs=0.1)
    assert distance_m(106.7, 21.8, 106.7, 21.8) == 0


def test_area_does_not_depend_on_the_sense_of_rotation() -> None:
    ring = [(106.0, 21.0), (106.1, 21.0), (106.1, 21.1), (106.0, 21.1)]
    area = area_m2(Polygon(ring))
    # 0.1° × 0.1° near 21°: 10,395 m × 11,074 m.
    assert area == pytest.approx(115.1e6, rel=2e-3)
    assert area_m2(Polygon(ring[::-1])) == pytest.approx(area)


def test_shapes_without_area_give_zero() -> None:
    assert area_m2(Polygon()) == 0
    assert area_m2(Point(106, 21)) == 0
    assert length_m(LineString()) == 0
    assert length_m(LineString([(106, 0), (106, 1 / 60)])) == pytest.approx(1842.9, abs=0.1)


def test_features_are_read_with_names_in_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "towns.json"
    feature = {
        "type": "Feature",
        "properties": {"kind": "town", "name_vi": "Bằng Tường", "name_en": "Pingxiang", "rank": 3},
        "geometry": {"type": "Point", "coordinates": [106.75, 22.09]},
    }
    path.write_text(
        json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8"
    )
    (town,) = read_features(path)
    assert (town.kind, town.rank) == ("town", 3)
    assert town.name("vi") == "Bằng Tường"
    assert town.name("en") == "Pingxiang"
    assert (town.geometry.bounds[0], town.geometry.bounds[1]) == (106.75, 22.09)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"features": [{}]}', '{"features": [7]}'])
def test_a_file_that_is_not_geojson_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "outline.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GeoparkError) as caught:
        read_features(path)
    assert caught.value.code is ErrorCode.UNSUPPORTED_FORMAT


def test_a_missing_file_is_a_missing_part(tmp_path: Path) -> None:
    with pytest.raises(GeoparkError) as caught:
        read_features(tmp_path / "outline.json")
    assert caught.value.code is ErrorCode.MISSING_PART
