"""Runs inside the worker: XLSX workbooks, values only, no formula is ever worked out."""

import datetime
import itertools
import zipfile
from pathlib import Path
from typing import Any

from geopark_app.exchange.file_trouble import refused
from geopark_app.exchange.raw_table import MOST_COLUMNS, Budget, RawRow, RawTable, WantedTables
from geopark_app.exchange.safe_archives import check_archive
from geopark_app.exchange.safe_xml import refuse_entities
from geopark_app.exchange.table_header import split_header

_LOOKED_AT = 20


def read_workbook(path: Path, wanted: WantedTables) -> RawTable:
    """Read one sheet, the one named, else the first, and the further ones that belong to it."""
    for member in check_archive(path):
        if member.filename.lower().endswith((".xml", ".rels")):
            with zipfile.ZipFile(path) as archive, archive.open(member) as stream:
                refuse_entities(stream)
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except Exception as error:
        raise refused("damaged") from error
    try:
        names = [one.title for one in book.worksheets]
        if not names:
            raise refused("empty")
        if wanted.layer is not None and wanted.layer not in names:
            raise refused("no-layer", name=wanted.layer, known=", ".join(names))
        chosen = wanted.chosen_of(names) or names[0]
        table = _read_sheet(book[chosen], names)
        table.further = [
            _read_sheet(book[name], [])
            for name in wanted.also
            if name in names and name != chosen and _holds_anything(book[name])
        ]
        return table
    finally:
        book.close()


def _holds_anything(sheet: Any) -> bool:
    sheet.reset_dimensions()
    first = itertools.islice(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), _LOOKED_AT)
    return any(any(value is not None for value in values) for values in first)


def _read_sheet(sheet: Any, names: list[str]) -> RawTable:
    # What the sheet says of its size may be a lie that costs hours.
    sheet.reset_dimensions()
    budget = Budget()
    rows: list[RawRow] = []
    try:
        found = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
        for number, values in enumerate(found, start=1):
            cells = [_text(value) for value in values]
            if budget.take(cells):
                rows.append(RawRow(number=number, cells=cells))
            elif budget.is_over:
                break
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, SyntaxError, EOFError,
            zipfile.BadZipFile, OSError) as error:  # fmt: skip
        raise refused("damaged") from error
    if not rows:
        raise refused("empty")
    _cut_empty_columns(rows)
    header, body = split_header(rows)
    return RawTable(
        format="xlsx",
        header=header,
        rows=body,
        layer=sheet.title,
        layers=names,
        empty_rows=budget.empty_rows,
        warnings=[["ends-early"]] if budget.is_over else [],
    )


def _cut_empty_columns(rows: list[RawRow]) -> None:
    width = max(
        max((index for index, cell in enumerate(row.cells, start=1) if cell), default=0)
        for row in rows
    )
    for row in rows:
        del row.cells[width:]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, datetime.datetime):
        is_day = value.time() == datetime.time(0)
        return value.date().isoformat() if is_day else value.isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)
