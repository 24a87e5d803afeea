"""The tools for lines and areas: draw one, change its corners, measure."""

import json
from typing import Any

from PySide6.QtGui import QGuiApplication

from geopark_app.domain.change import Changes
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.kinds import Route, Site, SiteExtent
from geopark_app.gui.map.pencil import Drawn
from geopark_app.gui.map_room.gestures import (
    offer_measure,
    shape_remarks,
    shape_words,
    title_of_route,
    title_of_site,
)
from geopark_app.gui.map_room.tool_in_hand import Hand, Tool
from geopark_app.i18n import gettext as _
from geopark_app.maps.shapes import EXTENT_COLOUR, route_colour
from geopark_app.operations.context import AppContext
from geopark_app.operations.map_editing import (
    MadeOnMap,
    ShapeReport,
    add_extent,
    look_at_shape,
    set_shape,
)

_MEASURE_COLOUR = "#b85c00"
_LONGEST_LIVE = 200_000


class ShapeTool(Tool):
    """Shows the measures of what is drawn, and what speaks against it."""

    is_area = False

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self.drawn: Drawn | None = None
        self.figure = ""

    def moved(self, drawn: Drawn) -> None:
        self.drawn = drawn
        if not drawn.geojson:
            self.hand.strip.show_figure("")
            self.hand.pencil.order("figure", text="")
            return
        if len(drawn.geojson) < _LONGEST_LIVE:
            self._show_figure(drawn)
        self.look_soon()

    def look(self) -> None:
        drawn = self.drawn
        if drawn is None or not drawn.geojson or drawn.mode == "measure":
            return

        def show(found: object) -> None:
            assert isinstance(found, ShapeReport)
            self._show_report(drawn, found)

        self.look_beside(lambda context: look_at_shape(context, drawn.geojson), show)

    def too_short(self) -> None:
        words = (
            _("An area needs at least three corners.")
            if self.is_area
            else _("A line needs at least two points.")
        )
        self.hand.strip.show_remarks(words, is_alarming=True)

    def _show_figure(self, drawn: Drawn) -> None:
        try:
            report = look_at_shape(self.hand.session.context, drawn.geojson, only_measure=True)
        except GeoparkError:
            return
        self.figure = shape_words(report, is_area=_is_area(drawn.geojson))
        self.hand.strip.show_figure(self.figure)
        lon, lat = drawn.last or (None, None)
        cross = list(report.crossing) if report.crossing else None
        self.hand.pencil.order("figure", text=self.figure, lat=lat, lon=lon, cross=cross)

    def _show_report(self, drawn: Drawn, report: ShapeReport) -> None:
        if self.drawn is drawn:
            words = shape_remarks(report)
            self.hand.strip.show_remarks(words, is_alarming=bool(words))


class Measure(ShapeTool):
    """Measures on the ellipsoid and saves nothing."""

    def __init__(self, hand: Hand, *, is_area: bool) -> None:
        super().__init__(hand)
        self.is_area = is_area
        hand.strip.copied.connect(self._copy)

    def begin(self) -> None:
        self.retranslate()
        order_drawing(self.hand, "measure", is_area=self.is_area, colour=_MEASURE_COLOUR)

    def retranslate(self) -> None:
        self.hand.strip.begin(
            _("Area: click its corners; a double click or Enter ends it, Esc closes.")
            if self.is_area
            else _("Distance: click along the way; a double click or Enter ends it, Esc closes."),
            line=True,
            copy=True,
        )

    def finished(self, drawn: Drawn) -> None:
        self._show_figure(drawn)

    def _copy(self) -> None:
        if self.figure:
            QGuiApplication.clipboard().setText(self.figure)


