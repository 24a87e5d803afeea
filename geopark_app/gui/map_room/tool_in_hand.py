"""What every tool of the map has: the page's pencil, the strip, and a way to put it away."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.geo.doctor.diagnosis import Verdict
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.map.pencil import Drawn, MapPencil
from geopark_app.gui.map_room.tool_strip import ToolStrip
from geopark_app.gui.session import Session
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _
from geopark_app.operations.context import AppContext
from geopark_app.operations.locating import Location, locate

_LOOK_AFTER_MS = 200
_TAKEN = {Verdict.OK, Verdict.NOTICE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """What a tool works with.

    Attributes
    ----------
    session : Session
        The open catalogue.
    pencil : MapPencil
        The tools of the page.
    strip : ToolStrip
        The line below the buttons.
    put_away : callable
        Ends the tool.
    """

    session: Session
    pencil: MapPencil
    strip: ToolStrip
    put_away: Callable[[], None]


class Tool(QObject):
    """One tool in hand; it lives from `begin` until it is put away."""

    def __init__(self, hand: Hand) -> None:
        super().__init__()
        self.hand = hand
        self.is_saving = False
        self._looked = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_LOOK_AFTER_MS)
        self._pause.timeout.connect(self.look)

    def begin(self) -> None:
        """Show the strip and command the page."""
        raise NotImplementedError

    def moved(self, drawn: Drawn) -> None:
        """Take what stands under the pencil now."""

    def finished(self, drawn: Drawn) -> None:
        """Take what the person is done with."""

    def too_short(self) -> None:
        """Say that corners are missing."""

    def look(self) -> None:
        """Look at the place when the hand rests."""

    def retranslate(self) -> None:
        """Say the instruction in the language now spoken."""

    def look_soon(self) -> None:
        """Look once the hand rests."""
        self._pause.start()

    def look_beside(
        self, work: Callable[[AppContext], object], show: Callable[[object], None]
    ) -> None:
        """Look things up beside the window; only the newest answer is shown."""
        self._looked += 1
        look, context = self._looked, self.hand.session.context

        def run(_progress: ReportProgress, _cancel: CancelToken) -> object:
            return work(context)

        def done(found: object) -> None:
            if look == self._looked and not self.is_saving:
                show(found)

        self.hand.session.run_beside(run, while_alive(self, done))

    def save(
        self, operation: Callable[[AppContext], object], done: Callable[[object], None]
    ) -> None:
        """Make the one save of the gesture; where it is refused, the tool stays in hand."""
        self.is_saving = True

        def landed(result: object) -> None:
            self.hand.put_away()
            done(result)

        def failed(error: BaseException) -> None:
            self.is_saving = False
            self.hand.session.messages.error(error)

        # Not bound to this tool: it goes when the save has landed, and its words must be said.
        self.hand.session.run(operation, landed, on_failed=while_alive(self, failed))

    def typed(self, text: str) -> None:
        """Put the pencil where typed coordinates say."""
        context = self.hand.session.context

        def show(found: object) -> None:
            assert isinstance(found, Location)
            self._place(found, text)

        self.look_beside(lambda _context: locate(context, text), show)

    def _place(self, found: Location, text: str) -> None:
        if found.diagnosis.problem is not None:
            words = found.diagnosis.problem.sentence(active())
            self.hand.strip.show_remarks(words, is_alarming=True)
            return
        if found.verdict not in _TAKEN:
            words = _(
                "These coordinates are doubtful, or can be read in several ways: check the place."
            )
            self.hand.strip.show_remarks(words, is_alarming=True)
        one = found.places[0].candidate
        self.note_typed(one.lon, one.lat, text)
        self.hand.pencil.order("place", lon=one.lon, lat=one.lat)
        self.hand.strip.line.clear()

    def note_typed(self, lon: float, lat: float, text: str) -> None:
        """Remember that this point was typed and not pointed at."""
