"""Killing a writing program at a random moment, and looking at what it left."""

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

from geopark_app.domain.kinds import Photo, Site
from geopark_app.operations.context import open_context
from geopark_app.operations.safety import check_catalogue

ROOT = Path(__file__).resolve().parents[2]
# Windows has no such signal, and skips these tests.
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


def run_and_kill(command: list[str | Path], *, after_ms: float, ready: bool) -> list[list[str]]:
    """Run a program, kill it some milliseconds after it began (or is ready), give its lines."""
    program = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert program.stdout is not None
    assert program.stderr is not None
    if ready:
        assert program.stdout.readline() == "ready\n", program.stderr.read()
    killer = threading.Timer(after_ms / 1000, program.send_signal, [KILL])
    killer.start()
    # reading until the pipe closes takes every line that was printed before the kill
    lines = program.stdout.read().splitlines(keepends=True)
    killer.cancel()
    killer.join()
    program.stdout.close()
    program.stderr.close()
    program.wait()
    return [line.rstrip("\n").split("\t") for line in lines if line.endswith("\n")]


def writer(folder: Path, what: str, seed: int) -> list[str | Path]:
    """Give the command of a program that saves until it is killed."""
    return [sys.executable, ROOT / "tests" / "store" / "writer.py", folder, what, str(seed)]


def kill_edits(folder: Path, seed: int, known: dict[str, str]) -> int:
    """Kill a program that edits; every acknowledged edit must be there. Give how many were."""
    chance = random.Random(seed)
    command = writer(folder, "edits", seed)
    acknowledged = run_and_kill(command, after_ms=chance.uniform(0, 150), ready=True)
    known.update((key, value) for key, value in acknowledged)
    context = open_context(folder, person="Hà", device="after")
    with context.catalogue as catalogue:
        found = {site.uuid: site.remarks for site in catalogue.records(Site)}
        findings = check_catalogue(context)
    lost = {key for key, value in known.items() if not _same_or_later(found.get(key), value, seed)}
    assert not lost, f"seed {seed}: acknowledged edits lost: {lost}"
    assert findings == [], f"seed {seed}: {findings}"
    # the edit in hand at the kill may have been saved without having been acknowledged
    known.update({key: value for key, value in found.items() if value})
    return len(acknowledged)


def _same_or_later(found: str | None, value: str, seed: int) -> bool:
    if found == value:
        return True
    if found is None:
        return False
    last, newest = (text.split("-")[:2] for text in (value, found))
    return newest[0] == str(seed) and (last[0] != newest[0] or int(newest[1]) > int(last[1]))


def kill_photos(folder: Path, seed: int) -> None:
    """Kill a program that adds photos; every acknowledged photo is whole, none is half there."""
    chance = random.Random(seed)
    command = writer(folder, "photos", seed)
    acknowledged = run_and_kill(command, after_ms=chance.uniform(20, 400), ready=True)
    context = open_context(folder, person="Hà", device="after")
    with context.catalogue as catalogue:
        photos = {photo.uuid: photo.sha256 for photo in catalogue.records(Photo)}
        findings = check_catalogue(context)
    assert findings == [], f"seed {seed}: {findings}"
    assert {uuid: photos.get(uuid) for uuid, _ in acknowledged} == dict(acknowledged)


def kill_import(folder: Path, photos: Path, stage: str, calls: int) -> int:
    """Kill an import at a stage; give how many photos were stored. Nothing is lost or left over."""
    originals = {path.name: path.read_bytes() for path in photos.iterdir()}
    program = ROOT / "tests" / "store" / "photo_killer.py"
    command: list[str | Path] = [sys.executable, program, folder, photos, stage, str(calls)]
    told = run_and_kill(command, after_ms=60_000, ready=False)
    acknowledged = max((int(line[0]) for line in told), default=0)
    context = open_context(folder, person="Hà", device="after")
    with context.catalogue as catalogue:
        stored = catalogue.records(Photo)
        findings = check_catalogue(context)
        named = {name for photo in stored for name in _files_of(photo)}
    where = f"killed at {stage}, call {calls}"
    assert findings == [], f"{where}: {findings}"
    assert len(stored) >= acknowledged, f"{where}: {acknowledged} told, {len(stored)} there"
    assert {path.name: path.read_bytes() for path in photos.iterdir()} == originals, where
    there = {path.name for path in (folder / "files").rglob("*") if path.is_file()}
    assert there == named, f"{where}: left over {there - named}, lost {named - there}"
    return len(stored)


def _files_of(photo: Photo) -> list[str]:
    names = (photo.sha256, photo.thumb_sha256, photo.rendition_sha256, photo.jpeg_sha256)
    return [name for name in names if name]


def draw_photos(folder: Path, count: int, seed: int) -> Path:
    """Draw small pictures, each of its own bytes."""
    from PIL import Image

    chance = random.Random(seed)
    folder.mkdir(parents=True)
    for number in range(count):
        colour = tuple(chance.randrange(256) for _ in range(3))
        Image.new("RGB", (320 + number, 240), colour).save(folder / f"{number:03}.jpg")
    return folder
