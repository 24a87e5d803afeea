"""What the geosite annex holds, ready to print: no records, only words, numbers and files."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from geopark_app.dossier.bilingual import Bilingual
from geopark_app.photos.instructions import AS_TAKEN, Instructions

MOST_PHOTOS = 3
"""How many photos a sheet shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPhoto:
    """A photo of a sheet.

    Attributes
    ----------
    path : Path
        An upright JPEG without metadata.
    width, height : int
        Its size in pixels.
    caption, credit, licence : Bilingual
        Words under the picture.
    alt : Bilingual
        What it shows, for people who cannot see it.
    is_sample : bool
        Whether it is no real photo and must be marked.
    instructions : Instructions
        Turn, crop and marks still to be followed.
    """

    path: Path
    width: int
    height: int
    caption: Bilingual
    alt: Bilingual
    credit: Bilingual
    licence: Bilingual
    is_sample: bool = False
    instructions: Instructions = AS_TAKEN


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One row of the table of facts."""

    label: Bilingual
    value: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetText:
    """A longer text with its title, such as the summary; paragraphs are divided by line breaks."""

    title: Bilingual
    body: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPlace:
    """Where a site is drawn on the locator map.

    Attributes
    ----------
    lon, lat : float or None
        WGS 84 degrees; None draws no marker.
    is_pin : bool
        Whether the marker stands for the site itself and not for its commune.
    is_exact : bool
        Whether the place is known exactly; an approximate one is drawn with another sign.
    note : Bilingual
        Line under the map: what the sign on it means.
    """

    lon: float | None = None
    lat: float | None = None
    is_pin: bool = False
    is_exact: bool = False
    note: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReadiness:
    """Readiness by the last visit.

    Attributes
    ----------
    score_percent : float or None
        0 to 100; None while nothing was answered.
    score, coverage, visit : Bilingual
        The lines to print.
    is_red : bool
        Whether a critical item is not met.
    is_sample : bool
        Whether the visit is no real one and must be marked.
    """

    score_percent: float | None
    score: Bilingual
    coverage: Bilingual
    visit: Bilingual
    is_red: bool = False
    is_sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GeositeSheet:
    """One page of the annex.

    Attributes
    ----------
    uuid, code : str
        Which site it is.
    name, kind : Bilingual
        Its names, and the kind of site.
    local_name : str
        Name in a local language, or empty.
    is_provisional : bool
        Whether the record is not yet validated.
    rows : tuple of SheetRow
        The table of facts.
    place : SheetPlace
        Its marker on the locator map.
    texts : tuple of SheetText
        Summary, description and significance.
    photos : tuple of SheetPhoto
        At most `MOST_PHOTOS`.
    readiness : SheetReadiness or None
        None before the first visit.
    """

    uuid: str
    code: str
    name: Bilingual
    kind: Bilingual
    local_name: str = ""
    is_provisional: bool = False
    rows: tuple[SheetRow, ...] = ()
    place: SheetPlace
    texts: tuple[SheetText, ...] = ()
    photos: tuple[SheetPhoto, ...] = ()
    readiness: SheetReadiness | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """The whole annex.

    Attributes
    ----------
    title, subtitle, geopark, managing_body : Bilingual
        The title page.
    cover : tuple of SheetRow
        Facts on the title page.
    notes : tuple of Bilingual
        What a reader must know about the data.
    credits : tuple of Bilingual
        Sources and licences.
    footer : Bilingual
        Line at the foot of each page.
    made_at : datetime
        Instant of the export, with offset: the only time in the documents.
    languages : tuple of str
        `vi`, `en` or both, in this order.
    is_sample : bool
        Whether the catalogue is a demo and must be marked.
    epsg : int
        The geopark's projected system, in which maps are drawn.
    boundary : Bilingual
        Name, date and source of the official boundary the maps show; empty: they are sketches.
    sheets : tuple of GeositeSheet
        One for each site, in the order of their codes.
    """

    title: Bilingual
    subtitle: Bilingual
    geopark: Bilingual
    managing_body: Bilingual
    cover: tuple[SheetRow, ...]
    notes: tuple[Bilingual, ...]
    credits: tuple[Bilingual, ...]
    footer: Bilingual
    made_at: datetime
    languages: tuple[str, ...]
    is_sample: bool
    epsg: int
    sheets: tuple[GeositeSheet, ...]
    boundary: Bilingual = field(default_factory=Bilingual)
