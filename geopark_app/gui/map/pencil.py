"""The tools of the map page as one object: it is commanded, and says what the hand did.

Like the bridge it knows nothing of the catalogue; what comes from the page is taken for foreign.
"""

import json
import math
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from geopark_app.operations.map_editing import ChosenPoint

_MOST_CHARACTERS = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What stands under the pencil.

    Attributes
    ----------
    mode : str
        `move`, `add`, `draw`, `measure` or `edit`.
    point : ChosenPoint or None
        Where the ghost of a site stands.
    geojson : str
        The line or area, or empty while there is none yet.
    last : tuple of float or None
        Lon, lat of its last corner, where a figure is shown.
    """

    mode: str
    point: ChosenPoint | None = None
    geojson: str = ""
    last: tuple[float, float] | None = None


class MapPencil(QObject):
    """Passes commands to the page and gestures to the window.

    Signals
    -------
    command(str)
        For the page: JSON with `do` and what belongs to it.
    hand_moved(Drawn), hand_finished(Drawn)
        The ghost or a corner moved; Enter or a double click.
    hand_given_up(), hand_too_short()
        Esc; Enter before there were enough corners.
    shape_chosen(str)
        A click on a line or area, by the key of its record.
    steps_wanted(bool)
        Ctrl+Z (True) or Ctrl+Y in the page while no tool is in hand.
    """

    command = Signal(str)
    hand_moved = Signal(object)
    hand_finished = Signal(object)
    hand_given_up = Signal()
    hand_too_short = Signal()
    shape_chosen = Signal(str)
    steps_wanted = Signal(bool)

    def order(self, do: str, **values: object) -> None:
        """Command the page."""
        self.command.emit(json.dumps({"do": do, **values}))

    @Slot(str)
    def changed(self, words: str) -> None:
        """Hear from the page that something under the pencil moved."""
        self._tell(self.hand_moved, words)

    @Slot(str)
    def finished(self, words: str) -> None:
        """Hear from the page that the person is done."""
        self._tell(self.hand_finished, words)

    @Slot()
    def givenUp(self) -> None:
        """Hear from the page that the person gave up."""
        self.hand_given_up.emit()

    @Slot()
    def tooShort(self) -> None:
        """Hear from the page that corners are missing."""
        self.hand_too_short.emit()

    @Slot(str)
    def shapeClicked(self, uuid: str) -> None:
        """Hear from the page that a line or area was clicked."""
        self.shape_chosen.emit(uuid)

    @Slot(bool)
    def undoWanted(self, is_undo: bool) -> None:
        """Hear from the page that a step is to be turned back, or brought back."""
        self.steps_wanted.emit(is_undo)

    def _tell(self, signal: Any, words: str) -> None:
        drawn = _drawn(words)
        if drawn is not None:
            signal.emit(drawn)


def _drawn(words: str) -> Drawn | None:
    """Read what the page says; anything odd is not heard."""
    if len(words) > _MOST_CHARACTERS:
        return None
    try:
        told = json.loads(words)
        mode, geometry = str(told["mode"]), told.get("geometry")
        point = _point(told["lon"], told["lat"]) if "lat" in told else None
        last = _last(geometry["coordinates"]) if geometry else None
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return None
    geojson = json.dumps(geometry, separators=(",", ":")) if geometry else ""
    return Drawn(mode=mode, point=point, geojson=geojson, last=last)


def _point(lon: object, lat: object) -> ChosenPoint:
    if not isinstance(lon, int | float) or not isinstance(lat, int | float):
        raise TypeError
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
        raise ValueError
    return ChosenPoint(lon=float(lon), lat=float(lat))


def _last(coordinates: Any) -> tuple[float, float]:
    """Give the last corner of a line, or the last but one of a closed outline."""
    ring = coordinates
    is_ring = False
    while not isinstance(ring[0][0], int | float):
        ring, is_ring = ring[0], True
    at = ring[-2] if is_ring and len(ring) > 1 else ring[-1]
    return float(at[0]), float(at[1])
