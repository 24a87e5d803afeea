"""Totals of a quantitative assessment: Brilha 2016, Geoheritage 8:119-134."""

from collections.abc import Mapping

_LOW, _MODERATE = 200, 300
_NATIONAL, _INTERNATIONAL = 200, 300


def total(points: Mapping[str, int | None], weights: Mapping[str, int]) -> int | None:
    """Give the sum of weight × points (0 to 400), or None while a criterion has no points.

    A criterion not yet scored is unknown and never 0.
    """
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
