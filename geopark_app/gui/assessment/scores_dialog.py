"""The scores of all assessed sites: one row a site, sortable by each of the four results."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.kinds import Site
from geopark_app.gui import theme
from geopark_app.gui.assessment.dialog import AssessmentDialog
from geopark_app.gui.assessment.score_bar import ScoreBar, TotalRole
from geopark_app.gui.editing.plain_table import KeyRole, PlainTable
from geopark_app.gui.formats import shown_day
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.assessments import SiteScores, method_of, site_scores
from geopark_app.rules.scoring import ValueTotal
from geopark_app.wording.scoring import class_words, provisional_words

_FIRST_TOTAL = 2
"""Code and name stand before the totals."""


class ScoresDialog(QDialog):
    """Ranks the sites by scientific value, potentials or risk; leads to the terms of each.

    Attributes
    ----------
    table : PlainTable
        The sites; a click on a heading sorts.
    open_button : QPushButton
        Show the assessment of the site chosen.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._method = method_of(session.context)
        self._sites: dict[str, Site] = {}
        self.setWindowTitle(_("Scores of all sites"))
        self.table = PlainTable("scores")
        self.table.setAccessibleName(_("Scores of all sites"))
        self._bars = ScoreBar(self.table)
        self.table.activated.connect(lambda _index: self.open_site())
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.open_button = QPushButton(_("Show the assessment"))
        self.open_button.clicked.connect(self.open_site)
        self._lay_out()
        session.changes.changes_stored.connect(self._take_changes)
        self.read()

    def _lay_out(self) -> None:
        note = QLabel(provisional_words())
        note.setProperty("look", "muted")
        note.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.open_button)
        foot.addStretch(1)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.addWidget(self.words)
        column.addWidget(self.table, 1)
        column.addWidget(note)
        column.addLayout(foot)
        self.resize(theme.scaled(1240), theme.scaled(560))

    def read(self) -> None:
        """Show the scores as they are now."""
        found = site_scores(self._session.context, self._method)
        self._sites = {one.site.uuid: one.site for one in found}
        values = [term.code or "" for term in self._method.values]
        headings = (
            _("Code"), _("Name"), *values, _("Assessor"), _("Date"), _("Accepted"),
            _("Assessors differ on"),
        )  # fmt: skip
        self.table.setSortingEnabled(False)
        self.table.show_rows(headings, [(one.site.uuid, _texts(one, values)) for one in found])
        for row, one in enumerate(found):
            for column, value in enumerate(values, start=_FIRST_TOTAL):
                self.table.setItem(
                    row, column, _TotalItem(one.site.uuid, one.counted.totals[value])
                )
        for column in range(_FIRST_TOTAL, _FIRST_TOTAL + len(values)):
            self.table.setItemDelegateForColumn(column, self._bars)
            # The class is never cut off; the bar below it needs some length too.
            self.table.resizeColumnToContents(column)
            width = max(self.table.columnWidth(column), theme.scaled(110))
            self.table.setColumnWidth(column, width)
        self.table.setColumnWidth(1, theme.scaled(180))
        self.table.setSortingEnabled(True)
        self.open_button.setEnabled(bool(found))
        if found:
            self.table.selectRow(0)
        self.words.setText(
            _("Sites assessed: {count}. The four results are never added up.").format(
                count=len(found)
            )
            if found
            else _("No site is assessed yet: choose a site and “Assessment…” (Ctrl+Shift+A).")
        )

    def open_site(self) -> None:
        """Show the assessment of the site chosen."""
        for key in self.table.chosen_keys():
            if isinstance(key, str) and key in self._sites:
                AssessmentDialog(self._session, self._sites[key], self).open()

    def _take_changes(self, changes: Changes) -> None:
        if any(kind in {"assessment", "assessment_score"} for kind, _uuid in changes.touched):
            self.read()


def _texts(one: SiteScores, values: list[str]) -> tuple[str, ...]:
    assessment = one.counted.assessment
    return (
        one.site.code or "",
        pick(one.site.name_vi, one.site.name_en),
        *("" for _value in values),
        assessment.assessor or "",
        shown_day(assessment.assessed_on),
        "✓" if assessment.is_accepted else "",
        ", ".join(f"{code} {low}–{high}" for code, (low, high) in one.differences.items()),
    )


class _TotalItem(QTableWidgetItem):
    """A total with its class; sorts by the number, what is incomplete last."""

    def __init__(self, key: str, result: ValueTotal) -> None:
        super().__init__()
        self.setData(KeyRole, key)
        if result.total is None:
            scored = len(result.terms) - len(result.missing)
            text = f"{scored}/{len(result.terms)}" if scored else ""
        else:
            text = f"{result.total} · {class_words(result.result_class)}"
            self.setData(TotalRole, result.total)
        self.setText(text)
        self.setToolTip(
            "\n".join(
                f"{term.criterion}: {term.weight} × {'?' if term.points is None else term.points}"
                for term in result.terms
            )
        )

    def __lt__(self, other: QTableWidgetItem) -> bool:
        return _rank(self) < _rank(other)


def _rank(item: QTableWidgetItem) -> int:
    total = item.data(TotalRole)
    return total if isinstance(total, int) else -1
