"""The table of sites and blocks of cells: what is copied, and where a pasted block falls."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from geopark_app.gui.editing.blocks import block_rows, block_text
from geopark_app.gui.lists.keyed_model import UuidRole
from geopark_app.gui.sites.columns import COLUMNS, SiteColumn
from geopark_app.gui.sites.table import SiteTable
from geopark_app.operations.bulk import Edit

_FIELDS = {
    SiteColumn.CODE: "code",
    SiteColumn.NAME_VI: "name_vi",
    SiteColumn.NAME_EN: "name_en",
    SiteColumn.KIND: "site_kind",
    SiteColumn.COMMUNE: "commune_code",
    SiteColumn.WORKFLOW: "workflow_status",
}
"""Columns a block can be pasted into; the others are worked out from elsewhere."""


def shown_columns(table: SiteTable) -> list[int]:
    """Give the columns now shown, in the order a person gave them."""
    header = table.horizontalHeader()
    order = [header.logicalIndex(place) for place in range(header.count())]
    return [column for column in order if not table.isColumnHidden(column)]


def copied_text(table: SiteTable) -> str:
    """Give the rows chosen, with the columns shown, as a block for Excel."""
    rows = sorted({index.row() for index in table.selectedIndexes()})
    model = table.model()
    return block_text(
        [
            [
                str(model.index(row, column).data(Qt.ItemDataRole.DisplayRole) or "")
                for column in shown_columns(table)
            ]
            for row in rows
        ]
    )


def pasted_edits(table: SiteTable, text: str) -> tuple[list[Edit], int]:
    """Give the edits of a block put down at the current cell, and how many cells are left out.

    One row of cells goes into every row chosen, as in a spreadsheet.
    """
    block = block_rows(text)
    start = table.currentIndex()
    if not block or not start.isValid():
        return [], 0
    columns = shown_columns(table)
    first = columns.index(start.column()) if start.column() in columns else 0
    rows = _target_rows(table, len(block))
    if len(block) == 1:
        block = block * len(rows)
    edits: list[Edit] = []
    left_out = 0
    for at, cells in enumerate(block):
        uuid = rows[at] if at < len(rows) else ""
        for offset, typed in enumerate(cells):
            field = _field(columns, first + offset)
            if uuid and field:
                edits.append(Edit(uuid=uuid, field=field, typed=typed))
            else:
                left_out += bool(typed)
    return edits, left_out


def _target_rows(table: SiteTable, count: int) -> list[str]:
    model = table.model()
    chosen = sorted({index.row() for index in table.selectedIndexes()})
    start = chosen[0] if len(chosen) > 1 else table.currentIndex().row()
    rows: Sequence[int] = (
        chosen if count == 1 else range(start, min(start + count, model.rowCount()))
    )
    return [str(model.index(row, 0).data(UuidRole)) for row in rows]


def _field(columns: Sequence[int], place: int) -> str:
    if place >= len(columns):
        return ""
    return _FIELDS.get(COLUMNS[columns[place]], "")
