"""Drawing of the signs for sites, in millimetres."""

import math

from geopark_app.domain.position import PositionQuality
from geopark_app.maps.layers import MapSite
from geopark_app.maps.svg import SvgCanvas, number
from geopark_app.maps.symbols import Shape, Symbol

COMMUNE_COLOUR = "#33404d"
APPROXIMATE_REACH = 1.3
"""Radius of the ring around an approximate sign, in half widths of the sign."""
_PAPER = "#ffffff"


def draw_pin(canvas: SvgCanvas, x: float, y: float, size: float, symbol: Symbol) -> None:
    """Draw a filled sign for a site whose place is known; `size` is its half width."""
    if symbol.shape is Shape.CIRCLE:
        canvas.circle(x, y, size, fill=symbol.colour, stroke=_PAPER, width=size * 0.22)
        return
    path = _outline(symbol.shape, x, y, size)
    canvas.path(path, fill=symbol.colour, stroke=_PAPER, width=size * 0.22)


def is_approximate(site: MapSite) -> bool:
    """Say whether the sign of a site stands near its place and not on it."""
    return site.is_pin and site.quality == PositionQuality.APPROX.value


def draw_approximate_pin(
    canvas: SvgCanvas, x: float, y: float, size: float, symbol: Symbol
) -> None:
    """Draw a small sign inside a ring, for a site that lies somewhere near."""
    radius = size * APPROXIMATE_REACH
    canvas.circle(x, y, radius, fill=_PAPER, stroke=symbol.colour, width=size * 0.22)
    draw_pin(canvas, x, y, size * 0.62, symbol)


def draw_hollow_pin(canvas: SvgCanvas, x: float, y: float, size: float, symbol: Symbol) -> None:
    """Draw the outline of a sign, broken: its place is near, and a number finds room in it."""
    width, dash = size * 0.26, f"{number(size * 0.62)} {number(size * 0.3)}"
    if symbol.shape is Shape.CIRCLE:
        canvas.circle(x, y, size, fill=_PAPER, stroke=symbol.colour, width=width, dash=dash)
        return
    path = _outline(symbol.shape, x, y, size)
    canvas.path(path, fill=_PAPER, stroke=symbol.colour, width=width, dash=dash)


def draw_outline(canvas: SvgCanvas, x: float, y: float, size: float, symbol: Symbol) -> None:
    """Draw the thin outline of a sign, for a site that has no place of its own."""
    width = size * 0.14
    if symbol.shape is Shape.CIRCLE:
        canvas.circle(x, y, size, fill=_PAPER, stroke=symbol.colour, width=width)
        return
    path = _outline(symbol.shape, x, y, size)
    canvas.path(path, fill=_PAPER, stroke=symbol.colour, width=width)


def draw_commune_ring(canvas: SvgCanvas, x: float, y: float, size: float, count: int) -> None:
    """Draw the hollow ring of a commune with the number of sites placed there."""
    canvas.circle(x, y, size, fill=_PAPER, stroke=COMMUNE_COLOUR, width=size * 0.2)
    if count > 0:
        text_size = size * (1.25 if count < 10 else 1.05)
        canvas.text(
            x,
            y + text_size * 0.36,
            str(count),
            size=text_size,
            anchor="middle",
            bold=True,
            fill=COMMUNE_COLOUR,
        )


def draw_town(canvas: SvgCanvas, x: float, y: float, *, is_city: bool) -> None:
    """Draw a town as a small dot, a city with a ring."""
    if is_city:
        canvas.circle(x, y, 1.0, fill=_PAPER, stroke="#444c54", width=0.22)
    canvas.circle(x, y, 0.5, fill="#444c54", stroke=_PAPER, width=0.1)


def _outline(shape: Shape, x: float, y: float, size: float) -> str:
    if shape is Shape.SQUARE:
        return _polygon(x, y, size * 1.2, 4, 45)
    if shape is Shape.DIAMOND:
        return _polygon(x, y, size * 1.3, 4, 0)
    if shape is Shape.TRIANGLE:
        return _polygon(x, y + size * 0.15, size * 1.3, 3, 0)
    if shape is Shape.PENTAGON:
        return _polygon(x, y, size * 1.15, 5, 0)
    return _polygon(x, y, size * 1.1, 6, 0)


def _polygon(x: float, y: float, radius: float, corners: int, turn_deg: float) -> str:
    points = (math.radians(turn_deg - 90 + 360 * corner / corners) for corner in range(corners))
    where = (
        f"{number(x + radius * math.cos(angle))} {number(y + radius * math.sin(angle))}"
        for angle in points
    )
    return "M" + "L".join(where) + "Z"
