"""Names beside signs: several orders are tried, the one that loses fewest names is kept."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from geopark_app.maps.font_metrics import text_width
from geopark_app.maps.furniture import wrap_evenly
from geopark_app.maps.labels import Label, Placed, candidates
from geopark_app.maps.paper.marks import draw_chip
from geopark_app.maps.paper.space import Piece, Space, box_corners, within
from geopark_app.maps.projection import Rect
from geopark_app.maps.svg import SvgCanvas

_PAPER = "#ffffff"
_LINE_EM = 1.16
_ASCENT_EM = 0.9
_CHIP_EM = 1.75
_WIDTHS_EM = (11.0, 7.5, 17.0)
_NEAR_MM = 16.0
_MOST_IN_FOUR_ORDERS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """Words to write beside a sign.

    Attributes
    ----------
    key, owner : str
        What is told when it finds no room; the sign it belongs to, which it may not cover.
    words : str
        The name; broken into lines as it fits.
    x, y, reach : float
        Middle of the sign and half its size, in millimetres.
    size : float
        Of the letters.
    colour : str
        Of the letters.
    is_bold, is_italic : bool
        Style.
    chips : tuple of (str, str)
        In place of words: numbers of sites with their kinds, each in its own sign.
    farthest_mm : float
        How far away from the sign it may stand, with a line between them.
    """

    key: str
    owner: str
    words: str
    x: float
    y: float
    reach: float
    size: float
    colour: str = "#1d2730"
    is_bold: bool = False
    is_italic: bool = False
    chips: tuple[tuple[str, str], ...] = ()
    farthest_mm: float = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedName:
    """A name with its lines where they stand."""

    name: Name
    lines: tuple[str, ...]
    placed: Placed

    def take(self, space: Space) -> None:
        """Take the room of the name and of its line."""
        owner = self.name.owner
        corners = box_corners(self.placed.box)
        space.add(Piece(corners=corners, owner=owner, is_label=True))
        if self.placed.leader is not None:
            space.add(Piece(corners=self.placed.leader, owner=owner))

    def draw_leader(self, canvas: SvgCanvas) -> None:
        """Draw the line to a sign that is not beside it."""
        if self.placed.leader is not None:
            canvas.line(self.placed.leader, stroke="#5c6770", width=0.14)

    def write(self, canvas: SvgCanvas) -> None:
        """Write the lines towards the sign."""
        name, box = self.name, self.placed.box
        if name.chips:
            self._draw_chips(canvas)
            return
        is_left = box.right <= name.x
        anchor, x = ("end", box.right) if is_left else ("start", box.x)
        for number, line in enumerate(self.lines):
            canvas.text(
                x,
                box.y + name.size * (_ASCENT_EM + number * _LINE_EM),
                line,
                size=name.size,
                fill=name.colour,
                anchor=anchor,
                bold=name.is_bold,
                italic=name.is_italic,
                halo=_PAPER,
            )

    def _draw_chips(self, canvas: SvgCanvas) -> None:
        pitch, columns = self.name.size * _CHIP_EM, int(self.lines[0])
        for at, (number, kind) in enumerate(self.name.chips):
            x = self.placed.box.x + pitch * (at % columns + 0.5)
            y = self.placed.box.y + pitch * (at // columns + 0.5)
            draw_chip(canvas, x, y, pitch * 0.4, number, kind)


def place_names(
    names: Sequence[Name], frame: Rect, space: Space
) -> tuple[list[PlacedName], list[Name]]:
    """Find room for each; gives the placed ones, whose room is taken now, and those without."""
    # Names of a full map find no better place in another order; only time is lost.
    orders = _orders(names) if len(names) <= _MOST_IN_FOUR_ORDERS else [list(names)]
    runs = [_run(order, frame, space.copy()) for order in orders]
    placed, left = min(runs, key=lambda run: (len(run[1]), _moved_mm(run[0])), default=([], []))
    for one in placed:
        one.take(space)
    return placed, left


def _orders(names: Sequence[Name]) -> list[list[Name]]:
    crowded = sorted(names, key=lambda one: (-_neighbours(one, names), one.key))
    eastwards = sorted(names, key=lambda one: (one.x, one.y, one.key))
    return [crowded, crowded[::-1], eastwards, eastwards[::-1]]


def _neighbours(one: Name, names: Sequence[Name]) -> int:
    return sum(
        abs(other.x - one.x) < _NEAR_MM and abs(other.y - one.y) < _NEAR_MM for other in names
    )


def _run(order: Sequence[Name], frame: Rect, space: Space) -> tuple[list[PlacedName], list[Name]]:
    placed: list[PlacedName] = []
    left: list[Name] = []
    is_full = len(order) > _MOST_IN_FOUR_ORDERS
    for name in order:
        found = _free(name, frame, space, only_beside=is_full)
        if found is None:
            left.append(name)
        else:
            found.take(space)
            placed.append(found)
    return placed, left


def _free(name: Name, frame: Rect, space: Space, *, only_beside: bool) -> PlacedName | None:
    # Beside the sign in any breaking of its lines first, farther away only then.
    for near, far in ((0.0, 0.0),) if only_beside else ((0.0, 0.0), (1.2, name.farthest_mm)):
        for lines in _breakings(name):
            label = _label(name, lines)
            for placed in candidates(label, farthest_mm=far):
                if placed.leader is None and near:
                    continue
                if _fits(name, placed, frame, space):
                    return PlacedName(name=name, lines=tuple(lines), placed=placed)
    return None


def _breakings(name: Name) -> list[list[str]]:
    found: list[list[str]] = []
    if name.chips:
        count = len(name.chips)
        # How many stand side by side.
        wide = dict.fromkeys((min(count, 4), math.ceil(count / 2), math.ceil(count / 3), count))
        return [[str(columns)] for columns in wide]
    for width_em in _WIDTHS_EM:
        lines = wrap_evenly(name.words, width_em * name.size, name.size)
        if lines and lines not in found:
            found.append(lines)
    return found


def _label(name: Name, lines: Sequence[str]) -> Label:
    if name.chips:
        pitch, columns = name.size * _CHIP_EM, int(lines[0])
        rows = math.ceil(len(name.chips) / columns)
        return Label(key=name.key, x=name.x, y=name.y, width=pitch * columns, height=pitch * rows,
                     reach=name.reach)  # fmt: skip
    width = max(text_width(line, name.size, bold=name.is_bold) for line in lines)
    # Between lines there is room for accents; above the first and below the last less is needed.
    height = name.size * (_LINE_EM * (len(lines) - 1) + 1.14)
    return Label(key=name.key, x=name.x, y=name.y, width=width + 0.3, height=height,
                 reach=name.reach)  # fmt: skip


def _fits(name: Name, placed: Placed, frame: Rect, space: Space) -> bool:
    corners = box_corners(placed.box)
    if not within(corners, frame) or not space.is_free(corners, owner=name.owner):
        return False
    return placed.leader is None or space.is_free(placed.leader, owner=name.owner)


def _moved_mm(placed: Sequence[PlacedName]) -> float:
    leaders = (one.placed.leader for one in placed if one.placed.leader is not None)
    return sum(abs(start[0] - end[0]) + abs(start[1] - end[1]) for start, end in leaders)
