"""A place on a track at the time of a photo: exact, between, at the ends, or none."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geopark_app.photos.track_places import (
    NoPlace,
    TrackPlace,
    TrackPoint,
    offset_text,
    place_at,
    read_clock_offset,
    read_track_time,
)

START = datetime(2026, 3, 15, 1, 30, tzinfo=UTC)


def point(seconds: float, lon: float, lat: float = 21.85) -> TrackPoint:
    return TrackPoint(at=START + timedelta(seconds=seconds), lon=lon, lat=lat)


TRACK = [point(0, 106.75), point(100, 106.76), point(1000, 106.80)]


def at(seconds: float) -> TrackPlace | NoPlace:
    return place_at(TRACK, START + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("seconds", "lon", "gap_s"),
    [(0, 106.75, 0), (25, 106.7525, 25), (75, 106.7575, 25), (-30, 106.75, 30), (1060, 106.8, 60)],
)
def test_a_photo_gets_the_place_of_its_time(seconds: float, lon: float, gap_s: float) -> None:
    place = at(seconds)
    assert isinstance(place, TrackPlace)
    assert (place.lon, place.gap_s) == pytest.approx((lon, gap_s))
    assert place.accuracy_m >= 10


@pytest.mark.parametrize(
    ("seconds", "reason"), [(-61, NoPlace.BEFORE), (1061, NoPlace.AFTER), (500, NoPlace.GAP)]
)
def test_beyond_its_limits_the_track_says_nothing(seconds: float, reason: NoPlace) -> None:
    assert at(seconds) is reason


def test_no_track_has_no_place() -> None:
    assert place_at([], START) is NoPlace.BEFORE


@given(st.floats(min_value=0, max_value=100))
def test_between_two_points_the_place_lies_between_them(seconds: float) -> None:
    place = at(seconds)
    assert isinstance(place, TrackPlace)
    assert 106.75 <= place.lon <= 106.76


@given(st.integers(min_value=-359_999, max_value=359_999))
def test_an_offset_told_is_read_back(seconds: int) -> None:
    assert read_clock_offset(offset_text(seconds)).total_seconds() == seconds


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("2026-03-15T01:30:00Z", True),
        ("2026/03/15 01:30:00+00", True),
        ("2026-03-15T01:30:00", True),
        ("2026-03-15T08:30:00+07:00", True),
        ("", False),
        ("yesterday", False),
    ],
)
def test_times_of_tracks_are_read_as_receivers_write_them(text: str, there: bool) -> None:
    assert read_track_time(text) == (START if there else None)
