"""Photos and documents to and from the exchange folder: whole, resumable, within a budget."""

import re
import shutil
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from geopark_app.domain.progress import CancelToken, Progress, ReportProgress
from geopark_app.i18n import gettext as _
from geopark_app.operations.context import AppContext
from geopark_app.operations.originals import unwanted_by, unwanted_originals, wished_originals
from geopark_app.operations.teams import Team
from geopark_app.store.file_refs import NeededFile, needed_files
from geopark_app.store.files import FileStore
from geopark_app.store.peers import holding_numbers, holdings, noted_damage, peers_of
from geopark_app.store.whereabouts import Whereabouts
from geopark_app.store.writing_files import translated_os_errors
from geopark_app.sync.exchange_folder import ExchangeFolder, opened_file, take_blob
from geopark_app.sync.planning import FileRef, FileRole, in_order, within
from geopark_app.sync.team_cipher import SUFFIX, least_sealed_size

RESERVE_BYTES = 64 * 1024 * 1024
"""What is left free on a stick and on the laptop's own disk."""
_NAME = re.compile(r"[0-9a-f]{64}")
_ROLES = {"thumb_sha256": FileRole.THUMBNAIL, "rendition_sha256": FileRole.RENDITION}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What became of the files.

    Attributes
    ----------
    sent, received : int
        Files copied.
    missing : int
        Files of the records that are still not on this laptop; originals not wanted here are not
        counted.
    waiting : int
        Files a colleague lacks that found no room in the folder.
    damaged : tuple of str
        Names of files whose bytes are not what their names say.
    """

    sent: int = 0
    received: int = 0
    missing: int = 0
    waiting: int = 0
    damaged: tuple[str, ...] = ()


def receive_files(
    context: AppContext, folder: ExchangeFolder, *, progress: ReportProgress, cancel: CancelToken
) -> FileReport:
    """Take the files the records need and the folder has; small ones first.

    What was found damaged here is wanted like what is missing; it is put aside, never deleted.
    """
    bad = damaged_files(context)
    declined = unwanted_originals(context, wished_originals(context))
    wanted = [
        ref
        for ref in in_order(file_refs(context))
        if ref.sha256 not in declined and not _is_held(context, ref, bad)
    ]
    there = folder.blobs()
    coming = [ref for ref in wanted if ref.sha256 in there]
    with translated_os_errors(folder.root):
        sizes = {ref.sha256: there[ref.sha256].stat().st_size for ref in coming}
    room = shutil.disk_usage(context.catalogue.folder.files_dir).free - RESERVE_BYTES
    chosen, _left = within(coming, sizes, budget=room)
    damaged = []
    for done, ref in enumerate(chosen):
        cancel.check()
        progress(Progress(done=done, total=len(chosen), current=_("files of colleagues")))
        if not _take(context, folder, there[ref.sha256], ref, cancel):
            damaged.append(ref.sha256)
    received = len(chosen) - len(damaged)
    return FileReport(received=received, missing=len(wanted) - received, damaged=tuple(damaged))


def send_files(
    context: AppContext,
    team: Team,
    folder: ExchangeFolder,
    *,
    budget: int | None,
    progress: ReportProgress,
    cancel: CancelToken,
) -> FileReport:
    """Put the files there that a colleague lacks: thumbnails, renditions, then originals.

    A file of the right size can be damaged all the same. Whoever could not take one notes that in
    its own signed list; whoever holds it whole reads the file there once more, believes nobody, and
    writes it again when its bytes are not those of its name.
    """
    noted = noted_damage(context.catalogue)
    there, bad = folder.blobs(), damaged_files(context)
    held = [ref for ref in files_others_lack(context, team) if _is_held(context, ref, bad)]
    paths = {ref.sha256: _store(context, ref).path_of(ref.sha256) for ref in held}
    sizes = {sha256: path.stat().st_size for sha256, path in paths.items()}
    with translated_os_errors(folder.root):
        # A file of another size was cut off, by a stick pulled out or a file-sync tool.
        lacked = [
            ref
            for ref in held
            if ref.sha256 not in there
            or _is_cut(there[ref.sha256], sizes[ref.sha256])
            or (ref.sha256 in noted and not folder.is_whole(there[ref.sha256], ref.sha256))
        ]
    room = folder.free_bytes() - RESERVE_BYTES
    chosen, waiting = within(lacked, sizes, budget=room if budget is None else min(room, budget))
    damaged = []
    for done, ref in enumerate(chosen):
        cancel.check()
        progress(Progress(done=done, total=len(chosen), current=_("files for colleagues")))
        source = paths[ref.sha256]
        me = context.author.author_id
        if not folder.put_blob(source, ref.sha256, author=me, stop=cancel.check):
            damaged.append(ref.sha256)
    _note(context, damaged, whole=False)
    return FileReport(sent=len(chosen) - len(damaged), waiting=waiting, damaged=tuple(damaged))


def file_refs(context: AppContext) -> Iterator[FileRef]:
    """Give the files of all records, in no order."""
    for needed in needed_files(context.catalogue):
        if _NAME.fullmatch(needed.sha256):
            yield FileRef(
                sha256=needed.sha256, role=_role_of(needed), age=needed.taken_at or needed.uuid
            )


def held_files(context: AppContext) -> list[str]:
    """Give the files of the records that are on this laptop, without those found damaged."""
    bad = damaged_files(context)
    return sorted({ref.sha256 for ref in file_refs(context) if _is_held(context, ref, bad)})


def damaged_files(context: AppContext) -> frozenset[str]:
    """Give the files the last reading of this laptop found damaged."""
    checks = Whereabouts(context.catalogue).checks()
    return frozenset(sha256 for sha256, check in checks.items() if not check.is_whole)


def files_others_lack(context: AppContext, team: Team) -> list[FileRef]:
    """Give the files that not every colleague is known to hold or not to want, in their order."""
    refs = in_order(file_refs(context))
    colleagues = sum(
        context.author.public_key not in member.keys for member in team.membership.present
    )
    settled = held_or_declined(context, team)
    if len(settled) < colleagues:
        return refs
    return [ref for ref in refs if any(ref.sha256 not in some for some in settled.values())]


def held_or_declined(context: AppContext, team: Team) -> dict[str, set[str]]:
    """Give by present key the files each colleague holds, or said not to want."""
    found: dict[str, set[str]] = {}
    for key, author, some in _holdings_of_members(context, team):
        found.setdefault(key, set()).update(some | unwanted_by(context, author))
    return found


def holdings_by_member(context: AppContext, team: Team) -> dict[str, set[str]]:
    """Give by present key the files each colleague's laptop is known to hold."""
    found: dict[str, set[str]] = {}
    for key, _author, some in _holdings_of_members(context, team):
        found.setdefault(key, set()).update(some)
    return found


