"""Runs inside the worker: CSV and other text tables, separator told from the content."""

import csv
import io
from collections import Counter

from geopark_app.exchange.file_trouble import refused
from geopark_app.exchange.raw_table import Budget, RawRow, RawTable
from geopark_app.exchange.table_header import split_header
from geopark_app.exchange.text_encodings import decode

_SEPARATORS = (",", ";", "\t", "|")
_LOOKED_AT = 200
_LONGEST_CELL = 10_000_000
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def read_text_table(content: bytes, encoding: str | None) -> RawTable:
    """Read a table of text; the first line that is no remark is the header."""
    decoded = decode(content, encoding)
    text = decoded.text.lstrip("\ufeff")
    csv.field_size_limit(_LONGEST_CELL)
    separator = _separator(text)
    budget = Budget()
    rows: list[RawRow] = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        for cells in reader:
            if cells and cells[0].startswith("#") and not rows:
                continue
            if budget.take(cells):
                rows.append(
                    RawRow(number=reader.line_num, cells=[_without_quote(cell) for cell in cells])
                )
            elif budget.is_over:
                break
    except csv.Error as error:
        raise refused("damaged") from error
    if not rows:
        raise refused("empty")
    if _breaks_off(text, rows):
        rows[-1].trouble = "cut-off"
    header, body = split_header(rows)
    table = RawTable(
        format="csv",
        header=header,
        rows=body,
        encoding=decoded.encoding,
        separator=separator,
        empty_rows=budget.empty_rows,
    )
    if budget.is_over:
        table.warnings.append(["ends-early"])
    if "\ufffd" in text:
        table.warnings.append(["unreadable-letters"])
    return table


def _breaks_off(text: str, rows: list[RawRow]) -> bool:
    """Say whether the file ends within its last row: too few cells there and no line end."""
    widths = {len(row.cells) for row in rows[:-1]}
    return (
        not text.endswith(("\n", "\r")) and len(widths) == 1 and len(rows[-1].cells) < min(widths)
    )


def _separator(text: str) -> str:
    lines = [line for line in text[:_LOOKED_AT * 2000].splitlines(keepends=True)
             if not line.startswith("#")][:_LOOKED_AT]  # fmt: skip
    sample = "".join(lines)

    def fits(separator: str) -> tuple[float, int]:
        try:
            widths = [
                len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
                if row
            ]  # fmt: skip
        except csv.Error:
            return 0.0, 0
        if not widths:
            return 0.0, 0
        width, count = Counter(widths).most_common(1)[0]
        return (count / len(widths) if width > 1 else 0.0), width

    best = max(_SEPARATORS, key=fits)
    return best if fits(best)[1] > 1 else ","


def _without_quote(cell: str) -> str:
    # The apostrophe with which our own export keeps spreadsheets from making formulas.
    return (
        cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA_SIGNS) else cell
    )
