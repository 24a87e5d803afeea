"""Exchange with colleagues through a folder: take what is new, leave what others lack."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress, no_progress
from geopark_app.i18n import gettext as _
from geopark_app.operations.bundles import Fate, pack_saves, read_bundle, retry_parked, take_bundle
from geopark_app.operations.context import AppContext
from geopark_app.operations.exchange_news import hear, hear_members, news_of
from geopark_app.operations.file_exchange import FileReport, receive_files, send_files
from geopark_app.operations.folder_cipher import folder_keys, reading_cipher, writing_cipher
from geopark_app.operations.folder_purge import clean_folder
from geopark_app.operations.purging import carry_out
from geopark_app.operations.teams import Team, require_team
from geopark_app.store.exchange_lock import exchanging
from geopark_app.store.exchange_log import (
    TakenIn,
    conflict_count,
    count_after,
    seal_foreign_changes,
    version_vector,
)
from geopark_app.store.peers import keep_bundle, known_bundles, needs_of_parked, peers_of
from geopark_app.sync.bundle import LARGEST_FILE
from geopark_app.sync.exchange_folder import ExchangeFolder
from geopark_app.sync.membership import membership_file, read_membership_file
from geopark_app.sync.planning import covered
from geopark_app.sync.team_cipher import is_sealed, open_with, seal_for

_CONTINUED = {ErrorCode.DISK_FULL, ErrorCode.READ_ONLY, ErrorCode.NO_PERMISSION, ErrorCode.LOCKED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A file of the folder that was not used, and why."""

    name: str
    error: GeoparkError


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What an exchange did, in numbers.

    Attributes
    ----------
    sent, received : int
        Saves written to the folder, and taken from it.
    by_author : mapping of author id to count
        The saves received.
    touched : frozenset of (kind, uuid)
        The records they are about.
    parked : int
        Bundles that wait for others.
    conflicts : int
        Conflicts that wait for a person now.
    photos : FileReport
        What became of photos and documents.
    half : tuple of str
        Bundles that are not whole yet, or damaged.
    refused : tuple of Refused
        Bundles and lists that cannot be used.
    foreign : tuple of str
        Names of files that are none of ours; they were left alone.
    """

    sent: int
    received: int
    by_author: Mapping[str, int]
    touched: frozenset[tuple[str, str]]
    parked: int
    conflicts: int
    photos: FileReport
    half: tuple[str, ...]
    refused: tuple[Refused, ...]
    foreign: tuple[str, ...]


def exchange_folder(
    context: AppContext,
    path: Path,
    *,
    budget: int | None = None,
    encrypt: bool = False,
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> Receipt:
    """Exchange saves and files with whoever uses the folder.

    Parameters
    ----------
    path
        The folder: on a stick, a shared disk or in a file-sync tool.
    budget
        How many bytes of files may be written to it; None leaves only a reserve.
    encrypt
        Whether to begin encrypting for the team here; a folder where that began goes on with it.
    progress, cancel
        What was exchanged before a stop stays; the next exchange goes on from there.

    Raises
    ------
    GeoparkError
        NO_TEAM, NOT_A_MEMBER; BAD_VALUE for a folder inside the catalogue; NOT_FOUND and
        environment codes for a stick that is not there, full or read-only.
    """
    cancel = cancel or CancelToken()
    require_team(context)
    _refuse_own_folder(context, path)
    with exchanging(context.catalogue.folder):
        return _exchange(context, path, budget, encrypt, progress, cancel)


def _exchange(
    context: AppContext,
    path: Path,
    budget: int | None,
    encrypt: bool,
    progress: ReportProgress,
    cancel: CancelToken,
) -> Receipt:
    team = require_team(context)
    folder = ExchangeFolder(path, team.membership.team_id)
    folder.prepare()
    seal_foreign_changes(context.catalogue, author=context.author, now=context.now())
    keys = folder_keys(context, team, folder)
    folder.cipher = reading_cipher(keys)
    reader = _Reader(context, folder, cancel)
    reader.lists("members")
    team = require_team(context)
    if team.has_left:
        return _hand_over(context, folder, reader, progress, cancel)
    if encrypt or folder.is_encrypted():
        keys = folder_keys(context, team, folder)
        folder.cipher = writing_cipher(context, team, folder, keys)
    reader.bundles(progress)
    reader.lists("heads")
    reader.lists("holds")
    team = require_team(context)
    carry_out(context)
    clean_folder(context, folder, reader.paths, reader.present)
    came = receive_files(context, folder, progress=progress, cancel=cancel)
    sent = _write_saves(context, folder, list(reader.present.values()), progress, cancel)
    _say(context, team, folder, came.damaged)
    went = send_files(context, team, folder, budget=budget, progress=progress, cancel=cancel)
    if went.damaged:
        # Nobody may count on a copy that turned out to be bad while it was read.
        _say(context, team, folder, came.damaged)
    return Receipt(
        sent=sent,
        received=sum(one.saves for one in reader.taken),
        by_author=_added(reader.taken),
        touched=frozenset().union(*(one.touched for one in reader.taken)),
        parked=len(needs_of_parked(context.catalogue)),
        conflicts=conflict_count(context.catalogue),
        photos=replace(
            came, sent=went.sent, waiting=went.waiting, damaged=came.damaged + went.damaged
        ),
        half=tuple(reader.half),
        refused=tuple(reader.refused),
        foreign=reader.foreign,
    )


def _hand_over(
    context: AppContext,
    folder: ExchangeFolder,
    reader: "_Reader",
    progress: ReportProgress,
    cancel: CancelToken,
) -> Receipt:
    """Leave what only a laptop has that is of the team no more; it is given nothing.

    Raises
    ------
    GeoparkError
        HAS_LEFT where the folder is encrypted: nobody could read what it wrote there.
    """
    author = context.author
    if folder.is_encrypted():
        raise GeoparkError(ErrorCode.HAS_LEFT, person=author.person, device=author.device)
    sent = _write_saves(context, folder, [known_elsewhere(context)], progress, cancel)
    return Receipt(
        sent=sent,
        received=0,
        by_author={},
        touched=frozenset(),
        parked=len(needs_of_parked(context.catalogue)),
        conflicts=conflict_count(context.catalogue),
        photos=FileReport(),
        half=(),
        refused=tuple(reader.refused),
        foreign=reader.foreign,
    )


def known_elsewhere(context: AppContext) -> dict[str, tuple[int, int]]:
    """Give by author the saves some colleague is known to have."""
    have: dict[str, int] = {}
    for peer in peers_of(context.catalogue):
        for author, number in peer.have.items():
            have[author] = max(number, have.get(author, 0))
    return {author: (0, number) for author, number in have.items()}


def _refuse_own_folder(context: AppContext, path: Path) -> None:
    """Refuse a folder of the catalogue itself: the live database is never in a shared folder."""
    own = context.catalogue.folder.root.resolve()
    if path.resolve() == own or own in path.resolve().parents:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="folder", value=path, expected="another folder"
        )


class _Reader:
    """Reads the folder of one exchange and remembers what it met."""

    def __init__(self, context: AppContext, folder: ExchangeFolder, cancel: CancelToken) -> None:
        self.context = context
        self.folder = folder
        self.cancel = cancel
        met = folder.look()
        self.paths = met.bundles
        self.foreign = met.foreign
        self.present: dict[str, dict[str, tuple[int, int]]] = {}
        self.taken: list[TakenIn] = []
        self.half: list[str] = []
        self.refused: list[Refused] = []

    def bundles(self, progress: ReportProgress) -> None:
        """Take in every bundle that is new here; what must wait is parked."""
        known = known_bundles(self.context.catalogue)
        for done, (sha256, path) in enumerate(self.paths.items()):
            self.cancel.check()
            progress(Progress(done=done, total=len(self.paths), current=_("saves of colleagues")))
            content = known.get(sha256)
            if content is None or content["bytes"] != path.stat().st_size:
                self._take(sha256, path)
            elif self._has_all(content["ranges"]):
                self.present[sha256] = _ranges(content["ranges"])
            else:
                self._take(sha256, path)
        self.taken += retry_parked(self.context)

    def _has_all(self, ranges: Mapping[str, list[int]]) -> bool:
        have = version_vector(self.context.catalogue)
        return all(have.get(author, 0) >= end for author, (_start, end) in ranges.items())

    def _take(self, sha256: str, path: Path) -> None:
        try:
            raw = self.folder.read_bundle(path, largest=LARGEST_FILE)
            if raw is None:
                self.half.append(path.name)
                return
            bundle = read_bundle(self.context, raw)
            ranges = {name: list(some) for name, some in bundle.ranges.items()}
            outcome = take_bundle(self.context, raw, bundle)
        except GeoparkError as error:
            if error.code in _CONTINUED:
                raise
            self.refused.append(Refused(name=path.name, error=error))
            return
        size = path.stat().st_size
        keep_bundle(self.context.catalogue, sha256, {"bytes": size, "ranges": ranges})
        self.present[sha256] = bundle.ranges
        if outcome.fate is Fate.TAKEN and outcome.taken is not None:
            self.taken.append(outcome.taken)
            self.taken += retry_parked(self.context)

    def lists(self, kind: str) -> None:
        """Read the small lists of one kind; one that cannot be used is named."""
        for name, raw in self.folder.said(kind):
            self.cancel.check()
            try:
                if kind == "members":
                    self._hear_members(name, raw)
                else:
                    hear(self.context, kind, name, self.folder.plain(raw))
            except GeoparkError as error:
                if error.code in _CONTINUED:
                    raise
                self.refused.append(Refused(name=f"{kind}/{name}.json", error=error))

    def _hear_members(self, name: str, raw: bytes) -> None:
        """Take a list; one that tells others that they have left is none of ours."""
        team = require_team(self.context)
        if name.partition("-")[2] == team.membership.team_id:
            hear_members(self.context, read_membership_file(self.folder.plain(raw)))
            return
        opened = open_with(raw, self.context.author.key.openssh()) if is_sealed(raw) else None
        if opened is not None:
            hear_members(self.context, read_membership_file(opened))


def _ranges(stored: Mapping[str, list[int]]) -> dict[str, tuple[int, int]]:
    return {author: (start, end) for author, (start, end) in stored.items()}


def _write_saves(
    context: AppContext,
    folder: ExchangeFolder,
    present: list[dict[str, tuple[int, int]]],
    progress: ReportProgress,
    cancel: CancelToken,
) -> int:
    """Write the saves that lie in no whole bundle of the folder."""
    base = covered(present)
    catalogue = context.catalogue
    total = sum(
        count_after(catalogue, author, base.get(author, 0)) for author in version_vector(catalogue)
    )
    sent = 0
    for packed in pack_saves(context, base, stop=cancel.check):
        sha256, size = folder.write_bundle(packed.raw)
        ranges = {name: list(some) for name, some in packed.ranges.items()}
        keep_bundle(context.catalogue, sha256, {"bytes": size, "ranges": ranges})
        sent += packed.saves
        progress(Progress(done=sent, total=max(sent, total), current=_("saves for colleagues")))
    return sent


def _say(context: AppContext, team: Team, folder: ExchangeFolder, damaged: tuple[str, ...]) -> None:
    """Leave what this laptop has and holds, what it met damaged, and the team's list."""
    membership = team.membership
    folder.say("members", f"{membership.number}-{membership.team_id}", membership_file(team.signed))
    gone = [one.keys[0] for one in membership.members if one.has_left]
    if gone and folder.cipher is not None:
        # They cannot open the list above: each is told all the same, and nobody else reads it.
        name = hashlib.sha256("".join(sorted(gone)).encode("ascii")).hexdigest()[:16]
        notice = seal_for(membership_file(team.signed), gone)
        folder.put_notice(f"{membership.number}-{name}", notice)
    for kind, raw in news_of(context, team, damaged=damaged).signed.items():
        folder.say(kind, context.author.author_id, raw)


def _added(taken: list[TakenIn]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in taken:
        for author, count in one.by_author.items():
            counts[author] = counts.get(author, 0) + count
    return counts
