"""The readiness board: per chapter, route and commune what is complete, missing, too old."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from geopark_app import paths
from geopark_app.domain.declaration import Stage
from geopark_app.domain.kinds import (
    ChecklistItem,
    Commune,
    Organisation,
    Route,
    Stop,
    Work,
    kind_named,
)
from geopark_app.domain.text import sort_key
from geopark_app.i18n import pick
from geopark_app.operations.answer_ages import NewestAnswer, newest_answers
from geopark_app.operations.checklist_parts import checklist_for, same_items_of
from geopark_app.operations.context import AppContext
from geopark_app.operations.processes import next_deadline, today_of
from geopark_app.operations.readiness_results import stale_after_days
from geopark_app.operations.site_lists import SiteRow, site_rows
from geopark_app.operations.unit_rows import COMMUNE
from geopark_app.operations.unit_sendings import waiting_requests
from geopark_app.rules.board import (
    BoardRow,
    OpenTask,
    PartState,
    answer_state,
    board_row,
    site_state,
)
from geopark_app.rules.completeness import gaps
from geopark_app.rules.works import CLOSED

_SCOPES = ("site", "route", "park")


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The whole board.

    Attributes
    ----------
    today : date
        Against which days are counted.
    stale_after : int
        Days after which an answer is too old.
    chapters, routes, communes : tuple of BoardRow
        Its three parts; communes without a site or a work are left out.
    """

    today: date
    stale_after: int
    chapters: tuple[BoardRow, ...]
    routes: tuple[BoardRow, ...]
    communes: tuple[BoardRow, ...]


def readiness_board(context: AppContext) -> Board:
    """Give the board as of today, in the language chosen."""
    reader = _Reader(context)
    return Board(
        today=reader.today,
        stale_after=stale_after_days(context),
        chapters=reader.chapters(),
        routes=reader.routes(),
        communes=reader.communes(),
    )


@cache
def _chapters() -> tuple[Mapping[str, Any], ...]:
    path = paths.bundled("resources", "processes", "chapters.json")
    return tuple(json.loads(path.read_text(encoding="utf-8"))["chapters"])


