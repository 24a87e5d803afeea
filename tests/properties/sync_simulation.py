"""Random work on several laptops with an oracle that knows what each person saw.

The oracle never looks at the merge: it notes which value a person had before them when they typed
another, and which deletes they made with what knowledge. At the end every value that nobody typed
over must be shown or listed, and no record may lie in the trash that somebody wrote to without
the deleter's knowledge.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from geopark_app.domain.change import Changes, OpId
from geopark_app.domain.kinds import KINDS, Site
from geopark_app.operations.bundles import (
    Packed,
    pack_saves,
    read_bundle,
    retry_parked,
    take_bundle,
)
from geopark_app.store.checking import check_log
from geopark_app.store.engine import reading, writing
from geopark_app.store.exchange_log import version_vector
from geopark_app.store.fold import rebuild, writes_in_force
from tests.builders import NOON, make_photo, make_site, rows
from tests.laptops import Laptop, make_team

FIELDS = ("village", "manager")
STATE = (
    "SELECT * FROM site ORDER BY uuid",
    "SELECT * FROM photo ORDER BY uuid",
    "SELECT * FROM head ORDER BY 1, 2, 3, 4, 5",
    "SELECT * FROM insert_of ORDER BY 1, 2, 3, 4",
    "SELECT tbl, row_uuid, author, seq FROM tomb ORDER BY 1, 2, 3, 4",
    "SELECT tbl, row_uuid, field, kind FROM conflict ORDER BY 1, 2, 3",
)


@dataclass
class Oracle:
    """What people saw and did."""

    written: dict[str, OpId] = field(default_factory=dict)
    typed_over: set[str] = field(default_factory=set)
    cells: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    life: dict[str, list[OpId]] = field(default_factory=dict)
    deletes: list[tuple[str, OpId, dict[str, int]]] = field(default_factory=list)
    restores: list[tuple[str, dict[str, int]]] = field(default_factory=list)

    def note_life(self, uuid: str, op: OpId) -> None:
        """Note that somebody wrote to a record."""
        self.life.setdefault(uuid, []).append(op)

    def may_be_in_trash(self, uuid: str) -> bool:
        """Say whether somebody deleted it who knew all that was written to it, for good."""
        return any(
            where == uuid
            and not any(
                other == uuid and knew.get(delete.author, 0) >= delete.seq
                for other, knew in self.restores
            )
            and all(
                op.author == delete.author or seen.get(op.author, 0) >= op.seq
                for op in self.life[uuid]
            )
            for where, delete, seen in self.deletes
        )


class Simulation:
    """Several laptops, random events, one seed."""

    def __init__(
        self, root: Path, template: Path, seed: int, *, laptops: int = 4, mad_clocks: bool = True
    ) -> None:
        self.chance = random.Random(seed)
        self.seed = seed
        self.laptops = make_team(root, template, *(f"L{n}" for n in range(laptops)))
        for laptop in self.laptops:
            _quick(laptop)
            if mad_clocks:
                days = self.chance.choice([0, 0, -20000, 400, 26000])
                laptop.clock.now = NOON + timedelta(days=days, seconds=self.chance.random())
        self.oracle = Oracle()
        self.sites: list[str] = []
        self.in_flight: list[tuple[Laptop, bytes]] = []
        self.number = 0

    def run(self, events: int) -> None:
        """Let things happen."""
        for _ in range(events):
            self.event()

    def event(self) -> None:
        """Let one thing happen on one laptop."""
        laptop = self.chance.choice(self.laptops)
        what: Callable[[Laptop], None] = self.chance.choices(
            [self.add, self.edit, self.delete, self.restore, self.photo, self.send, self.arrive],
            [6, 30, 8, 4, 5, 20, 27],
        )[0]
        what(laptop)

    def add(self, laptop: Laptop) -> None:
        """Make a site with a village."""
        value = self.value()
        site = make_site(village=value)
        op = self.save(laptop, lambda work: work.put(site))
        self.sites.append(site.uuid)
        self.oracle.cells.setdefault((site.uuid, "village"), set()).add(value)
        self.oracle.note_life(site.uuid, op)

    def edit(self, laptop: Laptop) -> None:
        """Type another value over the one shown."""
        uuid = self.known_site(laptop)
        if uuid is None:
            return
        name, value = self.chance.choice(FIELDS), self.value()
        shown = getattr(laptop.site(uuid), name)
        op = self.save(laptop, lambda work: work.set_columns(KINDS["site"], uuid, {name: value}))
        if shown is not None:
            self.oracle.typed_over.add(shown)
        self.oracle.cells.setdefault((uuid, name), set()).add(value)
        if not laptop.site(uuid).deleted:
            self.oracle.note_life(uuid, op)

    def delete(self, laptop: Laptop) -> None:
        """Put a site into the trash."""
        uuid = self.known_site(laptop)
        if uuid is None or laptop.site(uuid).deleted:
            return
        seen = version_vector(laptop.context.catalogue)
        op = self.save(laptop, lambda work: work.delete(KINDS["site"], uuid))
        self.oracle.deletes.append((uuid, op, seen))

    def restore(self, laptop: Laptop) -> None:
        """Take a site out of the trash."""
        uuid = self.known_site(laptop)
        if uuid is None or not laptop.site(uuid).deleted:
            return
        seen = version_vector(laptop.context.catalogue)
        op = self.save(laptop, lambda work: work.restore(KINDS["site"], uuid))
        self.oracle.restores.append((uuid, seen))
        self.oracle.note_life(uuid, op)

    def photo(self, laptop: Laptop) -> None:
        """Hang a photo on a site."""
        uuid = self.known_site(laptop)
        if uuid is None or laptop.site(uuid).deleted:
            return
        photo = make_photo(site_uuid=uuid)
        self.oracle.note_life(uuid, self.save(laptop, lambda work: work.put(photo)))

    def send(self, laptop: Laptop) -> None:
        """Pack what somebody may lack, now and then from an older base, for anybody."""
        other = self.chance.choice(self.laptops)
        base = version_vector(other.context.catalogue) if self.chance.random() < 0.7 else {}
        for packed in self.packed(laptop, base):
            for _ in range(self.chance.choice([1, 1, 2])):
                self.in_flight.append((self.chance.choice([other, other, laptop]), packed.raw))

    def arrive(self, _laptop: Laptop) -> None:
        """Let a random bundle arrive, sometimes at somebody it was not meant for."""
        if not self.in_flight:
            return
        at = self.chance.randrange(len(self.in_flight))
        laptop, raw = self.in_flight.pop(at)
        if self.chance.random() < 0.2:
            laptop = self.chance.choice(self.laptops)
        deliver(laptop, raw)

    def packed(self, laptop: Laptop, base: dict[str, int]) -> list[Packed]:
        """Give the bundles a laptop makes on a base."""
        with laptop.at_work() as context:
            return list(pack_saves(context, base))

    def save(self, laptop: Laptop, write: Callable[[Any], None]) -> OpId:
        """Save, and give the operation that was first in it."""
        with laptop.at_work() as context, context.work("step") as work:
            write(work)
        changes: Changes = work.changes
        assert changes.save is not None
        return changes.save

    def value(self) -> str:
        """Give a value nobody typed before."""
        self.number += 1
        return f"value {self.number}"

    def known_site(self, laptop: Laptop) -> str | None:
        """Give a site this laptop has, often the same few."""
        some = self.sites[:3] if self.chance.random() < 0.6 else self.sites
        known = [uuid for uuid in some if laptop.context.catalogue.get(Site, uuid)]
        return self.chance.choice(known) if known else None

    def finish(self) -> None:
        """Let everybody meet everybody, in random order, twice."""
        for _ in range(2):
            pairs = [(a, b) for a in self.laptops for b in self.laptops if a is not b]
            self.chance.shuffle(pairs)
            for giver, taker in pairs:
                base = version_vector(taker.context.catalogue)
                for packed in self.packed(giver, base):
                    deliver(taker, packed.raw)

    def check(self) -> None:
        """Hold the end against the oracle."""
        first = _state(self.laptops[0])
        for laptop in self.laptops:
            said = f"seed {self.seed}, {laptop.name}"
            assert _state(laptop) == first, f"{said} differs"
            assert check_log(laptop.context.catalogue) == [], said
            with writing(laptop.context.catalogue.engine) as connection:
                rebuild(connection)
            assert _state(laptop) == first, f"{said} differs after a rebuild"
        self.check_values()
        self.check_trash()

    def check_values(self) -> None:
        """Every value nobody typed over is in force, and no other."""
        with reading(self.laptops[0].context.catalogue.engine) as connection:
            for (uuid, name), values in self.oracle.cells.items():
                writes = writes_in_force(connection, ("site", uuid), name)
                found = {str(write.value) for write in writes}
                wanted = values - self.oracle.typed_over
                assert found == wanted, f"seed {self.seed}: {uuid}.{name}"

    def check_trash(self) -> None:
        """Nothing lies in the trash that was written to behind the deleter's back."""
        for uuid in self.sites:
            if self.laptops[0].site(uuid).deleted:
                assert self.oracle.may_be_in_trash(uuid), f"seed {self.seed}: {uuid} in the trash"

    def close(self) -> None:
        """Close every catalogue."""
        for laptop in self.laptops:
            laptop.close()


def deliver(laptop: Laptop, raw: bytes) -> None:
    """Let a bundle arrive."""
    with laptop.at_work() as context:
        take_bundle(context, raw, read_bundle(context, raw))
        retry_parked(context)


def _state(laptop: Laptop) -> list[tuple[Any, ...]]:
    return [row for query in STATE for row in rows(laptop.folder, query)]


def _quick(laptop: Laptop) -> None:
    """Leave out the waiting for the disk: nothing is killed here."""
    engine = laptop.context.catalogue.engine
    engine.dispose()

    def relax(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA synchronous = OFF")

    sa.event.listen(engine, "connect", relax)
