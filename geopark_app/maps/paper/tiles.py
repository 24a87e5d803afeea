"""A large map on sheets of an office printer: overlap, cutting marks, which sheet is which."""

from collections.abc import Sequence

from geopark_app.maps.paper.sizes import OVERLAP_MM, PRINTER_EDGE_MM, Tile
from geopark_app.maps.svg import SvgCanvas
from geopark_app.maps.wording import MapLanguage, speaker

_INK = "#1d2730"
_MARK_MM = 6.0
_TEXT_MM = 2.4


def draw_tile(
    whole: SvgCanvas, tile: Tile, tiles: Sequence[Tile], *, title: str, language: MapLanguage
) -> SvgCanvas:
    """Draw one sheet: its part of the map, marks to cut along, and what is glued over what."""
    canvas = SvgCanvas(tile.width_mm, tile.height_mm)
    canvas.rect(0, 0, tile.width_mm, tile.height_mm, fill="#ffffff")
    # What stands on the edge comes first: see `draw_paper_map` for the letters of Noto Sans.
    _write_edge(canvas, tile, tiles, title, language)
    seen = tile.seen
    edge = PRINTER_EDGE_MM
    canvas.window(whole, edge, edge, seen=(seen.x, seen.y, seen.width, seen.height))
    _draw_marks(canvas, tile)
    return canvas


def _draw_marks(canvas: SvgCanvas, tile: Tile) -> None:
    left = top = PRINTER_EDGE_MM
    right, bottom = left + tile.seen.width, top + tile.seen.height
    for x, out_x in ((left, -1), (right, 1)):
        for y, out_y in ((top, -1), (bottom, 1)):
            for ends in (
                ((x, y + out_y * 1.0), (x, y + out_y * _MARK_MM)),
                ((x + out_x * 1.0, y), (x + out_x * _MARK_MM, y)),
            ):
                canvas.line(ends, stroke=_INK, width=0.2)
    # Up to here the next sheet is laid over this one.
    dash = "2 2"
    if tile.has_right:
        x = right - OVERLAP_MM
        canvas.line(((x, top), (x, bottom)), stroke="#c2185b", width=0.15, dash=dash)
    if tile.has_below:
        y = bottom - OVERLAP_MM
        canvas.line(((left, y), (right, y)), stroke="#c2185b", width=0.15, dash=dash)


def _write_edge(
    canvas: SvgCanvas, tile: Tile, tiles: Sequence[Tile], title: str, language: MapLanguage
) -> None:
    _ = speaker(language)
    row, column = tile.name.split("-")
    where = _("sheet {number} of {count}: row {row}, column {column}").format(
        number=tiles.index(tile) + 1, count=len(tiles), row=row, column=column
    )
    words = f"{title} · {where}"
    y = PRINTER_EDGE_MM - 3.4
    canvas.text(PRINTER_EDGE_MM + 8, y, words, size=_TEXT_MM, fill="#4f5962")
    help_words = _("print at 100 %; cut along the marks, glue the next sheet up to the broken line")
    canvas.text(PRINTER_EDGE_MM + 8, tile.height_mm - PRINTER_EDGE_MM + 5.4, help_words,
                size=_TEXT_MM, fill="#4f5962")  # fmt: skip
    _draw_overview(canvas, tile, tiles)


def _draw_overview(canvas: SvgCanvas, tile: Tile, tiles: Sequence[Tile]) -> None:
    """Draw the sheets small in the upper right edge, this one filled."""
    side = 2.0
    columns = max(int(one.name.split("-")[1]) for one in tiles)
    left = tile.width_mm - PRINTER_EDGE_MM - 8 - columns * side * 1.4
    for one in tiles:
        row, column = (int(part) - 1 for part in one.name.split("-"))
        canvas.rect(left + column * side * 1.4, 1.6 + row * side, side * 1.4, side,
                    fill=_INK if one is tile else "#ffffff", stroke=_INK, line=0.12)  # fmt: skip
