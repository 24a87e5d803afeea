"""The hits below the search box of the window: of every kind, by keyboard, Enter opens."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geopark_app.gui import theme
from geopark_app.gui.finding.hit_painter import HeadingRole, HitPainter, HitRole
from geopark_app.gui.finding.opening_hits import open_hit
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.store.search import SearchHit
from geopark_app.wording.attached import place_words

_TYPING_MS = 90
_SHOWN = 40
_ROWS = 9
_WIDTH = 520


class SearchPopup(QFrame):
    """Lists what is found while words are typed; the keyboard stays in the search box.

    Attributes
    ----------
    list : QListWidget
        One row for each hit.
    """

    def __init__(self, line: QLineEdit, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._line = line
        self._session = session
        self._window = parent
        self.setObjectName("search-popup")
        self.setProperty("look", "popup")
        self.list = QListWidget()
        self.list.setObjectName("search-hits")
        self.list.setItemDelegate(HitPainter(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.itemClicked.connect(self._open)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setProperty("look", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(4)
        column.addWidget(self.list)
        column.addWidget(self.words)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING_MS)
        self._timer.timeout.connect(self.search_now)
        line.textEdited.connect(self._typed)
        line.installEventFilter(self)
        self.hide()

    def _typed(self, _text: str) -> None:
        self._timer.start()

    def search_now(self) -> None:
        """Show what the words in the box find."""
        self._timer.stop()
        text = self._line.text().strip()
        if not text or not self._line.hasFocus():
            self.hide()
            return
        self.show_hits(self._session.context.catalogue.search(text, limit=_SHOWN))

    def show_hits(self, hits: list[SearchHit]) -> None:
        """List the hits, none chosen yet: Enter alone goes to the list of sites."""
        self.list.clear()
        group = "records"
        for hit in hits:
            if hit.group != group and not hit.is_near:
                group = hit.group
                self._add_heading(group)
            item = QListWidgetItem(self.list)
            item.setData(HitRole, hit)
            words = ". ".join(filter(None, (hit.title, place_words(hit.place), hit.matched)))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
        if not hits:
            self.words.setText(_("Nothing found."))
        elif all(hit.is_near for hit in hits):
            self.words.setText(_("Nothing is written so; these are close."))
        else:
            self.words.setText(_("↓ chooses, Enter opens, Esc closes"))
        self.list.setVisible(bool(hits))
        self._place(self.list.count())
        self.show()
        self.raise_()

    def _add_heading(self, group: str) -> None:
        words = _("Inside attached files") if group == "files" else _("Reference lists")
        item = QListWidgetItem(self.list)
        item.setData(HeadingRole, words)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)

    def _place(self, count: int) -> None:
        parent = self._window
        # Headings are lower than hits.
        rows = [self.list.sizeHintForRow(at) for at in range(min(count, _ROWS))]
        self.list.setFixedHeight(sum(rows) + 6)
        width = min(theme.scaled(_WIDTH), parent.width() - 16)
        corner = self._line.mapTo(parent, QPoint(0, self._line.height() + 2))
        self.setFixedWidth(width)
        self.adjustSize()
        self.move(max(8, min(corner.x(), parent.width() - width - 8)), corner.y())

    def chosen(self) -> SearchHit | None:
        """Give the hit the arrow keys chose, or None."""
        item = self.list.currentItem() if self.list.selectedItems() else None
        hit = item.data(HitRole) if item is not None else None
        return hit if isinstance(hit, SearchHit) else None

    def _open(self, item: QListWidgetItem) -> None:
        hit = item.data(HitRole)
        self.hide()
        if isinstance(hit, SearchHit):
            open_hit(self._session, hit, self._window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            # A click into the list takes the focus for a moment; the list is then still under it.
            QTimer.singleShot(0, self, self._hide_unless_here)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def _hide_unless_here(self) -> None:
        if not self._line.hasFocus() and not self.underMouse():
            self.hide()

    def _take_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            if not self.isVisible() or self._timer.isActive():
                self.search_now()
            self._step(1 if key is Qt.Key.Key_Down else -1)
            return self.isVisible()
        if not self.isVisible():
            return False
        if key is Qt.Key.Key_Escape:
            self.hide()
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            item = self.list.currentItem()
            if self.chosen() is not None and item is not None:
                self._open(item)
                return True
            self.hide()
        return False

    def _step(self, by: int) -> None:
        count = self.list.count()
        now = self.list.currentRow() if self.list.selectedItems() else -1
        row = max(0, now + by)
        while 0 <= row < count and not self.list.item(row).flags():
            row += by
        if 0 <= row < count:
            self.list.setCurrentRow(row)
