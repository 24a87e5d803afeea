"""Who has what: what colleagues lack, who was last heard of, what waits, whose clock is wrong."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from geopark_app.domain.clock import instant_of_hlc, latest_hlc
from geopark_app.domain.kinds import Commune
from geopark_app.operations.bundles import held_back
from geopark_app.operations.context import AppContext
from geopark_app.operations.file_exchange import (
    file_refs,
    held_files,
    held_or_declined,
    holdings_by_member,
)
from geopark_app.operations.originals import unwanted_originals, wished_originals
from geopark_app.operations.safety import pending_saves
from geopark_app.operations.teams import Team, current_team, require_team
from geopark_app.store.exchange_log import (
    LogAuthor,
    communes_of_sites,
    conflict_count,
    count_after,
    last_saves,
    log_authors,
    rows_after,
    version_vector,
    wall_at,
)
from geopark_app.store.file_refs import NeededFile, needed_files
from geopark_app.store.peers import Peer, needs_of_parked, peers_of
from geopark_app.store.schema_version import KNOWN_REVISIONS
from geopark_app.sync.membership import Member
from geopark_app.sync.planning import FileRole

_OLDEST_YEAR = 2025


@dataclass(frozen=True, slots=True, kw_only=True)
class HasUpTo:
    """How far a colleague has one person's saves.

    Attributes
    ----------
    person, device : str
        Whose saves.
    at : str
        Wall clock of the newest of them that is there; empty for none.
    lacks : int
        Saves of that person that are here and not there.
    """

    person: str
    device: str
    at: str
    lacks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A colleague's laptop as far as this one knows.

    Attributes
    ----------
    author : str
        Author id, or empty before it was heard of.
    person, device : str
        Who.
    heard_at : str
        When it was last heard of, by its own clock; empty for never.
    lacks_saves, lacks_files : int
        What is here and not there.
    lacks_photos : int
        Of how many photos a file is here and not there.
    has_up_to : tuple of HasUpTo
        By author.
    is_older, is_newer : bool
        Whether its program is older or newer than this one.
    """

    author: str
    person: str
    device: str
    heard_at: str
    lacks_saves: int
    lacks_files: int
    lacks_photos: int
    has_up_to: tuple[HasUpTo, ...]
    is_older: bool
    is_newer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongClock:
    """A laptop whose clock cannot be right."""

    person: str
    device: str
    says: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Saves of a laptop that must come before parked bundles can be used."""

    person: str
    device: str
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The state of the exchange.

    Attributes
    ----------
    team : Team or None
        None before one was founded or joined.
    pending : int
        Own saves nobody else is known to have.
    conflicts : int
        What waits for a person.
    colleagues : tuple of Colleague
        Every other laptop of the team.
    waiting : tuple of Waiting
        What parked bundles still need.
    missing_files : int
        Files of the records that are not on this laptop.
    only_copies : int
        Originals here that no colleague is known to hold.
    wrong_clocks : tuple of WrongClock
        Laptops to look at.
    held_back : tuple of LogAuthor
        Laptops that wrote here and are no members.
    """

    team: Team | None
    pending: int
    conflicts: int
    colleagues: tuple[Colleague, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    missing_files: int = 0
    only_copies: int = 0
    wrong_clocks: tuple[WrongClock, ...] = ()
    held_back: tuple[LogAuthor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lacked:
    """How many files a colleague lacks, and of how many photos."""

    files: int
    photos: int


def sync_status(context: AppContext) -> Status:
    """Give what is known of the exchange."""
    team = current_team(context)
    pending, conflicts = pending_saves(context), conflict_count(context.catalogue)
    if team is None or not team.is_member:
        return Status(team=team, pending=pending, conflicts=conflicts)
    held = set(held_files(context))
    refs = list(file_refs(context))
    declined = unwanted_originals(context, wished_originals(context))
    originals = {ref.sha256 for ref in refs if ref.role is FileRole.ORIGINAL} & held
    elsewhere = set().union(*holdings_by_member(context, team).values())
    return Status(
        team=team,
        pending=pending,
        conflicts=conflicts,
        colleagues=_colleagues(context, team, held),
        waiting=_waiting(context),
        missing_files=len({ref.sha256 for ref in refs} - held - declined),
        only_copies=len(originals - elsewhere),
        wrong_clocks=_wrong_clocks(context),
        held_back=tuple(held_back(context)),
    )


def lacked_by_place(context: AppContext) -> list[tuple[str, str, int]]:
    """Give what is here and not with every colleague: person, place, number of records.

    The place is the commune of the site a record belongs to, or empty.
    """
    team = require_team(context)
    vectors = [peer.have for peer in _peers_by_member(context, team).values()]
    colleagues = sum(context.author.public_key not in one.keys for one in team.membership.present)
    have = version_vector(context.catalogue)
    base: dict[str, int] = {}
    if colleagues and len(vectors) >= colleagues:
        base = {author: min(one.get(author, 0) for one in vectors) for author in have}
    places = _places(context)
    counts: Counter[tuple[str, str]] = Counter()
    for person, table, uuid, site_uuid in rows_after(context.catalogue, base):
        counts[person, places.get(site_uuid or (uuid if table == "site" else ""), "")] += 1
    return sorted((person, place, count) for (person, place), count in counts.items())


def _places(context: AppContext) -> dict[str, str]:
    communes = {one.code: one.name_vi or "" for one in context.catalogue.records(Commune)}
    codes = communes_of_sites(context.catalogue)
    return {uuid: communes.get(code, "") for uuid, code in codes.items()}


def _peers_by_member(context: AppContext, team: Team) -> dict[str, Peer]:
    """Give by present key the last news of each colleague; its lives are put together."""
    found: dict[str, Peer] = {}
    for peer in peers_of(context.catalogue):
        member = team.membership.member_of(str(peer.said.get("key", "")))
        if member is None or member.has_left or context.author.public_key in member.keys:
            continue
        known = found.get(member.keys[0])
        if known is None or int(peer.author.rpartition(".")[2]) > int(
            known.author.rpartition(".")[2]
        ):
            found[member.keys[0]] = peer
    return found


def _colleagues(context: AppContext, team: Team, held: set[str]) -> tuple[Colleague, ...]:
    peers = _peers_by_member(context, team)
    files = held_or_declined(context, team)
    authors = log_authors(context.catalogue)
    have = version_vector(context.catalogue)
    photos = [(one.sha256, one.uuid) for one in needed_files(context.catalogue) if _of_photo(one)]

    def lacked(member: Member) -> _Lacked:
        some = held - files.get(member.keys[0], set())
        return _Lacked(
            files=len(some), photos=len({uuid for sha256, uuid in photos if sha256 in some})
        )

    return tuple(
        _colleague(context, one, peers.get(one.keys[0]), lacked(one), authors, have)
        for one in team.membership.present
        if context.author.public_key not in one.keys
    )


def _of_photo(file: NeededFile) -> bool:
    return file.kind == "photo"


def _colleague(
    context: AppContext,
    member: Member,
    peer: Peer | None,
    lacked: _Lacked,
    authors: Mapping[str, LogAuthor],
    have: Mapping[str, int],
) -> Colleague:
    known: Mapping[str, int] = peer.have if peer else {}
    people = [author for author in authors.values() if author.public_key]
    lacks = {
        one.author_id: count_after(context.catalogue, one.author_id, known.get(one.author_id, 0))
        for one in people
    }
    schema = str(peer.said.get("schema", "")) if peer else ""
    return Colleague(
        author=peer.author if peer else "",
        person=member.person,
        device=member.device,
        heard_at=peer.heard_at if peer else "",
        lacks_saves=sum(lacks.values()),
        lacks_files=lacked.files,
        lacks_photos=lacked.photos,
        has_up_to=tuple(
            HasUpTo(
                person=one.user,
                device=one.device,
                at=wall_at(
                    context.catalogue,
                    one.author_id,
                    min(known.get(one.author_id, 0), have[one.author_id]),
                ),
                lacks=lacks[one.author_id],
            )
            for one in people
        ),
        is_older=schema in KNOWN_REVISIONS[:-1],
        is_newer=bool(schema) and schema not in KNOWN_REVISIONS,
    )


def _waiting(context: AppContext) -> tuple[Waiting, ...]:
    authors, have = log_authors(context.catalogue), version_vector(context.catalogue)
    needs: dict[str, int] = {}
    for some in needs_of_parked(context.catalogue):
        for author, number in some.items():
            needs[author] = max(number, needs.get(author, 0))
    found = []
    for author, number in sorted(needs.items()):
        known = authors.get(author)
        if number > have.get(author, 0):
            found.append(
                Waiting(
                    person=known.user if known else "",
                    device=known.device if known else author,
                    first=have.get(author, 0) + 1,
                    last=number,
                )
            )
    return tuple(found)


def _wrong_clocks(context: AppContext) -> tuple[WrongClock, ...]:
    authors, limit = log_authors(context.catalogue), latest_hlc(context.now())
    found = []
    for author, (hlc, _wall) in last_saves(context.catalogue).items():
        known = authors[author]
        says = instant_of_hlc(hlc)
        if known.public_key and (hlc > limit or says.year < _OLDEST_YEAR):
            found.append(WrongClock(person=known.user, device=known.device, says=says))
    return tuple(found)
