"""How far a single reading can be believed, by where it lands."""

from dataclasses import replace

from geopark_app.geo.doctor.diagnosis import (
    GENTLE,
    Candidate,
    Certainty,
    Diagnosis,
    Note,
    Remark,
    Verdict,
)
from geopark_app.geo.doctor.region import Region


def place_notes(candidate: Candidate, region: Region) -> tuple[Note, ...]:
    """Say what is doubtful about where the point lies: outside the area, or abroad."""
    country = region.country_of(candidate.lon, candidate.lat)
    if country is not None and not region.contains(candidate.lon, candidate.lat):
        names = {"country_vi": country.name_vi, "country_en": country.name_en}
        return (Note(remark=Remark.ABROAD, details=names),)
    if not region.contains(candidate.lon, candidate.lat):
        return (Note(remark=Remark.OUTSIDE),)
    return ()


def judge_single(candidate: Candidate, *, typed: str, region: Region) -> Diagnosis:
    """Give the answer when there is one reading."""
    doubts = place_notes(candidate, region)
    notes = candidate.notes + doubts
    if doubts or any(note.remark not in GENTLE for note in candidate.notes):
        verdict, certainty = Verdict.WARN, Certainty.UNLIKELY
    elif notes:
        verdict, certainty = Verdict.NOTICE, Certainty.LIKELY
    else:
        verdict, certainty = Verdict.OK, Certainty.SURE
    judged = replace(candidate, notes=notes, certainty=certainty)
    return Diagnosis(typed=typed, verdict=verdict, candidates=(judged,))
