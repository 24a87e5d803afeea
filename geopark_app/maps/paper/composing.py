"""Puts a sheet together: everything is placed first, then drawn from the ground upwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from shapely.geometry.base import BaseGeometry

from geopark_app.geo.crs import crs_name
from geopark_app.maps.ground import towns_in_frame
from geopark_app.maps.layers import MapSite
from geopark_app.maps.paper.content import DrawnMap, NumberedSite, PaperMap, PaperPlace, PaperRoute
from geopark_app.maps.paper.grids import (
    draw_degrees,
    draw_kilometres,
    write_degrees,
    write_kilometres,
)
from geopark_app.maps.paper.ground_names import GroundName, shield_places
from geopark_app.maps.paper.index import index_fits, index_pages, index_text
from geopark_app.maps.paper.layers import (
    PageShape,
    draw_boundary,
    draw_earth,
    draw_layers,
    draw_routes,
    on_page,
    page_shapes,
    place_ground_names,
)
from geopark_app.maps.paper.marks import (
    Mark,
    draw_mark,
    draw_mark_line,
    draw_place,
    place_marks,
    place_places,
)
from geopark_app.maps.paper.names import Name, PlacedName, place_names
from geopark_app.maps.paper.page_frame import PageFrame, first_panel_mm, page_frame, widest_panel_mm
from geopark_app.maps.paper.panel import Panel, footer_lines, inset_row
from geopark_app.maps.paper.route_signs import draw_shield, shield_size
from geopark_app.maps.paper.rows import draw_rows, rest_of, run_rows
from geopark_app.maps.paper.scales import fit_round
from geopark_app.maps.paper.space import Piece, Point, Space, box_corners
from geopark_app.maps.paper.visible import only_visible
from geopark_app.maps.projection import MapProjection, Rect
from geopark_app.maps.signs import draw_pin, draw_town, is_approximate
from geopark_app.maps.svg import SvgCanvas
from geopark_app.maps.symbols import symbol_of
from geopark_app.maps.wording import sketch_notice, speaker

_INK, _MUTED = "#1d2730", "#4f5962"
_STEP = 1.12


@dataclass(frozen=True, slots=True, kw_only=True)
class MapArea:
    """Where the map lies on the sheet and on the ground; a base map is warped to it."""

    projection: MapProjection
    page: PageFrame


@dataclass(slots=True, kw_only=True)
class _Placed:
    """What was placed inside the frame."""

    space: Space
    shapes: list[PageShape]
    routes: list[tuple[PaperRoute, BaseGeometry]]
    marks: list[Mark]
    outside: list[NumberedSite]
    others: list[tuple[MapSite, Point]]
    places: list[tuple[PaperPlace, Point]]
    shields: list[tuple[PaperRoute, Point]]
    towns: list[tuple[float, float, bool]]
    names: list[PlacedName]
    ground_names: list[GroundName]
    dropped: list[str]


def map_area(paper: PaperMap) -> MapArea:
    """Give where the map lies, before anything is drawn.

    Raises
    ------
    CoordinateError
        Where the system does not reach the bounds.
    """
    lines = footer_lines(paper, _notices(paper), _footer_words(paper))
    panel_mm = first_panel_mm(paper)
    while True:
        page = page_frame(paper, footer_lines=len(lines), panel_mm=panel_mm)
        projection = fit_round(
            paper.bounds,
            page.frame,
            paper.epsg,
            denominator=paper.denominator,
            least=paper.least_denominator,
        )
        # The legend decides how large the panel must be; it is laid out without being drawn.
        unseen, shapes = SvgCanvas(*paper.size_mm), page_shapes(projection, paper.layers)
        seen = only_visible(paper, projection)
        rows = _panel(unseen, seen, projection, page, shapes, _inside(seen, projection)).rows()
        if run_rows(rows, page.columns)[1] == len(rows) or panel_mm >= widest_panel_mm(paper):
            return MapArea(projection=projection, page=page)
        panel_mm *= _STEP


def draw_paper_map(paper: PaperMap, area: MapArea | None = None) -> tuple[SvgCanvas, DrawnMap]:
    """Draw a map; gives its sheet, to be cut into tiles, and everything that is told about it.

    Raises
    ------
    CoordinateError
        Where the system does not reach the bounds.
    """
    area = area or map_area(paper)
    projection, page = area.projection, area.page
    paper = only_visible(paper, projection)
    canvas = SvgCanvas(*paper.size_mm)
    canvas.rect(0, 0, *paper.size_mm, fill="#ffffff")
    # The footer comes first: typst refuses ẹ, ị, ọ, ụ of Noto Sans in a PDF/A drawing until the
    # same letters without a dot were shown in the same style (see `overview_map`).
    _draw_footer(canvas, paper, page)
    placed = _place(paper, projection)
    _draw_map(canvas, paper, projection, placed)
    shown = [one for mark in placed.marks for one in mark.members]
    panel = _panel(canvas, paper, projection, page, placed.shapes, shown)
    rows = panel.rows()
    head, count = run_rows(rows, page.columns)
    draw_rows(head)
    rest = rest_of(page.columns, head)
    inset = inset_row(canvas, paper, projection, column_mm=panel.column_mm)
    more, found = run_rows(inset, rest)
    if found:
        draw_rows(more)
        rest = rest_of(rest, more)
    pages = []
    if not index_fits(canvas, paper, rest):
        pages = index_pages(paper)
    drawn = DrawnMap(
        pages=tuple(one.text_of() for one in (canvas, *pages)),
        size_mm=paper.size_mm,
        denominator=round(projection.denominator),
        overlaps=tuple(placed.space.overlaps()),
        dropped=tuple(placed.dropped),
        counts=_counts(paper, placed, shown, len(rows) - count),
        index=index_text(paper),
    )
    return canvas, drawn


def _panel(
    canvas: SvgCanvas,
    paper: PaperMap,
    projection: MapProjection,
    page: PageFrame,
    shapes: Sequence[PageShape],
    shown: Sequence[NumberedSite],
) -> Panel:
    return Panel(
        canvas=canvas,
        paper=paper,
        projection=projection,
        shapes=tuple(shapes),
        shown=tuple(shown),
        column_mm=page.columns[0].width,
    )


def _inside(paper: PaperMap, projection: MapProjection) -> list[NumberedSite]:
    found = []
    for one in paper.sites:
        if one.number and one.site.lon is not None and one.site.lat is not None:
            at = projection.position_mm(one.site.lon, one.site.lat)
            if projection.frame.contains(*at):
                found.append(one)
    return found


def _place(paper: PaperMap, projection: MapProjection) -> _Placed:
    space, frame, text = Space(), projection.frame, paper.text_mm
    reach = text * 0.98
    marks, outside = place_marks(projection, paper.sites, space, reach_mm=reach)
    others = _place_others(paper, projection, space)
    places, crowded = place_places(projection, paper.places, space, size_mm=text * 0.58)
    towns = [(x, y, town.rank == 1) for town, x, y in towns_in_frame(projection, paper.basemap)]
    for x, y, _city in towns:
        space.add(Piece(corners=_square(x, y, 0.9), owner=f"town {x:.2f} {y:.2f}"))
    shapes = page_shapes(projection, paper.layers)
    routes = [(route, on_page(projection, line)) for route in paper.routes for line in route.lines]
    shields = _place_shields(routes, frame, space, text)
    site_names = [_site_name(paper, mark) for mark in marks]
    names, left = _place_site_names(site_names, [line for _r, line in routes], frame, space)
    dropped = [one.key for one in left] + [place.name_vi for place in crowded]
    town_names, _unwritten = place_names(_town_names(paper, projection), frame, space)
    ground_names, unnamed = place_ground_names(projection, paper, shapes, space)
    return _Placed(
        space=space, shapes=shapes, routes=routes, marks=marks, outside=outside, others=others,
        places=places, shields=shields, towns=towns, names=[*names, *town_names],
        ground_names=ground_names, dropped=[*dropped, *unnamed],
    )  # fmt: skip


def _place_site_names(
    names: Sequence[Name], lines: Sequence[BaseGeometry], frame: Rect, space: Space
) -> tuple[list[PlacedName], list[Name]]:
    """Place names beside the lines of routes; on them only where there is no other room."""
    named = [one for one in names if one.words]
    free = space.copy()
    for line in lines:
        for part in getattr(line, "geoms", [line]):
            points = [(float(x), float(y)) for x, y, *_z in part.coords]
            for ends in pairwise(points):
                if ends[0] != ends[1]:
                    free.add(Piece(corners=ends, owner="line of a route"))
    placed, left = place_names(named, frame, free)
    for one in placed:
        one.take(space)
    more, left = place_names(left, frame, space)
    return [*placed, *more], left


def _place_others(
    paper: PaperMap, projection: MapProjection, space: Space
) -> list[tuple[MapSite, Point]]:
    found = []
    for site in paper.others:
        if not site.is_pin or site.lon is None or site.lat is None:
            continue
        at = projection.position_mm(site.lon, site.lat)
        corners = _square(*at, paper.text_mm * 0.45)
        if projection.frame.contains(*at) and space.is_free(corners):
            space.add(Piece(corners=corners, owner=site.uuid))
            found.append((site, at))
    return found


def _place_shields(
    routes: Sequence[tuple[PaperRoute, BaseGeometry]], frame: Rect, space: Space, text: float
) -> list[tuple[PaperRoute, Point]]:
    lines: dict[str, list[BaseGeometry]] = {}
    by_shield: dict[str, PaperRoute] = {}
    for route, line in routes:
        if route.shield:
            lines.setdefault(route.shield, []).append(line)
            by_shield[route.shield] = route
    found = []
    for shield, parts in lines.items():
        route = by_shield[shield]
        width, height = shield_size(route, text)
        for at in shield_places(parts, width=width, height=height, frame=frame, space=space,
                                owner=f"route {shield}"):  # fmt: skip
            found.append((route, at))
    return found


def _site_name(paper: PaperMap, mark: Mark) -> Name:
    first, text = mark.members[0], paper.text_mm
    chips: tuple[tuple[str, str], ...] = ()
    if len(mark.members) > 1:
        chips = tuple((one.number, one.site.kind) for one in mark.members)
    return Name(
        key=" ".join(one.site.code for one in mark.members),
        owner=mark.key,
        words=first.site.name(paper.names),
        chips=chips,
        x=mark.sign[0],
        y=mark.sign[1],
        reach=mark.reach,
        size=text,
        farthest_mm=text * 5,
    )


def _town_names(paper: PaperMap, projection: MapProjection) -> list[Name]:
    return [
        Name(
            key=town.name(paper.names),
            owner=f"town {x:.2f} {y:.2f}",
            words=town.name(paper.names),
            x=x,
            y=y,
            reach=1.0,
            size=paper.text_mm * (1.1 if town.rank == 1 else 0.92),
            colour="#3d464d",
            is_bold=town.rank == 1,
            is_italic=town.rank != 1,
            farthest_mm=0.0,
        )
        for town, x, y in towns_in_frame(projection, paper.basemap)
    ]


def _draw_map(
    canvas: SvgCanvas, paper: PaperMap, projection: MapProjection, placed: _Placed
) -> None:
    frame, text = projection.frame, paper.text_mm
    draw_earth(canvas, projection, paper)
    draw_layers(canvas, placed.shapes, paper.names)
    draw_boundary(canvas, projection, paper)
    degrees = draw_degrees(canvas, projection)
    draw_kilometres(canvas, projection, placed.space)
    draw_routes(canvas, placed.routes)
    for x, y, is_city in placed.towns:
        draw_town(canvas, x, y, is_city=is_city)
    for one in placed.ground_names:
        one.write(canvas)
    for site, (x, y) in placed.others:
        draw_pin(canvas, x, y, text * 0.42, symbol_of(site.kind))
    for route, (x, y) in placed.shields:
        draw_shield(canvas, x, y, text, route)
    for name in placed.names:
        name.draw_leader(canvas)
    for mark in placed.marks:
        draw_mark_line(canvas, mark)
    for place, (x, y) in placed.places:
        draw_place(canvas, x, y, text * 0.58, place.kind)
    for mark in placed.marks:
        draw_mark(canvas, mark)
    for name in placed.names:
        name.write(canvas)
    write_degrees(canvas, degrees, frame, text * 0.88, paper.names)
    write_kilometres(canvas, projection, text * 0.88)
    canvas.rect(frame.x, frame.y, frame.width, frame.height, stroke=_INK, line=0.45)


def _draw_footer(canvas: SvgCanvas, paper: PaperMap, page: PageFrame) -> None:
    size = paper.text_mm * 0.92
    lines = footer_lines(paper, _notices(paper), _footer_words(paper))
    # The plain lines first, although they stand below: see `draw_paper_map`.
    for number, (words, is_notice) in sorted(enumerate(lines), key=lambda one: one[1][1]):
        y = page.footer.y + size * (1.2 + number * 1.3)
        canvas.text(page.footer.x, y, words, size=size, bold=is_notice,
                    fill=_INK if is_notice else _MUTED)  # fmt: skip


def _notices(paper: PaperMap) -> list[str]:
    return [" / ".join(sketch_notice())] if paper.basemap.is_sketch else []


def _footer_words(paper: PaperMap) -> list[str]:
    _ = speaker(paper.language)
    system = _("Projection") + f": {crs_name(paper.epsg)} (EPSG:{paper.epsg})"
    grid = _("graticule: WGS 84 (EPSG:4326)")
    crosses = _("crosses: kilometres of the projection")
    sources = [paper.basemap.credits, *paper.words.sources]
    if paper.picture is not None and paper.picture.attribution:
        sources.append(_("base map") + f": {paper.picture.attribution}")
    first = f"{system}; {grid}; {crosses}."
    told = "; ".join(dict.fromkeys(text for text in sources if text))
    lines = [first, _("Sources") + f": {told}." if told else ""]
    if paper.words.boundary:
        lines.append(_("Boundary") + f": {paper.words.boundary}.")
    return [line for line in (*lines, paper.words.made) if line]


def _counts(
    paper: PaperMap, placed: _Placed, shown: Sequence[NumberedSite], rows_left: int
) -> dict[str, int]:
    return {
        "sites": len(shown),
        "approximate": sum(is_approximate(one.site) for one in shown),
        "at_commune": sum(one.site.is_at_commune for one in shown),
        "unplaced": sum(not one.number for one in paper.sites),
        "outside": len(placed.outside),
        "routes": len(placed.routes),
        "facilities": len(placed.places),
        "layers": len({id(one.layer) for one in placed.shapes}),
        "labels": len(placed.names) + len(placed.ground_names),
        "legend_rows_left_out": rows_left,
    }


def _square(x: float, y: float, half: float) -> tuple[Point, ...]:
    return box_corners(Rect(x=x - half, y=y - half, width=2 * half, height=2 * half))
