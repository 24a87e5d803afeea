"""Drawing of what lies under the sites: land, outline, rivers, graticule, towns' dots."""

import math
from dataclasses import dataclass

from shapely.geometry import LineString, Polygon
from shapely.geometry import box as polygon_of_box

from geopark_app.geo.geojson import Feature
from geopark_app.maps.basemap import Basemap
from geopark_app.maps.font_metrics import text_width
from geopark_app.maps.projection import MapProjection, Rect
from geopark_app.maps.signs import draw_town
from geopark_app.maps.svg import SvgCanvas

GRID = "#9db0bd"
OUTLINE = "#8c4a2f"
OUTLINE_BAND = "#ecd9c3"
_BACKGROUND = "#f3f3ef"
_ABROAD = "#e4e5e3"
_NEIGHBOUR_LINE = "#c3c6c4"
_BODY = "#fdf8ea"
_WATER = "#7fb0d3"
_MUTED = "#8b939a"
_STEPS_ARC_MINUTES = (1, 2, 5, 10, 15, 20, 30, 60, 120, 300)


@dataclass(frozen=True, slots=True, kw_only=True)
class GridLine:
    """One meridian or parallel with what stands at its end."""

    is_meridian: bool
    arc_minutes: int
    points: tuple[tuple[float, float], ...]


def draw_ground(canvas: SvgCanvas, projection: MapProjection, basemap: Basemap) -> None:
    """Draw land, neighbours, rivers and the outline of the area inside the frame."""
    frame = projection.frame
    canvas.rect(frame.x, frame.y, frame.width, frame.height, fill=_BACKGROUND)
    for neighbour in basemap.neighbours:
        edge = projection.shape_mm(basemap.own_edge(neighbour))
        canvas.shape(edge, stroke=_NEIGHBOUR_LINE, width=0.2)
    for country in basemap.countries:
        if _is_abroad(country, basemap):
            canvas.shape(projection.shape_mm(country.geometry), fill=_ABROAD)
            edge = projection.shape_mm(basemap.own_edge(country))
            canvas.shape(edge, stroke=_NEIGHBOUR_LINE, width=0.3)
    for river in basemap.rivers:
        canvas.shape(projection.shape_mm(river.geometry), stroke=_WATER, width=0.35)
    if basemap.body is not None:
        body = projection.shape_mm(basemap.body)
        # A sketch gets a broken line on a pale band, an official boundary a full one.
        thin = min(1.0, 0.5 + frame.width / 300)
        canvas.shape(body, fill=_BODY, stroke=OUTLINE_BAND, width=1.5 * thin)
        dash = "2.2 0.7 0.5 0.7" if basemap.is_sketch else ""
        canvas.shape(body, stroke=OUTLINE, width=0.35 * thin, dash=dash)


def draw_neighbour_names(
    canvas: SvgCanvas,
    projection: MapProjection,
    basemap: Basemap,
    size: float,
    language: str,
    taken: list[Rect],
) -> list[Rect]:
    """Write the neighbours' names where there is room beside what is taken; give their boxes."""
    frame = projection.frame
    body = projection.shape_mm(basemap.body) if basemap.body is not None else Polygon()
    boxes: list[Rect] = []
    for neighbour in basemap.neighbours:
        name = neighbour.name(language).upper()
        width = text_width(name, size)
        visible = projection.shape_mm(neighbour.geometry).difference(body)
        if visible.is_empty or visible.area < width * size * 3:
            continue
        middle = visible.representative_point()
        x = min(max(middle.x, frame.x + width / 2 + 1), frame.right - width / 2 - 1)
        for shift in (0.0, -2 * size, 2 * size, -4 * size, 4 * size):
            box = Rect(x=x - width / 2, y=middle.y + shift - size, width=width, height=size * 1.3)
            if visible.contains(_as_polygon(box)) and not any(map(box.touches, taken)):
                canvas.text(x, middle.y + shift, name, size=size, anchor="middle", fill=_MUTED)
                boxes.append(box)
                break
    return boxes


