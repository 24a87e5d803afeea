"""`sync`: exchange with colleagues through a folder or a bundle, and what they lack."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.exit_codes import LEFT_FOR_A_PERSON
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.context import AppContext
    from geopark_app.operations.sync_status import Colleague, Status

_PATH = click.Path(path_type=Path)


def sync_command() -> click.Group:
    """Make `sync`."""
    group = click.Group(name="sync", help=_("Exchange with colleagues; what they lack."))
    for command in (_status(), _pending(), _folder(), _export(), _import()):
        group.add_command(command)
    return group


def _pending() -> click.Command:
    @click.command("pending", help=_("Count the saves no colleague has."))
    @common_options
    @click.pass_context
    def pending(ctx: click.Context, output: Output) -> None:
        from geopark_app.operations.safety import pending_saves

        with opened(ctx) as context:
            count = pending_saves(context)
        output.data({"pending": count})
        output.text(_("{count} saves are on this laptop only.").format(count=count))

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
        _say_status(output, status)
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
    @common_options
    @click.pass_context
    def exchange(ctx: click.Context, output: Output, folder: Path, budget: int | None) -> int:
        from geopark_app.operations.exchanging import exchange_folder
        from geopark_app.operations.sync_status import sync_status
        from geopark_app.wording import error_sentence

        with opened(ctx) as context, output.progress(_("Exchanging")) as progress:
            receipt = exchange_folder(
                context,
                folder,
                budget=None if budget is None else budget * 1024 * 1024,
                progress=progress,
            )
            status = sync_status(context)
        content = {
            "sent": receipt.sent,
            "received": receipt.received,
            "parked": receipt.parked,
            "conflicts": receipt.conflicts,
            "photos": {
                "sent": receipt.photos.sent,
                "received": receipt.photos.received,
                "missing": receipt.photos.missing,
                "waiting": receipt.photos.waiting,
                "damaged": list(receipt.photos.damaged),
            },
            "peers": [_peer_json(one) for one in status.colleagues],
            "half": list(receipt.half),
            "refused": [
                {"name": one.name, "code": one.error.code.value} for one in receipt.refused
            ],
            "foreign": list(receipt.foreign),
        }
        output.data(content)
        output.text(
            _("Saves: {sent} left, {received} taken.").format(
                sent=receipt.sent, received=receipt.received
            )
        )
        output.text(
            _("Files: {sent} left, {received} taken, {missing} still missing here.").format(
                sent=receipt.photos.sent,
                received=receipt.photos.received,
                missing=receipt.photos.missing,
            )
        )
        if receipt.photos.damaged:
            output.remark(
                _("{count} files are damaged and were not copied.").format(
                    count=len(receipt.photos.damaged)
                )
            )
        for name in receipt.half:
            output.remark(_("Not whole yet, or damaged: {name}").format(name=name))
        for one in receipt.refused:
            output.remark(f"{one.name}: {error_sentence(one.error).message}")
        for name in receipt.foreign:
            output.remark(_("Left alone, not ours: {name}").format(name=name))
        _say_status(output, status)
        left = receipt.conflicts or receipt.refused or receipt.photos.damaged
        return LEFT_FOR_A_PERSON if left else 0

    return exchange


def _export() -> click.Command:
    @click.command("export", help=_("Write what colleagues lack into one file, for mail or chat."))
    @click.argument("out", metavar="OUT", type=_PATH)
    @click.option("--for", "device", metavar="DEVICE", default="", help=_("Only for this laptop."))
    @common_options
    @click.pass_context
    def export(ctx: click.Context, output: Output, out: Path, device: str) -> None:
        from geopark_app.operations.bundles import export_bundle

        with opened(ctx) as context:
            packed = export_bundle(context, out, for_device=device)
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
        "peers": [_peer_json(one) for one in status.colleagues],
    }


def status_json(status: "Status") -> dict[str, Any]:
    """Give the status for programs."""
    return {
        "team": status.team.membership.name if status.team else None,
        "member": bool(status.team and status.team.is_member),
        "pending": status.pending,
        "conflicts": status.conflicts,
        "peers": [_peer_json(one) for one in status.colleagues],
        "waiting": [
            {"person": one.person, "device": one.device, "first": one.first, "last": one.last}
            for one in status.waiting
        ],
        "photos": {"missing": status.missing_files, "only_here": status.only_copies},
        "wrong_clocks": [
            {"person": one.person, "device": one.device, "says": one.says.isoformat()}
            for one in status.wrong_clocks
        ],
        "held_back": [
            {"person": one.user, "device": one.device, "author": one.author_id}
            for one in status.held_back
        ],
    }


def _peer_json(one: "Colleague") -> dict[str, Any]:
    return {
        "author": one.author,
        "name": one.person,
        "device": one.device,
        "heard_at": one.heard_at or None,
        "lacks_saves": one.lacks_saves,
        "lacks_files": one.lacks_files,
        "has_up_to": [
            {"name": has.person, "device": has.device, "at": has.at or None, "lacks": has.lacks}
            for has in one.has_up_to
        ],
        "older": one.is_older,
        "newer": one.is_newer,
    }


def _say_status(output: Output, status: "Status") -> None:
    if status.team is None:
        output.text(_("This catalogue belongs to no team yet."))
    output.text(_("{count} saves are on this laptop only.").format(count=status.pending))
    output.table(
        (_("Person"), _("Laptop"), _("Last heard of"), _("Lacks saves"), _("Lacks files")),
        [
            (
                one.person,
                one.device,
                one.heard_at or _("never"),
                str(one.lacks_saves),
                str(one.lacks_files),
            )
            for one in status.colleagues
        ],
    )
    for waiting in status.waiting:
        output.remark(
            _("Still needed: {device}, operations {first}–{last}.").format(
                device=waiting.device, first=waiting.first, last=waiting.last
            )
        )
    for wrong in status.wrong_clocks:
        output.remark(
            _("The clock of {device} is wrong: {says}.").format(
                device=wrong.device, says=wrong.says.isoformat(timespec="minutes")
            )
        )
    for one in status.held_back:
        output.remark(
            _("Saves of {person} on {device} stay here: that laptop is no member.").format(
                person=one.user, device=one.device
            )
        )
    if status.conflicts:
        output.text(_("Conflicts that wait for a person: {count}").format(count=status.conflicts))
