"""One layer in the panel of the map: shown or not, its name, its place and how strong it is."""

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.kinds import MapLayer
from geopark_app.gui import theme
from geopark_app.gui.icons import icon
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _
from geopark_app.operations.map_layers import BASEMAP
from geopark_app.operations.map_overlays import colour_of
from geopark_app.wording.basemaps import form_words, size_words

_KEEP_AFTER_MS = 500
_SWATCH = 14


class LayerRow(QFrame):
    """A row; what the person does is told, never done here.

    Signals
    -------
    visible_wanted(str, bool), opacity_wanted(str, float), deed_wanted(str, str)
        For the layer of this key; deeds are `up`, `down`, `zoom`, `labels`, `style`, `cut`,
        `check`, `find`, `change`, `remove`.
    """

    visible_wanted = Signal(str, bool)
    opacity_wanted = Signal(str, float)
    deed_wanted = Signal(str, str)

    def __init__(
        self,
        layer: MapLayer,
        kind_words: str,
        *,
        is_here: bool,
        may_write: bool,
        edges: str,
        away: str = "",
    ) -> None:
        super().__init__()
        self.layer = layer
        self.labels: QAction | None = None
        self.setProperty("look", "panel")
        name = layer.name_en if active() == "en" and layer.name_en else layer.name_vi or ""
        self.shown = QCheckBox()
        self.shown.setIcon(_swatch(colour_of(layer)))
        self.shown.setAccessibleName(_("Show {name} on the map").format(name=name))
        self.shown.setToolTip(self.shown.accessibleName())
        self.name = QLabel(name)
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setWordWrap(True)
        self.name.setProperty("look", "strong")
        self.shown.toggled.connect(lambda on: self.visible_wanted.emit(layer.uuid, on))
        self.facts = QLabel(_facts(layer, kind_words, is_here=is_here, away=away))
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.facts.setWordWrap(True)
        self.facts.setProperty("look", "muted" if is_here else "error")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(10, 100)
        self.slider.setSingleStep(5)
        self.slider.setPageStep(20)
        self.slider.setToolTip(_("Opacity"))
        self.slider.setAccessibleName(_("Opacity of {name}").format(name=name))
        self._pause = QTimer(self, singleShot=True, interval=_KEEP_AFTER_MS)
        self._pause.timeout.connect(self._tell_opacity)
        self.slider.valueChanged.connect(lambda _value: self._pause.start())
        self.up, self.down = self._arrow("arrow-up", "up"), self._arrow("arrow-down", "down")
        self.up.setAccessibleName(_("Put {name} higher").format(name=name))
        self.down.setAccessibleName(_("Put {name} lower").format(name=name))
        for button in (self.up, self.down):
            button.setToolTip(button.accessibleName())
        self.up.setEnabled(may_write and edges not in {"top", "both"})
        self.down.setEnabled(may_write and edges not in {"bottom", "both"})
        self.more = QToolButton()
        self.more.setIcon(icon("dots-vertical"))
        self.more.setAutoRaise(True)
        self.more.setAccessibleName(_("More about {name}").format(name=name))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(self._menu(may_write=may_write))
        for part in (self.shown, self.slider):
            part.setEnabled(may_write)
        self.show_style(layer)
        self._lay_out()

    def show_style(self, layer: MapLayer) -> None:
        """Show what may have changed while the row stays; a slider in hand is left alone."""
        self.layer = layer
        opacity = 1.0 if layer.opacity is None else layer.opacity
        parts = [self.shown, self.slider, *([self.labels] if self.labels else [])]
        for part in parts:
            part.blockSignals(True)
        self.shown.setChecked(layer.is_visible is not False)
        if self.labels is not None:
            self.labels.setChecked(bool(layer.has_labels))
        if not (self._pause.isActive() or self.slider.isSliderDown()):
            self.slider.setValue(round(opacity * 100))
        for part in parts:
            part.blockSignals(False)

    def flush(self) -> None:
        """Tell the opacity that was chosen just now, before the row goes."""
        if self._pause.isActive():
            self._pause.stop()
            self._tell_opacity()

    def _arrow(self, sign: str, deed: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(sign))
        button.setAutoRaise(True)
        button.clicked.connect(lambda: self.deed_wanted.emit(self.layer.uuid, deed))
        return button

    def _menu(self, *, may_write: bool) -> QMenu:
        menu = QMenu(self)
        words = {
            "zoom": _("Show the whole layer"),
            "labels": _("Names on the map"),
            "style": _("Colour, line and labels…"),
            "cut": _("Cut map for area…"),
            "check": _("Check the tiles"),
            "find": _("Find the file…"),
            "change": _("Details of the layer…"),
            "remove": _("Remove the layer"),
        }
        is_basemap = self.layer.layer_kind == BASEMAP
        for deed in ("labels", "style") if is_basemap else ("cut", "check", "find"):
            del words[deed]
        for deed, text in words.items():
            action = menu.addAction(text)
            action.setEnabled(may_write or deed in {"zoom", "cut", "check"})
            if deed == "labels":
                action.setCheckable(True)
                self.labels = action
            action.triggered.connect(
                lambda _checked=False, deed=deed: self.deed_wanted.emit(self.layer.uuid, deed)
            )
        return menu

    def _tell_opacity(self) -> None:
        self.opacity_wanted.emit(self.layer.uuid, self.slider.value() / 100)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.shown)
        head.addWidget(self.name, 1)
        for button in (self.up, self.down, self.more):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 4, 8)
        column.setSpacing(3)
        column.addLayout(head)
        column.addWidget(self.facts)
        column.addWidget(self.slider)


def _swatch(colour: str) -> QIcon:
    side = theme.scaled(_SWATCH)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    ink = QColor(colour)
    painter.setPen(ink)
    ink.setAlpha(90)
    painter.setBrush(ink)
    painter.drawRect(1, 1, side - 3, side - 3)
    painter.end()
    return QIcon(picture)


def _facts(layer: MapLayer, kind_words: str, *, is_here: bool, away: str) -> str:
    if not is_here:
        is_basemap = layer.layer_kind == BASEMAP
        return away if is_basemap else _("The file of this layer is not on this laptop.")
    parts = [kind_words]
    if layer.layer_kind == BASEMAP:
        parts.append(form_words(layer.tile_format or ""))
        parts.append(_("zooms {low} to {high}").format(low=layer.min_zoom, high=layer.max_zoom))
        parts.append(size_words(layer.byte_count or 0))
    if layer.is_official:
        parts.append(_("official"))
    if layer.dated_on:
        parts.append(layer.dated_on)
    if layer.area_km2 and layer.layer_kind in {"boundary", "communes"}:
        area = QLocale().toString(layer.area_km2, "f", 1)
        parts.append(f"{area}\u00a0km²")
    return " · ".join(parts)


class EmptyLayers(QWidget):
    """What stands in the panel while there is no layer."""

    def __init__(self) -> None:
        super().__init__()
        words = QLabel(
            _(
                "No layers yet. Import the communes, the official boundary, protected areas, "
                "geology, roads or the GPX track of the day."
            )
        )
        words.setWordWrap(True)
        words.setProperty("look", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 8, 4, 8)
        column.addWidget(words)
