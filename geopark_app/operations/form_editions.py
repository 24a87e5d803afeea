"""Editions of the evaluation forms: typed in or imported from a workbook, side by side."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid5

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import Record
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.identifier import ROOT, uuid_of
from geopark_app.domain.kinds import EvaluationForm, FormCategory, FormGroup, FormItem, FormOption
from geopark_app.i18n import gettext as _
from geopark_app.operations.context import AppContext
from geopark_app.operations.evaluation import ItemView, OpenForm, document_of, forms_of
from geopark_app.rules.form_draft import (
    CATEGORY,
    GROUP,
    ITEM,
    OPTION,
    SINGLE,
    YES_NO,
    DraftRow,
    FormDraft,
    FormFault,
    form_faults,
)

_YES_NO_LABELS = (("0", "Không", "No"), ("1", "Có", "Yes"))


def draft_of(form: OpenForm, *, edition: str = "") -> FormDraft:
    """Give a form as rows, to begin a new edition with."""
    return FormDraft(
        edition=edition or form.form.edition or "",
        document=document_of(form.form),
        title_vi=form.form.title_vi or "",
        title_en=form.form.title_en or "",
        source=form.form.source or "",
        rows=tuple(_rows(form)),
    )


def _rows(form: OpenForm) -> Iterator[DraftRow]:
    for category in form.categories:
        yield _row(
            CATEGORY, category, weight=category.weight, minimum_percent=category.minimum_percent
        )
        for group in form.groups:
            if group.category_uuid == category.uuid:
                yield _row(GROUP, group)
                for view in form.items:
                    if view.item.group_uuid == group.uuid:
                        yield from _item_rows(view)


def _row(level: str, row: FormCategory | FormGroup, **more: Any) -> DraftRow:
    return DraftRow(
        level=level,
        code=row.code or "",
        label_vi=row.label_vi or "",
        label_en=row.label_en or "",
        max_points=row.max_points,
        status=row.points_status or "",
        **more,
    )


def _item_rows(view: ItemView) -> Iterator[DraftRow]:
    item = view.item
    labels = tuple((one.code or "", one.label_vi or "", one.label_en or "") for one in view.options)
    points = [one.points for one in view.options]
    is_yes_no = labels == _YES_NO_LABELS and points in ([0, item.max_points], [None, None])
    yield DraftRow(
        level=ITEM,
        code=item.code or "",
        label_vi=item.label_vi or "",
        label_en=item.label_en or "",
        answer_type=YES_NO if is_yes_no else item.answer_type or "",
        max_points=item.max_points,
        per_unit=item.per_unit,
        status=item.points_status or "",
        fed_by=item.fed_by or "",
        evidence_vi=item.evidence_vi or "",
        evidence_en=item.evidence_en or "",
    )
    if not is_yes_no:
        for one in view.options:
            yield DraftRow(
                level=OPTION,
                code=one.code or "",
                label_vi=one.label_vi or "",
                label_en=one.label_en or "",
                max_points=one.points,
            )


def draft_faults(context: AppContext, draft: FormDraft) -> list[FormFault]:
    """Give what is wrong with a draft, also an edition that is there already."""
    there = {one.edition for one in forms_of(context)}
    taken = [FormFault(code="taken", row=0, found=draft.edition)] if draft.edition in there else []
    return [*taken, *form_faults(draft)]


def fault_words(fault: FormFault) -> str:
    """Say what is wrong, with the number of the row."""
    sentence = {
        "taken": _("the edition {found} is here already; give another name"),
        "edition": _("an edition is named by small letters, digits, - and . (found: {found})"),
        "document": _("the document is A or B (found: {found})"),
        "missing": _("{found} is missing"),
        "level": _("a row is a category, group, item or option (found: {found})"),
        "order": _("nothing of the level above stands before this {found}"),
        "code": _("a code is made of letters, digits, . - _ (found: {found})"),
        "label": _("{found} has no name in both languages"),
        "number": _("this number is not possible: {found}"),
        "answer-type": _("an item is yes_no, single, multi or count (found: {found})"),
        "per-unit": _("the count {found} has no points for each"),
        "option": _("an option belongs to an item that is single or multi ({found})"),
        "twice": _("the code {found} stands twice"),
        "weights-sum": _("the weights add up to {found}, not to 100"),
        "no-options": _("the item {found} has fewer than two options"),
        "never-reached": _("never reached, {found}"),
    }[fault.code].format(found=fault.found)
    return _("Row {row}: {words}").format(row=fault.row, words=sentence) if fault.row else sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedForm:
    """The edition as it was written, and what changed."""

    edition: str
    changes: Changes


def add_form(context: AppContext, draft: FormDraft, *, reason: str = "") -> AddedForm:
    """Write a new edition beside those that are there; its points are provisional.

    Raises
    ------
    GeoparkError
        BAD_VALUE that names the first grave fault; nothing is written then.
    """
    grave = [one for one in draft_faults(context, draft) if one.is_grave]
    if grave:
        raise GeoparkError(
            ErrorCode.BAD_VALUE,
            field="evaluation_form",
            value=draft.edition,
            expected="; ".join(fault_words(one) for one in grave[:5]),
        )
    with context.work(reason or "add form edition") as work:
        for record in form_of_draft(draft):
            work.put(record)
    return AddedForm(edition=draft.edition, changes=work.changes)


def form_of_draft(draft: FormDraft) -> Iterable[Record]:
    """Give the records of an edition: the same keys on every laptop."""
    form = str(uuid5(ROOT, f"form:{draft.edition}"))
    yield EvaluationForm(
        uuid=form,
        edition=draft.edition,
        document=draft.document,
        title_vi=draft.title_vi,
        title_en=draft.title_en,
        source=draft.source,
        status_vi="TẠM TÍNH: nhập theo biểu chính thức, chưa được văn phòng xác nhận.",
        status_en="PROVISIONAL: typed in from the official form, not confirmed by the office yet.",
    )
    at: dict[str, str] = {}
    for order, row in enumerate(draft.rows, start=1):
        above = at[ITEM] if row.level == OPTION else form
        at[row.level] = uuid_of(above, f"{row.level}:{row.code}")
        yield _record(form, at, row, order)
        if row.level == ITEM and row.answer_type == YES_NO:
            yield from _yes_no(at[ITEM], row)


def _record(form: str, at: dict[str, str], row: DraftRow, order: int) -> Record:
    labels: dict[str, Any] = {"label_vi": row.label_vi, "label_en": row.label_en}
    if row.level == CATEGORY:
        return FormCategory(
            uuid=at[CATEGORY],
            form_uuid=form,
            code=row.code,
            weight=row.weight,
            max_points=row.max_points,
            minimum_percent=row.minimum_percent,
            points_status=row.status or None,
            sort_order=order,
            **labels,
        )
    if row.level == GROUP:
        return FormGroup(
            uuid=at[GROUP],
            form_uuid=form,
            category_uuid=at[CATEGORY],
            code=row.code,
            max_points=row.max_points,
            points_status=row.status or None,
            sort_order=order,
            **labels,
        )
    if row.level == ITEM:
        return FormItem(
            uuid=at[ITEM],
            form_uuid=form,
            group_uuid=at[GROUP],
            code=row.code,
            answer_type=SINGLE if row.answer_type == YES_NO else row.answer_type,
            max_points=row.max_points,
            per_unit=row.per_unit,
            points_status=row.status or None,
            fed_by=row.fed_by or None,
            evidence_vi=row.evidence_vi or None,
            evidence_en=row.evidence_en or None,
            sort_order=order,
            **labels,
        )
    return FormOption(
        uuid=at[OPTION],
        item_uuid=at[ITEM],
        code=row.code,
        points=row.max_points,
        sort_order=order,
        **labels,
    )


def _yes_no(item: str, row: DraftRow) -> Iterator[FormOption]:
    for order, (code, vi, en) in enumerate(_YES_NO_LABELS, start=1):
        no_points = None if row.max_points is None else 0
        yield FormOption(
            uuid=uuid_of(item, f"{OPTION}:{code}"),
            item_uuid=item,
            code=code,
            label_vi=vi,
            label_en=en,
            points=row.max_points if code == "1" else no_points,
            sort_order=order,
        )
