"""A look at pictures before they are copied: which, to which site, by whom, of which day."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.kinds import Site
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.keys import add_key
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.photos.adding import start_adding
from geopark_app.gui.photos.plan_model import FILE, REMARKS, SITE, TAKEN, PlanModel
from geopark_app.gui.photos.site_picker import SitePicker
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.photo_preview import PhotoPlan, plan_photos, wish_for
from geopark_app.operations.photos import AddPhotosReport, PhotoDefaults, typed_taken_at
from geopark_app.photos.importing import FileStatus

_WIDTHS = {FILE: 250, TAKEN: 130, SITE: 300}


class PreviewDialog(LanguageAware, QDialog):
    """Shows what an import would do and lets the person decide; nothing is copied before.

    Attributes
    ----------
    model : PlanModel
        The pictures with what is chosen for them.
    table : QTableView
        Shows them.
    add : QPushButton
        Begins the import.
    """

    def __init__(
        self,
        session: Session,
        paths: Sequence[Path],
        *,
        site_uuid: str | None = None,
        on_done: Callable[[AddPhotosReport], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._site_uuid = site_uuid
        self._on_done = on_done
        self._plan: PhotoPlan | None = None
        sites = session.context.catalogue.records(Site)
        self.site = SitePicker(sites)
        self.model = PlanModel({site.uuid: self.site.words_of(site.uuid) for site in sites}, self)
        self.model.choices_changed.connect(self._show_counts)
        self.table = QTableView()
        self._set_up_table(self.table)
        self.sentence, self.progress, self.trouble = QLabel(), QProgressBar(), QLabel()
        self.take, self.nearest, self.inbox, self.chat = (QPushButton() for _index in range(4))
        self.photographer, self.credit, self.taken = QLineEdit(), QLineEdit(), QLineEdit()
        self.add, self.leave = QPushButton(), QPushButton()
        self._labels = [QLabel() for _index in range(4)]
        self._lay_out()
        self._connect()
        self.resize(theme.scaled(1000), theme.scaled(600))
        self.retranslate()
        self._task = session.run_beside(
            self._look_at(list(paths)),
            while_alive(self, self._show_plan),
            label=_("Looking at pictures"),
            on_failed=while_alive(self, self._fail),
        )
        self._task.progressed.connect(while_alive(self, self._show_progress))

    def _set_up_table(self, table: QTableView) -> None:
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setIconSize(QSize(theme.scaled(64), theme.scaled(64)))
        table.setShowGrid(False)
        table.setWordWrap(True)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.scaled(70))
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        for column, width in _WIDTHS.items():
            table.setColumnWidth(column, theme.scaled(width))
        header.setSectionResizeMode(REMARKS, QHeaderView.ResizeMode.Stretch)

    def _lay_out(self) -> None:
        self.sentence.setWordWrap(True)
        self.trouble.setWordWrap(True)
        self.trouble.setProperty("look", "warning-chip")
        self.trouble.hide()
        for_site = QHBoxLayout()
        for_site.addWidget(self._labels[0])
        for_site.addWidget(self.site, 1)
        for button in (self.take, self.nearest, self.inbox, self.chat):
            for_site.addWidget(button)
        grid = QGridLayout()
        for at, (label, field) in enumerate(
            zip(self._labels[1:], (self.photographer, self.credit, self.taken), strict=True)
        ):
            label.setBuddy(field)
            grid.addWidget(label, 0, at)
            grid.addWidget(field, 1, at)
        foot = QHBoxLayout()
        foot.addWidget(self.trouble, 1)
        foot.addStretch(0)
        foot.addWidget(self.leave)
        foot.addWidget(self.add)
        self.add.setProperty("look", "primary")
        self.add.setDefault(True)
        column = QVBoxLayout(self)
        column.addWidget(self.sentence)
        column.addWidget(self.progress)
        column.addWidget(self.table, 1)
        column.addLayout(for_site)
        column.addLayout(grid)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.table.selectionModel().selectionChanged.connect(lambda *_args: self._show_buttons())
        add_key(self.table, "Space", self.toggle, with_children=False)
        add_key(self.table, QKeySequence.StandardKey.Delete, self.leave_out, with_children=False)
        self.take.clicked.connect(self.give_site)
        self.nearest.clicked.connect(lambda: self.model.set_nearest(self.rows()))
        self.inbox.clicked.connect(lambda: self.model.set_site(self.rows(), None))
        self.chat.clicked.connect(self.mark_chat)
        self.site.editTextChanged.connect(lambda _text: self._show_buttons())
        self.taken.textChanged.connect(lambda _text: self.trouble.hide())
        self.add.clicked.connect(self.begin)
        self.leave.clicked.connect(self.reject)

    # Looking --------------------------------------------------------------------------------

    def _look_at(self, paths: list[Path]) -> Callable[[ReportProgress, CancelToken], PhotoPlan]:
        context = self._session.context
        return lambda progress, cancel: plan_photos(
            context, paths, progress=progress, cancel=cancel
        )

    def _show_progress(self, progress: Progress) -> None:
        self.progress.setRange(0, progress.total)
        self.progress.setValue(progress.done)

    def _show_plan(self, plan: PhotoPlan) -> None:
        self._plan = plan
        self.progress.hide()
        self.model.show_plan(plan, self._site_uuid)
        days = {photo.chat.sent_on for photo in plan.new if photo.chat and photo.chat.sent_on}
        if len(days) == 1 and not self.taken.text():
            # Sent that day: taken then or before. The person sees it and can change it.
            self.taken.setText("/".join(reversed(days.pop().split("-"))))
        if plan.photos:
            self.table.selectRow(0)
            self.table.setFocus()
        self._show_counts()

    def _fail(self, error: BaseException) -> None:
        self.reject()
        self._session.messages.error(error)

    def reject(self) -> None:
        """Close; what is still being looked at is left."""
        if self._plan is None:
            self._task.cancel()
        super().reject()

    # Choosing -------------------------------------------------------------------------------

    def rows(self) -> list[int]:
        """Give the rows chosen."""
        return [index.row() for index in self.table.selectionModel().selectedRows()]

    def toggle(self) -> None:
        """Take the chosen pictures, or leave them out when all of them were taken."""
        rows = self.rows()
        takeable = [row for row in rows if self.model.choices[row].can_be_added]
        self.model.set_wanted(rows, not all(self.model.choices[row].is_wanted for row in takeable))

    def leave_out(self) -> None:
        """Leave the chosen pictures out."""
        self.model.set_wanted(self.rows(), False)

    def give_site(self) -> None:
        """Give the chosen pictures the site named in the box."""
        uuid = self.site.site_uuid()
        if uuid is not None:
            self.model.set_site(self.rows(), uuid)

    def mark_chat(self) -> None:
        """Mark the chosen pictures as come through a chat, or take the mark away."""
        rows = self.rows()
        is_copy = not all(self.model.choices[row].chat_copy for row in rows)
        self.model.set_chat_copy(rows, is_copy)

    def begin(self) -> None:
        """Begin the import beside the window and close."""
        if self._plan is None or not self.model.wanted():
            return
        try:
            taken_at = typed_taken_at(self.taken.text())
        except GeoparkError:
            self.trouble.setText(
                _("This is no date. Write it like 15/03/2026 or 15/03/2026 08:30.")
            )
            self.trouble.show()
            self.taken.setFocus()
            return
        left_out = {id(choice) for choice in self.model.choices if choice.can_be_added} - {
            id(choice) for choice in self.model.wanted()
        }
        # Known, damaged and refused ones go along: the report says all, and puts back what is lost.
        wishes = {
            choice.photo.path: wish_for(choice.photo, choice.site_uuid, chat_copy=choice.chat_copy)
            for choice in self.model.choices
            if id(choice) not in left_out
        }
        start_adding(
            self._session,
            list(wishes),
            site_uuid=None,
            wishes=wishes,
            defaults=PhotoDefaults(
                photographer=self.photographer.text().strip() or None,
                credit=self.credit.text().strip() or None,
                taken_at=taken_at,
            ),
            on_done=self._on_done,
        )
        self.accept()

    # Words ----------------------------------------------------------------------------------

    def _show_counts(self) -> None:
        plan = self._plan
        if plan is None:
            self.sentence.setText(_("Looking at the pictures; nothing is copied yet."))
        else:
            self.sentence.setText(self._sentence(plan))
        count = len(self.model.wanted())
        self.add.setText(_("Add {count} photos").format(count=count))
        self.add.setEnabled(count > 0)
        self._show_buttons()

    def _sentence(self, plan: PhotoPlan) -> str:
        parts = [_("{count} new").format(count=plan.count(FileStatus.NEW))]
        for status, words in (
            (FileStatus.KNOWN, _("{count} already here")),
            (FileStatus.DAMAGED, _("{count} damaged")),
            (FileStatus.REFUSED, _("{count} not taken")),
        ):
            if plan.count(status):
                parts.append(words.format(count=plan.count(status)))
        sentence = _("{read} files looked at: {parts}. Nothing is copied yet.").format(
            read=len(plan.photos), parts=", ".join(parts)
        )
        copies = sum(choice.chat_copy for choice in self.model.wanted())
        if copies:
            chat = _(
                "{count} came through a chat: they are smaller than their originals and carry no "
                "date. Give them a date below, and ask for the originals."
            ).format(count=copies)
            sentence = f"{sentence} {chat}"
        return sentence

    def _show_buttons(self) -> None:
        rows = self.rows()
        self.take.setEnabled(bool(rows) and self.site.site_uuid() is not None)
        self.nearest.setEnabled(any(self.model.choices[row].photo.nearest for row in rows))
        self.inbox.setEnabled(bool(rows))
        self.chat.setEnabled(bool(rows))

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.setWindowTitle(_("Add photos"))
        words = (
            _("Chosen pictures:"),
            _("Photographer (all pictures)"),
            _("Credit line (all pictures)"),
            _("Date of pictures that carry none"),
        )
        for label, text in zip(self._labels, words, strict=True):
            label.setText(text)
        self.take.setText(_("Give this site"))
        self.nearest.setText(_("Nearest site"))
        self.inbox.setText(_("Without a site"))
        self.chat.setText(_("Came through a chat"))
        self.taken.setPlaceholderText("15/03/2026, 15/03/2026 08:30")
        self.leave.setText(_("Cancel"))
        self.table.setAccessibleName(_("Pictures found"))
        self.progress.setAccessibleName(_("Looking at pictures"))
        self.site.retranslate()
        self._show_counts()
