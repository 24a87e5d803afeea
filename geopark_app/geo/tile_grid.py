"""Tiles of the web map grid (EPSG:3857): which tile a place lies in, which tiles an area needs."""

import math
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

MOST_LAT = 85.0511287798066
"""The grid ends here, north and south."""

HIGHEST_ZOOM = 22
"""No office map goes further: a pixel is 4 cm."""

Box = tuple[float, float, float, float]
"""West, south, east, north in WGS 84 degrees."""

# Tiles that only touch an area along their edge are not needed.
_SHRINK = 1e-6


class Tile(NamedTuple):
    """One tile: zoom, column from the west, row from the north."""

    zoom: int
    column: int
    row: int


def tile_at(lon: float, lat: float, zoom: int) -> Tile:
    """Give the tile a place lies in; places outside of the grid count to its edge."""
    count = 1 << zoom
    lat = min(max(lat, -MOST_LAT), MOST_LAT)
    column = int((lon + 180) / 360 * count)
    north = math.asinh(math.tan(math.radians(lat)))
    row = int((1 - north / math.pi) / 2 * count)
    return Tile(zoom, min(max(column, 0), count - 1), min(max(row, 0), count - 1))


def tile_box(tile: Tile) -> Box:
    """Give the edges of a tile."""
    count = 1 << tile.zoom

    def lat_of(row: int) -> float:
        return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / count))))

    west, east = (column / count * 360 - 180 for column in (tile.column, tile.column + 1))
    return west, lat_of(tile.row + 1), east, lat_of(tile.row)


def flipped(zoom: int, row: int) -> int:
    """Give the row counted from the other side: MBTiles count from the south."""
    return (1 << zoom) - 1 - row


def tiles_of_area(area: BaseGeometry, zooms: Iterable[int]) -> Iterator[Tile]:
    """Give the tiles an area (WGS 84) touches at each of the zooms, by quarters from the top.

    An empty area needs none.
    """
    wanted = frozenset(zoom for zoom in zooms if 0 <= zoom <= HIGHEST_ZOOM)
    if area.is_empty or not wanted:
        return
    shapely.prepare(area)
    deepest = max(wanted)
    waiting = [(Tile(0, 0, 0), False)]
    while waiting:
        tile, is_inside = waiting.pop()
        if not is_inside:
            box = shapely.box(*_shrunk(tile_box(tile)))
            if not area.intersects(box):
                continue
            is_inside = area.contains_properly(box)
        if tile.zoom in wanted:
            yield tile
        if tile.zoom < deepest:
            waiting.extend((below, is_inside) for below in _quarters(tile))


def count_tiles(area: BaseGeometry, zooms: Iterable[int], *, most: int) -> int:
    """Count the tiles of an area, at most `most` + 1: who asks wants to know whether it is more."""
    counted = 0
    for counted, _tile in enumerate(tiles_of_area(area, zooms), start=1):
        if counted > most:
            break
    return counted


def box_of_tiles(zoom: int, west: int, north: int, east: int, south: int) -> Box:
    """Give the edges of a block of tiles: first and last column and row, rows from the north."""
    upper, lower = tile_box(Tile(zoom, west, north)), tile_box(Tile(zoom, east, south))
    return upper[0], lower[1], lower[2], upper[3]


def _quarters(tile: Tile) -> list[Tile]:
    column, row = tile.column * 2, tile.row * 2
    return [Tile(tile.zoom + 1, column + x, row + y) for y in (1, 0) for x in (1, 0)]


def _shrunk(box: Box) -> Box:
    west, south, east, north = box
    by_lon, by_lat = (east - west) * _SHRINK, (north - south) * _SHRINK
    return west + by_lon, south + by_lat, east - by_lon, north - by_lat
