"""The office's layers on paper: their styles, the ground below them and the names on them."""

import colorsys
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from geopark_app.geo.shape_index import NamedShape
from geopark_app.maps.ground import OUTLINE, OUTLINE_BAND
from geopark_app.maps.paper.content import PaperLayer, PaperMap, PaperRoute, name_of
from geopark_app.maps.paper.ground_names import GroundName, name_along, name_inside
from geopark_app.maps.paper.space import Space
from geopark_app.maps.projection import MapProjection
from geopark_app.maps.svg import SvgCanvas

_FILL = {"communes": 0.0, "boundary": 0.0, "geology": 0.42, "border-zone": 0.10, "protected": 0.16}
_OTHER_FILL = 0.12
_DASH = {"communes": "1.6 0.9", "border-zone": "0.5 0.9", "track": "0.9 0.5"}
_FINEST_MM = 0.06
_LINES = frozenset({"LineString", "MultiLineString"})
_AREAS = frozenset({"Polygon", "MultiPolygon"})
_BACKGROUND, _ABROAD, _NEIGHBOUR_LINE, _BODY = "#f5f5f2", "#e7e8e6", "#b9bdba", "#fdfaf0"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageShape:
    """A shape of a layer in millimetres on the page."""

    layer: PaperLayer
    shape: NamedShape
    geometry: BaseGeometry

    @property
    def is_line(self) -> bool:
        """Say whether it is drawn as a line."""
        return self.geometry.geom_type in _LINES

    def fill(self, language: str) -> str:
        """Give its colour: units of a geological map have one by their name."""
        return shape_colour(self.layer, self.shape, language)


def on_page(projection: MapProjection, geometry: BaseGeometry) -> BaseGeometry:
    """Give a shape in millimetres, cut off at the frame, without corners nobody can see."""
    return projection.shape_mm(geometry).simplify(_FINEST_MM)


def shape_colour(layer: PaperLayer, shape: NamedShape, language: str) -> str:
    """Give the colour a shape is filled with; the same name has the same one everywhere."""
    if layer.kind != "geology":
        return layer.colour
    total = 0
    for letter in name_of(shape, language) or shape.code:
        total = (total * 31 + ord(letter)) % 3600
    parts = colorsys.hls_to_rgb(total % 360 / 360, (60 + total % 5 * 5) / 100, 0.45)
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def unit_words(shape: NamedShape, language: str) -> str:
    """Name a unit of a geological map for the legend: its symbol, then its name."""
    name = name_of(shape, language)
    if not name or not shape.code or shape.code in name:
        return name or shape.code
    return f"{shape.code}: {name}"


def page_shapes(projection: MapProjection, layers: Sequence[PaperLayer]) -> list[PageShape]:
    """Give what of the layers lies in the frame, the lowest layer first."""
    west, south, east, north = projection.degrees_in_frame()
    window = shapely.box(west, south, east, north).buffer(0.02)
    found = []
    for layer in layers:
        for shape in layer.shapes:
            if shape.geometry.is_empty or not shape.geometry.intersects(window):
                continue
            geometry = on_page(projection, shape.geometry)
            if not geometry.is_empty:
                found.append(PageShape(layer=layer, shape=shape, geometry=geometry))
    return found


def draw_earth(canvas: SvgCanvas, projection: MapProjection, paper: PaperMap) -> None:
    """Draw land and neighbours, or the base map in their place."""
    frame, basemap = projection.frame, paper.basemap
    canvas.rect(frame.x, frame.y, frame.width, frame.height, fill=_BACKGROUND)
    if paper.picture is not None:
        canvas.picture(frame.x, frame.y, frame.width, frame.height, paper.picture.jpeg)
    else:
        body = basemap.body
        for country in basemap.countries:
            if body is not None and not country.geometry.contains(body.representative_point()):
                canvas.shape(on_page(projection, country.geometry), fill=_ABROAD)
        if body is not None:
            canvas.shape(on_page(projection, body), fill=_BODY)
    for neighbour in (*basemap.neighbours, *basemap.countries):
        edge = projection.shape_mm(basemap.own_edge(neighbour))
        canvas.shape(edge, stroke=_NEIGHBOUR_LINE, width=0.25, dash="3 0.8 0.4 0.8")


def draw_layers(canvas: SvgCanvas, shapes: Sequence[PageShape], language: str) -> None:
    """Draw areas below lines, each layer in its own order."""
    for layer in {id(one.layer): one.layer for one in shapes}.values():
        if layer.kind == "communes":
            _draw_edges(canvas, layer, [one for one in shapes if one.layer is layer])
    for one in sorted(shapes, key=lambda shape: shape.is_line):
        layer = one.layer
        if layer.kind == "communes":
            continue
        if one.geometry.geom_type not in _AREAS | _LINES:
            _draw_points(canvas, one)
            continue
        share = 0.0 if one.is_line else _FILL.get(layer.kind, _OTHER_FILL)
        if share:
            canvas.shape(one.geometry, fill=one.fill(language), opacity=share * layer.opacity)
        edge = "#6f5f4c" if layer.kind == "geology" else layer.colour
        if layer.kind == "roads":
            canvas.shape(one.geometry, stroke="#ffffff", width=layer.width_mm + 0.3)
        canvas.shape(
            one.geometry,
            stroke=edge,
            width=layer.width_mm if one.is_line else min(layer.width_mm, 0.25),
            dash=_DASH.get(layer.kind, ""),
            opacity=layer.opacity,
        )


