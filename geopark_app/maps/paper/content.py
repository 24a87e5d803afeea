"""What one printed map shows: sites with numbers, routes, facilities, layers and its words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from shapely.geometry.base import BaseGeometry

from geopark_app.geo.shape_index import NamedShape
from geopark_app.maps.basemap import Basemap
from geopark_app.maps.layers import MapSite
from geopark_app.maps.projection import Bounds
from geopark_app.maps.wording import MapLanguage


class PaperMapKind(Enum):
    """What a map is about."""

    PARK = "park"
    ROUTE = "route"
    SITE = "site"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedSite:
    """A site with the number that stands in its sign and in the index.

    Attributes
    ----------
    number : str
        Empty for a site that is not drawn.
    site : MapSite
        As the audience may have it.
    place : str
        Commune in words.
    stop : str
        Route and number of the stop, or empty.
    """

    number: str
    site: MapSite
    place: str = ""
    stop: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRoute:
    """A route: its line where the office has one, else the order of its stops.

    Attributes
    ----------
    number : int or None
        Of the route; stands in the shield on its line.
    name_vi, name_en : str
        Its names.
    colour : str
        Of its line, "#rrggbb".
    lines : tuple of BaseGeometry
        In WGS 84 degrees.
    is_schematic : bool
        Whether the line only joins the stops.
    stop_count : int
        How many stops it has.
    """

    number: int | None
    name_vi: str
    name_en: str
    colour: str
    lines: tuple[BaseGeometry, ...]
    is_schematic: bool
    stop_count: int

    @property
    def shield(self) -> str:
        """Give what stands in its shield."""
        return "" if self.number is None else str(self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPlace:
    """A facility; `kind` decides its letters, `kind_words` stand in the legend."""

    uuid: str
    kind: str
    kind_words: str
    name_vi: str
    name_en: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLayer:
    """A layer of the office with its style.

    Attributes
    ----------
    kind : str
        Term of the vocabulary `layer_kind`.
    name_vi, name_en : str
        For the legend.
    colour : str
        "#rrggbb".
    width_mm, opacity : float
        Of its lines; of all of it.
    has_labels : bool
        Whether the names of its shapes are written.
    shapes : tuple of NamedShape
        In WGS 84 degrees.
    """

    kind: str
    name_vi: str
    name_en: str
    colour: str
    width_mm: float
    opacity: float
    has_labels: bool
    shapes: tuple[NamedShape, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BasePicture:
    """A base map, already warped to exactly the frame of the map.

    Attributes
    ----------
    jpeg : bytes
        The picture, with its opacity mixed with the paper.
    attribution : str
        Who made it; stands among the sources.
    dpi : int
        Of the picture on paper.
    """

    jpeg: bytes
    attribution: str
    dpi: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWords:
    """Words of the title block.

    Attributes
    ----------
    park, title, subtitle : str
        Name of the geopark; title; the title in the second language, or empty.
    made : str
        Who made it and when.
    boundary : str
        Name, date and source of the official boundary, or empty.
    sources : tuple of str
        Sources of the layers, each once.
    """

    park: str
    title: str
    subtitle: str = ""
    made: str = ""
    boundary: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperMap:
    """Everything a sheet shows, before it is drawn.

    Attributes
    ----------
    kind : PaperMapKind
        What it is about.
    size_mm : tuple of float
        Width and height of the sheet.
    epsg : int
        Projected system of the map and of its kilometre grid.
    language : MapLanguage
        Of the words.
    bounds : Bounds
        What must be seen, in degrees.
    basemap : Basemap
        Outline or official boundary, neighbours, towns.
    words : PaperWords
        Of the title block.
    sites : tuple of NumberedSite
        Those drawn by their numbers, then those that cannot be drawn.
    others : tuple of MapSite
        Sites near by that the map is not about; drawn small, without number and name.
    routes, places, layers
        See the classes; layers from the lowest to the top one.
    national : tuple of NamedShape
        Outline of the country from an office file, for the inset; empty for no inset.
    picture : BasePicture or None
        Base map below everything.
    denominator : int or None
        Scale asked for; None takes the largest round one that shows the bounds.
    least_denominator : int
        No scale is larger than 1 : this.
    """

    kind: PaperMapKind
    size_mm: tuple[float, float]
    epsg: int
    language: MapLanguage
    bounds: Bounds
    basemap: Basemap
    words: PaperWords
    sites: tuple[NumberedSite, ...]
    others: tuple[MapSite, ...] = ()
    routes: tuple[PaperRoute, ...] = ()
    places: tuple[PaperPlace, ...] = ()
    layers: tuple[PaperLayer, ...] = ()
    national: tuple[NamedShape, ...] = ()
    picture: BasePicture | None = None
    denominator: int | None = None
    least_denominator: int = 0

    @property
    def names(self) -> str:
        """Give the language of names: on a bilingual map the Vietnamese ones."""
        return "en" if self.language is MapLanguage.ENGLISH else "vi"

    @property
    def text_mm(self) -> float:
        """Give the size of the letters on the map: a larger sheet is read from farther away."""
        return 0.9 + math.sqrt(self.size_mm[0] * self.size_mm[1]) * 0.0032


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnMap:
    """A finished map.

    Attributes
    ----------
    pages : tuple of str
        SVG of the sheet, then of pages of the index that found no room on it.
    size_mm : tuple of float
        Of every page.
    denominator : int
        The numeric scale is 1 : this.
    overlaps : tuple of (str, str)
        Labels that lie on something; none is the rule.
    dropped : tuple of str
        Names that found no room; the sites among them have their number and the index.
    counts : dict of str to int
        `drawn`, `approximate`, `commune`, `unplaced`, `outside`, `routes`, `places`, `layers`.
    index : str
        The numbered sites as one text, for readers that cannot see.
    """

    pages: tuple[str, ...]
    size_mm: tuple[float, float]
    denominator: int
    overlaps: tuple[tuple[str, str], ...]
    dropped: tuple[str, ...]
    counts: dict[str, int] = field(default_factory=dict)
    index: str = ""


def name_of(one: PaperRoute | PaperPlace | PaperLayer | NamedShape, language: str) -> str:
    """Give the name in "vi" or "en", the other one where it is missing."""
    first, other = (one.name_en, one.name_vi) if language == "en" else (one.name_vi, one.name_en)
    return first or other


def drawn_sites(sites: Sequence[NumberedSite]) -> tuple[NumberedSite, ...]:
    """Give those with a number."""
    return tuple(one for one in sites if one.number)