class _Reader:
    """Reads everything once and adds it up by chapter, route and commune."""

    def __init__(self, context: AppContext) -> None:
        self._context = context
        self.today = today_of(context)
        catalogue = context.catalogue
        self._sites = site_rows(context)
        self._routes = sorted(catalogue.records(Route), key=lambda one: one.number or 0)
        self._stops = [
            (stop.route_uuid, stop.site_uuid)
            for stop in catalogue.records(Stop)
            if stop.route_uuid and stop.site_uuid
        ]
        self._communes = {one.code or "": one for one in catalogue.records(Commune)}
        self._bodies = {one.uuid: one for one in catalogue.records(Organisation)}
        self._works = [work for work in catalogue.records(Work) if work.work_state not in CLOSED]
        self._commune_of = {one.uuid: one.commune_code for one in self._sites}
        deadline = next_deadline(context)
        self._deadline = deadline.day if deadline is not None else None
        self._answers = newest_answers(context)
        self._by_site: dict[str, list[NewestAnswer]] = {}
        for answer in self._answers:
            if answer.scope == "site":
                self._by_site.setdefault(answer.place, []).append(answer)
        self._items = self._asked_items()
        self._same_items = same_items_of(context)

    def _asked_items(self) -> dict[str, ChecklistItem]:
        return {
            item.uuid: item
            for scope in _SCOPES
            for item in checklist_for(self._context, scope).items
        }

    # Chapters ---------------------------------------------------------------------------------

    def chapters(self) -> tuple[BoardRow, ...]:
        """Give a row for each chapter of the report."""
        rows = []
        for chapter in _chapters():
            items = {
                uuid
                for uuid, item in self._items.items()
                if chapter["id"] in _supported(item.supports)
            }
            parts = [*self._answered(items), *self._recorded(chapter["feeds"])]
            tasks = [self._task(work) for work in self._works if self._item_of(work) in items]
            label = f"{chapter['id']} {pick(chapter['label_vi'], chapter['label_en'])}"
            rows.append(board_row(chapter["id"], label, parts, tasks, deadline=self._deadline))
        return tuple(rows)

    def _item_of(self, work: Work) -> str:
        """Give the item asked now that a work was made for, also under an older edition."""
        return self._same_items.get(work.item_uuid or "", work.item_uuid or "")

    def _answered(self, items: Collection[str]) -> list[PartState]:
        """Give a part for each newest answer, and one for each item nobody answered."""
        found = [one for one in self._answers if one.item_uuid in items]
        states = [answer_state(one.status, is_stale=one.is_stale) for one in found]
        unanswered = set(items) - {one.item_uuid for one in found}
        return states + [PartState.MISSING] * len(unanswered)

    def _recorded(self, feeds: Iterable[Mapping[str, Any]]) -> list[PartState]:
        """Give a part for each record that feeds a chapter, and one where there is none."""
        states = []
        for feed in feeds:
            wanted = feed.get("where", {})
            if feed["kind"] == "site":
                kept = [one for one in self._sites if one.site_kind in wanted["site_kind"]]
                found = [bool(one.gaps) for one in kept]
            else:
                records = self._context.catalogue.records(kind_named(feed["kind"]).record_type)
                found = [
                    bool(gaps(record, Stage.DOSSIER))
                    for record in records
                    if all(getattr(record, name) in known for name, known in wanted.items())
                ]
            states += [PartState.MISSING if one else PartState.COMPLETE for one in found]
            if not found:
                states.append(PartState.MISSING)
        return states

    # Places -----------------------------------------------------------------------------------

    def routes(self) -> tuple[BoardRow, ...]:
        """Give a row for each route: the sites at its stops."""
        rows = []
        for route in self._routes:
            sites = {site for of_route, site in self._stops if of_route == route.uuid}
            tasks = [
                self._task(work)
                for work in self._works
                if work.route_uuid == route.uuid or work.site_uuid in sites
            ]
            label = f"{route.number}. {pick(route.name_vi, route.name_en)}"
            rows.append(
                board_row(
                    route.uuid,
                    label,
                    [self._site_state(one) for one in self._sites if one.uuid in sites],
                    tasks,
                    deadline=self._deadline,
                )
            )
        return tuple(rows)

    def communes(self) -> tuple[BoardRow, ...]:
        """Give a row for each commune that has a site or an open work, in Vietnamese order."""
        sites: dict[str, list[SiteRow]] = {}
        for one in self._sites:
            sites.setdefault(one.commune_code or "", []).append(one)
        tasks: dict[str, list[OpenTask]] = {}
        for work in self._works:
            code = work.commune_code or self._commune_of.get(work.site_uuid or "") or ""
            tasks.setdefault(code, []).append(self._task(work))
        for request in waiting_requests(self._context):
            if request.unit.kind == COMMUNE:
                task = OpenTask(who=request.unit.name, due=request.answer_by)
                tasks.setdefault(request.unit.key, []).append(task)
        known = [code for code in {*sites, *tasks} if code in self._communes]
        named = sorted((sort_key(self._communes[code].name_vi or ""), code) for code in known)
        return tuple(
            board_row(
                code,
                self._communes[code].name_vi or code,
                [self._site_state(one) for one in sites.get(code, ())],
                tasks.get(code, ()),
                deadline=self._deadline,
            )
            for _name, code in named
        )

    def _site_state(self, site: SiteRow) -> PartState:
        asked = [one for one in self._by_site.get(site.uuid, ()) if one.item_uuid in self._items]
        return site_state(
            has_gaps=bool(site.gaps),
            answers=[answer_state(one.status, is_stale=one.is_stale) for one in asked],
        )

    def _task(self, work: Work) -> OpenTask:
        body = self._bodies.get(work.organisation_uuid or "")
        who = pick(body.name_vi, body.name_en) if body else work.responsible or ""
        return OpenTask(who=who, due=_day(work.due_on))


def _supported(text: str | None) -> set[str]:
    """Give the chapters and items of forms a checklist item supports."""
    return {part.strip() for part in (text or "").replace(";", ",").split(",")}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
