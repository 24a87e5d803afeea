"""The overview: true counts, gaps that lead to their sites, dates with the days left."""

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from geopark_app.gui.overview.facts import process_dates
from geopark_app.gui.overview.room import OverviewRoom
from geopark_app.gui.rooms import Room
from geopark_app.gui.session import Session
from geopark_app.operations.catalogues import profile_of
from geopark_app.operations.records import add_record
from geopark_app.operations.site_lists import site_rows


def test_counts_are_those_of_the_starter(qtbot: QtBot, session: Session) -> None:
    room = OverviewRoom(session)
    qtbot.addWidget(room)
    room.show()
    shown = {button.accessibleName() for button in room.kinds.buttons}
    geosites = site_rows(session.context, filters={"kind": "geosite"})
    assert any(name.endswith(f": {len(geosites)}") for name in shown)
    assert sum(int(name.rpartition(": ")[2]) for name in shown) == 96


def test_a_stop_whose_route_is_not_known_is_not_on_no_route(qtbot: QtBot, session: Session) -> None:
    room = OverviewRoom(session)
    qtbot.addWidget(room)
    room.show()
    sites = site_rows(session.context)
    unknown = sum(1 for item in sites if item.is_stop and item.route_number is None)
    off = sum(1 for item in sites if not item.is_stop and item.route_number is None)
    shown = {button.accessibleName() for button in room.routes.buttons}
    assert any(name.endswith(f"on no route: {off}") for name in shown)
    assert (f"stop, route not known: {unknown}" in shown) == (unknown > 0)


def test_a_gap_leads_to_its_sites(qtbot: QtBot, session: Session) -> None:
    room = OverviewRoom(session)
    qtbot.addWidget(room)
    room.show()
    with qtbot.waitSignal(session.sites_requested) as asked:
        qtbot.mouseClick(room.gaps.buttons[0], Qt.MouseButton.LeftButton)
    wanted = asked.args[0]
    assert wanted["uuids"]
    assert wanted["label"].startswith("Missing: ")


def test_each_number_opens_its_list(qtbot: QtBot, session: Session) -> None:
    add_record(session.context, "work", {"title_vi": "Biển", "due_on": "2026-01-02"})
    paper = {"name_vi": "Homestay", "partner_kind": "homestay", "agreement_until": "2026-01-02"}
    key = add_record(session.context, "partner", paper)[0].uuid
    room = OverviewRoom(session)
    qtbot.addWidget(room)
    room.show()
    qtbot.waitUntil(lambda: bool(room.waiting.figures))
    assert room.waiting.figures["works"].accessibleName() == "open works, 1 late: 1"
    with qtbot.waitSignal(session.dialog_requested) as asked:
        room.waiting.figures["works"].chosen.emit()
    assert asked.args == ["works", "open"]
    with qtbot.waitSignal(session.sites_requested) as sites:
        qtbot.keyClick(room._figures["readiness"], Qt.Key.Key_Return)
    assert len(sites.args[0]["uuids"]) == 96
    with qtbot.waitSignal(session.room_requested) as there:
        room.waiting.figures["unsynced"].chosen.emit()
    assert there.args == [Room.SYNC]
    with qtbot.waitSignal(session.dialog_requested) as plan:
        room.dates.plan.click()
    assert plan.args == ["plan", ""]
    assert [button.accessibleName() for button in room.papers.buttons] == ["Partner: Homestay"]
    with qtbot.waitSignal(room.papers.paper_chosen) as chosen:
        room.papers.buttons[0].click()
    assert chosen.args == ["partner", key]


def test_dates_of_the_process_count_the_days(session: Session) -> None:
    dates = process_dates(profile_of(session.context))
    report = next(item for item in dates if item.end == date(2028, 1, 31))
    assert report.days_left(date(2028, 1, 30)) == 1
    assert report.days_left(date(2028, 2, 1)) == -1
    assert [item.start or item.end for item in dates] == sorted(
        item.start or item.end for item in dates
    )


def test_a_date_that_cannot_be_read_is_left_out() -> None:
    profile = {"dates": [{"label_vi": "x", "date": "soon"}, {"label_vi": "y", "end": None}]}
    assert process_dates(profile) == ()
