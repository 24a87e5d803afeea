"""All assessed sites by one method: what counts, who is still to submit, places, risk classes."""

from collections.abc import Mapping
from dataclasses import dataclass

from geopark_app.domain.kinds import Assessment, Site
from geopark_app.operations.assessments import Assessed, counted, with_points
from geopark_app.operations.context import AppContext
from geopark_app.operations.scoring_methods import Method, method_of
from geopark_app.rules.scoring import ranks, spread


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteScores:
    """A site with the assessment that counts: the accepted one, else the latest submitted.

    Attributes
    ----------
    site : Site
        The record.
    counted : Assessed or None
        What counts; None while nothing is submitted, or all is hidden from who reads.
    listed : tuple of Assessed
        All of them, the one that counts first.
    differences : mapping of str to pair of int
        Lowest and highest points where those who submitted differ.
    """

    site: Site
    counted: Assessed | None
    listed: tuple[Assessed, ...]
    differences: Mapping[str, tuple[int, int]]

    @property
    def hidden(self) -> int:
        """How many are hidden until the own one is submitted."""
        return sum(one.is_hidden for one in self.listed)

    @property
    def drafts(self) -> int:
        """How many drafts of their own who reads has."""
        return sum(one.is_draft and not one.is_hidden for one in self.listed)

    @property
    def submitted(self) -> int:
        """How many are submitted and shown."""
        return sum(one.counts for one in self.listed)

    def total(self, value: str) -> int | None:
        """Give the total of a value, None without one."""
        return self.counted.totals[value].total if self.counted else None


def site_scores(context: AppContext, method: Method) -> list[SiteScores]:
    """Give every site with an assessment, by code; a site never assessed is not listed."""
    found = context.catalogue.records(Assessment, where={"method": method.name})
    by_site: dict[str, list[Assessed]] = {}
    for one in with_points(context, method, found):
        by_site.setdefault(one.assessment.site_uuid or "", []).append(one)
    scores = [
        SiteScores(
            site=site, counted=counted(listed), listed=tuple(listed), differences=_spread(listed)
        )
        for site in context.catalogue.records(Site)
        if (listed := by_site.get(site.uuid))
    ]
    return sorted(scores, key=lambda one: one.site.code or "")


def _spread(listed: list[Assessed]) -> dict[str, tuple[int, int]]:
    return spread(
        [{code: one.points for code, one in each.given.items()} for each in listed if each.counts]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedSite:
    """A site with its place by one value; None without a total."""

    place: int | None
    scores: SiteScores


def ranking(found: list[SiteScores], value: str) -> list[RankedSite]:
    """Give the sites in the order of one value, the greatest first, those without a total last."""
    places = ranks([one.total(value) for one in found])
    ranked = [RankedSite(place=place, scores=one) for place, one in zip(places, found, strict=True)]
    last = len(ranked) + 1
    return sorted(ranked, key=lambda one: (one.place or last, one.scores.site.code or ""))


def risk_class_by_site(context: AppContext, method_name: str = "brilha2016") -> dict[str, str]:
    """Give the risk class of each assessed site by its key, for the colours of a map.

    Codes of Brilha 2016: `low`, `moderate`, `high`. A site without a total is left out, and so
    is one whose points are hidden from who reads.
    """
    method = method_of(context, method_name)
    if method.risk_value is None:
        return {}
    found = {}
    for one in site_scores(context, method):
        if one.counted and (risk := one.counted.totals[method.risk_value].result_class):
            found[one.site.uuid] = risk
    return found
