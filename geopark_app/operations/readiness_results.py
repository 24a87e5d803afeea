"""Readiness of places from the newest answer to each item, with what became too old."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from geopark_app.domain.change import Changes
from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.condition import Condition, ListQuery, Test
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.identifier import setting_uuid
from geopark_app.domain.kinds import Answer, CatalogueSetting, ChecklistGroup, ChecklistItem, Visit
from geopark_app.operations.checklist_parts import (
    OpenChecklist,
    checklist_for,
    facts_of,
    measured_text,
)
from geopark_app.operations.context import AppContext
from geopark_app.operations.keeping_settings import keep_settings
from geopark_app.rules.checklist_conditions import Given
from geopark_app.rules.readiness import (
    NOT_APPLICABLE,
    STALE_AFTER_DAYS,
    VALUES,
    ItemResult,
    Readiness,
    is_stale,
    readiness,
)

_STALE_SETTING = "readiness.stale_days"
_MOST_DAYS = 3_650
_VISIT_COLUMNS = ("uuid", "site_uuid", "route_uuid", "visited_on")
_ANSWER_COLUMNS = ("visit_uuid", "item_uuid", "status", "measured_value", "answered_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessResult:
    """Readiness of one place with its parts.

    Attributes
    ----------
    total : Readiness
        Over all items of the scope.
    groups : tuple of (ChecklistGroup, Readiness)
        By group.
    items : tuple of (ChecklistItem, Answer or None)
        Newest answer of each item that is asked there.
    stale : frozenset of str
        Items whose answer is too old.
    """

    total: Readiness
    groups: tuple[tuple[ChecklistGroup, Readiness], ...]
    items: tuple[tuple[ChecklistItem, Answer | None], ...]
    stale: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """What readiness needs of one answer.

    Attributes
    ----------
    place : str
        Key of the site or route; empty for the park.
    item : str
        Item of the edition asked now.
    order : tuple of str
        Later visits stand above earlier ones.
    given : Given
        Status and value.
    day : date or None
        When it was given.
    """

    place: str
    item: str
    order: tuple[str, str]
    given: Given
    day: date | None


def stale_after_days(context: AppContext) -> int:
    """Give after how many days an answer is too old, as the office set it."""
    setting = context.catalogue.get(CatalogueSetting, setting_uuid(_STALE_SETTING))
    if setting is None or setting.deleted or not setting.value:
        return STALE_AFTER_DAYS
    value = json.loads(setting.value)
    is_days = isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _MOST_DAYS
    return value if is_days else STALE_AFTER_DAYS


def set_stale_after_days(context: AppContext, days: int, *, reason: str = "") -> Changes:
    """Set after how many days an answer is too old; raises BAD_VALUE."""
    if not 0 < days <= _MOST_DAYS:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="--stale-days", value=days, expected=f"1 – {_MOST_DAYS}"
        )
    return keep_settings(context, {_STALE_SETTING: days}, reason=reason or "set stale days")


def today_of(context: AppContext) -> date:
    """Give the day of now at the geopark."""
    return context.now().astimezone(VIETNAM).date()


@lru_cache(maxsize=20_000)
def answer_day(answered_at: str | None, visited_on: str | None) -> date | None:
    """Give the day of an answer: its own instant, else the day of the visit."""
    for text in (answered_at, visited_on):
        if text:
            try:
                moment = datetime.fromisoformat(text)
            except ValueError:
                continue
            return (moment.astimezone(VIETNAM) if moment.tzinfo else moment).date()
    return None


def site_readiness(context: AppContext, site_uuid: str) -> ReadinessResult:
    """Give the readiness of a site from the newest answer to each item."""
    return _result(context, "site", site_uuid, {"site_uuid": site_uuid, "scope": "site"})


def route_readiness(context: AppContext, route_uuid: str) -> ReadinessResult:
    """Give the readiness of a route itself (not of its stops)."""
    return _result(context, "route", route_uuid, {"route_uuid": route_uuid, "scope": "route"})


def park_readiness(context: AppContext) -> ReadinessResult:
    """Give the readiness of what is asked of the park as a whole."""
    return _result(context, "park", "", {"scope": "park"})


def readiness_of_sites(
    context: AppContext, uuids: Sequence[str] | None = None
) -> dict[str, Readiness]:
    """Give the readiness of every visited site by its key, or only of these sites."""
    visits = _visits(context, "site", uuids)
    if not visits:
        return {}
    opened = checklist_for(context, "site")
    places = {visit[1] or "" for visit in visits}
    newest = newest_by_place(answer_rows(context, opened, visits))
    facts = {} if opened.conditions.is_empty else facts_of(context, "site", places)
    judge = Judge(context, opened)
    return {
        place: readiness(judge.results(newest.get(place, {}), facts.get(place, {})))
        for place in places
    }


def all_answers(context: AppContext, opened: OpenChecklist, scope: str) -> list[AnswerRow]:
    """Give all answers of all visits of a scope."""
    visits = _visits(context, scope, None)
    return list(answer_rows(context, opened, visits)) if visits else []


def newest_by_place(rows: Iterable[AnswerRow]) -> dict[str, dict[str, AnswerRow]]:
    """Give the newest answer to each item by place; what was only opened is none."""
    newest: dict[str, dict[str, AnswerRow]] = {}
    for row in rows:
        held = newest.setdefault(row.place, {})
        known = held.get(row.item)
        if known is None or known.order <= row.order:
            held[row.item] = row
    return newest


def _visits(
    context: AppContext, scope: str, uuids: Sequence[str] | None
) -> list[tuple[str, str | None, str | None, str | None]]:
    wanted = [Condition(column="scope", test=Test.IS, values=(scope,))]
    if uuids is not None:
        wanted.append(Condition(column="site_uuid", test=Test.IS, values=tuple(uuids)))
    query = ListQuery(kind="visit", conditions=tuple(wanted))
    rows = context.catalogue.list_rows(query, _VISIT_COLUMNS)
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def answer_rows(
    context: AppContext,
    opened: OpenChecklist,
    visits: Iterable[tuple[str, str | None, str | None, str | None]],
) -> Iterator[AnswerRow]:
    """Give the answers of visits that say something, in the items of the edition asked now."""
    by_key = {visit[0]: visit for visit in visits}
    items = {item.uuid for item in opened.items}
    of_these = Condition(column="visit_uuid", test=Test.IS, values=tuple(by_key))
    query = ListQuery(kind="answer", conditions=(of_these,))
    rows = context.catalogue.list_rows(query, _ANSWER_COLUMNS)
    for visit, item, status, value, answered_at in rows:
        key = opened.same_items.get(item or "", item or "")
        if status in {None, "not_checked"} or key not in items:
            continue
        uuid, site, route, visited_on = by_key[visit]
        yield AnswerRow(
            place=site or route or "",
            item=key,
            # A visit without a day is the oldest.
            order=(visited_on or "", uuid),
            given=Given(status=status, value="" if value is None else f"{value:.10g}"),
            day=answer_day(answered_at, visited_on),
        )


class Judge:
    """Judges the items of one edition by the day of today and the office's setting."""

    def __init__(self, context: AppContext, opened: OpenChecklist) -> None:
        self._opened = opened
        self._codes = {item.uuid: item.code or "" for item in opened.items}
        self._today, self._days = today_of(context), stale_after_days(context)

    def is_stale(self, row: AnswerRow) -> bool:
        """Say whether an answer is too old."""
        return is_stale(row.day, self._today, self._days)

    def results(
        self, newest: Mapping[str, AnswerRow], facts: Mapping[str, str]
    ) -> list[ItemResult]:
        """Give the results of all items; one that is not asked there does not apply."""
        given = {key: row.given for key, row in newest.items()}
        stale = {key for key, row in newest.items() if self.is_stale(row)}
        return self.judged(given, facts, stale)

    def judged(
        self, given: Mapping[str, Given], facts: Mapping[str, str], stale: set[str]
    ) -> list[ItemResult]:
        """Give the results of all items from what was given to them, by key."""
        opened = self._opened
        asked: frozenset[str] | None = None
        if not opened.conditions.is_empty:
            by_code = {self._codes[key]: told for key, told in given.items()}
            asked = opened.conditions.asked(opened.codes, by_code, facts)
        return [self._judged(item, given.get(item.uuid), asked, stale) for item in opened.items]

    def _judged(
        self,
        item: ChecklistItem,
        given: Given | None,
        asked: frozenset[str] | None,
        stale: set[str],
    ) -> ItemResult:
        status = given.status if given is not None else None
        if asked is not None and item.code not in asked:
            status = NOT_APPLICABLE
        return ItemResult(
            item_uuid=item.uuid,
            code=item.code or "",
            group_uuid=item.group_uuid or "",
            weight=item.weight or 0,
            critical=bool(item.critical),
            status=status,
            # What does not apply counts neither way and asks for nothing.
            is_stale=item.uuid in stale and status in VALUES,
        )

    def is_asked(self, given: Mapping[str, Given], facts: Mapping[str, str]) -> frozenset[str]:
        """Give the codes of the items asked."""
        by_code = {self._codes[key]: told for key, told in given.items()}
        return self._opened.conditions.asked(self._opened.codes, by_code, facts)


