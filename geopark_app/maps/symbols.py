"""Signs for the kinds of site: one colour, one shape on paper, one icon on the screen."""

from dataclasses import dataclass
from enum import Enum


class Shape(Enum):
    """Outline of the sign on paper, so that kinds differ without colour too."""

    CIRCLE = "circle"
    SQUARE = "square"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    PENTAGON = "pentagon"
    HEXAGON = "hexagon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """How one kind of site is drawn.

    Attributes
    ----------
    colour : str
        Fill, dark enough to carry a white icon (contrast at least 4.5 : 1).
    shape : Shape
        Outline on paper.
    icon : str
        Name of a free solid Font Awesome icon.
    """

    colour: str
    shape: Shape
    icon: str


_OTHER = Symbol(colour="#57606a", shape=Shape.HEXAGON, icon="location-dot")
_SYMBOLS = {
    "geosite": Symbol(colour="#b3362b", shape=Shape.CIRCLE, icon="mountain"),
    "geodiversity_site": Symbol(colour="#8a5a14", shape=Shape.HEXAGON, icon="gem"),
    "geodiversity": Symbol(colour="#8a5a14", shape=Shape.HEXAGON, icon="gem"),
    "ecological": Symbol(colour="#2d7a3e", shape=Shape.PENTAGON, icon="leaf"),
    "natural": Symbol(colour="#2d7a3e", shape=Shape.PENTAGON, icon="leaf"),
    "archaeological": Symbol(colour="#7b4a8c", shape=Shape.DIAMOND, icon="bone"),
    "historical": Symbol(colour="#5b4bb0", shape=Shape.SQUARE, icon="monument"),
    "cultural": Symbol(colour="#5b4bb0", shape=Shape.SQUARE, icon="landmark"),
    "intangible": Symbol(colour="#a83279", shape=Shape.DIAMOND, icon="music"),
    "viewpoint": Symbol(colour="#0b6e8a", shape=Shape.TRIANGLE, icon="binoculars"),
    "facility": Symbol(colour="#3f5165", shape=Shape.SQUARE, icon="circle-info"),
    "other": _OTHER,
}


def symbol_of(kind: str) -> Symbol:
    """Give the sign of a kind; a kind this program does not know gets a neutral one."""
    return _SYMBOLS.get(kind, _OTHER)


def known_kinds() -> tuple[str, ...]:
    """Give the kinds that have a sign of their own."""
    return tuple(_SYMBOLS)
