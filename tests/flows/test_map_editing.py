"""What a gesture on the map writes: one save, undone like any other, and the question after it."""

import json
from typing import Any

import pytest

from geopark_app.cli import main
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Commune, MapLayer, Route, Site, SiteExtent
from geopark_app.operations.conflicts import list_conflicts
from geopark_app.operations.context import AppContext
from geopark_app.operations.ground import road_near
from geopark_app.operations.map_editing import (
    ChosenPoint,
    accept_place,
    add_extent,
    add_site_at,
    look_at_shape,
    move_site,
    place_offer,
    set_shape,
)
from geopark_app.operations.map_shapes import map_shapes
from geopark_app.operations.records import set_fields
from geopark_app.operations.undo import UndoStack
from geopark_app.store.new_keys import new_uuid
from tests.builders import make_position, make_site, put
from tests.conftest import OpenCatalogue
from tests.layer_files import CODES, NAMES, SIDE, SOUTH, WEST, feature, middle, put_communes, square

BOW_TIE = [[106.51, 21.51], [106.52, 21.52], [106.52, 21.51], [106.51, 21.52], [106.51, 21.51]]


def polygon(*corners: tuple[float, float]) -> str:
    return json.dumps({"type": "Polygon", "coordinates": [[*corners, corners[0]]]})


@pytest.fixture
def context(context: AppContext) -> AppContext:
    """Give a catalogue with four communes and an official boundary around three of them."""
    put_communes(context)
    squares = [
        feature(square(WEST + at * SIDE, SOUTH), code=code, name_vi=name)
        for at, (code, name) in enumerate(zip(CODES, NAMES, strict=True))
    ]
    three = feature({"type": "Polygon", **_wide(3)}, name_vi="Công viên")
    for kind, features in (("communes", squares), ("boundary", [three])):
        content = json.dumps({"type": "FeatureCollection", "features": features})
        sha256 = context.catalogue.layer_files.add_bytes(content.encode())
        layer = MapLayer(
            uuid=new_uuid(), name_vi=kind, layer_kind=kind, sha256=sha256, is_official=True
        )
        put(context, layer)
    return context


def _wide(sides: int) -> dict[str, Any]:
    """Give a ring around so many squares beside each other."""
    east, north = WEST + sides * SIDE, SOUTH + SIDE
    ring = [[WEST, SOUTH], [east, SOUTH], [east, north], [WEST, north], [WEST, SOUTH]]
    return {"coordinates": [ring]}


@pytest.fixture
def site(context: AppContext) -> Site:
    """Give a site in the border commune, measured there."""
    made = make_site(
        code="A-001",
        commune_code="06040",
        border_zone=True,
        position=make_position(*middle(0), quality="exact", method="gnss_handheld", accuracy_m=4.0),
    )
    put(context, made)
    return made


def now(context: AppContext, site: Site) -> Site:
    found = context.catalogue.get(Site, site.uuid)
    assert found is not None
    return found


def test_a_move_across_a_commune_line_is_one_save_and_asks_one_question(
    context: AppContext, site: Site
) -> None:
    undo = UndoStack(context)
    lon, lat = middle(1)
    moved = move_site(context, site, ChosenPoint(lon=lon, lat=lat), reason="move")
    undo.push(moved)
    after = now(context, site)
    assert after.position is not None
    assert (after.position.lon, after.position.lat) == (lon, lat)
    # what was said of the old point is not said of the new one
    assert (after.position.method, after.position.quality) == ("map", "approx")
    assert after.position.accuracy_m is None
    assert after.commune_code == "06040"

    offer = place_offer(context, site.uuid)
    assert offer is not None
    assert offer.commune is not None
    assert (offer.commune.code, offer.border_zone) == ("06400", False)
    undo.push(accept_place(context, site.uuid, reason="take over"))
    taken = now(context, site)
    assert (taken.commune_code, taken.border_zone) == ("06400", False)
    assert place_offer(context, site.uuid) is None

    undo.undo()
    assert now(context, site).commune_code == "06040"
    assert now(context, site).border_zone is True
    undo.undo()
    assert now(context, site).position == site.position
    assert undo.undo_text is None


