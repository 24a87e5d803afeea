"""What can be wrong with a typed coordinate, and the sentence that says it."""

from enum import Enum

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.i18n import translator


class CoordinateProblem(Enum):
    """Why a coordinate was not taken."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    MINUTES = "minutes"
    OUT_OF_RANGE = "out-of-range"
    SAME_AXIS = "same-axis"
    AMBIGUOUS_N = "ambiguous-n"
    ZONE_PREFIX = "zone-prefix"
    OUTSIDE_ZONE = "outside-zone"
    UNKNOWN_CRS = "unknown-crs"
    NOT_PROJECTABLE = "not-projectable"


class CoordinateError(GeoparkError):
    """A coordinate that cannot be taken; nothing was changed.

    Attributes
    ----------
    problem : CoordinateProblem
        What is wrong; `sentence` says it in words.
    """

    def __init__(self, problem: CoordinateProblem, **details: object) -> None:
        """Keep the problem and the numbers for its sentence."""
        super().__init__(ErrorCode.BAD_POSITION, problem=problem.value, **details)
        self.problem = problem

    def sentence(self, language: str) -> str:
        """Say what is wrong and what to type instead, in "vi" or "en"."""
        _ = translator(language)
        sentences = {
            CoordinateProblem.EMPTY: _("There is no coordinate to read."),
            CoordinateProblem.UNREADABLE: _(
                "“{typed}” is not a coordinate. Type latitude and longitude, such as "
                "21.8526, 106.7610 or 21°51′10″N 106°45′40″E."
            ),
            CoordinateProblem.MINUTES: _("Minutes and seconds must be below 60: “{typed}”."),
            CoordinateProblem.OUT_OF_RANGE: _(
                "Latitude must lie between −90 and 90, longitude between −180 and 180: “{typed}”."
            ),
            CoordinateProblem.SAME_AXIS: _("One latitude and one longitude are needed: “{typed}”."),
            CoordinateProblem.AMBIGUOUS_N: _(
                "N is north in English and south (nam) in Vietnamese: "
                "write Bắc or Nam in “{typed}”."
            ),
            CoordinateProblem.ZONE_PREFIX: _(
                "The easting {easting} begins with a zone number ({zone}). "
                "Say which coordinate system it is in and type it without the zone number."
            ),
            CoordinateProblem.OUTSIDE_ZONE: _(
                "These numbers lie outside the area of EPSG:{epsg}. "
                "They may be in another coordinate system or zone."
            ),
            CoordinateProblem.UNKNOWN_CRS: _(
                "This program does not know the coordinate system EPSG:{epsg}."
            ),
            CoordinateProblem.NOT_PROJECTABLE: _(
                "This position cannot be expressed in EPSG:{epsg}."
            ),
        }
        return sentences[self.problem].format(**self.details)
