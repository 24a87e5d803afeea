"""Typed coordinates read for this catalogue; the site's commune decides between far readings."""

from dataclasses import replace

from geopark_app.domain.kinds import Commune
from geopark_app.domain.position import Position
from geopark_app.geo.coordinate_error import CoordinateProblem
from geopark_app.geo.doctor.diagnosis import Candidate, Certainty, Diagnosis, Note, Remark, Verdict
from geopark_app.geo.doctor.reading import diagnose
from geopark_app.geo.measure import distance_m
from geopark_app.operations.context import AppContext
from geopark_app.operations.regions import region_of

# A commune's point says which of two readings is meant only when the other is out of question:
# zones of VN-2000 lie 77 km apart, no commune reaches half as far.
_OUT_OF_QUESTION_M = 40_000.0
# What a letter means stays a question: the person may have the wrong commune too.
_SETTLED_BY_PLACE = {CoordinateProblem.WHICH_SYSTEM}
_REACH_SPARE_M = 2_000.0
_REACH_TIMES_RADIUS = 2.5
_REACH_UNKNOWN_M = 25_000.0


def diagnose_position(
    context: AppContext, text: str, *, epsg: int | None = None, commune_code: str | None = None
) -> Diagnosis:
    """Give every reading of typed coordinates, settled by the site's commune where it can."""
    found = diagnose(text, region_of(context), epsg=epsg)
    commune = commune_of(context, commune_code)
    is_zone = found.problem is not None and found.problem.problem in _SETTLED_BY_PLACE
    if found.verdict is not Verdict.ASK or commune is None or not is_zone:
        return found
    return _settled(found, commune)


def read_position(
    context: AppContext, text: str, *, epsg: int | None = None, commune_code: str | None = None
) -> Position:
    """Give the one sure reading of typed coordinates.

    Raises
    ------
    CoordinateError
        With the question, or the reason why there is none.
    """
    found = diagnose_position(context, text, epsg=epsg, commune_code=commune_code)
    return found.sure_position()


def commune_of(context: AppContext, code: str | None) -> Commune | None:
    """Give a commune by its code, or None."""
    if not code:
        return None
    found = context.catalogue.records(Commune, where={"code": code})
    return found[0] if found else None


def commune_distance_m(commune: Commune, lon: float, lat: float) -> float | None:
    """Give the distance from a commune's representative point; None where it has none."""
    at = commune.position
    if at is None or at.lon is None or at.lat is None:
        return None
    return distance_m(lon, lat, at.lon, at.lat)


def commune_reach_m(commune: Commune) -> float:
    """Give how far from its point a commune can reach, judged by its area.

    2.5 times the radius of a circle of the same area, for communes are longer than wide.
    """
    if not commune.area_km2:
        return _REACH_UNKNOWN_M
    radius_m = (commune.area_km2 * 1e6 / 3.14159) ** 0.5
    return float(_REACH_TIMES_RADIUS * radius_m + _REACH_SPARE_M)


def _settled(found: Diagnosis, commune: Commune) -> Diagnosis:
    """Take the one reading in reach of the commune when all others are out of question."""
    within: list[Candidate] = []
    for one in found.candidates:
        apart_m = commune_distance_m(commune, one.lon, one.lat)
        if apart_m is None:
            return found
        if apart_m <= _OUT_OF_QUESTION_M:
            within.append(one)
    is_plain = len(within) == 1 and within[0].certainty in {Certainty.LIKELY, Certainty.POSSIBLE}
    if not is_plain or within[0].notes or commune.name_vi is None:
        return found
    others = [one for one in found.candidates if one is not within[0]]
    far_m = min(commune_distance_m(commune, one.lon, one.lat) or 0.0 for one in others)
    details = {
        "commune": commune.name_vi,
        "systems": ", ".join(f"EPSG:{one.source_epsg}" for one in others),
        "km": f"{far_m / 1000:.0f}",
    }
    note = Note(remark=Remark.COMMUNE_DECIDED, details=details)
    chosen = replace(within[0], certainty=Certainty.LIKELY, notes=(note,))
    return Diagnosis(typed=found.typed, verdict=Verdict.NOTICE, candidates=(chosen,))
