"""Random long use by several programs, with kills, until the time is over.

`python -m tests.tools.soak MINUTES`; the seed is printed, and `--seed N` does the same again. Each
round takes a fresh catalogue: a writer killed at random moments, another program's SQL, copies
restored from backups, two writers at once, then `check`, eight laptops of a team against an oracle,
and the property tests with that seed.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from geopark_app.operations.catalogues import create_new
from geopark_app.operations.context import open_context
from geopark_app.operations.safety import back_up_catalogue, check_catalogue
from tests.builders import raw
from tests.properties.sync_simulation import Simulation
from tests.store.killing import (
    draw_photos,
    kill_edits,
    kill_import,
    kill_photos,
    run_and_kill,
    writer,
)
from tests.store.photo_killer import STAGES

ROOT = Path(__file__).resolve().parents[2]
KILLS_OF_A_ROUND = 6
IMPORT_KILLS_OF_A_ROUND = 12
# Calls to the disk that each work makes, about, and how many kills of it a round has.
STEPS = {"backup": 140, "heal": 75, "export": 75}
STEP_KILLS = 70


def main() -> int:
    """Run rounds until the time is over; the exit code says whether all held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("minutes", type=float)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**31))
    arguments = parser.parse_args()
    end = time.monotonic() + arguments.minutes * 60
    rounds = 0
    while rounds == 0 or time.monotonic() < end:
        seed = arguments.seed + rounds
        print(f"round {rounds + 1}, --seed {seed}", flush=True)
        try:
            one_round(seed)
        except AssertionError as error:
            print(f"FAILED with --seed {seed}: {error}", flush=True)
            return 1
        rounds += 1
    print(f"{rounds} rounds held", flush=True)
    return 0


def one_round(seed: int) -> None:
    """Use one catalogue hard, then look at it."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="geopark-soak-") as place:
        root = Path(place)
        os.environ["GEOPARK_PROFILE"] = str(root / "profile")
        folder = root / "catalogue"
        create_new(folder, starter="empty", person="Hà", device="soak").catalogue.close()
        known: dict[str, str] = {}
        for number in range(KILLS_OF_A_ROUND):
            kill_edits(folder, seed * 1000 + number, known)
            chance.choice([foreign_write, restore_a_copy, nothing])(folder, chance)
        kill_photos(folder, seed * 1000 + 500)
        kill_imports(folder, chance, IMPORT_KILLS_OF_A_ROUND)
        two_at_once(folder, seed, chance)
        check(folder, seed)
        many_laptops(root, seed, chance)
        kill_photo_safety(root, seed)
    state_machine(seed)


def kill_imports(folder: Path, chance: random.Random, times: int) -> None:
    """Kill imports of photos at random calls of random stages, on one catalogue that grows."""
    for number in range(times):
        photos = draw_photos(folder.parent / f"stick-{number}", 12, chance.randrange(10**9))
        kill_import(folder, photos, chance.choice(list(STAGES)), chance.randrange(24))
        shutil.rmtree(photos)


def foreign_write(folder: Path, chance: random.Random) -> None:
    """Write as QGIS would."""
    with raw(folder) as connection:
        connection.execute("UPDATE site SET village = ?", (f"thôn {chance.random()}",))


def restore_a_copy(folder: Path, chance: random.Random) -> None:
    """Work on in a copy made from a backup: the author must begin a new life."""
    context = open_context(folder, person="Hà", device="soak")
    with context.catalogue:
        backup = back_up_catalogue(context)
    copy = folder.parent / f"copy-{chance.randrange(10**9)}"
    shutil.copytree(folder, copy)
    for journal in copy.glob("catalogue.sqlite*"):
        journal.unlink()
    shutil.copy2(backup, copy / "catalogue.sqlite")
    kill_edits(copy, chance.randrange(10**9), {})
    shutil.rmtree(copy)


def nothing(_folder: Path, _chance: random.Random) -> None:
    """Go on at once."""


def two_at_once(folder: Path, seed: int, chance: random.Random) -> None:
    """Let two programs write beside each other, and kill both."""
    after = chance.uniform(200, 1500)
    threads = [
        threading.Thread(
            target=run_and_kill,
            args=(writer(folder, "edits", seed * 1000 + 900 + number),),
            kwargs={"after_ms": after, "ready": True},
        )
        for number in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def check(folder: Path, seed: int) -> None:
    """Look at log, state and files."""
    context = open_context(folder, person="Hà", device="soak")
    with context.catalogue:
        findings = check_catalogue(context)
    assert findings == [], f"seed {seed}: {findings}"


def many_laptops(root: Path, seed: int, chance: random.Random) -> None:
    """Let a team work for long, with wrong clocks and disks set back; nothing may be lost."""
    template = root / "template"
    create_new(template, starter="empty", person="Hà", device="soak").catalogue.close()
    simulation = Simulation(root / "team", template, seed, laptops=8)
    try:
        for _week in range(6):
            simulation.run(60)
            laptop = chance.choice(simulation.laptops)
            simulation.back_up(laptop)
            simulation.run(20)
            simulation.restore_backup(laptop)
        simulation.later_bundle_first()
        simulation.photo_behind_a_delete()
        simulation.finish()
        simulation.check()
    finally:
        simulation.close()


def kill_photo_safety(root: Path, seed: int) -> None:
    """Kill backup, finding again and handing over at random calls, each on a fresh copy."""
    folder = root / "made" / "catalogue"
    folder.parent.mkdir()
    create_new(folder, starter="empty", person="Hà", device="soak").catalogue.close()
    for words in (
        ["prepare", str(folder)],
        *(
            [what, str(folder), "0", str(calls), str(max(1, calls // STEP_KILLS)), str(seed)]
            for what, calls in STEPS.items()
        ),
    ):
        outcome = subprocess.run(
            [sys.executable, "-m", "tests.store.step_killer", *words],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert outcome.returncode == 0, f"{words}: {outcome.stdout[-500:]}{outcome.stderr[-2000:]}"


def state_machine(seed: int) -> None:
    """Run the property tests with this seed."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", f"--hypothesis-seed={seed}"]
    outcome = subprocess.run(
        [*command, "tests/properties"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 0, outcome.stdout[-4000:]


if __name__ == "__main__":
    raise SystemExit(main())
