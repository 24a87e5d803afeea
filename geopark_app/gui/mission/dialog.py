"""The mission planner: agenda, people, questions and test drive of one mission."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.finding import Severity
from geopark_app.domain.kinds import Mission, MissionNote, Recommendation
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.evidence.parts import push
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.mission.agenda_part import AgendaPart
from geopark_app.gui.mission.deeds import MissionDeeds
from geopark_app.gui.mission.lists import LogPart, PeoplePart
from geopark_app.gui.mission.new_dialog import NewMissionDialog
from geopark_app.gui.mission.rehearsal import RehearsalPart
from geopark_app.gui.records_room.deeds import MadeRecord, add_linked
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations import mission_log as log
from geopark_app.operations import mission_planning as planning
from geopark_app.operations import mission_rehearsal as runs
from geopark_app.operations.mission_booklet import write_booklet
from geopark_app.operations.missions import OpenMission, find_mission, open_mission
from geopark_app.operations.recommendations import AddedRecommendation
from geopark_app.operations.records import delete_record
from geopark_app.operations.vocabularies import all_labels

_OURS = {
    "mission", "mission_day", "mission_stop", "mission_person", "mission_note", "drive_time",
    "rehearsal_step", "site", "visit", "answer", "commune", "border_rule", "recommendation",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    mission: OpenMission | None
    notes: tuple[MissionNote, ...]
    numbers: dict[str, str]


class MissionDialog(QDialog):
    """Plans a mission and goes through it.

    Attributes
    ----------
    which : QComboBox
        The missions.
    agenda : AgendaPart
        Days and entries.
    people, log, rehearsal : PeoplePart, LogPart, RehearsalPart
        The other tabs.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._mission: OpenMission | None = None
        self._deeds = MissionDeeds(session, self)
        self.setWindowTitle(_("Mission planner"))
        self.which = QComboBox()
        self.which.setAccessibleName(_("Mission"))
        self.which.setMinimumContentsLength(30)
        self.which.activated.connect(lambda _at: self.read())
        self.state = QLabel()
        self.state.setProperty("look", "strong")
        self.agenda = AgendaPart(self._deeds)
        self.agenda.day_changed.connect(self._show_run)
        self.people = PeoplePart(all_labels(session.context))
        self.people.added.connect(self._add_person)
        self.people.opened.connect(lambda uuid: self._deeds.open_record("mission_person", uuid))
        self.people.removed.connect(self._remove_person)
        self.log = LogPart()
        self.log.asked.connect(self._ask)
        self.log.opened.connect(lambda uuid: self._deeds.open_record("mission_note", uuid))
        self.log.recommended.connect(self._recommend)
        self.rehearsal = RehearsalPart()
        self.rehearsal.ticked.connect(self._tick)
        self.rehearsal.taken.connect(self._take_drives)
        self._run: runs.TestDrive | None = None
        self.tabs = QTabWidget()
        self.tabs.addTab(self.agenda, _("Agenda"))
        self.tabs.addTab(self.people, _("People met"))
        self.tabs.addTab(self.rehearsal, _("Test drive"))
        self.tabs.addTab(self.log, _("Questions and answers"))
        self._lay_out()
        self._fill_missions()
        session.changes.changes_stored.connect(self._take_changes)
        self.read()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.which)
        self.new_button = push(_("New mission…"), self._ask_for_mission)
        self.open_button = push(_("Mission data…"), self._open_mission)
        top.addWidget(self.new_button)
        top.addWidget(self.open_button)
        top.addStretch(1)
        top.addWidget(self.state)
        foot = QHBoxLayout()
        self.booklet_button = push(_("Write the booklet…"), self._export)
        self.paper = QComboBox()
        self.paper.setAccessibleName(_("Size of the pages"))
        for key in ("a5", "a4"):
            self.paper.addItem(key.upper(), key)
        foot.addWidget(self.booklet_button)
        foot.addWidget(self.paper)
        foot.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addWidget(self.tabs, 1)
        column.addLayout(foot)
        self.resize(theme.scaled(1280), theme.scaled(660))
        self.new_button.setEnabled(not self._session.is_read_only)

    # Showing ----------------------------------------------------------------------------------

    def _fill_missions(self, chosen: str = "") -> None:
        missions = self._session.context.catalogue.records(Mission)
        chosen = chosen or str(self.which.currentData() or "")
        self.which.clear()
        for one in sorted(missions, key=lambda one: one.starts_on or "", reverse=True):
            self.which.addItem(pick(one.name_vi, one.name_en), one.uuid)
        self.which.setCurrentIndex(max(self.which.findData(chosen), 0) if missions else -1)

    def read(self) -> None:
        """Read the mission chosen beside the window."""
        context, uuid = self._session.context, str(self.which.currentData() or "")

        def work(_progress: ReportProgress, _cancel: CancelToken) -> _Read:
            if not uuid:
                return _Read(mission=None, notes=(), numbers={})
            numbers = {
                one.uuid: one.number or "✓" for one in context.catalogue.records(Recommendation)
            }
            return _Read(
                mission=open_mission(context, find_mission(context, uuid)),
                notes=tuple(log.notes_of(context, uuid)),
                numbers=numbers,
            )

        self._session.run_beside(work, while_alive(self, self._show))

    def _show(self, found: _Read) -> None:
        mission, read_only = found.mission, self._session.is_read_only
        self._mission = self._deeds.mission = mission
        self.agenda.show_mission(mission, read_only=read_only)
        self.people.show_mission(mission, read_only=read_only)
        self.log.show_notes(found.notes, found.numbers, read_only=read_only)
        self.log.set_writable(writable=mission is not None and not read_only)
        self.open_button.setEnabled(mission is not None)
        self.booklet_button.setEnabled(mission is not None)
        self.tabs.setEnabled(mission is not None)
        if mission is None:
            self.state.setText(_("There is no mission yet."))
            return
        grave = sum(one.severity is Severity.ERROR for one in mission.conflicts)
        self.state.setText(
            _("{days} days · {stops} entries · {grave} grave conflicts").format(
                days=len(mission.days), stops=len(mission.stops), grave=grave
            )
        )

    def _show_run(self) -> None:
        mission, day = self._mission, self.agenda.day()
        if mission is None or not day or self.agenda.mission is not mission:
            return
        context = self._session.context
        run = runs.read_run(
            context,
            mission.mission.uuid,
            day,
            run_on=runs.today_of(context),
            weather=self.agenda.weather(),
        )
        if any(step.stop and step.stop.uuid not in mission.stops for step in run.steps):
            return  # a stop was added since the mission was read; it is being read again
        self._run = run
        self.rehearsal.show_run(mission, run, read_only=self._session.is_read_only)

    def _take_changes(self, changes: Changes) -> None:
        kinds = {kind for kind, _uuid in changes.touched}
        if "mission" in kinds:
            self._fill_missions()
        if kinds & _OURS:
            self.read()

    def _open_mission(self) -> None:
        if self._mission is not None:
            self._deeds.open_record("mission", self._mission.mission.uuid)

    # Writing ----------------------------------------------------------------------------------

    def _ask_for_mission(self) -> None:
        dialog = NewMissionDialog(self._session.context.now().date(), self)
        dialog.accepted.connect(lambda: self.make(*dialog.entered()))
        dialog.open()

    def make(self, name_vi: str, name_en: str, starts_on: str, ends_on: str) -> None:
        """Make a mission and show it."""
        reason = _("New mission: {name}").format(name=name_vi)

        def made(result: planning.MadeMission) -> None:
            self._fill_missions(result.mission.uuid)
            self.read()

        self._session.run(
            lambda context: planning.new_mission(
                context,
                name_vi,
                name_en=name_en,
                starts_on=starts_on,
                ends_on=ends_on,
                reason=reason,
            ),
            while_alive(self, made),
        )

    def _add_person(self) -> None:
        if self._mission is None:
            return
        typed = {"mission_uuid": self._mission.mission.uuid, "name": _("New person")}
        if key := self.agenda.tree.chosen():
            typed["stop_uuid"] = key

        def added(made: MadeRecord) -> None:
            self._deeds.open_record("mission_person", made.uuid)

        self._session.run(
            lambda context: add_linked(context, "mission_person", typed), while_alive(self, added)
        )

    def _remove_person(self, uuid: str) -> None:
        reason = _("Plan of the mission")
        self._session.run(
            lambda context: delete_record(context, "mission_person", uuid, reason=reason)
        )

    def _ask(self, question: str, answer: str, by: str, oral: bool) -> None:
        if self._mission is None:
            return
        uuid, reason = self._mission.mission.uuid, _("Mission log")
        self._session.run(
            lambda context: log.add_note(
                context,
                uuid,
                question,
                answer=answer,
                asked_by=by,
                is_recommendation=oral,
                reason=reason,
            )
        )

    def _recommend(self, uuid: str) -> None:
        note = self._session.context.catalogue.get(MissionNote, uuid)
        if note is None:
            return
        reason = _("Make a recommendation")

        def made(result: AddedRecommendation) -> None:
            number = result.record.number or ""
            self._session.messages.done(
                _("Recommendation {number} was made.").format(number=number)
            )

        self._session.run(
            lambda context: log.make_recommendation(context, note, reason=reason),
            while_alive(self, made),
        )

    def _tick(self, stop: str, event: str, typed: str | None) -> None:
        run, reason = self._run, _("Test drive")
        if run is not None:
            self._session.run(
                lambda context: runs.tick(context, run, stop, event, typed=typed, reason=reason),
                on_failed=while_alive(self, self._not_ticked),
            )

    def _not_ticked(self, error: BaseException) -> None:
        self._session.messages.error(error)
        self._show_run()

    def _take_drives(self) -> None:
        run = self._run
        if run is not None:
            reason = _("Take measured drives of {day}").format(day=run.run_on)
            self._session.run(
                lambda context: runs.take_drives(context, run, run.drives, reason=reason)
            )

    def _export(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self,
            _("Write the booklet"),
            self._session.export_path("mission-booklet.pdf"),
            "PDF (*.pdf)",
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the booklet of the mission shown."""
        mission, context = self._mission, self._session.context
        paper = str(self.paper.currentData())
        if mission is None:
            return

        def work(_progress: ReportProgress, cancel: CancelToken) -> int:
            return write_booklet(context, mission, path, cancel, paper=paper)

        def done(pages: int) -> None:
            self._session.messages.done(
                _("Written: {path} ({pages} pages)").format(path=path, pages=pages)
            )

        self._session.run_beside(work, while_alive(self, done), label=_("Booklet of the mission"))
