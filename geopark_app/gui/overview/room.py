"""The Overview: what the catalogue holds, what the dossier still lacks, and when it is due."""

from collections.abc import Sequence
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import Route, Site, Stop, kind_named
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.dossier.works_words import written_words
from geopark_app.gui import theme
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.overview.facts import Facts, Share, all_dates, facts_of
from geopark_app.gui.overview.panels import DatesPanel, FigurePanel, Panel, SharesPanel
from geopark_app.gui.overview.waiting_panel import PapersPanel, WaitingPanel, readiness_words
from geopark_app.gui.rooms import Room
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.catalogues import profile_of
from geopark_app.operations.overview_facts import Overview, age_in_days
from geopark_app.operations.processes import deadlines, today_of
from geopark_app.operations.site_lists import count_records, site_rows
from geopark_app.operations.vocabularies import all_labels

if TYPE_CHECKING:
    from geopark_app.gui.forms.options import FormOptions

_REFRESH_AFTER_MS = 300
_FIRST_COUNT_MS = 400
_COLUMNS = 6


class _Layout(Enum):
    """How many panels stand side by side, by the least width at normal text size."""

    WIDE = 860
    MIDDLE = 560
    NARROW = 0


# Row, column, rows and columns of what waits, dates, papers, gaps, kinds, routes and qualities.
_PLACES = {
    _Layout.WIDE: (
        (0, 0, 1, 3), (0, 3, 2, 3), (1, 0, 1, 3), (2, 0, 1, 3),
        (3, 0, 1, 3), (3, 3, 1, 3), (2, 3, 1, 3),
    ),
    _Layout.MIDDLE: (
        (0, 0, 1, 6), (1, 0, 1, 6), (2, 0, 1, 3), (2, 3, 1, 3),
        (3, 0, 1, 3), (3, 3, 1, 3), (4, 0, 1, 6),
    ),
    _Layout.NARROW: tuple((row, 0, 1, 6) for row in range(7)),
}  # fmt: skip