def draw_boundary(canvas: SvgCanvas, projection: MapProjection, paper: PaperMap) -> None:
    """Draw the one boundary of this map: official with a full line, a sketch with a broken one."""
    basemap, thick = paper.basemap, paper.text_mm / 2.5
    if basemap.body is None:
        return
    body = on_page(projection, basemap.body)
    edge = body.boundary.intersection(
        shapely.box(projection.frame.x + 0.05, projection.frame.y + 0.05,
                    projection.frame.right - 0.05, projection.frame.bottom - 0.05)
    )  # fmt: skip
    canvas.shape(edge, stroke=OUTLINE_BAND, width=2.0 * thick, opacity=0.75)
    canvas.shape(edge, stroke=OUTLINE, width=0.5,
                 dash="2.6 0.8 0.6 0.8" if basemap.is_sketch else "")  # fmt: skip


def draw_routes(canvas: SvgCanvas, routes: Sequence[tuple[PaperRoute, BaseGeometry]]) -> None:
    """Draw lines of routes with a dark casing, which is seen without colour too."""
    for route, line in routes:
        dash = "2.2 1.4" if route.is_schematic else ""
        canvas.shape(line, stroke="#2b2b2b", width=0.42 if route.is_schematic else 1.25, dash=dash)
        if not route.is_schematic:
            canvas.shape(line, stroke=route.colour, width=0.85)
        else:
            canvas.shape(line, stroke=route.colour, width=0.26, dash=dash)


def place_ground_names(
    projection: MapProjection, paper: PaperMap, shapes: Sequence[PageShape], space: Space
) -> tuple[list[GroundName], list[str]]:
    """Place names of lines and areas, the longest lines and largest areas first."""
    placed: list[GroundName] = []
    dropped: list[str] = []
    frame, size, language = projection.frame, paper.text_mm, paper.names
    for layer, words, geometry in _named(shapes, language):
        is_line = geometry.geom_type in _LINES
        place = name_along if is_line else name_inside
        name = place(geometry, words, size=size * (0.9 if is_line else 0.92),
                     colour=_text_colour(layer), frame=frame, space=space)  # fmt: skip
        if name is None:
            dropped.append(words)
        else:
            placed.append(name)
    body = projection.shape_mm(paper.basemap.body) if paper.basemap.body is not None else None
    for neighbour in paper.basemap.neighbours:
        shape = projection.shape_mm(neighbour.geometry)
        visible = shape.difference(body) if body is not None else shape
        name = name_inside(visible, neighbour.name(language).upper(), size=size * 1.05,
                           colour="#7d858b", frame=frame, space=space)  # fmt: skip
        if name is not None:
            placed.append(name)
    return placed, dropped


def _named(
    shapes: Sequence[PageShape], language: str
) -> list[tuple[PaperLayer, str, BaseGeometry]]:
    groups: dict[tuple[int, str, bool], list[PageShape]] = {}
    for one in shapes:
        words = name_of(one.shape, language)
        if one.layer.kind == "geology":
            # Units are known by their symbols, which fit where a name does not.
            words = one.shape.code or words
        if one.layer.has_labels and words and one.geometry.geom_type in _AREAS | _LINES:
            groups.setdefault((id(one.layer), words, one.is_line), []).append(one)
    found = []
    for (_layer, words, is_line), members in groups.items():
        parts = [member.geometry for member in members]
        joined = shapely.union_all(parts) if is_line or len(parts) > 1 else parts[0]
        found.append((members[0].layer, words, joined))
    return sorted(found, key=lambda item: (item[2].geom_type not in _LINES, -item[2].length))


def _draw_edges(canvas: SvgCanvas, layer: PaperLayer, shapes: Sequence[PageShape]) -> None:
    """Draw a line that two neighbours share once: twice, its breaks would fill up."""
    edges = shapely.union_all([one.geometry.boundary for one in shapes])
    canvas.shape(shapely.line_merge(edges), stroke=layer.colour, width=min(layer.width_mm, 0.25),
                 dash=_DASH["communes"], opacity=0.8 * layer.opacity)  # fmt: skip


def _draw_points(canvas: SvgCanvas, one: PageShape) -> None:
    for part in getattr(one.geometry, "geoms", [one.geometry]):
        if part.geom_type == "Point":
            canvas.circle(part.x, part.y, 0.6, fill=one.layer.colour, stroke="#ffffff", width=0.15)


def _text_colour(layer: PaperLayer) -> str:
    return {"communes": "#6d5a80", "rivers": "#1d5f96", "geology": "#5d4a36"}.get(
        layer.kind, "#3f474e"
    )
