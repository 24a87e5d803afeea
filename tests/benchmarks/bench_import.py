"""Import of 10,000 rows beside ogr2ogr writing the same file, in one run."""

import csv
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_ROWS, _RUNS = 10_000, 3
_HEADER = (
    *("code", "name_vi", "name_en", "lon", "lat", "site_kind", "summary_vi"),
    *("description_vi", "altitude_m", "survey_date", "remarks"),
)


def main() -> int:
    """Print both times (the best of three) and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        _write_list(work / "list.csv")
        ours = min(_import(work, number) for number in range(_RUNS))
        theirs = min(_ogr2ogr(work, number) for number in range(_RUNS))
    version = subprocess.run(["ogr2ogr", "--version"], capture_output=True, text=True, check=True)
    print(f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}, "
          f"{version.stdout.strip()}")  # fmt: skip
    print(f"import of {_ROWS} rows: {ours:.2f} s, all of it: worker, signed log, search index")
    print(f"ogr2ogr CSV → GPKG, same rows: {theirs:.2f} s")
    print(f"ratio: {ours / theirs:.1f}")
    return 0


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


def _import(work: Path, number: int) -> float:
    catalogue = work / f"c{number}"
    _run("new", str(catalogue), "--starter", "empty", "--author", "b", "--device", "b")
    started = time.perf_counter()
    _run("--catalogue", str(catalogue), "import", str(work / "list.csv"), "--quiet")
    seconds = time.perf_counter() - started
    shutil.rmtree(catalogue)
    return seconds


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, str(ROOT / "main.py"), *arguments], check=True,
                   stdout=subprocess.DEVNULL, cwd=ROOT)  # fmt: skip


def _ogr2ogr(work: Path, number: int) -> float:
    started = time.perf_counter()
    subprocess.run(
        ["ogr2ogr", "-f", "GPKG", str(work / f"o{number}.gpkg"), str(work / "list.csv"),
         "-oo", "X_POSSIBLE_NAMES=lon", "-oo", "Y_POSSIBLE_NAMES=lat",
         "-oo", "KEEP_GEOM_COLUMNS=YES", "-a_srs", "EPSG:4326"],
        check=True,
    )  # fmt: skip
    return time.perf_counter() - started


if __name__ == "__main__":
    raise SystemExit(main())
