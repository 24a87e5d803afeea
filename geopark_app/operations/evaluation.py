"""The evaluation form: answers, points with the terms they come from, evidence behind each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from geopark_app.domain.change import Changes
from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.identifier import uuid_of
from geopark_app.domain.kinds import (
    EvaluationForm,
    Evidence,
    EvidenceUse,
    FormAnswer,
    FormCategory,
    FormGroup,
    FormItem,
    FormOption,
)
from geopark_app.domain.text import clean
from geopark_app.i18n import gettext as _
from geopark_app.operations.context import AppContext
from geopark_app.rules.evaluation import (
    COUNT,
    CategoryRule,
    FormResult,
    GroupRule,
    ItemAnswer,
    ItemRule,
    evaluate,
    refusal,
)
from geopark_app.rules.evidence import Numbered, next_number
from geopark_app.store.new_keys import new_uuid

_RowT = TypeVar("_RowT", FormCategory, FormGroup, FormItem, FormOption)

ITEM_TARGET = "form_item"
"""`target_kind` of evidence that stands behind an item of a form; `target_code` is its code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """One item as people see it.

    Attributes
    ----------
    item : FormItem
        What is asked.
    options : tuple of FormOption
        What may be chosen; empty for a count.
    answer : FormAnswer or None
        None while unanswered.
    evidence : tuple of Evidence
        What stands behind the answer.
    """

    item: FormItem
    options: tuple[FormOption, ...]
    answer: FormAnswer | None
    evidence: tuple[Evidence, ...]

    @property
    def chosen(self) -> tuple[str, ...]:
        """Codes of the options chosen."""
        return tuple(filter(None, (self.answer.chosen or "").split(","))) if self.answer else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenForm:
    """A form with its answers and what they are worth.

    Attributes
    ----------
    form : EvaluationForm
        The edition.
    categories : tuple of FormCategory
        In order.
    groups : tuple of FormGroup
        In order, of all categories.
    items : tuple of ItemView
        In order, of all groups.
    result : FormResult
        Points and score.
    """

    form: EvaluationForm
    categories: tuple[FormCategory, ...]
    groups: tuple[FormGroup, ...]
    items: tuple[ItemView, ...]
    result: FormResult

    @property
    def is_provisional(self) -> bool:
        """Whether the points are not yet confirmed by the official form."""
        return not self.form.points_confirmed

    def item(self, code: str) -> ItemView:
        """Give an item by code; raises NOT_FOUND."""
        for one in self.items:
            if one.item.code == code:
                return one
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="form_item", reference=code)


def forms_of(context: AppContext) -> list[EvaluationForm]:
    """Give every edition of the forms, document A first, the newest edition of each first."""
    newest_first = sorted(
        context.catalogue.records(EvaluationForm), key=lambda form: form.edition or "", reverse=True
    )
    return sorted(newest_first, key=document_of)


def document_of(form: EvaluationForm) -> str:
    """Give the letter of the document; the first form of all was A and did not say so."""
    return form.document or "A"


def open_form(context: AppContext, edition: str | None = None) -> OpenForm:
    """Give a form: an edition, the newest of a document (A, B), or the newest of document A.

    Raises
    ------
    GeoparkError
        NOT_FOUND when the catalogue has no such form.
    """
    form = _edition(context, edition)
    where = {"form_uuid": form.uuid}
    categories = _ordered(context.catalogue.records(FormCategory, where=where))
    groups = _ordered(context.catalogue.records(FormGroup, where=where))
    items = _views(context, _ordered(context.catalogue.records(FormItem, where=where)))
    answers = {one.item.code or "": _answer_of(one) for one in items if one.answer}
    return OpenForm(
        form=form,
        categories=tuple(categories),
        groups=tuple(groups),
        items=tuple(items),
        result=evaluate(_rules(categories, groups, items), answers),
    )


