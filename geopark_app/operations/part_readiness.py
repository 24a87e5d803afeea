"""Readiness of places for the mission: what is missing, with the photos that prove the answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.finding import Severity
from geopark_app.domain.kinds import Answer, AnswerPhoto, ChecklistItem, Photo, Route, Visit
from geopark_app.dossier.annex import SheetPhoto
from geopark_app.dossier.bilingual import Bilingual, same, twin
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.problems import Problem
from geopark_app.dossier.register import RegisterCell, RegisterGroup
from geopark_app.operations.annex_sheets import date_words
from geopark_app.operations.answer_ages import newest_answers
from geopark_app.operations.checklists import (
    ReadinessResult,
    park_readiness,
    route_readiness,
    site_readiness,
)
from geopark_app.operations.part_photos import may_leave, released_photo
from geopark_app.operations.part_words import (
    GatheredPart,
    PartInput,
    Piece,
    cell,
    column,
    key_of,
    listed,
    named,
    number_cell,
    part_problem,
)
from geopark_app.operations.readiness_results import stale_after_days
from geopark_app.rules.readiness import Readiness

PART = "readiness"
_STEM = "readiness-report"
_OPEN = ("not_met", "partly")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that was visited.

    Attributes
    ----------
    key : tuple of str
        Scope, and key of the site or route.
    name : Bilingual
        Code and name.
    code : str
        Code of the site; empty for a route and the park.
    level : str or None
        Disclosure level of the site.
    result : ReadinessResult
        Newest answer to each item.
    visits : tuple of Visit
        The oldest first.
    """

    key: tuple[str, str]
    name: Bilingual
    code: str
    level: str | None
    result: ReadinessResult
    visits: tuple[Visit, ...]

    @property
    def is_sample(self) -> bool:
        """Whether one of the visits is no real one."""
        return any(visit.sample for visit in self.visits)


def gather_readiness(given: PartInput, places: list[Place], asked: int) -> GatheredPart:
    """Give the report of the places that were visited; `asked` is how many sites were not."""
    if not places:
        return GatheredPart()
    pictures = Pictures(given)
    register = given.frame(
        _("Infrastructure readiness report"),
        _("{visited} places visited, {left} sites and stops not visited yet; answers older than "
          "{days} days are marked").format(
            visited=len(places), left=asked, days=stale_after_days(given.context)
        ),
        (
            _overview(given, places),
            *(_details(given, place, pictures) for place in places),
        ),
        columns=(
            column(_("Item"), 3.2),
            column(_("Answer"), 1.0),
            column(_("Date"), 0.9),
            column(_("Note"), 2.2),
            column(_("Proof"), 2.2),
        ),
        notes=_notes(places),
    )  # fmt: skip
    return GatheredPart(
        pieces=(Piece(stem=_STEM, register=register),),
        problems=tuple(_problems(given, places, asked)),
    )


def visited_places(given: PartInput) -> tuple[list[Place], int]:
    """Give the places with an answer, and how many sites and stops were never visited."""
    context = given.context
    visits: dict[tuple[str, str], list[Visit]] = {}
    for visit in sorted(context.catalogue.records(Visit), key=lambda one: one.visited_on or ""):
        key = (visit.scope or "", visit.site_uuid or visit.route_uuid or "")
        visits.setdefault(key, []).append(visit)
    places = []
    if of_park := visits.get(("park", "")):
        places.append(_place(("park", ""), _("Whole park"), park_readiness(context), of_park))
    routes = {one.uuid: one for one in context.catalogue.records(Route)}
    for route in sorted(routes.values(), key=lambda one: one.number or 0):
        if of_route := visits.get(("route", route.uuid)):
            name = _("Route {number}: {name}").format(number=route.number or "", name=named(route))
            result = route_readiness(context, route.uuid)
            places.append(_place(("route", route.uuid), name, result, of_route))
    asked = 0
    for item in given.stops:
        key = ("site", item.site.uuid)
        of_site = visits.get(key)
        if not of_site:
            asked += 1
            continue
        name = listed((same(item.code), item.name), " ")
        result = site_readiness(context, item.site.uuid)
        level = item.site.disclosure_level
        places.append(_place(key, name, result, of_site, code=item.code, level=level))
    return places, asked


def _place(
    key: tuple[str, str],
    name: Bilingual,
    result: ReadinessResult,
    visits: list[Visit],
    *,
    code: str = "",
    level: str | None = None,
) -> Place:
    return Place(key=key, name=name, code=code, level=level, result=result, visits=tuple(visits))


def _notes(places: Sequence[Place]) -> Iterator[Bilingual]:
    sample = sum(place.is_sample for place in places)
    if sample:
        yield _("SAMPLE: the visits of {count} places are not real.").format(count=sample)
    yield _(
        "Score: over the items answered. Coverage: answered items of those that apply. "
        "RED: a critical item is not met."
    )


def _overview(given: PartInput, places: Sequence[Place]) -> RegisterGroup:
    return RegisterGroup(
        heading=_("Overview"),
        sheet="Overview",
        columns=(
            column(_("Place"), 3.6),
            column(_("Score (%)"), 0.8),
            column(_("Coverage (%)"), 0.9),
            column(_("Answered"), 0.9),
            column(_("Critical items"), 1.4),
            column(_("Last visit"), 1.0),
            column(_("Mark"), 1.0),
        ),
        rows=tuple(_overview_row(place) for place in places),
        keys=tuple(tuple(key_of(visit) for visit in place.visits) for place in places),
    )


