"""The scores of all assessed sites by one method: ranked, with bars, written for a meeting."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.kinds import Site
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.assessment.dialog import AssessmentDialog
from geopark_app.gui.assessment.methods_dialog import MethodsDialog
from geopark_app.gui.assessment.score_bar import ScoreBar, ShareRole
from geopark_app.gui.editing.plain_table import KeyRole, PlainTable
from geopark_app.gui.formats import shown_day
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.assessments import score_no_site
from geopark_app.operations.ranking_export import difference_words, value_label, write_ranking
from geopark_app.operations.score_lists import RankedSite, SiteScores, ranking, site_scores
from geopark_app.operations.score_words import result_words, terms_words, total_words
from geopark_app.operations.scoring_methods import Method, method_of, methods_of
from geopark_app.rules.scoring import ValueTotal
from geopark_app.wording.scoring import blind_words, state_words

_FIRST_TOTAL = 3
"""Place, code and name stand before the totals."""
_OURS = {"assessment", "assessment_score", "scoring_method", "site"}
_RankRole = int(Qt.ItemDataRole.UserRole) + 2


class ScoresDialog(QDialog):
    """Ranks the sites by scientific value, potentials or risk; leads to the terms of each.

    Attributes
    ----------
    method_choice, by : QComboBox
        The method, and the result the places are by.
    table : PlainTable
        The sites; a click on a heading sorts.
    open_button, write_button, none_button, methods_button : QPushButton
        Show the assessment of the site chosen; write the ranking; read only; the methods.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._method: Method = method_of(session.context)
        self._found: list[SiteScores] = []
        self._sites: dict[str, Site] = {}
        self.setWindowTitle(_("Scores of all sites"))
        self.method_choice = QComboBox()
        self.method_choice.setAccessibleName(_("Method"))
        self.by = QComboBox()
        self.by.setAccessibleName(_("Ranked by"))
        self.table = PlainTable("scores")
        self.table.setAccessibleName(_("Scores of all sites"))
        self._bars = ScoreBar(self.table)
        self.table.activated.connect(lambda _index: self.open_site())
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.blind = QLabel(blind_words())
        self.blind.setWordWrap(True)
        self.note = QLabel()
        self.note.setProperty("look", "muted")
        self.note.setWordWrap(True)
        self.open_button = QPushButton(_("Show the assessment"))
        self.open_button.clicked.connect(self.open_site)
        self.write_button = QPushButton(_("Write the ranking…"))
        self.write_button.clicked.connect(self._ask_and_write)
        self.none_button = QPushButton(_("I score no site…"))
        self.none_button.clicked.connect(self._ask_to_read_only)
        self.methods_button = QPushButton(_("Methods…"))
        self.methods_button.clicked.connect(lambda: MethodsDialog(session, self).open())
        self._lay_out()
        self._fill_methods()
        self.method_choice.activated.connect(lambda _at: self._take_method())
        self.by.activated.connect(lambda _at: self._fill())
        session.changes.changes_stored.connect(self._take_changes)
        self.read()

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        top = QHBoxLayout()
        for words, box in ((_("Method"), self.method_choice), (_("Ranked by"), self.by)):
            label = QLabel(words)
            label.setBuddy(box)
            top.addWidget(label)
            top.addWidget(box)
        top.addStretch(1)
        top.addWidget(self.methods_button)
        foot = QHBoxLayout()
        for button in (self.open_button, self.write_button, self.none_button):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addWidget(self.words)
        column.addWidget(self.blind)
        column.addWidget(self.table, 1)
        column.addWidget(self.note)
        column.addLayout(foot)
        self.resize(theme.scaled(1240), theme.scaled(580))

    def _fill_methods(self) -> None:
        self.method_choice.clear()
        for one in methods_of(self._session.context):
            title = pick(one.record.title_vi, one.record.title_en)
            self.method_choice.addItem(f"{title} · {one.record.version}", one.name)
        self.method_choice.setCurrentIndex(max(0, self.method_choice.findData(self._method.name)))
        self._show_method()

    def _take_method(self) -> None:
        self._method = method_of(self._session.context, str(self.method_choice.currentData()))
        self._show_method()
        self.read()

    def _show_method(self) -> None:
        kept = self.by.currentData()
        self.by.clear()
        for term in self._method.values:
            code = term.code or ""
            label = value_label(self._method, code)
            self.by.addItem(label if label.startswith(code) else f"{code} – {label}", code)
        wanted = kept if self.by.findData(kept) >= 0 else self._method.risk_value
        self.by.setCurrentIndex(max(0, self.by.findData(wanted)))
        self.note.setText(state_words(self._method.record))

    def read(self) -> None:
        """Read the scores beside the window and show them."""
        context, method = self._session.context, self._method

        def work(_progress: ReportProgress, _cancel: CancelToken) -> list[SiteScores]:
            return site_scores(context, method)

        self._session.run_beside(work, while_alive(self, self._take))

    def _take(self, found: list[SiteScores]) -> None:
        self._found = found
        self._fill()

    def ranked(self) -> list[RankedSite]:
        """Give the sites as they are ranked now."""
        return ranking(self._found, str(self.by.currentData()))

    def _fill(self) -> None:
        ranked = self.ranked()
        found = self._found
        self._sites = {one.site.uuid: one.site for one in found}
        values = [term.code or "" for term in self._method.values]
        headings = (
            _("Rank"), _("Code"), _("Name"), *values, _("State"), _("Assessor"), _("Date"),
            _("Assessors differ on"),
        )  # fmt: skip
        self.table.setSortingEnabled(False)
        rows = [(one.scores.site.uuid, _texts(one, values)) for one in ranked]
        self.table.show_rows(headings, rows)
        self._show_totals(ranked, values)
        self.table.setColumnWidth(0, theme.scaled(64))
        self.table.setColumnWidth(2, theme.scaled(170))
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        for button in (self.open_button, self.write_button):
            button.setEnabled(bool(found))
        hidden = sum(one.hidden for one in found)
        self.blind.setVisible(hidden > 0)
        self.none_button.setVisible(hidden > 0 and not self._session.is_read_only)
        if found:
            self.table.selectRow(0)
        words = _("Sites assessed: {count}. The four results are never added up.")
        if len(values) != 4:
            words = _("Sites assessed: {count}. Results are never added up.")
        self.words.setText(
            words.format(count=len(found))
            if found
            else _("No site is assessed yet: choose a site and “Assessment…” (Ctrl+Shift+A).")
        )

    def _show_totals(self, ranked: list[RankedSite], values: list[str]) -> None:
        for row, one in enumerate(ranked):
            key = one.scores.site.uuid
            self.table.setItem(row, 0, _PlaceItem(key, one.place))
            for column, value in enumerate(values, start=_FIRST_TOTAL):
                counted = one.scores.counted
                result = counted.totals[value] if counted else None
                self.table.setItem(row, column, _TotalItem(key, result))
        for column in range(_FIRST_TOTAL, _FIRST_TOTAL + len(values)):
            self.table.setItemDelegateForColumn(column, self._bars)
            # The class is never cut off; the bar below it needs some length too.
            self.table.resizeColumnToContents(column)
            width = max(self.table.columnWidth(column), theme.scaled(110))
            self.table.setColumnWidth(column, width)

    def open_site(self) -> None:
        """Show the assessment of the site chosen."""
        for key in self.table.chosen_keys():
            if isinstance(key, str) and key in self._sites:
                site = self._sites[key]
                AssessmentDialog(self._session, site, self, self._method.name).open()

    def _ask_to_read_only(self) -> None:
        asked = _(
            "You say that you score no site by this method; the points of all who submitted are "
            "shown to you then. Undo takes it back."
        )
        if QMessageBox.question(self, self.windowTitle(), asked) == QMessageBox.StandardButton.Yes:
            self.read_only()

    def read_only(self) -> None:
        """Say that the person at work scores no site, and show what is submitted."""
        method, reason = self._method, _("Read the scores only")
        self._session.run(lambda context: score_no_site(context, method, reason=reason))

    def _ask_and_write(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self,
            _("Write the ranking"),
            self._session.export_path(f"ranking-{self.by.currentData()}.pdf"),
            "PDF (*.pdf);;Excel (*.xlsx)",
        )
        if name:
            self.write_to(Path(name))

    def write_to(self, path: Path) -> None:
        """Write the ranking as PDF or XLSX, by the suffix."""
        context, method, ranked = self._session.context, self._method, self.ranked()
        value = str(self.by.currentData())

        def work(_progress: ReportProgress, cancel: CancelToken) -> None:
            write_ranking(context, method, ranked, value, path, cancel)

        def done(_none: object) -> None:
            self._session.messages.done(_("Written: {path}").format(path=path))

        self._session.run_beside(work, while_alive(self, done), label=_("Scores of all sites"))

    def _take_changes(self, changes: Changes) -> None:
        kinds = {kind for kind, _uuid in changes.touched}
        if "scoring_method" in kinds:
            self._method = method_of(self._session.context, self._method.name)
            self._fill_methods()
        if kinds & _OURS:
            self.read()


