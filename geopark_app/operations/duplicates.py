"""Sites that may be one and the same: names alike, or points close together."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from geopark_app.domain.kinds import Site
from geopark_app.domain.text import fold
from geopark_app.geo.measure import distance_m
from geopark_app.operations.context import AppContext

NEAR_M = 100.0
_METRES_PER_DEGREE = 111_000.0
_SHORTEST_NAME = 4
_MOST_IN_A_BUCKET = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePair:
    """Two sites that may be one.

    Attributes
    ----------
    first, second : Site
        The two, in the order of their codes.
    same_name : bool
        Whether their names are equal but for accents, signs and at most one letter.
    metres : float or None
        Distance on the ellipsoid; None when one of them has no point.
    is_near : bool
        Whether the points lie within the distance asked for.
    """

    first: Site
    second: Site
    same_name: bool
    metres: float | None
    is_near: bool


def site_duplicates(context: AppContext, *, within_m: float = NEAR_M) -> list[SitePair]:
    """Give the pairs alike by name or place; both reasons first, then the closest.

    Points of whole communes are not compared: they are equal by nature.
    """
    sites = {site.uuid: site for site in context.catalogue.records(Site)}
    named = set(_alike_by_name(sites.values()))
    near = set(_close_together(sites.values(), within_m))
    pairs = [
        _pair(sites[one], sites[other], (one, other) in named, (one, other) in near)
        for one, other in named | near
    ]
    pairs.sort(key=lambda pair: (pair.first.code or "", pair.second.code or ""))
    pairs.sort(key=lambda pair: math.inf if pair.metres is None else pair.metres)
    return sorted(pairs, key=lambda pair: not (pair.same_name and pair.is_near))


def _pair(one: Site, other: Site, same_name: bool, is_near: bool) -> SitePair:
    first, second = sorted((one, other), key=lambda site: (site.code or "", site.uuid))
    return SitePair(
        first=first, second=second, same_name=same_name, metres=_metres(one, other), is_near=is_near
    )


def _metres(one: Site, other: Site) -> float | None:
    here, there = _point(one), _point(other)
    return None if here is None or there is None else distance_m(*here, *there)


def _point(site: Site) -> tuple[float, float] | None:
    position = site.position
    if position is None or not position.is_pin or position.lon is None or position.lat is None:
        return None
    return position.lon, position.lat


def _alike_by_name(sites: Iterable[Site]) -> Iterator[tuple[str, str]]:
    buckets: dict[str, set[str]] = defaultdict(set)
    for site in sites:
        for name in (site.name_vi, site.name_en, site.name_local):
            bare = "".join(char for char in fold(name or "") if char.isalnum())
            if len(bare) < _SHORTEST_NAME:
                continue
            buckets[bare].add(site.uuid)
            for at in range(len(bare)):
                # Two names one letter apart have a form in common with that letter left out.
                buckets[f"{bare[:at]}_{bare[at + 1 :]}"].add(site.uuid)
                buckets[bare[:at] + bare[at + 1 :]].add(site.uuid)
    for bucket in buckets.values():
        if 1 < len(bucket) <= _MOST_IN_A_BUCKET:
            yield from combinations(sorted(bucket), 2)


def _close_together(sites: Iterable[Site], within_m: float) -> Iterator[tuple[str, str]]:
    cell = max(within_m, 1.0) / _METRES_PER_DEGREE
    grid: dict[tuple[int, int], list[tuple[str, float, float]]] = defaultdict(list)
    for site in sites:
        point = _point(site)
        if point is None:
            continue
        # A degree of longitude is shorter than one of latitude: more columns are looked at.
        column, row = math.floor(point[0] / cell), math.floor(point[1] / cell)
        reach = math.ceil(1 / max(0.1, math.cos(math.radians(point[1]))))
        for dx in range(-reach, reach + 1):
            for dy in (-1, 0, 1):
                for uuid, lon, lat in grid[(column + dx, row + dy)]:
                    if distance_m(*point, lon, lat) <= within_m:
                        first, second = sorted((site.uuid, uuid))
                        yield first, second
        grid[(column, row)].append((site.uuid, *point))
