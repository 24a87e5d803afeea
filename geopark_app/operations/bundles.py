"""One bundle file: made for a colleague, and taken in whole, parked or refused."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.operations.context import AppContext
from geopark_app.operations.teams import Team, keep_membership, require_team
from geopark_app.store.exchange_log import (
    LogAuthor,
    SignedSave,
    TakenIn,
    log_authors,
    saves_between,
    seal_foreign_changes,
    take_in,
    version_vector,
)
from geopark_app.store.peers import (
    ParkedBundle,
    Peer,
    keep_peer,
    park,
    parked_bundles,
    peers_of,
    unpark,
)
from geopark_app.store.schema_version import HEAD_REVISION
from geopark_app.store.writing_files import translated_os_errors, write_atomically
from geopark_app.sync.bundle import (
    LARGEST_FILE,
    SUFFIX,
    Bundle,
    Header,
    check_members,
    pack,
    ranges_of,
    verify,
)
from geopark_app.sync.planning import lacking
from geopark_app.sync.team_cipher import is_sealed, open_with, seal_for

OPS_OF_A_BUNDLE = 4_000
"""A bundle is taken in as a whole: saves of the window wait meanwhile, so it must be short."""
_USELESS = {
    ErrorCode.BAD_BUNDLE,
    ErrorCode.NEWER_BUNDLE,
    ErrorCode.FORKED_CHAIN,
    ErrorCode.NOT_A_MEMBER,
}


class Fate(Enum):
    """What became of a bundle."""

    TAKEN = "taken"
    KNOWN = "known"
    PARKED = "parked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one bundle, and what it brought."""

    fate: Fate
    taken: TakenIn | None = None
    needs: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """Saves packed into one bundle."""

    raw: bytes
    ranges: Mapping[str, tuple[int, int]]
    saves: int


def read_bundle(context: AppContext, raw: bytes) -> Bundle:
    """Give a verified bundle of this team; a newer membership list it carries is kept.

    Raises
    ------
    GeoparkError
        NO_TEAM, BAD_BUNDLE, NEWER_BUNDLE, NOT_A_MEMBER. Nothing is changed then.
    """
    team = require_team(context)
    bundle = verify(raw)
    signed = bundle.header.membership
    if signed.membership.team_id != team.membership.team_id:
        raise GeoparkError(ErrorCode.BAD_BUNDLE, reason="other-team")
    is_newer = signed.membership.number > team.membership.number
    check_members(bundle, signed.membership.keys if is_newer else team.membership.keys)
    if is_newer:
        keep_membership(context, signed)
    return bundle


def take_bundle(context: AppContext, raw: bytes, bundle: Bundle) -> Outcome:
    """Take a verified bundle in, or park it until what it builds on has come.

    Raises
    ------
    GeoparkError
        FORKED_CHAIN; nothing is changed then.
    """
    needs = _needs(bundle, version_vector(context.catalogue))
    if needs:
        _hear(context, bundle)
        sha256 = hashlib.sha256(raw).hexdigest()
        at = context.now().isoformat(timespec="seconds")
        park(context.catalogue, ParkedBundle(sha256=sha256, needs=needs, content=raw), at=at)
        return Outcome(fate=Fate.PARKED, needs=needs)
    taken = take_in(
        context.catalogue, bundle.saves, bundle.header.authors, me=context.author, now=context.now()
    )
    _hear(context, bundle)
    return Outcome(fate=Fate.TAKEN if taken.saves else Fate.KNOWN, taken=taken)


def retry_parked(context: AppContext) -> list[TakenIn]:
    """Take in the parked bundles that can be by now, again and again until none can."""
    found = []
    went_on = True
    while went_on:
        went_on = False
        for waiting in parked_bundles(context.catalogue):
            if lacking(waiting.needs, version_vector(context.catalogue)):
                continue
            try:
                bundle = read_bundle(context, waiting.content)
                outcome = take_bundle(context, waiting.content, bundle)
            except GeoparkError as error:
                if error.code not in _USELESS:
                    raise
                # what is in it comes again from whoever has it; this copy helps nobody
                unpark(context.catalogue, waiting.sha256)
                continue
            if outcome.taken is not None:
                unpark(context.catalogue, waiting.sha256)
                found.append(outcome.taken)
                went_on = True
    return found


def import_bundle(context: AppContext, path: Path) -> tuple[Outcome, list[TakenIn]]:
    """Take in a bundle file that came by mail or chat, and what waited for it.

    Raises
    ------
    GeoparkError
        What `read_bundle` and `take_bundle` raise; environment codes.
    """
    with translated_os_errors(path):
        if path.stat().st_size > LARGEST_FILE:
            raise GeoparkError(ErrorCode.BAD_BUNDLE, reason="size")
        raw = _opened(context, path.read_bytes())
    outcome = take_bundle(context, raw, read_bundle(context, raw))
    return outcome, retry_parked(context)


