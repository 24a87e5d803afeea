"""Import of 12-megapixel JPEGs beside vipsthumbnail and sha256sum on the same files, in one run.

The import copies and flushes every original, makes both pictures the catalogue keeps (1,600 and
256 pixels), reads EXIF, hashes, and writes signed records; the two tools make the same pictures
and hash. `--memory N` imports N photos more, to see whether the memory stays flat.
"""

import argparse
import json
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image, ImageFilter

ROOT = Path(__file__).resolve().parents[2]
_SIZE = (4000, 3000)
_MOTIFS = 12
_IMPORT = """
import json, os, re, sys, threading, time
from pathlib import Path
from geopark_app.operations.catalogues import create_new
from geopark_app.operations.photos import add_photos

def megabytes(pid):
    # A child's ru_maxrss would count what its parent held when it was started.
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"VmRSS:\\s+(\\d+) kB", text)
    return int(found[1]) / 1024 if found else 0

def watch():
    while not ended.wait(0.05):
        children = []
        for task in Path("/proc/self/task").iterdir():
            try:
                children += (task / "children").read_text().split()
            except OSError:
                pass
        now = [megabytes(pid) for pid in ("self", *children)]
        if sum(now) > sum(peak):
            peak[:] = now

context = create_new(Path(sys.argv[1]), starter="empty", person="b", device="b")
peak, ended = [megabytes("self")], threading.Event()
before = peak[0]
watcher = threading.Thread(target=watch)
watcher.start()
started = time.perf_counter()
report = add_photos(context, [Path(sys.argv[2])])
seconds = time.perf_counter() - started
ended.set()
watcher.join()
context.catalogue.close()
print(json.dumps([seconds, before, peak, len(report.files), len(report.changes.touched)]))
"""
_DRAFT = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from PIL import Image
def small(name):
    for px in (1600, 256):
        with Image.open(name) as picture:
            picture.draft("RGB", (px, px))
            picture.thumbnail((px, px))
            picture.save(Path(sys.argv[1]) / f"{px}-{Path(name).name}", quality=85)
with ThreadPoolExecutor(2) as threads:
    list(threads.map(small, sys.argv[2:]))
"""


def main() -> int:
    """Print times, ratio and memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=500)
    parser.add_argument("--memory", type=int, default=0, help="photos of the second, larger import")
    arguments = parser.parse_args()
    print(f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}, "
          f"{os.cpu_count()} cores, {_tool()}")  # fmt: skip
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as folder:
        work = Path(folder)
        os.environ["GEOPARK_PROFILE"] = str(work / "profile")
        count = arguments.photos
        size = _make_photos(work / "photos", count) / 1e6
        print(f"{count} JPEGs of 12 megapixels, {size / count:.1f} MB each")
        # The files are in the system's cache for both.
        both, thumbs, sums = (
            _tools(work, sizes=(1600, 256)),
            _tools(work, sizes=(256,)),
            _sums(work),
        )
        ours, memory = _import(work, "photos")
        _say("import, everything", ours, count)
        _say("both pictures + sha256sum", both + sums, count)
        _say("thumbnail only + sha256sum", thumbs + sums, count)
        print(f"throughput: {(both + sums) / ours:.2f} of the tools making the same pictures, "
              f"{(thumbs + sums) / ours:.2f} of the tools making thumbnails only")  # fmt: skip
        print(f"peak memory at {count}: {memory}")
        if arguments.memory:
            # Small files, as large when decoded: a disk need not hold 5,000 large ones twice.
            _make_photos(work / "many", arguments.memory, quality=20)
            seconds, memory = _import(work, "many")
            _say("import, everything", seconds, arguments.memory)
            print(f"peak memory at {arguments.memory}: {memory}")
    return 0


def _make_photos(folder: Path, count: int, *, quality: int = 90) -> int:
    """Draw some pictures and give every file bytes of its own by a comment."""
    folder.mkdir()
    chance = random.Random(1)
    motifs = []
    for number in range(min(_MOTIFS, count)):
        noise = Image.effect_noise((_SIZE[0] // 4, _SIZE[1] // 4), 60).resize(_SIZE)
        colour = tuple(chance.randrange(60, 200) for _ in range(3))
        tint = Image.new("RGB", _SIZE, colour)
        picture = Image.blend(Image.merge("RGB", (noise,) * 3), tint, 0.35)
        path = folder / f"motif-{number}.jpg"
        picture.filter(ImageFilter.SHARPEN).save(path, quality=quality)
        motifs.append(path.read_bytes())
        path.unlink()
    total = 0
    for number in range(count):
        comment = f"photo {number}".encode()
        segment = b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment
        content = motifs[number % len(motifs)]
        (folder / f"IMG_{number:05}.jpg").write_bytes(content[:2] + segment + content[2:])
        total += len(content)
    return total


def _import(work: Path, name: str) -> tuple[float, str]:
    catalogue = work / f"catalogue-{name}"
    outcome = subprocess.run(
        [sys.executable, "-c", _IMPORT, catalogue, work / name],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, before, peak, files, touched = json.loads(outcome.stdout)
    assert files == touched, (files, touched)
    shutil.rmtree(catalogue)
    parts = " + ".join(f"{part:.0f}" for part in peak)
    return (
        seconds,
        f"{sum(peak):.0f} MB = {parts} (program and workers; program before: {before:.0f})",
    )


def _tool() -> str:
    if shutil.which("vipsthumbnail") is None:
        return "vipsthumbnail is absent: Pillow's draft thumbnail stands in"
    version = subprocess.run(["vips", "--version"], capture_output=True, text=True, check=False)
    return version.stdout.strip() or "vipsthumbnail"


def _tools(work: Path, *, sizes: tuple[int, ...]) -> float:
    out = work / "small"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    names = [str(path) for path in sorted((work / "photos").iterdir())]
    started = time.perf_counter()
    if shutil.which("vipsthumbnail") is None:
        subprocess.run([sys.executable, "-c", _DRAFT, out, *names], check=True)
        return time.perf_counter() - started
    for px in sizes:
        target = f"{out}/{px}-%s.jpg[Q=85,strip]"
        # Two at a time: quicker than one vipsthumbnail with threads of its own.
        halves = [
            subprocess.Popen(["vipsthumbnail", "--size", str(px), "-o", target, *names[at::2]])
            for at in range(2)
        ]
        assert [half.wait() for half in halves] == [0, 0]
    return time.perf_counter() - started


def _sums(work: Path) -> float:
    names = [str(path) for path in sorted((work / "photos").iterdir())]
    started = time.perf_counter()
    subprocess.run(["sha256sum", *names], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def _say(what: str, seconds: float, count: int) -> None:
    print(f"{what}: {seconds:.1f} s, {count / seconds:.1f} photos/s")


if __name__ == "__main__":
    raise SystemExit(main())
