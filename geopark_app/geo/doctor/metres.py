"""Pairs of metres: in which system they land in the area, and which number is the easting."""

from collections.abc import Iterator
from dataclasses import replace

from geopark_app.geo.coordinate_error import CoordinateError, CoordinateProblem
from geopark_app.geo.crs import area_of_use, crs_name, from_projected
from geopark_app.geo.doctor.diagnosis import Candidate, Certainty, Diagnosis, Note, Remark, Verdict
from geopark_app.geo.doctor.judging import judge_single, place_notes
from geopark_app.geo.doctor.pairs import Half, Pair
from geopark_app.geo.doctor.region import Region, grid_of
from geopark_app.geo.doctor.systems import HN72, Said

# EPSG codes of Hanoi 1972 / Gauss-Krüger by the zone number before the easting; the number is
# part of their false easting (18 500 000), so it is never taken away.
GAUSS_KRUGER = {18: 2044, 19: 2045}
_MARGIN_DEG = 0.3
_PREFIXED_FROM = 10_000_000
_NORTHING, _EASTING = set("nhbsp"), set("eđwtl")


def read_metres(pairs: list[Pair], *, typed: str, region: Region, said: Said) -> Diagnosis:
    """Judge pairs of metres: every system in which they land in or near the area.

    Raises
    ------
    CoordinateError
        ZONE_PREFIX, NOWHERE or UNKNOWN_ZONE where there is no reading.
    """
    zones = {zone for pair in pairs for half in pair if (zone := _zone(half.value)) is not None}
    if said.datum == HN72 or zones & GAUSS_KRUGER.keys() or said.epsg in GAUSS_KRUGER.values():
        return _old_datum(pairs, zones, typed=typed, region=region, said=said)
    systems = said.systems(region)
    if not systems:
        raise CoordinateError(CoordinateProblem.UNKNOWN_ZONE, typed=typed)
    if zones:
        pairs, systems = _without_prefix(pairs, systems, zones, typed)
    found = [made for epsg in systems for made in _landing(pairs, epsg, region)]
    if zones:
        note = Note(remark=Remark.ZONE_SAID, details={"zone": str(min(zones))})
        found = [replace(one, notes=(*one.notes, note)) for one in found]
    if not found:
        return _nowhere(pairs, systems, typed=typed, region=region, said=said)
    if len(found) == 1:
        return _single(found[0], pairs, typed=typed, region=region, said=said)
    return ask_which(found, typed=typed, region=region)


def ask_which(found: list[Candidate], *, typed: str, region: Region) -> Diagnosis:
    """Ask in which of several systems the numbers are."""
    official = region.systems[0] if region.systems else None
    judged = []
    for one in found:
        doubts = place_notes(one, region)
        certainty = Certainty.UNLIKELY if doubts else Certainty.POSSIBLE
        if one.source_epsg == official and not doubts:
            certainty = Certainty.LIKELY
        judged.append(replace(one, certainty=certainty, notes=one.notes + doubts))
    order = [Certainty.LIKELY, Certainty.POSSIBLE, Certainty.UNLIKELY]
    judged.sort(key=lambda one: order.index(one.certainty))
    names = "; ".join(
        dict.fromkeys(f"{crs_name(one.source_epsg)} (EPSG:{one.source_epsg})" for one in judged)
    )
    return Diagnosis(
        typed=typed,
        verdict=Verdict.ASK,
        candidates=tuple(judged),
        problem=CoordinateError(CoordinateProblem.WHICH_SYSTEM, typed=typed, systems=names),
    )


