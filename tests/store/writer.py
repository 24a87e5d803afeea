"""A program that saves until it is killed: each line it prints is an acknowledged edit.

Run as `python tests/store/writer.py FOLDER edits|photos SEED`.
"""

import random
import sys
from pathlib import Path

from geopark_app.domain.kinds import Site
from geopark_app.operations.context import open_context
from geopark_app.operations.records import add_record, set_fields


def say(*words: object) -> None:
    """Acknowledge: from now on the edit may not be lost."""
    sys.stdout.write("\t".join(str(word) for word in words) + "\n")
    sys.stdout.flush()


def write_edits(folder: Path, seed: int) -> None:
    """Change and add sites for ever."""
    chance = random.Random(seed)
    context = open_context(folder, person="Hà", device="writer")
    say("ready")
    keys = [site.uuid for site in context.catalogue.records(Site)]
    for number in range(1_000_000):
        value = f"{seed}-{number}-" + "x" * chance.randrange(2000)
        if not keys or chance.random() < 0.1:
            record, _ = add_record(context, "site", {"remarks": value})
            keys.append(record.uuid)
            say(record.uuid, value)
        else:
            key = chance.choice(keys)
            set_fields(context, "site", key, {"remarks": value, "altitude_m": str(number)})
            say(key, value)


def write_photos(folder: Path, seed: int) -> None:
    """Draw pictures and add them for ever."""
    from PIL import Image

    from geopark_app.operations.photos import add_photos

    chance = random.Random(seed)
    context = open_context(folder, person="Hà", device="writer")
    say("ready")
    for number in range(1_000_000):
        path = folder.parent / f"{seed}-{number}.jpg"
        colour = tuple(chance.randrange(256) for _ in range(3))
        Image.new("RGB", (1200 + number, 900), colour).save(path)
        report = add_photos(context, [path])
        say(report.files[0].photo_uuid, report.files[0].sha256)


if __name__ == "__main__":
    {"edits": write_edits, "photos": write_photos}[sys.argv[2]](Path(sys.argv[1]), int(sys.argv[3]))