def _opened(context: AppContext, raw: bytes) -> bytes:
    if not is_sealed(raw):
        return raw
    found = open_with(raw, context.author.key.openssh())
    if found is None:
        raise GeoparkError(ErrorCode.BAD_BUNDLE, reason="encrypted")
    return found


def export_bundle(
    context: AppContext, out: Path, *, for_device: str = "", encrypt: bool = False
) -> Packed | None:
    """Write what a colleague (or anybody) lacks into one file; None when there is nothing.

    Parameters
    ----------
    for_device
        Name of a colleague's laptop as shown by the status; without it, everything.
    encrypt
        Whether only the team's laptops shall be able to read it.

    Raises
    ------
    GeoparkError
        NOT_FOUND for a laptop never heard of; environment codes.
    """
    base = _base_for(context, for_device) if for_device else {}
    packed = list(pack_saves(context, base, most=None))
    if not packed:
        return None
    path = out if out.suffix == SUFFIX else out.with_name(out.name + SUFFIX)
    raw = packed[0].raw
    if encrypt:
        members = require_team(context).membership.present
        raw = seal_for(raw, [member.keys[0] for member in members])
    write_atomically(path, raw)
    return packed[0]


def _base_for(context: AppContext, device: str) -> Mapping[str, int]:
    for peer in peers_of(context.catalogue):
        if device in {peer.author, peer.said.get("device")}:
            return peer.have
    raise GeoparkError(ErrorCode.NOT_FOUND, kind="laptop", reference=device)


def pack_saves(
    context: AppContext,
    base: Mapping[str, int],
    *,
    most: int | None = OPS_OF_A_BUNDLE,
    stop: Callable[[], None] = lambda: None,
) -> Iterator[Packed]:
    """Give bundles of the members' saves after `base`; a large lot comes in several.

    Saves of laptops that are no members stay here, see `held_back`.
    """
    team = require_team(context)
    seal_foreign_changes(context.catalogue, author=context.author, now=context.now())
    authors = log_authors(context.catalogue)
    have = version_vector(context.catalogue)
    upto = {name: have[name] for name, one in authors.items() if _is_members(one, team)}
    # never more than is here: a receiver takes the base for what this laptop has
    reached = {name: min(number, upto[name]) for name, number in base.items() if name in upto}
    for some in _lots(saves_between(context.catalogue, base, upto), most):
        stop()
        packed = _pack(context, team, reached, some, authors)
        yield packed
        reached |= {name: end for name, (_, end) in packed.ranges.items()}


def held_back(context: AppContext) -> list[LogAuthor]:
    """Give the laptops whose saves lie here but travel nowhere: they are no members."""
    team = require_team(context)
    authors = log_authors(context.catalogue).values()
    return [one for one in authors if not _is_members(one, team)]


def _is_members(author: LogAuthor, team: Team) -> bool:
    return not author.public_key or author.public_key in team.membership.keys


def _lots(saves: Iterable[SignedSave], most: int | None) -> Iterator[tuple[SignedSave, ...]]:
    lot: list[SignedSave] = []
    count = 0
    for one in saves:
        if lot and most is not None and count + one.save.n > most:
            yield tuple(lot)
            lot, count = [], 0
        lot.append(one)
        count += one.save.n
    if lot:
        yield tuple(lot)


def _pack(
    context: AppContext,
    team: Team,
    reached: Mapping[str, int],
    saves: Sequence[SignedSave],
    authors: Mapping[str, LogAuthor],
) -> Packed:
    me = context.author
    ranges = ranges_of(saves)
    header = Header(
        sender=me.author_id,
        sender_key=me.public_key,
        made_at=context.now().isoformat(timespec="seconds"),
        schema=HEAD_REVISION,
        base={name: number for name, number in reached.items() if number and name not in ranges},
        authors={name: authors[name] for name in ranges},
        membership=team.signed,
    )
    raw = pack(header, tuple(saves), me.key.sign)
    return Packed(raw=raw, ranges=ranges, saves=len(saves))


def _needs(bundle: Bundle, have: Mapping[str, int]) -> dict[str, int]:
    """Give the saves that must be here before: what it builds on, and no gap in a chain."""
    needs = lacking(bundle.header.base, have)
    starts = {author: start for author, (start, _) in bundle.ranges.items()}
    return {**needs, **lacking(starts, have)}


def _hear(context: AppContext, bundle: Bundle) -> None:
    """Note what the sender certainly had when it made the bundle."""
    header = bundle.header
    if header.sender_key == context.author.public_key:
        return
    ends = {author: end for author, (_, end) in bundle.ranges.items()}
    member = header.membership.membership.member_of(header.sender_key)
    keep_peer(
        context.catalogue,
        Peer(
            author=header.sender,
            have={**header.base, **ends},
            heard_at=header.made_at,
            said={
                "person": member.person if member else "",
                "device": member.device if member else "",
                "key": header.sender_key,
                "schema": header.schema,
            },
        ),
    )