def test_inside_its_commune_nothing_is_asked(context: AppContext, site: Site) -> None:
    lon, lat = middle(0)
    move_site(context, site, ChosenPoint(lon=lon + 0.01, lat=lat), reason="move")
    assert place_offer(context, site.uuid) is None
    put(context, make_site(uuid=new_uuid(), code="B", border_zone=None, position=None))
    assert place_offer(context, new_uuid()) is None


def test_a_typed_point_keeps_what_was_typed(context: AppContext, site: Site) -> None:
    lon, lat = middle(0)
    typed = ChosenPoint(lon=lon, lat=lat + 0.001, typed="21°33′03.6″N 106°33′E")
    move_site(context, site, typed, reason="move")
    position = now(context, site).position
    assert position is not None
    assert (position.as_typed, position.method, position.quality) == (typed.typed, None, None)


def test_what_a_colleague_wrote_meanwhile_is_kept_beside_the_move(
    context: AppContext, site: Site, opened: OpenCatalogue
) -> None:
    other = opened(context.catalogue.folder.root, person="Lan", device="laptop-2")
    set_fields(other, "site", site.uuid, {"lon": "106.56", "lat": "21.56"})
    move_site(context, site, ChosenPoint(lon=106.57, lat=21.57), reason="move")
    (conflict,) = list_conflicts(context)
    assert conflict.field == "position"
    assert len(conflict.values) == 2


def test_a_new_site_has_code_commune_and_zone_of_its_place(context: AppContext, site: Site) -> None:
    lon, lat = middle(0)
    made = add_site_at(context, ChosenPoint(lon=lon, lat=lat), reason="add {code}")
    new = context.catalogue.get(Site, made.uuid)
    assert new is not None
    assert (new.code, new.commune_code, new.border_zone) == ("A-002", "06040", True)
    assert new.workflow_status == "draft"
    assert made.changes.note == "add A-002"
    far = add_site_at(context, ChosenPoint(lon=100.0, lat=20.0), reason="add {code}")
    outside = context.catalogue.get(Site, far.uuid)
    assert outside is not None
    assert outside.commune_code is None


def test_extents_and_route_lines_pass_the_same_checks_as_the_form(
    context: AppContext, site: Site
) -> None:
    undo = UndoStack(context)
    crossing = json.dumps({"type": "Polygon", "coordinates": [BOW_TIE]})
    with pytest.raises(GeoparkError) as caught:
        add_extent(context, site.uuid, crossing, purpose="site", reason="draw")
    assert caught.value.code is ErrorCode.CROSSING_SHAPE
    assert (caught.value.details["lat"], caught.value.details["lon"]) == ("21.51500", "106.51500")
    assert look_at_shape(context, crossing).crossing == (106.515, 21.515)

    good = polygon((106.51, 21.51), (106.53, 21.51), (106.53, 21.53))
    made = add_extent(context, site.uuid, good, purpose="site", reason="draw")
    undo.push(made.changes)
    extent = context.catalogue.get(SiteExtent, made.uuid)
    assert extent is not None
    assert (extent.site_uuid, extent.purpose, extent.method) == (site.uuid, "site", "map")
    assert extent.drawn_on == "2026-11-20"
    larger = polygon((106.51, 21.51), (106.55, 21.51), (106.55, 21.55))
    undo.push(set_shape(context, extent, larger, reason="change").changes)
    with pytest.raises(GeoparkError):
        set_shape(context, extent, crossing, reason="change")
    undo.undo()
    again = context.catalogue.get(SiteExtent, made.uuid)
    assert again is not None
    assert again.geojson == extent.geojson

    route = Route(uuid=new_uuid(), number=7, name_vi="Tuyến mới")
    put(context, route)
    line = json.dumps({"type": "LineString", "coordinates": [[106.5, 21.5], [106.6, 21.6]]})
    set_shape(context, route, line, reason="line")
    shapes = map_shapes(context)
    assert [(shape.kind, shape.number) for shape in shapes] == [("site_extent", 0), ("route", 7)]
    stored = context.catalogue.get(Route, route.uuid)
    assert stored is not None
    road = road_near(context, 106.55, 21.56)
    assert road is not None
    assert (road.name, 700 < road.metres < 850) == ("Tuyến mới", True)
    set_shape(context, stored, "", reason="away")
    assert [shape.kind for shape in map_shapes(context)] == ["site_extent"]


