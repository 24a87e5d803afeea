"""Tiles of the web grid: where a place lies, what an area needs, where a cover has holes."""

import pytest
from shapely.geometry import LineString, Point, Polygon, box

from geopark_app.geo.tile_cover import Place, holes_of
from geopark_app.geo.tile_grid import (
    Tile,
    box_of_tiles,
    count_tiles,
    flipped,
    tile_at,
    tile_box,
    tiles_of_area,
)

CITY = (106.762, 21.853)


@pytest.mark.parametrize(
    ("lon", "lat", "zoom", "tile"),
    [
        (0.0, 0.0, 0, Tile(0, 0, 0)),
        (-180.0, 85.06, 3, Tile(3, 0, 0)),
        (180.0, -89.0, 3, Tile(3, 7, 7)),
        (*CITY, 10, Tile(10, 815, 448)),  # worked out by the formula of the OSM wiki
    ],
)
def test_a_place_lies_in_its_tile(lon: float, lat: float, zoom: int, tile: Tile) -> None:
    assert tile_at(lon, lat, zoom) == tile


def test_rows_are_flipped_and_back() -> None:
    assert flipped(10, 448) == 575
    assert flipped(10, flipped(10, 448)) == 448


def test_a_box_needs_the_tiles_counted_by_its_corners() -> None:
    for zoom in range(15):
        west, south, east, north = 106.1, 21.3, 107.3, 22.5
        first, last = tile_at(west, north, zoom), tile_at(east, south, zoom)
        counted = (last.column - first.column + 1) * (last.row - first.row + 1)
        found = list(tiles_of_area(box(west, south, east, north), (zoom,)))
        assert len(found) == len(set(found)) == counted
    # The figure of the design for the province's box.
    assert count_tiles(box(105.92, 21.31, 107.37, 22.46), range(5, 14), most=9999) in range(
        900, 1500
    )


def test_an_area_that_only_touches_a_tile_does_not_need_it() -> None:
    tile = Tile(12, 3262, 1793)
    assert list(tiles_of_area(box(*tile_box(tile)), (12,))) == [tile]


def test_lines_points_and_nothing() -> None:
    line = LineString([CITY, (106.9, 21.95)])
    found = set(tiles_of_area(line, (12, 13)))
    assert {tile_at(*CITY, 12), tile_at(106.9, 21.95, 13)} <= found
    assert list(tiles_of_area(Point(CITY), (9,))) == [tile_at(*CITY, 9)]
    assert list(tiles_of_area(Polygon(), (9,))) == []
    assert list(tiles_of_area(Point(CITY), (99, -1))) == []
    assert count_tiles(box(100, 10, 110, 20), (16,), most=50) == 51


def test_edges_of_a_block_of_tiles() -> None:
    tile = tile_at(*CITY, 9)
    assert box_of_tiles(9, tile.column, tile.row, tile.column, tile.row) == tile_box(tile)


def test_holes_are_named_by_place_and_zoom() -> None:
    here = {tile_at(*CITY, 12)}
    places = [
        Place(name="Lạng Sơn", area=Point(CITY), zooms=(13, 12)),
        Place(name="Ba Sơn", area=Point(106.9, 21.95), zooms=(12,)),
    ]

    holes = holes_of(places, lambda tile: tile in here)

    assert [(hole.name, hole.zoom, hole.missing, hole.needed) for hole in holes] == [
        ("Lạng Sơn", 13, 1, 1),
        ("Ba Sơn", 12, 1, 1),
    ]
    assert holes[0].box == tile_box(tile_at(*CITY, 13))
    assert holes_of(places, lambda _tile: True) == []
    assert holes_of([], lambda _tile: False) == []
