"""Writes tables as an XLSX workbook in which no text can become a formula."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.exchange.tables import Cell, Column, Table
from geopark_app.store.writing_files import translated_os_errors

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_CELL = 32_767
_FROZEN_COLUMNS = 2
_ABOUT_WIDTH = 70
_LINE_POINTS = 13.5
_MOST_LINES = 12
_A3 = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """What the workbook holds.

    Attributes
    ----------
    title, author : str
        Document properties.
    made_at : datetime
        Instant in the properties, so that the same data gives the same file.
    tables : tuple of Table
        One sheet each.
    about : tuple of (str, str)
        Lines of the last sheet, in Vietnamese and English.
    languages : tuple of str
        Header rows to write.
    """

    title: str
    author: str
    made_at: datetime
    tables: tuple[Table, ...]
    about: tuple[tuple[str, str], ...]
    languages: tuple[str, ...]


def write_workbook(workbook: Workbook, path: Path) -> None:
    """Write the workbook.

    Text is written as text whatever it begins with; cells that begin with a formula sign also
    carry the quote prefix, so that editing them in Excel makes no formula either.

    Raises
    ------
    GeoparkError
        An environment code when the file cannot be written.
    """
    with translated_os_errors(path):
        book = xlsxwriter.Workbook(
            str(path),
            {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        book.set_properties(
            {
                "title": workbook.title,
                "author": workbook.author,
                "created": workbook.made_at.replace(tzinfo=None),
            }
        )
        styles = _styles(book)
        for table in workbook.tables:
            _write_table(book, styles, table, workbook.languages)
        _write_about(book, styles, workbook)
        try:
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            cause = error.args[0] if error.args else error
            if isinstance(cause, OSError):
                raise cause from error
            raise GeoparkError(ErrorCode.NO_PERMISSION, path=path) from error


def _styles(book: Any) -> dict[str, Any]:
    base = {"font_name": "Arial", "font_size": 10, "valign": "top"}
    wrapped = {**base, "text_wrap": True}
    header = {**wrapped, "bottom": 1, "border_color": "#8AA69B"}
    return {
        "text": book.add_format(base),
        "quoted": book.add_format({**base, "quote_prefix": True}),
        "wrapped": book.add_format(wrapped),
        "wrapped-quoted": book.add_format({**wrapped, "quote_prefix": True}),
        "title": book.add_format({"font_name": "Arial", "font_size": 13, "bold": True}),
        "vi": book.add_format({**header, "bold": True, "bg_color": "#DCE8E3"}),
        "en": book.add_format({**header, "italic": True, "bg_color": "#EEF3F0"}),
    }


def _write_table(book: Any, styles: dict[str, Any], table: Table, languages: Sequence[str]) -> None:
    sheet = book.add_worksheet(table.name)
    header_rows = len(languages)
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, column.width)
        for row, language in enumerate(languages):
            label = column.label_vi if language == "vi" else column.label_en
            sheet.write_string(row, index, label, styles[language])
    for row in range(header_rows):
        sheet.set_row(row, _LINE_POINTS * 2.2)
    prefix = "" if table.is_wide else "wrapped"
    for number, values in enumerate(table.rows, start=header_rows):
        if not table.is_wide:
            widths = [column.width for column in table.columns]
            sheet.set_row(number, _height(values, widths))
        for index, (column, value) in enumerate(zip(table.columns, values, strict=True)):
            _write_cell(sheet, number, index, column, value, _Look(styles, prefix))
    frozen = min(_FROZEN_COLUMNS, len(table.columns))
    sheet.freeze_panes(header_rows, frozen)
    sheet.autofilter(header_rows - 1, 0, header_rows - 1 + len(table.rows), len(table.columns) - 1)
    sheet.repeat_rows(0, header_rows - 1)
    sheet.set_landscape()
    sheet.set_paper(_A3)
    if table.is_wide:
        sheet.repeat_columns(0, frozen - 1)
    else:
        sheet.fit_to_pages(1, 0)


def _height(values: Sequence[Cell], widths: Sequence[int]) -> float:
    # Not every program finds the height of wrapped rows by itself.
    lines = max(
        (
            -(-len(str(value)) // width)
            for value, width in zip(values, widths, strict=True)
            if value is not None
        ),
        default=1,
    )
    return _LINE_POINTS * min(max(lines, 1), _MOST_LINES)


class _Look:
    """The two styles of text of one table: plain, and with the quote prefix."""

    def __init__(self, styles: dict[str, Any], prefix: str) -> None:
        self.plain = styles[prefix or "text"]
        self.quoted = styles[f"{prefix}-quoted" if prefix else "quoted"]


def _write_cell(sheet: Any, row: int, index: int, column: Column, value: Cell, look: _Look) -> None:
    if value is None or value == "":
        sheet.write_blank(row, index, None, look.plain)
    elif column.is_number and _fits(value):
        sheet.write_number(row, index, value, look.plain)
    else:
        _write_text(sheet, row, index, str(value), look)


def _fits(value: Cell) -> bool:
    """Say whether a number comes back as it is: the file keeps sixteen digits."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and float(f"{value:.16G}") == value


def _write_text(sheet: Any, row: int, index: int, text: str, look: _Look) -> None:
    is_risky = text.startswith(_FORMULA_SIGNS)
    style = look.quoted if is_risky else look.plain
    sheet.write_string(row, index, text[:LONGEST_CELL], style)


def _write_about(book: Any, styles: dict[str, Any], workbook: Workbook) -> None:
    sheet = book.add_worksheet("About")
    sheet.set_column(0, len(workbook.languages) - 1, _ABOUT_WIDTH)
    sheet.write_string(0, 0, workbook.title, styles["title"])
    look = _Look(styles, "wrapped")
    for row, (vi, en) in enumerate(workbook.about, start=2):
        words = {"vi": vi, "en": en}
        lines = [words[language] for language in workbook.languages]
        sheet.set_row(row, _height(lines, [_ABOUT_WIDTH] * len(lines)))
        for index, line in enumerate(lines):
            _write_text(sheet, row, index, line, look)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
