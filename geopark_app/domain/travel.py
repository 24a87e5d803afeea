"""Departure and return: what a laptop should be before it leaves, and after it came back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum


class Trip(Enum):
    """Which of the two lists."""

    DEPARTURE = "departure"
    RETURN = "return"


class Mark(Enum):
    """What a line of the list says."""

    GOOD = "good"
    LOOK = "look"
    UNKNOWN = "unknown"
    BY_HAND = "by-hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelLine:
    """One line of the list.

    Attributes
    ----------
    name : str
        What was looked at, such as `space`.
    mark : Mark
        What was found; BY_HAND where only a person can tell.
    details : mapping of str to value
        Numbers, names and instants for its sentence.
    """

    name: str
    mark: Mark
    details: Mapping[str, int | float | str | datetime | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelList:
    """A whole list.

    Attributes
    ----------
    trip : Trip
        Before or after.
    person, device : str
        Whose laptop.
    at : datetime
        When it was looked at.
    lines : tuple of TravelLine
        In the order in which they matter.
    """

    trip: Trip
    person: str
    device: str
    at: datetime
    lines: tuple[TravelLine, ...]

    @property
    def to_do(self) -> int:
        """How many lines want something done."""
        return sum(line.mark is Mark.LOOK for line in self.lines)
