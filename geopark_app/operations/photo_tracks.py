"""Photos and a GPX track: the camera's clock put right, places taken from the track."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from geopark_app.domain.change import Changes
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Photo, Site
from geopark_app.domain.position import Position, PositionQuality
from geopark_app.domain.progress import CancelToken
from geopark_app.exchange.file_trouble import refused
from geopark_app.exchange.foreign_table import read_foreign_table
from geopark_app.operations.context import AppContext
from geopark_app.operations.photo_places import NearestSite, nearest_site
from geopark_app.operations.photo_wishes import TAKEN_AS_TYPED
from geopark_app.photos.track_places import (
    MOST_GAP_S,
    NoPlace,
    TrackPlace,
    TrackPoint,
    place_at,
    read_clock_offset,
    read_track_time,
)
from geopark_app.rules.typed_values import read_date_or_instant

_LAYER = "track_points"
_METHOD = "gnss_handheld"
_COARSE_M = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockOffsets:
    """What is added to the clocks of the cameras.

    Attributes
    ----------
    seconds : int
        For every camera that is not named.
    by_camera : mapping of str to int
        By the name `camera_of` gives.
    """

    seconds: int = 0
    by_camera: Mapping[str, int] = field(default_factory=dict)

    def of(self, photo: Photo) -> int:
        """Give the seconds for the camera of a photo."""
        return self.by_camera.get(camera_of(photo), self.seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedPhoto:
    """What the track says about one photo.

    Attributes
    ----------
    photo : Photo
        As it is now.
    taken_at : str or None
        When it was taken, by the clock put right.
    offset_s : int
        What was added to the camera's clock.
    place : TrackPlace or None
        Where it was taken.
    reason : NoPlace or None
        Why the track does not say.
    nearest : NearestSite or None
        The site next to that place.
    """

    photo: Photo
    taken_at: str | None
    offset_s: int
    place: TrackPlace | None
    reason: NoPlace | None
    nearest: NearestSite | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackMatch:
    """The outcome for all photos asked about.

    Attributes
    ----------
    rows : tuple of MatchedPhoto
        In the order of their time.
    first, last : datetime
        The span of the track.
    points : int
        How many points of it carry a time.
    changes : Changes
        Empty for a look only.
    """

    rows: tuple[MatchedPhoto, ...]
    first: datetime
    last: datetime
    points: int
    changes: Changes = field(default_factory=Changes)

    @property
    def placed(self) -> tuple[MatchedPhoto, ...]:
        """Give those the track has a place for."""
        return tuple(row for row in self.rows if row.place is not None)


def camera_of(photo: Photo) -> str:
    """Give the name by which one camera is told from another."""
    return " ".join(part for part in (photo.camera_make, photo.camera_model) if part)


def read_track(context: AppContext, path: Path, *, cancel: CancelToken) -> list[TrackPoint]:
    """Read the timed points of a GPX file, in the worker, in the order of time.

    Raises
    ------
    GeoparkError
        REFUSED_FILE when it is no GPX or has no point with a time.
    """
    table = read_foreign_table(
        path, staging_in=context.catalogue.folder.cache_dir, cancel=cancel, layer=_LAYER
    )
    if "time" not in table.header:
        raise refused("no-times", path=path.name)
    time = table.header.index("time")
    points = []
    for row in table.rows:
        at = read_track_time(row.cells[time])
        if at is not None and row.point is not None and abs(row.point[1]) <= 90:
            points.append(TrackPoint(at=at, lon=row.point[0], lat=row.point[1]))
    if not points:
        raise refused("no-times", path=path.name)
    return sorted(points, key=lambda point: point.at)


def match_track(
    context: AppContext,
    track: Sequence[TrackPoint],
    photos: Iterable[Photo],
    *,
    offsets: ClockOffsets,
    most_gap_s: float = MOST_GAP_S,
) -> TrackMatch:
    """Look where the photos were taken; nothing is written."""
    sites = context.catalogue.records(Site)
    rows = [_matched(track, photo, offsets, most_gap_s, sites) for photo in photos]
    rows.sort(key=lambda row: (row.taken_at or "", row.photo.uuid))
    return TrackMatch(rows=tuple(rows), first=track[0].at, last=track[-1].at, points=len(track))


def keep_match(context: AppContext, match: TrackMatch, *, source: str, reason: str) -> TrackMatch:
    """Write clock, date and place of the photos that have a place, as one save."""
    with context.work(reason) as work:
        for row in match.placed:
            # As it is now: a caption typed meanwhile stays.
            photo = work.get(Photo, row.photo.uuid)
            if photo is not None and not photo.deleted and row.place is not None:
                work.put(_placed(photo, row, row.place, source))
    return replace(match, changes=work.changes)


def photos_without_place(context: AppContext) -> list[Photo]:
    """Give the photos that carry the camera's time and no trusted position of the camera.

    What an earlier track placed is among them: a better offset may be known by now.
    """
    return [
        photo
        for photo in context.catalogue.records(Photo)
        if photo.taken_at
        and photo.taken_source != TAKEN_AS_TYPED
        and (not photo.position_trusted or (photo.position and photo.position.method == _METHOD))
    ]


def offset_of_clock_photo(photo: Photo, seen: str) -> int:
    """Give the seconds to add to a camera that took a picture of a GPS clock.

    Parameters
    ----------
    photo
        The picture of the clock.
    seen
        The time on it, `08:31:30`, with or without the date before it.

    Raises
    ------
    GeoparkError
        BAD_VALUE when the photo has no time or what was typed is none.
    """
    camera = _camera_time(photo)
    if camera is None:
        raise GeoparkError(ErrorCode.BAD_VALUE, field="taken_at", value="", expected="instant")
    text = seen.strip()
    bare = " " not in text and "T" not in text
    value = read_date_or_instant(
        "taken_at", f"{camera.date().isoformat()} {text}" if bare else text
    )
    if "T" not in value:
        raise GeoparkError(ErrorCode.BAD_VALUE, field="taken_at", value=seen, expected="instant")
    true = datetime.fromisoformat(value)
    if true.tzinfo is None:
        true = true.replace(tzinfo=camera.tzinfo)
    away = true - camera
    if bare and abs(away) > timedelta(hours=12):
        # Around midnight the clock and the camera stand on different days.
        away -= timedelta(days=1) if away > timedelta(0) else -timedelta(days=1)
    return round(away.total_seconds())


def typed_offset(typed: str) -> int:
    """Give a typed clock offset in seconds; raises BAD_VALUE."""
    try:
        return round(read_clock_offset(typed).total_seconds())
    except ValueError as error:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="clock_offset_s", value=typed, expected="±h:mm:ss"
        ) from error


def _camera_time(photo: Photo) -> datetime | None:
    """Give what the camera's own clock said, without an offset kept before."""
    try:
        moment = datetime.fromisoformat(photo.taken_at or "")
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    return moment - timedelta(seconds=photo.clock_offset_s or 0)


