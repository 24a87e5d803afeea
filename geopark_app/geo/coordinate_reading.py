"""Reading of a coordinate as people type it: decimal degrees, degrees-minutes-seconds, metres."""

import re
from dataclasses import dataclass

from geopark_app.domain.position import Position
from geopark_app.domain.text import nfc
from geopark_app.geo.coordinate_error import CoordinateError, CoordinateProblem
from geopark_app.geo.crs import WGS84, area_of_use, from_projected

_NUMBER = r"[-+]?\d+(?:[.,]\d+)?"
_ANGLE = rf"({_NUMBER})\s*(?:°\s*(?:(\d+(?:[.,]\d+)?)\s*'\s*(?:(\d+(?:[.,]\d+)?)\s*\")?)?)?"
_LETTER = r"(BẮC|NAM|ĐÔNG|TÂY|[BNĐDTSEWXY])\s*[=:]?"
_BETWEEN = r"\s*[,;/]\s*|\s+"
_PREFIXED = re.compile(rf"{_LETTER}\s*{_ANGLE}(?:{_BETWEEN}|){_LETTER}\s*{_ANGLE}")
_SUFFIXED = re.compile(rf"{_ANGLE}\s*{_LETTER}(?:{_BETWEEN}|){_ANGLE}\s*{_LETTER}")
_BARE = re.compile(rf"{_ANGLE}(?:{_BETWEEN}){_ANGLE}")
_SIGNS = str.maketrans(
    {"′": "'", "’": "'", "‘": "'", "´": "'", "″": '"', "”": '"', "“": '"', "º": "°", "˚": "°"}
    | {"−": "-", "–": "-", "\N{NO-BREAK SPACE}": " "}
)
_LATITUDE_LETTERS = {"B": 1, "BẮC": 1, "N": 1, "NAM": -1, "S": -1}
_LONGITUDE_LETTERS = {"Đ": 1, "ĐÔNG": 1, "D": 1, "E": 1, "TÂY": -1, "T": -1, "W": -1}
_VIETNAMESE_ONLY = {"Đ", "D", "T"}
_METRES_FROM = 1000
_MARGIN_DEG = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Half:
    """One of the two numbers, with the letter that stood beside it."""

    value: float
    letter: str


def read_coordinate(text: str, *, projected_epsg: int | None = None) -> Position:
    """Read "21.85, 106.76", "21°51′10″B 106°45′40″Đ" or an easting and northing in metres.

    Parameters
    ----------
    text : str
        As typed; latitude stands first unless letters or the numbers say otherwise. English
        (N, S, E, W) and Vietnamese letters (B, N, Đ, T, or the words) and decimal commas count.
    projected_epsg : int or None
        The system in which pairs of metres are read, such as 9215; None refuses them.

    Returns
    -------
    Position
        WGS 84, with `source_crs` and `as_typed`; quality and accuracy are left to the person.

    Raises
    ------
    CoordinateError
        With a problem whose `sentence` says what to type instead.
    """
    typed = nfc(text).strip()
    if not typed:
        raise CoordinateError(CoordinateProblem.EMPTY)
    first, second = _halves(typed)
    if abs(first.value) >= _METRES_FROM and abs(second.value) >= _METRES_FROM:
        return _from_metres(first.value, second.value, typed, projected_epsg)
    lat, lon = _from_degrees(first, second, typed)
    return Position(lon=lon, lat=lat, source_crs=f"EPSG:{WGS84}", as_typed=typed)


def _halves(typed: str) -> tuple[_Half, _Half]:
    plain = typed.upper().translate(_SIGNS).replace("''", '"')
    if match := _PREFIXED.fullmatch(plain):
        letter_a, *first, letter_b, deg, minutes, seconds = match.groups()
        second = [deg, minutes, seconds]
    elif match := _SUFFIXED.fullmatch(plain):
        parts = match.groups()
        first, letter_a, second, letter_b = list(parts[:3]), parts[3], list(parts[4:7]), parts[7]
    elif match := _BARE.fullmatch(plain):
        parts = match.groups()
        first, second, letter_a, letter_b = list(parts[:3]), list(parts[3:]), "", ""
    else:
        raise CoordinateError(CoordinateProblem.UNREADABLE, typed=typed)
    return (
        _Half(value=_degrees(first, typed), letter=letter_a),
        _Half(value=_degrees(second, typed), letter=letter_b),
    )


def _degrees(parts: list[str | None], typed: str) -> float:
    whole, minutes, seconds = (float((part or "0").replace(",", ".")) for part in parts)
    if minutes >= 60 or seconds >= 60:
        raise CoordinateError(CoordinateProblem.MINUTES, typed=typed)
    size = abs(whole) + minutes / 60 + seconds / 3600
    return -size if (parts[0] or "").startswith("-") else size


def _from_degrees(first: _Half, second: _Half, typed: str) -> tuple[float, float]:
    if first.letter:
        lat, lon = _by_letter(first, second, typed)
    elif abs(first.value) > 90 >= abs(second.value):
        lat, lon = second.value, first.value
    else:
        lat, lon = first.value, second.value
    impossible = abs(lat) > 90 or abs(lon) > 180
    if impossible or (lat == 0 and lon == 0):
        raise CoordinateError(CoordinateProblem.OUT_OF_RANGE, typed=typed)
    return lat, lon


def _by_letter(first: _Half, second: _Half, typed: str) -> tuple[float, float]:
    for north, east in ((first, second), (second, first)):
        if north.letter in _LATITUDE_LETTERS and east.letter in _LONGITUDE_LETTERS:
            if north.letter == "N" and east.letter in _VIETNAMESE_ONLY:
                raise CoordinateError(CoordinateProblem.AMBIGUOUS_N, typed=typed)
            lat = north.value * _LATITUDE_LETTERS[north.letter]
            return lat, east.value * _LONGITUDE_LETTERS[east.letter]
    raise CoordinateError(CoordinateProblem.SAME_AXIS, typed=typed)


def _from_metres(first: float, second: float, typed: str, epsg: int | None) -> Position:
    # Vietnamese forms write X (north) first, others the easting: in every zone used in Vietnam
    # the northing is the larger number, so the order need not be known.
    if epsg is None:
        raise CoordinateError(CoordinateProblem.OUT_OF_RANGE, typed=typed)
    for easting in (first, second):
        _refuse_zone_prefix(easting)
    easting_m, northing_m = sorted((first, second))
    lon, lat = from_projected(easting_m, northing_m, epsg)
    if not _is_inside(lon, lat, epsg):
        raise CoordinateError(CoordinateProblem.OUTSIDE_ZONE, epsg=epsg)
    return Position(lon=lon, lat=lat, source_crs=f"EPSG:{epsg}", as_typed=typed)


def _refuse_zone_prefix(value: float) -> None:
    digits = str(int(abs(value)))
    if len(digits) == 8 and digits[:2] in {"18", "19", "48", "49"}:
        raise CoordinateError(
            CoordinateProblem.ZONE_PREFIX, easting=f"{value:.0f}", zone=digits[:2]
        )


def _is_inside(lon: float, lat: float, epsg: int) -> bool:
    area = area_of_use(epsg)
    if area is None:
        return True
    west, south, east, north = area
    inside_lon = west - _MARGIN_DEG <= lon <= east + _MARGIN_DEG
    return inside_lon and south - _MARGIN_DEG <= lat <= north + _MARGIN_DEG
