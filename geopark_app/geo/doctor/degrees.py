"""Pairs of degrees: which is the latitude, which way the letters point, what may be swapped."""

import math
from dataclasses import dataclass, replace

from geopark_app.geo.coordinate_error import CoordinateError, CoordinateProblem
from geopark_app.geo.crs import WGS84, from_projected
from geopark_app.geo.doctor.diagnosis import Candidate, Certainty, Diagnosis, Note, Remark, Verdict
from geopark_app.geo.doctor.judging import judge_single
from geopark_app.geo.doctor.pairs import Half, Pair
from geopark_app.geo.doctor.region import Region

_LATITUDE, _LONGITUDE = set("nhbsp"), set("eđwtl")
_NEGATIVE = set("swt")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    lat: float
    lon: float
    remark: Remark | None = None


def read_degrees(pairs: list[Pair], *, typed: str, region: Region, epsg: int) -> Diagnosis:
    """Judge pairs of degrees in the geographic system `epsg`.

    Raises
    ------
    CoordinateError
        OUT_OF_RANGE or SAME_AXIS where no pair is a latitude and a longitude.
    """
    problem = CoordinateProblem.OUT_OF_RANGE
    possible: list[list[Candidate]] = []
    for pair in pairs:
        if _are_same_axis(pair):
            problem = CoordinateProblem.SAME_AXIS
            continue
        readings = _readings(pair)
        found = [made for each in readings if (made := _candidate(each, epsg)) is not None]
        if found:
            possible.append(found)
    if not possible:
        raise CoordinateError(problem, typed=typed)
    if len({(one.lon, one.lat) for found in possible for one in found}) == 1 and (
        possible[0][0].lon == 0 == possible[0][0].lat
    ):
        raise CoordinateError(CoordinateProblem.ZERO, typed=typed)
    # Of the ways to read commas and spaces, the one that lands in the area.
    landing = [found for found in possible if any(region.contains(c.lon, c.lat) for c in found)]
    near = [found for found in possible if any(region.is_near(c.lon, c.lat) for c in found)]
    return _judge((landing or near or possible)[0], typed=typed, region=region)


def _are_same_axis(pair: Pair) -> bool:
    first, second = (_axes_of(half) for half in pair)
    return bool(first and first == second) or "mixed" in (first, second)


def _axes_of(half: Half) -> str:
    letters = set(half.axes)
    is_lat, is_lon = bool(letters & _LATITUDE), bool(letters & _LONGITUDE)
    if is_lat and is_lon:
        return "mixed"
    return "lat" if is_lat else "lon" if is_lon else ""


def _readings(pair: Pair) -> list[_Reading]:
    """Give the literal reading first, then what may have been meant."""
    first, second = pair
    is_turned = _axes_of(first) == "lon" or _axes_of(second) == "lat"
    north, east = (second, first) if is_turned else (first, second)
    # X and Y mean either axis in degrees; only the numbers can tell.
    is_free = not (_axes_of(first) or _axes_of(second))
    is_xy = is_free and bool(first.axes)
    lat, lon = _signed(north), _signed(east)
    literal = _Reading(lat=lat, lon=lon)
    swapped = _Reading(
        lat=_signed(replace(north, value=east.value)) if not is_free else lon,
        lon=_signed(replace(east, value=north.value)) if not is_free else lat,
        remark=None if is_xy else Remark.SWAPPED,
    )
    readings = [literal, swapped]
    if _n_is_vietnamese(north, east):
        readings.append(_Reading(lat=-lat, lon=lon, remark=Remark.N_AS_SOUTH))
    if "t" in east.axes:
        readings.append(_Reading(lat=lat, lon=-lon, remark=Remark.T_AS_EAST))
    elif lat < 0 or lon < 0:
        readings += [
            _Reading(lat=y, lon=x, remark=Remark.SIGN_CHANGED)
            for y, x in ((abs(lat), abs(lon)), (lat, abs(lon)), (abs(lat), lon))
            if (y, x) != (lat, lon)
        ]
    return readings


def _signed(half: Half) -> float:
    return -abs(half.value) if set(half.axes) & _NEGATIVE else half.value


def _n_is_vietnamese(north: Half, east: Half) -> bool:
    return "n" in north.axes and bool(set(east.axes) & set("đt"))


def _candidate(reading: _Reading, epsg: int) -> Candidate | None:
    if abs(reading.lat) > 90 or abs(reading.lon) > 180:
        return None
    lon, lat = reading.lon, reading.lat
    if epsg != WGS84:
        try:
            lon, lat = from_projected(lon, lat, epsg)
        except CoordinateError:
            return None
    if not (math.isfinite(lon) and math.isfinite(lat)):
        return None
    notes = () if reading.remark is None else (Note(remark=reading.remark),)
    return Candidate(lon=lon, lat=lat, source_epsg=epsg, notes=notes)


def _judge(found: list[Candidate], *, typed: str, region: Region) -> Diagnosis:
    """Choose between the literal reading, which comes first, and what may have been meant."""
    literal = next((one for one in found if not one.notes), None)
    south = [one for one in found if one.has(Remark.N_AS_SOUTH)]
    if literal is not None and south:
        return _ask([literal, *south], CoordinateProblem.AMBIGUOUS_N, typed, region)
    if literal is not None and region.is_near(literal.lon, literal.lat):
        return judge_single(literal, typed=typed, region=region)
    inside = [one for one in found if region.is_near(one.lon, one.lat)]
    swapped = [one for one in inside if one.has(Remark.SWAPPED) or not one.notes]
    if swapped:
        return judge_single(swapped[0], typed=typed, region=region)
    if inside and literal is not None:
        remark = inside[0].notes[0].remark
        is_west = remark is Remark.T_AS_EAST
        problem = CoordinateProblem.AMBIGUOUS_T if is_west else CoordinateProblem.SIGN
        return _ask([inside[0], literal], problem, typed, region)
    return judge_single(literal or found[0], typed=typed, region=region)


def _ask(
    readings: list[Candidate], problem: CoordinateProblem, typed: str, region: Region
) -> Diagnosis:
    judged = [judge_single(one, typed=typed, region=region).candidates[0] for one in readings]
    certain = [
        replace(one, certainty=Certainty.LIKELY if region.contains(one.lon, one.lat) else
                Certainty.UNLIKELY)
        for one in judged
    ]  # fmt: skip
    return Diagnosis(
        typed=typed,
        verdict=Verdict.ASK,
        candidates=tuple(certain),
        problem=CoordinateError(problem, typed=typed),
    )
