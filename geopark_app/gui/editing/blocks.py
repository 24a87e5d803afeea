"""Blocks of cells as Excel and LibreOffice put them on the clipboard, both ways."""

import csv
import io
from collections.abc import Sequence

from geopark_app.domain.text import nfc

_FORMULA_SIGNS = "=+-@"


def block_text(rows: Sequence[Sequence[str]]) -> str:
    """Give rows as tab-separated text; what could become a formula gets a quote before it."""
    written = io.StringIO()
    csv.writer(written, dialect="excel-tab").writerows(
        [_harmless(cell) for cell in row] for row in rows
    )
    return written.getvalue()


def block_rows(text: str) -> list[list[str]]:
    """Give the cells of tab-separated text; line breaks and quotes inside cells stay."""
    lines = nfc(text).replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    if not lines:
        return []
    rows = csv.reader(io.StringIO(lines, newline=""), dialect="excel-tab")
    return [[_as_typed(cell) for cell in row] for row in rows]


def _harmless(cell: str) -> str:
    is_number = cell.replace(",", "").replace(".", "").removeprefix("-").isdigit()
    return f"'{cell}" if cell[:1] in _FORMULA_SIGNS and cell and not is_number else cell


def _as_typed(cell: str) -> str:
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in _FORMULA_SIGNS else cell
