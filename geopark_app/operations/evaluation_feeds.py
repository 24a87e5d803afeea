"""What the catalogue holds for an item of the form: counts a person looks at and confirms."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from geopark_app import paths
from geopark_app.domain.declaration import Record, kind_of
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.kinds import FormItem, Site, kind_named
from geopark_app.geo.shape_index import ShapeIndex
from geopark_app.i18n import gettext as _
from geopark_app.operations.context import AppContext
from geopark_app.operations.map_layers import BOUNDARY, layer_index, newest_layer
from geopark_app.operations.vocabularies import terms
from geopark_app.rules.counted_things import languages_in, option_reached, percent_of, period_of

_TEXT = "text"
_WORDS = {"true": True, "false": False}
_COUNTED_GEOSITE = {"site_kind", "in_geopark"}
_AGES = ("age_oldest", "age_youngest")

Groups = Mapping[str, tuple[Record, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Records of one kind that speak for an item.

    Attributes
    ----------
    kind : str
        Record kind.
    count : int
        How many records, how many different values, or a share in percent.
    distinct : str or None
        Field whose different values were counted.
    records : tuple of Record
        The list behind the number.
    values : mapping of str to tuple of Record
        The different values, each with the records that have it.
    whole : int or None
        Of how many a share was taken; None for a count.
    option : str or None
        The option the number reaches, for an item that is chosen.
    """

    kind: str
    count: int
    distinct: str | None
    records: tuple[Record, ...]
    values: Groups = field(default_factory=dict)
    whole: int | None = None
    option: str | None = None


def feed_words(feed: Feed, kind: str) -> str:
    """Say how many there are, or which share of the geosites."""
    if feed.whole is None:
        return _("In the catalogue: {count} ({kind})").format(count=feed.count, kind=kind)
    return _("In the catalogue: {count} % of {whole} geosites ({kind})").format(
        count=feed.count, whole=feed.whole, kind=kind
    )


def feeds_of(context: AppContext, item: FormItem) -> list[Feed]:
    """Give what the catalogue holds for an item; nothing when a person has to write it."""
    return [
        _feed(context, source)
        for source in _content()["feeds"].get(item.fed_by or "", ())
        if source != _TEXT
    ]


def counted_geosites(context: AppContext) -> list[Site]:
    """Give the sites that may be counted as geosites before the evaluators, by code."""
    inside = _inside(context)
    found = [one for one in context.catalogue.records(Site) if counts_as_geosite(one, inside)]
    return sorted(found, key=lambda site: site.code or "")


def counts_as_geosite(site: Site, inside: Callable[[Site], bool] | None = None) -> bool:
    """Say whether a site may be counted as a geosite before the evaluators.

    Only a validated geosite with a surveyed position inside the official boundary; other stops of
    the routes never count. Without `inside` what the record says of the boundary is taken.
    """
    quality = site.position.known_quality.value if site.position else "unknown"
    return (
        site.site_kind == "geosite"
        and site.workflow_status == "validated"
        and quality == "exact"
        and (bool(site.in_geopark) if inside is None else inside(site))
    )


def _inside(context: AppContext) -> Callable[[Site], bool] | None:
    """Give the test against the official boundary in force; None while there is none here."""
    layer = newest_layer(context, BOUNDARY, official=True)
    if layer is None:
        return None
    try:
        index: ShapeIndex = layer_index(context, layer)
    except GeoparkError:
        return None

    def is_inside(site: Site) -> bool:
        at = site.position
        return (
            at is not None
            and at.lon is not None
            and at.lat is not None
            and bool(index.around(at.lon, at.lat))
        )

    return is_inside


@cache
def _content() -> Mapping[str, Any]:
    path = paths.bundled("resources", "forms", "fed_by.json")
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _feed(context: AppContext, source: Mapping[str, Any]) -> Feed:
    wanted: dict[str, str] = dict(source.get("filter", {}))
    by = {name: wanted.pop(name, None) for name in ("count_distinct", "count_by")}
    distinct = by["count_distinct"] or by["count_by"]
    records = _records(context, source["kind"], wanted)
    values: Groups = {}
    if "count_periods" in source:
        distinct, values = "age_oldest", _by_period(context, records)
    elif "count_languages" in source:
        distinct = str(source["count_languages"])
        values = _by(records, lambda one: languages_in(str(getattr(one, distinct or "") or "")))
    elif distinct is not None:
        values = _by(records, lambda one: [str(getattr(one, distinct or "") or "")])
    whole = None
    count = len(records) if distinct is None else len(values)
    if "share_of_geosites" in source:
        geosites = {one.uuid for one in counted_geosites(context)}
        mine = {getattr(one, source["share_of_geosites"]) for one in records} & geosites
        records = [one for one in records if getattr(one, source["share_of_geosites"]) in geosites]
        whole, count = len(geosites), percent_of(len(mine), len(geosites))
    return Feed(
        kind=source["kind"],
        count=count,
        distinct=distinct,
        records=tuple(records),
        values=values,
        whole=whole,
        option=option_reached(source.get("options", {}), count),
    )


def _records(context: AppContext, kind: str, wanted: dict[str, str]) -> list[Record]:
    """Give the records of a kind that pass; geosites only those that may be counted."""
    geosites_by = wanted.pop("of_geosites", None)
    records: list[Record]
    if kind == "site" and wanted.get("site_kind") == "geosite":
        records = list(counted_geosites(context))
        wanted = {name: value for name, value in wanted.items() if name not in _COUNTED_GEOSITE}
    else:
        records = list(context.catalogue.records(kind_named(kind).record_type))
    if geosites_by:
        geosites = {one.uuid for one in counted_geosites(context)}
        records = [one for one in records if getattr(one, geosites_by) in geosites]
    for name, value in wanted.items():
        records = list(filter(_check(name, value), records))
    return records


def _by(records: Iterable[Record], values_of: Callable[[Record], Iterable[str]]) -> Groups:
    """Put records together that have a value; one with several stands with each."""
    found: dict[str, list[Record]] = {}
    for record in records:
        for value in values_of(record):
            if value:
                found.setdefault(value, []).append(record)
    return {value: tuple(listed) for value, listed in found.items()}


def _by_period(context: AppContext, records: Iterable[Record]) -> Groups:
    parents = {one.code or "": one.parent for one in terms(context, "geological_time")}
    periods = frozenset(_content()["periods"])

    def periods_of(record: Record) -> list[str]:
        ages = [str(getattr(record, name) or "") for name in _AGES]
        found = [period_of(age, parents, periods) for age in ages]
        return list(dict.fromkeys(one for one in found if one))

    return _by(records, periods_of)


def _check(field_name: str, value: str) -> Callable[[Record], bool]:
    if field_name == "has":
        return lambda one: getattr(one, value) not in {None, ""}
    wanted = _WORDS.get(value, value)

    def is_wanted(one: Record) -> bool:
        spec = kind_of(one).field(field_name)
        return spec is not None and getattr(one, spec.name) == wanted

    return is_wanted
