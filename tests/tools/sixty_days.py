"""Sixty days of twenty laptops that meet by stick, folder, hub and mail: one state, nothing lost.

`python -m tests.tools.sixty_days [--laptops 20] [--days 60] [--seed N]`. Clocks are wrong by
years, exchanges are broken off, disks are set back to a backup; sticks are full of other people's
files. The oracle of `sync_simulation` knows what each person saw when they typed. Without
PostgreSQL the hub's part is left out and said so.
"""

import argparse
import hashlib
import os
import random
import shutil
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from geopark_app.domain.errors import Cancelled, GeoparkError
from geopark_app.domain.progress import CancelToken, Progress
from geopark_app.operations.bundles import export_bundle, import_bundle
from geopark_app.operations.catalogues import create_new
from geopark_app.operations.exchanging import exchange_folder
from geopark_app.operations.hub_exchange import HubPlace, exchange_hub
from geopark_app.operations.hubs import new_login, prepare
from geopark_app.operations.photos import add_photos
from geopark_app.store.hub_address import read_address
from geopark_app.store.hub_setup import HubRole
from tests.builders import rows
from tests.laptops import Laptop, picture
from tests.postgres import PROGRAMS, Cluster, running_cluster
from tests.properties.sync_simulation import Simulation

_STICKS = 3
_WORK_A_DAY = 4
_MEETS_A_DAY = 0.35
_REPORT_EVERY = 10


class SixtyDays(Simulation):
    """The random work of the simulation, with real sticks, photos and a hub between the laptops."""

    def __init__(self, root: Path, template: Path, seed: int, laptops: int) -> None:
        super().__init__(root, template, seed, laptops=laptops)
        self.root = root
        self.places = [root / f"stick{number}" for number in range(_STICKS)]
        self.places.append(root / "shared")
        for place in self.places:
            place.mkdir()
            (place / "ảnh cưới.jpg").write_bytes(b"somebody's own")
        self.hub: dict[str, HubPlace] = {}
        self.originals: dict[str, str] = {}
        self.met = {"stick or folder": 0, "hub": 0, "mail": 0, "broken off": 0, "set back": 0}

    def use_hub(self, cluster: Cluster) -> None:
        """Give every laptop a login on a hub."""
        address, password = read_address(cluster.create("sixty"))
        admin = HubPlace(address=address, password=password)
        with self.laptops[0].at_work() as context:
            prepare(context, admin)
        shared = self.root / "server"
        shared.mkdir()
        for laptop in self.laptops:
            made, secret = new_login(admin, laptop.name.lower(), HubRole.MEMBER)
            self.hub[laptop.name] = HubPlace(address=made, password=secret, photos=shared)

    def day(self) -> None:
        """Let everybody work; some meet."""
        for laptop in self.laptops:
            for _work in range(self.chance.randrange(_WORK_A_DAY)):
                self.work(laptop)
            if self.chance.random() < _MEETS_A_DAY:
                self.meet(laptop)
        if self.chance.random() < 0.1:
            self.back_up(self.chance.choice(self.laptops))
        if self.backups and self.chance.random() < 0.04:
            self.restore_backup(self.chance.choice(self.laptops))
            self.met["set back"] += 1

    def work(self, laptop: Laptop) -> None:
        """Let one thing be done on a laptop."""
        likely = {
            self.add: 5, self.edit: 34, self.open_form: 4, self.delete: 4, self.restore: 3,
            self.settle: 4, self.jump: 1, self.take_photo: 5,
        }  # fmt: skip
        (what,) = self.chance.choices(list(likely), list(likely.values()))
        what(laptop)
        if self.forms and self.chance.random() < 0.2:
            self.save_form(laptop)

    def take_photo(self, laptop: Laptop) -> None:
        """Bring a real picture in."""
        path = self.root / f"{len(self.originals)}.jpg"
        picture(path, self.seed * 1000 + len(self.originals))
        with laptop.at_work() as context:
            (one,) = add_photos(context, [path]).files
        self.originals[str(one.sha256)] = laptop.name
        path.unlink()

    def meet(self, laptop: Laptop) -> None:
        """Exchange somewhere; now and then it is broken off."""
        cancel = CancelToken()
        left = self.chance.randrange(2, 40) if self.chance.random() < 0.15 else None

        def tell(_progress: Progress) -> None:
            nonlocal left
            if left is not None:
                left -= 1
                if left <= 0:
                    cancel.cancel()

        way = self.chance.choice(["folder", "folder", "hub", "mail"])
        try:
            with laptop.at_work() as context:
                if way == "hub" and self.hub:
                    exchange_hub(context, self.hub[laptop.name], progress=tell, cancel=cancel)
                    self.met["hub"] += 1
                elif way == "mail":
                    self.mail(laptop)
                else:
                    place = self.chance.choice(self.places)
                    exchange_folder(context, place, progress=tell, cancel=cancel)
                    self.met["stick or folder"] += 1
        except Cancelled:
            self.met["broken off"] += 1

    def mail(self, laptop: Laptop) -> None:
        """Send a colleague one bundle."""
        letter = self.root / "letter.gsb"
        with laptop.at_work() as context:
            packed = export_bundle(context, letter, encrypt=self.chance.random() < 0.5)
        if packed is None:
            return
        other = self.chance.choice([one for one in self.laptops if one is not laptop])
        with other.at_work() as context:
            import_bundle(context, letter)
        self.met["mail"] += 1

    def last_meetings(self) -> None:
        """Let everybody come by one folder three times: what a person has is handed on."""
        place = self.places[-1]
        for _round in range(3):
            for laptop in self.laptops:
                with laptop.at_work() as context:
                    exchange_folder(context, place)

    def lost_photos(self) -> int:
        """Give how many originals some laptop lacks though their record is there."""
        wanted = {
            str(row[0])
            for row in rows(self.laptops[0].folder, "SELECT sha256 FROM photo WHERE sha256 <> ''")
        }
        return sum(
            not laptop.context.catalogue.files.is_whole(sha256)
            for laptop in self.laptops
            for sha256 in wanted & set(self.originals)
        )


