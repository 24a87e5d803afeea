"""Kills backup, finding again and handing over at a call to the disk, and looks at what is left.

`python -m tests.store.step_killer backup|heal|export FOLDER FROM TO STEP [SEED]` works on copies
of one prepared catalogue: for each number from FROM to TO a forked child does the work and kills
itself at that call (`mkdir`, `replace`, `fsync`, `open`, `write` …). Each look says one line.
"""

import os
import random
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from geopark_app.operations.backups import back_up_with_photos
from geopark_app.operations.context import AppContext, open_context
from geopark_app.operations.file_checking import check_files, needed_files
from geopark_app.operations.healing import heal_files
from geopark_app.operations.photo_exporting import PhotoExportOptions, PhotoSize, export_photos
from geopark_app.operations.photo_selection import PhotoSelection
from geopark_app.operations.safety import check_catalogue
from geopark_app.operations.whereabouts import whereabouts
from geopark_app.store.files import hash_of
from tests.photo_files import site_with_photos

NAMES = ("a.jpg", "b.jpg", "c.png", "d.webp")
CALLS = ("mkdir", "replace", "rename", "rmdir", "unlink", "fsync", "open", "read", "scandir")


def prepare(folder: Path) -> None:
    """Put photos into an empty catalogue, lose one, damage one, and keep copies beside."""
    context = open_context(folder, person="Hà", device="before")
    with context.catalogue as catalogue:
        site_with_photos(context, folder.parent / "camera", NAMES)
        photos = sorted(
            (file for file in catalogue.files_of_records() if file.is_original),
            key=lambda file: file.name,
        )
        for name in needed_files(context):
            spare = folder.parent / "spare" / name[:2]
            spare.mkdir(parents=True, exist_ok=True)
            shutil.copy(catalogue.files.path_of(name), spare / name)
        catalogue.files.path_of(photos[0].sha256).unlink()
        damaged = catalogue.files.path_of(photos[1].sha256)
        damaged.write_bytes(b"x" + damaged.read_bytes()[1:])
        check_files(context)


def work(what: str, folder: Path, out: Path) -> None:
    """Do the work once, in a context of its own."""
    context = open_context(folder, person="Hà", device="worker")
    with context.catalogue:
        match what:
            case "backup":
                back_up_with_photos(context, out)
            case "heal":
                heal_files(context, folder.parent / "spare")
            case _:
                options = PhotoExportOptions(size=PhotoSize.WEB)
                export_photos(context, out, PhotoSelection(), options)


def kill_at(number: int, deed: Callable[[], None]) -> bool:
    """Do a deed in a child that dies at a call to the disk; say whether it did."""
    child = os.fork()
    if child == 0:
        left = number

        def dying(original: Callable[..., Any]) -> Callable[..., Any]:
            def call(*arguments: Any, **named: Any) -> Any:
                nonlocal left
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return original(*arguments, **named)

            return call

        for name in CALLS:
            setattr(os, name, dying(getattr(os, name)))
        try:
            deed()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def look(what: str, folder: Path, out: Path) -> None:
    """Check what a killed program left, then do the work to its end and check again."""
    context = open_context(folder, person="Hà", device="after")
    with context.catalogue as catalogue:
        for name in catalogue.files.names():
            is_known_bad = what != "heal" and hash_of(catalogue.files.path_of(name)) != name
            assert is_known_bad or _is_honest(context, name), f"half a file in the store: {name}"
        for holding in whereabouts(context).holdings:
            for name in holding.files:
                copy = out / "files" / name[:2] / name
                assert hash_of(copy) == name, f"the have-list names no whole file: {name}"
        if what == "backup" and (out / "files").is_dir():
            for copy in (out / "files").glob("[0-9a-f][0-9a-f]/*"):
                assert hash_of(copy) == copy.name, f"half a file in the backup: {copy}"
        if what == "export" and out.exists():
            assert len(list(out.iterdir())) == len(NAMES) + 1, "half an export"
            shutil.rmtree(out)
    work(what, folder, out)
    again = open_context(folder, person="Hà", device="after")
    with again.catalogue:
        if what == "heal":
            assert check_catalogue(again) == []
            assert whereabouts(again).troubled == ()
            aside = list((again.catalogue.folder.files_dir / "damaged").iterdir())
            assert any(path.read_bytes().startswith(b"x") for path in aside), "damaged one gone"
        if what == "backup":
            (holding,) = whereabouts(again).holdings
            assert len(holding.files) == len(needed_files(again)) - 2
    left = [path for path in out.parent.iterdir() if path.name.startswith(f".{out.name}.")]
    assert left == [], f"left beside the export: {left}"


def _is_honest(context: AppContext, name: str) -> bool:
    """Say whether a file is whole, or the very one that was damaged before."""
    path = context.catalogue.files.path_of(name)
    return hash_of(path) == name or path.read_bytes().startswith(b"x")


def one(what: str, prepared: Path, number: int) -> bool:
    """Kill once on a fresh copy and look; say whether there was something to kill."""
    place = prepared.parent.parent / f"try-{what}-{number}"
    shutil.copytree(prepared.parent, place)
    folder, out = place / prepared.name, place / "out"
    try:
        killed = kill_at(number, lambda: work(what, folder, out))
        look(what, folder, out)
    finally:
        shutil.rmtree(place)
    return killed


def main(arguments: list[str]) -> int:
    """Kill at each number asked for, at random ones with a seed."""
    what, prepared = arguments[0], Path(arguments[1])
    first, last, step = (int(word) for word in arguments[2:5])
    numbers = list(range(first, last, step))
    if len(arguments) > 5:
        chance = random.Random(int(arguments[5]))
        numbers = [chance.randrange(first, last) for _number in numbers]
    for number in numbers:
        killed = one(what, prepared, number)
        sys.stdout.write(f"{what} {number} {'killed' if killed else 'ended'}\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(Path(sys.argv[2]))
    else:
        raise SystemExit(main(sys.argv[1:]))
