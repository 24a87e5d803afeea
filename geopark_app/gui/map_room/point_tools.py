"""The tools with a ghost: a site is moved, or a new one set where the person points."""

from PySide6.QtCore import Signal

from geopark_app.domain.kinds import Site
from geopark_app.domain.position import Position
from geopark_app.geo.measure import distance_m
from geopark_app.geo.position import format_wgs84
from geopark_app.gui.map.pencil import Drawn
from geopark_app.gui.map_room.gestures import (
    MovedSite,
    offer_place,
    place_words,
    save_move,
    title_of_site,
)
from geopark_app.gui.map_room.tool_in_hand import Hand, Tool
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _
from geopark_app.operations.context import AppContext
from geopark_app.operations.locating import Place, place_at
from geopark_app.operations.map_editing import ChosenPoint, MadeOnMap, add_site_at
from geopark_app.wording.measuring import length_words

_FAR_ZOOM, _NEAR_ZOOM = 11, 13
_SAME_DEG = 1e-6


class PointTool(Tool):
    """A ghost that is dragged, clicked, nudged by arrow keys or typed to its place."""

    def __init__(self, hand: Hand, site: Site | None) -> None:
        super().__init__(hand)
        self.site = site
        self.at: ChosenPoint | None = None
        self._typed: ChosenPoint | None = None

    @property
    def start(self) -> Position | None:
        """Where the site lies now, if it does anywhere."""
        at = self.site.position if self.site is not None else None
        return at if at is not None and at.is_known else None

    def moved(self, drawn: Drawn) -> None:
        if drawn.point is None:
            return
        self.at = self._as_typed(drawn.point)
        self.hand.strip.show_figure(self._figure(self.at))
        self.look_soon()

    def finished(self, drawn: Drawn) -> None:
        if drawn.point is not None and not self.is_saving:
            self.at = self._as_typed(drawn.point)
            self.save_at(self.at)

    def save_at(self, at: ChosenPoint) -> None:
        """Save the point chosen."""
        raise NotImplementedError

    def too_short(self) -> None:
        self.hand.strip.show_remarks(_("Click the place first."), is_alarming=True)

    def look(self) -> None:
        at, site = self.at, self.site
        if at is None:
            return

        def show(found: object) -> None:
            assert isinstance(found, Place)
            words, is_alarming = place_words(found)
            self.hand.strip.show_remarks(words, is_alarming=is_alarming)

        self.look_beside(lambda context: place_at(context, at.lon, at.lat, site=site), show)

    def note_typed(self, lon: float, lat: float, text: str) -> None:
        self._typed = ChosenPoint(lon=lon, lat=lat, typed=text)

    def _as_typed(self, point: ChosenPoint) -> ChosenPoint:
        """Give the point as it was typed, unless the hand has moved it since."""
        typed = self._typed
        if typed is None:
            return point
        is_there = abs(typed.lon - point.lon) < _SAME_DEG and abs(typed.lat - point.lat) < _SAME_DEG
        if is_there:
            return typed
        self._typed = None
        return point

    def _figure(self, at: ChosenPoint) -> str:
        position = Position(lon=at.lon, lat=at.lat, quality="exact", accuracy_m=1.0)
        words = format_wgs84(position, language=active(), notation="decimal")
        start = self.start
        if start is None or start.lon is None or start.lat is None:
            return words
        way = length_words(distance_m(start.lon, start.lat, at.lon, at.lat))
        return _("{place} · {distance} from where it was").format(place=words, distance=way)


class MoveSite(PointTool):
    """Moves one site; clicks on the map never do."""

    def begin(self) -> None:
        start = self.start
        self.retranslate()
        near = start is not None and start.is_pin
        self.hand.pencil.order(
            "begin",
            mode="move",
            lat=start.lat if start is not None else None,
            lon=start.lon if start is not None else None,
            zoom=_NEAR_ZOOM if near else _FAR_ZOOM,
        )

    def retranslate(self) -> None:
        assert self.site is not None
        words = _(
            "Move {site}: drag the cross, click, or use the arrow keys (with Shift ten times as "
            "far). Enter or a double click saves, Esc gives up."
        )
        self.hand.strip.begin(words.format(site=title_of_site(self.site)), line=True, save=True)

    def save_at(self, at: ChosenPoint) -> None:
        site, start = self.site, self.start
        assert site is not None
        is_still = start is not None and (start.lon, start.lat) == (at.lon, at.lat)
        if is_still:
            self.hand.put_away()
            return
        session = self.hand.session

        def done(result: object) -> None:
            assert isinstance(result, MovedSite)
            session.messages.done(
                _("“{site}” was moved; its position is now “read from a map”.").format(
                    site=title_of_site(site)
                )
                if not at.typed
                else _("“{site}” was moved.").format(site=title_of_site(site)),
                about=result.changes.touched,
            )
            offer_place(session, result.offer, result.changes)

        def work(context: AppContext) -> MovedSite:
            return save_move(context, site, at)

        self.save(work, done)


class AddSite(PointTool):
    """Makes a site where the person points, and opens its form.

    Signals
    -------
    added(str)
        The key of the new site.
    """

    added = Signal(str)

    def begin(self) -> None:
        self.retranslate()
        self.hand.pencil.order("begin", mode="add")

    def retranslate(self) -> None:
        self.hand.strip.begin(
            _(
                "New site: click its place, drag the cross or use the arrow keys. Enter or a "
                "double click makes the site and opens its form, Esc gives up."
            ),
            line=True,
            save=True,
        )

    def save_at(self, at: ChosenPoint) -> None:
        reason = _("Add site {code} on the map")

        def done(result: object) -> None:
            assert isinstance(result, MadeOnMap)
            self.added.emit(result.uuid)

        def work(context: AppContext) -> MadeOnMap:
            return add_site_at(context, at, reason=reason)

        self.save(work, done)
