"""The lists for departure and return: this laptop looked at, line by line.

A list is a row of functions that each give one line, or None where there is nothing to ask; whoever
adds a question adds a function.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from geopark_app.domain.kinds import Route
from geopark_app.domain.travel import Mark, TravelLine, TravelList, Trip
from geopark_app.operations.basemap_cover import check_cover
from geopark_app.operations.basemaps import basemaps
from geopark_app.operations.battery import Battery, read_battery
from geopark_app.operations.context import AppContext
from geopark_app.operations.map_areas import outing_of_route
from geopark_app.operations.sync_status import Status, sync_status
from geopark_app.store.whereabouts import Whereabouts

FRESH = timedelta(days=2)
"""A copy is fresh when a colleague was heard of within that time."""
BACKUP_AGE = timedelta(days=7)
ROOM_BYTES = 10 * 1024**3
"""Some days of photos: 2,000 of 5 MB."""
LEAST_PERCENT = 80
_GB = 1024**3
_LATER = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What the lines are made of, read once."""

    context: AppContext
    status: Status
    now: datetime
    battery: Battery | None

    @property
    def is_member(self) -> bool:
        """Say whether there is a team to ask."""
        return self.status.team is not None and self.status.team.is_member


_Line = Callable[[_Seen], TravelLine | None]


def travel_check(
    context: AppContext, trip: Trip, *, battery: Callable[[], Battery | None] = read_battery
) -> TravelList:
    """Look at this laptop before it leaves, or after it came back."""
    now = context.now()
    seen = _Seen(context=context, status=sync_status(context), now=now, battery=battery())
    lines = (make(seen) for make in (_BEFORE if trip is Trip.DEPARTURE else _AFTER))
    return TravelList(
        trip=trip,
        person=context.author.person,
        device=context.author.device,
        at=now,
        lines=tuple(line for line in lines if line is not None),
    )


def _line(name: str, is_good: bool, **details: int | float | str | datetime | None) -> TravelLine:
    return TravelLine(name=name, mark=Mark.GOOD if is_good else Mark.LOOK, details=details)


def _copy_fresh(seen: _Seen) -> TravelLine:
    """Tell when a colleague was last heard of; what a clock of next year says counts not."""
    heard = [
        (at, one.person)
        for one in seen.status.colleagues
        if one.heard_at and (at := _instant(one.heard_at)) and at <= seen.now + _LATER
    ]
    if not seen.status.colleagues:
        return TravelLine(name="fresh", mark=Mark.UNKNOWN, details={"member": seen.is_member})
    if not heard:
        return _line("fresh", False, at=None)
    at, person = max(heard)
    return _line("fresh", seen.now - at <= FRESH, at=at, person=person)


def _waiting(seen: _Seen) -> TravelLine | None:
    missing = seen.status.missing_files
    parked = len(seen.status.waiting)
    if not seen.status.colleagues:
        return None
    return _line("arrived", not missing and not parked, files=missing, parked=parked)


def _conflicts(seen: _Seen) -> TravelLine:
    return _line("conflicts", not seen.status.conflicts, count=seen.status.conflicts)


def _handed_over(seen: _Seen) -> TravelLine:
    return _line("handed-over", not seen.status.pending, count=seen.status.pending)


def _only_copies(seen: _Seen) -> TravelLine:
    if not seen.is_member:
        return TravelLine(name="only-copies", mark=Mark.UNKNOWN)
    return _line("only-copies", not seen.status.only_copies, count=seen.status.only_copies)


def _backup(seen: _Seen) -> TravelLine:
    """Tell the age of the newest backup outside of the catalogue: one beside it dies with it."""
    backups = [
        (at, one.name)
        for one in Whereabouts(seen.context.catalogue).holdings()
        if not one.is_laptop and (at := _instant(one.seen_at)) and at <= seen.now + _LATER
    ]
    if not backups:
        return _line("backup", False, at=None)
    at, name = max(backups)
    return _line("backup", seen.now - at <= BACKUP_AGE, at=at, place=name)


def _space(seen: _Seen) -> TravelLine:
    try:
        free = shutil.disk_usage(seen.context.catalogue.folder.root).free
    except OSError:
        return TravelLine(name="space", mark=Mark.UNKNOWN)
    return _line("space", free >= ROOM_BYTES, gb=free // _GB, wanted=ROOM_BYTES // _GB)


def _battery(seen: _Seen) -> TravelLine:
    battery = seen.battery
    if battery is None:
        return TravelLine(name="battery", mark=Mark.UNKNOWN)
    is_good = battery.percent >= LEAST_PERCENT
    name = "battery-charging" if battery.is_charging and not is_good else "battery"
    return _line(name, is_good, percent=battery.percent)


def _clock(seen: _Seen) -> TravelLine:
    return _line("clock", not seen.status.wrong_clocks, at=seen.now)


def _base_map(seen: _Seen) -> TravelLine | None:
    """Tell which routes the base maps of this laptop cover; the place to look closer is the map."""
    numbers = sorted(one.number for one in seen.context.catalogue.records(Route) if one.number)
    if not numbers:
        return None
    if not basemaps(seen.context):
        return TravelLine(name="base-map", mark=Mark.UNKNOWN)
    lacking = []
    for number in numbers:
        outing = outing_of_route(seen.context, number)
        if outing.sites and not check_cover(seen.context, outing).is_covered:
            lacking.append(str(number))
    return _line("base-map", not lacking, routes=", ".join(lacking))


def _by_hand(name: str) -> _Line:
    return lambda _seen: TravelLine(name=name, mark=Mark.BY_HAND)


_BEFORE: tuple[_Line, ...] = (
    _copy_fresh,
    _waiting,
    _handed_over,
    _conflicts,
    _only_copies,
    _backup,
    _base_map,
    _space,
    _battery,
    _clock,
    _by_hand("camera-clock"),
    _by_hand("stick"),
    _by_hand("chargers"),
)
_AFTER: tuple[_Line, ...] = (
    _by_hand("cards-copied"),
    _handed_over,
    _only_copies,
    _copy_fresh,
    _waiting,
    _conflicts,
    _backup,
    _space,
    _by_hand("cards-kept"),
)


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.astimezone()
