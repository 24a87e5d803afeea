"""Start to usable window, beside a bare QMainWindow in the same run (goal: at most twice)."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

DRIVER = Path(__file__).with_name("startup_driver.py")
ROUNDS = 7


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a catalogue with the 96 sites."""
    folder = tmp_path_factory.mktemp("startup") / "langson"
    subprocess.run(
        [sys.executable, "main.py", "new", str(folder), "--author", "Bench"],
        check=True,
        capture_output=True,
        cwd=DRIVER.parents[2],
    )
    return folder


def _seconds(what: str, environment: dict[str, str]) -> float:
    done = subprocess.run(
        [sys.executable, str(DRIVER), what, str(time.time())],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return float(done.stdout.strip().splitlines()[-1])


def test_start_to_usable_window(catalogue: Path, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "GEOPARK_PROFILE": str(tmp_path),
        "PYTHONPATH": str(DRIVER.parents[2]),
    }
    names = {"bare": "bare QMainWindow", "page": "start page", str(catalogue): "96 sites open"}
    for what in names:  # once unmeasured: the disk's cache is warm for all three
        _seconds(what, environment)
    # Taken in turns, so that a busy moment of the machine meets all three.
    rounds = [{what: _seconds(what, environment) for what in names} for _round in range(ROUNDS)]
    medians = {what: statistics.median(one[what] for one in rounds) for what in names}
    print(f"\n{'start':<18}{'seconds':>9}{'× bare':>8}")
    for what, name in names.items():
        print(f"{name:<18}{medians[what]:>9.3f}{medians[what] / medians['bare']:>8.1f}")
