"""Which originals this laptop wants from an exchange, and which its colleagues said they want."""

import json
from dataclasses import dataclass

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Route, Site
from geopark_app.operations.context import AppContext
from geopark_app.operations.sites import find_site
from geopark_app.rules.originals import OriginalsWish
from geopark_app.store.originals import heard_wish, keep_wish, own_wish, photo_facts

_EARLIEST, _LATEST = 1826, 2200
_MOST = 10_000


def wished_originals(context: AppContext) -> OriginalsWish:
    """Give what was chosen for this laptop; at first everything."""
    return read_wish(own_wish(context.catalogue))


def wish_originals(context: AppContext, wish: OriginalsWish) -> None:
    """Choose which originals this laptop wants; what is here already stays."""
    keep_wish(context.catalogue, write_wish(wish))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a person can choose from: keys with names, and the years photos are of."""

    wish: OriginalsWish
    routes: list[tuple[str, str]]
    sites: list[tuple[str, str]]
    years: list[int]


def original_choices(context: AppContext) -> Choices:
    """Give what there is to choose from, and what is chosen now."""
    facts = list(photo_facts(context.catalogue))
    shown = {photo.site for photo in facts}
    years = {int(one.taken_at[:4]) for one in facts if one.taken_at[:4].isdecimal()}
    routes = sorted(context.catalogue.records(Route), key=lambda route: route.number or 0)
    sites = sorted(context.catalogue.records(Site), key=lambda site: site.code or "")
    return Choices(
        wish=wished_originals(context),
        routes=[(one.uuid, f"{one.number or ''} {one.name_vi or ''}".strip()) for one in routes],
        sites=[
            (one.uuid, f"{one.code or ''} {one.name_vi or ''}".strip())
            for one in sites
            if one.uuid in shown
        ],
        years=sorted(years, reverse=True),
    )


def wish_of(
    context: AppContext,
    *,
    routes: tuple[int, ...] = (),
    sites: tuple[str, ...] = (),
    years: tuple[int, ...] = (),
    dossier: bool = False,
) -> OriginalsWish:
    """Give a wish by numbers of routes, codes of sites and years.

    Raises
    ------
    GeoparkError
        NOT_FOUND, BAD_VALUE for a year no picture can be of.
    """
    known = {route.number: route.uuid for route in context.catalogue.records(Route)}
    for number in routes:
        if number not in known:
            raise GeoparkError(ErrorCode.NOT_FOUND, kind="route", reference=number)
    for year in years:
        if not _EARLIEST <= year <= _LATEST:
            raise GeoparkError(
                ErrorCode.BAD_VALUE, field="year", value=year, expected=f"{_EARLIEST}–{_LATEST}"
            )
    return OriginalsWish(
        everything=False,
        routes=frozenset(known[number] for number in routes),
        sites=frozenset(find_site(context, code).uuid for code in sites),
        years=frozenset(years),
        dossier=dossier,
    )


def unwanted_originals(context: AppContext, wish: OriginalsWish) -> frozenset[str]:
    """Give the originals a wish leaves out; one that several photos share is wanted if one is."""
    if wish.everything:
        return frozenset()
    wanted: set[str] = set()
    others: set[str] = set()
    for photo in photo_facts(context.catalogue):
        is_wanted = wish.wants(
            site=photo.site,
            routes=photo.routes,
            taken_at=photo.taken_at,
            for_dossier=photo.for_dossier,
        )
        (wanted if is_wanted else others).add(photo.sha256)
    return frozenset(others - wanted)


def unwanted_by(context: AppContext, author: str) -> frozenset[str]:
    """Give the originals another laptop said it does not want."""
    return unwanted_originals(context, read_wish(heard_wish(context.catalogue, author)))


def write_wish(wish: OriginalsWish) -> str:
    """Give a wish as text, as it is kept and told."""
    return json.dumps(
        {
            "everything": wish.everything,
            "routes": sorted(wish.routes),
            "sites": sorted(wish.sites),
            "years": sorted(wish.years),
            "dossier": wish.dossier,
        }
    )


def read_wish(text: str | None) -> OriginalsWish:
    """Give the wish of a text; what is none is the wish for everything."""
    try:
        known = json.loads(text or "")
        return OriginalsWish(
            everything=known["everything"] is True,
            routes=frozenset(str(one) for one in known["routes"][:_MOST]),
            sites=frozenset(str(one) for one in known["sites"][:_MOST]),
            years=frozenset(int(one) for one in known["years"][:_MOST]),
            dossier=known["dossier"] is True,
        )
    except (ValueError, TypeError, KeyError):
        return OriginalsWish()
