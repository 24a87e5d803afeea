"""Visits that answer a checklist: started, answered item by item, finished."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from geopark_app.domain.change import Changes
from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.identifier import uuid_of
from geopark_app.domain.kinds import Answer, AnswerPhoto, Checklist, ChecklistItem, Photo, Visit
from geopark_app.domain.position import Quantity
from geopark_app.i18n import pick
from geopark_app.operations.checklist_parts import (
    SCOPES,
    STATUSES,
    OpenChecklist,
    checklist_for,
    facts_of,
    find_edition,
)
from geopark_app.operations.context import AppContext
from geopark_app.operations.readiness_results import (
    ReadinessResult,
    answer_day,
    park_readiness,
    readiness_of_sites,
    route_readiness,
    site_readiness,
)
from geopark_app.rules.checklist_conditions import Breach
from geopark_app.store.new_keys import new_uuid

__all__ = [
    "SCOPES",
    "STATUSES",
    "LastAnswer",
    "OpenChecklist",
    "ReadinessResult",
    "answer_as_last",
    "answer_item",
    "asked_items",
    "attach_evidence",
    "checklist_for",
    "checklist_of",
    "existing_visit",
    "finish_visit",
    "last_answers",
    "moment_on",
    "park_readiness",
    "place_facts",
    "readiness_of_sites",
    "refuse_breaches",
    "route_readiness",
    "site_readiness",
    "start_visit",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastAnswer:
    """What was answered to an item on an earlier visit to the same place.

    Attributes
    ----------
    answer : Answer
        It, with note and measured value.
    day : date or None
        When.
    """

    answer: Answer
    day: date | None


def start_visit(
    context: AppContext,
    scope: str,
    *,
    site_uuid: str | None = None,
    route_uuid: str | None = None,
    edition: str | None = None,
    visited_on: str | None = None,
    visitors: str | None = None,
    sample: bool = False,
    reason: str = "",
) -> tuple[Visit, Changes]:
    """Make a visit of today (Asia/Ho_Chi_Minh) and give it with what changed."""
    checklist = find_edition(context.catalogue.records(Checklist), edition)
    today = context.now().astimezone(VIETNAM).date().isoformat()
    visit = Visit(
        uuid=new_uuid(),
        scope=scope,
        site_uuid=site_uuid,
        route_uuid=route_uuid,
        checklist_uuid=checklist.uuid,
        visited_on=visited_on or today,
        visitors=visitors or context.author.person or None,
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
    on_visit_day: bool = False,
    reason: str = "",
) -> tuple[Answer, Changes]:
    """Answer one item of a visit; what is given is written, the rest of the answer stays.

    The answer is of now; one of a finished visit, or typed in from paper (`on_visit_day`), is of
    the day of the visit: correcting an old word makes no old answer fresh.

    Raises
    ------
    GeoparkError
        BAD_VALUE for an unknown status; NOT_FOUND for an unknown visit; CHECKLIST for an item that
        is not asked there or a value its condition does not allow.
    """
    if status is not None and status not in STATUSES:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="status", value=status, expected=", ".join(STATUSES)
        )
    visit = existing_visit(context, visit_uuid)
    key = uuid_of(visit_uuid, item_uuid)
    old = context.catalogue.get(Answer, key)
    base = old or Answer(uuid=key, visit_uuid=visit_uuid, item_uuid=item_uuid)
    answer = replace(
        base,
        status=base.status if status is None else status,
        note=base.note if note is None else note or None,
        measured=base.measured if value is None else Quantity(value=value, unit=unit),
        answered_at=_answered_at(context, visit, base, on_visit_day=on_visit_day),
        answered_by=context.author.person or None,
        deleted=False,
    )
    _check_answer(context, visit, answer)
    with context.work(reason or "answer item") as work:
        work.put(answer)
    return answer, work.changes


def existing_visit(context: AppContext, uuid: str) -> Visit:
    """Give a visit; raises NOT_FOUND."""
    visit = context.catalogue.get(Visit, uuid)
    if visit is None:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="visit", uuid=uuid)
    return visit


def moment_on(context: AppContext, visited_on: str | None) -> str:
    """Give the instant of answers of a day: now for today, else its noon, in stored form."""
    now = context.now()
    day = answer_day(None, visited_on)
    if day is None or day == now.astimezone(VIETNAM).date():
        return now.isoformat(timespec="seconds")
    return datetime.combine(day, time(12), tzinfo=VIETNAM).isoformat(timespec="seconds")


def _answered_at(context: AppContext, visit: Visit, answer: Answer, *, on_visit_day: bool) -> str:
    if on_visit_day or (visit.finished and answer.answered_at is None):
        return moment_on(context, visit.visited_on)
    if visit.finished and answer.answered_at is not None:
        return answer.answered_at
    return context.now().isoformat(timespec="seconds")


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
    """Mark a visit as finished; its answers can still be corrected.

    Raises
    ------
    GeoparkError
        CHECKLIST while items that must be answered are open.
    """
    visit = existing_visit(context, visit_uuid)
    opened = checklist_of(context, visit)
    given = opened.given(_answers(context, [visit_uuid]))
    facts = place_facts(context, visit)
    wanted = opened.conditions.breaches(opened.codes, given, facts)
    refuse_breaches(opened, [one for one in wanted if one.kind == "required"])
    with context.work(reason or "finish visit") as work:
        work.put(replace(visit, finished=True))
    return work.changes


def checklist_of(context: AppContext, visit: Visit) -> OpenChecklist:
    """Give the edition a visit answers."""
    return checklist_for(context, visit.scope or "site", edition=visit.checklist_uuid)


def place_facts(context: AppContext, visit: Visit) -> dict[str, str]:
    """Give what conditions may ask of the place of a visit."""
    place = visit.site_uuid or visit.route_uuid or ""
    return facts_of(context, visit.scope or "site", [place]).get(place, {})


def asked_items(
    opened: OpenChecklist, answers: Iterable[Answer], facts: Mapping[str, str]
) -> frozenset[str]:
    """Give the keys of the items a visit asks, as answered so far."""
    asked = opened.conditions.asked(opened.codes, opened.given(answers), facts)
    return frozenset(item.uuid for item in opened.items if item.code in asked)


def refuse_breaches(opened: OpenChecklist, breaches: Sequence[Breach]) -> None:
    """Raise CHECKLIST for the first kind of breach there is, naming its items."""
    if not breaches:
        return
    kind = breaches[0].kind
    codes = [one.code for one in breaches if one.kind == kind]
    item = opened.item(codes[0])
    words = pick(item.constraint_message_vi, item.constraint_message_en) if item else ""
    raise GeoparkError(
        ErrorCode.CHECKLIST,
        reason=kind,
        items=", ".join(codes),
        condition=words or ((item.value_constraint or "") if item else ""),
    )


def _check_answer(context: AppContext, visit: Visit, answer: Answer) -> None:
    opened = checklist_of(context, visit)
    if opened.conditions.is_empty:
        return
    code = next((one.code or "" for one in opened.items if one.uuid == answer.item_uuid), "")
    others = [one for one in _answers(context, [visit.uuid]) if one.item_uuid != answer.item_uuid]
    given = opened.given([*others, answer])
    breaches = opened.conditions.breaches(
        opened.codes, given, place_facts(context, visit), is_finished=False
    )
    refuse_breaches(opened, [one for one in breaches if one.code == code])


def _answers(context: AppContext, visits: Sequence[str]) -> list[Answer]:
    return context.catalogue.records(Answer, where={"visit_uuid": list(visits)}) if visits else []


def last_answers(context: AppContext, visit: Visit) -> dict[str, LastAnswer]:
    """Give what was answered before this visit at its place, by the items it asks."""
    opened = checklist_of(context, visit)
    where: dict[str, object] = {"scope": visit.scope}
    if visit.site_uuid or visit.route_uuid:
        where[f"{visit.scope}_uuid"] = visit.site_uuid or visit.route_uuid
    at = (visit.visited_on or "", visit.uuid)
    earlier = {
        one.uuid: one
        for one in context.catalogue.records(Visit, where=where)
        if one.uuid != visit.uuid and (one.visited_on or "", one.uuid) <= at
    }
    items = {item.uuid for item in opened.items}
    found: dict[str, tuple[tuple[str, str], LastAnswer]] = {}
    for answer in _answers(context, list(earlier)):
        key = opened.same_items.get(answer.item_uuid or "", answer.item_uuid or "")
        if key not in items or answer.status in {None, "not_checked"}:
            continue
        before = earlier[answer.visit_uuid or ""]
        order = (before.visited_on or "", before.uuid)
        if key not in found or found[key][0] <= order:
            day = answer_day(answer.answered_at, before.visited_on)
            found[key] = (order, LastAnswer(answer=answer, day=day))
    return {key: last for key, (_order, last) in found.items()}


def answer_as_last(
    context: AppContext, visit_uuid: str, items: Sequence[ChecklistItem], *, reason: str = ""
) -> Changes:
    """Answer items as they were answered last, with value and note, as one save.

    Photos stay with the old answer: they show how it was then. An item without earlier answer, or
    not asked now, is left out.
    """
    visit = existing_visit(context, visit_uuid)
    last = last_answers(context, visit)
    opened = checklist_of(context, visit)
    facts = place_facts(context, visit)
    mine = {one.item_uuid: one for one in _answers(context, [visit_uuid])}
    for item in items:
        if item.uuid in last:
            mine[item.uuid] = _again(context, visit, item.uuid, last[item.uuid].answer)
    asked = asked_items(opened, mine.values(), facts)
    written = [mine[one.uuid] for one in items if one.uuid in last and one.uuid in asked]
    with context.work(reason or "as last time") as work:
        for answer in written:
            work.put(answer)
    return work.changes


def _again(context: AppContext, visit: Visit, item_uuid: str, last: Answer) -> Answer:
    key = uuid_of(visit.uuid, item_uuid)
    return Answer(
        uuid=key,
        visit_uuid=visit.uuid,
        item_uuid=item_uuid,
        status=last.status,
        measured=last.measured,
        note=last.note,
        answered_at=context.now().isoformat(timespec="seconds"),
        answered_by=context.author.person or None,
    )
