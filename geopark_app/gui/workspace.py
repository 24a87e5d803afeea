"""The open catalogue: the rail at the left and the room chosen; rooms are made when first seen."""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from geopark_app.gui.language import LanguageAware
from geopark_app.gui.overview.room import OverviewRoom
from geopark_app.gui.rooms import Room
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _


@runtime_checkable
class ShowsSites(Protocol):
    """A room that can show one site."""

    def show_site(self, uuid: str) -> None:
        """Show the site."""


class HoldsFilters(Protocol):
    """Filters as they are handed from the list of sites to the map and back."""

    def state(self) -> dict[str, object]:
        """Give everything set."""

    def show_filters(self, filters: Mapping[str, object]) -> None:
        """Set everything."""


@runtime_checkable
class Filters(Protocol):
    """A room that shows the sites its filters let through."""

    filter_bar: HoldsFilters


class Workspace(LanguageAware, QWidget):
    """The rooms of one open catalogue.

    Signals
    -------
    room_shown(Room)
        After another room came to the front.
    search_changed(str)
        The sites are searched by other words.
    """

    room_shown = Signal(object)
    search_changed = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.rooms: dict[Room, QWidget] = {}
        self._selected = ""
        self._selected_in: dict[Room, str] = {}
        self._filters: dict[str, object] | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._banner = QFrame()
        self._banner.setProperty("look", "banner")
        inside = QHBoxLayout(self._banner)
        self._banner_words = QLabel()
        self._banner_words.setWordWrap(True)
        inside.addWidget(self._banner_words)
        self._banner.setVisible(session.is_read_only)
        layout.addWidget(self._banner)
        self._stack = QStackedWidget()
        layout.addWidget(self._stack, 1)
        session.sites_requested.connect(self.show_filtered_sites)
        session.site_requested.connect(self.show_site)
        session.room_requested.connect(self.show_room)
        self.retranslate()

    @property
    def room(self) -> Room | None:
        """Give the room at the front."""
        shown = self._stack.currentWidget()
        return next((room for room, widget in self.rooms.items() if widget is shown), None)

    def show_room(self, room: Room) -> None:
        """Bring a room to the front; it is made at the first time."""
        if room not in self.rooms:
            self.rooms[room] = self._make(room)
            self._stack.addWidget(self.rooms[room])
        if room in {Room.SITES, Room.MAP}:
            self._hand_filters_to(self.rooms[room])
        self._stack.setCurrentWidget(self.rooms[room])
        self._hand_selection_to(room)
        self.room_shown.emit(room)

    def take_keyboard(self) -> None:
        """Give the keyboard to the list of the room at the front, if it has one."""
        room = self._stack.currentWidget() or self
        widget = room.nextInFocusChain()
        while widget is not None and widget is not room and not self._is_list(widget, room):
            widget = widget.nextInFocusChain()
        (widget or room).setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_list(self, widget: QWidget, room: QWidget) -> bool:
        is_list = isinstance(widget, QAbstractItemView) and room.isAncestorOf(widget)
        return is_list and widget.isVisibleTo(room)

    def show_site(self, uuid: str) -> None:
        """Show one site in the Sites room."""
        self._selected = uuid
        self.show_room(Room.SITES)

    def show_on_map(self, uuid: str) -> None:
        """Show one site on the map."""
        self._selected = uuid
        self.show_room(Room.MAP)

    def show_filtered_sites(self, wanted: dict[str, object]) -> None:
        """Show the Sites room with a filter; see `Session.sites_requested` for its keys."""
        self.show_room(Room.SITES)
        self.rooms[Room.SITES].apply_filter(wanted)  # type: ignore[attr-defined]

    def retranslate(self) -> None:
        self._banner_words.setText(
            _(
                "This catalogue can only be read here: its folder or medium does not allow "
                "writing. Copy the whole folder to the laptop to work on it."
            )
        )

    def shut_down(self) -> None:
        """End what runs beside the rooms (the web engine of the map) before they go."""
        map_room = self.rooms.get(Room.MAP)
        if map_room is not None:
            map_room.shut_down()  # type: ignore[attr-defined]

    def _make(self, room: Room) -> QWidget:
        """Make a room; its modules are fetched when it is first seen, so the start stays quick."""
        session = self._session
        match room:
            case Room.OVERVIEW:
                return OverviewRoom(session)
            case Room.SITES:
                from geopark_app.gui.sites.room import SitesRoom

                sites = SitesRoom(session)
                sites.site_selected.connect(lambda uuid: self._remember_site(uuid, Room.SITES))
                sites.map_requested.connect(self.show_on_map)
                sites.filter_bar.search.textChanged.connect(self.search_changed)
                self._hand_filters_to(sites)
                sites.filter_bar.changed.connect(lambda: self._remember_filters(sites))
                return sites
            case Room.MAP:
                from geopark_app.gui.map_room.room import MapRoom

                map_room = MapRoom(session)
                map_room.site_selected.connect(lambda uuid: self._remember_site(uuid, Room.MAP))
                self._hand_filters_to(map_room)
                map_room.filter_bar.changed.connect(lambda: self._remember_filters(map_room))
                return map_room
            case Room.PHOTOS:
                from geopark_app.gui.photos.room import PhotosRoom

                return PhotosRoom(session)
            case Room.READINESS:
                from geopark_app.gui.readiness.room import ReadinessRoom

                return ReadinessRoom(session)
            case Room.DOSSIER:
                from geopark_app.gui.dossier.room import DossierRoom

                return DossierRoom(session)
            case Room.SYNC:
                from geopark_app.gui.sync.room import SyncRoom

                return SyncRoom(session)
            case Room.RECORDS:
                from geopark_app.gui.records_room.room import RecordsRoom

                return RecordsRoom(session)
            case Room.SETTINGS:
                from geopark_app.gui.settings.room import SettingsRoom

                return SettingsRoom(session)

    def _remember_filters(self, room: QWidget) -> None:
        if isinstance(room, Filters):
            self._filters = room.filter_bar.state()

    def _hand_filters_to(self, room: QWidget) -> None:
        """Set the filters chosen last in the other room: the list and the map show the same."""
        if self._filters is None or not isinstance(room, Filters):
            return
        if room.filter_bar.state() != self._filters:
            room.filter_bar.show_filters(self._filters)

    def _remember_site(self, uuid: str, room: Room) -> None:
        self._selected = self._selected_in[room] = uuid

    def _hand_selection_to(self, room: Room) -> None:
        widget = self.rooms[room]
        is_news = bool(self._selected) and self._selected_in.get(room) != self._selected
        # Only what was chosen elsewhere: a room keeps its own choice, filter and scroll place.
        if is_news and room in {Room.SITES, Room.MAP} and isinstance(widget, ShowsSites):
            self._selected_in[room] = self._selected
            widget.show_site(self._selected)
