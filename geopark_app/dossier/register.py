"""A register on its way to paper: one list in both languages for PDF, Word and Excel alike."""

from dataclasses import dataclass
from datetime import datetime

from geopark_app.dossier.bilingual import Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterColumn:
    """A column: its label, and its share of the width of the page."""

    label: Bilingual
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCell:
    """Words of a cell; lines stand below each other, an alarm is printed in red."""

    lines: tuple[Bilingual, ...]
    is_alarm: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterGroup:
    """Rows under a heading of their own; an empty heading is not printed."""

    heading: Bilingual
    rows: tuple[tuple[RegisterCell, ...], ...]


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
