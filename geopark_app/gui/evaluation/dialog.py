"""The self-evaluation form: score by category with its line, items as a tree, one item open."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import KeyRole
from geopark_app.gui.evaluation.fill_dialog import FillDialog
from geopark_app.gui.evaluation.form_editor import FormEditor
from geopark_app.gui.evaluation.item_panel import ItemPanel
from geopark_app.gui.evidence.dropping import FileDrop, take_files
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations import evaluation as forms
from geopark_app.operations.context import AppContext
from geopark_app.operations.evaluation import ItemEntry, OpenForm, document_of, forms_of, open_form
from geopark_app.operations.evaluation_feeds import Feed, feeds_of
from geopark_app.operations.evaluation_tables import (
    PointChange,
    export_form,
    read_points,
    write_points,
)
from geopark_app.operations.evidence_targets import FORM_ITEM, Target
from geopark_app.operations.form_editions import draft_of
from geopark_app.operations.trash import title_of
from geopark_app.rules.evaluation import FormResult
from geopark_app.wording.layers import number

_OURS = {
    "evaluation_form", "form_category", "form_group", "form_item", "form_option", "form_answer",
    "evidence", "evidence_use",
}  # fmt: skip


class EvaluationDialog(QDialog):
    """Answers the form; each entry is a save of its own and can be undone.

    Attributes
    ----------
    edition : QComboBox
        The editions of documents A and B.
    tree : QTreeWidget
        Categories, groups, items with their points.
    panel : ItemPanel
        The item chosen.
    score : QLabel
        The weighted score, and how much of it is claimed only.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self.form: OpenForm = open_form(session.context)
        self.edition = QComboBox()
        self.edition.setAccessibleName(_("Edition of the form"))
        self.edition.activated.connect(lambda _at: self.show_edition(self.edition.currentData()))
        self.status = QLabel()
        self.status.setWordWrap(True)
        self.score = QLabel()
        self.score.setProperty("look", "heading")
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(_("Items of the form"))
        self.tree.setHeaderLabels(
            [_("Item"), _("Points"), _("Reached"), _("Evaluators"), _("State")]
        )
        self.tree.currentItemChanged.connect(lambda _new, _old: self._show_item())
        self.panel = ItemPanel()
        self.panel.entered.connect(self._answer)
        self.panel.evidence_added.connect(self._add_evidence)
        self.panel.evidence_removed.connect(self._remove_evidence)
        self.panel.records_wanted.connect(self._show_records)
        for widget in (self.tree, self.panel):
            FileDrop(widget).dropped.connect(self.prove)
        self._lay_out()
        session.changes.changes_stored.connect(self._take_changes)
        self._fill_editions()
        self.show_edition(self.form.form.edition or "")

    def _fill_editions(self) -> None:
        self.edition.clear()
        for one in forms_of(self._session.context):
            title = pick(one.title_vi, one.title_en)
            self.edition.addItem(f"{document_of(one)} · {title} · {one.edition}", one.edition)
        self.edition.setCurrentIndex(self.edition.findData(self.form.form.edition))

    def show_edition(self, edition: str) -> None:
        """Show another edition of a form; each keeps its own answers."""
        self.form = open_form(self._session.context, edition)
        self.edition.setCurrentIndex(self.edition.findData(edition))
        self.setWindowTitle(pick(self.form.form.title_vi, self.form.form.title_en))
        self.tree.clear()
        self._fill_tree()
        self._show_result()
        self.choose(self.form.items[0].item.code or "" if self.form.items else "")

    def _lay_out(self) -> None:
        self._banner = QFrame()
        self._banner.setProperty("look", "banner")
        QVBoxLayout(self._banner).addWidget(self.status)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        self.panel.setProperty("look", "page")
        area.setWidget(self.panel)
        split = QSplitter()
        split.addWidget(self.tree)
        split.addWidget(area)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        column = QVBoxLayout(self)
        column.addWidget(self.edition)
        column.addWidget(self._banner)
        column.addWidget(self.score)
        column.addWidget(split, 1)
        column.addLayout(self._foot())
        self.resize(theme.scaled(1240), theme.scaled(660))
        split.setSizes([theme.scaled(740), theme.scaled(480)])
        for at, width in enumerate((380, 90, 70, 120, 90)):
            self.tree.setColumnWidth(at, theme.scaled(width))

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        writable = not self._session.is_read_only
        self.export_button = QPushButton(_("Write as Excel…"))
        self.export_button.clicked.connect(self._export)
        self.points_button = QPushButton(_("Points of the official form…"))
        self.points_button.setToolTip(
            _("Correct the sheet “Points” of the Excel file, then take it back here")
        )
        self.points_button.clicked.connect(self._take_points)
        self.confirm_button = QPushButton(_("Points are confirmed…"))
        self.confirm_button.clicked.connect(self._confirm)
        self.editor_button = QPushButton(_("Type in or import…"))
        self.editor_button.setToolTip(_("The official form as a new edition beside this one"))
        self.editor_button.clicked.connect(self.open_editor)
        self.fill_button = QPushButton(_("Fill in the office's copy…"))
        self.fill_button.setToolTip(
            _("Answers, own points and evidence numbers into the official Excel or Word form")
        )
        self.fill_button.clicked.connect(self.open_filling)
        for button in (
            self.fill_button, self.export_button, self.editor_button, self.points_button,
            self.confirm_button,
        ):  # fmt: skip
            foot.addWidget(button)
        self.points_button.setEnabled(writable)
        foot.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot.addWidget(buttons)
        return foot

    # Showing ----------------------------------------------------------------------------------

    def _fill_tree(self) -> None:
        self._lines: dict[str, QTreeWidgetItem] = {}
        for category in self.form.categories:
            top = self._line(None, category.uuid, pick(category.label_vi, category.label_en))
            for group in self.form.groups:
                if group.category_uuid != category.uuid:
                    continue
                label = f"{group.code}  {pick(group.label_vi, group.label_en)}"
                below = self._line(top, group.uuid, label)
                for view in self.form.items:
                    if view.item.group_uuid == group.uuid:
                        words = pick(view.item.label_vi, view.item.label_en)
                        line = self._line(below, view.item.uuid, f"{view.item.code}  {words}")
                        line.setData(0, KeyRole, view.item.code)
                        line.setToolTip(0, words)

    def _line(self, parent: QTreeWidgetItem | None, key: str, text: str) -> QTreeWidgetItem:
        line = QTreeWidgetItem([text])
        if parent is None:
            self.tree.addTopLevelItem(line)
        else:
            parent.addChild(line)
        self._lines[key] = line
        return line

    def _show_result(self) -> None:
        result = self.form.result
        self._banner.setVisible(self.form.is_provisional)
        self.status.setText(pick(self.form.form.status_vi, self.form.form.status_en))
        self.confirm_button.setEnabled(
            self.form.is_provisional and not result.untyped and not self._session.is_read_only
        )
        self.score.setText(_score_words(result))
        by_code = {one.code: one for one in result.categories}
        for category in self.form.categories:
            one = by_code[category.code or ""]
            line = self._lines[category.uuid]
            line.setText(1, f"{one.obtained}/{one.max_points or '–'}")
            given = result.evaluators.categories[one.code]
            line.setText(3, str(given or ""))
            if not one.is_typed:
                line.setText(4, _("to be typed in"))
                continue
            line.setText(2, f"{round(one.share * 100)} %")
            below = _("below {percent} %").format(percent=category.minimum_percent)
            line.setText(4, "✓" if one.meets_minimum else below)
        for group in self.form.groups:
            points = result.own.groups[group.code or ""]
            most = "–" if group.max_points is None else group.max_points
            self._lines[group.uuid].setText(1, f"{points}/{most}")
            self._lines[group.uuid].setText(
                3, str(result.evaluators.groups[group.code or ""] or "")
            )
        for view in self.form.items:
            code = view.item.code or ""
            line = self._lines[view.item.uuid]
            own = result.own.items.get(code)
            most = "–" if view.item.max_points is None else view.item.max_points
            line.setText(1, f"{'–' if own is None else own}/{most}")
            line.setText(3, str(result.evaluators.items.get(code, "")))
            line.setText(4, _("claimed") if code in result.claimed else "")

    def choose(self, code: str) -> None:
        """Open an item."""
        for view in self.form.items:
            if view.item.code == code:
                self.tree.setCurrentItem(self._lines[view.item.uuid])

    def chosen(self) -> str:
        """Give the code of the item open, or an empty text."""
        line = self.tree.currentItem()
        return str(line.data(0, KeyRole) or "") if line is not None else ""

    def _show_item(self) -> None:
        code = self.chosen()
        self.panel.setVisible(bool(code))
        if code:
            view = self.form.item(code)
            feeds = feeds_of(self._session.context, view.item)
            self.panel.show_item(view, feeds, read_only=self._session.is_read_only)
            self.panel.order_focus(self.tree)

    def _take_changes(self, changes: Changes) -> None:
        if any(kind == "evaluation_form" for kind, _uuid in changes.touched):
            self._fill_editions()
        if any(kind in _OURS for kind, _uuid in changes.touched):
            self.form = open_form(self._session.context, self.form.form.edition)
            self._show_result()
            self._show_item()

    # Writing ----------------------------------------------------------------------------------

    def _answer(self, code: str, entry: ItemEntry) -> None:
        form, reason = self.form, _("Answer item {item}").format(item=code)
        self._session.run(
            lambda context: forms.answer_item(context, form, code, entry, reason=reason)
        )

    def _add_evidence(self, code: str, title: str) -> None:
        reason = _("Evidence of item {item}").format(item=code)

        def add(context: AppContext) -> forms.AddedEvidence:
            return forms.add_evidence(context, title, reason=reason)

        def link(added: forms.AddedEvidence) -> None:
            self._session.run(
                lambda context: forms.link_evidence(context, code, added.uuid, reason=reason)
            )

        self._session.run(add, while_alive(self, link))

    def _remove_evidence(self, code: str, uuid: str) -> None:
        reason = _("Evidence of item {item}").format(item=code)
        self._session.run(lambda context: forms.unlink_evidence(context, code, uuid, reason=reason))

    def open_editor(self) -> None:
        """Begin a new edition with the rows of the one shown."""
        FormEditor(self._session, draft_of(self.form), self).open()

    def open_filling(self) -> None:
        """Map and fill the office's own copy of the form."""
        FillDialog(self._session, self.form, self).open()

    def prove(self, code: object, paths: list[Path]) -> None:
        """Take files dropped on an item, or on the one open, in as its evidence."""
        code = str(code or self.chosen())
        if code and not self._session.is_read_only:
            take_files(self._session, paths, [Target(kind=FORM_ITEM, code=code)])

    def _show_records(self, feed: Feed) -> None:
        if feed.values:
            names = {one.uuid: title_of(one) for one in feed.records}
            lines = [
                f"{value}: " + ", ".join(names[one.uuid] for one in found[:6])
                for value, found in list(feed.values.items())[:30]
            ]
            QMessageBox.information(self, _("Records in the catalogue"), "\n".join(lines))
            return
        if feed.kind == "site":
            uuids = [record.uuid for record in feed.records]
            label = _("Counted for the evaluation form")
            self._session.sites_requested.emit({"uuids": uuids, "label": label})
            self.accept()
            return
        words = "\n".join(title_of(record) for record in feed.records[:40])
        QMessageBox.information(self, _("Records in the catalogue"), words)

    # Files ------------------------------------------------------------------------------------

    def _export(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self,
            _("Write as Excel"),
            self._session.export_path(f"{self.form.form.edition}.xlsx"),
            "Excel (*.xlsx)",
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the form as a workbook."""
        context, form = self._session.context, self.form

        def work(_progress: ReportProgress, _cancel: CancelToken) -> None:
            export_form(context, form, path)

        def done(_none: object) -> None:
            self._session.messages.done(_("Written: {path}").format(path=path))

        self._session.run_beside(work, while_alive(self, done), label=_("Evaluation form"))

    def _take_points(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Points of the official form"), "", "Excel (*.xlsx)"
        )
        if name:
            self.take_points(Path(name))

    def take_points(self, path: Path) -> None:
        """Read a corrected workbook, show what would change, and write it when told so."""
        context, form = self._session.context, self.form

        def work(_progress: ReportProgress, _cancel: CancelToken) -> list[PointChange]:
            return read_points(context, form, path)

        self._session.run_beside(work, while_alive(self, self._offer_points))

    def _offer_points(self, changes: list[PointChange]) -> None:
        if not changes:
            QMessageBox.information(
                self, self.windowTitle(), _("The file has the same points as the form.")
            )
            return
        shown = "\n".join(f"{one.code}: {one.old} → {one.new}" for one in changes[:20])
        words = _("{count} points change:").format(count=len(changes))
        answer = QMessageBox.question(self, self.windowTitle(), f"{words}\n\n{shown}")
        if answer == QMessageBox.StandardButton.Yes:
            reason = _("Take {count} points of the official form").format(count=len(changes))
            self._session.run(lambda context: write_points(context, changes, reason=reason))

    def _confirm(self) -> None:
        note, is_given = QInputDialog.getText(
            self,
            _("Points are confirmed"),
            _("Which official form were the points compared with (from whom, date)?"),
        )
        if is_given and note.strip():
            form = self.form
            reason = _("Confirm the points of {form}").format(form=form.form.edition)
            self._session.run(
                lambda context: forms.confirm_points(context, form, note, reason=reason)
            )


def _score_words(result: FormResult) -> str:
    counts = _("claimed without evidence: {claimed} · unanswered: {open}").format(
        claimed=len(result.claimed), open=len(result.unanswered)
    )
    if result.untyped:
        words = _("No score: points of {count} rows are to be typed in").format(
            count=len(result.untyped)
        )
    else:
        words = _("Score {score} of 100").format(score=number(result.score, 1))
        if result.evaluators.items:
            words += " · " + _("evaluators {score}").format(score=number(result.evaluator_score, 1))
    return f"{words} · {counts}"
