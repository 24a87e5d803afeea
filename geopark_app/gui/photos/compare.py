"""Two photos side by side; zooming and moving one does the same with the other."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.kinds import Photo
from geopark_app.gui import theme
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.photos.canvas import PhotoCanvas
from geopark_app.gui.photos.gallery_model import described
from geopark_app.gui.photos.large import LargePicture
from geopark_app.gui.photos.many_deeds import trash_many
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.photo_gallery import read_rows


class CompareDialog(LanguageAware, QDialog):
    """Shows two photos beside each other.

    Attributes
    ----------
    canvases : tuple of PhotoCanvas
        Left and right.
    """

    def __init__(
        self, session: Session, left: str, right: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._uuids = (left, right)
        self.canvases = (PhotoCanvas(), PhotoCanvas())
        self._large = tuple(LargePicture(session, canvas) for canvas in self.canvases)
        self.words = (QLabel(), QLabel())
        self.trash = (
            QPushButton(icon("trash-can-outline"), ""),
            QPushButton(icon("trash-can-outline"), ""),
        )
        self.linked = QCheckBox()
        self.linked.setChecked(True)
        self.fit = QPushButton(icon("fit-to-page-outline"), "")
        self.whole = QPushButton(icon("numeric-1-box-outline"), "")
        self._lay_out()
        first, second = self.canvases
        first.view_changed.connect(lambda: self._follow(first, second))
        second.view_changed.connect(lambda: self._follow(second, first))
        self.fit.clicked.connect(lambda: first.fit())
        self.whole.clicked.connect(lambda: first.zoom_to(1.0))
        for uuid, large, button in zip(self._uuids, self._large, self.trash, strict=True):
            large.show_photo(session.context.catalogue.get(Photo, uuid))
            button.clicked.connect(lambda _=False, key=uuid: self._trash(key))
            button.setAutoDefault(False)
            button.setEnabled(not session.is_read_only)
        self.retranslate()

    def _lay_out(self) -> None:
        sides = QGridLayout()
        for side, (canvas, words, trash) in enumerate(
            zip(self.canvases, self.words, self.trash, strict=True)
        ):
            words.setWordWrap(True)
            row = QHBoxLayout()
            row.addWidget(words, 1)
            row.addWidget(trash)
            # In one grid, so that both pictures keep one size whatever stands below them.
            sides.addWidget(canvas, 0, side)
            sides.addLayout(row, 1, side)
            sides.setColumnStretch(side, 1)
        sides.setRowStretch(0, 1)
        tools = QHBoxLayout()
        for widget in (self.linked, self.fit, self.whole):
            tools.addWidget(widget)
        tools.addStretch(1)
        column = QVBoxLayout(self)
        column.addLayout(sides, 1)
        column.addLayout(tools)
        room = self.screen().availableGeometry().size() * 0.92
        self.resize(QSize(theme.scaled(1200), theme.scaled(680)).boundedTo(room))

    def _follow(self, moved: PhotoCanvas, other: PhotoCanvas) -> None:
        if self.linked.isChecked():
            other.take_view(*moved.relative_view())

    def _trash(self, uuid: str) -> None:
        trash_many(self._session, [uuid])
        self.accept()

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.setWindowTitle(_("Compare two photos"))
        self.linked.setText(_("Zoom and move both together"))
        self.fit.setText(_("Whole picture"))
        self.whole.setText("100 %")
        rows = {row.uuid: row for row in read_rows(self._session.context, self._uuids)}
        for uuid, words, canvas, trash in zip(
            self._uuids, self.words, self.canvases, self.trash, strict=True
        ):
            text = described(rows[uuid]) if uuid in rows else ""
            words.setText(" · ".join(text.splitlines()[:3]))
            canvas.setAccessibleName(text)
            trash.setText(_("Move to the trash"))
