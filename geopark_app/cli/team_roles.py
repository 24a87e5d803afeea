"""`team role`, `revoke`, `history`, `proposals`, `accept`, `decline`: who may do what."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from geopark_app.cli.exit_codes import LEFT_FOR_A_PERSON
from geopark_app.cli.history import short
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geopark_app.operations.leaving import Leaving
    from geopark_app.operations.proposals import Proposal

_PATH = click.Path(path_type=Path)
ROLES = ("viewer", "field", "editor", "administrator")


def role_commands() -> tuple[click.Command, ...]:
    """Make the commands about roles."""
    return (
        _role(),
        _revoke(),
        _history(),
        _proposals(),
        _decision("accept"),
        _decision("decline"),
        _sheet(),
        _recover(),
    )


def _role() -> click.Command:
    @click.command(
        "role",
        help=_(
            "Give a laptop another role (viewer, field, editor or administrator); "
            "needs the office key."
        ),
    )
    @click.argument("laptop", metavar="LAPTOP")
    @click.argument("role", metavar="ROLE", type=click.Choice(ROLES))
    @common_options
    @click.pass_context
    def change(ctx: click.Context, output: Output, laptop: str, role: str) -> None:
        from geopark_app.domain.roles import Role
        from geopark_app.operations.team_roles import administrators, give_role
        from geopark_app.wording.roles import role_name, role_words

        with opened(ctx) as context:
            team = give_role(context, laptop, Role(role))
        count = len(administrators(team.membership))
        output.data({"laptop": laptop, "role": role, "administrators": count})
        output.text(f"{laptop}: {role_name(Role(role))}. {role_words(Role(role))}")
        warn_of_administrators(output, count)

    return change


def warn_of_administrators(output: Output, count: int) -> None:
    """Say so when the team hangs on one laptop."""
    if count < 2:
        output.remark(
            _(
                "The team has one administrator only: make a second one, and print the recovery "
                "sheet of the office key."
            )
        )


def _revoke() -> click.Command:
    @click.command(
        "revoke", help=_("Let a laptop go: what it saved and has not arrived here is a proposal.")
    )
    @click.argument("laptop", metavar="LAPTOP")
    @click.option("--to", metavar="PERSON", help=_("Who takes over the open works."))
    @click.option(
        "--record", type=_PATH, metavar="FILE", help=_("Write the handover record (.docx).")
    )
    @click.option("--look", is_flag=True, help=_("Only say what would be left behind."))
    @common_options
    @click.pass_context
    def revoke(
        ctx: click.Context,
        output: Output,
        laptop: str,
        to: str | None,
        record: Path | None,
        look: bool,
    ) -> int:
        from geopark_app.domain.roles import Role
        from geopark_app.operations.leaving import reassign, what_is_left, write_record
        from geopark_app.operations.team_roles import give_role

        with opened(ctx) as context:
            leaving = what_is_left(context, laptop)
            if not look:
                give_role(context, laptop, Role.NONE)
                if to:
                    reassign(context, leaving.member.person, to, reason=_("Hand over works"))
            if record is not None:
                write_record(context, leaving, record, to=to or "")
        _say_leaving(output, leaving, is_gone=not look, record=record)
        return LEFT_FOR_A_PERSON if leaving.only_copies or leaving.saves else 0

    return revoke


def _say_leaving(output: Output, leaving: "Leaving", *, is_gone: bool, record: Path | None) -> None:
    member = leaving.member
    output.data(
        {
            "person": member.person,
            "laptop": member.device,
            "revoked": is_gone,
            "works": [one.title_vi or one.title_en or one.uuid for one in leaving.works],
            "only_copies": list(leaving.only_copies),
            "not_handed_over": leaving.saves,
            "heard_at": leaving.heard_at,
            "record": str(record) if record else None,
        }
    )
    if is_gone:
        output.text(
            _("{person} ({device}) is of the team no more.").format(
                person=member.person, device=member.device
            )
        )
    output.text(_("Open works: {count}").format(count=len(leaving.works)))
    output.text(
        _("Original photos on that laptop only: {count}").format(count=len(leaving.only_copies))
    )
    output.text(_("Changes not handed over yet: {count}").format(count=leaving.saves))
    if record is not None:
        output.text(_("Written: {path}").format(path=record))


def _sheet() -> click.Command:
    @click.command(
        "recovery-sheet", help=_("Write the office key as a page to print and lock away (PDF).")
    )
    @click.argument("out", metavar="OUT", type=_PATH)
    @common_options
    @click.pass_context
    def sheet(ctx: click.Context, output: Output, out: Path) -> None:
        from geopark_app.operations.recovery import write_recovery_sheet

        with opened(ctx) as context:
            write_recovery_sheet(context, out)
        output.data({"file": str(out)})
        output.text(_("Written: {path}").format(path=out))
        output.remark(
            _(
                "Whoever has this page can decide who is in the team. Lock it away; do not copy, "
                "photograph or mail it, and delete the file after printing."
            )
        )

    return sheet


def _recover() -> click.Command:
    @click.command(
        "recover",
        help=_("Put the office key of a recovery sheet on this machine; type the digits on stdin."),
    )
    @click.option("--digits", type=click.File("r"), default="-", metavar="FILE", help=_("Digits."))
    @click.option(
        "--team",
        "team_file",
        type=_PATH,
        metavar="FILE",
        help=_("A membership file, where the catalogue knows no team yet."),
    )
    @common_options
    @click.pass_context
    def recover(ctx: click.Context, output: Output, digits: TextIO, team_file: Path | None) -> None:
        from geopark_app.operations.recovery import recover as put_back

        with opened(ctx) as context:
            team = put_back(context, digits.read(4096), team_file=team_file)
        output.data({"team": team.membership.name, "office": team.is_office})
        output.text(
            _("This machine holds the office key of {name} now.").format(name=team.membership.name)
        )

    return recover


def _history() -> click.Command:
    @click.command("history", help=_("Who joined, left, and had which role since when."))
    @common_options
    @click.pass_context
    def show(ctx: click.Context, output: Output) -> None:
        from geopark_app.operations.team_roles import membership_history
        from geopark_app.wording.roles import role_name

        with opened(ctx) as context:
            found = membership_history(context)
        output.data(
            {
                "history": [
                    {
                        "number": one.number,
                        "at": one.at,
                        "person": one.person,
                        "laptop": one.device,
                        "before": one.before.value if one.before else None,
                        "after": one.after.value,
                    }
                    for one in found
                ]
            }
        )
        output.table(
            (_("When"), _("Person"), _("Laptop"), _("Before"), _("After")),
            [
                (one.at, one.person, one.device, role_name(one.before), role_name(one.after))
                for one in found
            ],
        )

    return show


def _proposals() -> click.Command:
    @click.command(
        "proposals", help=_("Saves beyond their author's role; 21 when one waits for an editor.")
    )
    @click.option("--decided", is_flag=True, help=_("Those accepted or declined already."))
    @common_options
    @click.pass_context
    def show(ctx: click.Context, output: Output, decided: bool) -> int:
        from geopark_app.operations.proposals import list_proposals

        with opened(ctx) as context:
            found = list_proposals(context, decided=decided)
        _say_proposals(output, found)
        return LEFT_FOR_A_PERSON if found and not decided else 0

    return show


def _say_proposals(output: Output, found: "Sequence[Proposal]") -> None:
    from geopark_app.wording.roles import operation_words

    output.data({"proposals": [_as_json(one) for one in found], "count": len(found)})
    output.table(
        (_("Proposal"), _("Who"), _("When"), _("Record"), _("What"), _("Value")),
        [
            (
                one.name,
                f"{one.person} ({one.device})",
                one.at,
                change.title,
                operation_words(change.kind, change.field, change.op),
                short(change.value),
            )
            for one in found
            for change in one.changes
        ],
    )


def _as_json(one: "Proposal") -> dict[str, Any]:
    return {
        "proposal": one.name,
        "person": one.person,
        "laptop": one.device,
        "at": one.at,
        "step": one.note,
        "verdict": one.verdict or None,
        "changes": [
            {
                "kind": change.kind,
                "uuid": change.uuid,
                "field": change.field,
                "op": change.op.value,
                "title": change.title,
                "value": change.value,
            }
            for change in one.changes
        ],
    }


def _decision(name: str) -> click.Command:
    is_accepting = name == "accept"
    words = (
        _("Accept proposals: they count on every laptop from then on.")
        if is_accepting
        else _("Decline proposals: they stay in the log and count nowhere.")
    )

    @click.command(name, help=words)
    @click.argument("proposals", metavar="[PROPOSAL]...", nargs=-1)
    @click.option("--all", "every", is_flag=True, help=_("All that wait."))
    @click.option("--reason", default="", metavar="TEXT", help=_("Why; it travels along."))
    @common_options
    @click.pass_context
    def decide(
        ctx: click.Context, output: Output, proposals: tuple[str, ...], every: bool, reason: str
    ) -> int:
        from geopark_app.operations.proposals import decide as decide_about
        from geopark_app.operations.proposals import find_proposal, list_proposals

        if every is bool(proposals):
            raise click.UsageError(_("Name proposals, or say --all."))
        with opened(ctx) as context:
            found = (
                list_proposals(context)
                if every
                else [find_proposal(context, one) for one in proposals]
            )
            step = _("Accept proposals") if is_accepting else _("Decline proposals")
            decide_about(context, found, accept=is_accepting, reason=reason, step=step)
            left = len(list_proposals(context))
        output.data({"decided": [one.name for one in found], "left": left})
        output.text(
            _("Decided: {count}. Proposals left: {left}").format(count=len(found), left=left)
        )
        return LEFT_FOR_A_PERSON if left else 0

    return decide
