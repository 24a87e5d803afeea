"""Departure and return: what a laptop says of itself, in both languages, and printed."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from geopark_app import i18n
from geopark_app.domain.progress import CancelToken
from geopark_app.domain.travel import Mark, TravelLine, Trip
from geopark_app.operations.backups import back_up_with_photos
from geopark_app.operations.battery import Battery
from geopark_app.operations.sync_status import lacked_by_place, sync_status
from geopark_app.operations.travel_check import travel_check
from geopark_app.operations.travel_print import write_travel
from geopark_app.wording.travel import line_words, mark_words, travel_sum, travel_title
from tests.builders import NOON
from tests.laptops import Laptop, add_pictures

Team = Callable[..., list[Laptop]]
FULL = Battery(percent=93, is_charging=False)


@pytest.fixture(params=["vi", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    before = i18n.active()
    i18n.activate(request.param)
    yield request.param
    i18n.activate(before)


def look(laptop: Laptop, trip: Trip, battery: Battery | None = FULL) -> dict[str, TravelLine]:
    with laptop.at_work() as context:
        found = travel_check(context, trip, battery=lambda: battery)
    return {line.name: line for line in found.lines}


def test_a_laptop_becomes_ready_step_by_step(team: Team, tmp_path: Path) -> None:
    office, field = team("office", "field")
    stick = tmp_path / "stick"
    site = field.add(code="LS-1")
    add_pictures(field, 1)
    before = look(field, Trip.DEPARTURE)
    wanting = ("fresh", "handed-over", "only-copies", "backup")
    assert {before[name].mark for name in wanting} == {Mark.LOOK}
    assert before["conflicts"].mark is Mark.GOOD
    assert (before["handed-over"].details["count"], before["only-copies"].details["count"]) == (
        2,
        1,
    )
    for laptop in (field, office, field):
        laptop.exchange(stick)
    office.edit(site, village="A")
    field.edit(site, village="B")
    office.exchange(stick)
    field.exchange(stick)
    with field.at_work() as context:
        back_up_with_photos(context, tmp_path / "disk")
    after = look(field, Trip.DEPARTURE)
    assert {after[name].mark for name in ("fresh", "only-copies", "backup")} == {Mark.GOOD}
    assert after["conflicts"].mark is after["handed-over"].mark is Mark.LOOK
    assert after["fresh"].details["person"] == "Người office"
    assert look(field, Trip.RETURN)["cards-kept"].mark is Mark.BY_HAND


def test_old_news_and_wrong_clocks_are_not_fresh(team: Team, tmp_path: Path) -> None:
    office, field = team("office", "field")
    stick = tmp_path / "stick"
    office.clock.now = NOON - timedelta(days=9)
    office.exchange(stick)
    field.exchange(stick)
    assert look(field, Trip.DEPARTURE)["fresh"].mark is Mark.LOOK
    office.clock.now = NOON + timedelta(days=400)
    office.add(code="LS-2")
    office.exchange(stick)
    field.exchange(stick)
    found = look(field, Trip.DEPARTURE)
    assert found["fresh"].details["at"] is None
    assert found["clock"].mark is Mark.LOOK


@pytest.mark.parametrize(
    ("battery", "name", "mark"),
    [
        (None, "battery", Mark.UNKNOWN),
        (FULL, "battery", Mark.GOOD),
        (Battery(percent=30, is_charging=False), "battery", Mark.LOOK),
        (Battery(percent=30, is_charging=True), "battery-charging", Mark.LOOK),
    ],
)
def test_the_battery_is_full_empty_or_unknown(
    team: Team, battery: Battery | None, name: str, mark: Mark
) -> None:
    (office,) = team("office")
    found = look(office, Trip.DEPARTURE, battery)
    assert found[name].mark is mark
    assert found["fresh"].mark is Mark.UNKNOWN


def test_every_line_has_words_in_both_languages(team: Team, tmp_path: Path, language: str) -> None:
    office, field = team("office", "field")
    field.add(code="LS-1")
    for laptop in (field, office):
        for _exchanged in range(2):
            for trip in Trip:
                with laptop.at_work() as context:
                    found = travel_check(context, trip, battery=lambda: None)
                words = [part for line in found.lines for part in line_words(line)]
                words += [travel_title(trip), travel_sum(found)]
                words += [mark_words(mark) for mark in Mark]
                assert all(words)
                assert not any("{" in part for part in words)
            laptop.exchange(tmp_path / "stick")


def test_the_list_is_printed_on_one_page(team: Team, tmp_path: Path) -> None:
    from pypdf import PdfReader

    (office,) = team("office")
    out = tmp_path / "đi.pdf"
    with office.at_work() as context:
        write_travel(travel_check(context, Trip.DEPARTURE), out, CancelToken())
    (page,) = PdfReader(out).pages
    assert "Trước khi đi" in page.extract_text()


def test_edits_go_on_during_an_exchange(team: Team, tmp_path: Path) -> None:
    office, field = team("office", "field")
    stick = tmp_path / "stick"
    site = office.add(code="LS-1")
    add_pictures(office, 1)
    typed = []

    def type_on(progress: object) -> None:
        typed.append(str(progress))
        office.edit(site, village=f"Nà {len(typed)}")

    office.exchange(stick, progress=type_on)
    assert len(typed) >= 3
    assert office.site(site).village == f"Nà {len(typed)}"
    office.exchange(stick)
    field.exchange(stick)
    assert field.site(site).village == f"Nà {len(typed)}"


def test_photos_still_on_the_way_are_counted_as_photos(team: Team, tmp_path: Path) -> None:
    office, field = team("office", "field")
    stick = tmp_path / "stick"
    add_pictures(office, 2)
    field.exchange(stick)
    office.exchange(stick)
    with office.at_work() as context:
        (colleague,) = sync_status(context).colleagues
        assert (colleague.lacks_photos, colleague.lacks_files) == (2, 6)
        assert lacked_by_place(context) == [("Người office", "", 2)]
