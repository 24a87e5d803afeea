"""Whereabouts of 50,000 originals, and a backup with photos beside `cp` with `sha256sum`.

Run by itself: `python tests/benchmarks/bench_photo_safety.py`. The rows go straight into the
tables and most files are empty ones under made-up names: only the listing of them is measured.
"""

import hashlib
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from geopark_app.domain.kinds import Photo
from geopark_app.operations.backups import back_up_with_photos
from geopark_app.operations.catalogues import create_new
from geopark_app.operations.context import AppContext
from geopark_app.operations.healing import heal_files
from geopark_app.operations.whereabouts import whereabouts
from geopark_app.store.engine import writing
from geopark_app.store.new_keys import new_uuid
from geopark_app.store.rows import to_row
from geopark_app.store.tables import RECORD_TABLES
from geopark_app.store.triggers import drop_triggers, ensure_triggers
from geopark_app.store.whereabouts import Holding, Whereabouts

PHOTOS, BACKED_UP, MEGABYTES = 50_000, 200, 4


def main() -> int:
    """Print a table of times and ratios."""
    with tempfile.TemporaryDirectory(prefix="geopark-bench-") as place:
        root = Path(place)
        os.environ["GEOPARK_PROFILE"] = str(root / "profile")
        _whereabouts(root)
        _backup(root)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'peak memory of all this':<52}{peak:8.0f} MB")
    return 0


def _whereabouts(root: Path) -> None:
    names = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(PHOTOS)]
    context = create_new(root / "many", starter="empty", person="Hà", device="bench")
    with context.catalogue as catalogue:
        _put_rows(context, [(name, None) for name in names])
        for name in names:
            path = catalogue.files.path_of(name)
            path.parent.mkdir(exist_ok=True)
            path.touch()
        known = Whereabouts(catalogue)
        for number in range(2):
            known.keep(
                Holding(
                    holder_id=f"backup-{number}",
                    is_laptop=False,
                    name="backup",
                    place="/stick",
                    seen_at="2026-11-20",
                    files=frozenset(names[number::2]),
                )
            )
        known.note_checks(dict.fromkeys(names, True), at="2026-11-20")
        raw = _best(lambda: _raw_listing(root / "many"))
        full = _best(lambda: whereabouts(context))
        report = whereabouts(context)
        assert len(report.originals) == PHOTOS
        assert not report.only_copies
    print(f"{'whereabouts of 50,000 originals, two have-lists':<52}{full * 1000:8.0f} ms")
    print(f"{'  the bare SELECT and the bare listing of names':<52}{raw * 1000:8.0f} ms")
    print(f"{'  ratio':<52}{full / raw:8.1f}")


def _raw_listing(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "catalogue.sqlite")) as connection:
        rows = connection.execute("SELECT uuid, site_uuid, file_name, sha256 FROM photo").fetchall()
    found = [
        entry.name
        for place in os.scandir(folder / "files")
        if place.is_dir()
        for entry in os.scandir(place)
    ]
    return len(rows) + len(found)


def _backup(root: Path) -> None:
    context = create_new(root / "few", starter="empty", person="Hà", device="bench")
    with context.catalogue as catalogue:
        rows = []
        for number in range(BACKED_UP):
            content = os.urandom(MEGABYTES << 20)
            rows.append((catalogue.files.add_bytes(content), len(content)))
            del content, number
        _put_rows(context, rows)
        yardstick = _timed(lambda: _copied_and_hashed(catalogue.files.path_of, rows, root / "cp"))
        first = _timed(lambda: back_up_with_photos(context, root / "backup"))
        again = _timed(lambda: back_up_with_photos(context, root / "backup"))
        for name, _size in rows[:50]:
            catalogue.files.path_of(name).unlink()
        heal = _timed(lambda: heal_files(context, root / "backup"))
    size = BACKED_UP * MEGABYTES
    print(f"{f'backup of {size} MB, flushed and proved':<52}{size / first:8.0f} MB/s")
    print(f"{'  cp, sync, then sha256sum of both sides':<52}{size / yardstick:8.0f} MB/s")
    print(f"{'  ratio of throughput':<52}{yardstick / first:8.2f}")
    print(f"{'the next backup, nothing new':<52}{again * 1000:8.0f} ms")
    print(f"{'50 of 200 files found again in it':<52}{heal * 1000:8.0f} ms")


def _copied_and_hashed(
    path_of: Callable[[str], Path], rows: list[tuple[str, int]], target: Path
) -> None:
    target.mkdir()
    sources = [str(path_of(name)) for name, _size in rows]
    subprocess.run(["cp", *sources, str(target)], check=True)
    subprocess.run(["sync", *(str(path) for path in target.iterdir())], check=True)
    copies = [str(path) for path in target.iterdir()]
    subprocess.run(["sha256sum", *sources, *copies], check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(target)


def _put_rows(context: AppContext, files: list[tuple[str, int | None]]) -> None:
    with writing(context.catalogue.engine) as connection:
        drop_triggers(connection)
        rows = [
            to_row(Photo(uuid=new_uuid(), file_name="IMG.jpg", sha256=name, byte_count=size))
            for name, size in files
        ]
        connection.execute(RECORD_TABLES["photo"].insert(), rows)
        ensure_triggers(connection)


def _best(deed: Callable[[], object]) -> float:
    return min(_timed(deed) for _round in range(3))


def _timed(deed: Callable[[], object]) -> float:
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
