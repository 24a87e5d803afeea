"""Readiness over the whole geopark: by site, route, commune and group, over time, and too old."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from geopark_app.domain.condition import ListQuery
from geopark_app.domain.kinds import ChecklistGroup, ChecklistItem, Route, Stop
from geopark_app.domain.text import sort_key
from geopark_app.operations.catalogues import profile_of
from geopark_app.operations.checklist_parts import SCOPES, OpenChecklist, checklist_for, facts_of
from geopark_app.operations.context import AppContext
from geopark_app.operations.readiness_results import (
    AnswerRow,
    Judge,
    all_answers,
    newest_by_place,
    stale_after_days,
    today_of,
)
from geopark_app.rules.checklist_conditions import Given
from geopark_app.rules.readiness import (
    DatedAnswer,
    ItemResult,
    Readiness,
    Tally,
    TrendPoint,
    tally,
    together,
    trend,
)

_SITE_COLUMNS = (
    "uuid", "code", "name_vi", "name_en", "commune_code", "commune_name", "position_lon",
    "position_lat",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A site, a route or the park.

    Attributes
    ----------
    scope : str
        `site`, `route` or `park`.
    uuid : str
        Its key; empty for the park.
    code, name_vi, name_en : str
        How people know it.
    commune_code, commune_name : str
        Where a site lies.
    routes : frozenset of str
        Routes a site is a stop of; of a route itself.
    lon, lat : float or None
        Of a site.
    """

    scope: str
    uuid: str
    code: str
    name_vi: str
    name_en: str
    commune_code: str = ""
    commune_name: str = ""
    routes: frozenset[str] = frozenset()
    lon: float | None = None
    lat: float | None = None

    @property
    def key(self) -> str:
        """Give its key with the scope before it."""
        return f"{self.scope}:{self.uuid}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceReadiness:
    """One place with what its items add up to.

    Attributes
    ----------
    place : Place
        The place.
    tally : Tally
        Over all its items.
    groups : mapping of str to Tally
        By code of the group.
    newest : date or None
        Day of its newest answer.
    """

    place: Place
    tally: Tally
    groups: Mapping[str, Tally]
    newest: date | None

    @property
    def readiness(self) -> Readiness:
        """Give score and coverage."""
        return self.tally.result()


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaReadiness:
    """Several places together.

    Attributes
    ----------
    key : str
        Number of the route, code of the commune or group.
    name_vi, name_en : str
        What it is called.
    tally : Tally
        Over all items of all its places.
    places, visited, red : int
        How many places; how many with an answer; how many red.
    """

    key: str
    name_vi: str
    name_en: str
    tally: Tally
    places: int
    visited: int
    red: int

    @property
    def readiness(self) -> Readiness:
        """Give score and coverage."""
        return self.tally.result()


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleAnswer:
    """An answer that asks for a new visit.

    Attributes
    ----------
    place : Place
        Where.
    item : ChecklistItem
        To what.
    status : str
        What was answered then.
    day : date or None
        When.
    days : int or None
        How long ago.
    """

    place: Place
    item: ChecklistItem
    status: str
    day: date | None
    days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessBoard:
    """Everything the charts show.

    Attributes
    ----------
    today : date
        Against which age is told.
    stale_after : int
        Days after which an answer is too old.
    edition : str
        Edition that is asked now.
    places : tuple of PlaceReadiness
        Sites in Vietnamese order, then routes, then the park.
    routes, communes, groups : tuple of AreaReadiness
        Places together; a route with its own items and those of its stops.
    whole : AreaReadiness
        Everything asked anywhere.
    stale : tuple of StaleAnswer
        The oldest first.
    """

    today: date
    stale_after: int
    edition: str
    places: tuple[PlaceReadiness, ...]
    routes: tuple[AreaReadiness, ...]
    communes: tuple[AreaReadiness, ...]
    groups: tuple[AreaReadiness, ...]
    whole: AreaReadiness
    stale: tuple[StaleAnswer, ...]

    def of_scope(self, scope: str) -> list[PlaceReadiness]:
        """Give the places of a scope."""
        return [one for one in self.places if one.place.scope == scope]


