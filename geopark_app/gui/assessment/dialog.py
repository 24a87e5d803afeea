"""The quantitative assessment of one site: points by criterion, totals while they are chosen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.kinds import Site
from geopark_app.gui import theme
from geopark_app.gui.assessment.criterion_row import CriterionRow
from geopark_app.gui.formats import shown_day
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations import assessments as deeds
from geopark_app.operations.assessments import Assessed, Given
from geopark_app.operations.point_proposals import proposals
from geopark_app.operations.score_words import result_words, total_words
from geopark_app.operations.scoring_methods import BRILHA_2016, Method, method_of
from geopark_app.operations.trash import title_of
from geopark_app.rules.scoring import spread
from geopark_app.wording.scoring import blind_words, state_words

_NEW = ""


class AssessmentDialog(QDialog):
    """Shows and writes the assessments of a site by one method.

    Attributes
    ----------
    choice : QComboBox
        Which assessment; the first line is a new one.
    rows : dict of str to CriterionRow
        By criterion.
    tabs : QTabWidget
        One page for each value, its total in the tab.
    save_button, submit_button, accept_button : QPushButton
        Write the points as a draft; let them stand; make the assessment shown the one that counts.
    agreed_button : QPushButton
        Begin a new assessment with the points all who submitted agree on.
    blind : QLabel
        Why points of others are not shown.
    """

    def __init__(
        self, session: Session, site: Site, parent: QWidget | None = None, method: str = BRILHA_2016
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._site = site
        self._method: Method = method_of(session.context, method)
        self._listed: list[Assessed] = []
        self._is_edited = False
        self.setWindowTitle(_("Assessment of {site}").format(site=title_of(site)))
        self.choice = QComboBox()
        self.choice.setAccessibleName(_("Assessment"))
        self.choice.activated.connect(lambda _at: self._show_chosen())
        self.rows: dict[str, CriterionRow] = {}
        self.tabs = QTabWidget()
        self._add_pages()
        self.totals = QLabel()
        self.totals.setProperty("look", "strong")
        self.totals.setWordWrap(True)
        self.blind = QLabel(blind_words())
        self.blind.setWordWrap(True)
        self.differences = QLabel()
        self.differences.setWordWrap(True)
        self.save_button = QPushButton(_("Save the draft"))
        self.save_button.clicked.connect(lambda: self.save())
        self.submit_button = QPushButton(_("Submit…"))
        self.submit_button.setToolTip(_("The points stand from then on, and others' are shown"))
        self.submit_button.setProperty("look", "primary")
        self.submit_button.clicked.connect(self._ask_to_submit)
        self.agreed_button = QPushButton(_("Begin the agreed result"))
        self.agreed_button.setToolTip(_("A new assessment with the points all agree on"))
        self.agreed_button.clicked.connect(self.begin_agreed)
        self.accept_button = QPushButton(_("Accept as the result…"))
        self.accept_button.clicked.connect(self.accept_shown)
        self._lay_out()
        session.changes.changes_stored.connect(self._take_changes)
        self.read()

    def _add_pages(self) -> None:
        proposed = proposals(self._session.context, self._site, self._method)
        for term in self._method.values:
            page = QWidget()
            page.setProperty("look", "page")
            grid = QGridLayout(page)
            grid.setColumnStretch(2, 3)
            grid.setColumnStretch(5, 2)
            grid.setColumnMinimumWidth(0, theme.scaled(190))
            criteria = [one for one in self._method.criteria if one.value == term.code]
            for at, criterion in enumerate(criteria):
                row = CriterionRow(criterion, proposed.get(criterion.code), self)
                row.edited.connect(self._edited)
                row.add_to(grid, at)
                self.rows[criterion.code] = row
            grid.setRowStretch(len(criteria), 1)
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setWidget(page)
            self.tabs.addTab(area, pick(term.label_vi, term.label_en))

    def _lay_out(self) -> None:
        words = QLabel(state_words(self._method.record))
        words.setProperty("look", "muted")
        words.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        for button in (
            self.save_button, self.submit_button, self.agreed_button, self.accept_button,
        ):  # fmt: skip
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.addWidget(self.choice)
        column.addWidget(self.blind)
        column.addWidget(self.differences)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.totals)
        column.addWidget(words)
        column.addLayout(foot)
        self.resize(theme.scaled(1120), theme.scaled(620))

    def read(self, show: str | None = None) -> None:
        """Read the assessments again and show one of them."""
        self._listed = deeds.assessments_of(self._session.context, self._site.uuid, self._method)
        wanted = self._first_shown() if show is None else show
        self.choice.clear()
        self.choice.addItem(_("New assessment"), _NEW)
        for one in self._listed:
            self.choice.addItem(_assessment_words(one), one.assessment.uuid)
        self.choice.setCurrentIndex(max(0, self.choice.findData(wanted)))
        self.blind.setVisible(any(one.is_hidden for one in self._listed))
        self._show_differences()
        self._show_chosen()

    def _first_shown(self) -> str:
        """Give the own draft, else what counts; a new one when all others are hidden."""
        seen = [one for one in self._listed if not one.is_hidden]
        first = next((one for one in seen if one.is_draft), seen[0] if seen else None)
        return first.assessment.uuid if first else _NEW

    def _show_differences(self) -> None:
        counting = [one for one in self._listed if one.counts]
        found = spread([{c: g.points for c, g in one.given.items()} for one in counting])
        names = {
            code: f"{row.criterion.value} {row.name.text()}" for code, row in self.rows.items()
        }
        words = ", ".join(f"{names.get(c, c)} {low}–{high}" for c, (low, high) in found.items())
        self.differences.setText(_("Assessors differ on: {list}").format(list=words))
        self.differences.setVisible(bool(found))
        self.agreed_button.setVisible(len(counting) > 1)

    def chosen(self) -> Assessed | None:
        """Give the assessment shown, or None for a new one."""
        uuid = self.choice.currentData()
        return next((one for one in self._listed if one.assessment.uuid == uuid), None)

    def _show_chosen(self) -> None:
        shown = self.chosen()
        for code, row in self.rows.items():
            row.show(shown.given.get(code) if shown else None)
            # What was submitted stands; who differs makes a new assessment.
            row.set_read_only(self._stands(shown))
        self._is_edited = False
        self._show_totals()

    def begin_agreed(self) -> None:
        """Begin a new assessment with the points on which all who submitted agree."""
        counting = [one.given for one in self._listed if one.counts]
        self.choice.setCurrentIndex(0)
        self._show_chosen()
        for code, row in self.rows.items():
            points = {given[code].points if code in given else None for given in counting}
            if len(points) == 1:
                row.show(Given(points=points.pop()))
        self._edited()

    def _stands(self, shown: Assessed | None) -> bool:
        return self._session.is_read_only or bool(shown and (shown.is_hidden or not shown.is_draft))

    def _edited(self) -> None:
        self._is_edited = True
        self._show_totals()

    def _show_totals(self) -> None:
        points = {code: row.points() for code, row in self.rows.items()}
        shown = self.chosen()
        words = []
        for at, term in enumerate(self._method.values):
            code = term.code or ""
            result = self._method.total(code, points)
            if shown and shown.is_hidden:
                text = _("hidden")
            elif result.total is None:
                text = _("{count} to score").format(count=len(result.missing))
            else:
                text = f"{total_words(result)} · {result_words(result)}".rstrip(" ·")
            words.append(f"{code}: {text}")
            self.tabs.setTabToolTip(at, text)
        self.totals.setText("     ".join(words))
        stands = self._stands(shown)
        is_draft = shown is not None and shown.is_draft and not shown.is_hidden
        self.save_button.setEnabled(self._is_edited and not stands)
        self.submit_button.setEnabled(not stands and (self._is_edited or is_draft))
        self.accept_button.setEnabled(
            bool(shown and shown.counts and not shown.assessment.is_accepted)
            and not self._session.is_read_only
        )

    def save(self, *, submit: bool = False) -> None:
        """Write the points as one save: into the draft shown, or as a new one."""
        given = {
            code: one
            for code, row in self.rows.items()
            if (one := row.given()).points is not None or one.remark or self._had(code)
        }
        shown = self.chosen()
        into = shown.assessment.uuid if shown else None
        site, method = self._site, self._method
        reason = _("Assess {site}").format(site=title_of(site))
        if submit:
            reason = _("Submit the assessment of {site}").format(site=title_of(site))
        self._is_edited = False
        self.save_button.setEnabled(False)
        self.submit_button.setEnabled(False)

        self._session.run(
            lambda context: deeds.assess(
                context, site, given, method=method, into=into, submit=submit, reason=reason
            ),
            while_alive(self, lambda saved: self.read(saved.assessment.uuid)),
            on_failed=while_alive(self, self._not_saved),
        )

    def _ask_to_submit(self) -> None:
        asked = _("The points stand once they are submitted. Submit them now?")
        if QMessageBox.question(self, self.windowTitle(), asked) == QMessageBox.StandardButton.Yes:
            self.save(submit=True)

    def _had(self, code: str) -> bool:
        shown = self.chosen()
        return shown is not None and code in shown.given

    def _not_saved(self, error: BaseException) -> None:
        self._edited()
        self._session.messages.error(error)

    def accept_shown(self) -> None:
        """Ask why, and make the assessment shown the one that counts."""
        shown = self.chosen()
        if shown is None:
            return
        reason, is_given = QInputDialog.getText(
            self, _("Accept as the result"), _("Why this result is accepted:")
        )
        if is_given and reason.strip():
            self.accept_because(reason)

    def accept_because(self, reason: str) -> None:
        """Make the assessment shown the one that counts, for this reason."""
        shown = self.chosen()
        if shown is None:
            return
        uuid = shown.assessment.uuid
        step = _("Accept an assessment of {site}").format(site=title_of(self._site))
        self._session.run(
            lambda context: deeds.accept(context, uuid, reason=reason, step=step),
            while_alive(self, lambda _changes: self.read(uuid)),
        )

    def done(self, result: int) -> None:
        """Close; points that were chosen are saved first, as a draft."""
        if self.save_button.isEnabled():
            self.save()
        super().done(result)

    def _take_changes(self, changes: Changes) -> None:
        is_ours = any(kind in {"assessment", "assessment_score"} for kind, _uuid in changes.touched)
        if is_ours and not self._is_edited:
            shown = self.chosen()
            self.read(shown.assessment.uuid if shown else None)


def _assessment_words(listed: Assessed) -> str:
    one = listed.assessment
    who = one.assessor or _("unknown assessor")
    words = f"{shown_day(one.assessed_on)}  {who}"
    if listed.is_hidden or one.is_draft:
        state = _("draft, only you see it")
        if listed.is_hidden:
            state = _("draft") if one.is_draft else _("hidden until you submit")
        return f"{words}  · {state}"
    if one.is_accepted:
        words += "  ✓ " + _("accepted: {reason}").format(reason=one.note or "")
    return words
