"""Opening the conflict page: 1 conflict and 500, beside reading all sites once.

Run by itself: `python tests/benchmarks/bench_conflicts.py`. Goals: 500 conflicts take at most 100
times as long as one, and at most 20 times as long as reading the 500 records they are about.
"""

import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from geopark_app.domain.kinds import KINDS, Site
from geopark_app.operations.catalogues import create_new
from geopark_app.operations.conflicts import list_conflicts
from tests.builders import make_site
from tests.laptops import Laptop, make_team

SITES, ROUNDS = 500, 5


def main() -> int:
    """Measure and print; 0 when the goals are met."""
    root = Path(tempfile.mkdtemp(prefix="geopark-bench-conflicts-"))
    os.environ["GEOPARK_PROFILE"] = str(root / "profile")
    create_new(root / "empty", starter="empty", person="Hà", device="x").catalogue.close()
    office, field = make_team(root, root / "empty", "office", "field")
    sites = [make_site(code=f"B-{number}") for number in range(SITES)]
    with office.at_work() as context, context.work("fill") as work:
        work.add_all(sites)
    stick = root / "stick"
    office.exchange(stick)
    field.exchange(stick)
    times = {}
    for count in (1, SITES):
        _write_both(office, field, [site.uuid for site in sites[:count]], stick)
        times[count] = _best(lambda: list_conflicts(field.context))
        assert len(list_conflicts(field.context)) == count
    read = _best(lambda: field.context.catalogue.records(Site))
    office.close()
    field.close()
    shutil.rmtree(root)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores")
    print(f"1 conflict {times[1] * 1e3:8.1f} ms, {SITES} conflicts {times[SITES] * 1e3:8.1f} ms")
    print(f"{times[SITES] / times[1]:.0f} × one, {times[SITES] / read:.1f} × reading the records")
    is_met = times[SITES] <= 100 * times[1] and times[SITES] <= 20 * read
    print("goals met" if is_met else "GOALS MISSED")
    return 0 if is_met else 1


def _write_both(office: Laptop, field: Laptop, uuids: list[str], stick: Path) -> None:
    for laptop in (office, field):
        with laptop.at_work() as context, context.work("edit") as work:
            for uuid in uuids:
                work.set_columns(KINDS["site"], uuid, {"village": f"{laptop.name} {uuids[-1]}"})
    office.exchange(stick)
    field.exchange(stick)


def _best(deed: Callable[[], object]) -> float:
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        deed()
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    sys.exit(main())
