"""A test drive: drives and stays in whole minutes, worked out by hand."""

from datetime import datetime

from geopark_app.domain.clock import VIETNAM
from geopark_app.rules.mission import START
from geopark_app.rules.rehearsal import (
    MeasuredDrive,
    Tick,
    measured_drives,
    minutes_on_the_spot,
    next_tick,
)


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2028, 2, 20, hour, minute, second, tzinfo=VIETNAM)


def test_drives_lie_between_leaving_and_coming() -> None:
    ticks = [
        Tick(stop=START, left=at(8, 0)),
        Tick(stop="a", arrived=at(8, 24, 30), left=at(9, 10)),
        Tick(stop="b", arrived=at(9, 40, 29), left=at(10, 0)),
    ]
    # 24 min 30 s counts as 25; 30 min 29 s as 30
    assert measured_drives(ticks) == [
        MeasuredDrive(before=START, stop="a", minutes=25),
        MeasuredDrive(before="a", stop="b", minutes=30),
    ]
    # 08:24:30 to 09:10 = 45.5 min
    assert [minutes_on_the_spot(tick) for tick in ticks] == [None, 46, 20]


def test_what_was_not_ticked_or_goes_backwards_measures_nothing() -> None:
    ticks = [
        Tick(stop="a", arrived=at(8, 0), left=at(8, 30)),
        Tick(stop="b"),
        Tick(stop="c", arrived=at(9, 30), left=at(9, 0)),
        Tick(stop="d", arrived=at(8, 50)),
    ]
    assert measured_drives(ticks) == []
    assert [minutes_on_the_spot(tick) for tick in ticks] == [30, None, None, None]


def test_the_next_tick_goes_on_after_the_last_one() -> None:
    empty = [Tick(stop=START), Tick(stop="a"), Tick(stop="b")]
    assert next_tick(empty) == (START, "left")
    on_the_way = [Tick(stop=START, left=at(8, 0)), *empty[1:]]
    assert next_tick(on_the_way) == ("a", "arrived")
    there = [on_the_way[0], Tick(stop="a", arrived=at(8, 30)), empty[2]]
    assert next_tick(there) == ("a", "left")
    skipped = [on_the_way[0], empty[1], Tick(stop="b", arrived=at(8, 30))]
    assert next_tick(skipped) is None
    assert next_tick([]) is None
    without_start = [Tick(stop="a", left=at(8, 0)), Tick(stop="b")]
    assert next_tick(without_start) == ("b", "arrived")