def _zone(value: float) -> int | None:
    return int(value // 1_000_000) if _PREFIXED_FROM <= value < 61_000_000 else None


def _without_prefix(
    pairs: list[Pair], systems: tuple[int, ...], zones: set[int], typed: str
) -> tuple[list[Pair], tuple[int, ...]]:
    """Take a UTM zone number from the eastings, and keep only the systems of that zone."""
    zone = min(zones)
    fitting = tuple(
        epsg
        for epsg in systems
        if (grid := grid_of(epsg)) and grid.is_utm and grid.meridian == zone * 6 - 183
    )
    if len(zones) > 1 or not fitting:
        raise CoordinateError(CoordinateProblem.ZONE_PREFIX, typed=typed, zone=zone)
    plain = [
        (replace(a, value=_stripped(a.value)), replace(b, value=_stripped(b.value)))
        for a, b in pairs
    ]
    return plain, fitting


def _stripped(value: float) -> float:
    # Decimals are kept as they were typed: 48681784.29 becomes 681784.29.
    zone = _zone(value)
    return value if zone is None else round(value - zone * 1_000_000, 6)


def _landing(pairs: list[Pair], epsg: int, region: Region) -> Iterator[Candidate]:
    """Give the readings in one system that land in or near the area."""
    seen = set()
    for pair in pairs:
        for easting_m, northing_m, notes in _orders(pair):
            made = _candidate(easting_m, northing_m, epsg, notes)
            if made is None or (made.lon, made.lat) in seen:
                continue
            if region.is_near(made.lon, made.lat) and _is_used_there(made, region):
                seen.add((made.lon, made.lat))
                yield made
                break


def _is_used_there(made: Candidate, region: Region) -> bool:
    """Say whether the system is made for that place, where no bounds tell what is expected."""
    area = area_of_use(made.source_epsg) if region.bounds is None else None
    if area is None:
        return True
    west, south, east, north = area
    return (
        west - _MARGIN_DEG <= made.lon <= east + _MARGIN_DEG
        and south - _MARGIN_DEG <= made.lat <= north + _MARGIN_DEG
    )


def _orders(pair: Pair) -> list[tuple[float, float, tuple[Note, ...]]]:
    """Give easting and northing as labelled, then exchanged, which is said.

    X is the northing on Vietnamese forms. Without labels neither order is a mistake.
    """
    first, second = pair
    exchanged = Note(remark=Remark.XY_EXCHANGED)
    is_turned = _side(first) == "north" or _side(second) == "east"
    labelled = bool(first.axes or second.axes)
    a, b = (second, first) if is_turned else (first, second)
    return [(a.value, b.value, ()), (b.value, a.value, (exchanged,) if labelled else ())]


def _side(half: Half) -> str:
    # "X (E)" of a GIS is an easting; X alone is the northing of Vietnamese forms.
    letters = set(half.axes)
    if letters & _NORTHING:
        return "north"
    if letters & _EASTING:
        return "east"
    return {"x": "north", "y": "east"}.get(half.axes[:1], "")


def _candidate(
    easting_m: float, northing_m: float, epsg: int, notes: tuple[Note, ...]
) -> Candidate | None:
    try:
        lon, lat = from_projected(easting_m, northing_m, epsg)
    except CoordinateError as error:
        if error.problem is CoordinateProblem.UNKNOWN_CRS:
            raise
        return None
    if abs(lon) > 180 or abs(lat) > 90:
        return None
    metres = (easting_m, northing_m)
    return Candidate(lon=lon, lat=lat, source_epsg=epsg, metres=metres, notes=notes)


def _single(
    found: Candidate, pairs: list[Pair], *, typed: str, region: Region, said: Said
) -> Diagnosis:
    official = region.systems[0] if region.systems else None
    if not said.is_anything and found.source_epsg != official:
        system = f"{crs_name(found.source_epsg)} (EPSG:{found.source_epsg})"
        note = Note(remark=Remark.OTHER_ZONE, details={"system": system})
        found = replace(found, notes=(*found.notes, note))
    if not region.contains(found.lon, found.lat):
        found = _with_hint(found, pairs, region)
    return judge_single(found, typed=typed, region=region)


def _with_hint(found: Candidate, pairs: list[Pair], region: Region) -> Candidate:
    """Say in which other systems the same numbers land in the area."""
    fitting = [
        f"EPSG:{epsg}"
        for epsg in region.all_systems()
        for made in _landing(pairs, epsg, region)
        if epsg != found.source_epsg and region.contains(made.lon, made.lat)
    ]
    if not fitting:
        return found
    hint = Note(remark=Remark.FITS_OTHER_SYSTEM, details={"systems": ", ".join(fitting)})
    return replace(found, notes=(*found.notes, hint))


def _nowhere(
    pairs: list[Pair], systems: tuple[int, ...], *, typed: str, region: Region, said: Said
) -> Diagnosis:
    """Numbers that land outside: only a system that was said makes them a reading."""
    if len(systems) == 1 and said.is_anything and region.bounds is not None:
        for pair in pairs:
            for easting_m, northing_m, notes in _orders(pair):
                made = _candidate(easting_m, northing_m, systems[0], notes)
                if made is not None:
                    return _single(made, pairs, typed=typed, region=region, said=said)
    raise CoordinateError(CoordinateProblem.NOWHERE, typed=typed)


def _old_datum(
    pairs: list[Pair], zones: set[int], *, typed: str, region: Region, said: Said
) -> Diagnosis:
    """Hanoi 1972 / Gauss-Krüger: another datum, read as itself and always asked about."""
    if said.epsg is not None and said.epsg not in GAUSS_KRUGER.values():
        raise CoordinateError(CoordinateProblem.OLD_DATUM, typed=typed)
    note = Note(remark=Remark.OTHER_DATUM)
    found = [
        replace(made, notes=(*made.notes, note), certainty=Certainty.POSSIBLE)
        for zone, epsg in GAUSS_KRUGER.items()
        if said.epsg in {None, epsg} and (not zones or zone in zones)
        for made in _landing(pairs if zones else _with_prefix(pairs, zone), epsg, region)
    ]
    if said.epsg is not None and found:
        return judge_single(found[0], typed=typed, region=region)
    problem = CoordinateError(CoordinateProblem.OLD_DATUM, typed=typed)
    if not found:
        raise problem
    return Diagnosis(typed=typed, verdict=Verdict.ASK, candidates=tuple(found), problem=problem)


def _with_prefix(pairs: list[Pair], zone: int) -> list[Pair]:
    """Put the zone number, which belongs to the false easting, before either number."""
    shift = zone * 1_000_000.0
    return [
        each
        for a, b in pairs
        for each in ((replace(a, value=a.value + shift), b), (a, replace(b, value=b.value + shift)))
    ]
