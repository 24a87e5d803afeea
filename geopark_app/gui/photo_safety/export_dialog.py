"""Hands photos over: which, for whom, how large, under what names; what stays is said before."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.declaration import Audience
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.kinds import Photo, Route, Site
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.texts import date_text
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.photo_selection import PhotoSelection
from geopark_app.rules.file_names import DEFAULT_PATTERN
from geopark_app.wording import error_sentence
from geopark_app.wording.photo_safety import handed_over_words, withheld_words

if TYPE_CHECKING:  # Pillow and the workbook are fetched by the export itself
    from geopark_app.operations.photo_exporting import PhotoExportOptions, PhotoExportReport

_PATTERNS = (
    DEFAULT_PATTERN,
    "{code}_{date}_{number}",
    "{number}_{name}",
    "{code}_{name}_{photographer}_{number}",
)
_LOOK_AFTER_MS = 250
_MOST_DAYS = 400


class PhotoExportDialog(LanguageAware, QDialog):
    """Chooses photos and writes them into a folder.

    Attributes
    ----------
    site, route, day, stars, audience, size, form, pattern : QComboBox
        The choices.
    preview, withheld : QLabel, QListWidget
        What would leave, and what stays in the house and why.
    """

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        *,
        uuids: frozenset[str] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._uuids = uuids
        self._looks = 0
        self.site, self.route, self.day, self.stars = (QComboBox() for _index in range(4))
        self.audience, self.size_box, self.form, self.pattern = (QComboBox() for _index in range(4))
        self.for_dossier, self.credit, self.position = QCheckBox(), QCheckBox(), QCheckBox()
        self.pattern.setEditable(True)
        self.pattern.addItems(list(_PATTERNS))
        self.path, self.browse = QLineEdit(), QPushButton()
        self.preview, self.withheld, self.hint = QLabel(), QListWidget(), QLabel()
        self.preview.setWordWrap(True)
        self.hint.setWordWrap(True)
        self.hint.setProperty("look", "muted")
        self.withheld.setMaximumHeight(theme.scaled(96))
        self.write, self.leave = QPushButton(), QPushButton()
        self.write.setProperty("look", "primary")
        self.write.setDefault(True)
        self._labels = [QLabel() for _index in range(9)]
        self._look_timer = QTimer(self)
        self._look_timer.setSingleShot(True)
        self._look_timer.setInterval(_LOOK_AFTER_MS)
        self._look_timer.timeout.connect(self._look)
        self._lay_out()
        self.retranslate()
        self._connect()
        exports = session.context.catalogue.folder.exports_dir.resolve()
        self.path.setText(str(_free_folder(exports / "photos")))
        self.resize(theme.scaled(760), theme.scaled(440))
        self._look()

    def selection(self) -> PhotoSelection:
        """Give the photos chosen."""
        return PhotoSelection(
            site_uuid=self.site.currentData() or None,
            route=self.route.currentData() or None,
            day=self.day.currentData() or None,
            for_dossier=self.for_dossier.isChecked(),
            rating=self.stars.currentData() or None,
            uuids=self._uuids,
        )

    def options(self) -> "PhotoExportOptions":
        """Give how they leave."""
        from geopark_app.operations.photo_exporting import PhotoExportOptions, PhotoSize
        from geopark_app.photos.released import ReleasedFormat

        return PhotoExportOptions(
            audience=Audience(str(self.audience.currentData())),
            pattern=self.pattern.currentText().strip(),
            size=PhotoSize(str(self.size_box.currentData())),
            form=ReleasedFormat(str(self.form.currentData())),
            with_credit=self.credit.isChecked(),
            with_position=self.position.isChecked(),
        )

    def export(self) -> None:
        """Write the folder beside the window and close."""
        context, session = self._session.context, self._session
        selection, options = self.selection(), self.options()
        out = Path(self.path.text().strip()).expanduser()

        def work(progress: ReportProgress, cancel: CancelToken) -> "PhotoExportReport":
            from geopark_app.operations.photo_exporting import export_photos

            return export_photos(context, out, selection, options, progress=progress, cancel=cancel)

        def done(report: "PhotoExportReport") -> None:
            is_whole = not (report.withheld or report.unreadable)
            say = session.messages.done if is_whole else session.messages.warning
            say(_report_words(report))

        def begin() -> None:
            session.run_beside(work, while_alive(session, done), label=_("Handing photos over"))

        session.after_saving(begin)
        self.accept()

    def retranslate(self) -> None:
        self.setWindowTitle(_("Hand photos over"))
        words = (
            _("Site"),
            _("Route"),
            _("Day"),
            _("Rating"),
            _("For whom"),
            _("Size"),
            _("Format"),
            _("File names"),
            _("New folder"),
        )
        for label, text in zip(self._labels, words, strict=True):
            label.setText(text)
        self._fill_choices()
        self.for_dossier.setText(_("only those chosen for the dossier"))
        self.credit.setText(_("write caption, photographer and rights into the pictures"))
        self.position.setText(_("write the camera's position into the pictures, where allowed"))
        self.pattern.setToolTip(
            _("Names of the files: {code} {name} {date} {number} {photographer}.")
        )
        self.browse.setText(_("Choose…"))
        self.write.setText(_("Write the photos"))
        self.leave.setText(_("Cancel"))
        self.withheld.setAccessibleName(_("Photos that stay in the house"))
        self.hint.setText(
            _(
                "Pictures are upright, in sRGB and without position or personal tags. A list of "
                "captions with credit, licence and consent lies beside them."
            )
        )

    def _fill_choices(self) -> None:
        context = self._session.context
        photos = context.catalogue.records(Photo)
        with_photos = {photo.site_uuid for photo in photos}
        sites = sorted(
            (site for site in context.catalogue.records(Site) if site.uuid in with_photos),
            key=lambda site: site.code or "",
        )
        _fill(
            self.site,
            [("", _("all sites"))]
            + [
                (site.uuid, f"{site.code or ''} {pick(site.name_vi, site.name_en)}".strip())
                for site in sites
            ],
        )
        routes = sorted(context.catalogue.records(Route), key=lambda route: route.number or 0)
        _fill(
            self.route,
            [(0, _("all routes"))]
            + [
                (route.number, f"{route.number}. {pick(route.name_vi, route.name_en)}")
                for route in routes
                if route.number
            ],
        )
        days = sorted({(photo.taken_at or "")[:10] for photo in photos} - {""}, reverse=True)
        _fill(
            self.day, [("", _("all days"))] + [(day, date_text(day)) for day in days[:_MOST_DAYS]]
        )
        _fill(self.stars, [(0, _("any"))] + [(number, "★" * number) for number in range(1, 6)])
        _fill(
            self.audience,
            [
                ("evaluators", _("evaluators")),
                ("internal", _("internal use")),
                ("public", _("the public")),
            ],
        )
        _fill(
            self.size_box,
            [
                ("screen", _("for the screen (1920 pixels)")),
                ("print", _("for print (3508 pixels, A4)")),
                ("web", _("for the web (1200 pixels)")),
                ("full", _("full size")),
                ("original", _("the originals, where they may leave")),
            ],
        )
        _fill(self.form, [("jpeg", "JPEG"), ("png", "PNG"), ("webp", "WebP")])

    def _connect(self) -> None:
        for box in (self.site, self.route, self.day, self.stars, self.audience, self.size_box):
            box.currentIndexChanged.connect(self._look_timer.start)
        self.pattern.editTextChanged.connect(self._look_timer.start)
        for check in (self.for_dossier, self.position):
            check.toggled.connect(self._look_timer.start)
        self.form.currentIndexChanged.connect(self._look_timer.start)
        self.browse.clicked.connect(self._ask)
        self.write.clicked.connect(self.export)
        self.leave.clicked.connect(self.reject)
        self.path.textChanged.connect(self._allow)

    def _look(self) -> None:
        """Say what would leave and what would stay, as chosen now."""
        self._looks += 1
        look, context = self._looks, self._session.context
        selection, options = self.selection(), self.options()

        def work(_progress: ReportProgress, _cancel: CancelToken) -> "PhotoExportReport":
            from geopark_app.operations.photo_exporting import check_photo_export

            return check_photo_export(context, selection, options)

        def done(report: "PhotoExportReport") -> None:
            if look == self._looks:
                self._show(report)

        def failed(error: BaseException) -> None:
            if isinstance(error, GeoparkError) and look == self._looks:
                words = error_sentence(error)
                self._show_trouble(f"{words.message} {words.next}")
            elif not isinstance(error, GeoparkError):
                self._session.messages.error(error)

        self._session.run_beside(work, while_alive(self, done), on_failed=while_alive(self, failed))

    def _show(self, report: "PhotoExportReport") -> None:
        words = _report_words(report)
        if report.written:
            words += " " + _("The first file: {name}").format(name=report.written[0].file)
        self.preview.setText(words)
        self._set_alarm(is_alarming=False)
        self.withheld.clear()
        for item in report.withheld:
            self.withheld.addItem(
                withheld_words(
                    photo=item.photo.file_name or item.photo.uuid,
                    site=item.site_code,
                    codes=[barrier.value for barrier in item.barriers],
                )
            )
        self.withheld.setVisible(bool(report.withheld))
        self._has_photos = bool(report.written)
        self._allow()

    def _show_trouble(self, words: str) -> None:
        self.preview.setText(words)
        self._set_alarm(is_alarming=True)
        self.withheld.hide()
        self._has_photos = False
        self._allow()

    def _set_alarm(self, *, is_alarming: bool) -> None:
        self.preview.setProperty("look", "error" if is_alarming else "strong")
        self.preview.style().polish(self.preview)

    def _allow(self) -> None:
        self.write.setEnabled(self._has_photos and bool(self.path.text().strip()))

    def _ask(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, _("Folder for the photos"), str(Path(self.path.text()).parent)
        )
        if chosen:
            self.path.setText(str(_free_folder(Path(chosen))))

    def _lay_out(self) -> None:
        self._has_photos = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.addWidget(self.hint)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        for column in (1, 3):
            grid.setColumnStretch(column, 1)
        # Two beside each other: with large letters the dialog must still fit a small screen.
        pairs = (
            (self.site, self.route),
            (self.day, self.stars),
            (self.audience, self.size_box),
            (self.form, self.pattern),
        )
        for row, boxes in enumerate(pairs):
            for side, box in enumerate(boxes):
                label = self._labels[2 * row + side]
                label.setBuddy(box)
                box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
                grid.addWidget(label, row, 2 * side)
                grid.addWidget(box, row, 2 * side + 1)
        folder = QHBoxLayout()
        folder.setSpacing(6)  # inside a grid of two spacings it would have none
        folder.addWidget(self.path, 1)
        folder.addWidget(self.browse)
        self._labels[-1].setBuddy(self.path)
        grid.addWidget(self._labels[-1], len(pairs), 0)
        grid.addLayout(folder, len(pairs), 1, 1, 3)
        layout.addLayout(grid)
        for check in (self.for_dossier, self.credit, self.position):
            layout.addWidget(check)
        layout.addWidget(self.preview)
        self.withheld.hide()
        layout.addWidget(self.withheld)
        layout.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.write)
        layout.addLayout(buttons)


def _report_words(report: "PhotoExportReport") -> str:
    return handed_over_words(
        selected=report.selected,
        written=len(report.written),
        withheld=len(report.withheld),
        unreadable=len(report.unreadable),
        cleaned=report.cleaned,
        path=report.out,
    )


def _free_folder(wanted: Path) -> Path:
    """Give a folder that is not there yet: the one wanted, or one inside or beside it."""
    if not wanted.exists():
        return wanted
    inside = wanted / "photos" if wanted.name != "photos" else wanted
    numbers = (inside.with_name(f"{inside.name}-{number}") for number in range(2, 10_000))
    return inside if not inside.exists() else next(path for path in numbers if not path.exists())


def _fill(combo: QComboBox, items: Sequence[tuple[object, str]]) -> None:
    chosen = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    for code, label in items:
        combo.addItem(label, code)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
    combo.blockSignals(False)
