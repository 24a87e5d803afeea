"""The tools of the map room: one save for a gesture, Esc gives up, the page only proposes."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from geopark_app.domain.kinds import MapLayer, Route, Site, SiteExtent
from geopark_app.gui.map.pencil import Drawn, MapPencil
from geopark_app.gui.map_room.page_export import PageExportDialog
from geopark_app.gui.map_room.room import MapRoom
from geopark_app.gui.messages import Notice
from geopark_app.gui.session import Session
from geopark_app.operations.records import set_fields
from geopark_app.operations.sites import find_site
from geopark_app.store.new_keys import new_uuid
from tests.gui.test_map_view import needs_engine

pytestmark = [pytest.mark.web, pytest.mark.qt_log_level_fail("CRITICAL")]

SQUARE = [[106.9, 21.7], [106.92, 21.7], [106.92, 21.72], [106.9, 21.72], [106.9, 21.7]]
BOW_TIE = [[106.9, 21.7], [106.92, 21.72], [106.92, 21.7], [106.9, 21.72], [106.9, 21.7]]


def area(ring: list[list[float]], mode: str = "draw") -> str:
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return json.dumps({"mode": mode, "geometry": geometry})


class Page:
    """Stands where the map page would: keeps what it is commanded."""

    def __init__(self, room: MapRoom) -> None:
        self.pencil = room.view.pencil
        self.orders: list[dict[str, object]] = []
        self.pencil.command.connect(lambda words: self.orders.append(json.loads(words)))

    def last(self, do: str) -> dict[str, object]:
        return next(order for order in reversed(self.orders) if order["do"] == do)


@pytest.fixture
def room(qtbot: QtBot, session: Session) -> Iterator[MapRoom]:
    """Give a map room that is never shown: its page is the test."""
    made = MapRoom(session)
    qtbot.addWidget(made)
    yield made
    made.shut_down()


@pytest.fixture
def site(session: Session) -> Site:
    return find_site(session.context, "LS-017")


@pytest.fixture
def said(session: Session) -> list[Notice]:
    notices: list[Notice] = []
    session.messages.noticed.connect(notices.append)
    return notices


def take_move(qtbot: QtBot, room: MapRoom, site: Site) -> Page:
    page = Page(room)
    room.show_site(site.uuid)
    room.tools.move_site()
    qtbot.waitUntil(lambda: room.tools.tool is not None)
    return page


def test_a_move_is_one_named_save_and_undo_brings_the_place_back(
    qtbot: QtBot, room: MapRoom, session: Session, site: Site, said: list[Notice]
) -> None:
    page = take_move(qtbot, room, site)
    assert site.position is not None
    assert page.last("begin")["lat"] == site.position.lat
    for step in range(5):
        told = {"mode": "move", "lon": 106.96 + step / 1000, "lat": 21.71, "zoom": 13}
        page.pencil.changed(json.dumps(told))
    assert "21.71" in room.tools.strip.figure.text()
    qtbot.waitUntil(lambda: "Na Dương" in room.tools.strip.remarks.text())
    page.pencil.finished(json.dumps({"mode": "move", "lon": 106.964, "lat": 21.71}))
    # a double click tells it twice
    page.pencil.finished(json.dumps({"mode": "move", "lon": 106.964, "lat": 21.71}))
    qtbot.waitUntil(lambda: bool(said))
    moved = find_site(session.context, "LS-017").position
    assert moved is not None
    assert (moved.lon, moved.lat, moved.method) == (106.964, 21.71, "map")
    assert room.tools.tool is None
    assert page.orders[-1]["do"] == "stop" or page.last("stop")
    assert session.undo.undo_text is not None
    assert "LS-017" in session.undo.undo_text
    about = said[-1].about
    assert ("site", site.uuid) in about
    with qtbot.waitSignal(session.messages.outdated) as outdated:
        page.pencil.undoWanted(True)
    # What was said about the move, and its question about the commune, hold no longer.
    assert outdated.args[0] & about
    assert find_site(session.context, "LS-017").position == site.position
    assert session.undo.undo_text is None


def test_esc_and_an_unmoved_ghost_save_nothing(
    qtbot: QtBot, room: MapRoom, session: Session, site: Site
) -> None:
    page = take_move(qtbot, room, site)
    page.pencil.changed(json.dumps({"mode": "move", "lon": 106.99, "lat": 21.75}))
    page.pencil.givenUp()
    assert room.tools.tool is None
    assert room.tools.strip.isHidden()
    page = take_move(qtbot, room, site)
    assert site.position is not None
    still = {"mode": "move", "lon": site.position.lon, "lat": site.position.lat}
    page.pencil.finished(json.dumps(still))
    assert room.tools.tool is None
    session.tasks.wait_for_all()
    assert find_site(session.context, "LS-017").position == site.position
    assert session.undo.undo_text is None


def test_typed_coordinates_move_the_ghost_and_are_kept(
    qtbot: QtBot, room: MapRoom, session: Session, site: Site
) -> None:
    page = take_move(qtbot, room, site)
    strip = room.tools.strip
    strip.line.setText("không phải tọa độ")
    QTest.keyClick(strip.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "không phải" in strip.remarks.text())
    strip.line.setText("21°42′00″N 106°57′36″E")
    QTest.keyClick(strip.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(order["do"] == "place" for order in page.orders))
    placed = page.last("place")
    assert placed["lat"] == pytest.approx(21.7)
    page.pencil.finished(json.dumps({"mode": "move", **placed}))
    qtbot.waitUntil(lambda: room.tools.tool is None)
    kept = find_site(session.context, "LS-017").position
    assert kept is not None
    assert (kept.as_typed, kept.method) == ("21°42′00″N 106°57′36″E", None)


def test_a_new_site_opens_its_form_with_the_place(
    qtbot: QtBot, room: MapRoom, session: Session
) -> None:
    page = Page(room)
    room.tools.add_site()
    page.pencil.tooShort()
    assert "Click the place" in room.tools.strip.remarks.text()
    with qtbot.waitSignal(session.site_requested) as asked:
        page.pencil.finished(json.dumps({"mode": "add", "lon": 106.5, "lat": 21.6}))
    made = session.context.catalogue.get(Site, asked.args[0])
    assert made is not None
    assert made.position is not None
    assert (made.position.lon, made.position.method, made.workflow_status) == (
        106.5,
        "map",
        "draft",
    )


def test_a_crossing_outline_is_named_and_stays_in_hand(
    qtbot: QtBot, room: MapRoom, session: Session, site: Site, said: list[Notice]
) -> None:
    page = Page(room)
    room.tools.draw("site_extent", site.uuid, "Polygon")
    qtbot.waitUntil(lambda: room.tools.tool is not None)
    page.pencil.finished(area(BOW_TIE))
    assert "crosses itself near 21.71000, 106.91000" in room.tools.strip.remarks.text()
    assert page.last("begin")["mode"] == "edit"
    extents = session.context.catalogue.records
    assert extents(SiteExtent) == []
    page.pencil.changed(area(SQUARE, "edit"))
    assert "ha" in room.tools.strip.figure.text() or "km²" in room.tools.strip.figure.text()
    page.pencil.finished(area(SQUARE, "edit"))
    qtbot.waitUntil(lambda: bool(said))
    (extent,) = extents(SiteExtent)
    assert (extent.site_uuid, extent.purpose) == (site.uuid, "site")
    # the measure is offered, one click takes it over
    assert said[-1].on_action is not None
    said[-1].on_action()
    qtbot.waitUntil(lambda: find_site(session.context, "LS-017").area_ha is not None)

    room.tools.show_shapes(None)
    qtbot.waitUntil(lambda: any(order.get("shapes") for order in page.orders))
    page.pencil.shapeClicked(extent.uuid)
    assert room.tools.strip.change.isVisibleTo(room.tools.strip)
    room.tools.strip.trashed.emit()
    qtbot.waitUntil(lambda: extents(SiteExtent) == [])


def test_a_route_gets_a_line_and_a_colleague_is_not_overwritten(
    qtbot: QtBot, room: MapRoom, session: Session, said: list[Notice]
) -> None:
    context = session.context
    (route, *_others) = context.catalogue.records(Route, where={"number": 1})
    page = Page(room)
    room.tools.draw("route", route.uuid, "Line")
    qtbot.waitUntil(lambda: room.tools.tool is not None)
    line = {"type": "LineString", "coordinates": [[106.5, 21.5], [106.6, 21.6]]}
    page.pencil.finished(json.dumps({"mode": "draw", "geometry": line}))
    qtbot.waitUntil(lambda: bool(said))
    stored = context.catalogue.get(Route, route.uuid)
    assert stored is not None
    assert stored.geojson is not None
    assert "15" in said[-1].text  # 15.2 km
    room.tools.change("route", route.uuid)
    qtbot.waitUntil(lambda: room.tools.tool is not None)
    assert page.last("begin")["geometry"] == json.loads(stored.geojson)
    set_fields(context, "route", route.uuid, {"name_en": "By a colleague"})
    line["coordinates"].append([106.7, 21.7])
    page.pencil.finished(json.dumps({"mode": "edit", "geometry": line}))
    qtbot.waitUntil(lambda: room.tools.tool is None)
    changed = context.catalogue.get(Route, route.uuid)
    assert changed is not None
    assert changed.name_en == "By a colleague"
    assert json.loads(changed.geojson or "") == line


def test_measures_are_told_and_copied(
    qtbot: QtBot, qapp: object, room: MapRoom, session: Session
) -> None:
    from PySide6.QtGui import QGuiApplication

    page = Page(room)
    room.tools.measure_shape(is_area=True)
    page.pencil.tooShort()
    assert "three corners" in room.tools.strip.remarks.text()
    page.pencil.changed(area(SQUARE, "measure"))
    assert room.tools.strip.figure.text().startswith("458.")
    assert page.last("figure")["lat"] == 21.72
    room.tools.strip.copied.emit()
    assert QGuiApplication.clipboard().text() == room.tools.strip.figure.text()
    room.tools.put_away()
    assert session.undo.undo_text is None


@pytest.mark.parametrize(
    "words",
    ["", "[]", "{}", '{"mode":"move","lon":"1","lat":2}', '{"mode":"move","lon":1e999,"lat":2}',
     '{"mode":"move","lon":200,"lat":2}', '{"mode":"draw","geometry":{"coordinates":7}}',
     "[" * 5_000],
    ids=range(8),
)  # fmt: skip
def test_what_the_page_cannot_mean_is_not_heard(qapp: object, words: str) -> None:
    pencil, heard = MapPencil(), []
    pencil.hand_finished.connect(heard.append)
    pencil.finished(words)
    assert [one for one in heard if isinstance(one, Drawn) and (one.point or one.geojson)] == []


def test_a_page_offers_only_layers_that_can_go_along(qtbot: QtBot, session: Session) -> None:
    with session.context.work("layers") as work:
        for kind in ("geology", "exclusion", "basemap"):
            work.put(MapLayer(uuid=new_uuid(), name_vi=kind, layer_kind=kind))
    dialog = PageExportDialog(session)
    qtbot.addWidget(dialog)
    rows = range(dialog.layers.count())
    assert [dialog.layers.item(row).text() for row in rows] == ["geology"]


def test_the_page_is_written_from_the_room_and_can_be_stopped(
    qtbot: QtBot, session: Session, tmp_path: Path, said: list[Notice]
) -> None:
    dialog = PageExportDialog(session)
    dialog.path.setText(str(tmp_path / "m.html"))
    dialog.photos.setValue(0)
    dialog.open()
    with qtbot.waitSignal(dialog.finished):
        dialog.export()
    assert (tmp_path / "m.html").stat().st_size > 500_000
    assert "96 sites" in said[-1].text
    other = PageExportDialog(session, only=frozenset({find_site(session.context, "LS-017").uuid}))
    other.path.setText(str(tmp_path / "n.html"))
    other.open()
    other.export()
    other.reject()
    qtbot.waitUntil(lambda: "Stopped" in other.state.text() or (tmp_path / "n.html").exists())
    qtbot.waitUntil(lambda: not session.tasks.is_busy)
    other.close()


@needs_engine
@pytest.mark.slow
def test_the_page_itself_moves_draws_and_edits(
    qtbot: QtBot, room: MapRoom, session: Session, site: Site
) -> None:
    """Through the real page: arrow keys, corners by clicks, Ctrl+Z, one corner dragged, Enter."""
    room.resize(1100, 760)
    with qtbot.waitSignal(room.view.ready, timeout=40_000):
        room.show()
    assert room.view.web is not None
    view = room.view.web.view

    def ask(script: str) -> object:
        answers: list[str] = []
        view.page().runJavaScript(f"JSON.stringify({script})", 0, answers.append)
        qtbot.waitUntil(lambda: bool(answers))
        return json.loads(answers[0]) if answers[0] else None

    def press(key: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(view.focusProxy(), key, with_)

    room.show_site(site.uuid)
    room.tools.move_site()
    qtbot.waitUntil(lambda: bool(ask("!!document.querySelector('.ghost')")))
    for _step in range(3):
        press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "from where" in room.tools.strip.figure.text())
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.tools.tool is None)
    moved = find_site(session.context, "LS-017").position
    assert moved is not None
    assert site.position is not None
    assert moved.lon > site.position.lon
    assert moved.lat < site.position.lat

    room.tools.draw("site_extent", site.uuid, "Polygon")
    qtbot.waitUntil(lambda: bool(ask("!!document.querySelector('.geoman-draw-cursor')")))
    from PySide6.QtCore import QPoint

    def click(x: int, y: int) -> None:
        QTest.mouseMove(view.focusProxy(), QPoint(x, y))
        QTest.mouseClick(
            view.focusProxy(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
            QPoint(x, y),
        )  # fmt: skip

    corners = "document.querySelectorAll('.leaflet-drawing-points-pane .marker-icon').length - 1"
    places = ((300, 120), (500, 120), (500, 300), (700, 400), (300, 300))
    for number, (x, y) in enumerate(places):
        if number == 4:
            press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
            qtbot.waitUntil(lambda: ask(corners) == 3)
        click(x, y)
        wanted = number + 1 if number < 4 else 4
        qtbot.waitUntil(lambda wanted=wanted: ask(corners) == wanted)
    press(Qt.Key.Key_Return)
    records = session.context.catalogue.records
    qtbot.waitUntil(lambda: len(records(SiteExtent)) == 1)
    assert len(json.loads(records(SiteExtent)[0].geojson or "")["coordinates"][0]) == 5
    qtbot.waitUntil(lambda: room.tools.tool is None)
    # only the shape in hand ever has handles
    assert ask(corners) == -1
