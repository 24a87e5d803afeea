"""Runs inside the worker: which row of a sheet is the header, and which rows repeat it."""

from geopark_app.exchange.raw_table import RawRow

_LOOKED_AT = 15
_LONGEST_NAME = 120


def split_header(rows: list[RawRow]) -> tuple[list[str], list[RawRow]]:
    """Give the header and the rows below it.

    The header is the first row that is wide enough and holds no numbers; titles above it are left
    out. Columns without a name are called by their number, double names get one.
    """
    widths = [_filled(row) for row in rows[:_LOOKED_AT]]
    widest = max(widths)
    at = next(
        (
            index
            for index, row in enumerate(rows[:_LOOKED_AT])
            if widths[index] >= max(1, widest * 0.5) and _is_names(row)
        ),
        0,
    )
    width = max(len(row.cells) for row in rows[at:])
    names = [*rows[at].cells, *[""] * (width - len(rows[at].cells))]
    body = rows[at + 1 :]
    for row in body:
        row.cells.extend([""] * (width - len(row.cells)))
    return _unique([name.strip() for name in names]), body


def _filled(row: RawRow) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def _is_names(row: RawRow) -> bool:
    return not any(_is_number(cell) or len(cell) > _LONGEST_NAME for cell in row.cells)


def _is_number(cell: str) -> bool:
    try:
        float(cell.strip().replace(",", "."))
    except ValueError:
        return False
    return True


def _unique(names: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    result = []
    for index, name in enumerate(names, start=1):
        name = name or f"({index})"
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return result
