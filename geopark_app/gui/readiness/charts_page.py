"""Readiness at a glance: bars, over time, sites × groups, map, and what became too old."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.lists.refresher import Refresher
from geopark_app.gui.readiness.chart_tables import ChartCell, ChartRow, ChartTable
from geopark_app.gui.readiness.map_chart import MapChart, MapMark
from geopark_app.gui.readiness.trend_chart import TrendChart
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.maps.drawing import LocatorMap
from geopark_app.operations.context import AppContext
from geopark_app.operations.readiness_board import (
    AreaReadiness,
    PlaceReadiness,
    ReadinessBoard,
    readiness_board,
    readiness_trend,
)
from geopark_app.operations.readiness_export import (
    area_name,
    cell_text,
    groups_of_sites,
    legend,
    place_name,
    readiness_ground,
    stale_cells,
    stale_headings,
    write_readiness,
)
from geopark_app.operations.readiness_results import set_stale_after_days
from geopark_app.rules.readiness import Readiness, Tally, TrendPoint
from geopark_app.wording.readiness import STALE_SIGN, band_sign, band_words, percent

_KINDS = {"site", "route", "stop", "commune", "visit", "answer", "checklist", "catalogue_setting"}
_BARS, _TREND, _HEAT, _MAP, _STALE = range(5)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartFacts:
    """What the charts show, worked out beside the window."""

    board: ReadinessBoard
    points: tuple[TrendPoint, ...]
    ground: LocatorMap | None


def read_facts(context: AppContext, trend_of: str) -> ChartFacts:
    """Work everything out; the trend is of one place, or of everything for an empty key."""
    board = readiness_board(context)
    return ChartFacts(
        board=board,
        points=tuple(readiness_trend(context, [trend_of] if trend_of else None)),
        ground=readiness_ground(context, board, for_screen=True),
    )


class ChartsPage(LanguageAware, QWidget):
    """The charts of the readiness room.

    Signals
    -------
    place_wanted(str)
        The person wants to go to this place (`site:…`, `route:…`, `park:`).
    refreshed()
        The charts show the answers of now.
    """

    place_wanted = Signal(str)
    refreshed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.facts: ChartFacts | None = None
        self.kinds = QTabBar()
        self.kinds.setExpanding(False)
        self.kinds.setDrawBase(False)
        self.kinds.setUsesScrollButtons(False)
        self.kinds.setElideMode(Qt.TextElideMode.ElideNone)
        for _kind in range(5):
            self.kinds.addTab("")
        self.which = QComboBox()
        self.trend_of = QComboBox()
        self.trend_of.setMinimumContentsLength(24)
        self.print = QPushButton(icon("printer-outline"), "")
        self.days = QPushButton(icon("calendar-clock"), "")
        self.about = QLabel()
        self.about.setWordWrap(True)
        self.legend = QLabel()
        self.legend.setWordWrap(True)
        self.legend.setProperty("look", "muted")
        self.bars = ChartTable("readiness-bars")
        self.trend = TrendChart()
        self.heat = ChartTable("readiness-heat")
        self.map = MapChart()
        self.stale = ChartTable("readiness-stale")
        self.stack = QStackedWidget()
        for page in (self.bars, self.trend, self.heat, self.map, self.stale):
            self.stack.addWidget(page)
        self._refresher = Refresher(
            session,
            _KINDS,
            lambda: partial(read_facts, session.context, str(self.trend_of.currentData() or "")),
            self._take,
            self,
        )
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.kinds)
        top.addWidget(self.which)
        top.addWidget(self.trend_of)
        top.addStretch(1)
        top.addWidget(self.days)
        top.addWidget(self.print)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self.about)
        column.addWidget(self.stack, 1)
        column.addWidget(self.legend)

    def _connect(self) -> None:
        self.kinds.currentChanged.connect(self._show_kind)
        self.which.currentIndexChanged.connect(lambda _at: self._show_bars())
        self.trend_of.activated.connect(lambda _at: self._refresher.read_again())
        self.print.clicked.connect(lambda _checked=False: self._ask_to_print())
        self.days.clicked.connect(lambda _checked=False: self._ask_for_days())
        for table in (self.bars, self.heat, self.stale):
            table.place_wanted.connect(self.place_wanted)
        self.map.place_wanted.connect(self.place_wanted)

    def read(self) -> None:
        """Read the answers of now."""
        self._refresher.read_again()

    def show_kind(self, name: str) -> None:
        """Show a chart: `bars`, `trend`, `heat`, `map` or `stale`."""
        self.kinds.setCurrentIndex(("bars", "trend", "heat", "map", "stale").index(name))

    def _take(self, facts: ChartFacts) -> None:
        self.facts = facts
        self._fill()
        self.refreshed.emit()

    def _show_kind(self) -> None:
        at = self.kinds.currentIndex()
        self.stack.setCurrentIndex(at)
        self.which.setVisible(at == _BARS)
        self.trend_of.setVisible(at == _TREND)
        self.legend.setVisible(at in {_BARS, _HEAT, _MAP})
        self._write_about()

    # Filling --------------------------------------------------------------------------------

    def _fill(self) -> None:
        if self.facts is None:
            return
        self._fill_places()
        self._show_bars()
        self.trend.show_points(self.facts.points)
        self._show_heat()
        self._show_map()
        self._show_stale()
        self._write_about()

    def _write_about(self) -> None:
        if self.facts is None:
            self.about.setText(_("The answers are being read…"))
            return
        board = self.facts.board
        if self.kinds.currentIndex() == _STALE:
            words = _("{count} answers are older than {days} days. They still count, stand grey "
                      "and ask for a new visit.")  # fmt: skip
            self.about.setText(words.format(count=len(board.stale), days=board.stale_after))
            return
        whole = board.whole.readiness
        words = _("Everything together: score {score}, coverage {coverage} · checklist {edition}")
        self.about.setText(
            words.format(
                score=percent(whole.score), coverage=percent(whole.coverage), edition=board.edition
            )
        )

    def _fill_places(self) -> None:
        assert self.facts is not None
        chosen = self.trend_of.currentData()
        self.trend_of.clear()
        self.trend_of.addItem(_("Everything together"), "")
        for line in reversed(self.facts.board.places):
            if line.tally.answered:
                self.trend_of.addItem(place_name(line), line.place.key)
        self.trend_of.setCurrentIndex(max(0, self.trend_of.findData(chosen)))

    def _show_bars(self) -> None:
        if self.facts is None:
            return
        board = self.facts.board
        lines: list[tuple[str, str, Readiness, str]]
        match self.which.currentData():
            case "commune":
                lines = _of_areas(board.communes)
            case "group":
                lines = _of_areas(board.groups)
            case "site":
                lines = _of_places(one for one in board.of_scope("site") if one.tally.answered)
            case "park":
                lines = _of_places(one for one in board.places if one.place.scope != "site")
            case _:
                lines = _of_areas(board.routes)
        self.bars.show_rows(
            ("", _("Name"), _("Score"), _("Coverage"), _("Too old"), _("Visited")),
            [_bar_row(*line) for line in lines],
            widths=(44, 300, 300, 110, 90, 110),
            stretched=2,
        )

    def _show_heat(self) -> None:
        assert self.facts is not None
        board = self.facts.board
        groups = groups_of_sites(board)
        codes, names = [one.key for one in groups], [area_name(one) for one in groups]
        lines = sorted(board.of_scope("site"), key=lambda one: not one.tally.answered)
        self.heat.show_rows(
            (_("Place"), *codes, _("All")),
            [
                ChartRow(
                    key=line.place.key,
                    cells=(
                        ChartCell(text=place_name(line)),
                        *(
                            _heat_cell(line.groups.get(code, Tally()), name)
                            for code, name in zip(codes, names, strict=True)
                        ),
                        _heat_cell(line.tally, _("All")),
                    ),
                )
                for line in lines
            ],
            widths=(260, *(66 for _code in codes), 66),
            stretched=0,
            tips=("", *names, ""),
        )

    def _show_map(self) -> None:
        assert self.facts is not None
        ground = self.facts.ground
        marks = []
        for line in self.facts.board.of_scope("site"):
            place = line.place
            if ground is None or place.lon is None or place.lat is None:
                continue
            spot = ground.marker_position_mm(place.lon, place.lat)
            if spot is not None:
                result = line.readiness
                words = f"{place_name(line)} · {percent(result.score)}"
                marks.append(
                    MapMark(
                        key=place.key, words=words, x_mm=spot[0], y_mm=spot[1], band=result.band
                    )
                )
        self.map.show_map(ground, marks)

    def _show_stale(self) -> None:
        assert self.facts is not None
        self.stale.show_rows(
            stale_headings(),
            [
                ChartRow(
                    key=one.place.key,
                    cells=tuple(ChartCell(text=text) for text in stale_cells(one)),
                )
                for one in self.facts.board.stale
            ],
            widths=(70, 230, 120, 400, 110, 110, 90),
            stretched=3,
        )

    # Deeds ----------------------------------------------------------------------------------

    def _ask_to_print(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self,
            _("Print the charts"),
            self._session.export_path("readiness.pdf"),
            "PDF (*.pdf);;Excel (*.xlsx)",
        )
        if name:
            self.print_to(Path(name))

    def print_to(self, path: Path) -> None:
        """Write the charts as PDF, or the figures as XLSX, by the suffix."""
        context = self._session.context

        def work(_progress: ReportProgress, cancel: CancelToken) -> None:
            write_readiness(context, path, cancel)

        def done(_none: object) -> None:
            self._session.messages.done(_("Written: {path}").format(path=path))

        self._session.run_beside(work, while_alive(self, done), label=_("Print the charts"))

    def _ask_for_days(self) -> None:
        now = self.facts.board.stale_after if self.facts else 180
        days, is_given = QInputDialog.getInt(
            self,
            _("Too old"),
            _("After how many days does an answer ask for a new visit?"),
            now,
            1,
            3650,
        )
        if is_given and days != now:
            reason = _("Answers are too old after {days} days").format(days=days)
            self._session.run(lambda context: set_stale_after_days(context, days, reason=reason))

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        for at, words in enumerate(
            (_("Bars"), _("Over time"), _("Sites × groups"), _("Map"), _("Too old"))
        ):
            self.kinds.setTabText(at, words)
        chosen = self.which.currentData()
        self.which.blockSignals(True)
        self.which.clear()
        for key, words in (
            ("route", _("Routes with their stops")),
            ("commune", _("Communes")),
            ("group", _("Groups of items")),
            ("site", _("Sites visited")),
            ("park", _("The park and the routes themselves")),
        ):
            self.which.addItem(words, key)
        self.which.setCurrentIndex(max(0, self.which.findData(chosen)))
        self.which.blockSignals(False)
        self.which.setAccessibleName(_("What the bars show"))
        self.trend_of.setAccessibleName(_("Of which place"))
        self.print.setText(_("Print…"))
        self.days.setText(_("Too old after…"))
        self.days.setEnabled(not self._session.is_read_only)
        self.legend.setText("   ".join(f"{sign}  {words}" for _band, sign, words in legend()))
        self.bars.setAccessibleName(_("Bars of readiness"))
        self.heat.setAccessibleName(_("Readiness of sites by group"))
        self.stale.setAccessibleName(_("Answers that are too old"))
        self.map.describe()
        self.trend.describe()
        self._show_kind()
        self._fill()


_Line = tuple[str, str, Readiness, str]


def _of_areas(areas: Iterable[AreaReadiness]) -> list[_Line]:
    return [("", area_name(one), one.readiness, f"{one.visited}/{one.places}") for one in areas]


def _of_places(lines: Iterable[PlaceReadiness]) -> list[_Line]:
    return [
        (
            one.place.key,
            place_name(one),
            one.readiness,
            one.newest.strftime("%d/%m/%Y") if one.newest else "–",
        )
        for one in lines
    ]


def _bar_row(key: str, name: str, result: Readiness, visited: str) -> ChartRow:
    sign = band_sign(result.band) + (STALE_SIGN if result.stale else "")
    band = result.band
    return ChartRow(
        key=key,
        cells=(
            ChartCell(text=sign, band=band, tip=band_words(band)),
            ChartCell(text=name),
            ChartCell(text=percent(result.score), band=band, share=result.score, is_bar=True),
            ChartCell(text=f"{result.answered}/{result.applicable}", is_right=True),
            ChartCell(text=str(result.stale or ""), is_right=True),
            ChartCell(text=visited, is_right=True),
        ),
    )


def _heat_cell(part: Tally, name: str) -> ChartCell:
    if not part.applicable:
        return ChartCell()
    result = part.result()
    tip = f"{name}: {percent(result.score)} · {result.answered}/{result.applicable}"
    return ChartCell(text=cell_text(result), band=result.band, tip=tip)
