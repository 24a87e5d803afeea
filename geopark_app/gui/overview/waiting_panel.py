"""What waits for a person: each number opens its list; papers and agreements that end."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from geopark_app.dossier.board_words import age_words, paper_left_words
from geopark_app.dossier.plan_words import day_words
from geopark_app.gui import theme
from geopark_app.gui.overview.panels import LinkButton, Panel, WrappedLink
from geopark_app.i18n import gettext as _
from geopark_app.operations.overview_facts import Overview
from geopark_app.rules.board import Paper
from geopark_app.wording.field_names import kind_label
from geopark_app.wording.readiness import percent

_SHOWN_PAPERS = 6
_OLD_BACKUP = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number with its words; `name` says which list it opens, `is_urgent` marks it red."""

    name: str
    figure: str
    words: str
    is_urgent: bool


class WaitingPanel(Panel):
    """The numbers as links, two to a row.

    Signals
    -------
    figure_chosen(str)
        The person wants the list behind a number.
    """

    figure_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures: dict[str, WrappedLink] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(7)
        for column, stretch in enumerate((0, 1, 0, 1)):
            self._grid.setColumnStretch(column, stretch)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)

    def show_overview(self, overview: Overview, *, backup_days: int | None) -> None:
        """Show the numbers."""
        _empty(self._grid)
        self.figures = {}
        for at, one in enumerate(_figures(overview, backup_days)):
            row, column = at // 2, at % 2 * 2
            figure = QLabel(one.figure)
            figure.setProperty("look", "strong")
            figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if one.is_urgent:
                figure.setStyleSheet(f"color: {theme.colours().error}")
            link = WrappedLink(one.words, _("Show the list: {words}").format(words=one.words))
            link.setAccessibleName(f"{one.words}: {one.figure}")
            link.chosen.connect(partial(self.figure_chosen.emit, one.name))
            self.figures[one.name] = link
            self._grid.addWidget(figure, row, column)
            self._grid.addWidget(link, row, column + 1)


class PapersPanel(Panel):
    """Papers and agreements that end soon or before the mission.

    Signals
    -------
    paper_chosen(str, str)
        Kind and key of a record.
    """

    paper_chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[QPushButton] = []
        self._all = False
        self._overview: Overview | None = None
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)
        self.more = QPushButton()
        self.more.setProperty("look", "link")
        self.more.clicked.connect(self._show_all)
        self.body.addWidget(self.more)
        self.body.addStretch(1)

    def show_overview(self, overview: Overview) -> None:
        """Show the papers, the first to end first."""
        self._overview = overview
        _empty(self._grid)
        self.buttons = []
        papers = overview.papers if self._all else overview.papers[:_SHOWN_PAPERS]
        for row, paper in enumerate(papers):
            self._show_paper(row, paper, paper.days_left(overview.today))
        if not papers:
            words = QLabel(_("None ends within six months or before the mission."))
            words.setProperty("look", "muted")
            words.setWordWrap(True)
            self._grid.addWidget(words, 0, 0, 1, 3)
        rest = len(overview.papers) - len(papers)
        self.more.setVisible(rest > 0)
        self.more.setText(_("Show {count} more").format(count=QLocale().toString(rest)))

    def _show_paper(self, row: int, paper: Paper, days: int) -> None:
        title = f"{kind_label(paper.kind)}: {paper.title}"
        button = LinkButton(title, title)
        button.clicked.connect(lambda _=False: self.paper_chosen.emit(paper.kind, paper.uuid))
        left = QLabel(paper_left_words(days))
        if days < 0:
            left.setProperty("look", "error")
        left.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.buttons.append(button)
        self._grid.addWidget(button, row, 0)
        self._grid.addWidget(QLabel(day_words(paper.until)), row, 1)
        self._grid.addWidget(left, row, 2)

    def _show_all(self) -> None:
        self._all = True
        if self._overview is not None:
            self.show_overview(self._overview)


def readiness_words(overview: Overview) -> tuple[str, str]:
    """Give the score of everything together, and what stands beside it."""
    number, ready = QLocale().toString, overview.readiness
    words = _("readiness, coverage {coverage}; {visited} of {total} sites visited").format(
        coverage=percent(ready.coverage),
        visited=number(overview.visited),
        total=number(overview.sites),
    )
    if overview.red:
        words += " · " + _("{count} red").format(count=number(len(overview.red)))
    return percent(ready.score), words


def _figures(overview: Overview, backup_days: int | None) -> list[Figure]:
    number = QLocale().toString
    works, stale = overview.works, overview.stale
    only, troubled = len(overview.originals.only_copies), len(overview.originals.troubled)
    score, ready = readiness_words(overview)
    english = _("texts without English")
    if overview.english_old:
        english += " · " + _("{count} with an older one").format(count=number(overview.english_old))
    return [
        Figure(name="readiness", figure=score, words=ready, is_urgent=bool(overview.red)),
        Figure(
            name="works",
            figure=number(works.open),
            words=_("open works, {late} late").format(late=number(works.late)),
            is_urgent=works.late > 0,
        ),
        Figure(
            name="stale",
            figure=number(stale.count),
            words=_("answers older than {days} days").format(days=number(stale.after_days)),
            is_urgent=stale.count > 0,
        ),
        Figure(
            name="units",
            figure=number(overview.waiting),
            words=_("units have not answered"),
            is_urgent=overview.waiting_late > 0,
        ),
        Figure(
            name="english",
            figure=number(overview.english_texts),
            words=english,
            is_urgent=overview.english_texts > 0,
        ),
        Figure(
            name="copies",
            figure=number(only),
            words=_("photos in one copy only")
            + (" · " + _("missing or damaged: {count}").format(count=number(troubled))
               if troubled else ""),
            is_urgent=bool(only or troubled),
        ),
        Figure(
            name="unsynced",
            figure=number(overview.unsynced),
            words=_("saves not handed over"),
            is_urgent=False,
        ),
        Figure(
            name="backup",
            figure=age_words(backup_days),
            words=_("last backup"),
            is_urgent=backup_days is None or backup_days > _OLD_BACKUP,
        ),
    ]  # fmt: skip


def _empty(grid: QGridLayout) -> None:
    while (item := grid.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
