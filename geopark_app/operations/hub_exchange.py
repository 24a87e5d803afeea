"""Exchange with colleagues through the office hub: the same signed saves, asked for by vector."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress, no_progress
from geopark_app.i18n import gettext as _
from geopark_app.operations.bundles import OPS_OF_A_BUNDLE, retry_parked
from geopark_app.operations.context import AppContext
from geopark_app.operations.exchange_news import hear, hear_members, news_of
from geopark_app.operations.exchanging import Receipt, Refused
from geopark_app.operations.file_exchange import FileReport, receive_files, send_files
from geopark_app.operations.purging import carry_out
from geopark_app.operations.teams import Team, require_team
from geopark_app.store.exchange_lock import exchanging
from geopark_app.store.exchange_log import (
    LogAuthor,
    SignedSave,
    TakenIn,
    chain_ends,
    chain_tails,
    conflict_count,
    count_after,
    forked_chain,
    has_end,
    log_authors,
    saves_between,
    seal_foreign_changes,
    take_in,
    version_vector,
)
from geopark_app.store.hub import Hub, HubSave, open_hub
from geopark_app.store.hub_address import HubAddress
from geopark_app.store.hub_views import refresh_views
from geopark_app.store.peers import holding_numbers, needs_of_parked, peers_of
from geopark_app.sync.bundle import check_author, check_save
from geopark_app.sync.exchange_folder import ExchangeFolder
from geopark_app.sync.membership import read_membership
from geopark_app.sync.op_lines import lines_of, read_saves

_SAVES_AT_ONCE = 500
_BYTES_AT_ONCE = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class HubPlace:
    """The hub of a team.

    Attributes
    ----------
    address : HubAddress
        Where it is.
    password : str
        Of the login; empty when libpq knows it by itself.
    photos : Path or None
        The folder of the server for photos and documents, as this machine sees it.
    """

    address: HubAddress
    password: str
    photos: Path | None = None


def exchange_hub(
    context: AppContext,
    place: HubPlace,
    *,
    budget: int | None = None,
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> Receipt:
    """Exchange saves, and files where the hub has a folder for them.

    Parameters
    ----------
    budget
        How many bytes of files may be sent; None leaves only a reserve.
    progress, cancel
        What was exchanged before a stop stays; the next exchange goes on from there.

    Raises
    ------
    GeoparkError
        NO_TEAM, NOT_A_MEMBER; HUB_AWAY, HUB_LOGIN, HUB_UNTRUSTED, HUB_UNPREPARED, HUB_REFUSED;
        NOT_FOUND and environment codes for the folder of photos.
    """
    cancel = cancel or CancelToken()
    require_team(context)
    with exchanging(context.catalogue.folder):
        hub = open_hub(place.address, place.password)
        try:
            return _Exchange(context, hub, progress, cancel).run(place.photos, budget)
        finally:
            hub.close()


class _Exchange:
    """One exchange with one hub, and what it met."""

    def __init__(
        self, context: AppContext, hub: Hub, progress: ReportProgress, cancel: CancelToken
    ) -> None:
        self.context = context
        self.hub = hub
        self.progress = progress
        self.cancel = cancel
        self.taken: list[TakenIn] = []
        self.refused: list[Refused] = []

    def run(self, photos: Path | None, budget: int | None) -> Receipt:
        context = self.context
        self.hub.check(require_team(context).membership.team_id)
        seal_foreign_changes(context.catalogue, author=context.author, now=context.now())
        self._members()
        team = require_team(context)
        files = FileReport()
        if team.has_left:
            # It hands over what only it has, and is given nothing.
            sent = self._push(team)
        else:
            self._pull()
            self._hear()
            team = require_team(context)
            sent = self._push(team)
            carry_out(context)
            files = self._files(team, photos, budget)
            self._say(team, files.damaged)
            if team.is_office:
                self._write_views()
        return Receipt(
            sent=sent,
            received=sum(one.saves for one in self.taken),
            by_author=_counts(self.taken),
            touched=frozenset().union(*(one.touched for one in self.taken)),
            parked=len(needs_of_parked(context.catalogue)),
            conflicts=conflict_count(context.catalogue),
            photos=files,
            half=(),
            refused=tuple(self.refused),
            foreign=(),
        )

    def _write_views(self) -> None:
        """Write the tables for QGIS; the exchange was done whether that succeeds or not."""
        try:
            refresh_views(self.context.catalogue, self.hub)
        except GeoparkError as error:
            self.refused.append(Refused(name="QGIS", error=error))

    def _members(self) -> None:
        """Take the newest true list of the team, and give the hub ours when that is newer."""
        newest = 0
        for content, sig in self.hub.memberships():
            try:
                signed = read_membership(content, sig)
                hear_members(self.context, signed)
            except GeoparkError as error:
                self.refused.append(Refused(name="membership", error=error))
                continue
            newest = max(newest, signed.membership.number)
        mine = require_team(self.context)
        if mine.membership.number > newest:
            self.hub.add_membership(
                number=mine.membership.number, content=mine.signed.content, sig=mine.signed.sig
            )

    def _pull(self) -> None:
        """Take in what is new here; a save that is not its author's is named and left."""
        authors = self._known_authors()
        have = version_vector(self.context.catalogue)
        total = self.hub.count_after(have)
        lot = _Lot(chain_tails(self.context.catalogue))
        for done, row in enumerate(self.hub.saves_after(have)):
            self.cancel.check()
            self.progress(Progress(done=done, total=total, current=_("saves of colleagues")))
            one = self._verified(row, authors)
            if one is not None and lot.add(one) and lot.ops >= OPS_OF_A_BUNDLE:
                self._take(lot.empty(), authors)
        for one in lot.left_over():
            self._refuse(one, authors)
        self._take(lot.empty(), authors)
        self.taken += retry_parked(self.context)

    def _known_authors(self) -> dict[str, LogAuthor]:
        """Give the authors the hub names that are what they say, and belong to the team."""
        keys = require_team(self.context).membership.keys
        known = {}
        for one in self.hub.authors():
            try:
                check_author(one)
            except GeoparkError as error:
                self.refused.append(Refused(name=one.author_id, error=error))
                continue
            if not one.public_key or one.public_key in keys:
                known[one.author_id] = one
        return {**known, **log_authors(self.context.catalogue)}

    def _verified(self, row: HubSave, authors: dict[str, LogAuthor]) -> SignedSave | None:
        try:
            one = _read(row)
            check_save(one, authors)
        except GeoparkError as error:
            self.refused.append(Refused(name=f"{row.author} {row.first}", error=error))
            return None
        return one

    def _refuse(self, one: SignedSave, authors: dict[str, LogAuthor]) -> None:
        """Name a save that is its author's and continues nothing that is here."""
        author = authors[one.save.author]
        error = forked_chain(author, self.context.author)
        self.refused.append(Refused(name=f"{one.save.author} {one.save.first}", error=error))

    def _take(self, lot: list[SignedSave], authors: dict[str, LogAuthor]) -> None:
        if lot:
            context = self.context
            self.taken.append(
                take_in(context.catalogue, lot, authors, me=context.author, now=context.now())
            )

    def _hear(self) -> None:
        heads = {
            one.author: int(one.said.get("number", 0)) for one in peers_of(self.context.catalogue)
        }
        known = {"heads": heads, "holds": holding_numbers(self.context.catalogue)}
        for kind, after in known.items():
            heard: set[str] = set()
            for said in self.hub.said(kind, after):
                if said.author in heard:
                    continue
                try:
                    hear(self.context, kind, said.author, said.content)
                    heard.add(said.author)
                except GeoparkError as error:
                    self.refused.append(Refused(name=f"{kind} {said.author}", error=error))

    def _push(self, team: Team) -> int:
        """Give the hub what it lacks by what it says now, whoever wrote it."""
        catalogue = self.context.catalogue
        have, authors = version_vector(catalogue), log_authors(catalogue)
        tails = self.hub.tails()
        mine = {
            name: have[name]
            for name, one in authors.items()
            if not one.public_key or one.public_key in team.membership.keys
        }
        base = {name: self._common(name, tails.get(name, [])) for name in mine}
        sent, total = 0, sum(count_after(catalogue, name, base[name]) for name in mine)
        for lot in _lots(saves_between(catalogue, base, mine)):
            self.cancel.check()
            self.progress(Progress(done=sent, total=total, current=_("saves for colleagues")))
            sent += self.hub.add((authors[one.author] for one in lot), lot)
        return sent

    def _common(self, author: str, tails: list[tuple[int, str]]) -> int:
        """Give up to where the hub has the chain of an author that is known here."""
        catalogue = self.context.catalogue
        shared = [last for last, found in tails if has_end(catalogue, author, last, found)]
        if shared or not tails:
            return max(shared, default=0)
        # The hub is ahead of us, or holds a chain we do not know: look save by save.
        both = self.hub.ends(author) & chain_ends(catalogue, author)
        return max((last for last, _hash in both), default=0)

    def _files(self, team: Team, photos: Path | None, budget: int | None) -> FileReport:
        if photos is None:
            return FileReport()
        folder = ExchangeFolder(photos, team.membership.team_id)
        folder.prepare()
        came = receive_files(self.context, folder, progress=self.progress, cancel=self.cancel)
        went = send_files(
            self.context, team, folder, budget=budget, progress=self.progress, cancel=self.cancel
        )
        return replace(
            came, sent=went.sent, waiting=went.waiting, damaged=came.damaged + went.damaged
        )

    def _say(self, team: Team, damaged: tuple[str, ...]) -> None:
        me = self.context.author.author_id
        news = news_of(self.context, team, damaged=damaged)
        for kind, content in news.signed.items():
            if kind == "holds" and self.hub.last_digest(kind, me) == news.digests[kind]:
                continue
            self.hub.say(kind, me, number=news.number, digest=news.digests[kind], content=content)


