"""The map as a still drawing with zoom buttons, for computers without QtWebEngine."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from geopark_app.i18n import gettext as _
from geopark_app.maps.drawing import A4_LANDSCAPE, overview_map
from geopark_app.maps.layers import MapSite
from geopark_app.maps.wording import MapLanguage

_STEP = 1.25
_LARGEST = 8.0


class _Area(QScrollArea):
    """Says when its room has changed: the drawing then fills it again."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class StillMap(QWidget):
    """Shows the overview drawing of `maps/`, the same that is printed."""

    def __init__(self, parent: QWidget | None = None, *, epsg: int) -> None:
        super().__init__(parent)
        self._epsg = epsg
        self._zoom = 1.0
        self._sentence = QLabel(self, wordWrap=True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._drawing = QSvgWidget()
        self._area = _Area(self)
        self._area.resized.connect(self._resize_drawing)
        self._area.setWidget(self._drawing)
        self._area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._smaller = self._button("−", 1 / _STEP)
        self._larger = self._button("+", _STEP)
        self._whole = self._button("", 0.0)
        row = QHBoxLayout()
        row.addWidget(self._sentence, 1)
        for button in (self._smaller, self._larger, self._whole):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.addLayout(row)
        layout.addWidget(self._area, 1)

    @property
    def sentence(self) -> str:
        """Give the sentence above the map."""
        return self._sentence.text()

    def explain(self, sentence: str) -> None:
        """Say why the map stands still."""
        self._sentence.setText(sentence)

    def show_sites(self, sites: Sequence[MapSite], language: str) -> None:
        """Draw these sites with words in "vi" or "en"."""
        drawn = overview_map(
            sites,
            size_mm=A4_LANDSCAPE,
            epsg=self._epsg,
            language=MapLanguage(language),
            for_screen=True,
        )
        self._drawing.load(QByteArray(drawn.svg.encode("utf-8")))
        self._drawing.setAccessibleName(_("Still map of the sites"))
        self._smaller.setToolTip(_("Smaller"))
        self._larger.setToolTip(_("Larger"))
        self._whole.setText(_("Whole map"))
        for button in (self._smaller, self._larger):
            button.setAccessibleName(button.toolTip())
        self._resize_drawing()

    def zoom_by(self, factor: float) -> None:
        """Enlarge by the factor; 0 shows the whole map again."""
        self._zoom = min(max(self._zoom * factor, 1.0), _LARGEST) if factor else 1.0
        self._resize_drawing()

    def _button(self, text: str, factor: float) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.clicked.connect(lambda: self.zoom_by(factor))
        return button

    def _resize_drawing(self) -> None:
        room = self._area.maximumViewportSize()
        width_mm, height_mm = A4_LANDSCAPE
        scale = min(room.width() / width_mm, room.height() / height_mm) * self._zoom
        self._drawing.resize(QSize(int(width_mm * scale), int(height_mm * scale)))
