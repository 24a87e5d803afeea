"""Greedy placement of labels: ten sides, growing distance, leader lines, the best of four runs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from geopark_app.maps.projection import Rect

_GAP_MM = 0.5
_STEPS = (0.0, 1.2, 2.6, 4.2, 6.0, 8.5, 11.5, 15.0, 20.0)
# Right first: that is where a reader looks; then left, the corners, above and below.
_SIDES = ((1, 0), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1))
_LEADER_FROM_MM = 1.0
_NEAR_MM = 16.0
_CELL_MM = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label to place beside a sign.

    Attributes
    ----------
    key : str
        Whatever the caller knows it by.
    x, y : float
        Middle of the sign in millimetres.
    width, height : float
        Size of the label's box in millimetres.
    reach : float
        Half the size of the sign, which the label must not touch.
    """

    key: str
    x: float
    y: float
    width: float
    height: float
    reach: float = 1.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a label went; `leader` is the line to its sign when it had to move away."""

    label: Label
    box: Rect
    leader: tuple[tuple[float, float], tuple[float, float]] | None


def place_labels(
    labels: Sequence[Label], frame: Rect, occupied: Iterable[Rect] = ()
) -> tuple[list[Placed], list[Label]]:
    """Find a free place inside the frame for each label.

    Returns
    -------
    tuple
        The placed labels, and those for which there is no room.
    """
    fixed = [*occupied, *(sign_box(label) for label in labels)]
    runs = [_run(order, frame, fixed) for order in _orders(labels)]
    return min(runs, key=lambda run: (len(run[1]), _moved_mm(run[0])))


def _orders(labels: Sequence[Label]) -> list[list[Label]]:
    # No single order is best everywhere: crowded places first, their reverse, and two sweeps.
    crowded = sorted(labels, key=lambda item: (-_neighbours(item, labels), item.key))
    eastwards = sorted(labels, key=lambda item: (item.x, item.y, item.key))
    southwards = sorted(labels, key=lambda item: (item.y, item.x, item.key))
    return [crowded, crowded[::-1], eastwards, southwards]


def _run(
    order: Sequence[Label], frame: Rect, fixed: Iterable[Rect]
) -> tuple[list[Placed], list[Label]]:
    taken = _Boxes()
    for box in fixed:
        taken.add(box)
    placed: list[Placed] = []
    left_out: list[Label] = []
    for label in order:
        found = _free_place(label, frame, taken)
        if found is None:
            left_out.append(label)
            continue
        taken.add(found.box)
        placed.append(found)
    return placed, left_out


def _moved_mm(placed: Sequence[Placed]) -> float:
    leaders = (item.leader for item in placed if item.leader is not None)
    return sum((start[0] - end[0]) ** 2 + (start[1] - end[1]) ** 2 for start, end in leaders)


def candidates(label: Label, *, farthest_mm: float = _STEPS[-1]) -> Iterator[Placed]:
    """Give the places a label can have, the best first."""
    for step in _STEPS:
        if step > farthest_mm:
            return
        for dx, dy in _SIDES:
            box = _box_beside(label, dx, dy, step)
            yield Placed(label=label, box=box, leader=_leader(label, box, step))


def _free_place(label: Label, frame: Rect, taken: "_Boxes") -> Placed | None:
    for placed in candidates(label):
        if _within(placed.box, frame) and taken.is_free(placed.box):
            return placed
    return None


def _box_beside(label: Label, dx: int, dy: int, step: float) -> Rect:
    away = label.reach + _GAP_MM + step * (0.75 if dx and dy else 1.0)
    side_x = {1: away, -1: -away - label.width, 0: -label.width / 2}[dx]
    side_y = {1: away, -1: -away - label.height, 0: -label.height / 2}[dy]
    if dx and dy and not step:
        side_y = {1: label.reach * 0.4, -1: -label.reach * 0.4 - label.height}[dy]
    return Rect(x=label.x + side_x, y=label.y + side_y, width=label.width, height=label.height)


def _leader(
    label: Label, box: Rect, step: float
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    if step < _LEADER_FROM_MM:
        return None
    end_x = min(max(label.x, box.x), box.right)
    end_y = min(max(label.y, box.y), box.bottom)
    return ((label.x, label.y), (end_x, end_y))


def sign_box(label: Label) -> Rect:
    """Give the box of the label's sign."""
    side = 2 * label.reach
    return Rect(x=label.x - label.reach, y=label.y - label.reach, width=side, height=side)


def _neighbours(label: Label, labels: Sequence[Label]) -> int:
    return sum(
        abs(other.x - label.x) < _NEAR_MM and abs(other.y - label.y) < _NEAR_MM for other in labels
    )


def _within(box: Rect, frame: Rect) -> bool:
    return (
        box.x >= frame.x + _GAP_MM
        and box.right <= frame.right - _GAP_MM
        and box.y >= frame.y + _GAP_MM
        and box.bottom <= frame.bottom - _GAP_MM
    )


class _Boxes:
    """Boxes that are taken, found quickly by a grid of cells."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Rect]] = {}

    def add(self, box: Rect) -> None:
        for cell in _cells_of(box):
            self._cells.setdefault(cell, []).append(box)

    def is_free(self, box: Rect) -> bool:
        return not any(
            box.touches(other) for cell in _cells_of(box) for other in self._cells.get(cell, ())
        )


def _cells_of(box: Rect) -> Iterable[tuple[int, int]]:
    columns = range(int(box.x // _CELL_MM), int(box.right // _CELL_MM) + 1)
    rows = range(int(box.y // _CELL_MM), int(box.bottom // _CELL_MM) + 1)
    return [(column, row) for column in columns for row in rows]
