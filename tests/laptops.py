"""Laptops of a team for tests: each with a profile, a catalogue and a clock of its own."""

import os
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from PIL import Image

from geopark_app.domain.kinds import Site
from geopark_app.operations.context import AppContext, open_context
from geopark_app.operations.exchanging import Receipt, exchange_folder
from geopark_app.operations.photos import add_photos
from geopark_app.operations.records import add_record, delete_record, restore_record, set_fields
from geopark_app.operations.teams import approve, ask_to_join, found_team, join
from tests.builders import NOON, SteppingClock


class Laptop:
    """A laptop; its profile is in force only while it works."""

    def __init__(self, root: Path, template: Path, name: str, *, start: datetime = NOON) -> None:
        self.name = name
        self.root = root / name
        self.profile = self.root / "profile"
        self.folder = self.root / "catalogue"
        self.root.mkdir(parents=True)
        shutil.copytree(template, self.folder)
        self.clock = SteppingClock(start)
        self.context = self.open()

    def open(self) -> AppContext:
        """Open the catalogue, as after a start of the program."""
        with self.at_work():
            self.context = open_context(
                self.folder, person=f"Người {self.name}", device=self.name, clock=self.clock
            )
        return self.context

    def close(self) -> None:
        """Close the catalogue."""
        self.context.catalogue.close()

    @contextmanager
    def at_work(self) -> Iterator[AppContext]:
        """Put this laptop's profile in force."""
        before = os.environ.get("GEOPARK_PROFILE")
        os.environ["GEOPARK_PROFILE"] = str(self.profile)
        try:
            yield getattr(self, "context", None)  # type: ignore[misc]
        finally:
            if before is None:
                del os.environ["GEOPARK_PROFILE"]
            else:
                os.environ["GEOPARK_PROFILE"] = before

    def add(self, kind: str = "site", **typed: str) -> str:
        """Make a record and give its key."""
        with self.at_work() as context:
            return add_record(context, kind, typed)[0].uuid

    def edit(self, uuid: str, kind: str = "site", **typed: str) -> None:
        """Write fields of a record."""
        with self.at_work() as context:
            set_fields(context, kind, uuid, typed)

    def delete(self, uuid: str, kind: str = "site") -> None:
        """Put a record into the trash."""
        with self.at_work() as context:
            delete_record(context, kind, uuid)

    def restore(self, uuid: str, kind: str = "site") -> None:
        """Take a record out of the trash."""
        with self.at_work() as context:
            restore_record(context, kind, uuid)

    def site(self, uuid: str) -> Site:
        """Give a site, also from the trash."""
        found = self.context.catalogue.get(Site, uuid)
        assert found is not None
        return found

    def exchange(self, stick: Path, **options: Any) -> Receipt:
        """Exchange through a folder."""
        stick.mkdir(exist_ok=True)
        with self.at_work() as context:
            return exchange_folder(context, stick, **options)


def make_team(root: Path, template: Path, *names: str) -> list[Laptop]:
    """Give laptops of one team; the first is the office."""
    laptops = [Laptop(root, template, name) for name in names]
    office = laptops[0]
    with office.at_work() as context:
        found_team(context, "Công viên địa chất Lạng Sơn")
    for laptop in laptops[1:]:
        welcome(office, laptop)
    return laptops


def welcome(office: Laptop, laptop: Laptop) -> None:
    """Take a laptop into the team."""
    request, answer = laptop.root / "join.geopark-request", laptop.root / "team.geopark-team"
    with laptop.at_work() as context:
        asked = ask_to_join(context, request)
    with office.at_work() as context:
        approve(context, asked, answer)
    with laptop.at_work() as context:
        join(context, answer)


def picture(path: Path, number: int) -> Path:
    """Draw a picture like no other."""
    noise = Image.frombytes("RGB", (160, 120), random.Random(number).randbytes(160 * 120 * 3))
    noise.resize((1900, 1400)).save(path, quality=88)
    return path


def add_pictures(laptop: Laptop, count: int) -> list[str]:
    """Add photos and give the SHA-256 of their originals."""
    paths = [picture(laptop.root / f"{number}.jpg", number) for number in range(count)]
    with laptop.at_work() as context:
        return [str(one.sha256) for one in add_photos(context, paths).files]
