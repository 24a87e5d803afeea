"""Everything the overview counts: days left, readiness, and what waits for a person."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from geopark_app.domain.condition import ListQuery
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import Mission, Site, kind_named
from geopark_app.operations.context import AppContext
from geopark_app.operations.freshness import stale_english, text_pairs
from geopark_app.operations.overview_facts import Overview, StaleAnswers
from geopark_app.operations.processes import Deadline, deadlines, next_deadline, plan_of, today_of
from geopark_app.operations.readiness_board import ReadinessBoard, readiness_board
from geopark_app.operations.safety import pending_saves
from geopark_app.operations.site_lists import site_rows
from geopark_app.operations.trash import title_of
from geopark_app.operations.unit_sendings import waiting_requests
from geopark_app.operations.whereabouts import WhereaboutsReport, whereabouts
from geopark_app.operations.works import works_by_commune
from geopark_app.rules.board import Paper, expiring

WITHIN_DAYS = 183
"""Six months: papers that end by then are listed."""

_ENDS = (
    ("document", "valid_to"),
    ("permission_paper", "expires_on"),
    ("site_protection", "valid_until"),
    ("partner", "agreement_until"),
    ("contract", "until_on"),
    ("guide", "licence_until"),
    ("product", "valid_until"),
)
"""Papers and agreements with a last day."""

_MISSION = "revalidation_mission"


def gather_overview(context: AppContext) -> Overview:
    """Count everything; nothing is written and no file is read from end to end."""
    today = today_of(context)
    known = tuple(deadlines(context))
    rows = site_rows(context)
    results = [(row.uuid, row.readiness) for row in rows if row.readiness]
    board = readiness_board(context)
    originals = whereabouts(context)
    english = _english(context)
    waiting = waiting_requests(context)
    mission_on = _mission_on(context, known, today)
    return Overview(
        today=today,
        deadlines=known,
        next=next_deadline(context),
        late_steps=_late_steps(context, known, today),
        visited=len(results),
        sites=len(rows),
        red=tuple(uuid for uuid, result in results if result.is_red),
        unvisited=tuple(row.uuid for row in rows if not row.readiness),
        readiness=board.whole.readiness,
        originals=originals,
        stale=_stale_answers(board),
        works=works_by_commune(context).sums,
        english_texts=sum(missing for missing, _old in english.values()),
        english_old=sum(old for _missing, old in english.values()),
        english_sites=tuple(english),
        unsynced=pending_saves(context),
        backup_at=_newest_backup(context),
        photo_backup_at=_newest_photo_backup(originals),
        papers=tuple(expiring(_papers(context), today, within_days=WITHIN_DAYS, before=mission_on)),
        mission_on=mission_on,
        waiting=len(waiting),
        waiting_late=sum(one.awaited.days_late(today) > 0 for one in waiting),
    )


def _stale_answers(board: ReadinessBoard) -> StaleAnswers:
    """Give the answers the readiness room calls too old: one number, wherever it is read."""
    places = [one.place for one in board.stale]
    sites = tuple(dict.fromkeys(place.uuid for place in places if place.scope == "site"))
    return StaleAnswers(count=len(places), sites=sites, after_days=board.stale_after)


def _english(context: AppContext) -> dict[str, tuple[int, int]]:
    """Give how many texts of a site have no English, and how many an older one; others not."""
    stale = stale_english(context)
    pairs = text_pairs(kind_of(Site))
    found = {}
    for site in context.catalogue.records(Site):
        missing = sum(bool(getattr(site, one.vi) and not getattr(site, one.en)) for one in pairs)
        old = len(stale.get(site.uuid, ()))
        if missing or old:
            found[site.uuid] = missing, old
    return found


def _late_steps(context: AppContext, known: tuple[Deadline, ...], today: date) -> int:
    plans = [plan_of(context, one.id) for one in known if one.is_followed]
    return sum(len(plan.plan.late(today)) for plan in plans if plan.plan is not None)


def _mission_on(context: AppContext, known: tuple[Deadline, ...], today: date) -> date | None:
    """Give the day of the next mission that is planned, else the first day it may come."""
    planned = [
        date.fromisoformat(one.starts_on)
        for one in context.catalogue.records(Mission)
        if one.starts_on and one.starts_on >= today.isoformat()
    ]
    window = [one.day for one in known if one.id == _MISSION and one.day and one.day >= today]
    return min(planned or window, default=None)


def _papers(context: AppContext) -> Iterator[Paper]:
    for kind, column in _ENDS:
        rows = context.catalogue.list_rows(ListQuery(kind=kind), ("uuid", column))
        dated = [uuid for uuid, until in rows if until]
        if not dated:
            continue
        record_type = kind_named(kind).record_type
        for record in context.catalogue.records(record_type, where={"uuid": dated}):
            until = date.fromisoformat(getattr(record, column))
            yield Paper(kind=kind, uuid=record.uuid, title=title_of(record), until=until)


def _newest_backup(context: AppContext) -> datetime | None:
    """Give when the newest copy of the database was made, as its name says."""
    names = sorted(path.name for path in context.catalogue.folder.backups_dir.glob("*.sqlite"))
    for name in reversed(names):
        try:
            made = datetime.strptime(name[:15], "%Y%m%d-%H%M%S")  # noqa: DTZ007
        except ValueError:
            continue
        zone = context.now().tzinfo or UTC
        return made.replace(tzinfo=zone)
    return None


def _newest_photo_backup(report: WhereaboutsReport) -> datetime | None:
    seen = []
    for holding in report.holdings:
        if not holding.is_laptop:
            try:
                seen.append(datetime.fromisoformat(holding.seen_at))
            except ValueError:
                continue
    return max(seen, default=None)
