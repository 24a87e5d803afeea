"""The start page: a new catalogue, the ones opened last, or another folder."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from geopark_app.gui import theme
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.start_page.new_catalogue import NewCataloguePanel
from geopark_app.gui.start_page.recent import recent_catalogues
from geopark_app.gui.start_page.recent_card import RecentCard
from geopark_app.i18n import gettext as _
from geopark_app.settings import MachineSettings

_WIDEST = 980


class StartPage(LanguageAware, QWidget):
    """What an officer sees on an empty laptop, and every morning.

    Signals
    -------
    open_wanted(Path)
        A catalogue folder or `.geopark` file.
    browse_wanted()
        Another folder than those listed.
    new_wanted(NewCatalogue)
        The answers for a new catalogue.
    forget_wanted(str)
        A folder that shall leave the list.
    """

    open_wanted = Signal(object)
    browse_wanted = Signal()
    new_wanted = Signal(object)
    forget_wanted = Signal(str)

    def __init__(self, settings: MachineSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        outer.addWidget(area)
        page = QWidget()
        page.setProperty("look", "page")
        area.setWidget(page)
        middle = QHBoxLayout(page)
        middle.setContentsMargins(24, 20, 24, 20)
        column = QWidget()
        column.setMaximumWidth(theme.scaled(_WIDEST))
        middle.addStretch(1)
        middle.addWidget(column, 20)
        middle.addStretch(1)
        self._column = QVBoxLayout(column)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._add_heading()
        self.new_panel = NewCataloguePanel(settings)
        self.new_panel.wanted.connect(self.new_wanted)
        self.new_panel.hide()
        self._column.addWidget(self.new_panel)
        self._recent_title = QLabel()
        self._recent_title.setProperty("look", "heading")
        self._column.addWidget(self._recent_title)
        self._hint = QLabel()
        self._hint.setProperty("look", "muted")
        self._hint.setWordWrap(True)
        self._column.addWidget(self._hint)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        self._column.addLayout(self._cards)
        self._column.addStretch(1)
        self.cards: list[RecentCard] = []
        self.reload(settings)
        self.retranslate()

    def reload(self, settings: MachineSettings) -> None:
        """Look again which catalogues are there."""
        self._settings = settings
        while (item := self._cards.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.cards = []
        for catalogue in recent_catalogues(settings.recent):
            card = RecentCard(catalogue)
            card.open_wanted.connect(lambda folder: self.open_wanted.emit(Path(folder)))
            card.forget_wanted.connect(self.forget_wanted)
            self._cards.addWidget(card)
            self.cards.append(card)
        if not self.cards:
            self.new_button.setChecked(True)
        self.new_panel.show_settings(settings)
        self._show_hint()

    def take_keyboard(self) -> None:
        """Give the keyboard to the catalogue opened last, or to the questions of a new one."""
        ready = next((card.open for card in self.cards if card.open.isEnabled()), None)
        (ready or self.new_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        self._title.setText(_("Geopark inventory"))
        self._subtitle.setText(
            _(
                "Sites, photos, readiness, map and dossier of the geopark. Everything stays on "
                "this laptop."
            )
        )
        self.new_button.setText(_("New catalogue…"))
        self.browse_button.setText(_("Open another folder…"))
        self._recent_title.setText(_("Opened last"))
        self._show_hint()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if event.spontaneous():
            # Back from another window: a stick may have been plugged in meanwhile.
            self.reload(self._settings)

    def _add_heading(self) -> None:
        self._title = QLabel()
        self._title.setProperty("look", "title")
        self._subtitle = QLabel()
        self._subtitle.setWordWrap(True)
        self._subtitle.setProperty("look", "muted")
        self._column.addWidget(self._title)
        self._column.addWidget(self._subtitle)
        row = QHBoxLayout()
        self.new_button = QPushButton()
        self.new_button.setProperty("look", "primary")
        self.new_button.setCheckable(True)
        self.new_button.toggled.connect(self._show_new)
        self.browse_button = QPushButton()
        self.browse_button.clicked.connect(self.browse_wanted)
        row.addWidget(self.new_button)
        row.addWidget(self.browse_button)
        row.addStretch(1)
        self._column.addLayout(row)

    def _show_new(self, shown: bool) -> None:
        self.new_panel.setVisible(shown)
        if shown:
            self.new_panel.folder.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_hint(self) -> None:
        words = _("You can also drop a .geopark file or a catalogue folder onto this window.")
        if not self.cards:
            words = " ".join((_("No catalogue was opened on this laptop yet."), words))
        self._hint.setText(words)
