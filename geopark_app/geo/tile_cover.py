"""Whether base maps cover places at the zooms needed: a pure question, asked before going out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from geopark_app.geo.tile_grid import Box, Tile, tile_box, tiles_of_area

HasTile = Callable[[Tile], bool]
"""Says whether some base map has a tile that can be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What has to be covered.

    Attributes
    ----------
    name : str
        A site or a leg of the way, as people call it.
    area : BaseGeometry
        WGS 84.
    zooms : sequence of int
        At which zooms it is needed.
    """

    name: str
    area: BaseGeometry
    zooms: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """Tiles of one place that no base map has at one zoom.

    Attributes
    ----------
    name : str
        Of the place.
    zoom : int
        At which zoom.
    missing, needed : int
        How many tiles of how many.
    box : Box
        Around the missing ones.
    """

    name: str
    zoom: int
    missing: int
    needed: int
    box: Box


def holes_of(places: Iterable[Place], has_tile: HasTile) -> list[Hole]:
    """Give what is missing, in the order of the places, low zooms first."""
    holes = []
    for place in places:
        for zoom in sorted(set(place.zooms)):
            needed = list(tiles_of_area(place.area, (zoom,)))
            missing = [tile for tile in needed if not has_tile(tile)]
            if missing:
                holes.append(
                    Hole(
                        name=place.name,
                        zoom=zoom,
                        missing=len(missing),
                        needed=len(needed),
                        box=_around(missing),
                    )
                )
    return holes


def _around(tiles: Sequence[Tile]) -> Box:
    boxes = [tile_box(tile) for tile in tiles]
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
