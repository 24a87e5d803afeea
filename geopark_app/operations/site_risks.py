"""The degradation risk of many sites at once, from the columns that tell it."""

from collections.abc import Sequence

from geopark_app.domain.condition import Condition, ListQuery, Test
from geopark_app.domain.errors import GeoparkError
from geopark_app.operations.context import AppContext
from geopark_app.operations.scoring_methods import BRILHA_2016, method_of
from geopark_app.rules.scoring import total

_RISK = "DR"
_COLUMNS = ("uuid", "site_uuid", "is_accepted", "is_draft", "assessed_on", "submitted_at")


def risks_of_sites(context: AppContext, uuids: Sequence[str] | None = None) -> dict[str, int]:
    """Give the total (0 to 400) of every site whose counted assessment is complete, by its key.

    The accepted assessment counts, else the latest submitted one that has points and may be seen,
    as in `assessments.counted`; only these sites are asked about when `uuids` are given.
    """
    wanted = [Condition(column="method", test=Test.IS, values=(BRILHA_2016,))]
    if uuids is not None:
        wanted.append(Condition(column="site_uuid", test=Test.IS, values=tuple(uuids)))
    query = ListQuery(kind="assessment", conditions=tuple(wanted))
    found = context.catalogue.list_rows(query, _COLUMNS)
    if not found:
        return {}
    try:
        weights = method_of(context).weights(_RISK)
    except GeoparkError:
        # A catalogue may have thrown the method away and kept what was assessed by it.
        return {}
    hidden = context.catalogue.hidden_assessments()
    standing = sorted(
        (bool(accepted), day or "", submitted or "", uuid, site)
        for uuid, site, accepted, is_draft, day, submitted in found
        if site and not is_draft and uuid not in hidden
    )
    points = _points(context, tuple(row[3] for row in standing))
    counted = {site: uuid for _accepted, _day, _at, uuid, site in standing if uuid in points}
    totals = {site: total(points[uuid], weights) for site, uuid in counted.items()}
    return {site: one for site, one in totals.items() if one is not None}


def _points(context: AppContext, assessments: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """Give the points of these assessments by criterion; one without any is left out."""
    of_these = Condition(column="assessment_uuid", test=Test.IS, values=assessments)
    query = ListQuery(kind="assessment_score", conditions=(of_these,))
    found: dict[str, dict[str, int]] = {}
    columns = ("assessment_uuid", "criterion", "points")
    for assessment, criterion, points in context.catalogue.list_rows(query, columns):
        if points is not None:
            found.setdefault(assessment, {})[criterion] = points
    return found
