"""`translation export|import|terms`: English texts out to the translator and back."""

from pathlib import Path

import click

from geopark_app.cli.history import short
from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.i18n import gettext as _


def translation_command() -> click.Group:
    """Make `translation`."""
    group = click.Group(
        name="translation", help=_("English texts: out to the translator and back.")
    )
    group.add_command(_export())
    group.add_command(_import())
    group.add_command(_terms())
    return group


def _export() -> click.Command:
    @click.command("export", help=_("Write texts that are old, missing or use another term."))
    @click.argument("out", metavar="OUT.xlsx|OUT.docx", type=click.Path(path_type=Path))
    @click.option("--all", "every", is_flag=True, help=_("Every text, also those in order."))
    @common_options
    @click.pass_context
    def export(ctx: click.Context, output: Output, out: Path, every: bool) -> None:
        from geopark_app.operations.translation import export_pairs

        with opened(ctx) as context:
            count = export_pairs(context, out, every=every)
        output.data({"out": str(out), "count": count})
        output.text(_("{count} texts written: {path}").format(count=count, path=out))

    return export


def _import() -> click.Command:
    @click.command("import", help=_("Take the new English texts of the file, as one save."))
    @click.argument("path", metavar="FILE.xlsx|FILE.docx", type=click.Path(path_type=Path))
    @click.option("--dry-run", is_flag=True, help=_("Show what would change; save nothing."))
    @common_options
    @click.pass_context
    def take(ctx: click.Context, output: Output, path: Path, dry_run: bool) -> None:
        from geopark_app.operations.bulk import write_changes
        from geopark_app.operations.translation import read_pairs
        from geopark_app.wording.errors import field_label

        with opened(ctx) as context:
            with cancel_on_interrupt() as cancel:
                changes = read_pairs(context, path, cancel=cancel)
            changing = [change for change in changes if change.is_change]
            refused = [change for change in changes if change.problem is not None]
            if changing and not dry_run:
                reason = _("Take {count} translations").format(count=len(changing))
                write_changes(context, changing, reason=reason)
        output.data(
            {
                "changes": [
                    {
                        "uuid": change.edit.uuid,
                        "code": getattr(change.record, "code", None),
                        "field": change.edit.field,
                        "old": change.old,
                        "new": change.new,
                    }
                    for change in changing
                ],
                "count": len(changing),
                "same": len(changes) - len(changing) - len(refused),
                "refused": [change.edit.uuid for change in refused],
                "saved": bool(changing) and not dry_run,
            }
        )
        output.table(
            (_("Site"), _("Field"), _("Before"), _("After")),
            [
                (
                    getattr(change.record, "code", None) or change.edit.uuid,
                    field_label(change.edit.field),
                    short(change.old),
                    short(change.new),
                )
                for change in changing
            ],
        )
        output.text(_("Saved.") if changing and not dry_run else _("Nothing was saved."))

    return take


def _terms() -> click.Command:
    @click.command("terms", help=_("List texts whose English uses another word for a term."))
    @common_options
    @click.pass_context
    def terms(ctx: click.Context, output: Output) -> None:
        from geopark_app.domain.kinds import Site
        from geopark_app.operations.terms import term_findings
        from geopark_app.wording.errors import field_label

        with opened(ctx) as context:
            found = [
                (site, field, term)
                for site in context.catalogue.records(Site)
                for field, term in term_findings(site)
            ]
        output.data(
            {
                "findings": [
                    {
                        "uuid": site.uuid,
                        "code": site.code,
                        "field": field,
                        "term": term.vi,
                        "agreed": list(term.en),
                    }
                    for site, field, term in found
                ],
                "count": len(found),
            }
        )
        output.table(
            (_("Site"), _("Field"), _("Term"), _("Agreed words")),
            [
                (site.code or site.uuid, field_label(field), term.vi, ", ".join(term.en))
                for site, field, term in found
            ],
        )

    return terms
