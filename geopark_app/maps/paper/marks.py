"""Numbered signs of the sites: each at its place, or beside it with a line where it is crowded."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from geopark_app.maps.layers import MapSite
from geopark_app.maps.paper.content import NumberedSite, PaperPlace
from geopark_app.maps.paper.space import Piece, Point, Space, box_corners, within
from geopark_app.maps.projection import MapProjection, Rect
from geopark_app.maps.signs import (
    COMMUNE_COLOUR,
    draw_hollow_pin,
    draw_outline,
    draw_pin,
    is_approximate,
)
from geopark_app.maps.svg import SvgCanvas, number
from geopark_app.maps.symbols import Shape, Symbol, symbol_of

_INK, _PAPER = "#1d2730", "#ffffff"
_ANGLES = 16
_WIDER = {Shape.TRIANGLE: 1.2, Shape.DIAMOND: 1.12, Shape.CIRCLE: 1.06}
_RINGS = tuple(1.0 + 0.55 * step for step in range(14))
_PLACE_LETTERS = {
    "panel": "i", "road_sign": "→", "gateway": "G", "museum": "M", "info_centre": "i+",
    "info_point": "i", "car_park": "P", "toilet": "WC", "trail": "T", "viewpoint": "V",
    "shelter": "S", "safety_works": "!", "plate": "D",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A sign on the map.

    Attributes
    ----------
    key : str
        What it belongs to.
    at : Point
        Where the place is, in millimetres.
    sign : Point
        Where the sign stands: at the place, or beside it.
    reach : float
        Half its width.
    members : tuple of NumberedSite
        The site, or all sites known by one commune only.
    """

    key: str
    at: Point
    sign: Point
    reach: float
    members: tuple[NumberedSite, ...]

    @property
    def is_commune(self) -> bool:
        """Say whether it stands for a commune."""
        return self.members[0].site.is_at_commune

    @property
    def box(self) -> Rect:
        """Give the room of the sign."""
        side = 2 * self.reach
        return Rect(x=self.sign[0] - self.reach, y=self.sign[1] - self.reach, width=side,
                    height=side)  # fmt: skip


def place_marks(
    projection: MapProjection, sites: Sequence[NumberedSite], space: Space, *, reach_mm: float
) -> tuple[list[Mark], list[NumberedSite]]:
    """Give the signs, none on another, and the sites that lie outside of the frame."""
    marks: list[Mark] = []
    outside: list[NumberedSite] = []
    for lon, lat, members in _groups(sites):
        at = projection.position_mm(lon, lat)
        if not projection.frame.contains(*at):
            outside.extend(members)
            continue
        reach = reach_mm * (1.12 if members[0].site.is_at_commune else 1.0)
        marks.append(Mark(key=members[0].site.uuid, at=at, sign=at, reach=reach, members=members))
    return _apart(marks, projection.frame, space), outside


def draw_mark(canvas: SvgCanvas, mark: Mark) -> None:
    """Draw the sign with its number; a line and a dot where it had to stand beside its place."""
    x, y = mark.sign
    first = mark.members[0]
    if mark.is_commune:
        _draw_commune(canvas, mark)
        return
    symbol = symbol_of(first.site.kind)
    if is_approximate(first.site):
        draw_hollow_pin(canvas, x, y, mark.reach, symbol)
        _write_number(canvas, (x, y), mark.reach, first.number, symbol.colour, symbol)
    else:
        draw_pin(canvas, x, y, mark.reach, symbol)
        _write_number(canvas, (x, y), mark.reach, first.number, _PAPER, symbol)


def draw_chip(canvas: SvgCanvas, x: float, y: float, size: float, words: str, kind: str) -> None:
    """Draw the number of a site known by commune only, in the thin outline of its kind."""
    symbol = symbol_of(kind)
    # A number needs more room in a sign that is narrow where it stands.
    size *= _WIDER.get(symbol.shape, 1.0)
    draw_outline(canvas, x, y, size, symbol)
    _write_number(canvas, (x, y), size, words, symbol.colour, symbol)


def draw_mark_line(canvas: SvgCanvas, mark: Mark) -> None:
    """Draw what leads from a sign that stands beside its place to the place."""
    if mark.sign != mark.at:
        canvas.line((mark.at, mark.sign), stroke=_INK, width=0.16)
        canvas.circle(*mark.at, 0.45, fill=_INK, stroke=_PAPER, width=0.12)


def draw_small_mark(canvas: SvgCanvas, x: float, y: float, site: MapSite, size: float) -> None:
    """Draw the sign of a site without a number, for legend and index."""
    if site.is_at_commune:
        canvas.circle(x, y, size, fill=_PAPER, stroke=COMMUNE_COLOUR, width=size * 0.22,
                      dash=_dots(size))  # fmt: skip
        draw_pin(canvas, x, y, size * 0.55, symbol_of(site.kind))
    elif is_approximate(site):
        draw_hollow_pin(canvas, x, y, size, symbol_of(site.kind))
    else:
        draw_pin(canvas, x, y, size, symbol_of(site.kind))


