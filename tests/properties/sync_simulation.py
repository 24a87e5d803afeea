"""Random work on several laptops with an oracle that knows what each person saw.

The oracle never looks at the merge: it notes which value a person had before them when they typed
another, and which deletes they made with what knowledge. At the end every value that nobody typed
over must be shown or listed, and no record may lie in the trash that somebody wrote to without
the deleter's knowledge.
"""

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from geopark_app.domain.change import Changes, OpId
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.kinds import KINDS, Site
from geopark_app.operations.bundles import (
    Packed,
    pack_saves,
    read_bundle,
    retry_parked,
    take_bundle,
)
from geopark_app.operations.conflicts import keep_text, list_conflicts
from geopark_app.operations.safety import back_up_catalogue
from geopark_app.store.checking import check_log
from geopark_app.store.engine import reading, writing
from geopark_app.store.exchange_log import version_vector
from geopark_app.store.fold import rebuild, writes_in_force
from tests.builders import NOON, make_photo, make_site, rows
from tests.laptops import Laptop, make_team

FIELDS = ("village", "manager")
SHARED_SITES = 3
STATE = (
    "SELECT * FROM site ORDER BY uuid",
    "SELECT * FROM photo ORDER BY uuid",
    "SELECT * FROM head ORDER BY 1, 2, 3, 4, 5",
    "SELECT * FROM insert_of ORDER BY 1, 2, 3, 4",
    "SELECT tbl, row_uuid, author, seq FROM tomb ORDER BY 1, 2, 3, 4",
    "SELECT tbl, row_uuid, field, kind FROM conflict ORDER BY 1, 2, 3",
)


@dataclass(frozen=True)
class Edit:
    """Somebody typed a value over the one shown."""

    op: OpId
    uuid: str
    name: str
    value: str
    shown: str | None


@dataclass(frozen=True)
class Step:
    """Somebody wrote to a record, deleted or restored it, knowing so much."""

    op: OpId
    uuid: str
    knew: dict[str, int]