class DrawShape(ShapeTool):
    """Draws the extent of a site or the line of a route; one that crosses itself is put right."""

    def __init__(self, hand: Hand, owner: Site | Route, *, is_area: bool) -> None:
        super().__init__(hand)
        self.owner = owner
        self.is_area = is_area

    def begin(self) -> None:
        self.retranslate()
        order_drawing(self.hand, "draw", is_area=self.is_area, colour=colour_of(self.owner))

    def retranslate(self) -> None:
        strip, owner = self.hand.strip, self.owner
        if isinstance(owner, Route):
            title = _("Line of route {route}").format(route=title_of_route(owner))
        elif self.is_area:
            title = _("Area of {site}").format(site=title_of_site(owner))
        else:
            title = _("Line of {site}").format(site=title_of_site(owner))
        words = _(
            "{what}: click its corners; Backspace takes the last one back. A double click or "
            "Enter saves, Esc gives up."
        )
        strip.begin(words.format(what=title), line=True, save=True, purpose=isinstance(owner, Site))

    def finished(self, drawn: Drawn) -> None:
        if self.is_saving or not drawn.geojson:
            return
        if self._is_crossing(drawn):
            return
        owner, geojson = self.owner, drawn.geojson
        purpose = str(self.hand.strip.purpose.currentData() or "site")
        is_site_area = self.is_area and purpose == "site"
        name = title_of_route(owner) if isinstance(owner, Route) else title_of_site(owner)
        reason = _("Draw on the map: {name}").format(name=name)

        def work(context: AppContext) -> MadeOnMap:
            if isinstance(owner, Route):
                return set_shape(context, owner, geojson, reason=reason)
            return add_extent(context, owner.uuid, geojson, purpose=purpose, reason=reason)

        self.save_shape(work, geojson, owner, is_offered=isinstance(owner, Route) or is_site_area)

    def save_shape(self, work: Any, geojson: str, owner: Site | Route, *, is_offered: bool) -> None:
        """Save, then say the measure and offer it where the owner has a field for it."""
        session, is_area = self.hand.session, _is_area(geojson)
        report = look_at_shape(session.context, geojson, only_measure=True)

        def done(made: object) -> None:
            saved = made if isinstance(made, Changes) else Changes()
            fresh = session.context.catalogue.get(type(owner), owner.uuid)
            if fresh is not None and is_offered:
                offer_measure(session, fresh, report, is_area=is_area, saved=saved)
            else:
                offer_measure(session, None, report, is_area=is_area, saved=saved)

        self.save(work, done)

    def _is_crossing(self, drawn: Drawn) -> bool:
        """Keep a crossing outline in hand with its corners: nothing drawn is lost."""
        report = look_at_shape(self.hand.session.context, drawn.geojson, only_measure=True)
        if report.crossing is None:
            return False
        geometry = json.loads(drawn.geojson)
        if drawn.mode == "draw":
            colour = colour_of(self.owner)
            self.hand.pencil.order("begin", mode="edit", geometry=geometry, colour=colour)
        self.drawn = drawn
        self.hand.strip.show_remarks(shape_remarks(report), is_alarming=True)
        return True


class ChangeShape(DrawShape):
    """Moves, adds and takes away corners of a shape that is there."""

    def __init__(self, hand: Hand, record: SiteExtent | Route, owner: Site | Route) -> None:
        super().__init__(hand, owner, is_area=_is_area(record.geojson or ""))
        self.record = record

    def begin(self) -> None:
        self.retranslate()
        self.hand.pencil.order(
            "begin",
            mode="edit",
            id=self.record.uuid,
            geometry=json.loads(self.record.geojson or ""),
            colour=colour_of(self.owner),
        )

    def retranslate(self) -> None:
        owner = self.owner
        name = title_of_route(owner) if isinstance(owner, Route) else title_of_site(owner)
        words = _(
            "{name}: drag corners; drag the small ones between to add, right-click one to take "
            "it away; Ctrl+Z turns a step back. A double click or Enter saves, Esc gives up."
        )
        self.hand.strip.begin(words.format(name=name), save=True)

    def finished(self, drawn: Drawn) -> None:
        if self.is_saving or not drawn.geojson or self._is_crossing(drawn):
            return
        record, geojson, owner = self.record, drawn.geojson, self.owner
        name = title_of_route(owner) if isinstance(owner, Route) else title_of_site(owner)
        reason = _("Change on the map: {name}").format(name=name)

        def work(context: AppContext) -> MadeOnMap:
            return set_shape(context, record, geojson, reason=reason)

        is_offered = isinstance(record, Route) or (self.is_area and record.purpose == "site")
        self.save_shape(work, geojson, owner, is_offered=is_offered)


def order_drawing(hand: Hand, mode: str, *, is_area: bool, colour: str) -> None:
    """Command the page to let a line or area be drawn, with the tips in this language."""
    texts = {
        "firstVertex": _("Click the first point"),
        "continueLine": _("Click the next point"),
        "finishLine": _("Double click or Enter ends the line"),
        "finishPoly": _("Double click or Enter closes the area"),
    }
    shape = "Polygon" if is_area else "Line"
    hand.pencil.order("begin", mode=mode, shape=shape, colour=colour, texts=texts)


def colour_of(owner: Site | Route) -> str:
    """Give the colour a shape of this record is drawn in."""
    return route_colour(owner.number or 0) if isinstance(owner, Route) else EXTENT_COLOUR


def _is_area(geojson: str) -> bool:
    return '"Polygon"' in geojson[:200] or '"MultiPolygon"' in geojson[:200]
