"""A filled paper form typed in by keyboard only: arrow and digit, or number, digit and value."""

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.kinds import Answer, ChecklistItem, Visit
from geopark_app.gui import theme
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.readiness.paper_table import PaperRow, PaperTable
from geopark_app.gui.readiness.subjects import Subject, read_subjects
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.checklists import (
    OpenChecklist,
    answer_item,
    asked_items,
    finish_visit,
    place_facts,
    start_visit,
)
from geopark_app.operations.context import AppContext
from geopark_app.operations.paper_forms import paper_items
from geopark_app.rules.paper_entry import read_entry
from geopark_app.wording import error_sentence

_SCANNED = "geopark:"


class PaperDialog(QDialog):
    """Every answer is saved at once, with the day of the visit; closing loses nothing.

    Signals
    -------
    visit_made(str, str)
        Key of the place and of the visit, when the dialog closes with one.
    """

    visit_made = Signal(str, str)

    def __init__(
        self, session: Session, subject: Subject | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self.setWindowTitle(_("Type in a paper form"))
        self._subjects = {one.key: one for one in read_subjects(session.context)}
        self._opened: OpenChecklist | None = None
        self.visit: Visit | None = None
        self.place = QComboBox()
        self.place.setEditable(True)
        self.place.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.place.setAccessibleName(_("Place; a scanned QR code is understood"))
        for key, one in self._subjects.items():
            self.place.addItem(f"{one.code} {one.name()}".strip(), key)
        self.place.setCurrentIndex(self.place.findData(subject.key) if subject else 0)
        self.day = QDateEdit(QDate.currentDate())
        self.day.setMaximumDate(QDate.currentDate())
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("dd/MM/yyyy")
        self.day.setAccessibleName(_("Day of the visit"))
        self.people = QLineEdit(session.context.author.person)
        self.people.setAccessibleName(_("Visitors"))
        self.begin_button = QPushButton(_("Begin"))
        self.begin_button.setDefault(True)
        self.begin_button.clicked.connect(lambda _checked=False: self.begin())
        self.entry = QLineEdit()
        self.entry.setAccessibleName(_("Number or code, digit, value, note"))
        self.entry.setPlaceholderText(_("For example: 12 3   or   B11 2 4,5 faded"))
        self.entry.returnPressed.connect(self._take_entry)
        self.problem = QLabel()
        self.problem.setProperty("look", "error")
        self.problem.setWordWrap(True)
        self.table = PaperTable()
        self.table.answered.connect(self._answer)
        self.table.typed.connect(self._type_on)
        self.table.cell_written.connect(self._write_cell)
        self.finish_button = QPushButton(_("Finish"))
        self.finish_button.clicked.connect(lambda _checked=False: self.finish())
        self._lay_out()
        session.changes.changes_stored.connect(self._take_changes)
        self._show_state()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(QLabel(_("Place")))
        head.addWidget(self.place, 1)
        head.addWidget(QLabel(_("Day of the visit")))
        head.addWidget(self.day)
        head.addWidget(QLabel(_("Visitors")))
        head.addWidget(self.people)
        head.addWidget(self.begin_button)
        keys = QLabel(
            _(
                "In the table: arrows, then 1 met · 2 partly · 3 not met · 4 does not apply · "
                "5 not checked; Enter writes value or note. Above it: number or code, digit, "
                "value, note, Enter."
            )
        )
        keys.setWordWrap(True)
        keys.setProperty("look", "muted")
        foot = QHBoxLayout()
        foot.addWidget(self.problem, 1)
        foot.addWidget(self.finish_button)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        foot.addWidget(buttons)
        self.finish_button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.addLayout(head)
        column.addWidget(keys)
        column.addWidget(self.entry)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.resize(theme.scaled(1120), theme.scaled(640))

    def _show_state(self) -> None:
        is_begun = self.visit is not None
        for widget in (self.place, self.day, self.people, self.begin_button):
            widget.setEnabled(not is_begun)
        for other in (self.entry, self.table, self.finish_button):
            other.setEnabled(is_begun)

    # Beginning ------------------------------------------------------------------------------

    def chosen(self) -> Subject | None:
        """Give the place typed, chosen or scanned."""
        typed = self.place.currentText().strip()
        if typed.startswith(_SCANNED):
            scope, _slash, uuid = typed.removeprefix(_SCANNED).partition("/")
            return self._subjects.get(f"{scope}:{uuid}")
        at = self.place.findText(typed)
        if at >= 0:
            return self._subjects.get(str(self.place.itemData(at)))
        return next((one for one in self._subjects.values() if one.code == typed.upper()), None)

    def begin(self) -> None:
        """Make the visit and show its items."""
        subject = self.chosen()
        if subject is None:
            self.problem.setText(_("There is no such place."))
            return
        self.problem.clear()
        day = self.day.date().toString("yyyy-MM-dd")
        people = self.people.text().strip() or None
        reason = _("Paper form of {place}").format(place=subject.code or subject.name())
        made: list[Visit] = []

        def work(context: AppContext) -> Changes:
            visit, changes = start_visit(
                context,
                subject.scope,
                site_uuid=subject.uuid if subject.scope == "site" else None,
                route_uuid=subject.uuid if subject.scope == "route" else None,
                visited_on=day,
                visitors=people,
                reason=reason,
            )
            made.append(visit)
            return changes

        self._session.run(work, while_alive(self, lambda _changes: self._begun(subject, made[0])))

    def _begun(self, subject: Subject, visit: Visit) -> None:
        self.visit = visit
        self._opened, items = paper_items(self._session.context, subject.scope, subject.uuid)
        self.table.show_rows([PaperRow(number=number, item=item) for number, item in items])
        self._show_answers()
        self._show_state()
        self.table.setFocus()

    # Answering ------------------------------------------------------------------------------

    def _take_entry(self) -> None:
        rows = {row.item.code or "": row for row in self.table.rows}
        entry = read_entry(self.entry.text(), [row.printed for row in rows.values()])
        if entry is None:
            self.problem.setText(
                _("Not understood. Write number or code, then a digit from 1 to 5.")
            )
            return
        self.entry.clear()
        item = rows[entry.code].item
        self.table.go_to(item.uuid)
        self._save(item, entry.status, value=entry.value, note=entry.note)

    def _type_on(self, text: str) -> None:
        self.entry.setFocus()
        self.entry.setText(text)

    def _answer(self, item: ChecklistItem, status: str) -> None:
        self._save(item, status)

    def _write_cell(self, item: ChecklistItem, field: str, text: str) -> None:
        if field == "note":
            self._save(item, None, note=text)
            return
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            self.problem.setText(_("“{value}” is no number.").format(value=text))
            self._show_answers()
            return
        self._save(item, None, value=value)

    def _save(
        self,
        item: ChecklistItem,
        status: str | None,
        *,
        value: float | None = None,
        note: str | None = None,
    ) -> None:
        if self.visit is None:
            return
        key = self.visit.uuid
        reason = _("Paper form, item {item}").format(item=item.code)

        def work(context: AppContext) -> Changes:
            return answer_item(
                context,
                key,
                item.uuid,
                status=status,
                value=value,
                unit=item.measure_unit_en if value is not None else None,
                note=note,
                on_visit_day=True,
                reason=reason,
            )[1]

        self._session.run(
            work,
            while_alive(self, lambda _changes: self.problem.clear()),
            on_failed=while_alive(self, self._failed),
        )

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, GeoparkError):
            self.problem.setText(error_sentence(error).message)
            self._show_answers()
        else:
            self._session.messages.error(error)

    def _take_changes(self, changes: Changes) -> None:
        if self.visit is not None and any(kind == "answer" for kind, _uuid in changes.touched):
            self._show_answers()

    def _show_answers(self) -> None:
        if self.visit is None or self._opened is None:
            return
        context = self._session.context
        answers = context.catalogue.records(Answer, where={"visit_uuid": self.visit.uuid})
        asked = asked_items(self._opened, answers, place_facts(context, self.visit))
        self.table.show_answers({one.item_uuid or "": one for one in answers}, asked)

    # Ending ---------------------------------------------------------------------------------

    def finish(self) -> None:
        """Mark the visit as finished and close."""
        if self.visit is None:
            return
        key = self.visit.uuid
        reason = _("Finish the paper form")
        self._session.run(
            lambda context: finish_visit(context, key, reason=reason),
            while_alive(self, lambda _changes: self.accept()),
            on_failed=while_alive(self, self._failed),
        )

    def done(self, result: int) -> None:
        if self.visit is not None:
            scope = self.visit.scope or "site"
            place = self.visit.site_uuid or self.visit.route_uuid or ""
            self.visit_made.emit(f"{scope}:{place}", self.visit.uuid)
        super().done(result)
