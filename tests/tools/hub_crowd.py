"""Many real programs at one PostgreSQL hub, some killed, the server crashed: nothing is missed.

`python -m tests.tools.hub_crowd [--laptops 20] [--seed N] [--rounds 6] [--kills 20]` starts a
server of its own on loopback. Each laptop is a process of its own that edits and exchanges; then
all meet twice more and must hold the same catalogue.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from geopark_app.domain.errors import GeoparkError
from geopark_app.operations.catalogues import create_new
from geopark_app.operations.context import open_context
from geopark_app.operations.hub_exchange import HubPlace, exchange_hub
from geopark_app.operations.hubs import new_login, prepare
from geopark_app.operations.records import add_record, set_fields
from geopark_app.store.checking import check_log
from geopark_app.store.hub_address import read_address
from geopark_app.store.hub_setup import HubRole
from tests.builders import rows
from tests.laptops import Laptop, make_team
from tests.postgres import Cluster, running_cluster

ROOT = Path(__file__).resolve().parents[2]
_EDITS = 4
_CHAINS = """
SELECT count(*) FROM geopark_log.save AS later WHERE first > 1 AND NOT EXISTS (
    SELECT FROM geopark_log.save AS earlier WHERE earlier.author = later.author
    AND earlier.last = later.first - 1 AND earlier.hash = later.prev_hash)
"""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a crowd: how much was written, suffered and missed."""

    laptops: int
    saves: int
    kills: int
    crashes: int
    missed: int
    broken: int
    states: int
    seconds: float


def crowd(
    root: Path, cluster: Cluster, *, laptops: int, rounds: int, kills: int, seed: int
) -> Outcome:
    """Let laptops work at once against a hub, kill some, crash the server once, then compare."""
    started = time.monotonic()
    os.environ["GEOPARK_PROFILE"] = str(root / "profile")
    create_new(root / "template", starter="empty", person="Hà", device="x").catalogue.close()
    team = make_team(root, root / "template", *(f"m{at}" for at in range(laptops)))
    address, password = read_address(cluster.create("crowd"))
    admin = HubPlace(address=address, password=password)
    with team[0].at_work() as context:
        prepare(context, admin)
    places = []
    for laptop in team:
        made, secret = new_login(admin, laptop.name, HubRole.MEMBER)
        places.append(HubPlace(address=made, password=secret))
        laptop.close()
    done_kills = _work(cluster, team, places, rounds=rounds, kills=kills, seed=seed)
    for _round in range(2):
        for laptop, place in zip(team, places, strict=True):
            laptop.open()
            with laptop.at_work() as context:
                receipt = exchange_hub(context, place)
                assert receipt.refused == (), receipt.refused
            laptop.close()
    with psycopg.connect(cluster.url("crowd")) as connection:
        saves = int(str(connection.execute("SELECT count(*) FROM geopark_log.save").fetchone()[0]))  # type: ignore[index]
        broken = int(str(connection.execute(_CHAINS).fetchone()[0]))  # type: ignore[index]
    states, missed, damaged = _compare(team, saves)
    return Outcome(
        laptops=laptops,
        saves=saves,
        kills=done_kills,
        crashes=1,
        missed=missed,
        broken=broken + damaged,
        states=states,
        seconds=time.monotonic() - started,
    )


def _work(
    cluster: Cluster,
    team: list[Laptop],
    places: list[HubPlace],
    *,
    rounds: int,
    kills: int,
    seed: int,
) -> int:
    """Run a process for each laptop; one killed begins again, until all did their rounds."""
    chance = random.Random(seed)

    def start(at: int) -> subprocess.Popen[bytes]:
        place = places[at]
        url = cluster.url("crowd", place.address.user, place.password)
        command = [sys.executable, "-m", "tests.tools.hub_crowd", "--laptop", str(team[at].folder)]
        return subprocess.Popen(
            [*command, "--url", url, "--rounds", str(rounds), "--seed", str(seed * 100 + at)],
            cwd=ROOT,
            env={**os.environ, "GEOPARK_PROFILE": str(team[at].profile)},
        )

    running = {at: start(at) for at in range(len(team))}
    killed = 0
    crash_after = chance.uniform(1, 4)
    began = time.monotonic()
    crashed = False
    while running:
        time.sleep(0.1)
        if not crashed and time.monotonic() - began > crash_after:
            cluster.stop("immediate")
            cluster.start()
            crashed = True
        if killed < kills and chance.random() < 0.3:
            at = chance.choice(sorted(running))
            running[at].kill()
            running[at].wait()
            killed += 1
            running[at] = start(at)
        for at, process in list(running.items()):
            if process.poll() is not None:
                assert process.returncode == 0, f"laptop {at}: {process.returncode}"
                del running[at]
    return killed


def _compare(team: list[Laptop], saves: int) -> tuple[int, int, int]:
    """Give how many different states there are, saves missed by anybody, and damaged logs."""
    states, missed, damaged = set(), 0, 0
    for laptop in team:
        laptop.open()
        damaged += len(check_log(laptop.context.catalogue))
        laptop.close()
        parts = ("site ORDER BY uuid", "head ORDER BY 1, 2, 3, 4, 5", "conflict ORDER BY 1, 2, 3")
        states.add(
            repr([row for part in parts for row in rows(laptop.folder, f"SELECT * FROM {part}")])
        )
        (count,) = rows(laptop.folder, "SELECT count(*) FROM txn")[0]
        missed += abs(saves - int(str(count)))
    return len(states), missed, damaged


def one_laptop(folder: Path, url: str, *, rounds: int, seed: int) -> None:
    """Edit and exchange; a server that is away is tried again in the next round."""
    chance = random.Random(seed)
    address, password = read_address(url)
    place = HubPlace(address=address, password=password)
    context = open_context(folder, person="Người", device=folder.parent.name)
    with_hub = 0
    while with_hub < rounds:
        for _edit in range(_EDITS):
            known = [str(row[0]) for row in rows(folder, "SELECT uuid FROM site WHERE deleted = 0")]
            if known and chance.random() < 0.7:
                field = chance.choice(["village", "manager", "name_vi"])
                set_fields(context, "site", chance.choice(known), {field: f"Chữ {chance.random()}"})
            else:
                add_record(context, "site", {"code": f"T-{chance.randrange(10**9)}"})
        try:
            exchange_hub(context, place)
            with_hub += 1
        except GeoparkError as error:
            if error.code.value != "hub-away":
                raise
            time.sleep(0.2)
    context.catalogue.close()


def main() -> int:
    """Run as a script; the exit code says whether nothing was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--laptops", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**31))
    parser.add_argument("--laptop", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.laptop:
        one_laptop(asked.laptop, asked.url, rounds=asked.rounds, seed=asked.seed)
        return 0
    print(f"--seed {asked.seed}", flush=True)
    with (
        tempfile.TemporaryDirectory(prefix="geopark-crowd-") as place,
        running_cluster("fsync=on") as cluster,
    ):
        found = crowd(
            Path(place), cluster, laptops=asked.laptops, rounds=asked.rounds, kills=asked.kills,
            seed=asked.seed,
        )  # fmt: skip
    print(found)
    return 0 if (found.missed, found.broken, found.states) == (0, 0, 1) else 1


if __name__ == "__main__":
    raise SystemExit(main())