class OverviewRoom(LanguageAware, QWidget):
    """Shows counts, gaps and dates; every count leads to its sites."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._is_stale = True
        self._is_asking = self._must_ask_again = False
        self._options: FormOptions | None = None
        self._overview: Overview | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REFRESH_AFTER_MS)
        self._timer.timeout.connect(self.reload)
        # The first count loads modules; the window is painted before.
        self._first_count = QTimer(self)
        self._first_count.setSingleShot(True)
        self._first_count.setInterval(_FIRST_COUNT_MS)
        self._first_count.timeout.connect(self._ask_overview)
        self._lay_out()
        session.changes.changes_stored.connect(self._note_changes)
        session.whereabouts_changed.connect(self._ask_overview)
        self.retranslate()

    def reload(self) -> None:
        """Count again."""
        self._is_stale = False
        context = self._session.context
        catalogue = context.catalogue
        facts = facts_of(
            site_rows(context),
            routes=catalogue.records(Route),
            labels=all_labels(context),
            gap_label=_field_label,
            no_route=_("on no route"),
            unknown_route=_("stop, route not known"),
            no_kind=_("kind not set"),
        )
        self._show_figures(
            facts,
            photos=count_records(context, "photo"),
            visits=count_records(context, "visit"),
            stops=catalogue.records(Stop),
        )
        total = facts.total
        self.kinds.show_shares(facts.kinds, total=total)
        self.routes.show_shares(facts.routes, total=total)
        self.qualities.show_shares(facts.qualities, total=total)
        geosites = sum(share.count for share in facts.kinds if share.key == "geosite")
        self.gaps.show_shares(
            facts.gaps, total=geosites, empty=_("Nothing the dossier asks for is missing.")
        )
        self._show_provisional(facts)
        if self._overview is None:
            self._first_count.start()
        else:
            self._ask_overview()
        known = deadlines(context)
        self.dates.show_dates(
            all_dates(profile_of(context), known, other=_("not followed now")),
            today=today_of(context),
        )

    def retranslate(self) -> None:
        profile = profile_of(self._session.context)
        self._title.setText(pick(_text(profile, "name_vi"), _text(profile, "name_en")))
        theme_words = pick(_text(profile, "theme_vi"), _text(profile, "theme_en"))
        self._subtitle.setText(theme_words)
        self._subtitle.setVisible(bool(theme_words))
        self._sample_words.setText(
            _(
                "SAMPLE – this catalogue holds sample photos, visits and answers for practice. No "
                "team accepts it and nothing in it is evidence."
            )
        )
        self.kinds.title.setText(_("Sites by kind"))
        self.routes.title.setText(_("Sites by route"))
        self.qualities.title.setText(_("Quality of the coordinates"))
        self.gaps.title.setText(_("Missing for the dossier (geosites)"))
        self.dates.title.setText(_("Deadlines and dates"))
        self.dates.plan.setText(_("Plan before the deadlines…"))
        self.waiting.title.setText(_("What waits for a person"))
        self.papers.title.setText(_("Papers and agreements that end"))
        self.print_button.setText(_("Print the readiness board…"))
        self._show_overview()
        self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.width()
        wanted = next(layout for layout in _Layout if width >= theme.scaled(layout.value))
        if wanted is not self._layout:
            self._arrange(wanted)

    def _note_changes(self, _changes: object) -> None:
        self._is_stale = True
        if self.isVisible():
            self._timer.start()

    def _show_figures(self, facts: Facts, *, photos: int, visits: int, stops: list[Stop]) -> None:
        locale = QLocale()
        known = sum(1 for stop in stops if stop.site_uuid)
        self._figures["sites"].show_figure(locale.toString(facts.total), _("sites"))
        self._figures["stops"].show_figure(
            f"{locale.toString(known)}/{locale.toString(len(stops))}", _("stops with a known site")
        )
        self._figures["photos"].show_figure(locale.toString(photos), _("photos"))
        self._figures["visits"].show_figure(locale.toString(visits), _("visits"))
        if self._overview is None:
            self._figures["readiness"].show_figure("…", _("Readiness"))

    def _show_provisional(self, facts: Facts) -> None:
        count = len(facts.provisional)
        self._provisional.setVisible(count > 0)
        self._provisional.setText(
            _("PROVISIONAL: {count} of {total} records are not validated yet.").format(
                count=QLocale().toString(count), total=QLocale().toString(facts.total)
            )
        )

    def _ask_overview(self) -> None:
        """Count what waits, and the originals without a second copy, beside the window."""
        if self._is_asking:
            self._must_ask_again = True
            return
        self._is_asking, self._must_ask_again = True, False
        context = self._session.context

        def work(_progress: ReportProgress, _cancel: CancelToken) -> Overview:
            from geopark_app.operations.overview import gather_overview

            return gather_overview(context)

        self._session.run_beside(
            work,
            while_alive(self, self._take_overview),
            on_failed=while_alive(self, self._take_overview),
        )

    def _take_overview(self, answer: object) -> None:
        """Show the answer; a trouble is told by whoever needs the files, not by a count."""
        self._is_asking = False
        if isinstance(answer, Overview):
            self._overview = answer
            self._show_overview()
        if self._must_ask_again:
            self._ask_overview()

    def _show_overview(self) -> None:
        overview = self._overview
        if overview is None:
            return
        now = self._session.context.now()
        self.waiting.show_overview(overview, backup_days=age_in_days(overview.backup_at, now))
        self.papers.show_overview(overview)
        self._figures["readiness"].show_figure(*readiness_words(overview))
        report = overview.originals
        numbers = QLocale()
        only, troubled = len(report.only_copies), len(report.troubled)
        words = _("Only copy: {count} of {total} photos").format(
            count=numbers.toString(only), total=numbers.toString(len(report.originals))
        )
        if troubled:
            words += " · " + _("missing or damaged: {count}").format(
                count=numbers.toString(troubled)
            )
        self.only_copies.setText(words)
        self.only_copies.setToolTip(_("Show where the originals are"))
        self.only_copies.setVisible(bool(only or troubled))

    # Lists behind the numbers ------------------------------------------------------------------

    def open_list(self, name: str) -> None:
        """Open the list behind a number, narrowed to what was counted."""
        overview, session = self._overview, self._session
        if overview is None:
            return
        match name:
            case "readiness" if overview.red:
                self._show_sites(overview.red, _("Sites where a critical item is not met"))
            case "readiness":
                self._show_sites(overview.unvisited, _("Sites without a visit"))
            case "stale" if overview.stale.sites:
                words = _("Answers older than {days} days").format(days=overview.stale.after_days)
                self._show_sites(overview.stale.sites, words)
            case "stale" | "visits":
                session.room_requested.emit(Room.READINESS)
            case "english":
                self._show_sites(overview.english_sites, _("Sites without English, or an old one"))
            case "copies" | "backup":
                session.whereabouts_requested.emit()
            case "unsynced":
                session.room_requested.emit(Room.SYNC)
            case "photos":
                session.room_requested.emit(Room.PHOTOS)
            case "sites":
                session.sites_requested.emit({})
            case "stops":
                session.room_requested.emit(Room.RECORDS)
            case "works":
                session.dialog_requested.emit("works", "open")
            case "units":
                session.dialog_requested.emit("units", "waiting")

    def _show_sites(self, uuids: Sequence[str], label: str) -> None:
        self._session.sites_requested.emit({"uuids": list(uuids), "label": label})

    def _open_paper(self, kind: str, uuid: str) -> None:
        # Fetched when first wanted, so that the start stays quick.
        from geopark_app.gui.forms.options import FormOptions
        from geopark_app.gui.records_room.record_dialog import RecordDialog

        if self._options is None:
            self._options = FormOptions(self._session, self)
        RecordDialog(self._session, self._options, kind_named(kind), uuid, self).open()

    def _ask_file(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self,
            _("Print the readiness board"),
            self._session.export_path("board.pdf"),
            "PDF (*.pdf)",
        )
        if name:
            self.print_to(Path(name))

    def print_to(self, path: Path) -> None:
        """Write the board as one A4 page."""
        context = self._session.context

        def work(_progress: ReportProgress, cancel: CancelToken) -> int:
            from geopark_app.operations.overview_export import write_board

            return write_board(context, path, cancel)

        def done(pages: int) -> None:
            self._session.messages.done(written_words(path, pages))

        self._session.run_beside(work, while_alive(self, done), label=_("Readiness board"))

    def _show_share(self, share: Share) -> None:
        self._session.sites_requested.emit({"uuids": list(share.uuids), "label": share.label})

    def _show_gap(self, share: Share) -> None:
        label = _("Missing: {field}").format(field=share.label)
        self._session.sites_requested.emit({"uuids": list(share.uuids), "label": label})

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        outer.addWidget(area)
        page = QWidget()
        page.setProperty("look", "page")
        area.setWidget(page)
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(10)
        self._title, self._subtitle, self._provisional = QLabel(), QLabel(), QLabel()
        self._title.setProperty("look", "title")
        self._title.setWordWrap(True)
        self._subtitle.setProperty("look", "muted")
        self._provisional.setProperty("look", "warning-chip")
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        self.print_button = QPushButton()
        self.print_button.clicked.connect(self._ask_file)
        head.addWidget(self.print_button)
        column.addLayout(head)
        under = QHBoxLayout()
        under.addWidget(self._subtitle)
        under.addStretch(1)
        self.only_copies = QPushButton()
        self.only_copies.setProperty("look", "danger-chip")
        self.only_copies.setCursor(Qt.CursorShape.PointingHandCursor)
        self.only_copies.clicked.connect(self._session.whereabouts_requested)
        self.only_copies.hide()
        under.addWidget(self._provisional)
        column.addLayout(under)
        self._under, self._own_row = under, QHBoxLayout()
        self._own_row.addStretch(1)
        column.addLayout(self._own_row)
        column.addWidget(self._sample_banner())
        figures = QHBoxLayout()
        figures.setSpacing(10)
        self._figures = {
            name: FigurePanel() for name in ("sites", "stops", "photos", "visits", "readiness")
        }
        for name, figure in self._figures.items():
            figure.chosen.connect(partial(self.open_list, name))
            figures.addWidget(figure, 2 if name == "readiness" else 1)
        column.addLayout(figures)
        self.kinds, self.routes = SharesPanel(), SharesPanel()
        self.qualities, self.gaps = SharesPanel(), SharesPanel()
        self.dates, self.waiting, self.papers = DatesPanel(), WaitingPanel(), PapersPanel()
        self.dates.date_chosen.connect(partial(self._session.dialog_requested.emit, "plan"))
        self.waiting.figure_chosen.connect(self.open_list)
        self.papers.paper_chosen.connect(self._open_paper)
        for shares in (self.kinds, self.routes, self.qualities):
            shares.share_chosen.connect(self._show_share)
        self.gaps.share_chosen.connect(self._show_gap)
        self._grid = QGridLayout()
        self._grid.setSpacing(10)
        self._arrange(_Layout.WIDE)
        column.addLayout(self._grid)
        column.addStretch(1)

    def _arrange(self, layout: "_Layout") -> None:
        """Put the panels side by side as far as their words have room."""
        self._layout = layout
        for row in (self._under, self._own_row):
            row.removeWidget(self.only_copies)
        if layout is _Layout.WIDE:
            self._under.insertWidget(self._under.count() - 1, self.only_copies)
        else:
            self._own_row.addWidget(self.only_copies)
        panels: tuple[Panel, ...] = (
            self.waiting, self.dates, self.papers, self.gaps,
            self.kinds, self.routes, self.qualities,
        )  # fmt: skip
        for panel in panels:
            self._grid.removeWidget(panel)
        for index, panel in enumerate(panels):
            self._grid.addWidget(panel, *_PLACES[layout][index])
        for index in range(_COLUMNS):
            self._grid.setColumnStretch(index, 1)

    def _sample_banner(self) -> QFrame:
        banner = QFrame()
        banner.setProperty("look", "banner")
        row = QHBoxLayout(banner)
        row.setContentsMargins(12, 6, 12, 6)
        self._sample_words = QLabel()
        self._sample_words.setWordWrap(True)
        row.addWidget(self._sample_words)
        banner.setVisible(self._session.context.catalogue.folder.is_sample)
        return banner


def _field_label(name: str) -> str:
    spec = kind_of(Site).field(name)
    return pick(spec.label_vi, spec.label_en) if spec else name


def _text(profile: dict[str, object], name: str) -> str:
    return str(profile.get(name) or "")
