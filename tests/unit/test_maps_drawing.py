"""The drawn maps: what stands on them, where, and what never does."""

import xml.etree.ElementTree as ET

import pytest
from shapely.geometry import Point, Polygon

from geopark_app.geo.coordinate_error import CoordinateError
from geopark_app.geo.geojson import Feature
from geopark_app.maps.basemap import Basemap, basemap_for, bundled_basemap
from geopark_app.maps.drawing import A3_LANDSCAPE, A4_LANDSCAPE, locator_background, overview_map
from geopark_app.maps.font_metrics import text_width
from geopark_app.maps.labels import Label, place_labels
from geopark_app.maps.layers import MapSite
from geopark_app.maps.projection import Rect, fit
from geopark_app.maps.wording import MapLanguage

SVG = "{http://www.w3.org/2000/svg}"
SKETCH = "sketch, not an official boundary"
LANG_SON = Polygon([(106.1, 21.4), (107.3, 21.4), (107.3, 22.4), (106.1, 22.4)])
TOWN = Feature(
    kind="town", name_vi="Lạng Sơn", name_en="Lạng Sơn", rank=1, geometry=Point(106.76, 21.85)
)
BASEMAP = Basemap(outline=LANG_SON, towns=(TOWN,))


def make_site(code: str, **changes: object) -> MapSite:
    values: dict[str, object] = {
        "uuid": f"uuid-{code}",
        "code": code,
        "name_vi": "Núi Mẫu Sơn",
        "name_en": "Mẫu Sơn Mountain",
        "kind": "geosite",
        "kind_label": "Điểm di sản địa chất",
        "lon": 106.9,
        "lat": 21.8,
        "quality": "approx",
        "commune_name": "Mẫu Sơn",
        "readiness": None,
        "red": False,
        "workflow_status": "draft",
        "border_commune": True,
    }
    return MapSite(**(values | changes))  # type: ignore[arg-type]


