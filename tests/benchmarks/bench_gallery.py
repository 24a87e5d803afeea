"""The gallery at 50,000 photos beside a bare QListView with the same thumbnails in memory.

Run by itself: `python tests/benchmarks/bench_gallery.py`. Goals: first paint under 100 ms, frames
under 16 ms. The rows go straight into the tables and share 2,000 thumbnails, more than the cache
holds; the gallery reads them from files, the bare list has them all beforehand. A frame is the
work of one turn of the event loop: scroll, read, paint. Beside the clock stands the time of the
processor the window's thread used: what is left of it when other programs are busy.
"""

import io
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import PySide6
from PIL import Image
from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QListView, QWidget

from geopark_app.domain.kinds import Photo, Site
from geopark_app.gui.language import LanguageSwitch
from geopark_app.gui.messages import Messages
from geopark_app.gui.photos.room import PhotosRoom
from geopark_app.gui.session import Session
from geopark_app.gui.theme import apply_theme
from geopark_app.operations.catalogues import create_new
from geopark_app.operations.context import AppContext, open_context
from geopark_app.operations.photo_duplicates import find_alike
from geopark_app.photos.likeness import likeness_of
from geopark_app.settings import MachineSettings
from geopark_app.store.engine import writing
from geopark_app.store.rows import to_row
from geopark_app.store.tables import RECORD_TABLES
from geopark_app.store.triggers import drop_triggers, ensure_triggers

PHOTOS, THUMBNAILS, FRAMES, JUMPS, ROUNDS = 50_000, 2_000, 240, 30, 3
SIZE = QSize(1600, 900)
OWN: list[float] = []
"""Milliseconds of the processor for each frame, in the order taken."""


def thumbnail(chance: random.Random) -> bytes:
    """Give a small picture with something in it, about as large as a real thumbnail."""
    small = Image.frombytes("RGB", (16, 12), chance.randbytes(16 * 12 * 3))
    picture = small.resize((256, 192), Image.Resampling.BICUBIC)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


def fill(context: AppContext) -> list[Path]:
    """Put the photos into the tables, and give the files of the thumbnails."""
    chance = random.Random(7)
    files = context.catalogue.files
    known = []
    for _ in range(THUMBNAILS):
        content = thumbnail(chance)
        with Image.open(io.BytesIO(content)) as picture:
            known.append((files.add_bytes(content), likeness_of(picture)))
    sites = [site.uuid for site in context.catalogue.records(Site)]
    rows = []
    for number in range(PHOTOS):
        sha256, likeness = known[number % THUMBNAILS]
        apart = f"{int(likeness, 16) ^ chance.getrandbits(64):016x}"
        rows.append(
            to_row(
                Photo(
                    uuid=f"{number:08x}-0000-7000-8000-{chance.getrandbits(48):012x}",
                    site_uuid=chance.choice(sites),
                    caption_vi=f"Ảnh chụp số {number}, vách đá vôi",
                    file_name=f"IMG_{number:05d}.jpg",
                    taken_at=f"20{20 + number % 7}-{1 + number % 12:02d}-{1 + number % 28:02d}"
                    f"T08:{number % 60:02d}:00+07:00",
                    rating=number % 6 or None,
                    credit="Ban quản lý",
                    thumb_sha256=sha256,
                    rendition_sha256=sha256,
                    likeness=likeness if number % 500 == 0 else apart,
                )
            )
        )
    with writing(context.catalogue.engine) as connection:
        drop_triggers(connection)
        connection.execute(RECORD_TABLES["photo"].insert(), rows)
        ensure_triggers(connection)
    return [files.path_of(sha256) for sha256, _likeness in known]


class BareModel(QAbstractListModel):
    def __init__(self, pixmaps: list[QPixmap]) -> None:
        super().__init__()
        self._pixmaps = pixmaps

    def rowCount(self, _parent: Any = None) -> int:
        return PHOTOS

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return f"IMG_{index.row():05d}.jpg"
        if role == Qt.ItemDataRole.DecorationRole:
            return self._pixmaps[index.row() % THUMBNAILS]
        return None


def bare_view(pixmaps: list[QPixmap]) -> QListView:
    """Give a list view as Qt has it, with tiles of the gallery's size."""
    view = QListView()
    view.setViewMode(QListView.ViewMode.ListMode)
    view.setFlow(QListView.Flow.LeftToRight)
    view.setWrapping(True)
    view.setUniformItemSizes(True)
    view.setIconSize(QSize(168, 126))
    view.setGridSize(QSize(178, 154))
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setModel(BareModel(pixmaps))
    return view


