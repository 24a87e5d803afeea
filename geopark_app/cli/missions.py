"""`mission list|new|show|plan|check|booklet|rehearse|log`: the days of an evaluation mission."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.exit_codes import LEFT_FOR_A_PERSON
from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.mission_days import log_command, plan_command, rehearse_command
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.i18n import LANGUAGES, pick
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.context import AppContext
    from geopark_app.operations.missions import AgendaDay, OpenMission
    from geopark_app.rules.mission import Conflict, TimedStop


def mission_command() -> click.Group:
    """Make `mission`."""
    group = click.Group(
        name="mission", help=_("Days, stops, drives, people and questions of a mission.")
    )
    for command in (
        _list(), _new(), _show(), plan_command(), _check(), _booklet(), rehearse_command(),
        log_command(),
    ):  # fmt: skip
        group.add_command(command)
    return group


def _list() -> click.Command:
    @click.command("list", help=_("List the missions."))
    @common_options
    @click.pass_context
    def listing(ctx: click.Context, output: Output) -> None:
        from geopark_app.domain.kinds import Mission

        with opened(ctx) as context:
            found = sorted(context.catalogue.records(Mission), key=lambda one: one.starts_on or "")
        output.data(
            {
                "missions": [
                    {
                        "uuid": one.uuid,
                        "name_vi": one.name_vi,
                        "name_en": one.name_en,
                        "starts_on": one.starts_on,
                        "ends_on": one.ends_on,
                        "result": one.result_card,
                    }
                    for one in found
                ],
                "count": len(found),
            }
        )
        output.table(
            (_("Mission"), _("First day"), _("Last day")),
            [
                (pick(one.name_vi, one.name_en), one.starts_on or "", one.ends_on or "")
                for one in found
            ],
        )

    return listing


def _new() -> click.Command:
    @click.command("new", help=_("Make a mission with a day for each of its dates."))
    @click.argument("name")
    @click.option("--from", "starts_on", required=True, metavar="DAY", help=_("The first day."))
    @click.option("--to", "ends_on", default="", metavar="DAY", help=_("The last day."))
    @click.option("--name-en", default="", help=_("Name in English."))
    @common_options
    @click.pass_context
    def new(
        ctx: click.Context, output: Output, name: str, starts_on: str, ends_on: str, name_en: str
    ) -> None:
        from geopark_app.domain.kinds import Mission
        from geopark_app.operations.mission_planning import new_mission
        from geopark_app.operations.records import read_typed

        with opened(ctx) as context:
            typed = {"starts_on": starts_on, "ends_on": ends_on}
            days = read_typed(context, Mission(uuid=""), typed)
            made = new_mission(
                context,
                name,
                starts_on=str(days["starts_on"] or ""),
                ends_on=str(days["ends_on"] or ""),
                name_en=name_en,
                reason=_("New mission: {name}").format(name=name),
            )
        output.data({"uuid": made.mission.uuid, "name_vi": made.mission.name_vi})
        output.text(_("Saved."))

    return new


def _show() -> click.Command:
    @click.command("show", help=_("Show the agenda with times, readiness of today and conflicts."))
    @click.argument("mission", required=False)
    @click.option("--day", metavar="DAY", help=_("Only this day."))
    @click.option("--wet", is_flag=True, help=_("The version for wet weather."))
    @common_options
    @click.pass_context
    def show(
        ctx: click.Context, output: Output, mission: str | None, day: str | None, wet: bool
    ) -> None:
        from geopark_app.operations.missions import find_mission, open_mission
        from geopark_app.wording.missions import pace_words

        with opened(ctx) as context:
            opened_one = open_mission(context, find_mission(context, mission))
        days = [opened_one.day(day)] if day else list(opened_one.days)
        output.data(_mission_json(opened_one, days))
        output.text(pick(opened_one.mission.name_vi, opened_one.mission.name_en))
        weather = "wet" if wet else "dry"
        for one in days:
            output.text(_("Day {number}, {day}").format(number=one.number, day=one.day))
            rows = [_row(opened_one, one, timed) for timed in one.version(weather)]
            output.table(_headings(), rows)
        output.text(pace_words(opened_one.pace.speed_kmh, opened_one.pace.detour))
        _tell_conflicts(opened_one, output)

    return show


def _headings() -> tuple[str, ...]:
    return (
        _("No."), _("Time"), _("Place"), _("Minutes"), _("Drive"), _("Readiness"), _("Speaker"),
    )  # fmt: skip


def _row(opened_one: "OpenMission", day: "AgendaDay", timed: "TimedStop") -> tuple[str, ...]:
    from geopark_app.rules.mission import clock_words
    from geopark_app.wording.missions import drive_words

    stop = opened_one.stops[timed.stop.key]
    state = stop.readiness
    score = "" if state is None or state.score is None else f"{round(state.score * 100)} %"
    drive = timed.drive
    return (
        str(_position(opened_one, day, timed.stop.key)),
        f"{clock_words(timed.begins)}–{clock_words(timed.leaves)}",
        stop.name,
        "" if stop.record.minutes is None else str(stop.record.minutes),
        drive_words(drive.minutes, drive.source) if drive else "",
        score + (" !" if state and state.is_red else ""),
        stop.record.speaker or "",
    )


def _position(opened_one: "OpenMission", day: "AgendaDay", key: str) -> int:
    """Give the number of an entry among all entries of its day, of both versions."""
    keys = [one.record.uuid for one in opened_one.stops.values() if one.record.day_on == day.day]
    return keys.index(key) + 1


def _mission_json(opened_one: "OpenMission", days: "list[AgendaDay]") -> dict[str, Any]:
    mission, pace = opened_one.mission, opened_one.pace
    return {
        "uuid": mission.uuid,
        "name_vi": mission.name_vi,
        "name_en": mission.name_en,
        "starts_on": mission.starts_on,
        "ends_on": mission.ends_on,
        "speed_kmh": pace.speed_kmh,
        "detour_factor": pace.detour,
        "longest_day_minutes": pace.longest_day_min,
        "days": [
            {
                "day": day.day,
                "number": day.number,
                "has_wet_version": day.has_wet_version,
                "dry": [_timed_json(opened_one, day, one) for one in day.dry],
                "wet": [_timed_json(opened_one, day, one) for one in day.wet],
            }
            for day in days
        ],
        "people": len(opened_one.people),
        "conflicts": [_conflict_json(opened_one, one) for one in opened_one.conflicts],
    }


def _timed_json(opened_one: "OpenMission", day: "AgendaDay", timed: "TimedStop") -> dict[str, Any]:
    from geopark_app.rules.mission import clock_words

    stop = opened_one.stops[timed.stop.key]
    record, state = stop.record, stop.readiness
    return {
        "number": _position(opened_one, day, record.uuid),
        "uuid": record.uuid,
        "kind": timed.stop.kind,
        "site": stop.site.code if stop.site else None,
        "name": stop.name,
        "weather": record.weather,
        "arrives": clock_words(timed.arrives),
        "begins": clock_words(timed.begins),
        "leaves": clock_words(timed.leaves),
        "minutes": record.minutes,
        "drive": timed.drive and {"minutes": timed.drive.minutes, "source": timed.drive.source},
        "readiness": round(state.score, 4) if state and state.score is not None else None,
        "red": bool(state and state.is_red),
        "needs_permit": stop.needs_permit,
        "permit_ready": record.permit_ready,
        "speaker": record.speaker,
        "caretaker": record.caretaker,
        "people": [{"name": one.name, "sex": one.sex} for one in stop.people],
    }


def _conflict_json(opened_one: "OpenMission", conflict: "Conflict") -> dict[str, Any]:
    return {
        "code": conflict.code,
        "severity": conflict.severity.value,
        "day": conflict.day or None,
        "weather": conflict.weather or None,
        "stop": conflict.stop or None,
        "message": _sentence(opened_one, conflict),
    }


def _sentence(opened_one: "OpenMission", conflict: "Conflict") -> str:
    from geopark_app.wording.missions import conflict_words

    stop = opened_one.stops.get(conflict.stop)
    return conflict_words(conflict.code, conflict.details, stop.name if stop else "")


def _tell_conflicts(opened_one: "OpenMission", output: Output) -> None:
    from geopark_app.wording.missions import weather_words

    if not opened_one.conflicts:
        output.text(_("Nothing speaks against the plan."))
    marks = {"error": "!!", "warning": "!", "note": "·"}
    for one in opened_one.conflicts:
        parts = (marks[one.severity.value], one.day, weather_words(one.weather))
        head = " ".join(part for part in parts if part)
        output.text(f"{head}  {_sentence(opened_one, one)}")


def _check() -> click.Command:
    @click.command("check", help=_("List what speaks against the plan, the gravest first."))
    @click.argument("mission", required=False)
    @common_options
    @click.pass_context
    def check(ctx: click.Context, output: Output, mission: str | None) -> int:
        from geopark_app.operations.missions import find_mission, open_mission

        with opened(ctx) as context:
            opened_one = open_mission(context, find_mission(context, mission))
        found = [_conflict_json(opened_one, one) for one in opened_one.conflicts]
        grave = sum(one["severity"] == "error" for one in found)
        output.data({"conflicts": found, "count": len(found), "errors": grave})
        _tell_conflicts(opened_one, output)
        return LEFT_FOR_A_PERSON if grave else 0

    return check


def _booklet() -> click.Command:
    @click.command("booklet", help=_("Write the booklet of the mission as PDF."))
    @click.argument("out", metavar="OUT.pdf", type=click.Path(path_type=Path))
    @click.option("--mission", metavar="ID", help=_("The newest when left out."))
    @click.option("--paper", type=click.Choice(("a4", "a5")), default="a5", show_default=True,
                  help=_("Size of the pages."))  # fmt: skip
    @click.option("--language", type=click.Choice((*LANGUAGES, "both")), default="both",
                  show_default=True, help=_("Language of the document."))  # fmt: skip
    @common_options
    @click.pass_context
    def booklet(ctx: click.Context, /, output: Output, out: Path, **given: Any) -> None:
        from geopark_app.operations.mission_booklet import write_booklet
        from geopark_app.operations.missions import find_mission, open_mission

        if out.suffix.lower() != ".pdf":
            raise GeoparkError(ErrorCode.BAD_VALUE, field="OUT", value=out.name, expected=".pdf")
        tongues = LANGUAGES if given["language"] == "both" else (given["language"],)
        with opened(ctx) as context, cancel_on_interrupt() as cancel:
            mission = open_mission(context, find_mission(context, given["mission"]))
            pages = write_booklet(
                context, mission, out, cancel, paper=given["paper"], languages=tongues
            )
        output.data({"out": str(out), "pages": pages})
        output.text(_("Written: {path}").format(path=out))

    return booklet


def key_of(opened_one: "OpenMission", day: str, number: int) -> str:
    """Give the key of an entry by its number on a day.

    Raises
    ------
    GeoparkError
        NOT_FOUND.
    """
    keys = [one.record.uuid for one in opened_one.stops.values() if one.record.day_on == day]
    if not 1 <= number <= len(keys):
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="mission_stop", reference=f"{day} {number}")
    return keys[number - 1]


def read_day(context: "AppContext", typed: str) -> str:
    """Read a day as typed, ISO or day/month/year; raises BAD_VALUE."""
    from geopark_app.domain.kinds import MissionStop
    from geopark_app.operations.records import read_typed

    return str(read_typed(context, MissionStop(uuid=""), {"day_on": typed})["day_on"] or "")
