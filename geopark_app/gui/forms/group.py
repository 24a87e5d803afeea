"""A group of fields that opens and closes; its editors are made when it is first opened."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from geopark_app.domain.declaration import FieldSpec
from geopark_app.gui import theme
from geopark_app.gui.forms.field_row import FieldRow
from geopark_app.gui.forms.making import WIDE
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick

MakeRow = Callable[[FieldSpec], FieldRow]
_TWO_COLUMNS_FROM = 430


class FieldGroup(LanguageAware, QWidget):
    """A heading with a count, and below it the fields in one or two columns.

    Signals
    -------
    opened()
        The person wants to see the fields; they were perhaps made just now.
    """

    opened = Signal()

    def __init__(
        self,
        labels: tuple[str, str],
        specs: Sequence[FieldSpec],
        make_row: MakeRow,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._labels = labels
        self.specs = tuple(specs)
        self._make_row = make_row
        self._filled = 0
        self._columns = 0
        self.rows: dict[str, FieldRow] = {}
        self.heading = QPushButton(icon("chevron-right"), "")
        self.heading.setCheckable(True)
        self.heading.setProperty("look", "link")
        self.heading.toggled.connect(self._toggle)
        self.body = QWidget()
        self._grid = QGridLayout(self.body)
        self._grid.setContentsMargins(4, 2, 4, 10)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        self.body.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.heading)
        column.addWidget(self.body)
        self.retranslate()

    @property
    def is_open(self) -> bool:
        """Say whether the fields are shown."""
        return self.heading.isChecked()

    def open_group(self) -> None:
        """Show the fields."""
        self.heading.setChecked(True)

    def _toggle(self, shown: bool) -> None:
        self.heading.setIcon(icon("chevron-down" if shown else "chevron-right"))
        if shown and not self.rows:
            self.rows = {spec.name: self._make_row(spec) for spec in self.specs}
            self._arrange()
        self.body.setVisible(shown)
        if shown:
            self.opened.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._wanted_columns() != self._columns:
            self._arrange()

    def _wanted_columns(self) -> int:
        return 2 if self.width() >= theme.scaled(_TWO_COLUMNS_FROM) else 1

    def _arrange(self) -> None:
        """Place the fields; texts of several lines take the whole width."""
        columns = self._columns = self._wanted_columns()
        at, column = 0, 0
        for row in self.rows.values():
            wide = row.spec.type in WIDE or columns == 1
            if wide and column:
                at, column = at + 1, 0
            self._grid.addWidget(row, at, column, 1, columns if wide else 1)
            column = 0 if wide else (column + 1) % columns
            at += column == 0
        for index in range(2):
            self._grid.setColumnStretch(index, 1 if index < columns else 0)

    def show_count(self, filled: int) -> None:
        """Say beside the heading how many fields hold something."""
        self._filled = filled
        self._write_heading()

    def _write_heading(self) -> None:
        words = _("{group}   {filled} of {total}")
        self.heading.setText(
            words.format(group=pick(*self._labels), filled=self._filled, total=len(self.specs))
        )

    def retranslate(self) -> None:
        """Write heading and fields in the language of the window."""
        self._write_heading()
        font = self.font()
        font.setBold(True)
        self.heading.setFont(font)
        for row in self.rows.values():
            row.retranslate()
