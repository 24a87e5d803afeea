"""Quantitative assessment: Brilha 2016, Geoheritage 8:119-134, and the relevance of GEOSSIT.

A criterion not yet scored is unknown and never 0; a value with one unscored criterion has no total.
SV, PEU, PTU and DR are four results and are never added up. Limits of the classes: the Lebak 2019
report (Indonesian Geological Survey) and GEOSSIT record 2339; 200 exactly is undefined there and
counts as low here.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

HIGHEST = 400
"""Greatest total: weights sum to 100, points go to 4."""

_LOW, _MODERATE = 200, 300
_NATIONAL, _INTERNATIONAL = 200, 300

# Upper limits in metres or inhabitants per km², with the points below them.
_THREAT_M = ((50, 4), (200, 3), (500, 2), (1000, 1))
_PAVED_WITH_BUSES_M, _PAVED_M, _BUS_ROAD_M = 100, 500, 1000
# Whole inhabitants: 1,000 itself still belongs to the third class.
_DENSITY = ((100, 1), (250, 2), (1001, 3))
_DENSEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultClass:
    """A class of results: its code, from which score on, and its name for people.

    Names are empty for the classes the program has words for.
    """

    code: str
    lowest: Fraction
    label_vi: str = ""
    label_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How the sum of weight × points of one value is read.

    Attributes
    ----------
    divisor : int
        The score is the sum divided by it; 1 for the sum itself.
    highest : int
        Greatest sum, for bars and percent.
    classes : tuple of ResultClass
        From the lowest on; empty when the method has none.
    """

    divisor: int = 1
    highest: int = HIGHEST
    classes: tuple[ResultClass, ...] = ()

    def class_of(self, total: int | None) -> ResultClass | None:
        """Give the class of a sum; None without one."""
        if total is None:
            return None
        score = Fraction(total, self.divisor)
        reached = [one for one in self.classes if one.lowest <= score]
        return max(reached, key=lambda one: one.lowest) if reached else None


def _brilha(**lowest: int) -> Scale:
    classes = [ResultClass(code=code, lowest=Fraction(start)) for code, start in lowest.items()]
    return Scale(classes=tuple(classes))


BRILHA_SCALES: Mapping[str, Scale] = {
    "SV": _brilha(not_geosite=0, national=_NATIONAL, international=_INTERNATIONAL + 1),
    "PEU": _brilha(regional_local=0, national=_NATIONAL),
    "PTU": _brilha(regional_local=0, national=_NATIONAL),
    "DR": _brilha(low=0, moderate=_LOW + 1, high=_MODERATE + 1),
}
"""Risk classes of DR; relevance after GEOSSIT of the others."""