def main() -> int:
    """Run as a script; the exit code says whether nothing was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--laptops", type=int, default=20)
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**31))
    asked = parser.parse_args()
    print(f"--laptops {asked.laptops} --days {asked.days} --seed {asked.seed}", flush=True)
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="geopark-days-")))
        cluster = stack.enter_context(running_cluster()) if PROGRAMS else None
        return sixty_days(root, cluster, laptops=asked.laptops, days=asked.days, seed=asked.seed)


def sixty_days(root: Path, cluster: Cluster | None, *, laptops: int, days: int, seed: int) -> int:
    """Let the days go by, print a table, and give 0 when all ended alike with nothing lost."""
    started = time.monotonic()
    os.environ["GEOPARK_PROFILE"] = str(root / "profile")
    template = root / "template"
    create_new(template, starter="empty", person="Hà", device="x").catalogue.close()
    team = SixtyDays(root / "team", template, seed, laptops)
    try:
        if cluster is None:
            print("PostgreSQL is not installed here: no hub in this run.")
        else:
            team.use_hub(cluster)
        print("day | values typed | deletes | photos | stick, folder | hub | mail | broken off")
        for day in range(1, days + 1):
            team.day()
            if day % _REPORT_EVERY == 0 or day == days:
                print(_line(day, team), flush=True)
        team.last_meetings()
        team.check()
        lost = team.lost_photos()
    except (AssertionError, GeoparkError) as error:
        print(f"FAILED with --seed {seed}: {error}")
        return 1
    finally:
        team.close()
    states = hashlib.sha256(repr(rows(team.laptops[0].folder, "SELECT * FROM head")).encode())
    print(f"one state ({states.hexdigest()[:12]}), lost values 0, lost photos {lost}, "
          f"disks set back {team.met['set back']}, {time.monotonic() - started:.0f} s")  # fmt: skip
    shutil.rmtree(root / "team")
    return 0 if lost == 0 else 1


def _line(day: int, team: SixtyDays) -> str:
    met = team.met
    counts = (
        day, len(team.oracle.edits), len(team.oracle.deletes), len(team.originals),
        met["stick or folder"], met["hub"], met["mail"], met["broken off"],
    )  # fmt: skip
    return " | ".join(str(count) for count in counts)


if __name__ == "__main__":
    sys.exit(main())
