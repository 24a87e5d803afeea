"""Checklists answered on visits, and the readiness that follows from the newest answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from geopark_app.domain.change import Changes
from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.condition import Condition, ListQuery, Test
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.identifier import uuid_of
from geopark_app.domain.kinds import (
    Answer,
    AnswerPhoto,
    Checklist,
    ChecklistGroup,
    ChecklistItem,
    Photo,
    Visit,
)
from geopark_app.domain.position import Quantity
from geopark_app.operations.context import AppContext
from geopark_app.rules.readiness import ItemResult, Readiness, readiness
from geopark_app.store.new_keys import new_uuid

STATUSES = ("met", "partly", "not_met", "na", "not_checked")
SCOPES = ("site", "route", "park")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenChecklist:
    """One edition with its groups and items in order.

    Attributes
    ----------
    checklist : Checklist
        The edition.
    groups : tuple of ChecklistGroup
        In order; groups without an item of the scope are left out.
    items : tuple of ChecklistItem
        Items of the scope, in order.
    """

    checklist: Checklist
    groups: tuple[ChecklistGroup, ...]
    items: tuple[ChecklistItem, ...]


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
        Newest answer of each item.
    """

    total: Readiness
    groups: tuple[tuple[ChecklistGroup, Readiness], ...]
    items: tuple[tuple[ChecklistItem, Answer | None], ...]


def checklist_for(context: AppContext, scope: str, *, edition: str | None = None) -> OpenChecklist:
    """Give the items of a scope: `site`, `route` or `park`.

    Raises
    ------
    GeoparkError
        NOT_FOUND when there is no such edition; BAD_VALUE for another scope.
    """
    if scope not in SCOPES:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="scope", value=scope, expected=", ".join(SCOPES)
        )
    catalogue = context.catalogue
    checklist = _edition(context, edition)
    items = [
        item
        for item in catalogue.records(
            ChecklistItem, where={"checklist_uuid": checklist.uuid, "scope": scope}
        )
        if not item.retired
    ]
    items.sort(key=lambda item: item.sort_order or 0)
    used = {item.group_uuid for item in items}
    groups = [
        group
        for group in catalogue.records(ChecklistGroup, where={"checklist_uuid": checklist.uuid})
        if group.uuid in used
    ]
    groups.sort(key=lambda group: group.sort_order or 0)
    return OpenChecklist(checklist=checklist, groups=tuple(groups), items=tuple(items))


def _edition(context: AppContext, edition: str | None) -> Checklist:
    editions = context.catalogue.records(Checklist)
    wanted = edition.partition("-")[0] if edition else ""
    chosen = [item for item in editions if edition in {None, item.edition, item.uuid}]
    if not chosen:
        chosen = [item for item in editions if (item.edition or "").partition("-")[0] == wanted]
    if not chosen:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="checklist", reference=edition or "")
    return max(chosen, key=lambda item: item.edition or "")


def start_visit(
    context: AppContext,
    scope: str,
    *,
    site_uuid: str | None = None,
    route_uuid: str | None = None,
    edition: str | None = None,
    visited_on: str | None = None,
    sample: bool = False,
    reason: str = "",
) -> tuple[Visit, Changes]:
    """Make a visit of today (Asia/Ho_Chi_Minh) and give it with what changed."""
    checklist = _edition(context, edition)
    today = context.now().astimezone(VIETNAM).date().isoformat()
    visit = Visit(
        uuid=new_uuid(),
        scope=scope,
        site_uuid=site_uuid,
        route_uuid=route_uuid,
        checklist_uuid=checklist.uuid,
        visited_on=visited_on or today,
        visitors=context.author.person or None,
        finished=False,
        sample=sample or None,
    )
    with context.work(reason or "start visit") as work:
        work.put(visit)
    return visit, work.changes


def answer_item(
    context: AppContext,
    visit_uuid: str,
    item_uuid: str,
    *,
    status: str | None = None,
    note: str | None = None,
    value: float | None = None,
    unit: str | None = None,
    reason: str = "",
) -> tuple[Answer, Changes]:
    """Answer one item of a visit; what is given is written, the rest of the answer stays.

    Raises
    ------
    GeoparkError
        BAD_VALUE for an unknown status; NOT_FOUND for an unknown visit.
    """
    if status is not None and status not in STATUSES:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="status", value=status, expected=", ".join(STATUSES)
        )
    if context.catalogue.get(Visit, visit_uuid) is None:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="visit", uuid=visit_uuid)
    key = uuid_of(visit_uuid, item_uuid)
    old = context.catalogue.get(Answer, key)
    base = old or Answer(uuid=key, visit_uuid=visit_uuid, item_uuid=item_uuid)
    answer = replace(
        base,
        status=base.status if status is None else status,
        note=base.note if note is None else note or None,
        measured=base.measured if value is None else Quantity(value=value, unit=unit),
        answered_at=context.now().isoformat(timespec="seconds"),
        answered_by=context.author.person or None,
        deleted=False,
    )
    with context.work(reason or "answer item") as work:
        work.put(answer)
    return answer, work.changes


