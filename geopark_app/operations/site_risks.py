"""The degradation risk of many sites at once, from the columns that tell it."""

from collections.abc import Sequence

from geopark_app.domain.condition import Condition, ListQuery, Test
from geopark_app.domain.errors import GeoparkError
from geopark_app.operations.context import AppContext
from geopark_app.operations.scoring_methods import BRILHA_2016, method_of
from geopark_app.rules.scoring import total

_RISK = "DR"


def risks_of_sites(context: AppContext, uuids: Sequence[str] | None = None) -> dict[str, int]:
    """Give the total (0 to 400) of every site whose counted assessment is complete, by its key.

    The accepted assessment counts, else the latest, as in `assessments.site_scores`; only these
    sites are asked about when `uuids` are given.
    """
    wanted = [Condition(column="method", test=Test.IS, values=(BRILHA_2016,))]
    if uuids is not None:
        wanted.append(Condition(column="site_uuid", test=Test.IS, values=tuple(uuids)))
    query = ListQuery(kind="assessment", conditions=tuple(wanted))
    found = context.catalogue.list_rows(query, ("is_accepted", "assessed_on", "uuid", "site_uuid"))
    if not found:
        return {}
    try:
        weights = method_of(context).weights(_RISK)
    except GeoparkError:
        # A catalogue may have thrown the method away and kept what was assessed by it.
        return {}
    ordered = sorted((bool(accepted), day or "", uuid, site) for accepted, day, uuid, site in found)
    counted = {site: uuid for _accepted, _day, uuid, site in ordered if site}
    points = _points(context, tuple(counted.values()), tuple(weights))
    totals = {site: total(points.get(uuid, {}), weights) for site, uuid in counted.items()}
    return {site: one for site, one in totals.items() if one is not None}


def _points(
    context: AppContext, assessments: tuple[str, ...], criteria: tuple[str, ...]
) -> dict[str, dict[str, int]]:
    query = ListQuery(
        kind="assessment_score",
        conditions=(
            Condition(column="assessment_uuid", test=Test.IS, values=assessments),
            Condition(column="criterion", test=Test.IS, values=criteria),
        ),
    )
    found: dict[str, dict[str, int]] = {}
    columns = ("assessment_uuid", "criterion", "points")
    for assessment, criterion, points in context.catalogue.list_rows(query, columns):
        found.setdefault(assessment, {})[criterion] = points
    return found
