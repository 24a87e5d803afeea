"""Start to usable window, beside a bare QMainWindow in the same run (goal: at most twice)."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from many_sites import make

DRIVER = Path(__file__).with_name("startup_driver.py")
ROOT = DRIVER.parents[2]
ROUNDS = 7


def make_catalogue(folder: Path) -> Path:
    """Give a catalogue with the 96 sites."""
    subprocess.run(
        [sys.executable, "main.py", "new", str(folder), "--author", "Bench"],
        check=True,
        capture_output=True,
        cwd=ROOT,
    )
    return folder


def seconds_of(what: str, environment: dict[str, str]) -> float:
    """Give the seconds from the start of the process to the window that can be used."""
    done = subprocess.run(
        [sys.executable, str(DRIVER), what, str(time.time())],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return float(done.stdout.strip().splitlines()[-1])


def main() -> int:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {
            **os.environ,
            "GEOPARK_PROFILE": str(folder / "profile"),
            "PYTHONPATH": str(ROOT),
        }
        os.environ["GEOPARK_PROFILE"] = environment["GEOPARK_PROFILE"]
        catalogue = str(make_catalogue(folder / "langson"))
        # A catalogue of 10,000 sites made before (bench_lists.py) can be named.
        many = sys.argv[1] if len(sys.argv) == 2 else str(folder / "many")
        if len(sys.argv) != 2:
            make(Path(many)).catalogue.close()
        names = {
            "bare": "bare QMainWindow",
            "page": "start page",
            catalogue: "96 sites open",
            many: "10,000 sites open",
        }
        for what in names:  # once unmeasured: the disk's cache is warm for all three
            seconds_of(what, environment)
        # Taken in turns, so that a busy moment of the machine meets all three.
        rounds = [{what: seconds_of(what, environment) for what in names} for _ in range(ROUNDS)]
    medians = {what: statistics.median(one[what] for one in rounds) for what in names}
    print(f"{'start':<18}{'seconds':>9}{'× bare':>8}")
    for what, label in names.items():
        print(f"{label:<18}{medians[what]:>9.3f}{medians[what] / medians['bare']:>8.1f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
