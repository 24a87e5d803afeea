"""Founding a team, asking to belong, taking a laptop in, and joining with what one has."""

import dataclasses
from dataclasses import dataclass
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.roles import Role
from geopark_app.operations.context import AppContext
from geopark_app.rules.roles import RoleStep
from geopark_app.store.authorship import fingerprint_of
from geopark_app.store.exchange_log import log_authors, version_vector
from geopark_app.store.office_key import new_office_key, office_key
from geopark_app.store.peers import keep_list, newest_list, team_of
from geopark_app.store.writing_files import translated_os_errors, write_atomically
from geopark_app.sync.membership import (
    LARGEST,
    JoinRequest,
    Member,
    Membership,
    SignedMembership,
    membership_file,
    read_membership,
    read_membership_file,
    read_request,
    request_file,
    sign_membership,
    spoken,
)

REQUEST_SUFFIX = ".geopark-request"
MEMBERSHIP_SUFFIX = ".geopark-team"


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """The team of a catalogue as this laptop knows it.

    Attributes
    ----------
    signed : SignedMembership
        The newest list.
    is_office : bool
        Whether this machine holds the office key and can take laptops in.
    is_member : bool
        Whether this laptop is on the list.
    fingerprint : str
        What people compare by telephone to know the team.
    role : Role
        What this laptop may do; none once it has left.
    """

    signed: SignedMembership
    is_office: bool
    is_member: bool
    fingerprint: str
    role: Role

    @property
    def has_left(self) -> bool:
        """Say whether the office took this laptop off the list."""
        return self.is_member and self.role is Role.NONE

    @property
    def membership(self) -> Membership:
        """Give the list itself."""
        return self.signed.membership


def current_team(context: AppContext) -> Team | None:
    """Give the team of the catalogue, or None before one was founded or joined."""
    found = newest_list(context.catalogue)
    if found is None:
        return None
    signed = read_membership(*found)
    membership = signed.membership
    me = membership.member_of(context.author.public_key)
    return Team(
        signed=signed,
        is_office=office_key(membership.office_key) is not None,
        is_member=me is not None,
        fingerprint=spoken(bytes.fromhex(membership.office_key)),
        role=me.role if me else Role.NONE,
    )


def require_team(context: AppContext) -> Team:
    """Give the team, for what only a member can do.

    Raises
    ------
    GeoparkError
        NO_TEAM, or NOT_A_MEMBER when this laptop is not on the list.
    """
    team = current_team(context)
    if team is None:
        raise GeoparkError(ErrorCode.NO_TEAM)
    if not team.is_member:
        author = context.author
        raise GeoparkError(ErrorCode.NOT_A_MEMBER, person=author.person, device=author.device)
    return team


def found_team(context: AppContext, name: str) -> Team:
    """Found a team with this laptop as its office.

    Raises
    ------
    GeoparkError
        BAD_TEAM_FILE for a catalogue that has a team already, or is a sample.
    """
    _refuse_sample(context)
    if team_of(context.catalogue) is not None:
        raise GeoparkError(ErrorCode.BAD_TEAM_FILE, reason="has-team")
    if not name.strip():
        raise GeoparkError(ErrorCode.BAD_VALUE, field="name", value=name, expected="1–200")
    key = new_office_key()
    now = context.now().isoformat(timespec="seconds")
    author = context.author
    me = Member(
        person=author.person,
        device=author.device,
        keys=own_keys(context),
        since=now,
        is_office=True,
        roles=(RoleStep(role=Role.ADMINISTRATOR),),
    )
    first = Membership(
        office_key=key.public_key, name=name.strip()[:200], number=1, issued_at=now, members=(me,)
    )
    keep_membership(context, sign_membership(first, key.sign))
    return require_team(context)


def ask_to_join(context: AppContext, out: Path, *, former: str = "") -> JoinRequest:
    """Write a request to belong and give it with its fingerprint.

    Parameters
    ----------
    former
        Name of the laptop of the same person that is lost, or whose key is.
    """
    _refuse_sample(context)
    author = context.author
    request = JoinRequest(
        person=author.person[:200],
        device=author.device[:200],
        keys=own_keys(context),
        former=former.strip()[:200],
    )
    write_atomically(out, request_file(request))
    return request


def read_join_request(path: Path) -> JoinRequest:
    """Give the request of a file, for its fingerprint to be compared."""
    return read_request(_bytes_of(path))


