"""The office hub on the exchange page: address, login, the server's photos, one button."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.hub_exchange import HubPlace
from geopark_app.operations.hubs import hub_place


class HubPanel(LanguageAware, QWidget):
    """Where the office hub is and as whom to come; `asked` when an exchange is wished.

    Attributes
    ----------
    address, password, photos : QLineEdit
        As typed; an empty password is the one kept.
    keep : QCheckBox
        Whether the password is kept on this machine.
    exchange : QPushButton
        Exchange now.
    """

    asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_allowed = False
        self._title = QLabel()
        self._title.setWordWrap(True)
        self._names = [QLabel() for _label in range(3)]
        settings = session.settings
        self.address = QLineEdit(settings.hub_address)
        self.address.setPlaceholderText("postgresql://lan@server/geopark")
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.photos = QLineEdit(settings.hub_photos)
        self.keep, self.choose, self.exchange = QCheckBox(), QPushButton(), QPushButton()
        self.address.textChanged.connect(lambda _text: self.allow(self._is_allowed))
        self.address.returnPressed.connect(self.exchange.click)
        self.password.returnPressed.connect(self.exchange.click)
        self.choose.clicked.connect(self._choose)
        self.exchange.clicked.connect(self.asked)
        self._lay_out()
        self.retranslate()

    def allow(self, allowed: bool) -> None:
        """Let an exchange be asked for, or not while one runs."""
        self._is_allowed = allowed
        self.exchange.setEnabled(allowed and bool(self.address.text().strip()))

    def place(self) -> HubPlace:
        """Give the hub as typed; raises BAD_VALUE for what is no address."""
        photos = self.photos.text().strip()
        return hub_place(
            self.address.text(),
            password=self.password.text(),
            photos=Path(photos) if photos else None,
        )

    def retranslate(self) -> None:
        self._title.setText(_("Office hub (a PostgreSQL server)"))
        names = (_("Address"), _("Password"), _("The server's folder of photos"))
        for label, field, name in zip(
            self._names, (self.address, self.password, self.photos), names, strict=True
        ):
            label.setText(name)
            label.setBuddy(field)
            field.setAccessibleName(name)
        self.password.setPlaceholderText(_("empty: the one kept on this machine"))
        self.photos.setPlaceholderText(_("empty: photos do not travel through the hub"))
        self.keep.setText(_("Keep the password on this machine"))
        self.choose.setText(_("Choose…"))
        self.exchange.setText(_("Exchange with the hub"))

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, _("The server's folder of photos"), self.photos.text()
        )
        if chosen:
            self.photos.setText(chosen)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self._title, 0, 0, 1, 2)
        fields = (self.address, self.password, self.photos)
        for at, (label, field) in enumerate(zip(self._names, fields, strict=True)):
            grid.addWidget(label, 1 + 2 * at, 0, 1, 2)
            grid.addWidget(field, 2 + 2 * at, 0, 1, 1 if field is self.photos else 2)
        grid.addWidget(self.choose, 6, 1)
        grid.addWidget(self.keep, 7, 0, 1, 2)
        grid.addWidget(self.exchange, 8, 0, 1, 2)
