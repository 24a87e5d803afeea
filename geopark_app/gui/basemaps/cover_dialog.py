"""Cover for tomorrow: do the base maps of this laptop cover a route or a day, and where not."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.basemaps.outing_part import DAY, ROUTE, OutingPart, outing_of
from geopark_app.gui.basemaps.working_dialog import WorkingDialog
from geopark_app.gui.editing.plain_table import PlainTable
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.basemap_cover import WAY_ZOOMS, CoverReport, check_cover
from geopark_app.wording.basemaps import cover_sentence, hole_lines


class CoverDialog(WorkingDialog):
    """Lists the holes; a double click shows one on the map.

    Signals
    -------
    bounds_wanted(tuple)
        West, south, east, north of a hole.
    """

    bounds_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Cover for tomorrow"), parent)
        self.report: CoverReport | None = None
        self.what = QComboBox()
        self.what.setAccessibleName(_("What has to be covered"))
        self.what.addItem(_("Route"), ROUTE)
        self.what.addItem(_("Agenda of a day"), DAY)
        self.outing = OutingPart(session)
        self.max_zoom = QSpinBox()
        self.max_zoom.setRange(10, 19)
        self.max_zoom.setValue(15)
        self.max_zoom.setAccessibleName(_("Last zoom at the sites"))
        self.table = PlainTable("cover-holes")
        self.table.setAccessibleName(_("What is missing"))
        self.table.activated.connect(lambda _index: self._show_hole())
        self.check = QPushButton(_("Check"))
        self.check.setProperty("look", "primary")
        self.check.setDefault(True)
        self.check.clicked.connect(self.look)
        self.what.activated.connect(lambda _index: self._choose())
        self.outing.changed.connect(self.look)
        self.max_zoom.editingFinished.connect(self.look)
        self._lay_out()
        self.resize(theme.scaled(720), theme.scaled(440))
        self._choose()

    def look(self) -> None:
        """Compare beside the window."""
        what, value = self.outing.chosen()
        if value is None:
            self.say(_("There is no route with a number yet."))
            return
        context, highest = self._session.context, self.max_zoom.value()

        def work(_progress: ReportProgress, _cancel: CancelToken) -> CoverReport:
            return check_cover(
                context,
                outing_of(context, what, value),
                site_zooms=tuple(range(min(12, highest), highest + 1)),
                way_zooms=tuple(zoom for zoom in WAY_ZOOMS if zoom <= highest),
            )

        self.begin(work, self._show, label=_("Checking the cover"))

    def _choose(self) -> None:
        self.outing.ask_for(str(self.what.currentData()))
        self.look()

    def _show(self, report: CoverReport) -> None:
        self.report = report
        self.say(
            cover_sentence(
                name=report.outing.name,
                sites=len(report.outing.sites),
                holes=len(report.holes),
                used=report.used,
                not_here=report.not_here,
                unplaced=report.outing.unplaced,
            ),
            is_trouble=not report.is_covered,
        )
        lines = hole_lines([(x.name, x.zoom, x.missing, x.needed) for x in report.holes])
        self.table.show_rows(
            (_("Place"), _("What is missing")), [(name, (name, words)) for name, words in lines]
        )
        self.table.setColumnWidth(0, theme.scaled(300))

    def _show_hole(self) -> None:
        keys = self.table.chosen_keys()
        if self.report is None or not keys:
            return
        boxes = [hole.box for hole in self.report.holes if hole.name == keys[0]]
        west, south, east, north = zip(*boxes, strict=True)
        self.bounds_wanted.emit((min(west), min(south), max(east), max(north)))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.what)
        head.addWidget(self.outing, 1)
        head.addWidget(QLabel(_("to zoom")))
        head.addWidget(self.max_zoom)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.words)
        column.addWidget(self.table, 1)
        column.addLayout(self.foot(self.check))
