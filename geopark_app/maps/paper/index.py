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
_SMALLEST_MM = 1.55


def index_text(paper: PaperMap) -> str:
    """Give the index as one text, for readers that cannot see the drawing."""
    parts = [_words(paper, one) for one in paper.sites if one.number]
    return "; ".join(parts)


def index_fits(canvas: SvgCanvas, paper: PaperMap, columns: Sequence[Rect]) -> bool:
    """Draw the index into the columns when it fits there whole: as wide and full as it can be."""
    if not paper.sites:
        return True
    for size, is_short in (
        (paper.text_mm * 0.94, False),
        (paper.text_mm * 0.86, False),
        (paper.text_mm * 0.9, True),
        (paper.text_mm * 0.8, True),
    ):
        if size < _SMALLEST_MM:
            continue
        for into in range(1, 1 + max(int(one.width // (size * _NARROWEST_EM)) for one in columns)):
            narrow = [part for column in columns for part in split(column, into, size)]
            rows = index_rows(canvas, paper, narrow[0].width, size, is_short=is_short)
            placed, count = run_rows(rows, narrow)
            if count == len(rows):
                draw_rows(placed)
                return True
    return False


def index_pages(paper: PaperMap) -> list[SvgCanvas]:
    """Give pages of the size of the sheet with the whole index: the fewest that can be read."""
    sizes = [max(paper.text_mm * share, 1.9) for share in (1.15, 1.05, 0.95)]
    return min((_pages(paper, size) for size in sizes), key=len)


def _pages(paper: PaperMap, size: float) -> list[SvgCanvas]:
    width, height = paper.size_mm
    head = size * 4
    whole = Rect(x=_EDGE_MM, y=_EDGE_MM + head, width=width - 2 * _EDGE_MM,
                 height=height - 2 * _EDGE_MM - head)  # fmt: skip
    columns = split(whole, max(1, int(whole.width // (size * 34))), size * 2)
    pages: list[SvgCanvas] = []
    done = 0
    while True:
        canvas = SvgCanvas(width, height)
        canvas.rect(0, 0, width, height, fill="#ffffff")
        rows = index_rows(canvas, paper, columns[0].width, size)
        placed, count = run_rows(rows[done:], columns)
        _page_head(canvas, paper, size)
        draw_rows(placed)
        pages.append(canvas)
        done += count
        if done >= len(rows) or not count:
            return pages


def index_rows(
    canvas: SvgCanvas, paper: PaperMap, width: float, size: float, *, is_short: bool = False
) -> list[Row]:
    """Give a row for each site, those drawn first, with a heading; a short one is one line."""
    _ = speaker(paper.language)
    drawn = [one for one in paper.sites if one.number]
    missing = [one for one in paper.sites if not one.number]
    rows = [_heading(canvas, _("Index of the sites") + f" ({len(drawn)})", width, size)]
    rows += [_row(canvas, paper, one, width, size, is_short) for one in drawn]
    if missing:
        words = _("Not drawn: position unknown or not disclosed") + f" ({len(missing)})"
        rows.append(_heading(canvas, words, width, size))
        rows += [_row(canvas, paper, one, width, size, is_short) for one in missing]
    return rows


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


def _row(
    canvas: SvgCanvas, paper: PaperMap, one: NumberedSite, width: float, size: float, is_short: bool
) -> Row:
    number_mm, sign_mm = size * 2.1, size * 1.7
    room = width - number_mm - sign_mm
    lines = wrap(one.site.name(paper.names), room, size)[: 1 if is_short else 3]
    if is_short:
        lines = [one.site.name(paper.names)]
    beside = " · ".join(part for part in (one.site.code, one.stop, one.place) if part)
    below = [] if is_short else wrap(beside, room, size * 0.86)[:2]
    draw = partial(_draw_row, canvas, one, (lines, below), (number_mm, sign_mm, room), size)
    return Row(height=size * (1.22 * len(lines) + 1.1 * len(below) + 0.34), draw=draw)


def _draw_row(
    canvas: SvgCanvas,
    one: NumberedSite,
    words: tuple[Sequence[str], Sequence[str]],
    widths: tuple[float, float, float],
    size: float,
    x: float,
    y: float,
    _width: float,
) -> None:
    (lines, below), (number_mm, sign_mm, room) = words, widths
    canvas.text(x + number_mm - size * 0.35, y + size, one.number or "–", size=size, anchor="end",
                bold=True, fill=_INK)  # fmt: skip
    draw_small_mark(canvas, x + number_mm + size * 0.6, y + size * 0.64, one.site, size * 0.48)
    left = x + number_mm + sign_mm
    for number, line in enumerate(lines):
        canvas.text(left, y + size * (1 + 1.22 * number), one_line(line, room, size), size=size)
    top = y + size * 1.22 * len(lines)
    for number, line in enumerate(below):
        canvas.text(left, top + size * (0.86 + 1.1 * number), one_line(line, room, size * 0.86),
                    size=size * 0.86, fill=_MUTED)  # fmt: skip


def _words(paper: PaperMap, one: NumberedSite) -> str:
    parts = (one.site.code, one.site.name(paper.names), one.stop, one.place)
    return f"{one.number} " + ", ".join(part for part in parts if part)
