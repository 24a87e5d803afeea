"""Maps for paper: nothing lies on anything, the scale is true, tiles cover the sheet."""

import random
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import shapely
import typst
from shapely.geometry import LineString, box

from geopark_app.geo.crs import from_projected
from geopark_app.geo.shape_index import NamedShape
from geopark_app.maps.basemap import Basemap, bundled_basemap
from geopark_app.maps.font_metrics import text_width
from geopark_app.maps.layers import MapSite
from geopark_app.maps.paper.composing import draw_paper_map, map_area
from geopark_app.maps.paper.content import (
    NumberedSite,
    PaperLayer,
    PaperMap,
    PaperMapKind,
    PaperPlace,
    PaperRoute,
    PaperWords,
)
from geopark_app.maps.paper.scales import round_denominator
from geopark_app.maps.paper.sizes import OVERLAP_MM, PaperSize, tiles_of
from geopark_app.maps.paper.space import turned_corners
from geopark_app.maps.paper.tiles import draw_tile
from geopark_app.maps.wording import MapLanguage
from geopark_app.paths import bundled

FONTS = bundled("resources", "web", "dist", "fonts")
pytestmark = pytest.mark.skipif(
    not FONTS.is_dir() or bundled_basemap().outline is None,
    reason="fonts or outline are not there: make setup",
)
KINDS = ("geosite", "cultural", "viewpoint", "facility", "natural", "intangible")
QUALITIES = ("exact", "approx", "commune-centroid", "unknown")
NAMES = ("Hang Gió", "Mặt cắt chuẩn hệ tầng Lạng Sơn", "Đền Bắc Lệ", "Chị Họ Vụ ẹ Ải ẮẰẲẴẶ")


def make_site(number: int, quality: str, lon: float, lat: float) -> MapSite:
    name = NAMES[number % len(NAMES)]
    return MapSite(
        uuid=f"s{number}",
        code=f"LS-{number:03}",
        name_vi=f"{name} {number}",
        name_en=f"Site of {name} {number}",
        kind=KINDS[number % len(KINDS)],
        kind_label="Điểm di sản địa chất",
        lon=None if quality == "unknown" else lon,
        lat=None if quality == "unknown" else lat,
        quality=quality,
        commune_name="Kỳ Lừa",
        readiness=None,
        red=False,
        workflow_status="draft",
        border_commune=False,
    )


def many_sites(count: int) -> tuple[NumberedSite, ...]:
    """Give sites of every quality, crowded round three places."""
    dice = random.Random(7)
    found = []
    for number in range(1, count + 1):
        quality = QUALITIES[number % len(QUALITIES)]
        lon, lat = dice.choice(((106.76, 21.85), (106.35, 21.9), (106.6, 21.65)))
        spread = 0.0 if quality == "commune-centroid" else 0.06
        lon, lat = lon + dice.uniform(-spread, spread), lat + dice.uniform(-spread, spread)
        site = make_site(number, quality, lon, lat)
        found.append(
            NumberedSite(number="" if quality == "unknown" else str(number), site=site,
                         place="Kỳ Lừa", stop="Tuyến 1, điểm dừng 3")
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: not one.number))


def make_layer(kind: str, *shapes: tuple[str, Any]) -> PaperLayer:
    return PaperLayer(
        kind=kind, name_vi=f"Lớp {kind}", name_en=f"Layer {kind}", colour="#1565a8", width_mm=0.4,
        opacity=1.0, has_labels=True,
        shapes=tuple(
            NamedShape(code="", name_vi=name, name_en=name, geometry=shape)
            for name, shape in shapes
        ),
    )  # fmt: skip


