"""Runs inside the worker: values of cells replaced in the XML of a workbook's own sheets."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geopark_app.exchange.sheet_cells import Sheet, SheetBook, letters, reference
from geopark_app.exchange.xml_places import Edit, edited, prefix_of, written

_TYPE = re.compile(rb"\s+t\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_LONGEST = 32_767
Value = str | int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What became of one value.

    Attributes
    ----------
    target, place : str
        Which value, and where it goes; a merged range is named by its first cell.
    state : str
        `written`, `same`, or why it was left: `formula`, `locked`, `no-place`, `complex`.
    before, after : str
        What stood there, and what stands there now.
    """

    target: str
    place: str
    state: str
    before: str = ""
    after: str = ""


def cell_place(book: SheetBook, place: str) -> tuple[Sheet, int, int] | None:
    """Give sheet, row and column of a place such as `Form A!E12`; None when there is none."""
    name, _sign, cell = place.rpartition("!")
    at = reference(cell)
    sheet = book.sheet(name.strip("'"))
    if sheet is None or at is None:
        return None
    return (sheet, *sheet.anchor(*at))


def place_of(sheet: Sheet, row: int, column: int) -> str:
    """Give the name of a cell as a place."""
    return f"{sheet.name}!{letters(column)}{row}"


def fill_sheets(
    book: SheetBook, values: Sequence[tuple[str, str, Value]]
) -> tuple[dict[str, bytes], list[Written]]:
    """Give the changed parts and what became of each (target, place, value).

    A formula and a cell the form's protection locks are never written over. A text is written
    into the cell itself, so that the shared texts stay as they are.
    """
    told: list[Written] = []
    wanted: dict[str, dict[tuple[int, int], Value]] = {}
    for target, place, value in values:
        found = cell_place(book, place)
        if found is None:
            told.append(Written(target=target, place=place, state="no-place"))
            continue
        sheet, row, column = found
        cell = sheet.cells.get((row, column))
        before = cell.text if cell else ""
        after = "" if value is None else str(value)[:_LONGEST]
        state = _state(book, sheet, (row, column), after)
        told.append(
            Written(
                target=target,
                place=place_of(sheet, row, column),
                state=state,
                before=before,
                after=after if state in {"written", "same"} else before,
            )
        )
        if state == "written":
            wanted.setdefault(sheet.name, {})[row, column] = value
    changed = {
        sheet.part: edited(sheet.data, _edits(book, sheet, wanted[sheet.name]))
        for sheet in book.sheets
        if sheet.name in wanted
    }
    return changed, told


def _state(book: SheetBook, sheet: Sheet, at: tuple[int, int], after: str) -> str:
    cell = sheet.cells.get(at)
    if cell is not None and cell.formula is not None:
        return "formula"
    if book.is_locked(sheet, *at):
        return "locked"
    return "same" if (cell.text if cell else "") == after else "written"


def _edits(book: SheetBook, sheet: Sheet, values: Mapping[tuple[int, int], Value]) -> list[Edit]:
    prefix = prefix_of(sheet.data, sheet.rows_node)
    by_row: dict[int, dict[int, Value]] = {}
    for (row, column), value in sorted(values.items()):
        by_row.setdefault(row, {})[column] = value
    edits: list[Edit] = []
    new_rows: dict[int, bytes] = {}
    for row, cells in by_row.items():
        if row in sheet.rows:
            edits += _row_edits(book, sheet, row, cells, prefix)
        else:
            made = b"".join(_new_cell(prefix, row, column, one) for column, one in cells.items())
            new_rows[row] = _new_row(prefix, row, made)
    return [*edits, *_insertions(sheet, new_rows, prefix)]


