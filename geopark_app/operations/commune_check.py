"""Whether each site's commune is the one its position lies in; the doubtful ones are listed."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Commune, Site
from geopark_app.domain.text import sort_key
from geopark_app.operations.context import AppContext
from geopark_app.operations.ground import ground_of


class CommuneState(Enum):
    """How a site's commune and its position go together."""

    AGREES = "agrees"
    OTHER = "other"
    NONE_CHOSEN = "none-chosen"
    OUTSIDE = "outside"
    NO_POSITION = "no-position"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneCheck:
    """One site beside the polygons.

    Attributes
    ----------
    site : Site
        The site.
    state : CommuneState
        How the two go together.
    chosen, found : Commune or None
        Commune of the record; commune around the position.
    metres : float or None
        How far the position lies outside the chosen commune; where it lies in none, from the
        nearest one.
    is_own_place : bool
        Whether the position is the site's own and not a point of its commune.
    """

    site: Site
    state: CommuneState
    chosen: Commune | None
    found: Commune | None
    metres: float | None
    is_own_place: bool

    @property
    def can_accept(self) -> bool:
        """Say whether the commune found can be taken over."""
        return self.state in {CommuneState.OTHER, CommuneState.NONE_CHOSEN}


def check_communes(context: AppContext, uuids: Sequence[str] = ()) -> list[CommuneCheck]:
    """Give every site, or these, beside the commune polygons; in the order of the codes.

    Raises
    ------
    GeoparkError
        NO_LAYER when no commune polygons were imported.
    """
    ground = ground_of(context)
    if ground.communes is None:
        raise GeoparkError(ErrorCode.NO_LAYER, kind="communes")
    communes = {commune.code or "": commune for commune in context.catalogue.records(Commune)}
    sites = [site for site in context.catalogue.records(Site) if not uuids or site.uuid in uuids]
    placed = [site for site in sites if site.position is not None and site.position.is_known]
    points = [_point(site) for site in placed]
    found = dict(zip((site.uuid for site in placed), ground.communes.codes_at(points), strict=True))
    checks = []
    for site in sorted(sites, key=lambda item: sort_key(item.code or "")):
        position, chosen = site.position, communes.get(site.commune_code or "")
        state, metres, code = CommuneState.NO_POSITION, None, found.get(site.uuid, "")
        if site.uuid in found:
            lon, lat = _point(site)
            state = _state(site.commune_code or "", code)
            if state is CommuneState.OTHER or (state is CommuneState.OUTSIDE and chosen):
                metres = ground.metres_outside(site.commune_code or "", lon, lat)
            if state is CommuneState.OUTSIDE and metres is None:
                near = ground.commune_near(lon, lat)
                metres = near[1] if near else None
        checks.append(
            CommuneCheck(
                site=site,
                state=state,
                chosen=chosen,
                found=communes.get(code),
                metres=metres,
                is_own_place=position is not None and position.is_pin,
            )
        )
    return checks


def accept_communes(context: AppContext, uuids: Sequence[str], *, reason: str) -> Changes:
    """Give these sites the commune their position lies in, as one save; others stay."""
    accepted = [one for one in check_communes(context, uuids) if one.can_accept and one.found]
    with context.work(reason) as work:
        for one in accepted:
            assert one.found is not None
            work.set_columns(kind_of(Site), one.site.uuid, {"commune_code": one.found.code})
    return work.changes


def _state(chosen: str, found: str) -> CommuneState:
    if not found:
        return CommuneState.OUTSIDE
    if not chosen:
        return CommuneState.NONE_CHOSEN
    return CommuneState.AGREES if chosen == found else CommuneState.OTHER


def _point(site: Site) -> tuple[float, float]:
    assert site.position is not None
    return site.position.lon or 0.0, site.position.lat or 0.0
