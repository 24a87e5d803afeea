"""Roles of the laptops: given, changed and taken away by whoever holds the office key."""

from dataclasses import dataclass, replace

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.roles import Role
from geopark_app.operations.context import AppContext
from geopark_app.operations.teams import Team, changed_role, keep_membership, replaced, require_team
from geopark_app.store.office_key import office_key
from geopark_app.store.peers import lists_kept
from geopark_app.sync.membership import Member, Membership, read_membership, sign_membership


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipChange:
    """What one list changed against the one before.

    Attributes
    ----------
    number : int
        Of the list.
    at : str
        When the office signed it.
    person, device : str
        Whose.
    before, after : Role or None
        None for a laptop that was not on the list.
    """

    number: int
    at: str
    person: str
    device: str
    before: Role | None
    after: Role


def find_member(team: Team, device: str) -> Member:
    """Give the laptop of a name; where several had it, the one that has not left.

    Raises
    ------
    GeoparkError
        NOT_FOUND; AMBIGUOUS when two of the team carry the name.
    """
    found = [one for one in team.membership.members if one.device == device]
    present = [one for one in found if not one.has_left] or found
    if not present:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="laptop", reference=device)
    if len(present) > 1:
        keys = ", ".join(one.keys[0][:16] for one in present)
        raise GeoparkError(ErrorCode.AMBIGUOUS, reference=device, uuids=keys)
    return present[0]


def give_role(context: AppContext, device: str, role: Role) -> Team:
    """Give a laptop another role, from the saves on that are not here yet; none lets it go.

    Raises
    ------
    GeoparkError
        NO_TEAM, NOT_A_MEMBER, NOT_FOUND; MISSING_PART without the office key; LAST_ADMINISTRATOR
        when nobody would be left who may.
    """
    team = require_team(context)
    key = office_key(team.membership.office_key)
    if key is None:
        raise GeoparkError(ErrorCode.MISSING_PART, path="", reason="office key")
    member = find_member(team, device)
    if member.role is role:
        return team
    changed = replaced(team.membership, member, changed_role(context, member, role))
    if not administrators(changed):
        raise GeoparkError(ErrorCode.LAST_ADMINISTRATOR, person=member.person, device=device)
    now = context.now().isoformat(timespec="seconds")
    following = replace(changed, number=changed.number + 1, issued_at=now)
    keep_membership(context, sign_membership(following, key.sign))
    return require_team(context)


def administrators(membership: Membership) -> list[Member]:
    """Give the laptops that may do everything; there should always be two."""
    return [one for one in membership.present if one.role is Role.ADMINISTRATOR]


def membership_history(context: AppContext) -> list[MembershipChange]:
    """Give what every list known here changed, the newest first."""
    found: list[MembershipChange] = []
    before: dict[str, Role] = {}
    for content, sig in lists_kept(context.catalogue):
        membership = read_membership(content, sig).membership
        for member in membership.members:
            known = before.get(member.keys[0])
            if known is not member.role:
                found.append(
                    MembershipChange(
                        number=membership.number,
                        at=membership.issued_at,
                        person=member.person,
                        device=member.device,
                        before=known,
                        after=member.role,
                    )
                )
        before = {member.keys[0]: member.role for member in membership.members}
    return found[::-1]
