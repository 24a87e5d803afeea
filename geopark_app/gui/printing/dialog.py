"""Prints a map: choices on the left, the sheet as it will be on the right."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.printing.choices import PrintChoices
from geopark_app.gui.session import Session
from geopark_app.gui.tasks import Task
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _
from geopark_app.maps.paper.content import PaperMapKind
from geopark_app.wording import error_sentence
from geopark_app.wording.printing import base_map_words, print_words

if TYPE_CHECKING:  # drawing and typesetting are fetched by the print itself
    from geopark_app.operations.print_options import PrintOptions, PrintReport

_LOOK_AFTER_MS = 500
_FORMATS = (("pdf", "PDF/A"), ("svg", "SVG"), ("png", "PNG"))


class PrintMapDialog(LanguageAware, QDialog):
    """Shows the map before it is printed and writes it beside the window.

    Attributes
    ----------
    choices : PrintChoices
        The form.
    sheet : QLabel
        The page shown.
    facts : QLabel
        Scale, counts, and what found no room.
    """

    def __init__(
        self, session: Session, parent: QWidget | None = None, *, site_uuid: str = ""
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._pages: list[QPixmap] = []
        self._page = 0
        self._looks = 0
        self._task: Task | None = None
        self.choices = PrintChoices(session)
        self.choices.language.setCurrentIndex(self.choices.language.findData(active()))
        if site_uuid:
            self.choices.show_subject(PaperMapKind.SITE, site_uuid)
        self.sheet, self.facts = QLabel(), QLabel()
        self.bar, self.stop = QProgressBar(), QPushButton()
        self.back, self.forward, self.page_line = QToolButton(), QToolButton(), QLabel()
        self.form, self.path, self.browse = QComboBox(), QLineEdit(), QPushButton()
        self.write, self.leave, self._file_label = QPushButton(), QPushButton(), QLabel()
        for code, name in _FORMATS:
            self.form.addItem(name, code)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOOK_AFTER_MS)
        self._timer.timeout.connect(self.look)
        self._lay_out()
        self._connect()
        exports = session.context.catalogue.folder.exports_dir.resolve()
        self.path.setText(str(exports / "map.pdf"))
        self.resize(theme.scaled(1120), theme.scaled(640))
        self.retranslate()
        self.look()

    def look(self) -> None:
        """Draw the sheet as chosen now; an older drawing that still runs is stopped."""
        self._timer.stop()
        self._cancel()
        self._looks += 1
        look, context = self._looks, self._session.context
        try:
            options = self.choices.options()
        except GeoparkError as error:
            self._show_trouble(error)
            return

        def work(
            progress: ReportProgress, cancel: CancelToken
        ) -> "tuple[list[bytes], PrintReport]":
            from geopark_app.operations.map_printing import preview_map

            return preview_map(context, options, progress=progress, cancel=cancel)

        def done(result: "tuple[list[bytes], PrintReport]") -> None:
            if look == self._looks:
                self._show(*result)

        def failed(error: BaseException) -> None:
            if look != self._looks:
                return
            self._busy(is_busy=False)
            if isinstance(error, GeoparkError):
                self._show_trouble(error)
            else:
                self._session.messages.error(error)

        self._busy(is_busy=True)
        self._task = self._session.run_beside(
            work, while_alive(self, done), on_failed=while_alive(self, failed)
        )
        self._task.is_droppable = True
        self._task.progressed.connect(while_alive(self, self._step))
        self._task.cancelled.connect(lambda: while_alive(self, self._stopped)(look))

    def print(self) -> None:
        """Write the file beside the window and close."""
        try:
            options = self.choices.options()
        except GeoparkError as error:
            self._show_trouble(error)
            return
        out = Path(self.path.text().strip()).expanduser()
        self._cancel()
        _write(self._session, options, out)
        self.accept()

    def retranslate(self) -> None:
        self.setWindowTitle(_("Print a map"))
        self.choices.retranslate()
        self._area.setFixedWidth(self._width_of_choices())
        self.sheet.setAccessibleName(_("Preview of the map"))
        self.stop.setText(_("Stop"))
        for button, sign, words in (
            (self.back, "chevron-left", _("Page before")),
            (self.forward, "chevron-right", _("Next page")),
        ):
            button.setIcon(icon(sign))
            button.setToolTip(words)
            button.setAccessibleName(words)
        self._file_label.setText(_("File"))
        self.form.setAccessibleName(_("Format"))
        self.browse.setText(_("Choose…"))
        self.write.setText(_("Print"))
        self.leave.setText(_("Cancel"))
        self._show_page()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_page()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._cancel()
        super().closeEvent(event)

    def reject(self) -> None:
        """Close; a drawing that runs is stopped."""
        self._cancel()
        super().reject()

    def _width_of_choices(self) -> int:
        """Give the width the form needs in this language, with its scroll bar."""
        bar = self._area.verticalScrollBar().sizeHint().width()
        return max(theme.scaled(390), self.choices.minimumSizeHint().width() + bar)

    def _cancel(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()

    def _step(self, progress: Progress) -> None:
        self.bar.setMaximum(progress.total)
        self.bar.setValue(progress.done)

    def _stopped(self, look: int) -> None:
        if look == self._looks:
            self._busy(is_busy=False)
            self.facts.setText(_("Stopped. Change a choice to draw it again."))

    def _show(self, pictures: list[bytes], report: "PrintReport") -> None:
        self._task = None
        self._busy(is_busy=False)
        self._pages = []
        for content in pictures:
            pixmap = QPixmap()
            pixmap.loadFromData(content)
            self._pages.append(pixmap)
        self._page = 0
        lines = print_words(
            denominator=report.denominator,
            counts=report.counts,
            pages=report.pages,
            overlaps=len(report.overlaps),
            dropped=report.dropped,
            is_sketch=report.is_sketch,
        )
        if report.base is not None:
            lines.append(
                base_map_words(
                    name=report.base.name,
                    dpi=report.base.dpi,
                    source_dpi=report.base.source_dpi,
                    cover=report.base.cover,
                    byte_count=report.base.byte_count,
                    attribution=report.base.attribution,
                )
            )
        self._say(" ".join(lines), is_alarming=False)
        self.write.setEnabled(bool(self.path.text().strip()))
        self._show_page()

    def _show_trouble(self, error: GeoparkError) -> None:
        words = error_sentence(error)
        self._pages = []
        self.write.setEnabled(False)
        self._say(f"{words.message} {words.next}", is_alarming=True)
        self._show_page()

    def _say(self, words: str, *, is_alarming: bool) -> None:
        self.facts.setText(words)
        self.facts.setProperty("look", "error" if is_alarming else "muted")
        self.facts.style().polish(self.facts)

    def _show_page(self) -> None:
        count = len(self._pages)
        self.page_line.setText(
            _("page {page} of {count}").format(page=self._page + 1, count=count) if count else ""
        )
        self.back.setEnabled(self._page > 0)
        self.forward.setEnabled(self._page + 1 < count)
        if not count:
            self.sheet.setPixmap(QPixmap())
            return
        room = self.sheet.size() - QSize(8, 8)
        self.sheet.setPixmap(
            self._pages[self._page].scaled(
                room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        )

    def _turn(self, by: int) -> None:
        self._page = min(max(self._page + by, 0), max(len(self._pages) - 1, 0))
        self._show_page()

    def _busy(self, *, is_busy: bool) -> None:
        self.bar.setVisible(is_busy)
        self.stop.setVisible(is_busy)
        if is_busy:
            self.bar.setMaximum(0)

    def _name_file(self) -> None:
        text = self.path.text().strip()
        if text:
            self.path.setText(str(Path(text).with_suffix(f".{self.form.currentData()}")))

    def _ask(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Print a map"), self.path.text())
        if chosen:
            self.path.setText(chosen)
            self._name_file()

    def _connect(self) -> None:
        self.choices.changed.connect(self._timer.start)
        self.form.currentIndexChanged.connect(lambda _index: self._name_file())
        self.browse.clicked.connect(self._ask)
        self.write.clicked.connect(self.print)
        self.leave.clicked.connect(self.reject)
        self.stop.clicked.connect(self._cancel)
        self.back.clicked.connect(lambda: self._turn(-1))
        self.forward.clicked.connect(lambda: self._turn(1))

    def _lay_out(self) -> None:
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sheet.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.sheet.setMinimumSize(theme.scaled(320), theme.scaled(240))
        self.facts.setWordWrap(True)
        self.write.setProperty("look", "primary")
        self.write.setDefault(True)
        area = QScrollArea()
        area.setWidget(self.choices)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area = area
        right = QVBoxLayout()
        right.addWidget(self.sheet, 1)
        turning = QHBoxLayout()
        turning.addStretch(1)
        turned: tuple[QWidget, ...] = (self.back, self.page_line, self.forward)
        for widget in turned:
            turning.addWidget(widget)
        turning.addStretch(1)
        right.addLayout(turning)
        going = QHBoxLayout()
        going.addWidget(self.bar, 1)
        going.addWidget(self.stop)
        right.addLayout(going)
        right.addWidget(self.facts)
        upper = QHBoxLayout()
        upper.addWidget(area)
        upper.addLayout(right, 1)
        lower = QHBoxLayout()
        self._file_label.setBuddy(self.path)
        lower.addWidget(self._file_label)
        lower.addWidget(self.form)
        lower.addWidget(self.path, 1)
        for button in (self.browse, self.leave, self.write):
            lower.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.addLayout(upper, 1)
        layout.addLayout(lower)


def _write(session: Session, options: "PrintOptions", out: Path) -> None:
    context = session.context

    def work(progress: ReportProgress, cancel: CancelToken) -> "PrintReport":
        from geopark_app.operations.map_printing import print_map

        return print_map(context, out, options, progress=progress, cancel=cancel)

    def done(report: "PrintReport") -> None:
        session.messages.done(
            _("Map written: {path} ({pages} pages).").format(
                path=report.files[0], pages=report.pages
            )
        )

    def begin() -> None:
        session.run_beside(work, while_alive(session, done), label=_("Printing the map"))

    session.after_saving(begin)
