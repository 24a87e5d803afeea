"""The panel beside the map: the office's layers in their order, and the door to more of them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import MapLayer
from geopark_app.gui import theme
from geopark_app.gui.basemaps.panel_part import (
    BASEMAP_DEEDS,
    BasemapMenu,
    do_with_basemap,
    layers_here,
)
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.layers.opening import open_layer_import, open_layer_style
from geopark_app.gui.map_room.layer_row import EmptyLayers, LayerRow
from geopark_app.gui.records_room.record_dialog import RecordDialog
from geopark_app.gui.session import Session
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _
from geopark_app.operations.basemap_reading import where_to_copy
from geopark_app.operations.map_layers import (
    BOUNDARY,
    boundary_change,
    map_layers,
    move_layer,
    set_layer_style,
)
from geopark_app.operations.map_overlays import layer_bounds
from geopark_app.operations.records import delete_record
from geopark_app.operations.vocabularies import all_labels
from geopark_app.wording.layers import boundary_words

_WIDTH = 290


class LayerPanel(LanguageAware, QWidget):
    """Shows the layers, the top one first.

    Signals
    -------
    bounds_wanted(tuple)
        The person wants to see a whole layer: west, south, east, north.
    cutting_wanted(str), cover_wanted()
        A piece of the base map of this key, or of any; whether base maps cover an outing.
    """

    bounds_wanted = Signal(object)
    cutting_wanted = Signal(str)
    cover_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._options = FormOptions(session, self)
        self.rows: list[LayerRow] = []
        self._look: tuple[object, ...] = ()
        self.title = QLabel()
        self.title.setProperty("look", "heading")
        self.add = QPushButton()
        self.add.setIcon(icon("layers-plus"))
        self.add.setEnabled(not session.is_read_only)
        self.add.clicked.connect(lambda: open_layer_import(session, self.window()))
        self.base = BasemapMenu(session)
        self.base.cutting_wanted.connect(lambda: self.cutting_wanted.emit(""))
        self.base.cover_wanted.connect(self.cover_wanted)
        self.change = QLabel()
        self.change.setWordWrap(True)
        self.change.setTextFormat(Qt.TextFormat.PlainText)
        self.change.setProperty("look", "muted")
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 4, 0)
        self._list.setSpacing(6)
        self._lay_out()
        self.setMinimumWidth(theme.scaled(_WIDTH))
        self.retranslate()

    def reload(self) -> None:
        """Show the layers as they are now; the focus stays where it was."""
        context = self._session.context
        layers = map_layers(context)
        here = layers_here(context, layers)
        look = (active(), frozenset(here), *(_look(layer) for layer in layers))
        if look == self._look:
            for row, layer in zip(self.rows, layers, strict=True):
                row.show_style(layer)
            return
        self._look = look
        in_hand = self._row_in_hand()
        for row in self.rows:
            row.flush()
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        labels = all_labels(context, active())
        self.rows = []
        for at, layer in enumerate(layers):
            edges = _edges(at, len(layers))
            row = LayerRow(
                layer,
                labels.get(("layer_kind", layer.layer_kind or ""), ""),
                is_here=layer.uuid in here,
                away=where_to_copy(context, layer) if layer.uuid not in here else "",
                may_write=not self._session.is_read_only,
                edges=edges,
            )
            row.visible_wanted.connect(self._set_visible)
            row.opacity_wanted.connect(self._set_opacity)
            row.deed_wanted.connect(self._do)
            self.rows.append(row)
            self._list.addWidget(row)
        if not layers:
            self._list.addWidget(EmptyLayers())
        self._list.addStretch(1)
        self._show_change(layers)
        self._give_back_focus(*in_hand)

    def retranslate(self) -> None:
        self.title.setText(_("Layers"))
        self.add.setText(_("Import a map layer…"))
        self.base.retranslate()
        self.reload()

    def _row_in_hand(self) -> tuple[str, str]:
        """Give layer and part that have the focus, so that arrows can be pressed again."""
        for row in self.rows:
            for part in ("shown", "slider", "up", "down", "more"):
                if getattr(row, part).hasFocus():
                    return row.layer.uuid, part
        return "", ""

    def _give_back_focus(self, uuid: str, part: str) -> None:
        for row in self.rows:
            if row.layer.uuid == uuid:
                getattr(row, part).setFocus()

    def _show_change(self, layers: list[MapLayer]) -> None:
        """Say how the newest boundary differs; measured beside the window."""
        versions = [layer for layer in layers if layer.layer_kind == BOUNDARY]
        self.change.setVisible(False)
        if len(versions) < 2:
            return
        newest = max(versions, key=lambda one: (one.dated_on or "", one.sort_order or 0))
        context = self._session.context

        def show(words: str) -> None:
            self.change.setText(words)
            self.change.setVisible(bool(words))

        def work(_progress: object, _cancel: object) -> str:
            found = boundary_change(context, newest)
            return boundary_words(found) if found is not None else ""

        self._session.run_beside(work, while_alive(self, show), on_failed=lambda _error: None)

    def _set_visible(self, uuid: str, is_visible: bool) -> None:
        reason = _("Show a layer") if is_visible else _("Hide a layer")
        self._session.run(
            lambda context: set_layer_style(context, uuid, reason=reason, is_visible=is_visible)
        )

    def _set_opacity(self, uuid: str, opacity: float) -> None:
        reason = _("Opacity of a layer")
        self._session.run(
            lambda context: set_layer_style(context, uuid, reason=reason, opacity=opacity)
        )

    def _do(self, uuid: str, deed: str) -> None:
        layer = next((row.layer for row in self.rows if row.layer.uuid == uuid), None)
        if layer is None:
            return
        if deed in {"up", "down"}:
            by, reason = (1, _("Layer higher")) if deed == "up" else (-1, _("Layer lower"))
            self._session.run(lambda context: move_layer(context, uuid, by, reason=reason))
        elif deed == "labels":
            reason, wanted = _("Names of a layer"), not layer.has_labels
            self._session.run(
                lambda context: set_layer_style(context, uuid, reason=reason, has_labels=wanted)
            )
        elif deed == "zoom":
            context = self._session.context
            self._session.run_beside(
                lambda _progress, _cancel: layer_bounds(context, layer),
                while_alive(self, self.bounds_wanted.emit),
            )
        elif deed == "style":
            open_layer_style(self._session, layer, self.window())
        elif deed == "cut":
            self.cutting_wanted.emit(uuid)
        elif deed in BASEMAP_DEEDS:
            do_with_basemap(self._session, layer, deed, self)
        elif deed == "change":
            kind = kind_of(MapLayer)
            RecordDialog(self._session, self._options, kind, uuid, self.window()).open()
        elif deed == "remove":
            self._remove(layer)

    def _remove(self, layer: MapLayer) -> None:
        name = layer.name_vi or ""
        reason = _("Remove the layer {name}").format(name=name)

        def done(_changes: Changes) -> None:
            self._session.messages.done(
                _("The layer “{name}” is in the trash.").format(name=name),
                action=_("Undo"),
                on_action=self._session.undo_step,
            )

        self._session.run(
            lambda context: delete_record(context, "map_layer", layer.uuid, reason=reason), done
        )

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setProperty("look", "page")
        inner.setLayout(self._list)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 8, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.add)
        column.addWidget(self.base)
        column.addWidget(area, 1)
        column.addWidget(self.change)


def _look(layer: MapLayer) -> tuple[object, ...]:
    """Give what a row shows besides its style; its place among the others comes with it."""
    return (
        layer.uuid,
        layer.name_vi,
        layer.name_en,
        layer.layer_kind,
        layer.dated_on,
        layer.is_official,
        layer.area_km2,
        layer.colour,
        layer.sha256,
        layer.tile_format,
    )


def _edges(at: int, count: int) -> str:
    if count == 1:
        return "both"
    return "top" if at == 0 else "bottom" if at == count - 1 else ""
