"""What typed coordinates can mean: a sentence, and a list from which one reading is chosen."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from geopark_app.geo.doctor.diagnosis import Verdict
from geopark_app.geo.doctor.words import (
    certainty_words,
    commune_words,
    nearest_commune_words,
    note_sentence,
    reading_words,
)
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _
from geopark_app.operations.locating import Location, Place
from geopark_app.wording.layers import distance_words

_ROWS_SHOWN = 4
_CHOICES = {Verdict.ASK, Verdict.WARN}


class ReadingsList(QWidget):
    """Hidden until coordinates are typed; the list appears only where there is a choice to make.

    Signals
    -------
    chosen(Place)
        The person took this reading.
    given_up()
        The person went back to the line without choosing.
    """

    chosen = Signal(object)
    given_up = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places: tuple[Place, ...] = ()
        self.sentence = QLabel()
        self.sentence.setObjectName(f"{name}-sentence")
        self.sentence.setWordWrap(True)
        self.sentence.setProperty("look", "muted")
        self.list = QListWidget()
        self.list.setObjectName(name)
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._take)
        self.list.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 4)
        column.setSpacing(2)
        column.addWidget(self.sentence)
        column.addWidget(self.list)
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self._places = ()
        self.list.clear()
        self.sentence.clear()
        self.hide()

    def show_location(self, location: Location) -> None:
        """Show the answer of the doctor; what cannot be read yet is not nagged about."""
        found = location.diagnosis
        if found.verdict is Verdict.REFUSED:
            self.clear()
            return
        if found.verdict in _CHOICES:
            self._offer(location.places)
            question = found.problem.sentence(active()) if found.problem is not None else ""
            self.sentence.setText(question or _("Is this the place? Choose it if it is meant."))
        else:
            self._say(location.places[0])
        self.sentence.show()
        self.show()

    def show_chosen(self, place: Place) -> None:
        """Show only the reading that was taken."""
        self._say(place)
        self.sentence.show()

    def hide_sentence(self) -> None:
        """Leave the sentence to the line for errors below the field."""
        self.sentence.hide()

    def _say(self, place: Place) -> None:
        self._places = ()
        self.list.clear()
        self.list.hide()
        self.sentence.setText(_("Read as {place}").format(place=place_words(place)))

    def _offer(self, places: tuple[Place, ...]) -> None:
        self._places = places
        self.list.clear()
        for number, place in enumerate(places, start=1):
            QListWidgetItem(f"{number}. {place_words(place)}", self.list)
        self.list.setCurrentRow(0)
        self.list.setAccessibleName(_("What the coordinates can mean"))
        self.list.show()
        self._fit()
        # The rows are broken for the list's width only when it has one.
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        """Make the list as high as its first rows need at the width it has."""
        self.list.doItemsLayout()
        items = [self.list.item(row) for row in range(min(self.list.count(), _ROWS_SHOWN))]
        height = sum(self.list.visualItemRect(item).height() for item in items)
        self.list.setFixedHeight(height + 2 * self.list.frameWidth() + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.list.isHidden():
            QTimer.singleShot(0, self, self._fit)

    def take_focus(self) -> bool:
        """Move the keyboard into the list; say whether there is one."""
        if self.list.isHidden() or not self._places:
            return False
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            item = self.list.currentItem()
            if item is not None:
                self._take(item)
            return True
        is_back = event.key() == Qt.Key.Key_Up and self.list.currentRow() <= 0
        if event.key() == Qt.Key.Key_Escape or is_back:
            self.given_up.emit()
            return True
        return super().eventFilter(watched, event)

    def _take(self, item: QListWidgetItem) -> None:
        row = self.list.row(item)
        if 0 <= row < len(self._places):
            self.chosen.emit(self._places[row])


def place_words(place: Place) -> str:
    """Say a reading with what lies around it and what speaks against it."""
    one = place.candidate
    language = active()
    parts = [f"{one.lat:.6f}, {one.lon:.6f}", reading_words(one, language)]
    if place.commune is not None:
        name = place.commune.commune.name_vi or ""
        say = commune_words if place.commune.by_polygon else nearest_commune_words
        parts.append(say(name, place.commune.metres, language))
    if place.road is not None:
        distance = distance_words(place.road.metres)
        words = _("nearest road or route: {name}, {distance}")
        parts.append(words.format(name=place.road.name, distance=distance))
    parts.append(certainty_words(one.certainty, language))
    return "\n   – ".join(
        [" · ".join(parts), *(note_sentence(note, language) for note in one.notes)]
    )
