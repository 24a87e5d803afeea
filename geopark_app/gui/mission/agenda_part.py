"""The agenda of a mission: days at the left, entries in the middle, one entry at the right."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.finding import Severity
from geopark_app.domain.kinds import Route
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import KeyRole
from geopark_app.gui.evidence.parts import push
from geopark_app.gui.formats import shown_day
from geopark_app.gui.mission.agenda import AgendaTree, whole_order
from geopark_app.gui.mission.deeds import MissionDeeds
from geopark_app.gui.mission.stop_panel import StopPanel
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.missions import AgendaDay, OpenMission
from geopark_app.rules.mission import DRY, START, WET, clock_words
from geopark_app.wording.missions import conflict_words, pace_words, weather_words

_COLOURS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "muted"}


class AgendaPart(QWidget):
    """Plans the days; every deed is a save of its own.

    Attributes
    ----------
    days : QListWidget
        The days with what is grave on each.
    tree : AgendaTree
        Entries of the day chosen, in the version chosen.
    panel : StopPanel
        The entry chosen.
    conflicts : QListWidget
        What speaks against the plan; activating one leads to it.

    Signals
    -------
    day_changed()
        Another day or version is shown.
    """

    day_changed = Signal()

    def __init__(self, deeds: MissionDeeds) -> None:
        super().__init__()
        self._deeds = deeds
        self.mission: OpenMission | None = None
        self._read_only = False
        self.days = QListWidget()
        self.days.setAccessibleName(_("Days"))
        self.days.currentItemChanged.connect(lambda _new, _old: self._day_chosen())
        self.dry = QRadioButton(_("Dry weather"))
        self.wet = QRadioButton(_("Wet weather"))
        self.dry.setChecked(True)
        self._versions = QButtonGroup(self)
        for button in (self.dry, self.wet):
            self._versions.addButton(button)
        self._versions.buttonClicked.connect(lambda _button: self._day_chosen())
        self.departure = QLineEdit()
        self.departure.setAccessibleName(_("Departure"))
        self.departure.setMaximumWidth(theme.scaled(80))
        self.departure.editingFinished.connect(self._departure_typed)
        self.tree = AgendaTree()
        self.tree.chosen_changed.connect(lambda _key: self._show_stop())
        self.tree.ordered.connect(self._order)
        self.panel = StopPanel()
        self.panel.entered.connect(deeds.set_field)
        self.panel.drive_entered.connect(self._drive)
        self.panel.opened.connect(deeds.open_stop)
        self.tree.itemActivated.connect(lambda _item, _column: deeds.open_stop(self.tree.chosen()))
        self.conflicts = QListWidget()
        self.conflicts.setAccessibleName(_("What speaks against the plan"))
        self.conflicts.setWordWrap(True)
        self.conflicts.itemActivated.connect(self._go_to)
        self.pace = QLabel()
        self.pace.setProperty("look", "muted")
        self.pace.setWordWrap(True)
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.dry)
        top.addWidget(self.wet)
        top.addSpacing(theme.scaled(12))
        top.addWidget(QLabel(_("Departure")))
        top.addWidget(self.departure)
        self.day_button = push(_("The day…"), self._open_day)
        top.addWidget(self.day_button)
        top.addStretch(1)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self.tree, 3)
        column.addLayout(self._entry_deeds())
        heading = QLabel(_("What speaks against the plan"))
        heading.setProperty("look", "strong")
        column.addWidget(heading)
        column.addWidget(self.conflicts, 2)
        column.addWidget(self.pace)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.panel.setProperty("look", "page")
        area.setWidget(self.panel)
        split = QSplitter()
        for widget, width in ((self.days, 120), (middle, 770), (area, 280)):
            split.addWidget(widget)
            split.setStretchFactor(split.count() - 1, int(widget is middle))
            widget.setMinimumWidth(theme.scaled(width) if widget is area else 0)
        split.setSizes([theme.scaled(120), theme.scaled(850), theme.scaled(290)])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 8, 0, 0)
        whole.addWidget(split, 1)

    def _entry_deeds(self) -> QHBoxLayout:
        deeds = QHBoxLayout()
        self.add_button = QPushButton(_("Add"))
        self.add_button.setAutoDefault(False)
        self.add_menu = QMenu(self.add_button)
        self.add_button.setMenu(self.add_menu)
        self.up_button = push(_("Up"), lambda: self.tree.move_chosen(-1))
        self.down_button = push(_("Down"), lambda: self.tree.move_chosen(1))
        self.move_button = QPushButton(_("To another day"))
        self.move_button.setAutoDefault(False)
        self.move_menu = QMenu(self.move_button)
        self.move_button.setMenu(self.move_menu)
        self.remove_button = push(_("Remove"), lambda: self._deeds.remove(self.tree.chosen()))
        for button in (
            self.add_button, self.up_button, self.down_button, self.move_button,
            self.remove_button,
        ):  # fmt: skip
            deeds.addWidget(button)
        deeds.addStretch(1)
        return deeds

    # Showing ----------------------------------------------------------------------------------

    def show_mission(self, mission: OpenMission | None, *, read_only: bool) -> None:
        """Show a mission as it is now; day, version and entry chosen stay."""
        self._read_only = read_only
        chosen = self.day()
        self.mission = mission
        self.days.blockSignals(True)
        self.days.clear()
        for one in mission.days if mission else ():
            self.days.addItem(self._day_item(one))
        keys = [one.day for one in mission.days] if mission else []
        if keys:
            self.days.setCurrentRow(keys.index(chosen) if chosen in keys else 0)
        self.days.blockSignals(False)
        for widget in (
            self.add_button, self.up_button, self.down_button, self.move_button,
            self.remove_button, self.departure, self.day_button,
        ):  # fmt: skip
            widget.setEnabled(bool(keys) and not read_only)
        self.tree.setDragEnabled(not read_only)
        self._fill_conflicts()
        self._fill_menus()
        self._day_chosen()
        self.pace.setText(
            pace_words(mission.pace.speed_kmh, mission.pace.detour) if mission else ""
        )

    def _day_item(self, day: AgendaDay) -> QListWidgetItem:
        assert self.mission is not None
        grave = any(
            one.day == day.day and one.severity is Severity.ERROR for one in self.mission.conflicts
        )
        theme_words = pick(day.record.title_vi, day.record.title_en) if day.record else ""
        words = [
            _("Day {number}").format(number=day.number) + (" ⚑" if grave else ""),
            shown_day(day.day),
            theme_words,
        ]
        item = QListWidgetItem("\n".join(part for part in words if part))
        item.setData(KeyRole, day.day)
        return item

    def _fill_conflicts(self) -> None:
        self.conflicts.clear()
        if self.mission is None:
            return
        colours = theme.colours()
        for one in self.mission.conflicts:
            stop = self.mission.stops.get(one.stop)
            parts = (shown_day(one.day) if one.day else "", weather_words(one.weather))
            head = ", ".join(part for part in parts if part)
            words = conflict_words(one.code, one.details, stop.name if stop else "")
            item = QListWidgetItem(f"{head}: {words}" if head else words)
            item.setData(KeyRole, (one.day, one.weather, one.stop))
            item.setForeground(QColor(getattr(colours, _COLOURS[one.severity])))
            self.conflicts.addItem(item)
        if not self.mission.conflicts:
            self.conflicts.addItem(_("Nothing speaks against the plan."))

    def _fill_menus(self) -> None:
        self.add_menu.clear()
        self.move_menu.clear()
        if self.mission is None:
            return
        self._entry(self.add_menu, _("Sites…"), lambda: self._deeds.ask_for_sites(self.day()))
        routes = self.add_menu.addMenu(_("Stops of a visitor route"))
        for route in self._deeds.routes():
            name = pick(route.name_vi, route.name_en)
            self._entry(routes, f"{route.number}  {name}", self._route_adder(route))
        self.add_menu.addSeparator()
        for kind, label in self._deeds.entry_kinds():
            self._entry(self.add_menu, label, self._entry_adder(kind, label))
        for day in self.mission.days:
            label = f"{_('Day {number}').format(number=day.number)}, {shown_day(day.day)}"
            self._entry(self.move_menu, label, self._mover(day.day))

    def _entry(self, menu: QMenu, words: str, deed: Callable[[], object]) -> None:
        menu.addAction(words).triggered.connect(lambda _checked=False: deed())

    def _route_adder(self, route: Route) -> Callable[[], None]:
        return lambda: self._deeds.add_route(self.day(), route)

    def _entry_adder(self, kind: str, label: str) -> Callable[[], None]:
        return lambda: self._deeds.add_entry(self.day(), kind, label)

    def _mover(self, day: str) -> Callable[[], None]:
        return lambda: self._deeds.move_to_day(self.tree.chosen(), day)

    def day(self) -> str:
        """Give the ISO date of the day chosen, or an empty text."""
        item = self.days.currentItem() if self.days.count() else None
        return str(item.data(KeyRole)) if item is not None else ""

    def weather(self) -> str:
        """Give the version chosen."""
        return WET if self.wet.isChecked() else DRY

    def choose(self, day: str, weather: str = "", stop: str = "") -> None:
        """Show a day, a version of it, and an entry."""
        if weather:
            (self.wet if weather == WET else self.dry).setChecked(True)
        for at in range(self.days.count()):
            if self.days.item(at).data(KeyRole) == day:
                self.days.setCurrentRow(at)
        self._day_chosen()
        if stop:
            self.tree.choose(stop)

    def _go_to(self, item: QListWidgetItem) -> None:
        place = item.data(KeyRole)
        if place:
            self.choose(*place)

    def _day_chosen(self) -> None:
        day = self.day()
        if self.mission is None or not day:
            self.tree.clear()
            self.panel.show_stop(None, None, read_only=True)
            return
        agenda = self.mission.day(day)
        if not self.departure.hasFocus():
            self.departure.setText(clock_words(agenda.departure))
        self.tree.show_day(self.mission, agenda, self.weather())
        self.day_changed.emit()

    def _show_stop(self) -> None:
        key = self.tree.chosen()
        if self.mission is None or key not in self.mission.stops:
            self.panel.show_stop(None, None, read_only=True)
            return
        timed = next(
            one
            for one in self.mission.day(self.day()).version(self.weather())
            if one.stop.key == key
        )
        self.panel.show_stop(self.mission.stops[key], timed.drive, read_only=self._read_only)

    # Writing ----------------------------------------------------------------------------------

    def _order(self, shown: list[str]) -> None:
        if self.mission is not None:
            self._deeds.put_in_order(self.day(), whole_order(self.mission, self.day(), shown))

    def _drive(self, key: str, minutes: int) -> None:
        if self.mission is None:
            return
        version = self.mission.day(self.day()).version(self.weather())
        keys = [START, *(one.stop.key for one in version)]
        before = keys[keys.index(key) - 1]
        self._deeds.set_drive(before, key, None if minutes < 0 else minutes)

    def _departure_typed(self) -> None:
        day = self.day()
        if self.mission is not None and day:
            typed = self.departure.text().strip()
            if typed and typed != clock_words(self.mission.day(day).departure):
                self._deeds.set_departure(day, typed)

    def _open_day(self) -> None:
        if day := self.day():
            self._deeds.open_day(day)
