"""Shows what returned files would change, row by row, and takes the rows ticked."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.kinds import KINDS
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import KeyRole
from geopark_app.gui.editing.value_words import value_words
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.context import AppContext
from geopark_app.operations.unit_answers import (
    Difference,
    ReturnedFile,
    ReturnedRow,
    TakenAnswers,
    read_answers,
    take_answers,
)
from geopark_app.rules.round_trip import Outcome
from geopark_app.wording import error_sentence
from geopark_app.wording.answers import outcome_words, trouble_words
from geopark_app.wording.field_names import kind_label, label_of_field

_WIDTHS = (370, 160, 170, 160)
_STATE = 4


class AnswersPage(QWidget):
    """Differences per field; what was changed here meanwhile is not ticked by itself.

    Attributes
    ----------
    files : list of ReturnedFile
        What is shown.
    tree : QTreeWidget
        Files, rows, fields.
    take_button : QPushButton
        Takes the rows ticked, as one save.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._options = FormOptions(session, self)
        self.files: list[ReturnedFile] = []
        self.note = QLabel(
            _(
                "Drop the files that came back here, as many as you like. Each row shows what "
                "was sent, what came back and what is here now; tick the rows to take."
            )
        )
        self.note.setWordWrap(True)
        self.note.setProperty("look", "muted")
        self.open_button = QPushButton(_("Choose files…"))
        self.open_button.clicked.connect(self._ask)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(_("Differences"))
        self.tree.setAlternatingRowColors(True)
        self.tree.setHeaderLabels(
            [_("Row, field"), _("Sent"), _("Returned"), _("Now here"), _("State")]
        )
        for at, width in enumerate(_WIDTHS):
            self.tree.setColumnWidth(at, theme.scaled(width))
        self.tree.header().setSectionResizeMode(_STATE, QHeaderView.ResizeMode.Stretch)
        self.tree.itemChanged.connect(lambda _item, _column: self._allow())
        self.take_button = QPushButton(_("Take the rows ticked"))
        self.take_button.setProperty("look", "primary")
        self.take_button.clicked.connect(self.take)
        self.words = QLabel()
        top = QHBoxLayout()
        top.addWidget(self.note, 1)
        top.addWidget(self.open_button)
        foot = QHBoxLayout()
        foot.addWidget(self.words, 1)
        foot.addWidget(self.take_button)
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addWidget(self.tree, 1)
        column.addLayout(foot)
        self._allow()

    def _ask(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(
            self, _("Files that came back"), "", "Excel (*.xlsx)"
        )
        if names:
            self.read_files([Path(name) for name in names])

    def read_files(self, paths: Sequence[Path]) -> None:
        """Read files beside the window and show their differences."""
        context = self._session.context

        def work(progress: ReportProgress, cancel: CancelToken) -> list[ReturnedFile]:
            return read_answers(context, paths, progress=progress, cancel=cancel)

        label = _("Reading the answers")
        self._session.run_beside(work, while_alive(self, self.show_files), label=label)

    def show_files(self, files: list[ReturnedFile]) -> None:
        """Show what was read."""
        self.files = files
        self.tree.blockSignals(True)
        self.tree.clear()
        for file in files:
            self.tree.addTopLevelItem(self._file_item(file))
        for at in range(self.tree.topLevelItemCount()):
            top = self.tree.topLevelItem(at)
            assert top is not None
            top.setFirstColumnSpanned(True)
            top.setExpanded(True)
            for item in _children(top):
                item.setExpanded(True)
        self.tree.blockSignals(False)
        self._allow()

    def accepted(self) -> set[tuple[str, str]]:
        """Give the rows ticked, by sending and key."""
        found: set[tuple[str, str]] = set()
        for at, file in enumerate(self.files):
            top = self.tree.topLevelItem(at)
            if top is None or file.request is None:
                continue
            found |= {
                (file.request.key, str(item.data(0, KeyRole)))
                for item in _children(top)
                if item.checkState(0) is Qt.CheckState.Checked
            }
        return found

    def take(self) -> None:
        """Write the rows ticked and that the units answered: one save."""
        files, accepted = self.files, self.accepted()
        count = sum(file.request is not None for file in files)
        reason = _("Take the answers of {count} units").format(count=count)

        def write(context: AppContext) -> TakenAnswers:
            return take_answers(context, files, accepted, reason=reason)

        def done(result: TakenAnswers) -> None:
            self.show_files([])
            self._session.messages.done(
                _("{taken} rows taken, {refused} not taken.").format(
                    taken=result.taken, refused=result.refused
                )
            )

        self._session.run(write, while_alive(self, done))

    # Items ------------------------------------------------------------------------------------

    def _file_item(self, file: ReturnedFile) -> QTreeWidgetItem:
        if file.problem is not None or file.request is None:
            assert file.problem is not None
            words = error_sentence(file.problem)
            item = QTreeWidgetItem([f"{file.path.name}: {words.message} {words.next}"])
            item.setForeground(0, QColor(theme.colours().error))
            return item
        told = _("{file} ({unit}): {changed} rows with differences, {same} as sent").format(
            file=file.path.name,
            unit=file.request.unit.name,
            changed=len(file.rows),
            same=file.unchanged,
        )
        if file.missing:
            told += " · " + _("{count} rows sent are not in the file").format(count=file.missing)
        item = QTreeWidgetItem([told])
        for row in file.rows:
            item.addChild(self._row_item(row))
        return item

    def _row_item(self, row: ReturnedRow) -> QTreeWidgetItem:
        item = QTreeWidgetItem([f"{kind_label(row.kind)}: {row.name or row.uuid}"])
        item.setToolTip(0, item.text(0))
        item.setData(0, KeyRole, row.uuid)
        if row.trouble is not None:
            item.setText(_STATE, trouble_words(row.trouble.value))
            item.setToolTip(_STATE, item.text(_STATE))
            item.setForeground(_STATE, QColor(theme.colours().error))
        if row.may_be_taken:
            is_on = not row.has_conflict
            item.setCheckState(0, Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)
        for one in row.differences:
            item.addChild(self._field_item(row.kind, one))
        return item

    def _field_item(self, kind: str, one: Difference) -> QTreeWidgetItem:
        spec = KINDS[kind].field(one.field)
        returned = (
            str(one.returned) if one.problem else value_words(self._options, spec, one.returned)
        )
        state = outcome_words(one.outcome.value)
        if one.problem is not None:
            state = error_sentence(one.problem).message
        texts = (
            label_of_field(kind, one.field),
            value_words(self._options, spec, one.sent),
            returned,
            value_words(self._options, spec, one.now),
            state,
        )
        item = QTreeWidgetItem(list(texts))
        for column, text in enumerate(texts):
            item.setToolTip(column, text)
        if one.problem is not None or one.outcome is Outcome.CONFLICT:
            colours = theme.colours()
            colour = colours.error if one.problem is not None else colours.warning
            item.setForeground(_STATE, QColor(colour))
        return item

    def _allow(self) -> None:
        ticked = len(self.accepted())
        usable = any(file.request is not None for file in self.files)
        self.take_button.setEnabled(usable and not self._session.is_read_only)
        self.words.setText(
            _("{count} rows ticked; the others stay as they are here.").format(count=ticked)
            if usable
            else ""
        )


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = (item.child(at) for at in range(item.childCount()))
    return [one for one in found if one is not None]