def approve(
    context: AppContext, request: JoinRequest, out: Path, *, role: Role | None = None
) -> Team:
    """Take a laptop in: sign the next list with it and write that for it.

    Parameters
    ----------
    role
        What it may do; without it, what the laptop may do whose place it takes, else an editor's.
        That laptop is taken off the list.

    Raises
    ------
    GeoparkError
        NO_TEAM, NOT_A_MEMBER; MISSING_PART where the office key is not on this machine.
    """
    team = require_team(context)
    key = office_key(team.membership.office_key)
    if key is None:
        raise GeoparkError(ErrorCode.MISSING_PART, path="", reason="office key")
    now = context.now().isoformat(timespec="seconds")
    membership = team.membership
    known = next((one for one in membership.members if one.keys[0] in request.keys), None)
    former = _former(membership, request)
    if role is None:
        role = former.role if former and not former.has_left else Role.EDITOR
    member = Member(
        person=request.person,
        device=request.device,
        keys=_all_keys(request, known),
        since=known.since if known else now,
        is_office=known.is_office if known else False,
        roles=_roles_of(context, known, role),
    )
    signed = team.signed
    if member not in membership.members:
        if former is not None and not former.has_left:
            membership = replaced(membership, former, changed_role(context, former, Role.NONE))
        following = membership.with_member(member, issued_at=now)
        signed = sign_membership(following, key.sign)
        keep_membership(context, signed)
    write_atomically(out, membership_file(signed))
    return require_team(context)


def _roles_of(context: AppContext, known: Member | None, role: Role) -> tuple[RoleStep, ...]:
    """Give the roles of a laptop taken in: one that comes back begins anew from now."""
    if known is None:
        return (RoleStep(role=role),)
    return changed_role(context, known, role).roles if known.has_left else known.roles


def _former(membership: Membership, request: JoinRequest) -> Member | None:
    """Give the laptop whose place a request takes.

    Raises
    ------
    GeoparkError
        NOT_FOUND when the request names one the team never had.
    """
    if not request.former:
        return None
    for member in membership.members:
        if member.device == request.former and member.keys[0] not in request.keys:
            return member
    raise GeoparkError(ErrorCode.NOT_FOUND, kind="laptop", reference=request.former)


def changed_role(context: AppContext, member: Member, role: Role) -> Member:
    """Give a member with another role from what this laptop has of it now."""
    fingerprints = {fingerprint_of(key) for key in member.keys}
    after = {
        author: have
        for author, have in version_vector(context.catalogue).items()
        if author.partition(".")[0] in fingerprints
    }
    return dataclasses.replace(member, roles=(*member.steps, RoleStep(role=role, after=after)))


def replaced(membership: Membership, before: Member, after: Member) -> Membership:
    """Give a list with one member in another's place; its number stays."""
    members = tuple(after if one is before else one for one in membership.members)
    return dataclasses.replace(membership, members=members)


def join(context: AppContext, path: Path) -> Team:
    """Take the membership the office returned into this catalogue.

    Raises
    ------
    GeoparkError
        BAD_TEAM_FILE, or NOT_A_MEMBER when this laptop is not on the list.
    """
    signed = read_team_file(context, path)
    if context.author.public_key not in signed.membership.keys:
        author = context.author
        raise GeoparkError(ErrorCode.NOT_A_MEMBER, person=author.person, device=author.device)
    keep_membership(context, signed)
    return require_team(context)


def read_team_file(context: AppContext, path: Path) -> SignedMembership:
    """Give the list of a file that is true and of this catalogue's team, if it has one.

    Raises
    ------
    GeoparkError
        BAD_TEAM_FILE.
    """
    _refuse_sample(context)
    signed = read_membership_file(_bytes_of(path))
    present = team_of(context.catalogue)
    if present is not None and present != signed.membership.team_id:
        raise GeoparkError(ErrorCode.BAD_TEAM_FILE, reason="other-team")
    return signed


def keep_membership(context: AppContext, signed: SignedMembership) -> None:
    """Keep a list of this team; older ones stay as its history."""
    membership = signed.membership
    keep_list(
        context.catalogue,
        team=membership.team_id,
        number=membership.number,
        content=signed.content,
        sig=signed.sig,
        at=context.now().isoformat(timespec="seconds"),
    )


def _all_keys(request: JoinRequest, known: Member | None) -> tuple[str, ...]:
    """Give the present key first, and every key the laptop ever had."""
    former = known.keys if known else ()
    return (*request.keys, *(key for key in former if key not in request.keys))


def own_keys(context: AppContext) -> tuple[str, ...]:
    """Give this laptop's key, then those its catalogue was written with elsewhere before."""
    own = context.author.public_key
    others = {one.public_key for one in log_authors(context.catalogue).values()} - {own, ""}
    team = current_team(context)
    if team is not None:
        others -= team.membership.keys
    return (own, *sorted(others))


def _refuse_sample(context: AppContext) -> None:
    if context.catalogue.folder.is_sample:
        raise GeoparkError(ErrorCode.BAD_TEAM_FILE, reason="sample")


def _bytes_of(path: Path) -> bytes:
    with translated_os_errors(path), path.open("rb") as file:
        return file.read(LARGEST + 1)


def members_json(team: Team) -> list[dict[str, object]]:
    """Give the members for programs."""
    return [
        {
            "person": one.person,
            "device": one.device,
            "keys": list(one.keys),
            "since": one.since,
            "is_office": one.is_office,
            "role": one.role.value,
        }
        for one in team.membership.members
    ]
