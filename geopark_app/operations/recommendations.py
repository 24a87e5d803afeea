"""The recommendations register: owner, actions, dates, evidence, and the clock of a yellow card."""

from dataclasses import dataclass
from datetime import date

from geopark_app.domain.change import Changes
from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import (
    Evidence,
    EvidenceUse,
    Mission,
    Organisation,
    Recommendation,
    Work,
)
from geopark_app.domain.text import clean
from geopark_app.operations.context import AppContext
from geopark_app.operations.evidence_targets import RECOMMENDATION
from geopark_app.rules.evidence import order_of as evidence_order
from geopark_app.rules.recommendations import (
    CLOSED,
    CardClock,
    card_clock,
    due_of,
    is_late,
    order_of,
)
from geopark_app.rules.works import CLOSED as CLOSED_WORKS
from geopark_app.store.new_keys import new_uuid


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationLine:
    """A recommendation with what stands beside it.

    Attributes
    ----------
    record : Recommendation
        Itself.
    due : date or None
        Until when, not after the end of a yellow card.
    is_late : bool
        Whether it is past that date and neither done nor declined.
    unit : Organisation or None
        Who answers for it.
    actions : tuple of Work
        What is done for it, by date.
    evidence : tuple of Evidence
        What proves it.
    """

    record: Recommendation
    due: date | None
    is_late: bool
    unit: Organisation | None
    actions: tuple[Work, ...]
    evidence: tuple[Evidence, ...]

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor declined."""
        return self.record.status not in CLOSED

    @property
    def open_actions(self) -> int:
        """How many actions are not done yet."""
        return sum(work.work_state not in CLOSED_WORKS for work in self.actions)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationRegister:
    """All recommendations, the oldest first, and the yellow card's clock where one runs.

    Attributes
    ----------
    today : date
        Against which lateness is told.
    lines : tuple of RecommendationLine
        In order.
    clock : CardClock or None
        Of the newest result of a mission, if it was yellow.
    """

    today: date
    lines: tuple[RecommendationLine, ...]
    clock: CardClock | None


def read_recommendations(context: AppContext) -> RecommendationRegister:
    """Give the register as it is now."""
    catalogue = context.catalogue
    today = context.now().astimezone(VIETNAM).date()
    carded = _newest_result(catalogue.records(Mission))
    clock = card_clock(carded.result_card or "", _day(carded.result_on), today) if carded else None
    units = {one.uuid: one for one in catalogue.records(Organisation)}
    actions: dict[str, list[Work]] = {}
    for work in catalogue.records(Work):
        if work.recommendation_uuid:
            actions.setdefault(work.recommendation_uuid, []).append(work)
    evidence = _evidence(context)
    lines = []
    for record in catalogue.records(Recommendation):
        due = due_of(_day(record.due_on), clock if _is_under(record, carded) else None)
        lines.append(
            RecommendationLine(
                record=record,
                due=due,
                is_late=is_late(record.status or "", due, today),
                unit=units.get(record.organisation_uuid or ""),
                actions=tuple(
                    sorted(actions.get(record.uuid, ()), key=lambda one: one.due_on or "9")
                ),
                evidence=tuple(evidence.get(record.uuid, ())),
            )
        )
    lines.sort(key=lambda one: order_of(one.record.number or "", _day(one.record.given_on)))
    return RecommendationRegister(today=today, lines=tuple(lines), clock=clock)


def _newest_result(missions: list[Mission]) -> Mission | None:
    known = [one for one in missions if one.result_card and one.result_on]
    return max(known, key=lambda one: one.result_on or "", default=None)


def _is_under(record: Recommendation, carded: Mission | None) -> bool:
    """Say whether a yellow card is about it: given by that mission, or with its result."""
    if carded is None:
        return False
    if record.mission_uuid:
        return record.mission_uuid == carded.uuid
    return bool(record.given_on and record.given_on >= (carded.result_on or ""))


def _evidence(context: AppContext) -> dict[str, list[Evidence]]:
    register = {one.uuid: one for one in context.catalogue.records(Evidence)}
    found: dict[str, list[Evidence]] = {}
    for use in context.catalogue.records(EvidenceUse, where={"target_kind": RECOMMENDATION}):
        if one := register.get(use.evidence_uuid or ""):
            found.setdefault(use.target_code or "", []).append(one)
    for listed in found.values():
        listed.sort(key=lambda one: evidence_order(one.number or ""))
    return found


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def find_recommendation(context: AppContext, reference: str) -> Recommendation:
    """Give the recommendation of a number or uuid.

    Raises
    ------
    GeoparkError
        NOT_FOUND; AMBIGUOUS when several carry the number.
    """
    found = context.catalogue.get(Recommendation, reference)
    if found is not None:
        return found
    carriers = context.catalogue.records(Recommendation, where={"number": reference})
    if len(carriers) > 1:
        uuids = ", ".join(one.uuid for one in carriers)
        raise GeoparkError(ErrorCode.AMBIGUOUS, reference=reference, uuids=uuids)
    if not carriers:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="recommendation", reference=reference)
    return carriers[0]


def next_number(context: AppContext, year: int) -> str:
    """Give the number of the next recommendation of a year, such as `2028-3`."""
    start = f"{year}-"
    taken = [
        int(rest)
        for one in context.catalogue.records(Recommendation, include_deleted=True)
        if (one.number or "").startswith(start)
        and (rest := (one.number or "").removeprefix(start)).isascii()
        and rest.isdigit()
    ]
    return f"{start}{max(taken, default=0) + 1}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedRecommendation:
    """A recommendation that was made, and what changed."""

    record: Recommendation
    changes: Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedAction:
    """An action that was made, and what changed."""

    work: Work
    changes: Changes


def add_recommendation(
    context: AppContext, text_vi: str, *, origin: str = "council", reason: str = ""
) -> AddedRecommendation:
    """Make a recommendation of today under the next number; its fields are filled in afterwards.

    Raises
    ------
    GeoparkError
        BAD_VALUE without a text.
    """
    words = clean(text_vi).strip()
    if not words:
        raise GeoparkError(ErrorCode.BAD_VALUE, field="text_vi", value="", expected="text")
    today = context.now().astimezone(VIETNAM).date()
    made = Recommendation(
        uuid=new_uuid(),
        number=next_number(context, today.year),
        text_vi=words,
        origin=origin,
        given_on=today.isoformat(),
        status="open",
    )
    with context.work(reason or "add recommendation") as work:
        work.put(made)
    return AddedRecommendation(record=made, changes=work.changes)


def add_action(
    context: AppContext,
    recommendation: Recommendation,
    title: str,
    *,
    due_on: str | None = None,
    reason: str = "",
) -> AddedAction:
    """Make a planned work that answers a recommendation; it stands in the list of works too.

    Raises
    ------
    GeoparkError
        BAD_VALUE without a title.
    """
    words = clean(title).strip()
    if not words:
        raise GeoparkError(ErrorCode.BAD_VALUE, field="title_vi", value="", expected="text")
    made = Work(
        uuid=new_uuid(),
        title_vi=words,
        work_kind="other",
        recommendation_uuid=recommendation.uuid,
        organisation_uuid=recommendation.organisation_uuid,
        responsible=recommendation.owner,
        due_on=due_on or recommendation.due_on,
        work_state="planned",
    )
    with context.work(reason or "add action") as work:
        work.put(made)
    return AddedAction(work=made, changes=work.changes)
