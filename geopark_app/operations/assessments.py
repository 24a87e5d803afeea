"""Quantitative assessments of sites: drafts, points submitted blind, one result accepted."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC

from geopark_app.domain.change import Changes
from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.identifier import uuid_of
from geopark_app.domain.kinds import Assessment, AssessmentScore, Site
from geopark_app.domain.text import clean
from geopark_app.i18n import gettext as _
from geopark_app.operations.context import AppContext
from geopark_app.operations.point_proposals import proposals
from geopark_app.operations.records import get_record
from geopark_app.operations.scoring_methods import Method
from geopark_app.rules.scoring import ValueTotal, refused_points, unexplained
from geopark_app.rules.typed_values import read_value
from geopark_app.store.new_keys import new_uuid


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
        Who, when, by what method, whether draft or accepted.
    given : mapping of str to Given
        By criterion; empty while hidden.
    totals : mapping of str to ValueTotal
        By value.
    is_hidden : bool
        Whether its points are not shown yet to who reads.
    """

    assessment: Assessment
    given: Mapping[str, Given]
    totals: Mapping[str, ValueTotal]
    is_hidden: bool = False

    @property
    def is_draft(self) -> bool:
        """Whether it was not submitted yet; what older programs wrote counts as submitted."""
        return bool(self.assessment.is_draft)

    @property
    def counts(self) -> bool:
        """Whether its totals may stand for the site."""
        has_points = any(one.points is not None for one in self.given.values())
        return has_points and not self.is_draft and not self.is_hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAssessment:
    """An assessment as it was written, and what changed."""

    assessment: Assessment
    changes: Changes


