"""Who belongs to a team: a numbered list signed by the office key, and requests to be on it.

The team's id is the fingerprint of its office key, so a list proves by itself which team it is of.
"""

import hashlib
import json
import re
from dataclasses import dataclass, replace
from typing import Any

from geopark_app.domain.change import canonical
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.roles import Role
from geopark_app.rules.roles import RoleStep, steps_of
from geopark_app.sync.signing import Sign, is_signed, message
from geopark_app.sync.strict_json import count_of, object_of, read_object, text_of

LARGEST = 4 * 1024 * 1024
_LIST, _REQUEST = "geopark-membership", "geopark-join-request"
_VERSION = 1
_KEY = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One laptop of the team.

    Attributes
    ----------
    person, device : str
        For people to read.
    keys : tuple of str
        Its public keys: the present one first, then those its catalogue was written with before.
    since : str
        When the office took it in.
    is_office : bool
        Whether it founded the team and holds the office key.
    roles : tuple of RoleStep
        Its roles, the first one first; empty in older lists, see `rules.roles.steps_of`.
    """

    person: str
    device: str
    keys: tuple[str, ...]
    since: str
    is_office: bool = False
    roles: tuple[RoleStep, ...] = ()

    @property
    def steps(self) -> tuple[RoleStep, ...]:
        """Give its roles as the rule reads them."""
        return self.roles or steps_of({"office": self.is_office})

    @property
    def role(self) -> Role:
        """Give its role now."""
        return self.steps[-1].role

    @property
    def has_left(self) -> bool:
        """Say whether it is no laptop of the team any more; what it wrote before stays."""
        return self.role is Role.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """The team as the office signed it; a greater number replaces a smaller one."""

    office_key: str
    name: str
    number: int
    issued_at: str
    members: tuple[Member, ...]

    @property
    def team_id(self) -> str:
        """Fingerprint of the office key."""
        return team_id_of(self.office_key)

    @property
    def keys(self) -> frozenset[str]:
        """Give every public key whose saves travel: also those of laptops that have left."""
        return frozenset(key for member in self.members for key in member.keys)

    @property
    def present(self) -> tuple[Member, ...]:
        """Give the laptops that have not left."""
        return tuple(member for member in self.members if not member.has_left)

    @property
    def present_keys(self) -> frozenset[str]:
        """Give the public keys of the laptops that have not left."""
        return frozenset(key for member in self.present for key in member.keys)

    def member_of(self, key: str) -> Member | None:
        """Give whose key it is, or None."""
        return next((member for member in self.members if key in member.keys), None)

    def with_member(self, member: Member, *, issued_at: str) -> "Membership":
        """Give the next list with a laptop added, or with its new keys."""
        others = tuple(one for one in self.members if one.keys[0] not in member.keys)
        return replace(self, number=self.number + 1, issued_at=issued_at, members=(*others, member))


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedMembership:
    """A list with its signature, as it travels."""

    membership: Membership
    content: str
    sig: str

    def as_json(self) -> dict[str, str]:
        """Give what a bundle or a file carries."""
        return {"content": self.content, "sig": self.sig}


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinRequest:
    """A laptop asks to belong: who, the keys its saves are signed with, and whose place it takes.

    `former` names the laptop that is gone, or whose key is; the office revokes it.
    """

    person: str
    device: str
    keys: tuple[str, ...]
    former: str = ""

    @property
    def fingerprint(self) -> str:
        """Give what both sides compare by telephone: sixteen digits in four groups."""
        return spoken(canonical([_REQUEST, list(self.keys)]))


def team_id_of(office_key: str) -> str:
    """Give the id of the team of an office key."""
    return hashlib.sha256(message(_LIST, bytes.fromhex(office_key))).hexdigest()[:16]


def spoken(content: bytes) -> str:
    """Give a short fingerprint people can read aloud: sixteen digits in four groups, 53 bits."""
    number = int.from_bytes(hashlib.sha256(content).digest()[:16], "big") % 10**16
    digits = f"{number:016d}"
    return " ".join(digits[at : at + 4] for at in range(0, 16, 4))


def sign_membership(membership: Membership, sign: Sign) -> SignedMembership:
    """Give the list signed with the office key."""
    content = canonical(
        {
            "format": _LIST,
            "version": _VERSION,
            "office_key": membership.office_key,
            "name": membership.name,
            "number": membership.number,
            "issued_at": membership.issued_at,
            "members": [_member_content(one) for one in membership.members],
        }
    )
    signature = sign(message(_LIST, content))
    return SignedMembership(membership=membership, content=content.decode("utf-8"), sig=signature)


def _member_content(one: Member) -> dict[str, Any]:
    content: dict[str, Any] = {
        "person": one.person,
        "device": one.device,
        "keys": list(one.keys),
        "since": one.since,
        "office": one.is_office,
    }
    if one.roles:
        content["roles"] = [
            {"role": step.role.value, "after": dict(step.after)} for step in one.roles
        ]
    return content


def read_membership(content: str, sig: str) -> SignedMembership:
    """Give a list whose signature is true.

    Raises
    ------
    GeoparkError
        BAD_TEAM_FILE, or NEWER_BUNDLE for a later format.
    """
    try:
        known = read_object(content.encode("utf-8"))
        _check_format(known, _LIST)
        office_key = _key(known.get("office_key"))
        membership = Membership(
            office_key=office_key,
            name=text_of(known, "name", longest=200),
            number=count_of(known, "number", least=1),
            issued_at=text_of(known, "issued_at", longest=64),
            members=tuple(_member(one) for one in _list(known.get("members"))),
        )
    except GeoparkError as error:
        raise _as_team_trouble(error) from error
    if not is_signed(office_key, sig, message(_LIST, content.encode("utf-8"))):
        raise GeoparkError(ErrorCode.BAD_TEAM_FILE, reason="signature")
    return SignedMembership(membership=membership, content=content, sig=sig)


def membership_file(signed: SignedMembership) -> bytes:
    """Give the bytes of a membership file."""
    return json.dumps(signed.as_json(), ensure_ascii=False, indent=1).encode("utf-8")


def read_membership_file(raw: bytes) -> SignedMembership:
    """Give the list of a membership file; raises like `read_membership`."""
    if len(raw) > LARGEST:
        raise GeoparkError(ErrorCode.BAD_TEAM_FILE, reason="size")
    try:
        known = read_object(raw)
        content, sig = text_of(known, "content", longest=LARGEST), text_of(known, "sig")
    except GeoparkError as error:
        raise _as_team_trouble(error) from error
    return read_membership(content, sig)


def request_file(request: JoinRequest) -> bytes:
    """Give the bytes of a request to join."""
    content = {
        "format": _REQUEST,
        "version": _VERSION,
        "person": request.person,
        "device": request.device,
        "keys": list(request.keys),
        **({"former": request.former} if request.former else {}),
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8")


def read_request(raw: bytes) -> JoinRequest:
    """Give the request of a file; raises like `read_membership`."""
    if len(raw) > LARGEST:
        raise GeoparkError(ErrorCode.BAD_TEAM_FILE, reason="size")
    try:
        known = read_object(raw)
        _check_format(known, _REQUEST)
        return JoinRequest(
            person=text_of(known, "person", longest=200),
            device=text_of(known, "device", longest=200),
            keys=_keys(known.get("keys")),
            former=text_of(known, "former", longest=200) if "former" in known else "",
        )
    except GeoparkError as error:
        raise _as_team_trouble(error) from error


def _as_team_trouble(error: GeoparkError) -> GeoparkError:
    if error.code is ErrorCode.NEWER_BUNDLE:
        return error
    return GeoparkError(ErrorCode.BAD_TEAM_FILE, **error.details)


def _check_format(known: dict[str, Any], wanted: str) -> None:
    if known.get("format") != wanted:
        raise GeoparkError(ErrorCode.BAD_TEAM_FILE, reason="format")
    if count_of(known, "version", least=1) > _VERSION:
        raise GeoparkError(ErrorCode.NEWER_BUNDLE)


def _member(known: object) -> Member:
    if not isinstance(known, dict):
        raise GeoparkError(ErrorCode.BAD_TEAM_FILE, reason="member")
    return Member(
        person=text_of(known, "person", longest=200),
        device=text_of(known, "device", longest=200),
        keys=_keys(known.get("keys")),
        since=text_of(known, "since", longest=64),
        is_office=known.get("office") is True,
        roles=_roles(known),
    )


def _roles(known: dict[str, Any]) -> tuple[RoleStep, ...]:
    if "roles" not in known:
        return ()
    for one in _list(known["roles"]):
        if not isinstance(one, dict):
            raise GeoparkError(ErrorCode.BAD_TEAM_FILE, reason="roles")
        text_of(one, "role", longest=40)
        after = object_of(one, "after")
        for name in after:
            count_of(after, name)
    return steps_of(known)


def _keys(known: object) -> tuple[str, ...]:
    keys = tuple(_key(one) for one in _list(known))
    if not keys:
        raise GeoparkError(ErrorCode.BAD_TEAM_FILE, reason="keys")
    return keys


def _key(known: object) -> str:
    if not isinstance(known, str) or not _KEY.fullmatch(known):
        raise GeoparkError(ErrorCode.BAD_TEAM_FILE, reason="key")
    return known


def _list(known: object) -> list[Any]:
    if not isinstance(known, list) or len(known) > 10_000:
        raise GeoparkError(ErrorCode.BAD_TEAM_FILE, reason="list")
    return known
