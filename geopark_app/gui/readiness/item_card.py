"""One item of a checklist: what is asked, five big answers, note, measured value, evidence."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import Answer, ChecklistItem, Photo
from geopark_app.gui import theme
from geopark_app.gui.forms.keys import add_key
from geopark_app.gui.forms.text_editors import LongTextEditor
from geopark_app.gui.forms.texts import date_text, number_text
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.photos.dropping import local_paths
from geopark_app.gui.photos.pictures import Pictures
from geopark_app.gui.readiness.evidence import EvidenceRow
from geopark_app.gui.readiness.status_buttons import StatusButtons
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.checklists import STATUSES, LastAnswer
from geopark_app.wording.readiness import status_words

_KEYS = {str(number): status for number, status in enumerate(STATUSES, start=1)}


class ItemCard(LanguageAware, QFrame):
    """Takes the keys 1 to 5 while it has the focus; arrows go to the neighbours.

    Signals
    -------
    answered(str)
        A status was chosen.
    note_typed(), note_left(), value_typed(), value_left()
        The note or the measured value is being written, or was left.
    step_wanted(int)
        The person wants the next (1) or the former (-1) item.
    files_dropped(list)
        Pictures that prove the answer.
    last_wanted()
        The answer of the last visit holds still.
    paste_wanted()
        The pictures on the clipboard prove the answer.
    list_wanted()
        The person is done here and wants the list of places.
    grown()
        The card has another size.
    """

    answered = Signal(str)
    note_typed = Signal()
    note_left = Signal()
    value_typed = Signal()
    value_left = Signal()
    step_wanted = Signal(int)
    files_dropped = Signal(list)
    last_wanted = Signal()
    paste_wanted = Signal()
    list_wanted = Signal()
    grown = Signal()

    def __init__(
        self, item: ChecklistItem, pictures: Pictures, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.item = item
        self.setProperty("look", "panel")
        self.setObjectName(f"item-{item.code}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.marks = QLabel()
        self.marks.setWordWrap(True)
        self.marks.setProperty("look", "muted")
        self.statuses = StatusButtons()
        self.statuses.chosen.connect(self._chosen)
        note = kind_of(Answer).field("note")
        assert note is not None
        self.note = LongTextEditor(note)
        self.note.text.set_lines(1)
        self.note.typed.connect(self.note_typed)
        self.note.left.connect(self.note_left)
        self.value = QLineEdit()
        self.value.textEdited.connect(self.value_typed)
        self.value.editingFinished.connect(self.value_left)
        self.value.returnPressed.connect(self.note.setFocus)
        self.unit = QLabel()
        self.unit.setWordWrap(True)
        self.unit.setProperty("look", "muted")
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.setProperty("look", "error")
        self.problem.hide()
        self.evidence = EvidenceRow(pictures)
        self.told = QLabel()
        self.told.setProperty("look", "muted")
        self.last = QPushButton(icon("history"), "")
        self.last.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.last.clicked.connect(self.last_wanted)
        self.last.hide()
        self.photo = QToolButton()
        self.photo.setIcon(icon("camera-plus-outline"))
        self.photo.setAutoRaise(True)
        self.photo.clicked.connect(self._choose_photos)
        # Not in note and value, where the same keys paste a text.
        add_key(self, QKeySequence.StandardKey.Paste, self._paste, with_children=False)
        self._last: LastAnswer | None = None
        self._is_last_old = False
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(5)
        column.addWidget(self.words)
        column.addWidget(self.marks)
        column.addWidget(self.statuses)
        below = QHBoxLayout()
        below.setSpacing(6)
        if self.item.answer_type == "measure":
            self.value.setFixedWidth(theme.scaled(86))
            below.addWidget(self.value, 0, Qt.AlignmentFlag.AlignTop)
            below.addWidget(self.unit, 1)
        below.addWidget(self.note, 2)
        below.addWidget(self.photo, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(below)
        column.addWidget(self.problem)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self.evidence)
        foot.addWidget(self.last)
        foot.addStretch(1)
        foot.addWidget(self.told)
        column.addLayout(foot)

    # Showing --------------------------------------------------------------------------------

    def show_answer(self, answer: Answer | None, photos: Sequence[Photo]) -> None:
        """Show what stands in the catalogue."""
        self.show_status(None if answer is None else answer.status)
        self.show_note((answer.note if answer else None) or "")
        measured = answer.measured if answer else None
        self.show_value(number_text(measured.value) if measured else "")
        self.evidence.show_photos(photos)

    def show_status(self, status: str | None) -> None:
        """Show an answer."""
        self.statuses.show_status(status)
        self._show_last()
        self._describe()

    def show_told(self, answer: Answer | None, *, is_old: bool = False) -> None:
        """Show who answered, and when; an answer that is too old is grey."""
        self.statuses.show_age(is_old)
        told = answer is not None and answer.status is not None
        self.told.setVisible(told)
        if answer is not None and told:
            at = _moment(answer.answered_at)
            old = _("too old") if is_old else ""
            self.told.setText(" · ".join(part for part in (answer.answered_by, at, old) if part))

    def show_last_time(self, last: LastAnswer | None, *, is_old: bool = False) -> None:
        """Offer the answer of the last visit; one that is too old asks to be looked at again."""
        self._last, self._is_last_old = last, is_old
        self._show_last()

    def _show_last(self) -> None:
        last = self._last
        is_open = self.statuses.status() == "not_checked"
        self.last.setVisible(last is not None and is_open and self.statuses.isEnabled())
        if last is None:
            return
        day = date_text(last.day.isoformat()) if last.day else "–"
        words = _("As last time: {answer} ({day})").format(
            answer=status_words(last.answer.status or "not_checked"), day=day
        )
        self.last.setText(f"{words} · {_('too old')}" if self._is_last_old else words)
        self.last.setToolTip(_("Key {number}").format(number=0))

    def show_note(self, text: str) -> None:
        """Show a note."""
        self.note.show_text(text)

    def show_value(self, text: str) -> None:
        """Show a measured value."""
        if self.value.text() != text:
            self.value.setText(text)

    def show_problem(self, sentence: str) -> None:
        """Show what is wrong with the measured value, or nothing."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def set_read_only(self, read_only: bool) -> None:
        """Allow or refuse answering."""
        self.statuses.setEnabled(not read_only)
        self.note.set_read_only(read_only)
        self.value.setReadOnly(read_only)
        self.photo.setEnabled(not read_only)
        self._show_last()
        self.setAcceptDrops(not read_only)

    def has_keyboard(self) -> bool:
        """Say whether what is typed goes to this item or to something in it."""
        focus: QWidget | None = self.window().focusWidget()
        return focus is self or (focus is not None and self.isAncestorOf(focus))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.grown.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(QColor(theme.colours().focus), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 5, 5)
            painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # Keys and drops -------------------------------------------------------------------------

    def _chosen(self, status: str) -> None:
        self.setFocus()
        self._describe()
        self.answered.emit(status)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        status = _KEYS.get(event.text())
        if status is not None and self.statuses.isEnabled():
            self.statuses.show_status(status)
            self._chosen(status)
        elif event.text() == "0" and not self.last.isHidden():
            self.last_wanted.emit()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.step_wanted.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            measured = self.item.answer_type == "measure"
            (self.value if measured and self.hasFocus() else self.note).setFocus()
        elif event.key() == Qt.Key.Key_P and self.photo.isEnabled() and self.hasFocus():
            self._choose_photos()
        elif event.key() == Qt.Key.Key_Escape and not self.hasFocus():
            self.setFocus()
        elif event.key() == Qt.Key.Key_Escape:
            self.list_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _paste(self) -> None:
        if self.photo.isEnabled():
            self.paste_wanted.emit()

    def _choose_photos(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(
            self,
            _("Photos that prove the answer"),
            "",
            "JPEG, PNG, HEIC, TIFF (*.jpg *.jpeg *.png *.heic *.tif *.tiff *.webp)",
        )
        if names:
            self.files_dropped.emit([Path(name) for name in names])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and local_paths(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.files_dropped.emit(local_paths(event.mimeData()))

    # Words ----------------------------------------------------------------------------------

    def _describe(self) -> None:
        label = pick(self.item.label_vi, self.item.label_en)
        answer = status_words(self.statuses.status())
        self.setAccessibleName(
            _("{code} {item}. Answer: {answer}").format(
                code=self.item.code or "", item=label, answer=answer
            )
        )

    def _marks(self) -> str:
        item = self.item
        marks = [_("weight {weight}").format(weight=item.weight or 0)]
        if item.critical:
            marks.insert(0, _("⚑ critical"))
        if item.required:
            marks.append(_("must be answered"))
        threshold = pick(item.threshold_vi, item.threshold_en)
        if threshold:
            marks.append(threshold)
        return " · ".join(marks)

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        item = self.item
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setText(f"{item.code}  {pick(item.label_vi, item.label_en)}")
        self.setToolTip(pick(item.why_vi, item.why_en))
        self.marks.setText(self._marks())
        self.unit.setText(pick(item.measure_unit_vi, item.measure_unit_en))
        self.note.text.setPlaceholderText(_("Note"))
        self.note.text.setAccessibleName(_("Note"))
        self.value.setPlaceholderText(_("Value"))
        self.value.setAccessibleName(_("Measured value"))
        self.photo.setToolTip(_("Photos that prove the answer; or drop them here"))
        self.photo.setAccessibleName(_("Add photos to {item}").format(item=item.code or ""))
        self._show_last()
        self._describe()


def _moment(instant: str | None) -> str:
    try:
        at = datetime.fromisoformat(instant or "")
    except ValueError:
        return ""
    return (at.astimezone(VIETNAM) if at.tzinfo else at).strftime("%d/%m/%Y %H:%M")