def _matched(
    track: Sequence[TrackPoint],
    photo: Photo,
    offsets: ClockOffsets,
    most_gap_s: float,
    sites: list[Site],
) -> MatchedPhoto:
    camera = _camera_time(photo)
    seconds = offsets.of(photo)
    if camera is None:
        return MatchedPhoto(
            photo=photo, taken_at=None, offset_s=seconds, place=None, reason=NoPlace.NO_TIME
        )
    true = camera + timedelta(seconds=seconds)
    found = place_at(track, true, most_gap_s=most_gap_s)
    if isinstance(found, NoPlace):
        return MatchedPhoto(
            photo=photo, taken_at=true.isoformat(), offset_s=seconds, place=None, reason=found
        )
    return MatchedPhoto(
        photo=photo,
        taken_at=true.isoformat(),
        offset_s=seconds,
        place=found,
        reason=None,
        nearest=nearest_site(sites, Position(lon=found.lon, lat=found.lat)),
    )


def _placed(photo: Photo, row: MatchedPhoto, place: TrackPlace, source: str) -> Photo:
    is_coarse = place.accuracy_m > _COARSE_M
    quality = PositionQuality.APPROX if is_coarse else PositionQuality.EXACT
    return replace(
        photo,
        taken_at=row.taken_at,
        clock_offset_s=row.offset_s,
        position=Position(
            lon=round(place.lon, 7),
            lat=round(place.lat, 7),
            accuracy_m=round(place.accuracy_m, 1),
            method=_METHOD,
            quality=quality.value,
            source_crs="EPSG:4326",
            source=source,
        ),
        position_trusted=True,
    )
