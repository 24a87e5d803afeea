"""The photo strip of a site: thumbnails in a row, drag and drop, add, cover, remove."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.kinds import Photo, Site
from geopark_app.gui import theme
from geopark_app.gui.forms.keys import add_key
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.photos.adding import start_adding
from geopark_app.gui.photos.deeds import make_cover, remove_photo
from geopark_app.gui.photos.dropping import local_paths, pasted_paths
from geopark_app.gui.photos.photo_model import PhotoListModel, PhotoRole
from geopark_app.gui.photos.photo_tile import PhotoTile
from geopark_app.gui.photos.pictures import Pictures
from geopark_app.gui.photos.preview_dialog import PreviewDialog
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.photos import list_photos

_HEIGHT, _EMPTY_HEIGHT = 142, 56


class _PhotoView(QListView):
    """The row of thumbnails; empty it says what can be done."""

    hint = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.model() is not None and self.model().rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().placeholderText().color())
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(12, 8, -12, -8), flags, self.hint)
            painter.end()


class PhotoStrip(LanguageAware, QWidget):
    """Shows the photos of one site and takes new ones.

    Signals
    -------
    photo_opened(str)
        The person wants to see this photo large, with its captions and rights.
    """

    photo_opened = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.site_uuid = ""
        self.setAcceptDrops(not session.is_read_only)
        self.title = QLabel()
        self.add_button = QPushButton()
        self.add_button.setIcon(icon("image-plus"))
        self.add_button.clicked.connect(self.choose_files)
        self.model = PhotoListModel(Pictures(session, self), self)
        self.view = _PhotoView()
        self._set_up_view(self.view)
        heading = QHBoxLayout()
        heading.addWidget(self.title, 1)
        heading.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(heading)
        column.addWidget(self.view)
        self._add_keys()
        session.changes.changes_stored.connect(self._take_changes)
        self.retranslate()
        self.show_site("")

    def _set_up_view(self, view: _PhotoView) -> None:
        view.setObjectName("photo-strip")
        view.setModel(self.model)
        view.setItemDelegate(PhotoTile(view))
        view.setViewMode(QListView.ViewMode.IconMode)
        view.setFlow(QListView.Flow.LeftToRight)
        view.setWrapping(False)
        view.setMovement(QListView.Movement.Static)
        view.setUniformItemSizes(True)
        view.setLayoutMode(QListView.LayoutMode.Batched)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setSpacing(2)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._show_menu)
        view.activated.connect(self._open)

    def _add_keys(self) -> None:
        add_key(self, QKeySequence.StandardKey.Paste, self.paste)
        add_key(self, QKeySequence.StandardKey.Delete, self.remove)

    # Showing --------------------------------------------------------------------------------

    def show_site(self, uuid: str) -> None:
        """Show the photos of a site; an empty key shows none."""
        self.site_uuid = uuid
        self._reload()

    def _reload(self) -> None:
        context = self._session.context
        photos = list_photos(context, site_uuid=self.site_uuid) if self.site_uuid else []
        site = context.catalogue.get(Site, self.site_uuid) if self.site_uuid else None
        self.model.show_photos(photos, site.cover_photo_uuid if site else None)
        self.add_button.setEnabled(bool(self.site_uuid) and not self._session.is_read_only)
        self._fit_height()
        self._write_title()

    def _fit_height(self) -> None:
        # Without photos the strip is only a place to drop them.
        has_photos = self.model.rowCount() > 0
        self.view.setFixedHeight(theme.scaled(_HEIGHT if has_photos else _EMPTY_HEIGHT))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_height()
            self.view.scheduleDelayedItemsLayout()

    def _take_changes(self, changes: Changes) -> None:
        if not self.site_uuid:
            return
        kinds = {kind for kind, _uuid in changes.touched}
        if "photo" in kinds or ("site", self.site_uuid) in changes.touched:
            self._reload()

    def current_photo(self) -> Photo | None:
        """Give the photo the cursor is on."""
        photo = self.view.currentIndex().data(PhotoRole)
        return photo if isinstance(photo, Photo) else None

    def select_photo(self, uuid: str) -> None:
        """Put the cursor on a photo."""
        index = self.model.index(self.model.row_of(uuid))
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.view.selectionModel().setCurrentIndex(index, flags)
            self.view.scrollTo(index)

    # Adding ---------------------------------------------------------------------------------

    def choose_files(self) -> None:
        """Ask for picture files."""
        names, _chosen = QFileDialog.getOpenFileNames(
            self,
            _("Add photos"),
            "",
            _("Pictures")
            + " (*.jpg *.jpeg *.heic *.heif *.png *.tif *.tiff *.webp);;"
            + _("All files")
            + " (*)",
        )
        self.offer_files([Path(name) for name in names])

    def add_files(self, paths: Sequence[Path]) -> None:
        """Add these files and folders to the site shown."""
        if paths and self.site_uuid and not self._session.is_read_only:
            start_adding(self._session, paths, site_uuid=self.site_uuid)

    def offer_files(self, paths: Sequence[Path]) -> None:
        """Show these files and folders before they are added to the site shown."""
        if paths and self.site_uuid and not self._session.is_read_only:
            PreviewDialog(
                self._session, paths, site_uuid=self.site_uuid, parent=self.window()
            ).open()

    def paste(self) -> None:
        """Show the files or the picture on the clipboard before they are added."""
        if self.site_uuid and not self._session.is_read_only:
            data = QGuiApplication.clipboard().mimeData()
            self.offer_files(pasted_paths(self._session, data))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.site_uuid and event.mimeData().hasUrls() and local_paths(event.mimeData()):
            # Copy, never move: the originals stay where they are.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.offer_files(local_paths(event.mimeData()))

    # Deeds ----------------------------------------------------------------------------------

    def _open(self, index: QModelIndex) -> None:
        photo = index.data(PhotoRole)
        if isinstance(photo, Photo):
            self.photo_opened.emit(photo.uuid)

    def set_cover(self) -> None:
        """Make the current photo the cover of the site."""
        photo = self.current_photo()
        if photo is not None:
            make_cover(self._session, self.site_uuid, photo.uuid)

    def remove(self) -> None:
        """Put the current photo into the trash; it can be undone."""
        photo = self.current_photo()
        if photo is not None and not self._session.is_read_only:
            remove_photo(self._session, photo)

    def menu(self) -> QMenu:
        """Give the menu of the current photo."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        may_write = not self._session.is_read_only
        for words, name, deed, enabled in (
            (_("Open large, with captions and rights"), "image-search", self.open_current, True),
            (_("Make this the cover photo"), "star-outline", self.set_cover, may_write),
            (_("Move to the trash"), "trash-can-outline", self.remove, may_write),
        ):
            action = QAction(icon(name), words, menu)
            action.setEnabled(enabled)
            action.triggered.connect(deed)
            menu.addAction(action)
        return menu

    def open_current(self) -> None:
        """Open the current photo large."""
        self._open(self.view.currentIndex())

    def _show_menu(self, at: QPoint) -> None:
        if self.view.indexAt(at).isValid():
            self.menu().popup(self.view.viewport().mapToGlobal(at))

    # Words ----------------------------------------------------------------------------------

    def _write_title(self) -> None:
        count = self.model.rowCount()
        self.title.setText(_("Photos ({count})").format(count=count) if count else _("Photos"))

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.add_button.setText(_("Add photos…"))
        self.view.setAccessibleName(_("Photos of the site"))
        self.view.hint = (
            _("No photos. This catalogue can only be read here.")
            if self._session.is_read_only
            else _("Drop pictures or a folder here, paste them, or press “Add photos…”.")
        )
        self.model.retranslate()
        self._write_title()
        self.view.viewport().update()
