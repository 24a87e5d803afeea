"""Rehearsal: the test drive of a day, ticked stop by stop with one large button."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.clock import VIETNAM
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import KeyRole
from geopark_app.gui.evidence.parts import push
from geopark_app.gui.formats import shown_day
from geopark_app.i18n import gettext as _
from geopark_app.operations.mission_rehearsal import ARRIVED, LEFT, TestDrive
from geopark_app.operations.missions import OpenMission
from geopark_app.rules.mission import START, TimedStop

_CAME, _WENT = 1, 2


class RehearsalPart(QWidget):
    """The places of a day with the times of a test drive.

    Signals
    -------
    ticked(str, str, object)
        Key of the entry or `START`, `arrived` or `left`, and the time typed; None means now.
    taken()
        The measured drives are to be taken into the agenda.
    """

    ticked = Signal(str, str, object)
    taken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._run: TestDrive | None = None
        self._is_filling = False
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.button = QPushButton()
        self.button.setProperty("look", "primary")
        self.button.setMinimumHeight(theme.scaled(56))
        self.button.clicked.connect(lambda _checked=False: self._tick_next())
        self.table = QTableWidget()
        self.table.setAccessibleName(_("Test drive"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.itemChanged.connect(self._typed)
        self.take_button = push(_("Take these drive times into the agenda"), self.taken.emit)
        foot = QHBoxLayout()
        foot.addWidget(self.take_button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.addWidget(self.words)
        column.addWidget(self.button)
        column.addWidget(self.table, 1)
        column.addLayout(foot)

    def show_run(self, mission: OpenMission, run: TestDrive, *, read_only: bool) -> None:
        """Show a test drive with what was planned beside it."""
        self._run = run
        planned = {one.stop.key: one for one in mission.day(run.day).version(run.weather)}
        self._is_filling = True
        headings = (
            _("Place"), _("Came at"), _("Left at"), _("Drive"), _("Planned drive"), _("Stayed"),
            _("Planned minutes"),
        )  # fmt: skip
        self.table.setColumnCount(len(headings))
        self.table.setHorizontalHeaderLabels(list(headings))
        self.table.setRowCount(len(run.steps))
        for row, step in enumerate(run.steps):
            name = mission.stops[step.stop.uuid].name if step.stop else _("Departure")
            timed = planned.get(step.tick.stop)
            texts = (
                name,
                _time(step.tick.arrived),
                _time(step.tick.left),
                _minutes(step.measured.minutes) if step.measured else "",
                _planned_drive(timed),
                "" if step.stayed is None else _minutes(step.stayed),
                _planned_minutes(timed),
            )
            for column, text in enumerate(texts):
                self._put(row, column, text, step.tick.stop, read_only=read_only)
        for column, width in enumerate((340, 90, 90, 90, 120, 90, 130)):
            self.table.setColumnWidth(column, theme.scaled(width))
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._is_filling = False
        self._show_next(mission, run, read_only=read_only)

    def _put(self, row: int, column: int, text: str, key: str, *, read_only: bool) -> None:
        item = QTableWidgetItem(text)
        item.setData(KeyRole, key)
        is_time = column == _WENT or (column == _CAME and key != START)
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if is_time and not read_only:
            flags |= Qt.ItemFlag.ItemIsEditable
            item.setToolTip(_("Type a time such as 09:40 to put it right; empty takes it away"))
        item.setFlags(flags)
        self.table.setItem(row, column, item)

    def _show_next(self, mission: OpenMission, run: TestDrive, *, read_only: bool) -> None:
        following = run.following
        self.words.setText(
            _(
                "Test drive of {run_on} for the day {day}. The clock of this laptop is taken; "
                "every time can be put right in the table."
            ).format(run_on=shown_day(run.run_on), day=shown_day(run.day))
        )
        self.button.setEnabled(following is not None and not read_only)
        self.take_button.setEnabled(bool(run.drives) and not read_only)
        if following is None:
            self.button.setText(_("The test drive of this day is complete."))
            return
        key, event = following
        if key == START:
            self.button.setText(_("We leave now"))
            return
        name = mission.stops[key].name
        words = _("Arrived: {place}") if event == ARRIVED else _("We leave: {place}")
        self.button.setText(words.format(place=name))

    def _tick_next(self) -> None:
        if self._run is not None and self._run.following is not None:
            self.ticked.emit(*self._run.following, None)

    def _typed(self, item: QTableWidgetItem) -> None:
        if not self._is_filling:
            event = ARRIVED if item.column() == _CAME else LEFT
            self.ticked.emit(str(item.data(KeyRole)), event, item.text())


def _minutes(minutes: int) -> str:
    return _("{minutes} min").format(minutes=minutes)


def _time(moment: datetime | None) -> str:
    return f"{moment.astimezone(VIETNAM):%H:%M}" if moment is not None else ""


def _planned_drive(timed: TimedStop | None) -> str:
    drive = timed.drive if timed is not None else None
    return _minutes(drive.minutes) if drive is not None and drive.source != "unknown" else ""


def _planned_minutes(timed: TimedStop | None) -> str:
    minutes = timed.stop.minutes if timed is not None else None
    return "" if minutes is None else _minutes(minutes)
