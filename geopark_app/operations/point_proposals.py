"""Points the facts of a site speak for, with those facts; the expert decides."""

from collections.abc import Mapping
from dataclasses import dataclass

from geopark_app.domain.kinds import Site, SiteProtection
from geopark_app.i18n import gettext as _
from geopark_app.operations.context import AppContext
from geopark_app.operations.scoring_methods import BRILHA_2016, Method
from geopark_app.rules.scoring import FACTS_OF, SiteFacts, proposed_points
from geopark_app.wording.field_names import field_label

_NO_PROTECTION = frozenset({"khong"})
_NOT_KNOWN = frozenset({"chua_ro", "kiemke"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Points that facts speak for.

    Attributes
    ----------
    points : int
        As many.
    facts : mapping of str to object
        What is known, by field.
    """

    points: int
    facts: Mapping[str, int | bool]

    def words(self) -> str:
        """Give the facts as people read them."""
        return "; ".join(f"{_label(name)}: {_said(value)}" for name, value in self.facts.items())


def proposals(context: AppContext, site: Site, method: Method) -> dict[str, Proposal]:
    """Give the points the facts of a site speak for, by criterion; of Brilha 2016 only."""
    if method.name != BRILHA_2016:
        return {}
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
        one.code: Proposal(points=found[name], facts=_facts(facts, name))
        for one in method.criteria
        if (name := one.code.partition(".")[2]) in found
    }


def _facts(facts: SiteFacts, criterion: str) -> dict[str, int | bool]:
    return {
        name: value for name in FACTS_OF[criterion] if (value := getattr(facts, name)) is not None
    }


def _is_protected(context: AppContext, site: Site) -> bool | None:
    """Say whether a decision protects the site; None when nothing certain is written down."""
    rows = context.catalogue.records(SiteProtection, where={"site_uuid": site.uuid})
    stated = {row.status for row in rows if row.status} - _NOT_KNOWN
    if not stated:
        return None
    return bool(stated - _NO_PROTECTION)


def _label(name: str) -> str:
    return _("Protected by a decision") if name == "is_protected" else field_label(name)


def _said(value: int | bool) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return f"{value:,}".replace(",", " ")
