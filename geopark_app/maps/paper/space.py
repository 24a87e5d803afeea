"""What is taken on the sheet: boxes, turned boxes and lines, found quickly by a grid of cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians, sin

import shapely

from geopark_app.maps.projection import Rect

Point = tuple[float, float]
_CELL_MM = 12.0
_TOUCHING_MM = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Something drawn that no label may cover.

    Attributes
    ----------
    corners : tuple of (float, float)
        Of a convex shape in millimetres; two for a line.
    owner : str
        What it belongs to; pieces of one owner may touch.
    is_label : bool
        Whether it is words: these are counted where they overlap anything.
    """

    corners: tuple[Point, ...]
    owner: str
    is_label: bool = False


def box_corners(box: Rect) -> tuple[Point, ...]:
    """Give the corners of a box that stands straight."""
    return ((box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom))


def turned_corners(middle: Point, width: float, height: float, degrees: float) -> tuple[Point, ...]:
    """Give the corners of a box turned clockwise about its middle."""
    along, down = radians(degrees), (width / 2, height / 2)
    across = [(-down[0], -down[1]), (down[0], -down[1]), down, (-down[0], down[1])]
    return tuple(
        (middle[0] + x * cos(along) - y * sin(along), middle[1] + x * sin(along) + y * cos(along))
        for x, y in across
    )


class Space:
    """The pieces on a sheet.

    Attributes
    ----------
    pieces : list of Piece
        In the order they came.
    """

    def __init__(self) -> None:
        """Begin with an empty sheet."""
        self.pieces: list[Piece] = []
        self._cells: dict[tuple[int, int], list[Piece]] = {}

    def copy(self) -> "Space":
        """Give another sheet with the same pieces."""
        other = Space()
        other.pieces = list(self.pieces)
        other._cells = {cell: list(pieces) for cell, pieces in self._cells.items()}
        return other

    def add(self, piece: Piece) -> None:
        """Take room."""
        self.pieces.append(piece)
        for cell in _cells_of(piece.corners):
            self._cells.setdefault(cell, []).append(piece)

    def is_free(self, corners: tuple[Point, ...], *, owner: str = "") -> bool:
        """Say whether a convex shape touches nothing of another owner."""
        seen: set[int] = set()
        for cell in _cells_of(corners):
            for piece in self._cells.get(cell, ()):
                if id(piece) in seen or (owner and piece.owner == owner):
                    continue
                seen.add(id(piece))
                if _touch(corners, piece.corners):
                    return False
        return True

    def overlaps(self) -> list[tuple[str, str]]:
        """Give the owners of labels that lie on another label or on a sign, each pair once.

        Counted by another way than labels are placed, from what was drawn in the end.
        """
        solid = [piece for piece in self.pieces if len(piece.corners) > 2]
        if not solid:
            return []
        shapes = [shapely.Polygon(piece.corners) for piece in solid]
        found = set()
        for one, other in shapely.STRtree(shapes).query(shapes, predicate="intersects").T.tolist():
            first, second = solid[one], solid[other]
            if one >= other or not (first.is_label or second.is_label):
                continue
            if shapes[one].intersection(shapes[other]).area > _TOUCHING_MM:
                found.add((first.owner, second.owner))
        return sorted(found)


def within(corners: Iterable[Point], frame: Rect, *, gap_mm: float = 0.5) -> bool:
    """Say whether every corner lies inside the frame, a little away from its edge."""
    return all(
        frame.x + gap_mm <= x <= frame.right - gap_mm
        and frame.y + gap_mm <= y <= frame.bottom - gap_mm
        for x, y in corners
    )


def _cells_of(corners: Sequence[Point]) -> list[tuple[int, int]]:
    xs, ys = [x for x, _y in corners], [y for _x, y in corners]
    columns = range(int(min(xs) // _CELL_MM), int(max(xs) // _CELL_MM) + 1)
    rows = range(int(min(ys) // _CELL_MM), int(max(ys) // _CELL_MM) + 1)
    return [(column, row) for column in columns for row in rows]


def _touch(one: Sequence[Point], other: Sequence[Point]) -> bool:
    # Two convex shapes are apart if a line between them exists: beside an edge of either.
    return not any(_parts(axis, one, other) for shape in (one, other) for axis in _axes(shape))


def _axes(shape: Sequence[Point]) -> list[Point]:
    ends = zip(shape, (*shape[1:], shape[0]), strict=True)
    axes = [(y1 - y2, x2 - x1) for (x1, y1), (x2, y2) in ends if (x1, y1) != (x2, y2)]
    return [*axes, *((-y, x) for x, y in axes)] if len(shape) == 2 else axes


def _parts(axis: Point, one: Sequence[Point], other: Sequence[Point]) -> bool:
    first = [x * axis[0] + y * axis[1] for x, y in one]
    second = [x * axis[0] + y * axis[1] for x, y in other]
    return max(first) <= min(second) or max(second) <= min(first)
