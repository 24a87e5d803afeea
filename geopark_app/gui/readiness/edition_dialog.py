"""Editions of the checklist: a draft from an old one, its items changed, put into force."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.kinds import ChecklistItem
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.domain.text import fold
from geopark_app.gui import theme
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.readiness.chart_tables import ChartCell, ChartRow, ChartTable, KeyRole
from geopark_app.gui.readiness.edition_item import EditionItemPanel
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.checklist_editions import (
    EditionContent,
    WholeEdition,
    check_is_office,
    discard_edition,
    edition_changes,
    edition_problems,
    list_editions,
    new_edition,
    put_group,
    put_item,
    release_edition,
    take_content,
    whole_edition,
)
from geopark_app.operations.checklist_workbooks import export_workbook, read_edition_workbook
from geopark_app.operations.checklist_xlsform import export_xlsform, read_xlsform
from geopark_app.operations.context import AppContext
from geopark_app.wording import error_sentence
from geopark_app.wording.checklists import problem_words
from geopark_app.wording.field_names import field_label

_OURS = {"checklist", "checklist_group", "checklist_item"}
_WORKBOOK, _XLSFORM = "Excel (*.xlsx)", "XLSForm (*.xlsx)"


class EditionDialog(QDialog):
    """Editions in force are shown; drafts are changed, each change a save that can be undone."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self.whole: WholeEdition | None = None
        self.setWindowTitle(_("Editions of the checklist"))
        self.which = QComboBox()
        self.which.setAccessibleName(_("Edition"))
        self.which.activated.connect(lambda _at: self._show_edition())
        self.new_button = self._button(_("New edition from this…"), self._ask_for_new)
        self.release_button = self._button(_("Put into force…"), self._ask_to_release)
        self.discard_button = self._button(_("Throw the draft away"), self.discard)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(_("Search, with or without accents"))
        self.search.textChanged.connect(lambda _text: self._fill_table())
        self.retired = QCheckBox(_("Retired too"))
        self.retired.toggled.connect(lambda _on: self._fill_table())
        self.table = ChartTable("edition-items")
        self.table.setAccessibleName(_("Items of the edition"))
        self.table.selectionModel().currentRowChanged.connect(lambda _new, _old: self._show_item())
        self.add_button = self._button(_("Add an item…"), self._ask_for_item)
        self.group_button = self._button(_("Add a group…"), self._ask_for_group)
        self.panel = EditionItemPanel(session)
        self.panel.chosen.connect(self._put)
        self.about = QLabel()
        self.about.setWordWrap(True)
        self._lay_out()
        session.changes.changes_stored.connect(self._take_changes)
        self._fill_editions("")

    def _button(self, words: str, deed: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: deed())
        return button

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.which, 1)
        for button in (self.new_button, self.release_button, self.discard_button):
            top.addWidget(button)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        narrowing = QHBoxLayout()
        narrowing.addWidget(self.search, 1)
        narrowing.addWidget(self.retired)
        column.addLayout(narrowing)
        column.addWidget(self.table, 1)
        adding = QHBoxLayout()
        adding.addWidget(self.add_button)
        adding.addWidget(self.group_button)
        adding.addStretch(1)
        column.addLayout(adding)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.panel)
        split.setSizes([theme.scaled(680), theme.scaled(480)])
        foot = QHBoxLayout()
        self.export_button = self._button(_("Write as file…"), self._ask_to_export)
        self.import_button = self._button(_("Read from file…"), self._ask_to_import)
        foot.addWidget(self.export_button)
        foot.addWidget(self.import_button)
        foot.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot.addWidget(buttons)
        outer = QVBoxLayout(self)
        outer.addLayout(top)
        outer.addWidget(self.about)
        outer.addWidget(split, 1)
        outer.addLayout(foot)
        self.resize(theme.scaled(1220), theme.scaled(660))

    # Showing --------------------------------------------------------------------------------

    def _fill_editions(self, chosen: str) -> None:
        chosen = chosen or str(self.which.currentData() or "")
        self.which.clear()
        for one in reversed(list_editions(self._session.context)):
            state = _("draft") if one.draft else _("in force")
            title = pick(one.title_vi, one.title_en)
            self.which.addItem(f"{one.edition} · {state} · {title}", one.uuid)
        self.which.setCurrentIndex(max(0, self.which.findData(chosen)))
        self._show_edition()

    def _show_edition(self) -> None:
        uuid = str(self.which.currentData() or "")
        self.whole = whole_edition(self._session.context, uuid) if uuid else None
        self._fill_table()
        self._write_about()

    def _write_about(self) -> None:
        whole = self.whole
        is_draft = whole is not None and bool(whole.checklist.draft)
        is_office = self._is_office()
        may_write = not self._session.is_read_only and is_office
        for button in (self.add_button, self.group_button, self.discard_button):
            button.setEnabled(may_write and is_draft)
        self.new_button.setEnabled(may_write and whole is not None)
        self.import_button.setEnabled(may_write)
        problems = edition_problems(whole) if whole is not None else []
        self.release_button.setEnabled(may_write and is_draft and not problems)
        if whole is None:
            return
        words = [
            _("A draft: change its items, then put it into force. Visits before keep their edition "
              "and their answers; an item with the same code keeps them too.")
            if is_draft
            else _("In force: it never changes. Make a new edition from it to change anything.")
        ]  # fmt: skip
        if not is_office:
            words.append(_("In a team, only the laptop with the office key may change checklists."))
        based = whole.checklist.based_on_uuid
        if is_draft and based:
            changes = edition_changes(whole_edition(self._session.context, based), whole)
            words.append(
                _("{count} items differ from the edition before.").format(count=len(changes))
            )
        words.extend(f"• {problem_words(one.code, one.reason, one.detail)}" for one in problems[:4])
        self.about.setText("\n".join(words))

    def _is_office(self) -> bool:
        try:
            check_is_office(self._session.context)
        except GeoparkError:
            return False
        return True

    def _fill_table(self) -> None:
        whole = self.whole
        if whole is None:
            return
        chosen = self.chosen()
        groups, words = whole.group_codes, fold(self.search.text()).split()
        bad = {one.code for one in edition_problems(whole)}
        rows = []
        for item in whole.items:
            label = pick(item.label_vi, item.label_en)
            text = fold(f"{item.code} {item.label_vi} {item.label_en}")
            if (item.retired and not self.retired.isChecked()) or not all(w in text for w in words):
                continue
            rows.append(_row(item, groups.get(item.group_uuid or "", ""), label, bad))
        self.table.show_rows(
            (
                _("Item"),
                _("Group"),
                _("Asked of"),
                field_label("weight"),
                _("Critical"),
                _("Wording"),
            ),
            rows,
            widths=(64, 56, 76, 64, 76, 300),
            stretched=5,
        )
        self.choose(chosen or (rows[0].key if rows else ""))

    def chosen(self) -> str:
        """Give the code of the item chosen, or an empty text."""
        index = self.table.currentIndex()
        return str(index.data(KeyRole) or "") if index.isValid() else ""

    def choose(self, code: str) -> None:
        """Choose an item."""
        for at, row in enumerate(self.table.chart.rows):
            if row.key == code:
                self.table.selectRow(at)
        self._show_item()

    def _show_item(self) -> None:
        whole = self.whole
        item = whole.find_item(self.chosen()) if whole is not None else None
        is_draft = whole is not None and bool(whole.checklist.draft)
        may_write = is_draft and not self._session.is_read_only and self._is_office()
        self.panel.show_item(whole, item, may_write=may_write)

    def _take_changes(self, changes: Changes) -> None:
        touched = {kind for kind, _uuid in changes.touched}
        if "checklist" in touched:
            self._fill_editions("")
        elif touched & _OURS:
            self._show_edition()

    # Changing -------------------------------------------------------------------------------

    def _edition(self) -> str:
        assert self.whole is not None
        return self.whole.checklist.uuid

    def _put(self, code: str, field: str, text: str) -> None:
        edition = self._edition()
        reason = _("Change item {item} of {edition}").format(
            item=code, edition=self.whole.checklist.edition if self.whole else ""
        )
        self._session.run(
            lambda context: put_item(context, edition, code, {field: text}, reason=reason)
        )

    def _ask_for_new(self) -> None:
        words = _("Name of the new edition; leave empty to count on")
        name, is_given = QInputDialog.getText(self, self.new_button.text(), words)
        if is_given:
            self.make_new(name)

    def make_new(self, name: str = "") -> None:
        """Make a draft from the edition shown, and show it."""
        edition, reason = self._edition(), _("New edition of the checklist")
        made: list[str] = []

        def work(context: AppContext) -> Changes:
            whole, changes = new_edition(context, edition, name=name, reason=reason)
            made.append(whole.checklist.uuid)
            return changes

        self._session.run(work, while_alive(self, lambda _changes: self._fill_editions(made[0])))

    def _ask_for_item(self) -> None:
        words = _("Code of the new item, such as B12")
        code, is_given = QInputDialog.getText(self, self.add_button.text(), words)
        if is_given and code.strip():
            self.add_item(code.strip())

    def add_item(self, code: str) -> None:
        """Add an item beside the one chosen: in its group, asked of the same."""
        assert self.whole is not None
        near = self.whole.find_item(self.chosen())
        group = self.whole.group_codes.get(near.group_uuid or "", "") if near else ""
        typed = {"scope": near.scope or "site" if near else "site"}
        if group:
            typed["group"] = group
        edition, reason = self._edition(), _("Add item {item}").format(item=code)
        self._session.run(
            lambda context: put_item(context, edition, code, typed, reason=reason),
            while_alive(self, lambda _changes: self.choose(code)),
        )

    def _ask_for_group(self) -> None:
        words = _("Code and name of the group, in Vietnamese / English: R | Tên nhóm | Name")
        typed, is_given = QInputDialog.getText(self, self.group_button.text(), words)
        parts = [part.strip() for part in typed.split("|")]
        if is_given and len(parts) == 3:
            edition, reason = self._edition(), _("Add group {group}").format(group=parts[0])
            self._session.run(lambda context: put_group(context, edition, *parts, reason=reason))

    def _ask_to_release(self) -> None:
        words = _("From now on new visits answer this edition, and it never changes again.")
        answer = QMessageBox.question(self, self.release_button.text(), words)
        if answer == QMessageBox.StandardButton.Yes:
            self.release()

    def release(self) -> None:
        """Put the draft shown into force."""
        edition = self._edition()
        name = self.whole.checklist.edition if self.whole else ""
        reason = _("Put {edition} into force").format(edition=name)
        self._session.run(lambda context: release_edition(context, edition, reason=reason))

    def discard(self) -> None:
        """Put the draft shown into the trash; undo brings it back."""
        edition = self._edition()
        name = self.whole.checklist.edition if self.whole else ""
        reason = _("Throw the draft {edition} away").format(edition=name)
        self._session.run(lambda context: discard_edition(context, edition, reason=reason))

    # Files ----------------------------------------------------------------------------------

    def _ask_to_export(self) -> None:
        name = self.whole.checklist.edition if self.whole else "checklist"
        path, kind = QFileDialog.getSaveFileName(
            self,
            self.export_button.text(),
            self._session.export_path(f"{name}.xlsx"),
            f"{_WORKBOOK};;{_XLSFORM}",
        )
        if path:
            self.export_to(Path(path), as_xlsform=kind == _XLSFORM)

    def export_to(self, path: Path, *, as_xlsform: bool = False) -> None:
        """Write the edition shown."""
        context, whole = self._session.context, self.whole
        assert whole is not None

        def work(_progress: ReportProgress, _cancel: CancelToken) -> None:
            (export_xlsform if as_xlsform else export_workbook)(context, whole, path)

        def done(_none: object) -> None:
            self._session.messages.done(_("Written: {path}").format(path=path))

        self._session.run_beside(work, while_alive(self, done), label=self.export_button.text())

    def _ask_to_import(self) -> None:
        path, kind = QFileDialog.getOpenFileName(
            self, self.import_button.text(), "", f"{_WORKBOOK};;{_XLSFORM}"
        )
        if path:
            self.import_from(Path(path), as_xlsform=kind == _XLSFORM)

    def import_from(self, path: Path, *, as_xlsform: bool = False) -> None:
        """Read an edition from a file and make a draft of it."""
        context = self._session.context
        read = read_xlsform if as_xlsform else read_edition_workbook

        def work(_progress: ReportProgress, _cancel: CancelToken) -> EditionContent:
            return read(context, path)

        self._session.run_beside(
            work,
            while_alive(self, lambda content: self._take_content(content, path)),
            label=self.import_button.text(),
            on_failed=while_alive(self, self._failed),
        )

    def _take_content(self, content: EditionContent, path: Path) -> None:
        proposed = ""
        known = {one.edition for one in list_editions(self._session.context)}
        if content.name in known or not content.name:
            words = _("The file has {count} items. Name of the new edition:")
            proposed, is_given = QInputDialog.getText(
                self, self.import_button.text(), words.format(count=len(content.items))
            )
            if not is_given:
                return
        reason = _("Import of {file}").format(file=path.name)
        made: list[str] = []
        base = self.whole.checklist.uuid if self.whole else None

        def work(context: AppContext) -> Changes:
            whole, changes = take_content(context, content, name=proposed, base=base, reason=reason)
            made.append(whole.checklist.uuid)
            return changes

        self._session.run(
            work,
            while_alive(self, lambda _changes: self._fill_editions(made[0])),
            on_failed=while_alive(self, self._failed),
        )

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, GeoparkError):
            words = error_sentence(error)
            self.about.setText(f"{words.message} {words.next}")
        else:
            self._session.messages.error(error)

    def done(self, result: int) -> None:
        self.panel.flush()
        super().done(result)


def _row(item: ChecklistItem, group: str, label: str, bad: set[str]) -> ChartRow:
    scopes = {"site": _("site"), "route": _("route"), "park": _("park")}
    code = item.code or ""
    mark = "✎ " if code in bad else ""
    retired = f" ({_('retired')})" if item.retired else ""
    return ChartRow(
        key=code,
        cells=(
            ChartCell(text=mark + code),
            ChartCell(text=group),
            ChartCell(text=scopes.get(item.scope or "", item.scope or "")),
            ChartCell(text=str(item.weight or 0), is_right=True),
            ChartCell(text="⚑" if item.critical else ""),
            ChartCell(text=label + retired, tip=label),
        ),
    )
