"""A register on its way to paper: one list in both languages for PDF, Word and Excel alike."""

from dataclasses import dataclass
from datetime import datetime

from geopark_app.dossier.annex import SheetPhoto
from geopark_app.dossier.bilingual import Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterColumn:
    """A column: its label, and its share of the width of the page."""

    label: Bilingual
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCell:
    """What a cell holds.

    Attributes
    ----------
    lines : tuple of Bilingual
        Words below each other.
    is_alarm : bool
        Whether it is printed in red.
    number : int, float or None
        The same as a number, so that Excel can reckon with it.
    pictures : tuple of SheetPhoto
        Photos below the words, at their printed size; Excel shows none.
    """

    lines: tuple[Bilingual, ...]
    is_alarm: bool = False
    number: int | float | None = None
    pictures: tuple[SheetPhoto, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterGroup:
    """Rows under a heading of their own.

    Attributes
    ----------
    heading : Bilingual
        Not printed where it is empty.
    rows : tuple of tuple of RegisterCell
        One cell for each column.
    columns : tuple of RegisterColumn
        Columns of its own; none: those of the register.
    sheet : str
        ASCII name of its sheet in Excel, where it has columns of its own.
    keys : tuple of tuple of str
        For each row the records it was made from, as `kind:uuid`.
    """

    heading: Bilingual
    rows: tuple[tuple[RegisterCell, ...], ...]
    columns: tuple[RegisterColumn, ...] = ()
    sheet: str = ""
    keys: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedRegister:
    """The whole list.

    Attributes
    ----------
    title, subtitle, geopark, body, footer : Bilingual
        Head and foot of the pages; `body` is the managing body.
    notes : tuple of Bilingual
        What a reader must know, above the list.
    columns : tuple of RegisterColumn
        In order.
    groups : tuple of RegisterGroup
        In order.
    languages : tuple of str
        `vi`, `en` or both.
    made_at : datetime
        The only time in the document.
    is_sample : bool
        Whether the catalogue is a demo and must be marked.
    is_table : bool
        Whether Word gets tables as on paper; else a heading for each entry, its facts below.
    """

    title: Bilingual
    subtitle: Bilingual
    geopark: Bilingual
    body: Bilingual
    footer: Bilingual
    notes: tuple[Bilingual, ...]
    columns: tuple[RegisterColumn, ...]
    groups: tuple[RegisterGroup, ...]
    languages: tuple[str, ...]
    made_at: datetime
    is_sample: bool = False
    is_table: bool = False

    def columns_of(self, group: RegisterGroup) -> tuple[RegisterColumn, ...]:
        """Give the columns of a group."""
        return group.columns or self.columns

    @property
    def pictures(self) -> tuple[SheetPhoto, ...]:
        """All photos in their order."""
        cells = (cell for group in self.groups for row in group.rows for cell in row)
        return tuple(picture for cell in cells for picture in cell.pictures)
