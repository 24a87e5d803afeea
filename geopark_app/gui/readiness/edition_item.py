"""One item of an edition: what is asked, of what, how much it weighs, under which conditions."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import ChecklistItem
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.forms.record_form import RecordForm
from geopark_app.gui.forms.text_editors import WheelGuard
from geopark_app.gui.session import Session
from geopark_app.i18n import active, pick
from geopark_app.i18n import gettext as _
from geopark_app.operations.checklist_editions import WholeEdition
from geopark_app.operations.condition_words import condition_words
from geopark_app.rules.checklist_conditions import FACTS

_FIELDS = (
    "label_vi", "label_en", "weight", "critical", "due_before_mission", "relevant", "required",
    "measure_unit_vi", "measure_unit_en", "value_constraint", "constraint_message_vi",
    "constraint_message_en", "threshold_vi", "threshold_en", "why_vi", "why_en", "evidence",
    "basis", "supports", "retired",
)  # fmt: skip

_EXAMPLE = "${B01} = 'met' and not(${C03_value} < 2)"


class EditionItemPanel(QWidget):
    """Texts are saved as they are typed; the three choices above them say what was chosen.

    Signals
    -------
    chosen(str, str, str)
        For the item of this code, this field (`group`, `scope`, `answer_type`) gets this value.
    """

    chosen = Signal(str, str, str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item: ChecklistItem | None = None
        self._guard = WheelGuard(self)
        self.title = QLabel()
        self.title.setProperty("look", "heading")
        self.title.setWordWrap(True)
        self.conditions = QLabel()
        self.conditions.setWordWrap(True)
        self.conditions.setProperty("look", "muted")
        self.group, self.scope, self.answers = QComboBox(), QComboBox(), QComboBox()
        for box, field, name in (
            (self.group, "group", _("Group")),
            (self.scope, "scope", _("Asked of")),
            (self.answers, "answer_type", _("Answers")),
        ):
            box.setAccessibleName(name)
            box.installEventFilter(self._guard)
            box.activated.connect(lambda _at, box=box, field=field: self._choose(box, field))
        for key, words in (("site", _("site")), ("route", _("route")), ("park", _("park"))):
            self.scope.addItem(words, key)
        for key, words in (
            ("status", _("status only")),
            ("measure", _("status and measured value")),
        ):
            self.answers.addItem(words, key)
        self.form = RecordForm(
            session, kind_of(ChecklistItem), FormOptions(session, self), fields=_FIELDS
        )
        self.form.open_all()
        facts = ", ".join(f"${{{name}}}" for name in FACTS)
        about = _("Conditions are written as in XLSForm: {example}; “.” is the value typed.")
        of_place = _("Of the place: {facts}.").format(facts=facts)
        help_words = QLabel(f"{about.format(example=_EXAMPLE)} {of_place}")
        help_words.setWordWrap(True)
        help_words.setProperty("look", "muted")
        choices = QFormLayout()
        choices.addRow(_("Group"), self.group)
        choices.addRow(_("Asked of"), self.scope)
        choices.addRow(_("Answers"), self.answers)
        page = QWidget()
        page.setProperty("look", "page")
        inside = QVBoxLayout(page)
        inside.setContentsMargins(8, 4, 8, 4)
        inside.addWidget(self.title)
        inside.addWidget(self.conditions)
        inside.addLayout(choices)
        inside.addWidget(help_words)
        inside.addWidget(self.form)
        inside.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)

    def show_item(
        self, whole: WholeEdition | None, item: ChecklistItem | None, *, may_write: bool
    ) -> None:
        """Show an item of an edition; one in force is only read."""
        is_other = (item.uuid if item else "") != (self._item.uuid if self._item else "")
        self._item = item
        self.setVisible(item is not None)
        if whole is None or item is None:
            return
        self.title.setText(f"{item.code}  {pick(item.label_vi, item.label_en)}")
        words = _("only if: {condition}")
        self.conditions.setText(
            words.format(condition=condition_words(item.relevant, active()))
            if item.relevant
            else ""
        )
        self.conditions.setVisible(bool(item.relevant))
        self.group.clear()
        for group in whole.groups:
            name = pick(group.label_vi, group.label_en)
            self.group.addItem(f"{group.code}. {name}", group.code)
        code = whole.group_codes.get(item.group_uuid or "", "")
        self.group.setCurrentIndex(self.group.findData(code))
        self.scope.setCurrentIndex(self.scope.findData(item.scope))
        self.answers.setCurrentIndex(self.answers.findData(item.answer_type))
        for box in (self.group, self.scope, self.answers):
            box.setEnabled(may_write)
        if is_other:
            self.form.show_record(item)
        self.form.setEnabled(may_write)

    def flush(self) -> None:
        """Make the saves of everything typed."""
        self.form.flush()

    def _choose(self, box: QComboBox, field: str) -> None:
        if self._item is not None:
            self.chosen.emit(self._item.code or "", field, str(box.currentData()))