class _Lot:
    """Saves that continue the chains here, collected while they stream in by their stamps."""

    def __init__(self, tails: dict[str, tuple[int, str]]) -> None:
        self._tails = dict(tails)
        self._waiting: list[SignedSave] = []
        self._saves: list[SignedSave] = []
        self.ops = 0

    def add(self, one: SignedSave) -> bool:
        """Take a save that is the next of its author; another one waits for those before it."""
        end, tail = self._tails.get(one.save.author, (0, ""))
        if (one.save.first, one.save.prev_hash) != (end + 1, tail):
            self._waiting.append(one)
            return False
        self._tails[one.save.author] = (one.last, one.hash)
        self._saves.append(one)
        self.ops += one.save.n
        return True

    def left_over(self) -> list[SignedSave]:
        """Add what waited and can be added now, and give what cannot."""
        went_on = True
        while went_on and self._waiting:
            waiting = sorted(self._waiting, key=lambda one: (one.save.author, one.save.first))
            self._waiting = []
            added = [self.add(one) for one in waiting]
            went_on = any(added)
        return self._waiting

    def empty(self) -> list[SignedSave]:
        """Give the lot and begin another."""
        saves, self._saves, self.ops = self._saves, [], 0
        return saves


def _read(row: HubSave) -> SignedSave:
    """Give the one save a row holds; raises BAD_BUNDLE."""
    saves = list(read_saves(row.content))
    if len(saves) != 1:
        raise GeoparkError(ErrorCode.BAD_BUNDLE, reason="content")
    said = (saves[0].save.author, saves[0].save.first, saves[0].last, saves[0].hash)
    if said != (row.author, row.first, row.last, row.hash):
        raise GeoparkError(ErrorCode.BAD_BUNDLE, reason="content")
    return saves[0]


def _lots(saves: Iterator[SignedSave]) -> Iterator[list[HubSave]]:
    """Give saves as the hub keeps them, in lots of bounded size."""
    lot: list[HubSave] = []
    size = 0
    for one in saves:
        content = b"".join(lines_of(one))
        if lot and (len(lot) >= _SAVES_AT_ONCE or size + len(content) > _BYTES_AT_ONCE):
            yield lot
            lot, size = [], 0
        size += len(content)
        lot.append(
            HubSave(
                author=one.save.author,
                first=one.save.first,
                last=one.last,
                hash=one.hash,
                prev_hash=one.save.prev_hash,
                hlc=one.save.hlc,
                content=content,
            )
        )
    if lot:
        yield lot


def _counts(taken: list[TakenIn]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in taken:
        for author, count in one.by_author.items():
            counts[author] = counts.get(author, 0) + count
    return counts
