"""The recommendations register: what was asked, who answers for it, until when, with what proof."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.kinds import Recommendation, kind_named
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import KeyRole, PlainTable
from geopark_app.gui.evidence.dropping import FileDrop, take_files
from geopark_app.gui.evidence.parts import push
from geopark_app.gui.evidence.pickers import EvidencePicker
from geopark_app.gui.formats import shown_date, shown_day
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.records_room.record_dialog import RecordDialog
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations import recommendations as asked
from geopark_app.operations.evidence import link
from geopark_app.operations.evidence_targets import RECOMMENDATION, Target
from geopark_app.operations.recommendations import (
    AddedAction,
    AddedRecommendation,
    RecommendationLine,
    RecommendationRegister,
    read_recommendations,
)
from geopark_app.operations.recommendations_print import write_recommendations
from geopark_app.operations.vocabularies import all_labels

_OURS = {"recommendation", "work", "evidence", "evidence_use", "mission", "organisation"}
_TEXT, _DUE = 1, 5


class RecommendationsDialog(QDialog):
    """Everything asked of the geopark, with the clock of a yellow card where one runs.

    Attributes
    ----------
    table : PlainTable
        The recommendations; files dropped on one become its evidence.
    works, evidence : QListWidget
        What is done for the one chosen, and what proves it.
    clock : QLabel
        Days left of a yellow card.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._options = FormOptions(session, self)
        self._labels = all_labels(session.context)
        self._lines: dict[str, RecommendationLine] = {}
        self._register: RecommendationRegister | None = None
        self.setWindowTitle(_("Recommendations"))
        self.which = QComboBox()
        self.which.setAccessibleName(_("Which recommendations"))
        for key, words in (
            ("all", _("All recommendations")),
            ("open", _("Only open ones")),
            ("late", _("Only late ones")),
            ("unproved", _("Only those without evidence")),
        ):
            self.which.addItem(words, key)
        self.which.currentIndexChanged.connect(lambda _at: self._fill())
        self.sums = QLabel()
        self.sums.setProperty("look", "heading")
        self.clock = QLabel()
        self.clock.setWordWrap(True)
        self.table = PlainTable("recommendations")
        self.table.setAccessibleName(_("Recommendations"))
        self.table.setWordWrap(True)
        self.table.itemSelectionChanged.connect(self._show_chosen)
        self.table.activated.connect(lambda _index: self._open_chosen())
        self._drop = FileDrop(self.table)
        self._drop.dropped.connect(self._take_files)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.works = QListWidget()
        self.works.setAccessibleName(_("Actions"))
        self.works.setWordWrap(True)
        self.works.itemActivated.connect(lambda item: self._open("work", item.data(KeyRole)))
        self.evidence = QListWidget()
        self.evidence.setAccessibleName(_("Proof"))
        self.evidence.setWordWrap(True)
        self.evidence.itemActivated.connect(lambda item: self._open("evidence", item.data(KeyRole)))
        self._lay_out()
        session.changes.changes_stored.connect(self._take_changes)
        self.read()

    def _lay_out(self) -> None:
        self._banner = QFrame()
        self._banner.setProperty("look", "banner")
        QVBoxLayout(self._banner).addWidget(self.clock)
        top = QHBoxLayout()
        top.addWidget(self.sums, 1)
        top.addWidget(self.which)
        split = QSplitter()
        split.addWidget(self.table)
        split.addWidget(self._side())
        split.setSizes([theme.scaled(890), theme.scaled(350)])
        foot = QHBoxLayout()
        self.new_button = push(_("Add a recommendation…"), self._ask_for_text)
        self.open_button = push(_("Open"), self._open_chosen)
        foot.addWidget(self.new_button)
        foot.addWidget(self.open_button)
        foot.addWidget(push(_("Write the register…"), self._export))
        foot.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.addWidget(self._banner)
        column.addLayout(top)
        column.addWidget(split, 1)
        column.addLayout(foot)
        self.resize(theme.scaled(1240), theme.scaled(640))
        may_write = not self._session.is_read_only
        for button in (self.new_button, self.action_button, self.evidence_button):
            button.setEnabled(may_write)

    def _side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(8, 0, 0, 0)
        column.addWidget(self.words)
        self.action_button = push(_("Add an action…"), self._ask_for_action)
        self.evidence_button = push(_("Add evidence…"), self._ask_for_evidence)
        for heading, listed, button in (
            (_("Actions"), self.works, self.action_button),
            (_("Proof"), self.evidence, self.evidence_button),
        ):
            row = QHBoxLayout()
            label = QLabel(heading)
            label.setProperty("look", "strong")
            row.addWidget(label, 1)
            row.addWidget(button)
            column.addLayout(row)
            column.addWidget(listed, 1)
        return side

    # Showing ----------------------------------------------------------------------------------

    def read(self) -> None:
        """Read the register beside the window."""
        context = self._session.context

        def work(_progress: ReportProgress, _cancel: CancelToken) -> RecommendationRegister:
            return read_recommendations(context)

        self._session.run_beside(work, while_alive(self, self._show))

    def _show(self, register: RecommendationRegister) -> None:
        self._register = register
        self._lines = {line.record.uuid: line for line in register.lines}
        still = sum(line.is_open for line in register.lines)
        late = sum(line.is_late for line in register.lines)
        self.sums.setText(
            _("{count} recommendations · {open} open · {late} late").format(
                count=len(register.lines), open=still, late=late
            )
        )
        clock = register.clock
        self._banner.setVisible(clock is not None)
        if clock is not None:
            self.clock.setText(
                _("Yellow card of {given}: {days} days left until {end}.").format(
                    given=shown_date(clock.given_on),
                    days=clock.days_left,
                    end=shown_date(clock.ends_on),
                )
            )
        self._fill()

    def _fill(self) -> None:
        chosen = self.chosen()
        shown = [line for line in self._lines.values() if self._is_wanted(line)]
        headings = (
            _("Number"), _("Recommendation"), _("Origin"), _("Given on"), _("State"), _("Due on"),
            _("Responsible"), _("Actions"), _("Proof"),
        )  # fmt: skip
        rows = [(line.record.uuid, self._texts(line)) for line in shown]
        self.table.show_rows(headings, rows)
        for row, line in enumerate(shown):
            item = self.table.item(row, _DUE)
            if line.is_late and item is not None:
                item.setForeground(QColor(theme.colours().error))
        for column, width in enumerate((66, 164, 94, 86, 80, 84, 124, 74, 100)):
            self.table.setColumnWidth(column, theme.scaled(width))
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_TEXT, QHeaderView.ResizeMode.Stretch)
        rows_of_table = self.table.verticalHeader()
        rows_of_table.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        keys = [line.record.uuid for line in shown]
        if keys:
            self.table.selectRow(keys.index(chosen) if chosen in keys else 0)
        self._show_chosen()

    def _texts(self, line: RecommendationLine) -> tuple[str, ...]:
        record = line.record
        unit = pick(line.unit.name_vi, line.unit.name_en) if line.unit else ""
        due = shown_date(line.due) if line.due else ""
        return (
            record.number or "",
            pick(record.text_vi, record.text_en),
            self._label("recommendation_origin", record.origin),
            shown_day(record.given_on),
            self._label("recommendation_status", record.status) or _("not stated yet"),
            f"{due} {_('(late)')}" if line.is_late else due,
            ", ".join(part for part in (unit, record.owner) if part),
            f"{line.open_actions}/{len(line.actions)}" if line.actions else "",
            ", ".join(one.number or "" for one in line.evidence),
        )

    def _label(self, vocabulary: str, code: str | None) -> str:
        return self._labels.get((vocabulary, code or ""), code or "")

    def _is_wanted(self, line: RecommendationLine) -> bool:
        return {
            "all": True,
            "open": line.is_open,
            "late": line.is_late,
            "unproved": not line.evidence,
        }[str(self.which.currentData())]

    def chosen(self) -> str:
        """Give the uuid of the recommendation chosen, or an empty text."""
        keys = self.table.chosen_keys()
        return str(keys[0]) if keys else ""

    def _show_chosen(self) -> None:
        line = self._lines.get(self.chosen())
        self.works.clear()
        self.evidence.clear()
        self.open_button.setEnabled(line is not None)
        if line is None:
            self.words.clear()
            return
        self.words.setText(self._details(line.record))
        for work in line.actions:
            words = " · ".join(
                part
                for part in (
                    self._label("work_state", work.work_state),
                    shown_day(work.due_on),
                    work.responsible or "",
                )
                if part
            )
            item = QListWidgetItem(f"{pick(work.title_vi, work.title_en)}\n{words}")
            item.setData(KeyRole, work.uuid)
            self.works.addItem(item)
        for one in line.evidence:
            item = QListWidgetItem(f"{one.number or ''}  {pick(one.title_vi, one.title_en)}")
            item.setData(KeyRole, one.uuid)
            self.evidence.addItem(item)

    def _details(self, record: Recommendation) -> str:
        parts = [
            record.text_vi or "",
            record.text_en or "",
            " · ".join(part for part in (record.given_by, shown_day(record.given_on)) if part),
            self._label("wording_status", record.wording_status),
            record.source or "",
            pick(record.answer_vi, record.answer_en),
        ]
        return "\n\n".join(part for part in parts if part)

    def _take_changes(self, changes: Changes) -> None:
        if any(kind in _OURS for kind, _uuid in changes.touched):
            self.read()

    def _open_chosen(self) -> None:
        if uuid := self.chosen():
            self._open("recommendation", uuid)

    def _open(self, kind: str, uuid: str) -> None:
        RecordDialog(self._session, self._options, kind_named(kind), uuid, self).open()

    # Writing ----------------------------------------------------------------------------------

    def _ask_for_text(self) -> None:
        text, is_given = QInputDialog.getMultiLineText(
            self, _("Add a recommendation"), _("Text in Vietnamese:")
        )
        if is_given and text.strip():
            self.add(text)

    def add(self, text: str) -> None:
        """Add a recommendation and open its form."""
        reason = _("Add a recommendation")

        def added(made: AddedRecommendation) -> None:
            self._open("recommendation", made.record.uuid)

        self._session.run(
            lambda context: asked.add_recommendation(context, text, reason=reason),
            while_alive(self, added),
        )

    def _ask_for_action(self) -> None:
        title, is_given = QInputDialog.getText(self, _("Add an action"), _("What is to be done:"))
        if is_given and title.strip():
            self.add_action(title)

    def add_action(self, title: str) -> None:
        """Make a work that answers the recommendation chosen, and open its form."""
        line = self._lines.get(self.chosen())
        if line is None:
            return
        record = line.record
        reason = _("Add an action to {number}").format(number=record.number or "")

        def added(made: AddedAction) -> None:
            self._open("work", made.work.uuid)

        self._session.run(
            lambda context: asked.add_action(context, record, title, reason=reason),
            while_alive(self, added),
        )

    def _ask_for_evidence(self) -> None:
        uuid = self.chosen()
        if not uuid:
            return
        dialog = EvidencePicker(self._session.context, self)
        dialog.accepted.connect(lambda: self.prove(uuid, dialog.keys()))
        dialog.open()

    def prove(self, uuid: str, keys: list[str]) -> None:
        """Let registered evidence stand behind a recommendation."""
        for key in keys:
            self._link(key, Target(kind=RECOMMENDATION, code=uuid))

    def _link(self, key: str, target: Target) -> None:
        reason = _("Link evidence")
        self._session.run(lambda context: link(context, key, [target], reason=reason))

    def _take_files(self, key: object, paths: list[Path]) -> None:
        if key and not self._session.is_read_only:
            take_files(self._session, paths, [Target(kind=RECOMMENDATION, code=str(key))])

    def _export(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self,
            _("Write the register"),
            self._session.export_path("recommendations.docx"),
            "Word (*.docx);;PDF (*.pdf);;Excel (*.xlsx)",
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the register by the suffix of the file."""
        context = self._session.context

        def work(_progress: ReportProgress, cancel: CancelToken) -> None:
            write_recommendations(context, path, cancel)

        def done(_none: object) -> None:
            self._session.messages.done(_("Written: {path}").format(path=path))

        self._session.run_beside(work, while_alive(self, done), label=_("Recommendations"))
