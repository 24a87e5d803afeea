"""The list of 10,000 sites beside a bare QTableView on the same rows, in one run.

Run by itself: `python tests/benchmarks/bench_lists.py`. Goal: opening and filtering at most 1.5
times the bare view. The bare view reads seven plain columns with sqlite3 into a list and filters
and sorts with Qt's own proxy; ours shows ten columns, with names, readiness and completeness.
The other records are 50,000 photos. Memory is that of a process that opens the list, or none.
"""

import os
import platform
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import PySide6
from many_sites import make
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QApplication, QTableView

from geopark_app.domain.kinds import KINDS
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.language import LanguageSwitch
from geopark_app.gui.lists.list_table import ListTable
from geopark_app.gui.messages import Messages
from geopark_app.gui.records_room.table_model import RecordsModel
from geopark_app.gui.session import Session
from geopark_app.gui.sites.table import SiteTable
from geopark_app.gui.sites.table_model import SiteTableModel
from geopark_app.operations.context import open_context
from geopark_app.operations.records import set_field
from geopark_app.settings import MachineSettings

ROUNDS = 9
SIZE = (900, 600)
READ = (
    "SELECT code, name_vi, name_en, site_kind, commune_code, position_quality, workflow_status "
    "FROM site WHERE deleted = 0"
)
READ_PHOTOS = "SELECT caption_vi, photographer, taken_at FROM photo WHERE deleted = 0"


class BareModel(QAbstractTableModel):
    """Rows in a list, and nothing else."""

    def __init__(self, rows: list[tuple[Any, ...]]) -> None:
        super().__init__()
        self.rows = rows

    def rowCount(self, parent: Any = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Any = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows[0])

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.rows[index.row()][index.column()]
        return None


class Bare:
    """A bare view on the rows of a query."""

    def __init__(self, database: Path, query: str) -> None:
        with sqlite3.connect(database) as connection:
            self.model = BareModel(connection.execute(query).fetchall())
        connection.close()
        self.proxy = QSortFilterProxyModel()
        self.proxy.setSourceModel(self.model)
        self.proxy.setFilterKeyColumn(-1)
        self.proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.view = QTableView()
        self.view.setModel(self.proxy)
        paint(self.view)

    def filter(self, text: str) -> None:
        self.proxy.setFilterFixedString(text)
        paint(self.view)

    def sort(self, column: int) -> None:
        self.proxy.sort(-1)
        self.proxy.sort(column)
        paint(self.view)


class Ours:
    """The table of the sites room."""

    def __init__(self, session: Session, options: FormOptions) -> None:
        self.model = SiteTableModel(session, options)
        self.view = SiteTable(self.model)
        self.model.apply({})
        paint(self.view)

    def filter(self, filters: dict[str, str], *, is_new: bool = True) -> None:
        if is_new:
            self.model.forget_lists()
        self.model.apply(filters)
        paint(self.view)

    def sort(self, column: int) -> None:
        self.model.forget_lists()
        self.model.sort(0)
        self.model.sort(column)
        paint(self.view)


class OurPhotos:
    """The table of the other records, on the photos."""

    def __init__(self, session: Session) -> None:
        self.model = RecordsModel(session, KINDS["photo"])
        self.view = ListTable(self.model)
        self.model.sort(2)
        paint(self.view)

    def filter(self, text: str) -> None:
        self.model.apply({}, text)
        paint(self.view)


def paint(view: QTableView) -> None:
    """Show the view and draw it now, as the window does."""
    view.resize(*SIZE)
    view.show()
    view.grab()


def median_ms(*deeds: Callable[[], object]) -> list[float]:
    """Give the medians of the deeds in milliseconds, taken in turns after one to warm up."""
    times: list[list[float]] = [[] for _ in deeds]
    for a_round in range(ROUNDS + 1):
        for deed, own in zip(deeds, times, strict=True):
            begun = time.perf_counter()
            kept = deed()
            spent = (time.perf_counter() - begun) * 1000
            del kept
            if a_round:
                own.append(spent)
    return [statistics.median(own) for own in times]


def line(name: str, bare: Callable[[], object], ours: Callable[[], object]) -> None:
    """Measure both in turns and print the ratio."""
    raw, own = median_ms(bare, ours)
    print(f"{name:34} {raw:8.1f} ms {own:8.1f} ms {own / raw:6.2f}")


