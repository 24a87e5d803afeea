"""What the doctor answers: the readings of a typed coordinate, how sure, and what to ask."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from geopark_app.domain.position import Position
from geopark_app.geo.coordinate_error import CoordinateError, CoordinateProblem


class Verdict(Enum):
    """How the typed text can be used."""

    OK = "ok"
    NOTICE = "notice"
    WARN = "warn"
    ASK = "ask"
    REFUSED = "refused"


class Certainty(Enum):
    """How far a reading can be believed."""

    SURE = "sure"
    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"


class Remark(Enum):
    """What is to be said about a reading."""

    SWAPPED = "swapped-axes"
    XY_EXCHANGED = "xy-exchanged"
    SIGN_CHANGED = "sign-changed"
    N_AS_SOUTH = "n-as-south"
    T_AS_EAST = "t-as-east"
    MAP_CENTRE = "map-centre"
    OTHER_ZONE = "other-zone"
    ZONE_SAID = "zone-in-easting"
    OTHER_DATUM = "other-datum"
    OUTSIDE = "outside-bounds"
    ABROAD = "abroad"
    FITS_OTHER_SYSTEM = "wrong-central-meridian"
    FAR_FROM_COMMUNE = "far-from-commune"
    OUTSIDE_COMMUNE = "outside-commune"
    OUTSIDE_BOUNDARY = "outside-boundary"
    BORDER_ZONE = "border-zone"
    COMMUNE_DECIDED = "commune-decided"
    SAME_SPOT = "same-spot"
    FAR_FROM_PHOTOS = "far-from-photos"
    OLD_NO_SHIFT = "old-no-datum-shift"
    OLD_OTHER_ZONE = "old-other-zone"
    OLD_ROTATION = "old-rotation-sign"
    OLD_SWAPPED = "old-swapped"


GENTLE = {Remark.SWAPPED, Remark.XY_EXCHANGED, Remark.MAP_CENTRE, Remark.OTHER_ZONE}
"""Remarks that say what was put right: a single reading with one of them is a notice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A remark with the names and numbers of its sentence."""

    remark: Remark
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One reading of the typed text.

    Attributes
    ----------
    lon, lat : float
        WGS 84 degrees.
    source_epsg : int
        System in which the numbers were read: 4326 for degrees, 9215 for provincial metres.
    metres : tuple of float or None
        Easting and northing as they were typed; None for degrees.
    certainty : Certainty
        How far it can be believed.
    notes : tuple of Note
        What was put right and what is doubtful.
    """

    lon: float
    lat: float
    source_epsg: int
    metres: tuple[float, float] | None = None
    certainty: Certainty = Certainty.SURE
    notes: tuple[Note, ...] = ()

    def has(self, remark: Remark) -> bool:
        """Say whether this remark was made."""
        return any(note.remark is remark for note in self.notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """All readings of one typed text, the most believable first.

    Attributes
    ----------
    typed : str
        As it was typed, in NFC.
    verdict : Verdict
        How it can be used.
    candidates : tuple of Candidate
        The readings.
    problem : CoordinateError or None
        The question, or why nothing could be read; its `sentence` says it.
    """

    typed: str
    verdict: Verdict
    candidates: tuple[Candidate, ...] = ()
    problem: CoordinateError | None = None

    def sure_position(self) -> Position:
        """Give the one reading that needs no person.

        Raises
        ------
        CoordinateError
            The question, why nothing was read, or that the only reading is doubtful.
        """
        if self.problem is not None:
            raise self.problem
        if self.verdict is Verdict.WARN:
            raise CoordinateError(CoordinateProblem.DOUBTFUL, typed=self.typed)
        return position_of(self.candidates[0], self.typed)


def position_of(candidate: Candidate, typed: str) -> Position:
    """Give a reading as a position that keeps what was typed and in which system."""
    return Position(
        lon=candidate.lon,
        lat=candidate.lat,
        source_crs=f"EPSG:{candidate.source_epsg}",
        as_typed=typed,
    )