def attach_evidence(
    context: AppContext, answer_uuid: str, photo_uuid: str, *, reason: str = ""
) -> Changes:
    """Let a photo prove an answer; both must exist."""
    for record_type, key in ((Answer, answer_uuid), (Photo, photo_uuid)):
        if context.catalogue.get(record_type, key) is None:
            raise GeoparkError(ErrorCode.NOT_FOUND, uuid=key)
    link = AnswerPhoto(
        uuid=uuid_of(answer_uuid, photo_uuid), answer_uuid=answer_uuid, photo_uuid=photo_uuid
    )
    with context.work(reason or "attach evidence") as work:
        work.put(link)
    return work.changes


def finish_visit(context: AppContext, visit_uuid: str, *, reason: str = "") -> Changes:
    """Mark a visit as finished; its answers can still be corrected."""
    visit = context.catalogue.get(Visit, visit_uuid)
    if visit is None:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="visit", uuid=visit_uuid)
    with context.work(reason or "finish visit") as work:
        work.put(replace(visit, finished=True))
    return work.changes


def site_readiness(context: AppContext, site_uuid: str) -> ReadinessResult:
    """Give the readiness of a site from the newest answer to each item."""
    return _result(context, "site", {"site_uuid": site_uuid, "scope": "site"})


def route_readiness(context: AppContext, route_uuid: str) -> ReadinessResult:
    """Give the readiness of a route itself (not of its stops)."""
    return _result(context, "route", {"route_uuid": route_uuid, "scope": "route"})


def park_readiness(context: AppContext) -> ReadinessResult:
    """Give the readiness of what is asked of the park as a whole."""
    return _result(context, "park", {"scope": "park"})


def readiness_of_sites(
    context: AppContext, uuids: Sequence[str] | None = None
) -> dict[str, Readiness]:
    """Give the readiness of every visited site by its key, or only of these sites."""
    by_site = _statuses_by_site(context, uuids)
    if not by_site:
        return {}
    items = checklist_for(context, "site").items
    return {
        site: readiness(_result_of_item(item, newest.get(item.uuid)) for item in items)
        for site, newest in by_site.items()
    }


def _statuses_by_site(
    context: AppContext, uuids: Sequence[str] | None
) -> dict[str, dict[str, str]]:
    """Give the newest status of each item by site; only the columns that tell it are read."""
    catalogue = context.catalogue
    wanted = [Condition(column="scope", test=Test.IS, values=("site",))]
    if uuids is not None:
        wanted.append(Condition(column="site_uuid", test=Test.IS, values=tuple(uuids)))
    visits = catalogue.list_rows(
        ListQuery(kind="visit", conditions=tuple(wanted)), ("uuid", "site_uuid", "visited_on")
    )
    if not visits:
        return {}
    of_these = Condition(
        column="visit_uuid", test=Test.IS, values=tuple(visit[0] for visit in visits)
    )
    answers: dict[str, list[tuple[str, str]]] = {}
    for visit, item, status in catalogue.list_rows(
        ListQuery(kind="answer", conditions=(of_these,)), ("visit_uuid", "item_uuid", "status")
    ):
        if status not in {None, "not_checked"}:
            answers.setdefault(visit, []).append((item or "", status))
    by_site: dict[str, dict[str, str]] = {}
    # A visit without a day is the oldest, as in `_newest`.
    for uuid, site, _day in sorted(visits, key=lambda visit: (visit[2] or "", visit[0])):
        by_site.setdefault(site or "", {}).update(answers.get(uuid, ()))
    return by_site


def _result(context: AppContext, scope: str, where: Mapping[str, object]) -> ReadinessResult:
    opened = checklist_for(context, scope)
    visits = context.catalogue.records(Visit, where=where)
    newest = _newest(visits, _answers_by_visit(context, visits))
    results = _item_results(opened.items, newest)
    return ReadinessResult(
        total=readiness(results),
        groups=tuple(
            (group, readiness(item for item in results if item.group_uuid == group.uuid))
            for group in opened.groups
        ),
        items=tuple((item, newest.get(item.uuid)) for item in opened.items),
    )


def _answers_by_visit(context: AppContext, visits: Iterable[Visit]) -> dict[str, list[Answer]]:
    keys = [visit.uuid for visit in visits]
    answers: dict[str, list[Answer]] = {key: [] for key in keys}
    if keys:
        for answer in context.catalogue.records(Answer, where={"visit_uuid": keys}):
            answers[answer.visit_uuid or ""].append(answer)
    return answers


def _newest(visits: Iterable[Visit], answers: Mapping[str, list[Answer]]) -> dict[str, Answer]:
    """Give the newest answer of each item: later visits stand above earlier ones."""
    newest: dict[str, Answer] = {}
    for visit in sorted(visits, key=lambda item: (item.visited_on or "", item.uuid)):
        for answer in answers[visit.uuid]:
            if answer.status not in {None, "not_checked"}:
                newest[answer.item_uuid or ""] = answer
    return newest


def _item_results(items: Iterable[ChecklistItem], newest: Mapping[str, Answer]) -> list[ItemResult]:
    return [
        _result_of_item(item, newest[item.uuid].status if item.uuid in newest else None)
        for item in items
    ]


def _result_of_item(item: ChecklistItem, status: str | None) -> ItemResult:
    return ItemResult(
        item_uuid=item.uuid,
        code=item.code or "",
        group_uuid=item.group_uuid or "",
        weight=item.weight or 0,
        critical=bool(item.critical),
        status=status,
    )
