"""Import of 10,000 rows beside ogr2ogr writing the same file, in one run.

Both by the clock and by the processor's time, which says the same on a busy machine.
"""

import csv
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_ROWS, _RUNS = 10_000, 3
_CHILDREN = ("children_user", "children_system")
_HEADER = (
    *("code", "name_vi", "name_en", "lon", "lat", "site_kind", "summary_vi"),
    *("description_vi", "altitude_m", "survey_date", "remarks"),
)


def main() -> int:
    """Print both times (the best of three) and their ratios."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        _write_list(work / "list.csv")
        ours = _best(_import, work)
        theirs = _best(_ogr2ogr, work)
    version = subprocess.run(["ogr2ogr", "--version"], capture_output=True, text=True, check=True)
    print(f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}, "
          f"{version.stdout.strip()}")  # fmt: skip
    print(f"import of {_ROWS} rows: {ours[0]:.2f} s, {ours[1]:.2f} s of processor, all of it: "
          "worker, signed log, search index")  # fmt: skip
    print(f"ogr2ogr CSV → GPKG, same rows: {theirs[0]:.2f} s, {theirs[1]:.2f} s of processor")
    print(f"ratio: {ours[0] / theirs[0]:.1f}, by the processor {ours[1] / theirs[1]:.1f}")
    return 0


def _best(run: Callable[[Path, int], tuple[float, float]], work: Path) -> tuple[float, float]:
    """Give the least seconds by the clock and of the processor, each for itself."""
    times = [run(work, number) for number in range(_RUNS)]
    return min(clock for clock, _ in times), min(processor for _, processor in times)


def _measured(run: Callable[[], object]) -> tuple[float, float]:
    before, started = os.times(), time.perf_counter()
    run()
    seconds, after = time.perf_counter() - started, os.times()
    user, system = (getattr(after, one) - getattr(before, one) for one in _CHILDREN)
    return seconds, user + system


def _write_list(path: Path) -> None:
    chance = random.Random(1)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER)
        for number in range(_ROWS):
            lon, lat = 106.2 + chance.random(), 21.5 + chance.random() / 2
            writer.writerow([
                f"X-{number:05}", f"Hang Gió số {number}", f"Wind cave {number}", lon, lat,
                "geosite", "Hang động đá vôi dài trong dãy núi Cai Kinh. " * 3,
                "Mô tả khoa học của hang. " * 20, number % 900, "2026-01-05", "ghi chú",
            ])  # fmt: skip


def _import(work: Path, number: int) -> tuple[float, float]:
    catalogue = work / f"c{number}"
    _run("new", str(catalogue), "--starter", "empty", "--author", "b", "--device", "b")
    found = _measured(
        lambda: _run("--catalogue", str(catalogue), "import", str(work / "list.csv"), "--quiet")
    )
    shutil.rmtree(catalogue)
    return found


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, str(ROOT / "main.py"), *arguments], check=True,
                   stdout=subprocess.DEVNULL, cwd=ROOT)  # fmt: skip


def _ogr2ogr(work: Path, number: int) -> tuple[float, float]:
    command = ["ogr2ogr", "-f", "GPKG", str(work / f"o{number}.gpkg"), str(work / "list.csv"),
               "-oo", "X_POSSIBLE_NAMES=lon", "-oo", "Y_POSSIBLE_NAMES=lat",
               "-oo", "KEEP_GEOM_COLUMNS=YES", "-a_srs", "EPSG:4326"]  # fmt: skip
    return _measured(lambda: subprocess.run(command, check=True))


if __name__ == "__main__":
    raise SystemExit(main())