@dataclass
class Oracle:
    """What people saw and did."""

    edits: list[Edit] = field(default_factory=list)
    life: list[Step] = field(default_factory=list)
    deletes: list[Step] = field(default_factory=list)
    restores: list[Step] = field(default_factory=list)

    def forget_what_is_gone(self, have: dict[str, int]) -> None:
        """Leave out what a restored disk took with it before anybody else had it."""

        def is_there(one: Edit | Step) -> bool:
            return have.get(one.op.author, 0) >= one.op.seq

        self.edits = [one for one in self.edits if is_there(one)]
        self.life = [one for one in self.life if is_there(one)]
        self.deletes = [one for one in self.deletes if is_there(one)]
        self.restores = [one for one in self.restores if is_there(one)]

    def in_force(self) -> dict[tuple[str, str], set[str]]:
        """Give by site and field the values nobody typed over."""
        typed_over = {one.shown for one in self.edits}
        cells: dict[tuple[str, str], set[str]] = {}
        for one in self.edits:
            cell = cells.setdefault((one.uuid, one.name), set())
            if one.value not in typed_over:
                cell.add(one.value)
        return cells

    def may_be_in_trash(self, uuid: str) -> bool:
        """Say whether somebody deleted it who knew all that was written to it, for good."""
        return any(
            delete.uuid == uuid
            and not any(
                one.uuid == uuid and one.knew.get(delete.op.author, 0) >= delete.op.seq
                for one in self.restores
            )
            and all(
                one.op.author == delete.op.author or delete.knew.get(one.op.author, 0) >= one.op.seq
                for one in self.life
                if one.uuid == uuid
            )
            for delete in self.deletes
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
        self.forms: list[tuple[Laptop, Site]] = []
        self.backups: dict[str, Path] = {}
        for _ in range(SHARED_SITES):
            self.add(self.laptops[0])
        self.spread(self.laptops[0])

    def spread(self, giver: Laptop) -> None:
        """Hand everything a laptop has to all others."""
        for taker in self.laptops:
            if taker is not giver:
                for packed in self.packed(giver, version_vector(taker.context.catalogue)):
                    deliver(taker, packed.raw)

    def run(self, events: int) -> None:
        """Let things happen."""
        for _ in range(events):
            self.event()

    def event(self) -> None:
        """Let one thing happen on one laptop."""
        laptop = self.chance.choice(self.laptops)
        likely: dict[Callable[[Laptop], None], int] = {
            self.add: 6,
            self.edit: 30,
            self.open_form: 4,
            self.save_form: 4,
            self.delete: 8,
            self.restore: 4,
            self.photo: 5,
            self.settle: 3,
            self.jump: 1,
            self.send: 20,
            self.arrive: 27,
            self.damaged: 1,
        }
        (what,) = self.chance.choices(list(likely), list(likely.values()))
        what(laptop)

    def add(self, laptop: Laptop) -> None:
        """Make a site with a village."""
        value = self.value()
        site = make_site(village=value)
        op = self.save(laptop, lambda work: work.put(site))
        self.sites.append(site.uuid)
        self.oracle.edits.append(Edit(op, site.uuid, "village", value, None))
        self.oracle.life.append(Step(op, site.uuid, {}))

    def edit(self, laptop: Laptop) -> None:
        """Type another value over the one shown."""
        uuid = self.known_site(laptop)
        if uuid is None:
            return
        name, value = self.chance.choice(FIELDS), self.value()
        shown = getattr(laptop.site(uuid), name)
        op = self.save(laptop, lambda work: work.set_columns(KINDS["site"], uuid, {name: value}))
        self.oracle.edits.append(Edit(op, uuid, name, value, shown))
        if not laptop.site(uuid).deleted:
            self.oracle.life.append(Step(op, uuid, {}))

    def open_form(self, laptop: Laptop) -> None:
        """Open a form, to be typed into much later."""
        uuid = self.known_site(laptop)
        if uuid is not None:
            self.forms.append((laptop, laptop.site(uuid)))

    def save_form(self, _laptop: Laptop) -> None:
        """Type into a form that was opened some time ago."""
        if not self.forms:
            return
        laptop, shown = self.forms.pop(self.chance.randrange(len(self.forms)))
        if not rows(laptop.folder, "SELECT 1 FROM site WHERE uuid = ?", shown.uuid):
            return
        name, value = self.chance.choice(FIELDS), self.value()

        def write(work: Any) -> None:
            work.saw(shown, [name])
            work.set_columns(KINDS["site"], shown.uuid, {name: value})

        op = self.save(laptop, write)
        self.oracle.edits.append(Edit(op, shown.uuid, name, value, getattr(shown, name)))
        if not laptop.site(shown.uuid).deleted:
            self.oracle.life.append(Step(op, shown.uuid, {}))

    def delete(self, laptop: Laptop) -> None:
        """Put a site into the trash."""
        uuid = self.known_site(laptop)
        if uuid is None or laptop.site(uuid).deleted:
            return
        knew = version_vector(laptop.context.catalogue)
        op = self.save(laptop, lambda work: work.delete(KINDS["site"], uuid))
        self.oracle.deletes.append(Step(op, uuid, knew))

    def restore(self, laptop: Laptop) -> None:
        """Take a site out of the trash."""
        uuid = self.known_site(laptop)
        if uuid is None or not laptop.site(uuid).deleted:
            return
        knew = version_vector(laptop.context.catalogue)
        op = self.save(laptop, lambda work: work.restore(KINDS["site"], uuid))
        self.oracle.restores.append(Step(op, uuid, knew))
        self.oracle.life.append(Step(op, uuid, {}))

    def photo(self, laptop: Laptop) -> None:
        """Hang a photo on a site."""
        uuid = self.known_site(laptop)
        if uuid is None or laptop.site(uuid).deleted:
            return
        photo = make_photo(site_uuid=uuid)
        op = self.save(laptop, lambda work: work.put(photo))
        self.oracle.life.append(Step(op, uuid, {}))

    def photo_behind_a_delete(self) -> None:
        """Let one put a site into the trash while another hangs a photo on it."""
        self.finish()
        one, other = self.chance.sample(self.laptops, 2)
        living = [uuid for uuid in self.sites if self._lives(one, uuid)]
        for uuid in living[:2]:
            knew = version_vector(one.context.catalogue)
            op = self.save(one, lambda work, uuid=uuid: work.delete(KINDS["site"], uuid))
            self.oracle.deletes.append(Step(op, uuid, knew))
            photo = make_photo(site_uuid=uuid)
            op = self.save(other, lambda work, photo=photo: work.put(photo))
            self.oracle.life.append(Step(op, uuid, {}))

    def form_behind_an_exchange(self) -> None:
        """Let one open a form, another write the same field and hand it over, then save."""
        self.finish()
        one, other = self.chance.sample(self.laptops, 2)
        self.forms = [(one, one.site(uuid)) for uuid in self.sites if self._lives(one, uuid)]
        for _laptop, site in self.forms:
            for name in FIELDS:
                value, shown = self.value(), getattr(other.site(site.uuid), name)
                write = partial(_set_column, uuid=site.uuid, name=name, value=value)
                op = self.save(other, write)
                self.oracle.edits.append(Edit(op, site.uuid, name, value, shown))
                self.oracle.life.append(Step(op, site.uuid, {}))
        self.spread(other)
        while self.forms:
            self.save_form(one)

    def later_bundle_first(self) -> None:
        """Let what one wrote second arrive before what it wrote first."""
        self.finish()
        one, other = self.chance.sample(self.laptops, 2)
        raws = []
        for _save in range(2):
            base = version_vector(one.context.catalogue)
            self.add(one)
            raws += [packed.raw for packed in self.packed(one, base)]
        for raw in reversed(raws):
            deliver(other, raw)

    def _lives(self, laptop: Laptop, uuid: str) -> bool:
        site = laptop.context.catalogue.get(Site, uuid)
        return site is not None and not site.deleted

    def settle(self, laptop: Laptop) -> None:
        """Settle a conflict with a text of one's own."""
        with laptop.at_work() as context:
            found = [one for one in list_conflicts(context) if not one.open.is_delete]
            if not found:
                return
            conflict = self.chance.choice(found)
            value = self.value()
            changes = keep_text(context, conflict, value)
        assert changes.save is not None
        uuid, name = conflict.record.uuid, conflict.field
        for rival in conflict.values:
            shown = None if rival.value is None else str(rival.value)
            self.oracle.edits.append(Edit(changes.save, uuid, name, value, shown))
        if not laptop.site(conflict.record.uuid).deleted:
            self.oracle.life.append(Step(changes.save, conflict.record.uuid, {}))

    def jump(self, laptop: Laptop) -> None:
        """Set a clock to another year."""
        laptop.clock.now = NOON + timedelta(days=self.chance.choice([-20000, -1, 0, 1, 26000]))

    def back_up(self, laptop: Laptop) -> None:
        """Copy the database."""
        with laptop.at_work() as context:
            self.backups[laptop.name] = back_up_catalogue(context)

    def restore_backup(self, laptop: Laptop) -> None:
        """Put the last copy in the place of the database."""
        backup = self.backups.get(laptop.name)
        if backup is None:
            return
        laptop.close()
        for path in laptop.folder.glob("catalogue.sqlite*"):
            path.unlink()
        shutil.copy2(backup, laptop.folder / "catalogue.sqlite")
        laptop.open()
        _quick(laptop)
        self.forms = [form for form in self.forms if form[0] is not laptop]

    def damaged(self, laptop: Laptop) -> None:
        """Let a bundle arrive with a flipped byte, or cut off."""
        if not self.in_flight:
            return
        broken = bytearray(self.chance.choice(self.in_flight)[1])
        broken[self.chance.randrange(len(broken))] ^= 0x55
        before = version_vector(laptop.context.catalogue)
        cut = bytes(broken[: self.chance.randrange(len(broken))])
        for raw in (bytes(broken), cut):
            try:
                deliver(laptop, raw)
            except GeoparkError:
                assert version_vector(laptop.context.catalogue) == before

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

    def save(self, laptop: Laptop, write: Callable[..., None]) -> OpId:
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
        """Let everybody meet everybody, twice."""
        for giver in [*self.laptops, *self.laptops]:
            self.spread(giver)

    def check(self) -> None:
        """Hold the end against the oracle."""
        first = _state(self.laptops[0])
        for laptop in self.laptops:
            assert _state(laptop) == first, f"seed {self.seed}, {laptop.name} differs"
        last = self.laptops[-1].context.catalogue
        assert check_log(last) == [], f"seed {self.seed}"
        with writing(last.engine) as connection:
            rebuild(connection)
        assert _state(self.laptops[-1]) == first, f"seed {self.seed} differs after a rebuild"
        self.oracle.forget_what_is_gone(version_vector(self.laptops[0].context.catalogue))
        self.check_values()
        self.check_trash()

    def check_values(self) -> None:
        """Every value nobody typed over is in force, and no other; several are listed."""
        laptop = self.laptops[0]
        listed = set(rows(laptop.folder, "SELECT row_uuid, field FROM conflict"))
        with reading(laptop.context.catalogue.engine) as connection:
            for (uuid, name), wanted in self.oracle.in_force().items():
                writes = writes_in_force(connection, ("site", uuid), name)
                found = {str(write.value) for write in writes if write.value is not None}
                assert found == wanted, f"seed {self.seed}: {uuid}.{name}"
                is_open = len(wanted) > 1 and not laptop.site(uuid).deleted
                assert ((uuid, name) in listed) is is_open, f"seed {self.seed}: {uuid}.{name}"

    def check_trash(self) -> None:
        """Nothing lies in the trash that was written to behind the deleter's back."""
        there = {str(row[0]) for row in rows(self.laptops[0].folder, "SELECT uuid FROM site")}
        for uuid in there & set(self.sites):
            if self.laptops[0].site(uuid).deleted:
                assert self.oracle.may_be_in_trash(uuid), f"seed {self.seed}: {uuid} in the trash"

    def close(self) -> None:
        """Close every catalogue."""
        for laptop in self.laptops:
            laptop.close()


def _set_column(work: Any, *, uuid: str, name: str, value: str) -> None:
    work.set_columns(KINDS["site"], uuid, {name: value})


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
