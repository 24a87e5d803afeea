"""Editions of a checklist made by the office: drafts from old ones, changed, put into force."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import Record, kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Checklist, ChecklistGroup, ChecklistItem
from geopark_app.operations.checklist_parts import find_edition
from geopark_app.operations.context import AppContext
from geopark_app.operations.teams import current_team
from geopark_app.rules.checklist_edition import (
    EditionProblem,
    PlannedItem,
    is_edition_name,
    next_edition,
    problems_of,
)
from geopark_app.rules.typed_values import read_value
from geopark_app.store.new_keys import new_uuid
from geopark_app.store.office_key import office_key
from geopark_app.wording.checklists import problem_words

ITEM_FIELDS = (
    "code", "label_vi", "label_en", "scope", "weight", "critical", "due_before_mission",
    "answer_type", "measure_unit_vi", "measure_unit_en", "threshold_vi", "threshold_en",
    "why_vi", "why_en", "evidence", "basis", "supports", "relevant", "value_constraint",
    "constraint_message_vi", "constraint_message_en", "required", "sort_order", "retired",
)  # fmt: skip
"""Fields of an item an office may change in a draft; `group` is typed by its code."""
_EDITION_TEXTS = ("title_vi", "title_en", "status_vi", "status_en", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeEdition:
    """An edition with everything in it, also what is retired.

    Attributes
    ----------
    checklist : Checklist
        The edition.
    groups : tuple of ChecklistGroup
        In order.
    items : tuple of ChecklistItem
        In order.
    """

    checklist: Checklist
    groups: tuple[ChecklistGroup, ...]
    items: tuple[ChecklistItem, ...]

    @property
    def group_codes(self) -> dict[str, str]:
        """Give the codes of the groups by their keys."""
        return {group.uuid: group.code or "" for group in self.groups}

    def find_item(self, code: str) -> ChecklistItem | None:
        """Give the item of a code, or None."""
        return next((item for item in self.items if item.code == code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionContent:
    """An edition as a file holds it: typed texts only.

    Attributes
    ----------
    name : str
        Name of the edition.
    texts : mapping of str to str
        Title, state and source of the edition.
    groups : tuple of (str, str, str)
        Code and label in both languages, in order.
    items : tuple of mapping of str to str
        Typed values by field, `group` being its code; in order.
    """

    name: str
    texts: Mapping[str, str]
    groups: tuple[tuple[str, str, str], ...]
    items: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChange:
    """How an item differs from the edition before: `added`, `gone`, `retired` or `changed`."""

    code: str
    kind: str
    fields: tuple[str, ...] = ()


def list_editions(context: AppContext) -> list[Checklist]:
    """Give all editions, drafts too, by name."""
    return sorted(context.catalogue.records(Checklist), key=lambda one: one.edition or "")


def whole_edition(context: AppContext, edition: str | None = None) -> WholeEdition:
    """Give an edition with everything in it; raises NOT_FOUND."""
    checklist = find_edition(context.catalogue.records(Checklist), edition)
    where: dict[str, object] = {"checklist_uuid": checklist.uuid}
    items = context.catalogue.records(ChecklistItem, where=where)
    groups = context.catalogue.records(ChecklistGroup, where=where)
    return WholeEdition(
        checklist=checklist,
        groups=tuple(sorted(groups, key=lambda one: (one.sort_order or 0, one.code or ""))),
        items=tuple(sorted(items, key=lambda one: (one.sort_order or 0, one.code or ""))),
    )


def new_edition(
    context: AppContext, base: str | None = None, *, name: str = "", reason: str = ""
) -> tuple[WholeEdition, Changes]:
    """Make a draft with everything of an old edition; answers to the old one stay with it.

    Raises
    ------
    GeoparkError
        NOT_FOUND; CHECKLIST for a name that is taken or none, or outside the office.
    """
    old = whole_edition(context, base)
    chosen = _free_name(context, name, old.checklist.edition or "")
    draft = dataclasses.replace(
        old.checklist, uuid=new_uuid(), edition=chosen, draft=True, based_on_uuid=old.checklist.uuid
    )
    keys = {group.uuid: new_uuid() for group in old.groups}
    groups = [
        dataclasses.replace(group, uuid=keys[group.uuid], checklist_uuid=draft.uuid)
        for group in old.groups
    ]
    items = [
        dataclasses.replace(
            item,
            uuid=new_uuid(),
            checklist_uuid=draft.uuid,
            group_uuid=keys.get(item.group_uuid or "", item.group_uuid),
        )
        for item in old.items
    ]
    changes = _write(context, [draft, *groups, *items], reason or "new edition")
    return whole_edition(context, draft.uuid), changes


def put_item(
    context: AppContext, edition: str, code: str, typed: Mapping[str, str], *, reason: str = ""
) -> Changes:
    """Change an item of a draft from typed texts, or add it when the code is new.

    Raises
    ------
    GeoparkError
        CHECKLIST where the edition is in force; UNKNOWN_FIELD, BAD_VALUE, NOT_FOUND (the group).
    """
    whole = draft_of(context, edition)
    old = whole.find_item(code)
    last = max((item.sort_order or 0 for item in whole.items), default=0)
    base = old or ChecklistItem(
        uuid=new_uuid(),
        checklist_uuid=whole.checklist.uuid,
        code=code,
        weight=1,
        answer_type="status",
        sort_order=last + 1,
    )
    values = _item_values(whole, typed)
    return _write(context, [dataclasses.replace(base, **values)], reason or f"change item {code}")


def put_group(
    context: AppContext, edition: str, code: str, label_vi: str, label_en: str, *, reason: str = ""
) -> Changes:
    """Change the labels of a group of a draft, or add it when the code is new."""
    whole = draft_of(context, edition)
    old = next((group for group in whole.groups if group.code == code), None)
    last = max((group.sort_order or 0 for group in whole.groups), default=0)
    base = old or ChecklistGroup(
        uuid=new_uuid(), checklist_uuid=whole.checklist.uuid, code=code, sort_order=last + 1
    )
    group = dataclasses.replace(base, label_vi=label_vi or None, label_en=label_en or None)
    return _write(context, [group], reason or f"change group {code}")


def put_texts(
    context: AppContext, edition: str, typed: Mapping[str, str], *, reason: str = ""
) -> Changes:
    """Change title, state and source of a draft."""
    whole = draft_of(context, edition)
    texts: dict[str, Any] = {
        name: typed[name].strip() or None for name in _EDITION_TEXTS if name in typed
    }
    changed = dataclasses.replace(whole.checklist, **texts)
    return _write(context, [changed], reason or "describe edition")


def release_edition(context: AppContext, edition: str, *, reason: str = "") -> Changes:
    """Put a draft into force: new visits answer it, and it never changes again.

    Raises
    ------
    GeoparkError
        CHECKLIST with what must be put right first.
    """
    whole = draft_of(context, edition)
    problems = edition_problems(whole)
    if problems:
        words = "; ".join(problem_words(one.code, one.reason, one.detail) for one in problems[:8])
        raise _trouble("problems", edition=whole.checklist.edition, problems=words)
    released = dataclasses.replace(whole.checklist, draft=None)
    return _write(context, [released], reason or "release edition")


def discard_edition(context: AppContext, edition: str, *, reason: str = "") -> Changes:
    """Put a draft with everything in it into the trash."""
    whole = draft_of(context, edition)
    with context.work(reason or "discard edition") as work:
        for record in (whole.checklist, *whole.groups, *whole.items):
            work.delete(kind_of(record), record.uuid)
    return work.changes


def take_content(
    context: AppContext,
    content: EditionContent,
    *,
    name: str = "",
    base: str | None = None,
    reason: str = "",
) -> tuple[WholeEdition, Changes]:
    """Make a draft of an edition read from a file, as one save.

    Raises
    ------
    GeoparkError
        CHECKLIST for a name that is taken, or outside the office; BAD_VALUE for a value that
        cannot be read. Nothing is written then.
    """
    chosen = _free_name(context, name or content.name, content.name)
    parent = find_edition(context.catalogue.records(Checklist), base) if base else None
    texts: dict[str, Any] = {
        field: content.texts[field] for field in _EDITION_TEXTS if content.texts.get(field)
    }
    draft = Checklist(
        uuid=new_uuid(),
        edition=chosen,
        draft=True,
        based_on_uuid=parent.uuid if parent else None,
        **texts,
    )
    groups = [
        ChecklistGroup(
            uuid=new_uuid(),
            checklist_uuid=draft.uuid,
            code=code,
            label_vi=label_vi or None,
            label_en=label_en or None,
            sort_order=order,
        )
        for order, (code, label_vi, label_en) in enumerate(content.groups, start=1)
    ]
    whole = WholeEdition(checklist=draft, groups=tuple(groups), items=())
    items = [
        dataclasses.replace(
            ChecklistItem(uuid=new_uuid(), checklist_uuid=draft.uuid, sort_order=order),
            **_item_values(whole, typed),
        )
        for order, typed in enumerate(content.items, start=1)
    ]
    changes = _write(context, [draft, *groups, *items], reason or "import edition")
    return whole_edition(context, draft.uuid), changes


def edition_problems(whole: WholeEdition) -> list[EditionProblem]:
    """Give what must be put right before an edition comes into force."""
    codes = whole.group_codes
    return problems_of(
        [planned(item, codes.get(item.group_uuid or "", "")) for item in whole.items],
        codes.values(),
    )


def planned(item: ChecklistItem, group: str) -> PlannedItem:
    """Give an item as the rules look at it."""
    return PlannedItem(
        code=item.code or "",
        group=group,
        scope=item.scope or "",
        label_vi=item.label_vi or "",
        label_en=item.label_en or "",
        weight=item.weight,
        is_measured=item.answer_type == "measure",
        is_retired=bool(item.retired),
        relevant=item.relevant or "",
        constraint=item.value_constraint or "",
        required=item.required or "",
    )


def edition_changes(old: WholeEdition, new: WholeEdition) -> list[ItemChange]:
    """Give how the items of an edition differ from those of another, by code."""
    before = {item.code: item for item in old.items}
    after = {item.code: item for item in new.items}
    found = []
    for code, item in after.items():
        known = before.get(code)
        if known is None:
            found.append(ItemChange(code=code or "", kind="added"))
            continue
        fields = tuple(_differing(known, item, old.group_codes, new.group_codes))
        if item.retired and not known.retired:
            found.append(ItemChange(code=code or "", kind="retired"))
        elif fields:
            found.append(ItemChange(code=code or "", kind="changed", fields=fields))
    gone = [ItemChange(code=code or "", kind="gone") for code in before if code not in after]
    return [*found, *gone]


def _differing(
    old: ChecklistItem, new: ChecklistItem, old_groups: Mapping[str, str], groups: Mapping[str, str]
) -> Iterable[str]:
    if old_groups.get(old.group_uuid or "") != groups.get(new.group_uuid or ""):
        yield "group_uuid"
    for name in ITEM_FIELDS:
        # No mark and "no" are the same to people.
        if name != "sort_order" and (getattr(old, name) or None) != (getattr(new, name) or None):
            yield name


def draft_of(context: AppContext, edition: str) -> WholeEdition:
    """Give a draft that may be changed here; raises CHECKLIST for another edition."""
    check_is_office(context)
    whole = whole_edition(context, edition)
    if not whole.checklist.draft:
        raise _trouble("released", edition=whole.checklist.edition)
    return whole


def check_is_office(context: AppContext) -> None:
    """Refuse to change checklists on a laptop of a team that is not the office's."""
    team = current_team(context)
    if team is not None and office_key(team.membership.office_key) is None:
        raise _trouble("not-office")


