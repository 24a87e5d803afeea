"""Works out of gaps, and the list of works by commune."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from geopark_app.domain.change import Changes
from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import (
    Answer,
    ChecklistItem,
    Commune,
    Organisation,
    Route,
    Site,
    Visit,
    Work,
)
from geopark_app.domain.text import sort_key
from geopark_app.i18n import pick
from geopark_app.operations.bulk import Edit, preview, write_changes
from geopark_app.operations.checklist_parts import same_items_of
from geopark_app.operations.context import AppContext
from geopark_app.operations.readiness_results import (
    ReadinessResult,
    park_readiness,
    route_readiness,
    site_readiness,
)
from geopark_app.operations.records import set_fields
from geopark_app.operations.vocabularies import all_labels
from geopark_app.rules.works import CLOSED, CommuneWorks, WorkLine, WorkSums, by_commune, sums_of
from geopark_app.store.new_keys import new_uuid

_DONE = "done"
GAPS = ("not_met", "partly")
"""Newest answers that ask for work."""

# Group of the checklist → kind of work; groups not named here give "other".
_KIND_OF_GROUP = {
    "A": "sign", "B": "panel", "C": "access", "D": "trail", "E": "safety", "F": "cleaning",
    "G": "access", "H": "centre", "I": "protection", "J": "sign", "K": "print", "L": "training",
    "P": "paper",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """An item not met, or only partly, that has no open work yet: at a site, a route, the park."""

    item: ChecklistItem
    answer: Answer
    site: Site | None = None
    route: Route | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksByCommune:
    """The whole list.

    Attributes
    ----------
    today : date
        Against which lateness is told.
    groups : tuple of CommuneWorks
        In Vietnamese order of the communes.
    sums : WorkSums
        Over all.
    """

    today: date
    groups: tuple[CommuneWorks, ...]
    sums: WorkSums


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeWorks:
    """Works that were made, and what changed."""

    works: tuple[Work, ...]
    changes: Changes


def open_gaps(context: AppContext, site_uuid: str | None = None) -> list[Gap]:
    """Give the gaps without open work, critical items first, of one site or of all visited.

    Those of sites stand before those of routes and of the park as a whole.
    """
    gaps = list(_site_gaps(context, site_uuid))
    if site_uuid is None:
        gaps += [*_route_gaps(context), *_gaps_of(park_readiness(context))]
    # A work made under an older edition belongs to the item of the same code.
    same = same_items_of(context)
    works = [one for one in context.catalogue.records(Work) if one.work_state not in CLOSED]
    taken: set[tuple[str | None, str | None]] = set()
    for work in works:
        item = same.get(work.item_uuid or "", work.item_uuid)
        # The scope of the item says which of these the work is about.
        taken |= {(work.site_uuid, item), (work.route_uuid, item), (None, item)}
    return sorted(
        (gap for gap in gaps if (_place_of(gap), gap.item.uuid) not in taken),
        key=lambda gap: not gap.item.critical,
    )


def _site_gaps(context: AppContext, site_uuid: str | None) -> Iterator[Gap]:
    visits = context.catalogue.records(Visit, where={"scope": "site"})
    visited = {visit.site_uuid for visit in visits}
    sites = [
        site
        for site in context.catalogue.records(Site)
        if site.uuid in visited and site_uuid in {None, site.uuid}
    ]
    for site in sorted(sites, key=lambda one: one.code or ""):
        for gap in _gaps_of(site_readiness(context, site.uuid)):
            yield replace(gap, site=site)


def _route_gaps(context: AppContext) -> Iterator[Gap]:
    for route in sorted(context.catalogue.records(Route), key=lambda one: one.number or 0):
        for gap in _gaps_of(route_readiness(context, route.uuid)):
            yield replace(gap, route=route)


def _gaps_of(result: ReadinessResult) -> Iterator[Gap]:
    for item, answer in result.items:
        if answer is not None and answer.status in GAPS:
            yield Gap(item=item, answer=answer)


def _place_of(gap: Gap) -> str | None:
    place = gap.site or gap.route
    return place.uuid if place else None


def make_works(
    context: AppContext, gaps: Sequence[Gap], *, due_on: str | None = None, reason: str = ""
) -> MadeWorks:
    """Make a planned work of each gap, as one save."""
    works = tuple(_work(gap, due_on) for gap in gaps)
    with context.work(reason or "make works") as work:
        for one in works:
            work.put(one)
    return MadeWorks(works=works, changes=work.changes)


def move_work(context: AppContext, uuid: str, state: str, *, reason: str = "") -> Changes:
    """Give a work another state; the day it was done comes and goes with the state `done`.

    Raises
    ------
    GeoparkError
        NOT_FOUND; BAD_VALUE for an unknown state.
    """
    work = context.catalogue.get(Work, uuid)
    if work is None or work.deleted:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="work", uuid=uuid)
    typed = {"work_state": state}
    if state == _DONE and not work.done_on:
        typed["done_on"] = context.now().astimezone(VIETNAM).date().isoformat()
    elif state != _DONE and work.done_on:
        typed["done_on"] = ""
    return set_fields(context, "work", uuid, typed, reason=reason or "move work")


def assign_works(
    context: AppContext, uuids: Sequence[str], typed: Mapping[str, str], *, reason: str = ""
) -> Changes:
    """Give the same unit, person or day to many works, as one save.

    Parameters
    ----------
    typed
        What was typed, by the name of the field; a field not named stays as it is.

    Raises
    ------
    GeoparkError
        NOT_FOUND, BAD_VALUE or UNKNOWN_FIELD; nothing is written then.
    """
    edits = [
        Edit(uuid=uuid, field=field, typed=text) for uuid in uuids for field, text in typed.items()
    ]
    found = preview(context, "work", edits)
    for one in found:
        if one.problem is not None:
            raise one.problem
    return write_changes(context, found, reason=reason or "assign works")


def _work(gap: Gap, due_on: str | None) -> Work:
    item = gap.item
    return Work(
        uuid=new_uuid(),
        title_vi=f"{item.code}: {item.label_vi}",
        title_en=f"{item.code}: {item.label_en}" if item.label_en else None,
        work_kind=_KIND_OF_GROUP.get((item.code or "")[:1], "other"),
        site_uuid=gap.site.uuid if gap.site else None,
        route_uuid=gap.route.uuid if gap.route else None,
        commune_code=gap.site.commune_code if gap.site else None,
        item_uuid=item.uuid,
        due_on=due_on,
        work_state="planned",
        note=gap.answer.note,
    )


def works_by_commune(
    context: AppContext, *, commune_code: str | None = None, only_open: bool = False
) -> WorksByCommune:
    """Give the works grouped by commune, in the language chosen.

    A work without a commune of its own stands with its site's; one of the whole park stands last.
    """
    today = context.now().astimezone(VIETNAM).date()
    reader = _Reader(context)
    lines = [
        line
        for work in context.catalogue.records(Work)
        if commune_code in {None, reader.commune_of(work)}
        and ((line := reader.line(work)).is_open or not only_open)
    ]
    names = sorted({line.commune for line in lines if line.commune}, key=sort_key)
    return WorksByCommune(
        today=today,
        groups=by_commune(lines, today, names_in_order=names),
        sums=sums_of(lines, today),
    )


class _Reader:
    """Puts words beside a work; reads each list once."""

    def __init__(self, context: AppContext) -> None:
        catalogue = context.catalogue
        self._sites = {site.uuid: site for site in catalogue.records(Site)}
        self._routes = {route.uuid: route for route in catalogue.records(Route)}
        self._communes = {commune.code: commune for commune in catalogue.records(Commune)}
        self._units = {unit.uuid: unit for unit in catalogue.records(Organisation)}
        self._labels = all_labels(context)

    def commune_of(self, work: Work) -> str | None:
        """Give the commune's code: the work's own, else its site's."""
        site = self._sites.get(work.site_uuid or "")
        return work.commune_code or (site.commune_code if site else None)

    def line(self, work: Work) -> WorkLine:
        """Give a work in words."""
        commune = self._communes.get(self.commune_of(work))
        unit = self._units.get(work.organisation_uuid or "")
        return WorkLine(
            uuid=work.uuid,
            commune=(commune.name_vi or "") if commune else "",
            place=self._place(work),
            title=pick(work.title_vi, work.title_en),
            kind=self._label("work_kind", work.work_kind),
            unit=pick(unit.name_vi, unit.name_en) if unit else "",
            person=work.responsible or "",
            state=self._label("work_state", work.work_state),
            block=self._label("work_block", work.blocked_by),
            state_code=work.work_state or "",
            block_code=work.blocked_by or "",
            due=date.fromisoformat(work.due_on) if work.due_on else None,
            cost_vnd=work.cost_vnd,
        )

    def _place(self, work: Work) -> str:
        site = self._sites.get(work.site_uuid or "")
        if site is not None:
            return f"{site.code or ''} {pick(site.name_vi, site.name_en)}".strip()
        route = self._routes.get(work.route_uuid or "")
        return pick(route.name_vi, route.name_en) if route else ""

    def _label(self, vocabulary: str, code: str | None) -> str:
        return self._labels.get((vocabulary, code), code) if code else ""
