"""Test drives: ticked stop by stop with the clock, put right by hand, taken as drive times."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from geopark_app.domain.change import Changes
from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.identifier import uuid_of
from geopark_app.domain.kinds import DriveTime, MissionStop, RehearsalStep
from geopark_app.operations.context import AppContext
from geopark_app.operations.missions import stops_of_mission
from geopark_app.rules.mission import START, WET, minute_of
from geopark_app.rules.rehearsal import (
    MeasuredDrive,
    Tick,
    measured_drives,
    minutes_on_the_spot,
    next_tick,
)

ARRIVED, LEFT = "arrived", "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStep:
    """One place of a test drive: what was planned there, what was timed.

    Attributes
    ----------
    stop : MissionStop or None
        None for the departure of the day.
    tick : Tick
        What was timed.
    measured : MeasuredDrive or None
        Drive that led here.
    stayed : int or None
        Minutes on the spot.
    note : str
        What was noted.
    """

    stop: MissionStop | None
    tick: Tick
    measured: MeasuredDrive | None
    stayed: int | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TestDrive:
    """A test drive of one version of a day.

    Attributes
    ----------
    mission_uuid, day, run_on, weather : str
        Which one; `run_on` is the date it took place.
    steps : tuple of RunStep
        The departure, then the entries in the order of the agenda.
    following : (str, str) or None
        Key of what is ticked next, and `arrived` or `left`.
    """

    # pytest would take the name for a class of tests.
    __test__ = False

    mission_uuid: str
    day: str
    run_on: str
    weather: str
    steps: tuple[RunStep, ...]
    following: tuple[str, str] | None

    @property
    def drives(self) -> list[MeasuredDrive]:
        """Give what was measured."""
        return [one.measured for one in self.steps if one.measured is not None]


def today_of(context: AppContext) -> str:
    """Give the ISO date on which a test drive of now counts."""
    return context.now().astimezone(VIETNAM).date().isoformat()


def runs_of(context: AppContext, mission_uuid: str) -> list[tuple[str, str]]:
    """Give the test drives of a mission, newest first: day of the agenda, date it took place."""
    steps = context.catalogue.records(RehearsalStep, where={"mission_uuid": mission_uuid})
    found = {(one.day_on or "", one.run_on or "") for one in steps}
    return sorted(found, key=lambda pair: (pair[1], pair[0]), reverse=True)


def read_run(
    context: AppContext, mission_uuid: str, day: str, *, run_on: str, weather: str
) -> TestDrive:
    """Give a test drive; one that has not begun has no times."""
    stops = [
        one
        for one in stops_of_mission(context, mission_uuid)
        if one.day_on == day and one.weather != ("dry" if weather == WET else WET)
    ]
    where = {"mission_uuid": mission_uuid, "run_on": run_on, "day_on": day}
    logged = {one.uuid: one for one in context.catalogue.records(RehearsalStep, where=where)}
    places: list[MissionStop | None] = [None, *stops]
    rows = [
        logged.get(_key(mission_uuid, day, one.uuid if one else START, run_on)) for one in places
    ]
    ticks = [
        Tick(
            stop=one.uuid if one else START,
            arrived=_instant(row.arrived_at) if row else None,
            left=_instant(row.left_at) if row else None,
        )
        for one, row in zip(places, rows, strict=True)
    ]
    measured = {drive.stop: drive for drive in measured_drives(ticks)}
    return TestDrive(
        mission_uuid=mission_uuid,
        day=day,
        run_on=run_on,
        weather=weather,
        steps=tuple(
            RunStep(
                stop=place,
                tick=tick,
                measured=measured.get(tick.stop),
                stayed=minutes_on_the_spot(tick),
                note=(row.note or "") if row else "",
            )
            for place, tick, row in zip(places, ticks, rows, strict=True)
        ),
        following=next_tick(ticks),
    )


def _key(mission_uuid: str, day: str, stop: str, run_on: str) -> str:
    if stop == START:
        return uuid_of(mission_uuid, f"{run_on}/{day}")
    return uuid_of(stop, run_on)


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def tick(
    context: AppContext,
    run: TestDrive,
    stop: str,
    event: str,
    *,
    typed: str | None = None,
    reason: str = "",
) -> Changes:
    """Note that the test drive came (`arrived`) or left (`left`), now or at a time typed.

    Parameters
    ----------
    context
        The surroundings; their clock tells what is now.
    run
        The test drive.
    stop
        Key of the entry, or `START`.
    event
        `arrived` or `left`.
    typed
        A time such as `09:40` on the day of the test drive; an empty text takes the time away.
    reason
        Name of the step.

    Raises
    ------
    GeoparkError
        BAD_VALUE for an unknown event or a time that is none; NOT_FOUND for the entry.
    """
    if event not in {ARRIVED, LEFT} or (stop == START and event == ARRIVED):
        raise GeoparkError(ErrorCode.BAD_VALUE, field="event", value=event, expected="left")
    if stop not in {one.tick.stop for one in run.steps}:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="mission_stop", reference=stop)
    key = _key(run.mission_uuid, run.day, stop, run.run_on)
    old = context.catalogue.get(RehearsalStep, key) or RehearsalStep(
        uuid=key,
        mission_uuid=run.mission_uuid,
        day_on=run.day,
        stop_uuid=None if stop == START else stop,
        run_on=run.run_on,
        weather=run.weather,
    )
    moment = _moment(context, run, typed)
    timed = replace(old, ticked_by=context.author.person or None, deleted=False)
    step = replace(timed, arrived_at=moment) if event == ARRIVED else replace(timed, left_at=moment)
    with context.work(reason or "test drive") as work:
        work.put(step)
    return work.changes


def _moment(context: AppContext, run: TestDrive, typed: str | None) -> str | None:
    if typed is None:
        return context.now().astimezone(VIETNAM).isoformat(timespec="seconds")
    if not typed.strip():
        return None
    minute = minute_of(typed)
    if minute is None:
        raise GeoparkError(ErrorCode.BAD_VALUE, field="arrived_at", value=typed, expected="09:40")
    clock = time(minute // 60, minute % 60, tzinfo=VIETNAM)
    return datetime.combine(date.fromisoformat(run.run_on), clock).isoformat()


def take_drives(
    context: AppContext, run: TestDrive, drives: Sequence[MeasuredDrive], *, reason: str = ""
) -> Changes:
    """Take measured drives as the drive times of the agenda, as one save."""
    with context.work(reason or "measured drives") as work:
        for drive in drives:
            start = None if drive.before == START else drive.before
            work.put(
                DriveTime(
                    uuid=uuid_of(drive.stop, drive.before),
                    from_stop_uuid=start,
                    to_stop_uuid=drive.stop,
                    minutes=drive.minutes,
                    drive_source="measured",
                    measured_on=run.run_on,
                )
            )
    return work.changes
