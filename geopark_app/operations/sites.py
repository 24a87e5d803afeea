"""Sites as people list them: with commune names, route, stop and readiness beside the record."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from geopark_app.domain.condition import ListQuery
from geopark_app.domain.declaration import Stage, kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.finding import Finding, Severity
from geopark_app.domain.kinds import Commune, Site
from geopark_app.operations.context import AppContext
from geopark_app.operations.freshness import stale_english
from geopark_app.operations.linked_records import list_gaps
from geopark_app.operations.position_findings import position_findings
from geopark_app.operations.records import find_record
from geopark_app.operations.site_lists import read_rows, site_query, sort_orders
from geopark_app.operations.terms import term_findings
from geopark_app.rules.completeness import gaps
from geopark_app.rules.readiness import Readiness

_AT_ONCE = 500


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
        `kind` (all passes everything), `route`, `stop` (yes), `commune`, `quality`, `workflow`,
        `code`, `text` (without accents), `missing` (a field name), `stale` (en), and any field
        as `operations.conditions` says.
    sort
        A field of the site, `commune`, `route` or `readiness`; a leading `-` reverses.

    Raises
    ------
    GeoparkError
        UNKNOWN_FIELD for a filter or sort key that does not exist; BAD_VALUE for a word that
        is no term of the filter's vocabulary.
    """
    query = site_query(context, filters=filters or {}, orders=sort_orders(sort))
    return _summaries(context, query)


def summaries_of(context: AppContext, uuids: Collection[str]) -> list[SiteSummary]:
    """Give these sites, by their codes; those in the trash are left out."""
    return _summaries(
        context, ListQuery(kind="site", among=frozenset(uuids), orders=sort_orders("code"))
    )


def find_site(context: AppContext, reference: str) -> Site:
    """Give a site by code, former code or uuid; raises NOT_FOUND or AMBIGUOUS."""
    site = find_record(context, kind_of(Site), reference)
    assert isinstance(site, Site)
    return site


def site_summary(context: AppContext, uuid: str) -> SiteSummary | None:
    """Give the summary of one site, or None when it is not there or in the trash."""
    return next(iter(summaries_of(context, (uuid,))), None)


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


def _summaries(context: AppContext, query: ListQuery) -> list[SiteSummary]:
    """Give the whole records of a query, with what stands beside them."""
    rows = read_rows(context, query)
    communes = {commune.code: commune for commune in context.catalogue.records(Commune)}
    records = {site.uuid: site for site in _records(context, [row.uuid for row in rows])}
    return [
        SiteSummary(
            site=records[row.uuid],
            commune=communes.get(row.commune_code),
            former_commune=row.former_commune,
            route_number=row.route_number,
            stop_number=row.stop_number,
            is_stop=row.is_stop,
            readiness=row.readiness,
            stale_en=row.stale_en,
        )
        for row in rows
        if row.uuid in records
    ]


def _records(context: AppContext, uuids: Sequence[str]) -> Iterator[Site]:
    for at in range(0, len(uuids), _AT_ONCE):
        where: dict[str, object] = {"uuid": uuids[at : at + _AT_ONCE]}
        yield from context.catalogue.records(Site, where=where)
