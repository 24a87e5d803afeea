"""A position as one value: coordinates never travel without their accuracy and origin."""

import math
from dataclasses import dataclass
from enum import Enum

from geopark_app.domain.errors import ErrorCode, GeoparkError


class PositionQuality(Enum):
    """How well a position is known; it decides how many digits may be printed."""

    EXACT = "exact"
    APPROX = "approx"
    COMMUNE_CENTROID = "commune-centroid"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One composite value: a point with how, how well and from where it is known.

    Attributes
    ----------
    lon, lat : float or None
        WGS 84 degrees (EPSG:4326); both or neither. Unknown is None, never 0, 0.
    accuracy_m : float or None
        Radius in metres, when measured.
    method : str or None
        Term of the vocabulary `coord_method`.
    quality : str or None
        Value of `PositionQuality`.
    source_crs : str or None
        CRS in which it was captured, such as `EPSG:9215`.
    as_typed : str or None
        What the person typed, kept as it was.
    source : str or None
        Where the coordinates come from.
    """

    lon: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None
    method: str | None = None
    quality: str | None = None
    source_crs: str | None = None
    as_typed: str | None = None
    source: str | None = None

    def __post_init__(self) -> None:
        """Refuse half a point and impossible numbers with `GeoparkError(BAD_POSITION)`."""
        if (self.lon is None) != (self.lat is None):
            raise GeoparkError(ErrorCode.BAD_POSITION, lon=self.lon, lat=self.lat)
        if self.lon is None or self.lat is None:
            return
        finite = math.isfinite(self.lon) and math.isfinite(self.lat)
        if not finite or abs(self.lon) > 180 or abs(self.lat) > 90:
            raise GeoparkError(ErrorCode.BAD_POSITION, lon=self.lon, lat=self.lat)
        if self.lon == 0 and self.lat == 0:
            raise GeoparkError(ErrorCode.BAD_POSITION, lon=self.lon, lat=self.lat)

    @property
    def is_known(self) -> bool:
        """Say whether there are coordinates at all."""
        return self.lon is not None

    @property
    def known_quality(self) -> PositionQuality:
        """Quality to act on: no point is unknown, a point of unsaid quality is approximate.

        A term of a later version promises nothing to this one.
        """
        if not self.is_known:
            return PositionQuality.UNKNOWN
        if not self.quality:
            return PositionQuality.APPROX
        terms = {term.value: term for term in PositionQuality}
        return terms.get(self.quality, PositionQuality.UNKNOWN)

    @property
    def is_pin(self) -> bool:
        """Say whether the coordinates mark the site itself and not only its commune."""
        return self.known_quality in {PositionQuality.EXACT, PositionQuality.APPROX}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A measured number that keeps its unit with it."""

    value: float | None = None
    unit: str | None = None