def towns_in_frame(
    projection: MapProjection, basemap: Basemap
) -> list[tuple[Feature, float, float]]:
    """Give the towns inside the frame with their place in millimetres, the largest first."""
    placed = []
    for town in basemap.towns:
        point = town.geometry.representative_point()
        x, y = projection.position_mm(point.x, point.y)
        if projection.frame.contains(x, y):
            placed.append((town, x, y))
    return placed


def is_city(town: Feature) -> bool:
    """Say whether it is drawn with a ring."""
    return town.rank == 1


def draw_towns(canvas: SvgCanvas, towns: list[tuple[Feature, float, float]]) -> list[Rect]:
    """Draw a dot for each town, a ring for a large one; give the boxes they take."""
    for town, x, y in towns:
        draw_town(canvas, x, y, is_city=is_city(town))
    return [Rect(x=x - 0.8, y=y - 0.8, width=1.6, height=1.6) for _, x, y in towns]


def graticule(projection: MapProjection, *, wanted: int = 5) -> tuple[GridLine, ...]:
    """Give meridians and parallels at a round step, about `wanted` in each direction."""
    west, south, east, north = projection.degrees_in_frame()
    span = max(east - west, north - south) * 60
    step = next((s for s in _STEPS_ARC_MINUTES if span / s <= wanted + 1), 600)
    meridians = [
        _line(projection, True, minutes, south, north) for minutes in _multiples(west, east, step)
    ]
    parallels = [
        _line(projection, False, minutes, west, east) for minutes in _multiples(south, north, step)
    ]
    return tuple(line for line in [*meridians, *parallels] if line is not None)


def draw_graticule(canvas: SvgCanvas, lines: tuple[GridLine, ...]) -> None:
    """Draw the lines, thin and pale."""
    for line in lines:
        canvas.line(line.points, stroke=GRID, width=0.12)


def write_graticule(
    canvas: SvgCanvas, lines: tuple[GridLine, ...], frame: Rect, size: float, language: str
) -> None:
    """Write degrees and minutes outside the frame: below for meridians, left for parallels."""
    for line in lines:
        words = _degrees(line, language)
        if line.is_meridian:
            x = max(line.points, key=lambda point: point[1])[0]
            if x < frame.x + size * 2.5:
                continue
            canvas.text(x, frame.bottom + size * 1.15, words, size=size, anchor="middle")
        else:
            y = min(line.points, key=lambda point: point[0])[1]
            canvas.text(frame.x - size * 0.4, y, words, size=size, anchor="middle", turned=True)


def _as_polygon(box: Rect) -> Polygon:
    return polygon_of_box(box.x, box.y, box.right, box.bottom)


def _is_abroad(country: Feature, basemap: Basemap) -> bool:
    body = basemap.body
    return body is not None and not country.geometry.contains(body.representative_point())


def _line(
    projection: MapProjection, is_meridian: bool, arc_minutes: int, low: float, high: float
) -> GridLine | None:
    value = arc_minutes / 60
    stops = [low + (high - low) * part / 24 for part in range(25)]
    ends = [(value, stop) if is_meridian else (stop, value) for stop in stops]
    shape = projection.shape_mm(LineString(ends))
    if shape.is_empty or not isinstance(shape, LineString):
        return None
    points = tuple((float(x), float(y)) for x, y in shape.coords)
    return GridLine(is_meridian=is_meridian, arc_minutes=arc_minutes, points=points)


def _multiples(low: float, high: float, step: int) -> range:
    return range(math.ceil(low * 60 / step) * step, math.floor(high * 60) + 1, step)


def _degrees(line: GridLine, language: str) -> str:
    size = abs(line.arc_minutes)
    positive = line.arc_minutes >= 0
    if language == "en":
        letter = ("E" if positive else "W") if line.is_meridian else ("N" if positive else "S")
    else:
        letter = ("Đ" if positive else "T") if line.is_meridian else ("B" if positive else "N")
    return f"{size // 60}°{size % 60:02d}′{letter}"
