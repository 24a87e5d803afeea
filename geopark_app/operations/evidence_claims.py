"""Positive answers with nothing behind them, in the form and in the checklists: only claimed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import (
    Answer,
    AnswerPhoto,
    ChecklistItem,
    Evidence,
    EvidenceUse,
    Photo,
    Visit,
)
from geopark_app.i18n import pick
from geopark_app.operations.checklist_parts import same_items_of
from geopark_app.operations.context import AppContext
from geopark_app.operations.evaluation import open_form
from geopark_app.operations.evidence_targets import (
    ANSWER,
    CHECKLIST_ITEM,
    FORM_ITEM,
    Target,
    TargetWords,
)

POSITIVE = frozenset({"met", "partly"})
"""Answers of a checklist that say something is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A positive answer without evidence.

    Attributes
    ----------
    target : Target
        Where evidence would have to be linked.
    place : str
        Code of the site, name of the route, or empty for the form.
    code, title : str
        Of the item.
    is_critical : bool
        Whether the item is critical.
    """

    target: Target
    place: str
    code: str
    title: str
    is_critical: bool = False


def claims(context: AppContext) -> list[Claim]:
    """Give every claim: those of the form, then those of the newest checklist answers."""
    return [*_form_claims(context), *_checklist_claims(context)]


def _form_claims(context: AppContext) -> list[Claim]:
    try:
        form = open_form(context)
    except GeoparkError as error:
        if error.code is not ErrorCode.NOT_FOUND:
            raise
        return []
    found = []
    for code in form.result.claimed:
        item = form.item(code).item
        found.append(
            Claim(
                target=Target(kind=FORM_ITEM, code=code),
                place="",
                code=code,
                title=pick(item.label_vi, item.label_en),
            )
        )
    return found


def _checklist_claims(context: AppContext) -> list[Claim]:
    catalogue = context.catalogue
    visits = {one.uuid: one for one in catalogue.records(Visit)}
    items = {one.uuid: one for one in catalogue.records(ChecklistItem)}
    proved = _proved(context)
    words = TargetWords(context)
    found = []
    # An answer under an older edition belongs to the item of the same code, as in readiness.
    same = same_items_of(context)
    for visit, answer in _newest(visits, catalogue.records(Answer), same):
        item = items.get(same.get(answer.item_uuid or "", answer.item_uuid or ""))
        if item is None or item.retired or answer.status not in POSITIVE:
            continue
        # What proves an item as such proves it for the park; a place needs evidence of its own.
        by_item = visit.scope == "park" and (CHECKLIST_ITEM, item.code or "") in proved
        if (ANSWER, answer.uuid) in proved or by_item:
            continue
        found.append(
            Claim(
                target=Target(kind=ANSWER, code=answer.uuid),
                place=words.place(visit),
                code=item.code or "",
                title=pick(item.label_vi, item.label_en),
                is_critical=bool(item.critical),
            )
        )
    return sorted(found, key=lambda claim: (claim.place, claim.code))


def _proved(context: AppContext) -> set[tuple[str, str]]:
    """Give the places that have evidence; photos dropped on an answer count, removed ones not."""
    catalogue = context.catalogue
    photos = {one.uuid for one in catalogue.records_in_part(Photo, ["sha256"])}
    register = {one.uuid for one in catalogue.records_in_part(Evidence, ["number"])}
    by_photo = {
        (ANSWER, one.answer_uuid or "")
        for one in catalogue.records(AnswerPhoto)
        if one.photo_uuid in photos
    }
    return by_photo | {
        (use.target_kind or "", use.target_code or "")
        for use in catalogue.records(EvidenceUse)
        if use.evidence_uuid in register
    }


def _newest(
    visits: Mapping[str, Visit], answers: Iterable[Answer], same: Mapping[str, str]
) -> list[tuple[Visit, Answer]]:
    """Give the newest answer to each item at each place; "not checked" answers nothing."""
    known = [
        (visits[answer.visit_uuid or ""], answer)
        for answer in answers
        if answer.visit_uuid in visits and answer.status not in {None, "not_checked"}
    ]
    known.sort(key=lambda pair: (pair[0].visited_on or "", pair[0].uuid))
    newest: dict[tuple[str, str, str], tuple[Visit, Answer]] = {}
    for visit, answer in known:
        place = visit.site_uuid or visit.route_uuid or ""
        item = same.get(answer.item_uuid or "", answer.item_uuid or "")
        newest[visit.scope or "", place, item] = (visit, answer)
    return list(newest.values())