def _edition(context: AppContext, edition: str | None) -> EvaluationForm:
    forms = forms_of(context)
    wanted = edition or "A"
    named = [form for form in forms if wanted in {form.edition, form.uuid}]
    found = named or [form for form in forms if document_of(form) == wanted]
    if not found:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="evaluation_form", reference=edition or "")
    return found[0]


def _ordered(rows: Sequence[_RowT]) -> list[_RowT]:
    return sorted(rows, key=lambda row: row.sort_order or 0)


def _views(context: AppContext, items: Sequence[FormItem]) -> list[ItemView]:
    options: dict[str, list[FormOption]] = {}
    for option in _ordered(context.catalogue.records(FormOption)):
        options.setdefault(option.item_uuid or "", []).append(option)
    answers = {one.item_uuid: one for one in context.catalogue.records(FormAnswer)}
    evidence = _evidence_by_item(context)
    return [
        ItemView(
            item=item,
            options=tuple(options.get(item.uuid, ())),
            answer=answers.get(item.uuid),
            evidence=tuple(evidence.get(item.code or "", ())),
        )
        for item in items
    ]


def _evidence_by_item(context: AppContext) -> dict[str, list[Evidence]]:
    register = {one.uuid: one for one in context.catalogue.records(Evidence)}
    found: dict[str, list[Evidence]] = {}
    for use in context.catalogue.records(EvidenceUse, where={"target_kind": ITEM_TARGET}):
        if one := register.get(use.evidence_uuid or ""):
            found.setdefault(use.target_code or "", []).append(one)
    for listed in found.values():
        listed.sort(key=lambda one: one.number or "")
    return found


def _answer_of(view: ItemView) -> ItemAnswer:
    answer = view.answer
    return ItemAnswer(
        chosen=view.chosen,
        counted=answer.counted if answer else None,
        has_evidence=bool(view.evidence),
        evaluator_points=answer.evaluator_points if answer else None,
    )


def rule_of(view: ItemView) -> ItemRule:
    """Give how an item counts."""
    item = view.item
    return ItemRule(
        code=item.code or "",
        answer_type=item.answer_type or "",
        max_points=item.max_points or 0,
        options={option.code or "": option.points or 0 for option in view.options},
        per_unit=item.per_unit or 0,
        is_typed=item.max_points is not None,
    )


def _rules(
    categories: Sequence[FormCategory], groups: Sequence[FormGroup], items: Sequence[ItemView]
) -> list[CategoryRule]:
    by_group: dict[str, list[ItemRule]] = {}
    for view in items:
        by_group.setdefault(view.item.group_uuid or "", []).append(rule_of(view))
    by_category: dict[str, list[GroupRule]] = {}
    for group in groups:
        by_category.setdefault(group.category_uuid or "", []).append(
            GroupRule(
                code=group.code or "",
                max_points=group.max_points,
                items=tuple(by_group.get(group.uuid, ())),
            )
        )
    return [
        CategoryRule(
            code=category.code or "",
            weight=category.weight or 0,
            max_points=category.max_points or 0,
            minimum_percent=category.minimum_percent or 0,
            groups=tuple(by_category.get(category.uuid, ())),
        )
        for category in categories
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemEntry:
    """What somebody enters for an item; None clears."""

    chosen: Collection[str] = ()
    counted: int | None = None
    evaluator_points: int | None = None
    note: str | None = None


def answer_item(
    context: AppContext, form: OpenForm, code: str, entry: ItemEntry, *, reason: str = ""
) -> Changes:
    """Write the answer to one item.

    Raises
    ------
    GeoparkError
        NOT_FOUND for the item; BAD_VALUE for what the item does not take.
    """
    view = form.item(code)
    rule = rule_of(view)
    checked = ItemAnswer(
        chosen=entry.chosen, counted=entry.counted, evaluator_points=entry.evaluator_points
    )
    field = refusal(rule, checked)
    if field is not None:
        offered = f"0–{rule.max_points}" if field == "evaluator_points" else ", ".join(rule.options)
        value = ",".join(entry.chosen) if field == "chosen" else getattr(entry, field)
        expected = "0, 1, 2, …" if rule.answer_type == COUNT and field == "counted" else offered
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field=f"{code} {field}", value=value, expected=expected
        )
    order = list(rule.options)
    answer = FormAnswer(
        uuid=uuid_of(view.item.uuid, "answer"),
        item_uuid=view.item.uuid,
        chosen=",".join(sorted(set(entry.chosen), key=order.index)) or None,
        counted=entry.counted,
        evaluator_points=entry.evaluator_points,
        note=clean(entry.note) or None if entry.note else None,
        answered_on=context.now().astimezone(VIETNAM).date().isoformat(),
        answered_by=context.author.person or None,
    )
    with context.work(reason or "answer form item") as work:
        work.put(answer)
    return work.changes


