"""An evaluation form as rows somebody types in or imports, and everything that is wrong with it.

Rows stand in their order: a category, its groups, their items, and the options of each item. A
number that is not known yet stays empty; the form then gives no score and cannot be confirmed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

CATEGORY, GROUP, ITEM, OPTION = "category", "group", "item", "option"
LEVELS = (CATEGORY, GROUP, ITEM, OPTION)
YES_NO, SINGLE, MULTI, COUNT = "yes_no", "single", "multi", "count"
ANSWER_TYPES = (YES_NO, SINGLE, MULTI, COUNT)
MOST_POINTS = 100_000
_EDITION = re.compile(r"[a-z0-9][a-z0-9.-]{2,59}")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,29}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """One row of a form.

    Attributes
    ----------
    level : str
        `category`, `group`, `item` or `option`; it belongs to the last row of the level above.
    code, label_vi, label_en : str
        What it is called; the code of an option counts within its item only.
    answer_type : str
        Of an item: `yes_no`, `single`, `multi` or `count`.
    weight, max_points, minimum_percent, per_unit : int or None
        Numbers of the form; the points of an option are its `max_points`. None: to be typed in.
    status, fed_by, evidence_vi, evidence_en : str
        Where the points come from, what feeds an item, what proves it.
    """

    level: str
    code: str
    label_vi: str = ""
    label_en: str = ""
    answer_type: str = ""
    weight: int | None = None
    max_points: int | None = None
    minimum_percent: int | None = None
    per_unit: int | None = None
    status: str = ""
    fed_by: str = ""
    evidence_vi: str = ""
    evidence_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDraft:
    """A whole form that is no record yet."""

    edition: str
    document: str
    title_vi: str
    title_en: str
    source: str
    rows: tuple[DraftRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFault:
    """What is wrong: a code, the row (from 1; 0 for the form), and what stands there.

    `is_grave` says that the form is not taken; otherwise a person is told and decides.
    """

    code: str
    row: int
    found: str = ""
    is_grave: bool = True


def form_faults(draft: FormDraft) -> list[FormFault]:
    """Give everything that is wrong with a form, in the order of its rows."""
    faults = list(_head_faults(draft))
    seen: set[tuple[str, str]] = set()
    at: dict[str, DraftRow] = {}
    for number, row in enumerate(draft.rows, start=1):
        faults += _row_faults(number, row, at)
        if row.level not in LEVELS:
            continue
        above = at[ITEM].code if row.level == OPTION and ITEM in at else ""
        place = (f"{row.level}:{above}", row.code)
        if place in seen:
            faults.append(FormFault(code="twice", row=number, found=row.code))
        seen.add(place)
        at = {name: one for name, one in at.items() if LEVELS.index(name) < _depth(row)}
        at[row.level] = row
    weights = [row.weight for row in draft.rows if row.level == CATEGORY]
    total = sum(one or 0 for one in weights)
    if any(one is not None for one in weights) and total != 100:
        faults.append(FormFault(code="weights-sum", row=0, found=str(total)))
    return [*faults, *_sum_faults(draft.rows)]


def _depth(row: DraftRow) -> int:
    return LEVELS.index(row.level)


def _head_faults(draft: FormDraft) -> Iterator[FormFault]:
    if not _EDITION.fullmatch(draft.edition):
        yield FormFault(code="edition", row=0, found=draft.edition)
    if draft.document not in {"A", "B"}:
        yield FormFault(code="document", row=0, found=draft.document)
    for name in ("title_vi", "title_en", "source"):
        if not getattr(draft, name):
            yield FormFault(code="missing", row=0, found=name)
    if not any(row.level == CATEGORY for row in draft.rows):
        yield FormFault(code="missing", row=0, found=CATEGORY)


def _row_faults(number: int, row: DraftRow, at: dict[str, DraftRow]) -> Iterator[FormFault]:
    if row.level not in LEVELS:
        yield FormFault(code="level", row=number, found=row.level)
        return
    depth = _depth(row)
    if depth and LEVELS[depth - 1] not in at:
        yield FormFault(code="order", row=number, found=row.level)
    if not _CODE.fullmatch(row.code):
        yield FormFault(code="code", row=number, found=row.code)
    if not (row.label_vi and row.label_en):
        yield FormFault(code="label", row=number, found=row.code)
    for name in ("weight", "max_points", "minimum_percent", "per_unit"):
        value = getattr(row, name)
        most = 100 if name in {"weight", "minimum_percent"} else MOST_POINTS
        if value is not None and not 0 <= value <= most:
            yield FormFault(code="number", row=number, found=f"{name} {value}")
    if row.level == ITEM and row.answer_type not in ANSWER_TYPES:
        yield FormFault(code="answer-type", row=number, found=row.answer_type)
    is_count = row.level == ITEM and row.answer_type == COUNT
    if is_count and row.per_unit is None and row.max_points is not None:
        yield FormFault(code="per-unit", row=number, found=row.code)
    if row.level == OPTION and at.get(ITEM) and at[ITEM].answer_type not in {SINGLE, MULTI}:
        yield FormFault(code="option", row=number, found=row.code)


def _sum_faults(rows: Sequence[DraftRow]) -> Iterator[FormFault]:
    """Give sums that cannot be right: less below than the row above may give, or no options."""
    for number, row in enumerate(rows, start=1):
        below = _below(rows, number - 1)
        if row.level == ITEM and row.answer_type in {SINGLE, MULTI} and len(below) < 2:
            yield FormFault(code="no-options", row=number, found=row.code)
            continue
        points = [one.max_points for one in below if one.max_points is not None]
        if row.max_points is None or not below or len(points) < len(below):
            continue
        reached = max(points) if row.answer_type == SINGLE else sum(points)
        if reached < row.max_points:
            found = f"{row.code}: {reached} < {row.max_points}"
            yield FormFault(code="never-reached", row=number, found=found, is_grave=False)


def _below(rows: Sequence[DraftRow], index: int) -> list[DraftRow]:
    """Give the rows of the next level that belong to a row."""
    depth = LEVELS.index(rows[index].level) if rows[index].level in LEVELS else len(LEVELS)
    found = []
    for row in rows[index + 1 :]:
        if row.level not in LEVELS or _depth(row) <= depth:
            break
        if _depth(row) == depth + 1:
            found.append(row)
    return found
