"""The methods of assessment: taken from a file, written, and confirmed by the office."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import PlainTable
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.method_files import read_method_file, write_method_file
from geopark_app.operations.scoring_methods import Method, add_method, confirm_method, methods_of
from geopark_app.rules.scoring_method import MethodRules
from geopark_app.wording.scoring import state_words

_FILES = "Excel (*.xlsx);;JSON (*.json)"


class MethodsDialog(QDialog):
    """Lists the methods with source and state.

    Attributes
    ----------
    table : PlainTable
        The methods.
    take_button, write_button, confirm_button : QPushButton
        Take one from a file; write the one chosen; confirm its numbers, or take that back.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._methods: dict[str, Method] = {}
        self.setWindowTitle(_("Methods of assessment"))
        self.table = PlainTable("methods")
        self.table.setAccessibleName(_("Methods of assessment"))
        self.table.itemSelectionChanged.connect(self._show_state)
        self.state = QLabel()
        self.state.setWordWrap(True)
        self.take_button = QPushButton(_("Take from a file…"))
        self.take_button.setToolTip(_("JSON, or a workbook as “Write as a file” makes it"))
        self.take_button.clicked.connect(self._ask_and_take)
        self.write_button = QPushButton(_("Write as a file…"))
        self.write_button.clicked.connect(self._ask_and_write)
        self.confirm_button = QPushButton()
        self.confirm_button.clicked.connect(self._ask_and_confirm)
        self._lay_out()
        session.changes.changes_stored.connect(self._take_changes)
        self.read()

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        for button in (self.take_button, self.write_button, self.confirm_button):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(buttons)
        self.take_button.setEnabled(not self._session.is_read_only)
        column = QVBoxLayout(self)
        column.addWidget(self.table, 1)
        column.addWidget(self.state)
        column.addLayout(foot)
        self.resize(theme.scaled(900), theme.scaled(420))

    def read(self) -> None:
        """Show the methods the catalogue has."""
        chosen = self.chosen()
        found = methods_of(self._session.context)
        self._methods = {one.name: one for one in found}
        headings = (_("Name"), _("Version"), _("State"), _("Criteria"), _("Source"))
        self.table.show_rows(
            headings,
            [
                (
                    one.name,
                    (
                        pick(one.record.title_vi, one.record.title_en),
                        one.record.version or "",
                        _("PROVISIONAL") if one.is_provisional else _("confirmed"),
                        str(len(one.criteria)),
                        one.record.source or "",
                    ),
                )
                for one in found
            ],
        )
        names = [one.name for one in found]
        kept = names.index(chosen.name) if chosen and chosen.name in names else 0
        self.table.selectRow(kept)
        self._show_state()

    def chosen(self) -> Method | None:
        """Give the method chosen."""
        keys = self.table.chosen_keys()
        return self._methods.get(str(keys[0])) if keys else None

    def _show_state(self) -> None:
        method = self.chosen()
        self.write_button.setEnabled(method is not None)
        self.confirm_button.setEnabled(method is not None and not self._session.is_read_only)
        if method is None:
            return
        self.state.setText(state_words(method.record))
        self.confirm_button.setText(
            _("Numbers are confirmed…")
            if method.is_provisional
            else _("Take the confirmation back")
        )

    # Files ------------------------------------------------------------------------------------

    def _ask_and_take(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Take from a file"), "", _FILES)
        if name:
            self.take_from(Path(name))

    def take_from(self, path: Path) -> None:
        """Read and judge a file beside the window, and take its method."""
        context = self._session.context

        def work(_progress: ReportProgress, _cancel: CancelToken) -> MethodRules:
            return read_method_file(context, path)

        def read(rules: MethodRules) -> None:
            reason = _("Take the method {name}").format(name=rules.name)
            self._session.run(
                lambda context: add_method(context, rules, reason=reason),
                while_alive(
                    self,
                    lambda _changes: self._session.messages.done(
                        _("Method taken: {name}").format(name=rules.name)
                    ),
                ),
            )

        self._session.run_beside(work, while_alive(self, read))

    def _ask_and_write(self) -> None:
        method = self.chosen()
        if method is None:
            return
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Write as a file"), self._session.export_path(f"{method.name}.xlsx"), _FILES
        )
        if name:
            self.write_to(method, Path(name))

    def write_to(self, method: Method, path: Path) -> None:
        """Write a method as a workbook or JSON."""
        context = self._session.context

        def work(_progress: ReportProgress, _cancel: CancelToken) -> None:
            write_method_file(context, method, path)

        def done(_none: object) -> None:
            self._session.messages.done(_("Written: {path}").format(path=path))

        self._session.run_beside(work, while_alive(self, done))

    # Confirming -------------------------------------------------------------------------------

    def _ask_and_confirm(self) -> None:
        method = self.chosen()
        if method is None:
            return
        if not method.is_provisional:
            asked = _("The numbers are provisional again then. Take the confirmation back?")
            answer = QMessageBox.question(self, self.windowTitle(), asked)
            if answer == QMessageBox.StandardButton.Yes:
                self.confirm(method, None)
            return
        note, is_given = QInputDialog.getText(
            self,
            _("Numbers are confirmed"),
            _("Which source were they compared with (pages, by whom)?"),
        )
        if is_given and note.strip():
            self.confirm(method, note)

    def confirm(self, method: Method, note: str | None) -> None:
        """Record that the numbers were compared with the source, or take that back."""
        reason = _("Confirm the numbers of {method}").format(method=method.name)
        self._session.run(lambda context: confirm_method(context, method, note, reason=reason))

    def _take_changes(self, changes: Changes) -> None:
        if any(kind == "scoring_method" for kind, _uuid in changes.touched):
            self.read()
