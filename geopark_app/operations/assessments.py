"""Quantitative assessments of sites: points entered, totals with their terms, one accepted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from geopark_app.domain.change import Changes
from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.identifier import uuid_of
from geopark_app.domain.kinds import Assessment, AssessmentScore, Site, SiteProtection, Term
from geopark_app.domain.text import clean
from geopark_app.operations.context import AppContext
from geopark_app.operations.records import get_record
from geopark_app.operations.vocabularies import terms
from geopark_app.rules.scoring import (
    SiteFacts,
    ValueTotal,
    proposed_points,
    refused_points,
    spread,
    value_total,
)
from geopark_app.rules.typed_values import read_value
from geopark_app.store.new_keys import new_uuid

BRILHA_2016 = "brilha2016"
"""The method every catalogue starts with; a method is a vocabulary of weighted criteria and a
second one, `NAME_points`, whose terms `CRITERION=POINTS` are the indicators."""

_POINTS_OF = "{method}_points"
_NO_PROTECTION = frozenset({"khong"})
_NOT_KNOWN = frozenset({"chua_ro", "kiemke"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """What a number of points stands for, in both languages."""

    points: int
    label_vi: str
    label_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion of a method.

    Attributes
    ----------
    code : str
        Such as `SV.integrity`.
    value : str
        The value it belongs to: SV, PEU, PTU or DR.
    weight : int
        Percent of its value.
    term : Term
        With its labels.
    indicators : tuple of Indicator
        The points that may be given, most first.
    """

    code: str
    value: str
    weight: int
    term: Term
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A method as the catalogue holds it: its criteria, in their order, and its values."""

    name: str
    criteria: tuple[Criterion, ...]
    values: tuple[Term, ...]

    def weights(self, value: str) -> dict[str, int]:
        """Give the weights of one value by criterion."""
        return {one.code: one.weight for one in self.criteria if one.value == value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What an assessor gave one criterion; points None says: not scored yet."""

    points: int | None
    remark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """An assessment with its points and totals.

    Attributes
    ----------
    assessment : Assessment
        Who, when, by what method, whether accepted.
    given : mapping of str to Given
        By criterion.
    totals : mapping of str to ValueTotal
        By value.
    """

    assessment: Assessment
    given: Mapping[str, Given]
    totals: Mapping[str, ValueTotal]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAssessment:
    """An assessment as it was written, and what changed."""

    assessment: Assessment
    changes: Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteScores:
    """A site with the assessment that counts: the accepted one, else the latest.

    Attributes
    ----------
    site : Site
        The record.
    counted : Assessed
        The assessment that counts.
    others : tuple of Assessed
        All further ones, newest first.
    differences : mapping of str to pair of int
        Lowest and highest points where assessors differ.
    """

    site: Site
    counted: Assessed
    others: tuple[Assessed, ...]
    differences: Mapping[str, tuple[int, int]]


def method_of(context: AppContext, name: str = BRILHA_2016) -> Method:
    """Give a method from the catalogue's vocabularies.

    Raises
    ------
    GeoparkError
        NOT_FOUND when the catalogue has no such method.
    """
    listed = terms(context, name)
    indicators: dict[str, list[Indicator]] = {}
    for term in terms(context, _POINTS_OF.format(method=name)):
        code, _sign, _points = (term.code or "").partition("=")
        if term.weight is not None:
            indicators.setdefault(code, []).append(
                Indicator(
                    points=term.weight, label_vi=term.label_vi or "", label_en=term.label_en or ""
                )
            )
    criteria = tuple(
        Criterion(
            code=term.code or "",
            value=term.parent,
            weight=term.weight,
            term=term,
            indicators=tuple(indicators.get(term.code or "", ())),
        )
        for term in listed
        if term.parent and term.weight is not None
    )
    if not criteria:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="assessment_method", reference=name)
    used = {one.value for one in criteria}
    return Method(
        name=name, criteria=criteria, values=tuple(term for term in listed if term.code in used)
    )


def assess(
    context: AppContext,
    site: Site,
    given: Mapping[str, Given],
    *,
    method: Method,
    assessor: str | None = None,
    assessed_on: str | None = None,
    into: str | None = None,
    reason: str = "",
) -> SavedAssessment:
    """Write an assessment of a site as one save; criteria left out stay unscored.

    Parameters
    ----------
    context, site, method
        Where, what, and by which method.
    given
        Points and remarks by criterion.
    assessor, assessed_on
        Who and on which ISO date; the person at work and today when None.
    into : str, optional
        UUID of an assessment to go on with; a new one when None.
    reason
        The named step.

    Raises
    ------
    GeoparkError
        BAD_VALUE for a criterion or points the method does not have; NOT_FOUND for `into`.
        Nothing is written then.
    """
    _check(method, given)
    assessment = _assessment(context, site, method, assessor, assessed_on, into)
    rows = [
        AssessmentScore(
            uuid=uuid_of(assessment.uuid, code),
            assessment_uuid=assessment.uuid,
            criterion=code,
            points=one.points,
            remark=clean(one.remark) or None if one.remark else None,
        )
        for code, one in given.items()
    ]
    with context.work(reason or "assess site") as work:
        work.put(assessment)
        for row in rows:
            work.put(row)
    return SavedAssessment(assessment=assessment, changes=work.changes)


