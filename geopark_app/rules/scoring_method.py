"""A method of assessment as data: read from a file, checked, and what each value is made of."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from geopark_app.rules.scoring import ResultClass, Scale

MOST = 1_000
"""Greatest weight, and greatest number of points either way."""
_MOST_LEVELS = 101
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,59}")
_ABOUT = ("title_vi", "title_en", "source", "status_vi", "status_en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """Points that may be given, and what they stand for."""

    points: int
    label_vi: str
    label_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionRule:
    """One criterion of a value with its weight and levels."""

    code: str
    label_vi: str
    label_en: str
    weight: int
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRule:
    """One result of a method.

    Attributes
    ----------
    code, label_vi, label_en : str
        Its name.
    criteria : tuple of CriterionRule
        In order.
    weights_sum : int
        What the weights have to add up to, as the source says it.
    divisor : int
        See `scoring.Scale`.
    is_risk : bool
        Whether its classes are risks: they colour the map.
    classes : tuple of ResultClass
        From the lowest on.
    """

    code: str
    label_vi: str
    label_en: str
    criteria: tuple[CriterionRule, ...]
    weights_sum: int = 100
    divisor: int = 1
    is_risk: bool = False
    classes: tuple[ResultClass, ...] = ()

    @property
    def scale(self) -> Scale:
        """How its sum is read."""
        highest = sum(
            one.weight * max((level.points for level in one.levels), default=0)
            for one in self.criteria
        )
        return Scale(divisor=self.divisor, highest=max(highest, 1), classes=self.classes)


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodRules:
    """A version of a method.

    Attributes
    ----------
    code, version : str
        Together its name in assessments.
    about : mapping of str to str
        Titles, source and status, in both languages.
    values : tuple of ValueRule
        Its results; never added up.
    """

    code: str
    version: str
    about: Mapping[str, str]
    values: tuple[ValueRule, ...]

    @property
    def name(self) -> str:
        """What assessments call it."""
        return f"{self.code}-{self.version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodFault:
    """Why a method is not taken: a code, where, and what stands there."""

    code: str
    where: str
    found: str = ""


class NoMethodError(Exception):
    """The content has not the shape of a method at all; `where` names the part."""

    def __init__(self, where: str) -> None:
        """Keep the part."""
        self.where = where
        super().__init__(where)


def method_from_json(content: object) -> MethodRules:
    """Read a method; numbers and texts are taken as they are and judged by `method_faults`.

    Raises
    ------
    NoMethodError
        Where a list or number is missing.
    """
    whole = _mapping(content, "method")
    return MethodRules(
        code=_text(whole, "id"),
        version=_text(whole, "version"),
        about={name: _text(whole, name) for name in _ABOUT},
        values=tuple(_value(one) for one in _list(whole, "values")),
    )


def method_json(rules: MethodRules) -> dict[str, Any]:
    """Give a method as `method_from_json` reads it."""
    return {
        "id": rules.code,
        "version": rules.version,
        **rules.about,
        "values": [
            {
                "id": one.code,
                "label_vi": one.label_vi,
                "label_en": one.label_en,
                "weights_sum": one.weights_sum,
                "divisor": one.divisor,
                "risk": one.is_risk,
                "classes": [
                    {
                        "id": each.code,
                        "from": str(each.lowest),
                        "label_vi": each.label_vi,
                        "label_en": each.label_en,
                    }
                    for each in one.classes
                ],
                "criteria": [
                    {
                        "id": each.code,
                        "label_vi": each.label_vi,
                        "label_en": each.label_en,
                        "weight": each.weight,
                        "levels": [
                            {
                                "points": level.points,
                                "label_vi": level.label_vi,
                                "label_en": level.label_en,
                            }
                            for level in each.levels
                        ],
                    }
                    for each in one.criteria
                ],
            }
            for one in rules.values
        ],
    }


def method_faults(rules: MethodRules) -> list[MethodFault]:
    """Give everything that speaks against taking a method."""
    faults = [
        MethodFault(code="bad-name", where=name, found=found)
        for name, found in (("id", rules.code), ("version", rules.version))
        if not _NAME.fullmatch(found)
    ]
    faults += [MethodFault(code="missing", where=name) for name in _ABOUT if not rules.about[name]]
    if not rules.values:
        faults.append(MethodFault(code="missing", where="values"))
    faults += _twice("values", [one.code for one in rules.values])
    faults += _twice("criteria", [each.code for one in rules.values for each in one.criteria])
    for value in rules.values:
        faults += _value_faults(value)
    return faults


def _value_faults(value: ValueRule) -> Iterator[MethodFault]:
    if not value.code or not (value.label_vi and value.label_en):
        yield MethodFault(code="missing", where=f"{value.code} label")
    if not value.criteria:
        yield MethodFault(code="missing", where=f"{value.code} criteria")
    if value.divisor < 1:
        yield MethodFault(
            code="bad-number", where=f"{value.code} divisor", found=str(value.divisor)
        )
    found = sum(one.weight for one in value.criteria)
    if found != value.weights_sum:
        yield MethodFault(
            code="weights-sum", where=value.code, found=f"{found} ≠ {value.weights_sum}"
        )
    yield from _twice(f"{value.code} classes", [str(one.lowest) for one in value.classes])
    for criterion in value.criteria:
        yield from _criterion_faults(criterion)


def _criterion_faults(criterion: CriterionRule) -> Iterator[MethodFault]:
    where = criterion.code
    if not where or not (criterion.label_vi and criterion.label_en):
        yield MethodFault(code="missing", where=f"{where} label")
    if not 0 < criterion.weight <= MOST:
        yield MethodFault(code="bad-number", where=f"{where} weight", found=str(criterion.weight))
    if not 2 <= len(criterion.levels) <= _MOST_LEVELS:
        yield MethodFault(code="levels", where=where, found=str(len(criterion.levels)))
    for level in criterion.levels:
        if abs(level.points) > MOST:
            yield MethodFault(code="bad-number", where=where, found=str(level.points))
        if not (level.label_vi and level.label_en):
            yield MethodFault(code="missing", where=f"{where}={level.points}")
    yield from _twice(where, [str(level.points) for level in criterion.levels])


def _twice(where: str, names: Sequence[str]) -> Iterator[MethodFault]:
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield MethodFault(code="twice", where=where, found=name)


def _value(content: object) -> ValueRule:
    one = _mapping(content, "values")
    classes = [_class(each) for each in _list(one, "classes", optional=True)]
    return ValueRule(
        code=_text(one, "id"),
        label_vi=_text(one, "label_vi"),
        label_en=_text(one, "label_en"),
        weights_sum=_whole(one, "weights_sum", 100),
        divisor=_whole(one, "divisor", 1),
        is_risk=str(one.get("risk", "")).strip().casefold() in {"true", "1", "yes", "x", "có"},
        classes=tuple(sorted(classes, key=lambda each: each.lowest)),
        criteria=tuple(_criterion(each) for each in _list(one, "criteria")),
    )


def _class(content: object) -> ResultClass:
    one = _mapping(content, "classes")
    try:
        lowest = Fraction(str(one["from"]).strip().replace(",", "."))
    except (KeyError, ValueError, ZeroDivisionError):
        raise NoMethodError(f"classes {one.get('id', '')} from") from None
    return ResultClass(
        code=_text(one, "id"),
        lowest=lowest,
        label_vi=_text(one, "label_vi"),
        label_en=_text(one, "label_en"),
    )


def _criterion(content: object) -> CriterionRule:
    one = _mapping(content, "criteria")
    levels = [
        Level(
            points=_whole(each, "points"),
            label_vi=_text(each, "label_vi"),
            label_en=_text(each, "label_en"),
        )
        for each in (_mapping(level, "levels") for level in _list(one, "levels", optional=True))
    ]
    if "range" in one:
        levels += _range(one)
    return CriterionRule(
        code=_text(one, "id"),
        label_vi=_text(one, "label_vi"),
        label_en=_text(one, "label_en"),
        weight=_whole(one, "weight"),
        levels=tuple(sorted(levels, key=lambda level: -level.points)),
    )


def _range(content: Mapping[str, Any]) -> list[Level]:
    """Give a level for every whole number from the lowest to the greatest."""
    ends = _list(content, "range")
    where = {"id": content.get("id"), **dict(zip(("low", "high"), ends, strict=False))}
    low, high = _whole(where, "low"), _whole(where, "high")
    if not low <= high < low + _MOST_LEVELS:
        raise NoMethodError(f"{content.get('id', '')} range")
    return [Level(points=n, label_vi=str(n), label_en=str(n)) for n in range(low, high + 1)]


def _mapping(content: object, where: str) -> Mapping[str, Any]:
    if not isinstance(content, Mapping):
        raise NoMethodError(where)
    return content


def _list(content: Mapping[str, Any], name: str, *, optional: bool = False) -> Sequence[Any]:
    found = content.get(name, () if optional else None)
    if not isinstance(found, list | tuple):
        raise NoMethodError(name)
    return found


def _text(content: Mapping[str, Any], name: str) -> str:
    found = content.get(name)
    return "" if found is None else str(found).strip()


def _whole(content: Mapping[str, Any], name: str, default: int | None = None) -> int:
    found = content.get(name)
    if default is not None and (found is None or found == ""):
        return default
    text = "" if isinstance(found, bool) else str(found).strip().removesuffix(".0")
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 6):
        raise NoMethodError(f"{content.get('id', '')} {name}".strip())
    return int(text)
