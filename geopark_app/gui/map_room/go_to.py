"""A line for coordinates as people write them; the map goes where the coordinate doctor reads."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.geo.doctor.diagnosis import Verdict
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.readings_list import ReadingsList, place_words
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _
from geopark_app.operations.locating import Location, Place, locate

_ASKED = {Verdict.ASK, Verdict.WARN}


class GoToBox(LanguageAware, QWidget):
    """Reads what is typed on Return; Escape takes the mark away again.

    Signals
    -------
    place_wanted(float, float, str)
        Latitude and longitude to go to, with the remarks of the doctor.
    forgotten()
        The line was emptied.
    """

    place_wanted = Signal(float, float, str)
    forgotten = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._asked = ""
        self.line = QLineEdit()
        self.line.setObjectName("go-to-coordinate")
        self.line.setClearButtonEnabled(True)
        self.line.setMaxLength(2000)
        self.trouble = QLabel()
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble.setWordWrap(True)
        self.trouble.setProperty("look", "error")
        self.trouble.hide()
        self.readings = ReadingsList("go-to-readings")
        self.readings.chosen.connect(self._go)
        self.readings.given_up.connect(self.line.setFocus)
        self.line.returnPressed.connect(self.ask)
        self.line.textChanged.connect(self._forget_answer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.line)
        column.addWidget(self.trouble)
        column.addWidget(self.readings)
        self.retranslate()

    def ask(self) -> None:
        """Read what is typed, beside the window: the layers may have to be read first."""
        typed = self.line.text().strip()
        self._asked = typed
        if not typed:
            return
        context = self._session.context

        def work(_progress: ReportProgress, _cancel: CancelToken) -> Location:
            return locate(context, typed)

        self._session.run_beside(work, while_alive(self, self._answer))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.line.clear()
        elif event.key() == Qt.Key.Key_Down and self.readings.take_focus():
            event.accept()
        else:
            super().keyPressEvent(event)

    def _answer(self, found: Location) -> None:
        if found.diagnosis.typed != self._asked or self.line.text().strip() != self._asked:
            return
        if found.verdict is Verdict.REFUSED:
            problem = found.diagnosis.problem
            self.trouble.setText(problem.sentence(active()) if problem is not None else "")
            self.trouble.show()
        elif found.diagnosis.verdict in _ASKED:
            self.readings.show_location(found)
            self.readings.take_focus()
        else:
            self._go(found.places[0])

    def _go(self, place: Place) -> None:
        self.readings.show_chosen(place)
        self.readings.show()
        one = place.candidate
        self.place_wanted.emit(one.lat, one.lon, place_words(place))

    def _forget_answer(self, typed: str) -> None:
        self.trouble.hide()
        self.readings.clear()
        if not typed:
            self._asked = ""
            self.forgotten.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._asked:
            self.ask()

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.line.setPlaceholderText(_("Go to coordinates"))
        self.line.setAccessibleName(_("Go to coordinates"))
        self.line.setToolTip(
            _("Degrees, VN-2000 metres or a map link, as in the form of a site (Ctrl+G)")
        )