def _row_edits(
    book: SheetBook, sheet: Sheet, row: int, cells: Mapping[int, Value], prefix: bytes
) -> list[Edit]:
    node = sheet.rows[row]
    there = sorted(column for number, column in sheet.cells if number == row)
    edits = []
    missing: dict[int, bytes] = {}
    for column, value in cells.items():
        cell = sheet.cells.get((row, column))
        if cell is None:
            place = bisect_left(there, column)
            at = sheet.cells[row, there[place]].node.start if place < len(there) else node.inner_end
            made = _new_cell(prefix, row, column, value)
            missing[at] = missing.get(at, b"") + made
        else:
            data = sheet.data
            tag = _TYPE.sub(b"", data[cell.node.start : cell.node.inner]).rstrip(b"/>").rstrip()
            new = _cell_bytes(tag, prefix, value)
            edits.append(Edit(start=cell.node.start, end=cell.node.end, new=new))
    if missing and node.is_closed:
        # <row/> has no place for a cell: it is opened.
        tag = sheet.data[node.start : node.end].rstrip(b"/>").rstrip()
        body = b"".join(missing.values())
        return [
            Edit(start=node.start, end=node.end, new=tag + b">" + body + b"</" + prefix + b"row>")
        ]
    return [*edits, *(Edit(start=at, end=at, new=made) for at, made in missing.items())]


def _insertions(sheet: Sheet, new_rows: Mapping[int, bytes], prefix: bytes) -> list[Edit]:
    """Put rows the sheet does not have yet where their numbers belong."""
    if not new_rows:
        return []
    node = sheet.rows_node
    body = b"".join(new_rows[row] for row in sorted(new_rows))
    if node.is_closed:
        tag = sheet.data[node.start : node.end].rstrip(b"/>").rstrip()
        new = tag + b">" + body + b"</" + prefix + b"sheetData>"
        return [Edit(start=node.start, end=node.end, new=new)]
    numbers = sorted(sheet.rows)
    at: dict[int, bytes] = {}
    for row in sorted(new_rows):
        place = bisect_left(numbers, row)
        start = sheet.rows[numbers[place]].start if place < len(numbers) else node.inner_end
        at[start] = at.get(start, b"") + new_rows[row]
    return [Edit(start=start, end=start, new=made) for start, made in at.items()]


def _new_row(prefix: bytes, row: int, body: bytes) -> bytes:
    number = str(row).encode()
    return b"<" + prefix + b'row r="' + number + b'">' + body + b"</" + prefix + b"row>"


def _new_cell(prefix: bytes, row: int, column: int, value: Value) -> bytes:
    name = f"{letters(column)}{row}".encode()
    return _cell_bytes(b"<" + prefix + b'c r="' + name + b'"', prefix, value)


def _cell_bytes(tag: bytes, prefix: bytes, value: Value) -> bytes:
    """Give a cell with its value; `tag` is its start tag without type and end."""
    if value is None or value == "":
        return tag + b"/>"
    close = b"</" + prefix + b"c>"
    if isinstance(value, int | float):
        number = repr(value).encode()
        return tag + b"><" + prefix + b"v>" + number + b"</" + prefix + b"v>" + close
    text = written(value[:_LONGEST])
    return (
        tag
        + b' t="inlineStr"><'
        + prefix
        + b"is><"
        + prefix
        + b't xml:space="preserve">'
        + text
        + b"</"
        + prefix
        + b"t></"
        + prefix
        + b"is>"
        + close
    )


def recalculated(book: SheetBook) -> tuple[str, bytes]:
    """Give the workbook part with the wish that formulas are worked out anew when it is opened."""
    data = book.package.read(book.package.main)
    there = book.root.first(f"{book.ns} calcPr")
    if there is not None:
        tag = data[there.start : there.inner]
        tag = re.sub(rb"\s+fullCalcOnLoad\s*=\s*(?:\"[^\"]*\"|'[^']*')", b"", tag)
        end = b"/>" if tag.endswith(b"/>") else b">"
        new = tag.removesuffix(end).rstrip() + b' fullCalcOnLoad="1"' + end
        return book.package.main, edited(data, [Edit(start=there.start, end=there.inner, new=new)])
    before = ("definedNames", "externalReferences", "functionGroups", "sheets")
    last = next(one for name in before if (one := book.root.first(f"{book.ns} {name}")))
    new = b"<" + prefix_of(data, book.root) + b'calcPr fullCalcOnLoad="1"/>'
    return book.package.main, edited(data, [Edit(start=last.end, end=last.end, new=new)])
