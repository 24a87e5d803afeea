"""The photos that prove an answer: dropped on it, shown as small pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeySequence, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from geopark_app.domain.change import Changes
from geopark_app.domain.kinds import Photo, Visit
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.photos.photo_model import photo_title
from geopark_app.gui.photos.pictures import Pictures, small_look
from geopark_app.i18n import gettext as _
from geopark_app.operations.checklists import answer_item, attach_evidence
from geopark_app.operations.context import AppContext
from geopark_app.operations.evidence import evidence_of_files, is_picture
from geopark_app.operations.evidence_targets import ANSWER, Target
from geopark_app.operations.photos import AddPhotosReport, add_photos

_SIDE = 44


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvedAnswer:
    """What came of pictures dropped on an answer."""

    report: AddPhotosReport
    changes: Changes


def prove(
    context: AppContext,
    visit: Visit,
    item_uuid: str,
    paths: Sequence[Path],
    progress: ReportProgress,
    cancel: CancelToken,
) -> ProvedAnswer:
    """Let pictures, added to the place of the visit, and documents prove the answer."""
    documents = [path for path in paths if path.is_file() and not is_picture(path)]
    pictures = [path for path in paths if path not in documents]
    report = add_photos(
        context, pictures, site_uuid=visit.site_uuid, progress=progress, cancel=cancel
    )
    photos = [file.photo_uuid for file in report.files if file.photo_uuid]
    touched = set(report.changes.touched)
    if photos or documents:
        answer, answered = answer_item(context, visit.uuid, item_uuid, reason=_("Add evidence"))
        touched |= answered.touched
        for uuid in photos:
            changes = attach_evidence(context, answer.uuid, uuid, reason=_("Add evidence"))
            touched |= changes.touched
        at = [Target(kind=ANSWER, code=answer.uuid)]
        for one in evidence_of_files(context, documents, at, reason=_("Add evidence")):
            touched |= one.changes.touched
    return ProvedAnswer(report=report, changes=Changes(touched=frozenset(touched)))


class EvidenceRow(LanguageAware, QWidget):
    """Small pictures beside an answer.

    Signals
    -------
    removed(str)
        The person takes this photo away from the answer; the photo itself stays.
    """

    removed = Signal(str)

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._photos: list[Photo] = []
        self.buttons: list[QToolButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self.numbers = QLabel()
        self.numbers.setProperty("look", "chip")
        self.numbers.hide()
        self._row.addWidget(self.numbers)
        self._row.addStretch(1)
        pictures.loaded.connect(self._loaded)
        self.hide()

    def show_photos(self, photos: Sequence[Photo]) -> None:
        """Show these photos."""
        if list(photos) == self._photos:
            return
        self._photos = list(photos)
        for button in self.buttons:
            button.deleteLater()
        self.buttons = [self._button(photo) for photo in self._photos]
        for at, button in enumerate(self.buttons):
            self._row.insertWidget(at, button)
        self.setVisible(bool(photos) or bool(self.numbers.text()))

    def show_numbers(self, numbers: Sequence[str]) -> None:
        """Name the numbered evidence that points to this answer."""
        words = ", ".join(numbers)
        self.numbers.setText(words)
        self.numbers.setVisible(bool(words))
        self.numbers.setToolTip(_("Numbered evidence behind this answer"))
        self.setVisible(bool(self._photos) or bool(words))

    def _button(self, photo: Photo) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setIconSize(QSize(theme.scaled(_SIDE), theme.scaled(_SIDE)))
        button.setToolTip(photo_title(photo))
        button.setAccessibleName(photo_title(photo))
        pixmap = self._picture(photo)
        button.setIcon(icon("image-outline") if pixmap is None else QIcon(pixmap))
        button.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        remove = QAction(_("Take away from this answer"), button)
        remove.triggered.connect(lambda _=False, uuid=photo.uuid: self.removed.emit(uuid))
        remove.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        button.addAction(remove)
        return button

    def _loaded(self, sha256: str) -> None:
        for photo, button in zip(self._photos, self.buttons, strict=True):
            if photo.thumb_sha256 == sha256:
                button.setIcon(QIcon(self._picture(photo) or QPixmap()))

    def _picture(self, photo: Photo) -> QPixmap | None:
        look = small_look(photo.turn_deg, photo.crop)
        return self._pictures.thumbnail(photo.thumb_sha256, look)

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        photos, self._photos = self._photos, []
        if photos:
            self.show_photos(photos)
