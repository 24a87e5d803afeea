"""Writes the map as one file for others: for whom, which sites, photos and layers, where."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.declaration import Audience
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.gui.tasks import Task
from geopark_app.i18n import active, pick
from geopark_app.i18n import gettext as _
from geopark_app.operations.map_layers import BASEMAP, EXCLUSION, TRACK, map_layers
from geopark_app.wording.map_page import map_remarks, map_written_words

if TYPE_CHECKING:  # folium and Pillow are fetched by the export itself
    from geopark_app.operations.map_export import MapExportReport

_KEY = Qt.ItemDataRole.UserRole
_MOST_PHOTOS, _PHOTOS = 20, 3


class PageExportDialog(LanguageAware, QDialog):
    """One page with everything inside; it stays open until the file is there, and can be stopped.

    Attributes
    ----------
    audience, sites : QComboBox
        For whom; all sites or those the list was narrowed to.
    photos : QSpinBox
        How many photos of each site.
    layers : QListWidget
        Which layers go along.
    path : QLineEdit
        The file.
    bar : QProgressBar
        Shown while the file is made.
    """

    def __init__(
        self, session: Session, parent: QWidget | None = None, *, only: frozenset[str] | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._only = only
        self._task: Task | None = None
        self.audience, self.sites, self.photos = QComboBox(), QComboBox(), QSpinBox()
        self.photos.setRange(0, _MOST_PHOTOS)
        self.photos.setValue(_PHOTOS)
        self.layers = QListWidget()
        self.layers.setMaximumHeight(theme.scaled(120))
        self.path, self.browse, self.bar = QLineEdit(), QPushButton(), QProgressBar()
        self.hint, self.state = QLabel(), QLabel()
        for label in (self.hint, self.state):
            label.setWordWrap(True)
        self.hint.setProperty("look", "muted")
        self.write, self.leave = QPushButton(), QPushButton()
        self.write.setProperty("look", "primary")
        self.write.setDefault(True)
        self._labels = [QLabel() for _index in range(5)]
        self._fill_layers()
        self._lay_out()
        self.path.setText(session.export_path("map.html"))
        self.audience.currentIndexChanged.connect(lambda _index: self._mark_tracks())
        self.browse.clicked.connect(self._ask)
        self.write.clicked.connect(self.export)
        self.leave.clicked.connect(self.reject)
        self.path.textChanged.connect(lambda text: self.write.setEnabled(bool(text.strip())))
        self.resize(theme.scaled(660), theme.scaled(430))
        self.retranslate()

    def chosen_layers(self) -> frozenset[str]:
        """Give the keys of the layers ticked."""
        items = [self.layers.item(row) for row in range(self.layers.count())]
        return frozenset(
            str(item.data(_KEY)) for item in items if item.checkState() is Qt.CheckState.Checked
        )

    def export(self) -> None:
        """Write the file beside the window; the dialog shows how far it is."""
        from geopark_app.operations.map_export import MapExportOptions, export_map

        context = self._session.context
        out = Path(self.path.text().strip()).expanduser()
        options = MapExportOptions(
            audience=Audience(str(self.audience.currentData())),
            uuids=self._only if self.sites.currentData() == "list" else None,
            photos=self.photos.value(),
            layers=self.chosen_layers(),
            language=active(),
        )

        def work(progress: ReportProgress, cancel: CancelToken) -> "MapExportReport":
            return export_map(context, out, options, progress=progress, cancel=cancel)

        def done(report: "MapExportReport") -> None:
            self._say(report)
            self._task = None
            self.accept()

        self._show_work(is_working=True)
        self._task = self._session.run_beside(
            work,
            while_alive(self, done),
            label=_("Map as a file"),
            on_failed=while_alive(self, self._failed),
        )
        self._task.progressed.connect(self._show_progress)
        self._task.cancelled.connect(self._stopped)

    def reject(self) -> None:
        """Stop the work; the dialog closes when nothing is being made."""
        if self._task is not None:
            self._task.cancel()
            self.leave.setEnabled(False)
            return
        super().reject()

    def _say(self, report: "MapExportReport") -> None:
        words = [
            map_written_words(
                path=str(report.out),
                sites=report.sites,
                drawn=report.drawn,
                withheld=report.withheld,
                unknown=report.unknown,
                photos=report.photos,
                byte_count=report.bytes,
            ),
            *map_remarks(
                photos_withheld=report.photos_withheld,
                photos_unreadable=report.photos_unreadable,
                photos_left_out=report.photos_left_out,
                withheld_routes=report.withheld_routes,
                is_too_large_for_mail=report.is_too_large_for_mail,
            ),
        ]
        messages = self._session.messages
        (messages.warning if len(words) > 1 else messages.done)(" ".join(words))

    def _failed(self, error: BaseException) -> None:
        self._task = None
        self._show_work(is_working=False)
        self._session.messages.error(error)

    def _stopped(self) -> None:
        self._task = None
        self._show_work(is_working=False)
        self.state.setText(_("Stopped: no file was written."))

    def _show_progress(self, progress: Progress) -> None:
        self.bar.setRange(0, max(progress.total, 1))
        self.bar.setValue(progress.done)

    def _show_work(self, *, is_working: bool) -> None:
        self.bar.setRange(0, 0)
        self.bar.setVisible(is_working)
        self.state.setText(_("Making the page…") if is_working else "")
        for widget in (self.audience, self.sites, self.photos, self.layers, self.path,
                       self.browse, self.write):  # fmt: skip
            widget.setEnabled(not is_working)
        self.leave.setEnabled(True)
        self.leave.setText(_("Stop") if is_working else _("Cancel"))

    def _fill_layers(self) -> None:
        for layer in map_layers(self._session.context):
            # Base maps are too large for a page; what is kept back is never in one.
            if layer.layer_kind in {BASEMAP, EXCLUSION}:
                continue
            item = QListWidgetItem(pick(layer.name_vi, layer.name_en), self.layers)
            item.setData(_KEY, layer.uuid)
            item.setData(_KEY + 1, layer.layer_kind == TRACK)
            is_shown = layer.is_visible is not False
            item.setCheckState(Qt.CheckState.Checked if is_shown else Qt.CheckState.Unchecked)

    def _mark_tracks(self) -> None:
        """Show that tracks stay in the office."""
        is_internal = self.audience.currentData() == Audience.INTERNAL.value
        for row in range(self.layers.count()):
            item = self.layers.item(row)
            if item.data(_KEY + 1):
                flags = item.flags()
                enabled = Qt.ItemFlag.ItemIsEnabled
                item.setFlags(flags | enabled if is_internal else flags & ~enabled)
                item.setToolTip("" if is_internal else _("Tracks stay in the office."))

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.setWindowTitle(_("Map as a file"))
        words = (_("For whom"), _("Sites"), _("Photos of each site"), _("Layers"), _("File"))
        for label, text in zip(self._labels, words, strict=True):
            label.setText(text)
        _fill(
            self.audience,
            [
                ("evaluators", _("evaluators")),
                ("internal", _("internal use")),
                ("public", _("the public")),
            ],
        )
        sites = [("all", _("all sites"))]
        if self._only is not None:
            words_of_list = _("only the {count} sites of the list").format(count=len(self._only))
            sites.insert(0, ("list", words_of_list))
        _fill(self.sites, sites)
        self._mark_tracks()
        self.layers.setAccessibleName(_("Layers"))
        self.browse.setText(_("Choose…"))
        self.write.setText(_("Write the page"))
        self.leave.setText(_("Cancel"))
        self.bar.setAccessibleName(_("Progress"))
        self.hint.setText(
            _(
                "One file with map, search, cards in both languages and photos. It opens in any "
                "browser, also on a tablet, without internet. Who reads it decides which "
                "positions, texts and photos it holds."
            )
        )

    def _ask(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Map as a file"), self.path.text(), "HTML (*.html)"
        )
        if chosen:
            self.path.setText(str(Path(chosen).with_suffix(".html")))

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.addWidget(self.hint)
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        row.addWidget(self.browse)
        form = QFormLayout()
        for label, widget in zip(
            self._labels, (self.audience, self.sites, self.photos, self.layers), strict=False
        ):
            label.setBuddy(widget)
            form.addRow(label, widget)
        self._labels[4].setBuddy(self.path)
        form.addRow(self._labels[4], row)
        layout.addLayout(form)
        layout.addWidget(self.state)
        self.bar.hide()
        layout.addWidget(self.bar)
        layout.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.write)
        layout.addLayout(buttons)
        if self.layers.count() == 0:
            self.layers.hide()
            self._labels[3].hide()


def _fill(combo: QComboBox, items: list[tuple[str, str]]) -> None:
    chosen = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    for code, label in items:
        combo.addItem(label, code)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
    combo.blockSignals(False)
