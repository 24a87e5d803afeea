"""`site …`: the records of the kind site, with what stands beside them."""

from typing import Any

import click

from geopark_app.cli.commune_checking import communes_command
from geopark_app.cli.editing import duplicates_command, set_many_command
from geopark_app.cli.output import Output, common_options, filter_pairs, opened
from geopark_app.cli.records import kind_group, show_fields
from geopark_app.domain.kinds import KINDS
from geopark_app.i18n import gettext as _


def site_command() -> click.Group:
    """Make `site`: the commands of a record kind, with a fuller list and show."""
    group = kind_group(KINDS["site"])
    group.add_command(_list())
    group.add_command(_show())
    group.add_command(set_many_command())
    group.add_command(duplicates_command())
    group.add_command(_code())
    group.add_command(_next_code())
    group.add_command(communes_command())
    return group


def _list() -> click.Command:
    @click.command("list", help=_("List the sites."))
    @click.option(
        "--filter",
        "filters",
        multiple=True,
        metavar="NAME=VALUE",
        help=_(
            "kind, route, stop, commune, quality, text, missing, stale, or any field; with !=, ~= "
            "(holds), >=, <=, ^= (term or narrower), ?= (filled in: yes or no) too."
        ),
    )
    @click.option("--sort", default="code", metavar="NAME", help=_("Sort by; “-” reverses."))
    @click.option("--limit", type=click.IntRange(min=1), help=_("At most so many."))
    @common_options
    @click.pass_context
    def show_all(
        ctx: click.Context, output: Output, filters: tuple[str, ...], sort: str, limit: int | None
    ) -> None:
        from geopark_app.cli.record_json import site_json
        from geopark_app.operations.site_lists import site_rows
        from geopark_app.operations.vocabularies import all_labels

        with opened(ctx) as context:
            sites = site_rows(context, filters=filter_pairs(filters), sort=sort)
            labels = all_labels(context)
        shown = sites[:limit]
        content: dict[str, Any] = {"sites": [site_json(row) for row in shown], "count": len(shown)}
        if len(shown) < len(sites):
            content["truncated"] = True
        output.data(content)
        output.table(
            (_("Code"), _("Name"), _("Kind"), _("Route"), _("Commune"), _("Position")),
            [
                (
                    item.code or "",
                    item.name_vi or "",
                    labels.get(("site_kind", item.site_kind or ""), ""),
                    str(item.route_number or ""),
                    item.commune_name,
                    labels.get(("coord_quality", item.coord_quality), item.coord_quality),
                )
                for item in shown
            ],
        )

    return show_all


def _show() -> click.Command:
    @click.command("show", help=_("Show one site with its findings and readiness."))
    @click.argument("reference", metavar="SITE")
    @common_options
    @click.pass_context
    def show(ctx: click.Context, output: Output, reference: str) -> None:
        from geopark_app.cli.record_json import site_json, whole_record_json
        from geopark_app.operations.site_lists import site_rows_of
        from geopark_app.operations.sites import find_site, site_findings
        from geopark_app.operations.vocabularies import all_labels
        from geopark_app.wording import finding_sentence

        with opened(ctx) as context:
            site = find_site(context, reference)
            row = site_rows_of(context, [site.uuid]).get(site.uuid)
            findings = site_findings(context, site.uuid)
            whole = whole_record_json(context, site)
            terms = all_labels(context)
        content = whole | (site_json(row) if row else {})
        content["findings"] = [
            {
                "code": item.code,
                "severity": item.severity.value,
                "field": item.field,
                "message": finding_sentence(item),
            }
            for item in findings
        ]
        content["scores"] = []
        output.data({"sites": [content], "count": 1})
        show_fields(output, KINDS["site"], whole, terms)
        for finding in findings:
            output.text(f"• {finding_sentence(finding)}")

    return show


def _code() -> click.Command:
    @click.command("code", help=_("Give a site its final code; the code before stays as an alias."))
    @click.argument("reference", metavar="SITE")
    @click.option("--final", "wanted", default="", metavar="CODE", help=_("Without it: the next."))
    @common_options
    @click.pass_context
    def give(ctx: click.Context, output: Output, reference: str, wanted: str) -> None:
        from geopark_app.operations.site_codes import give_final_code
        from geopark_app.operations.sites import find_site

        with opened(ctx) as context:
            site = find_site(context, reference)
            reason = _("Final code for {code}").format(code=site.code or reference)
            code, _changes = give_final_code(context, site, wanted, reason=reason)
        output.data({"uuid": site.uuid, "code": code, "before": site.code})
        output.text(_("{before} is now {code}.").format(before=site.code or "–", code=code))

    return give


def _next_code() -> click.Command:
    @click.command("next-code", help=_("Show the next code; with a letter, the provisional one."))
    @click.option("--letter", default="", metavar="A–Z", help=_("Letter of this laptop."))
    @common_options
    @click.pass_context
    def show(ctx: click.Context, output: Output, letter: str) -> None:
        from geopark_app.operations.site_codes import laptop_letter, new_code

        with opened(ctx) as context:
            code = new_code(context, letter=letter or laptop_letter(context.author.device))
        output.data({"code": code})
        output.text(code)

    return show
