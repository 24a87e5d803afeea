"""`mission plan|rehearse|log`: a day put together, test-driven, and what was asked on it."""

from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.output import Output, common_options, opened
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.context import AppContext
    from geopark_app.operations.mission_rehearsal import TestDrive
    from geopark_app.operations.missions import OpenMission

_NOW = "now"


def plan_command() -> click.Command:
    """Make `mission plan`."""

    @click.command("plan", help=_("Put a day together: stops, order, departure, drives."))
    @click.option("--mission", metavar="ID", help=_("The newest when left out."))
    @click.option("--day", required=True, metavar="DAY", help=_("Which day."))
    @click.option("--add", "sites", multiple=True, metavar="SITE", help=_("Add a site at the end."))
    @click.option("--route", metavar="NUMBER", help=_("Add the stops of a visitor route."))
    @click.option("--entry", multiple=True, metavar="KIND:PLACE",
                  help=_("Add an entry without a site, such as opening or meal."))  # fmt: skip
    @click.option("--minutes", type=click.IntRange(0, 1440), help=_("Minutes of what is added."))
    @click.option("--at", "starts_at", default="", metavar="TIME",
                  help=_("Time at which the entry must begin."))  # fmt: skip
    @click.option("--weather", type=click.Choice(("both", "dry", "wet")), default="both",
                  show_default=True, help=_("Version in which it stands."))  # fmt: skip
    @click.option("--order", metavar="2,1,3", help=_("New order of the numbers shown."))
    @click.option("--remove", multiple=True, type=int, metavar="N", help=_("Remove an entry."))
    @click.option("--departure", metavar="TIME", help=_("When the day begins."))
    @click.option("--drive", multiple=True, metavar="N=MINUTES",
                  help=_("Drive that leads to an entry."))  # fmt: skip
    @common_options
    @click.pass_context
    def plan(ctx: click.Context, /, output: Output, **given: Any) -> None:
        from geopark_app.cli.missions import read_day
        from geopark_app.operations.missions import find_mission, open_mission

        with opened(ctx) as context:
            mission = find_mission(context, given["mission"])
            day = read_day(context, given["day"])
            before = open_mission(context, mission)
            _change(context, before, day, given)
            _add(context, mission.uuid, day, given)
            after = open_mission(context, mission)
        stops = [one for one in after.stops.values() if one.record.day_on == day]
        output.data(
            {
                "day": day,
                "stops": [
                    {"number": at, "uuid": one.record.uuid, "name": one.name}
                    for at, one in enumerate(stops, start=1)
                ],
            }
        )
        output.table(
            (_("No."), _("Place")), [(str(at), one.name) for at, one in enumerate(stops, start=1)]
        )

    return plan


def _change(context: "AppContext", mission: "OpenMission", day: str, given: dict[str, Any]) -> None:
    """Change what is there; numbers are those shown before."""
    from geopark_app.cli.missions import key_of
    from geopark_app.operations.mission_planning import put_in_order, set_departure, set_drive
    from geopark_app.operations.records import delete_record

    reason = _("Plan of {day}").format(day=day)
    drives = [_pair(typed) for typed in given["drive"]]
    removed = [key_of(mission, day, number) for number in given["remove"]]
    order = [key_of(mission, day, number) for number in _numbers(given["order"])]
    for number, minutes in drives:
        stop = key_of(mission, day, number)
        before = _before(mission, day, stop, given["weather"])
        set_drive(context, before, stop, minutes, reason=reason)
    if given["departure"] is not None:
        set_departure(context, mission.mission.uuid, day, given["departure"], reason=reason)
    if order:
        put_in_order(context, mission.mission.uuid, day, order, reason=reason)
    for key in removed:
        delete_record(context, "mission_stop", key, reason=reason)


def _pair(typed: str) -> tuple[int, int]:
    number, sign, minutes = typed.partition("=")
    if not (sign and number.strip().isdecimal() and minutes.strip().isdecimal()):
        raise GeoparkError(ErrorCode.BAD_VALUE, field="--drive", value=typed, expected="2=35")
    return int(number), int(minutes)


def _numbers(typed: str | None) -> list[int]:
    parts = [part.strip() for part in (typed or "").split(",") if part.strip()]
    if not all(part.isdecimal() for part in parts) or len(set(parts)) < len(parts):
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="--order", value=typed or "", expected="2,1,3"
        )
    return [int(part) for part in parts]


