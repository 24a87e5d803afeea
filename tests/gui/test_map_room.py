"""The Map room: the list beside the map, one marker for one save, colours, coordinates, days."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from geopark_app.domain.kinds import Photo, Site
from geopark_app.domain.position import Position
from geopark_app.gui.map_room.room import MapRoom
from geopark_app.gui.session import Session
from geopark_app.gui.window_layout import remembered_look
from geopark_app.operations.map_rows import map_rows_of
from geopark_app.operations.records import set_fields
from geopark_app.store.engine import writing
from geopark_app.store.new_keys import new_uuid
from geopark_app.store.tables import RECORD_TABLES
from tests.gui.test_map_view import HOSTILE, ask, is_selected, needs_engine, wait_for

pytestmark = [
    pytest.mark.web,
    # QtWebEngine warns once where there is no graphics card.
    pytest.mark.qt_log_level_fail("CRITICAL"),
]
COUNT = (
    "[...document.querySelectorAll('.bubble')].reduce((n, b) => n + Number(b.textContent), 0)"
    " + document.querySelectorAll('.pin').length"
)
PLACE = "21.5031, 106.4641"
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def room(qtbot: QtBot, session: Session) -> Iterator[MapRoom]:
    """Give the room as it is shown, with every site on the map; nothing may be blocked."""
    made = MapRoom(session)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    with qtbot.waitSignal(made.view.ready, timeout=40_000):
        made.show()
    wait_for(qtbot, made.view, f"{COUNT} === 80")
    yield made
    assert made.view.web is not None
    assert made.view.web.interceptor.blocked == []
    made.shut_down()


def site_of(session: Session, code: str) -> Site:
    return session.context.catalogue.records(Site, where={"code": code})[0]


def save(qtbot: QtBot, session: Session, room: MapRoom, code: str, **values: Any) -> None:
    """Save values of a site, and wait until its marker is drawn again."""
    assert room.view.web is not None
    uuid = site_of(session, code).uuid
    changes = set_fields(session.context, "site", uuid, values)
    with qtbot.waitSignal(room.view.web.link.site_drawn) as drawn:
        session.changes.publish(changes)
    assert drawn.args == [uuid]


def choose(qtbot: QtBot, room: MapRoom, part: str, value: str) -> None:
    """Choose a colour or heat picture in the legend."""
    ask(
        qtbot,
        room.view,
        f"(c => (c.value = '{value}', c.dispatchEvent(new Event('change')), 1))"
        f"(document.querySelector('[data-part={part}]'))",
    )


@needs_engine
def test_a_save_draws_one_marker_and_nothing_else(
    qtbot: QtBot, session: Session, room: MapRoom
) -> None:
    assert room.view.web is not None
    with qtbot.assertNotEmitted(room.view.web.link.sites_shown):
        save(qtbot, session, room, "LS-001", position=PLACE, name_vi="Đền mới")
        room.show_site(site_of(session, "LS-001").uuid)
        wait_for(qtbot, room.view, is_selected(site_of(session, "LS-001").uuid))
        wait_for(qtbot, room.view, "document.querySelector('.card').textContent.includes('mới')")
        save(qtbot, session, room, "LS-001", name_vi=HOSTILE + "\u0007" + "x" * 20_000)
        wait_for(
            qtbot, room.view, "document.querySelector('.card').textContent.includes('onerror')"
        )
    assert len(ask(qtbot, room.view, "document.querySelector('.card-name').textContent")) <= 200
    assert not ask(qtbot, room.view, "!!document.querySelector('img[src=x]')")


@needs_engine
def test_places_that_no_form_would_take_stop_nothing(
    qtbot: QtBot, session: Session, room: MapRoom
) -> None:
    table = RECORD_TABLES["site"]
    with writing(session.context.catalogue.engine) as connection:
        for code, lon, lat in (("LS-001", 500.0, 21.5), ("LS-002", 106.5, -91.0)):
            connection.execute(
                sa.update(table)
                .where(table.c.code == code)
                .values(position_lon=lon, position_lat=lat, position_quality="exact")
            )
    room.feed.read()
    wait_for(qtbot, room.view, f"{COUNT} === 78")
    assert "18" in ask(qtbot, room.view, "document.querySelector('.legend-note').textContent")


@needs_engine
def test_list_and_map_choose_for_each_other_and_share_the_filter(
    qtbot: QtBot, session: Session, room: MapRoom
) -> None:
    assert room.view.web is not None
    first = site_of(session, "LS-020")
    with qtbot.waitSignal(room.site_selected):
        room.table.go_to(first.uuid)
    wait_for(qtbot, room.view, is_selected(first.uuid))
    other = site_of(session, "LS-010").uuid
    with qtbot.waitSignal(room.site_selected) as heard:
        ask(qtbot, room.view, "(document.querySelectorAll('.pin-drop')[0].click(), 1)")
    assert room.table.current_uuid() == heard.args[0] == room.selected

    with qtbot.waitSignal(room.view.web.link.sites_shown):
        room.filter_bar.show_filters({"name_vi~": "hang"})
    listed = set(room.side.list.sites.keys)
    assert 0 < len(listed) < 40
    placed = {row.uuid for row in map_rows_of(session.context, listed, language="en")}
    assert placed == listed
    hidden = next(uuid for uuid in (other, first.uuid) if uuid not in listed)
    room.show_site(hidden)
    assert room.filter_bar.state() == {}
    wait_for(qtbot, room.view, is_selected(hidden))


@needs_engine
def test_opening_the_map_chooses_no_site_and_a_narrow_one_folds_the_legend(
    qtbot: QtBot, room: MapRoom
) -> None:
    # The keyboard comes to the list when the room is shown.
    room.table.focusInEvent(QFocusEvent(QEvent.Type.FocusIn))
    assert (room.selected, room.table.current_uuid()) == ("", "")
    rows = "document.querySelectorAll('.legend-row').length"
    assert ask(qtbot, room.view, rows) > 0
    room._switch.setChecked(True)
    room.resize(1150, 700)
    wait_for(qtbot, room.view, f"{rows} === 0")
    # What a person has chosen holds.
    ask(qtbot, room.view, "(document.querySelector('.legend-switch').click(), 1)")
    room.resize(1151, 700)
    wait_for(qtbot, room.view, f"{rows} > 0")


@needs_engine
def test_every_colour_has_its_signs_and_the_look_is_kept(
    qtbot: QtBot, session: Session, room: MapRoom
) -> None:
    for way, rows in (("readiness", 5), ("workflow", 2), ("risk", 5)):
        choose(qtbot, room, "colour", way)
        assert ask(qtbot, room.view, "document.querySelectorAll('.legend-row').length") == rows
        assert ask(qtbot, room.view, "document.querySelectorAll('.pin-sign i').length") > 0
    with qtbot.waitSignal(room.view.look_chosen) as told:
        choose(qtbot, room, "heat", "risk")
    look = json.loads(told.args[0])
    assert (look["colour"], look["heat"], look["layers"]["layer_routes"]) == ("risk", "risk", False)
    assert json.loads(remembered_look()) == look
    assert ask(qtbot, room.view, "!!document.querySelector('.leaflet-heat-pane canvas')")
    session.change_settings(high_contrast=True)
    wait_for(qtbot, room.view, "document.documentElement.className === 'is-contrast'")
    assert ask(qtbot, room.view, "document.querySelector('[data-part=colour]').value") == "risk"


@needs_engine
def test_coordinates_are_copied_and_typed_ones_are_gone_to(
    qtbot: QtBot, session: Session, room: MapRoom
) -> None:
    room.pointer.show_place(21.85264, 106.76101)
    assert "21°51′09" in room.pointer.text()
    assert "449" in room.pointer.text()
    QTest.keyClick(room.table, Qt.Key.Key_C, CONTROL_SHIFT)
    assert QGuiApplication.clipboard().text() == "21.852640, 106.761010"
    assert session.messages.history[0][1].text == "Copied: 21.852640, 106.761010"
    QTest.keyClick(room.table, Qt.Key.Key_X, CONTROL_SHIFT)
    copied = QGuiApplication.clipboard().text()
    assert copied == "X 2417432.49, Y 449263.36 (EPSG:9215)"

    box = room.side.go_to
    box.line.setText("nowhere at all")
    QTest.keyClick(box.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not box.trouble.isHidden())
    box.line.setText(copied)
    QTest.keyClick(box.line, Qt.Key.Key_Return)
    wait_for(qtbot, room.view, "!!document.querySelector('.place-mark')")
    assert "21.8526" in ask(qtbot, room.view, "document.querySelector('.place-words').textContent")
    assert not box.readings.isHidden()
    qtbot.waitUntil(lambda: "21°51′09" in room.pointer.text())
    QTest.keyClick(box.line, Qt.Key.Key_Escape)
    wait_for(qtbot, room.view, "!document.querySelector('.place-mark')")


@needs_engine
def test_photos_of_a_day_and_routes_lie_on_the_map(
    qtbot: QtBot, session: Session, room: MapRoom
) -> None:
    place = Position(lon=106.5, lat=21.6, quality="exact")
    photo = Photo(
        uuid=new_uuid(), taken_at="2026-11-20T08:00:00+07:00", position=place,
        position_trusted=True, direction_deg=90.0, caption_vi=HOSTILE,
    )  # fmt: skip
    assert room.side.days.isHidden()
    with session.context.work("photo") as work:
        work.put(photo)
        work.put(replace(photo, uuid=new_uuid(), taken_at="2026-11-21T08:00:00+07:00"))
    session.changes.publish(work.changes)
    qtbot.waitUntil(lambda: room.side.days.count() == 3)
    assert [room.side.days.itemText(at) for at in range(3)] == [
        "Photos of all days", "21/11/2026 · 1 photos", "20/11/2026 · 1 photos",
    ]  # fmt: skip
    with qtbot.waitSignal(room.side.days.document_made) as made:
        room.side.days.choose("2026-11-20")
    assert len(json.loads(made.args[0])["photos"]) == 1
    wait_for(qtbot, room.view, "!!document.querySelector('.leaflet-photos-pane canvas')")

    room.view.set_look(json.dumps({"layers": {"layer_routes": True}}))
    wait_for(qtbot, room.view, "document.querySelectorAll('.stop').length > 10")
    numbers = ask(qtbot, room.view, "[...document.querySelectorAll('.stop')].map(s => s.innerText)")
    assert "1" in numbers
