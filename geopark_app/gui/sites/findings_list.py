"""What a person should look at in a site: a count, and on demand the list."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.finding import Finding, Severity
from geopark_app.gui import theme
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.i18n import gettext as _
from geopark_app.wording import finding_sentence

_ROWS_SHOWN = 6
_OFFERS = {"other-commune", "no-commune-chosen"}


class FindingsList(LanguageAware, QWidget):
    """Closed it takes one line; a click on a finding leads to its field.

    Signals
    -------
    field_wanted(str)
        The person wants to go to this field.
    commune_wanted(str)
        The person takes the commune of this code, in which the position lies.
    """

    field_wanted = Signal(str)
    commune_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._findings: list[Finding] = []
        self.heading = QPushButton()
        self.heading.setCheckable(True)
        self.heading.setProperty("look", "link")
        self.list = QListWidget()
        self.list.setObjectName("findings")
        self.list.setWordWrap(True)
        self.list.hide()
        self.list.itemActivated.connect(self._go)
        self.list.itemClicked.connect(self._go)
        self.heading.toggled.connect(self.list.setVisible)
        self.offer = QFrame()
        self.offer.setProperty("look", "banner")
        self.offer_words = QLabel()
        self.offer_words.setWordWrap(True)
        self.offer_words.setTextFormat(Qt.TextFormat.PlainText)
        self.take = QPushButton()
        self.take.clicked.connect(self._take)
        self._offered: Finding | None = None
        beside = QHBoxLayout(self.offer)
        beside.setContentsMargins(8, 4, 8, 4)
        beside.addWidget(self.offer_words, 1)
        beside.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.offer)
        column.addWidget(self.heading)
        column.addWidget(self.list)
        self.retranslate()

    def show_findings(self, findings: list[Finding]) -> None:
        """Show the findings of a site, the serious ones first."""
        order = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
        self._findings = sorted(findings, key=lambda finding: order.index(finding.severity))
        self.retranslate()

    def _take(self) -> None:
        if self._offered is not None:
            self.commune_wanted.emit(dict(self._offered.details)["found_code"])

    def _show_offer(self) -> None:
        """Offer the commune in which the position lies; nothing is changed without a click."""
        self._offered = next((one for one in self._findings if one.code in _OFFERS), None)
        self.offer.setVisible(self._offered is not None)
        if self._offered is not None:
            self.offer_words.setText(finding_sentence(self._offered))
            name = dict(self._offered.details)["found"]
            self.take.setText(_("Take {commune}").format(commune=name))

    def _go(self, item: QListWidgetItem) -> None:
        field = item.data(Qt.ItemDataRole.UserRole)
        if field:
            self.field_wanted.emit(field)

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self._show_offer()
        count = len(self._findings)
        self.heading.setText(
            _("{count} things to look at").format(count=count) if count else _("Nothing missing")
        )
        serious = any(f.severity is Severity.ERROR for f in self._findings)
        colours = theme.colours()
        name, colour = "check-circle-outline", colours.done
        if count:
            name, colour = "information-outline", colours.error if serious else colours.warning
        self.heading.setIcon(icon(name, colour))
        self.list.clear()
        for finding in self._findings:
            item = QListWidgetItem(finding_sentence(finding), self.list)
            item.setData(Qt.ItemDataRole.UserRole, finding.field)
        line = self.list.sizeHintForRow(0) if count else 0
        self.list.setFixedHeight(min(count, _ROWS_SHOWN) * max(line, 1) + 6)
        self.heading.setEnabled(bool(count))
