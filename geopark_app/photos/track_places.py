"""Where a track was at the time of a photo: between two of its points, within limits."""

import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum

MOST_GAP_S = 300.0
"""Between two points further apart in time nothing is guessed: the person may have driven away."""

MOST_BEYOND_S = 60.0
"""Before its first and after its last point a track counts for so long, as its end stands."""

_LEAST_ACCURACY_M = 10.0
_METRES_PER_DEGREE = 111_320.0
_OFFSET = re.compile(
    r"(?P<sign>[+-]?)(?:(?P<hours>\d{1,3}):(?P<minutes>\d{1,2})(?::(?P<seconds>\d{1,2}))?"
    r"|(?P<only>\d{1,8})s?)"
)


class NoPlace(Enum):
    """Why a track says nothing about a photo."""

    NO_TIME = "no-time"
    BEFORE = "before-the-track"
    AFTER = "after-the-track"
    GAP = "gap-in-the-track"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackPoint:
    """One point of a track, with its aware instant."""

    at: datetime
    lon: float
    lat: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackPlace:
    """A place on a track.

    Attributes
    ----------
    lon, lat : float
        WGS 84 degrees.
    gap_s : float
        Seconds to the nearer point of the track: 0 on a point.
    accuracy_m : float
        How far from there the photo may have been taken: half the way between the two points.
    """

    lon: float
    lat: float
    gap_s: float
    accuracy_m: float


def place_at(
    track: Sequence[TrackPoint],
    at: datetime,
    *,
    most_gap_s: float = MOST_GAP_S,
    most_beyond_s: float = MOST_BEYOND_S,
) -> TrackPlace | NoPlace:
    """Give the place of an instant on a track whose points stand in the order of time."""
    index = bisect_left(track, at, key=lambda point: point.at)
    if index < len(track) and track[index].at == at:
        return _on_point(track[index], 0.0)
    if index == 0:
        return _at_end(track[0] if track else None, at, most_beyond_s, NoPlace.BEFORE)
    if index == len(track):
        return _at_end(track[-1], at, most_beyond_s, NoPlace.AFTER)
    before, after = track[index - 1], track[index]
    gap = (after.at - before.at).total_seconds()
    if gap > most_gap_s:
        return NoPlace.GAP
    since = (at - before.at).total_seconds()
    share = since / gap
    return TrackPlace(
        lon=before.lon + (after.lon - before.lon) * share,
        lat=before.lat + (after.lat - before.lat) * share,
        gap_s=min(since, gap - since),
        accuracy_m=max(_LEAST_ACCURACY_M, _rough_metres(before, after) / 2),
    )


def _at_end(
    point: TrackPoint | None, at: datetime, most_s: float, otherwise: NoPlace
) -> TrackPlace | NoPlace:
    away = abs((point.at - at).total_seconds()) if point else most_s + 1
    return _on_point(point, away) if point and away <= most_s else otherwise


def _on_point(point: TrackPoint, gap_s: float) -> TrackPlace:
    # A person walks some metre and a half in a second.
    accuracy = max(_LEAST_ACCURACY_M, 1.5 * gap_s)
    return TrackPlace(lon=point.lon, lat=point.lat, gap_s=gap_s, accuracy_m=accuracy)


def _rough_metres(one: TrackPoint, other: TrackPoint) -> float:
    # Good to some per cent, which is enough for a radius.
    return _METRES_PER_DEGREE * math.hypot(one.lon - other.lon, one.lat - other.lat)


def read_track_time(text: str) -> datetime | None:
    """Give the instant of a track point; without an offset it is UTC, as GPX says."""
    try:
        moment = datetime.fromisoformat(text.strip().replace("/", "-"))
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def read_clock_offset(typed: str) -> timedelta:
    """Give what is to be added to a camera's clock: `-90`, `+1:00`, `-0:01:30` (h:mm[:ss]).

    Raises
    ------
    ValueError
        When it is none of these.
    """
    found = _OFFSET.fullmatch(typed.strip().replace("−", "-"))
    if found is None:
        raise ValueError(typed)
    parts = {name: int(found[name] or 0) for name in ("hours", "minutes", "seconds", "only")}
    if parts["minutes"] > 59 or parts["seconds"] > 59:
        raise ValueError(typed)
    away = timedelta(
        hours=parts["hours"], minutes=parts["minutes"], seconds=parts["seconds"] + parts["only"]
    )
    return -away if found["sign"] == "-" else away


def offset_text(seconds: int) -> str:
    """Give a clock offset as a person reads it: −0:01:30."""
    sign = "−" if seconds < 0 else "+"
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours}:{minutes:02}:{rest:02}"
