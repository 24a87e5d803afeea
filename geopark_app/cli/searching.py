"""`search TEXT`: all records, without accents, best first; with filters, and kept by name."""

from typing import Any

import click

from geopark_app.cli.output import Output, common_options, filter_pairs, opened
from geopark_app.i18n import gettext as _


def search_command() -> click.Command:
    """Make `search`."""

    @click.command("search", help=_("Find records; accents and case do not matter."))
    @click.argument("text", default="")
    @click.option("--limit", type=click.IntRange(min=1), help=_("At most so many."))
    @click.option("--kind", "kinds", multiple=True, help=_("Only records of this kind."))
    @click.option(
        "--filter",
        "filters",
        multiple=True,
        metavar="NAME=VALUE",
        help=_("Only sites that pass this filter, as in “site list”."),
    )
    @click.option("--save", "save_as", metavar="NAME", help=_("Keep this search under a name."))
    @click.option("--saved", metavar="NAME", help=_("Do the search of this name."))
    @click.option("--forget", metavar="NAME", help=_("Forget the search of this name."))
    @click.option("--list", "list_saved", is_flag=True, help=_("List the searches kept."))
    @common_options
    @click.pass_context
    def search(ctx: click.Context, /, output: Output, **asked: Any) -> None:
        if asked["list_saved"]:
            _list_saved(ctx, output)
        elif asked["forget"]:
            _forget(ctx, output, asked["forget"])
        elif asked["saved"] or asked["text"].strip() or asked["filters"]:
            _search(ctx, output, asked)
        else:
            raise click.UsageError(_("Say what to search for, or name a search with --saved."))

    return search


def _search(ctx: click.Context, output: Output, asked: dict[str, Any]) -> None:
    from geopark_app.operations.searching import (
        SavedSearch,
        save_search,
        saved_search,
        search_records,
    )

    text, filters = asked["text"], filter_pairs(asked["filters"])
    with opened(ctx) as context:
        if asked["saved"]:
            kept = saved_search(context, asked["saved"])
            text, filters = text or kept.text, {**kept.filters, **filters}
        hits = search_records(context, text, kinds=asked["kinds"], filters=filters)
        if asked["save_as"]:
            name = asked["save_as"]
            reason = _("Keep the search “{name}”").format(name=name)
            save_search(context, SavedSearch(name=name, text=text, filters=filters), reason=reason)
    shown = hits[: asked["limit"]]
    content: dict[str, Any] = {
        "query": text,
        "filters": filters,
        "hits": [
            {
                "ref": hit.ref,
                "kind": hit.kind,
                "title": hit.title,
                "matched": hit.matched,
                "marks": [list(mark) for mark in hit.marks],
                "score": hit.score,
                "near": hit.is_near,
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
    if hits and all(hit.is_near for hit in hits):
        output.remark(_("Nothing is written so; these are close."))


def _list_saved(ctx: click.Context, output: Output) -> None:
    from geopark_app.operations.searching import saved_searches

    with opened(ctx) as context:
        kept = saved_searches(context)
    output.data(
        {
            "searches": [
                {"name": one.name, "text": one.text, "filters": dict(one.filters)} for one in kept
            ],
            "count": len(kept),
        }
    )
    output.table(
        (_("Name"), _("Words"), _("Filters")),
        [
            (one.name, one.text, ", ".join(f"{key}={value}" for key, value in one.filters.items()))
            for one in kept
        ],
    )


def _forget(ctx: click.Context, output: Output, name: str) -> None:
    from geopark_app.operations.searching import forget_search

    with opened(ctx) as context:
        reason = _("Forget the search “{name}”").format(name=name)
        forget_search(context, name, reason=reason)
    output.data({"forgotten": name})
    output.text(_("Forgotten."))
