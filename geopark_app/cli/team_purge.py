"""`team purge` and `team removed`: values removed for good, and who still holds them."""

import click

from geopark_app.cli.exit_codes import LEFT_FOR_A_PERSON
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.i18n import gettext as _


def purge_commands() -> tuple[click.Command, ...]:
    """Make both commands."""
    return (_purge(), _removed())


def _purge() -> click.Command:
    @click.command(
        "purge", help=_("Remove a value, or a record with its files, for good and everywhere.")
    )
    @click.argument("ref", metavar="REF")
    @click.option("--field", default="", metavar="NAME", help=_("This field only."))
    @click.option("--reason", required=True, metavar="TEXT", help=_("Why; it stays."))
    @click.option("--yes", is_flag=True, help=_("Do not ask."))
    @common_options
    @click.pass_context
    def purge(
        ctx: click.Context, output: Output, ref: str, field: str, reason: str, yes: bool
    ) -> None:
        from geopark_app.operations.purging import named_record, remove_for_good
        from geopark_app.operations.trash import title_of

        with opened(ctx) as context:
            record = named_record(context, ref)
            title = title_of(record)
            if not yes:
                click.confirm(
                    _("Remove for good, everywhere, never to come back: {what}?").format(
                        what=f"{title} {field}".strip()
                    ),
                    abort=True,
                    err=True,
                )
            step = _("Remove for good")
            remove_for_good(context, record, field, reason=reason, step=step)
        output.data({"record": record.uuid, "field": field or None})
        output.text(_("Removed. Other laptops follow when they exchange: “team removed”."))

    return purge


def _removed() -> click.Command:
    @click.command(
        "removed", help=_("What was removed for good, and who still holds it; 21 when anybody.")
    )
    @click.option(
        "--drop-backups", is_flag=True, help=_("Delete this laptop's copies from before.")
    )
    @click.option(
        "--hub", default="", metavar="URL", help=_("Clean the hub; as its administrator.")
    )
    @click.option("--ask-password", is_flag=True, help=_("Ask for the password of that login."))
    @common_options
    @click.pass_context
    def removed(
        ctx: click.Context, output: Output, drop_backups: bool, hub: str, ask_password: bool
    ) -> int:
        from geopark_app.operations.purging import clean_hub, removal_states
        from geopark_app.operations.purging import drop_backups as drop

        password = click.prompt(_("Password"), hide_input=True, err=True) if ask_password else ""
        with opened(ctx) as context:
            if drop_backups:
                drop(context)
            cleaned = clean_hub(context, hub, password) if hub else 0
            found = removal_states(context)
        output.data(
            {
                "removals": [
                    {
                        "kind": one.removal.kind_name,
                        "record": one.removal.target,
                        "field": one.removal.field_name,
                        "reason": one.removal.reason,
                        "at": one.removal.removed_at,
                        "laptops": list(one.laptops),
                        "file_holders": list(one.file_holders),
                        "backups": list(one.backups),
                    }
                    for one in found
                ],
                "cleaned_on_hub": cleaned,
            }
        )
        output.table(
            (_("Removed"), _("Record"), _("Reason"), _("Still with")),
            [
                (
                    (one.removal.removed_at or "")[:16],
                    f"{one.removal.kind_name}:{one.removal.target} {one.removal.field_name or ''}",
                    one.removal.reason or "",
                    ", ".join((*one.laptops, *one.file_holders, *one.backups)),
                )
                for one in found
            ],
        )
        return LEFT_FOR_A_PERSON if any(not one.is_everywhere for one in found) else 0

    return removed
