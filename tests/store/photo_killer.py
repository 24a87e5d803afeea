"""A program that imports photos and kills itself at one stage: a fault point, without hooks.

Run as `python tests/store/photo_killer.py FOLDER PHOTOS STAGE CALLS`: it dies at the call number
CALLS of that stage. Each line it prints is how many photos are stored for good.
"""

import io
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from geopark_app.domain.progress import Progress
from geopark_app.operations import photo_storing
from geopark_app.operations.context import open_context
from geopark_app.operations.photos import add_photos
from geopark_app.photos import decoders, importing
from geopark_app.store import coming_files, files, search, unit_of_work

# Windows has no such signal, and skips the tests that use this.
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)

STAGES: dict[str, tuple[object, str]] = {
    "find": (importing, "_found"),
    "identify": (importing, "identify"),
    "hash": (importing, "_hashed"),
    "decode": (decoders, "_ask"),
    "place": (photo_storing, "position_of"),
    "note": (coming_files, "write_atomically"),
    "open": (io, "open"),
    "flush": (os, "fsync"),
    "rename": (os, "replace"),
    "small-pictures": (files, "write_atomically"),
    "record": (unit_of_work, "seal"),
    "index": (search, "refresh"),
    "unlink": (os, "unlink"),
}


def die_at(module: object, name: str, calls: int) -> None:
    """Let a function of a module kill this process at its call number `calls`."""
    original: Callable[..., Any] = getattr(module, name)
    left = calls

    def call(*arguments: Any, **named: Any) -> Any:
        nonlocal left
        if sys.platform == "win32":
            raise OSError("Windows has no such signal")
        left -= 1
        if left < 0:
            os.kill(os.getpid(), KILL)
        return original(*arguments, **named)

    setattr(module, name, call)


def tell(progress: Progress) -> None:
    """Acknowledge what is stored for good."""
    sys.stdout.write(f"{progress.done}\n")
    sys.stdout.flush()


def main() -> None:
    """Import until the fault point."""
    folder, photos, stage, calls = sys.argv[1:]
    context = open_context(Path(folder), person="Hà", device="killed")
    if stage != "none":
        die_at(*STAGES[stage], int(calls))
    add_photos(context, [Path(photos)], progress=tell)
    context.catalogue.close()


if __name__ == "__main__":
    main()
