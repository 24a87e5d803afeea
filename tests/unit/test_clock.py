"""The hybrid clock: it never goes back, and a wrong clock of somebody else is not taken over."""

from datetime import UTC, datetime, timedelta

import pytest

from geopark_app.domain.clock import VIETNAM, next_hlc, system_clock

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=VIETNAM)


def stamp(instant: datetime, counter: int = 0) -> int:
    return (int(instant.timestamp() * 1000) << 16) + counter


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (0, stamp(NOW)),
        (stamp(NOW - timedelta(hours=1), 9), stamp(NOW)),
        (stamp(NOW), stamp(NOW, 1)),
        (stamp(NOW, 7), stamp(NOW, 8)),
        (stamp(NOW + timedelta(hours=1), 3), stamp(NOW + timedelta(hours=1), 4)),
        (stamp(NOW + timedelta(hours=24)), stamp(NOW + timedelta(hours=24), 1)),
        (stamp(NOW + timedelta(hours=24, milliseconds=1)), stamp(NOW)),
        (stamp(NOW + timedelta(days=3650)), stamp(NOW)),
    ],
)
def test_the_next_stamp(seen: int, expected: int) -> None:
    assert next_hlc(NOW, seen) == expected


def test_stamps_of_a_sitting_grow_even_when_the_clock_is_set_back() -> None:
    newest = 0
    for minutes in (0, 0, -30, -30, 5, -600, 10):
        stamped = next_hlc(NOW + timedelta(minutes=minutes), newest)
        assert stamped > newest
        newest = stamped


def test_the_offset_does_not_matter() -> None:
    assert next_hlc(NOW, 0) == next_hlc(NOW.astimezone(UTC), 0)


def test_the_system_clock_knows_its_offset() -> None:
    assert system_clock().utcoffset() is not None
    assert VIETNAM.utcoffset(datetime(2026, 7, 1)) == timedelta(hours=7)  # noqa: DTZ001
