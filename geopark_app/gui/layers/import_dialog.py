"""The dialog that brings a map layer in: look at the file, check it, take it as one step."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import PlainTable
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.layers.definition_part import LayerDefinitionPart
from geopark_app.gui.layers.file_part import LayerFilePart
from geopark_app.gui.layers.report_words import file_facts, report_words
from geopark_app.gui.session import Session
from geopark_app.gui.tasks import Task
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _
from geopark_app.operations.layer_import import (
    LayerFile,
    LayerOptions,
    LayerReport,
    plan_layer,
    recognise_layer,
    take_layer,
)
from geopark_app.operations.map_layers import BOUNDARY, COMMUNES, OVERLAY_KINDS, TRACK
from geopark_app.operations.vocabularies import all_labels
from geopark_app.wording import error_sentence
from geopark_app.wording.importing import row_reason


class LayerImportDialog(QDialog):
    """Nothing is written before the last button; then it is one step to undo."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Import a map layer"))
        self._session = session
        self._task: Task | None = None
        self._found: LayerFile | None = None
        self._plan: LayerReport | None = None
        labels = all_labels(session.context, active())
        kinds = (COMMUNES, BOUNDARY, *OVERLAY_KINDS, TRACK)
        self.file = LayerFilePart(
            [(kind, labels.get(("layer_kind", kind), kind)) for kind in kinds]
        )
        self.definition = LayerDefinitionPart()
        self.facts = QLabel(
            _(
                "Choose a GeoPackage, Shapefile (.shp or zip), GeoJSON, KML, KMZ, GPX or "
                "MapInfo file."
            )
        )
        self.facts.setWordWrap(True)
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.bad = PlainTable("layer-rows")
        self.bad.setAccessibleName(_("Rows that cannot be taken"))
        self.bad.setMinimumHeight(theme.scaled(110))
        self.bad.hide()
        self.take_good = QCheckBox(_("Take the good rows although others are bad"))
        self.take_good.hide()
        self.take_good.toggled.connect(lambda _on: self._show_state())
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.leave, self.forward = QPushButton(), QPushButton()
        self.forward.setProperty("look", "primary")
        self.forward.setDefault(True)
        self.leave.clicked.connect(self.reject)
        self.forward.clicked.connect(self.go_on)
        self.file.file_changed.connect(self.recognise)
        self.file.edited.connect(self._forget_plan)
        self.definition.edited.connect(self._forget_plan)
        self._lay_out()
        self.resize(theme.scaled(960), theme.scaled(600))
        self._show_state()

    def options(self) -> LayerOptions:
        """Give what the person has chosen."""
        kind = str(self.file.kind.currentData())
        column, values = self.file.filter()
        return LayerOptions(
            kind="overlay" if kind in OVERLAY_KINDS else kind,
            overlay=kind if kind in OVERLAY_KINDS else "other",
            filter_column=column,
            filter_values=values,
            columns=self.file.chosen_columns() if self._found is not None else {},
            epsg=self.file.epsg(),
            layer=self.file.layer.currentData() or None,
            is_official=self.definition.official.isChecked(),
            take_good_rows=self.take_good.isChecked(),
            **self.definition.words(),
        )

    def recognise(self) -> None:
        """Look at the file beside the window."""
        self._found = None
        self.file.show_found(None)
        self._forget_plan()
        if not self.file.path.text():
            return
        path, options, context = Path(self.file.path.text()), self.options(), self._session.context

        def work(_progress: ReportProgress, cancel: CancelToken) -> LayerFile:
            return recognise_layer(context, path, options, cancel=cancel)

        self._begin(work, self._recognised)

    def go_on(self) -> None:
        """Check what is chosen, or take what was checked."""
        if self._plan is None:
            self.check()
        else:
            self.take()

    def check(self) -> None:
        """Say what would become of every feature."""
        options, context, path = self.options(), self._session.context, self._found
        if path is None:
            return
        source = path.source.path

        def work(_progress: ReportProgress, cancel: CancelToken) -> LayerReport:
            # Looked at anew: the system may have been chosen since.
            found = recognise_layer(context, source, options, cancel=cancel)
            return plan_layer(context, found, options, cancel=cancel)

        self._begin(work, self._planned)

    def take(self) -> None:
        """Write the layer as one step."""
        plan, options, context = self._plan, self.options(), self._session.context
        assert plan is not None
        reason = _("Map layer from {file}").format(file=plan.file.source.path.name)

        def work(_progress: ReportProgress, _cancel: CancelToken) -> LayerReport:
            return take_layer(context, plan, options, reason=reason)

        self._begin(work, self._taken, writes=True)

    def reject(self) -> None:
        """Stop what is going on; a second time, close."""
        if self._task is not None:
            self._task.cancel()
            return
        super().reject()

    def _begin(
        self,
        work: Callable[[ReportProgress, CancelToken], Any],
        done: Callable[[Any], None],
        *,
        writes: bool = False,
    ) -> None:
        run = self._session.run_long if writes else self._session.run_beside
        task = run(
            work,
            while_alive(self, done),
            label=_("Importing"),
            on_failed=while_alive(self, self._failed),
        )
        self._task = task
        ended = while_alive(self, lambda _none: self._ended())
        task.ended.connect(lambda: ended(None))
        self._show_state()

    def _ended(self) -> None:
        self._task = None
        self._show_state()

    def _recognised(self, found: LayerFile) -> None:
        self._found = found
        self.file.show_found(found)
        self._say(file_facts(found))
        if not self.definition.name_vi.text():
            self.definition.name_vi.setText(found.source.path.stem)
        self._show_state()

    def _planned(self, plan: LayerReport) -> None:
        self._plan = plan
        self._say(report_words(plan))
        bad = [row for row in plan.rows if row.status == "refused"]
        self.bad.show_rows(
            (_("Row"), _("Code"), _("Name"), _("Why not")),
            [
                (
                    row.number,
                    (str(row.number), row.code, row.name, row_reason(row.reason, row.details)),
                )
                for row in bad
            ],
        )
        self.bad.setVisible(bool(bad))
        self.take_good.setVisible(bool(bad) and plan.count("added") > 0)
        self._show_state()

    def _taken(self, report: LayerReport) -> None:
        if not report.is_taken:
            return
        self._session.messages.done(
            _("Layer imported: {name}, {count} features.").format(
                name=report.layer.name_vi or "", count=report.count("added")
            ),
            action=_("Undo"),
            on_action=self._session.undo_step,
        )
        self.accept()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, GeoparkError):
            self._session.messages.error(error)
            return
        words = error_sentence(error)
        self._say(f"{words.message} {words.safe} {words.next}", is_trouble=True)

    def _say(self, words: str, *, is_trouble: bool = False) -> None:
        self.facts.setProperty("look", "error" if is_trouble else "")
        self.facts.setText(words)
        self.facts.style().polish(self.facts)

    def _forget_plan(self) -> None:
        if self._plan is not None and self._found is not None:
            self._say(file_facts(self._found))
        self._plan = None
        self.bad.hide()
        self.take_good.hide()
        self._show_state()

    def _show_state(self) -> None:
        is_idle = self._task is None
        self.bar.setVisible(not is_idle)
        self.leave.setText(_("Cancel") if is_idle else _("Stop"))
        plan = self._plan
        self.forward.setText(_("Check") if plan is None else _("Import"))
        if plan is None:
            is_placed = self._found is not None and (
                not self._found.needs_crs or self.file.epsg() is not None
            )
            self.forward.setEnabled(is_idle and is_placed)
            return
        may_take = not plan.count("refused") or self.take_good.isChecked()
        self.forward.setEnabled(is_idle and may_take and plan.count("added") > 0)

    def _lay_out(self) -> None:
        halves = QHBoxLayout()
        halves.setSpacing(24)
        halves.addWidget(self.file, 1)
        halves.addWidget(self.definition, 1)
        row = QHBoxLayout()
        row.addWidget(self.bar, 1)
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.forward)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addLayout(halves)
        column.addWidget(self.facts)
        column.addWidget(self.bad, 1)
        column.addWidget(self.take_good)
        column.addStretch(0)
        column.addLayout(row)
