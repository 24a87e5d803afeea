"""An evaluation mission as it stands now: days in both versions, readiness today, conflicts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import (
    BorderRule,
    Commune,
    DriveTime,
    Mission,
    MissionDay,
    MissionPerson,
    MissionStop,
    Site,
)
from geopark_app.geo.crs import hold_context
from geopark_app.geo.measure import distance_m
from geopark_app.i18n import pick
from geopark_app.operations.checklists import readiness_of_sites
from geopark_app.operations.context import AppContext
from geopark_app.operations.ground import ground_of
from geopark_app.rules.mission import (
    DEPARTURE_MIN,
    DETOUR,
    DRY,
    LONGEST_DAY_MIN,
    SPEED_KMH,
    START,
    VISIT,
    WET,
    Conflict,
    Drive,
    Pace,
    PlanStop,
    TimedStop,
    day_conflicts,
    in_both,
    in_version,
    minute_of,
    mission_conflicts,
    schedule,
)
from geopark_app.rules.readiness import Readiness

MOST_DAYS = 31
BORDER_PERMIT = "border_permit"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaStop:
    """An entry of the agenda with what is known of its place.

    Attributes
    ----------
    record : MissionStop
        The entry.
    site : Site or None
        None for meetings, meals and the like.
    commune : Commune or None
        Of the site.
    readiness : Readiness or None
        Of the site today; None when it was never checked.
    needs_permit : bool
        Whether foreign visitors need a permit there.
    rules : tuple of BorderRule
        What is recorded about the border in its commune.
    people : tuple of MissionPerson
        Who is met there.
    point : (float, float) or None
        Where a map marks it: the site, else its commune.
    """

    record: MissionStop
    site: Site | None
    commune: Commune | None
    readiness: Readiness | None
    needs_permit: bool
    rules: tuple[BorderRule, ...]
    people: tuple[MissionPerson, ...]
    point: tuple[float, float] | None

    @property
    def has_pin(self) -> bool:
        """Whether the site's own place is known, and not only its commune."""
        return self.site is not None and _has_pin(self.site)

    @property
    def name(self) -> str:
        """What people call the entry, in the language chosen."""
        if self.site is not None:
            words = pick(self.site.name_vi, self.site.name_en)
            return f"{self.site.code or ''} {words}".strip()
        return pick(self.record.place_vi, self.record.place_en) or pick(
            self.record.purpose_vi, self.record.purpose_en
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaDay:
    """A day in both versions.

    Attributes
    ----------
    day : str
        ISO date.
    number : int
        1 for the first day.
    record : MissionDay or None
        None while nobody filled it in.
    departure : int
        Minute after midnight at which it begins.
    dry, wet : tuple of TimedStop
        Entries with their times.
    """

    day: str
    number: int
    record: MissionDay | None
    departure: int
    dry: tuple[TimedStop, ...]
    wet: tuple[TimedStop, ...]

    def version(self, weather: str) -> tuple[TimedStop, ...]:
        """Give one version."""
        return self.wet if weather == WET else self.dry

    @property
    def has_wet_version(self) -> bool:
        """Whether rain changes anything."""
        return [one.stop.key for one in self.dry] != [one.stop.key for one in self.wet]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMission:
    """A mission with everything that belongs to it.

    Attributes
    ----------
    mission : Mission
        Itself.
    pace : Pace
        How drives are estimated, and how long a day may be.
    days : tuple of AgendaDay
        In order.
    stops : dict of str to AgendaStop
        Entries by key.
    people : tuple of MissionPerson
        Everybody met, also those of no stop.
    conflicts : tuple of Conflict
        What speaks against the plan, the gravest first.
    """

    mission: Mission
    pace: Pace
    days: tuple[AgendaDay, ...]
    stops: dict[str, AgendaStop]
    people: tuple[MissionPerson, ...]
    conflicts: tuple[Conflict, ...]

    def day(self, day: str) -> AgendaDay:
        """Give a day by its ISO date; raises NOT_FOUND."""
        for one in self.days:
            if one.day == day:
                return one
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="mission_day", reference=day)


