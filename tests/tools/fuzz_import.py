"""Throws bad lists at the import and counts what happens: fuzz_import.py N SEED [--fork].

Half of the inputs are damaged copies of good files of every format, half are made to harm: bombs,
paths, entities, lying encodings, odd numbers, crossing shapes, doubles, huge cells. Every input
must end within the worker's limits in a report by row or in a refusal with a reason; anything else
(a bug, a timeout, too much memory, a file left behind or written elsewhere, rows that do not add
up) is a bug, and the input is kept. Time is that of the processor, for the machine may be busy.

With --fork the worker is forked instead of started, which is many times quicker: the same code
under the same limits, without the time Python needs to begin.
"""

import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.exchange import foreign_table
from geopark_app.operations.catalogues import create_new
from geopark_app.operations.context import AppContext
from geopark_app.operations.exporting import export_sites
from geopark_app.operations.import_targets import importable_kinds
from geopark_app.operations.importing import (
    ImportOptions,
    ImportReport,
    plan_import,
    recognise_file,
    take_import,
)
from geopark_app.operations.undo import UndoStack
from tests.tools.forked_worker import fork_worker
from tests.tools.hostile_lists import HOSTILE

_FORMS = ("csv", "xlsx", "geojson", "gpkg", "shp", "kml", "kmz", "gpx", "json", "lists")
_SUFFIX = {"shp": "zip", "lists": "zip"}
_SLOW_SECONDS, _MOST_MB = 15.0, 1024
_TAKEN_SHARE = 0.1
_ODD = (b"\x00", b"\xff\xfe", b"nan", b"1e999", b"<!DOCTYPE", b"\xe2\x80\xae", b"'=cmd|", b'"',
        b"../", b"\r\n" * 50, b"9" * 400, b"\xc3\x28", b"-Infinity", b"[[", b"null")  # fmt: skip
_STATUSES = ("added", "updated", "unchanged", "refused")


def main() -> int:
    """Run the number of inputs asked for and print the counts."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    if "--fork" in sys.argv:
        foreign_table.run_in_worker = fork_worker  # type: ignore[attr-defined]
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        counts = fuzz(Path(folder), wanted=wanted, seed=seed)
    ends = {name: counts[name] for name in ("read", "refused", "bug")}
    print(f"{sum(ends.values())} inputs, seed {seed}, {time.monotonic() - started:.0f} s: {ends}")
    measured = ("slowest-ms", "most-mb", "rows", "taken")
    print({name: counts[name] for name in measured})
    kinds = {name: count for name, count in sorted(counts.items()) if name.startswith("in:")}
    print(", ".join(f"{name.removeprefix('in:')} {count}" for name, count in kinds.items()))
    return 1 if counts["bug"] else 0


def fuzz(folder: Path, *, wanted: int, seed: int) -> Counter[str]:
    """Give how often each end came (`read`, `refused`, `bug`), and what was measured."""
    chance = random.Random(seed)
    now = datetime(2026, 11, 20, 12, tzinfo=VIETNAM)
    context = create_new(folder / "c", starter="langson", person="fuzz", device="fuzz",
                         clock=lambda: now)  # fmt: skip
    inbox = folder / "inbox"
    inbox.mkdir()
    counts: Counter[str] = Counter()
    try:
        samples = _samples(context, folder)
        for number in range(wanted):
            name, path = _input(samples, inbox, chance)
            counts[f"in:{name}"] += 1
            counts[_try(context, path, number, chance, counts)] += 1
            path.unlink()
    finally:
        context.catalogue.close()
    return counts


def _input(samples: dict[str, bytes], inbox: Path, chance: random.Random) -> tuple[str, Path]:
    if chance.random() < 0.5:
        form = chance.choice(_FORMS)
        path = inbox / f"in.{_SUFFIX.get(form, form)}"
        path.write_bytes(_damaged(samples[form], chance))
        return f"damaged {form}", path
    name = chance.choice(sorted(HOSTILE))
    suffix, content = HOSTILE[name](chance)
    path = inbox / f"in.{suffix}"
    path.write_bytes(content)
    return name, path


def _samples(context: AppContext, folder: Path) -> dict[str, bytes]:
    from geopark_app.domain.declaration import Audience

    samples = {}
    for form in _FORMS:
        path = folder / f"good-{form}.{_SUFFIX.get(form, form)}"
        export_sites(
            context,
            "csv" if form == "lists" else form,
            path,
            filters={"code": "LS-001,LS-002,LS-003"},
            audience=Audience.INTERNAL,
        )
        samples[form] = path.read_bytes()
        path.unlink()
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


def _try(
    context: AppContext, path: Path, number: int, chance: random.Random, counts: Counter[str]
) -> str:
    cache = context.catalogue.folder.cache_dir
    kind = "sites" if chance.random() < 0.9 else chance.choice(importable_kinds())
    options = ImportOptions(
        kind=kind,
        update_by=chance.choice(("", "", "", "uuid")),
        take_good_rows=True,
        mend_shapes=chance.random() < 0.5,
    )
    before = {one for one in path.parent.parent.rglob("*") if cache not in one.parents}
    started = _processor_seconds()
    try:
        report = _planned(context, path, options)
        counts["rows"] += len(report.rows)
        counts["most-mb"] = max(counts["most-mb"], int(report.recognised.table.peak_memory_mb))
        if chance.random() < _TAKEN_SHARE:
            _take_and_undo(context, report, options, counts)
    except GeoparkError as error:
        end = "refused" if error.code is ErrorCode.REFUSED_FILE else "bug"
        if end == "bug":
            print(f"input {number}: {error}", file=sys.stderr)
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        print(f"input {number}: {error!r}", file=sys.stderr)
        end = "bug"
    else:
        end = "read"
    seconds = _processor_seconds() - started
    counts["slowest-ms"] = max(counts["slowest-ms"], int(seconds * 1000))
    after = {one for one in path.parent.parent.rglob("*") if cache not in one.parents}
    strange = [one for one in after - before if "backups" not in one.parts]
    if seconds > _SLOW_SECONDS or list(cache.glob("import-*")) or strange:
        print(f"input {number}: slow ({seconds:.0f} s), or files left: {strange}", file=sys.stderr)
        end = "bug"
    if end == "bug":
        kept = Path(tempfile.gettempdir()) / f"fuzz-{number}{path.suffix}"
        shutil.copyfile(path, kept)
        print(f"kept: {kept}, kind {kind}", file=sys.stderr)
    return end


def _processor_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _planned(context: AppContext, path: Path, options: ImportOptions) -> ImportReport:
    found = recognise_file(context, path, options)
    if not found.crs:
        options = replace(options, epsg=4326)
    report = plan_import(context, found, options)
    rows = len(found.table.rows) + sum(len(one.table.rows) for one in found.further)
    assert len(report.rows) == rows == sum(report.count(status) for status in _STATUSES)
    assert all(row.reason for row in report.rows if row.status == "refused")
    assert found.table.peak_memory_mb < _MOST_MB
    return report


def _take_and_undo(
    context: AppContext, report: ImportReport, options: ImportOptions, counts: Counter[str]
) -> None:
    taken = take_import(context, report, options, reason="fuzz")
    if taken.changes.save is not None:
        undo = UndoStack(context)
        undo.push(taken.changes)
        undo.undo()
        counts["taken"] += 1


if __name__ == "__main__":
    raise SystemExit(main())
