"""A form typed in from the official one, row by row, and kept as a new edition."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.form_editions import AddedForm, add_form, draft_faults, fault_words
from geopark_app.operations.form_workbooks import (
    read_form_workbook,
    typed_number,
    write_form_workbook,
)
from geopark_app.rules.form_draft import ANSWER_TYPES, LEVELS, DraftRow, FormDraft

_TEXTS = ("level", "code", "label_vi", "label_en", "answer_type")
_NUMBERS = ("weight", "max_points", "per_unit", "minimum_percent")
_MORE = ("status", "fed_by", "evidence_vi", "evidence_en")
_COLUMNS = (*_TEXTS, *_NUMBERS, *_MORE)
_WIDTHS = (90, 80, 230, 230, 90, 110, 110, 140, 140, 140, 140, 160, 160)
_CHOICES = {0: LEVELS, 4: ("", *ANSWER_TYPES)}


class FormEditor(QDialog):
    """Edits the rows of a form; saving makes a new edition, the old one stays.

    Attributes
    ----------
    edition, title_vi, title_en, source : QLineEdit
        What the edition is called, and where it comes from.
    document : QComboBox
        A or B.
    table : QTableWidget
        The rows.
    faults : QListWidget
        What is wrong; a click leads to the row.
    save_button : QPushButton
        Keep the edition.
    """

    def __init__(self, session: Session, draft: FormDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self.setWindowTitle(_("Type in the official form"))
        self.edition, self.title_vi, self.title_en, self.source = (QLineEdit() for _at in range(4))
        self.document = QComboBox()
        self.document.addItems(["A", "B"])
        self.table = QTableWidget(0, len(_COLUMNS))
        self.table.setAccessibleName(_("Rows of the form"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setItemDelegate(_ChoiceDelegate(self.table))
        self.table.setTabKeyNavigation(False)
        self.faults = QListWidget()
        self.faults.setAccessibleName(_("What is wrong"))
        self.faults.setMaximumHeight(theme.scaled(110))
        self.faults.itemActivated.connect(lambda _item: self._go_to_fault())
        self.faults.itemClicked.connect(lambda _item: self._go_to_fault())
        self._fault_rows: list[int] = []
        self._lay_out()
        self.show_draft(draft)

    def _lay_out(self) -> None:
        head = QFormLayout()
        for words, widget in (
            (_("Edition"), self.edition),
            (_("Document"), self.document),
            (_("Title (Vietnamese)"), self.title_vi),
            (_("Title (English)"), self.title_en),
            (_("Source"), self.source),
        ):
            head.addRow(words, widget)
        self.edition.setPlaceholderText("form-a-2028")
        self.source.setPlaceholderText(_("Which official form, from whom, of which date"))
        self.table.setHorizontalHeaderLabels(
            [
                _("Level"), _("Code"), _("Vietnamese"), _("English"), _("Answer"), _("Weight (%)"),
                _("Greatest points"), _("Points each"), _("Minimum (%)"), _("Where from"),
                _("Fed by"), _("Evidence (vi)"), _("Evidence (en)"),
            ]
        )  # fmt: skip
        for column, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, theme.scaled(width))
        deeds = QHBoxLayout()
        for words, deed in (
            (_("Row below"), self.add_row),
            (_("Remove the row"), self.remove_row),
            (_("Read from Excel…"), self._ask_and_read),
            (_("Write as Excel…"), self._ask_and_write),
            (_("Check"), self.check),
        ):
            button = QPushButton(words)
            button.clicked.connect(lambda _checked=False, deed=deed: deed())
            deeds.addWidget(button)
        deeds.addStretch(1)
        foot = QHBoxLayout()
        self.save_button = QPushButton(_("Save as a new edition"))
        self.save_button.setProperty("look", "primary")
        self.save_button.setEnabled(not self._session.is_read_only)
        self.save_button.clicked.connect(lambda: self.save())
        foot.addWidget(self.save_button)
        foot.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot.addWidget(buttons)
        note = QLabel(
            _(
                "A number that is not known stays empty: the form then gives no score. Points are "
                "PROVISIONAL until the office confirms them."
            )
        )
        note.setProperty("look", "muted")
        note.setWordWrap(True)
        whole = QVBoxLayout(self)
        whole.addLayout(head)
        whole.addWidget(self.table, 1)
        whole.addLayout(deeds)
        whole.addWidget(self.faults)
        whole.addWidget(note)
        whole.addLayout(foot)
        self.faults.hide()
        self.resize(theme.scaled(1240), theme.scaled(690))

    def show_draft(self, draft: FormDraft) -> None:
        """Show a form."""
        for name in ("edition", "title_vi", "title_en", "source"):
            getattr(self, name).setText(getattr(draft, name))
            getattr(self, name).setCursorPosition(0)
        self.document.setCurrentText(draft.document)
        self.table.setRowCount(len(draft.rows))
        for at, row in enumerate(draft.rows):
            for column, name in enumerate(_COLUMNS):
                value = getattr(row, name)
                self._set(at, column, "" if value is None else str(value))

    def _set(self, row: int, column: int, text: str) -> None:
        item = QTableWidgetItem(text)
        item.setToolTip(text)
        self.table.setItem(row, column, item)

    def _text(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return item.text().strip() if item is not None else ""

    def draft(self) -> FormDraft:
        """Give the form as it is typed in; raises `GeoparkError(BAD_VALUE)` for no number."""
        rows = []
        for at in range(self.table.rowCount()):
            cells = {name: self._text(at, column) for column, name in enumerate(_COLUMNS)}
            numbers = {
                name: typed_number(f"{cells['code']} {name}", cells.pop(name)) for name in _NUMBERS
            }
            rows.append(
                DraftRow(
                    level=cells["level"],
                    code=cells["code"],
                    label_vi=cells["label_vi"],
                    label_en=cells["label_en"],
                    answer_type=cells["answer_type"],
                    weight=numbers["weight"],
                    max_points=numbers["max_points"],
                    minimum_percent=numbers["minimum_percent"],
                    per_unit=numbers["per_unit"],
                    status=cells["status"],
                    fed_by=cells["fed_by"],
                    evidence_vi=cells["evidence_vi"],
                    evidence_en=cells["evidence_en"],
                )
            )
        return FormDraft(
            edition=self.edition.text().strip(),
            document=self.document.currentText(),
            title_vi=self.title_vi.text().strip(),
            title_en=self.title_en.text().strip(),
            source=self.source.text().strip(),
            rows=tuple(rows),
        )

    def add_row(self) -> None:
        """Put an empty row below the one chosen, of the same level."""
        at = self.table.currentRow()
        level = self._text(at, 0) if at >= 0 else LEVELS[0]
        self.table.insertRow(at + 1)
        for column in range(len(_COLUMNS)):
            self._set(at + 1, column, level if column == 0 else "")
        self.table.setCurrentCell(at + 1, 1)
        self.table.setFocus()

    def remove_row(self) -> None:
        """Take the row chosen away."""
        at = self.table.currentRow()
        if at >= 0:
            self.table.removeRow(at)

    def check(self) -> bool:
        """Show what is wrong, and say whether the form may be kept."""
        try:
            found = draft_faults(self._session.context, self.draft())
        except GeoparkError as error:
            self._session.messages.error(error)
            return False
        self.faults.clear()
        self._fault_rows = [one.row for one in found]
        self.faults.addItems(
            [f"{'!' if one.is_grave else '·'} {fault_words(one)}" for one in found]
        )
        if not found:
            self.faults.addItem(_("Everything is in order."))
        self.faults.show()
        return not any(one.is_grave for one in found)

    def _go_to_fault(self) -> None:
        at = self.faults.currentRow()
        if 0 <= at < len(self._fault_rows) and self._fault_rows[at]:
            self.table.setCurrentCell(self._fault_rows[at] - 1, 1)
            self.table.setFocus()

    def save(self) -> None:
        """Keep the form as a new edition when nothing grave is wrong."""
        if not self.check():
            return
        draft = self.draft()
        reason = _("Take the form {edition}").format(edition=draft.edition)

        def saved(added: AddedForm) -> None:
            words = _("Kept as {edition}; provisional until confirmed.")
            self._session.messages.done(words.format(edition=added.edition))
            self.accept()

        self._session.run(
            lambda context: add_form(context, draft, reason=reason), while_alive(self, saved)
        )

    # Files ------------------------------------------------------------------------------------

    def _ask_and_read(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Read from Excel"), "", "Excel (*.xlsx)")
        if name:
            self.read_from(Path(name))

    def read_from(self, path: Path) -> None:
        """Show the rows of a workbook; nothing is kept yet."""
        context = self._session.context

        def work(_progress: ReportProgress, _cancel: CancelToken) -> FormDraft:
            return read_form_workbook(context, path)

        def read(draft: FormDraft) -> None:
            self.show_draft(draft)
            self.check()

        self._session.run_beside(work, while_alive(self, read))

    def _ask_and_write(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self,
            _("Write as Excel"),
            self._session.export_path(f"{self.edition.text() or 'form'}-rows.xlsx"),
            "Excel (*.xlsx)",
        )
        if name:
            self.write_to(Path(name))

    def write_to(self, path: Path) -> None:
        """Write the rows as a workbook, to type in there."""
        context, draft = self._session.context, self.draft()

        def work(_progress: ReportProgress, _cancel: CancelToken) -> None:
            write_form_workbook(context, draft, path)

        def done(_none: object) -> None:
            self._session.messages.done(_("Written: {path}").format(path=path))

        self._session.run_beside(work, while_alive(self, done))


class _ChoiceDelegate(QStyledItemDelegate):
    """Offers levels and kinds of answer in a list; all other cells are typed into."""

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        choices = _CHOICES.get(index.column())
        if choices is None:
            return super().createEditor(parent, option, index)
        box = QComboBox(parent)
        box.addItems(list(choices))
        return box
