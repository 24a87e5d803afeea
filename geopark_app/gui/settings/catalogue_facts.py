"""What the open catalogue is: folder, key, format, editions, and what is not handed over."""

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from geopark_app.domain.kinds import Checklist, Site
from geopark_app.gui.language import LanguageAware
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.catalogues import profile_of
from geopark_app.operations.context import AppContext
from geopark_app.store.folder import FORMAT_VERSION
from geopark_app.store.schema_version import HEAD_REVISION


class CatalogueFacts(LanguageAware, QWidget):
    """A table of two columns; everything in it can be copied."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[QLabel, QLabel]] = []

    def retranslate(self) -> None:
        for row, (name, value) in enumerate(self._facts()):
            if row == len(self._rows):
                self._rows.append(self._add_row(row))
            label, field = self._rows[row]
            label.setText(name)
            field.setText(value)

    def _add_row(self, row: int) -> tuple[QLabel, QLabel]:
        label, field = QLabel(), QLabel()
        label.setProperty("look", "muted")
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        field.setWordWrap(True)
        field.setTextFormat(Qt.TextFormat.PlainText)
        field.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(field, row, 1)
        return label, field

    def _facts(self) -> list[tuple[str, str]]:
        context = self._context
        catalogue, profile = context.catalogue, profile_of(context)
        folder = catalogue.folder
        body = pick(
            str(profile.get("managing_body_vi") or ""), str(profile.get("managing_body_en") or "")
        )
        if body and profile.get("managing_body_status") == "provisional":
            body = _("{words} (provisional)").format(words=body)
        editions = ", ".join(item.edition or "" for item in catalogue.records(Checklist))
        return [
            (_("Folder"), str(folder.root.resolve())),
            (
                _("Geopark"),
                pick(str(profile.get("name_vi") or ""), str(profile.get("name_en") or "")),
            ),
            (_("Managing body"), body or "–"),
            (_("Sites"), QLocale().toString(len(catalogue.records(Site)))),
            (
                _("Writing"),
                _("only reading is possible")
                if catalogue.is_read_only
                else _("reading and writing"),
            ),
            (
                _("Purpose"),
                _("sample or practice; no team accepts it")
                if folder.is_sample
                else _("the office's own records"),
            ),
            (_("Own saves not handed over"), QLocale().toString(context.catalogue.pending_saves())),
            (_("Checklists"), editions or "–"),
            (_("Catalogue key"), folder.catalogue_id),
            (_("Signing key of this laptop"), context.author.author_id),
            (_("Format"), f"{FORMAT_VERSION} · {HEAD_REVISION}"),
        ]
