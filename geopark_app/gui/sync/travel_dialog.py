"""The lists for departure and return in the window, with ticks, and printed on one page."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.domain.travel import Mark, TravelLine, TravelList, Trip
from geopark_app.gui import icons, theme
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.travel_check import travel_check
from geopark_app.operations.travel_print import write_travel
from geopark_app.wording.travel import line_words, mark_words, travel_sum, travel_title

_ICON_PX = 22
_TOP_MIDDLE = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter
_SIGNS = {
    Mark.GOOD: "check-circle-outline",
    Mark.LOOK: "alert-circle-outline",
    Mark.UNKNOWN: "help-circle-outline",
}


class TravelDialog(QDialog):
    """Shows one list; what only a person can tell has a box to tick.

    Attributes
    ----------
    sum : QLabel
        How the laptop stands, in one sentence.
    boxes : list of QCheckBox
        One for each line only a person can tell.
    again, print : QPushButton
        Look again; write the page to print.
    """

    def __init__(self, session: Session, trip: Trip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._trip = trip
        self._found: TravelList | None = None
        self.boxes: list[QCheckBox] = []
        self.setWindowTitle(travel_title(trip))
        self.sum = QLabel()
        self.sum.setProperty("look", "heading")
        self.sum.setWordWrap(True)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.again, self.print = QPushButton(_("Look again")), QPushButton(_("Print as PDF…"))
        self.again.clicked.connect(self.read)
        self.print.clicked.connect(self._print)
        self.print.setEnabled(False)
        foot = QHBoxLayout()
        foot.addWidget(self.print)
        foot.addWidget(self.again)
        foot.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.addWidget(self.sum)
        column.addWidget(self._area, 1)
        column.addLayout(foot)
        self.resize(theme.scaled(720), theme.scaled(690))
        self.read()

    def read(self) -> None:
        """Look at this laptop again, beside the window."""
        context, trip = self._session.context, self._trip

        def work(_progress: ReportProgress, _cancel: CancelToken) -> TravelList:
            return travel_check(context, trip)

        self._session.run_beside(work, while_alive(self, self._show))

    def _show(self, found: TravelList) -> None:
        self._found = found
        ticked = [box.isChecked() for box in self.boxes]
        self.boxes = []
        page = QWidget()
        page.setProperty("look", "page")
        grid = QGridLayout(page)
        grid.setContentsMargins(4, 4, 8, 4)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for row, line in enumerate(found.lines):
            self._add_line(grid, row, line)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(found.lines), 1)
        for box, was_ticked in zip(self.boxes, ticked, strict=False):
            box.setChecked(was_ticked)
        self._area.setWidget(page)
        self.sum.setText(travel_sum(found))
        self.print.setEnabled(True)

    def _add_line(self, grid: QGridLayout, row: int, line: TravelLine) -> None:
        title, words = line_words(line)
        found = QLabel(mark_words(line.mark))
        found.setProperty("look", "muted")
        if line.mark is Mark.BY_HAND:
            box = QCheckBox()
            box.setAccessibleName(f"{title}. {words}")
            self.boxes.append(box)
            grid.addWidget(box, row, 0, _TOP_MIDDLE)
        else:
            sign = QLabel()
            colours = theme.colours()
            colour = {Mark.GOOD: colours.done, Mark.LOOK: colours.error}.get(
                line.mark, colours.muted
            )
            size = theme.scaled(_ICON_PX)
            sign.setPixmap(icons.icon(_SIGNS[line.mark], colour=colour).pixmap(size, size))
            sign.setAccessibleName(mark_words(line.mark))
            grid.addWidget(sign, row, 0, _TOP_MIDDLE)
        text = QWidget()
        column = QVBoxLayout(text)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for look, content in (("strong", title), ("", words)):
            label = QLabel(content)
            label.setProperty("look", look)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        grid.addWidget(text, row, 1)
        grid.addWidget(found, row, 2, Qt.AlignmentFlag.AlignTop)

    def _print(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self,
            _("Print as PDF"),
            self._session.export_path(f"{self._trip.value}.pdf"),
            "PDF (*.pdf)",
        )
        if name:
            self.print_to(Path(name))

    def print_to(self, path: Path) -> None:
        """Write the list shown as one page."""
        found = self._found
        assert found is not None

        def work(_progress: ReportProgress, cancel: CancelToken) -> None:
            write_travel(found, path, cancel)

        def done(_none: object) -> None:
            self._session.messages.done(_("Written: {path}").format(path=path))

        self._session.run_beside(work, while_alive(self, done), label=travel_title(self._trip))
