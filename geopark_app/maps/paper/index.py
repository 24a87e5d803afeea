"""The numbered sites as a table on the sheet, or on pages of their own."""

from collections.abc import Sequence
from functools import partial

from geopark_app.maps.furniture import wrap
from geopark_app.maps.paper.content import NumberedSite, PaperMap
from geopark_app.maps.paper.marks import draw_small_mark
from geopark_app.maps.paper.panel import one_line
from geopark_app.maps.paper.rows import Row, draw_rows, run_rows, split
from geopark_app.maps.projection import Rect
from geopark_app.maps.svg import SvgCanvas
from geopark_app.maps.wording import speaker

_INK, _MUTED = "#1d2730", "#4f5962"
_EDGE_MM = 12.0
_NARROWEST_EM = 17.0


def index_text(paper: PaperMap) -> str:
    """Give the index as one text, for readers that cannot see the drawing."""
    parts = [_words(paper, one) for one in paper.sites if one.number]
    return "; ".join(parts)


def index_fits(canvas: SvgCanvas, paper: PaperMap, columns: Sequence[Rect], *, size: float) -> bool:
    """Draw the index into the columns when it fits there whole."""
    if not columns or not paper.sites:
        return not paper.sites
    narrow = _narrow(columns, size)
    # The heading stands over all columns that lie beside each other.
    rows = index_rows(canvas, paper, narrow[0].width, size)
    placed, count = run_rows(rows, narrow)
    if count < len(rows):
        return False
    draw_rows(placed)
    return True


def index_pages(paper: PaperMap) -> list[SvgCanvas]:
    """Give pages of the size of the sheet with the whole index."""
    width, height = paper.size_mm
    size = max(paper.text_mm * 1.1, 2.2)
    pages: list[SvgCanvas] = []
    done = 0
    while True:
        canvas = SvgCanvas(width, height)
        canvas.rect(0, 0, width, height, fill="#ffffff")
        head = size * 4
        whole = Rect(x=_EDGE_MM, y=_EDGE_MM + head, width=width - 2 * _EDGE_MM,
                     height=height - 2 * _EDGE_MM - head)  # fmt: skip
        columns = split(whole, max(1, int(whole.width // (size * 34))), size * 2)
        rows = index_rows(canvas, paper, columns[0].width, size)
        placed, count = run_rows(rows[done:], columns)
        _page_head(canvas, paper, size)
        draw_rows(placed)
        pages.append(canvas)
        done += count
        if done >= len(rows) or not count:
            return pages


def index_rows(canvas: SvgCanvas, paper: PaperMap, width: float, size: float) -> list[Row]:
    """Give a row for each site, those drawn first, with a heading."""
    _ = speaker(paper.language)
    drawn = [one for one in paper.sites if one.number]
    missing = [one for one in paper.sites if not one.number]
    rows = [_heading(canvas, f"{_('Index of the sites')} ({len(drawn)})", width, size)]
    rows += [_row(canvas, paper, one, width, size) for one in drawn]
    if missing:
        rows.append(_heading(canvas, f"{_('Not drawn: position unknown or not disclosed')} "
                                     f"({len(missing)})", width, size))  # fmt: skip
        rows += [_row(canvas, paper, one, width, size) for one in missing]
    return rows


def _narrow(columns: Sequence[Rect], size: float) -> list[Rect]:
    found: list[Rect] = []
    for column in columns:
        into = max(1, int(column.width // (size * _NARROWEST_EM)))
        found += split(column, into, size)
    return found


def _page_head(canvas: SvgCanvas, paper: PaperMap, size: float) -> None:
    width = paper.size_mm[0] - 2 * _EDGE_MM
    for number, (words, scale, bold) in enumerate(
        ((paper.words.title, 1.5, True), (paper.words.park, 1.0, False))
    ):
        canvas.text(_EDGE_MM, _EDGE_MM + size * (1.4 + number * 1.5),
                    one_line(words, width, size * scale), size=size * scale, bold=bold,
                    fill=_INK if bold else _MUTED)  # fmt: skip


def _heading(canvas: SvgCanvas, words: str, width: float, size: float) -> Row:
    lines = wrap(words, width, size * 1.1, bold=True)

    def draw(x: float, y: float, _width: float) -> None:
        for number, line in enumerate(lines):
            canvas.text(x, y + size * (1.3 + number * 1.35), line, size=size * 1.1, bold=True)

    return Row(height=size * (0.8 + 1.35 * len(lines)), draw=draw, stays_with_next=True)


def _row(canvas: SvgCanvas, paper: PaperMap, one: NumberedSite, width: float, size: float) -> Row:
    number_mm, sign_mm = size * 2.1, size * 1.7
    room = width - number_mm - sign_mm
    name = f"{one.site.name(paper.names)}"
    lines = wrap(name, room, size)[:3]
    beside = " · ".join(part for part in (one.site.code, one.stop, one.place) if part)
    draw = partial(_draw_row, canvas, one, lines, beside, (number_mm, sign_mm, room), size)
    return Row(height=size * (1.22 * len(lines) + 1.16 + 0.32), draw=draw)


def _draw_row(
    canvas: SvgCanvas,
    one: NumberedSite,
    lines: Sequence[str],
    beside: str,
    widths: tuple[float, float, float],
    size: float,
    x: float,
    y: float,
    _width: float,
) -> None:
    number_mm, sign_mm, room = widths
    canvas.text(x + number_mm - size * 0.35, y + size, one.number or "–", size=size, anchor="end",
                bold=True, fill=_INK)  # fmt: skip
    draw_small_mark(canvas, x + number_mm + size * 0.6, y + size * 0.64, one.site, size * 0.48)
    left = x + number_mm + sign_mm
    for number, line in enumerate(lines):
        canvas.text(left, y + size * (1 + 1.22 * number), one_line(line, room, size), size=size)
    below = y + size * (1.22 * len(lines) + 0.92)
    canvas.text(left, below, one_line(beside, room, size * 0.86), size=size * 0.86, fill=_MUTED)


def _words(paper: PaperMap, one: NumberedSite) -> str:
    parts = (one.site.code, one.site.name(paper.names), one.stop, one.place)
    return f"{one.number} " + ", ".join(part for part in parts if part)