def _texts(ranked: RankedSite, values: list[str]) -> tuple[str, ...]:
    one = ranked.scores
    assessment = one.counted.assessment if one.counted else None
    return (
        "",
        one.site.code or "",
        pick(one.site.name_vi, one.site.name_en),
        *("" for _value in values),
        _state(one),
        (assessment.assessor if assessment else None) or "",
        shown_day(assessment.assessed_on) if assessment else "",
        difference_words(one),
    )


def _state(one: SiteScores) -> str:
    words = []
    if one.counted and one.counted.assessment.is_accepted:
        words.append("✓ " + _("accepted"))
    elif one.submitted:
        words.append(_("{count} submitted").format(count=one.submitted))
    if one.hidden:
        words.append(_("{count} hidden").format(count=one.hidden))
    if one.drafts:
        words.append(_("own draft"))
    return ", ".join(words)


class _Ranked(QTableWidgetItem):
    """A cell that sorts by a number; what has none is the smallest."""

    def __init__(self, key: str, rank: int | None) -> None:
        super().__init__()
        self.setData(KeyRole, key)
        if rank is not None:
            self.setData(_RankRole, rank)

    def __lt__(self, other: QTableWidgetItem) -> bool:
        return _rank(self) < _rank(other)


class _PlaceItem(_Ranked):
    """The place of a site; one without a total comes after all others."""

    _LAST = 1_000_000

    def __init__(self, key: str, place: int | None) -> None:
        super().__init__(key, self._LAST if place is None else place)
        self.setText("" if place is None else str(place))


class _TotalItem(_Ranked):
    """A total with its class and, as a tip, its terms; what is incomplete sorts last."""

    def __init__(self, key: str, result: ValueTotal | None) -> None:
        super().__init__(key, result.total if result else None)
        if result is None:
            return
        if result.total is None:
            scored = len(result.terms) - len(result.missing)
            text = f"{scored}/{len(result.terms)}" if scored else ""
        else:
            text = f"{total_words(result)} · {result_words(result)}".rstrip(" ·")
            self.setData(ShareRole, result.total / result.scale.highest)
        self.setText(text)
        self.setToolTip(terms_words(result))


def _rank(item: QTableWidgetItem) -> int:
    rank = item.data(_RankRole)
    return rank if isinstance(rank, int) else -1_000_000
