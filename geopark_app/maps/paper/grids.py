"""Both systems on one frame: degrees of WGS 84 as lines, kilometres of the plane as crosses."""

import math
from collections.abc import Sequence

from geopark_app.maps.ground import GridLine, graticule, write_graticule
from geopark_app.maps.paper.space import Space, box_corners
from geopark_app.maps.projection import MapProjection, Rect
from geopark_app.maps.svg import SvgCanvas

DEGREE_INK, KM_INK = "#8fa3b0", "#2f5d8a"
_TICK_MM = 1.4
_ARM_MM = 1.2
_STEPS_KM = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)


def grid_step_km(projection: MapProjection) -> float:
    """Give the distance of the kilometre lines: 25 mm on paper and more, at a round number."""
    mm_per_km = projection.mm_per_m * 1000
    return next((km for km in _STEPS_KM if km * mm_per_km >= 25), _STEPS_KM[-1])


def draw_degrees(canvas: SvgCanvas, projection: MapProjection) -> tuple[GridLine, ...]:
    """Draw the graticule; gives its lines, to write beside the frame."""
    frame = projection.frame
    lines = graticule(projection, wanted=max(3, round(max(frame.width, frame.height) / 75)))
    for line in lines:
        canvas.line(line.points, stroke=DEGREE_INK, width=0.12)
    return lines


def write_degrees(
    canvas: SvgCanvas, lines: Sequence[GridLine], frame: Rect, size: float, language: str
) -> None:
    """Write degrees below and left of the frame, and mark them by ticks."""
    for line in lines:
        for x, y in (line.points[0], line.points[-1]):
            if abs(y - frame.bottom) < 0.01:
                canvas.line(((x, y), (x, y + _TICK_MM)), stroke="#1d2730", width=0.2)
            elif abs(x - frame.x) < 0.01:
                canvas.line(((x, y), (x - _TICK_MM, y)), stroke="#1d2730", width=0.2)
    outer = Rect(x=frame.x - _TICK_MM, y=frame.y, width=frame.width + _TICK_MM,
                 height=frame.height + _TICK_MM)  # fmt: skip
    write_graticule(canvas, tuple(lines), outer, size, language)


def draw_kilometres(canvas: SvgCanvas, projection: MapProjection, space: Space) -> None:
    """Draw a small cross where two kilometre lines meet, but not through words."""
    for x in _places(projection, is_east=True):
        for y in _places(projection, is_east=False):
            box = Rect(x=x[1] - _ARM_MM, y=y[1] - _ARM_MM, width=2 * _ARM_MM, height=2 * _ARM_MM)
            if not space.is_free(box_corners(box)):
                continue
            for ends in (
                ((x[1] - _ARM_MM, y[1]), (x[1] + _ARM_MM, y[1])),
                ((x[1], y[1] - _ARM_MM), (x[1], y[1] + _ARM_MM)),
            ):
                canvas.line(ends, stroke=KM_INK, width=0.16)


def write_kilometres(canvas: SvgCanvas, projection: MapProjection, size: float) -> None:
    """Write kilometres east above the frame and kilometres north right of it."""
    frame = projection.frame
    for km, x in _places(projection, is_east=True):
        canvas.line(((x, frame.y), (x, frame.y - _TICK_MM)), stroke=KM_INK, width=0.2)
        canvas.text(x, frame.y - _TICK_MM - size * 0.2, _words(km), size=size, anchor="middle",
                    fill=KM_INK)  # fmt: skip
    for km, y in _places(projection, is_east=False):
        canvas.line(((frame.right, y), (frame.right + _TICK_MM, y)), stroke=KM_INK, width=0.2)
        canvas.text(frame.right + _TICK_MM + size * 0.95, y, _words(km), size=size,
                    anchor="middle", fill=KM_INK, turned=True)  # fmt: skip


def _places(projection: MapProjection, *, is_east: bool) -> list[tuple[float, float]]:
    """Give kilometres and millimetres of the lines in one direction."""
    west, south, east, north = projection.metres
    frame, step = projection.frame, grid_step_km(projection) * 1000
    low, high = (west, east) if is_east else (south, north)
    found = []
    for number in range(math.ceil(low / step), math.floor(high / step) + 1):
        away = (number * step - low) * projection.mm_per_m
        found.append((number * step / 1000, frame.x + away if is_east else frame.bottom - away))
    return found


def _words(km: float) -> str:
    return f"{km:.1f}".removesuffix(".0")
