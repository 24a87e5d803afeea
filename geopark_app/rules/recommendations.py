"""Recommendations: the two-year clock of a yellow card, what is late, in which order they stand.

Source of the clock: UNESCO's revalidation process, read in a mirror: a yellow card gives two years
to repair, after which the geopark is evaluated once more.
"""

import re
from dataclasses import dataclass
from datetime import date

CLOSED = frozenset({"done", "declined"})
YELLOW = "yellow"
_YELLOW_YEARS = 2
_PARTS = re.compile(r"\d+|\D+")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardClock:
    """The time a yellow card leaves.

    Attributes
    ----------
    given_on, ends_on : date
        From when, until when.
    days_left : int
        From today; negative when it is over.
    """

    given_on: date
    ends_on: date
    days_left: int


def card_clock(card: str, given_on: date | None, today: date) -> CardClock | None:
    """Give the clock of a card; None for every card but a yellow one with a date."""
    if card != YELLOW or given_on is None:
        return None
    ends_on = _years_later(given_on, _YELLOW_YEARS)
    return CardClock(given_on=given_on, ends_on=ends_on, days_left=(ends_on - today).days)


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 2, 28)


def due_of(own: date | None, clock: CardClock | None) -> date | None:
    """Give until when a recommendation is due: its own date, never after a yellow card's end."""
    if clock is None:
        return own
    return clock.ends_on if own is None else min(own, clock.ends_on)


def is_late(status: str, due: date | None, today: date) -> bool:
    """Say whether a recommendation is neither done nor declined and past its date."""
    return status not in CLOSED and due is not None and due < today


def order_of(number: str, given_on: date | None) -> tuple[date, tuple[tuple[int, str], ...]]:
    """Give the sort key: the oldest first, then by number with 2 before 10; undated last."""
    parts = tuple(
        (int(part), "") if part.isdigit() and part.isascii() else (0, part)
        for part in _PARTS.findall(number)
    )
    return (given_on or date.max, parts)
