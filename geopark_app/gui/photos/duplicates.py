"""Photos that look nearly the same, group after group: keep one, the others into the trash."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.photos.compare import CompareDialog
from geopark_app.gui.photos.gallery_model import GalleryModel, row_title
from geopark_app.gui.photos.gallery_view import GalleryView
from geopark_app.gui.photos.many_deeds import rate_many, trash_many
from geopark_app.gui.photos.pictures import Pictures
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.photo_duplicates import (
    NEAR_BITS,
    AlikePhotos,
    add_likeness,
    count_without_likeness,
    find_alike,
)
from geopark_app.photos.alike import MOST_BITS


class PhotoDuplicatesDialog(LanguageAware, QDialog):
    """Groups at the left, the pictures of one group at the right.

    Attributes
    ----------
    groups : list of AlikePhotos
        As found.
    view : GalleryView
        The group chosen; the one to keep is first and not selected.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.groups: list[AlikePhotos] = []
        self.distance = QSpinBox()
        self.distance.setRange(0, MOST_BITS)
        self.distance.setValue(NEAR_BITS)
        self.distance.valueChanged.connect(self.read)
        self.distance_words = QLabel()
        self.distance_words.setBuddy(self.distance)
        self.list = QListWidget()
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._show_group)
        self.view = GalleryView(GalleryModel(session, Pictures(session, self), self))
        self.view.stars_wanted.connect(
            lambda stars: rate_many(session, self.view.chosen_keys(), stars)
        )
        self.view.chosen_changed.connect(self._update)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setProperty("look", "muted")
        self.compare = QPushButton(icon("compare"), "")
        self.trash = QPushButton(icon("trash-can-outline"), "")
        self.close_button = QPushButton()
        for button in (self.compare, self.trash, self.close_button):
            button.setAutoDefault(False)
        self.compare.clicked.connect(self._compare)
        self.trash.clicked.connect(lambda: trash_many(session, self.view.chosen_keys()))
        self.close_button.clicked.connect(self.reject)
        self._lay_out()
        session.changes.changes_stored.connect(self._take_changes)
        self.retranslate()
        self._begin()

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.addWidget(self.distance_words)
        above.addWidget(self.distance)
        above.addStretch(1)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(self.view)
        splitter.setSizes([theme.scaled(260), theme.scaled(740)])
        below = QHBoxLayout()
        below.addWidget(self.words, 1)
        for button in (self.compare, self.trash, self.close_button):
            below.addWidget(button)
        column = QVBoxLayout(self)
        column.addLayout(above)
        column.addWidget(splitter, 1)
        column.addLayout(below)
        room = self.screen().availableGeometry().size() * 0.92
        self.resize(QSize(theme.scaled(1040), theme.scaled(600)).boundedTo(room))

    def _begin(self) -> None:
        """Give older photos their likeness first, where there are such and it may be kept."""
        context = self._session.context
        if self._session.is_read_only or not count_without_likeness(context):
            self.read()
            return
        self.words.setText(_("Looking at older photos for the first time…"))

        def work(progress: ReportProgress, cancel: CancelToken) -> list[Changes]:
            return add_likeness(context, progress=progress, cancel=cancel)

        def done(saves: list[Changes]) -> None:
            # A likeness is worked out, not typed: there is nothing in it to undo.
            for changes in saves:
                self._session.changes.publish(changes)
            while_alive(self, lambda _none: self.read())(None)

        self._session.tasks.on_catalogue(
            work, label=_("Looking at photos"), done=done, failed=self._session.messages.error
        )

    def read(self) -> None:
        """Look for groups beside the window."""
        context, bits = self._session.context, self.distance.value()
        self.words.setText(_("Looking…"))

        def work(_: ReportProgress, __: CancelToken) -> list[AlikePhotos]:
            return find_alike(context, most_bits=bits)

        self._session.run_beside(work, while_alive(self, self._show))

    def _show(self, groups: list[AlikePhotos]) -> None:
        at = max(0, self.list.currentRow())
        self.groups = groups
        self.list.clear()
        for group in groups:
            first = group.photos[0]
            words = _("{count} photos: {name}").format(
                count=len(group.photos), name=f"{first.site_code or '–'} {row_title(first)}"
            )
            QListWidgetItem(words, self.list)
        self.list.setCurrentRow(min(at, len(groups) - 1))
        if not groups:
            self.view.gallery.show_keys([])
        self._update()

    def _show_group(self, at: int) -> None:
        if not 0 <= at < len(self.groups):
            return
        keys = [photo.uuid for photo in self.groups[at].photos]
        self.view.gallery.show_keys(keys)
        self.view.restore(keys[0], keys[1:])
        self._update()

    def _take_changes(self, changes: Changes) -> None:
        if any(kind == "photo" for kind, _uuid in changes.touched) and self.groups:
            self.read()

    def _compare(self) -> None:
        keys = self.view.gallery.keys
        chosen = self.view.chosen_keys()
        pair = chosen if len(chosen) == 2 else [keys[0], *[k for k in chosen if k != keys[0]]][:2]
        if len(pair) == 2:
            dialog = CompareDialog(self._session, pair[0], pair[1], self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.show()

    def _update(self) -> None:
        count = self.view.chosen_count()
        self.trash.setText(_("{count} selected to the trash").format(count=count))
        self.trash.setEnabled(count > 0 and not self._session.is_read_only)
        self.compare.setEnabled(bool(self.groups) and count > 0)
        if self.groups:
            words = _(
                "Groups: {count}. The best of a group stands first and is kept; the others are "
                "selected. Nothing goes to the trash unless you press the button."
            )
            self.words.setText(words.format(count=len(self.groups)))
        else:
            self.words.setText(_("No photos look nearly the same."))

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.setWindowTitle(_("Photos that look nearly the same"))
        self.distance_words.setText(_("Bits of 64 that may differ:"))
        self.list.setAccessibleName(_("Groups"))
        self.view.setAccessibleName(_("Photos of the group"))
        self.view.hint = lambda: ""
        self.compare.setText(_("Compare two"))
        self.close_button.setText(_("Close"))
        self._update()
