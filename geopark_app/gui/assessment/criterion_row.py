"""One criterion of an assessment: its weight, the indicator chosen, what it adds, a remark."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton

from geopark_app.gui.forms.choice_box import ChoiceBox
from geopark_app.gui.forms.editor import Option
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.assessments import Given
from geopark_app.operations.point_proposals import Proposal
from geopark_app.operations.scoring_methods import Criterion


class CriterionRow(QObject):
    """Widgets of one criterion in the grid of its value.

    Attributes
    ----------
    box : ChoiceBox
        The indicators that may be chosen; nothing says: not scored yet.
    remark : QLineEdit
        Why.

    Signals
    -------
    edited()
        Points or remark are others now.
    """

    edited = Signal()

    def __init__(self, criterion: Criterion, proposed: Proposal | None, parent: QObject) -> None:
        super().__init__(parent)
        self.criterion = criterion
        self._proposed = proposed
        label = pick(criterion.term.label_vi, criterion.term.label_en)
        name = label.partition(" – ")[2] or label
        self.name = QLabel(name or criterion.code)
        self.name.setWordWrap(True)
        self.weight = QLabel(f"{criterion.weight} %")
        self.weight.setProperty("look", "muted")
        self.box = ChoiceBox(self._options, lambda: _("not scored"))
        self.box.setAccessibleName(self.name.text())
        self.box.setMinimumContentsLength(34)
        self.name.setBuddy(self.box)
        self.product = QLabel()
        self.remark = QLineEdit()
        self.remark.setPlaceholderText(_("Remark"))
        self.remark.setAccessibleName(_("Remark on {criterion}").format(criterion=self.name.text()))
        self.proposal = QPushButton()
        self.proposal.setProperty("look", "link")
        self.proposal.setVisible(proposed is not None)
        if proposed is not None:
            self.proposal.setText(_("Facts: {points}").format(points=proposed.points))
            taken = _("What is known of the site speaks for {points} points; take them").format(
                points=proposed.points
            )
            self.proposal.setToolTip(f"{taken}\n{proposed.words()}")
        self.proposal.clicked.connect(self._take_proposal)
        self.box.currentIndexChanged.connect(self._chosen)
        self.remark.textEdited.connect(lambda _text: self.edited.emit())

    def add_to(self, grid: QGridLayout, row: int) -> None:
        """Put the widgets into a row of the grid."""
        widgets = (self.name, self.weight, self.box, self.product, self.proposal, self.remark)
        for column, widget in enumerate(widgets):
            grid.addWidget(widget, row, column)

    def _options(self) -> list[Option]:
        return [
            Option(
                key=str(one.points),
                label_vi=f"{one.points} – {one.label_vi}",
                label_en=f"{one.points} – {one.label_en}",
            )
            for one in self.criterion.indicators
        ]

    def points(self) -> int | None:
        """Give the points chosen; None while not scored."""
        return int(key) if (key := self.box.key()) else None

    def given(self) -> Given:
        """Give points and remark."""
        return Given(points=self.points(), remark=self.remark.text().strip() or None)

    def show(self, given: Given | None) -> None:
        """Show points and remark without calling that an edit."""
        points = given.points if given else None
        self.box.blockSignals(True)
        self.box.choose("" if points is None else str(points))
        self.box.blockSignals(False)
        self.remark.setText((given.remark if given else None) or "")
        self._show_product()

    def set_read_only(self, read_only: bool) -> None:
        """Let points be looked at only."""
        self.box.setEnabled(not read_only)
        self.remark.setReadOnly(read_only)
        self.proposal.setEnabled(not read_only)

    def _take_proposal(self) -> None:
        if self._proposed is not None:
            self.box.choose(str(self._proposed.points))

    def _wants_remark(self) -> bool:
        points = self.points()
        is_other = self._proposed is not None and points not in {None, self._proposed.points}
        return is_other and not self.remark.text().strip()

    def _chosen(self) -> None:
        self._show_product()
        self.edited.emit()

    def _show_product(self) -> None:
        points = self.points()
        product = "" if points is None else str(points * self.criterion.weight)
        self.product.setText(product)
        self.box.setToolTip(self.box.currentText())
        self.remark.setPlaceholderText(
            _("Why not what the facts say?") if self._wants_remark() else _("Remark")
        )
