"""Why a bundle or a team file was refused, and what an exchange did, in plain words."""

from collections.abc import Mapping

from geopark_app.domain.change import OpKind
from geopark_app.domain.errors import ErrorCode
from geopark_app.domain.roles import Role
from geopark_app.i18n import gettext as _
from geopark_app.wording.roles import operation_words, role_name


def sync_trouble(code: ErrorCode, details: Mapping[str, str]) -> tuple[str, str] | None:
    """Give what is wrong and what to do for a trouble of the exchange, or None."""
    reason = details.get("reason", "")
    match code:
        case ErrorCode.BAD_BUNDLE if reason == "other-team":
            return (
                _("This bundle is of another team."),
                _("Ask the colleague for a bundle of this team's catalogue."),
            )
        case ErrorCode.BAD_BUNDLE if reason == "encrypted":
            return (
                _("This is encrypted, and not for this laptop."),
                _(
                    "Have a colleague who can read it exchange through the same place once more, "
                    "or ask for a bundle made after this laptop was taken in."
                ),
            )
        case ErrorCode.BAD_BUNDLE if reason == "older-program":
            return (
                _("This snapshot was made by an older version of the program."),
                _("Have the office bring its program up to date and make the snapshot again."),
            )
        case ErrorCode.BAD_BUNDLE:
            return (
                _("This bundle is damaged, or was changed on the way ({reason})."),
                _("Ask the colleague to send it again, or exchange through a folder or stick."),
            )
        case ErrorCode.NEWER_BUNDLE:
            return (
                _("This file was made by a newer version of the program."),
                _("Install the newer version on this laptop, then exchange again."),
            )
        case ErrorCode.FORKED_CHAIN if details.get("whose") == "own":
            return (
                _(
                    "This laptop's disk was set back and worked with again: two of its saves carry "
                    "one number. Nothing is lost yet, on either side."
                ),
                _(
                    "Page Sync, Team, “Repair the saves of this laptop…”, or “sync repair PLACE”; "
                    "then exchange again."
                ),
            )
        case ErrorCode.FORKED_CHAIN:
            return (
                _(
                    "The saves of {person} on {device} exist in two versions: that laptop's whole "
                    "disk was copied or set back, and both copies were worked with."
                ),
                _(
                    "Exchange on that laptop through the same place and have it repaired there: "
                    "page Sync, Team. Do not delete either copy before."
                ),
            )
        case ErrorCode.NO_TEAM:
            return (
                _("This catalogue belongs to no team yet."),
                _("Found a team at the office, or join one: page Sync, or “team --help”."),
            )
        case ErrorCode.NOT_A_MEMBER:
            return (
                _("{person} {device} is not on the team's list."),
                _("Make a request on that laptop and have the office take it in."),
            )
        case ErrorCode.BAD_RECOVERY:
            return _recovery_trouble(details.get("line", ""))
        case ErrorCode.BEYOND_ROLE | ErrorCode.HAS_LEFT | ErrorCode.LAST_ADMINISTRATOR:
            return _role_trouble(code, details)
        case ErrorCode.BAD_TEAM_FILE:
            return _team_file_trouble(reason)
        case ErrorCode.HUB_AWAY | ErrorCode.HUB_LOGIN | ErrorCode.HUB_UNTRUSTED:
            return _connection_trouble(code)
        case ErrorCode.HUB_UNPREPARED if reason == "other-team":
            return (
                _("The office hub is another team's."),
                _("Ask the office for the address of this team's hub."),
            )
        case ErrorCode.HUB_UNPREPARED:
            return (
                _("This database is not prepared as an office hub."),
                _("At the office: “sync hub URL --prepare”, see docs/office-hub.md."),
            )
        case ErrorCode.HUB_REFUSED:
            return (
                _("The office hub refused this: {reason}"),
                _("What was exchanged before stays. Ask whoever looks after the server."),
            )
        case _:
            return None


def _recovery_trouble(line: str) -> tuple[str, str]:
    match line:
        case "-1":
            return (
                _("These digits are the office key of another team."),
                _("Use the recovery sheet of this catalogue's team."),
            )
        case "0":
            return (
                _("These are not all the digits of a recovery sheet, or too many."),
                _("Type all four lines, 25 digits each, with the last, paler group."),
            )
        case _:
            return (
                _("There is a typing error in line {line} of the digits."),
                _("Compare that line with the sheet and type it again."),
            )


def _role_trouble(code: ErrorCode, details: Mapping[str, str]) -> tuple[str, str]:
    match code:
        case ErrorCode.BEYOND_ROLE if details.get("role") != Role.NONE.value:
            what = operation_words(
                details["kind"], details.get("field", ""), OpKind(details["step"])
            )
            return (
                _("The role of this laptop ({role}) does not allow this: {what}.").format(
                    role=role_name(Role(details["role"])), what=what
                ),
                _("Ask an editor to do it, or an administrator to give this laptop another role."),
            )
        case ErrorCode.LAST_ADMINISTRATOR:
            return (
                _("{person} ({device}) is the only administrator of the team."),
                _("Make another laptop administrator first."),
            )
        case _:
            return (
                _("This laptop is of the team no more: the office took it off the list."),
                _(
                    "What it saved before is safe. Hand over what is not with the others yet: "
                    "exchange once more through a folder that is not encrypted, or write a bundle."
                ),
            )


def _connection_trouble(code: ErrorCode) -> tuple[str, str]:
    match code:
        case ErrorCode.HUB_LOGIN:
            return (
                _("The office hub does not let this login in: {reason}"),
                _("Check name and password; the office can give the login a new password."),
            )
        case ErrorCode.HUB_UNTRUSTED:
            return (
                _("The office hub cannot prove who it is: {reason}"),
                _(
                    "Do not go on. Ask the office for the server's certificate file and name it in "
                    "the address: ?sslrootcert=FILE."
                ),
            )
        case _:
            return (
                _("The office hub does not answer: {reason}"),
                _(
                    "Go on working; what was exchanged before stays, and the next exchange goes on "
                    "from there. A stick or a folder does the same."
                ),
            )


def _team_file_trouble(reason: str) -> tuple[str, str]:
    match reason:
        case "sample":
            return (
                _("This is a sample catalogue; no team takes it in."),
                _("Make a catalogue of your own for the team's work."),
            )
        case "has-team":
            return (
                _("This catalogue belongs to a team already."),
                _("Use that team, or make another catalogue."),
            )
        case "other-team":
            return (
                _("This file is of another team."),
                _("Ask the office for the file of this catalogue's team."),
            )
        case _:
            return (
                _("This is no file of a team, or it was changed on the way."),
                _("Ask for it again."),
            )
