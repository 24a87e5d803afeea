"""Asks for a condition: which field, how it is compared, and with what."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.declaration import FieldSpec, FieldType, RecordKind
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.text import fold
from geopark_app.gui import theme
from geopark_app.gui.conditions.words import NO, YES, label_of, sign_words
from geopark_app.gui.forms.choice_editors import ReferenceEditor
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.conditions import SIGNS, Sign, all_filterable, condition_of
from geopark_app.wording import error_sentence

_KEY = int(Qt.ItemDataRole.UserRole)
_CHOICES = {FieldType.CHOICE, FieldType.CHOICES}
_DATES = {FieldType.DATE, FieldType.INSTANT}


class ConditionDialog(QDialog):
    """A list of all fields at the left; the comparison and the value at the right.

    Attributes
    ----------
    search, fields : QLineEdit, QListWidget
        The fields, found by typing.
    signs : QComboBox
        How the field is compared.
    line, terms, answer : QLineEdit, QListWidget, QComboBox
        The value: typed, terms to tick, or yes and no.

    Signals
    -------
    condition_made(str, str)
        Name with sign, and value, as `operations.conditions` reads them.
    """

    condition_made = Signal(str, str)

    def __init__(
        self,
        session: Session,
        options: FormOptions,
        kind: RecordKind,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Add a condition"))
        self._session = session
        self._options = options
        self._kind = kind
        self._specs: dict[str, FieldSpec] = {
            name: field.spec for name, field in all_filterable(session.context, kind).items()
        }
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(_("Find a field"))
        self.search.setAccessibleName(_("Find a field"))
        self.fields = QListWidget()
        self.fields.setAccessibleName(_("Field"))
        self.field_name = QLabel()
        self.field_name.setProperty("look", "heading")
        self.field_name.setWordWrap(True)
        self.signs = QComboBox()
        self.signs.setAccessibleName(_("How it is compared"))
        self.line = QLineEdit()
        self.terms = QListWidget()
        self.terms.setAccessibleName(_("Terms"))
        self.answer = QComboBox()
        self.answer.addItem(_("Yes"), YES)
        self.answer.addItem(_("No"), NO)
        self.record: ReferenceEditor | None = None
        self.trouble = QLabel()
        self.trouble.setProperty("look", "error")
        self.trouble.setWordWrap(True)
        self._pages = QStackedWidget()
        self._lay_out()
        self._fill_fields()
        self.search.textChanged.connect(self._find)
        self.fields.currentItemChanged.connect(lambda _now, _old: self._show_field())
        self.fields.itemActivated.connect(lambda _item: self._value_widget().setFocus())
        self.signs.currentIndexChanged.connect(lambda _at: self._show_value())
        self.fields.setCurrentRow(0)
        self.search.setFocus()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.search)
        left.addWidget(self.fields, 1)
        for widget in (self._at_top(self.line), self.terms, self._at_top(self.answer)):
            self._pages.addWidget(widget)
        right = QVBoxLayout()
        right.addWidget(self.field_name)
        right.addWidget(self.signs)
        right.addWidget(self._pages, 1)
        right.addWidget(self.trouble)
        columns = QHBoxLayout()
        columns.setSpacing(14)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        add = buttons.addButton(_("Add"), QDialogButtonBox.ButtonRole.AcceptRole)
        add.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(columns, 1)
        layout.addWidget(buttons)
        self.resize(theme.scaled(720), theme.scaled(460))

    def _at_top(self, widget: QWidget) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(widget)
        column.addStretch(1)
        return page

    def _fill_fields(self) -> None:
        for name, spec in self._specs.items():
            item = QListWidgetItem(label_of(spec), self.fields)
            item.setData(_KEY, name)
            item.setToolTip(name)

    def _find(self, text: str) -> None:
        words = fold(text).split()
        shown = []
        for row in range(self.fields.count()):
            item = self.fields.item(row)
            said = fold(f"{item.text()} {item.data(_KEY)}")
            item.setHidden(not all(word in said for word in words))
            if not item.isHidden():
                shown.append(row)
        if shown and self.fields.currentRow() not in shown:
            self.fields.setCurrentRow(shown[0])

    # The field chosen -----------------------------------------------------------------------

    def choose_field(self, name: str) -> None:
        """Go to a field by its name."""
        self.fields.setCurrentRow(list(self._specs).index(name))

    def field(self) -> str:
        """Give the name of the field chosen."""
        return str(self.fields.currentIndex().data(_KEY) or "")

    def sign(self) -> Sign:
        """Give the comparison chosen."""
        return Sign(self.signs.currentData() or "")

    def _show_field(self) -> None:
        spec = self._specs.get(self.field())
        if spec is None:
            return
        self.field_name.setText(label_of(spec))
        self.signs.blockSignals(True)
        self.signs.clear()
        for sign in SIGNS[spec.type]:
            self.signs.addItem(sign_words(sign, spec.type), sign.value)
        self.signs.blockSignals(False)
        self.line.clear()
        self._drop_record()
        self._fill_terms(spec)
        self._show_value()

    def _drop_record(self) -> None:
        if self.record is not None:
            self._pages.removeWidget(self.record)
            self.record.deleteLater()
            self.record = None

    def _fill_terms(self, spec: FieldSpec) -> None:
        self.terms.clear()
        if spec.type not in _CHOICES:
            return
        for option in self._options.terms(spec.vocabulary or ""):
            item = QListWidgetItem("\u2003" * option.depth + option.label(), self.terms)
            item.setData(_KEY, option.key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)

    def _show_value(self) -> None:
        spec = self._specs[self.field()]
        self.trouble.clear()
        hint = _("2026, 2026-05 or 11/05/2026") if spec.type in _DATES else ""
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(_("Value of {field}").format(field=label_of(spec)))
        names_record = spec.type is FieldType.REFERENCE and self.sign() in {Sign.IS, Sign.IS_NOT}
        if names_record and self.record is None:
            self.record = ReferenceEditor(
                spec,
                lambda: self._options.records(spec),
                one=lambda key: self._options.record_of(spec, key),
            )
            self._pages.addWidget(self.record)
        self._pages.setCurrentWidget(self._page())

    def _page(self) -> QWidget:
        widget = self._value_widget()
        is_page = widget in {self.terms, self.record}
        return widget if is_page else widget.parentWidget() or widget

    def _value_widget(self) -> QWidget:
        spec = self._specs[self.field()]
        if self.sign() is Sign.FILLED or spec.type is FieldType.BOOLEAN:
            return self.answer
        if spec.type in _CHOICES:
            return self.terms
        if self.record is not None and self.sign() in {Sign.IS, Sign.IS_NOT}:
            return self.record
        return self.line

    def value(self) -> str:
        """Give the value as it is typed or chosen."""
        reads: dict[QWidget, Callable[[], str]] = {
            self.answer: lambda: str(self.answer.currentData()),
            self.terms: self._ticked,
        }
        widget = self._value_widget()
        if self.record is not None and widget is self.record:
            return self.record.typed_text()
        return reads.get(widget, lambda: self.line.text().strip())()

    def _ticked(self) -> str:
        items = (self.terms.item(row) for row in range(self.terms.count()))
        ticked = [item for item in items if item.checkState() is Qt.CheckState.Checked]
        return "|".join(str(item.data(_KEY)) for item in ticked)

    def accept(self) -> None:
        """Give the condition, when it can be understood."""
        name, value = self.field(), self.value()
        if not name:
            return
        if not value:
            self.trouble.setText(_("Say with what the field is compared."))
            return
        key = f"{name}{self.sign().value}"
        try:
            condition_of(self._session.context, self._kind, key, value)
        except GeoparkError as error:
            self.trouble.setText(error_sentence(error).message)
            return
        self.condition_made.emit(key, value)
        super().accept()
