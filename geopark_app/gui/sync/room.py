"""The Sync room, until the exchange with colleagues is built: one honest line."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from geopark_app.gui.language import LanguageAware
from geopark_app.i18n import gettext as _


class SyncRoom(LanguageAware, QWidget):
    """Says what cannot be done here yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        self._title = QLabel()
        self._title.setProperty("look", "title")
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._title)
        layout.addWidget(self._words, 1)
        self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(_("Sync"))
        self._words.setText(
            _(
                "Exchange with colleagues is not built yet; every save is already recorded and "
                "signed, so nothing will have to be typed again."
            )
        )
