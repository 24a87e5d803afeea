"""A list that was sent, came back, and meanwhile went on here: what of it is a change."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any


class Outcome(Enum):
    """What becomes of one value that came back.

    UNTOUCHED: as it was sent. ALREADY: changed there and here to the same. CHANGE: changed there
    only. CONFLICT: changed there, and here to something else.
    """

    UNTOUCHED = "untouched"
    ALREADY = "already"
    CHANGE = "change"
    CONFLICT = "conflict"


class RowTrouble(Enum):
    """Why a row that came back cannot be taken at all."""

    NO_KEY = "no-key"
    FOREIGN = "foreign"
    TWICE = "twice"
    GONE = "gone"


def outcome(*, sent: Any, returned: Any, now: Any) -> Outcome:
    """Compare a value three ways."""
    if returned == sent:
        return Outcome.UNTOUCHED
    if returned == now:
        return Outcome.ALREADY
    return Outcome.CHANGE if now == sent else Outcome.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """A list that was sent to a unit.

    Attributes
    ----------
    key : str
        Of the sending.
    unit : str
        Key of the unit.
    sent_on : date
        When.
    answer_by : date or None
        Until when an answer was asked for.
    answered_on : date or None
        When it came back.
    """

    key: str
    unit: str
    sent_on: date
    answer_by: date | None
    answered_on: date | None

    def days_waiting(self, today: date) -> int:
        """Days since it was sent."""
        return (today - self.sent_on).days

    def days_late(self, today: date) -> int:
        """Days past the day of the answer; 0 when that has not come or was not set."""
        return max(0, (today - self.answer_by).days) if self.answer_by else 0


def unanswered(sendings: list[Awaited]) -> list[Awaited]:
    """Give what is still awaited, the longest first; a newer list to a unit stands for older ones.

    `sendings` are in the order in which they were sent.
    """
    newest = {one.unit: one for one in sendings}
    waiting = [one for one in newest.values() if one.answered_on is None]
    return sorted(waiting, key=lambda one: one.sent_on)
