"""Points of an evaluation form: items, caps of groups, categories and the weighted score.

Source: GGN Annex 1 (Form A, April 2010): score = Σ weight · obtained / greatest points of each
category; half of the points is needed in every category. A group's points are the smaller of the
sum of its items and its cap, so items may add up to more (Jeju study, 2018). A category's greatest
points are those typed in, never assumed; what is still to be typed in gives no points and no score.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

SINGLE, MULTI, COUNT = "single", "multi", "count"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRule:
    """How one item gives points.

    Attributes
    ----------
    code : str
        Such as `1.1.2.a`.
    answer_type : str
        `single`, `multi` or `count`.
    max_points : int
        More is never given.
    options : mapping of str to int
        Points by option code.
    per_unit : int
        Points for each thing counted.
    is_typed : bool
        Whether its points are known; without, an answer has none.
    """

    code: str
    answer_type: str
    max_points: int
    options: Mapping[str, int] = field(default_factory=dict)
    per_unit: int = 0
    is_typed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRule:
    """Items with a common cap; without one (None) their sum counts."""

    code: str
    max_points: int | None
    items: tuple[ItemRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRule:
    """Groups with a weight in percent and a line to reach, in percent of `max_points`.

    A weight, greatest number of points or line of 0 is not known yet.
    """

    code: str
    weight: int
    max_points: int
    minimum_percent: int
    groups: tuple[GroupRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAnswer:
    """What was answered to one item.

    Attributes
    ----------
    chosen : collection of str
        Option codes.
    counted : int or None
        Things counted.
    has_evidence : bool
        Whether evidence stands behind it.
    evaluator_points : int or None
        What the evaluators gave.
    """

    chosen: Collection[str] = ()
    counted: int | None = None
    has_evidence: bool = False
    evaluator_points: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Points of one column, own or evaluators': by item, by group and by category."""

    items: Mapping[str, int]
    groups: Mapping[str, int]
    categories: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryResult:
    """Points of one category in the own column, and what they are worth.

    Attributes
    ----------
    code : str
        Of the category.
    obtained, max_points : int
        Points.
    weight : int
        Percent of the whole score.
    answered, items : int
        How many of the items have an answer.
    meets_minimum : bool
        Whether the line is reached.
    """

    code: str
    obtained: int
    max_points: int
    weight: int
    answered: int
    items: int
    meets_minimum: bool

    @property
    def is_typed(self) -> bool:
        """Whether weight and greatest points are known: without them there is no score."""
        return bool(self.weight and self.max_points)

    @property
    def share(self) -> float:
        """Obtained / greatest points, 0 to 1."""
        return self.obtained / self.max_points if self.max_points else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FormResult:
    """The whole form.

    Attributes
    ----------
    categories : tuple of CategoryResult
        In their order.
    score, evaluator_score : float
        Weighted, 0 to 100.
    own : Column
        Points of the geopark's own answers.
    evaluators : Column
        Points the evaluators gave.
    claimed : tuple of str
        Items with points and no evidence.
    unanswered : tuple of str
        Items without an answer.
    untyped : tuple of str
        Categories whose weight or greatest points, and items whose points, are to be typed in.
    """

    categories: tuple[CategoryResult, ...]
    score: float
    evaluator_score: float
    own: Column
    evaluators: Column
    claimed: tuple[str, ...]
    unanswered: tuple[str, ...]
    untyped: tuple[str, ...] = ()


def item_points(rule: ItemRule, answer: ItemAnswer) -> int:
    """Give the points of one answer, never more than the item's greatest."""
    if rule.answer_type == COUNT:
        points = rule.per_unit * max(0, answer.counted or 0)
    else:
        points = sum(rule.options.get(code, 0) for code in set(answer.chosen))
    return min(points, rule.max_points)


def refusal(rule: ItemRule, answer: ItemAnswer) -> str | None:
    """Say which value an item does not take: `chosen`, `counted` or `evaluator_points`; or None."""
    if any(code not in rule.options for code in answer.chosen):
        return "chosen"
    if rule.answer_type == SINGLE and len(set(answer.chosen)) > 1:
        return "chosen"
    if answer.counted is not None and (rule.answer_type != COUNT or answer.counted < 0):
        return "counted"
    given = answer.evaluator_points
    if given is not None and not (given >= 0 and (given <= rule.max_points or not rule.is_typed)):
        return "evaluator_points"
    return None


def evaluate(categories: Sequence[CategoryRule], answers: Mapping[str, ItemAnswer]) -> FormResult:
    """Give points, weighted scores, and what is claimed or open."""
    rules = [item for one in categories for group in one.groups for item in group.items]
    own = {
        rule.code: item_points(rule, answers[rule.code])
        for rule in rules
        if rule.code in answers and _is_answered(answers[rule.code])
    }
    given = {
        rule.code: min(points, rule.max_points) if rule.is_typed else points
        for rule in rules
        if rule.code in answers and (points := answers[rule.code].evaluator_points) is not None
    }
    own_column, evaluators = _column(categories, own), _column(categories, given)
    results = tuple(_result(one, own_column) for one in categories)
    untyped = [one.code for one in results if not one.is_typed]
    return FormResult(
        categories=results,
        score=_score(categories, own_column),
        evaluator_score=_score(categories, evaluators),
        own=own_column,
        evaluators=evaluators,
        claimed=tuple(
            code for code, points in own.items() if points and not answers[code].has_evidence
        ),
        unanswered=tuple(rule.code for rule in rules if rule.code not in own),
        untyped=(*untyped, *(rule.code for rule in rules if not rule.is_typed)),
    )


def _is_answered(answer: ItemAnswer) -> bool:
    return bool(answer.chosen) or answer.counted is not None


def _column(categories: Sequence[CategoryRule], items: Mapping[str, int]) -> Column:
    groups: dict[str, int] = {}
    totals: dict[str, int] = {}
    for category in categories:
        for group in category.groups:
            points = sum(items.get(item.code, 0) for item in group.items)
            cap = group.max_points
            groups[group.code] = points if cap is None else min(points, cap)
        total = sum(groups[group.code] for group in category.groups)
        cap = category.max_points
        totals[category.code] = min(total, cap) if cap else total
    return Column(items=items, groups=groups, categories=totals)


def _score(categories: Sequence[CategoryRule], column: Column) -> float:
    return sum(
        one.weight * column.categories[one.code] / one.max_points
        for one in categories
        if one.max_points
    )


def _result(category: CategoryRule, own: Column) -> CategoryResult:
    codes = [item.code for group in category.groups for item in group.items]
    obtained = own.categories[category.code]
    return CategoryResult(
        code=category.code,
        obtained=obtained,
        max_points=category.max_points,
        weight=category.weight,
        answered=sum(code in own.items for code in codes),
        items=len(codes),
        meets_minimum=category.max_points > 0
        and obtained * 100 >= category.minimum_percent * category.max_points,
    )