def _overview_row(place: Place) -> tuple[RegisterCell, ...]:
    total = place.result.total
    return (
        cell(place.name),
        number_cell(_percent(total.score), is_alarm=total.is_red),
        number_cell(_percent(total.coverage)),
        cell(same(f"{total.answered}/{total.applicable}")),
        cell(_("RED") if total.is_red else _("none missed"), is_alarm=total.is_red),
        cell(date_words(place.visits[-1].visited_on)),
        cell(_("SAMPLE") if place.is_sample else Bilingual()),
    )


def _percent(share: float | None) -> float | None:
    return None if share is None else round(share * 100)


class Pictures:
    """The photos that prove answers, as the audience may have them."""

    def __init__(self, given: PartInput) -> None:
        """Read which photo stands behind which answer."""
        self._given = given
        photos = {one.uuid: one for one in given.context.catalogue.records(Photo)}
        self._by_answer: dict[str, list[Photo]] = {}
        for link in given.context.catalogue.records(AnswerPhoto):
            if photo := photos.get(link.photo_uuid or ""):
                self._by_answer.setdefault(link.answer_uuid or "", []).append(photo)

    def photos(self, answer: Answer) -> list[Photo]:
        """Give the photos of an answer that may leave."""
        found = sorted(self._by_answer.get(answer.uuid, []), key=lambda one: one.uuid)
        return [photo for photo in found if may_leave(self._given, photo)]

    def of(self, answer: Answer, place: Place) -> tuple[SheetPhoto, ...]:
        """Give the pictures of an answer as they are printed."""
        found = (
            released_photo(self._given, photo, place.name, place.level)
            for photo in self.photos(answer)
        )
        return tuple(photo for photo in found if photo is not None)


def _details(given: PartInput, place: Place, pictures: Pictures) -> RegisterGroup:
    rows: list[tuple[RegisterCell, ...]] = []
    keys: list[tuple[str, ...]] = []
    met: list[str] = []
    for item, answer in place.result.items:
        if answer is None:
            continue
        shown = pictures.of(answer, place)
        if answer.status not in _OPEN and not shown:
            if answer.status == "met":
                met.append(item.code or "")
            continue
        rows.append(_row(given, place, item, answer, shown))
        keys.append((key_of(answer), key_of(item)))
    if met:
        words = _("Met, without a photo: {codes}").format(codes=", ".join(met))
        rows.append((cell(words), cell(), cell(), cell(), cell()))
        keys.append(())
    return RegisterGroup(heading=_heading(place), rows=tuple(rows), keys=tuple(keys))


def _heading(place: Place) -> Bilingual:
    total: Readiness = place.result.total
    score = (
        _("no item answered yet")
        if total.score is None
        else _("score {percent}%").format(percent=round(total.score * 100))
    )
    mark = _("SAMPLE") if place.is_sample else Bilingual()
    return listed((place.name, score, mark), " · ")


def _row(
    given: PartInput,
    place: Place,
    item: ChecklistItem,
    answer: Answer,
    pictures: tuple[SheetPhoto, ...],
) -> tuple[RegisterCell, ...]:
    label = twin(item.label_vi, item.label_en)
    seen = given.release.record(answer)
    visited_on = next(
        (one.visited_on for one in place.visits if one.uuid == answer.visit_uuid), None
    )
    is_red = bool(item.critical) and answer.status == "not_met"
    status = given.labels.of("answer_status", answer.status)
    measured = answer.measured
    value = (
        same(f"{measured.value:g} {measured.unit or ''}".strip())
        if measured is not None and measured.value is not None
        else Bilingual()
    )
    today = given.context.now().astimezone(VIETNAM).date()
    oldest = today - timedelta(days=stale_after_days(given.context))
    is_old = (visited_on or "") < oldest.isoformat()
    return (
        cell(listed((same(item.code), label), " "),
             _("critical item") if item.critical else Bilingual()),
        cell(status, value, is_alarm=is_red),
        cell(date_words(visited_on), _("too old") if is_old else Bilingual(), is_alarm=is_old),
        cell(same(seen.note)),
        RegisterCell(lines=(), pictures=pictures),
    )  # fmt: skip


def _problems(given: PartInput, places: Sequence[Place], asked: int) -> Iterator[Problem]:
    if asked:
        message = _("{count} sites and stops have no visit with the checklist yet.")
        yield part_problem(PART, "not-visited", Severity.NOTE, message.format(count=asked))
    if any(place.is_sample for place in places):
        message = _("Visits marked SAMPLE stand in the readiness report.")
        yield part_problem(PART, "sample-visit", Severity.WARNING, message)
    keys = {place.key for place in places}
    stale = sum(
        one.is_stale and (one.scope, one.place) in keys for one in newest_answers(given.context)
    )
    if stale:
        message = _("{count} answers are older than {days} days.")
        days = stale_after_days(given.context)
        yield part_problem(
            PART, "stale-readiness", Severity.WARNING, message.format(count=stale, days=days)
        )
    for place in places:
        if place.result.total.is_red:
            message = _("{place}: a critical item is not met.").format(place=place.name)
            yield part_problem(PART, "critical-not-met", Severity.WARNING, message, site=place.code)
