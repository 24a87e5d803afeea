"""Photos and a GPX track: the camera's clock is put right, and the places come from the track."""

from datetime import datetime, timedelta, timezone, tzinfo
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.kinds import Photo, Site
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.photos.photo_model import photo_title
from geopark_app.gui.photos.plan_model import taken_words
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.photo_tracks import (
    ClockOffsets,
    MatchedPhoto,
    TrackMatch,
    camera_of,
    keep_match,
    match_track,
    offset_of_clock_photo,
    photos_without_place,
    read_track,
    typed_offset,
)
from geopark_app.photos.track_places import MOST_GAP_S, TrackPoint, offset_text
from geopark_app.wording.photos import no_place_words

_LOOK_AFTER_MS = 300
_VIETNAM = timezone(timedelta(hours=7))


class TrackDialog(LanguageAware, QDialog):
    """Shows at once what an offset of the clock means, and writes it when the person says so.

    Attributes
    ----------
    path, offset, clock : QLineEdit
        The track; what is added to the camera's clock; the time seen on the photo of a GPS clock.
    cameras : dict of str to QLineEdit
        An offset for each camera, where there are several.
    list : QTreeWidget
        The photos with the place found, or why there is none.
    keep : QPushButton
        Writes it.
    """

    def __init__(
        self, session: Session, *, clock_photo: Photo | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._clock_photo = clock_photo
        self._photos: list[Photo] = []
        self._codes: dict[str, str] = {}
        self._is_looking = self._look_again = False
        self._track: list[TrackPoint] = []
        self._match: TrackMatch | None = None
        self.path, self.offset, self.clock = QLineEdit(), QLineEdit(), QLineEdit()
        self.browse = QPushButton()
        self.cameras: dict[str, QLineEdit] = {}
        self._form = QFormLayout()
        self._labels = [QLabel() for _index in range(3)]
        self.words, self.hint = QLabel(), QLabel()
        self.list = QTreeWidget()
        self.keep, self.leave = QPushButton(), QPushButton()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LOOK_AFTER_MS)
        self._later.timeout.connect(self.look)
        self._lay_out()
        self._connect()
        self.resize(theme.scaled(860), theme.scaled(560))
        self.retranslate()
        session.run_beside(self._read_photos, while_alive(self, self._take_photos))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        row.addWidget(self.browse)
        form = self._form
        form.addRow(self._labels[0], row)
        form.addRow(self._labels[2], self.clock)
        form.addRow(self._labels[1], self.offset)
        for label, field in zip(self._labels, (self.path, self.offset, self.clock), strict=True):
            label.setBuddy(field)
        self.clock.setEnabled(self._clock_photo is not None)
        for label in (self.words, self.hint):
            label.setWordWrap(True)
        self.hint.setProperty("look", "muted")
        self.list.setRootIsDecorated(False)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setColumnCount(5)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.keep)
        self.keep.setProperty("look", "primary")
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.hint)
        column.addWidget(self.words)
        column.addWidget(self.list, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.browse.clicked.connect(self.choose_track)
        self.path.editingFinished.connect(self.read)
        self.clock.textEdited.connect(lambda _text: self.take_clock())
        self.offset.textChanged.connect(lambda _text: self._later.start())
        self.keep.clicked.connect(self.write)
        self.leave.clicked.connect(self.reject)

    # Reading --------------------------------------------------------------------------------

    def _read_photos(
        self, _progress: ReportProgress, _cancel: CancelToken
    ) -> tuple[list[Photo], list[Site]]:
        context = self._session.context
        return photos_without_place(context), context.catalogue.records(Site)

    def _take_photos(self, found: tuple[list[Photo], list[Site]]) -> None:
        self._photos, sites = found
        self._codes = {site.uuid: site.code or "" for site in sites}
        names = sorted({camera_of(photo) for photo in self._photos} - {""})
        # Every camera has a clock of its own.
        for name in names if len(names) > 1 else []:
            field = self.cameras[name] = QLineEdit()
            field.setAccessibleName(name)
            field.setPlaceholderText("+0:00:00")
            field.textChanged.connect(lambda _text: self._later.start())
            self._form.addRow(name, field)
        self.look()

    def choose_track(self) -> None:
        """Ask for the GPX file."""
        name, _chosen = QFileDialog.getOpenFileName(
            self, _("GPX track"), "", "GPX (*.gpx);;" + _("All files") + " (*)"
        )
        if name:
            self.path.setText(name)
            self.read()

    def read(self) -> None:
        """Read the track beside the window."""
        path = Path(self.path.text().strip()).expanduser()
        if not self.path.text().strip():
            return
        context = self._session.context

        def work(_progress: ReportProgress, cancel: CancelToken) -> list[TrackPoint]:
            return read_track(context, path, cancel=cancel)

        self._session.run_beside(
            work, while_alive(self, self._take_track), on_failed=self._session.messages.error
        )

    def _take_track(self, track: list[TrackPoint]) -> None:
        self._track = track
        self.look()

    def take_clock(self) -> None:
        """Work the offset out from the time seen on the photo of a GPS clock."""
        if self._clock_photo is None or not self.clock.text().strip():
            return
        try:
            seconds = offset_of_clock_photo(self._clock_photo, self.clock.text())
        except GeoparkError:
            return
        self.offset.setText(offset_text(seconds))

    def _offsets(self) -> ClockOffsets | None:
        """Give the offsets typed; None while one of them is none."""
        try:
            return ClockOffsets(
                seconds=typed_offset(self.offset.text()) if self.offset.text().strip() else 0,
                by_camera={
                    name: typed_offset(field.text())
                    for name, field in self.cameras.items()
                    if field.text().strip()
                },
            )
        except GeoparkError:
            return None

    def look(self) -> None:
        """See beside the window what the track says about the photos, and show it."""
        offsets = self._offsets()
        if not self._track or offsets is None:
            self._take_match(None)
            return
        if self._is_looking:
            self._look_again = True
            return
        self._is_looking, self._look_again = True, False
        context, track, photos = self._session.context, self._track, self._photos

        def work(_progress: ReportProgress, _cancel: CancelToken) -> TrackMatch:
            return match_track(context, track, photos, offsets=offsets)

        self._session.run_beside(work, while_alive(self, self._take_match))

    def _take_match(self, match: TrackMatch | None) -> None:
        self._is_looking = self._is_looking and match is None
        self._match = match
        self._show_match()
        if self._look_again:
            self.look()

    def _show_match(self) -> None:
        self.list.clear()
        match = self._match
        if match is not None:
            self.list.addTopLevelItems([self._line(row) for row in match.rows])
            for column in range(4):
                self.list.resizeColumnToContents(column)
        self._show_words()

    def _line(self, row: MatchedPhoto) -> QTreeWidgetItem:
        near = ""
        if row.nearest is not None:
            code = self._codes.get(row.nearest.site_uuid, "")
            near = f"{code} ({round(row.nearest.distance_m)} m)"
        if row.place is not None:
            place = f"{row.place.lat:.5f}, {row.place.lon:.5f} (±{round(row.place.accuracy_m)} m)"
        else:
            place = no_place_words(row.reason.value if row.reason else "")
        cells = [
            photo_title(row.photo),
            camera_of(row.photo),
            taken_words(row.taken_at),
            place,
            near,
        ]
        return QTreeWidgetItem(cells)

    # Writing --------------------------------------------------------------------------------

    def write(self) -> None:
        """Keep clock and places as one step, and close."""
        match, name = self._match, Path(self.path.text()).name
        if match is None or not match.placed:
            return
        reason = _("Places from track {name}").format(name=name)

        def done(kept: TrackMatch) -> None:
            words = _("{placed} of {count} photos have a place on the track.")
            self._session.messages.done(words.format(placed=len(kept.placed), count=len(kept.rows)))

        self._session.run(
            lambda context: keep_match(context, match, source=name, reason=reason), done
        )
        self.accept()

    # Words ----------------------------------------------------------------------------------

    def _show_words(self) -> None:
        match = self._match
        self.keep.setEnabled(match is not None and bool(match.placed))
        if match is not None:
            words = _("{placed} of {count} photos have a place on the track.").format(
                placed=len(match.placed), count=len(match.rows)
            )
            zone = _zone_of(match)
            first, last = (
                taken_words(at.astimezone(zone).isoformat()) for at in (match.first, match.last)
            )
            span = _("The track runs from {first} to {last}.").format(first=first, last=last)
            self.words.setText(f"{words} {span}")
        elif self._track:
            self.words.setText(_("Write the offset like +0:01:30 or −90 (seconds)."))
        else:
            self.words.setText(
                _("{count} photos carry a time and no trusted place. Choose the track.").format(
                    count=len(self._photos)
                )
            )

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.setWindowTitle(_("Match with a GPX track"))
        clock = self._clock_photo
        words = (
            _("GPX track"),
            _("Add to the camera's clock"),
            _("Time seen on the photo {photo}").format(photo=photo_title(clock))
            if clock is not None
            else _("Time seen on a photo of a GPS clock"),
        )
        for label, text in zip(self._labels, words, strict=True):
            label.setText(text)
        self.offset.setPlaceholderText("+0:00:00")
        self.clock.setPlaceholderText(
            "08:31:30" if clock is not None else _("Choose one photo in the list first")
        )
        self.browse.setText(_("Choose…"))
        self.hint.setText(
            _(
                "Between two points more than {minutes} minutes apart nothing is guessed; before "
                "and after the track a photo gets its end for one minute."
            ).format(minutes=round(MOST_GAP_S / 60))
        )
        self.list.setHeaderLabels(
            [_("Photo"), _("Camera"), _("Taken at"), _("Place"), _("Nearest site")]
        )
        self.keep.setText(_("Keep these places"))
        self.leave.setText(_("Cancel"))
        self._show_words()


def _zone_of(match: TrackMatch) -> tzinfo:
    """Give the zone in which the photos say their time: the track is told in the same one."""
    taken = next((row.taken_at for row in match.rows if row.taken_at), None)
    return (datetime.fromisoformat(taken).tzinfo if taken else None) or _VIETNAM
