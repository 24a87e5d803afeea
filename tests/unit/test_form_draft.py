"""A form typed in: what is wrong with it, row by row, and when it is in order."""

from dataclasses import replace

import pytest

from geopark_app.rules.counted_things import languages_in, option_reached, percent_of, period_of
from geopark_app.rules.form_draft import DraftRow, FormDraft, form_faults


def row(level: str, code: str, **more: object) -> DraftRow:
    return DraftRow(level=level, code=code, label_vi="a", label_en="a", **more)  # type: ignore[arg-type]


GOOD = FormDraft(
    edition="form-b-2027",
    document="B",
    title_vi="Biểu B",
    title_en="Form B",
    source="Ban thư ký, 3/2027",
    rows=(
        row("category", "1", weight=60, max_points=150, minimum_percent=50),
        row("group", "1.1", max_points=100),
        row("item", "1.1.a", answer_type="yes_no", max_points=60),
        row("item", "1.1.b", answer_type="single", max_points=40),
        row("option", "0", max_points=0),
        row("option", "1", max_points=40),
        row("group", "1.2", max_points=50),
        row("item", "1.2.a", answer_type="count", max_points=50, per_unit=5),
        row("category", "2", weight=40, max_points=60, minimum_percent=50),
        row("group", "2.1", max_points=60),
        row("item", "2.1.a", answer_type="multi", max_points=60),
        row("option", "0", max_points=30),
        row("option", "1", max_points=40),
    ),
)


def faults(**more: object) -> set[str]:
    return {one.code for one in form_faults(replace(GOOD, **more))}  # type: ignore[arg-type]


def with_row(number: int, **more: object) -> set[str]:
    rows = list(GOOD.rows)
    rows[number - 1] = replace(rows[number - 1], **more)  # type: ignore[arg-type]
    return faults(rows=tuple(rows))


def test_a_form_in_order_has_no_fault() -> None:
    assert form_faults(GOOD) == []


def test_a_form_whose_numbers_are_not_known_is_taken_too() -> None:
    empty = tuple(
        replace(one, weight=None, max_points=None, minimum_percent=None, per_unit=None)
        for one in GOOD.rows
    )
    assert faults(rows=empty) == set()


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"edition": "Form B"}, "edition"),
        ({"document": "C"}, "document"),
        ({"title_en": ""}, "missing"),
        ({"source": ""}, "missing"),
        ({"rows": ()}, "missing"),
        ({"rows": GOOD.rows[1:]}, "order"),
        ({"rows": (*GOOD.rows, GOOD.rows[2])}, "twice"),
        ({"rows": (*GOOD.rows, row("part", "9"))}, "level"),
    ],
)
def test_faults_of_the_whole(more: dict[str, object], fault: str) -> None:
    assert fault in faults(**more)


@pytest.mark.parametrize(
    ("number", "more", "fault"),
    [
        (1, {"weight": 59}, "weights-sum"),
        (1, {"weight": 160}, "number"),
        (1, {"max_points": 151}, "never-reached"),
        (2, {"max_points": 101}, "never-reached"),
        (4, {"max_points": 41}, "never-reached"),
        (11, {"max_points": 71}, "never-reached"),
        (3, {"code": "1 1 a"}, "code"),
        (3, {"label_en": ""}, "label"),
        (3, {"answer_type": "text"}, "answer-type"),
        (4, {"answer_type": "yes_no"}, "option"),
        (3, {"answer_type": "single"}, "no-options"),
        (6, {"code": "0"}, "twice"),
        (8, {"per_unit": None}, "per-unit"),
        (8, {"per_unit": -1}, "number"),
    ],
)
def test_faults_of_a_row(number: int, more: dict[str, object], fault: str) -> None:
    assert fault in with_row(number, **more)


def test_points_that_are_never_reached_are_told_and_do_not_block() -> None:
    rows = (replace(GOOD.rows[0], max_points=500), *GOOD.rows[1:])
    (told,) = form_faults(replace(GOOD, rows=rows))
    assert (told.code, told.row, told.is_grave) == ("never-reached", 1, False)
    more = (replace(GOOD.rows[0], max_points=100), *GOOD.rows[1:])
    # items may add up to more than the cap
    assert form_faults(replace(GOOD, rows=more)) == []


def test_ages_are_counted_by_period() -> None:
    parents = {"Anisian": "MiddleTriassic", "MiddleTriassic": "Triassic", "Triassic": "Mesozoic",
               "Mesozoic": None, "a": "b", "b": "a"}  # fmt: skip
    found = [period_of(age, parents, {"Triassic"}) for age in ("Anisian", "Triassic", "Mesozoic")]
    assert found == ["Triassic", "Triassic", None]
    assert period_of("a", parents, {"Triassic"}) is period_of("", parents, ()) is None


def test_languages_options_and_shares() -> None:
    assert languages_in("Việt, Anh; anh / Tày và Nùng") == ["việt", "anh", "tày", "nùng"]
    lines = {"0": 0, "1": 20, "2": 40}
    assert [option_reached(lines, n) for n in (0, 19, 20, 39, 40)] == ["0", "0", "1", "1", "2"]
    assert option_reached({}, 5) is None
    assert (percent_of(3, 4), percent_of(2, 3), percent_of(1, 0)) == (75, 66, 0)
