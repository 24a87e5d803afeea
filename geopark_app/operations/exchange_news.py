"""What laptops say of themselves, signed: what each has, which files it holds, the team's list."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from geopark_app.domain.change import canonical
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.operations.context import AppContext
from geopark_app.operations.file_exchange import held_files
from geopark_app.operations.originals import wished_originals, write_wish
from geopark_app.operations.teams import Team, keep_membership, require_team
from geopark_app.store.exchange_log import version_vector
from geopark_app.store.originals import keep_wish
from geopark_app.store.peers import Peer, keep_damage, keep_holdings, keep_peer, next_exchange
from geopark_app.store.schema_version import HEAD_REVISION
from geopark_app.sync.membership import SignedMembership
from geopark_app.sync.signing import is_signed, message
from geopark_app.sync.strict_json import count_of, object_of, read_object, text_of

_LONGEST_WISH = 1024 * 1024
_MOST_DAMAGED = 10_000
_PURPOSES = {"heads": "geopark-heads", "holds": "geopark-holds"}


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What this laptop says of itself.

    Attributes
    ----------
    number : int
        Counts its exchanges.
    signed : mapping of "heads" and "holds" to bytes
        The two lists.
    digests : mapping of the same
        Tell whether a list says something else than before.
    """

    number: int
    signed: Mapping[str, bytes]
    digests: Mapping[str, str]


def news_of(context: AppContext, team: Team, *, damaged: Collection[str] = ()) -> News:
    """Give what this laptop says of itself now, signed.

    `damaged` are the files it just refused to take, because their bytes are not those of their
    names: whoever holds them whole looks there too, and leaves them again.
    """
    me = context.author
    number = next_exchange(context.catalogue)
    who = {
        "team": team.membership.team_id,
        "author": me.author_id,
        "key": me.public_key,
        "at": context.now().isoformat(timespec="seconds"),
        "number": number,
    }
    have, files = version_vector(context.catalogue), held_files(context)
    wish = write_wish(wished_originals(context))
    heads = {
        **who,
        "person": me.person[:200],
        "device": me.device[:200],
        "schema": HEAD_REVISION,
        "have": have,
    }
    holds: dict[str, Any] = {**who, "files": files, "wish": wish}
    said_of_files: list[Any] = [files, wish]
    if damaged:
        holds["damaged"] = sorted(damaged)[:_MOST_DAMAGED]
        said_of_files.append(holds["damaged"])
    signed = {}
    for kind, content in (("heads", heads), ("holds", holds)):
        raw = canonical(content)
        said = {"content": raw.decode("utf-8"), "sig": me.key.sign(message(_PURPOSES[kind], raw))}
        signed[kind] = json.dumps(said, ensure_ascii=False).encode("utf-8")
    digests = {"heads": _digest(have), "holds": _digest(said_of_files)}
    return News(number=number, signed=signed, digests=digests)


def _digest(said: Any) -> str:
    return hashlib.sha256(canonical(said)).hexdigest()


def hear_members(context: AppContext, signed: SignedMembership) -> None:
    """Keep a list of this team when it is newer than the one known.

    Raises
    ------
    GeoparkError
        BAD_TEAM_FILE for a list of another team.
    """
    mine = require_team(context).membership
    if signed.membership.team_id != mine.team_id:
        raise GeoparkError(ErrorCode.BAD_TEAM_FILE, reason="other-team")
    if signed.membership.number > mine.number:
        keep_membership(context, signed)


def hear(context: AppContext, kind: str, author: str, raw: bytes) -> None:
    """Keep what the laptop `author` said of itself.

    Raises
    ------
    GeoparkError
        BAD_BUNDLE for what it did not sign, NOT_A_MEMBER.
    """
    said = _signed_content(raw, _PURPOSES[kind])
    key = text_of(said, "key", longest=64)
    team = require_team(context)
    if team.membership.member_of(key) is None:
        raise GeoparkError(ErrorCode.NOT_A_MEMBER, person=text_of(said, "author", longest=100))
    names = (text_of(said, "author", longest=100), text_of(said, "team"))
    if names != (author, team.membership.team_id):
        raise GeoparkError(ErrorCode.BAD_BUNDLE, reason="authors")
    if key == context.author.public_key:
        return
    at, number = text_of(said, "at", longest=64), count_of(said, "number", least=1)
    if kind == "holds":
        files = [one for one in said.get("files", []) if isinstance(one, str)]
        if keep_holdings(context.catalogue, author, files, heard_at=at, number=number):
            keep_wish(context.catalogue, str(said.get("wish", ""))[:_LONGEST_WISH], author=author)
            keep_damage(context.catalogue, author, _names(said.get("damaged")))
        return
    have = object_of(said, "have")
    keep_peer(
        context.catalogue,
        Peer(
            author=author,
            have={one: count_of(have, one) for one in have},
            heard_at=at,
            said={
                "person": text_of(said, "person", longest=200),
                "device": text_of(said, "device", longest=200),
                "key": key,
                "schema": text_of(said, "schema", longest=64),
            },
        ),
        number=number,
    )


def _names(known: object) -> list[str]:
    some = known[:_MOST_DAMAGED] if isinstance(known, list) else []
    return [one for one in some if isinstance(one, str)]


def _signed_content(raw: bytes, purpose: str) -> dict[str, Any]:
    outer = read_object(raw)
    content = text_of(outer, "content", longest=len(raw))
    said = read_object(content.encode("utf-8"))
    key, sig = text_of(said, "key", longest=64), text_of(outer, "sig", longest=256)
    if not is_signed(key, sig, message(purpose, content.encode("utf-8"))):
        raise GeoparkError(ErrorCode.BAD_BUNDLE, reason="signature")
    return said