def readiness_board(context: AppContext) -> ReadinessBoard:
    """Work out the readiness of everything from the newest answers."""
    places = _all_places(context)
    lines: list[PlaceReadiness] = []
    stale: list[StaleAnswer] = []
    groups: dict[str, ChecklistGroup] = {}
    edition = ""
    today = today_of(context)
    for scope in SCOPES:
        reckoner = _Reckoner(context, scope, places[scope])
        edition = reckoner.opened.checklist.edition or edition
        groups |= {group.code or "": group for group in reckoner.opened.groups}
        for place in places[scope]:
            lines.append(reckoner.line(place))
            stale.extend(reckoner.stale(place, today))
    stale.sort(key=lambda one: (one.day or date.min, sort_key(one.place.code), one.item.code or ""))
    routes = context.catalogue.records(Route)
    return ReadinessBoard(
        today=today,
        stale_after=stale_after_days(context),
        edition=edition,
        places=tuple(lines),
        routes=tuple(
            _area(
                str(route.number or ""),
                (route.name_vi or "", route.name_en or ""),
                [line for line in lines if route.uuid in line.place.routes],
            )
            for route in sorted(routes, key=lambda one: one.number or 0)
        ),
        communes=_by_commune(lines),
        groups=tuple(_of_group(group, lines) for _code, group in sorted(groups.items())),
        whole=_area("", ("", ""), lines),
        stale=tuple(stale),
    )


def readiness_trend(context: AppContext, keys: Collection[str] | None = None) -> list[TrendPoint]:
    """Give the readiness after each day with answers: of all places together, or of these."""
    answers: list[DatedAnswer] = []
    chosen: list[str] = []
    reckoners: dict[str, _Reckoner] = {}
    for scope, places in _all_places(context).items():
        wanted = [place for place in places if keys is None or place.key in keys]
        if not wanted:
            continue
        reckoner = reckoners[scope] = _Reckoner(context, scope, wanted)
        chosen.extend(place.key for place in wanted)
        answers.extend(
            DatedAnswer(
                day=row.day,
                place=f"{scope}:{row.place}",
                item=row.item,
                order=row.order,
                status=row.given.status,
            )
            for row in reckoner.rows
            if row.day is not None
        )

    def tally_of(place: str, statuses: Mapping[str, str]) -> Tally:
        scope, _colon, uuid = place.partition(":")
        return reckoners[scope].tally_of(uuid, statuses)

    return trend(answers, chosen, tally_of)


def _all_places(context: AppContext) -> dict[str, list[Place]]:
    routes_of: dict[str, set[str]] = {}
    for stop in context.catalogue.records(Stop):
        if stop.site_uuid and stop.route_uuid:
            routes_of.setdefault(stop.site_uuid, set()).add(stop.route_uuid)
    rows = context.catalogue.list_rows(ListQuery(kind="site"), _SITE_COLUMNS)
    sites = [
        Place(
            scope="site",
            uuid=row[0],
            code=row[1] or "",
            name_vi=row[2] or "",
            name_en=row[3] or row[2] or "",
            commune_code=row[4] or "",
            commune_name=row[5] or "",
            routes=frozenset(routes_of.get(row[0], ())),
            lon=row[6],
            lat=row[7],
        )
        for row in rows
    ]
    sites.sort(key=lambda one: (sort_key(one.code), sort_key(one.name_vi)))
    routes = [
        Place(
            scope="route",
            uuid=route.uuid,
            code=str(route.number or ""),
            name_vi=route.name_vi or "",
            name_en=route.name_en or route.name_vi or "",
            routes=frozenset({route.uuid}),
        )
        for route in sorted(context.catalogue.records(Route), key=lambda one: one.number or 0)
    ]
    profile = profile_of(context)
    park = Place(
        scope="park",
        uuid="",
        code="",
        name_vi=str(profile.get("name_vi") or "Công viên địa chất"),
        name_en=str(profile.get("name_en") or "The geopark"),
    )
    return {"site": sites, "route": routes, "park": [park]}


