"""What hangs on a record: every list of it with its rows, to open, add to and take from."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import FieldType, ListSpec, Record, RecordKind
from geopark_app.domain.kinds import KINDS
from geopark_app.gui import theme
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.records_room.deeds import MadeRecord, add_linked, drop_untouched, trash_record
from geopark_app.gui.records_room.record_dialog import RecordDialog
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.linked_records import LinkedList, Titles, linked_lists

_HEIGHT = 260
_READ_AGAIN_MS = 150
# Photos and visits are added where their own screens are.
_ADDED_ELSEWHERE = {"photo", "visit"}


class LinkedLists(LanguageAware, QWidget):
    """The lists of one record; closed until the person asks for them.

    Signals
    -------
    filled()
        The lists show what the catalogue holds.
    """

    filled = Signal()

    def __init__(
        self, session: Session, options: FormOptions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._options = options
        self._kind: RecordKind | None = None
        self._record: Record | None = None
        self.heading = QPushButton(icon("chevron-right"), "")
        self.heading.setCheckable(True)
        self.heading.setProperty("look", "link")
        self.heading.toggled.connect(self._toggle)
        self.body = QWidget()
        self.tree = QTreeWidget()
        self.tree.setObjectName("linked-records")
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(1)
        self.tree.setMinimumHeight(theme.scaled(_HEIGHT))
        self.tree.itemActivated.connect(self._open_item)
        self.tree.currentItemChanged.connect(lambda *_items: self._allow())
        self.add_button = QPushButton(icon("plus"), "")
        self.open_button = QPushButton(icon("pencil-outline"), "")
        self.remove_button = QPushButton(icon("trash-can-outline"), "")
        self.add_button.clicked.connect(lambda: self.add())
        self.open_button.clicked.connect(lambda: self._open_item(self.tree.currentItem()))
        self.remove_button.clicked.connect(lambda: self.remove())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_READ_AGAIN_MS)
        self._timer.timeout.connect(self.fill)
        session.changes.changes_stored.connect(self._take_changes)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        for button in (self.add_button, self.open_button, self.remove_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(4, 2, 4, 10)
        inside.addWidget(self.tree)
        inside.addLayout(buttons)
        self.body.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.heading)
        column.addWidget(self.body)

    def show_record(self, kind: RecordKind, record: Record | None) -> None:
        """Show the lists of a record, or none."""
        self._kind, self._record = kind, record
        self.setVisible(record is not None)
        if self.heading.isChecked():
            self.fill()

    def open_list(self, name: str) -> bool:
        """Open the lists and go to one of them; say whether it is here."""
        if self._kind is None or not any(one.name == name for one in self._kind.lists):
            return False
        self.heading.setChecked(True)
        item = self._top(name)
        if item is not None:
            item.setExpanded(True)
            self.tree.setCurrentItem(item)
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        return item is not None

    def _top(self, name: str) -> QTreeWidgetItem | None:
        for at in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(at)
            if item is not None and item.data(0, Qt.ItemDataRole.UserRole).name == name:
                return item
        return None

    def _toggle(self, shown: bool) -> None:
        self.heading.setIcon(icon("chevron-down" if shown else "chevron-right"))
        self.body.setVisible(shown)
        if shown:
            self.fill()

    def _take_changes(self, changes: Changes) -> None:
        if self.heading.isChecked() and changes.touched:
            self._timer.start()

    def fill(self) -> None:
        """Read the lists anew; what was open stays open."""
        self._timer.stop()
        if self._kind is None or self._record is None:
            self.tree.clear()
            return
        opened, current = self._opened(), self._current_name()
        context = self._session.context
        titles = Titles(context)
        self.tree.clear()
        for found in linked_lists(context, self._kind, self._record):
            item = self._list_item(found, titles)
            item.setExpanded(found.spec.name in opened)
            if found.spec.name == current:
                self.tree.setCurrentItem(item)
        self._allow()
        self.filled.emit()

    def _opened(self) -> set[str]:
        items = [self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount())]
        return {
            item.data(0, Qt.ItemDataRole.UserRole).name
            for item in items
            if item is not None and item.isExpanded()
        }

    def _current_name(self) -> str:
        one = self._current_list()
        return one.name if one is not None else ""

    def _list_item(self, found: LinkedList, titles: Titles) -> QTreeWidgetItem:
        spec = found.spec
        label = pick(spec.label_vi, spec.label_en)
        top = QTreeWidgetItem(self.tree, [f"{label} ({len(found.records)})"])
        top.setData(0, Qt.ItemDataRole.UserRole, spec)
        for record in titles.sorted(list(found.records)):
            row = QTreeWidgetItem(top, [titles.title(record)])
            row.setData(0, Qt.ItemDataRole.UserRole, record)
        return top

    def _current_list(self) -> ListSpec | None:
        item = self.tree.currentItem()
        if item is None:
            return None
        content = (item.parent() or item).data(0, Qt.ItemDataRole.UserRole)
        return content if isinstance(content, ListSpec) else None

    def _current_record(self) -> Record | None:
        item = self.tree.currentItem()
        content = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None
        return content if isinstance(content, Record) else None

    def _allow(self) -> None:
        one, record = self._current_list(), self._current_record()
        may_write = not self._session.is_read_only
        is_own = one is not None and one.kind not in _ADDED_ELSEWHERE
        self.add_button.setEnabled(is_own and may_write)
        self.open_button.setEnabled(record is not None and is_own)
        self.remove_button.setEnabled(record is not None and is_own and may_write)

    def _open_item(self, item: QTreeWidgetItem | None) -> None:
        content = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None
        one = self._current_list()
        if isinstance(content, Record) and one is not None and one.kind not in _ADDED_ELSEWHERE:
            self._open(KINDS[one.kind], content.uuid)

    def _open(self, kind: RecordKind, uuid: str) -> RecordDialog:
        dialog = RecordDialog(self._session, self._options, kind, uuid, self)
        dialog.open()
        return dialog

    def add(self) -> None:
        """Add a row to the list chosen; an element of a set is chosen, anything else typed."""
        one = self._current_list()
        if one is None or self._record is None or self._kind is None:
            return
        by_uuid = one.via.endswith("_uuid")
        key = self._record.uuid if by_uuid else getattr(self._record, self._kind.code_field or "")
        typed = {one.via: str(key), **dict(one.where)}
        element = self._asked_element(KINDS[one.kind], one)
        if element is None:
            return
        typed |= element
        self._session.run(
            lambda context: add_linked(context, one.kind, typed), while_alive(self, self._added)
        )

    def _asked_element(self, kind: RecordKind, one: ListSpec) -> dict[str, str] | None:
        """Give what a set element is made of; empty for other rows, None when given up."""
        from geopark_app.domain.declaration import Merge

        if any(spec.merge is not Merge.SET for spec in kind.fields):
            return {}
        spec = next(spec for spec in kind.fields if spec.name != one.via)
        is_choice = spec.type is FieldType.CHOICE
        options = self._options.terms(spec.vocabulary or "") if is_choice else ()
        names = {option.label(): option.key for option in options}
        title = pick(one.label_vi, one.label_en)
        chosen, is_given = QInputDialog.getItem(
            self, title, pick(spec.label_vi, spec.label_en), list(names), 0, editable=False
        )
        return {spec.name: names[chosen]} if is_given and chosen in names else None

    def _added(self, made: MadeRecord) -> None:
        self.fill()
        top = self._top(self._current_name())
        if top is not None:
            top.setExpanded(True)
        if made.is_open_wanted:
            kind = KINDS[made.kind]
            first = self._session.context.catalogue.get(kind.record_type, made.uuid)
            dialog = self._open(kind, made.uuid)
            if first is not None:
                dialog.finished.connect(
                    lambda _result: self._session.run(
                        lambda context: drop_untouched(context, made, first)
                    )
                )

    def remove(self) -> None:
        """Put the row chosen into the trash; it can be undone."""
        one, record = self._current_list(), self._current_record()
        if one is not None and record is not None:
            trash_record(self._session, KINDS[one.kind], record)

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.heading.setText(_("Lists and linked records"))
        self.add_button.setText(_("Add to the list"))
        self.open_button.setText(_("Open the record"))
        self.remove_button.setText(_("To the trash"))
        if self.heading.isChecked():
            self.fill()