def _holdings_of_members(context: AppContext, team: Team) -> Iterator[tuple[str, str, set[str]]]:
    """Give present key, author id and files of each colleague's laptop."""
    keys = {peer.author: str(peer.said.get("key", "")) for peer in peers_of(context.catalogue)}
    held = holdings(context.catalogue)
    for author in holding_numbers(context.catalogue):
        member = team.membership.member_of(keys.get(author, ""))
        is_colleague = member is not None and not member.has_left
        if member and is_colleague and context.author.public_key not in member.keys:
            yield member.keys[0], author, held.get(author, set())


def _store(context: AppContext, ref: FileRef) -> FileStore:
    """Give where a file lies: the shapes of map layers stand apart from pictures and documents."""
    catalogue = context.catalogue
    return catalogue.layer_files if ref.role is FileRole.LAYER else catalogue.files


def _is_held(context: AppContext, ref: FileRef, bad: Collection[str]) -> bool:
    return ref.sha256 not in bad and _store(context, ref).has(ref.sha256)


def _is_cut(path: Path, size: int) -> bool:
    """Say whether a file of the folder cannot be the whole of so many bytes."""
    found = path.stat().st_size
    return found < least_sealed_size(size) if path.suffix == SUFFIX else found != size


def _take(
    context: AppContext, folder: ExchangeFolder, source: Path, ref: FileRef, cancel: CancelToken
) -> bool:
    store = _store(context, ref)
    if not store.has(ref.sha256):
        taken = take_blob(folder, source, store, ref.sha256, stop=cancel.check)
    else:
        # Perhaps it was put right by another way since it was read.
        taken = store.is_whole(ref.sha256) or _put_back(folder, source, store, ref.sha256)
    if taken:
        _note(context, [ref.sha256], whole=True)
    return taken


def _put_back(folder: ExchangeFolder, source: Path, store: FileStore, sha256: str) -> bool:
    if source.suffix != SUFFIX:
        return store.put_back(sha256, source)
    with tempfile.TemporaryDirectory(prefix="geopark-") as place:
        plain = Path(place) / sha256
        return opened_file(folder, source, plain, sha256) and store.put_back(sha256, plain)


def _note(context: AppContext, files: Collection[str], *, whole: bool) -> None:
    at = context.now().isoformat(timespec="seconds")
    Whereabouts(context.catalogue).note_checks(dict.fromkeys(files, whole), at=at)


def _role_of(needed: NeededFile) -> FileRole:
    if needed.kind == "map_layer":
        return FileRole.LAYER
    if needed.kind != "photo":
        return FileRole.DOCUMENT
    return _ROLES.get(needed.field, FileRole.ORIGINAL)
