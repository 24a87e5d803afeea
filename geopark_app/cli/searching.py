"""`search TEXT`: all records, without accents, best first; with filters, and kept by name."""

from typing import Any

import click

from geopark_app.cli.interrupt import cancel_on_interrupt
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
    @click.option(
        "--reindex", is_flag=True, help=_("Make the search index anew, attached files too.")
    )
    @click.option("--list", "list_saved", is_flag=True, help=_("List the searches kept."))
    @common_options
    @click.pass_context
    def search(ctx: click.Context, /, output: Output, **asked: Any) -> None:
        if asked["reindex"]:
            _reindex(ctx, output)
        elif asked["list_saved"]:
            _list_saved(ctx, output)
        elif asked["forget"]:
            _forget(ctx, output, asked["forget"])
        elif asked["saved"] or asked["text"].strip() or asked["filters"]:
            _search(ctx, output, asked)
        else:
            raise click.UsageError(_("Say what to search for, or name a search with --saved."))

    return search


def _search(ctx: click.Context, output: Output, asked: dict[str, Any]) -> None:
    from geopark_app.operations.attached_texts import read_waiting_files, unread_files
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
        with (
            cancel_on_interrupt() as cancel,
            output.progress(_("Reading attached files")) as progress,
        ):
            # Files a colleague sent may be here since the last look.
            read_waiting_files(context, progress=progress, cancel=cancel)
        unread = unread_files(context)
        hits = search_records(context, text, kinds=asked["kinds"], filters=filters)
        if asked["save_as"]:
            name = asked["save_as"]
            reason = _("Keep the search “{name}”").format(name=name)
            save_search(context, SavedSearch(name=name, text=text, filters=filters), reason=reason)
    from geopark_app.wording.attached import file_state_words, place_words

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
                "group": hit.group,
                "place": _place(hit.place),
                "uuid": hit.uuid,
            }
            for hit in shown
        ],
        "count": len(shown),
        "unread_files": [
            {
                "ref": f"document:{one.document.uuid}",
                "file": one.document.file_name,
                "state": one.state,
                "message": file_state_words(one.state),
            }
            for one in unread
        ],
    }
    if len(shown) < len(hits):
        content["truncated"] = True
    output.data(content)
    output.table(
        (_("Record"), _("Name"), _("Found in")),
        [
            (hit.ref, hit.title, " · ".join(filter(None, (place_words(hit.place), hit.matched))))
            for hit in shown
        ],
    )
    if unread:
        output.remark(_("Files search cannot look into: {count}").format(count=len(unread)))
    if hits and all(hit.is_near for hit in hits):
        output.remark(_("Nothing is written so; these are close."))


def _place(place: str) -> dict[str, str] | None:
    kind, _sign, name = place.partition(":")
    return {"kind": kind, "name": name} if place else None


def _reindex(ctx: click.Context, output: Output) -> None:
    from geopark_app.operations.attached_texts import read_all_files_again, unread_files
    from geopark_app.wording.attached import file_state_words

    with (
        opened(ctx) as context,
        cancel_on_interrupt() as cancel,
        output.progress(_("Reading attached files")) as progress,
    ):
        context.catalogue.make_index_anew()
        count = read_all_files_again(context, progress=progress, cancel=cancel)
        unread = [(one.document.file_name or "", one.state) for one in unread_files(context)]
    output.data(
        {"files": count, "unread_files": [{"file": file, "state": state} for file, state in unread]}
    )
    output.text(_("The index is made anew; attached files read: {count}").format(count=count))
    output.table(
        (_("File"), _("Why not")), [(file, file_state_words(state)) for file, state in unread]
    )


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
