"""The booklet of a mission, ready to print: no records, only words, numbers and files."""

from dataclasses import dataclass
from datetime import datetime

from geopark_app.dossier.annex import Annex, GeositeSheet, SheetRow
from geopark_app.dossier.bilingual import Bilingual

PAPERS = ("a5", "a4")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaRow:
    """One line of a day.

    Attributes
    ----------
    number : str
        Number of a visit on the map of the day; empty for other entries.
    time : str
        From and to.
    place, purpose : Bilingual
        Where, and what for.
    drive : Bilingual
        How long the drive there takes, and how that is known.
    who : Bilingual
        Speaker, caretaker and people met.
    readiness : Bilingual
        Readiness of today.
    is_red : bool
        Whether a critical item is not met there.
    """

    number: str
    time: str
    place: Bilingual
    purpose: Bilingual
    drive: Bilingual
    who: Bilingual
    readiness: Bilingual
    is_red: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMark:
    """Where the map of a day bears a number; lon and lat in WGS 84."""

    lon: float
    lat: float
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BorderNote:
    """What holds for foreigners at a stop in the border area."""

    state: Bilingual
    rules: tuple[Bilingual, ...]
    is_ready: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StopSheet:
    """The sheet of a visit: the sheet of its site and what holds on this day."""

    site: GeositeSheet
    number: str
    when: Bilingual
    rows: tuple[SheetRow, ...]
    people: tuple[Bilingual, ...]
    border: BorderNote | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookletDay:
    """A day: its heading, its facts, its versions, its sheets."""

    heading: Bilingual
    facts: tuple[SheetRow, ...]
    marks: tuple[DayMark, ...]
    dry: tuple[AgendaRow, ...]
    wet: tuple[AgendaRow, ...]
    sheets: tuple[StopSheet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Somebody the evaluators meet."""

    name: str
    sex: Bilingual
    organisation: Bilingual
    role: Bilingual
    where: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Booklet:
    """The whole booklet.

    Attributes
    ----------
    annex : Annex
        The sheets of all sites, with the geopark's names and the languages.
    title, dates, footer : Bilingual
        Of the mission.
    cover : tuple of SheetRow
        Evaluators, hotel, vehicles, interpreter.
    emergency : tuple of str
        Numbers to call, one line each.
    open_points : int
        Grave conflicts of the plan; the booklet is marked as provisional while there are any.
    meetings : tuple of (Bilingual, Bilingual)
        Heading and text of the opening and the closing meeting.
    days : tuple of BookletDay
        In order.
    people : tuple of PersonRow
        Everybody met.
    people_note : Bilingual
        How many, by sex.
    recommendations : tuple of (str, Bilingual, Bilingual)
        Number, text and state of earlier recommendations.
    pace_note : Bilingual
        By what drives are estimated.
    paper : str
        Of `PAPERS`.
    made_at : datetime
        The only time in the document.
    """

    annex: Annex
    title: Bilingual
    dates: Bilingual
    footer: Bilingual
    cover: tuple[SheetRow, ...]
    emergency: tuple[str, ...]
    open_points: int
    meetings: tuple[tuple[Bilingual, Bilingual], ...]
    days: tuple[BookletDay, ...]
    people: tuple[PersonRow, ...]
    people_note: Bilingual
    recommendations: tuple[tuple[str, Bilingual, Bilingual], ...]
    pace_note: Bilingual
    paper: str
    made_at: datetime