def test_a_shape_is_measured_on_the_ellipsoid_and_compared_with_the_boundary(
    context: AppContext,
) -> None:
    inside = look_at_shape(context, json.dumps(square(WEST, SOUTH)))
    # a tenth of a degree here: 11.07 km by 10.36 km
    assert inside.area_m2 == pytest.approx(114.7e6, rel=0.002)
    assert inside.length_m == pytest.approx(42_870, rel=0.002)
    assert (inside.outside, inside.crossing, inside.is_near) == (0.0, None, True)
    half = look_at_shape(context, json.dumps(square(WEST + 2.5 * SIDE, SOUTH)))
    assert half.outside == pytest.approx(0.5, abs=0.01)
    line = {"type": "LineString", "coordinates": [[WEST, SOUTH], [WEST + 6 * SIDE, SOUTH]]}
    assert look_at_shape(context, json.dumps(line)).outside == pytest.approx(0.5, abs=0.01)
    # beyond the line by less than published lines are sure of
    rim = square(WEST, SOUTH - 0.0005)
    assert look_at_shape(context, json.dumps(rim)).outside == 0.0


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", '{"type":"Polygon"}', '{"type":"Polygon","coordinates":[[[1]]]}',
     "[" * 20_000, '{"type":"Point","coordinates":["a","b"]}'],
    ids=range(7),
)  # fmt: skip
def test_what_is_no_shape_is_refused(context: AppContext, text: str) -> None:
    with pytest.raises(GeoparkError) as caught:
        look_at_shape(context, text)
    assert caught.value.code is ErrorCode.BAD_VALUE


def test_the_commands_say_the_same(
    context: AppContext, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(context.catalogue.folder.root)
    lon, lat = middle(1)

    def run(*words: str) -> tuple[int, Any, str]:
        code = main(["--catalogue", folder, *words, "--json", "--lang", "en"])
        told = capsys.readouterr()
        return code, json.loads(told.out), told.err

    code, _answer, said = run("site", "set", "A-001", "-f", f"lon={lon}", "-f", f"lat={lat}")
    assert code == 0
    assert "lies in Hữu Liên now; its record says Đồng Đăng" in said
    assert "site communes A-001 --accept" in said
    code, _answer, said = run("site", "set", "A-001", "-f", "name_en=Wind Cave")
    assert (code, said) == (0, "")

    bow_tie = json.dumps({"type": "Polygon", "coordinates": [BOW_TIE]})
    words = ("-f", f"site_uuid={site.uuid}", "-f", f"geojson={bow_tie}")
    code, answer, _said = run("record", "site_extent", "add", *words)
    assert (code, answer["error"]["code"]) == (20, "crossing-shape")
    assert "21.51500, 106.51500" in answer["error"]["message"]

    code, answer, _said = run("measure", "21.5, 106.5", "21.5, 106.6")
    assert (code, round(answer["length_m"])) == (0, 10_362)
    corners = ("21.5, 106.5", "21.5, 106.6", "21.6, 106.6", "21.6, 106.5")
    code, answer, _said = run("measure", "--area", *corners)
    assert answer["area_m2"] == pytest.approx(114.7e6, rel=0.002)
    code, answer, _said = run("measure", "--area", corners[0], corners[2], corners[1], corners[3])
    assert answer["crosses_at"] == pytest.approx([106.55, 21.55])
    assert main(["--catalogue", folder, "measure", "21.5, 106.5"]) == 2
    assert context.catalogue.records(Commune)
