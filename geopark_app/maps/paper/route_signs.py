"""Shields of the routes: their number on their colour, readable without it."""

from geopark_app.maps.font_metrics import text_width
from geopark_app.maps.paper.content import PaperRoute
from geopark_app.maps.svg import SvgCanvas

_DARK = 0.55


def shield_size(route: PaperRoute, size: float) -> tuple[float, float]:
    """Give width and height of a shield whose letters have this size."""
    return text_width(route.shield, size, bold=True) + size * 0.7, size * 1.3


def draw_shield(canvas: SvgCanvas, x: float, y: float, size: float, route: PaperRoute) -> None:
    """Draw the shield of a route about x, y."""
    width, height = shield_size(route, size)
    canvas.rect(x - width / 2, y - height / 2, width, height, fill=route.colour,
                stroke="#1d2730", line=0.22, radius=size * 0.3)  # fmt: skip
    ink = "#ffffff" if _lightness(route.colour) < _DARK else "#1d2730"
    canvas.text(x, y + size * 0.36, route.shield, size=size, anchor="middle", bold=True, fill=ink)


def _lightness(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue
