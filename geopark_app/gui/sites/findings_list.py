"""What a person should look at in a site: a count, and on demand the list."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from geopark_app.domain.finding import Finding, Severity
from geopark_app.gui import theme
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.i18n import gettext as _
from geopark_app.wording import finding_sentence

_ROWS_SHOWN = 6


class FindingsList(LanguageAware, QWidget):
    """Closed it takes one line; a click on a finding leads to its field.

    Signals
    -------
    field_wanted(str)
        The person wants to go to this field.
    """

    field_wanted = Signal(str)

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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.heading)
        column.addWidget(self.list)
        self.retranslate()

    def show_findings(self, findings: list[Finding]) -> None:
        """Show the findings of a site, the serious ones first."""
        order = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
        self._findings = sorted(findings, key=lambda finding: order.index(finding.severity))
        self.retranslate()

    def _go(self, item: QListWidgetItem) -> None:
        field = item.data(Qt.ItemDataRole.UserRole)
        if field:
            self.field_wanted.emit(field)

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
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
