"""The tools above the map: add and move sites, draw and change lines and areas, measure."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from geopark_app.domain.change import Changes
from geopark_app.domain.kinds import KINDS, Route, Site, SiteExtent
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.map.pencil import Drawn
from geopark_app.gui.map.widget import MapView
from geopark_app.gui.map_room.gestures import shape_words, title_of_route
from geopark_app.gui.map_room.page_export import PageExportDialog
from geopark_app.gui.map_room.point_tools import AddSite, MoveSite
from geopark_app.gui.map_room.shape_menu import ShapeDeeds, fill_shape_menu
from geopark_app.gui.map_room.shape_tools import ChangeShape, DrawShape, Measure
from geopark_app.gui.map_room.tool_in_hand import Hand, Tool
from geopark_app.gui.map_room.tool_strip import ToolStrip
from geopark_app.gui.records_room.deeds import trash_record
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.maps.shapes import MapShape, shapes_document
from geopark_app.operations.map_editing import look_at_shape, set_shape
from geopark_app.operations.map_shapes import map_shapes
from geopark_app.operations.vocabularies import terms

_DRAWN_KINDS = {"site", "site_extent", "route"}
_OWN_PURPOSES = {"Polygon": "site", "Line": "section"}


class MapTools(LanguageAware, QWidget):
    """A row of buttons, and below it the strip of the tool in hand.

    Attributes
    ----------
    add_button, move_button, shapes_button, measure_button, page_button : QToolButton
        The tools.
    strip : ToolStrip
        Shown while a tool is in hand.
    tool : Tool or None
        The tool in hand.
    """

    def __init__(self, session: Session, view: MapView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._view = view
        self._selected = ""
        self._only: frozenset[str] | None = None
        self._shapes: list[MapShape] = []
        self._chosen = ""
        self.tool: Tool | None = None
        self.strip = ToolStrip()
        self.add_button = self._button("map-marker-plus-outline")
        self.move_button = self._button("cursor-move")
        self.shapes_button = self._button("vector-polygon")
        self.measure_button = self._button("ruler")
        self.page_button = self._button("file-export-outline")
        self._hand = Hand(
            session=session, pencil=view.pencil, strip=self.strip, put_away=self.put_away
        )
        self._lay_out()
        self._connect()
        self.retranslate()

    # What the room tells -------------------------------------------------------------------

    def select(self, uuid: str) -> None:
        """Know which site is selected."""
        self._selected = uuid
        self._allow()

    def show_shapes(self, only: frozenset[str] | None) -> None:
        """Read the lines and areas of these sites, or of all, beside the window."""
        self._only = only
        context = self._session.context

        def work(_progress: ReportProgress, _cancel: CancelToken) -> list[MapShape]:
            return map_shapes(context, sites=only, stays_here=True)

        self._session.run_beside(work, while_alive(self, self._take_shapes))

    def put_away(self) -> None:
        """End the tool in hand; what was not saved is gone."""
        tool, self.tool = self.tool, None
        self._chosen = ""
        self.strip.hide()
        self._view.pencil.order("choose", id="")
        if tool is not None:
            self._view.pencil.order("stop")
            tool.deleteLater()
        self._allow()

    # Tools ---------------------------------------------------------------------------------

    def move_site(self) -> None:
        """Take the tool that moves the site selected."""

        def begin() -> None:
            site = self._site()
            if site is not None:
                self._take(MoveSite(self._hand, site))

        # What is typed in an open form is saved first: the move starts from it.
        self._session.after_saving(begin)

    def add_site(self) -> None:
        """Take the tool that makes a site where the person points."""
        tool = AddSite(self._hand, None)
        tool.added.connect(self._session.site_requested)
        self._take(tool)

    def measure_shape(self, *, is_area: bool) -> None:
        """Take the tape."""
        self._take(Measure(self._hand, is_area=is_area))

    def draw(self, kind: str, owner_uuid: str, shape: str) -> None:
        """Take the pencil for a new shape of a site, or the line of a route."""

        def begin() -> None:
            record_type = Route if kind == "route" else Site
            owner = self._session.context.catalogue.get(record_type, owner_uuid)
            if isinstance(owner, Site | Route):
                self._fill_purposes(_OWN_PURPOSES[shape])
                self._take(DrawShape(self._hand, owner, is_area=shape == "Polygon"))

        self._session.after_saving(begin)

    def change(self, kind: str, uuid: str) -> None:
        """Take the shape of a record into the hand."""

        def begin() -> None:
            found = self._shape_and_owner(kind, uuid)
            if found is not None:
                self._take(ChangeShape(self._hand, *found))

        self._session.after_saving(begin)

    def remove(self, kind: str, uuid: str) -> None:
        """Put an extent into the trash, or take the line of a route away; both can be undone."""
        found = self._shape_and_owner(kind, uuid)
        self.put_away()
        if found is None:
            return
        record = found[0]
        if isinstance(record, SiteExtent):
            trash_record(self._session, KINDS["site_extent"], record)
            return
        reason = _("Take the line of route {route} away").format(route=title_of_route(record))
        self._session.run(lambda context: set_shape(context, record, "", reason=reason))

    def export_page(self) -> None:
        """Offer the map as one file."""
        dialog = PageExportDialog(self._session, self.window(), only=self._only)
        self._session.after_saving(dialog.open)

    def _take(self, tool: Tool) -> None:
        self.put_away()
        self.tool = tool
        self._view.pencil.order("choose", id="")
        tool.begin()
        self._allow()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._view.web is not None:
            self._view.web.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # What the page tells -------------------------------------------------------------------

    def _take_shapes(self, shapes: list[MapShape]) -> None:
        self._shapes = shapes
        self._push_shapes()

    def _push_shapes(self) -> None:
        self._view.pencil.order("shapes", **shapes_document(self._shapes))

    def _begin_anew(self) -> None:
        """Start again with a page just loaded: it knows no shapes and holds no tool."""
        self.put_away()
        self._push_shapes()

    def _choose_shape(self, uuid: str) -> None:
        """Name the line or area clicked, and offer what can be done with it."""
        shape = next((one for one in self._shapes if one.uuid == uuid), None)
        if shape is None or self.tool is not None:
            return
        report = look_at_shape(self._session.context, shape.geojson, only_measure=True)
        measure = shape_words(report, is_area=report.area_m2 > 0)
        may_write = not self._session.is_read_only
        name = pick(shape.name_vi, shape.name_en)
        self.strip.begin(f"{name}: {measure}", change=may_write, trash=may_write)
        self._chosen = uuid
        self._view.pencil.order("choose", id=uuid)

    def _deed_on_chosen(self, deed: str) -> None:
        shape = next((one for one in self._shapes if one.uuid == self._chosen), None)
        if shape is not None:
            (self.change if deed == "change" else self.remove)(shape.kind, shape.uuid)

    def _moved(self, drawn: Drawn) -> None:
        if self.tool is not None:
            self.tool.moved(drawn)

    def _finished(self, drawn: Drawn) -> None:
        if self.tool is not None:
            self.tool.finished(drawn)

    def _too_short(self) -> None:
        if self.tool is not None:
            self.tool.too_short()

    def _typed(self, text: str) -> None:
        if self.tool is not None:
            self.tool.typed(text)

    def _step(self, is_undo: bool) -> None:
        (self._session.undo_step if is_undo else self._session.redo_step)()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # With a tool in hand Ctrl+Z turns a corner back, not the last save.
        is_asked = event.type() == QEvent.Type.ShortcutOverride and self.tool is not None
        if (
            is_asked
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
        ):
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _note_changes(self, changes: Changes) -> None:
        if self.isVisible() and any(kind in _DRAWN_KINDS for kind, _uuid in changes.touched):
            self.show_shapes(self._only)

    # Parts ---------------------------------------------------------------------------------

    def _site(self) -> Site | None:
        uuid = self._selected
        return self._session.context.catalogue.get(Site, uuid) if uuid else None

    def _shape_and_owner(
        self, kind: str, uuid: str
    ) -> tuple[SiteExtent | Route, Site | Route] | None:
        catalogue = self._session.context.catalogue
        if kind == "route":
            route = catalogue.get(Route, uuid)
            return (route, route) if route is not None and route.geojson else None
        extent = catalogue.get(SiteExtent, uuid)
        site = catalogue.get(Site, extent.site_uuid or "") if extent is not None else None
        if extent is None or site is None or not extent.geojson:
            return None
        return extent, site

    def _fill_purposes(self, wanted: str) -> None:
        box = self.strip.purpose
        box.clear()
        for term in terms(self._session.context, "extent_purpose"):
            box.addItem(pick(term.label_vi, term.label_en), term.code)
        box.setCurrentIndex(max(0, box.findData(wanted)))

    def _fill_shapes(self) -> None:
        deeds = ShapeDeeds(draw=self.draw, change=self.change, remove=self.remove)
        fill_shape_menu(self.shapes_button.menu(), self._session.context, self._site(), deeds)

    def _allow(self) -> None:
        is_live = self._view.web is not None
        may_write = is_live and not self._session.is_read_only
        self.add_button.setEnabled(may_write)
        self.move_button.setEnabled(may_write and self._site() is not None)
        self.shapes_button.setEnabled(may_write)
        self.measure_button.setEnabled(is_live)
        for button, kinds in (
            (self.add_button, AddSite),
            (self.move_button, MoveSite),
            (self.shapes_button, DrawShape),
            (self.measure_button, Measure),
        ):
            button.setChecked(isinstance(self.tool, kinds))

    def _button(self, sign: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(sign))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setProperty("look", "button")
        button.setCheckable(True)
        return button

    def _connect(self) -> None:
        self.add_button.clicked.connect(lambda _checked=False: self.add_site())
        self.move_button.clicked.connect(lambda _checked=False: self.move_site())
        self.page_button.clicked.connect(lambda _checked=False: self.export_page())
        self.page_button.setCheckable(False)
        for button in (self.shapes_button, self.measure_button):
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            button.setMenu(QMenu(button))
        self.shapes_button.menu().aboutToShow.connect(self._fill_shapes)
        self._distance = self.measure_button.menu().addAction(icon("ruler"), "")
        self._area = self.measure_button.menu().addAction(icon("ruler-square"), "")
        self._distance.triggered.connect(lambda _c=False: self.measure_shape(is_area=False))
        self._area.triggered.connect(lambda _c=False: self.measure_shape(is_area=True))
        pencil, strip = self._view.pencil, self.strip
        pencil.hand_moved.connect(self._moved)
        pencil.hand_finished.connect(self._finished)
        pencil.hand_given_up.connect(self.put_away)
        pencil.hand_too_short.connect(self._too_short)
        pencil.shape_chosen.connect(self._choose_shape)
        pencil.steps_wanted.connect(self._step)
        strip.saved.connect(lambda: pencil.order("finish"))
        strip.given_up.connect(self.put_away)
        strip.typed.connect(self._typed)
        strip.changed.connect(lambda: self._deed_on_chosen("change"))
        strip.trashed.connect(lambda: self._deed_on_chosen("remove"))
        self._view.ready.connect(self._begin_anew)
        self._view.installEventFilter(self)
        self._session.changes.changes_stored.connect(self._note_changes)

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.add_button.setText(_("New site here"))
        self.add_button.setToolTip(_("Make a site where you click on the map"))
        self.move_button.setText(_("Move the site"))
        self.move_button.setToolTip(
            _("Move the site selected; clicks without this tool never move one")
        )
        self.shapes_button.setText(_("Lines and areas"))
        self.shapes_button.setToolTip(_("Extents of the site selected and lines of the routes"))
        self.measure_button.setText(_("Measure"))
        self.measure_button.setToolTip(_("Measure a distance or an area"))
        self._distance.setText(_("Distance"))
        self._area.setText(_("Area"))
        self.page_button.setText(_("Map as a file…"))
        self.page_button.setToolTip(
            _("Save this map as one file that opens in any browser, offline")
        )
        if self.tool is not None:
            self.tool.retranslate()
        self._allow()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(12, 5, 12, 5)
        row.setSpacing(6)
        for button in (self.add_button, self.move_button, self.shapes_button, self.measure_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.page_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self.strip)
