"""Repair after a whole disk was set back and worked with: what was typed since is signed anew."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from geopark_app.domain.change import Changes
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.operations.bundles import read_bundle
from geopark_app.operations.context import AppContext
from geopark_app.operations.folder_cipher import folder_keys, reading_cipher
from geopark_app.operations.hub_exchange import HubPlace
from geopark_app.operations.teams import require_team
from geopark_app.store.exchange_lock import exchanging
from geopark_app.store.exchange_log import chain_tails, has_end, log_authors, version_vector
from geopark_app.store.forking import reissue
from geopark_app.store.hub import open_hub
from geopark_app.store.writing_files import translated_os_errors
from geopark_app.sync.bundle import LARGEST_FILE, Bundle
from geopark_app.sync.exchange_folder import ExchangeFolder
from geopark_app.sync.team_cipher import is_sealed, open_with


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """What a repair did.

    Attributes
    ----------
    saves : int
        Saves signed again; 0 when nothing was wrong.
    changes : Changes
        The records they are about.
    """

    saves: int
    changes: Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Copy:
    """A save of this laptop as somebody else has it."""

    author: str
    first: int
    last: int
    hash: str
    prev_hash: str


def repair_fork(context: AppContext, place: Path | HubPlace) -> tuple[AppContext, Repaired]:
    """Sign again what this laptop saved under numbers it had given before its disk was set back.

    The exchange through the same place then goes on; nothing typed is lost on either side.

    Parameters
    ----------
    place
        The folder, bundle or hub that holds the other copy of this laptop's saves.

    Returns
    -------
    tuple of AppContext and Repaired
        Who signs from now on: the same person and key under another author id.

    Raises
    ------
    GeoparkError
        NO_TEAM, NOT_A_MEMBER; NOT_FOUND, BAD_BUNDLE and environment codes.
    """
    with exchanging(context.catalogue.folder):
        met = dict(_bundles(context, place)) if isinstance(place, Path) else {}
        mine = {
            name
            for name, one in log_authors(context.catalogue).items()
            if one.public_key == context.author.public_key
        }
        saves, touched = 0, frozenset[tuple[str, str]]()
        for author in sorted(mine):
            copies = _copies(met.values(), author) if met else _on_hub(context, place, author)
            after = _fork_of(context, author, copies)
            if after is None:
                continue
            _take_away(context, met, author, after)
            count, some = reissue(
                context.catalogue, me=context.author, forked=author, after=after, now=context.now()
            )
            saves, touched = saves + count, touched | some
            context = with_present_author(context)
    return context, Repaired(saves=saves, changes=Changes(touched=touched))


def with_present_author(context: AppContext) -> AppContext:
    """Give the surroundings with the author id in force now."""
    author = context.author
    return replace(
        context, author=context.catalogue.author(person=author.person, device=author.device)
    )


def _fork_of(context: AppContext, author: str, copies: Iterable[_Copy]) -> int | None:
    """Give the last operation both copies of a chain share, or None where they are one chain.

    The place also holds what this laptop left there itself: a save that is in the chain here says
    nothing; one that is not tells by its forerunner where the other copy leaves this one.
    """
    catalogue = context.catalogue
    have, tail = chain_tails(catalogue)[author]
    shared, branches, strange = [0], [], []
    for one in copies:
        if has_end(catalogue, author, one.last, one.hash):
            shared.append(one.last)
        elif one.first <= have or (one.first == have + 1 and one.prev_hash != tail):
            strange.append(one.first)
            if one.first == 1 or has_end(catalogue, author, one.first - 1, one.prev_hash):
                branches.append(one.first - 1)
    if branches:
        return min(branches)
    return max(end for end in shared if end < min(strange)) if strange else None


def _copies(bundles: Iterable[Bundle], author: str) -> Iterator[_Copy]:
    for bundle in bundles:
        for one in bundle.saves:
            if one.save.author == author:
                yield _Copy(
                    author=author,
                    first=one.save.first,
                    last=one.last,
                    hash=one.hash,
                    prev_hash=one.save.prev_hash,
                )


def _on_hub(context: AppContext, place: Path | HubPlace, author: str) -> Iterator[_Copy]:
    """Give the saves of an author id that a hub holds, on whichever copy of the chain."""
    if isinstance(place, Path):
        return
    hub = open_hub(place.address, place.password)
    try:
        for row in hub.saves_after({**version_vector(context.catalogue), author: 0}):
            if row.author == author:
                yield _Copy(
                    author=author,
                    first=row.first,
                    last=row.last,
                    hash=row.hash,
                    prev_hash=row.prev_hash,
                )
    finally:
        hub.close()


def _bundles(context: AppContext, place: Path) -> Iterator[tuple[Path, Bundle]]:
    """Give the bundles of a folder, or the one of a file, that are true."""
    if place.is_file():
        with translated_os_errors(place):
            raw = place.read_bytes() if place.stat().st_size <= LARGEST_FILE else b""
        if is_sealed(raw):
            raw = open_with(raw, context.author.key.openssh()) or b""
        yield place, read_bundle(context, raw)
        return
    team = require_team(context)
    folder = ExchangeFolder(place, team.membership.team_id)
    folder.prepare()
    folder.cipher = reading_cipher(folder_keys(context, team, folder))
    for path in folder.look().bundles.values():
        try:
            raw_or_none = folder.read_bundle(path, largest=LARGEST_FILE)
            if raw_or_none is not None:
                yield path, read_bundle(context, raw_or_none)
        except GeoparkError as error:
            if error.code not in {ErrorCode.BAD_BUNDLE, ErrorCode.NEWER_BUNDLE}:
                raise


def _take_away(context: AppContext, met: dict[Path, Bundle], author: str, after: int) -> None:
    """Remove the bundles this laptop wrote with the saves that are signed anew.

    Colleagues refuse them; whatever else is in them is written again at the next exchange.
    """
    for path, bundle in met.items():
        if bundle.header.sender_key != context.author.public_key:
            continue
        doubled = (
            one.last > after and has_end(context.catalogue, author, one.last, one.hash)
            for one in bundle.saves
            if one.save.author == author
        )
        if any(doubled):
            with translated_os_errors(path):
                path.unlink(missing_ok=True)
