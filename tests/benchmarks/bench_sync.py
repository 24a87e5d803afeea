"""A day's bundle beside the work without it, and out of a long log.

Run by itself: `python tests/benchmarks/bench_sync.py`. Measured in one run: a day's bundle (200
edits) made and taken in, beside the time those edits took to be saved; the same day out of a log of
300,000 operations; an ordinary save with and without conflicts and a colleague's deletes beside it;
everything for a new laptop. Goals: a day's bundle is made within a second, also out of the long
log, and making and taking it in costs less than the saving of its edits did. Beside `pygeodiff`:
`bench_geodiff.py`.
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
from geopark_app.operations.bundles import pack_saves, read_bundle, take_bundle
from geopark_app.operations.catalogues import create_new
from geopark_app.store.exchange_log import version_vector
from tests.builders import make_site, raw
from tests.laptops import Laptop, make_team

SITES, EDITS, LONG, IN_A_SAVE = 1_000, 200, 300_000, 100


def main() -> int:
    """Measure and print; 0 when the goals are met."""
    root = Path(tempfile.mkdtemp(prefix="geopark-bench-sync-"))
    os.environ["GEOPARK_PROFILE"] = str(root / "profile")
    create_new(root / "empty", starter="empty", person="Hà", device="x").catalogue.close()
    office, field = make_team(root, root / "empty", "office", "field")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores")
    _fill(office)
    first_s, first = _seconds(lambda: _bundles(office, {}))
    taken_s, _ = _seconds(lambda: _take(field, first))
    size = sum(map(len, first))
    _row(f"everything, {SITES} sites: made, taken in", first_s, taken_s, size)
    base = version_vector(field.context.catalogue)
    saved_s, _ = _seconds(lambda: _work_a_day(office))
    day_s, day = _seconds(lambda: _bundles(office, base))
    day_taken_s, _ = _seconds(lambda: _take(field, day))
    _row(f"a day, {EDITS} edits: made, taken in", day_s, day_taken_s, sum(map(len, day)))
    _row("the same edits: saved", saved_s, 0, 0)
    _contest(office, field)
    contested_s, _ = _seconds(lambda: _work_a_day(field))
    plain_s, _ = _seconds(lambda: _work_a_day(office))
    _row("the same edits, with 50 conflicts: saved", contested_s, 0, 0)
    _row("the same edits, without: saved", plain_s, 0, 0)
    _lengthen(office)
    long_base = version_vector(office.context.catalogue)
    _work_a_day(office)
    long_s, long_day = _seconds(lambda: _bundles(office, long_base))
    _row(f"a day out of {LONG:,} operations: made", long_s, 0, sum(map(len, long_day)))
    office.close()
    field.close()
    shutil.rmtree(root)
    quick = day_s < 1 and long_s < 1
    cheap = day_s + day_taken_s < saved_s
    print("goals met" if quick and cheap else "GOALS MISSED")
    return 0 if quick and cheap else 1


def _fill(laptop: Laptop) -> None:
    with laptop.at_work() as context, context.work("fill") as work:
        work.add_all([make_site(code=f"B-{n}", village=f"thôn {n}") for n in range(SITES)])


def _work_a_day(laptop: Laptop) -> None:
    keys = [site.uuid for site in laptop.context.catalogue.records(Site)][:EDITS]
    for number, uuid in enumerate(keys):
        with laptop.at_work() as context, context.work("edit") as work:
            work.set_columns(KINDS["site"], uuid, {"village": f"{time.perf_counter()} {number}"})


def _contest(office: Laptop, field: Laptop) -> None:
    """Give one laptop 50 conflicts and 50 records a colleague deleted."""
    keys = [site.uuid for site in office.context.catalogue.records(Site)]
    base = version_vector(field.context.catalogue)
    for laptop in (office, field):
        with laptop.at_work() as context, context.work("contest") as work:
            for uuid in keys[-50:]:
                work.set_columns(KINDS["site"], uuid, {"manager": laptop.name})
    with office.at_work() as context, context.work("delete") as work:
        for uuid in keys[-100:-50]:
            work.delete(KINDS["site"], uuid)
    _take(field, _bundles(office, base))


def _lengthen(laptop: Laptop) -> None:
    """Put many operations of somebody else into the log; only their number matters here."""
    saves = range(1, LONG, IN_A_SAVE)
    with raw(laptop.folder) as database:
        database.execute(
            "INSERT INTO author VALUES ('edition:long', 'x', 0, 'x', '', ?, 'x')", (LONG,)
        )
        database.executemany(
            "INSERT INTO txn VALUES ('edition:long', ?, ?, 1, '', '', '', '', '', '', '')",
            [(first, IN_A_SAVE) for first in saves],
        )
        database.executemany(
            "INSERT INTO op VALUES ('edition:long', ?, 'site', ?, 'U', 'remarks', '{}', '{}', "
            "'{}', '[]', NULL)",
            [(seq, f"{seq % 9999}") for seq in range(1, LONG + 1)],
        )


def _bundles(laptop: Laptop, base: dict[str, int]) -> list[bytes]:
    with laptop.at_work() as context:
        return [packed.raw for packed in pack_saves(context, base)]


def _take(laptop: Laptop, bundles: list[bytes]) -> None:
    with laptop.at_work() as context:
        for packed in bundles:
            take_bundle(context, packed, read_bundle(context, packed))


def _seconds(work: Callable[[], list[bytes] | None]) -> tuple[float, list[bytes]]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result or []


def _row(name: str, first: float, second: float, size: int) -> None:
    taken = f"{second:7.2f} s" if second else " " * 9
    kilobytes = f"{size / 1024:9,.0f} KB" if size else ""
    print(f"{name:48} {first:7.2f} s {taken} {kilobytes}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
