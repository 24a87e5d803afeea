"""Fixed-point photos: points with their series, a new picture over the old, repeats, print."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import Photo, PhotoPoint
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.forms.record_form import RecordForm
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.photos.overlay_panel import OverlayPanel
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.photo_gallery import PhotoQuery, find_photos
from geopark_app.operations.photo_pairs import (
    PhotoSeries,
    SeriesView,
    accept_repeat,
    add_photo_point,
    photo_series,
    write_pairs_pdf,
)

_FIELDS = (
    "number",
    "azimuth_deg",
    "tilt_deg",
    "focal_length_mm",
    "camera_height_m",
    "scale_object",
    "guide_vi",
    "guide_en",
)
_KINDS = {"photo_point", "photo_repeat", "photo"}


class PairsDialog(LanguageAware, QDialog):
    """Photo points at the left, the overlay in the middle, bearing and instructions at the right.

    Attributes
    ----------
    series : list of PhotoSeries
        The points shown.
    overlay : OverlayPanel
        Old and new picture, and the pictures to choose from.
    """

    def __init__(
        self,
        session: Session,
        options: FormOptions,
        *,
        site_uuid: str = "",
        photo: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._site_uuid = site_uuid
        self._photo = photo
        self.series: list[PhotoSeries] = []
        self.only_site = QCheckBox()
        self.only_site.setChecked(bool(site_uuid))
        self.only_site.setVisible(bool(site_uuid))
        self.points = QListWidget()
        self.views = QListWidget()
        self.points_title, self.views_title = QLabel(), QLabel()
        self.new_point = QPushButton(icon("camera-marker-outline"), "")
        self.print_button = QPushButton(icon("printer-outline"), "")
        self.accept_button = QPushButton(icon("check"), "")
        self.accept_button.setProperty("look", "primary")
        self.close_button = QPushButton()
        self.overlay = OverlayPanel(session)
        self.form = RecordForm(session, kind_of(PhotoPoint), options, fields=_FIELDS)
        self.form.open_all()
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setProperty("look", "muted")
        for button in (self.new_point, self.print_button, self.accept_button, self.close_button):
            button.setAutoDefault(False)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.read()

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        for title in (self.points_title, self.views_title):
            title.setProperty("look", "strong")
        column.addWidget(self.points_title)
        column.addWidget(self.only_site)
        column.addWidget(self.points, 2)
        column.addWidget(self.new_point)
        column.addWidget(self.views_title)
        column.addWidget(self.views, 1)
        page = QWidget()
        page.setProperty("look", "page")
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addWidget(self.form)
        inside.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        for widget, width in ((left, 230), (self.overlay, 640), (area, 360)):
            splitter.addWidget(widget)
            widget.setMinimumWidth(theme.scaled(min(width, 300)))
        splitter.setSizes([theme.scaled(230), theme.scaled(640), theme.scaled(360)])
        below = QHBoxLayout()
        below.addWidget(self.hint, 1)
        for button in (self.accept_button, self.print_button, self.close_button):
            below.addWidget(button)
        column = QVBoxLayout(self)
        column.addWidget(splitter, 1)
        column.addLayout(below)
        room = self.screen().availableGeometry().size() * 0.94
        self.resize(QSize(theme.scaled(1280), theme.scaled(720)).boundedTo(room))

    def _connect(self) -> None:
        self.only_site.toggled.connect(lambda _on: self.read())
        self.points.currentRowChanged.connect(lambda _at: self._show_point())
        self.views.currentRowChanged.connect(self._show_view)
        self.overlay.strip.photo_chosen.connect(lambda _uuid: self._update())
        self.new_point.clicked.connect(self.add_point)
        self.accept_button.clicked.connect(self.accept_picture)
        self.print_button.clicked.connect(self._choose_pdf)
        self.close_button.clicked.connect(self.reject)
        self._session.changes.changes_stored.connect(self._take_changes)

    # Showing --------------------------------------------------------------------------------

    def read(self, *, go_to: str = "") -> None:
        """Read the points and their series."""
        site = self._site_uuid if self.only_site.isChecked() else ""
        current = self.current()
        wanted = go_to or (current.point.uuid if current else "")
        self.series = photo_series(self._session.context, site_uuid=site or None)
        self.points.blockSignals(True)
        self.points.clear()
        for one in self.series:
            words = _("{site} point {number}: {count} pictures").format(
                site=one.site_code or "–", number=one.point.number or "–", count=len(one.views)
            )
            QListWidgetItem(words, self.points)
        uuids = [one.point.uuid for one in self.series]
        at = uuids.index(wanted) if wanted in uuids else (0 if uuids else -1)
        self.points.setCurrentRow(at)
        self.points.blockSignals(False)
        self._show_point()

    def current(self) -> PhotoSeries | None:
        """Give the series of the point chosen."""
        at = self.points.currentRow()
        return self.series[at] if 0 <= at < len(self.series) else None

    def _show_point(self) -> None:
        one = self.current()
        self.form.show_record(one.point if one else None)
        self.form.setVisible(one is not None)
        self.views.blockSignals(True)
        self.views.clear()
        for view in one.views if one else ():
            QListWidgetItem(_view_words(view), self.views)
        self.views.setCurrentRow(0 if one and one.views else -1)
        self.views.blockSignals(False)
        self._fill_candidates(one)
        self._show_view(self.views.currentRow())

    def _fill_candidates(self, one: PhotoSeries | None) -> None:
        if one is None or one.site is None:
            self.overlay.show_candidates([], "")
            return
        used = {view.photo.uuid for view in one.views if view.repeat is None}
        keys = find_photos(self._session.context, PhotoQuery(site=one.site.uuid))
        keys = [key for key in keys if key not in used]
        latest = one.views[-1].photo.uuid if one.is_pair else ""
        wanted = self._photo if self._photo in keys else latest
        self.overlay.show_candidates(keys, wanted if wanted in keys else next(iter(keys), ""))

    def _show_view(self, at: int) -> None:
        one = self.current()
        old = one.views[at].photo if one and 0 <= at < len(one.views) else None
        self.overlay.show_old(old)
        if one is not None and old is None:
            self.overlay.canvas.clear(_("The point has no reference picture yet."))
        self._update()

    def _take_changes(self, changes: Changes) -> None:
        if any(kind in _KINDS for kind, _uuid in changes.touched):
            self.read()

    def _update(self) -> None:
        one, new = self.current(), self.overlay.new_uuid
        taken = {view.photo.uuid for view in one.views} if one else set()
        may_write = not self._session.is_read_only
        self.accept_button.setEnabled(
            may_write and one is not None and bool(new) and new not in taken
        )
        self.print_button.setEnabled(any(each.is_pair for each in self.series))
        points = {each.point.reference_photo_uuid for each in self.series}
        photo = self._session.context.catalogue.get(Photo, self._photo) if self._photo else None
        self.new_point.setEnabled(
            may_write and photo is not None and bool(photo.site_uuid) and photo.uuid not in points
        )
        if one is None:
            self.overlay.canvas.clear(_("Choose a photo point, or make one."))
            self.hint.setText(
                _("No photo point yet. Select a photo of a site in the gallery and make it one.")
            )
        else:
            self.hint.setText(
                _("← and → show more of the old or the new; the space bar one or the other.")
            )

    # Deeds ----------------------------------------------------------------------------------

    def add_point(self) -> None:
        """Make the photo of the gallery the reference of a new point."""
        photo, reason = self._photo, _("Make a photo point")
        self._session.run(lambda context: add_photo_point(context, photo, reason=reason))

    def accept_picture(self) -> None:
        """Make the new picture a repeat of the point."""
        one, photo = self.current(), self.overlay.new_uuid
        if one is None or not photo:
            return
        point, reason = one.point.uuid, _("Accept a repeated photo")

        def done(_changes: Changes) -> None:
            self._session.messages.done(
                _("The picture belongs to the series now."),
                action=_("Undo"),
                on_action=self._session.undo_step,
            )

        self._session.run(lambda context: accept_repeat(context, point, photo, reason=reason), done)

    def _choose_pdf(self) -> None:
        one = self.current()
        name = f"{one.site_code if one else ''}-photo-pairs.pdf".lstrip("-")
        path, _chosen = QFileDialog.getSaveFileName(
            self, _("Print before and after"), str(Path.home() / name), "PDF (*.pdf)"
        )
        if path:
            self.print_to(Path(path))

    def print_to(self, path: Path) -> None:
        """Write the pairs shown as PDF."""
        context, series = self._session.context, self.series

        def work(_: ReportProgress, cancel: CancelToken) -> int:
            return write_pairs_pdf(context, series, path, cancel=cancel)

        def done(pages: int) -> None:
            words = _("{pages} pages written: {path}")
            self._session.messages.done(words.format(pages=pages, path=path))

        self._session.run_beside(work, while_alive(self, done), label=_("Photo pairs"))

    def done(self, result: int) -> None:
        self.form.flush()
        super().done(result)

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.setWindowTitle(_("Fixed-point photos"))
        self.points_title.setText(_("Photo points"))
        self.views_title.setText(_("Pictures of the point"))
        self.points.setAccessibleName(_("Photo points"))
        self.views.setAccessibleName(_("Pictures of the point"))
        self.only_site.setText(_("Only this site"))
        self.new_point.setText(_("New point from the photo"))
        self.new_point.setToolTip(
            _("The photo chosen in the gallery becomes the reference picture.")
        )
        self.accept_button.setText(_("Accept as repeat"))
        self.print_button.setText(_("Print before and after…"))
        self.close_button.setText(_("Close"))
        self._update()


def _view_words(view: SeriesView) -> str:
    date = f"{view.date[8:10]}/{view.date[5:7]}/{view.date[:4]}" if view.date else _("no date")
    return _("{date} (reference)").format(date=date) if view.repeat is None else date
