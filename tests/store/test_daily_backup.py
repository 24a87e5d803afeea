"""Before the first save of a day a checked copy of the database is made; old ones go."""

from datetime import timedelta

from geopark_app.domain.kinds import Site
from geopark_app.operations.context import AppContext
from geopark_app.store.backup import DAILY_KEPT, back_up_once_a_day, check_integrity
from tests.builders import NOON, make_site, put


def test_the_first_save_of_a_day_copies_what_was_there_before(context: AppContext) -> None:
    folder = context.catalogue.folder
    assert list(folder.backups_dir.iterdir()) == []
    put(context, make_site(code="A"))
    put(context, make_site(code="B"))
    (copy,) = folder.backups_dir.iterdir()
    check_integrity(copy)
    assert len(context.catalogue.records(Site)) == 2


def test_the_newest_copies_stay(context: AppContext) -> None:
    folder = context.catalogue.folder
    for day in range(DAILY_KEPT + 3):
        now = NOON + timedelta(days=day)
        back_up_once_a_day(folder.database, folder.backups_dir, now=now)
    kept = sorted(path.name[:8] for path in folder.backups_dir.iterdir())
    newest = NOON + timedelta(days=DAILY_KEPT + 2)
    assert len(kept) == DAILY_KEPT
    assert kept[-1] == f"{newest:%Y%m%d}"


def test_a_copy_that_cannot_be_made_stops_nobody(context: AppContext) -> None:
    folder = context.catalogue.folder
    folder.backups_dir.rmdir()
    folder.backups_dir.write_text("in the way", encoding="utf-8")
    put(context, make_site(code="A"))
    assert len(context.catalogue.records(Site)) == 1
