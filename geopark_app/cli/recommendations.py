"""`recommendations list|add|action|export`: what others asked for, and how it is followed."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.i18n import LANGUAGES, pick
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.recommendations import RecommendationLine, RecommendationRegister


def recommendations_command() -> click.Group:
    """Make `recommendations`."""
    group = click.Group(
        name="recommendations", help=_("Recommendations, who answers for them, and until when.")
    )
    for command in (_list(), _add(), _action(), _export()):
        group.add_command(command)
    return group


def _list() -> click.Command:
    @click.command("list", help=_("List the register with the clock of a yellow card."))
    @click.option("--open", "only_open", is_flag=True, help=_("Only what is not done yet."))
    @click.option("--late", "only_late", is_flag=True, help=_("Only what is past its date."))
    @common_options
    @click.pass_context
    def listing(ctx: click.Context, output: Output, only_open: bool, only_late: bool) -> None:
        from geopark_app.operations.recommendations import read_recommendations
        from geopark_app.operations.vocabularies import all_labels

        with opened(ctx) as context:
            register = read_recommendations(context)
            labels = all_labels(context)
        lines = [
            line
            for line in register.lines
            if (line.is_open or not only_open) and (line.is_late or not only_late)
        ]
        output.data(
            {
                "today": register.today.isoformat(),
                "yellow_card": _clock_json(register),
                "recommendations": [_line_json(line) for line in lines],
                "count": len(lines),
            }
        )
        output.table(
            (_("Number"), _("Recommendation"), _("Given on"), _("State"), _("Due on"),
             _("Actions"), _("Proof")),
            [
                (
                    line.record.number or "",
                    pick(line.record.text_vi, line.record.text_en),
                    line.record.given_on or "",
                    labels.get(("recommendation_status", line.record.status or ""), ""),
                    (line.due.isoformat() if line.due else "") + (" !" if line.is_late else ""),
                    f"{line.open_actions}/{len(line.actions)}",
                    ", ".join(one.number or "" for one in line.evidence),
                )
                for line in lines
            ],
        )  # fmt: skip
        if register.clock is not None:
            output.text(
                _("Yellow card: {days} days left until {end}.").format(
                    days=register.clock.days_left, end=register.clock.ends_on.isoformat()
                )
            )

    return listing


def _clock_json(register: "RecommendationRegister") -> dict[str, Any] | None:
    clock = register.clock
    if clock is None:
        return None
    return {
        "given_on": clock.given_on.isoformat(),
        "ends_on": clock.ends_on.isoformat(),
        "days_left": clock.days_left,
    }


def _line_json(line: "RecommendationLine") -> dict[str, Any]:
    record = line.record
    return {
        "uuid": record.uuid,
        "number": record.number,
        "text_vi": record.text_vi,
        "text_en": record.text_en,
        "origin": record.origin,
        "given_by": record.given_by,
        "given_on": record.given_on,
        "wording": record.wording_status,
        "source": record.source,
        "unit": line.unit.name_vi if line.unit else None,
        "owner": record.owner,
        "status": record.status,
        "due_on": line.due.isoformat() if line.due else None,
        "late": line.is_late,
        "actions": [
            {
                "uuid": work.uuid,
                "title": work.title_vi,
                "due_on": work.due_on,
                "state": work.work_state,
            }
            for work in line.actions
        ],
        "evidence": [one.number for one in line.evidence],
    }


def _add() -> click.Command:
    @click.command("add", help=_("Add a recommendation under the next number of the year."))
    @click.argument("text")
    @click.option("--origin", metavar="TERM", default="council", show_default=True,
                  help=_("Origin, such as council, mission, consultants, oral."))  # fmt: skip
    @common_options
    @click.pass_context
    def add(ctx: click.Context, output: Output, text: str, origin: str) -> None:
        from geopark_app.domain.kinds import Recommendation
        from geopark_app.operations.recommendations import add_recommendation
        from geopark_app.operations.records import read_typed

        with opened(ctx) as context:
            values = read_typed(context, Recommendation(uuid=""), {"origin": origin})
            reason = _("Add a recommendation")
            origin = str(values["origin"] or "")
            added = add_recommendation(context, text, origin=origin, reason=reason)
        output.data({"uuid": added.record.uuid, "number": added.record.number})
        output.text(added.record.number or "")

    return add


def _action() -> click.Command:
    @click.command("action", help=_("Add a work that answers a recommendation."))
    @click.argument("number")
    @click.argument("title")
    @click.option("--due", metavar="YYYY-MM-DD", help=_("Until when."))
    @common_options
    @click.pass_context
    def action(
        ctx: click.Context, output: Output, number: str, title: str, due: str | None
    ) -> None:
        from geopark_app.domain.kinds import Work
        from geopark_app.operations.recommendations import add_action, find_recommendation
        from geopark_app.operations.records import read_typed

        with opened(ctx) as context:
            wanted = find_recommendation(context, number)
            day = read_typed(context, Work(uuid=""), {"due_on": due or ""})["due_on"]
            reason = _("Add an action to {number}").format(number=wanted.number or "")
            added = add_action(context, wanted, title, due_on=day, reason=reason)
        output.data({"uuid": added.work.uuid, "due_on": added.work.due_on})
        output.text(_("Saved."))

    return action


def _export() -> click.Command:
    @click.command("export", help=_("Write the register: PDF, DOCX or XLSX, by the suffix."))
    @click.argument("out", metavar="OUT.pdf|OUT.docx|OUT.xlsx", type=click.Path(path_type=Path))
    @click.option("--language", type=click.Choice((*LANGUAGES, "both")), default="both",
                  show_default=True, help=_("Language of the document."))  # fmt: skip
    @common_options
    @click.pass_context
    def export(ctx: click.Context, output: Output, out: Path, language: str) -> None:
        from geopark_app.operations.recommendations_print import write_recommendations

        tongues = LANGUAGES if language == "both" else (language,)
        with opened(ctx) as context, cancel_on_interrupt() as cancel:
            register = write_recommendations(context, out, cancel, languages=tongues)
        output.data({"out": str(out), "count": len(register.lines)})
        output.text(_("Written: {path}").format(path=out))

    return export