class Painted(QObject):
    """Notes when a widget was painted for the first time."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.at = 0.0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not self.at and event.type() == QEvent.Type.Paint:
            self.at = time.perf_counter()
        return False


def turns_until(is_done: Callable[[], bool], most_s: float = 20.0) -> list[tuple[float, float]]:
    """Turn the event loop until something is so; gives ms of each turn and of the processor."""
    found: list[tuple[float, float]] = []
    end = time.perf_counter() + most_s
    while not is_done() and time.perf_counter() < end:
        begun, used = time.perf_counter(), time.thread_time()
        QApplication.processEvents()
        own = (time.thread_time() - used) * 1000
        found.append(((time.perf_counter() - begun) * 1000, own))
        time.sleep(0.0005)
    return found


def scrolled(view: QListView) -> tuple[list[float], list[float]]:
    """Scroll by a third of a tile a frame, then jump; gives the ms of each frame."""
    bar, smooth, jumps = view.verticalScrollBar(), [], []
    chance = random.Random(3)
    for _ in range(FRAMES):
        smooth.append(frame(lambda: bar.setValue(bar.value() + 52)))
    for _ in range(JUMPS):
        jumps.append(frame(lambda: bar.setValue(chance.randrange(bar.maximum()))))
        jumps.extend(turn for turn in (frame(lambda: None) for _turn in range(8)))
    return smooth, jumps


def frame(deed: Callable[[], object]) -> float:
    """Do something and let the window follow; gives the ms. The rest of 16 ms is left to others."""
    begun, used = time.perf_counter(), time.thread_time()
    deed()
    QApplication.processEvents()
    took = time.perf_counter() - begun
    OWN.append((time.thread_time() - used) * 1000)
    if took < 0.016:
        time.sleep(0.016 - took)
    return took * 1000


def line(name: str, smooth: list[float], jumps: list[float]) -> None:
    """Print one line of figures."""
    everything = sorted(smooth + jumps)
    late = sum(took > 16 for took in everything)
    own = sorted(OWN[-len(everything) :])
    print(
        f"{name:<26}{statistics.median(smooth):8.1f}{max(smooth):8.1f}{max(jumps):8.1f}"
        f"{everything[int(len(everything) * 0.99)]:8.1f}{late:7d} of {len(everything)}"
        f"{statistics.median(own):10.1f}{own[int(len(own) * 0.99)]:8.1f}{own[-1]:8.1f}"
    )


def first_paint(make: Callable[[], tuple[QWidget, QWidget]]) -> tuple[float, QWidget]:
    """Give the ms from nothing to the first paint of the list, and what was made."""
    begun, used = time.perf_counter(), time.thread_time()
    shown, painted_widget = make()
    painted = Painted(painted_widget)
    shown.resize(SIZE)
    shown.show()
    turns_until(lambda: painted.at > 0)
    OWN.append((time.thread_time() - used) * 1000)
    return (painted.at - begun) * 1000, shown


def main() -> int:
    """Print the figures."""
    application = QApplication([])
    apply_theme(application, percent=100, high_contrast=False)
    with tempfile.TemporaryDirectory(prefix="geopark-bench-") as name:
        os.environ["GEOPARK_PROFILE"] = str(Path(name) / "profile")
        made = create_new(Path(name) / "c", person="A", device="A")
        paths = fill(made)
        made.catalogue.close()
        context = open_context(Path(name) / "c", person="A", device="A")
        pixmaps = [QPixmap(str(path)) for path in paths]
        settings = MachineSettings(language="en", person="A", device="A")
        session = Session(
            context, settings=settings, language=LanguageSwitch("en"), messages=Messages()
        )
        # Once unmeasured: icons, fonts and the disk's cache are warm for both.
        _warm, once = first_paint(lambda: _room(session))
        once.deleteLater()
        firsts: dict[str, list[float]] = {
            name: [] for name in ("bare", "own bare", "gallery", "own", "rows", "pictures")
        }
        for _round in range(ROUNDS):
            took, bare = first_paint(lambda: (lambda v: (v, v.viewport()))(bare_view(pixmaps)))
            firsts["bare"].append(took)
            firsts["own bare"].append(OWN[-1])
            begun = time.perf_counter()
            took, widget = first_paint(lambda: _room(session))
            assert isinstance(widget, PhotosRoom)
            firsts["gallery"].append(took)
            firsts["own"].append(OWN[-1])
            opening = turns_until(lambda w=widget: len(w.model.keys) == PHOTOS)
            firsts["rows"].append((time.perf_counter() - begun) * 1000)
            opening += turns_until(lambda w=widget: _all_there(w))
            firsts["pictures"].append((time.perf_counter() - begun) * 1000)
        print(
            f"{PHOTOS:,} photos, {THUMBNAILS:,} thumbnails, window {SIZE.width()}×{SIZE.height()}"
        )
        for key, words in (
            ("bare", "bare list: first paint"),
            ("own bare", "bare list: own processor time"),
            ("gallery", "gallery: first paint"),
            ("own", "gallery: own processor time"),
            ("rows", "gallery: all rows listed"),
            ("pictures", "gallery: every picture in sight"),
        ):
            print(f"{words:<34}{statistics.median(firsts[key]):8.0f} ms")
        longest, own = (max(parts) for parts in zip(*opening, strict=True))
        print(f"{'longest turn while it opens':<34}{longest:8.0f} ms, own {own:.0f} ms")
        print(f"\n{'frames in ms':<26}{'median':>8}{'max':>8}{'jumps':>8}{'p99':>8}{'over 16':>14}"
              f"{'own median':>12}{'p99':>8}{'max':>8}")  # fmt: skip
        assert isinstance(bare, QListView)
        line("bare list, in memory", *scrolled(bare))
        line("gallery, from files", *scrolled(widget.view))
        begun = time.perf_counter()
        groups = find_alike(context)
        took = time.perf_counter() - begun
        print(f"\nnear-duplicates among {PHOTOS:,}: {took:.1f} s, {len(groups)} groups")
        session.tasks.wait_for_all()
        session.close()
    print(f"{platform.machine()}, {os.cpu_count()} cores, PySide6 {PySide6.__version__}")
    return 0


def _room(session: Session) -> tuple[QWidget, QWidget]:
    room = PhotosRoom(session)
    return room, room.view.viewport()


def _all_there(room: PhotosRoom) -> bool:
    view = room.view
    last = view.indexAt(view.viewport().rect().bottomLeft() + view.viewport().rect().center() * 0)
    at = max(1, last.row()) if last.isValid() else 40
    rows = [room.model.row(place) for place in range(min(at, 40))]
    return all(row is not None and room.model.picture(row) is not None for row in rows)


if __name__ == "__main__":
    sys.exit(main())
