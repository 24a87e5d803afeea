"""Coordinate reference systems: WGS 84 degrees to projected metres and back."""

import math
from functools import lru_cache

from pyproj import CRS, Transformer
from pyproj._context import get_context_manager, get_user_data_dir  # type: ignore[attr-defined]  # missing in pyproj's stubs
from pyproj.exceptions import CRSError

from geopark_app.geo.coordinate_error import CoordinateError, CoordinateProblem

WGS84 = 4326
"""EPSG code of the coordinates that the catalogue stores."""


_held: list[object] = []


def hold_context() -> None:
    """Keep the PROJ context of this thread alive; call it before PROJ is used on any thread.

    WORKAROUND for pyproj 3.7: the context of a thread is remembered for the life of the system's
    thread, but freed with Python's state of it. Threads of Qt's pools lose that state after every
    task, so the second task with PROJ on the same thread would use freed memory and crash.
    """
    get_user_data_dir()  # makes the context where there is none
    manager = get_context_manager()
    if manager is not None and manager not in _held:
        _held.append(manager)


# Importing pyproj makes a context already, on whatever thread imports it first.
hold_context()


@lru_cache(maxsize=64)
def crs_exists(epsg: int) -> bool:
    """Say whether this machine's projection database knows the code.

    Old copies of the database lack EPSG:9215, so the program asks at its start.
    """
    hold_context()
    try:
        CRS.from_epsg(epsg)
    except CRSError:
        return False
    return True


@lru_cache(maxsize=64)
def crs_name(epsg: int) -> str:
    """Give the official name, such as "VN-2000 / TM-3 107-15"; the code if it is unknown."""
    hold_context()
    return CRS.from_epsg(epsg).name if crs_exists(epsg) else f"EPSG:{epsg}"


@lru_cache(maxsize=64)
def area_of_use(epsg: int) -> tuple[float, float, float, float] | None:
    """Give west, south, east, north in WGS 84 degrees, or None where the database has none."""
    if not crs_exists(epsg):
        return None
    hold_context()
    area = CRS.from_epsg(epsg).area_of_use
    return (area.west, area.south, area.east, area.north) if area else None


def to_projected(lon: float, lat: float, epsg: int) -> tuple[float, float]:
    """Project WGS 84 degrees.

    Returns
    -------
    tuple of float
        easting_m, northing_m in the system `epsg`.

    Raises
    ------
    CoordinateError
        The system is unknown, or the point cannot be projected (pyproj answers infinity).
    """
    hold_context()
    return _checked(_transformer(WGS84, epsg).transform(lon, lat), epsg)


def from_projected(easting_m: float, northing_m: float, epsg: int) -> tuple[float, float]:
    """Give lon, lat in WGS 84 degrees for metres in the system `epsg`.

    Raises
    ------
    CoordinateError
        The system is unknown, or the numbers lie outside of it (pyproj answers infinity).
    """
    hold_context()
    return _checked(_transformer(epsg, WGS84).transform(easting_m, northing_m), epsg)


def project_many(points: list[tuple[float, float]], epsg: int) -> list[tuple[float, float]]:
    """Project many lon, lat pairs at once; the same errors as `to_projected`."""
    if not points:
        return []
    hold_context()
    lons, lats = zip(*points, strict=True)
    eastings, northings = _transformer(WGS84, epsg).transform(lons, lats)
    pairs = zip(eastings, northings, strict=True)
    return [_checked((float(easting), float(northing)), epsg) for easting, northing in pairs]


@lru_cache(maxsize=32)
def _transformer(source: int, target: int) -> Transformer:
    # Building one takes about 18 ms; always_xy because EPSG:4326 is lat, lon by default.
    for epsg in (source, target):
        if not crs_exists(epsg):
            raise CoordinateError(CoordinateProblem.UNKNOWN_CRS, epsg=epsg)
    return Transformer.from_crs(source, target, always_xy=True)


def _checked(pair: tuple[float, float], epsg: int) -> tuple[float, float]:
    if not (math.isfinite(pair[0]) and math.isfinite(pair[1])):
        raise CoordinateError(CoordinateProblem.NOT_PROJECTABLE, epsg=epsg)
    return pair
