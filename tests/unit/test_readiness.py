"""Readiness worked out by hand: weighted score, coverage beside it, red on a critical item."""

from dataclasses import replace
from datetime import date

import pytest

from geopark_app.rules.readiness import (
    DatedAnswer,
    ItemResult,
    Tally,
    is_stale,
    readiness,
    tally,
    together,
    trend,
)


def item(status: str | None, *, weight: int = 1, critical: bool = False) -> ItemResult:
    return ItemResult(
        item_uuid="i", code="B01", group_uuid="g", weight=weight, critical=critical, status=status
    )


@pytest.mark.parametrize(
    ("items", "score", "coverage", "answered", "applicable"),
    [
        ([], None, None, 0, 0),
        ([item(None)], None, 0.0, 0, 1),
        ([item("na")], None, None, 0, 0),
        ([item("not_checked")], None, 0.0, 0, 1),
        ([item("something from a later version")], None, 0.0, 0, 1),
        ([item("met")], 1.0, 1.0, 1, 1),
        ([item("partly")], 0.5, 1.0, 1, 1),
        ([item("not_met")], 0.0, 1.0, 1, 1),
        # (3·1 + 2·0.5 + 1·0) / (3 + 2 + 1) = 4/6; the unanswered one lowers coverage only
        (
            [item("met", weight=3), item("partly", weight=2), item("not_met"), item(None)],
            4 / 6, 3 / 4, 3, 4,
        ),
        # "does not apply" counts neither way, however heavy
        ([item("met"), item("na", weight=9), item(None)], 1.0, 0.5, 1, 2),
        ([item("met", weight=0)], None, 1.0, 1, 1),
    ],
)  # fmt: skip
def test_score_and_coverage(
    items: list[ItemResult],
    score: float | None,
    coverage: float | None,
    answered: int,
    applicable: int,
) -> None:
    result = readiness(items)
    assert result.score == (None if score is None else pytest.approx(score))
    assert result.coverage == (None if coverage is None else pytest.approx(coverage))
    assert (result.answered, result.applicable) == (answered, applicable)


@pytest.mark.parametrize(
    ("status", "critical", "red"),
    [
        ("not_met", True, True),
        ("not_met", False, False),
        ("partly", True, False),
        ("met", True, False),
        ("na", True, False),
        (None, True, False),
    ],
)
def test_a_critical_item_not_met_makes_it_red_whatever_the_score(
    status: str | None, critical: bool, red: bool
) -> None:
    others = [item("met", weight=5) for _ in range(20)]
    assert readiness([*others, item(status, critical=critical)]).is_red is red


def test_an_old_answer_still_counts_and_is_told() -> None:
    old = replace(item("met", weight=3), is_stale=True)
    result = readiness([old, item("not_met"), item(None), replace(item("na"), is_stale=True)])
    # score (3·1 + 1·0) / 4 as the formula says, age or not; fresh is 1 answer of 3 items
    assert (result.score, result.coverage, result.stale) == (0.75, 2 / 3, 1)
    assert result.fresh_coverage == pytest.approx(1 / 3)
    assert readiness([]).fresh_coverage is None


@pytest.mark.parametrize(
    ("answered_on", "stale"),
    [
        # 180 days before 23 November 2026 is 27 May 2026
        (date(2026, 5, 27), False),
        (date(2026, 5, 26), True),
        (date(2026, 11, 23), False),
        (None, True),
    ],
)
def test_an_answer_is_too_old_after_more_than_so_many_days(
    answered_on: date | None, stale: bool
) -> None:
    assert is_stale(answered_on, date(2026, 11, 23), 180) is stale


@pytest.mark.parametrize(
    ("items", "band"),
    [
        ([], "none"),
        ([item("met", weight=3), item("not_met")], "high"),
        ([item("partly")], "middle"),
        ([item("met", weight=2), item("not_met", weight=3)], "middle"),
        ([item("met", weight=39), item("not_met", weight=61)], "low"),
        ([item("met", weight=9), item("not_met", critical=True)], "red"),
    ],
)
def test_bands(items: list[ItemResult], band: str) -> None:
    assert readiness(items).band == band


def test_places_together_are_reckoned_over_all_answers_not_as_a_mean() -> None:
    one = tally([item("met", weight=8)])
    other = tally([item("not_met", weight=2, critical=True), item(None)])
    whole = together([one, other]).result()
    # (8·1 + 2·0) / (8 + 2) = 0.8; the mean of 1.0 and 0.0 would be 0.5
    assert (whole.score, whole.coverage, whole.is_red) == (0.8, 2 / 3, True)
    assert together([]) == Tally()


def test_the_trend_is_the_readiness_after_each_day() -> None:
    answers = [
        DatedAnswer(day=date(2026, 3, 1), place="a", item="x", order=("1",), status="not_met"),
        DatedAnswer(day=date(2026, 5, 1), place="b", item="x", order=("1",), status="met"),
        DatedAnswer(day=date(2026, 5, 1), place="a", item="x", order=("2",), status="partly"),
        # an old visit typed in later says nothing about now
        DatedAnswer(day=date(2026, 6, 1), place="a", item="x", order=("0",), status="not_met"),
        DatedAnswer(day=date(2026, 6, 1), place="gone", item="x", order=("9",), status="met"),
    ]
    points = trend(answers, ["a", "b"], lambda _place, told: tally([item(told.get("x"), weight=2)]))
    assert [(one.day.month, one.readiness.score, one.readiness.coverage) for one in points] == [
        # March: a 0 of 2, b not visited; May: (2·0.5 + 2·1) / 4
        (3, 0.0, 0.5),
        (5, 0.75, 1.0),
        (6, 0.75, 1.0),
    ]
