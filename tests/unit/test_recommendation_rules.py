"""The two-year clock of a yellow card, and what is late."""

from datetime import date

import pytest

from geopark_app.rules.recommendations import CardClock, card_clock, due_of, is_late, order_of

TODAY = date(2028, 9, 10)


def test_a_yellow_card_gives_two_years() -> None:
    # 10 September 2028 to 10 September 2030: 365 + 365 days
    assert card_clock("yellow", TODAY, TODAY) == CardClock(
        given_on=TODAY, ends_on=date(2030, 9, 10), days_left=730
    )
    over = card_clock("yellow", date(2026, 9, 1), TODAY)
    assert over is not None
    assert over.days_left == -9
    leap = card_clock("yellow", date(2028, 2, 29), date(2030, 2, 27))
    assert leap is not None
    assert (leap.ends_on, leap.days_left) == (date(2030, 2, 28), 1)


@pytest.mark.parametrize(("card", "day"), [("green", TODAY), ("", TODAY), ("yellow", None)])
def test_no_other_card_has_a_clock(card: str, day: date | None) -> None:
    assert card_clock(card, day, TODAY) is None


def test_nothing_is_due_after_the_end_of_the_card() -> None:
    clock = CardClock(given_on=TODAY, ends_on=date(2030, 9, 10), days_left=730)
    assert due_of(None, clock) == date(2030, 9, 10)
    assert due_of(date(2029, 1, 1), clock) == date(2029, 1, 1)
    assert due_of(date(2031, 1, 1), clock) == date(2030, 9, 10)
    assert due_of(date(2031, 1, 1), None) == date(2031, 1, 1)
    assert due_of(None, None) is None


@pytest.mark.parametrize(
    ("status", "due", "late"),
    [
        ("open", date(2028, 9, 9), True),
        ("", date(2028, 9, 9), True),
        ("open", TODAY, False),
        ("open", None, False),
        ("done", date(2020, 1, 1), False),
        ("declined", date(2020, 1, 1), False),
    ],
)
def test_what_is_late(status: str, due: date | None, late: bool) -> None:
    assert is_late(status, due, TODAY) is late


def test_the_oldest_stands_first_and_two_before_ten() -> None:
    given = [("2024-10", 2), ("2024-2", 2), ("", None), ("2023-1", 1), ("a", None)]
    order = sorted(
        given, key=lambda one: order_of(one[0], date(2024, 1, one[1]) if one[1] else None)
    )
    assert [number for number, _day in order] == ["2023-1", "2024-2", "2024-10", "", "a"]
