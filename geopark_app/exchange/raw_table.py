"""Runs inside the worker: what every reader of foreign files gives back, and its limits."""

import re
from dataclasses import dataclass, field
from typing import Any

from geopark_app.domain.text import nfc
from geopark_app.exchange.file_trouble import refused

MOST_FILE_BYTES = 200 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 1_000
MOST_CHARACTERS = 60_000_000
EMPTY_ROWS_THAT_END = 100_000
# Control, direction and unassigned private characters; line breaks and tabs stay.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
    "\ud800-\udfff\ue000-\uf8ff\ufff0-\ufffb\uffff]"
)

Cells = list[str]


@dataclass(slots=True, kw_only=True)
class RawRow:
    """One row of the file: its number there, its cells, and its point with the kind of shape.

    `geometry` is a line or area as GeoJSON in the system of the file, `where` the place at which
    something is wrong with it.
    """

    number: int
    cells: Cells
    point: tuple[float, float] | None = None
    shape: str = ""
    trouble: str = ""
    geometry: str = ""
    where: str = ""
    wkb: bytes | None = None

    def as_json(self) -> list[Any]:
        """Give the row for the parent; what points do not need is left out."""
        short = [self.number, self.cells, self.point, self.shape, self.trouble]
        return [*short, self.geometry, self.where] if self.geometry or self.where else short


@dataclass(slots=True, kw_only=True)
class RawTable:
    """A table as a reader found it; turned into JSON for the parent.

    `further` are other tables of the same file that were asked for by name.
    """

    format: str
    header: Cells
    rows: list[RawRow] = field(default_factory=list)
    encoding: str = ""
    separator: str = ""
    crs: str = ""
    layer: str = ""
    layers: list[str] = field(default_factory=list)
    empty_rows: int = 0
    warnings: list[list[str]] = field(default_factory=list)
    further: list["RawTable"] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Give the answer of the worker."""
        return {
            "format": self.format,
            "header": self.header,
            "rows": [row.as_json() for row in self.rows],
            "encoding": self.encoding,
            "separator": self.separator,
            "crs": self.crs,
            "layer": self.layer,
            "layers": self.layers,
            "empty_rows": self.empty_rows,
            "warnings": self.warnings,
            "further": [table.as_json() for table in self.further],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedTables:
    """Which table of a file is read, and which others beside it.

    Attributes
    ----------
    layer, encoding : str or None
        As chosen by the person; None tells them from the content.
    prefer : tuple of str
        Names of the table to take when none is chosen.
    also : tuple of str
        Names of further tables that belong to it.
    """

    layer: str | None = None
    encoding: str | None = None
    prefer: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    def chosen_of(self, names: list[str]) -> str | None:
        """Give the name chosen when it is there, else the first preferred one there is."""
        if self.layer is not None:
            return self.layer if self.layer in names else None
        return next((name for name in self.prefer if name in names), None)


class Budget:
    """Counts what was read and refuses what no inventory holds."""

    def __init__(self) -> None:
        """Start with nothing read."""
        self._rows = self._characters = 0
        self._empty_stretch = 0
        self.empty_rows = 0

    def take(self, cells: Cells) -> bool:
        """Count a row; False for an empty one, which is left out."""
        if not any(cells):
            self.empty_rows += 1
            self._empty_stretch += 1
            return False
        self._empty_stretch = 0
        self._rows += 1
        self._characters += sum(map(len, cells))
        if self._rows > MOST_ROWS or len(cells) > MOST_COLUMNS:
            raise refused("too-many", rows=MOST_ROWS)
        if self._characters > MOST_CHARACTERS:
            raise refused("too-large")
        return True

    @property
    def is_over(self) -> bool:
        """Say whether so many empty rows followed each other that the table has ended."""
        return self._empty_stretch >= EMPTY_ROWS_THAT_END


def tidy(text: str) -> tuple[str, bool]:
    """Give a cell without control and direction characters, and say whether it had any."""
    if text.isascii() and text.isprintable():
        return text.strip(), False
    text = nfc(text.replace("\r\n", "\n").replace("\r", "\n"))
    kept, count = _INVISIBLE.subn("", text)
    return kept.strip(), count > 0


def tidy_table(table: RawTable) -> None:
    """Clean all cells in place; say in which rows something invisible was taken out."""
    table.header = [tidy(cell)[0] for cell in table.header]
    cleaned: list[str] = []
    for row in table.rows:
        pairs = [tidy(cell) for cell in row.cells]
        row.cells = [text for text, _ in pairs]
        if any(had for _, had in pairs):
            cleaned.append(str(row.number))
    if cleaned:
        table.warnings.append(["invisible", ", ".join(cleaned[:20]), str(len(cleaned))])
