"""`record KIND history` and `bring-back`: who changed what, and an earlier value again."""

import click

from geopark_app.cli.output import Output, common_options, opened
from geopark_app.domain.declaration import RecordKind
from geopark_app.i18n import gettext as _


def history_command(kind: RecordKind) -> click.Command:
    """Make `history`."""

    @click.command("history", help=_("Show who changed what, newest first."))
    @click.argument("reference", metavar="ID")
    @click.option("--field", "-f", "field", default="", help=_("Only this field."))
    @common_options
    @click.pass_context
    def show_history(ctx: click.Context, output: Output, reference: str, field: str) -> None:
        from geopark_app.operations.field_history import numbered_history
        from geopark_app.operations.records import find_record
        from geopark_app.wording.errors import field_label

        with opened(ctx) as context:
            record = find_record(context, kind, reference)
            entries = numbered_history(context, kind.name, record.uuid, field=field)
        output.data(
            {
                "history": [
                    {
                        "number": one.number,
                        "at": one.entry.at,
                        "person": one.entry.person,
                        "device": one.entry.device,
                        "note": one.entry.note,
                        "kind": one.entry.kind.value,
                        "field": one.entry.field,
                        "old": one.entry.old,
                        "new": one.entry.new,
                    }
                    for one in entries
                ],
                "count": len(entries),
            }
        )
        output.table(
            (_("No."), _("When"), _("Who"), _("Field"), _("Before"), _("After")),
            [
                (
                    str(one.number),
                    one.entry.at,
                    f"{one.entry.person} ({one.entry.device})",
                    field_label(one.entry.field),
                    short(one.entry.old),
                    short(one.entry.new),
                )
                for one in entries
            ],
        )

    return show_history


def bring_back_command(kind: RecordKind) -> click.Command:
    """Make `bring-back`."""

    @click.command("bring-back", help=_("Give a field the value of an earlier change again."))
    @click.argument("reference", metavar="ID")
    @click.argument("field", metavar="FIELD")
    @click.option(
        "--entry",
        "number",
        type=click.IntRange(min=1),
        required=True,
        help=_("Number of the change in the history; 1 is the newest."),
    )
    @click.option("--before", is_flag=True, help=_("The value before that change."))
    @common_options
    @click.pass_context
    def back(
        ctx: click.Context, output: Output, reference: str, field: str, number: int, before: bool
    ) -> None:
        from geopark_app.cli.record_json import record_json
        from geopark_app.operations.field_history import bring_back
        from geopark_app.operations.records import find_record, get_record
        from geopark_app.wording.errors import field_label

        with opened(ctx) as context:
            record = find_record(context, kind, reference)
            reason = _("Bring back “{field}” of {record}").format(
                field=field_label(field), record=reference
            )
            changes = bring_back(
                context, kind.name, record.uuid, field, number=number, before=before, reason=reason
            )
            record = get_record(context, kind, record.uuid)
        output.data({"record": record_json(record), "changed": bool(changes.touched)})
        output.text(_("Saved.") if changes.touched else _("Nothing to change."))

    return back


def short(value: object) -> str:
    """Give a value as it fits into a table."""
    text = "" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
