"""What speaks against an edition of a checklist before it comes into force."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geopark_app.rules.checklist_conditions import FACTS, VALUE_END, names_of
from geopark_app.rules.expressions import CURRENT, ExpressionError

SCOPES = ("site", "route", "park")
MOST_ITEMS = 500
HEAVIEST = 100
RESERVED = (
    "edition", "site_code", "route_number", "visited_on", "visitors", "visit_note", "start", "end",
)  # fmt: skip
"""Names the field form needs for itself."""
ENDINGS = (VALUE_END, "_note", "_photo")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,15}", re.ASCII)
_EDITION = re.compile(r"[a-z][a-z0-9]{0,23}-[0-9A-Za-z][0-9A-Za-z.]{0,23}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedItem:
    """One item of an edition as it stands; texts are empty rather than None."""

    code: str
    group: str = ""
    scope: str = ""
    label_vi: str = ""
    label_en: str = ""
    weight: int | None = None
    is_measured: bool = False
    is_retired: bool = False
    relevant: str = ""
    constraint: str = ""
    required: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionProblem:
    """One thing to put right.

    Attributes
    ----------
    code : str
        The item; empty for the edition as a whole.
    reason : str
        `no-items`, `too-many`, `bad-code`, `double-code`, `no-label`, `bad-scope`, `bad-weight`,
        `no-group`, `bad-condition`, `unknown-name`, `other-scope`, `circle`, `no-measure`.
    detail : str
        What of it: a field, a name, a place in a condition.
    """

    code: str
    reason: str
    detail: str = ""


def is_edition_name(name: str) -> bool:
    """Say whether a name can stand for an edition: family, hyphen, version."""
    return _EDITION.fullmatch(name) is not None


def next_edition(name: str, known: Iterable[str]) -> str:
    """Propose the name of the edition after this one: the last number counts up."""
    taken = set(known)
    family, _hyphen, version = name.partition("-")
    *front, last = version.split(".")
    number = int(last) if last.isdigit() and len(last) < 6 else 0
    front = front if last.isdigit() else [*front, last]
    while True:
        number += 1
        proposed = f"{family}-{'.'.join([*front, str(number)])}"
        if proposed not in taken:
            return proposed


def edition_order(name: str) -> tuple[tuple[int, int, str], ...]:
    """Give the key editions are ordered by: 2026.10 comes after 2026.9."""
    parts = re.findall(r"\d+|[^\d.]+", name.partition("-")[2])
    return tuple(
        (1, int(part), "") if part.isdigit() and len(part) < 10 else (0, 0, part) for part in parts
    )


def problems_of(items: Sequence[PlannedItem], groups: Iterable[str]) -> list[EditionProblem]:
    """Give what must be put right before the edition can be used, in the order of the items."""
    known_groups = set(groups)
    current = [item for item in items if not item.is_retired]
    by_code = {item.code: item for item in current}
    found: list[EditionProblem] = []
    if not current:
        found.append(EditionProblem(code="", reason="no-items"))
    if len(items) > MOST_ITEMS:
        found.append(EditionProblem(code="", reason="too-many", detail=str(MOST_ITEMS)))
    seen: set[str] = set()
    for item in items:
        if item.code.lower() in seen:
            found.append(EditionProblem(code=item.code, reason="double-code"))
        seen.add(item.code.lower())
        if not item.is_retired:
            found.extend(_of_item(item, known_groups, by_code))
    return [*found, *_circles(current, by_code)]


def _of_item(
    item: PlannedItem, groups: set[str], by_code: Mapping[str, PlannedItem]
) -> Iterable[EditionProblem]:
    if not is_code(item.code):
        yield EditionProblem(code=item.code, reason="bad-code")
    if not item.label_vi or not item.label_en:
        missing = "label_en" if item.label_vi else "label_vi"
        yield EditionProblem(code=item.code, reason="no-label", detail=missing)
    if item.scope not in SCOPES:
        yield EditionProblem(code=item.code, reason="bad-scope", detail=item.scope)
    if item.weight is None or not 0 <= item.weight <= HEAVIEST:
        yield EditionProblem(code=item.code, reason="bad-weight", detail=str(item.weight))
    if item.group not in groups:
        yield EditionProblem(code=item.code, reason="no-group", detail=item.group)
    if item.constraint and not item.is_measured:
        yield EditionProblem(code=item.code, reason="no-measure")
    for field in ("relevant", "constraint", "required"):
        yield from _of_condition(item, field, by_code)


def is_code(code: str) -> bool:
    """Say whether a text can be the code of an item: it is a name in field forms too."""
    is_taken = code in FACTS or code in RESERVED or code.endswith(ENDINGS)
    return _CODE.fullmatch(code) is not None and not code.startswith("g_") and not is_taken


def _of_condition(
    item: PlannedItem, field: str, by_code: Mapping[str, PlannedItem]
) -> Iterable[EditionProblem]:
    typed = getattr(item, field)
    try:
        names = names_of(typed)
    except ExpressionError as error:
        detail = f"{field}: {typed[max(0, error.at - 12) : error.at + 12]}"
        yield EditionProblem(code=item.code, reason="bad-condition", detail=detail)
        return
    for name in sorted(names - set(FACTS) - {CURRENT}):
        asked = by_code.get(name) or by_code.get(name.removesuffix(VALUE_END))
        if asked is None:
            yield EditionProblem(code=item.code, reason="unknown-name", detail=name)
        elif asked.scope != item.scope:
            yield EditionProblem(code=item.code, reason="other-scope", detail=name)


def _circles(
    items: Sequence[PlannedItem], by_code: Mapping[str, PlannedItem]
) -> list[EditionProblem]:
    """Give the items that are asked only if they are asked."""
    needs = {item.code: _needed(item, by_code) for item in items}
    # What needs nothing that is open is settled, until nothing more can be; the rest runs round.
    settled: set[str] = set()
    while ready := {code for code, names in needs.items() if names <= settled} - settled:
        settled |= ready
    return [
        EditionProblem(code=item.code, reason="circle")
        for item in items
        if item.code not in settled
    ]


def _needed(item: PlannedItem, by_code: Mapping[str, PlannedItem]) -> set[str]:
    try:
        names = names_of(item.relevant)
    except ExpressionError:
        return set()
    return {
        code
        for name in names
        for code in (name, name.removesuffix(VALUE_END))
        if code in by_code and name not in FACTS
    }
