"""One item of the form: what is asked, the answer, what the catalogue holds, the evidence."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.kinds import Evidence, kind_named
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import KeyRole
from geopark_app.gui.forms.text_editors import WheelGuard
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.evaluation import ItemEntry, ItemView
from geopark_app.operations.evaluation_feeds import Feed, feed_words
from geopark_app.rules.evaluation import COUNT, SINGLE

_NOTHING = -1
_MOST = 100_000


class ItemPanel(QWidget):
    """Shows an item and says what was entered.

    Attributes
    ----------
    buttons : dict of str to QAbstractButton
        By option code.
    count, evaluators : QSpinBox
        Things counted; points of the evaluators. The lowest value stands for nothing.
    note : QLineEdit
        A note.
    evidence : QListWidget
        What stands behind the answer.

    Signals
    -------
    entered(str, object)
        An `ItemEntry` for the item of this code.
    evidence_added(str, str), evidence_removed(str, str)
        Item and title of new evidence; item and key of evidence taken away.
    records_wanted(object)
        The records of a `Feed` are to be shown.
    """

    entered = Signal(str, object)
    evidence_added = Signal(str, str)
    evidence_removed = Signal(str, str)
    records_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._view: ItemView | None = None
        self.buttons: dict[str, QAbstractButton] = {}
        self._group: QButtonGroup | None = None
        self._links: list[QPushButton] = []
        self._guard = WheelGuard(self)
        self.title = QLabel()
        self.title.setWordWrap(True)
        self.title.setProperty("look", "heading")
        self.wanted = QLabel()
        self.wanted.setWordWrap(True)
        self.wanted.setProperty("look", "muted")
        self.options = QVBoxLayout()
        self.count = self._spin(_("How many"))
        self.evaluators = self._spin(_("Evaluators' points"))
        self.note = QLineEdit()
        self.note.setAccessibleName(_("Note"))
        self.note.editingFinished.connect(self._enter)
        self.feeds = QVBoxLayout()
        self.evidence = QListWidget()
        self.evidence.setAccessibleName(_("Evidence behind the answer"))
        self.evidence.setMaximumHeight(theme.scaled(120))
        self.add_button = QPushButton(_("Add evidence…"))
        self.add_button.clicked.connect(self._ask_for_evidence)
        self.remove_button = QPushButton(_("Take away"))
        self.remove_button.clicked.connect(self._remove_evidence)
        self._lay_out()

    def _spin(self, name: str) -> QSpinBox:
        spin = QSpinBox()
        spin.setRange(_NOTHING, _MOST)
        spin.setSpecialValueText("–")
        spin.setAccessibleName(name)
        spin.setKeyboardTracking(False)
        spin.installEventFilter(self._guard)
        spin.valueChanged.connect(lambda _value: self._enter())
        return spin

    def _lay_out(self) -> None:
        fields = QFormLayout()
        self.count_label = QLabel(_("How many"))
        fields.addRow(self.count_label, self.count)
        fields.addRow(_("Evaluators' points"), self.evaluators)
        fields.addRow(_("Note"), self.note)
        deeds = QHBoxLayout()
        deeds.addWidget(self.add_button)
        deeds.addWidget(self.remove_button)
        deeds.addStretch(1)
        heading = QLabel(_("Evidence behind the answer"))
        heading.setProperty("look", "strong")
        column = QVBoxLayout(self)
        column.addWidget(self.title)
        column.addWidget(self.wanted)
        column.addLayout(self.options)
        column.addLayout(self.feeds)
        column.addLayout(fields)
        column.addWidget(heading)
        column.addWidget(self.evidence)
        column.addLayout(deeds)
        column.addStretch(1)

    def show_item(self, view: ItemView, feeds: Sequence[Feed], *, read_only: bool) -> None:
        """Show an item with its answer; nothing is taken for an entry."""
        item, answer = view.item, view.answer
        is_same = self._view is not None and self._view.item.uuid == item.uuid
        at = next((code for code, one in self.buttons.items() if one.hasFocus()), "")
        self._view = None
        self.title.setText(f"{item.code}  {pick(item.label_vi, item.label_en)}")
        wanted = _("Its points are to be typed in from the official form.")
        if item.max_points is not None:
            wanted = _("At most {points} points.").format(points=item.max_points)
        if item.per_unit:
            wanted += " " + _("{points} points each.").format(points=item.per_unit)
        if proof := pick(item.evidence_vi, item.evidence_en):
            wanted += " " + _("Evidence wanted: {what}").format(what=proof)
        self.wanted.setText(wanted)
        self._show_options(view)
        is_count = item.answer_type == COUNT
        self.count.setVisible(is_count)
        self.count_label.setVisible(is_count)
        counted = answer.counted if answer else None
        given = answer.evaluator_points if answer else None
        self.count.setValue(_NOTHING if counted is None else counted)
        self.evaluators.setMaximum(_MOST if item.max_points is None else item.max_points)
        self.evaluators.setValue(_NOTHING if given is None else given)
        self.note.setText((answer.note if answer else None) or "")
        self._show_feeds(feeds, is_count=is_count)
        self._show_evidence(view.evidence)
        for widget in (*self.buttons.values(), self.count, self.evaluators, self.add_button):
            widget.setEnabled(not read_only)
        self.note.setReadOnly(read_only)
        self.remove_button.setEnabled(bool(view.evidence) and not read_only)
        if is_same and at in self.buttons:
            # The options are made anew after every save; the keyboard stays where it was.
            self.buttons[at].show()
            self.buttons[at].setFocus()
        self._view = view

    def order_focus(self, before: QWidget) -> None:
        """Let Tab go from `before` to options and feeds, made anew with every item."""
        for widget in (*self.buttons.values(), *self._links, self.count, self.evaluators):
            QWidget.setTabOrder(before, widget)
            before = widget

    def _show_options(self, view: ItemView) -> None:
        _empty(self.options)
        self.buttons = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(view.item.answer_type == SINGLE)
        for option in view.options:
            points = "–" if option.points is None else option.points
            words = f"{pick(option.label_vi, option.label_en)}  ({points})"
            single = view.item.answer_type == SINGLE
            button = QRadioButton(words) if single else QCheckBox(words)
            button.setChecked(option.code in view.chosen)
            button.clicked.connect(lambda _checked=False: self._enter())
            self._group.addButton(button)
            self.options.addWidget(button)
            self.buttons[option.code or ""] = button

    def _show_feeds(self, feeds: Sequence[Feed], *, is_count: bool) -> None:
        _empty(self.feeds)
        self._links = []
        for feed in feeds:
            kind = kind_named(feed.kind)
            row = QHBoxLayout()
            row.addWidget(QLabel(feed_words(feed, pick(kind.label_vi, kind.label_en))))
            if feed.option is not None and (button := self.buttons.get(feed.option)):
                take = QPushButton(_("Take: {option}").format(option=button.text()))
                take.setProperty("look", "link")
                take.clicked.connect(lambda _=False, one=button: one.click())
                row.addWidget(take)
                self._links.append(take)
            if is_count:
                take = QPushButton(_("Take this number"))
                take.setProperty("look", "link")
                take.clicked.connect(lambda _=False, n=feed.count: self.count.setValue(n))
                row.addWidget(take)
                self._links.append(take)
            if feed.records:
                show = QPushButton(_("Show the list"))
                show.setProperty("look", "link")
                show.clicked.connect(lambda _=False, one=feed: self.records_wanted.emit(one))
                row.addWidget(show)
                self._links.append(show)
            row.addStretch(1)
            holder = QWidget()
            holder.setLayout(row)
            row.setContentsMargins(0, 0, 0, 0)
            self.feeds.addWidget(holder)

    def _show_evidence(self, evidence: Sequence[Evidence]) -> None:
        self.evidence.clear()
        for one in evidence:
            words = f"{one.number or ''}  {pick(one.title_vi, one.title_en)}".strip()
            line = QListWidgetItem(words)
            line.setData(KeyRole, one.uuid)
            self.evidence.addItem(line)
        if evidence:
            self.evidence.setCurrentRow(0)

    def entry(self) -> ItemEntry:
        """Give what is entered now."""
        counted, given = self.count.value(), self.evaluators.value()
        return ItemEntry(
            chosen=[code for code, button in self.buttons.items() if button.isChecked()],
            counted=None if counted == _NOTHING or self.count.isHidden() else counted,
            evaluator_points=None if given == _NOTHING else given,
            note=self.note.text().strip() or None,
        )

    def _enter(self) -> None:
        view = self._view
        if view is None:
            return
        entry = self.entry()
        answer = view.answer
        held = ItemEntry(
            chosen=list(view.chosen),
            counted=answer.counted if answer else None,
            evaluator_points=answer.evaluator_points if answer else None,
            note=answer.note if answer else None,
        )
        if entry != held:
            self.entered.emit(view.item.code or "", entry)

    def _ask_for_evidence(self) -> None:
        title, is_given = QInputDialog.getText(
            self, _("Add evidence"), _("Title of the evidence (file, decision, photo, address):")
        )
        if is_given and title.strip() and self._view is not None:
            self.evidence_added.emit(self._view.item.code or "", title.strip())

    def _remove_evidence(self) -> None:
        line = self.evidence.currentItem()
        if self._view is not None and self.evidence.count():
            self.evidence_removed.emit(self._view.item.code or "", str(line.data(KeyRole)))


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
