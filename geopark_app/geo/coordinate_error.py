"""What can be wrong with a typed coordinate, and the sentence that says it."""

from collections.abc import Callable
from enum import Enum

from geopark_app.domain.errors import ErrorCode, WordedError
from geopark_app.i18n import translator

_LONGEST = 60


class CoordinateProblem(Enum):
    """Why a coordinate was not taken."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    MINUTES = "minutes"
    OUT_OF_RANGE = "out-of-range"
    SAME_AXIS = "same-axis"
    AMBIGUOUS_N = "ambiguous-n"
    ZONE_PREFIX = "zone-prefix"
    UNKNOWN_CRS = "unknown-crs"
    NOT_PROJECTABLE = "not-projectable"
    ZERO = "zero"
    DOUBTFUL = "doubtful"
    AMBIGUOUS_T = "ambiguous-t"
    SIGN = "sign"
    WHICH_SYSTEM = "which-system"
    UNKNOWN_ZONE = "unknown-zone"
    NOWHERE = "nowhere"
    OLD_DATUM = "old-datum"
    MGRS = "mgrs"
    SHORT_LINK = "short-link"
    EMPTY_LINK = "empty-link"
    DEGREES_GIVEN = "degrees-given"
    METRES_GIVEN = "metres-given"


class CoordinateError(WordedError):
    """A coordinate that cannot be taken; nothing was changed.

    Attributes
    ----------
    problem : CoordinateProblem
        What is wrong, or what must be asked; `sentence` says it in words.
    """

    def __init__(self, problem: CoordinateProblem, **details: object) -> None:
        """Keep the problem and the numbers for its sentence."""
        super().__init__(ErrorCode.BAD_POSITION, problem=problem.value, **details)
        self.problem = problem

    def sentence(self, language: str) -> str:
        """Say what is wrong and what to type instead, or ask, in "vi" or "en"."""
        shown = {
            name: text if len(text) <= _LONGEST or name != "typed" else f"{text[:_LONGEST]}…"
            for name, text in self.details.items()
        }
        return _sentences(translator(language))[self.problem].format(**shown)


def _sentences(_: Callable[[str], str]) -> dict[CoordinateProblem, str]:
    return {**_troubles(_), **_questions(_)}


def _troubles(_: Callable[[str], str]) -> dict[CoordinateProblem, str]:
    return {
        CoordinateProblem.EMPTY: _("There is no coordinate to read."),
        CoordinateProblem.UNREADABLE: _(
            "“{typed}” is not a coordinate. Type latitude and longitude, such as "
            "21.8526, 106.7610 or 21°51′10″N 106°45′40″E."
        ),
        CoordinateProblem.MINUTES: _("Minutes and seconds must be below 60: “{typed}”."),
        CoordinateProblem.OUT_OF_RANGE: _(
            "Latitude must lie between −90 and 90, longitude between −180 and 180: “{typed}”."
        ),
        CoordinateProblem.ZERO: _(
            "0, 0 is what a device writes when it knows no position. Leave the field empty."
        ),
        CoordinateProblem.SAME_AXIS: _("One latitude and one longitude are needed: “{typed}”."),
        CoordinateProblem.UNKNOWN_CRS: _(
            "This program does not know the coordinate system EPSG:{epsg}."
        ),
        CoordinateProblem.NOT_PROJECTABLE: _("This position cannot be expressed in EPSG:{epsg}."),
        CoordinateProblem.UNKNOWN_ZONE: _(
            "No coordinate system of this geopark has the datum and zone named in “{typed}”. "
            "Name the system by its EPSG code."
        ),
        CoordinateProblem.NOWHERE: _(
            "These numbers land in or near the geopark in none of its coordinate systems: "
            "“{typed}”. Look for a missing or doubled digit, or name the system by its EPSG code."
        ),
        CoordinateProblem.MGRS: _(
            "“{typed}” is a military grid reference (MGRS), which is not read here. "
            "Set the receiver to degrees, or type easting and northing of UTM."
        ),
        CoordinateProblem.SHORT_LINK: _(
            "A short link does not hold the place itself. Open it in a browser and copy the long "
            "address, or the numbers shown there."
        ),
        CoordinateProblem.EMPTY_LINK: _(
            "There are no coordinates in this link. Copy the numbers shown on the map."
        ),
        CoordinateProblem.DEGREES_GIVEN: _(
            "These are degrees, but EPSG:{epsg} has metres: “{typed}”."
        ),
        CoordinateProblem.METRES_GIVEN: _(
            "These are metres, but EPSG:{epsg} has degrees: “{typed}”."
        ),
    }


def _questions(_: Callable[[str], str]) -> dict[CoordinateProblem, str]:
    return {
        CoordinateProblem.DOUBTFUL: _(
            "“{typed}” can be read, but the point lies outside the geopark or is doubtful. "
            "Choose it from the readings if it is meant."
        ),
        CoordinateProblem.AMBIGUOUS_N: _(
            "N is north in English and south (nam) in Vietnamese: write Bắc or Nam in “{typed}”."
        ),
        CoordinateProblem.AMBIGUOUS_T: _(
            "T is west (tây) in Vietnamese, and there the point lies far away. "
            "Is east (Đông) meant in “{typed}”?"
        ),
        CoordinateProblem.SIGN: _(
            "With this sign or letter the point lies far away, without it in the geopark. "
            "Which one is meant in “{typed}”?"
        ),
        CoordinateProblem.ZONE_PREFIX: _(
            "An easting in “{typed}” begins with the zone number {zone}, which does not fit. "
            "Say which coordinate system it is in."
        ),
        CoordinateProblem.WHICH_SYSTEM: _(
            "In which coordinate system are these numbers? They land in or near the geopark in: "
            "{systems}."
        ),
        CoordinateProblem.OLD_DATUM: _(
            "These look like Gauss–Krüger numbers of the old datum HN-72 (EPSG:2044 and its "
            "kind), not VN-2000. Are they? If so, name the system EPSG:2044."
        ),
    }