def find_mission(context: AppContext, reference: str | None = None) -> Mission:
    """Give the mission of a uuid or name, or the newest.

    Raises
    ------
    GeoparkError
        NOT_FOUND; AMBIGUOUS when several carry the name.
    """
    missions = context.catalogue.records(Mission)
    if reference is None:
        found = sorted(missions, key=lambda one: (one.starts_on or "", one.uuid))[-1:]
    else:
        found = [one for one in missions if reference in {one.uuid, one.name_vi, one.name_en}]
    if len(found) > 1:
        uuids = ", ".join(one.uuid for one in found)
        raise GeoparkError(ErrorCode.AMBIGUOUS, reference=reference or "", uuids=uuids)
    if not found:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="mission", reference=reference or "")
    return found[0]


def pace_of(mission: Mission) -> Pace:
    """Give the pace of a mission; what nobody filled in is the program's proposal."""
    return Pace(
        speed_kmh=mission.speed_kmh if mission.speed_kmh and mission.speed_kmh > 0 else SPEED_KMH,
        detour=(
            mission.detour_factor if mission.detour_factor and mission.detour_factor > 0 else DETOUR
        ),
        longest_day_min=mission.longest_day_minutes or LONGEST_DAY_MIN,
    )


def stops_of_mission(context: AppContext, mission_uuid: str) -> list[MissionStop]:
    """Give the entries of a mission in their order, day by day."""
    stops = context.catalogue.records(MissionStop, where={"mission_uuid": mission_uuid})
    return sorted(stops, key=lambda one: (one.day_on or "", one.sort_order or 0, one.uuid))


def open_mission(context: AppContext, mission: Mission) -> OpenMission:
    """Give a mission with its days, times, readiness of today and conflicts."""
    records = stops_of_mission(context, mission.uuid)
    people = context.catalogue.records(MissionPerson, where={"mission_uuid": mission.uuid})
    stops = _agenda_stops(context, mission, records, people)
    pace = pace_of(mission)
    days = _days(context, mission, records, stops, pace)
    return OpenMission(
        mission=mission,
        pace=pace,
        days=days,
        stops=stops,
        people=tuple(people),
        conflicts=_conflicts(mission, days, records, pace),
    )


def days_of(mission: Mission) -> list[str]:
    """Give the ISO dates from the first to the last day, at most a month."""
    if not mission.starts_on:
        return []
    first = date.fromisoformat(mission.starts_on)
    last = date.fromisoformat(mission.ends_on or mission.starts_on)
    count = min(max((last - first).days + 1, 1), MOST_DAYS)
    return [(first + timedelta(days=at)).isoformat() for at in range(count)]


def _agenda_stops(
    context: AppContext,
    mission: Mission,
    records: Sequence[MissionStop],
    people: Sequence[MissionPerson],
) -> dict[str, AgendaStop]:
    catalogue = context.catalogue
    keys = sorted({one.site_uuid for one in records if one.site_uuid})
    sites = {one.uuid: one for one in catalogue.records(Site, where={"uuid": keys})}
    communes = {one.code: one for one in catalogue.records(Commune)}
    rules: dict[str, list[BorderRule]] = {}
    for rule in catalogue.records(BorderRule):
        rules.setdefault(rule.commune_code or "", []).append(rule)
    readiness = readiness_of_sites(context, keys) if keys else {}
    ground = ground_of(context)
    # Evaluators are never from the own country: only a plain no says that nobody is foreign.
    has_foreigners = mission.foreign_visitors is not False
    found = {}
    for record in records:
        site = sites.get(record.site_uuid or "")
        commune = communes.get(site.commune_code) if site else None
        point = _point(site, commune)
        in_zone = ground.is_in_border_zone(*point) if site and point and _has_pin(site) else None
        at_border = (
            in_zone if in_zone is not None else bool(commune and commune.border_commune)
        ) or bool(site and (site.border_zone or site.permission_needed == BORDER_PERMIT))
        found[record.uuid] = AgendaStop(
            record=record,
            site=site,
            commune=commune,
            readiness=readiness.get(record.site_uuid or ""),
            needs_permit=has_foreigners and at_border,
            rules=tuple(rules.get(commune.code or "", ())) if commune is not None else (),
            people=tuple(one for one in people if one.stop_uuid == record.uuid),
            point=point,
        )
    return found


