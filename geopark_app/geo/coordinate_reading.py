"""The one sure reading of a coordinate, for callers that cannot ask a person."""

from geopark_app.domain.position import Position
from geopark_app.geo.coordinate_error import CoordinateProblem
from geopark_app.geo.doctor.reading import diagnose
from geopark_app.geo.doctor.region import Region

_ANYWHERE = Region()
_WITHOUT_SYSTEM = {
    CoordinateProblem.UNKNOWN_ZONE,
    CoordinateProblem.NOWHERE,
    CoordinateProblem.WHICH_SYSTEM,
}


def read_coordinate(
    text: str, *, projected_epsg: int | None = None, region: Region = _ANYWHERE
) -> Position:
    """Read a coordinate of which everything is known: degrees, or metres of one system.

    Parameters
    ----------
    text : str
        As typed; see `geo.doctor.reading.diagnose`.
    projected_epsg : int or None
        The system of pairs of metres; None refuses them.
    region : Region
        Where the point is expected; anywhere on Earth without one.

    Returns
    -------
    Position
        WGS 84, with `source_crs` and `as_typed`; quality and accuracy are left to the person.

    Raises
    ------
    CoordinateError
        With a problem whose `sentence` says what to type instead, or asks.
    """
    found = diagnose(text, region)
    is_metres = found.problem is not None and found.problem.problem in _WITHOUT_SYSTEM
    if is_metres and projected_epsg is not None:
        found = diagnose(text, region, epsg=projected_epsg)
    return found.sure_position()