def _item_values(whole: WholeEdition, typed: Mapping[str, str]) -> dict[str, Any]:
    kind = kind_of(ChecklistItem)
    values: dict[str, Any] = {}
    for name, text in typed.items():
        if name == "group":
            group = next((one for one in whole.groups if one.code == text.strip()), None)
            if group is None:
                raise GeoparkError(
                    ErrorCode.NOT_FOUND, kind="checklist_group", reference=text.strip()
                )
            values["group_uuid"] = group.uuid
            continue
        spec = kind.field(name) if name in ITEM_FIELDS else None
        if spec is None:
            raise GeoparkError(ErrorCode.UNKNOWN_FIELD, kind=kind.name, field=name)
        values[name] = read_value(spec, text)
    return values


def _free_name(context: AppContext, name: str, base: str) -> str:
    known = [one.edition or "" for one in context.catalogue.records(Checklist)]
    chosen = name.strip() or next_edition(base, known)
    if not is_edition_name(chosen):
        raise _trouble("bad-name", edition=chosen)
    if chosen in known:
        raise _trouble("taken", edition=chosen, proposed=next_edition(chosen, known))
    return chosen


def _write(context: AppContext, records: Sequence[Record], reason: str) -> Changes:
    check_is_office(context)
    with context.work(reason) as work:
        for record in records:
            work.put(record)
    return work.changes


def _trouble(reason: str, **details: object) -> GeoparkError:
    return GeoparkError(ErrorCode.CHECKLIST, reason=reason, **details)