def _has_pin(site: Site) -> bool:
    return site.position is not None and site.position.is_pin


def _point(site: Site | None, commune: Commune | None) -> tuple[float, float] | None:
    for record in (site, commune):
        position = record.position if record else None
        if position is not None and position.lon is not None and position.lat is not None:
            return position.lon, position.lat
    return None


def _days(
    context: AppContext,
    mission: Mission,
    records: Sequence[MissionStop],
    stops: dict[str, AgendaStop],
    pace: Pace,
) -> tuple[AgendaDay, ...]:
    named = {
        one.day_on: one
        for one in context.catalogue.records(MissionDay, where={"mission_uuid": mission.uuid})
        if one.day_on
    }
    dates = sorted({*days_of(mission), *named, *(one.day_on for one in records if one.day_on)})
    drives = _drives(context, records)
    hold_context()

    def metres(before: str, after: str) -> float | None:
        start, end = stops[before], stops[after]
        if start.point is None or end.point is None:
            return None
        found = distance_m(*start.point, *end.point)
        # Two places of which only the same commune is known may lie far apart.
        is_told = found > 0 or (start.has_pin and end.has_pin) or start.site == end.site
        return found if is_told else None

    found = []
    for number, day in enumerate(dates, start=1):
        record = named.get(day)
        departure = minute_of((record.starts_at or "") if record else "")
        plan = [
            _plan_stop(stops[one.uuid], drives.get(one.uuid, {}))
            for one in records
            if one.day_on == day
        ]
        leaves = DEPARTURE_MIN if departure is None else departure
        found.append(
            AgendaDay(
                day=day,
                number=number,
                record=record,
                departure=leaves,
                dry=tuple(schedule(in_version(plan, DRY), leaves, pace, metres)),
                wet=tuple(schedule(in_version(plan, WET), leaves, pace, metres)),
            )
        )
    return tuple(found)


def _drives(context: AppContext, records: Sequence[MissionStop]) -> dict[str, dict[str, Drive]]:
    """Give the drives that are known, by the entry they lead to and the one they come from."""
    keys = [one.uuid for one in records]
    found: dict[str, dict[str, Drive]] = {}
    if keys:
        for one in context.catalogue.records(DriveTime, where={"to_stop_uuid": keys}):
            if one.minutes is not None:
                drive = Drive(minutes=one.minutes, source=one.drive_source or "entered")
                found.setdefault(one.to_stop_uuid or "", {})[one.from_stop_uuid or START] = drive
    return found


def _plan_stop(stop: AgendaStop, drives: dict[str, Drive]) -> PlanStop:
    record, site = stop.record, stop.site
    # Typed in a table without saying from where: it counts for whatever stands before.
    typed = record.drive_minutes
    return PlanStop(
        key=record.uuid,
        kind=record.stop_kind or VISIT,
        weather=record.weather or "",
        minutes=record.minutes,
        fixed_start=record.starts_at or "",
        drives=drives,
        any_drive=None if typed is None else Drive(minutes=typed, source="entered"),
        site=record.site_uuid or "",
        is_red=bool(stop.readiness and stop.readiness.is_red),
        is_checked=stop.readiness is not None,
        season=(site.opening_season or "") if site else "",
        permission=(site.permission_needed or "") if site else "",
        needs_permit=stop.needs_permit,
        permit_ready=bool(record.permit_ready),
        has_speaker=bool(record.speaker),
    )


def _conflicts(
    mission: Mission, days: Sequence[AgendaDay], records: Sequence[MissionStop], pace: Pace
) -> tuple[Conflict, ...]:
    found = mission_conflicts(
        starts_on=mission.starts_on or "",
        ends_on=mission.ends_on or "",
        days=[day.day for day in days],
        kinds=[one.stop_kind or VISIT for one in records],
    )
    for day in days:
        dry = day_conflicts(day.day, DRY, day.dry, day.departure, pace)
        wet = day_conflicts(day.day, WET, day.wet, day.departure, pace)
        found.extend(in_both(dry, wet))
    order = {"error": 0, "warning": 1, "note": 2}
    return tuple(sorted(found, key=lambda one: (order[one.severity.value], one.day)))
