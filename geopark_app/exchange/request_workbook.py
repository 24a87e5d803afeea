"""Writes a workbook that is sent out and comes back: locked keys, lists to choose from, a mark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.exchange.spreadsheet import LONGEST_CELL
from geopark_app.store.writing_files import translated_os_errors

MARK_SHEET = "_geopark"
_LISTS_SHEET = "_lists"
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_LINE_POINTS = 14.5
_KEY_WIDTH = 9
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
_MOST = 2**53
_PROTECTED = {
    "format_cells": False, "format_columns": True, "format_rows": True, "autofilter": True,
    "select_locked_cells": True, "select_unlocked_cells": True,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestColumn:
    """A column of a sheet.

    Attributes
    ----------
    label : str
        Its heading.
    width : int
        In characters.
    is_open : bool
        Whether it may be filled.
    shape : str
        `text`, `integer`, `decimal` or `date`: what may be typed.
    choices : sequence of str
        What may be chosen; empty for anything.
    """

    label: str
    width: int
    is_open: bool = False
    shape: str = "text"
    choices: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSheet:
    """A sheet; the first column is the key of each row, as text."""

    name: str
    columns: Sequence[RequestColumn]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestBook:
    """The whole workbook.

    Attributes
    ----------
    title, author : str
        Properties.
    made_at : datetime
        Instant in the properties.
    guide_sheet : str
        Name of the first sheet.
    guide : sequence of (str, str)
        Its facts, by name.
    lines : sequence of str
        What to do.
    sheets : sequence of RequestSheet
        What is asked.
    mark : mapping of str to str
        Written into a hidden sheet, by which the file is known when it comes back.
    """

    title: str
    author: str
    made_at: datetime
    guide_sheet: str
    guide: Sequence[tuple[str, str]]
    lines: Sequence[str]
    sheets: Sequence[RequestSheet]
    mark: Mapping[str, str]


@dataclass(slots=True)
class _Lists:
    """Lists to choose from, each once, in columns of a hidden sheet."""

    sheet: Any
    plain: Any
    known: dict[tuple[str, ...], str] = field(default_factory=dict)

    def source(self, choices: Sequence[str]) -> str:
        """Give the reference of a list."""
        key = tuple(choices)
        if key not in self.known:
            column = len(self.known)
            for row, words in enumerate(key):
                self.sheet.write_string(row, column, words[:LONGEST_CELL], self.plain)
            letter = xlsxwriter.utility.xl_col_to_name(column, True)
            self.known[key] = f"={_LISTS_SHEET}!{letter}$1:{letter}${len(key)}"
        return self.known[key]


def write_request(book: RequestBook, path: Path) -> None:
    """Write the workbook; no text in it can become a formula.

    Raises
    ------
    GeoparkError
        An environment code when the file cannot be written.
    """
    with translated_os_errors(path):
        made = xlsxwriter.Workbook(
            str(path),
            {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        made.set_properties(
            {
                "title": book.title,
                "author": book.author,
                "created": book.made_at.replace(tzinfo=None),
            }
        )
        styles = _styles(made)
        _write_guide(made, styles, book)
        sheets = [(made.add_worksheet(one.name), one) for one in book.sheets]
        lists = _Lists(made.add_worksheet(_LISTS_SHEET), styles["text"])
        for sheet, content in sheets:
            _write_sheet(sheet, styles, content, lists)
        lists.sheet.very_hidden()
        _write_mark(made, styles, book.mark)
        try:
            made.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            cause = error.args[0] if error.args else error
            if isinstance(cause, OSError):
                raise cause from error
            raise GeoparkError(ErrorCode.NO_PERMISSION, path=path) from error


def _styles(book: Any) -> dict[str, Any]:
    base = {"font_name": "Times New Roman", "font_size": 12, "valign": "top", "text_wrap": True}
    locked = {**base, "border": 1, "border_color": "#B9C4BF", "bg_color": "#F1F3F2"}
    free = {**locked, "bg_color": "#FFF8D6", "locked": False}
    shapes = {
        "text": free,
        "integer": {**free, "num_format": "#,##0"},
        "decimal": {**free, "num_format": "General"},
        "date": {**free, "num_format": "dd/mm/yyyy"},
    }
    made = {
        "text": base,
        "title": {**base, "bold": True, "font_size": 15, "text_wrap": False},
        "strong": {**base, "bold": True},
        "key": {**locked, "font_color": "#7B8583", "font_size": 8, "text_wrap": False},
        "locked": locked,
        "locked-quoted": {**locked, "quote_prefix": True},
        "free-quoted": {**free, "quote_prefix": True},
        "head": {**locked, "bold": True, "bg_color": "#DCE8E3"},
        "head-free": {**locked, "bold": True, "bg_color": "#F4E3A1"},
        **shapes,
        "plain": base,
    }
    return {name: book.add_format(values) for name, values in made.items()}


def _write_guide(made: Any, styles: dict[str, Any], book: RequestBook) -> None:
    sheet = made.add_worksheet(book.guide_sheet)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 74)
    sheet.write_string(0, 0, book.title, styles["title"])
    row = 2
    for name, words in book.guide:
        sheet.write_string(row, 0, name, styles["strong"])
        sheet.write_string(row, 1, words, styles["plain"])
        row += 1
    row += 1
    for line in book.lines:
        sheet.merge_range(row, 0, row, 1, "", styles["plain"])
        sheet.write_string(row, 0, line, styles["plain"])
        sheet.set_row(row, _LINE_POINTS * (1 + len(line) // 100) + 4)
        row += 1
    sheet.protect("", _PROTECTED)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_sheet(sheet: Any, styles: dict[str, Any], content: RequestSheet, lists: _Lists) -> None:
    for at, column in enumerate(content.columns):
        sheet.set_column(at, at, _KEY_WIDTH if at == 0 else column.width)
        sheet.write_string(0, at, column.label, styles["head-free" if column.is_open else "head"])
    sheet.set_row(0, _LINE_POINTS * 2.4)
    for row, values in enumerate(content.rows, start=1):
        sheet.set_row(row, _height(content.columns, values))
        for at, (column, text) in enumerate(zip(content.columns, values, strict=True)):
            _write_cell(sheet, row, at, column, text, styles)
    if content.rows:
        for at, column in enumerate(content.columns):
            if column.is_open:
                _validate(sheet, at, len(content.rows), column, lists)
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, len(content.rows), len(content.columns) - 1)
    sheet.protect("", _PROTECTED)
    sheet.repeat_rows(0, 0)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _height(columns: Sequence[RequestColumn], values: Sequence[str]) -> float:
    lines = max(
        -(-len(text) // max(1, column.width - 2))
        for column, text in zip(columns[1:], values[1:], strict=True)
    )
    return _LINE_POINTS * min(max(lines, 1), 12) + 4


def _write_cell(
    sheet: Any, row: int, at: int, column: RequestColumn, text: str, styles: dict[str, Any]
) -> None:
    style = "key" if at == 0 else column.shape if column.is_open else "locked"
    if not text:
        sheet.write_blank(row, at, None, styles[style])
    elif column.is_open and column.shape in {"integer", "decimal"} and _is_exact(text):
        sheet.write_number(row, at, float(text), styles[style])
    elif column.is_open and column.shape == "date" and (day := _day(text)) is not None:
        sheet.write_datetime(row, at, day, styles[style])
    else:
        if text.startswith(_FORMULA_SIGNS):
            style = "free-quoted" if column.is_open else "locked-quoted"
        sheet.write_string(row, at, text[:LONGEST_CELL], styles[style])


def _is_exact(text: str) -> bool:
    try:
        return float(f"{float(text):.16G}") == float(text)
    except ValueError:
        return False


def _day(text: str) -> datetime | None:
    try:
        day = datetime.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year >= _FIRST_DAY.year else None


def _validate(sheet: Any, at: int, rows: int, column: RequestColumn, lists: _Lists) -> None:
    rule: dict[str, Any] | None = None
    if column.choices:
        rule = {"validate": "list", "source": lists.source(column.choices)}
    elif column.shape == "date":
        rule = {
            "validate": "date", "criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY
        }  # fmt: skip
    elif column.shape in {"integer", "decimal"}:
        rule = {
            "validate": column.shape, "criteria": "between", "minimum": -_MOST, "maximum": _MOST
        }  # fmt: skip
    if rule is not None:
        sheet.data_validation(1, at, rows, at, {**rule, "ignore_blank": True})


def _write_mark(made: Any, styles: dict[str, Any], mark: Mapping[str, str]) -> None:
    sheet = made.add_worksheet(MARK_SHEET)
    sheet.write_string(0, 0, "name", styles["plain"])
    sheet.write_string(0, 1, "value", styles["plain"])
    for row, (name, value) in enumerate(mark.items(), start=1):
        sheet.write_string(row, 0, name, styles["plain"])
        sheet.write_string(row, 1, value, styles["plain"])
    sheet.protect()
    sheet.very_hidden()
