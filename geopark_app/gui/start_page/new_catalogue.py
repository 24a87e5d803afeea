"""The few questions of a new catalogue: what it starts with, folder, person and laptop name."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.gui.language import LanguageAware
from geopark_app.gui.start_page.snapshot_row import SnapshotRow
from geopark_app.i18n import gettext as _
from geopark_app.settings import MachineSettings

_FOLDER_NAME = "geopark-langson"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCatalogue:
    """The answers: a folder, what to start with, who works, on which laptop.

    With a `snapshot` of the office it starts with that.
    """

    folder: Path
    starter: str
    person: str
    device: str
    snapshot: Path | None = None


class NewCataloguePanel(LanguageAware, QFrame):
    """Asks and checks only what must be known before the first site.

    Signals
    -------
    wanted(NewCatalogue)
        The person has answered everything.
    request_wanted(str, str, Path)
        Person and laptop ask the office to be taken in, by this file.
    """

    wanted = Signal(object)
    request_wanted = Signal(str, str, object)

    def __init__(self, settings: MachineSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self._labels = [QLabel() for _index in range(4)]
        self.langson, self.empty, self.joining = QRadioButton(), QRadioButton(), QRadioButton()
        self.langson.setChecked(True)
        group = QButtonGroup(self)
        for button in (self.langson, self.empty, self.joining):
            group.addButton(button)
        self.snapshot = SnapshotRow()
        self.snapshot.request_asked.connect(self._ask)
        self.joining.toggled.connect(self.snapshot.setVisible)
        self.snapshot.hide()
        self.folder, self.person, self.device = QLineEdit(), QLineEdit(), QLineEdit()
        self._browse, self.create_button = QPushButton(), QPushButton()
        self._trouble = QLabel()
        self._trouble.setProperty("look", "error")
        self._trouble.setWordWrap(True)
        self._lay_out()
        self._browse.clicked.connect(self._choose_folder)
        self.create_button.clicked.connect(self.submit)
        for line in (self.folder, self.person, self.device, self.snapshot.file):
            line.returnPressed.connect(self.submit)
            line.textChanged.connect(self._trouble.clear)
        self.folder.setText(_default_folder())
        self.show_settings(settings)
        self.retranslate()

    def show_settings(self, settings: MachineSettings) -> None:
        """Offer the person and the laptop known so far."""
        if not self.person.text():
            self.person.setText(settings.person)
        if not self.device.text():
            self.device.setText(settings.device)

    def retranslate(self) -> None:
        for label, words in zip(
            self._labels,
            (_("Starts with"), _("Folder"), _("Who is working"), _("Name of this laptop")),
            strict=True,
        ):
            label.setText(words)
        self.langson.setText(_("the Lạng Sơn geopark: 96 sites, 4 routes, 65 communes"))
        self.empty.setText(_("nothing (another geopark)"))
        self.joining.setText(_("the team's work (a snapshot)"))
        self.folder.setAccessibleName(_("Folder"))
        self.person.setAccessibleName(_("Who is working"))
        self.person.setPlaceholderText(_("First and last name"))
        self.device.setAccessibleName(_("Name of this laptop"))
        self._browse.setText(_("Choose…"))
        self.create_button.setText(_("Create the catalogue"))
        self._trouble.clear()

    def submit(self) -> None:
        """Check the answers; say what is missing or hand them over."""
        missing = self._missing()
        if missing is not None:
            line, words = missing
            self._trouble.setText(words)
            line.setFocus()
            return
        self.wanted.emit(
            NewCatalogue(
                folder=Path(self.folder.text().strip()).expanduser(),
                starter="langson" if self.langson.isChecked() else "empty",
                person=self.person.text().strip(),
                device=self.device.text().strip(),
                snapshot=self.snapshot.path if self.joining.isChecked() else None,
            )
        )

    def _ask(self, path: Path) -> None:
        missing = self._missing_name()
        if missing is not None:
            line, words = missing
            self._trouble.setText(words)
            line.setFocus()
            return
        self.request_wanted.emit(self.person.text().strip(), self.device.text().strip(), path)

    def _missing(self) -> tuple[QLineEdit, str] | None:
        folder = Path(self.folder.text().strip()).expanduser()
        if not self.folder.text().strip():
            return self.folder, _("Please choose a folder for the catalogue.")
        if folder.is_dir() and any(folder.iterdir()):
            return self.folder, _(
                "This folder is not empty. Choose an empty or a new folder; nothing was changed."
            )
        if self.joining.isChecked() and not self.snapshot.file.text().strip():
            return self.snapshot.file, _("Please choose the snapshot the office gave you.")
        return self._missing_name()

    def _missing_name(self) -> tuple[QLineEdit, str] | None:
        if not self.person.text().strip():
            return self.person, _("Please write who is working; it stands beside every save.")
        if not self.device.text().strip():
            return self.device, _("Please give this laptop a name.")
        return None

    def _choose_folder(self) -> None:
        start = str(Path(self.folder.text()).expanduser().parent)
        chosen = QFileDialog.getExistingDirectory(self, _("Folder for the catalogue"), start)
        if chosen:
            folder = Path(chosen)
            self.folder.setText(str(folder / _FOLDER_NAME if any(folder.iterdir()) else folder))

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 14, 16, 14)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        starters = QHBoxLayout()
        starters.setSpacing(24)
        starters.addWidget(self.langson)
        starters.addWidget(self.empty)
        starters.addWidget(self.joining)
        starters.addStretch(1)
        folder = QHBoxLayout()
        folder.setSpacing(6)  # inside a grid of two spacings it would have none
        folder.addWidget(self.folder, 1)
        folder.addWidget(self._browse)
        fields: tuple[QHBoxLayout | QLineEdit, ...] = (starters, folder, self.person, self.device)
        for row, field in enumerate(fields):
            grid.addWidget(self._labels[row], row, 0)
            if isinstance(field, QHBoxLayout):
                grid.addLayout(field, row, 1)
            else:
                self._labels[row].setBuddy(field)
                grid.addWidget(field, row, 1)
        grid.addWidget(self.snapshot, len(fields), 0, 1, 2)
        grid.setColumnStretch(1, 1)
        outer.addLayout(grid)
        foot = QHBoxLayout()
        foot.addWidget(self._trouble, 1)
        self.create_button.setProperty("look", "primary")
        foot.addWidget(self.create_button)
        outer.addLayout(foot)


def _default_folder() -> str:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    base = Path(documents or QDir.homePath())
    folder = base / _FOLDER_NAME
    number = 2
    while folder.exists():
        folder = base / f"{_FOLDER_NAME}-{number}"
        number += 1
    return str(folder)
