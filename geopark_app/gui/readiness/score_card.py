"""The result of a place: score and coverage, what makes it red, and each group."""

import html

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from geopark_app.gui.language import LanguageAware
from geopark_app.gui.readiness.share_bar import ShareBar
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.checklists import ReadinessResult


class ScoreCard(LanguageAware, QWidget):
    """Score and coverage always stand together; red is said in words.

    Signals
    -------
    item_wanted(str)
        The person wants to go to this item.
    """

    item_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result: ReadinessResult | None = None
        self.score, self.coverage = ShareBar(), ShareBar(is_score=False)
        self._titles = (QLabel(), QLabel())
        self.red = QLabel()
        self.red.setProperty("look", "error")
        self.red.setWordWrap(True)
        self.red.setTextFormat(Qt.TextFormat.RichText)
        self.red.linkActivated.connect(self.item_wanted)
        self.stale = QLabel()
        self.stale.setProperty("look", "muted")
        self.stale.setWordWrap(True)
        self.proposal = QLabel()
        self.proposal.setProperty("look", "muted")
        self.proposal.setWordWrap(True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setHorizontalSpacing(12)
        for column, (title, bar) in enumerate(
            zip(self._titles, (self.score, self.coverage), strict=True)
        ):
            grid.addWidget(title, 0, 2 * column)
            grid.addWidget(bar, 0, 2 * column + 1)
            grid.setColumnStretch(2 * column + 1, 1)
        grid.addWidget(self.red, 1, 0, 1, 4)
        grid.addWidget(self.stale, 2, 0, 1, 4)
        grid.addWidget(self.proposal, 3, 0, 1, 4)
        self.retranslate()

    def show_result(self, result: ReadinessResult | None) -> None:
        """Show a result; None is a place never visited."""
        self._result = result
        total = None if result is None else result.total
        is_red = total is not None and total.is_red
        self.score.show_share(None if total is None else total.score, is_red=is_red)
        self.coverage.show_share(None if total is None else total.coverage)
        self.red.setVisible(is_red)
        self.red.setText(self._red_words() if is_red else "")
        stale = total.stale if total is not None else 0
        self.stale.setVisible(stale > 0)
        self.stale.setText(_("* {count} answers are too old: visit again").format(count=stale))
        self._count(total.answered if total else 0, total.applicable if total else 0)

    def _count(self, answered: int, applicable: int) -> None:
        words = _("Coverage {answered}/{applicable}")
        self._titles[1].setText(words.format(answered=answered, applicable=applicable))

    def _red_words(self) -> str:
        assert self._result is not None
        links = [
            f'<a href="{item.uuid}">{item.code}</a>'
            for item, answer in self._result.items
            if item.critical and answer is not None and answer.status == "not_met"
        ]
        return _("⚑ Red whatever the score: critical and not met: {items}").format(
            items=", ".join(links)
        )

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self._titles[0].setText(_("Score"))
        self.score.setAccessibleName(_("Score"))
        self.coverage.setAccessibleName(_("Coverage"))
        self.proposal.setText(_("Weights are a proposal, not UNESCO figures."))
        self.show_result(self._result)


class GroupList(LanguageAware, QScrollArea):
    """The groups of the checklist with their scores; a click goes there.

    Signals
    -------
    group_wanted(str)
        The person wants to go to this group.
    """

    group_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result: ReadinessResult | None = None
        self._rows: dict[str, tuple[QLabel, ShareBar]] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_result(self, result: ReadinessResult) -> None:
        """Show the groups of a result."""
        groups = [group.uuid for group, _readiness in result.groups]
        if groups != list(self._rows):
            self._build(groups)
        self._result = result
        for group, readiness in result.groups:
            label, bar = self._rows[group.uuid]
            name = html.escape(f"{group.code}. {pick(group.label_vi, group.label_en)}")
            label.setText(f'<a href="{group.uuid}" style="text-decoration: none">{name}</a>')
            label.setToolTip(
                _("{answered} of {applicable} answered").format(
                    answered=readiness.answered, applicable=readiness.applicable
                )
            )
            bar.show_share(readiness.score, is_red=readiness.is_red)

    def _build(self, groups: list[str]) -> None:
        page = QWidget()
        page.setProperty("look", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(0)
        self._rows = {}
        for uuid in groups:
            label, bar = QLabel(), ShareBar()
            label.setWordWrap(True)
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.LinksAccessibleByKeyboard
                | Qt.TextInteractionFlag.LinksAccessibleByMouse
            )
            label.linkActivated.connect(self.group_wanted)
            column.addWidget(label)
            column.addWidget(bar)
            column.addSpacing(4)
            self._rows[uuid] = (label, bar)
        column.addStretch(1)
        self.setWidget(page)

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        if self._result is not None:
            self.show_result(self._result)