def make_paper(**more: Any) -> PaperMap:
    river = LineString([(106.2, 21.6), (106.5, 21.8), (106.9, 22.0)])
    layers = (
        make_layer("geology", ("Hệ tầng Bắc Sơn", box(106.1, 21.5, 106.5, 22.1)),
                   ("Hệ tầng Lạng Sơn", box(106.5, 21.5, 107.0, 22.1))),
        make_layer("communes", ("Hữu Liên", box(106.2, 21.6, 106.4, 21.8))),
        make_layer("rivers", ("Sông Kỳ Cùng", river)),
    )  # fmt: skip
    route = PaperRoute(
        number=1, name_vi="Thượng ngàn", name_en="Upper Realm", colour="#2e7d32",
        lines=(LineString([(106.3, 21.5), (106.8, 21.9)]),), is_schematic=False, stop_count=3,
    )  # fmt: skip
    place = PaperPlace(
        uuid="p1", kind="toilet", kind_words="Nhà vệ sinh", name_vi="WC", name_en="WC",
        lon=106.45, lat=21.75,
    )  # fmt: skip
    values: dict[str, Any] = {
        "kind": PaperMapKind.PARK,
        "size_mm": PaperSize.A3.size_mm(is_landscape=True),
        "epsg": 9215,
        "language": MapLanguage.VIETNAMESE,
        "bounds": (106.1, 21.4, 107.0, 22.2),
        "basemap": bundled_basemap(),
        "words": PaperWords(park="Công viên địa chất", title="Bản đồ", made="Lập ngày", boundary="",
                            sources=("OSM",)),
        "sites": many_sites(40),
        "routes": (route,),
        "places": (place,),
        "layers": layers,
    }  # fmt: skip
    return PaperMap(**{**values, **more})


def texts_of(svg: str) -> list[tuple[str, shapely.Polygon]]:
    """Give every text of a drawing with the room of its letters, measured apart from our code."""
    found = []
    for one in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):
        size, words = float(one.attrib["font-size"]), one.text or ""
        width = text_width(words, size, bold=one.attrib.get("font-weight") == "bold")
        x, y = float(one.attrib["x"]), float(one.attrib["y"])
        left = {"start": 0.0, "middle": -width / 2, "end": -width}[one.attrib["text-anchor"]]
        letters = box(x + left, y - size * 0.72, x + left + width, y + size * 0.08)
        turn = one.attrib.get("transform", "")
        if turn:
            degrees = float(turn.removeprefix("rotate(").split()[0])
            letters = shapely.affinity.rotate(letters, degrees, origin=(x, y))
        found.append((words, letters))
    return found


def overlapping(texts: Sequence[tuple[str, shapely.Polygon]]) -> list[tuple[str, str]]:
    shapes = [shape for _words, shape in texts]
    pairs = shapely.STRtree(shapes).query(shapes, predicate="intersects").T.tolist()
    return [
        (texts[one][0], texts[other][0])
        for one, other in pairs
        if one < other and shapes[one].intersection(shapes[other]).area > 0.02
    ]


@pytest.mark.parametrize(
    ("size", "is_landscape", "language"),
    [
        (PaperSize.A2, True, MapLanguage.BOTH),
        (PaperSize.A3, False, MapLanguage.ENGLISH),
        (PaperSize.A4, True, MapLanguage.VIETNAMESE),
    ],
)
def test_no_words_lie_on_others(size: PaperSize, is_landscape: bool, language: MapLanguage) -> None:
    paper = make_paper(size_mm=size.size_mm(is_landscape=is_landscape), language=language)
    _canvas, drawn = draw_paper_map(paper)
    assert drawn.overlaps == ()
    assert drawn.counts["legend_rows_left_out"] == 0
    for page in drawn.pages:
        texts = texts_of(page)
        assert len(texts) > 40
        assert overlapping(texts) == []
        inside = box(0, 0, *drawn.size_mm)
        assert [words for words, shape in texts if not inside.contains(shape)] == []


def test_a_planted_overlap_is_counted() -> None:
    from geopark_app.maps.paper.space import Piece, Space, box_corners
    from geopark_app.maps.projection import Rect

    space = Space()
    for at, is_label in ((0.0, True), (3.0, False), (50.0, True)):
        corners = box_corners(Rect(x=at, y=0, width=5, height=2))
        space.add(Piece(corners=corners, owner=str(at), is_label=is_label))
    space.add(Piece(corners=turned_corners((51.0, 1.0), 6, 1, 30.0), owner="t", is_label=True))
    assert space.overlaps() == [("0.0", "3.0"), ("50.0", "t")]


def test_the_scale_is_true_on_paper() -> None:
    area = map_area(make_paper(denominator=200_000))
    projection = area.projection
    start = from_projected(430_000, 2_410_000, 9215)
    end = from_projected(440_000, 2_410_000, 9215)
    first, second = projection.position_mm(*start), projection.position_mm(*end)
    assert second[0] - first[0] == pytest.approx(50.0, abs=0.001)
    assert second[1] - first[1] == pytest.approx(0.0, abs=0.001)
    fitted = round(map_area(make_paper()).projection.denominator)
    assert fitted == round_denominator(fitted)
    assert "Tỷ lệ 1:200.000" in draw_paper_map(make_paper(denominator=200_000))[1].pages[0]


