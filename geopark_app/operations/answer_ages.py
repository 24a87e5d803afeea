"""The newest answer to each checklist item of each place, and which of them are too old."""

from dataclasses import dataclass
from datetime import date, datetime

from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.condition import ListQuery
from geopark_app.operations.context import AppContext

STALE_SETTING = "readiness.stale_days"
STALE_AFTER_DAYS = 180
"""Proposal of the research (`readiness_checklist.json`): at most 180 days since the last check."""
_MOST_DAYS = 3_650
_SILENT = {None, "", "not_checked"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewestAnswer:
    """The answer that stands.

    Attributes
    ----------
    scope : str
        `site`, `route` or `park`.
    place : str
        Key of the site or route; empty for the park.
    item_uuid, status : str
        What was asked and answered.
    day : date or None
        When.
    is_stale : bool
        Whether it is older than the days set; one without a day is.
    """

    scope: str
    place: str
    item_uuid: str
    status: str
    day: date | None
    is_stale: bool


def stale_after_days(context: AppContext) -> int:
    """Give after how many days an answer is too old, as the office set it."""
    value = context.catalogue.setting(STALE_SETTING)
    is_days = isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _MOST_DAYS
    return value if is_days else STALE_AFTER_DAYS  # type: ignore[return-value]


def newest_answers(context: AppContext, today: date) -> list[NewestAnswer]:
    """Give the newest answer of every place to every item; only the columns needed are read."""
    catalogue = context.catalogue
    columns = ("uuid", "scope", "site_uuid", "route_uuid", "visited_on")
    visits = {row[0]: row for row in catalogue.list_rows(ListQuery(kind="visit"), columns)}
    most = stale_after_days(context)
    newest: dict[tuple[str, str, str], tuple[tuple[str, str], NewestAnswer]] = {}
    for visit, item, status, at in catalogue.list_rows(
        ListQuery(kind="answer"), ("visit_uuid", "item_uuid", "status", "answered_at")
    ):
        if visit not in visits or status in _SILENT:
            continue
        _uuid, scope, site, route, visited = visits[visit]
        place = (site if scope == "site" else route if scope == "route" else "") or ""
        order = (visited or "", visit)
        key = (scope or "", place, item or "")
        if key in newest and newest[key][0] > order:
            continue
        day = _day(at) or _day(visited)
        answer = NewestAnswer(
            scope=key[0],
            place=place,
            item_uuid=key[2],
            status=status,
            day=day,
            is_stale=day is None or (today - day).days > most,
        )
        newest[key] = order, answer
    return [answer for _order, answer in newest.values()]


def _day(text: str | None) -> date | None:
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return (moment.astimezone(VIETNAM) if moment.tzinfo else moment).date()
