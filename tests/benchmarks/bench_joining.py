"""A new laptop joins a team of 10,000 sites: from a snapshot, and from bundles.

Run by itself: `python tests/benchmarks/bench_joining.py`. Measured in one run on one catalogue: the
snapshot written and started from (every signature verified), and all bundles written into a folder
and taken in by an empty catalogue. Goal: starting from the snapshot takes less time. Half of it
goes into reading the whole log again and verifying it, which is not left out for speed.
"""

import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from geopark_app.domain.kinds import Site
from geopark_app.operations.catalogues import create_new
from geopark_app.operations.snapshots import start_from_snapshot, write_snapshot
from tests.builders import make_site
from tests.laptops import make_team

SITES, IN_A_SAVE = 10_000, 100
Result = TypeVar("Result")


def main() -> int:
    """Measure and print; 0 when the goal is met."""
    root = Path(tempfile.mkdtemp(prefix="geopark-bench-joining-"))
    os.environ["GEOPARK_PROFILE"] = str(root / "profile")
    create_new(root / "empty", starter="empty", person="Hà", device="x").catalogue.close()
    office, field = make_team(root, root / "empty", "office", "field")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {SITES:,} sites")
    for start in range(0, SITES, IN_A_SAVE):
        with office.at_work() as context, context.work("fill") as work:
            work.add_all([_site(start + number) for number in range(IN_A_SAVE)])
    with office.at_work() as context:
        written_s, report = _seconds(lambda: write_snapshot(context, root / "start"))
    with field.at_work():
        started_s, started = _seconds(
            lambda: start_from_snapshot(
                report.path, root / "new", person="Người field", device="field"
            )
        )
    sites = len(started.catalogue.records(Site))
    started.catalogue.close()
    stick = root / "stick"
    left_s, _ = _seconds(lambda: office.exchange(stick))
    taken_s, _ = _seconds(lambda: field.exchange(stick))
    size = sum(path.stat().st_size for path in stick.rglob("*.gsb"))
    print(f"{'':34}{'written s':>10}{'taken s':>10}{'MB':>8}")
    print(f"{'snapshot':34}{written_s:10.2f}{started_s:10.2f}{report.bytes / 1e6:8.1f}")
    print(f"{'bundles through a folder':34}{left_s:10.2f}{taken_s:10.2f}{size / 1e6:8.1f}")
    print(f"starting from the snapshot takes {started_s / taken_s:.2f} of the time of the bundles")
    same = sites == len(field.context.catalogue.records(Site)) == SITES
    office.close()
    field.close()
    shutil.rmtree(root)
    is_met = same and started_s < taken_s
    print("goal met" if is_met else "GOAL MISSED")
    return 0 if is_met else 1


def _site(number: int) -> Site:
    text = f"Hang đá vôi số {number}, vách cao, lối vào hẹp. " * 3
    return make_site(
        code=f"B-{number}", village=f"thôn {number}", significance_vi=text, remarks=text
    )


def _seconds(deed: Callable[[], Result]) -> tuple[float, Result]:
    start = time.perf_counter()
    result = deed()
    return time.perf_counter() - start, result


if __name__ == "__main__":
    sys.exit(main())
