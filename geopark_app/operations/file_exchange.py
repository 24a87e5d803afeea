"""Photos and documents to and from the exchange folder: whole, resumable, within a budget."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from geopark_app.domain.progress import CancelToken, Progress, ReportProgress
from geopark_app.operations.context import AppContext
from geopark_app.operations.teams import Team
from geopark_app.store.file_refs import NeededFile, needed_files
from geopark_app.store.files import FileStore
from geopark_app.store.peers import holdings, peers_of
from geopark_app.store.writing_files import translated_os_errors
from geopark_app.sync.exchange_folder import ExchangeFolder, take_blob
from geopark_app.sync.planning import FileRef, FileRole, in_order, within

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
        Files of the records that are still not on this laptop.
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
    """Take the files the records need and the folder has; small ones first."""
    wanted = [ref for ref in in_order(file_refs(context)) if not _is_here(context, ref)]
    there = folder.blobs()
    coming = [ref for ref in wanted if ref.sha256 in there]
    with translated_os_errors(folder.root):
        sizes = {ref.sha256: folder.blob(ref.sha256).stat().st_size for ref in coming}
    room = shutil.disk_usage(context.catalogue.folder.files_dir).free - RESERVE_BYTES
    chosen, _ = within(coming, sizes, budget=room)
    damaged = []
    for done, ref in enumerate(chosen):
        cancel.check()
        progress(Progress(done=done, total=len(chosen), current=ref.sha256[:8]))
        if not take_blob(folder, _store(context, ref), ref.sha256, stop=cancel.check):
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
    """Put the files there that a colleague lacks: thumbnails, renditions, then originals."""
    there = folder.blobs()
    lacked = [
        ref
        for ref in files_others_lack(context, team)
        if ref.sha256 not in there and _is_here(context, ref)
    ]
    paths = {ref.sha256: _store(context, ref).path_of(ref.sha256) for ref in lacked}
    sizes = {sha256: path.stat().st_size for sha256, path in paths.items()}
    room = folder.free_bytes() - RESERVE_BYTES
    chosen, waiting = within(lacked, sizes, budget=room if budget is None else min(room, budget))
    damaged = []
    for done, ref in enumerate(chosen):
        cancel.check()
        progress(Progress(done=done, total=len(chosen), current=ref.sha256[:8]))
        source = paths[ref.sha256]
        me = context.author.author_id
        if not folder.put_blob(source, ref.sha256, author=me, stop=cancel.check):
            damaged.append(ref.sha256)
    return FileReport(sent=len(chosen) - len(damaged), waiting=waiting, damaged=tuple(damaged))


def file_refs(context: AppContext) -> Iterator[FileRef]:
    """Give the files of all records, in no order."""
    for needed in needed_files(context.catalogue):
        if _NAME.fullmatch(needed.sha256):
            yield FileRef(
                sha256=needed.sha256, role=_role_of(needed), age=needed.taken_at or needed.uuid
            )


def held_files(context: AppContext) -> list[str]:
    """Give the files of the records that are on this laptop."""
    return sorted({ref.sha256 for ref in file_refs(context) if _is_here(context, ref)})


def files_others_lack(context: AppContext, team: Team) -> list[FileRef]:
    """Give the files of the records that not every colleague is known to hold, in their order."""
    refs = in_order(file_refs(context))
    colleagues = sum(
        context.author.public_key not in member.keys for member in team.membership.members
    )
    held = holdings_by_member(context, team)
    if len(held) < colleagues:
        return refs
    return [ref for ref in refs if any(ref.sha256 not in some for some in held.values())]


def holdings_by_member(context: AppContext, team: Team) -> dict[str, set[str]]:
    """Give by present key the files each colleague's laptop is known to hold."""
    keys = {peer.author: str(peer.said.get("key", "")) for peer in peers_of(context.catalogue)}
    found: dict[str, set[str]] = {}
    for author, some in holdings(context.catalogue).items():
        member = team.membership.member_of(keys.get(author, ""))
        if member is not None and context.author.public_key not in member.keys:
            found.setdefault(member.keys[0], set()).update(some)
    return found


def _store(context: AppContext, ref: FileRef) -> FileStore:
    """Give where a file lies: the shapes of map layers stand apart from pictures and documents."""
    catalogue = context.catalogue
    return catalogue.layer_files if ref.role is FileRole.LAYER else catalogue.files


def _is_here(context: AppContext, ref: FileRef) -> bool:
    return _store(context, ref).has(ref.sha256)


def _role_of(needed: NeededFile) -> FileRole:
    if needed.kind == "map_layer":
        return FileRole.LAYER
    if needed.kind != "photo":
        return FileRole.DOCUMENT
    return _ROLES.get(needed.field, FileRole.ORIGINAL)
