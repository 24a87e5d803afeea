"""What can be ready or not: sites, routes and the park, each with its newest result."""

from dataclasses import dataclass

from geopark_app.domain.kinds import Route, Visit
from geopark_app.i18n import pick
from geopark_app.operations.catalogues import profile_of
from geopark_app.operations.checklists import (
    ReadinessResult,
    park_readiness,
    route_readiness,
    site_readiness,
)
from geopark_app.operations.context import AppContext
from geopark_app.operations.site_lists import site_rows
from geopark_app.rules.readiness import Readiness


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One row of the list.

    Attributes
    ----------
    scope : str
        `site`, `route` or `park`.
    uuid : str
        Of the site or route; empty for the park.
    code, name_vi, name_en : str
        How people know it.
    readiness : Readiness or None
        None when it was never visited.
    is_sample : bool
        Whether a visit behind the result is sample data.
    """

    scope: str
    uuid: str
    code: str
    name_vi: str
    name_en: str
    readiness: Readiness | None
    is_sample: bool = False

    @property
    def key(self) -> str:
        """Give the key of the row."""
        return f"{self.scope}:{self.uuid}"

    def name(self) -> str:
        """Give the name in the language of the window."""
        return pick(self.name_vi, self.name_en)


def read_subjects(context: AppContext) -> list[Subject]:
    """Give the park, the routes and the sites in their order."""
    visits = context.catalogue.records(Visit)
    samples = {(visit.site_uuid or visit.route_uuid or "") for visit in visits if visit.sample}
    visited = {(visit.site_uuid or visit.route_uuid or "") for visit in visits}
    return [
        _park(context, visited, samples),
        *_routes(context, visited, samples),
        *_sites(context, samples),
    ]


def _park(context: AppContext, visited: set[str], samples: set[str]) -> Subject:
    profile = profile_of(context)
    return Subject(
        scope="park",
        uuid="",
        code="",
        name_vi=str(profile.get("name_vi") or "Công viên địa chất"),
        name_en=str(profile.get("name_en") or "The geopark"),
        readiness=park_readiness(context).total if "" in visited else None,
        is_sample="" in samples,
    )


def _routes(context: AppContext, visited: set[str], samples: set[str]) -> list[Subject]:
    routes = context.catalogue.records(Route)
    return [
        Subject(
            scope="route",
            uuid=route.uuid,
            code=str(route.number or ""),
            name_vi=route.name_vi or "",
            name_en=route.name_en or "",
            readiness=(
                route_readiness(context, route.uuid).total if route.uuid in visited else None
            ),
            is_sample=route.uuid in samples,
        )
        for route in sorted(routes, key=lambda route: route.number or 0)
    ]


def _sites(context: AppContext, samples: set[str]) -> list[Subject]:
    return [
        Subject(
            scope="site",
            uuid=item.uuid,
            code=item.code or "",
            name_vi=item.name_vi or "",
            name_en=item.name_en or "",
            readiness=item.readiness,
            is_sample=item.uuid in samples,
        )
        for item in site_rows(context)
    ]


def result_of(context: AppContext, subject: Subject) -> ReadinessResult:
    """Give the whole result of a subject with its groups and items."""
    match subject.scope:
        case "site":
            return site_readiness(context, subject.uuid)
        case "route":
            return route_readiness(context, subject.uuid)
        case _:
            return park_readiness(context)


def visits_of(context: AppContext, subject: Subject) -> list[Visit]:
    """Give the visits of a subject, newest first."""
    where: dict[str, object] = {"scope": subject.scope}
    if subject.uuid:
        where[f"{subject.scope}_uuid"] = subject.uuid
    visits = context.catalogue.records(Visit, where=where)
    return sorted(visits, key=lambda visit: (visit.visited_on or "", visit.uuid), reverse=True)
