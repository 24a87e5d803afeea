"""The entries of one day in order: dragged, or moved by Alt and the arrow keys."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from geopark_app.domain.finding import Severity
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import KeyRole
from geopark_app.i18n import gettext as _
from geopark_app.operations.missions import AgendaDay, OpenMission
from geopark_app.rules.mission import TimedStop, clock_words
from geopark_app.wording.missions import drive_words, weather_words

_MARKS = {Severity.ERROR: "⚑", Severity.WARNING: "!", Severity.NOTE: "·"}
_ENTRY, _READINESS = 2, 6


class AgendaTree(QTreeWidget):
    """One version of a day.

    Signals
    -------
    ordered(list)
        Keys of the entries of this version in their new order.
    chosen_changed(str)
        Another entry is chosen; an empty text when none is.
    """

    ordered = Signal(list)
    chosen_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Entries of the day"))
        self.setHeaderLabels(
            [
                "", _("Time"), _("Entry"), _("Minutes"), _("Drive there"), _("Weather version"),
                _("Readiness"), _("Speaker"),
            ]
        )  # fmt: skip
        self.setRootIsDecorated(False)
        self.setAlternatingRowColors(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setToolTip(_("Drag an entry, or press Alt with the arrow keys, to move it"))
        for column, width in enumerate((26, 96, 200, 66, 124, 84, 106, 130)):
            self.setColumnWidth(column, theme.scaled(width))
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(_ENTRY, QHeaderView.ResizeMode.Stretch)
        self.currentItemChanged.connect(lambda _new, _old: self.chosen_changed.emit(self.chosen()))

    def show_day(self, mission: OpenMission, day: AgendaDay, weather: str) -> None:
        """Show one version of a day; the entry chosen stays chosen."""
        chosen = self.chosen()
        gravest: dict[str, Severity] = {}
        for one in mission.conflicts:
            if one.day == day.day and one.weather in {"", weather}:
                gravest.setdefault(one.stop, one.severity)
        self.blockSignals(True)
        self.clear()
        for timed in day.version(weather):
            self.addTopLevelItem(self._line(mission, timed, gravest.get(timed.stop.key)))
        self.blockSignals(False)
        self.choose(chosen)

    def _line(
        self, mission: OpenMission, timed: TimedStop, gravest: Severity | None
    ) -> QTreeWidgetItem:
        stop = mission.stops[timed.stop.key]
        record, state = stop.record, stop.readiness
        score = _("not checked") if stop.site and (state is None or state.score is None) else ""
        if state is not None and state.score is not None:
            score = f"{round(state.score * 100)} %"
        drive = timed.drive
        line = QTreeWidgetItem(
            [
                _MARKS[gravest] if gravest is not None else "",
                f"{clock_words(timed.begins)}–{clock_words(timed.leaves)}",
                stop.name or _("(no place yet)"),
                "" if record.minutes is None else str(record.minutes),
                drive_words(drive.minutes, drive.source) if drive else "",
                weather_words(record.weather or ""),
                score,
                record.speaker or "",
            ]
        )
        line.setData(0, KeyRole, record.uuid)
        # Entries stand one after the other: nothing is dropped into another one.
        line.setFlags(line.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
        for column in range(self.columnCount()):
            line.setToolTip(column, line.text(column))
        error = QColor(theme.colours().error)
        if state is not None and state.is_red:
            line.setText(_READINESS, f"{score} ⚑")
            line.setForeground(_READINESS, error)
        if gravest is Severity.ERROR:
            line.setForeground(0, error)
        return line

    def chosen(self) -> str:
        """Give the key of the entry chosen, or an empty text."""
        item = self.currentItem()
        return str(item.data(0, KeyRole) or "") if item is not None else ""

    def choose(self, key: str) -> None:
        """Choose an entry; the first one where it is not there."""
        keys = self.keys()
        item = self.topLevelItem(keys.index(key) if key in keys else 0)
        if item is not None:
            self.setCurrentItem(item)
        # Also where the same entry stays chosen: what is known of it may be other now.
        self.chosen_changed.emit(self.chosen())

    def keys(self) -> list[str]:
        """Give the keys in the order shown."""
        items = (self.topLevelItem(at) for at in range(self.topLevelItemCount()))
        return [str(item.data(0, KeyRole)) for item in items if item is not None]

    def move_chosen(self, by: int) -> None:
        """Move the entry chosen up (-1) or down (1)."""
        keys, key = self.keys(), self.chosen()
        if key not in keys:
            return
        at = keys.index(key)
        if 0 <= at + by < len(keys):
            keys.insert(at + by, keys.pop(at))
            self.ordered.emit(keys)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_chosen(step)
            return
        super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        before = self.keys()
        super().dropEvent(event)
        after = self.keys()
        if after != before and sorted(after) == sorted(before):
            self.ordered.emit(after)


def whole_order(mission: OpenMission, day: str, shown: Sequence[str]) -> list[str]:
    """Give the order of a whole day from that of one version.

    An entry of the other version only keeps its place behind the entry it stood behind.
    """
    known = [one.record.uuid for one in mission.stops.values() if one.record.day_on == day]
    order = list(shown)
    for at, key in enumerate(known):
        if key in order:
            continue
        before = next((one for one in reversed(known[:at]) if one in order), None)
        order.insert(0 if before is None else order.index(before) + 1, key)
    return order
