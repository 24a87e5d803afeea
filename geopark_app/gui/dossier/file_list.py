"""The files a build has made: a click opens one, a button opens their folder."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from geopark_app.gui.language import LanguageAware
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:  # Word, typst and GDAL are fetched by the first check or build
    from geopark_app.operations.dossier_options import DossierFile, DossierReport

_SHOWN_BELOW = "data/"
_MOST_ROWS = 9


class FileList(LanguageAware, QFrame):
    """Shows documents with pages and size; the bag's own lists are not shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self._report: DossierReport | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        head = QHBoxLayout()
        self._title = QLabel()
        self._title.setProperty("look", "heading")
        self.open_button = QPushButton()
        self.open_button.clicked.connect(self._open_folder)
        head.addWidget(self._title, 1)
        head.addWidget(self.open_button)
        column.addLayout(head)
        rows = QWidget()
        rows.setProperty("look", "page")
        self._grid = QGridLayout(rows)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setVerticalSpacing(0)
        # A whole package is dozens of files: they scroll and leave the problems in sight.
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(rows)
        column.addWidget(self._area)
        self.files: list[QPushButton] = []
        self.hide()
        self.retranslate()

    def show_report(self, report: "DossierReport | None") -> None:
        """Show what was made, or nothing."""
        self._report = report
        self.setVisible(report is not None and bool(report.files))
        self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(_("Files made"))
        self.open_button.setText(_("Open the folder"))
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.files = []
        for row, file in enumerate(_documents(self._report)):
            self._add_row(row, file)
        shown = min(len(self.files), _MOST_ROWS)
        height = self.files[0].sizeHint().height() if self.files else 0
        self._area.setFixedHeight(shown * height)

    def _add_row(self, row: int, file: "DossierFile") -> None:
        assert self._report is not None
        assert self._report.out is not None
        button = QPushButton(file.path.removeprefix(_SHOWN_BELOW))
        button.setProperty("look", "link")
        path = self._report.out / file.path
        button.clicked.connect(lambda _=False, path=path: _open(path))
        self.files.append(button)
        self._grid.addWidget(button, row, 0)
        pages = "" if file.pages is None else _("{count} pages").format(count=file.pages)
        for column, words in enumerate((pages, QLocale().formattedDataSize(file.byte_count)), 1):
            label = QLabel(words)
            label.setProperty("look", "muted")
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(label, row, column)

    def _open_folder(self) -> None:
        if self._report is not None and self._report.out is not None:
            _open(self._report.out)


def _documents(report: "DossierReport | None") -> "Sequence[DossierFile]":
    files = report.files if report is not None else ()
    return [file for file in files if file.path.startswith(_SHOWN_BELOW)]


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