def _before(mission: "OpenMission", day: str, stop: str, weather: str) -> str:
    from geopark_app.rules.mission import START

    version = mission.day(day).version("wet" if weather == "wet" else "dry")
    keys = [START, *(one.stop.key for one in version)]
    if stop not in keys:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="mission_stop", reference=f"{day} {weather}")
    return keys[keys.index(stop) - 1]


def _add(context: "AppContext", mission_uuid: str, day: str, given: dict[str, Any]) -> None:
    from geopark_app.domain.kinds import MissionStop, kind_named
    from geopark_app.operations.mission_planning import (
        USUAL_MINUTES,
        add_entry,
        add_route,
        add_sites,
    )
    from geopark_app.operations.records import find_record, read_typed
    from geopark_app.operations.sites import find_site

    reason = _("Plan of {day}").format(day=day)
    sites = [find_site(context, reference) for reference in given["sites"]]
    minutes = given["minutes"]
    if sites:
        add_sites(
            context,
            mission_uuid,
            day,
            sites,
            minutes=USUAL_MINUTES if minutes is None else minutes,
            weather=given["weather"],
            reason=reason,
        )
    if given["route"]:
        route: Any = find_record(context, kind_named("route"), given["route"])
        add_route(context, mission_uuid, day, route, reason=reason)
    for typed in given["entry"]:
        kind, _sign, place = typed.partition(":")
        read = read_typed(context, MissionStop(uuid=""), {"stop_kind": kind})
        add_entry(
            context,
            mission_uuid,
            day,
            kind=str(read["stop_kind"] or ""),
            place_vi=place,
            minutes=60 if minutes is None else minutes,
            starts_at=given["starts_at"],
            reason=reason,
        )


def rehearse_command() -> click.Command:
    """Make `mission rehearse`."""

    @click.command("rehearse", help=_("Time a test drive stop by stop; take its drive times."))
    @click.option("--mission", metavar="ID", help=_("The newest when left out."))
    @click.option("--day", required=True, metavar="DAY", help=_("Which day of the agenda."))
    @click.option("--on", "run_on", metavar="DAY", help=_("Date of the test drive; today."))
    @click.option("--wet", is_flag=True, help=_("The version for wet weather."))
    @click.option("--stop", "number", type=int, metavar="N",
                  help=_("Number of the entry; 0 is the departure."))  # fmt: skip
    @click.option("--arrived", metavar="TIME", help=_("When it came there: “now”, or 09:40."))
    @click.option("--left", metavar="TIME", help=_("When it left: “now”, or 10:25."))
    @click.option("--take", is_flag=True, help=_("Take the measured drives into the agenda."))
    @common_options
    @click.pass_context
    def rehearse(ctx: click.Context, /, output: Output, **given: Any) -> None:
        from geopark_app.cli.missions import read_day
        from geopark_app.operations import mission_rehearsal as runs
        from geopark_app.operations.missions import find_mission, open_mission

        with opened(ctx) as context:
            opened_one = open_mission(context, find_mission(context, given["mission"]))
            day = read_day(context, given["day"])
            typed_on = given["run_on"]
            run_on = read_day(context, typed_on) if typed_on else runs.today_of(context)
            where = {"run_on": run_on, "weather": "wet" if given["wet"] else "dry"}
            run = runs.read_run(context, opened_one.mission.uuid, day, **where)
            _tick(context, opened_one, run, given)
            run = runs.read_run(context, opened_one.mission.uuid, day, **where)
            if given["take"]:
                reason = _("Take measured drives of {day}").format(day=run.run_on)
                runs.take_drives(context, run, run.drives, reason=reason)
        _show_run(opened_one, run, output, taken=given["take"])

    return rehearse


def _tick(
    context: "AppContext", opened_one: "OpenMission", run: "TestDrive", given: dict[str, Any]
) -> None:
    from geopark_app.cli.missions import key_of
    from geopark_app.operations.mission_rehearsal import ARRIVED, LEFT, tick
    from geopark_app.rules.mission import START

    events = [(ARRIVED, given["arrived"]), (LEFT, given["left"])]
    named = [(event, typed) for event, typed in events if typed is not None]
    if not named:
        return
    number = given["number"]
    if number is None:
        raise click.UsageError(_("Name the entry with --stop N; 0 is the departure."))
    key = START if number == 0 else key_of(opened_one, run.day, number)
    for event, typed in named:
        moment = None if typed.strip().casefold() == _NOW else typed
        tick(context, run, key, event, typed=moment, reason=_("Test drive"))