def _check(method: Method, given: Mapping[str, Given]) -> None:
    allowed = {one.code: [i.points for i in one.indicators] for one in method.criteria}
    points = {code: one.points for code, one in given.items()}
    for code in refused_points(points, allowed):
        offered = allowed.get(code)
        raise GeoparkError(
            ErrorCode.BAD_VALUE,
            field=code,
            value=points[code],
            expected=", ".join(map(str, offered)) if offered else ", ".join(allowed),
        )


def _assessment(
    context: AppContext,
    site: Site,
    method: Method,
    assessor: str | None,
    assessed_on: str | None,
    into: str | None,
) -> Assessment:
    spec = kind_of(Assessment).field("assessed_on")
    assert spec is not None
    day = str(read_value(spec, assessed_on)) if assessed_on else None
    if into is not None:
        found = get_record(context, kind_of(Assessment), into)
        assert isinstance(found, Assessment)
        return replace(
            found, assessor=assessor or found.assessor, assessed_on=day or found.assessed_on
        )
    today = context.now().astimezone(VIETNAM).date().isoformat()
    return Assessment(
        uuid=new_uuid(),
        site_uuid=site.uuid,
        method=method.name,
        assessor=assessor or context.author.person or None,
        assessed_on=day or today,
    )


def accept(context: AppContext, uuid: str, *, reason: str, step: str = "") -> Changes:
    """Make an assessment the one that counts, with the reason why; the others stay as they are.

    Raises
    ------
    GeoparkError
        NOT_FOUND; BAD_VALUE without a reason.
    """
    words = clean(reason).strip()
    if not words:
        raise GeoparkError(ErrorCode.BAD_VALUE, field="note", value="", expected="reason")
    chosen = get_record(context, kind_of(Assessment), uuid)
    assert isinstance(chosen, Assessment)
    where = {"site_uuid": chosen.site_uuid, "method": chosen.method}
    with context.work(step or "accept assessment") as work:
        for one in context.catalogue.records(Assessment, where=where):
            if one.uuid != chosen.uuid and one.is_accepted:
                work.put(replace(one, is_accepted=False))
        work.put(replace(chosen, is_accepted=True, note=words))
    return work.changes


def assessments_of(context: AppContext, site_uuid: str, method: Method) -> list[Assessed]:
    """Give the assessments of a site by a method, the one that counts first, then by date."""
    where = {"site_uuid": site_uuid, "method": method.name}
    return _with_points(context, method, context.catalogue.records(Assessment, where=where))


def site_scores(context: AppContext, method: Method) -> list[SiteScores]:
    """Give every assessed site with what counts, by code; a site never assessed is not listed."""
    found = context.catalogue.records(Assessment, where={"method": method.name})
    by_site: dict[str, list[Assessed]] = {}
    for one in _with_points(context, method, found):
        by_site.setdefault(one.assessment.site_uuid or "", []).append(one)
    scores = []
    for site in context.catalogue.records(Site):
        if listed := by_site.get(site.uuid):
            differences = spread([{k: g.points for k, g in one.given.items()} for one in listed])
            scores.append(
                SiteScores(
                    site=site, counted=listed[0], others=tuple(listed[1:]), differences=differences
                )
            )
    return sorted(scores, key=lambda one: one.site.code or "")


def _with_points(
    context: AppContext, method: Method, found: Iterable[Assessment]
) -> list[Assessed]:
    ordered = sorted(
        found,
        key=lambda one: (bool(one.is_accepted), one.assessed_on or "", one.uuid),
        reverse=True,
    )
    given: dict[str, dict[str, Given]] = {}
    for row in _score_rows(context, ordered):
        points = Given(points=row.points, remark=row.remark)
        given.setdefault(row.assessment_uuid or "", {})[row.criterion or ""] = points
    return [_assessed(method, one, given.get(one.uuid, {})) for one in ordered]


def _score_rows(context: AppContext, found: Sequence[Assessment]) -> list[AssessmentScore]:
    if len(found) == 1:
        where = {"assessment_uuid": found[0].uuid}
        return context.catalogue.records(AssessmentScore, where=where)
    return context.catalogue.records(AssessmentScore) if found else []


def _assessed(method: Method, assessment: Assessment, given: Mapping[str, Given]) -> Assessed:
    points = {code: one.points for code, one in given.items()}
    totals = {
        term.code or "": value_total(term.code or "", method.weights(term.code or ""), points)
        for term in method.values
    }
    return Assessed(assessment=assessment, given=given, totals=totals)


def proposals(context: AppContext, site: Site, method: Method) -> dict[str, int]:
    """Give the points the facts of a site speak for, by criterion; the expert decides."""
    facts = SiteFacts(
        distance_paved_road_m=site.distance_paved_road_m,
        distance_bus_road_m=site.distance_bus_road_m,
        bus_parking=site.bus_parking,
        population_density=site.population_density,
        distance_to_threat_m=site.distance_to_threat_m,
        access_control=site.access_control,
        is_protected=_is_protected(context, site),
    )
    found = proposed_points(facts)
    return {
        one.code: found[name]
        for one in method.criteria
        if (name := one.code.partition(".")[2]) in found
    }


def _is_protected(context: AppContext, site: Site) -> bool | None:
    """Say whether a decision protects the site; None when nothing certain is written down."""
    rows = context.catalogue.records(SiteProtection, where={"site_uuid": site.uuid})
    stated = {row.status for row in rows if row.status} - _NOT_KNOWN
    if not stated:
        return None
    return bool(stated - _NO_PROTECTION)
