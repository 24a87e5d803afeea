"""Readiness of a place: a weighted score over its answers, coverage beside it, red on critical.

Source: shared research `readiness_checklist.json` (2026-11): score = Σ weight·value / Σ weight over
answered items; coverage = answered / applicable; a critical item not met makes it red whatever
the score. Weights are a proposal of that research, not UNESCO figures. The formula knows no age:
an answer that became old still counts, is shown grey and asks for a new visit
(`user-expectations.md`, idea 6); how much of the coverage is fresh stands beside it. Several
places together are reckoned over all their answers, never as a mean of scores.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

VALUES: Mapping[str, float] = {"met": 1.0, "partly": 0.5, "not_met": 0.0}
NOT_APPLICABLE = "na"
STALE_AFTER_DAYS = 180
"""A proposal, as in the threshold of item A07; the office sets its own."""
HIGH, MIDDLE = 0.75, 0.40
"""Lower ends of the bands charts and map are coloured by."""


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
    is_stale : bool
        Whether that answer is too old.
    """

    item_uuid: str
    code: str
    group_uuid: str
    weight: int
    critical: bool
    status: str | None
    is_stale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """The result for one place, one group, or several places together.

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
    stale : int
        Answered items whose answer is too old.
    """

    score: float | None
    coverage: float | None
    is_red: bool
    answered: int
    applicable: int
    stale: int = 0

    @property
    def fresh_coverage(self) -> float | None:
        """Give the share of the applicable items whose answer is not too old."""
        return (self.answered - self.stale) / self.applicable if self.applicable else None

    @property
    def band(self) -> str:
        """Give `red`, `high`, `middle`, `low`, or `none` without an answer."""
        if self.is_red:
            return "red"
        if self.score is None:
            return "none"
        return "high" if self.score >= HIGH else "middle" if self.score >= MIDDLE else "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a result is made of; tallies of several places or groups add up."""

    weight: int = 0
    earned: float = 0.0
    answered: int = 0
    applicable: int = 0
    stale: int = 0
    red: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            weight=self.weight + other.weight,
            earned=self.earned + other.earned,
            answered=self.answered + other.answered,
            applicable=self.applicable + other.applicable,
            stale=self.stale + other.stale,
            red=self.red + other.red,
        )

    def result(self) -> Readiness:
        """Give score and coverage."""
        return Readiness(
            score=self.earned / self.weight if self.weight else None,
            coverage=self.answered / self.applicable if self.applicable else None,
            is_red=self.red > 0,
            answered=self.answered,
            applicable=self.applicable,
            stale=self.stale,
        )


def tally(items: Iterable[ItemResult]) -> Tally:
    """Add up items; "does not apply" counts neither way."""
    weight = answered = applicable = stale = red = 0
    earned = 0.0
    for item in items:
        if item.status == NOT_APPLICABLE:
            continue
        applicable += 1
        value = VALUES.get(item.status or "")
        if value is not None:
            answered += 1
            weight += item.weight
            earned += item.weight * value
            stale += item.is_stale
            red += item.critical and item.status == "not_met"
    return Tally(
        weight=weight, earned=earned, answered=answered, applicable=applicable, stale=stale, red=red
    )


def readiness(items: Iterable[ItemResult]) -> Readiness:
    """Give the readiness over the items; "does not apply" counts neither way."""
    return tally(items).result()


def together(tallies: Iterable[Tally]) -> Tally:
    """Add up the tallies of several places or groups."""
    return sum(tallies, start=Tally())


def is_stale(answered_on: date | None, today: date, after_days: int) -> bool:
    """Say whether an answer is too old: more than so many days; one without a day is."""
    return answered_on is None or (today - answered_on).days > after_days


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedAnswer:
    """One answer as the trend needs it.

    Attributes
    ----------
    day : date
        When it was given.
    place : str
        Where.
    item : str
        To what.
    order : tuple of str
        Of two answers to one item the one with the greater order stands.
    status : str
        The answer.
    """

    day: date
    place: str
    item: str
    order: tuple[str, ...]
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """The readiness at the end of a day on which something was answered."""

    day: date
    readiness: Readiness


def trend(
    answers: Iterable[DatedAnswer],
    places: Iterable[str],
    tally_of: Callable[[str, Mapping[str, str]], Tally],
) -> list[TrendPoint]:
    """Give the readiness of places together after each day with answers, oldest first.

    `tally_of` adds up one place from the statuses known by then, by item.
    """
    known: dict[str, dict[str, tuple[tuple[str, ...], str]]] = {place: {} for place in places}
    tallies = {place: tally_of(place, {}) for place in known}
    by_day: dict[date, list[DatedAnswer]] = {}
    for answer in answers:
        if answer.place in known:
            by_day.setdefault(answer.day, []).append(answer)
    points = []
    for day in sorted(by_day):
        for answer in by_day[day]:
            held = known[answer.place].get(answer.item)
            if held is None or held[0] <= answer.order:
                known[answer.place][answer.item] = (answer.order, answer.status)
        for place in {answer.place for answer in by_day[day]}:
            tallies[place] = tally_of(place, {key: told for key, (_, told) in known[place].items()})
        points.append(TrendPoint(day=day, readiness=together(tallies.values()).result()))
    return points
