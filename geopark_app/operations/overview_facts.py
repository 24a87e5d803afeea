"""What the overview shows, without what it takes to count it: the window starts with this."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from geopark_app.operations.processes import Deadline
from geopark_app.operations.whereabouts import WhereaboutsReport
from geopark_app.rules.board import Paper
from geopark_app.rules.readiness import Readiness
from geopark_app.rules.works import WorkSums


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleAnswers:
    """Newest answers that are too old: how many, the sites they stand at, after which days."""

    count: int
    sites: tuple[str, ...]
    after_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What the overview shows.

    Attributes
    ----------
    today : date
        At the geopark.
    deadlines : tuple of Deadline
        Of both processes.
    next : Deadline or None
        The next one the office works towards.
    late_steps : int
        Steps of followed plans that are late.
    visited, sites : int
        Sites with a visit, and all.
    red : tuple of str
        Sites where a critical item is not met.
    unvisited : tuple of str
        Sites without a visit.
    readiness : Readiness
        Of everything asked anywhere, together; as `readiness --by park` gives it.
    originals : WhereaboutsReport
        Where the photos are.
    stale : StaleAnswers
        Answers that are too old.
    works : WorkSums
        Of all works.
    english_texts, english_old : int
        Texts without English, and those older than the Vietnamese.
    english_sites : tuple of str
        Where they are.
    unsynced : int
        Own saves no colleague is known to have.
    backup_at, photo_backup_at : datetime or None
        The newest copy of the database here, and the newest backup with photos known.
    papers : tuple of Paper
        Papers that end soon or before the mission.
    mission_on : date or None
        Before which papers are listed.
    waiting, waiting_late : int
        Units that have not answered, and those whose day is past.
    """

    today: date
    deadlines: tuple[Deadline, ...]
    next: Deadline | None
    late_steps: int
    visited: int
    sites: int
    red: tuple[str, ...]
    unvisited: tuple[str, ...]
    readiness: Readiness
    originals: WhereaboutsReport
    stale: StaleAnswers
    works: WorkSums
    english_texts: int
    english_old: int
    english_sites: tuple[str, ...]
    unsynced: int
    backup_at: datetime | None
    photo_backup_at: datetime | None
    papers: tuple[Paper, ...]
    mission_on: date | None
    waiting: int
    waiting_late: int


def age_in_days(then: datetime | None, now: datetime) -> int | None:
    """Give how many whole days ago something was; None for never."""
    return None if then is None else max(0, (now - then) // timedelta(days=1))
