"""What a Shapefile cannot hold: names of ten letters, texts of 254 bytes; the losses are said."""

from dataclasses import dataclass, replace

from geopark_app.exchange.tables import Cell, Table
from geopark_app.rules.column_mapping import short_name

_NAME, _BYTES = 10, 254


@dataclass(frozen=True, slots=True)
class CutTable:
    """A table that fits, with names cut (long → short) and how many texts were cut by column."""

    table: Table
    renamed: dict[str, str]
    cut: dict[str, int]


def fit_shapefile(table: Table) -> CutTable:
    """Cut names to ten letters, each once, and texts to 254 bytes of UTF-8."""
    renamed: dict[str, str] = {}
    taken: set[str] = set()
    for column in table.columns:
        short = short_name(column.name)
        number = 1
        while short in taken:
            number += 1
            short = f"{column.name[: _NAME - len(str(number))]}{number}"
        taken.add(short)
        renamed[column.name] = short
    cut: dict[str, int] = {}
    rows = []
    for row in table.rows:
        cells: list[Cell] = []
        for column, cell in zip(table.columns, row, strict=True):
            fitting = _fitting(cell)
            if fitting != cell:
                cut[column.name] = cut.get(column.name, 0) + 1
            cells.append(fitting)
        rows.append(tuple(cells))
    columns = tuple(replace(column, name=renamed[column.name]) for column in table.columns)
    return CutTable(
        replace(table, columns=columns, rows=tuple(rows)),
        {name: short for name, short in renamed.items() if name != short},
        cut,
    )


def _fitting(cell: Cell) -> Cell:
    if not isinstance(cell, str) or len(cell.encode("utf-8")) <= _BYTES:
        return cell
    return cell.encode("utf-8")[:_BYTES].decode("utf-8", "ignore")
