"""What many edits would do, row by row, before one save."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHeaderView, QLabel, QVBoxLayout, QWidget

from geopark_app.domain.kinds import KINDS
from geopark_app.gui.editing.difference import DifferenceView
from geopark_app.gui.editing.plain_table import PlainTable
from geopark_app.gui.editing.value_words import value_words
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.forms.problem_words import problem_sentence
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.bulk import CellChange
from geopark_app.operations.trash import title_of

_BEFORE, _AFTER, _REMARK = 2, 3, 4


class ChangeList(QWidget):
    """Lists changes, and the values that cannot be taken first.

    Attributes
    ----------
    changes : list of CellChange
        What is shown.
    """

    def __init__(self, kind: str, options: FormOptions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = KINDS[kind]
        self._options = options
        self.changes: list[CellChange] = []
        self.table = PlainTable("changes")
        self.table.setAccessibleName(_("Changes"))
        self.difference = DifferenceView()
        self._shown: list[CellChange] = []
        self.words = QLabel()
        self.words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self.difference)
        column.addWidget(self.words)
        self.table.itemSelectionChanged.connect(self._show_chosen)
        self.show_changes([])

    @property
    def count(self) -> int:
        """Give how many values would change."""
        return sum(change.is_change for change in self.changes)

    def show_changes(self, changes: Sequence[CellChange]) -> None:
        """Show what would change and what is refused; what stays the same is only counted."""
        self.changes = list(changes)
        refused = [change for change in changes if change.problem is not None]
        changing = [change for change in changes if change.is_change]
        self._shown = [*refused, *changing]
        self.table.show_rows(
            (_("Site"), _("Field"), _("Before"), _("After"), _("Remark")),
            [(at, self._texts(change)) for at, change in enumerate(self._shown)],
        )
        self._fit_columns(bool(refused))
        if self._shown:
            self.table.selectRow(0)
        else:
            self.difference.hide()
        self.words.setText(
            _("{changing} values change, {same} stay the same, {refused} cannot be taken.").format(
                changing=len(changing),
                same=len(changes) - len(changing) - len(refused),
                refused=len(refused),
            )
        )

    def _fit_columns(self, has_remarks: bool) -> None:
        """Share the width out, so that nothing stands beyond the edge."""
        header = self.table.horizontalHeader()
        self.table.setColumnHidden(_REMARK, not has_remarks)
        header.setStretchLastSection(False)
        for column in (_BEFORE, _AFTER, _REMARK):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def _show_chosen(self) -> None:
        keys = self.table.chosen_keys()
        at = keys[0] if keys else None
        if isinstance(at, int) and at < len(self._shown):
            _site, _field, before, after, remark = self._texts(self._shown[at])
            self.difference.show_texts(before, after, remark)

    def _texts(self, change: CellChange) -> tuple[str, ...]:
        spec = self._kind.field(change.edit.field.partition(".")[0])
        label = pick(spec.label_vi, spec.label_en) if spec else change.edit.field
        record = title_of(change.record) if change.record is not None else ""
        if change.problem is not None:
            sentence = problem_sentence(spec.type, change.problem) if spec else _("not a field")
            return (record or change.edit.uuid, label, "", change.edit.typed, sentence)
        before = value_words(self._options, spec, change.old)
        return (record, label, before, value_words(self._options, spec, change.new), "")
