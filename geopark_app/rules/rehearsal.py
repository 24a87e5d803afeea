"""What a test drive measured: drives between stops and minutes on the spot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from geopark_app.rules.mission import START


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """When the test drive came and left; `stop` is `START` for the departure of the day."""

    stop: str
    arrived: datetime | None = None
    left: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredDrive:
    """A measured drive between two entries of a day, in whole minutes."""

    before: str
    stop: str
    minutes: int


def measured_drives(ticks: Sequence[Tick]) -> list[MeasuredDrive]:
    """Give the drives between entries whose leaving and coming are both known.

    `ticks` stand in the order of the agenda; an entry without a tick was left out on the way, so
    the drive over it is no drive between neighbours and is not given. Half minutes count as whole.
    """
    found = []
    for before, after in pairwise(ticks):
        if before.left is None or after.arrived is None or after.arrived < before.left:
            continue
        seconds = (after.arrived - before.left).total_seconds()
        found.append(
            MeasuredDrive(before=before.stop, stop=after.stop, minutes=int(seconds / 60 + 0.5))
        )
    return found


def minutes_on_the_spot(tick: Tick) -> int | None:
    """Give how long the test drive stayed, or None while not known."""
    if tick.stop == START or tick.arrived is None or tick.left is None or tick.left < tick.arrived:
        return None
    return int((tick.left - tick.arrived).total_seconds() / 60 + 0.5)


def next_tick(ticks: Sequence[Tick]) -> tuple[str, str] | None:
    """Give what is ticked next, as (stop, `arrived` or `left`); None when all is done.

    An entry that was passed over while a later one is ticked is not asked for again.
    """
    last = -1
    for at, tick in enumerate(ticks):
        if tick.arrived is not None or tick.left is not None:
            last = at
    if last >= 0 and ticks[last].left is None and last + 1 < len(ticks):
        return ticks[last].stop, "left"
    if last + 1 < len(ticks):
        following = ticks[last + 1]
        return following.stop, "left" if following.stop == START else "arrived"
    return None
