"""The inbox: photos without a site, by day, on a map of that day; they are given to sites here."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.kinds import Site
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.keys import add_key
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.photos.day_map import DayMap, PhotoSpot
from geopark_app.gui.photos.dropping import PICTURE_PATTERNS, local_paths, pasted_paths
from geopark_app.gui.photos.inbox_lists import PhotoDragView, SiteDropList
from geopark_app.gui.photos.preview_dialog import PreviewDialog
from geopark_app.gui.photos.site_picker import site_words
from geopark_app.gui.session import Session
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _
from geopark_app.maps.layers import MapSite
from geopark_app.operations.map_sites import map_sites
from geopark_app.operations.photo_inbox import AssignTo, InboxPhoto, assign_photos, inbox_photos
from geopark_app.operations.records import display_epsg

_DAY = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """What the dialog shows, read at one go."""

    rows: Sequence[InboxPhoto] = ()
    sites: Sequence[Site] = ()
    on_map: Sequence[MapSite] = ()


class InboxDialog(LanguageAware, QDialog):
    """Gives photos to sites: by dragging, by the keyboard, or each to its nearest site.

    Attributes
    ----------
    days : QListWidget
        The days on which photos without a site were taken.
    photos : PhotoDragView
        The photos of the day chosen.
    map : DayMap
        Where they were taken.
    sites : SiteDropList
        Where they can go; the nearest first.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setAcceptDrops(not session.is_read_only)
        self._session = session
        self._inbox = Inbox()
        self._is_reading = self._is_stale = False
        self.days = QListWidget()
        self.photos = PhotoDragView(session)
        self.map = DayMap(epsg=display_epsg(session.context))
        self.sites = SiteDropList()
        self.filter = QLineEdit()
        self.filter.setClearButtonEnabled(True)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.add, self.folder, self.track = (QPushButton() for _index in range(3))
        self.give, self.nearest, self.leave = (QPushButton() for _index in range(3))
        self._lay_out()
        self._connect()
        self.resize(theme.scaled(1180), theme.scaled(620))
        session.changes.changes_stored.connect(self._take_changes)
        self.retranslate()
        self.photos.setFocus()

    def _lay_out(self) -> None:
        left = QSplitter(Qt.Orientation.Horizontal)
        left.addWidget(self.days)
        left.addWidget(self.photos)
        right = QSplitter(Qt.Orientation.Vertical)
        right.addWidget(self.map)
        below = QWidget()
        inside = QVBoxLayout(below)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.filter)
        inside.addWidget(self.sites, 1)
        right.addWidget(below)
        right.setStretchFactor(0, 3)
        right.setStretchFactor(1, 2)
        whole = QSplitter(Qt.Orientation.Horizontal)
        whole.addWidget(left)
        whole.addWidget(right)
        left.setSizes([theme.scaled(170), theme.scaled(440)])
        whole.setSizes([theme.scaled(610), theme.scaled(560)])
        for splitter in (left, right, whole):
            splitter.setChildrenCollapsible(False)
        head = QHBoxLayout()
        head.addWidget(self.words, 1)
        for button in (self.add, self.folder, self.track):
            head.addWidget(button)
        foot = QHBoxLayout()
        for button in (self.give, self.nearest):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        self.give.setProperty("look", "primary")
        for button in (self.add, self.folder, self.track, self.give, self.nearest, self.leave):
            # Enter belongs to the lists here.
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.addLayout(head)
        column.addWidget(whole, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.days.currentItemChanged.connect(lambda _now, _before: self._show_day())
        self.photos.selectionModel().selectionChanged.connect(lambda *_args: self._show_chosen())
        self.photos.activated.connect(lambda _index: self.filter.setFocus())
        self.sites.photos_dropped.connect(self.assign)
        self.sites.itemActivated.connect(lambda _item: self.give_chosen())
        self.sites.currentItemChanged.connect(lambda _now, _before: self._show_buttons())
        self.filter.textChanged.connect(self.sites.keep_only)
        self.filter.returnPressed.connect(self.give_chosen)
        self.map.photo_clicked.connect(self.photos.select_photo)
        self.add.clicked.connect(self.choose_files)
        self.folder.clicked.connect(self.choose_folder)
        self.track.clicked.connect(self.match_track)
        self.give.clicked.connect(self.give_chosen)
        self.nearest.clicked.connect(self.give_to_nearest)
        self.leave.clicked.connect(self.reject)
        add_key(self, QKeySequence.StandardKey.Paste, self.paste)

    # Showing --------------------------------------------------------------------------------

    def read(self) -> None:
        """Read the photos without a site beside the window, and show them."""
        if self._is_reading:
            self._is_stale = True
            return
        self._is_reading, self._is_stale = True, False
        context, language = self._session.context, active()

        def work(_progress: ReportProgress, _cancel: CancelToken) -> Inbox:
            return Inbox(
                rows=inbox_photos(context),
                sites=context.catalogue.records(Site),
                on_map=map_sites(context, language=language, stays_here=True),
            )

        self._session.run_beside(work, while_alive(self, self._show))

    def _show(self, inbox: Inbox) -> None:
        self._is_reading, self._inbox = False, inbox
        chosen = self._day()
        self.days.blockSignals(True)
        self.days.clear()
        counts = Counter(row.day for row in inbox.rows)
        for day, count in counts.items():
            words = "/".join(reversed(day.split("-"))) if day else _("No date")
            item = QListWidgetItem(_("{day} · {count} photos").format(day=words, count=count))
            item.setData(_DAY, day)
            self.days.addItem(item)
        if counts:
            days = list(counts)
            self.days.setCurrentRow(
                days.index(chosen) if chosen is not None and chosen in counts else 0
            )
        self.days.blockSignals(False)
        self.words.setText(
            _(
                "{count} photos belong to no site yet. Drag them onto a site, or choose photos "
                "and a site and press Enter."
            ).format(count=len(inbox.rows))
            if inbox.rows
            else _("Every photo belongs to a site. New ones can be dropped here.")
        )
        self._show_day()
        if self._is_stale:
            self.read()

    def _day(self) -> str | None:
        chosen = self.days.currentRow()
        return None if chosen < 0 else str(self.days.item(chosen).data(_DAY))

    def _rows_of_day(self) -> list[InboxPhoto]:
        day = self._day()
        return [row for row in self._inbox.rows if row.day == day]

    def _show_day(self) -> None:
        rows = self._rows_of_day()
        self.photos.show_photos([row.photo for row in rows])
        spots = [spot for row in rows if (spot := _spot(row)) is not None]
        self.map.show_day(spots, self._inbox.on_map, without_place=len(rows) - len(spots))
        self._show_sites(rows)
        if rows:
            self.photos.select_row(0)
        self._show_chosen()

    def _show_sites(self, rows: Sequence[InboxPhoto]) -> None:
        """List the sites, those proposed for photos of this day first."""
        counts: dict[str, int] = {}
        for row in rows:
            if row.nearest is not None:
                counts[row.nearest.site_uuid] = counts.get(row.nearest.site_uuid, 0) + 1
        sites = sorted(
            self._inbox.sites,
            key=lambda site: (-counts.get(site.uuid, 0), site.code or "", site.uuid),
        )
        lines = []
        for site in sites:
            words = site_words(site)
            if counts.get(site.uuid):
                near = _("nearest of {count} photos").format(count=counts[site.uuid])
                words = f"{words} ({near})"
            lines.append((site.uuid, words))
        self.sites.show_sites(lines)

    def _show_chosen(self) -> None:
        uuids = self.photos.chosen()
        self.map.choose(uuids)
        nearest = [
            row.nearest.site_uuid
            for row in self._inbox.rows
            if row.photo.uuid in uuids and row.nearest is not None
        ]
        if nearest:
            self.sites.select_site(nearest[0])
        self._show_buttons()

    def _show_buttons(self) -> None:
        may_write = not self._session.is_read_only
        uuids = set(self.photos.chosen())
        near = any(row.nearest for row in self._inbox.rows if row.photo.uuid in uuids)
        self.give.setEnabled(may_write and bool(uuids) and self.sites.site_uuid() is not None)
        self.nearest.setEnabled(may_write and near)
        for button in (self.add, self.folder, self.track):
            button.setEnabled(may_write)

    def _take_changes(self, changes: Changes) -> None:
        kinds = {kind for kind, _uuid in changes.touched}
        if kinds & {"photo", "site"}:
            self.read()

    # Deeds ----------------------------------------------------------------------------------

    def assign(self, uuids: Sequence[str], site_uuid: str) -> None:
        """Give photos to a site, as one step."""
        self._assign(list(uuids), site_uuid)

    def give_chosen(self) -> None:
        """Give the chosen photos to the chosen site."""
        site_uuid = self.sites.site_uuid()
        if site_uuid is not None and self.give.isEnabled():
            self._assign(self.photos.chosen(), site_uuid)

    def give_to_nearest(self) -> None:
        """Give each chosen photo to the site nearest to it."""
        self._assign(self.photos.chosen(), AssignTo.NEAREST)

    def _assign(self, uuids: list[str], to: str | AssignTo) -> None:
        if not uuids:
            return
        reason = _("Assign {count} photos").format(count=len(uuids))
        self._session.run(
            lambda context: assign_photos(context, uuids, to, reason=reason),
            while_alive(self, lambda _changes: self.photos.setFocus()),
        )

    def choose_files(self) -> None:
        """Ask for picture files."""
        pictures, others = _("Pictures"), _("All files")
        names, _chosen = QFileDialog.getOpenFileNames(
            self, _("Add photos"), "", f"{pictures} ({PICTURE_PATTERNS});;{others} (*)"
        )
        self.offer([Path(name) for name in names])

    def choose_folder(self) -> None:
        """Ask for a folder of pictures, such as that of a phone."""
        name = QFileDialog.getExistingDirectory(self, _("Add a folder of photos"))
        self.offer([Path(name)] if name else [])

    def offer(self, paths: Sequence[Path]) -> None:
        """Show pictures before they are added; each is proposed its nearest site."""
        if paths and not self._session.is_read_only:
            PreviewDialog(self._session, paths, parent=self).open()

    def paste(self) -> None:
        """Show the files or the picture on the clipboard before they are added."""
        if not self._session.is_read_only:
            data = QGuiApplication.clipboard().mimeData()
            self.offer(pasted_paths(self._session, data))

    def match_track(self) -> None:
        """Take the places of photos from a GPX track."""
        from geopark_app.gui.photos.track_dialog import TrackDialog

        chosen = self.photos.chosen_photos()
        clock = chosen[0] if len(chosen) == 1 else None
        TrackDialog(self._session, clock_photo=clock, parent=self).open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _has_files(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.offer(local_paths(event.mimeData()))

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.setWindowTitle(_("Photos without a site"))
        self.days.setAccessibleName(_("Days"))
        self.photos.setAccessibleName(_("Photos of the day"))
        self.sites.setAccessibleName(_("Sites"))
        self.filter.setPlaceholderText(_("Code or name of a site"))
        self.filter.setAccessibleName(_("Code or name of a site"))
        self.add.setText(_("Add photos…"))
        self.folder.setText(_("Add a folder…"))
        self.track.setText(_("Match with a GPX track…"))
        self.give.setText(_("Give to this site"))
        self.nearest.setText(_("Each to its nearest site"))
        self.leave.setText(_("Close"))
        self.map.retranslate()
        self.read()


def _has_files(data: QMimeData) -> bool:
    return data.hasUrls() and bool(local_paths(data))


def _spot(row: InboxPhoto) -> PhotoSpot | None:
    position = row.photo.position
    if position is None or position.lon is None or position.lat is None:
        return None
    if not row.photo.position_trusted:
        return None
    return PhotoSpot(
        uuid=row.photo.uuid,
        lon=position.lon,
        lat=position.lat,
        direction_deg=row.photo.direction_deg,
    )
