"""What a person chooses for a dossier, and the widgets to choose it with."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.kinds import Route
from geopark_app.gui.dossier.part_list import PartList
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.vocabularies import terms

FORMATS = (("pdf", "PDF"), ("docx", "Word"), ("xlsx", "Excel"), ("gpkg", "GeoPackage"))
_FOLDER_NAME = "dossier"


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierChoice:
    """The choices, as `operations.dossier` names them; `folder` is where it is written."""

    kind: str
    filters: dict[str, str] = field(default_factory=dict)
    parts: tuple[str, ...]
    languages: tuple[str, ...]
    formats: tuple[str, ...]
    audience: str
    folder: Path
    is_final: bool = False


class DossierChoices(LanguageAware, QFrame):
    """The form at the left of the room.

    Signals
    -------
    changed()
        Something was chosen anew.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setProperty("look", "panel")
        self.kind, self.sites, self.route = QComboBox(), QComboBox(), QComboBox()
        self.language, self.audience = QComboBox(), QComboBox()
        self.formats = {code: QCheckBox(name) for code, name in FORMATS}
        self.parts = PartList()
        self.final = QCheckBox()
        self.folder = QLineEdit(str(_default_folder(session)))
        self.browse = QPushButton()
        self.browse.clicked.connect(self._choose_folder)
        self._labels = [QLabel() for _index in range(8)]
        self._lay_out()
        for box in self.formats.values():
            box.setChecked(True)
            box.toggled.connect(self.changed)
        for combo in (self.kind, self.sites, self.route, self.language, self.audience):
            combo.currentIndexChanged.connect(self.changed)
            # A long route name must not widen the room.
            combo.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            combo.setMinimumContentsLength(12)
        self.parts.changed.connect(self.changed)
        self.final.toggled.connect(self.changed)
        self.folder.textChanged.connect(self.changed)
        self.folder.textChanged.connect(self.folder.setToolTip)
        self.folder.setToolTip(self.folder.text())
        self.retranslate()
        self._recall(session.settings.dossier)

    def choice(self) -> DossierChoice:
        """Give what is chosen now."""
        filters = {"kind": str(self.sites.currentData())}
        if self.route.currentData():
            filters["route"] = str(self.route.currentData())
        return DossierChoice(
            kind=str(self.kind.currentData()),
            filters=filters,
            languages=tuple(str(self.language.currentData()).split(",")),
            formats=tuple(code for code, box in self.formats.items() if box.isChecked()),
            audience=str(self.audience.currentData()),
            folder=Path(self.folder.text().strip()).expanduser(),
            parts=self.parts.chosen(),
            is_final=self.final.isChecked(),
        )

    def remember(self) -> None:
        """Keep the choices for the next time; the folder belongs to the catalogue and is not."""
        choice = self.choice()
        content = {
            "kind": choice.kind,
            "parts": list(choice.parts),
            "languages": ",".join(choice.languages),
            "formats": list(choice.formats),
            "audience": choice.audience,
            "sites": choice.filters["kind"],
        }
        self._session.change_settings(dossier=json.dumps(content))

    def _recall(self, remembered: str) -> None:
        try:
            content = json.loads(remembered or "{}")
        except ValueError:
            return
        if not isinstance(content, dict):
            return
        for combo, name in (
            (self.kind, "kind"),
            (self.language, "languages"),
            (self.audience, "audience"),
            (self.sites, "sites"),
        ):
            combo.setCurrentIndex(max(combo.findData(content.get(name)), 0))
        if isinstance(formats := content.get("formats"), list):
            for code, box in self.formats.items():
                box.setChecked(code in formats)
        if isinstance(parts := content.get("parts"), list):
            self.parts.choose([str(part) for part in parts])

    @property
    def is_complete(self) -> bool:
        """Say whether a dossier can be built from the choices."""
        has_format = any(box.isChecked() for box in self.formats.values())
        return has_format and bool(self.parts.chosen()) and bool(self.folder.text().strip())

    def retranslate(self) -> None:
        words = (
            _("Kind of dossier"),
            _("Sites"),
            _("Route"),
            _("Language"),
            _("Parts of the dossier"),
            _("Formats"),
            _("For whom"),
            _("Folder"),
        )
        for label, text in zip(self._labels, words, strict=True):
            label.setText(text)
        _fill(self.kind, [("revalidation", _("revalidation")), ("application", _("application"))])
        context = self._session.context
        kinds = [
            (term.code or "", pick(term.label_vi, term.label_en))
            for term in terms(context, "site_kind")
        ]
        kinds.sort(key=lambda item: item[0] != "geosite")
        _fill(self.sites, [*kinds, ("all", _("all sites"))])
        routes = sorted(context.catalogue.records(Route), key=lambda route: route.number or 0)
        _fill(
            self.route,
            [
                ("", _("all routes")),
                *(
                    (str(route.number), f"{route.number}. {pick(route.name_vi, route.name_en)}")
                    for route in routes
                ),
            ],
        )
        _fill(
            self.language,
            [("vi,en", _("Vietnamese and English")), ("vi", _("Vietnamese")), ("en", _("English"))],
        )
        _fill(
            self.audience,
            [
                ("evaluators", _("evaluators")),
                ("internal", _("internal use")),
                ("public", _("the public")),
            ],
        )
        self.parts.retranslate()
        self.final.setText(_("Final: nothing unfinished"))
        self.final.setToolTip(
            _("Refuse while anything is SAMPLE, PROVISIONAL, by commune only or a sketch.")
        )
        self.browse.setText(_("Choose…"))
        self.folder.setAccessibleName(_("Folder"))

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, _("Folder for the dossier"), str(Path(self.folder.text()).parent)
        )
        if chosen:
            self.folder.setText(str(Path(chosen) / _FOLDER_NAME))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(4)
        formats = QGridLayout()
        for index, box in enumerate(self.formats.values()):
            formats.addWidget(box, index // 2, index % 2)
        folder = QHBoxLayout()
        folder.setSpacing(6)  # inside a form of two spacings it would have none
        folder.addWidget(self.folder, 1)
        folder.addWidget(self.browse)
        fields: tuple[QWidget | QGridLayout | QHBoxLayout, ...] = (
            self.kind,
            self.sites,
            self.route,
            self.language,
            self.parts,
            formats,
            self.audience,
            folder,
        )
        for label, widget in zip(self._labels, fields, strict=True):
            label.setProperty("look", "muted")
            if isinstance(widget, QWidget):
                label.setBuddy(widget)
                form.addRow(label, widget)
            else:
                form.addRow(label, widget)
        column.addLayout(form)
        column.addWidget(self.final)


def _fill(combo: QComboBox, items: list[tuple[str, str]]) -> None:
    chosen = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    for code, label in items:
        combo.addItem(label, code)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
    combo.blockSignals(False)


def _default_folder(session: Session) -> Path:
    folder = session.context.catalogue.folder
    if not session.is_read_only:
        return folder.exports_dir.resolve() / _FOLDER_NAME
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) / _FOLDER_NAME
