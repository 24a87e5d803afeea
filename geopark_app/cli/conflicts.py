"""`conflicts`: what colleagues wrote side by side, and a decision."""

from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.exit_codes import LEFT_FOR_A_PERSON
from geopark_app.cli.history import short
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geopark_app.operations.conflicts import Conflict


def conflicts_command() -> click.Group:
    """Make `conflicts`."""
    group = click.Group(name="conflicts", help=_("Values written side by side, to be settled."))
    for command in (_list(), _show(), _resolve()):
        group.add_command(command)
    return group


def _list() -> click.Command:
    @click.command("list", help=_("List every conflict; 21 when there is one."))
    @common_options
    @click.pass_context
    def show(ctx: click.Context, output: Output) -> int:
        from geopark_app.operations.conflicts import list_conflicts

        with opened(ctx) as context:
            found = list_conflicts(context)
        _print(output, found)
        return LEFT_FOR_A_PERSON if found else 0

    return show


def _show() -> click.Command:
    @click.command("show", help=_("Show the conflicts of one record."))
    @click.argument("ref", metavar="REF")
    @common_options
    @click.pass_context
    def show(ctx: click.Context, output: Output, ref: str) -> int:
        from geopark_app.domain.errors import ErrorCode, GeoparkError
        from geopark_app.operations.conflicts import list_conflicts

        with opened(ctx) as context:
            found = [
                one
                for one in list_conflicts(context)
                if ref in {one.ref, one.ref.partition(":")[2], one.record.uuid}
            ]
        if not found:
            raise GeoparkError(ErrorCode.NOT_FOUND, kind="conflict", reference=ref)
        _print(output, found)
        return LEFT_FOR_A_PERSON

    return show


def _resolve() -> click.Command:
    @click.command("resolve", help=_("Decide for one value; the others stay in the history."))
    @click.argument("ref", metavar="REF")
    @click.argument("field", metavar="[FIELD]", required=False, default="")
    @click.option(
        "--keep",
        type=click.IntRange(min=1),
        metavar="N",
        help=_("Number of the value; for a deleted record 1 keeps it and 2 deletes it."),
    )
    @click.option("--both", is_flag=True, help=_("For long texts: both, as suggested."))
    @common_options
    @click.pass_context
    def resolve(
        ctx: click.Context, output: Output, ref: str, field: str, keep: int | None, both: bool
    ) -> int:
        from geopark_app.operations.conflicts import (
            find_conflict,
            keep_text,
            keep_value,
            list_conflicts,
        )

        if (keep is None) is not both:
            raise click.UsageError(_("Say which value: --keep N, or --both."))
        with opened(ctx) as context:
            conflict = find_conflict(context, ref, field)
            if keep is not None:
                keep_value(context, conflict, keep)
            else:
                keep_text(context, conflict, conflict.suggestion or "")
            left = len(list_conflicts(context))
        output.data({"resolved": conflict.ref, "field": field, "conflicts": left})
        output.text(_("Settled. Conflicts left: {count}").format(count=left))
        return LEFT_FOR_A_PERSON if left else 0

    return resolve


def _print(output: Output, found: "Sequence[Conflict]") -> None:
    from geopark_app.wording.errors import field_label

    output.data({"conflicts": [_as_json(one) for one in found], "count": len(found)})
    output.table(
        (_("Record"), _("Field"), _("No."), _("Value"), _("Who"), _("When")),
        [
            (
                one.ref,
                field_label(one.field) if one.field else _("deleted"),
                str(number),
                short(rival.value),
                f"{rival.person} ({rival.device})",
                rival.at,
            )
            for one in found
            for number, rival in enumerate(one.values, start=1)
        ],
    )


def _as_json(one: "Conflict") -> dict[str, Any]:
    return {
        "ref": one.ref,
        "title": one.title,
        "kind": one.open.table,
        "uuid": one.record.uuid,
        "field": one.field,
        "deleted_by_somebody": one.open.is_delete,
        "values": [
            {
                "number": number,
                "value": rival.value,
                "author": rival.person,
                "at": rival.at,
                "device": rival.device,
                "shown": not one.open.is_delete and number == 1,
            }
            for number, rival in enumerate(one.values, start=1)
        ],
        "suggestion": one.suggestion,
    }
