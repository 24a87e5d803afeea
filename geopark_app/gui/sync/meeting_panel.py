"""Where the laptops meet by files: the folder, how much may be written, and the one button."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.gui.sync.originals_dialog import OriginalsDialog
from geopark_app.i18n import gettext as _
from geopark_app.operations.originals import Choices, original_choices, wish_originals

_LARGEST_MB = 1_000_000
_MB = 1024 * 1024


class MeetingPanel(LanguageAware, QFrame):
    """Asks for an exchange through a folder; the page makes it.

    Attributes
    ----------
    asked, stopped, changed : Signal
        Exchange now; stop what runs; something was chosen that changes what is wanted here.
    exchange, stop : QPushButton
        Exchange now; stop what runs.
    encrypt : QCheckBox
        Whether to begin encrypting what is written into the folder.
    folder : QLineEdit
        Where colleagues meet.
    """

    asked = Signal()
    stopped = Signal()
    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._may_work = False
        self.setProperty("look", "panel")
        self.folder = QLineEdit(session.settings.exchange_folder)
        self.choose, self.exchange, self.stop = QPushButton(), QPushButton(), QPushButton()
        self.exchange.setProperty("look", "primary")
        self.encrypt, self.originals = QCheckBox(), QPushButton()
        self._spin = QSpinBox()
        self._spin.setRange(0, _LARGEST_MB)
        self._spin.setSuffix(" MB")
        self.state, self._folder_label, self._budget_label = QLabel(), QLabel(), QLabel()
        self.folder.textChanged.connect(lambda _text: self._show_exchange())
        self.choose.clicked.connect(self._choose)
        self.exchange.clicked.connect(self.asked)
        self.stop.clicked.connect(self.stopped)
        self.originals.clicked.connect(self._choose_originals)
        self._lay_out()
        self.retranslate()

    @property
    def path(self) -> Path:
        """Give the folder chosen."""
        return Path(self.folder.text().strip())

    @property
    def budget(self) -> int | None:
        """Give how many bytes of files may be written, None for as many as fit."""
        return self._spin.value() * _MB if self._spin.value() else None

    def show_state(self, words: str, *, may_work: bool, is_at_work: bool) -> None:
        """Say how things stand and offer what can be done."""
        self._may_work = may_work
        self.state.setText(words)
        self.stop.setEnabled(is_at_work)
        self._show_exchange()

    def retranslate(self) -> None:
        self._folder_label.setText(_("Folder where the laptops meet: stick, shared disk"))
        self.folder.setAccessibleName(_("Exchange folder"))
        self.choose.setText(_("Choose…"))
        self.originals.setText(_("Originals for this laptop…"))
        self.encrypt.setText(_("Encrypt for the team"))
        self.encrypt.setToolTip(
            _("What is written there from now on only the team's laptops can read.")
        )
        self.exchange.setText(_("Exchange now"))
        self.stop.setText(_("Stop"))
        self._budget_label.setText(_("At most so much for photos"))
        self._spin.setSpecialValueText(_("as much as fits"))
        self._spin.setAccessibleName(self._budget_label.text())

    def _show_exchange(self) -> None:
        self.exchange.setEnabled(self._may_work and bool(self.folder.text().strip()))

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, _("Folder where the laptops meet"), self.folder.text()
        )
        if chosen:
            self.folder.setText(chosen)

    def _choose_originals(self) -> None:
        self._session.run(original_choices, while_alive(self, self._offer_originals))

    def _offer_originals(self, offered: Choices) -> None:
        dialog = OriginalsDialog(
            offered.wish,
            routes=offered.routes,
            years=offered.years,
            sites=offered.sites,
            parent=self,
        )
        if dialog.exec():
            wish = dialog.wish()
            self._session.run(
                lambda context: wish_originals(context, wish),
                while_alive(self, lambda _done: self.changed.emit()),
            )

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 12, 14, 12)
        self._folder_label.setWordWrap(True)
        self.state.setWordWrap(True)
        self.state.setProperty("look", "muted")
        grid.addWidget(self._folder_label, 0, 0, 1, 2)
        grid.addWidget(self.folder, 1, 0)
        grid.addWidget(self.choose, 1, 1)
        grid.addWidget(self._budget_label, 2, 0, 1, 2)
        grid.addWidget(self._spin, 3, 0, 1, 2)
        grid.addWidget(self.originals, 4, 0, 1, 2)
        grid.addWidget(self.encrypt, 5, 0, 1, 2)
        grid.addWidget(self.exchange, 6, 0)
        grid.addWidget(self.stop, 6, 1)
        grid.addWidget(self.state, 7, 0, 1, 2)
