"""`sync checklist departure|return`: is this laptop ready to leave, was everything handed over."""

from pathlib import Path

import click

from geopark_app.cli.exit_codes import LEFT_FOR_A_PERSON
from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.domain.travel import Trip
from geopark_app.i18n import gettext as _


def checklist_command() -> click.Command:
    """Make `sync checklist`."""

    @click.command("checklist", help=_("Look at this laptop before leaving or after coming back."))
    @click.argument(
        "trip", metavar="departure|return", type=click.Choice([trip.value for trip in Trip])
    )
    @click.option(
        "--print",
        "out",
        metavar="OUT.pdf",
        type=click.Path(path_type=Path),
        help=_("Write the list as one page to print."),
    )
    @common_options
    @click.pass_context
    def checklist(ctx: click.Context, output: Output, trip: str, out: Path | None) -> int:
        from geopark_app.operations.travel_check import travel_check
        from geopark_app.operations.travel_print import write_travel
        from geopark_app.wording.travel import line_words, mark_words, travel_sum, travel_title

        with opened(ctx) as context:
            found = travel_check(context, Trip(trip))
        if out is not None:
            with cancel_on_interrupt() as cancel:
                write_travel(found, out, cancel)
        output.data(
            {
                "trip": trip,
                "at": found.at.isoformat(timespec="seconds"),
                "to_do": found.to_do,
                "lines": [
                    {"name": line.name, "mark": line.mark.value, **line.details}
                    for line in found.lines
                ],
                "file": str(out) if out else None,
            }
        )
        output.text(f"{travel_title(found.trip)}: {travel_sum(found)}")
        output.table(
            (_("Found"), _("What"), ""),
            [(mark_words(line.mark), *line_words(line)) for line in found.lines],
        )
        return LEFT_FOR_A_PERSON if found.to_do else 0

    return checklist
