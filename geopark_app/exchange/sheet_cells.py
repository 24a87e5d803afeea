"""Runs inside the worker: the cells of a workbook by name, with where they stand in the XML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from geopark_app.exchange.file_trouble import refused
from geopark_app.exchange.office_package import OfficePackage
from geopark_app.exchange.xml_places import Node

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
_MOST_ROW, _MOST_COLUMN = 1_048_576, 16_384


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: its text, its formula or none, its style, and its element."""

    text: str
    is_text: bool
    formula: str | None
    style: int
    node: Node


@dataclass(slots=True, kw_only=True)
class Sheet:
    """One sheet.

    Attributes
    ----------
    name, part : str
        Its name, and the part it is in.
    data : bytes
        The part.
    root, rows_node : Node
        The part's root and its `sheetData`.
    rows : dict of int to Node
        Rows by number.
    cells : dict of (int, int) to Cell
        By row and column, from 1.
    merged : list of (int, int, int, int)
        First row and column, last row and column of each merged range.
    is_protected, is_hidden : bool
        As the workbook says.
    """

    name: str
    part: str
    data: bytes
    root: Node
    rows_node: Node
    rows: dict[int, Node] = field(default_factory=dict)
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    is_protected: bool = False
    is_hidden: bool = False

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """Give the cell that holds the value of a merged range, or the cell itself."""
        for top, left, bottom, right in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return row, column


class SheetBook:
    """A workbook with its sheets, and what styles say of locked cells."""

    def __init__(self, package: OfficePackage) -> None:
        """Read all sheets; no formula is worked out."""
        self.package = package
        self.root = package.tree(package.main)
        self.ns = self.root.tag.partition(" ")[0]
        if self.ns not in {MAIN, _STRICT}:
            raise refused("no-office")
        relations = package.relations(package.main)
        self._strings = self._shared(relations)
        self.unlocked = self._unlocked_styles(relations)
        self.sheets = [
            self._sheet(one, relations[key][1])
            for one in self.root.below(f"{self.ns} sheets", f"{self.ns} sheet")
            if (key := _relation_id(one)) in relations and relations[key][0].endswith("/worksheet")
        ]

    def sheet(self, name: str) -> Sheet | None:
        """Give a sheet by its name, or None."""
        wanted = name.casefold()
        return next((one for one in self.sheets if one.name.casefold() == wanted), None)

    def is_locked(self, sheet: Sheet, row: int, column: int) -> bool:
        """Say whether the form's own protection locks a cell."""
        cell = sheet.cells.get((row, column))
        style = cell.style if cell else 0
        return sheet.is_protected and style not in self.unlocked

    def _shared(self, relations: dict[str, tuple[str, str]]) -> list[str]:
        part = next((to for kind, to in relations.values() if kind.endswith("/sharedStrings")), "")
        if not self.package.has(part):
            return []
        root = self.package.tree(part)
        return [self._string(one) for one in root.below(f"{self.ns} si")]

    def _string(self, node: Node) -> str:
        # What stands in rPh is how a text is read aloud, not the text.
        parts = [one.text for one in node.below(f"{self.ns} t")]
        parts += [one.text for one in node.below(f"{self.ns} r", f"{self.ns} t")]
        return "".join(parts)

    def _unlocked_styles(self, relations: dict[str, tuple[str, str]]) -> frozenset[int]:
        part = next((to for kind, to in relations.values() if kind.endswith("/styles")), "")
        if not self.package.has(part):
            return frozenset()
        styles = self.package.tree(part).below(f"{self.ns} cellXfs", f"{self.ns} xf")
        return frozenset(
            number
            for number, one in enumerate(styles)
            for lock in one.below(f"{self.ns} protection")
            if lock.attributes.get("locked") in {"0", "false"}
        )

    def _sheet(self, about: Node, part: str) -> Sheet:
        data = self.package.read(part)
        root = self.package.tree(part)
        rows_node = root.first(f"{self.ns} sheetData")
        if rows_node is None:
            raise refused("damaged")
        protection = root.first(f"{self.ns} sheetProtection")
        sheet = Sheet(
            name=about.attributes.get("name", ""),
            part=part,
            data=data,
            root=root,
            rows_node=rows_node,
            is_protected=protection is not None
            and protection.attributes.get("sheet") in {"1", "true"},
            is_hidden=about.attributes.get("state", "visible") != "visible",
        )
        for one in root.below(f"{self.ns} mergeCells", f"{self.ns} mergeCell"):
            first, _colon, last = one.attributes.get("ref", "").partition(":")
            ends = (reference(first), reference(last or first))
            if ends[0] and ends[1]:
                sheet.merged.append((*ends[0], *ends[1]))
        for number, row in self._numbered_rows(rows_node):
            sheet.rows[number] = row
            for at, cell in self._numbered_cells(row):
                sheet.cells[number, at] = self._cell(cell)
        return sheet

    def _numbered_rows(self, rows_node: Node) -> Iterator[tuple[int, Node]]:
        number = 0
        for row in rows_node.below(f"{self.ns} row"):
            number = _whole(row.attributes.get("r"), number + 1)
            yield number, row

    def _numbered_cells(self, row: Node) -> Iterator[tuple[int, Node]]:
        at = 0
        for cell in row.below(f"{self.ns} c"):
            found = reference(cell.attributes.get("r", ""))
            at = found[1] if found else at + 1
            yield at, cell

    def _cell(self, node: Node) -> Cell:
        kind = node.attributes.get("t", "n")
        value = node.first(f"{self.ns} v")
        formula = node.first(f"{self.ns} f")
        text = value.text if value is not None else ""
        if kind == "s":
            at = _whole(text, -1)
            text = self._strings[at] if 0 <= at < len(self._strings) else ""
        elif kind == "inlineStr":
            inline = node.first(f"{self.ns} is")
            text = self._string(inline) if inline is not None else ""
        return Cell(
            text=text,
            is_text=kind in {"s", "inlineStr", "str"},
            formula=None if formula is None else formula.text,
            style=_whole(node.attributes.get("s"), 0),
            node=node,
        )


def _relation_id(node: Node) -> str:
    return next((to for name, to in node.attributes.items() if name.endswith(" id")), "")


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else otherwise


def reference(text: str) -> tuple[int, int] | None:
    """Give row and column of a reference such as B12; None when it is none."""
    found = _REFERENCE.fullmatch(text.strip())
    if found is None:
        return None
    column = 0
    for letter in found.group(1).upper():
        column = column * 26 + ord(letter) - 64
    row = int(found.group(2))
    return (row, column) if row <= _MOST_ROW and column <= _MOST_COLUMN else None


def letters(column: int) -> str:
    """Give the letters of a column, from 1."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