def measure(folder: Path) -> None:
    """Print the table."""
    context = open_context(folder, person="bench", device="bench")
    session = Session(
        context, settings=MachineSettings(), language=LanguageSwitch("vi"), messages=Messages()
    )
    options = FormOptions(session)
    database = context.catalogue.folder.database
    bare, ours = Bare(database, READ), Ours(session, options)
    print(f"{'':34} {'bare view':>11} {'ours':>11}  times")
    line("open 10,000 sites, first rows", lambda: Bare(database, READ),
         lambda: Ours(session, options))  # fmt: skip
    for typed in ("hang", "dong da", "BN-09999"):
        line(f"words “{typed}”", lambda t=typed: bare.filter(t),
             lambda t=typed: ours.filter({"text": t}))  # fmt: skip
    line("one kind", lambda: bare.filter("viewpoint"), lambda: ours.filter({"kind": "viewpoint"}))
    line("a condition on a name", lambda: bare.filter("hang"),
         lambda: ours.filter({"name_vi~": "hang"}))  # fmt: skip
    line("all again, after a save", lambda: bare.filter(""), lambda: ours.filter({}))
    line("all again, seen before", lambda: bare.filter(""),
         lambda: ours.filter({}, is_new=False))  # fmt: skip
    line("sort by code, then name", lambda: bare.sort(1), lambda: ours.sort(1))
    line("sort by code, then commune", lambda: bare.sort(4), lambda: ours.sort(5))
    photos = Bare(database, READ_PHOTOS)
    line("open 50,000 photos, first rows", lambda: Bare(database, READ_PHOTOS),
         lambda: OurPhotos(session))  # fmt: skip
    own_photos = OurPhotos(session)
    line("words “hang” in the photos", lambda: photos.filter("hang"),
         lambda: own_photos.filter("hang"))  # fmt: skip
    (whole,) = median_ms(lambda: ours.filter({"description_vi~": "hang nui"}))
    (score,) = median_ms(lambda: ours.sort(7))
    (again,) = median_ms(lambda: save_and_refresh(session, ours.model))
    print(f"ours alone: a word in the long description {whole:.0f} ms, sort by readiness "
          f"{score:.0f} ms, a save and the list read again {again:.0f} ms")  # fmt: skip
    context.catalogue.close()


def save_and_refresh(session: Session, model: SiteTableModel) -> None:
    """Save a name and take the list as the room does."""
    save_and_refresh.count += 1  # type: ignore[attr-defined]
    typed = f"Hang {save_and_refresh.count}"  # type: ignore[attr-defined]
    set_field(session.context, "site", model.keys[0], "name_vi", typed)
    model.take(model.reading()())


save_and_refresh.count = 0  # type: ignore[attr-defined]


def memory_of(what: str, folder: Path) -> int:
    """Give the peak memory in MB of a process that opens the bare list, ours, or none."""
    done = subprocess.run(
        [sys.executable, __file__, what, str(folder)], check=True, capture_output=True, text=True
    )
    return int(done.stdout.split()[-1])


def open_only(what: str, folder: Path) -> None:
    """Open a list and say the peak memory of this process."""
    context = open_context(folder, person="bench", device="bench")
    session = Session(
        context, settings=MachineSettings(), language=LanguageSwitch("vi"), messages=Messages()
    )
    kept: list[object] = []
    if what == "bare":
        kept.append(Bare(context.catalogue.folder.database, READ))
    if what == "ours":
        ours = Ours(session, FormOptions(session))
        for row in range(0, ours.model.rowCount(), 25):
            ours.model.row_at(row)
        kept.append(ours)
    print(peak_mb())
    context.catalogue.close()


def peak_mb() -> int:
    """Give the peak memory of this process, without that of the one it came from."""
    status = Path("/proc/self/status")
    if status.exists():
        (peak,) = [row for row in status.read_text().splitlines() if row.startswith("VmHWM")]
        return int(peak.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> int:
    """Print the figures."""
    application = QApplication.instance() or QApplication([])
    if len(sys.argv) == 3:
        open_only(sys.argv[1], Path(sys.argv[2]))
        return 0
    with tempfile.TemporaryDirectory() as name:
        os.environ["GEOPARK_PROFILE"] = str(Path(name) / "profile")
        # A catalogue made before can be named; only its first name is written.
        folder = Path(sys.argv[1]) if len(sys.argv) == 2 else Path(name) / "c"
        if not folder.exists():
            begun = time.perf_counter()
            make(folder).catalogue.close()
            print(f"catalogue made in {time.perf_counter() - begun:.0f} s")
        measure(folder)
        base, bare, ours = (memory_of(what, folder) for what in ("none", "bare", "ours"))
        print(f"peak memory: catalogue open {base} MB, with the bare view {bare} MB, with ours "
              f"scrolled through to the end {ours} MB")  # fmt: skip
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
          f"SQLite {sqlite3.sqlite_version}, PySide6 {PySide6.__version__}")  # fmt: skip
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
