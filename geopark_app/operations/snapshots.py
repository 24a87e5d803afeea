"""A new laptop starts from a snapshot of the office: in minutes, as an author of its own.

Nothing is ever replaced: a snapshot becomes a new catalogue in a new folder, or nothing. Whoever
has a catalogue of the team already exchanges; whoever has work of another catalogue imports it.
"""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geopark_app.domain.clock import Clock, system_clock
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress, no_progress
from geopark_app.i18n import gettext as _
from geopark_app.operations.catalogues import clear_unfinished
from geopark_app.operations.context import AppContext, open_context
from geopark_app.operations.file_exchange import file_refs
from geopark_app.operations.teams import require_team
from geopark_app.store.backup import check_integrity
from geopark_app.store.catalogue import Catalogue, open_catalogue
from geopark_app.store.checking import check_log
from geopark_app.store.device_key import device_key
from geopark_app.store.exchange_log import seal_foreign_changes, version_vector
from geopark_app.store.files import FileStore, hash_of
from geopark_app.store.folder import CatalogueFolder, create_folder, write_marker
from geopark_app.store.peers import Peer, keep_list, keep_peer
from geopark_app.store.schema_version import HEAD_REVISION, KNOWN_REVISIONS
from geopark_app.store.snapshot_copy import copy_for_others, refuse_strange_tables
from geopark_app.store.writing_files import sync_folder, translated_os_errors, write_atomically
from geopark_app.sync.membership import JoinRequest, request_file
from geopark_app.sync.planning import FileRef, FileRole
from geopark_app.sync.snapshot import DATABASE, SUFFIX, Manifest, OpenSnapshot, pack_snapshot
from geopark_app.sync.team_cipher import open_file_with, seal_file_for

_STEPS = 5
_SMALL = {FileRole.THUMBNAIL, FileRole.RENDITION}


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotReport:
    """What was written.

    Attributes
    ----------
    path : Path
        The file.
    bytes : int
        Its size.
    pictures : int
        Small pictures in it.
    """

    path: Path
    bytes: int
    pictures: int