class _Reckoner:
    """Adds up the items of the places of one scope."""

    def __init__(self, context: AppContext, scope: str, places: Sequence[Place]) -> None:
        self.opened: OpenChecklist = checklist_for(context, scope)
        keys = {place.uuid for place in places}
        self.rows = [row for row in all_answers(context, self.opened, scope) if row.place in keys]
        self._newest = newest_by_place(self.rows)
        self._judge = Judge(context, self.opened)
        has_none = self.opened.conditions.is_empty
        self._facts = {} if has_none else facts_of(context, scope, keys)
        self._codes = {group.uuid: group.code or "" for group in self.opened.groups}
        self._items = {item.uuid: item for item in self.opened.items}
        # Without conditions all places never visited are alike.
        self._untouched = self._judge.results({}, {}) if has_none else None

    def line(self, place: Place) -> PlaceReadiness:
        newest = self._newest.get(place.uuid, {})
        results = self._results(place.uuid, newest)
        by_group: dict[str, list[ItemResult]] = {}
        for one in results:
            by_group.setdefault(self._codes.get(one.group_uuid, ""), []).append(one)
        days = [row.day for row in newest.values() if row.day is not None]
        return PlaceReadiness(
            place=place,
            tally=tally(results),
            groups={code: tally(held) for code, held in by_group.items()},
            newest=max(days, default=None),
        )

    def stale(self, place: Place, today: date) -> Iterable[StaleAnswer]:
        newest = self._newest.get(place.uuid, {})
        if not newest:
            return
        counted = {one.item_uuid for one in self._results(place.uuid, newest) if one.is_stale}
        for key, row in newest.items():
            if key in counted:
                yield StaleAnswer(
                    place=place,
                    item=self._items[key],
                    status=row.given.status,
                    day=row.day,
                    days=None if row.day is None else (today - row.day).days,
                )

    def tally_of(self, uuid: str, statuses: Mapping[str, str]) -> Tally:
        given = {key: Given(status=status) for key, status in statuses.items()}
        return tally(self._judge.judged(given, self._facts.get(uuid, {}), set()))

    def _results(self, uuid: str, newest: Mapping[str, AnswerRow]) -> list[ItemResult]:
        if not newest and self._untouched is not None:
            return self._untouched
        return self._judge.results(newest, self._facts.get(uuid, {}))


def _area(key: str, names: tuple[str, str], lines: Sequence[PlaceReadiness]) -> AreaReadiness:
    return AreaReadiness(
        key=key,
        name_vi=names[0],
        name_en=names[1] or names[0],
        tally=together(line.tally for line in lines),
        places=len(lines),
        visited=sum(line.tally.answered > 0 for line in lines),
        red=sum(line.tally.red > 0 for line in lines),
    )


def _by_commune(lines: Sequence[PlaceReadiness]) -> tuple[AreaReadiness, ...]:
    held: dict[str, list[PlaceReadiness]] = {}
    for line in lines:
        if line.place.scope == "site" and line.place.commune_code:
            held.setdefault(line.place.commune_code, []).append(line)
    areas = [
        _area(code, (places[0].place.commune_name or code, ""), places)
        for code, places in held.items()
    ]
    return tuple(sorted(areas, key=lambda one: sort_key(one.name_vi)))


def _of_group(group: ChecklistGroup, lines: Sequence[PlaceReadiness]) -> AreaReadiness:
    code = group.code or ""
    parts = [line.groups[code] for line in lines if code in line.groups]
    return AreaReadiness(
        key=code,
        name_vi=group.label_vi or "",
        name_en=group.label_en or group.label_vi or "",
        tally=together(parts),
        places=len(parts),
        visited=sum(part.answered > 0 for part in parts),
        red=sum(part.red > 0 for part in parts),
    )
