"""Sheets of paper, and how a large map is cut into sheets of an office printer."""

import math
from dataclasses import dataclass
from enum import Enum

from geopark_app.maps.projection import Rect


class PaperSize(Enum):
    """The sheets a map can be made for."""

    A4 = "A4"
    A3 = "A3"
    A2 = "A2"

    def size_mm(self, *, is_landscape: bool) -> tuple[float, float]:
        """Give width and height."""
        short, long = _SHORT_LONG[self]
        return (long, short) if is_landscape else (short, long)


_SHORT_LONG = {
    PaperSize.A4: (210.0, 297.0),
    PaperSize.A3: (297.0, 420.0),
    PaperSize.A2: (420.0, 594.0),
}
PRINTER_EDGE_MM = 10.0
"""So far from the edge office printers leave the paper white."""

OVERLAP_MM = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One sheet of a map that is glued together.

    Attributes
    ----------
    name : str
        Row and column: "2-3".
    width_mm, height_mm : float
        Of the sheet.
    seen : Rect
        What it shows, in millimetres of the whole map.
    has_right, has_below : bool
        Whether another sheet is glued over its right or lower edge.
    """

    name: str
    width_mm: float
    height_mm: float
    seen: Rect
    has_right: bool
    has_below: bool


def tiles_of(
    size_mm: tuple[float, float], paper: PaperSize, *, overlap_mm: float = OVERLAP_MM
) -> tuple[Tile, ...]:
    """Cut a map into sheets: upright or lying, whichever needs fewer."""
    ways = [_cut(size_mm, paper.size_mm(is_landscape=lying), overlap_mm) for lying in (True, False)]
    return min(ways, key=len)


def _cut(
    size_mm: tuple[float, float], sheet_mm: tuple[float, float], overlap_mm: float
) -> tuple[Tile, ...]:
    room = (sheet_mm[0] - 2 * PRINTER_EDGE_MM, sheet_mm[1] - 2 * PRINTER_EDGE_MM)
    columns = _needed(size_mm[0], room[0], overlap_mm)
    rows = _needed(size_mm[1], room[1], overlap_mm)
    tiles = []
    for row in range(rows):
        for column in range(columns):
            x, y = column * (room[0] - overlap_mm), row * (room[1] - overlap_mm)
            seen = Rect(
                x=x, y=y, width=min(room[0], size_mm[0] - x), height=min(room[1], size_mm[1] - y)
            )
            tiles.append(
                Tile(
                    name=f"{row + 1}-{column + 1}",
                    width_mm=sheet_mm[0],
                    height_mm=sheet_mm[1],
                    seen=seen,
                    has_right=column + 1 < columns,
                    has_below=row + 1 < rows,
                )
            )
    return tuple(tiles)


def _needed(length_mm: float, room_mm: float, overlap_mm: float) -> int:
    if length_mm <= room_mm:
        return 1
    return math.ceil((length_mm - overlap_mm) / (room_mm - overlap_mm) - 1e-9)
