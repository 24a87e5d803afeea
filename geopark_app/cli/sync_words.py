"""What an exchange did and who has what, for programs and for people."""

from typing import TYPE_CHECKING, Any

from geopark_app.cli.exit_codes import LEFT_FOR_A_PERSON
from geopark_app.cli.output import Output
from geopark_app.i18n import gettext as _
from geopark_app.wording import error_sentence

if TYPE_CHECKING:
    from geopark_app.operations.exchanging import Receipt
    from geopark_app.operations.sync_status import Colleague, Status


def say_receipt(output: Output, receipt: "Receipt", status: "Status") -> int:
    """Print what an exchange did and who lacks what now; give the exit code."""
    output.data(_receipt_json(receipt, status))
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
            _(
                "{count} files are damaged and were not copied; whoever has them whole leaves "
                "them again."
            ).format(count=len(receipt.photos.damaged))
        )
    for name in receipt.half:
        output.remark(_("Not whole yet, or damaged: {name}").format(name=name))
    for one in receipt.refused:
        output.remark(f"{one.name}: {error_sentence(one.error).message}")
    for name in receipt.foreign:
        output.remark(_("Left alone, not ours: {name}").format(name=name))
    say_status(output, status)
    left = receipt.conflicts or receipt.refused or receipt.photos.damaged
    return LEFT_FOR_A_PERSON if left else 0


def _receipt_json(receipt: "Receipt", status: "Status") -> dict[str, Any]:
    return {
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
        "peers": [peer_json(one) for one in status.colleagues],
        "half": list(receipt.half),
        "refused": [{"name": one.name, "code": one.error.code.value} for one in receipt.refused],
        "foreign": list(receipt.foreign),
    }


def status_json(status: "Status") -> dict[str, Any]:
    """Give the status for programs."""
    return {
        "team": status.team.membership.name if status.team else None,
        "member": bool(status.team and status.team.is_member),
        "pending": status.pending,
        "conflicts": status.conflicts,
        "peers": [peer_json(one) for one in status.colleagues],
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


def peer_json(one: "Colleague") -> dict[str, Any]:
    """Give a colleague's laptop for programs."""
    return {
        "author": one.author,
        "name": one.person,
        "device": one.device,
        "heard_at": one.heard_at or None,
        "lacks_saves": one.lacks_saves,
        "lacks_files": one.lacks_files,
        "lacks_photos": one.lacks_photos,
        "has_up_to": [
            {"name": has.person, "device": has.device, "at": has.at or None, "lacks": has.lacks}
            for has in one.has_up_to
        ],
        "older": one.is_older,
        "newer": one.is_newer,
    }


def say_status(output: Output, status: "Status") -> None:
    """Print who has what."""
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