def draw_place(canvas: SvgCanvas, x: float, y: float, size: float, kind: str) -> None:
    """Draw a facility: a small dark square with the letters of its kind."""
    letters = _PLACE_LETTERS.get(kind, "•")
    canvas.rect(x - size, y - size, 2 * size, 2 * size, fill="#25476a", stroke=_PAPER,
                line=size * 0.16, radius=size * 0.35)  # fmt: skip
    if letters == "→":
        canvas.path(
            f"M{number(x - size * 0.6)} {number(y)}L{number(x + size * 0.6)} {number(y)}"
            f"M{number(x + size * 0.1)} {number(y - size * 0.5)}"
            f"L{number(x + size * 0.6)} {number(y)}L{number(x + size * 0.1)} "
            f"{number(y + size * 0.5)}",
            stroke=_PAPER, width=size * 0.24,
        )  # fmt: skip
        return
    text_mm = size * (1.5 if len(letters) == 1 else 1.1)
    canvas.text(x, y + text_mm * 0.36, letters, size=text_mm, anchor="middle", bold=True,
                fill=_PAPER)  # fmt: skip


def place_places(
    projection: MapProjection, places: Sequence[PaperPlace], space: Space, *, size_mm: float
) -> tuple[list[tuple[PaperPlace, Point]], list[PaperPlace]]:
    """Give the facilities inside the frame that stand on nothing, and those without room."""
    kept: list[tuple[PaperPlace, Point]] = []
    left: list[PaperPlace] = []
    for place in places:
        x, y = projection.position_mm(place.lon, place.lat)
        side = 2 * size_mm
        corners = box_corners(Rect(x=x - size_mm, y=y - size_mm, width=side, height=side))
        if not within(corners, projection.frame):
            continue
        if space.is_free(corners):
            space.add(Piece(corners=corners, owner=place.uuid))
            kept.append((place, (x, y)))
        else:
            left.append(place)
    return kept, left


def _groups(sites: Sequence[NumberedSite]) -> list[tuple[float, float, tuple[NumberedSite, ...]]]:
    communes: dict[tuple[float, float], list[NumberedSite]] = defaultdict(list)
    found: list[tuple[float, float, tuple[NumberedSite, ...]]] = []
    for one in sites:
        lon, lat = one.site.lon, one.site.lat
        if not one.number or lon is None or lat is None:
            continue
        if one.site.is_at_commune:
            communes[lon, lat].append(one)
        else:
            found.append((lon, lat, (one,)))
    return found + [(lon, lat, tuple(members)) for (lon, lat), members in communes.items()]


def _apart(marks: list[Mark], frame: Rect, space: Space) -> list[Mark]:
    """Move signs that would lie on another to the nearest free place around them."""
    placed = []
    # Signs of one place keep it; those of a commune, which mean no place, give way.
    for mark in sorted(marks, key=lambda one: (one.is_commune, one.at[1], one.at[0])):
        found = _free(mark, frame, space) or mark
        space.add(Piece(corners=box_corners(found.box), owner=found.key))
        if found.sign != found.at:
            space.add(Piece(corners=(found.at, found.sign), owner=found.key))
        placed.append(found)
    return placed


def _free(mark: Mark, frame: Rect, space: Space) -> Mark | None:
    for ring in (0.0, *_RINGS):
        for step in range(_ANGLES if ring else 1):
            angle = 2 * math.pi * step / _ANGLES
            away = mark.reach * 2 * ring
            sign = (mark.at[0] + away * math.cos(angle), mark.at[1] + away * math.sin(angle))
            moved = Mark(key=mark.key, at=mark.at, sign=sign, reach=mark.reach,
                         members=mark.members)  # fmt: skip
            corners = box_corners(moved.box)
            if within(corners, frame) and space.is_free(corners):
                return moved
    return None


def _draw_commune(canvas: SvgCanvas, mark: Mark) -> None:
    x, y = mark.sign
    size = mark.reach
    canvas.circle(x, y, size, fill=_PAPER, stroke=COMMUNE_COLOUR, width=size * 0.16,
                  dash=_dots(size))  # fmt: skip
    if len(mark.members) == 1:
        one = mark.members[0]
        draw_chip(canvas, x, y, size * 0.8, one.number, one.site.kind)
        return
    # The numbers stand beside it: three dots say that there are several.
    for place in (-0.42, 0.0, 0.42):
        canvas.circle(x + size * place, y, size * 0.13, fill=COMMUNE_COLOUR, stroke="none", width=0)


def _write_number(
    canvas: SvgCanvas, at: Point, reach: float, words: str, colour: str, symbol: Symbol
) -> None:
    narrow = symbol.shape in {Shape.TRIANGLE, Shape.DIAMOND}
    size = reach * {1: 1.25, 2: 1.1}.get(len(words), 0.84) * (0.86 if narrow else 1.0)
    low = 0.3 if symbol.shape is Shape.TRIANGLE else 0.0
    canvas.text(at[0], at[1] + size * 0.36 + reach * low, words, size=size, anchor="middle",
                bold=True, fill=colour)  # fmt: skip


def _dots(size: float) -> str:
    return f"{number(size * 0.34)} {number(size * 0.24)}"
