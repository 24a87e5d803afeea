"""Tell-tale distances: what a known mistake would have made of a point."""

from functools import lru_cache
from itertools import permutations

from pyproj import Transformer
from pyproj.exceptions import ProjError
from pyproj.transformer import TransformerGroup

from geopark_app.geo.coordinate_error import CoordinateError
from geopark_app.geo.crs import WGS84, from_projected, hold_context, to_projected
from geopark_app.geo.doctor.diagnosis import Note, Remark
from geopark_app.geo.doctor.region import Region, grid_of
from geopark_app.geo.doctor.systems import VN2000
from geopark_app.geo.measure import distance_m

_SAME_MISTAKE_M = 5.0
_ROTATION_WITHIN_M = 0.1
Point = tuple[float, float]


def compare_points(new: Point, old: Point, region: Region) -> Note | None:
    """Say which known mistake lies between two positions (lon, lat) of one place, if any does.

    Recognised are a missing datum shift (224 m in Lạng Sơn), the rotations of VN-2000 with the
    wrong sign (0.77 m), metres read in another zone (77 km between 107°15′ and 108°) and
    exchanged latitude and longitude.
    """
    apart_m = distance_m(*new, *old)
    metres = {"metres": f"{apart_m:.2f}" if apart_m < 10 else f"{apart_m:.0f}"}
    if abs(old[0] - new[1]) < 1e-4 and abs(old[1] - new[0]) < 1e-4:
        return Note(remark=Remark.OLD_SWAPPED)
    if apart_m > 0.3 and _is_made_by_rotation(new, old):
        return Note(remark=Remark.OLD_ROTATION, details=metres)
    if apart_m < 2 * _SAME_MISTAKE_M:
        return None
    if _is_made_by_missing_shift(new, old, region):
        return Note(remark=Remark.OLD_NO_SHIFT, details=metres)
    zones = _zones_between(new, old, region)
    if zones is not None:
        names = {"first": f"EPSG:{zones[0]}", "second": f"EPSG:{zones[1]}"}
        return Note(remark=Remark.OLD_OTHER_ZONE, details=metres | names)
    return None


def _is_close(point: Point, other: Point, metres: float) -> bool:
    return distance_m(*point, *other) <= metres


def _is_made_by_missing_shift(new: Point, old: Point, region: Region) -> bool:
    datums = {grid.geodetic_epsg for epsg in region.systems if (grid := grid_of(epsg))}
    for datum in datums - {WGS84, None}:
        for first, second in ((new, old), (old, new)):
            try:
                shifted = from_projected(*first, datum or WGS84)
            except CoordinateError:
                continue
            if _is_close(shifted, second, _SAME_MISTAKE_M):
                return True
    return False


def _is_made_by_rotation(new: Point, old: Point) -> bool:
    wrong = _wrong_rotation()
    if wrong is None:
        return False
    for first, second in ((new, old), (old, new)):
        try:
            mistaken = wrong.transform(*to_projected(*first, VN2000))
        except (CoordinateError, ProjError):
            continue
        if _is_close((mistaken[0], mistaken[1]), second, _ROTATION_WITHIN_M):
            return True
    return False


@lru_cache(maxsize=1)
def _wrong_rotation() -> Transformer | None:
    """Give VN-2000 to WGS 84 as it becomes with EPSG's signs in a position vector formula."""
    hold_context()
    operations = TransformerGroup(VN2000, WGS84, always_xy=True).transformers
    definition = operations[0].definition if operations else ""
    if "convention=coordinate_frame" not in definition:
        return None
    wrong = definition.replace("convention=coordinate_frame", "convention=position_vector")
    return Transformer.from_pipeline(wrong)


def _zones_between(new: Point, old: Point, region: Region) -> tuple[int, int] | None:
    for right, wrong in permutations(region.all_systems(), 2):
        try:
            mistaken = from_projected(*to_projected(*new, right), wrong)
        except CoordinateError:
            continue
        if _is_close(mistaken, old, 2 * _SAME_MISTAKE_M):
            return right, wrong
    return None
