"""Sites as people list them: with commune names, route, stop and readiness beside the record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geopark_app.domain.declaration import COMPOSITES, Stage, kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.finding import Finding, Severity
from geopark_app.domain.kinds import (
    Commune,
    FormerCommune,
    FormerDistrict,
    Route,
    Site,
    SiteFormerCommune,
    Stop,
)
from geopark_app.domain.text import fold, sort_key
from geopark_app.operations.checklists import readiness_of_sites
from geopark_app.operations.context import AppContext
from geopark_app.operations.freshness import stale_english
from geopark_app.operations.linked_records import list_gaps
from geopark_app.operations.position_findings import position_findings
from geopark_app.operations.records import find_record
from geopark_app.operations.terms import term_findings
from geopark_app.operations.vocabularies import terms
from geopark_app.rules.completeness import gaps, is_empty
from geopark_app.rules.readiness import Readiness


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSummary:
    """A site with what stands beside it in a list.

    Attributes
    ----------
    site : Site
        The record.
    commune : Commune or None
        Commune of today.
    former_commune : str
        Former commune and district in words, or the text of old papers.
    route_number, stop_number : int or None
        Where it lies on the routes; the stop number only where it is evidenced.
    is_stop : bool
        Whether it is known to be one of the stops.
    readiness : Readiness or None
        None when never visited.
    stale_en : tuple of str
        English fields that are older than their Vietnamese text.
    """

    site: Site
    commune: Commune | None
    former_commune: str
    route_number: int | None
    stop_number: int | None
    is_stop: bool
    readiness: Readiness | None
    stale_en: tuple[str, ...] = ()

    @property
    def completeness(self) -> float:
        """Share of the fields wanted for the dossier that hold something, from 0 to 1."""
        wanted = sum(spec.required_at is not None for spec in kind_of(Site).fields)
        return 1 - len(gaps(self.site, Stage.DOSSIER)) / wanted

    @property
    def commune_name(self) -> str:
        """Name of the commune of today, or an empty text."""
        return self.commune.name_vi or "" if self.commune else ""

    @property
    def coord_quality(self) -> str:
        """Quality of the position; no position at all is `unknown`."""
        position = self.site.position
        return position.known_quality.value if position else "unknown"


def list_sites(
    context: AppContext, *, filters: Mapping[str, str] | None = None, sort: str = "code"
) -> list[SiteSummary]:
    """Give the sites that pass all filters, sorted in Vietnamese order.

    Parameters
    ----------
    context
        The surroundings.
    filters
        `kind`, `route`, `stop` (yes), `commune`, `quality`, `workflow`, `code`, `text` (without
        accents), `missing` (a field name), `stale` (en); `kind=all` passes everything.
    sort
        A field of the site, `commune`, `route` or `readiness`; a leading `-` reverses.

    Raises
    ------
    GeoparkError
        UNKNOWN_FIELD for a filter or sort key that does not exist; BAD_VALUE for a word that
        is no term of the filter's vocabulary.
    """
    summaries = _summaries(context)
    for name, wanted in (filters or {}).items():
        _check_term(context, name, wanted)
        check = _FILTERS.get(name) or _field_filter(name)
        summaries = [summary for summary in summaries if check(summary, wanted)]
    return _sorted(summaries, sort)


def find_site(context: AppContext, reference: str) -> Site:
    """Give a site by code, former code or uuid; raises NOT_FOUND or AMBIGUOUS."""
    site = find_record(context, kind_of(Site), reference)
    assert isinstance(site, Site)
    return site


def site_summary(context: AppContext, uuid: str) -> SiteSummary | None:
    """Give the summary of one site, or None when it is not there or in the trash."""
    return next((item for item in _summaries(context) if item.site.uuid == uuid), None)


def site_findings(context: AppContext, uuid: str) -> list[Finding]:
    """Give what a person should look at: gaps, double codes, doubtful positions."""
    site = context.catalogue.get(Site, uuid)
    if site is None:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="site", uuid=uuid)
    findings = gaps(site, Stage.DOSSIER) + list_gaps(context, kind_of(Site), site)
    same = context.catalogue.records(Site, where={"code": site.code}) if site.code else []
    if len(same) > 1:
        findings.insert(
            0,
            Finding(
                code="double-code",
                severity=Severity.ERROR,
                kind="site",
                uuid=uuid,
                field="code",
                details=(("code", site.code or ""), ("count", str(len(same)))),
            ),
        )
    for field in stale_english(context, [uuid]).get(uuid, ()):
        findings.insert(
            0,
            Finding(
                code="english-older", severity=Severity.WARNING, kind="site", uuid=uuid, field=field
            ),
        )
    findings.extend(
        Finding(
            code="other-term",
            severity=Severity.NOTE,
            kind="site",
            uuid=uuid,
            field=field,
            details=(("term", term.vi), ("agreed", ", ".join(term.en))),
        )
        for field, term in term_findings(site)
    )
    return position_findings(context, site) + findings


def _summaries(context: AppContext) -> list[SiteSummary]:
    catalogue = context.catalogue
    communes = {commune.code: commune for commune in catalogue.records(Commune)}
    districts = {item.code: item.name_vi or "" for item in catalogue.records(FormerDistrict)}
    former = {item.code: item for item in catalogue.records(FormerCommune)}
    routes = {route.uuid: route.number for route in catalogue.records(Route)}
    stops = {stop.site_uuid: stop for stop in catalogue.records(Stop) if stop.site_uuid}
    further: dict[str | None, list[str | None]] = {}
    for item in catalogue.records(SiteFormerCommune):
        further.setdefault(item.site_uuid, []).append(item.former_commune_code)
    results = readiness_of_sites(context)
    stale = stale_english(context)
    summaries = []
    for site in catalogue.records(Site):
        stop = stops.get(site.uuid)
        summaries.append(
            SiteSummary(
                site=site,
                commune=communes.get(site.commune_code),
                former_commune=_former(site, further.get(site.uuid, []), former, districts),
                route_number=routes.get(stop.route_uuid or "") if stop else None,
                stop_number=stop.official_number if stop else None,
                is_stop=stop is not None,
                readiness=results.get(site.uuid),
                stale_en=tuple(stale.get(site.uuid, ())),
            )
        )
    return summaries


def _former(
    site: Site,
    further: Sequence[str | None],
    former: Mapping[str | None, FormerCommune],
    districts: Mapping[str | None, str],
) -> str:
    """Give the former communes with their districts, the first one first."""
    names = []
    for code in dict.fromkeys((site.former_commune_code, *further)):
        unit = former.get(code)
        if unit is not None:
            district = districts.get(unit.former_district_code, "")
            names.append(", ".join(part for part in (unit.name_vi or "", district) if part))
    return "; ".join(names) or site.former_admin or ""


_FILTER_FIELDS = {"quality": "coord_quality", "workflow": "workflow_status"}


def _check_term(context: AppContext, name: str, wanted: str) -> None:
    """Refuse a word that no term of the filter's vocabulary is: it would only find nothing."""
    vocabulary = _FILTER_FIELDS.get(name)
    spec = kind_of(Site).field(name)
    if vocabulary is None and spec is not None:
        vocabulary = spec.vocabulary
    if vocabulary is None or wanted in {"", "all"}:
        return
    known = [term.code or "" for term in terms(context, vocabulary)]
    if wanted not in known:
        raise GeoparkError(ErrorCode.BAD_VALUE, field=name, value=wanted, expected=", ".join(known))