def _show_run(opened_one: "OpenMission", run: "TestDrive", output: Output, *, taken: bool) -> None:
    rows, data = [], []
    for one in run.steps:
        name = opened_one.stops[one.stop.uuid].name if one.stop else _("Departure")
        arrived, left = one.tick.arrived, one.tick.left
        rows.append(
            (
                name,
                f"{arrived:%H:%M}" if arrived else "",
                f"{left:%H:%M}" if left else "",
                str(one.measured.minutes) if one.measured else "",
                "" if one.stayed is None else str(one.stayed),
            )
        )
        data.append(
            {
                "stop": one.stop.uuid if one.stop else None,
                "name": name,
                "arrived": arrived.isoformat() if arrived else None,
                "left": left.isoformat() if left else None,
                "drive_minutes": one.measured.minutes if one.measured else None,
                "stayed_minutes": one.stayed,
            }
        )
    output.data({"day": run.day, "run_on": run.run_on, "steps": data, "taken": taken})
    output.table((_("Place"), _("Came at"), _("Left at"), _("Drive"), _("Minutes")), rows)


def log_command() -> click.Group:
    """Make `mission log`."""
    group = click.Group(name="log", help=_("Questions, answers and oral recommendations."))
    for command in (_log_list(), _log_add(), _log_recommend()):
        group.add_command(command)
    return group


def _log_list() -> click.Command:
    @click.command("list", help=_("List what was asked and said."))
    @click.option("--mission", metavar="ID", help=_("The newest when left out."))
    @common_options
    @click.pass_context
    def listing(ctx: click.Context, output: Output, mission: str | None) -> None:
        from geopark_app.operations.mission_log import notes_of
        from geopark_app.operations.missions import find_mission

        with opened(ctx) as context:
            notes = notes_of(context, find_mission(context, mission).uuid)
        output.data(
            {
                "notes": [
                    {
                        "uuid": one.uuid,
                        "asked_on": one.asked_on,
                        "asked_by": one.asked_by,
                        "question_vi": one.question_vi,
                        "answer_vi": one.answer_vi,
                        "is_recommendation": bool(one.is_recommendation),
                        "recommendation_uuid": one.recommendation_uuid,
                    }
                    for one in notes
                ],
                "count": len(notes),
            }
        )
        output.table(
            (_("Date"), _("Asked by"), _("Question"), _("Answer"), "UUID"),
            [
                (
                    one.asked_on or "",
                    one.asked_by or "",
                    one.question_vi or "",
                    one.answer_vi or "",
                    one.uuid,
                )
                for one in notes
            ],
        )

    return listing


def _log_add() -> click.Command:
    @click.command("add", help=_("Log a question, or an oral recommendation, of today."))
    @click.argument("question")
    @click.option("--mission", metavar="ID", help=_("The newest when left out."))
    @click.option("--answer", default="", help=_("What was answered."))
    @click.option("--by", default="", metavar="NAME", help=_("Who asked."))
    @click.option("--recommendation", is_flag=True, help=_("It is an oral recommendation."))
    @common_options
    @click.pass_context
    def add(ctx: click.Context, /, output: Output, question: str, **given: Any) -> None:
        from geopark_app.operations.mission_log import add_note
        from geopark_app.operations.missions import find_mission

        with opened(ctx) as context:
            added = add_note(
                context,
                find_mission(context, given["mission"]).uuid,
                question,
                answer=given["answer"],
                asked_by=given["by"],
                is_recommendation=given["recommendation"],
                reason=_("Mission log"),
            )
        output.data({"uuid": added.note.uuid})
        output.text(_("Saved."))

    return add


def _log_recommend() -> click.Command:
    @click.command("recommend", help=_("Turn an entry of the log into a recommendation."))
    @click.argument("uuid")
    @common_options
    @click.pass_context
    def recommend(ctx: click.Context, output: Output, uuid: str) -> None:
        from geopark_app.domain.kinds import MissionNote
        from geopark_app.operations.mission_log import make_recommendation

        with opened(ctx) as context:
            note = context.catalogue.get(MissionNote, uuid)
            if note is None:
                raise GeoparkError(ErrorCode.NOT_FOUND, kind="mission_note", reference=uuid)
            made = make_recommendation(context, note, reason=_("Make a recommendation"))
        output.data({"uuid": made.record.uuid, "number": made.record.number})
        output.text(made.record.number or "")

    return recommend
