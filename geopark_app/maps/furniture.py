"""What stands around a map: scale bar, north arrow, legend."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from geopark_app.maps.basemap import Basemap
from geopark_app.maps.font_metrics import text_width
from geopark_app.maps.ground import OUTLINE, OUTLINE_BAND
from geopark_app.maps.layers import MapSite, pins, unplaced
from geopark_app.maps.projection import MapProjection, Rect
from geopark_app.maps.signs import (
    draw_approximate_pin,
    draw_commune_ring,
    draw_pin,
    draw_town,
    is_approximate,
)
from geopark_app.maps.svg import SvgCanvas
from geopark_app.maps.symbols import symbol_of
from geopark_app.maps.wording import MapLanguage, decimal_as_short

_INK = "#1d2730"
_NICE_KM = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendRow:
    """One row of the legend; `draw` puts its sign at x, y."""

    words: str
    draw: Callable[[float, float], None]


def draw_scale_bar(
    canvas: SvgCanvas, projection: MapProjection, room: Rect, *, size: float, language: MapLanguage
) -> None:
    """Draw a bar of a round length in projected kilometres, at most as wide as the room."""
    mm_per_km = projection.mm_per_m * 1000
    length_km = max((km for km in _NICE_KM if km * mm_per_km <= room.width), default=_NICE_KM[0])
    half = length_km * mm_per_km / 2
    top = room.y + size * 1.2
    canvas.rect(room.x, top, half * 2, 1.0, fill="#ffffff", stroke=_INK, line=0.15)
    canvas.rect(room.x, top, half, 1.0, fill=_INK)
    for part, anchor in ((0.0, "start"), (0.5, "middle"), (1.0, "end")):
        words = decimal_as_short(length_km * part, language)
        canvas.text(room.x + half * 2 * part, top - 0.6, words, size=size, anchor=anchor)
    canvas.text(room.x + half * 2 + 0.8, top + 1.0, "km", size=size)


def draw_north_arrow(canvas: SvgCanvas, x: float, y: float, height: float, letter: str) -> None:
    """Draw an arrow to grid north with its letter above; x is its middle, y its upper edge."""
    size = height * 0.34
    canvas.text(x, y + size * 0.8, letter, size=size, anchor="middle", bold=True)
    top, bottom, half = y + size, y + height, height * 0.2
    notch = bottom - half * 0.8
    canvas.path(f"M{x} {top}L{x + half} {bottom}L{x} {notch}Z", stroke=_INK, width=0.2)
    canvas.path(f"M{x} {top}L{x - half} {bottom}L{x} {notch}Z", fill=_INK, stroke=_INK)


def legend_rows(
    canvas: SvgCanvas,
    sites: Sequence[MapSite],
    translate: Callable[[str], str],
    *,
    size: float,
    basemap: Basemap,
) -> list[LegendRow]:
    """Give the rows: kinds with the signs drawn, approximate, by commune, not drawn, ground."""
    _ = translate
    drawn = pins(sites)
    rows = [_kind_row(canvas, kind, members, size) for kind, members in _by_kind(drawn)]
    if any(is_approximate(site) for site in drawn):
        # Without a count: these sites are counted with their kind already.
        rows.append(
            LegendRow(
                words=_("Approximate position"),
                draw=lambda x, y: draw_approximate_pin(canvas, x, y, size * 0.5, symbol_of("")),
            )
        )
    at_commune = sum(site.is_at_commune for site in sites)
    if at_commune:
        words = _("Known by commune only; in the ring the number of sites")
        rows.append(
            LegendRow(
                words=f"{words} ({at_commune})",
                draw=lambda x, y: draw_commune_ring(canvas, x, y, size * 0.55, 0),
            )
        )
    missing = len(unplaced(sites))
    if missing:
        words = f"{_('Position unknown, not drawn')} ({missing})"
        rows.append(LegendRow(words=words, draw=lambda x, y: _question(canvas, x, y, size)))
    if basemap.towns:
        draw_dot = partial(draw_town, canvas, is_city=False)
        rows.append(LegendRow(words=_("Town"), draw=draw_dot))
    if basemap.body is not None:
        words = _("Outline of the province (sketch)") if basemap.is_sketch else _("Boundary")
        rows.append(LegendRow(words=words, draw=lambda x, y: _outline_sample(canvas, x, y, size)))
    return rows


def draw_legend(
    canvas: SvgCanvas, rows: Sequence[LegendRow], area: Rect, *, size: float, columns: int = 1
) -> float:
    """Draw the rows inside the area, from top to bottom in `columns`; give the height used."""
    column_width = area.width / columns
    sign_width = size * 2.4
    wrapped = [wrap(row.words, column_width - sign_width - 1, size) for row in rows]
    column_height = legend_height([len(lines) for lines in wrapped], columns, size)
    x, y, used = area.x, area.y, 0.0
    for row, lines in zip(rows, wrapped, strict=True):
        if y - area.y >= column_height - 0.01 and x + column_width * 1.5 < area.right:
            x, y = x + column_width, area.y
        row.draw(x + size * 0.9, y + size * 0.72)
        for index, line in enumerate(lines):
            canvas.text(x + sign_width, y + size * (1.05 + index * 1.25), line, size=size)
        y += _row_height(len(lines), size)
        used = max(used, y - area.y)
    return used


def wrap(words: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Break words into lines not wider than `width`; a longer word keeps its own line."""
    lines: list[str] = []
    for word in words.split():
        if lines and text_width(f"{lines[-1]} {word}", size, bold=bold) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def wrap_evenly(words: str, width: float, size: float) -> list[str]:
    """Break words into as few lines as `wrap` needs, of about equal width."""
    lines = wrap(words, width, size)
    narrower = width
    while len(lines) > 1 and narrower > width / 2:
        narrower -= size
        attempt = wrap(words, narrower, size)
        if len(attempt) > len(lines):
            break
        lines = attempt
    return lines


def legend_height(line_counts: Sequence[int], columns: int, size: float) -> float:
    """Give the height after which a column of the legend is full."""
    return sum(_row_height(count, size) for count in line_counts) / columns


def _row_height(line_count: int, size: float) -> float:
    return size * (1.7 + (line_count - 1) * 1.25)


def _by_kind(sites: Sequence[MapSite]) -> list[tuple[str, list[MapSite]]]:
    kinds: dict[str, list[MapSite]] = {}
    for site in sites:
        kinds.setdefault(site.kind, []).append(site)
    return sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))


def _kind_row(canvas: SvgCanvas, kind: str, members: list[MapSite], size: float) -> LegendRow:
    symbol = symbol_of(kind)
    return LegendRow(
        words=f"{members[0].kind_label} ({len(members)})",
        draw=lambda x, y: draw_pin(canvas, x, y, size * 0.5, symbol),
    )


def _question(canvas: SvgCanvas, x: float, y: float, size: float) -> None:
    canvas.text(x, y + size * 0.4, "?", size=size * 1.1, anchor="middle", bold=True, fill="#57606a")


def _outline_sample(canvas: SvgCanvas, x: float, y: float, size: float) -> None:
    ends = ((x - size * 0.8, y), (x + size * 0.8, y))
    canvas.line(ends, stroke=OUTLINE_BAND, width=1.5)
    canvas.line(ends, stroke=OUTLINE, width=0.35)