def _field_filter(name: str) -> Callable[[SiteSummary, str], bool]:
    """Give a filter on any declared field of the site: its value as text equals the wanted."""
    spec = kind_of(Site).field(name)
    if spec is None or spec.type in COMPOSITES:
        raise GeoparkError(ErrorCode.UNKNOWN_FIELD, kind="site", field=name)

    def check(item: SiteSummary, wanted: str) -> bool:
        value = getattr(item.site, spec.name)
        if isinstance(value, bool):
            return value == (wanted.casefold() in {"1", "true", "yes"})
        return fold(str(value or "")) == fold(wanted)

    return check


def _field_name(name: str) -> str:
    spec = kind_of(Site).field(name)
    if spec is None:
        raise GeoparkError(ErrorCode.UNKNOWN_FIELD, kind="site", field=name)
    return spec.name


def _sorted(summaries: list[SiteSummary], sort: str) -> list[SiteSummary]:
    """Give the sites in order; those without the value come last, whichever way it goes."""
    value_of = _SORT_KEYS.get(sort.lstrip("-")) or _field_value(sort.lstrip("-"))
    by_code = sorted(summaries, key=lambda item: sort_key(item.site.code or ""))
    known = [item for item in by_code if value_of(item) is not None]

    def key(item: SiteSummary) -> Any:
        value = value_of(item)
        return sort_key(value) if isinstance(value, str) else value

    known.sort(key=key, reverse=sort.startswith("-"))
    return known + [item for item in by_code if value_of(item) is None]


def _field_value(name: str) -> Callable[[SiteSummary], Any]:
    spec = kind_of(Site).field(name)
    if spec is None or spec.type in COMPOSITES:
        raise GeoparkError(ErrorCode.UNKNOWN_FIELD, kind="site", field=name)
    return lambda item: getattr(item.site, spec.name)


_SORT_KEYS: dict[str, Callable[[SiteSummary], str | int | float | None]] = {
    "kind": lambda item: item.site.site_kind,
    "commune": lambda item: item.commune_name or None,
    "route": lambda item: item.route_number,
    "stop": lambda item: item.stop_number,
    "quality": lambda item: item.coord_quality,
    "readiness": lambda item: item.readiness.score if item.readiness else None,
    "completeness": lambda item: item.completeness,
}
_FILTERS: dict[str, Callable[[SiteSummary, str], bool]] = {
    "kind": lambda item, wanted: wanted == "all" or item.site.site_kind == wanted,
    "route": lambda item, wanted: str(item.route_number or "") == wanted,
    "stop": lambda item, wanted: item.is_stop == (wanted != "no"),
    "commune": lambda item, wanted: (
        fold(wanted) in {item.site.commune_code or "", fold(item.commune_name)}
    ),
    "quality": lambda item, wanted: item.coord_quality == wanted,
    "workflow": lambda item, wanted: item.site.workflow_status == wanted,
    "code": lambda item, wanted: item.site.code in wanted.split(","),
    "text": lambda item, wanted: fold(wanted) in fold(_text_of(item)),
    "stale": lambda item, wanted: bool(item.stale_en) == (wanted != "no"),
    "missing": lambda item, wanted: is_empty(getattr(item.site, _field_name(wanted))),
}


def _text_of(item: SiteSummary) -> str:
    site = item.site
    words = (
        site.code,
        site.name_vi,
        site.name_en,
        site.name_local,
        item.commune_name,
        item.former_commune,
        site.former_admin,
        site.summary_vi,
        site.summary_en,
    )
    return "\n".join(word for word in words if word)
