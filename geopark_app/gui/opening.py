"""Opening and making catalogues for a window; runs on a lane, knows no widget."""

import logging
from dataclasses import dataclass, replace
from pathlib import Path

from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui.start_page.recent import (
    RecentCatalogue,
    keep_recent,
    picture_of,
    recent_catalogues,
)
from geopark_app.gui.window_lock import WindowLock
from geopark_app.operations.catalogues import create_new, profile_of
from geopark_app.operations.context import AppContext, open_context
from geopark_app.store.folder import open_folder

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedCatalogue:
    """An open catalogue with the lock that keeps a second window away."""

    context: AppContext
    lock: WindowLock
    profile: dict[str, object]

    def close(self) -> None:
        """Let go of it, for a window that was closed meanwhile."""
        self.context.catalogue.close()
        self.lock.free()


def open_for_window(path: Path, *, person: str, device: str) -> OpenedCatalogue:
    """Open a catalogue by its folder or `.geopark` file.

    Raises
    ------
    GeoparkError
        As `open_context`; SecondWindowError when it is open in another window.
    """
    lock = WindowLock(open_folder(path))
    try:
        context = open_context(path, person=person, device=device)
    except BaseException:
        lock.free()
        raise
    return OpenedCatalogue(context=context, lock=lock, profile=profile_of(context))


def create_for_window(path: Path, *, starter: str, person: str, device: str) -> OpenedCatalogue:
    """Make a catalogue in a new or empty folder and open it; raises like `create_new`."""
    context = create_new(path, starter=starter, person=person, device=device)
    try:
        lock = WindowLock(context.catalogue.folder)
    except BaseException:
        context.catalogue.close()
        raise
    return OpenedCatalogue(context=context, lock=lock, profile=profile_of(context))


def start_for_window(
    snapshot: Path,
    path: Path,
    *,
    person: str,
    device: str,
    progress: ReportProgress,
    cancel: CancelToken,
) -> OpenedCatalogue:
    """Make a catalogue of the office's snapshot and open it; raises like `start_from_snapshot`."""
    # Only a new laptop needs it, once; an ordinary start does not wait for its ciphers.
    from geopark_app.operations.snapshots import start_from_snapshot

    context = start_from_snapshot(
        snapshot, path, person=person, device=device, progress=progress, cancel=cancel
    )
    try:
        lock = WindowLock(context.catalogue.folder)
    except BaseException:
        context.catalogue.close()
        raise
    return OpenedCatalogue(context=context, lock=lock, profile=profile_of(context))


def remember_catalogue(opened: OpenedCatalogue) -> None:
    """Write down for the start page what can be said of the catalogue when it is not there."""
    try:
        keep_recent(_described(opened))
    except (OSError, GeoparkError):
        _log.warning("the start page will know less of this catalogue", exc_info=True)


def remember_saves(opened: OpenedCatalogue) -> None:
    """Write down only how many saves wait to be handed over; quick, for while people work."""
    catalogue = opened.context.catalogue
    try:
        (known,) = recent_catalogues((str(catalogue.folder.root.resolve()),))
        keep_recent(replace(known, own_saves=catalogue.pending_saves()))
    except (OSError, GeoparkError):
        _log.warning("the start page will know less of this catalogue", exc_info=True)


def _described(opened: OpenedCatalogue) -> RecentCatalogue:
    context = opened.context
    folder = context.catalogue.folder
    return RecentCatalogue(
        folder=str(folder.root.resolve()),
        title_vi=str(opened.profile.get("short_name_vi") or ""),
        title_en=str(opened.profile.get("short_name_en") or ""),
        opened_at=context.now().isoformat(timespec="seconds"),
        byte_count=sum(f.stat().st_size for f in folder.root.rglob("*") if f.is_file()),
        own_saves=context.catalogue.pending_saves(),
        is_sample=folder.is_sample,
        picture=picture_of(context.catalogue),
    )
