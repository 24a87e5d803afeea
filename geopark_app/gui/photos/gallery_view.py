"""The grid of the gallery: rows of tiles, stars and the dossier flag by one key."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QWidget

from geopark_app.gui.photos.gallery_model import GalleryModel, KeyRole
from geopark_app.gui.photos.gallery_tile import GalleryTile, TileView

_DIGITS = {getattr(Qt.Key, f"Key_{number}"): number for number in range(6)}


class GalleryView(TileView):
    """Lays tiles of one size in rows. The list mode of Qt does it in one pass over 50,000.

    Signals
    -------
    stars_wanted(int)
        A key from 0 to 5 was pressed.
    flag_wanted()
        The key D: for the dossier, or no longer.
    chosen_changed()
        Another photo has the cursor, or others are selected.
    """

    stars_wanted = Signal(int)
    flag_wanted = Signal()
    chosen_changed = Signal()

    def __init__(self, model: GalleryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hint: Callable[[], str] = str
        self.gallery = model
        self.tile = GalleryTile(self)
        self.setObjectName("gallery")
        self.setViewMode(QListView.ViewMode.ListMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setUniformItemSizes(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setItemDelegate(self.tile)
        self.setModel(model)
        self.set_side(self.tile.side)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen_changed.emit())

    def set_side(self, side: int) -> None:
        """Make the pictures so wide; the photo at the cursor stays in sight."""
        self.tile.side = side
        self.gallery.pictures.set_box(self.tile.picture_box(self.devicePixelRatioF()))
        self._spread()
        size = self.gridSize()
        self.verticalScrollBar().setSingleStep(max(20, size.height() // 3))
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _spread(self) -> None:
        """Share the width among the columns, so that no strip is left over at the right."""
        size = self.tile.tile_size(self.fontMetrics())
        room = self.viewport().width() - 1
        columns = max(1, room // size.width())
        self.setGridSize(QSize(max(size.width(), room // columns), size.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._spread()
        super().resizeEvent(event)

    def current_key(self) -> str:
        """Give the key of the photo at the cursor, or an empty text."""
        return str(self.currentIndex().data(KeyRole) or "")

    def chosen_keys(self) -> list[str]:
        """Give the keys of the photos selected, in the order shown."""
        keys = self.gallery.keys
        found: list[int] = []
        for part in self._ranges():
            found.extend(range(part.top(), part.bottom() + 1))
        return [keys[at] for at in sorted(found)]

    def chosen_count(self) -> int:
        """Give how many photos are selected."""
        return sum(part.height() for part in self._ranges())

    def _ranges(self) -> Iterable[QItemSelectionRange]:
        # The stubs of PySide6 do not know that a selection is a list of its ranges.
        selection: Any = self.selectionModel().selection()
        return list(selection)

    def go_to(self, uuid: str) -> bool:
        """Put the cursor on a photo; says whether it is shown."""
        index = self.gallery.index(self.gallery.place_of(uuid))
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flags)
            self.scrollTo(index)
        return index.isValid()

    def restore(self, current: str, chosen: Sequence[str]) -> None:
        """Select these photos again after the list was read anew, where they are still in it."""
        places = sorted(p for uuid in chosen if (p := self.gallery.place_of(uuid)) >= 0)
        selection = QItemSelection()
        for at in places:
            index = self.gallery.index(at)
            selection.select(index, index)
        flags = QItemSelectionModel.SelectionFlag
        index = self.gallery.index(self.gallery.place_of(current))
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
            self.scrollTo(index)
        self.selectionModel().select(selection, flags.ClearAndSelect)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if plain and key in _DIGITS:
            self.stars_wanted.emit(_DIGITS[key])
        elif plain and key == Qt.Key.Key_D:
            self.flag_wanted.emit()
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of deeds here; words are looked for in the search box."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.gallery.keys:
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().placeholderText().color())
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(24, 24, -24, -24), flags, self.hint())
            painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.LanguageChange}:
            self.tile.forget_words()
            self.set_side(self.tile.side)
