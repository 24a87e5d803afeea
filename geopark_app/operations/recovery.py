"""The office key on paper, and back from paper onto another machine."""

import dataclasses
import tempfile
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken
from geopark_app.domain.roles import Role
from geopark_app.dossier.recovery_sheet import RecoverySheet, typeset_recovery
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _
from geopark_app.operations.context import AppContext
from geopark_app.operations.teams import (
    Team,
    changed_role,
    current_team,
    keep_membership,
    own_keys,
    read_team_file,
    replaced,
    require_team,
)
from geopark_app.rules.roles import RoleStep
from geopark_app.store.office_key import keep_office_key, office_key, public_key_of
from geopark_app.store.writing_files import translated_os_errors, write_atomically
from geopark_app.sync.membership import Member, Membership, sign_membership
from geopark_app.sync.recovery import digits_of, secret_of


def write_recovery_sheet(context: AppContext, out: Path, cancel: CancelToken | None = None) -> None:
    """Write the office key as a page to print, in the language chosen.

    Raises
    ------
    GeoparkError
        NO_TEAM, NOT_A_MEMBER; MISSING_PART where the key is not on this machine; environment
        codes.
    """
    team = require_team(context)
    key = office_key(team.membership.office_key)
    if key is None:
        raise GeoparkError(ErrorCode.MISSING_PART, path="", reason="office key")
    day = context.now().strftime("%d/%m/%Y")
    sheet = RecoverySheet(
        words={
            "title": _("Recovery sheet of the office key"),
            "team": team.membership.name,
            "warning": _(
                "Whoever has this page can decide who is in the team. Lock it away; do not copy, "
                "photograph or mail it, and delete the file after printing."
            ),
            "how": _(
                "When the office's machine is lost: open the catalogue on another laptop, page "
                "Sync, Team, “Restore the office key…”, and type these digits. The last group of "
                "each line, printed paler, belongs to it: it finds typing errors."
            ),
            "fingerprint": _("Fingerprint of the team: {digits}").format(digits=team.fingerprint),
            "author": context.author.person,
            "footer": _("Printed from the geopark inventory on {day}").format(day=day),
            "language": active(),
        },
        lines=digits_of(key.secret()),
        made_at=context.now().replace(microsecond=0),
    )
    with translated_os_errors(out), tempfile.TemporaryDirectory(prefix="geopark-key-") as folder:
        (Path(folder) / "source").mkdir()
        made = Path(folder) / "sheet.pdf"
        source = Path(folder) / "source"
        typeset_recovery(sheet, folder=source, output=made, cancel=cancel or CancelToken())
        write_atomically(out, made.read_bytes())


def recover(context: AppContext, typed: str, *, team_file: Path | None = None) -> Team:
    """Put the office key of a sheet on this machine, which becomes an administrator of the team.

    Parameters
    ----------
    typed
        The digits.
    team_file
        A membership file, for a catalogue that knows no team yet; the newest of an exchange
        folder lies in its `members`.

    Raises
    ------
    GeoparkError
        BAD_RECOVERY for a typing error or another team's key; NO_TEAM, BAD_TEAM_FILE.
    """
    secret = secret_of(typed)
    if team_file is not None:
        signed = read_team_file(context, team_file)
        if signed.membership.office_key != public_key_of(secret):
            raise GeoparkError(ErrorCode.BAD_RECOVERY, line=-1)
        keep_membership(context, signed)
    team = current_team(context)
    if team is None:
        raise GeoparkError(ErrorCode.NO_TEAM)
    if team.membership.office_key != public_key_of(secret):
        raise GeoparkError(ErrorCode.BAD_RECOVERY, line=-1)
    key = keep_office_key(secret)
    if team.role is not Role.ADMINISTRATOR:
        following = _with_me(context, team.membership)
        keep_membership(context, sign_membership(following, key.sign))
    return require_team(context)


def _with_me(context: AppContext, membership: Membership) -> Membership:
    """Give the next list with this laptop as an administrator."""
    now = context.now().isoformat(timespec="seconds")
    me = membership.member_of(context.author.public_key)
    if me is not None:
        changed = replaced(membership, me, changed_role(context, me, Role.ADMINISTRATOR))
        return dataclasses.replace(changed, number=changed.number + 1, issued_at=now)
    author = context.author
    member = Member(
        person=author.person[:200],
        device=author.device[:200],
        keys=own_keys(context),
        since=now,
        roles=(RoleStep(role=Role.ADMINISTRATOR),),
    )
    return membership.with_member(member, issued_at=now)