def words_of(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text")]


def test_a_pin_a_commune_and_an_unknown_site() -> None:
    sites = [
        make_site("LS-074"),
        make_site("LS-002", quality="commune-centroid", lon=106.3, commune_name="Hữu Liên"),
        make_site("LS-003", quality="commune-centroid", lon=106.3, commune_name="Hữu Liên"),
        make_site("LS-025", quality="unknown", lon=None, lat=None, name_vi="Bản Lòng"),
    ]
    drawn = overview_map(sites, basemap=BASEMAP, language=MapLanguage.ENGLISH)
    words = words_of(drawn.svg)
    assert "LS-074" in words
    assert "Hữu Liên" in words
    assert "LS-002, 003" in words
    assert "2" in words  # two sites in one ring
    assert not any("LS-025" in word or "Bản Lòng" in word for word in words)
    assert "Position unknown, not drawn (1)" in words
    assert drawn.without_label == ()


def test_a_sketch_says_so_in_both_languages_and_credits_its_sources() -> None:
    for language in MapLanguage:
        svg = overview_map([], basemap=BASEMAP, language=language).svg
        assert any(word.endswith(f" / {SKETCH}") for word in words_of(svg))
        assert any("Natural Earth; GeoNames (CC BY 4.0)" in word for word in words_of(svg))
    locator = locator_background((58, 52), basemap=BASEMAP)
    assert SKETCH.replace(" ", "") in "".join(words_of(locator.svg)).replace(" ", "")


def test_an_official_boundary_ends_the_sketch() -> None:
    official = Basemap(outline=LANG_SON, boundary=LANG_SON)
    for svg in (
        overview_map([], basemap=official).svg,
        locator_background((58, 52), basemap=official).svg,
    ):
        assert not any("sketch" in word for word in words_of(svg))


@pytest.mark.parametrize("size_mm", [A4_LANDSCAPE, A3_LANDSCAPE, (180.0, 250.0)])
@pytest.mark.parametrize("for_screen", [False, True])
def test_everything_stands_inside_the_page(size_mm: tuple[float, float], for_screen: bool) -> None:
    sites = [
        make_site(f"LS-{index:03}", lon=106.2 + index % 12 * 0.09, lat=21.5 + index // 12 * 0.1)
        for index in range(96)
    ]
    drawn = overview_map(sites, size_mm=size_mm, basemap=BASEMAP, for_screen=for_screen)
    root = ET.fromstring(drawn.svg)
    assert root.get("width") == f"{size_mm[0]:g}mm"
    for text in root.iter(f"{SVG}text"):
        assert 0 <= float(text.get("x", "-1")) <= size_mm[0]
        assert 0 <= float(text.get("y", "-1")) <= size_mm[1]
    bold = [t.text for t in root.iter(f"{SVG}text") if t.get("font-weight") == "bold"]
    codes = [word for word in bold if word and word.startswith("LS-")]
    assert len(set(codes)) + len(drawn.without_label) == 96


def test_the_legend_counts_signs_and_not_sites_without_one() -> None:
    sites = [
        make_site("LS-001", quality="exact", lon=106.5),
        make_site("LS-074"),
        make_site("LS-002", quality="commune-centroid", lon=106.3),
        make_site("LS-025", quality="unknown", lon=None, lat=None),
        make_site("LS-026", quality="unknown", lon=None, lat=None, kind="viewpoint"),
    ]
    words = words_of(overview_map(sites, basemap=BASEMAP, size_mm=A3_LANDSCAPE).svg)
    rows = [word for word in words if word.endswith(")") and word[-2].isdigit()]
    assert "Điểm di sản địa chất (2)" in rows
    assert "Vị trí gần đúng / Approximate position" in words
    assert sum("di sản" in row for row in rows) == 1


def test_an_approximate_place_has_another_sign() -> None:
    exact, near = (
        overview_map([make_site("LS-001", quality=quality)], basemap=BASEMAP).svg
        for quality in ("exact", "approx")
    )
    circles = [sum(1 for _ in ET.fromstring(svg).iter(f"{SVG}circle")) for svg in (exact, near)]
    assert circles[1] > circles[0]


@pytest.mark.parametrize("language", ["Dữ liệu / Data: ", "Phép chiếu / Projection: "])
def test_the_footer_is_in_both_languages(language: str) -> None:
    assert any(language in word for word in words_of(overview_map([], basemap=BASEMAP).svg))


def test_each_label_stands_once_in_print() -> None:
    words = words_of(overview_map([make_site("LS-074")], basemap=BASEMAP).svg)
    assert words.count("LS-074") == 1


def test_names_cannot_break_the_drawing() -> None:
    site = make_site("LS-001", name_vi='<script>alert("1")</script> & co')
    svg = overview_map([site], basemap=BASEMAP).svg
    assert "<script" not in svg
    assert '<script>alert("1")</script>' in " ".join(words_of(svg))


def test_the_marker_stands_where_the_projection_says() -> None:
    locator = locator_background((60, 62), basemap=BASEMAP)
    x, y = locator.marker_position_mm(106.7, 21.9) or (0.0, 0.0)
    frame = locator.projection.frame
    # The middle of the outline is the middle of the frame, but for the form of the projection.
    assert x == pytest.approx(frame.x + frame.width / 2, abs=0.5)
    assert y == pytest.approx(frame.y + frame.height / 2, abs=0.5)
    assert locator.projection.lon_lat(x, y) == pytest.approx((106.7, 21.9), abs=1e-6)
    assert locator.marker_position_mm(100.0, 10.0) is None


def test_a_place_beyond_the_outline_widens_the_map() -> None:
    beyond = (108.0, 21.0)
    assert locator_background((60, 62), basemap=BASEMAP).marker_position_mm(*beyond) is None
    wide = locator_background((60, 62), basemap=BASEMAP, points=[beyond])
    assert wide.marker_position_mm(*beyond) is not None


@pytest.mark.parametrize(("lon", "lat"), [(2.35, 48.85), (-75.0, -12.0), (106.7, -89.0)])
def test_a_mistyped_place_does_not_shrink_the_map(lon: float, lat: float) -> None:
    locator = locator_background((60, 62), basemap=BASEMAP, points=[(lon, lat)])
    assert locator.svg == locator_background((60, 62), basemap=BASEMAP).svg
    assert locator.marker_position_mm(lon, lat) is None
    drawn = overview_map([make_site("LS-001", lon=lon, lat=lat)], basemap=BASEMAP)
    assert drawn.far_outside == ("LS-001",)
    assert "LS-001" not in words_of(drawn.svg)


def test_another_geopark_in_another_zone_without_any_basemap() -> None:
    sites = [make_site("DN-01", lon=107.9, lat=12.3), make_site("DN-02", lon=107.6, lat=12.1)]
    drawn = overview_map(sites, basemap=Basemap(), epsg=32648, language=MapLanguage.ENGLISH)
    assert "DN-01" in words_of(drawn.svg)
    assert "WGS 84 / UTM zone 48N (EPSG:32648)" in " ".join(words_of(drawn.svg))


def test_an_empty_catalogue_has_a_map_too() -> None:
    svg = overview_map([], basemap=Basemap(), epsg=3405).svg
    assert ET.fromstring(svg).tag == f"{SVG}svg"


def test_an_unknown_system_is_refused() -> None:
    with pytest.raises(CoordinateError):
        overview_map([], basemap=BASEMAP, epsg=123456)


def test_the_bundled_layers_hold_the_province_and_its_towns() -> None:
    ground = bundled_basemap()
    if ground.outline is None:
        pytest.skip("resources/map is not there")
    west, south, east, north = ground.bounds([])
    assert (west, south, east, north) == pytest.approx((106.1, 21.3, 107.37, 22.47), abs=0.1)
    assert ground.towns[0].name_vi == "Lạng Sơn"


def test_the_province_is_drawn_only_where_it_belongs() -> None:
    ground = bundled_basemap()
    if ground.outline is None:
        pytest.skip("resources/map is not there")
    elsewhere = [(107.9, 12.3), (107.6, 12.1)]
    assert basemap_for([(106.76, 21.85)], 9215) is ground
    assert basemap_for([(106.76, 21.85), (2.35, 48.85)], 9215) is ground
    assert basemap_for([], 9215) is ground
    assert basemap_for([], 32648).outline is None
    assert basemap_for(elsewhere, 32648).outline is None
    drawn = overview_map([make_site("DN-01", lon=107.9, lat=12.3)], epsg=32648)
    assert drawn.far_outside == ()
    assert not any("GeoNames" in word for word in words_of(drawn.svg))


def test_labels_never_overlap_and_stay_inside() -> None:
    frame = Rect(x=0, y=0, width=100, height=80)
    labels = [
        Label(key=f"{index}", x=50 + index % 5, y=40 + index // 5, width=14, height=4)
        for index in range(25)
    ]
    river = Rect(x=0, y=0, width=100, height=8)
    placed, left_out = place_labels(labels, frame, [river])
    assert len(placed) + len(left_out) == 25
    boxes = [item.box for item in placed]
    assert not any(box.touches(river) for box in boxes)
    for index, box in enumerate(boxes):
        assert frame.contains(box.x, box.y)
        assert frame.contains(box.right, box.bottom)
        assert not any(box.touches(other) for other in boxes[:index])


def test_a_full_map_leaves_labels_out_rather_than_on_top() -> None:
    frame = Rect(x=0, y=0, width=20, height=10)
    labels = [Label(key=str(index), x=10, y=5, width=15, height=4) for index in range(5)]
    placed, left_out = place_labels(labels, frame)
    assert len(left_out) >= 3
    assert len(placed) + len(left_out) == 5


def test_a_single_point_gets_ground_around_it() -> None:
    projection = fit((106.7, 21.9, 106.7, 21.9), Rect(x=0, y=0, width=100, height=80), 9215)
    assert projection.position_mm(106.7, 21.9) == pytest.approx((50, 40))
    assert 1 / projection.mm_per_m == pytest.approx(4000 / 80, rel=0.01)


def test_words_are_as_wide_as_the_font_says() -> None:
    assert text_width("", 3) == 0
    assert text_width("Hữu Liên", 3) < text_width("Hữu Liên", 3, bold=True)
    assert text_width("Hữu Liên", 6) == pytest.approx(2 * text_width("Hữu Liên", 3))
    assert 0.3 < text_width("友", 1) < 1.2
