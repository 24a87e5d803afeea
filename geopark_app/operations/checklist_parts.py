"""The edition of a checklist that is asked, its items, and what its conditions look at."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from geopark_app.domain.condition import ListQuery
from geopark_app.domain.declaration import Record
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Answer, Checklist, ChecklistGroup, ChecklistItem
from geopark_app.operations.context import AppContext
from geopark_app.rules.checklist_conditions import Conditions, Given, ItemConditions
from geopark_app.rules.checklist_edition import edition_order

STATUSES = ("met", "partly", "not_met", "na", "not_checked")
SCOPES = ("site", "route", "park")
FAMILY = "readiness"
"""Editions of this name before the hyphen make the readiness of the geopark."""
_SITE_FACTS = ("uuid", "site_kind", "main_interest", "commune_code", "route_number", "is_stop")


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
    conditions : Conditions
        When items are asked, what they allow, which must be answered.
    same_items : mapping of str to str
        Items of other editions of the family, by key, and the item here that has their code: a
        reworded question keeps its answers, another question needs another code.
    """

    checklist: Checklist
    groups: tuple[ChecklistGroup, ...]
    items: tuple[ChecklistItem, ...]
    conditions: Conditions = field(compare=False)
    same_items: Mapping[str, str] = field(compare=False)

    @property
    def codes(self) -> tuple[str, ...]:
        """Give the codes of the items, in order."""
        return tuple(item.code or "" for item in self.items)

    def item(self, code: str) -> ChecklistItem | None:
        """Give the item of a code, or None."""
        return next((item for item in self.items if item.code == code), None)

    def given(self, answers: Iterable[Answer]) -> dict[str, Given]:
        """Give answers by the code of their items, as conditions look at them."""
        codes = {item.uuid: item.code or "" for item in self.items}
        found = {}
        for answer in answers:
            key = self.same_items.get(answer.item_uuid or "", answer.item_uuid or "")
            if key in codes:
                found[codes[key]] = Given(status=answer.status or "", value=measured_text(answer))
        return found


def checklist_for(context: AppContext, scope: str, *, edition: str | None = None) -> OpenChecklist:
    """Give the items of a scope: `site`, `route` or `park`.

    Without an edition it is the newest in force, with a family (`readiness`) its newest; a draft
    is only found by its whole name or key.

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
    editions = catalogue.records(Checklist)
    checklist = find_edition(editions, edition)
    items = [
        item
        for item in catalogue.records(
            ChecklistItem, where={"checklist_uuid": checklist.uuid, "scope": scope}
        )
        if not item.retired
    ]
    items.sort(key=lambda item: (item.sort_order or 0, item.code or ""))
    used = {item.group_uuid for item in items}
    groups = [
        group
        for group in catalogue.records(ChecklistGroup, where={"checklist_uuid": checklist.uuid})
        if group.uuid in used
    ]
    groups.sort(key=lambda group: (group.sort_order or 0, group.code or ""))
    family = [one.uuid for one in editions if family_of(one) == family_of(checklist)]
    others = [uuid for uuid in family if uuid != checklist.uuid]
    return OpenChecklist(
        checklist=checklist,
        groups=tuple(groups),
        items=tuple(items),
        conditions=Conditions(conditions_of(item) for item in items),
        same_items=_same_items(context, items, others, scope),
    )


def same_items_of(context: AppContext) -> dict[str, str]:
    """Give items of older editions by key, of every scope, and the item asked now with their code.

    Works, evidence and answers of an older edition belong to the item of the same code.
    """
    found: dict[str, str] = {}
    for scope in SCOPES:
        found |= checklist_for(context, scope).same_items
    return found


def find_edition(editions: Iterable[Checklist], edition: str | None) -> Checklist:
    """Give the edition of a name, key or family; raises NOT_FOUND."""
    known = list(editions)
    for one in known:
        if edition is not None and edition in {one.edition, one.uuid}:
            return one
    wanted = FAMILY if edition is None else edition
    in_force = [one for one in known if not one.draft]
    chosen = [one for one in in_force if family_of(one) == wanted]
    if edition is None:
        chosen = chosen or in_force
    if not chosen:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="checklist", reference=edition or "")
    return max(chosen, key=lambda one: (edition_order(one.edition or ""), one.uuid))


def refuse_released(context: AppContext, record: Record, values: Collection[str] = ()) -> None:
    """Refuse to write into an edition in force; other records pass.

    Raises
    ------
    GeoparkError
        CHECKLIST; a draft comes into force by `release_edition` only, which looks at all of it.
    """
    if not isinstance(record, Checklist | ChecklistGroup | ChecklistItem):
        return
    edition: Checklist | None = record if isinstance(record, Checklist) else None
    if isinstance(record, ChecklistGroup | ChecklistItem):
        edition = context.catalogue.get(Checklist, record.checklist_uuid or "")
    if edition is None or not edition.draft or "draft" in values:
        name = edition.edition if edition else ""
        raise GeoparkError(ErrorCode.CHECKLIST, reason="released", edition=name)


def family_of(checklist: Checklist) -> str:
    """Give the family of an edition: its name before the hyphen."""
    return (checklist.edition or "").partition("-")[0]


def conditions_of(item: ChecklistItem) -> ItemConditions:
    """Give the conditions of an item."""
    return ItemConditions(
        code=item.code or "",
        relevant=item.relevant or "",
        constraint=item.value_constraint or "",
        required=item.required or "",
    )


def measured_text(answer: Answer) -> str:
    """Give a measured value as conditions and field forms write it, or an empty text."""
    value = answer.measured.value if answer.measured is not None else None
    return "" if value is None else f"{value:.10g}"


def _same_items(
    context: AppContext, items: Iterable[ChecklistItem], editions: list[str], scope: str
) -> dict[str, str]:
    if not editions:
        return {}
    by_code = {item.code: item.uuid for item in items}
    others = context.catalogue.records(
        ChecklistItem, where={"checklist_uuid": editions, "scope": scope}
    )
    return {other.uuid: by_code[other.code] for other in others if other.code in by_code}


def facts_of(context: AppContext, scope: str, uuids: Collection[str]) -> dict[str, dict[str, str]]:
    """Give what conditions may ask of places, by their keys; the park has the empty key."""
    if scope != "site":
        return {uuid: {"scope": scope} for uuid in uuids}
    query = ListQuery(kind="site", among=frozenset(uuids))
    return {
        row[0]: {
            "scope": "site",
            "site_kind": row[1] or "",
            "main_interest": row[2] or "",
            "commune": row[3] or "",
            "route": "" if row[4] is None else str(row[4]),
            "stop": "yes" if row[5] else "no",
        }
        for row in context.catalogue.list_rows(query, _SITE_FACTS)
    }