def assess(
    context: AppContext,
    site: Site,
    given: Mapping[str, Given],
    *,
    method: Method,
    assessor: str | None = None,
    assessed_on: str | None = None,
    into: str | None = None,
    submit: bool = False,
    reason: str = "",
) -> SavedAssessment:
    """Write an assessment of a site as one save; criteria left out stay unscored.

    It is a draft only its assessor sees, until it is submitted; then its points stand.

    Parameters
    ----------
    context, site, method
        Where, what, and by which method.
    given
        Points and remarks by criterion.
    assessor, assessed_on
        Who and on which ISO date; the person at work and today when None.
    into : str, optional
        UUID of a draft to go on with; a new one when None.
    submit
        Whether to submit it with this save.
    reason
        The named step.

    Raises
    ------
    GeoparkError
        BAD_VALUE for a criterion or points the method does not have, or, when submitting, for
        points others than the facts speak for without a remark; NOT_FOUND for `into`;
        ALREADY_SUBMITTED, HIDDEN_YET. Nothing is written then.
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
    if submit:
        held = _points_of(context, assessment.uuid) if into else {}
        assessment = _submitted(context, site, method, assessment, {**held, **given})
    with context.work(reason or "assess site") as work:
        work.put(assessment)
        for row in rows:
            work.put(row)
    return SavedAssessment(assessment=assessment, changes=work.changes)


def submit(context: AppContext, uuid: str, *, method: Method, reason: str = "") -> Changes:
    """Submit a draft: its points stand from now on, and others' are shown.

    Raises
    ------
    GeoparkError
        NOT_FOUND, ALREADY_SUBMITTED, HIDDEN_YET; BAD_VALUE without any points, or for points
        others than the facts speak for without a remark.
    """
    draft = _open_draft(context, uuid)
    site = get_record(context, kind_of(Site), draft.site_uuid or "")
    assert isinstance(site, Site)
    made = _submitted(context, site, method, draft, _points_of(context, uuid))
    with context.work(reason or "submit assessment") as work:
        work.put(made)
    return work.changes


def _submitted(
    context: AppContext,
    site: Site,
    method: Method,
    assessment: Assessment,
    given: Mapping[str, Given],
) -> Assessment:
    points = {code: one.points for code, one in given.items()}
    if all(one is None for one in points.values()):
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="points", value="", expected=_("points of any criterion")
        )
    proposed = {code: one.points for code, one in proposals(context, site, method).items()}
    remarks = {code for code, one in given.items() if one.remark and one.remark.strip()}
    for code in unexplained(points, remarks, proposed):
        raise GeoparkError(
            ErrorCode.BAD_VALUE,
            field=code,
            value=points[code],
            expected=_("{points} points, which the facts speak for, or a remark why not").format(
                points=proposed[code]
            ),
        )
    return replace(assessment, is_draft=False, submitted_at=_instant(context))


def score_no_site(context: AppContext, method: Method, *, reason: str = "") -> Changes:
    """Say that the person at work scores no site by this method and reads only."""
    who = context.author.person
    declared = Assessment(
        uuid=uuid_of(method.record.uuid, f"reads-only:{who}"),
        method=method.name,
        assessor=who or None,
        entered_by=who or None,
        assessed_on=context.now().astimezone(VIETNAM).date().isoformat(),
        is_draft=False,
        submitted_at=_instant(context),
    )
    with context.work(reason or "score no site") as work:
        work.put(declared)
    return work.changes


def _instant(context: AppContext) -> str:
    return context.now().astimezone(UTC).isoformat(timespec="microseconds")


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
        found = _open_draft(context, into)
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
        is_draft=True,
        entered_by=context.author.person or None,
    )


def _open_draft(context: AppContext, uuid: str) -> Assessment:
    found = get_record(context, kind_of(Assessment), uuid)
    assert isinstance(found, Assessment)
    if uuid in context.catalogue.hidden_assessments():
        raise GeoparkError(ErrorCode.HIDDEN_YET)
    if not found.is_draft:
        raise GeoparkError(ErrorCode.ALREADY_SUBMITTED)
    return found


def _points_of(context: AppContext, uuid: str) -> dict[str, Given]:
    rows = context.catalogue.records(AssessmentScore, where={"assessment_uuid": uuid})
    return {row.criterion or "": Given(points=row.points, remark=row.remark) for row in rows}


def accept(context: AppContext, uuid: str, *, reason: str, step: str = "") -> Changes:
    """Make an assessment the one that counts, with the reason why; the others stay as they are.

    It ends the round: what was submitted until now is shown to everybody.

    Raises
    ------
    GeoparkError
        NOT_FOUND, HIDDEN_YET; BAD_VALUE without a reason or for a draft.
    """
    words = clean(reason).strip()
    if not words:
        raise GeoparkError(ErrorCode.BAD_VALUE, field="note", value="", expected="reason")
    chosen = get_record(context, kind_of(Assessment), uuid)
    assert isinstance(chosen, Assessment)
    if uuid in context.catalogue.hidden_assessments():
        raise GeoparkError(ErrorCode.HIDDEN_YET)
    if chosen.is_draft:
        raise GeoparkError(
            ErrorCode.BAD_VALUE,
            field="is_accepted",
            value=chosen.assessor or "",
            expected=_("an assessment that is submitted"),
        )
    where = {"site_uuid": chosen.site_uuid, "method": chosen.method}
    with context.work(step or "accept assessment") as work:
        for one in context.catalogue.records(Assessment, where=where):
            if one.uuid != chosen.uuid and one.is_accepted:
                work.put(replace(one, is_accepted=False))
        accepted_at = _instant(context)
        work.put(replace(chosen, is_accepted=True, accepted_at=accepted_at, note=words))
    return work.changes


def assessments_of(context: AppContext, site_uuid: str, method: Method) -> list[Assessed]:
    """Give the assessments of a site by a method: accepted, submitted, drafts, hidden ones."""
    where = {"site_uuid": site_uuid, "method": method.name}
    return with_points(context, method, context.catalogue.records(Assessment, where=where))


def counted(listed: Sequence[Assessed]) -> Assessed | None:
    """Give the assessment that stands for the site: the accepted one, else the latest submitted."""
    return next((one for one in listed if one.counts), None)


def with_points(context: AppContext, method: Method, found: Iterable[Assessment]) -> list[Assessed]:
    """Give assessments with their points, those first that come first for people."""
    hidden = context.catalogue.hidden_assessments()
    ordered = sorted(
        found,
        key=lambda one: (
            bool(one.is_accepted),
            one.uuid not in hidden,
            not one.is_draft,
            one.assessed_on or "",
            one.submitted_at or "",
            one.uuid,
        ),
        reverse=True,
    )
    given: dict[str, dict[str, Given]] = {}
    for row in _score_rows(context, ordered):
        points = Given(points=row.points, remark=row.remark)
        given.setdefault(row.assessment_uuid or "", {})[row.criterion or ""] = points
    return [_assessed(method, one, given.get(one.uuid, {}), hidden) for one in ordered]


def _score_rows(context: AppContext, found: Sequence[Assessment]) -> list[AssessmentScore]:
    if len(found) == 1:
        where = {"assessment_uuid": found[0].uuid}
        return context.catalogue.records(AssessmentScore, where=where)
    return context.catalogue.records(AssessmentScore) if found else []


def _assessed(
    method: Method, assessment: Assessment, given: Mapping[str, Given], hidden: Collection[str]
) -> Assessed:
    points = {code: one.points for code, one in given.items()}
    totals = {term.code or "": method.total(term.code or "", points) for term in method.values}
    return Assessed(
        assessment=assessment, given=given, totals=totals, is_hidden=assessment.uuid in hidden
    )
