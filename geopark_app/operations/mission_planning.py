"""Planning a mission: days, entries in order, drive times; each deed is one save."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.identifier import uuid_of
from geopark_app.domain.kinds import DriveTime, Mission, MissionDay, MissionStop, Route, Site, Stop
from geopark_app.domain.text import clean
from geopark_app.operations.context import AppContext
from geopark_app.operations.missions import days_of, stops_of_mission
from geopark_app.rules.mission import DRY, START, VISIT, WET
from geopark_app.store.new_keys import new_uuid

USUAL_MINUTES = 45
"""Minutes proposed for a stop nobody has stated any for."""

_FIRST_DEPARTURE = "08:00"
_STEP = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeMission:
    """A mission that was made, and what changed."""

    mission: Mission
    changes: Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeStops:
    """Entries that were added to a day, and what changed."""

    stops: tuple[MissionStop, ...]
    changes: Changes


def new_mission(
    context: AppContext,
    name_vi: str,
    *,
    starts_on: str,
    ends_on: str = "",
    name_en: str = "",
    reason: str = "",
) -> MadeMission:
    """Make a mission with an empty day for each of its dates.

    Raises
    ------
    GeoparkError
        BAD_VALUE without a name, or with an end before the beginning.
    """
    words = clean(name_vi).strip()
    if not words:
        raise GeoparkError(ErrorCode.BAD_VALUE, field="name_vi", value="", expected="text")
    if ends_on and ends_on < starts_on:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="ends_on", value=ends_on, expected=f"≥ {starts_on}"
        )
    mission = Mission(
        uuid=new_uuid(),
        name_vi=words,
        name_en=clean(name_en).strip() or None,
        starts_on=starts_on,
        ends_on=ends_on or starts_on,
        foreign_visitors=True,
    )
    with context.work(reason or "new mission") as work:
        work.put(mission)
        for day in days_of(mission):
            work.put(_empty_day(mission.uuid, day))
    return MadeMission(mission=mission, changes=work.changes)


def day_key(mission_uuid: str, day: str) -> str:
    """Give the key of a day."""
    return uuid_of(mission_uuid, day)


def _empty_day(mission_uuid: str, day: str) -> MissionDay:
    return MissionDay(
        uuid=day_key(mission_uuid, day),
        mission_uuid=mission_uuid,
        day_on=day,
        starts_at=_FIRST_DEPARTURE,
    )


def set_departure(
    context: AppContext, mission_uuid: str, day: str, starts_at: str, *, reason: str = ""
) -> Changes:
    """Say when a day begins; the day is made where it was not there."""
    key = day_key(mission_uuid, day)
    record = context.catalogue.get(MissionDay, key) or _empty_day(mission_uuid, day)
    with context.work(reason or "departure") as work:
        work.put(replace(record, starts_at=clean(starts_at).strip() or None, deleted=False))
    return work.changes


def add_sites(
    context: AppContext,
    mission_uuid: str,
    day: str,
    sites: Sequence[Site],
    *,
    minutes: int | None = USUAL_MINUTES,
    weather: str = "both",
    reason: str = "",
) -> MadeStops:
    """Add visits of sites at the end of a day; minutes stated for a site's stop are taken."""
    stated = {
        one.site_uuid: one.minutes
        for one in context.catalogue.records(Stop)
        if one.site_uuid and one.minutes is not None
    }
    order = _last_order(context, mission_uuid, day)
    made = tuple(
        MissionStop(
            uuid=new_uuid(),
            mission_uuid=mission_uuid,
            day_on=day,
            stop_kind=VISIT,
            site_uuid=site.uuid,
            minutes=stated.get(site.uuid, minutes),
            weather=weather,
            sort_order=order + at * _STEP,
        )
        for at, site in enumerate(sites, start=1)
    )
    with context.work(reason or "add stops") as work:
        for one in made:
            work.put(one)
    return MadeStops(stops=made, changes=work.changes)


def add_route(
    context: AppContext, mission_uuid: str, day: str, route: Route, *, reason: str = ""
) -> MadeStops:
    """Add the stops of a visitor route, in its order, with the drives stated for it."""
    stops = [
        one
        for one in context.catalogue.records(Stop, where={"route_uuid": route.uuid})
        if one.site_uuid
    ]
    stops.sort(key=lambda one: (one.official_number or 999, one.slot or 0))
    order = _last_order(context, mission_uuid, day)
    made = tuple(
        MissionStop(
            uuid=new_uuid(),
            mission_uuid=mission_uuid,
            day_on=day,
            stop_kind=VISIT,
            site_uuid=one.site_uuid,
            minutes=one.minutes if one.minutes is not None else USUAL_MINUTES,
            weather="both",
            sort_order=order + at * _STEP,
        )
        for at, one in enumerate(stops, start=1)
    )
    with context.work(reason or "add route") as work:
        for one in made:
            work.put(one)
        for before, after, stop in zip(made, made[1:], stops[1:], strict=False):
            if stop.drive_minutes is not None:
                work.put(_drive(before.uuid, after.uuid, stop.drive_minutes, "entered", None))
    return MadeStops(stops=made, changes=work.changes)


