"""Rows that run down a column and on into the next one: title, legend, index."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geopark_app.maps.projection import Rect

Draw = Callable[[float, float, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Something as wide as its column.

    Attributes
    ----------
    height : float
        In millimetres.
    draw : callable
        Draws it, given x, y of its upper left corner and its width.
    stays_with_next : bool
        Whether it may not be the last of a column: a heading.
    """

    height: float
    draw: Draw
    stays_with_next: bool = False


def run_rows(rows: Sequence[Row], columns: Sequence[Rect]) -> tuple[list[tuple[Row, Rect]], int]:
    """Give the rows that found room with their places, and how many of them these are."""
    placed: list[tuple[Row, Rect]] = []
    at, y = 0, columns[0].y if columns else 0.0
    for number, row in enumerate(rows):
        while at < len(columns):
            needed = row.height
            if row.stays_with_next and number + 1 < len(rows):
                needed += rows[number + 1].height
            if y + needed <= columns[at].bottom + 0.01:
                break
            at += 1
            y = columns[at].y if at < len(columns) else 0.0
        if at >= len(columns):
            return placed, number
        column = columns[at]
        placed.append((row, Rect(x=column.x, y=y, width=column.width, height=row.height)))
        y += row.height
    return placed, len(rows)


def draw_rows(placed: Sequence[tuple[Row, Rect]]) -> None:
    """Draw rows where they were placed."""
    for row, box in placed:
        row.draw(box.x, box.y, box.width)


def rest_of(columns: Sequence[Rect], placed: Sequence[tuple[Row, Rect]]) -> list[Rect]:
    """Give what is left of the columns below the rows placed."""
    if not placed:
        return list(columns)
    last = placed[-1][1]
    at = next(number for number, column in enumerate(columns) if column.x == last.x)
    column = columns[at]
    below = Rect(x=column.x, y=last.bottom, width=column.width, height=column.bottom - last.bottom)
    return [below, *columns[at + 1 :]]


def split(column: Rect, into: int, gap: float) -> list[Rect]:
    """Cut a column into narrower ones side by side."""
    each = (column.width - gap * (into - 1)) / into
    return [
        Rect(x=column.x + (each + gap) * at, y=column.y, width=each, height=column.height)
        for at in range(into)
    ]
