"""Choose which originals of photos come to this laptop."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGroupBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.i18n import gettext as _
from geopark_app.rules.originals import OriginalsWish

_KEY = Qt.ItemDataRole.UserRole


class OriginalsDialog(QDialog):
    """Everything, or by route, site, year and dossier mark.

    Attributes
    ----------
    everything, some : QRadioButton
        All originals; those chosen below.
    dossier : QCheckBox
        Those marked for the dossier.
    routes, years, sites : QListWidget
        Lists to tick.
    """

    def __init__(
        self,
        wish: OriginalsWish,
        *,
        routes: Sequence[tuple[str, str]],
        years: Sequence[int],
        sites: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        """Offer routes and sites as pairs of key and name, and the years photos are of."""
        super().__init__(parent)
        self.setWindowTitle(_("Originals for this laptop"))
        words = QLabel(
            _("Small pictures always come. What is here already stays, whatever you choose.")
        )
        words.setWordWrap(True)
        self.everything = QRadioButton(_("All originals"))
        self.some = QRadioButton(_("Only these:"))
        (self.everything if wish.everything else self.some).setChecked(True)
        self.dossier = QCheckBox(_("Marked for the dossier"))
        self.dossier.setChecked(wish.dossier)
        self.routes = _list(_("Routes"), routes, wish.routes)
        self.years = _list(
            _("Years"), [(str(y), str(y)) for y in years], {str(y) for y in wish.years}
        )
        self.sites = _list(_("Sites"), sites, wish.sites)
        box = QGroupBox()
        inside = QVBoxLayout(box)
        inside.addWidget(self.dossier)
        for listed in (self.routes, self.years, self.sites):
            inside.addWidget(QLabel(listed.accessibleName()))
            inside.addWidget(listed)
        box.setEnabled(self.some.isChecked())
        self.some.toggled.connect(box.setEnabled)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for part in (words, self.everything, self.some, box, buttons):
            column.addWidget(part)
        self.resize(460, 620)

    def wish(self) -> OriginalsWish:
        """Give what was chosen."""
        if self.everything.isChecked():
            return OriginalsWish()
        return OriginalsWish(
            everything=False,
            routes=frozenset(_ticked(self.routes)),
            years=frozenset(int(year) for year in _ticked(self.years)),
            sites=frozenset(_ticked(self.sites)),
            dossier=self.dossier.isChecked(),
        )


def _list(name: str, rows: Sequence[tuple[str, str]], ticked: Collection[str]) -> QListWidget:
    listed = QListWidget()
    listed.setAccessibleName(name)
    for key, words in rows:
        item = QListWidgetItem(words, listed)
        item.setData(_KEY, key)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        is_ticked = key in ticked
        item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
    return listed


def _ticked(listed: QListWidget) -> list[str]:
    items = (listed.item(row) for row in range(listed.count()))
    return [str(i.data(_KEY)) for i in items if i.checkState() is Qt.CheckState.Checked]
