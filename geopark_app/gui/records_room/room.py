"""The room of all other records: kinds at the left, a table, and the form of one record."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.declaration import Record, RecordKind
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.kinds import KINDS
from geopark_app.domain.kinds.shelves import SHELVES
from geopark_app.gui import theme
from geopark_app.gui.conditions.chips import ConditionChips
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.forms.record_form import RecordForm
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.lists.list_table import ListTable
from geopark_app.gui.lists.refresher import Refresher
from geopark_app.gui.records_room.deeds import MadeRecord, add_linked, trash_record
from geopark_app.gui.records_room.file_row import FileRow
from geopark_app.gui.records_room.linked import LinkedLists
from geopark_app.gui.records_room.table_model import RecordsModel
from geopark_app.gui.session import Session
from geopark_app.gui.window_layout import keep_splitter, restore_splitter
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.yearly_totals import YearTotal, yearly_totals

_FIRST_KIND = "organisation"
_MOST_YEARS = 3
_WIDEST_COLUMN = 260


class RecordsRoom(LanguageAware, QWidget):
    """Shows and edits the records of any kind that has a shelf."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.options = FormOptions(session, self)
        self.kind = KINDS[_FIRST_KIND]
        self.kinds = QTreeWidget()
        self._items: dict[str, QTreeWidgetItem] = {}
        self.kinds.setObjectName("record-kinds")
        self.kinds.setHeaderHidden(True)
        self.records = RecordsModel(session, self.kind, self)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.add_button = QPushButton(icon("plus"), "")
        self.trash_button = QPushButton(icon("trash-can-outline"), "")
        self.conditions = ConditionChips(session, self.options, self.kind)
        self.table = ListTable(self.records)
        self.totals = QLabel()
        self.totals.setProperty("look", "muted")
        self.totals.setWordWrap(True)
        self.nothing = QLabel()
        self.nothing.setProperty("look", "muted")
        self.nothing.setWordWrap(True)
        self.file = FileRow(session)
        self.linked = LinkedLists(session, self.options)
        self.form: RecordForm | None = None
        self._place = QVBoxLayout()
        self.splitter = QSplitter()
        self._refresher = Refresher(session, (), self._reading, self._take_rows, self)
        self._set_up_table()
        self._lay_out()
        self._connect()
        self.retranslate()
        self.show_kind(_FIRST_KIND)

    def _set_up_table(self) -> None:
        self.table.setObjectName("records-table")
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.table.horizontalHeader().setStretchLastSection(True)

    def _lay_out(self) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        above = QHBoxLayout()
        above.addWidget(self.search, 1)
        above.addWidget(self.conditions.button)
        deeds = QHBoxLayout()
        deeds.addWidget(self.add_button)
        deeds.addWidget(self.trash_button)
        deeds.addStretch(1)
        column.addLayout(above)
        column.addLayout(deeds)
        column.addWidget(self.conditions)
        column.addWidget(self.table, 1)
        column.addWidget(self.totals)
        page = QWidget()
        page.setProperty("look", "page")
        inside = QVBoxLayout(page)
        inside.setContentsMargins(4, 0, 10, 0)
        inside.addWidget(self.nothing)
        inside.addWidget(self.file)
        inside.addLayout(self._place)
        inside.addWidget(self.linked)
        inside.addStretch(1)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.splitter.setChildrenCollapsible(False)
        for widget, least in ((self.kinds, 180), (middle, 300), (area, 480)):
            widget.setMinimumWidth(least)
            self.splitter.addWidget(widget)
        if not restore_splitter(self.splitter, "records"):
            self.splitter.setSizes([205, 440, 540])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 10, 4, 8)
        layout.addWidget(self.splitter)

    def _connect(self) -> None:
        self.kinds.currentItemChanged.connect(lambda item, _old: self._kind_chosen(item))
        self.search.textChanged.connect(self._filter)
        self.conditions.changed.connect(self._filter)
        self.add_button.clicked.connect(lambda: self.add())
        self.trash_button.clicked.connect(lambda: self.trash())
        self.table.key_selected.connect(self._went_to)
        self._session.files_read.connect(self._files_read)
        self._session.about_to_save.connect(lambda: keep_splitter(self.splitter, "records"))

    # Kinds ----------------------------------------------------------------------------------

    def _fill_kinds(self) -> None:
        self.kinds.blockSignals(True)
        self._items.clear()
        self.kinds.clear()
        for shelf, vi, en in SHELVES:
            top = QTreeWidgetItem(self.kinds, [pick(vi, en)])
            top.setFlags(Qt.ItemFlag.ItemIsEnabled)
            for kind in KINDS.values():
                if kind.shelf == shelf:
                    item = QTreeWidgetItem(top, [pick(kind.label_vi, kind.label_en)])
                    item.setData(0, Qt.ItemDataRole.UserRole, kind.name)
                    self._items[kind.name] = item
                    if kind is self.kind:
                        self.kinds.setCurrentItem(item)
            top.setExpanded(True)
        self.kinds.blockSignals(False)

    def _mark_kind(self) -> None:
        # Not filled anew: the choice itself comes from an item of this tree, which must live on.
        if not self._items:
            self._fill_kinds()
        if item := self._items.get(self.kind.name):
            self.kinds.blockSignals(True)
            self.kinds.setCurrentItem(item)
            self.kinds.blockSignals(False)

    def _kind_chosen(self, item: QTreeWidgetItem | None) -> None:
        name = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None
        if name and name != self.kind.name:
            self.show_kind(name)

    def show_kind(self, name: str) -> None:
        """Show the records of a kind."""
        self.flush()
        self.kind = KINDS[name]
        self._mark_kind()
        self._make_form(self.kind)
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._refresher.kinds = frozenset({name, "term"})
        self.conditions.show_kind(self.kind)
        self.records.show_kind(self.kind)
        self.table.forget_current()
        self._show_totals()
        self.table.resizeColumnsToContents()
        widest = theme.scaled(_WIDEST_COLUMN)
        for column in range(self.records.columnCount()):
            self.table.setColumnWidth(column, min(self.table.columnWidth(column), widest))
        if self.records.rowCount():
            self.table.selectRow(0)
        else:
            self._show(None)

    def _make_form(self, kind: RecordKind) -> None:
        if self.form is not None:
            self._place.removeWidget(self.form)
            self.form.deleteLater()
        self.form = RecordForm(self._session, kind, self.options)
        self.form.open_all()
        self._place.addWidget(self.form)

    # Rows -----------------------------------------------------------------------------------

    def _filter(self) -> None:
        try:
            self.records.apply(self.conditions.conditions(), self.search.text())
        except GeoparkError as error:
            self._session.messages.error(error)
            return
        if not self.table.go_to(self._shown_uuid()):
            self.table.go_to_row(0)
        if self.records.rowCount() == 0:
            self._show_next()

    def _shown_uuid(self) -> str:
        shown = self.form.record if self.form is not None else None
        return shown.uuid if shown is not None else ""

    def _reading(self) -> Callable[[], Any]:
        context, kind, read = self._session.context, self.kind, self.records.reading()
        return lambda: (read(), yearly_totals(context, kind))

    def _take_rows(self, found: Any) -> None:
        rows, years = found
        self.records.take(rows)
        self._say_totals(years)
        if self._shown_uuid() and self.records.row_of(self._shown_uuid()) < 0:
            self._show_next()

    def _files_read(self) -> None:
        if self.kind.name == "document":
            self._refresher.read_again()

    def _show_next(self) -> None:
        """Show the record the cursor is on, or none: the one shown is gone."""
        self.table.forget_current()
        if self.table.current_uuid():
            self._went_to(self.table.current_uuid())
        else:
            self._show(None)

    def _show_totals(self) -> None:
        self._say_totals(yearly_totals(self._session.context, self.kind))

    def _say_totals(self, years: list[YearTotal]) -> None:
        lines = [self._total_words(year) for year in years[:_MOST_YEARS]]
        self.totals.setText("\n".join(lines))
        self.totals.setVisible(bool(lines))

    def _total_words(self, total: YearTotal) -> str:
        sums = []
        for name, value in total.sums.items():
            field, _part, unit = name.partition(" ")
            spec = self.kind.field(field)
            label = pick(spec.label_vi, spec.label_en) if spec else field
            sums.append(f"{label} {value:g} {unit.strip('()')}".rstrip())
        words = _("{year}: {count} records").format(
            year=total.year or _("without a date"), count=total.count
        )
        return " · ".join([words, *sums])

    def current_uuid(self) -> str:
        """Give the key of the record chosen, or an empty text."""
        return self.table.current_uuid()

    def go_to(self, uuid: str) -> bool:
        """Choose a record; say whether it is shown."""
        return self.table.go_to(uuid)

    def _went_to(self, uuid: str) -> None:
        if self._shown_uuid() != uuid:
            self._show(self._session.context.catalogue.get(self.kind.record_type, uuid))

    def _show(self, record: Record | None) -> None:
        assert self.form is not None
        self.form.show_record(record)
        self.form.setVisible(record is not None)
        self.file.setVisible(record is not None and self.kind.name == "document")
        self.file.show_record(record)
        self.linked.show_record(self.kind, record)
        self.nothing.setVisible(record is None)
        may_write = not self._session.is_read_only
        self.trash_button.setEnabled(record is not None and may_write)
        self.add_button.setEnabled(may_write)

    # Deeds ----------------------------------------------------------------------------------

    def add(self) -> None:
        """Make an empty record of the kind and go to it."""
        name = self.kind.name
        self.flush()
        self._session.run(
            lambda context: add_linked(context, name, {}), while_alive(self, self._added)
        )

    def _added(self, made: MadeRecord) -> None:
        if made.kind != self.kind.name:
            return
        self.conditions.show_conditions({})
        self.search.clear()
        self._filter()
        self.go_to(made.uuid)
        rows = list(self.form.rows()) if self.form is not None else []
        if rows:
            rows[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def trash(self) -> None:
        """Put the record shown into the trash; it can be undone."""
        record = self.form.record if self.form is not None else None
        if record is not None:
            self.flush()
            trash_record(self._session, self.kind, record)

    def flush(self) -> None:
        """Make the saves of everything typed."""
        if self.form is not None:
            self.form.flush()

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.search.setPlaceholderText(_("Search, with or without accents"))
        self.search.setAccessibleName(_("Search these records"))
        self.add_button.setText(_("Add record"))
        self.trash_button.setText(_("To the trash"))
        self.nothing.setText(_("Choose a record in the list, or add one."))
        self._fill_kinds()
        if self.form is not None:
            self.records.retranslate()
            self._show_totals()