def add_entry(
    context: AppContext,
    mission_uuid: str,
    day: str,
    *,
    kind: str,
    place_vi: str,
    minutes: int | None = 60,
    starts_at: str = "",
    reason: str = "",
) -> MadeStops:
    """Add a meeting, a meal, a night or another entry without a site at the end of a day."""
    made = MissionStop(
        uuid=new_uuid(),
        mission_uuid=mission_uuid,
        day_on=day,
        stop_kind=kind,
        place_vi=clean(place_vi).strip() or None,
        minutes=minutes,
        starts_at=clean(starts_at).strip() or None,
        weather="both",
        sort_order=_last_order(context, mission_uuid, day) + _STEP,
    )
    with context.work(reason or "add entry") as work:
        work.put(made)
    return MadeStops(stops=(made,), changes=work.changes)


def _last_order(context: AppContext, mission_uuid: str, day: str) -> int:
    orders = [
        one.sort_order or 0 for one in stops_of_mission(context, mission_uuid) if one.day_on == day
    ]
    return max(orders, default=0)


def put_in_order(
    context: AppContext, mission_uuid: str, day: str, keys: Sequence[str], *, reason: str = ""
) -> Changes:
    """Let a day consist of these entries in this order; entries of other days move here.

    An entry of the day that is not named stays behind the others. A drive typed without saying
    from where is kept for the pair it was typed for, so that it does not wander to another one.

    Raises
    ------
    GeoparkError
        NOT_FOUND for an entry that is none of this mission.
    """
    stops = {one.uuid: one for one in stops_of_mission(context, mission_uuid)}
    for key in keys:
        if key not in stops:
            raise GeoparkError(ErrorCode.NOT_FOUND, kind="mission_stop", reference=key)
    before = [one for one in stops.values() if one.day_on == day]
    rest = [one.uuid for one in before if one.uuid not in keys]
    kept = _kept_drives(list(stops.values()))
    with context.work(reason or "order of stops") as work:
        for drive in kept:
            work.put(drive)
        for at, key in enumerate((*keys, *rest), start=1):
            moved = replace(stops[key], day_on=day, sort_order=at * _STEP)
            if any(drive.to_stop_uuid == key for drive in kept):
                moved = replace(moved, drive_minutes=None)
            work.put(moved)
        for drive in kept:
            key = drive.to_stop_uuid or ""
            if key not in {*keys, *rest}:
                work.put(replace(stops[key], drive_minutes=None))
    return work.changes


def _kept_drives(stops: Sequence[MissionStop]) -> list[DriveTime]:
    """Give the drives typed without a beginning, for the pair they stand at in the dry version."""
    found = []
    previous: MissionStop | None = None
    for stop in stops:
        if stop.weather == WET:
            continue
        if stop.drive_minutes is not None:
            is_first = previous is None or previous.day_on != stop.day_on
            start = None if is_first or previous is None else previous.uuid
            found.append(_drive(start, stop.uuid, stop.drive_minutes, "entered", None))
        previous = stop
    return found


def set_drive(
    context: AppContext,
    before: str,
    stop: str,
    minutes: int | None,
    *,
    source: str = "entered",
    measured_on: str | None = None,
    reason: str = "",
) -> Changes:
    """Say how long the drive between two entries takes; None takes the statement away.

    Parameters
    ----------
    context
        The surroundings.
    before, stop
        Keys of the entries; `before` is `START` for the place the day departs from.
    minutes
        Whole minutes.
    source
        `entered` or `measured`.
    measured_on
        Day of the test drive.
    reason
        Name of the step.

    Raises
    ------
    GeoparkError
        NOT_FOUND for an entry; BAD_VALUE for minutes that cannot be.
    """
    for key in (before, stop):
        if key != START and context.catalogue.get(MissionStop, key) is None:
            raise GeoparkError(ErrorCode.NOT_FOUND, kind="mission_stop", reference=key)
    if minutes is not None and not 0 <= minutes <= 24 * 60:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="drive_minutes", value=minutes, expected="0–1440"
        )
    start = None if before == START else before
    drive = _drive(start, stop, minutes, source, measured_on)
    with context.work(reason or "drive time") as work:
        if minutes is None and context.catalogue.get(DriveTime, drive.uuid) is not None:
            work.delete(kind_of(drive), drive.uuid)
        elif minutes is not None:
            work.put(drive)
    return work.changes


def _drive(
    before: str | None, stop: str, minutes: int | None, source: str, measured_on: str | None
) -> DriveTime:
    return DriveTime(
        uuid=uuid_of(stop, before or START),
        from_stop_uuid=before,
        to_stop_uuid=stop,
        minutes=minutes,
        drive_source=source,
        measured_on=measured_on,
    )


def set_weather(context: AppContext, key: str, weather: str, *, reason: str = "") -> Changes:
    """Say in which version of its day an entry stands: `dry`, `wet` or `both`.

    Raises
    ------
    GeoparkError
        NOT_FOUND; BAD_VALUE for another word.
    """
    record = context.catalogue.get(MissionStop, key)
    if record is None:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="mission_stop", reference=key)
    if weather not in {DRY, WET, "both"}:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="weather", value=weather, expected="dry, wet, both"
        )
    with context.work(reason or "version of the day") as work:
        work.put(replace(record, weather=weather))
    return work.changes
