"""Which photos lie on the map: those of all days, or of one day with the tracks walked on it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from geopark_app.domain.change import Changes
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.maps.moving import photos_document
from geopark_app.operations.map_moving import days_on_map, photo_spots, tracks_of_day

_KINDS = {"photo", "map_layer"}


class DayBox(LanguageAware, QComboBox):
    """Offers the days that have photos or tracks; hidden while there are none.

    Signals
    -------
    document_made(bytes)
        What the map shows now; see `maps.moving.photos_document`.
    """

    document_made = Signal(bytes)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._days: dict[str, int] = {}
        self._is_stale = True
        self._asked = 0
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setMaxVisibleItems(20)
        self.hide()
        self.activated.connect(lambda _index: self._read_photos(is_to_fit=True))
        session.changes.changes_stored.connect(self._take_changes)
        self.retranslate()

    def read(self) -> None:
        """Read days and photos beside the window, when something is new."""
        if self._is_stale:
            self._is_stale = False
            context = self._session.context

            def work(_progress: ReportProgress, _cancel: CancelToken) -> dict[str, int]:
                return days_on_map(context)

            self._session.run_beside(work, while_alive(self, self._show_days))

    def day(self) -> str:
        """Give the day chosen as ISO date; empty for all."""
        return str(self.currentData() or "")

    def choose(self, day: str) -> None:
        """Show only this day; an empty text shows all."""
        self.setCurrentIndex(max(0, self.findData(day)))
        self._read_photos(is_to_fit=True)

    def _show_days(self, days: dict[str, int]) -> None:
        self._days = days
        self.retranslate()
        self.setVisible(bool(days))
        self._read_photos(is_to_fit=False)

    def _read_photos(self, *, is_to_fit: bool) -> None:
        context, day = self._session.context, self.day()
        self._asked += 1
        number = self._asked

        def work(_progress: ReportProgress, _cancel: CancelToken) -> bytes:
            tracks = tracks_of_day(context, day) if day else ()
            return photos_document(photo_spots(context, day=day), tracks, is_to_fit=is_to_fit)

        def show(document: bytes) -> None:
            if number == self._asked:
                self.document_made.emit(document)

        self._session.run_beside(work, while_alive(self, show))

    def _take_changes(self, changes: Changes) -> None:
        if any(kind in _KINDS for kind, _uuid in changes.touched):
            self._is_stale = True
            if self.window().isVisible():
                self.read()

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        chosen = self.day()
        self.blockSignals(True)
        self.clear()
        self.addItem(_("Photos of all days"), "")
        for day, count in self._days.items():
            shown = "/".join(reversed(day.split("-")))
            words = _("{day} · {count} photos") if count else _("{day} · track")
            self.addItem(words.format(day=shown, count=count), day)
        self.setCurrentIndex(max(0, self.findData(chosen)))
        self.blockSignals(False)
        self.setAccessibleName(_("Photos and tracks of a day"))
        self.setToolTip(_("Photos and tracks of a day"))
