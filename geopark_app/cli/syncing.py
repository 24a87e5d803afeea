"""`sync`: exchange with colleagues through a folder or a bundle, and what they lack."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.exit_codes import LEFT_FOR_A_PERSON
from geopark_app.cli.hub import hub_command
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.cli.sync_words import peer_json, say_receipt, say_status, status_json
from geopark_app.cli.travel import checklist_command
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.context import AppContext

_PATH = click.Path(path_type=Path)


def sync_command() -> click.Group:
    """Make `sync`."""
    group = click.Group(name="sync", help=_("Exchange with colleagues; what they lack."))
    for command in (
        _status(),
        _pending(),
        _folder(),
        _export(),
        _import(),
        _originals(),
        _repair(),
        checklist_command(),
        hub_command(),
    ):
        group.add_command(command)
    return group


def _repair() -> click.Command:
    @click.command(
        "repair",
        help=_("After this laptop's disk was set back: sign again what was saved since, once."),
    )
    @click.argument("place", metavar="PLACE", type=str)
    @common_options
    @click.pass_context
    def repair(ctx: click.Context, output: Output, place: str) -> None:
        from geopark_app.operations.fork_repair import repair_fork
        from geopark_app.operations.hubs import hub_place

        where = hub_place(place) if place.startswith("postgresql") else Path(place)
        with opened(ctx) as context:
            _context, done = repair_fork(context, where)
        output.data({"saves": done.saves})
        output.text(
            _("{count} saves were signed again; exchange through the same place now.").format(
                count=done.saves
            )
            if done.saves
            else _("Nothing is double there; nothing was changed.")
        )

    return repair


def _pending() -> click.Command:
    @click.command("pending", help=_("Count the saves no colleague has."))
    @common_options
    @click.pass_context
    def pending(ctx: click.Context, output: Output) -> None:
        from geopark_app.operations.safety import pending_saves
        from geopark_app.operations.sync_status import lacked_by_place
        from geopark_app.operations.teams import current_team

        with opened(ctx) as context:
            count = pending_saves(context)
            team = current_team(context)
            lacked = lacked_by_place(context) if team is not None and team.is_member else []
        by_place = [
            {"person": person, "place": place, "records": records}
            for person, place, records in lacked
        ]
        output.data({"pending": count, "by_place": by_place})
        output.text(_("{count} saves are on this laptop only.").format(count=count))
        if lacked:
            output.text(_("Here, and not yet with every colleague"))
            output.table(
                (_("Person"), _("Place"), _("Records")),
                [(person, place or _("no place"), str(some)) for person, place, some in lacked],
            )

    return pending


def _status() -> click.Command:
    @click.command("status", help=_("Who was last heard of when, and who lacks what."))
    @common_options
    @click.pass_context
    def show(ctx: click.Context, output: Output) -> int:
        from geopark_app.operations.sync_status import sync_status

        with opened(ctx) as context:
            status = sync_status(context)
        output.data(status_json(status))
        say_status(output, status)
        return LEFT_FOR_A_PERSON if status.conflicts else 0

    return show


def _folder() -> click.Command:
    @click.command("folder", help=_("Exchange through a folder: a stick, a shared disk."))
    @click.argument("folder", metavar="DIR", type=_PATH)
    @click.option(
        "--budget",
        type=click.IntRange(min=0),
        metavar="MB",
        help=_("Write at most so many megabytes of photos."),
    )
    @click.option("--encrypt", is_flag=True, help=_("Encrypt from now on what is written there."))
    @common_options
    @click.pass_context
    def exchange(
        ctx: click.Context, output: Output, folder: Path, budget: int | None, encrypt: bool
    ) -> int:
        from geopark_app.operations.exchanging import exchange_folder
        from geopark_app.operations.sync_status import sync_status

        with opened(ctx) as context, output.progress(_("Exchanging")) as progress:
            receipt = exchange_folder(
                context,
                folder,
                budget=None if budget is None else budget * 1024 * 1024,
                encrypt=encrypt,
                progress=progress,
            )
            status = sync_status(context)
        return say_receipt(output, receipt, status)

    return exchange


def _originals() -> click.Command:
    @click.command("originals", help=_("Which originals of photos this laptop wants."))
    @click.option("--all", "everything", is_flag=True, help=_("All originals."))
    @click.option("--none", "nothing", is_flag=True, help=_("No originals, only small pictures."))
    @click.option("--route", "routes", type=int, multiple=True, help=_("Of the stops of a route."))
    @click.option("--site", "sites", metavar="CODE", multiple=True, help=_("Of a site."))
    @click.option("--year", "years", type=int, multiple=True, help=_("Taken in a year."))
    @click.option("--dossier", is_flag=True, help=_("Marked for the dossier."))
    @common_options
    @click.pass_context
    def originals(
        ctx: click.Context,
        output: Output,
        everything: bool,
        nothing: bool,
        routes: tuple[int, ...],
        sites: tuple[str, ...],
        years: tuple[int, ...],
        dossier: bool,
    ) -> None:
        from geopark_app.operations.originals import (
            unwanted_originals,
            wish_of,
            wish_originals,
            wished_originals,
        )
        from geopark_app.rules.originals import OriginalsWish

        with opened(ctx) as context:
            if everything:
                wish_originals(context, OriginalsWish())
            elif nothing or routes or sites or years or dossier:
                wish = wish_of(context, routes=routes, sites=sites, years=years, dossier=dossier)
                wish_originals(context, wish)
            chosen = wished_originals(context)
            declined = len(unwanted_originals(context, chosen))
        output.data(
            {
                "everything": chosen.everything,
                "routes": sorted(chosen.routes),
                "sites": sorted(chosen.sites),
                "years": sorted(chosen.years),
                "dossier": chosen.dossier,
                "not_wanted": declined,
            }
        )
        output.text(
            _("All originals are wanted here.")
            if chosen.everything
            else _("{count} originals are not wanted here.").format(count=declined)
        )

    return originals


def _export() -> click.Command:
    @click.command("export", help=_("Write what colleagues lack into one file, for mail or chat."))
    @click.argument("out", metavar="OUT", type=_PATH)
    @click.option("--for", "device", metavar="DEVICE", default="", help=_("Only for this laptop."))
    @click.option("--encrypt", is_flag=True, help=_("Only the team's laptops can read it."))
    @common_options
    @click.pass_context
    def export(ctx: click.Context, output: Output, out: Path, device: str, encrypt: bool) -> None:
        from geopark_app.operations.bundles import export_bundle

        with opened(ctx) as context:
            packed = export_bundle(context, out, for_device=device, encrypt=encrypt)
        path = out if out.suffix == ".gsb" else out.with_name(f"{out.name}.gsb")
        output.data(
            {
                "file": str(path) if packed else None,
                "sent": packed.saves if packed else 0,
                "bytes": len(packed.raw) if packed else 0,
            }
        )
        if packed is None:
            output.text(_("There is nothing that laptop lacks."))
        else:
            output.text(
                _("Written: {path} ({count} saves); photos travel by folder only.").format(
                    path=path, count=packed.saves
                )
            )

    return export


def _import() -> click.Command:
    @click.command("import", help=_("Take in bundle files of colleagues."))
    @click.argument("files", metavar="FILE…", nargs=-1, required=True, type=_PATH)
    @common_options
    @click.pass_context
    def take(ctx: click.Context, output: Output, files: tuple[Path, ...]) -> int:
        with opened(ctx) as context:
            content = _take_files(context, files)
        output.data(content)
        output.text(
            _("Saves taken: {count}; bundles waiting for others: {parked}.").format(
                count=content["received"], parked=content["parked"]
            )
        )
        return LEFT_FOR_A_PERSON if content["conflicts"] else 0

    return take


def _take_files(context: "AppContext", files: tuple[Path, ...]) -> dict[str, Any]:
    from geopark_app.operations.bundles import import_bundle
    from geopark_app.operations.sync_status import sync_status

    received = 0
    for path in files:
        outcome, followed = import_bundle(context, path)
        some = [*followed, *([outcome.taken] if outcome.taken else [])]
        received += sum(one.saves for one in some)
    status = sync_status(context)
    return {
        "received": received,
        "sent": 0,
        "parked": len(status.waiting),
        "conflicts": status.conflicts,
        "photos": {"sent": 0, "received": 0, "missing": status.missing_files},
        "peers": [peer_json(one) for one in status.colleagues],
    }
