"""Runs inside the worker: our own JSON tables, as a file or inside a GeoJSON file."""

import json
from pathlib import Path
from typing import Any

from geopark_app.exchange.file_trouble import refused
from geopark_app.exchange.raw_table import Budget, RawRow, RawTable, WantedTables

TABLES = "geopark_tables"
"""Member that holds the tables: name to columns and rows."""


def read_records(content: bytes, wanted: WantedTables) -> RawTable:
    """Read the table asked for, else the first, and the further ones."""
    tables = _tables(content)
    names = list(tables)
    if not names:
        raise refused("empty")
    if wanted.layer is not None and wanted.layer not in names:
        raise refused("no-layer", name=wanted.layer, known=", ".join(names[:20]))
    chosen = wanted.chosen_of(names) or names[0]
    table = _table(chosen, tables[chosen])
    table.layers = names
    table.further = [
        _table(one, tables[one]) for one in wanted.also if one in names and one != chosen
    ]
    return table


def records_beside(path: Path, wanted: WantedTables) -> list[RawTable]:
    """Give the tables a GeoJSON file of ours holds beside its features."""
    content = path.read_bytes()
    if not wanted.also or TABLES.encode() not in content:
        return []
    tables = _tables(content)
    return [_table(name, tables[name]) for name in wanted.also if name in tables]


def _tables(content: bytes) -> dict[str, Any]:
    try:
        whole = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise refused("damaged") from error
    tables = whole.get(TABLES) if isinstance(whole, dict) else None
    if not isinstance(tables, dict):
        raise refused("damaged")
    return tables


def _table(name: str, content: Any) -> RawTable:
    try:
        header = [str(one) for one in content["columns"]]
        budget, rows = Budget(), []
        for number, values in enumerate(content["rows"], start=1):
            cells = [_text(value) for value in values]
            if len(cells) != len(header):
                raise refused("damaged")
            if budget.take(cells):
                rows.append(RawRow(number=number, cells=cells))
    except (TypeError, KeyError, AttributeError) as error:
        raise refused("damaged") from error
    return RawTable(
        format="json", header=header, rows=rows, layer=name, empty_rows=budget.empty_rows
    )


def _no_number(_name: str) -> float:
    raise ValueError("NaN and Infinity are no JSON")


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, str | int):
        return str(value)
    raise TypeError(value)
