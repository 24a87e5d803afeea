"""Readiness worked out by hand: weighted score, coverage beside it, red on a critical item."""

import pytest

from geopark_app.rules.readiness import ItemResult, readiness


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
