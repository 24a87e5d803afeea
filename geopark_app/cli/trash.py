"""`trash`: what was deleted of every kind, taken out again, or hidden for good."""

import click

from geopark_app.cli.output import Output, common_options, opened
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick


def trash_command() -> click.Group:
    """Make `trash`."""
    group = click.Group(name="trash", help=_("What was deleted, of every kind."))
    group.add_command(_list())
    group.add_command(_restore())
    group.add_command(_empty())
    return group


def _list() -> click.Command:
    @click.command("list", help=_("List what lies in the trash, newest first."))
    @common_options
    @click.pass_context
    def show(ctx: click.Context, output: Output) -> None:
        from geopark_app.operations.trash import trashed_records

        with opened(ctx) as context:
            found = trashed_records(context)
        output.data(
            {
                "trash": [
                    {
                        "kind": item.kind.name,
                        "uuid": item.record.uuid,
                        "title": item.title,
                        "at": item.at,
                        "person": item.person,
                        "device": item.device,
                    }
                    for item in found
                ],
                "count": len(found),
            }
        )
        output.table(
            (_("Kind"), _("Name"), _("Deleted"), _("Who"), "uuid"),
            [
                (
                    pick(item.kind.label_vi, item.kind.label_en),
                    item.title,
                    item.at,
                    f"{item.person} ({item.device})" if item.person else "",
                    item.record.uuid,
                )
                for item in found
            ],
        )

    return show


def _restore() -> click.Command:
    @click.command("restore", help=_("Take records out of the trash, as one save."))
    @click.argument("uuids", nargs=-1, required=True, metavar="UUID…")
    @common_options
    @click.pass_context
    def restore(ctx: click.Context, output: Output, uuids: tuple[str, ...]) -> None:
        from geopark_app.domain.errors import ErrorCode, GeoparkError
        from geopark_app.operations.trash import restore_records, trashed_records

        with opened(ctx) as context:
            by_uuid = {item.record.uuid: item for item in trashed_records(context)}
            for uuid in uuids:
                if uuid not in by_uuid:
                    raise GeoparkError(ErrorCode.NOT_FOUND, kind="trash", reference=uuid)
            reason = _("Restore: {record}").format(
                record=", ".join(by_uuid[uuid].title for uuid in uuids)
            )
            restore_records(context, [by_uuid[uuid] for uuid in uuids], reason=reason)
        output.data({"restored": list(uuids), "count": len(uuids)})
        output.text(_("Restored."))

    return restore


def _empty() -> click.Command:
    @click.command("empty", help=_("Hide everything in the trash for good; says what."))
    @click.option("--yes", is_flag=True, help=_("Do it; without this only say what."))
    @common_options
    @click.pass_context
    def empty(ctx: click.Context, output: Output, yes: bool) -> None:
        from geopark_app.operations.trash import counted, empty_trash, trashed_records

        with opened(ctx) as context:
            found = trashed_records(context)
            if yes and found:
                reason = _("Empty the trash: {count} records").format(count=len(found))
                empty_trash(context, found, reason=reason)
        counts = counted(found)
        output.data(
            {
                "hidden" if yes else "would_hide": {kind.name: count for kind, count in counts},
                "count": len(found),
                "done": yes and bool(found),
            }
        )
        for kind, count in counts:
            output.text(f"{count}  {pick(kind.label_vi, kind.label_en)}")
        for item in found:
            output.text(f"    {item.title}")
        if found and not yes:
            output.text(_("Nothing was hidden; --yes does it."))
        elif found:
            output.text(_("Hidden for good on every laptop; the signed log keeps the values."))
        else:
            output.text(_("The trash is empty."))

    return empty
