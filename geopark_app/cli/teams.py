"""`team`: who exchanges with whom."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.output import Output, common_options, opened, who_works
from geopark_app.cli.snapshots import say_snapshot, snapshot_command, start_command
from geopark_app.cli.team_purge import purge_commands
from geopark_app.cli.team_roles import ROLES, role_commands, warn_of_administrators
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.teams import Team

_PATH = click.Path(path_type=Path)


def team_command() -> click.Group:
    """Make `team`."""
    group = click.Group(name="team", help=_("Who exchanges with whom: found, ask, take in, join."))
    for command in (
        _create(),
        _request(),
        _approve(),
        _join(),
        _members(),
        *role_commands(),
        *purge_commands(),
        snapshot_command(),
        start_command(),
    ):
        group.add_command(command)
    return group


def _create() -> click.Command:
    @click.command("create", help=_("Found a team; this machine becomes its office."))
    @click.argument("name")
    @common_options
    @click.pass_context
    def create(ctx: click.Context, output: Output, name: str) -> None:
        from geopark_app.operations.teams import found_team

        with opened(ctx) as context:
            team = found_team(context, name)
        _say_team(output, team)

    return create


def _request() -> click.Command:
    @click.command("request", help=_("Write a request to belong to a team, for the office."))
    @click.argument("out", metavar="OUT", type=_PATH)
    @click.option(
        "--instead-of",
        default="",
        metavar="LAPTOP",
        help=_("Your former laptop, when it or its key is lost; the office lets it go."),
    )
    @click.option(
        "--new-laptop",
        is_flag=True,
        help=_("This laptop has no catalogue yet; it starts from a snapshot."),
    )
    @common_options
    @click.pass_context
    def request(
        ctx: click.Context, output: Output, out: Path, instead_of: str, new_laptop: bool
    ) -> None:
        from geopark_app.operations.snapshots import ask_from_new_laptop
        from geopark_app.operations.teams import ask_to_join

        if new_laptop:
            person, device = who_works()
            asked = ask_from_new_laptop(person=person, device=device, out=out)
        else:
            with opened(ctx) as context:
                asked = ask_to_join(context, out, former=instead_of)
        output.data({"file": str(out), "fingerprint": asked.fingerprint})
        output.text(_("Request written: {path}").format(path=out))
        output.text(
            _("Fingerprint to read out to the office: {digits}").format(digits=asked.fingerprint)
        )

    return request


def _approve() -> click.Command:
    @click.command("approve", help=_("Take a laptop in; compare the fingerprint first."))
    @click.argument("request", metavar="REQUEST", type=_PATH)
    @click.argument("out", metavar="OUT", type=_PATH)
    @click.option("--role", type=click.Choice(ROLES), help=_("What it may do; else an editor's."))
    @click.option(
        "--snapshot",
        metavar="FILE",
        type=_PATH,
        help=_("Also write a snapshot the new laptop starts from."),
    )
    @common_options
    @click.pass_context
    def approve(
        ctx: click.Context,
        output: Output,
        request: Path,
        out: Path,
        role: str | None,
        snapshot: Path | None,
    ) -> None:
        from geopark_app.domain.roles import Role
        from geopark_app.operations.teams import approve as take_in
        from geopark_app.operations.teams import read_join_request

        with opened(ctx) as context:
            asked = read_join_request(request)
            team = take_in(context, asked, out, role=Role(role) if role else None)
            if snapshot is not None:
                say_snapshot(output, context, snapshot, small_pictures=True)
        output.data(
            {
                "file": str(out),
                "person": asked.person,
                "device": asked.device,
                "fingerprint": asked.fingerprint,
                "members": len(team.membership.present),
                "former": asked.former or None,
                "snapshot": str(snapshot) if snapshot else None,
            }
        )
        if asked.former:
            output.text(_("Let go in its place: {device}").format(device=asked.former))
        output.text(
            _("Fingerprint of {person} on {device}: {digits}").format(
                person=asked.person, device=asked.device, digits=asked.fingerprint
            )
        )
        output.text(
            _(
                "Compare it by telephone with what that laptop shows; give the file back only when "
                "it is the same: {path}"
            ).format(path=out)
        )

    return approve


def _join() -> click.Command:
    @click.command("join", help=_("Join the team with the file the office returned."))
    @click.argument("membership", metavar="MEMBERSHIP", type=_PATH)
    @common_options
    @click.pass_context
    def join(ctx: click.Context, output: Output, membership: Path) -> None:
        from geopark_app.operations.teams import join as take_part

        with opened(ctx) as context:
            team = take_part(context, membership)
        _say_team(output, team)

    return join


def _members() -> click.Command:
    @click.command("members", help=_("List the laptops of the team."))
    @common_options
    @click.pass_context
    def members(ctx: click.Context, output: Output) -> None:
        from geopark_app.operations.teams import require_team

        with opened(ctx) as context:
            team = require_team(context)
        _say_team(output, team)

    return members


def _say_team(output: Output, team: "Team") -> None:
    from geopark_app.operations.team_roles import administrators
    from geopark_app.operations.teams import members_json
    from geopark_app.wording.roles import role_name

    content: dict[str, Any] = {
        "team": team.membership.name,
        "id": team.membership.team_id,
        "number": team.membership.number,
        "fingerprint": team.fingerprint,
        "office": team.is_office,
        "role": team.role.value,
        "members": members_json(team),
    }
    output.data(content)
    output.text(
        _("Team {name}, fingerprint {digits}").format(
            name=team.membership.name, digits=team.fingerprint
        )
    )
    output.table(
        (_("Person"), _("Laptop"), _("Role"), _("Since"), _("Office")),
        [
            (
                one.person,
                one.device,
                role_name(one.role),
                one.since[:10],
                "✓" if one.is_office else "",
            )
            for one in team.membership.members
        ],
    )
    warn_of_administrators(output, len(administrators(team.membership)))
