"""Where things stand on a sheet: map frame, panel beside or below it, footer."""

from dataclasses import dataclass

from geopark_app.maps.paper.content import PaperMap
from geopark_app.maps.projection import Rect

_EDGE_MM = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFrame:
    """The areas of a sheet.

    Attributes
    ----------
    frame : Rect
        The map itself.
    columns : tuple of Rect
        Where title, legend and index run, from the first to the last.
    footer : Rect
        Sources and systems.
    """

    frame: Rect
    columns: tuple[Rect, ...]
    footer: Rect


def page_frame(paper: PaperMap, *, footer_lines: int, panel_mm: float) -> PageFrame:
    """Lay out a sheet whose panel is so wide (beside the map) or high (below it)."""
    width, height = paper.size_mm
    text = paper.text_mm
    band = text * 2.2 + 1.4
    footer_mm = footer_lines * text * 1.3 + text * 0.5
    footer = Rect(x=_EDGE_MM, y=height - _EDGE_MM - footer_mm, width=width - 2 * _EDGE_MM,
                  height=footer_mm)  # fmt: skip
    top, left = _EDGE_MM + band, _EDGE_MM + band
    if width >= height:
        frame = Rect(
            x=left, y=top, width=width - _EDGE_MM - left - 2 * band - panel_mm,
            height=footer.y - top - band,
        )  # fmt: skip
        column = Rect(x=frame.right + 2 * band, y=_EDGE_MM, width=panel_mm,
                      height=footer.y - _EDGE_MM - text)  # fmt: skip
        return PageFrame(frame=frame, columns=(column,), footer=footer)
    frame = Rect(
        x=left, y=top, width=width - _EDGE_MM - left - band,
        height=footer.y - top - 2 * band - panel_mm,
    )  # fmt: skip
    gap = text * 2.4
    each = (width - 2 * _EDGE_MM - 2 * gap) / 3
    panel_top = frame.bottom + 1.6 * band
    columns = tuple(
        Rect(x=_EDGE_MM + (each + gap) * at, y=panel_top, width=each, height=panel_mm)
        for at in range(3)
    )
    return PageFrame(frame=frame, columns=columns, footer=footer)


def first_panel_mm(paper: PaperMap) -> float:
    """Give the usual width or height of the panel."""
    width, height = paper.size_mm
    return width * 0.225 if width >= height else height * 0.17


def widest_panel_mm(paper: PaperMap) -> float:
    """Give the most of the sheet a panel may take."""
    width, height = paper.size_mm
    return width * 0.36 if width >= height else height * 0.45
