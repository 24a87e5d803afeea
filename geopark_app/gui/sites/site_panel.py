"""Everything about one site: its heading, photos, place, findings and the form."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.declaration import Record, kind_of
from geopark_app.domain.kinds import Commune, Site
from geopark_app.gui import theme
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.forms.record_form import RecordForm
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.map.mini_map import MiniMap
from geopark_app.gui.photos.strip import PhotoStrip
from geopark_app.gui.photos.viewer import PhotoViewer
from geopark_app.gui.records_room.linked import LinkedLists
from geopark_app.gui.session import Session
from geopark_app.gui.sites.coordinates import CoordinatesCard
from geopark_app.gui.sites.derived_facts import DerivedFacts
from geopark_app.gui.sites.findings_list import FindingsList
from geopark_app.i18n import gettext as _
from geopark_app.operations.records import set_field
from geopark_app.operations.sites import site_findings

_MAP_HEIGHT = 168


class SitePanel(LanguageAware, QWidget):
    """Shows one site; empty it says that none is chosen.

    Signals
    -------
    map_wanted(str), copy_wanted(str), trash_wanted(str), history_wanted(str)
        Deeds on the site shown.
    """

    map_wanted = Signal(str)
    copy_wanted = Signal(str)
    trash_wanted = Signal(str)
    history_wanted = Signal(str)

    def __init__(
        self, session: Session, options: FormOptions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._options = options
        self.site: Site | None = None
        self.title = QLabel()
        self.title.setWordWrap(True)
        self.title.setProperty("look", "heading")
        self.subtitle = QLabel()
        self.subtitle.setWordWrap(True)
        self.subtitle.setProperty("look", "muted")
        self.kind_chip = QLabel()
        self.kind_chip.setProperty("look", "chip")
        self.deeds: dict[str, QToolButton] = {}
        self.photos = PhotoStrip(session)
        self.photos.photo_opened.connect(self.open_photo)
        self.viewer: PhotoViewer | None = None
        self.map = MiniMap()
        self.map.setFixedHeight(theme.scaled(_MAP_HEIGHT))
        self.coordinates = CoordinatesCard(session, options)
        self.findings = FindingsList()
        self.form = RecordForm(session, kind_of(Site), options, title="name_vi")
        self.form.record_changed.connect(self._site_read)
        self.form.places_read.connect(self.map.show_readings)
        self.linked = LinkedLists(session, options)
        self.derived = DerivedFacts(session, options)
        self.findings.field_wanted.connect(self.go_to_field)
        self.findings.commune_wanted.connect(self._take_commune)
        self.page = QScrollArea()
        self._lay_out()
        self.retranslate()
        self.show_site("")

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.title)
        names.addWidget(self.subtitle)
        heading = QHBoxLayout()
        heading.addLayout(names, 1)
        heading.addWidget(self.kind_chip, 0, Qt.AlignmentFlag.AlignTop)
        for name, sign, signal in (
            ("map", "map-marker-outline", self.map_wanted),
            ("copy", "content-duplicate", self.copy_wanted),
            ("history", "history", self.history_wanted),
            ("trash", "trash-can-outline", self.trash_wanted),
        ):
            button = QToolButton()
            button.setIcon(icon(sign))
            button.setAutoRaise(True)
            button.clicked.connect(lambda _=False, wanted=signal: self._ask(wanted))
            self.deeds[name] = button
            heading.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        place = QHBoxLayout()
        place.setSpacing(12)
        place.addWidget(self.map, 3)
        place.addWidget(self.coordinates, 4)
        page = QWidget()
        page.setProperty("look", "page")
        inside = QVBoxLayout(page)
        inside.setContentsMargins(2, 0, 10, 0)
        inside.setSpacing(8)
        inside.addWidget(self.photos)
        inside.addLayout(place)
        inside.addWidget(self.findings)
        inside.addWidget(self.form)
        inside.addWidget(self.linked)
        inside.addWidget(self.derived)
        inside.addStretch(1)
        self.page.setWidget(page)
        self.page.setWidgetResizable(True)
        self.page.setFrameShape(QFrame.Shape.NoFrame)
        self.page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(heading)
        column.addWidget(self.page, 1)

    def _ask(self, wanted: Signal) -> None:
        if self.site is not None:
            wanted.emit(self.site.uuid)  # type: ignore[attr-defined]

    def show_site(self, uuid: str) -> None:
        """Show a site; what was typed into the one before is saved."""
        site = self._session.context.catalogue.get(Site, uuid) if uuid else None
        changed = site is None or self.site is None or site.uuid != self.site.uuid
        self.site = site
        self.page.setVisible(site is not None)
        for name, button in self.deeds.items():
            may_do = name == "map" or not self._session.is_read_only
            button.setEnabled(site is not None and may_do)
        if changed:
            self.photos.show_site(uuid if site is not None else "")
            self.form.show_record(site)
            self.linked.show_record(kind_of(Site), site)
            self.page.verticalScrollBar().setValue(0)
        self._write()

    def _site_read(self, record: Record) -> None:
        if isinstance(record, Site):
            self.site = record
            self._write()

    def _write(self) -> None:
        site = self.site
        if site is None:
            self.title.setText(_("Choose a site in the list, or add one."))
            self.subtitle.clear()
            self.kind_chip.hide()
            return
        name = site.name_vi or _("Site without a name")
        self.title.setText(" · ".join(part for part in (site.code, name) if part))
        self.subtitle.setText(site.name_en or "")
        self.kind_chip.setText(self._options.label_of("site_kind", site.site_kind or ""))
        self.kind_chip.setVisible(bool(site.site_kind))
        self._write_place(site)
        self.derived.show_site(site)
        self.findings.show_findings(site_findings(self._session.context, site.uuid))

    def _write_place(self, site: Site) -> None:
        commune = self._commune(site)
        name = commune.name_vi or "" if commune is not None else ""
        at = commune.position if commune is not None else None
        point = (at.lon, at.lat) if at and at.lon is not None and at.lat is not None else None
        self.map.show_position(site.position, point, name)
        self.coordinates.show_position(site.position, name)

    def _commune(self, site: Site) -> Commune | None:
        if not site.commune_code:
            return None
        catalogue = self._session.context.catalogue
        found = catalogue.records(Commune, where={"code": site.commune_code})
        return found[0] if found else None

    def go_to_field(self, field: str) -> None:
        """Open the group of a field, or a list, scroll to it and put the cursor in it."""
        if self.linked.open_list(field):
            self.form.adjustSize()
            self.page.ensureWidgetVisible(self.linked)
            return
        row = self.form.row_of(field)
        if row is not None:
            # The group was perhaps opened just now: its place is known after the layout.
            self.form.adjustSize()
            self.page.ensureWidgetVisible(row)
            row.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_commune(self, code: str) -> None:
        """Give the site the commune its position lies in; one step to undo."""
        site = self.site
        if site is None or self._session.is_read_only:
            return
        self.flush()
        name, uuid = " ".join(part for part in (site.code, site.name_vi) if part), site.uuid
        reason = _("Commune of {site} by its position").format(site=name)
        self._session.run(
            lambda context: set_field(context, "site", uuid, "commune_code", code, reason=reason)
        )

    def open_photo(self, uuid: str) -> None:
        """Show a photo of this site large."""
        if self.viewer is None:
            self.viewer = PhotoViewer(self._session, self._options, self)
        self.viewer.show_photo(uuid)
        self.viewer.open()

    def flush(self) -> None:
        """Make the saves of everything typed here."""
        self.form.flush()

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        for name, words in (
            ("map", _("Show on the map")),
            ("copy", _("Copy this site (Ctrl+D)")),
            ("history", _("History (Ctrl+H)")),
            ("trash", _("Move to the trash")),
        ):
            is_barred = name != "map" and self._session.is_read_only
            barred = _("This catalogue can only be read here.")
            self.deeds[name].setToolTip(f"{words}\n{barred}" if is_barred else words)
            self.deeds[name].setAccessibleName(words)
        self._write()
