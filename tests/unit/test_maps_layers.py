"""Sites as map data, and the signs of their kinds."""

import json

import pytest

from geopark_app.maps.layers import (
    MapSite,
    commune_groups,
    feature_of,
    pins,
    rows_bytes,
    sites_document,
    unplaced,
)
from geopark_app.maps.symbols import known_kinds, symbol_of


def make_site(code: str = "LS-001", **changes: object) -> MapSite:
    values: dict[str, object] = {
        "uuid": f"uuid-{code}",
        "code": code,
        "name_vi": "Động Tam Thanh",
        "name_en": "Tam Thanh Cave",
        "kind": "geosite",
        "kind_label": "Điểm di sản địa chất",
        "lon": 106.75,
        "lat": 21.85,
        "quality": "exact",
        "commune_name": "Tam Thanh",
        "readiness": 0.5,
        "red": False,
        "workflow_status": "draft",
        "border_commune": False,
    }
    return MapSite(**(values | changes))  # type: ignore[arg-type]


EXACT = make_site("LS-003")
COMMUNE_B = make_site("LS-002", quality="commune-centroid")
COMMUNE_A = make_site("LS-001", quality="commune-centroid")
ELSEWHERE = make_site("LS-004", quality="commune-centroid", lon=106.3, commune_name="Bắc Sơn")
UNKNOWN = make_site("LS-005", quality="unknown", lon=None, lat=None)
ALL = [EXACT, COMMUNE_B, COMMUNE_A, ELSEWHERE, UNKNOWN]


def test_each_site_is_a_pin_or_at_its_commune_or_unplaced() -> None:
    assert pins(ALL) == (EXACT,)
    assert unplaced(ALL) == (UNKNOWN,)
    groups = commune_groups(ALL)
    assert [group.name for group in groups] == ["Bắc Sơn", "Tam Thanh"]
    assert groups[1].sites == (COMMUNE_A, COMMUNE_B)


def test_coordinates_of_unknown_quality_are_not_a_pin() -> None:
    site = make_site(quality="unknown")
    assert unplaced([site]) == (site,)
    assert sites_document([site])["features"] == []


def test_the_document_counts_what_it_does_not_show() -> None:
    document = json.loads(json.dumps(sites_document(ALL)))
    assert document["unplaced"] == 1
    assert [feature["id"] for feature in document["features"]] == [
        "uuid-LS-003",
        "uuid-LS-002",
        "uuid-LS-001",
        "uuid-LS-004",
    ]
    first = document["features"][0]
    assert first["geometry"] == {"type": "Point", "coordinates": [106.75, 21.85]}
    assert first["properties"]["name_vi"] == "Động Tam Thanh"


def test_no_sites_give_an_empty_document() -> None:
    assert sites_document([]) == {"type": "FeatureCollection", "unplaced": 0, "features": []}


@pytest.mark.parametrize(
    ("vi", "en", "language", "expected"),
    [
        ("Hang", "Cave", "vi", "Hang"),
        ("Hang", "Cave", "en", "Cave"),
        ("Hang", "", "en", "Hang"),
        ("", "Cave", "vi", "Cave"),
    ],
)
def test_a_missing_name_is_lent_by_the_other_language(
    vi: str, en: str, language: str, expected: str
) -> None:
    assert make_site(name_vi=vi, name_en=en).name(language) == expected


def test_every_kind_has_a_sign_that_carries_a_white_icon() -> None:
    for kind in known_kinds():
        assert _contrast_with_white(symbol_of(kind).colour) >= 4.5, kind
    assert symbol_of("brand-new") == symbol_of("other")


def _contrast_with_white(colour: str) -> float:
    # WCAG 2.1, relative luminance.
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


def test_rows_say_the_same_as_geojson() -> None:
    document = json.loads(rows_bytes(ALL))
    assert document["unplaced"] == sites_document(ALL)["unplaced"]
    labels = {name: (of, table) for name, of, table in document["labels"]}
    features = [
        {
            "type": "Feature",
            "id": row[0],
            "geometry": {"type": "Point", "coordinates": row[1:3]},
            "properties": (values := dict(zip(document["keys"], row[3:], strict=True)))
            | {name: table[values[of]] for name, (of, table) in labels.items()},
        }
        for row in document["rows"]
    ]
    assert features == json.loads(json.dumps(sites_document(ALL)["features"]))


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(500.0, 21.5), (106.5, -91.0), (float("nan"), 21.5), (106.5, float("inf")), (106.5, None)],
)
def test_a_place_that_is_nowhere_is_counted_and_not_drawn(lon: float, lat: float | None) -> None:
    site = make_site(lon=lon, lat=lat, quality="exact")
    assert not site.is_pin
    assert unplaced([site]) == (site,)
    assert feature_of(site)["geometry"] is None
    document = json.loads(rows_bytes([site]))
    assert (document["unplaced"], document["rows"]) == (1, [])


def test_names_that_would_fill_the_screen_are_cut_and_control_characters_go() -> None:
    site = make_site(name_vi="Hang\u0000\u0007\nđá " + "x" * 20_000)
    properties = feature_of(site)["properties"]
    assert isinstance(properties, dict)
    assert properties["name_vi"].startswith("Hang đá xxx")
    assert len(properties["name_vi"]) == 200