RISK_VALUE = "DR"
"""The value of Brilha 2016 whose classes colour the map."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalTerm:
    """One term of a total: weight × points.

    Attributes
    ----------
    criterion : str
        Its code, such as `SV.integrity`.
    weight : int
        Percent of the total.
    points : int or None
        0 to 4; None while unscored.
    """

    criterion: str
    weight: int
    points: int | None

    @property
    def product(self) -> int | None:
        """Weight × points; None while unscored."""
        return None if self.points is None else self.weight * self.points


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueTotal:
    """One of the four results with the terms it comes from.

    Attributes
    ----------
    value : str
        SV, PEU, PTU or DR.
    terms : tuple of TotalTerm
        Every criterion in its order.
    total : int or None
        Sum of weight × points, 0 to 400 by Brilha 2016; None while a criterion is unscored.
    scale : Scale
        How the sum is read.
    """

    value: str
    terms: tuple[TotalTerm, ...]
    total: int | None
    scale: Scale = Scale()

    @property
    def percent(self) -> float | None:
        """The total as a share of the greatest, in percent, as the Lebak report prints it."""
        return None if self.total is None else self.total * 100 / self.scale.highest

    @property
    def score(self) -> float | None:
        """The total divided as the method says; the total itself where it says nothing."""
        return None if self.total is None else self.total / self.scale.divisor

    @property
    def missing(self) -> tuple[str, ...]:
        """Criteria without points."""
        return tuple(term.criterion for term in self.terms if term.points is None)

    @property
    def result_class(self) -> str | None:
        """Code of the class of the total: risk or relevance; None without one."""
        found = self.scale.class_of(self.total)
        return found.code if found else None


def value_total(
    value: str,
    weights: Mapping[str, int],
    points: Mapping[str, int | None],
    scale: Scale | None = None,
) -> ValueTotal:
    """Give the result of one value with its terms; without a scale, that of Brilha 2016."""
    terms = tuple(
        TotalTerm(criterion=name, weight=weight, points=points.get(name))
        for name, weight in weights.items()
    )
    return ValueTotal(
        value=value,
        terms=terms,
        total=total(points, weights),
        scale=scale or BRILHA_SCALES.get(value, Scale()),
    )


def total(points: Mapping[str, int | None], weights: Mapping[str, int]) -> int | None:
    """Give the sum of weight × points (0 to 400), or None while a criterion has no points."""
    if not weights or any(points.get(name) is None for name in weights):
        return None
    return sum(weight * (points[name] or 0) for name, weight in weights.items())


def risk_class(dr_total: int | None) -> str | None:
    """Give the class of a degradation risk: up to 200 low, up to 300 moderate, else high."""
    if dr_total is None:
        return None
    if dr_total <= _LOW:
        return "low"
    return "moderate" if dr_total <= _MODERATE else "high"


def derived_relevance(sv_total: int | None) -> str | None:
    """Give the relevance the scientific value speaks for, after GEOSSIT.

    From 200 on national, above 300 international; below, scientific value alone gives none.
    """
    if sv_total is None or sv_total < _NATIONAL:
        return None
    return "international" if sv_total > _INTERNATIONAL else "national"


def potential_relevance(potential_total: int | None) -> str | None:
    """Give the relevance of an educational or touristic potential, after GEOSSIT."""
    if potential_total is None:
        return None
    return "national" if potential_total >= _NATIONAL else "regional_local"


def ranks(totals: Sequence[int | None]) -> list[int | None]:
    """Give the place of each total, the greatest first; equal ones share it, None has none."""
    scored = sorted((one for one in totals if one is not None), reverse=True)
    return [None if one is None else scored.index(one) + 1 for one in totals]


def spread(scorings: Sequence[Mapping[str, int | None]]) -> dict[str, tuple[int, int]]:
    """Give lowest and highest points of each criterion on which assessors differ."""
    found: dict[str, tuple[int, int]] = {}
    for criterion in dict.fromkeys(name for scoring in scorings for name in scoring):
        given = [points for one in scorings if (points := one.get(criterion)) is not None]
        if given and min(given) != max(given):
            found[criterion] = (min(given), max(given))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """What is known of a site that speaks for points.

    Attributes
    ----------
    distance_paved_road_m, distance_bus_road_m, distance_to_threat_m : int or None
        Metres.
    bus_parking, access_control, is_protected : bool or None
        Yes, no or not known.
    population_density : int or None
        Inhabitants per km² of the commune.
    """

    distance_paved_road_m: int | None = None
    distance_bus_road_m: int | None = None
    bus_parking: bool | None = None
    population_density: int | None = None
    distance_to_threat_m: int | None = None
    access_control: bool | None = None
    is_protected: bool | None = None


FACTS_OF: Mapping[str, tuple[str, ...]] = {
    "accessibility": ("distance_paved_road_m", "distance_bus_road_m", "bus_parking"),
    "population_density": ("population_density",),
    "proximity_threats": ("distance_to_threat_m",),
    "legal_protection": ("is_protected", "access_control"),
}
"""Which facts speak for the points of a criterion."""


def unexplained(
    points: Mapping[str, int | None], remarks: Collection[str], proposed: Mapping[str, int]
) -> list[str]:
    """Give the criteria whose points are others than the facts speak for, without a remark."""
    return [
        criterion
        for criterion, given in points.items()
        if given is not None and given != proposed.get(criterion, given)
        if criterion not in remarks
    ]


def proposed_points(facts: SiteFacts) -> dict[str, int]:
    """Give the points the facts speak for, by criterion without its value (`accessibility`).

    Source: the indicator table of DR (KOFHIN project, citing Brilha 2016); access and density use
    the same scale in PEU and PTU. The expert decides; what is not known proposes nothing.
    """
    found = {
        "accessibility": _access_points(facts),
        "population_density": _density_points(facts.population_density),
        "proximity_threats": _threat_points(facts.distance_to_threat_m),
        "legal_protection": _protection_points(facts),
    }
    return {criterion: points for criterion, points in found.items() if points is not None}


def _access_points(facts: SiteFacts) -> int | None:
    paved, bus_road = facts.distance_paved_road_m, facts.distance_bus_road_m
    if paved is not None and paved < _PAVED_WITH_BUSES_M and facts.bus_parking:
        return 4
    if paved is not None and paved < _PAVED_M:
        return 3
    if bus_road is None:
        return None
    if bus_road == 0:
        return 2
    return 1 if bus_road < _BUS_ROAD_M else 0


def _density_points(per_km2: int | None) -> int | None:
    if per_km2 is None:
        return None
    return next((points for limit, points in _DENSITY if per_km2 < limit), _DENSEST)


def _threat_points(distance_m: int | None) -> int | None:
    if distance_m is None:
        return None
    return next((points for limit, points in _THREAT_M if distance_m < limit), 0)


def _protection_points(facts: SiteFacts) -> int | None:
    if facts.is_protected is None or facts.access_control is None:
        return None
    return 4 - 2 * facts.is_protected - facts.access_control


def refused_points(
    points: Mapping[str, int | None], allowed: Mapping[str, Iterable[int]]
) -> list[str]:
    """Give the criteria that do not exist or whose points the method does not offer."""
    return [
        criterion
        for criterion, given in points.items()
        if criterion not in allowed or (given is not None and given not in set(allowed[criterion]))
    ]