def write_snapshot(
    context: AppContext,
    out: Path,
    *,
    small_pictures: bool = True,
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> SnapshotReport:
    """Write the catalogue as one file that only laptops of the team can open.

    Parameters
    ----------
    small_pictures
        Whether thumbnails and 1,600-pixel pictures come along; originals come by exchange.

    Raises
    ------
    GeoparkError
        NO_TEAM, NOT_A_MEMBER; environment codes. Nothing stays of the file then.
    """
    cancel = cancel or CancelToken()
    team = require_team(context)
    out = out if out.suffix == SUFFIX else out.with_name(out.name + SUFFIX)
    catalogue = context.catalogue
    seal_foreign_changes(catalogue, author=context.author, now=context.now())
    steps = _Steps(progress, cancel)
    cache = catalogue.folder.cache_dir
    part = out.with_name(f".{out.name}.part")
    with translated_os_errors(out), tempfile.TemporaryDirectory(dir=cache) as place:
        steps.next(_("copying the database"))
        database = Path(place) / DATABASE
        copy_for_others(catalogue.folder.database, database)
        blobs = list(_blobs(context, small_pictures=small_pictures))
        manifest = Manifest(
            catalogue_id=catalogue.folder.catalogue_id,
            team=team.membership.team_id,
            key=context.author.public_key,
            author=context.author.author_id,
            at=context.now().isoformat(timespec="seconds"),
            schema=HEAD_REVISION,
            database=hash_of(database),
            blobs={
                store: tuple(path.name for name, path in blobs if name == store)
                for store in ("files", "layers")
            },
        )
        steps.next(_("packing"))
        plain = Path(place) / "plain.zip"
        pack_snapshot(
            plain,
            manifest,
            team.signed,
            database=database,
            paths=blobs,
            sign=context.author.key.sign,
            step=cancel.check,
        )
        steps.next(_("encrypting for the team"))
        try:
            seal_file_for(plain, part, [one.keys[0] for one in team.membership.members])
            part.replace(out)
        finally:
            part.unlink(missing_ok=True)
        sync_folder(out.parent)
    return SnapshotReport(path=out, bytes=out.stat().st_size, pictures=len(manifest.blobs["files"]))


def ask_from_new_laptop(*, person: str, device: str, out: Path) -> JoinRequest:
    """Write the request of a laptop that has no catalogue yet; give it with its fingerprint."""
    request = JoinRequest(person=person[:200], device=device[:200], keys=(device_key().public_key,))
    write_atomically(out, request_file(request))
    return request


def start_from_snapshot(
    path: Path,
    root: Path,
    *,
    person: str,
    device: str,
    clock: Clock = system_clock,
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> AppContext:
    """Make a new catalogue of a snapshot and open it, as an author of this laptop's own.

    Parameters
    ----------
    path
        The snapshot.
    root
        A new or empty folder.

    Raises
    ------
    GeoparkError
        FOLDER_NOT_EMPTY; BAD_BUNDLE for a file that is damaged, was changed or is not for this
        laptop; NOT_A_MEMBER; NEWER_BUNDLE when either program must be brought up to date first;
        environment codes. Nothing stays of the folder then.
    """
    steps = _Steps(progress, cancel or CancelToken())
    root = root.absolute()
    with translated_os_errors(root):
        clear_unfinished(root)
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            raise GeoparkError(ErrorCode.FOLDER_NOT_EMPTY, path=root)
        root.parent.mkdir(parents=True, exist_ok=True)
        # Made beside its place and moved there whole: a kill leaves no half catalogue.
        with tempfile.TemporaryDirectory(prefix=".geopark-", dir=root.parent) as place:
            made = Path(place) / root.name
            plain = Path(place) / "plain.zip"
            steps.next(_("opening"))
            if not path.is_file():
                raise GeoparkError(ErrorCode.NOT_FOUND, path=path)
            if not open_file_with(path, plain, device_key().openssh()):
                raise GeoparkError(ErrorCode.BAD_BUNDLE, reason="encrypted")
            snapshot = OpenSnapshot(plain)
            try:
                if device_key().public_key not in snapshot.members.membership.keys:
                    raise GeoparkError(ErrorCode.NOT_A_MEMBER, person=person, device=device)
                _lay_out(snapshot, made, steps)
            finally:
                snapshot.close()
            steps.next(_("checking every save"))
            with open_catalogue(made, now=clock()) as catalogue:
                _adopt(catalogue, snapshot, clock)
            if root.exists():
                root.rmdir()
            made.replace(root)
    return open_context(root, person=person, device=device, clock=clock)


def _lay_out(snapshot: OpenSnapshot, made: Path, steps: "_Steps") -> None:
    manifest = snapshot.manifest
    if manifest.schema != HEAD_REVISION:
        is_older = manifest.schema in KNOWN_REVISIONS
        raise GeoparkError(
            ErrorCode.BAD_BUNDLE if is_older else ErrorCode.NEWER_BUNDLE, reason="older-program"
        )
    free = shutil.disk_usage(made.parent).free
    if snapshot.size > free:
        raise GeoparkError(ErrorCode.DISK_FULL, path=made.parent, reason=str(snapshot.size))
    folder = create_folder(made, catalogue_id=manifest.catalogue_id, is_sample=False)
    steps.next(_("copying the database"))
    snapshot.take_out(DATABASE, manifest.database, folder.database)
    refuse_strange_tables(folder.database)
    check_integrity(folder.database)
    steps.next(_("copying pictures"))
    _take_blobs(snapshot, folder, steps)
    write_marker(folder)


def _take_blobs(snapshot: OpenSnapshot, folder: CatalogueFolder, steps: "_Steps") -> None:
    stores = {"files": FileStore(folder.files_dir), "layers": FileStore(folder.layers_dir)}
    for name, some in snapshot.manifest.blobs.items():
        for sha256 in some:
            steps.check()
            target = stores[name].path_of(sha256)
            target.parent.mkdir(exist_ok=True)
            snapshot.take_out(f"{name}/{sha256}", sha256, target)


def _adopt(catalogue: Catalogue, snapshot: OpenSnapshot, clock: Clock) -> None:
    """Verify every signature of the log, and remember the team and what the writer has."""
    findings = check_log(catalogue)
    if findings:
        raise GeoparkError(ErrorCode.BAD_BUNDLE, reason=findings[0].code)
    signed, manifest = snapshot.members, snapshot.manifest
    team = signed.membership
    at = clock().isoformat(timespec="seconds")
    keep_list(
        catalogue,
        team=team.team_id,
        number=team.number,
        content=signed.content,
        sig=signed.sig,
        at=at,
    )
    writer = team.member_of(manifest.key)
    assert writer is not None
    keep_peer(
        catalogue,
        Peer(
            author=manifest.author,
            have=version_vector(catalogue),
            heard_at=manifest.at,
            said={
                "person": writer.person,
                "device": writer.device,
                "key": manifest.key,
                "schema": manifest.schema,
            },
        ),
    )


def _blobs(context: AppContext, *, small_pictures: bool) -> Iterator[tuple[str, Path]]:
    """Give store and path of what comes along, each file once."""
    seen: set[tuple[str, str]] = set()
    for ref in file_refs(context):
        store = _store_for(ref, small_pictures=small_pictures)
        if store is None or (store, ref.sha256) in seen:
            continue
        seen.add((store, ref.sha256))
        held = context.catalogue.layer_files if store == "layers" else context.catalogue.files
        # what is missing or damaged here comes by exchange from whoever has it whole
        if held.has(ref.sha256) and held.is_whole(ref.sha256):
            yield store, held.path_of(ref.sha256)


def _store_for(ref: FileRef, *, small_pictures: bool) -> str | None:
    if ref.role is FileRole.LAYER:
        return "layers"
    return "files" if small_pictures and ref.role in _SMALL else None


class _Steps:
    """Tells which step runs, and stops between two."""

    def __init__(self, progress: ReportProgress, cancel: CancelToken) -> None:
        self._progress, self._cancel, self._done = progress, cancel, 0

    def check(self) -> None:
        self._cancel.check()

    def next(self, words: str) -> None:
        self.check()
        self._progress(Progress(done=self._done, total=_STEPS, current=words))
        self._done = min(_STEPS, self._done + 1)
