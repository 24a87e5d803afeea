"""The parts of a dossier as a list to tick, in the order of the package."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.kinds import KINDS
from geopark_app.gui.language import LanguageAware
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.dossier_chapters import Part, parts

_CODE = Qt.ItemDataRole.UserRole
_FRAME_PX = 6


class PartList(LanguageAware, QWidget):
    """A tick for each part; space changes the one in focus.

    Signals
    -------
    changed()
        A tick was set or taken away.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        for part in parts():
            item = QListWidgetItem()
            item.setData(_CODE, part.code)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.list.addItem(item)
        self.all_button, self.none_button = QPushButton(), QPushButton()
        self.all_button.clicked.connect(lambda: self.choose([part.code for part in parts()]))
        self.none_button.clicked.connect(lambda: self.choose(()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.list)
        buttons = QHBoxLayout()
        for button in (self.all_button, self.none_button):
            button.setProperty("look", "link")
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        self.list.itemChanged.connect(lambda _item: self.changed.emit())
        self.retranslate()

    def chosen(self) -> tuple[str, ...]:
        """Give the words of the parts that are ticked, in the order of the package."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple(
            str(item.data(_CODE)) for item in items if item.checkState() is Qt.CheckState.Checked
        )

    def choose(self, codes: Collection[str]) -> None:
        """Tick these parts and no others."""
        self.list.blockSignals(True)
        for row in range(self.list.count()):
            item = self.list.item(row)
            is_wanted = item.data(_CODE) in codes
            item.setCheckState(Qt.CheckState.Checked if is_wanted else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self.list.viewport().update()
        self.changed.emit()

    def retranslate(self) -> None:
        self.list.blockSignals(True)
        for row, part in enumerate(parts()):
            item = self.list.item(row)
            item.setText(pick(part.title_vi, part.title_en))
            item.setToolTip(_tip(part))
        self.list.blockSignals(False)
        self.list.setAccessibleName(_("Parts of the dossier"))
        self.all_button.setText(_("All parts"))
        self.none_button.setText(_("No part"))
        self._fit_height()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit_height()

    def _fit_height(self) -> None:
        # As high as its rows: the panel around it scrolls, two bars in each other would not do.
        rows = self.list.sizeHintForRow(0) * self.list.count()
        self.list.setFixedHeight(rows + _FRAME_PX)


def _tip(part: Part) -> str:
    labels = (pick(KINDS[name].label_vi, KINDS[name].label_en) for name in part.feeds)
    made_from = _("Made from: {kinds}").format(kinds=", ".join(labels))
    return f"{pick(part.title_vi, part.title_en)}\n{made_from}\n{', '.join(part.formats)}"
