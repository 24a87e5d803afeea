"""From plain text to pairs of numbers, in every way its commas, dots and spaces can be meant."""

import re
from dataclasses import dataclass
from itertools import product

from geopark_app.geo.coordinate_error import CoordinateError, CoordinateProblem
from geopark_app.geo.doctor.typed_text import AXES

_N = r"\d{1,15}(?:[.,]\d{1,15})?"
_GROUP = re.compile(rf"([{AXES}](?:[\s,;]*[{AXES}])*)")
_MARKED = re.compile(rf"([+-]?)\s*({_N})\s*°\s*(?:({_N})\s*(?:'\s*(?:({_N})\s*\"?)?)?)?")
_SPACED = re.compile(
    r"([+-]?)(\d{1,3})[\s:\-]+(\d{1,2}(?:[.,]\d{1,15})?)(?:[\s:\-]+(\d{1,2}(?:[.,]\d{1,15})?))?"
    r"\s*[°'\"]?"
)
_PLAIN = re.compile(rf"[+-]?{_N}")
_THOUSANDS = (
    (re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d{1,10})?"), ".", ","),
    (re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d{1,10})?"), ",", "."),
    (re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:[.,]\d{1,10})?"), " ", ","),
)
_MARKED_PAIR = re.compile(rf"(.+?[°'\"])[\s,;]*([+-]?\s*{_N}\s*°.*)")
_MARKED_LOOSE = re.compile(rf"(.+?)[\s,;]+([+-]?\s*{_N}\s*°.*)")
_MOST_PARTS = 12
# "21,85" is one number with a decimal comma; "449263,2417432" and "0,0" are two.
_ONE_NUMBER = re.compile(r"(?!0+,0+$)[+-]?\d{1,3},\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """One of the two numbers: its value and the axis letters beside it."""

    value: float
    axes: str = ""


Pair = tuple[Half, Half]


def read_pairs(text: str, typed: str) -> list[Pair]:
    """Give every pair of numbers the text can mean, the most usual first.

    Raises
    ------
    CoordinateError
        UNREADABLE, or MINUTES where minutes or seconds are 60 and more.
    """
    parts = [part.strip(" ,;") for part in _GROUP.split(text)]
    numbers = parts[0::2]
    groups = parts[1::2]
    if not groups:
        return _bare_pairs(numbers[0], typed)
    if numbers[0]:
        groups, numbers = ["", *groups], ["", *numbers]
    if numbers[-1]:
        groups, numbers = [*groups, ""], [*numbers, ""]
    # now: "", G0, A1, G1, A2, G2, ""
    if len(groups) != 3 or not numbers[1] or not numbers[2]:
        raise CoordinateError(CoordinateProblem.UNREADABLE, typed=typed)
    first_axes, second_axes = _share(groups[0], groups[1], groups[2])
    pairs = [
        (Half(value=a, axes=first_axes), Half(value=b, axes=second_axes))
        for a, b in product(_values(numbers[1], typed), _values(numbers[2], typed))
    ]
    if not pairs:
        raise CoordinateError(CoordinateProblem.UNREADABLE, typed=typed)
    return pairs


def _share(before: str, between: str, after: str) -> tuple[str, str]:
    """Say which of the letters between two numbers belongs to which."""
    cut = re.search(r"[,;]", between)
    if cut:
        left, right = between[: cut.start()], between[cut.end() :]
    elif after and not before:
        left, right = between, ""
    elif before and not after:
        left, right = "", between
    else:
        named = re.search(r"[plxy]", between)
        place = named.start() if named else len(between)
        left, right = between[:place], between[place:]
    return _letters(before + left), _letters(right + after)


def _letters(text: str) -> str:
    return re.sub(rf"[^{AXES}]", "", text)


def _bare_pairs(text: str, typed: str) -> list[Pair]:
    pairs: dict[tuple[float, float], Pair] = {}
    too_many_minutes = None
    for left, right in _splits(text):
        try:
            for a, b in product(_values(left, typed), _values(right, typed)):
                pairs.setdefault((a, b), (Half(value=a), Half(value=b)))
        except CoordinateError as error:
            too_many_minutes = error
    if pairs:
        return list(pairs.values())
    raise too_many_minutes or CoordinateError(CoordinateProblem.UNREADABLE, typed=typed)


def _splits(text: str) -> list[tuple[str, str]]:
    if ";" in text:
        halves = text.split(";")
        return [(halves[0], halves[1])] if len(halves) == 2 else []
    if "°" in text:
        for pattern in (_MARKED_PAIR, _MARKED_LOOSE):
            if match := pattern.fullmatch(text):
                return [(match.group(1), match.group(2))]
        return []
    if _ONE_NUMBER.fullmatch(text):
        return []
    places = [*re.finditer(r",\s+", text), *re.finditer(r"\s+", text), *re.finditer(",", text)]
    if len(places) > 3 * _MOST_PARTS:
        return []
    return [(text[: place.start()], text[place.end() :]) for place in places]


def _values(text: str, typed: str) -> list[float]:
    """Give what one half can mean; nothing when it is no number."""
    text = text.strip(" ,")
    match = _MARKED.fullmatch(text) or _SPACED.fullmatch(text)
    if match:
        angle = _angle(match, typed)
        return [] if angle is None else [angle]
    values = []
    if _PLAIN.fullmatch(text):
        values.append(float(text.replace(",", ".")))
    for pattern, group, decimal in _THOUSANDS:
        if pattern.fullmatch(text):
            values.append(float(text.replace(group, "").replace(decimal, ".")))
    return list(dict.fromkeys(values))


def _angle(match: re.Match[str], typed: str) -> float | None:
    sign, *parts = match.groups()
    given = [part.replace(",", ".") for part in parts if part]
    if any("." in part for part in given[:-1]):
        return None
    whole, minutes, seconds = (float(part) for part in [*given, "0", "0"][:3])
    if minutes >= 60 or seconds >= 60:
        raise CoordinateError(CoordinateProblem.MINUTES, typed=typed)
    size = whole + minutes / 60 + seconds / 3600
    return -size if sign == "-" else size
