"""Runs inside the worker: looks at the office's copy of a form, and fills it."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from geopark_app.exchange.office_package import OfficePackage
from geopark_app.exchange.raw_table import tidy
from geopark_app.exchange.sheet_cells import Sheet, SheetBook
from geopark_app.exchange.sheet_filling import fill_sheets, recalculated
from geopark_app.exchange.word_filling import WordForm, fill_word

_MOST_ROWS, _MOST_COLUMNS, _MOST_TEXT = 2_000, 60, 400


def look_at_form(job: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a person maps values to: sheets or tables with their texts.

    Key of the job: path. Raises `GeoparkError(REFUSED_FILE)`.
    """
    path = Path(job["path"])
    package = OfficePackage(path)
    look: dict[str, Any] = {
        "kind": package.kind,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "notes": package.notes(),
        "controls": [],
        "bookmarks": [],
    }
    if package.kind == "xlsx":
        book = SheetBook(package)
        look["pages"] = [_sheet_page(book, one) for one in book.sheets if not one.is_hidden]
        formulas = any(
            cell.formula is not None for one in book.sheets for cell in one.cells.values()
        )
        look["notes"] += ["formulas"] if formulas else []
        return look
    form = WordForm(package)
    look["pages"] = [_table_page(form, at, rows) for at, rows in enumerate(form.tables, start=1)]
    look["controls"] = [[name, _shown(form.text_of(one))] for name, one in form.controls()]
    look["bookmarks"] = [[name, _shown(form.text_of(one))] for name, one, _at in form.bookmarks()]
    look["notes"] += ["protected"] if _is_protected(package) else []
    return look


def _sheet_page(book: SheetBook, sheet: Sheet) -> dict[str, Any]:
    """Give a sheet: name, merged ranges, and cells as [row, column, text, sign]."""
    cells = []
    for (row, column), cell in sorted(sheet.cells.items()):
        if row > _MOST_ROWS or column > _MOST_COLUMNS:
            continue
        sign = "=" if cell.formula is not None else "t" if cell.is_text else "n"
        if sheet.is_protected and book.is_locked(sheet, row, column):
            sign += "l"
        if cell.text or cell.formula is not None or "l" in sign:
            cells.append([row, column, _shown(cell.text), sign])
    return {"name": sheet.name, "merged": [list(one) for one in sheet.merged], "cells": cells}


def _table_page(form: WordForm, number: int, rows: list[list[Any]]) -> dict[str, Any]:
    return {
        "name": f"T{number}",
        "merged": [],
        "cells": [
            [row, column, _shown(form.text_of(cell)), "t"]
            for row, listed in enumerate(rows[:_MOST_ROWS], start=1)
            for column, cell in enumerate(listed[:_MOST_COLUMNS], start=1)
        ],
    }


def _shown(text: str) -> str:
    return tidy(text)[0][:_MOST_TEXT]


def _is_protected(package: OfficePackage) -> bool:
    parts = [
        to for kind, to in package.relations(package.main).values() if kind.endswith("/settings")
    ]
    for part in parts:
        if package.has(part):
            for one in package.tree(part).children:
                names = {name.rpartition(" ")[2]: value for name, value in one.attributes.items()}
                is_on = names.get("enforcement") in {"1", "true", "on"}
                if one.tag.endswith(" documentProtection") and is_on:
                    return True
    return False


def fill_form(job: Mapping[str, Any]) -> dict[str, Any]:
    """Write values into a copy and give what became of each.

    Keys of the job: path, out, values (lists of target, place, value), recalculate.
    """
    package = OfficePackage(Path(job["path"]))
    values = [(str(target), str(place), value) for target, place, value in job["values"]]
    if package.kind == "xlsx":
        book = SheetBook(package)
        changed, told = fill_sheets(book, values)
        if job["recalculate"]:
            name, data = recalculated(book)
            changed[name] = data
    else:
        changed, told = fill_word(WordForm(package), values)
    package.write(Path(job["out"]), changed)
    return {
        "kind": package.kind,
        "notes": package.notes(),
        "parts": sorted(changed),
        "written": [asdict(one) for one in told],
    }
