"""Samples of signs and lines beside the words of the legend."""

from geopark_app.maps.basemap import Basemap
from geopark_app.maps.ground import OUTLINE, OUTLINE_BAND
from geopark_app.maps.paper.content import NumberedSite, PaperRoute
from geopark_app.maps.paper.grids import KM_INK
from geopark_app.maps.paper.layers import PageShape
from geopark_app.maps.paper.marks import draw_place, draw_small_mark
from geopark_app.maps.paper.route_signs import draw_shield
from geopark_app.maps.signs import draw_hollow_pin, draw_pin
from geopark_app.maps.svg import SvgCanvas
from geopark_app.maps.symbols import symbol_of


def pin_sample(canvas: SvgCanvas, size: float, kind: str, x: float, y: float) -> None:
    """Draw the sign of a kind."""
    draw_pin(canvas, x, y, size, symbol_of(kind))


def hollow_sample(canvas: SvgCanvas, size: float, x: float, y: float) -> None:
    """Draw the sign of an approximate place."""
    draw_hollow_pin(canvas, x, y, size, symbol_of(""))


def mark_sample(canvas: SvgCanvas, size: float, one: NumberedSite, x: float, y: float) -> None:
    """Draw the small sign of a site."""
    draw_small_mark(canvas, x, y, one.site, size)


def other_sample(canvas: SvgCanvas, size: float, x: float, y: float) -> None:
    """Draw the sign of sites the map is not about."""
    draw_pin(canvas, x, y, size * 0.62, symbol_of("geosite"))


def question_sample(canvas: SvgCanvas, size: float, x: float, y: float) -> None:
    """Draw the sign of a place nobody knows."""
    canvas.text(x, y + size * 0.7, "?", size=size * 1.9, anchor="middle", bold=True, fill="#57606a")


def place_sample(canvas: SvgCanvas, size: float, kind: str, x: float, y: float) -> None:
    """Draw the sign of a facility."""
    draw_place(canvas, x, y, size, kind)


def line_sample(canvas: SvgCanvas, size: float, colour: str, x: float, y: float) -> None:
    """Draw a thin line."""
    canvas.line(((x - size, y), (x + size, y)), stroke=colour, width=0.18)


def cross_sample(canvas: SvgCanvas, x: float, y: float) -> None:
    """Draw a cross of the kilometre grid."""
    canvas.line(((x - 1.2, y), (x + 1.2, y)), stroke=KM_INK, width=0.16)
    canvas.line(((x, y - 1.2), (x, y + 1.2)), stroke=KM_INK, width=0.16)


def outline_sample(canvas: SvgCanvas, size: float, basemap: Basemap, x: float, y: float) -> None:
    """Draw a bit of the boundary."""
    ends = ((x - size, y), (x + size, y))
    canvas.line(ends, stroke=OUTLINE_BAND, width=1.6)
    canvas.line(ends, stroke=OUTLINE, width=0.5, dash="1.4 0.5" if basemap.is_sketch else "")


def layer_sample(
    canvas: SvgCanvas, size: float, one: PageShape, colour: str, x: float, y: float
) -> None:
    """Draw a bit of a layer."""
    layer = one.layer
    if one.is_line:
        ends = ((x - size, y), (x + size, y))
        canvas.line(ends, stroke=layer.colour, width=layer.width_mm)
        return
    if one.geometry.geom_type in {"Point", "MultiPoint"}:
        canvas.circle(x, y, 0.6, fill=layer.colour, stroke="#ffffff", width=0.15)
        return
    dash = "1 0.6" if layer.kind == "communes" else ""
    fill = colour or ("none" if layer.kind in {"communes", "boundary"} else layer.colour)
    low = size * 0.5
    canvas.path(
        f"M{x - size:.3f} {y - low:.3f}H{x + size:.3f}V{y + low:.3f}H{x - size:.3f}Z",
        fill="none", stroke=layer.colour, width=0.2, dash=dash,
    )  # fmt: skip
    if fill != "none":
        canvas.faint_rect(x - size, y - low, 2 * size, 2 * low, fill=fill, opacity=0.42)


def route_sample(canvas: SvgCanvas, size: float, route: PaperRoute, x: float, y: float) -> None:
    """Draw a bit of a route with its shield."""
    dash = "2.2 1.4" if route.is_schematic else ""
    ends = ((x - size, y), (x + size, y))
    canvas.line(ends, stroke="#2b2b2b", width=0.42 if route.is_schematic else 1.25, dash=dash)
    canvas.line(ends, stroke=route.colour, width=0.26 if route.is_schematic else 0.85, dash=dash)
    if route.shield:
        draw_shield(canvas, x, y, size * 0.9, route)
