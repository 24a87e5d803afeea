"""One place: its result, its visits, and the checklist of the visit chosen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Visit
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.keys import add_key
from geopark_app.gui.forms.texts import date_text
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.photos.photo_tile import SAMPLE_MARK
from geopark_app.gui.readiness.score_card import GroupList, ScoreCard
from geopark_app.gui.readiness.subjects import Subject, result_of, visits_of
from geopark_app.gui.readiness.visit_dialog import VisitDialog
from geopark_app.gui.readiness.visit_form import VisitForm
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.checklists import finish_visit, start_visit
from geopark_app.operations.context import AppContext


class PlacePanel(LanguageAware, QWidget):
    """Shows the readiness of one place and lets a visit be answered.

    Signals
    -------
    visit_shown(str)
        Another visit is shown; empty when there is none.
    list_wanted()
        The person is done here: the keyboard goes back to the list of places.
    """

    visit_shown = Signal(str)
    list_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.subject: Subject | None = None
        self.title = QLabel()
        self.title.setWordWrap(True)
        self.title.setProperty("look", "heading")
        self.sample = QLabel(SAMPLE_MARK)
        self.sample.setProperty("look", "warning-chip")
        self.visits = QComboBox()
        self.visits.setObjectName("visits")
        self.visits.activated.connect(self._visit_chosen)
        self.details = QToolButton()
        self.details.setIcon(icon("pencil-outline"))
        self.details.setAutoRaise(True)
        self.details.clicked.connect(self.edit_visit)
        self.start = QPushButton(icon("clipboard-plus-outline"), "")
        self.start.clicked.connect(self.start_visit)
        self.finish = QPushButton(icon("check"), "")
        self.finish.clicked.connect(self.finish_visit)
        self.as_last = QPushButton(icon("history"), "")
        self.scores = ScoreCard()
        self.groups = GroupList()
        self.form = VisitForm(session)
        self.as_last.clicked.connect(self.form.answer_rest_as_last)
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setProperty("look", "muted")
        self.scores.item_wanted.connect(self.form.go_to_item)
        self.groups.group_wanted.connect(self.form.go_to_group)
        self.keys = QLabel()
        self.keys.setProperty("look", "muted")
        self.keys.setWordWrap(True)
        self.form.list_wanted.connect(self.list_wanted)
        for keys in ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"):
            add_key(self, keys, self.finish_visit)
        self._lay_out()
        session.changes.changes_stored.connect(self._take_changes)
        self.retranslate()

    def _lay_out(self) -> None:
        heading = QHBoxLayout()
        heading.addWidget(self.title, 1)
        heading.addWidget(self.sample, 0, Qt.AlignmentFlag.AlignVCenter)
        deeds = QHBoxLayout()
        deeds.addWidget(self.visits, 1)
        deeds.addWidget(self.details)
        deeds.addWidget(self.as_last)
        deeds.addWidget(self.finish)
        deeds.addWidget(self.start)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.groups)
        splitter.addWidget(self.form)
        splitter.setStretchFactor(0, 0)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([156, 640])
        self.groups.setMinimumWidth(150)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(heading)
        column.addWidget(self.scores)
        column.addLayout(deeds)
        column.addWidget(self.hint, 1)
        column.addWidget(splitter, 1)
        column.addWidget(self.keys)
        self.splitter = splitter

    # Showing --------------------------------------------------------------------------------

    def show_subject(self, subject: Subject) -> None:
        """Show a place with its newest visit."""
        if self.subject is not None and self.subject.key == subject.key:
            self.subject = subject
            return
        self.form.flush()
        self.subject = subject
        self._fill_visits()
        self.show_visit(self.visits.currentData() or "")

    def _fill_visits(self) -> None:
        """List the visits anew and keep the one chosen."""
        chosen = self.visits.currentData()
        self.visits.clear()
        if self.subject is not None:
            for visit in visits_of(self._session.context, self.subject):
                self.visits.addItem(visit_words(visit), visit.uuid)
        self.visits.setCurrentIndex(max(0, self.visits.findData(chosen)))
        self.visits.setEnabled(self.visits.count() > 0)

    def _visit_chosen(self) -> None:
        self.show_visit(self.visits.currentData() or "")

    def show_visit(self, uuid: str) -> None:
        """Show a visit of this place, or that there is none."""
        visit = self._session.context.catalogue.get(Visit, uuid) if uuid else None
        self.visits.setCurrentIndex(self.visits.findData(uuid))
        self.form.show_visit(visit)
        self.splitter.setVisible(visit is not None)
        self.keys.setVisible(visit is not None)
        self.hint.setVisible(visit is None)
        self._write()
        self.visit_shown.emit(uuid)

    def _take_changes(self, changes: Changes) -> None:
        kinds = {kind for kind, _uuid in changes.touched}
        if "visit" in kinds:
            self._fill_visits()
            shown = self.visits.currentData() or ""
            if self.form.visit is None or self.form.visit.uuid != shown:
                self.show_visit(shown)
            elif self.form.visit is not None:
                self.form.visit = self._session.context.catalogue.get(Visit, shown)
        if kinds & {"visit", "answer", "site", "route"}:
            self._write()

    def _write(self) -> None:
        subject, may_write = self.subject, not self._session.is_read_only
        self.start.setEnabled(subject is not None and may_write)
        visit = self.form.visit
        self.details.setEnabled(visit is not None)
        self.finish.setEnabled(visit is not None and not visit.finished and may_write)
        open_before = len(self.form.rest_as_last()) if visit is not None and may_write else 0
        self.as_last.setVisible(open_before > 0)
        self.as_last.setText(_("{count} as last time").format(count=open_before))
        self.sample.setVisible(bool(visit is not None and visit.sample))
        if subject is None:
            self.title.setText(_("Choose a place in the list."))
            return
        self.title.setText(" · ".join(part for part in (subject.code, subject.name()) if part))
        result = result_of(self._session.context, subject)
        self.scores.show_result(result if self.visits.count() else None)
        self.groups.show_result(result)

    # Deeds ----------------------------------------------------------------------------------

    def start_visit(self) -> None:
        """Start a visit of today."""
        subject = self.subject
        if subject is None or self._session.is_read_only:
            return
        reason = _("Start a visit to {place}").format(place=subject.code or subject.name())
        made: list[str] = []

        def work(context: AppContext) -> Changes:
            visit, changes = start_visit(
                context,
                subject.scope,
                site_uuid=subject.uuid if subject.scope == "site" else None,
                route_uuid=subject.uuid if subject.scope == "route" else None,
                reason=reason,
            )
            made.append(visit.uuid)
            return changes

        self._session.run(work, while_alive(self, lambda _changes: self._started(made[0])))

    def _started(self, uuid: str) -> None:
        self._fill_visits()
        self.show_visit(uuid)
        first = next(iter(self.form.cards.values()), None)
        if first is not None:
            first.setFocus()

    def take_keyboard(self) -> None:
        """Go on with the visit shown; where there is none, to the button that starts one."""
        if self.form.visit is None:
            self.start.setFocus()
        else:
            self.form.go_to_open()

    def edit_visit(self) -> None:
        """Correct the day, the people and the note of the visit shown."""
        if self.form.visit is not None:
            dialog = VisitDialog(self._session, self.form.visit, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def finish_visit(self) -> None:
        """Mark the visit shown as finished; its answers can still be corrected."""
        visit = self.form.visit
        if visit is None or not self.finish.isEnabled():
            return
        self.form.flush()
        key = visit.uuid
        reason = _("Finish the visit of {date}").format(date=date_text(visit.visited_on or ""))

        def refused(error: BaseException) -> None:
            if isinstance(error, GeoparkError) and error.code is ErrorCode.CHECKLIST:
                self.form.go_to_code(error.details.get("items", "").split(",")[0])
            self._session.messages.error(error)

        self._session.run(
            lambda context: finish_visit(context, key, reason=reason),
            while_alive(self, lambda _changes: self.list_wanted.emit()),
            on_failed=while_alive(self, refused),
        )

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.start.setText(_("New visit"))
        self.start.setToolTip("Ctrl+N")
        self.finish.setText(_("Finish"))
        self.as_last.setToolTip(_("Answer every item still open as on the last visit"))
        finishing = _("Mark this visit as finished; it can still be corrected")
        self.finish.setToolTip(f"{finishing} (Ctrl+Shift+Enter)")
        self.keys.setText(
            _(
                "Keys: 1–5 answer, 0 as last time · ↑ ↓ item · Enter value and note, Esc back · "
                "P photo, Ctrl+V photo copied · Ctrl+Shift+Enter finish"
            )
        )
        self.visits.setAccessibleName(_("Visits"))
        self.details.setToolTip(_("Day, people and note of the visit"))
        self.details.setAccessibleName(_("Day, people and note of the visit"))
        self.hint.setText(
            _(
                "No visit yet. Start one with “New visit” (Ctrl+N): every answer is saved at once, "
                "and you can go on another day."
            )
        )
        for index in range(self.visits.count()):
            visit = self._session.context.catalogue.get(Visit, self.visits.itemData(index))
            if visit is not None:
                self.visits.setItemText(index, visit_words(visit))
        self._write()


def visit_words(visit: Visit) -> str:
    """Say which visit this is."""
    words = [_("Visit of {date}").format(date=date_text(visit.visited_on or ""))]
    if visit.visitors:
        words.append(visit.visitors)
    if not visit.finished:
        words.append(_("not finished"))
    if visit.sample:
        words.append(SAMPLE_MARK)
    return " · ".join(words)
