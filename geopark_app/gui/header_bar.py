"""The line at the top: search, text size, contrast, language, and who is working."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from geopark_app.gui import theme
from geopark_app.gui.language import LanguageAware
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _
from geopark_app.settings import MachineSettings

_LONGEST_NAME = 22
# Has room for “A−” at the largest text size.
_BUTTON_WIDTH = 44


class HeaderBar(LanguageAware, QFrame):
    """Offers what the province's own portal offers, at the same place.

    Signals
    -------
    search_typed(str), search_entered()
        Words typed into the search box; Enter goes on to what was found.
    size_wanted(int), contrast_wanted(bool), language_wanted(str)
        How the window shall look and speak.
    person_wanted()
        Somebody else sits down at the laptop.
    """

    search_typed = Signal(str)
    search_entered = Signal()
    size_wanted = Signal(int)
    contrast_wanted = Signal(bool)
    language_wanted = Signal(str)
    person_wanted = Signal()

    def __init__(self, settings: MachineSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setProperty("look", "header")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.setSpacing(2)
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout.addWidget(self.title, 3)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(340)
        self.search.textEdited.connect(self.search_typed)
        self.search.returnPressed.connect(self.search_entered)
        layout.addWidget(self.search, 2)
        layout.addSpacing(8)
        # Before the size buttons: a name grows with the letters and would push them away.
        self.person = self._person_button()
        layout.addWidget(self.person)
        self._sizes = {
            "A−": self._size_button("A−", -theme.STEP_PERCENT),
            "A": self._size_button("A", 0),
            "A+": self._size_button("A+", theme.STEP_PERCENT),
        }
        self.contrast = self._tool("◐")
        self.contrast.setCheckable(True)
        self.contrast.toggled.connect(self.contrast_wanted)
        self.languages = {code: self._language_button(code) for code in ("vi", "en")}
        for widget in (*self._sizes.values(), self.contrast, *self.languages.values()):
            # As wide at every text size, so that none moves away under the pointer.
            widget.setFixedWidth(_BUTTON_WIDTH)
            widget.setProperty("look", "fixed")
            layout.addWidget(widget)
        self.show_settings(settings)
        self.retranslate()

    def show_settings(self, settings: MachineSettings) -> None:
        """Show size, contrast, language and person as they are."""
        self._settings = settings
        self.contrast.blockSignals(True)
        self.contrast.setChecked(settings.high_contrast)
        self.contrast.blockSignals(False)
        for code, button in self.languages.items():
            button.setChecked(code == active())
        self._sizes["A−"].setEnabled(settings.text_percent > theme.SMALLEST_PERCENT)
        self._sizes["A+"].setEnabled(settings.text_percent < theme.LARGEST_PERCENT)
        name = settings.person or _("unnamed person")
        shown = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
        self.person.setText(f"{shown} ▾")
        self.person.setToolTip(f"{name} · {settings.device}")

    def show_catalogue(self, title: str) -> None:
        """Show the name of the open catalogue, or nothing on the start page."""
        self.title.setText(title)
        self.title.setToolTip(title)
        self.search.setVisible(bool(title))
        self.person.setVisible(bool(title))

    def set_compact(self, is_compact: bool) -> None:
        """Leave out the name of the catalogue, which the title bar has too."""
        self.title.setVisible(not is_compact)

    def show_search(self, text: str) -> None:
        """Show the words another room searches by."""
        if self.search.text() != text:
            self.search.setText(text)

    def retranslate(self) -> None:
        self.search.setPlaceholderText(_("Search everything (Ctrl+F)"))
        self.search.setAccessibleName(_("Search everything"))
        self._name(self._sizes["A−"], _("Smaller text (Ctrl+−)"))
        self._name(self._sizes["A"], _("Normal text (Ctrl+0)"))
        self._name(self._sizes["A+"], _("Larger text (Ctrl++)"))
        self._name(self.contrast, _("High contrast (Ctrl+Shift+H)"))
        self._name(self.languages["vi"], "Tiếng Việt (Ctrl+Shift+L)")
        self._name(self.languages["en"], "English (Ctrl+Shift+L)")
        self.person.setAccessibleName(_("Who is working"))
        self._switch.setText(_("Another person is working…"))
        self.show_settings(self._settings)

    def _name(self, button: QToolButton, words: str) -> None:
        button.setToolTip(words)
        button.setAccessibleName(words)

    def _tool(self, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _person_button(self) -> QToolButton:
        button = self._tool("")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        self._switch = QAction(menu)
        self._switch.triggered.connect(self.person_wanted)
        menu.addAction(self._switch)
        button.setMenu(menu)
        return button

    def _size_button(self, text: str, step: int) -> QToolButton:
        button = self._tool(text)
        button.clicked.connect(lambda: self._want_size(step))
        return button

    def _want_size(self, step: int) -> None:
        now = self._settings.text_percent
        self.size_wanted.emit(now + step if step else theme.NORMAL_PERCENT)

    def _language_button(self, code: str) -> QToolButton:
        button = self._tool(code.upper())
        button.setCheckable(True)
        button.clicked.connect(lambda: self._want_language(code))
        return button

    def _want_language(self, code: str) -> None:
        # A click on the language already spoken must not leave its button unchecked.
        self.languages[code].setChecked(True)
        self.language_wanted.emit(code)
