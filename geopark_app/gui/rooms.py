"""The rooms of the window: their order, their icons, their words."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from geopark_app.i18n import gettext as _


class Room(Enum):
    """A room of the navigation rail, in the order of Ctrl+1 to Ctrl+9."""

    OVERVIEW = "overview"
    SITES = "sites"
    MAP = "map"
    PHOTOS = "photos"
    READINESS = "readiness"
    DOSSIER = "dossier"
    SYNC = "sync"
    RECORDS = "records"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSign:
    """How a room is announced."""

    icon: str
    name: Callable[[], str]


SIGNS = {
    Room.OVERVIEW: RoomSign(icon="view-dashboard-outline", name=lambda: _("Overview")),
    Room.SITES: RoomSign(icon="map-marker-multiple-outline", name=lambda: _("Sites")),
    Room.MAP: RoomSign(icon="map-outline", name=lambda: _("Map")),
    Room.PHOTOS: RoomSign(icon="image-multiple-outline", name=lambda: _("Photos")),
    Room.READINESS: RoomSign(icon="clipboard-check-outline", name=lambda: _("Readiness")),
    Room.DOSSIER: RoomSign(icon="file-document-multiple-outline", name=lambda: _("Dossier")),
    Room.SYNC: RoomSign(icon="swap-horizontal-bold", name=lambda: _("Sync")),
    Room.RECORDS: RoomSign(icon="folder-multiple-outline", name=lambda: _("Other records")),
    Room.SETTINGS: RoomSign(icon="cog-outline", name=lambda: _("Settings")),
}
