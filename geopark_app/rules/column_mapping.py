"""Which column of a foreign table is which field: by name, label, alias, or nearly so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from geopark_app.domain.text import fold

_NEARLY = 0.87
_CUT = 10  # Shapefile keeps so many letters of a name
_METRES_FROM = 10_000
_NORTHING_FROM = 1_000_000
_COORDINATE_NAMES = {"x", "y", "coordx", "coordy", "xcoord", "ycoord", "toadox", "toadoy",
                     "pointx", "pointy"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a column may become.

    Attributes
    ----------
    name : str
        Name of the field, or of a part of the position.
    label_vi, label_en : str
        What people read.
    spellings : tuple of str
        Other names that mean it.
    """

    name: str
    label_vi: str
    label_en: str
    spellings: tuple[str, ...] = ()


def suggest_mapping(
    header: Sequence[str], targets: Sequence[Target], samples: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Give column → field for the columns that are recognised; each field at most once.

    `samples` are some values of each column, to tell northing, easting and degrees of columns
    named X and Y, which Vietnamese and other papers use the other way round.
    """
    scores: list[tuple[float, int, str, str]] = []
    for place, column in enumerate(header):
        for score, target in _candidates(column, targets):
            scores.append((-score, place, column, target))
        by_value = _coordinate_by_value(column, samples.get(column, ()))
        if by_value:
            scores.append((-0.9, place, column, by_value))
    mapping: dict[str, str] = {}
    for _score, _place, column, target in sorted(scores):
        if column not in mapping and target not in mapping.values():
            mapping[column] = target
    return {column: mapping[column] for column in header if column in mapping}


def header_signature(header: Sequence[str]) -> str:
    """Give a text that is the same for tables with the same columns."""
    return "\x1f".join(sorted(_plain(column) for column in header))


def short_name(name: str) -> str:
    """Give a name of at most ten letters, as Shapefile wants, that keeps the end of the name."""
    if len(name) <= _CUT:
        return name
    *head, last = name.split("_")
    last = last[:4]
    start = "".join(head)[: _CUT - 1 - len(last)] if head else name[: _CUT - 1 - len(last)]
    return f"{start}_{last}"


def is_second_header(cells: Sequence[str], columns: Sequence[str], targets: Mapping[str, str],
                     known: Sequence[Target]) -> bool:  # fmt: skip
    """Say whether a row repeats the header in the other language."""
    labels = {
        target.name: {
            _plain(target.label_vi),
            _plain(target.label_en),
            # Our tables of other records have the stable names first and both labels below.
            _plain(f"{target.label_vi} / {target.label_en}"),
            _plain(target.name),
            *map(_plain, target.spellings),
        }
        for target in known
    }
    compared = [
        _plain(cell) in labels[targets[column]]
        for cell, column in zip(cells, columns, strict=True)
        if column in targets and cell and targets[column] in labels
    ]
    return len(compared) >= 2 and sum(compared) >= 0.6 * len(compared)


def _candidates(column: str, targets: Sequence[Target]) -> list[tuple[float, str]]:
    plain = _plain(column)
    if not plain:
        return []
    found = []
    for target in targets:
        score = _score(column, plain, target)
        if score >= _NEARLY:
            found.append((score, target.name))
    return found


def _score(column: str, plain: str, target: Target) -> float:
    if column == target.name:
        return 2.0
    if plain == _plain(target.name):
        return 1.9
    if plain in {_plain(target.label_vi), _plain(target.label_en)}:
        return 1.8
    names = [_plain(name) for name in target.spellings]
    if plain in names:
        return 1.6 - 0.01 * names.index(plain)
    if column.lower() == short_name(target.name):
        return 1.7
    if len(column) == _CUT and target.name.startswith(column.lower()):
        return 1.4
    if len(plain) < 4:
        return 0.0
    return max(
        (SequenceMatcher(None, plain, name).ratio()
         for name in (_plain(target.label_vi), _plain(target.label_en), *names)
         if abs(len(name) - len(plain)) <= 3),
        default=0.0,
    )  # fmt: skip


def _coordinate_by_value(column: str, values: Sequence[str]) -> str:
    if _plain(column) not in _COORDINATE_NAMES:
        return ""
    numbers = [number for number in map(_number, values) if number]
    if not numbers:
        return ""
    middle = sorted(numbers)[len(numbers) // 2]
    if middle >= _NORTHING_FROM:
        return "northing_m"
    if middle >= _METRES_FROM:
        return "easting_m"
    return "lon" if 90 < middle <= 180 else "lat" if middle <= 90 else ""


def _number(text: str) -> float:
    try:
        return abs(float(text.replace(",", ".")))
    except ValueError:
        return 0.0


def _plain(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum())
