"""What the catalogue holds for an item of the form: counts a person looks at and confirms."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from geopark_app import paths
from geopark_app.domain.declaration import Record, kind_of
from geopark_app.domain.kinds import FormItem, Site, kind_named
from geopark_app.operations.context import AppContext

_TEXT = "text"

_WORDS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Records of one kind that speak for an item.

    Attributes
    ----------
    kind : str
        Record kind.
    count : int
        How many records, or how many different values.
    distinct : str or None
        Field whose different values were counted.
    records : tuple of Record
        The list behind the number.
    """

    kind: str
    count: int
    distinct: str | None
    records: tuple[Record, ...]


def feeds_of(context: AppContext, item: FormItem) -> list[Feed]:
    """Give what the catalogue holds for an item; nothing when a person has to write it."""
    return [
        _feed(context, source) for source in _feeds().get(item.fed_by or "", ()) if source != _TEXT
    ]


def counts_as_geosite(site: Site) -> bool:
    """Say whether a site may be counted as a geosite before the evaluators.

    Only a validated geosite with a surveyed position inside the official boundary; other stops of
    the routes never count.
    """
    quality = site.position.known_quality.value if site.position else "unknown"
    return (
        site.site_kind == "geosite"
        and site.workflow_status == "validated"
        and quality == "exact"
        and bool(site.in_geopark)
    )


@cache
def _feeds() -> Mapping[str, list[Any]]:
    path = paths.bundled("resources", "forms", "fed_by.json")
    feeds: dict[str, list[Any]] = json.loads(path.read_text(encoding="utf-8"))["feeds"]
    return feeds


def _feed(context: AppContext, source: Mapping[str, Any]) -> Feed:
    wanted: dict[str, str] = dict(source.get("filter", {}))
    distinct = wanted.pop("count_distinct", None) or wanted.pop("count_by", None)
    records: list[Record] = list(context.catalogue.records(kind_named(source["kind"]).record_type))
    if source["kind"] == "site" and wanted.get("site_kind") == "geosite":
        found = [one for one in records if isinstance(one, Site) and counts_as_geosite(one)]
        records = list(found)
        wanted = {}
    for field, value in wanted.items():
        records = list(filter(_check(field, value), records))
    if distinct is None:
        return Feed(kind=source["kind"], count=len(records), distinct=None, records=tuple(records))
    values = {value for one in records if (value := getattr(one, distinct)) not in {None, ""}}
    return Feed(kind=source["kind"], count=len(values), distinct=distinct, records=tuple(records))


def _check(field: str, value: str) -> Callable[[Record], bool]:
    if field == "has":
        return lambda one: getattr(one, value) not in {None, ""}
    wanted = _WORDS.get(value, value)

    def is_wanted(one: Record) -> bool:
        spec = kind_of(one).field(field)
        return spec is not None and getattr(one, spec.name) == wanted

    return is_wanted
