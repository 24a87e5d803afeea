"""What the overview shows, worked out from the sites and the profile; no widget, no database."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from geopark_app.domain.kinds import Route
from geopark_app.i18n import pick
from geopark_app.operations.processes import Deadline
from geopark_app.operations.site_lists import SiteRow

_MOST_GAPS = 8
# Sorts after the numbers of the routes.
_UNKNOWN = "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One row of a count: its words, how many, and which sites."""

    key: str
    label: str
    uuids: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many sites."""
        return len(self.uuids)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessDate:
    """One date of the process; a span has a start.

    `key` names the deadline in the plan; it is empty for a date nothing is planned before.
    """

    label: str
    start: date | None
    end: date
    is_provisional: bool
    key: str = ""
    is_followed: bool = True

    def days_left(self, today: date) -> int:
        """Days until its end; negative when it is past."""
        return (self.end - today).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything on the overview."""

    total: int = 0
    kinds: tuple[Share, ...] = ()
    routes: tuple[Share, ...] = ()
    qualities: tuple[Share, ...] = ()
    gaps: tuple[Share, ...] = ()
    provisional: tuple[str, ...] = ()


def facts_of(
    summaries: Sequence[SiteRow],
    *,
    routes: Iterable[Route],
    labels: Mapping[tuple[str, str], str],
    gap_label: Callable[[str], str],
    no_route: str,
    unknown_route: str,
    no_kind: str,
) -> Facts:
    """Count the sites; gaps are those of geosites, which the annex prints."""
    names = {
        route.number: f"{route.number}. {pick(route.name_vi, route.name_en)}" for route in routes
    }
    return Facts(
        total=len(summaries),
        kinds=_shares(
            summaries,
            lambda item: item.site_kind or "",
            lambda key: labels.get(("site_kind", key), key) or no_kind,
        ),
        routes=_shares(
            summaries,
            _route_key,
            lambda key: {"": no_route, _UNKNOWN: unknown_route}.get(key) or names[int(key)],
            by_key=True,
        ),
        qualities=_shares(
            summaries,
            lambda item: item.coord_quality,
            lambda key: labels.get(("coord_quality", key), key),
        ),
        gaps=_gaps(summaries, gap_label),
        provisional=tuple(item.uuid for item in summaries if item.workflow_status != "validated"),
    )


def _route_key(item: SiteRow) -> str:
    if item.route_number is None:
        return _UNKNOWN if item.is_stop else ""
    return str(item.route_number)


def all_dates(
    profile: Mapping[str, Any], deadlines: Sequence[Deadline], *, other: str
) -> tuple[ProcessDate, ...]:
    """Give the deadlines of both processes and the other dates of the profile, in their order.

    Deadlines nobody works towards stand last, with `other` behind their names.
    """
    planned = [
        ProcessDate(
            label=one.label if one.is_followed else f"{one.label} ({other})",
            start=one.opens or (one.day if one.closes else None),
            end=one.closes or one.day,
            is_provisional=one.is_provisional,
            key=one.id,
            is_followed=one.is_followed,
        )
        for one in deadlines
        if one.day is not None
    ]
    rest = process_dates(profile, without={one.id for one in deadlines})
    return tuple(
        sorted((*planned, *rest), key=lambda one: (not one.is_followed, one.start or one.end))
    )


def process_dates(
    profile: Mapping[str, Any], *, without: Collection[str] = ()
) -> tuple[ProcessDate, ...]:
    """Give the dates of the profile in their order; a date that cannot be read is left out."""
    entries = profile.get("dates")
    dates: list[ProcessDate] = []
    for entry in entries if isinstance(entries, list) else []:
        if entry.get("id") in without:
            continue
        end = _read_date(entry.get("date") or entry.get("end"))
        if end is not None:
            dates.append(
                ProcessDate(
                    label=pick(entry.get("label_vi"), entry.get("label_en")),
                    start=_read_date(entry.get("start")),
                    end=end,
                    is_provisional=entry.get("status") not in {"stated", "confirmed"},
                )
            )
    return tuple(sorted(dates, key=lambda item: item.start or item.end))


def _shares(
    summaries: Sequence[SiteRow],
    key_of: Callable[[SiteRow], str],
    label_of: Callable[[str], str],
    *,
    by_key: bool = False,
) -> tuple[Share, ...]:
    groups: dict[str, list[str]] = {}
    for item in summaries:
        groups.setdefault(key_of(item), []).append(item.uuid)
    shares = [
        Share(key=key, label=label_of(key), uuids=tuple(uuids)) for key, uuids in groups.items()
    ]
    if by_key:
        return tuple(sorted(shares, key=lambda share: (share.key == "", share.key)))
    return tuple(sorted(shares, key=lambda share: (-share.count, share.label)))


def _gaps(summaries: Sequence[SiteRow], gap_label: Callable[[str], str]) -> tuple[Share, ...]:
    missing: dict[str, list[str]] = {}
    counts: Counter[str] = Counter()
    for item in summaries:
        if item.site_kind != "geosite":
            continue
        for name in item.gaps:
            missing.setdefault(name, []).append(item.uuid)
            counts[name] += 1
    return tuple(
        Share(key=name, label=gap_label(name), uuids=tuple(missing[name]))
        for name, _count in counts.most_common(_MOST_GAPS)
    )


def _read_date(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