def test_approximate_places_look_different_from_exact_ones() -> None:
    def drawn(quality: str) -> str:
        site = make_site(6, quality, 106.7, 21.8)
        sites = (NumberedSite(number="1", site=site),)
        paper = make_paper(sites=sites, layers=(), routes=(), places=(), basemap=Basemap())
        return draw_paper_map(paper)[1].pages[0]

    exact, approximate, commune = (drawn(q) for q in ("exact", "approx", "commune-centroid"))
    assert len({exact, approximate, commune}) == 3
    assert "Vị trí gần đúng" in approximate
    assert "Vị trí gần đúng" not in exact
    assert approximate.count("stroke-dasharray") > exact.count("stroke-dasharray")


def test_a_map_without_an_official_line_says_it_is_a_sketch() -> None:
    _canvas, sketch = draw_paper_map(make_paper())
    assert "sketch, not an official boundary" in sketch.pages[0]
    assert "sơ đồ, không phải" in sketch.pages[0]
    line = Basemap(boundary=box(106.2, 21.5, 106.9, 22.0))
    words = PaperWords(park="P", title="T", boundary="Ranh giới CVĐC, 2023")
    _canvas, official = draw_paper_map(make_paper(basemap=line, words=words))
    assert "sketch" not in official.pages[0]
    assert "Ranh giới CVĐC, 2023" in official.pages[0]


def test_sites_without_room_for_the_index_get_pages_of_their_own() -> None:
    size_mm = PaperSize.A4.size_mm(is_landscape=True)
    _canvas, drawn = draw_paper_map(make_paper(size_mm=size_mm, sites=many_sites(160)))
    assert len(drawn.pages) >= 2
    listed = "".join(drawn.pages[1:])
    assert all(f"LS-{number:03}" in listed for number in range(1, 161))
    assert "LS-001" in drawn.index


def test_only_an_office_file_gives_a_national_inset() -> None:
    outline = (NamedShape(code="", name_vi="VN", name_en="VN", geometry=box(102, 8, 110, 24)),)
    without = draw_paper_map(make_paper())[1].pages[0]
    with_one = draw_paper_map(make_paper(national=outline))[1].pages[0]
    assert "Vị trí của bản đồ" not in without
    assert "Vị trí của bản đồ" in with_one


@pytest.mark.parametrize("paper", [PaperSize.A4, PaperSize.A3])
def test_tiles_cover_the_sheet_and_overlap(paper: PaperSize) -> None:
    size = PaperSize.A2.size_mm(is_landscape=True)
    tiles = tiles_of(size, paper)
    seen = shapely.union_all([box(t.seen.x, t.seen.y, t.seen.right, t.seen.bottom) for t in tiles])
    assert seen.equals(box(0, 0, *size))
    first, second = tiles[0], tiles[1]
    assert first.seen.right - second.seen.x == pytest.approx(OVERLAP_MM)
    assert {t.name for t in tiles} >= {"1-1", "1-2", "2-1"}


def test_a_tile_holds_its_part_and_marks_in_the_fonts_of_print(tmp_path: Path) -> None:
    # ẹ, ị, ọ and ụ alone make typst refuse a drawing: see `draw_paper_map`.
    canvas, drawn = draw_paper_map(make_paper(language=MapLanguage.BOTH))
    tiles = tiles_of(drawn.size_mm, PaperSize.A4)
    pages = list(drawn.pages)
    pages += [
        draw_tile(canvas, tile, tiles, title="Bản đồ", language=MapLanguage.VIETNAMESE).text_of()
        for tile in tiles[:2]
    ]
    source = ['#set document(title: "Bản đồ")']
    for number, svg in enumerate(pages):
        (tmp_path / f"{number}.svg").write_text(svg, encoding="utf-8")
        source.append(f'#image("{number}.svg", alt: "Bản đồ")')
    (tmp_path / "map.typ").write_text("\n".join(source), encoding="utf-8")
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    pdf, warnings = typst.Compiler(root=str(tmp_path), font_paths=fonts).compile_with_warnings(
        input=str(tmp_path / "map.typ"), format="pdf", pdf_standards=["a-2a", "ua-1"]
    )
    assert pdf.startswith(b"%PDF")
    assert warnings == []
    assert "tờ 1 / " in pages[-2]
    assert pages[-1].count("<path") < drawn.pages[0].count("<path") + 40


def test_the_same_map_is_drawn_alike_twice() -> None:
    assert draw_paper_map(make_paper())[1] == draw_paper_map(make_paper())[1]
