"""The doctor's door: typed or pasted text in, every sensible reading out."""

import re

from geopark_app.domain.text import nfc
from geopark_app.geo.coordinate_error import CoordinateError, CoordinateProblem
from geopark_app.geo.crs import WGS84, crs_exists
from geopark_app.geo.doctor.degrees import read_degrees
from geopark_app.geo.doctor.diagnosis import Candidate, Diagnosis, Note, Remark, Verdict
from geopark_app.geo.doctor.judging import judge_single
from geopark_app.geo.doctor.links import read_link
from geopark_app.geo.doctor.metres import read_metres
from geopark_app.geo.doctor.pairs import Pair, read_pairs
from geopark_app.geo.doctor.region import Region, grid_of
from geopark_app.geo.doctor.systems import HN72, Said, take_systems
from geopark_app.geo.doctor.typed_text import capitals, with_axes

_LONGEST = 2000
_LONGEST_PLAIN = 300
_METRES_FROM = 1000
_MGRS = re.compile(
    r"(?:MGRS[\s:]*)?\d{1,2}\s?[C-HJ-NP-X]\s?[A-HJ-NP-Z][A-HJ-NP-V]\s?\d{1,5}\s?\d{1,5}"
)


def diagnose(text: str, region: Region, *, epsg: int | None = None) -> Diagnosis:
    """Read a coordinate in every way that makes sense.

    Parameters
    ----------
    text : str
        As typed or pasted.
    region : Region
        Where the point is expected, and the systems in use there.
    epsg : int or None
        The system, when the person says it; otherwise words in the text may.

    Returns
    -------
    Diagnosis
        Never raises: what cannot be read has the verdict REFUSED and its sentence.
    """
    typed = nfc(text).strip()
    try:
        return _diagnosis(typed, region, epsg)
    except CoordinateError as problem:
        return Diagnosis(typed=typed, verdict=Verdict.REFUSED, problem=problem)


def _diagnosis(typed: str, region: Region, epsg: int | None) -> Diagnosis:
    if epsg is not None and not crs_exists(epsg):
        raise CoordinateError(CoordinateProblem.UNKNOWN_CRS, epsg=epsg)
    if not typed:
        raise CoordinateError(CoordinateProblem.EMPTY)
    if len(typed) > _LONGEST:
        raise CoordinateError(CoordinateProblem.UNREADABLE, typed=typed)
    link = read_link(typed)
    if link is not None and link.lat_lon is not None:
        return _from_link(*link.lat_lon, is_view=link.is_view, typed=typed, region=region)
    if link is not None and not link.words:
        is_short = link.is_short
        problem = CoordinateProblem.SHORT_LINK if is_short else CoordinateProblem.EMPTY_LINK
        raise CoordinateError(problem, typed=typed)
    plain = capitals(link.words if link is not None else typed)
    if len(plain) > _LONGEST_PLAIN:
        raise CoordinateError(CoordinateProblem.UNREADABLE, typed=typed)
    if _MGRS.fullmatch(plain):
        raise CoordinateError(CoordinateProblem.MGRS, typed=typed)
    said, plain = take_systems(plain)
    if epsg is not None:
        said = Said(epsg=epsg, datum=HN72 if said.datum == HN72 else None)
    elif said.epsg is not None and not crs_exists(said.epsg):
        raise CoordinateError(CoordinateProblem.UNKNOWN_CRS, epsg=said.epsg)
    return _from_pairs(read_pairs(with_axes(plain, typed), typed), typed, region, said)


def _from_link(lat: float, lon: float, *, is_view: bool, typed: str, region: Region) -> Diagnosis:
    if abs(lat) > 90 or abs(lon) > 180:
        raise CoordinateError(CoordinateProblem.OUT_OF_RANGE, typed=typed)
    if lat == 0 == lon:
        raise CoordinateError(CoordinateProblem.ZERO, typed=typed)
    notes = (Note(remark=Remark.MAP_CENTRE),) if is_view else ()
    candidate = Candidate(lon=lon, lat=lat, source_epsg=WGS84, notes=notes)
    return judge_single(candidate, typed=typed, region=region)


def _from_pairs(pairs: list[Pair], typed: str, region: Region, said: Said) -> Diagnosis:
    metres = [pair for pair in pairs if all(abs(half.value) >= _METRES_FROM for half in pair)]
    degrees = [pair for pair in pairs if all(abs(half.value) <= 180 for half in pair)]
    found: Diagnosis | None = None
    problem: CoordinateError | None = None
    # Commas and spaces can be meant both ways; what lands in the area tells.
    for is_metres, given in ((False, degrees), (True, metres)):
        if not given:
            continue
        try:
            judged = _judged(given, typed, region, said, is_metres=is_metres)
        except CoordinateError as error:
            problem = problem or error
            continue
        if found is None or found.verdict is Verdict.WARN:
            found = judged
    if found is not None:
        return found
    raise problem or CoordinateError(CoordinateProblem.OUT_OF_RANGE, typed=typed)


def _judged(
    pairs: list[Pair], typed: str, region: Region, said: Said, *, is_metres: bool
) -> Diagnosis:
    is_projected = said.epsg is not None and grid_of(said.epsg) is not None
    if is_metres:
        if said.epsg is not None and not is_projected:
            raise CoordinateError(CoordinateProblem.METRES_GIVEN, typed=typed, epsg=said.epsg)
        return read_metres(pairs, typed=typed, region=region, said=said)
    if is_projected:
        raise CoordinateError(CoordinateProblem.DEGREES_GIVEN, typed=typed, epsg=said.epsg)
    return _degrees(said, pairs, typed, region)


def _degrees(said: Said, pairs: list[Pair], typed: str, region: Region) -> Diagnosis:
    datum = said.epsg or said.datum or WGS84
    found = read_degrees(pairs, typed=typed, region=region, epsg=datum)
    if datum != HN72 or said.epsg is not None or not found.candidates:
        return found
    problem = CoordinateError(CoordinateProblem.OLD_DATUM, typed=typed)
    return Diagnosis(typed=typed, verdict=Verdict.ASK, candidates=found.candidates, problem=problem)
