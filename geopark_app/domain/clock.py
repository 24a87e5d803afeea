"""Time: the hybrid logical clock of saves, and the two zones the program knows."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_COUNTER_BITS = 16
_DAY_MS = int(timedelta(days=1).total_seconds() * 1000)


def system_clock() -> datetime:
    """Give the instant now, in the laptop's own offset."""
    return datetime.now(tz=UTC).astimezone()


def latest_hlc(now: datetime) -> int:
    """Give the greatest stamp that is believed now: one from more than a day ahead is not."""
    return (int(now.timestamp() * 1000) + _DAY_MS + 1 << _COUNTER_BITS) - 1


def instant_of_hlc(hlc: int) -> datetime:
    """Give the instant of a stamp, in UTC; one beyond the calendar gives its last day."""
    seconds = min(max((hlc >> _COUNTER_BITS) / 1000, 0.0), 253_402_214_400.0)
    return datetime.fromtimestamp(seconds, tz=UTC)


def next_hlc(now: datetime, newest_seen: int) -> int:
    """Give the next hybrid clock value: never before what was seen, never trusted for order.

    The value is milliseconds since 1970 (UTC) shifted by 16 bits, plus a counter. A stamp seen
    from more than a day ahead is not adopted (sync.md §8.2).
    """
    wall = int(now.timestamp() * 1000)
    seen_ms = newest_seen >> _COUNTER_BITS
    if seen_ms - wall > _DAY_MS or newest_seen < wall << _COUNTER_BITS:
        return wall << _COUNTER_BITS
    return newest_seen + 1
