"""What a person chooses for a printed map, and what comes out."""

from dataclasses import dataclass, field
from pathlib import Path

from geopark_app.domain.declaration import Audience
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.maps.paper.content import PaperMapKind
from geopark_app.maps.paper.scales import LARGEST, SMALLEST
from geopark_app.maps.paper.sizes import PaperSize
from geopark_app.maps.wording import MapLanguage

FORMATS = ("pdf", "svg", "png")
LEAST_DPI, MOST_DPI = 72, 400
MOST_PIXELS = 60_000_000
"""Of one page or base map: an A2 at 400 dpi is 62 million."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseMapChoice:
    """A base map below the vectors.

    Attributes
    ----------
    path : Path
        GeoTIFF or raster MBTiles.
    opacity : float
        0 to 1.
    attribution : str
        Who made it; empty takes what the file says.
    dpi : int
        Of the picture on paper.
    name : str
        What people call it; empty takes what the file says.
    """

    path: Path
    opacity: float = 0.6
    attribution: str = ""
    dpi: int = 200
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintOptions:
    """What is printed.

    Attributes
    ----------
    kind : PaperMapKind
        The park, a route, or a site.
    reference : str
        Number of the route, or code of the site.
    size : PaperSize
        Of the sheet.
    is_landscape : bool
        Whether it lies.
    language : MapLanguage
        Of the words.
    audience : Audience
        Who will have it.
    filters : dict of str to str
        Which sites, as in `list_sites`; empty for all.
    layers : tuple of str or None
        Keys of the layers to draw; None for all that are shown on the map.
    facilities, place_names : bool
        Whether facilities and towns are drawn.
    denominator : int or None
        Scale 1 : this; None for the largest round one.
    title_vi, title_en, maker : str
        Words of the title block; empty for the usual ones.
    tiled_on : PaperSize or None
        Cut into sheets of this size for an office printer.
    base : BaseMapChoice or None
        Base map.
    png_dpi : int
        Of PNG pages.
    """

    kind: PaperMapKind = PaperMapKind.PARK
    reference: str = ""
    size: PaperSize = PaperSize.A3
    is_landscape: bool = True
    language: MapLanguage = MapLanguage.VIETNAMESE
    audience: Audience = Audience.EVALUATORS
    filters: dict[str, str] = field(default_factory=dict)
    layers: tuple[str, ...] | None = None
    facilities: bool = True
    place_names: bool = True
    denominator: int | None = None
    title_vi: str = ""
    title_en: str = ""
    maker: str = ""
    tiled_on: PaperSize | None = None
    base: BaseMapChoice | None = None
    png_dpi: int = 200

    def __post_init__(self) -> None:
        """Refuse what cannot be printed with `GeoparkError(BAD_VALUE)`."""
        if self.denominator is not None and not LARGEST <= self.denominator <= SMALLEST:
            raise _bad("--scale", self.denominator, f"{LARGEST}–{SMALLEST}")
        for dpi in (self.png_dpi, self.base.dpi if self.base else LEAST_DPI):
            if not LEAST_DPI <= dpi <= MOST_DPI:
                raise _bad("--dpi", dpi, f"{LEAST_DPI}–{MOST_DPI}")
        if self.base is not None and not 0 < self.base.opacity <= 1:
            raise _bad("--basemap-opacity", self.base.opacity, "0–1")
        if self.kind is not PaperMapKind.PARK and not self.reference.strip():
            raise _bad("--of", self.reference, "1" if self.kind is PaperMapKind.ROUTE else "LS-001")

    @property
    def size_mm(self) -> tuple[float, float]:
        """Give width and height of the sheet."""
        return self.size.size_mm(is_landscape=self.is_landscape)

    @property
    def languages(self) -> tuple[str, ...]:
        """Give the languages of labels."""
        if self.language is MapLanguage.BOTH:
            return ("vi", "en")
        return (self.language.value,)


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseMapFacts:
    """What became of the base map: its name, and how fine it is."""

    name: str
    attribution: str
    dpi: int
    source_dpi: int
    cover: float
    byte_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintReport:
    """What was printed.

    Attributes
    ----------
    files : tuple of Path
        The sheet first, then further pages.
    byte_count : int
        Of all files.
    pages : int
        Pages of the map, the index and tiles together.
    denominator : int
        The scale is 1 : this.
    overlaps : tuple of (str, str)
        Labels that lie on something.
    dropped : tuple of str
        Names without room; their numbers stand in the index.
    counts : dict of str to int
        What is on the map.
    base : BaseMapFacts or None
        The base map.
    is_sketch : bool
        Whether no official boundary was there.
    draw_seconds, seconds, peak_memory_mb : float
        For drawing; for everything; most memory of the worker.
    """

    files: tuple[Path, ...]
    byte_count: int
    pages: int
    denominator: int
    overlaps: tuple[tuple[str, str], ...]
    dropped: tuple[str, ...]
    counts: dict[str, int]
    base: BaseMapFacts | None
    is_sketch: bool
    draw_seconds: float
    seconds: float
    peak_memory_mb: float

    def as_json(self) -> dict[str, object]:
        """Give the report as the command line prints it."""
        base = self.base
        return {
            "files": [str(path) for path in self.files],
            "bytes": self.byte_count,
            "pages": self.pages,
            "scale": self.denominator,
            "overlaps": [list(pair) for pair in self.overlaps],
            "dropped": list(self.dropped),
            "counts": self.counts,
            "sketch": self.is_sketch,
            "basemap": base
            and {
                "name": base.name,
                "attribution": base.attribution,
                "dpi": base.dpi,
                "source_dpi": base.source_dpi,
                "cover": base.cover,
                "bytes": base.byte_count,
            },
            "draw_seconds": round(self.draw_seconds, 2),
            "seconds": round(self.seconds, 2),
            "peak_memory_mb": round(self.peak_memory_mb, 1),
        }


def _bad(name: str, value: object, expected: str) -> GeoparkError:
    return GeoparkError(ErrorCode.BAD_VALUE, field=name, value=value, expected=expected)