def _result(
    context: AppContext, scope: str, place: str, where: Mapping[str, object]
) -> ReadinessResult:
    opened = checklist_for(context, scope)
    visits = context.catalogue.records(Visit, where=where)
    answers = {
        answer.uuid: answer
        for answer in (
            context.catalogue.records(Answer, where={"visit_uuid": [one.uuid for one in visits]})
            if visits
            else []
        )
    }
    newest = _newest(opened, visits, answers.values())
    rows = {
        key: AnswerRow(
            place=place,
            item=key,
            order=("", ""),
            given=Given(status=answer.status or "", value=measured_text(answer)),
            day=answer_day(answer.answered_at, visit.visited_on),
        )
        for key, (visit, answer) in newest.items()
    }
    facts = {} if opened.conditions.is_empty else facts_of(context, scope, [place])
    judge = Judge(context, opened)
    results = judge.results(rows, facts.get(place, {}))
    given = {key: row.given for key, row in rows.items()}
    asked = judge.is_asked(given, facts.get(place, {}))
    return ReadinessResult(
        total=readiness(results),
        groups=tuple(
            (group, readiness(item for item in results if item.group_uuid == group.uuid))
            for group in opened.groups
        ),
        items=tuple(
            (item, newest[item.uuid][1] if item.uuid in newest else None)
            for item in opened.items
            if item.code in asked
        ),
        stale=frozenset(one.item_uuid for one in results if one.is_stale),
    )


def _newest(
    opened: OpenChecklist, visits: Iterable[Visit], answers: Iterable[Answer]
) -> dict[str, tuple[Visit, Answer]]:
    """Give the newest answer of each item: later visits stand above earlier ones."""
    by_key = {visit.uuid: visit for visit in visits}
    items = {item.uuid for item in opened.items}
    newest: dict[str, tuple[Visit, Answer]] = {}
    for answer in sorted(answers, key=lambda one: _visit_order(by_key[one.visit_uuid or ""])):
        if answer.status not in {None, "not_checked"}:
            key = opened.same_items.get(answer.item_uuid or "", answer.item_uuid or "")
            if key in items:
                newest[key] = (by_key[answer.visit_uuid or ""], answer)
    return newest


def _visit_order(visit: Visit) -> tuple[str, str]:
    return (visit.visited_on or "", visit.uuid)
