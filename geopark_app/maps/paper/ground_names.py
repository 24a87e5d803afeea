"""Names of lines along them, names of areas inside them, shields of routes on their lines."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from geopark_app.maps.font_metrics import text_width
from geopark_app.maps.furniture import wrap_evenly
from geopark_app.maps.paper.space import Piece, Point, Space, box_corners, turned_corners, within
from geopark_app.maps.projection import Rect
from geopark_app.maps.svg import SvgCanvas

_PAPER = "#ffffff"
_STEPS = 40
_BEND = 0.055
_ABOVE_EM = 0.75
_TALL_EM = 1.05
_LINE_EM = 1.2
_AREA_WIDTHS_EM = (30.0, 12.0, 8.0)
_SHIELD_EVERY_MM = 110.0


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundName:
    """A name that was placed: its lines, the middle of each, and how it is turned."""

    lines: tuple[str, ...]
    middles: tuple[Point, ...]
    degrees: float
    size: float
    colour: str
    is_italic: bool

    def write(self, canvas: SvgCanvas) -> None:
        """Write it."""
        turn = math.radians(self.degrees)
        for words, (x, y) in zip(self.lines, self.middles, strict=True):
            # The base line lies below the middle of the letters, across the way they run.
            low = self.size * 0.35
            canvas.text(
                x - low * math.sin(turn),
                y + low * math.cos(turn),
                words,
                size=self.size,
                fill=self.colour,
                anchor="middle",
                italic=self.is_italic,
                halo=_PAPER,
                angle=self.degrees,
            )


def name_along(
    shape: BaseGeometry, words: str, *, size: float, colour: str, frame: Rect, space: Space
) -> GroundName | None:
    """Write a name along the straightest free stretch of a line, a little above it; or nowhere."""
    width = text_width(words, size)
    ways = sorted(_stretches(shape, width), key=lambda way: way[0])
    for _bend, middle, degrees in ways:
        turn = math.radians(degrees)
        above = size * _ABOVE_EM
        for side in (-above, above):
            at = (middle[0] - side * math.sin(turn), middle[1] + side * math.cos(turn))
            corners = turned_corners(at, width + size * 0.4, size * _TALL_EM, degrees)
            if within(corners, frame) and space.is_free(corners):
                space.add(Piece(corners=corners, owner=words, is_label=True))
                return GroundName(lines=(words,), middles=(at,), degrees=degrees, size=size,
                                  colour=colour, is_italic=True)  # fmt: skip
    return None


def name_inside(
    shape: BaseGeometry, words: str, *, size: float, colour: str, frame: Rect, space: Space
) -> GroundName | None:
    """Write a name inside an area, where it is widest and free; or nowhere."""
    parts = [part for part in getattr(shape, "geoms", [shape]) if isinstance(part, Polygon)]
    parts = [part for part in parts if part.area > size * size]
    if not parts:
        return None
    body = max(parts, key=lambda part: part.area)
    places = _inner_places(body)
    shapely.prepare(body)
    for width_em in _AREA_WIDTHS_EM:
        lines = wrap_evenly(words, size * width_em, size)
        width = max(text_width(line, size) for line in lines) + size * 0.3
        height = size * (_LINE_EM * (len(lines) - 1) + _TALL_EM)
        for x, y in places:
            box = Rect(x=x - width / 2, y=y - height / 2, width=width, height=height)
            corners = box_corners(box)
            if not within(corners, frame) or not space.is_free(corners):
                continue
            if body.contains(shapely.box(box.x, box.y, box.right, box.bottom)):
                space.add(Piece(corners=corners, owner=words, is_label=True))
                first = y - size * _LINE_EM * (len(lines) - 1) / 2
                middles = tuple((x, first + size * _LINE_EM * at) for at in range(len(lines)))
                return GroundName(lines=tuple(lines), middles=middles, degrees=0.0, size=size,
                                  colour=colour, is_italic=False)  # fmt: skip
    return None


def shield_places(
    lines: Sequence[BaseGeometry], *, width: float, height: float, frame: Rect, space: Space,
    owner: str,
) -> list[Point]:  # fmt: skip
    """Give free places for the shield of a route on its line, one for each good stretch of it."""
    found: list[Point] = []
    whole = _joined(lines)
    for line in whole:
        wanted = max(1, int(line.length // _SHIELD_EVERY_MM))
        for share in range(wanted):
            for step in range(24):
                # From the middle of its stretch to both ends.
                off = (step + 1) // 2 * (1 if step % 2 else -1) / 26
                at = line.interpolate((share + 0.5 + off) / wanted, normalized=True)
                box = Rect(x=at.x - width / 2, y=at.y - height / 2, width=width, height=height)
                corners = box_corners(box)
                if within(corners, frame) and space.is_free(corners):
                    space.add(Piece(corners=corners, owner=owner))
                    found.append((at.x, at.y))
                    break
    return found


def _joined(shapes: Sequence[BaseGeometry]) -> list[LineString]:
    parts = [
        part
        for shape in shapes
        for part in getattr(shape, "geoms", [shape])
        if isinstance(part, LineString) and part.length > 0
    ]
    if not parts:
        return []
    merged = shapely.line_merge(shapely.MultiLineString(parts))
    found = [part for part in getattr(merged, "geoms", [merged]) if isinstance(part, LineString)]
    longest = max(part.length for part in found)
    # Short bits beside a long line need no name of their own.
    kept = [part for part in found if part.length >= min(longest, 30.0)]
    return sorted(kept, key=lambda part: -part.length)[:6]


def _stretches(shape: BaseGeometry, width: float) -> Iterator[tuple[float, Point, float]]:
    """Give bend, middle and angle of stretches as long as the name."""
    for line in _joined([shape]):
        room = line.length - width
        if room < 0:
            continue
        for step in range(_STEPS + 1):
            start = room * step / _STEPS
            places = [line.interpolate(start + width * part / 8) for part in range(9)]
            first, last = places[0], places[-1]
            chord = math.hypot(last.x - first.x, last.y - first.y)
            if chord < width * 0.9:
                continue
            straight = LineString([first, last])
            bend = max(straight.distance(place) for place in places) / width
            if bend > _BEND:
                continue
            degrees = math.degrees(math.atan2(last.y - first.y, last.x - first.x))
            upright = degrees - 180 if degrees > 90 else degrees + 180 if degrees < -90 else degrees
            middle = ((first.x + last.x) / 2, (first.y + last.y) / 2)
            # Near the middle of the line is where it is looked for.
            yield bend + abs(step / _STEPS - 0.5) * 0.02, middle, upright


def _inner_places(body: Polygon) -> list[Point]:
    circle = shapely.maximum_inscribed_circle(body, tolerance=max(body.length / 400, 0.2))
    best = circle.coords[0]
    west, north, east, south = body.bounds
    grid = [
        (west + (east - west) * (column + 0.5) / 9, north + (south - north) * (row + 0.5) / 9)
        for column in range(9)
        for row in range(9)
    ]
    inside = [point for point in grid if body.contains(shapely.Point(point))]
    inside.sort(key=lambda point: math.dist(point, best))
    return [(float(best[0]), float(best[1])), *inside]