def confirm_points(context: AppContext, form: OpenForm, note: str, *, reason: str = "") -> Changes:
    """Say that the office has compared the points with the official form named in the note.

    Raises
    ------
    GeoparkError
        BAD_VALUE without a note, or while points are still to be typed in.
    """
    words = clean(note).strip()
    if not words:
        raise GeoparkError(ErrorCode.BAD_VALUE, field="confirmed_note", value="", expected="text")
    if form.result.untyped:
        raise GeoparkError(
            ErrorCode.BAD_VALUE,
            field="points_confirmed",
            value=form.form.edition,
            expected=_("points typed in for: {codes}").format(
                codes=", ".join(form.result.untyped[:8])
            ),
        )
    with context.work(reason or "confirm points") as work:
        work.put(replace(form.form, points_confirmed=True, confirmed_note=words))
    return work.changes


def link_evidence(
    context: AppContext, code: str, evidence_uuid: str, *, reason: str = ""
) -> Changes:
    """Let a piece of evidence stand behind an item.

    Raises
    ------
    GeoparkError
        NOT_FOUND for the evidence or the item.
    """
    if not context.catalogue.records(FormItem, where={"code": code}):
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="form_item", reference=code)
    if context.catalogue.get(Evidence, evidence_uuid) is None:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="evidence", reference=evidence_uuid)
    use = EvidenceUse(
        uuid=uuid_of(evidence_uuid, f"{ITEM_TARGET}:{code}"),
        evidence_uuid=evidence_uuid,
        target_kind=ITEM_TARGET,
        target_code=code,
    )
    with context.work(reason or "link evidence") as work:
        work.put(use)
    return work.changes


def unlink_evidence(
    context: AppContext, code: str, evidence_uuid: str, *, reason: str = ""
) -> Changes:
    """Take a piece of evidence away from an item; the evidence itself stays."""
    key = uuid_of(evidence_uuid, f"{ITEM_TARGET}:{code}")
    use = context.catalogue.get(EvidenceUse, key)
    if use is None:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="evidence_use", reference=code)
    with context.work(reason or "unlink evidence") as work:
        work.delete(kind_of(use), key)
    return work.changes


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedEvidence:
    """Evidence as it was registered, and what changed."""

    uuid: str
    changes: Changes


def add_evidence(context: AppContext, title: str, *, reason: str = "") -> AddedEvidence:
    """Register evidence under the next number; its other fields are filled in afterwards.

    Raises
    ------
    GeoparkError
        BAD_VALUE without a title.
    """
    words = clean(title).strip()
    if not words:
        raise GeoparkError(ErrorCode.BAD_VALUE, field="title_vi", value="", expected="text")
    made = Evidence(uuid=new_uuid(), number=next_evidence_number(context), title_vi=words)
    with context.work(reason or "register evidence") as work:
        work.put(made)
    return AddedEvidence(uuid=made.uuid, changes=work.changes)


def next_evidence_number(context: AppContext) -> str:
    """Give the number the next piece of evidence gets, such as E-001."""
    return next_number(
        Numbered(
            key=one.uuid,
            number=one.number or "",
            is_fixed=one.freeze_uuid is not None,
            removed=one.deleted,
        )
        for one in context.catalogue.records(Evidence, include_deleted=True)
    )
