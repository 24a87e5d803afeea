"""What a person does to a mission, each deed one save that can be undone."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QInputDialog, QVBoxLayout, QWidget

from geopark_app.domain.change import Changes
from geopark_app.domain.kinds import MissionDay, Route, Site, kind_named
from geopark_app.gui import theme
from geopark_app.gui.evidence.pickers import FilterList
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.photos.site_picker import site_words
from geopark_app.gui.records_room.record_dialog import RecordDialog
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations import mission_planning as planning
from geopark_app.operations.context import AppContext
from geopark_app.operations.missions import OpenMission
from geopark_app.operations.records import delete_record, set_fields
from geopark_app.operations.vocabularies import terms

_SIMPLE = ("visit",)
"""Kinds of entries that have a way of their own to be added."""


class SitesDialog(QDialog):
    """Chooses sites to be added to a day."""

    def __init__(self, sites: Sequence[Site], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Sites for this day"))
        self.sites = FilterList(_("Sites"))
        self.sites.fill([(site.uuid, site_words(site)) for site in sites])
        self.sites.list.itemActivated.connect(lambda _item: self.accept())
        self._by_key = {site.uuid: site for site in sites}
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.sites, 1)
        column.addWidget(buttons)
        self.resize(theme.scaled(520), theme.scaled(520))
        self.finished.connect(self.deleteLater)

    def chosen(self) -> list[Site]:
        """Give the sites chosen."""
        return [self._by_key[str(key)] for key in self.sites.chosen()]


class MissionDeeds(QObject):
    """Writes to the mission that is shown.

    Attributes
    ----------
    mission : OpenMission or None
        The mission shown.
    """

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._options = FormOptions(session, self)
        self.mission: OpenMission | None = None

    def routes(self) -> list[Route]:
        """Give the visitor routes in their order."""
        routes = self._session.context.catalogue.records(Route)
        return sorted(routes, key=lambda route: route.number or 0)

    def entry_kinds(self) -> list[tuple[str, str]]:
        """Give the kinds of entries without a site, with their names."""
        found = terms(self._session.context, "mission_stop_kind")
        labels = self._options
        return [
            (term.code or "", labels.label_of("mission_stop_kind", term.code or ""))
            for term in found
            if term.code not in _SIMPLE
        ]

    def _run(self, deed: Callable[[AppContext], object]) -> None:
        if not self._session.is_read_only:
            self._session.run(deed)

    def _reason(self) -> str:
        return _("Plan of the mission")

    def open_record(self, kind: str, uuid: str) -> None:
        """Show a record in its form."""
        RecordDialog(self._session, self._options, kind_named(kind), uuid, self._window).open()

    def open_stop(self, key: str) -> None:
        """Show an entry in its form."""
        if key:
            self.open_record("mission_stop", key)

    def open_day(self, day: str) -> None:
        """Show a day in its form; it is made where it was not there."""
        mission = self.mission
        if mission is None:
            return
        uuid = planning.day_key(mission.mission.uuid, day)
        if self._session.context.catalogue.get(MissionDay, uuid) is not None:
            self.open_record("mission_day", uuid)
            return
        reason = self._reason()

        def made(_changes: Changes) -> None:
            self.open_record("mission_day", uuid)

        self._session.run(
            lambda context: planning.set_departure(
                context, mission.mission.uuid, day, "08:00", reason=reason
            ),
            while_alive(self, made),
        )

    def set_field(self, key: str, field: str, typed: str) -> None:
        """Write one field of an entry."""
        reason = self._reason()
        self._run(
            lambda context: set_fields(context, "mission_stop", key, {field: typed}, reason=reason)
        )

    def set_drive(self, before: str, key: str, minutes: int | None) -> None:
        """Say how long the drive to an entry takes."""
        reason = self._reason()
        self._run(lambda context: planning.set_drive(context, before, key, minutes, reason=reason))

    def set_departure(self, day: str, typed: str) -> None:
        """Say when a day begins."""
        mission = self.mission
        if mission is not None:
            uuid, reason = mission.mission.uuid, self._reason()
            self._run(
                lambda context: planning.set_departure(context, uuid, day, typed, reason=reason)
            )

    def put_in_order(self, day: str, keys: list[str]) -> None:
        """Let a day consist of these entries in this order."""
        mission = self.mission
        if mission is not None:
            uuid, reason = mission.mission.uuid, self._reason()
            self._run(
                lambda context: planning.put_in_order(context, uuid, day, keys, reason=reason)
            )

    def move_to_day(self, key: str, day: str) -> None:
        """Move an entry to the end of another day."""
        mission = self.mission
        if mission is None or not key:
            return
        keys = [
            one.record.uuid
            for one in mission.stops.values()
            if one.record.day_on == day and one.record.uuid != key
        ]
        self.put_in_order(day, [*keys, key])

    def remove(self, key: str) -> None:
        """Put an entry into the trash."""
        if key:
            reason = self._reason()
            self._run(lambda context: delete_record(context, "mission_stop", key, reason=reason))

    def ask_for_sites(self, day: str) -> None:
        """Let sites be chosen and add them to a day."""
        sites = self._session.context.catalogue.records_in_part(
            Site, ["code", "name_vi", "name_en"]
        )
        dialog = SitesDialog(sorted(sites, key=lambda one: one.code or ""), self._window)
        dialog.accepted.connect(lambda: self.add_sites(day, dialog.chosen()))
        dialog.open()

    def add_sites(self, day: str, sites: list[Site]) -> None:
        """Add visits of sites at the end of a day."""
        mission = self.mission
        if mission is not None and sites:
            uuid, reason = mission.mission.uuid, self._reason()
            self._run(lambda context: planning.add_sites(context, uuid, day, sites, reason=reason))

    def add_route(self, day: str, route: Route) -> None:
        """Add the stops of a visitor route at the end of a day."""
        mission = self.mission
        if mission is not None:
            uuid, reason = mission.mission.uuid, self._reason()
            self._run(lambda context: planning.add_route(context, uuid, day, route, reason=reason))

    def add_entry(self, day: str, kind: str, label: str) -> None:
        """Ask where, and add an entry without a site."""
        place, is_given = QInputDialog.getText(self._window, label, _("Place:"))
        if is_given:
            self.add_place(day, kind, place)

    def add_place(self, day: str, kind: str, place: str) -> None:
        """Add an entry without a site at the end of a day."""
        mission = self.mission
        if mission is not None:
            uuid, reason = mission.mission.uuid, self._reason()
            self._run(
                lambda context: planning.add_entry(
                    context, uuid, day, kind=kind, place_vi=place, reason=reason
                )
            )
