"""The form's arithmetic on a small form worked out by hand: caps, weights, lines, evidence."""

import json
from pathlib import Path

import pytest

from geopark_app.rules.evaluation import (
    COUNT,
    MULTI,
    SINGLE,
    CategoryRule,
    GroupRule,
    ItemAnswer,
    ItemRule,
    evaluate,
    item_points,
    refusal,
)

ROOT = Path(__file__).resolve().parents[2]
YES_NO = {"0": 0, "1": 60}
SITES = ItemRule(
    code="a.1.a", answer_type=SINGLE, max_points=200, options={"0": 0, "1": 100, "2": 200}
)
PERIODS = ItemRule(code="a.2.a", answer_type=COUNT, max_points=50, per_unit=5)
PARTS = ItemRule(
    code="b.1.a", answer_type=MULTI, max_points=50, options={"0": 20, "1": 20, "2": 20}
)
RULES = ItemRule(code="b.1.b", answer_type=SINGLE, max_points=60, options=YES_NO)
OTHER = ItemRule(code="b.1.c", answer_type=SINGLE, max_points=60, options=YES_NO)
FORM = (
    CategoryRule(
        code="a",
        weight=40,
        max_points=250,
        minimum_percent=50,
        groups=(
            GroupRule(code="a.1", max_points=200, items=(SITES,)),
            GroupRule(code="a.2", max_points=50, items=(PERIODS,)),
        ),
    ),
    CategoryRule(
        code="b",
        weight=60,
        max_points=200,
        minimum_percent=50,
        groups=(GroupRule(code="b.1", max_points=120, items=(PARTS, RULES, OTHER)),),
    ),
)


def test_a_form_worked_out_by_hand() -> None:
    answers = {
        "a.1.a": ItemAnswer(chosen=["1"], has_evidence=True, evaluator_points=100),
        "a.2.a": ItemAnswer(counted=7, evaluator_points=30),
        "b.1.a": ItemAnswer(chosen=["0", "2"], has_evidence=True),
        "b.1.b": ItemAnswer(chosen=["1"], has_evidence=True),
        "b.1.c": ItemAnswer(chosen=["1"]),
    }
    found = evaluate(FORM, answers)
    # a: 100 + 7·5 = 135 of 250; b: 40 + 60 + 60 = 160, capped at 120 of 200
    assert [(one.obtained, one.meets_minimum) for one in found.categories] == [
        (135, True),
        (120, True),
    ]
    # 40 · 135/250 + 60 · 120/200 = 21.6 + 36
    assert found.score == pytest.approx(57.6)
    # evaluators: 40 · 130/250 = 20.8
    assert found.evaluator_score == pytest.approx(20.8)
    assert found.claimed == ("a.2.a", "b.1.c")
    assert found.unanswered == ()


def test_nothing_answered_is_nothing_and_no_line_is_reached() -> None:
    found = evaluate(FORM, {})
    assert (found.score, found.evaluator_score, found.claimed) == (0, 0, ())
    assert [one.meets_minimum for one in found.categories] == [False, False]
    assert found.unanswered == ("a.1.a", "a.2.a", "b.1.a", "b.1.b", "b.1.c")
    assert [(one.answered, one.items, one.share) for one in found.categories] == [
        (0, 2, 0.0),
        (0, 3, 0.0),
    ]


def test_a_no_is_an_answer_without_points_and_needs_no_evidence() -> None:
    found = evaluate(FORM, {"b.1.b": ItemAnswer(chosen=["0"])})
    assert "b.1.b" not in found.unanswered
    assert found.claimed == ()


def test_the_line_is_reached_at_exactly_half() -> None:
    answers = {"b.1.a": ItemAnswer(chosen=["0", "1", "2"]), "b.1.b": ItemAnswer(chosen=["1"])}
    found = evaluate(FORM, answers)
    # 60 points of three parts are capped at the item's 50; 50 + 60 = 110 of 200
    assert found.categories[1].obtained == 110
    assert found.categories[1].meets_minimum
    assert evaluate(FORM, {"a.1.a": ItemAnswer(chosen=["1"])}).categories[0].meets_minimum is False


def test_a_category_without_points_gives_none() -> None:
    empty = (CategoryRule(code="a", weight=100, max_points=0, minimum_percent=50, groups=()),)
    assert evaluate(empty, {}).score == 0
    assert evaluate(empty, {}).categories[0].share == 0


