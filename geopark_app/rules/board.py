"""The readiness board: what of a chapter, route or commune is complete, missing or too old."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum


class PartState(Enum):
    """Where one part stands: a record that feeds a chapter, an answer, or a site."""

    COMPLETE = "complete"
    MISSING = "missing"
    TOO_OLD = "too-old"


FULFILLED = frozenset({"met", "na"})
"""Answers that leave nothing to be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTask:
    """Somebody who is awaited, and until when."""

    who: str
    due: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One line of the board.

    Attributes
    ----------
    key, label : str
        Of the chapter, route or commune.
    complete, missing, too_old : int
        Counts of its parts.
    waiting : tuple of str
        Who is awaited, each once.
    due : date or None
        The nearest date: of an open work there, else of the next deadline.
    """

    key: str
    label: str
    complete: int
    missing: int
    too_old: int
    waiting: tuple[str, ...]
    due: date | None

    def days_left(self, today: date) -> int | None:
        """Days until the nearest date; negative when it is past."""
        return None if self.due is None else (self.due - today).days


def answer_state(status: str, *, is_stale: bool) -> PartState:
    """Say where an answer stands: what is not met is missing, however new it is."""
    if status not in FULFILLED:
        return PartState.MISSING
    return PartState.TOO_OLD if is_stale else PartState.COMPLETE


def site_state(*, has_gaps: bool, answers: Iterable[PartState]) -> PartState:
    """Say where a site stands as a whole; one that was never visited is missing."""
    found = set(answers)
    if has_gaps or not found or PartState.MISSING in found:
        return PartState.MISSING
    return PartState.TOO_OLD if PartState.TOO_OLD in found else PartState.COMPLETE


def board_row(
    key: str,
    label: str,
    parts: Iterable[PartState],
    tasks: Iterable[OpenTask],
    *,
    deadline: date | None,
) -> BoardRow:
    """Add the parts up; those awaited come in the order of their dates, undated last."""
    listed = list(parts)
    ordered = sorted(tasks, key=lambda one: (one.due is None, one.due or date.max, one.who))
    dates = [one.due for one in ordered if one.due is not None]
    return BoardRow(
        key=key,
        label=label,
        complete=listed.count(PartState.COMPLETE),
        missing=listed.count(PartState.MISSING),
        too_old=listed.count(PartState.TOO_OLD),
        waiting=tuple(dict.fromkeys(one.who for one in ordered if one.who)),
        due=min(dates) if dates else deadline,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper or agreement with its last day."""

    kind: str
    uuid: str
    title: str
    until: date

    def days_left(self, today: date) -> int:
        """Days it still holds; negative when it does not any more."""
        return (self.until - today).days


def expiring(
    papers: Iterable[Paper], today: date, *, within_days: int, before: date | None
) -> list[Paper]:
    """Give the papers that end within so many days or before a date, the first to end first.

    What has ended already is among them: nobody renewed it.
    """
    last = max(date.fromordinal(today.toordinal() + within_days), before or today)
    return sorted(
        (one for one in papers if one.until <= last), key=lambda one: (one.until, one.title)
    )
