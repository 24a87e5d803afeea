"""The catalogue on the desk of one window: its session, its rooms, and how it is left."""

from PySide6.QtCore import QObject, QTimer

from geopark_app.gui.attached_reader import AttachedReader
from geopark_app.gui.language import LanguageSwitch
from geopark_app.gui.messages import Messages
from geopark_app.gui.opening import OpenedCatalogue, remember_catalogue, remember_saves
from geopark_app.gui.photo_safety.background import FileReader
from geopark_app.gui.recovery import offer_drafts
from geopark_app.gui.rooms import Room
from geopark_app.gui.session import Session
from geopark_app.gui.start_page.recent_card import folder_name
from geopark_app.gui.workspace import Workspace
from geopark_app.i18n import pick
from geopark_app.settings import MachineSettings

_REMEMBER_AFTER_MS = 2_000


class Desk(QObject):
    """Everything that comes and goes with one open catalogue.

    Attributes
    ----------
    session : Session
        The open catalogue.
    workspace : Workspace
        Its rooms.
    """

    def __init__(
        self,
        opened: OpenedCatalogue,
        *,
        settings: MachineSettings,
        language: LanguageSwitch,
        messages: Messages,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._opened = opened
        self.session = Session(
            opened.context, settings=settings, language=language, messages=messages, parent=self
        )
        self.session.changes.catalogue_lost.connect(messages.error)
        self.workspace = Workspace(self.session)
        # Not only at the end: a laptop that loses power must still say what is not handed over.
        self._remembering = QTimer(self)
        self._remembering.setSingleShot(True)
        self._remembering.setInterval(_REMEMBER_AFTER_MS)
        self._remembering.timeout.connect(self._remember_saves)
        self.session.changes.changes_stored.connect(self._note_changes)
        self._reader = FileReader(self.session, self)
        self._attached = AttachedReader(self.session)

    @property
    def folder(self) -> str:
        """Where the catalogue lies."""
        return str(self._opened.context.catalogue.folder.root.resolve())

    @property
    def name(self) -> str:
        """Name of its folder."""
        return folder_name(self.folder)

    @property
    def title(self) -> str:
        """Short name of its geopark and the name of its folder."""
        profile = self._opened.profile
        title = pick(
            str(profile.get("short_name_vi") or ""), str(profile.get("short_name_en") or "")
        )
        return f"{title} · {self.name}" if title else self.name

    def begin(self) -> None:
        """Start what runs as long as the catalogue is open."""
        self.workspace.show_room(Room.OVERVIEW)
        self.session.changes.start_watching()
        opened = self._opened
        self.session.run_beside(lambda _progress, _cancel: remember_catalogue(opened))
        self._reader.start()
        offer_drafts(self.session)
        self._attached.look()

    def _note_changes(self, _changes: object) -> None:
        if not self._remembering.isActive():
            self._remembering.start()

    def _remember_saves(self) -> None:
        opened = self._opened
        self.session.run_beside(lambda _progress, _cancel: remember_saves(opened))

    def leave(self) -> None:
        """Save what is typed, let go of the catalogue and let another window have it."""
        self._attached.stop()
        self.session.save_everything()
        self._remembering.stop()
        self._reader.stop()
        remember_catalogue(self._opened)
        # The rooms (and the web page of the map) go before the catalogue they show.
        self.workspace.shut_down()
        self.workspace.deleteLater()
        self.session.close()
        self._opened.lock.free()
        self.deleteLater()
