"""The overlay with its slider and ways, and below it the pictures it can be compared with."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.kinds import Photo
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.photos.canvas import PhotoCanvas
from geopark_app.gui.photos.film_strip import FilmStrip
from geopark_app.gui.photos.large import LargePicture
from geopark_app.gui.photos.overlay import OverlayCanvas, OverlayWay
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _


class OverlayPanel(LanguageAware, QWidget):
    """An old and a new picture of one view.

    Attributes
    ----------
    canvas : OverlayCanvas
        Both, one over the other.
    strip : FilmStrip
        What can be the new one.
    new_uuid : str
        The new one, or an empty text.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.new_uuid = ""
        self.canvas = OverlayCanvas()
        self._old = LargePicture(session, self.canvas)
        # Reads the new picture; what it would paint is laid over the old one instead.
        self._reader = PhotoCanvas(self)
        self._reader.hide()
        self._new = LargePicture(session, self._reader)
        self.strip = FilmStrip(session)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 100)
        self.slider.setValue(50)
        self.slider_words = QLabel()
        self.slider_words.setBuddy(self.slider)
        self.ways = {way: QRadioButton() for way in OverlayWay}
        self._group = QButtonGroup(self)
        for way, button in self.ways.items():
            self._group.addButton(button)
            button.clicked.connect(lambda _=False, chosen=way: self.choose(chosen))
        self.ways[OverlayWay.SEE_THROUGH].setChecked(True)
        self.strip_title = QLabel()
        self._lay_out()
        self.slider.valueChanged.connect(lambda value: self.canvas.set_share(value / 100))
        self.canvas.share_changed.connect(lambda share: self.slider.setValue(round(share * 100)))
        self.strip.photo_chosen.connect(self._show_new)
        self.retranslate()

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        for button in self.ways.values():
            tools.addWidget(button)
        tools.addSpacing(12)
        tools.addWidget(self.slider_words)
        tools.addWidget(self.slider, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.canvas, 1)
        column.addLayout(tools)
        column.addWidget(self.strip_title)
        column.addWidget(self.strip)

    def choose(self, way: OverlayWay) -> None:
        """Lay the new picture over in this way."""
        self.ways[way].setChecked(True)
        self.canvas.set_way(way)

    def show_old(self, photo: Photo | None) -> None:
        """Show the picture below."""
        self._old.show_photo(photo)

    def show_candidates(self, keys: Sequence[str], new: str) -> None:
        """Offer these pictures, and lay one of them over."""
        self.strip.show_keys(keys, new)
        self._show_new(new)

    def _show_new(self, uuid: str) -> None:
        photo = self._session.context.catalogue.get(Photo, uuid) if uuid else None
        self.new_uuid = uuid if photo is not None else ""
        if photo is None:
            self._new.show_photo(None)
            self._lay_over()
        else:
            self._new.show_photo(photo, on_shown=self._lay_over)
            self._lay_over()

    def _lay_over(self) -> None:
        self.canvas.show_over(self._reader.pixmap)

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        names = {
            OverlayWay.SEE_THROUGH: _("See through"),
            OverlayWay.SWIPE: _("Swipe"),
            OverlayWay.BLINK: _("Blink"),
        }
        for way, button in self.ways.items():
            button.setText(names[way])
        self.slider_words.setText(_("Old ↔ new:"))
        self.slider.setAccessibleName(_("How much of the new picture is seen"))
        self.canvas.setAccessibleName(_("New picture over the old one"))
        self.strip_title.setText(_("New picture: choose one of the site"))
        self.strip.setAccessibleName(_("New picture: choose one of the site"))
