"""`site set-many` and `site duplicates`: many sites at once."""

from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.history import short
from geopark_app.cli.output import Output, common_options, filter_pairs, opened, pairs
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.bulk import CellChange


def set_many_command() -> click.Command:
    """Make `site set-many`."""

    @click.command("set-many", help=_("Change fields of many sites, as one save."))
    @click.option(
        "--filter",
        "filters",
        multiple=True,
        required=True,
        metavar="NAME=VALUE",
        help=_("Which sites, as in “site list”; kind=all for every one."),
    )
    @click.option(
        "--field",
        "-f",
        "fields",
        multiple=True,
        required=True,
        metavar="NAME=VALUE",
        help=_("Value of a field; may be repeated."),
    )
    @click.option("--dry-run", is_flag=True, help=_("Show what would change; save nothing."))
    @common_options
    @click.pass_context
    def set_many(
        ctx: click.Context,
        output: Output,
        filters: tuple[str, ...],
        fields: tuple[str, ...],
        dry_run: bool,
    ) -> None:
        from geopark_app.operations.bulk import Edit, preview, write_changes
        from geopark_app.operations.sites import list_sites
        from geopark_app.wording.errors import field_label

        typed = pairs(fields)
        with opened(ctx) as context:
            sites = [item.site for item in list_sites(context, filters=filter_pairs(filters))]
            edits = [
                Edit(uuid=site.uuid, field=name, typed=text)
                for site in sites
                for name, text in typed.items()
            ]
            changes = preview(context, "site", edits)
            _refuse_problems(changes)
            changes = [change for change in changes if change.is_change]
            if not dry_run:
                labels = ", ".join(field_label(name) for name in typed)
                reason = _("Edit {field} of {count} sites").format(field=labels, count=len(sites))
                write_changes(context, changes, reason=reason)
        _show(output, changes, looked_at=len(sites), saved=not dry_run and bool(changes))

    return set_many


def _refuse_problems(changes: "list[CellChange]") -> None:
    """One value for all: refused for one site, it is refused for all, and nothing is written."""
    for change in changes:
        if change.problem is not None:
            raise change.problem


def _show(output: Output, changes: "list[CellChange]", *, looked_at: int, saved: bool) -> None:
    from geopark_app.operations.trash import title_of
    from geopark_app.wording.errors import field_label

    output.data(
        {
            "changes": [_change_json(change) for change in changes],
            "count": len(changes),
            "sites": looked_at,
            "saved": saved,
        }
    )
    output.table(
        (_("Site"), _("Field"), _("Before"), _("After")),
        [
            (
                title_of(change.record) if change.record else change.edit.uuid,
                field_label(change.edit.field),
                short(change.old),
                short(change.new),
            )
            for change in changes
        ],
    )
    output.text(_("Saved.") if saved else _("Nothing was saved."))


def _change_json(change: "CellChange") -> dict[str, Any]:
    return {
        "uuid": change.edit.uuid,
        "code": getattr(change.record, "code", None),
        "field": change.edit.field,
        "old": change.old,
        "new": change.new,
    }


def duplicates_command() -> click.Command:
    """Make `site duplicates`."""

    @click.command("duplicates", help=_("List sites that may be one and the same."))
    @click.option(
        "--within",
        "metres",
        type=click.FloatRange(min=0, max=50_000),
        default=100.0,
        metavar="METRES",
        help=_("Points this close count as the same place."),
    )
    @common_options
    @click.pass_context
    def duplicates(ctx: click.Context, output: Output, metres: float) -> None:
        from geopark_app.operations.duplicates import site_duplicates
        from geopark_app.wording.pairs import pair_reasons

        with opened(ctx) as context:
            found = site_duplicates(context, within_m=metres)
        output.data(
            {
                "pairs": [
                    {
                        "first": {"uuid": pair.first.uuid, "code": pair.first.code},
                        "second": {"uuid": pair.second.uuid, "code": pair.second.code},
                        "same_name": pair.same_name,
                        "near": pair.is_near,
                        "metres": None if pair.metres is None else round(pair.metres, 1),
                    }
                    for pair in found
                ],
                "count": len(found),
            }
        )
        output.table(
            (_("Site"), _("Site"), _("Why")),
            [
                (
                    f"{pair.first.code or ''} {pair.first.name_vi or ''}",
                    f"{pair.second.code or ''} {pair.second.name_vi or ''}",
                    pair_reasons(pair.same_name, pair.is_near, pair.metres),
                )
                for pair in found
            ],
        )

    return duplicates
