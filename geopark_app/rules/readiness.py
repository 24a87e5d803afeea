"""Readiness of a place: a weighted score over its answers, coverage beside it, red on critical.

Source: shared research `readiness_checklist.json` (2026-11): score = Σ weight·value / Σ weight over
answered items; coverage = answered / applicable; a critical item not met makes it red whatever
the score. Weights are a proposal of that research, not UNESCO figures.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

VALUES: Mapping[str, float] = {"met": 1.0, "partly": 0.5, "not_met": 0.0}
NOT_APPLICABLE = "na"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """One item with its newest answer.

    Attributes
    ----------
    item_uuid, code, group_uuid : str
        The item.
    weight : int
        Its weight.
    critical : bool
        Whether not meeting it makes the place red.
    status : str or None
        Newest answer, or None when never checked.
    """

    item_uuid: str
    code: str
    group_uuid: str
    weight: int
    critical: bool
    status: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """The result for one place or one group.

    Attributes
    ----------
    score : float or None
        0 to 1, or None when nothing was answered.
    coverage : float or None
        Answered / applicable items, 0 to 1, or None when nothing applies.
    is_red : bool
        Whether a critical item is not met.
    answered, applicable : int
        Counts of items.
    """

    score: float | None
    coverage: float | None
    is_red: bool
    answered: int
    applicable: int


def readiness(items: Iterable[ItemResult]) -> Readiness:
    """Give the readiness over the items; "does not apply" counts neither way."""
    counted = [item for item in items if item.status != NOT_APPLICABLE]
    answered = [item for item in counted if item.status in VALUES]
    weight = sum(item.weight for item in answered)
    earned = sum(item.weight * VALUES[item.status or ""] for item in answered)
    return Readiness(
        score=earned / weight if weight else None,
        coverage=len(answered) / len(counted) if counted else None,
        is_red=any(item.critical and item.status == "not_met" for item in answered),
        answered=len(answered),
        applicable=len(counted),
    )
