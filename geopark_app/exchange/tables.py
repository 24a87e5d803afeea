"""A table on its way out: columns with labels in both languages, and rows of plain values."""

from dataclasses import dataclass

Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column.

    Attributes
    ----------
    name : str
        Stable ASCII name, the field name in GIS files.
    label_vi, label_en : str
        What people read.
    width : int
        Width in characters.
    is_number : bool
        Whether the values are numbers; everything else is written as text.
    """

    name: str
    label_vi: str
    label_en: str
    width: int = 14
    is_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its title.

    Attributes
    ----------
    name : str
        Stable ASCII name.
    title_vi, title_en : str
        What people read.
    columns : tuple of Column
        In order.
    rows : tuple of tuple of Cell
        One value for each column.
    is_wide : bool
        Whether it is too wide to print on one sheet: long texts are then not wrapped.
    """

    name: str
    title_vi: str
    title_en: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    is_wide: bool = False
