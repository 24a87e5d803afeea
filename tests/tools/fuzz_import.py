"""Throws damaged copies of good lists at the import and counts what happens: fuzz_import.py N SEED.

Every input must end within the worker's limits in a table or in a refusal with a reason; anything
else (a bug, a timeout, too much memory, a file left behind) ends the run with the input kept.
"""

import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken
from geopark_app.exchange.foreign_table import read_foreign_table
from geopark_app.operations.catalogues import create_new
from geopark_app.operations.context import AppContext
from geopark_app.operations.exporting import export_sites
from geopark_app.operations.importing import ImportOptions, plan_import, recognise_file

_FORMS = ("csv", "xlsx", "geojson", "gpkg", "shp", "kml", "kmz", "gpx")
_SLOW_SECONDS, _MOST_MB = 30.0, 1024
_ODD = (b"\x00", b"\xff\xfe", b"nan", b"1e999", b"<!DOCTYPE", b"\xe2\x80\xae", b"'=cmd|", b'"',
        b"../", b"\r\n" * 50, b"9" * 400, b"\xc3\x28")  # fmt: skip


def main() -> int:
    """Run the number of inputs asked for and print the counts."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as folder:
        counts = fuzz(Path(folder), wanted=wanted, seed=seed)
    print(f"{sum(counts.values())} inputs, seed {seed}: {dict(counts)}")
    return 1 if counts["bug"] else 0


def fuzz(folder: Path, *, wanted: int, seed: int) -> Counter[str]:
    """Give how often each end came; `read`, `refused` and `bug`."""
    chance = random.Random(seed)
    now = datetime(2026, 11, 20, 12, tzinfo=VIETNAM)
    context = create_new(folder / "c", starter="langson", person="fuzz", device="fuzz",
                         clock=lambda: now)  # fmt: skip
    try:
        samples = _samples(context, folder)
        counts: Counter[str] = Counter()
        for number in range(wanted):
            form = chance.choice(_FORMS)
            path = folder / f"in.{'zip' if form == 'shp' else form}"
            path.write_bytes(_damaged(samples[form], chance))
            counts[_try(context, path, number)] += 1
    finally:
        context.catalogue.close()
    return counts


def _samples(context: AppContext, folder: Path) -> dict[str, bytes]:
    samples = {}
    for form in _FORMS:
        path = folder / f"good.{'zip' if form == 'shp' else form}"
        export_sites(context, form, path, filters={"code": "LS-001,LS-002,LS-003"})
        samples[form] = path.read_bytes()
    return samples


def _damaged(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _step in range(chance.randint(1, 6)):
        at = chance.randrange(max(1, len(changed)))
        match chance.randrange(5):
            case 0:
                del changed[at:]
            case 1:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 2:
                changed[at:at] = chance.choice(_ODD)
            case 3:
                del changed[at : at + chance.randrange(200)]
            case _other:
                changed[at:at] = changed[at : at + chance.randrange(500)]
    return bytes(changed)


def _try(context: AppContext, path: Path, number: int) -> str:
    cache = context.catalogue.folder.cache_dir
    started = time.monotonic()
    try:
        table = read_foreign_table(path, staging_in=cache, cancel=CancelToken())
        found = recognise_file(context, path, ImportOptions())
        report = plan_import(context, found, ImportOptions(epsg=None if found.crs else 4326))
        assert len(report.rows) == len(found.table.rows)
        assert table.peak_memory_mb < _MOST_MB
    except GeoparkError as error:
        end = "refused" if error.code is ErrorCode.REFUSED_FILE else "bug"
        if end == "bug":
            print(f"input {number}: {error}", file=sys.stderr)
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        print(f"input {number}: {error!r}", file=sys.stderr)
        end = "bug"
    else:
        end = "read"
    if time.monotonic() - started > _SLOW_SECONDS or list(cache.glob("import-*")):
        print(f"input {number}: slow, or files left behind", file=sys.stderr)
        end = "bug"
    if end == "bug":
        kept = Path(tempfile.gettempdir()) / f"fuzz-{number}{path.suffix}"
        shutil.copyfile(path, kept)
        print(f"kept: {kept}", file=sys.stderr)
    return end


if __name__ == "__main__":
    raise SystemExit(main())
