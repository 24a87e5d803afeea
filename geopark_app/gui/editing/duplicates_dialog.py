"""Sites that may be one and the same, as a list that leads to both."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.kinds import Site
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import PlainTable
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.duplicates import NEAR_M, SitePair, site_duplicates
from geopark_app.wording.pairs import pair_reasons


class DuplicatesDialog(QDialog):
    """Lists pairs of sites alike by name or place.

    Attributes
    ----------
    within : QSpinBox
        How close points count as the same place, in metres.
    table : PlainTable
        The pairs.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self.pairs: list[SitePair] = []
        self.setWindowTitle(_("Sites that may be one and the same"))
        self.within = QSpinBox()
        self.within.setRange(0, 50_000)
        self.within.setSingleStep(50)
        self.within.setSuffix(" m")
        self.within.setValue(int(NEAR_M))
        self.within.setAccessibleName(_("Points this close count as the same place"))
        self.within.editingFinished.connect(self.read)
        self.table = PlainTable("duplicates")
        self.table.setAccessibleName(_("Pairs"))
        self.table.activated.connect(lambda _index: self.show_both())
        self.words = QLabel()
        self.both_button = QPushButton(_("Show both in the list"))
        self.both_button.clicked.connect(self.show_both)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        top = QHBoxLayout()
        top.addWidget(QLabel(_("Points this close count as the same place")))
        top.addWidget(self.within)
        top.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self.both_button)
        row.addStretch(1)
        row.addWidget(buttons)
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self.words)
        column.addLayout(row)
        self.resize(theme.scaled(820), theme.scaled(460))
        self.read()

    def read(self) -> None:
        """Look for pairs beside the window."""
        context, metres = self._session.context, float(self.within.value())
        self.words.setText(_("Looking…"))

        def work(_progress: ReportProgress, _cancel: CancelToken) -> list[SitePair]:
            return site_duplicates(context, within_m=metres)

        self._session.run_beside(work, while_alive(self, self._show))

    def _show(self, pairs: list[SitePair]) -> None:
        self.pairs = pairs
        self.table.show_rows(
            (_("Site"), _("Site"), _("Why")),
            [
                (
                    at,
                    (
                        _name(pair.first),
                        _name(pair.second),
                        pair_reasons(pair.same_name, pair.is_near, pair.metres),
                    ),
                )
                for at, pair in enumerate(pairs)
            ],
        )
        if pairs:
            self.table.selectRow(0)
        self.both_button.setEnabled(bool(pairs))
        self.words.setText(_("{count} pairs").format(count=len(pairs)))

    def show_both(self) -> None:
        """Show the two sites of the pair in the sites room."""
        for key in self.table.chosen_keys():
            if isinstance(key, int):
                pair = self.pairs[key]
                uuids = [pair.first.uuid, pair.second.uuid]
                label = _("May be one and the same")
                self._session.sites_requested.emit({"uuids": uuids, "label": label})
                self.accept()


def _name(site: Site) -> str:
    return " ".join(part for part in (site.code, site.name_vi) if part)
