"""A small SVG writer in millimetres, limited to what typst and QtSvg both draw."""

import base64
from collections.abc import Iterable, Sequence
from html import escape

from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry, BaseMultipartGeometry

FONT = "Noto Sans"
Box = tuple[float, float, float, float]


class SvgCanvas:
    """Collects elements and gives the document as text.

    Attributes
    ----------
    width_mm, height_mm : float
        Size of the drawing.
    """

    def __init__(self, width_mm: float, height_mm: float, *, halo_as_copy: bool = False) -> None:
        """Make an empty drawing.

        `halo_as_copy` draws the light edge of letters as a second text below the first, for
        QtSvg, which knows no `paint-order`; in a PDF every text must stand only once.
        """
        self.width_mm = width_mm
        self.height_mm = height_mm
        self._halo_as_copy = halo_as_copy
        self._parts: list[tuple[str, Box | None]] = []

    def text_of(self) -> str:
        """Give the whole document."""
        size = f'width="{number(self.width_mm)}mm" height="{number(self.height_mm)}mm"'
        view = f'viewBox="0 0 {number(self.width_mm)} {number(self.height_mm)}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {view}>'
        return "\n".join([head, *(part for part, _box in self._parts), "</svg>\n"])

    def window(
        self, other: "SvgCanvas", x: float, y: float, *, seen: tuple[float, float, float, float]
    ) -> None:
        """Show a part of another drawing at x, y: what lies in `seen` (x, y, width, height)."""
        left, top, width, height = seen
        place = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
        view = " ".join(number(value) for value in seen)
        self._add(f'<svg {place} viewBox="{view}">')
        for part, box in other._parts:
            if box is None or (
                box[0] < left + width and box[2] > left and box[1] < top + height and box[3] > top
            ):
                self._parts.append((part, None))
        self._add("</svg>")

    def _add(self, part: str, box: Box | None = None) -> None:
        self._parts.append((part, box))

    def shape(
        self,
        shape: BaseGeometry,
        *,
        fill: str = "none",
        stroke: str = "none",
        width: float = 0.2,
        dash: str = "",
        opacity: float = 1.0,
    ) -> None:
        """Draw a polygon or line whose coordinates are millimetres; an empty one draws nothing."""
        path = path_of(shape)
        if path:
            seen = f' opacity="{number(opacity)}"' if opacity < 1 else ""
            left, top, right, bottom = shape.bounds
            box = (left - width, top - width, right + width, bottom + width)
            self._add(f'<path d="{path}" {_paint(fill, stroke, width, dash)}{seen}/>', box)

    def path(
        self,
        path: str,
        *,
        fill: str = "none",
        stroke: str = "none",
        width: float = 0.2,
        dash: str = "",
    ) -> None:
        """Draw path data."""
        self._add(f'<path d="{path}" {_paint(fill, stroke, width, dash)}/>')

    def line(
        self,
        points: Iterable[tuple[float, float]],
        *,
        stroke: str,
        width: float = 0.2,
        dash: str = "",
    ) -> None:
        """Draw an open line through the points."""
        path = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)
        self._add(f'<path d="{path}" {_paint("none", stroke, width, dash)}/>')

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "none",
        stroke: str = "none",
        line: float = 0.2,
        radius: float = 0.0,
    ) -> None:
        """Draw a rectangle, with round corners where `radius` is given."""
        box = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
        rounding = f' rx="{number(radius)}" ry="{number(radius)}"' if radius else ""
        self._add(f"<rect {box}{rounding} {_paint(fill, stroke, line, '')}/>")

    def faint_rect(
        self, x: float, y: float, width: float, height: float, *, fill: str, opacity: float
    ) -> None:
        """Draw a rectangle one can see through."""
        box = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
        self._add(f'<rect {box} fill="{fill}" opacity="{number(opacity)}"/>')

    def picture(self, x: float, y: float, width: float, height: float, jpeg: bytes) -> None:
        """Place a JPEG, stretched to the rectangle; it stands in the drawing itself."""
        place = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
        data = base64.b64encode(jpeg).decode("ascii")
        self._add(
            f'<image {place} preserveAspectRatio="none" href="data:image/jpeg;base64,{data}"/>',
            (x, y, x + width, y + height),
        )

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: str,
        stroke: str,
        width: float,
        dash: str = "",
    ) -> None:
        """Draw a circle."""
        place = f'cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"'
        self._add(f"<circle {place} {_paint(fill, stroke, width, dash)}/>")

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float,
        fill: str = "#1d2730",
        anchor: str = "start",
        bold: bool = False,
        italic: bool = False,
        halo: str = "",
        turned: bool = False,
        angle: float = 0.0,
    ) -> None:
        """Write words with their base line at x, y; `turned` runs upwards.

        `angle` turns them clockwise about x, y by so many degrees.
        """
        style = f'font-family="{FONT}" font-size="{number(size)}" text-anchor="{anchor}"'
        style += ' font-weight="bold"' if bold else ""
        style += ' font-style="italic"' if italic else ""
        place = f'x="{number(x)}" y="{number(y)}"'
        degrees = -90.0 if turned else angle
        if degrees:
            place += f' transform="rotate({number(degrees)} {number(x)} {number(y)})"'
        edge = ""
        if halo:
            edge = f' stroke="{halo}" stroke-width="{number(size * 0.28)}" stroke-linejoin="round"'
        if halo and self._halo_as_copy:
            self._add(f'<text {place} {style} fill="{halo}"{edge}>{escape(words)}</text>')
            edge = ""
        order = ' paint-order="stroke"' if edge else ""
        self._add(f'<text {place} {style} fill="{fill}"{edge}{order}>{escape(words)}</text>')


def number(value: float) -> str:
    """Write a length with at most three decimals and no needless zeros."""
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"


def path_of(shape: BaseGeometry) -> str:
    """Give path data for polygons and lines in millimetres; points and empty shapes give none."""
    if isinstance(shape, Polygon):
        rings = [shape.exterior, *shape.interiors] if not shape.is_empty else []
        return "".join(f"M{_points(list(ring.coords)[:-1])}Z" for ring in rings)
    if isinstance(shape, LineString):
        return f"M{_points(list(shape.coords))}" if not shape.is_empty else ""
    if isinstance(shape, MultiPolygon | MultiLineString | BaseMultipartGeometry):
        return "".join(path_of(part) for part in shape.geoms)
    return ""


def _points(coordinates: Sequence[tuple[float, ...]]) -> str:
    return "L".join(f"{number(point[0])} {number(point[1])}" for point in coordinates)


def _paint(fill: str, stroke: str, width: float, dash: str) -> str:
    paint = f'fill="{fill}"'
    if stroke != "none":
        paint += f' stroke="{stroke}" stroke-width="{number(width)}" stroke-linejoin="round"'
    return paint + (f' stroke-dasharray="{dash}"' if dash else "")
