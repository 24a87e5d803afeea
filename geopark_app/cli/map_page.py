"""`map OUT.html`: one self-contained offline map."""

from dataclasses import asdict
from pathlib import Path

import click

from geopark_app.cli.output import Output, common_options, filter_pairs, opened
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _


def map_command() -> click.Command:
    """Make `map`."""

    @click.command("map", help=_("Write one offline map page that opens in any browser."))
    @click.argument("out", metavar="OUT.html", type=click.Path(path_type=Path, dir_okay=False))
    @click.option(
        "--audience",
        type=click.Choice(("internal", "evaluators", "public")),
        default="evaluators",
        show_default=True,
        help=_("Who will see it."),
    )
    @click.option(
        "--filter", "filters", multiple=True, metavar="NAME=VALUE", help=_("Only these sites.")
    )
    @common_options
    @click.pass_context
    def write_map(
        ctx: click.Context, output: Output, out: Path, audience: str, filters: tuple[str, ...]
    ) -> None:
        from geopark_app.domain.declaration import Audience
        from geopark_app.maps.page import standalone_page
        from geopark_app.operations.map_sites import count_map_sites, map_sites
        from geopark_app.operations.sites import list_sites
        from geopark_app.store.writing_files import write_atomically

        with opened(ctx) as context:
            summaries = list_sites(context, filters=filter_pairs(filters))
            sites = map_sites(
                context, language=active(), audience=Audience(audience), summaries=summaries
            )
        write_atomically(out, standalone_page(sites, active()).encode("utf-8"))
        counts = count_map_sites(summaries, sites)
        output.data({"out": str(out), "sites": len(sites), **asdict(counts)})
        output.text(
            _(
                "Map written: {path} ({count} sites: {drawn} drawn, "
                "{withheld} withheld for this audience, {unknown} of unknown position)"
            ).format(path=out, count=len(sites), **asdict(counts))
        )

    return write_map
