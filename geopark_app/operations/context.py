"""What every operation is given: the open catalogue, who works, and the clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from geopark_app.domain.clock import Clock, system_clock
from geopark_app.geo.grids import use_grids_of
from geopark_app.operations.editions import seed_missing
from geopark_app.store.authorship import DeviceAuthor
from geopark_app.store.catalogue import Catalogue, open_catalogue
from geopark_app.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class AppContext:
    """The surroundings of an operation; made once per command or window.

    Attributes
    ----------
    catalogue : Catalogue
        The open catalogue.
    author : DeviceAuthor
        Who signs the saves.
    clock : Clock
        The only clock; gives aware instants.
    """

    catalogue: Catalogue
    author: DeviceAuthor
    clock: Clock = system_clock

    def __post_init__(self) -> None:
        """Let the catalogue be read with the eyes of who works: blind assessments stay hidden."""
        self.catalogue.viewer = self.author.person

    def now(self) -> datetime:
        """Give the instant now."""
        return self.clock()

    @contextmanager
    def work(self, reason: str, *, is_ruling: bool = False) -> Iterator[UnitOfWork]:
        """Open a unit of work in this context's name; the day's first one copies before it."""
        now = self.now()
        self.catalogue.back_up_once_a_day(now)
        with self.catalogue.unit_of_work(
            author=self.author, now=now, reason=reason, is_ruling=is_ruling
        ) as work:
            yield work


def open_context(
    path: Path, *, person: str, device: str, clock: Clock = system_clock
) -> AppContext:
    """Open a catalogue for a person at this machine; close `context.catalogue` afterwards."""
    catalogue = open_catalogue(path, now=clock())
    try:
        if not catalogue.is_read_only:
            seed_missing(catalogue)
        author = catalogue.author(person=person, device=device)
    except BaseException:
        catalogue.close()
        raise
    use_grids_of(catalogue.folder.layers_dir)
    return AppContext(catalogue=catalogue, author=author, clock=clock)
