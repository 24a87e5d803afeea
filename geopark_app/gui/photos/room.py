"""The Photos room: the gallery of all photos, what is selected, and the ways to look closer."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from geopark_app.domain.change import Changes
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.keys import add_key
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.photo_safety.export_dialog import PhotoExportDialog
from geopark_app.gui.photos.chosen_panel import ChosenPanel
from geopark_app.gui.photos.compare import CompareDialog
from geopark_app.gui.photos.dropping import local_paths, pasted_paths
from geopark_app.gui.photos.duplicates import PhotoDuplicatesDialog
from geopark_app.gui.photos.gallery_filters import GalleryFilters
from geopark_app.gui.photos.gallery_model import GalleryModel
from geopark_app.gui.photos.gallery_view import GalleryView
from geopark_app.gui.photos.many_deeds import flag_many, rate_many, trash_many, turn_many
from geopark_app.gui.photos.pairs import PairsDialog
from geopark_app.gui.photos.pictures import Pictures
from geopark_app.gui.photos.preview_dialog import PreviewDialog
from geopark_app.gui.photos.viewer import PhotoViewer
from geopark_app.gui.session import Session
from geopark_app.gui.window_layout import keep_splitter, restore_splitter
from geopark_app.i18n import gettext as _
from geopark_app.operations.photo_gallery import PhotoQuery, find_photos

_READ_AGAIN_MS, _LATER_MS = 150, 40
_SHOWN_KINDS = {"photo", "site"}


class PhotosRoom(LanguageAware, QWidget):
    """Shows every photo of the catalogue."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setAcceptDrops(not session.is_read_only)
        self._options = FormOptions(session, self)
        self._asked = 0
        self.filters = GalleryFilters(session)
        self.model = GalleryModel(session, Pictures(session, self), self)
        self.view = GalleryView(self.model)
        self.panel = ChosenPanel(session, self._options)
        self.duplicates = QPushButton(icon("content-duplicate"), "")
        self.points = QPushButton(icon("camera-marker-outline"), "")
        self.splitter = QSplitter()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_READ_AGAIN_MS)
        self._touched: set[str] = set()
        self._lay_out()
        self._connect()
        self.retranslate()
        self.read_again()

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.filters)
        column.addWidget(self.view, 1)
        tools = QHBoxLayout()
        tools.addWidget(self.duplicates)
        tools.addWidget(self.points)
        tools.addStretch(1)
        for widget in (self.filters.count, self.filters.size_sign, self.filters.slider):
            tools.addWidget(widget)
        column.addLayout(tools)
        self.splitter.setChildrenCollapsible(False)
        left.setMinimumWidth(360)
        self.panel.setMinimumWidth(theme.scaled(330))
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.panel)
        self.splitter.setStretchFactor(0, 1)
        if not restore_splitter(self.splitter, "photos"):
            self.splitter.setSizes([880, 330])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 10, 10, 8)
        layout.addWidget(self.splitter)

    def _connect(self) -> None:
        session, view = self._session, self.view
        self.filters.changed.connect(self.read_again)
        self.filters.side_changed.connect(view.set_side)
        view.chosen_changed.connect(self._show_chosen)
        view.activated.connect(lambda _index: self.open_current())
        view.doubleClicked.connect(lambda _index: self.open_current())
        view.stars_wanted.connect(lambda n: rate_many(session, view.chosen_keys(), n))
        view.flag_wanted.connect(self.flag_chosen)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._show_menu)
        self.panel.open_wanted.connect(self.open_current)
        self.panel.compare_wanted.connect(self.compare_chosen)
        self.panel.trash_wanted.connect(self.trash_chosen)
        self.panel.point_wanted.connect(self.show_points)
        self.duplicates.clicked.connect(self.show_duplicates)
        self.points.clicked.connect(self.show_points)
        self._timer.timeout.connect(self._read_after_changes)
        session.changes.changes_stored.connect(self._take_changes)
        session.about_to_save.connect(lambda: keep_splitter(self.splitter, "photos"))
        add_key(view, QKeySequence.StandardKey.Delete, self.trash_chosen)
        add_key(view, "R", lambda: turn_many(session, view.chosen_keys(), 90))
        add_key(view, "Shift+R", lambda: turn_many(session, view.chosen_keys(), 270))
        add_key(view, "C", self.compare_chosen)
        add_key(view, QKeySequence.StandardKey.Paste, self.paste)

    # Rows -----------------------------------------------------------------------------------

    def show_query(self, wanted: PhotoQuery) -> None:
        """Show the photos asked for from outside."""
        self.filters.show_query(wanted)

    def read_again(self) -> None:
        """Read the keys beside the window; the newest question is the one that counts."""
        self._asked += 1
        number, context, wanted = self._asked, self._session.context, self.filters.query()

        def work(_: ReportProgress, __: CancelToken) -> list[str]:
            return find_photos(context, wanted)

        self._session.run_beside(work, while_alive(self, lambda keys: self._take(number, keys)))

    def _take(self, number: int, keys: list[str]) -> None:
        if number != self._asked:
            return
        current, chosen = self.view.current_key(), self.view.chosen_keys()
        if self.model.show_keys(keys):
            self.view.restore(current, chosen)
        self._show_chosen()
        if not self.panel.editors:
            # After the first paint, and after the pictures in sight were asked for.
            QTimer.singleShot(_LATER_MS, self, self.panel.make_editors)

    def _take_changes(self, changes: Changes) -> None:
        if any(kind in _SHOWN_KINDS for kind, _uuid in changes.touched):
            self._touched.update(uuid for kind, uuid in changes.touched if kind == "photo")
            self._timer.start()

    def _read_after_changes(self) -> None:
        touched, self._touched = self._touched, set()
        self.model.forget_rows(touched)
        self.filters.refill()
        self._show_chosen()
        self.read_again()

    def _show_chosen(self) -> None:
        keys = self.view.chosen_keys()
        at = self.view.currentIndex().row()
        row = self.model.row(at) if at >= 0 else None
        self.panel.show_chosen(keys, row)
        self.filters.show_count(len(self.model.keys), len(keys))

    # Deeds ----------------------------------------------------------------------------------

    def flag_chosen(self) -> None:
        """Mark the selected photos for the dossier, or no longer when the current one is."""
        row = self.model.row(self.view.currentIndex().row())
        wanted = not (row is not None and row.for_dossier)
        flag_many(self._session, self.view.chosen_keys(), wanted=wanted)

    def trash_chosen(self) -> None:
        """Put the selected photos into the trash."""
        trash_many(self._session, self.view.chosen_keys())

    def open_current(self) -> None:
        """Show the photo at the cursor large; the others of the list can be gone through."""
        key = self.view.current_key()
        if key:
            viewer = PhotoViewer(self._session, self._options, self)
            self._open(viewer)
            viewer.show_among(self.model.keys, key)

    def hand_over_chosen(self) -> None:
        """Hand the selected photos over as a folder."""
        keys = frozenset(self.view.chosen_keys())
        if keys:
            self._open(PhotoExportDialog(self._session, self, uuids=keys))

    def compare_chosen(self) -> None:
        """Show the two selected photos side by side."""
        keys = self.view.chosen_keys()
        if len(keys) == 2:
            self._open(CompareDialog(self._session, keys[0], keys[1], self))

    def show_duplicates(self) -> None:
        """List photos that look nearly the same."""
        self._open(PhotoDuplicatesDialog(self._session, self))

    def show_points(self) -> None:
        """Show the fixed-point photos, of the site of the current photo if it has one."""
        row = self.model.row(self.view.currentIndex().row())
        site = (row.site_uuid or "") if row is not None else ""
        photo = row.uuid if row is not None else ""
        self._open(
            PairsDialog(self._session, self._options, site_uuid=site, photo=photo, parent=self)
        )

    # Adding ---------------------------------------------------------------------------------

    def offer(self, paths: Sequence[Path]) -> None:
        """Show pictures before they are added; each is proposed its nearest site."""
        if paths and not self._session.is_read_only:
            PreviewDialog(self._session, paths, parent=self).open()

    def paste(self) -> None:
        """Show the files or the picture on the clipboard before they are added."""
        if not self._session.is_read_only:
            self.offer(pasted_paths(self._session, QGuiApplication.clipboard().mimeData()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and local_paths(event.mimeData()):
            # Copy, never move: the originals stay where they are.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.offer(local_paths(event.mimeData()))

    def _open(self, dialog: QWidget) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def menu(self) -> QMenu:
        """Give the menu of the selected photos."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        keys = self.view.chosen_keys()
        may_write = bool(keys) and not self._session.is_read_only
        for words, name, deed, enabled in (
            (_("Open large, with captions and rights"), "image-search", self.open_current, True),
            (_("Compare two"), "compare", self.compare_chosen, len(keys) == 2),
            (_("Fixed-point photos…"), "camera-marker-outline", self.show_points, True),
            (_("Hand photos over…"), "folder-image", self.hand_over_chosen, bool(keys)),
            (_("For the dossier"), "file-check", self.flag_chosen, may_write),
            (_("Move to the trash"), "trash-can-outline", self.trash_chosen, may_write),
        ):
            action = QAction(icon(name), words, menu)
            action.setEnabled(enabled)
            action.triggered.connect(deed)
            menu.addAction(action)
        return menu

    def _show_menu(self, at: QPoint) -> None:
        if self.view.indexAt(at).isValid():
            self.menu().popup(self.view.viewport().mapToGlobal(at))

    def _hint(self) -> str:
        if self.filters.clear.isEnabled():
            return _("No photo passes the filters.")
        return _("No photos yet. Drop pictures or a folder here.")

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.duplicates.setText(_("Near-duplicates…"))
        self.points.setText(_("Fixed-point photos…"))
        self.view.setAccessibleName(_("Photos"))
        self.view.hint = self._hint
        self.model.forget_all()
        self._show_chosen()
