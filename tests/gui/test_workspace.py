"""The rooms together: what is chosen in one is chosen in the other."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from geopark_app.domain.kinds import Site
from geopark_app.gui.map_room.room import MapRoom
from geopark_app.gui.rooms import Room
from geopark_app.gui.session import Session
from geopark_app.gui.sites.room import SitesRoom
from geopark_app.gui.workspace import Workspace


def _uuid(session: Session, code: str) -> str:
    return session.context.catalogue.records(Site, where={"code": code})[0].uuid


def test_a_click_on_the_map_selects_in_the_table_and_the_reverse(
    qtbot: QtBot, session: Session
) -> None:
    # Never shown: so the web engine of the map does not start.
    workspace = Workspace(session)
    qtbot.addWidget(workspace)
    workspace.show_room(Room.MAP)
    workspace.show_room(Room.SITES)
    map_room, sites = workspace.rooms[Room.MAP], workspace.rooms[Room.SITES]
    assert isinstance(map_room, MapRoom)
    assert isinstance(sites, SitesRoom)
    map_room.view.site_selected.emit(_uuid(session, "LS-010"))
    workspace.show_room(Room.SITES)
    assert sites.table.current_uuid() == _uuid(session, "LS-010")
    sites.show_site(_uuid(session, "LS-020"))
    workspace.show_room(Room.MAP)
    assert map_room.selected == _uuid(session, "LS-020")
    QApplication.processEvents()


def test_a_filter_of_the_overview_reaches_the_table(qtbot: QtBot, session: Session) -> None:
    workspace = Workspace(session)
    qtbot.addWidget(workspace)
    wanted = [_uuid(session, code) for code in ("LS-001", "LS-002")]
    session.sites_requested.emit({"uuids": wanted, "label": "two of them"})
    sites = workspace.rooms[Room.SITES]
    assert isinstance(sites, SitesRoom)
    assert sites.sites.rowCount() == 2
    session.sites_requested.emit({"text": "dong dang"})
    assert sites.sites.rowCount() > 0
    assert workspace.room is Room.SITES


def test_the_map_and_the_list_have_the_same_filter(qtbot: QtBot, session: Session) -> None:
    workspace = Workspace(session)
    qtbot.addWidget(workspace)
    session.sites_requested.emit({"name_vi~": "hang"})
    sites = workspace.rooms[Room.SITES]
    assert isinstance(sites, SitesRoom)
    shown = list(sites.sites.keys)
    assert 0 < len(shown) < 96
    workspace.show_room(Room.MAP)
    map_room = workspace.rooms[Room.MAP]
    assert isinstance(map_room, MapRoom)
    assert list(map_room.side.list.sites.keys) == shown
    assert map_room.filter_bar.conditions.conditions() == {"name_vi~": "hang"}
    map_room.filter_bar.show_filters({"kind": "viewpoint"})
    workspace.show_room(Room.SITES)
    assert sites.filter_bar.state() == {"kind": "viewpoint"}
    assert sites.sites.keys == map_room.side.list.sites.keys
