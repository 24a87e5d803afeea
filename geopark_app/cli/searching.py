"""`search TEXT`: all records, without accents, best first."""

from typing import Any

import click

from geopark_app.cli.output import Output, common_options, opened
from geopark_app.i18n import gettext as _


def search_command() -> click.Command:
    """Make `search`."""

    @click.command("search", help=_("Find records; accents and case do not matter."))
    @click.argument("text")
    @click.option("--limit", type=click.IntRange(min=1), help=_("At most so many."))
    @common_options
    @click.pass_context
    def search(ctx: click.Context, output: Output, text: str, limit: int | None) -> None:
        with opened(ctx) as context:
            hits = context.catalogue.search(text)
        shown = hits[:limit]
        content: dict[str, Any] = {
            "query": text,
            "hits": [
                {
                    "ref": hit.ref,
                    "title": hit.title,
                    "matched": hit.matched,
                    "score": hit.score,
                    "uuid": hit.uuid,
                }
                for hit in shown
            ],
            "count": len(shown),
        }
        if len(shown) < len(hits):
            content["truncated"] = True
        output.data(content)
        output.table(
            (_("Record"), _("Name"), _("Found in")),
            [(hit.ref, hit.title, hit.matched) for hit in shown],
        )

    return search