def test_what_is_to_be_typed_in_gives_no_points_and_no_line() -> None:
    item = ItemRule(
        code="1.a", answer_type=SINGLE, max_points=0, options={"0": 0, "1": 0}, is_typed=False
    )
    group = GroupRule(code="1", max_points=None, items=(item, RULES))
    open_form = (
        CategoryRule(code="1", weight=0, max_points=0, minimum_percent=0, groups=(group,)),
    )
    answers = {
        "1.a": ItemAnswer(chosen=["1"], evaluator_points=30),
        "b.1.b": ItemAnswer(chosen=["1"]),
    }
    found = evaluate(open_form, answers)
    assert found.untyped == ("1", "1.a")
    assert (found.categories[0].is_typed, found.categories[0].meets_minimum) == (False, False)
    # no cap and no maximum are known: what is known is added up, and there is no score
    assert (found.categories[0].obtained, found.score) == (60, 0)
    assert found.evaluators.items == {"1.a": 30}
    assert evaluate(FORM, {}).untyped == ()
    assert refusal(item, ItemAnswer(evaluator_points=30)) is None


@pytest.mark.parametrize(
    ("rule", "answer", "points"),
    [
        (SITES, ItemAnswer(chosen=["2"]), 200),
        (PERIODS, ItemAnswer(counted=11), 50),
        (PERIODS, ItemAnswer(counted=-3), 0),
        (PARTS, ItemAnswer(chosen=["0", "0"]), 20),
    ],
)
def test_points_of_an_item(rule: ItemRule, answer: ItemAnswer, points: int) -> None:
    assert item_points(rule, answer) == points


@pytest.mark.parametrize(
    ("rule", "answer", "field"),
    [
        (SITES, ItemAnswer(chosen=["1", "2"]), "chosen"),
        (SITES, ItemAnswer(chosen=["9"]), "chosen"),
        (SITES, ItemAnswer(counted=3), "counted"),
        (PERIODS, ItemAnswer(counted=-1), "counted"),
        (PERIODS, ItemAnswer(counted=1, evaluator_points=51), "evaluator_points"),
        (PERIODS, ItemAnswer(evaluator_points=-1), "evaluator_points"),
        (PARTS, ItemAnswer(chosen=["0", "1"], evaluator_points=50), None),
        (PERIODS, ItemAnswer(counted=4), None),
    ],
)
def test_answers_an_item_does_not_take(
    rule: ItemRule, answer: ItemAnswer, field: str | None
) -> None:
    assert refusal(rule, answer) == field


def test_the_shipped_progress_evaluation_holds_no_number_that_was_not_read() -> None:
    form = json.loads((ROOT / "resources" / "forms" / "form_b.json").read_text(encoding="utf-8"))
    assert (form["document"], len(form["categories"]), len(form["items"])) == ("B", 6, 3)
    assert "PROVISIONAL" in form["status_en"]
    assert "TẠM TÍNH" in form["status_vi"]
    rows = [*form["categories"], *form["groups"], *form["items"]]
    rows += [option for item in form["items"] for option in item["options"]]
    numbers = [row.get(name) for row in rows for name in ("weight", "max_points", "points")]
    assert {one for one in numbers if one is not None} == set()
    assert all("to be typed in" in row["points_status"] for row in rows if "points" not in row)


def test_the_shipped_form_is_whole_and_says_what_is_not_confirmed() -> None:
    form = json.loads((ROOT / "resources" / "forms" / "form_a.json").read_text(encoding="utf-8"))
    weights = [one["weight"] for one in form["categories"]]
    assert weights == [5, 20, 10, 25, 15, 15, 10]
    assert (len(form["groups"]), len(form["items"])) == (42, 152)
    assert "PROVISIONAL" in form["status_en"]
    assert "TẠM TÍNH" in form["status_vi"]
    verified = [item["id"] for item in form["items"] if item["points_status"] == "verified"]
    assert verified == ["1.1.1.a", "1.1.2.a"]
    groups = {group["id"] for group in form["groups"]}
    for item in form["items"]:
        assert item["group"] in groups
        if item["answer_type"] == COUNT:
            assert item["per_unit"] > 0
        else:
            points = [option["points"] for option in item["options"]]
            most = sum(points) if item["answer_type"] == MULTI else max(points)
            assert most == item["max_points"], item["id"]
