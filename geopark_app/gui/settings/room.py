"""The Settings: person and laptop, how the window looks, facts of the catalogue, pages to read."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from geopark_app.gui import theme
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.gui.settings.catalogue_facts import CatalogueFacts
from geopark_app.gui.settings.pages import PAGES, PageView, page_title
from geopark_app.i18n import gettext as _
from geopark_app.settings import MachineSettings

_LANGUAGES = (("vi", "Tiếng Việt"), ("en", "English"))


class SettingsRoom(LanguageAware, QWidget):
    """Changes take effect at once; there is no button to apply them."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 12)
        self.tabs = QTabWidget()
        layout.addWidget(self.tabs)
        self.tabs.addTab(self._first_page(), "")
        for name in PAGES:
            self.tabs.addTab(PageView(name), "")
        session.settings_changed.connect(self.show_settings)
        session.person_changed.connect(lambda: self.show_settings(session.settings))
        self.retranslate()
        self.show_settings(session.settings)

    def show_settings(self, settings: MachineSettings) -> None:
        """Show the settings as they are."""
        self.person.setText(settings.person)
        self.device.setText(settings.device)
        for widget in (self.language, self.text_size, self.contrast):
            widget.blockSignals(True)
        self.language.setCurrentIndex(self.language.findData(settings.language))
        self.text_size.setValue(settings.text_percent)
        self.contrast.setChecked(settings.high_contrast)
        for widget in (self.language, self.text_size, self.contrast):
            widget.blockSignals(False)

    def retranslate(self) -> None:
        self.tabs.setTabText(0, _("Person, window, catalogue"))
        for number, name in enumerate(PAGES, start=1):
            self.tabs.setTabText(number, page_title(name))
        self._who.setTitle(_("Who works where"))
        self._look.setTitle(_("The window"))
        self._box.setTitle(_("The catalogue"))
        for label, words in self._labels():
            label.setText(words)
        self.contrast.setText(_("Black on white, strong frames"))
        self._folder.setText(_("Open the folder"))
        self.facts.retranslate()

    def _labels(self) -> tuple[tuple[QLabel, str], ...]:
        words = (
            _("Who is working"),
            _("Name of this laptop"),
            _("Language"),
            _("Text size"),
            _("High contrast"),
        )
        return tuple(zip(self._form_labels, words, strict=True))

    def _first_page(self) -> QWidget:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        page = QWidget()
        page.setProperty("look", "page")
        area.setWidget(page)
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        self._form_labels = [QLabel() for _index in range(5)]
        column.addWidget(self._who_box())
        column.addWidget(self._look_box())
        column.addWidget(self._catalogue_box())
        column.addStretch(1)
        return area

    def _who_box(self) -> QGroupBox:
        self._who = QGroupBox()
        form = QFormLayout(self._who)
        self.person, self.device = QLineEdit(), QLineEdit()
        for line in (self.person, self.device):
            line.setMaximumWidth(theme.scaled(420))
        self.person.editingFinished.connect(self._switch_person)
        self.device.editingFinished.connect(self._name_device)
        for label, line in zip(self._form_labels[:2], (self.person, self.device), strict=True):
            label.setBuddy(line)
            form.addRow(label, line)
        return self._who

    def _look_box(self) -> QGroupBox:
        self._look = QGroupBox()
        form = QFormLayout(self._look)
        self.language = QComboBox()
        for code, name in _LANGUAGES:
            self.language.addItem(name, code)
        self.language.currentIndexChanged.connect(self._choose_language)
        self.text_size = QSpinBox()
        self.text_size.setRange(theme.SMALLEST_PERCENT, theme.LARGEST_PERCENT)
        self.text_size.setSingleStep(theme.STEP_PERCENT)
        self.text_size.setSuffix(" %")
        self.text_size.setKeyboardTracking(False)
        self.text_size.valueChanged.connect(
            lambda percent: self._session.change_settings(text_percent=percent)
        )
        self.contrast = QCheckBox()
        self.contrast.toggled.connect(
            lambda high: self._session.change_settings(high_contrast=high)
        )
        fields: tuple[QWidget, ...] = (self.language, self.text_size, self.contrast)
        for label, widget in zip(self._form_labels[2:], fields, strict=True):
            label.setBuddy(widget)
            row = QHBoxLayout()
            row.addWidget(widget)
            row.addStretch(1)
            form.addRow(label, row)
        return self._look

    def _catalogue_box(self) -> QGroupBox:
        self._box = QGroupBox()
        column = QVBoxLayout(self._box)
        self.facts = CatalogueFacts(self._session.context)
        column.addWidget(self.facts)
        self._folder = QPushButton()
        self._folder.clicked.connect(self._open_folder)
        row = QHBoxLayout()
        row.addWidget(self._folder)
        row.addStretch(1)
        column.addLayout(row)
        return self._box

    def _switch_person(self) -> None:
        person = self.person.text().strip()
        if not person:
            self.person.setText(self._session.settings.person)
        elif person != self._session.settings.person:
            self._session.switch_person(person)

    def _name_device(self) -> None:
        device = self.device.text().strip()
        if not device:
            self.device.setText(self._session.settings.device)
        elif device != self._session.settings.device:
            self._session.change_settings(device=device)
            self._session.switch_person(self._session.settings.person)

    def _choose_language(self) -> None:
        self._session.change_settings(language=self.language.currentData())

    def _open_folder(self) -> None:
        root = self._session.context.catalogue.folder.root
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(root)))
