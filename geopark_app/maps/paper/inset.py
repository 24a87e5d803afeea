"""The inset: where the sheet lies in the park, or, from an office file only, in the country."""

import shapely
from shapely.geometry.base import BaseGeometry

from geopark_app.geo.crs import project_many
from geopark_app.maps.ground import OUTLINE
from geopark_app.maps.paper.content import PaperMap, PaperMapKind
from geopark_app.maps.projection import Bounds, MapProjection, Rect, fit
from geopark_app.maps.svg import SvgCanvas

_MOST_MM = 0.16
_TALLEST = 1.6


def inset_size(
    paper: PaperMap, projection: MapProjection, column_mm: float
) -> tuple[float, float] | None:
    """Give width and height of the inset; None where there is nothing to show."""
    shape = _shown(paper)
    if shape is None:
        return None
    west, south, east, north = shape.bounds
    side = min(column_mm, min(paper.size_mm) * _MOST_MM + 14)
    tall = min(max((north - south) / max(east - west, 1e-6) * 1.08, 0.6), _TALLEST)
    return (side, side * tall) if tall <= 1 else (side / tall, side)


def draw_inset(canvas: SvgCanvas, paper: PaperMap, projection: MapProjection, room: Rect) -> None:
    """Draw the outline and on it the frame of the map, or a dot where that is too small."""
    shape = _shown(paper)
    assert shape is not None
    small = _projection(shape.bounds, room, paper.epsg)
    canvas.rect(room.x, room.y, room.width, room.height, fill="#f5f5f2")
    outline = small.shape_mm(shape).simplify(0.08)
    canvas.shape(outline, fill="#fdfaf0", stroke=OUTLINE, width=0.25)
    west, south, east, north = _frame_on(projection, small)
    box = shapely.box(west, south, east, north)
    frame = shapely.box(room.x, room.y, room.right, room.bottom)
    if max(east - west, south - north, north - south) < 1.6:
        middle = box.centroid
        canvas.circle(middle.x, middle.y, 0.9, fill="#b3362b", stroke="#ffffff", width=0.2)
    else:
        canvas.shape(box.intersection(frame), stroke="#b3362b", width=0.45)
    canvas.rect(room.x, room.y, room.width, room.height, stroke="#1d2730", line=0.2)


def _shown(paper: PaperMap) -> BaseGeometry | None:
    """Give the shape of the inset: the park, and for its own map the country the office gave."""
    if paper.kind is not PaperMapKind.PARK:
        return paper.basemap.body
    if not paper.national:
        return None
    return shapely.union_all([one.geometry for one in paper.national]).simplify(0.01)


def _projection(bounds: Bounds, room: Rect, epsg: int) -> MapProjection:
    return fit(bounds, room, epsg, margin=0.05)


def _frame_on(projection: MapProjection, small: MapProjection) -> Bounds:
    """Give the map's frame in millimetres of the inset; both lie in the same system."""
    frame = projection.frame
    corners = [
        projection.lon_lat(x, y) for x in (frame.x, frame.right) for y in (frame.y, frame.bottom)
    ]
    flat = project_many(corners, small.epsg)
    xs = [small.frame.x + (east - small.west_m) * small.mm_per_m for east, _north in flat]
    ys = [small.frame.y + (small.north_m - north) * small.mm_per_m for _east, north in flat]
    return min(xs), min(ys), max(xs), max(ys)
