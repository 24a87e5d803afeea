"""The team page: every laptop with its role; roles, leaving, history and the office key."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import Record
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.domain.roles import CHOSEN_ROLES, Role
from geopark_app.gui.editing.plain_table import PlainTable
from geopark_app.gui.editing.value_words import when_words
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.texts import date_text
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.gui.sync.leave_dialog import LeaveDialog
from geopark_app.gui.sync.removal_dialog import RemovalDialog
from geopark_app.i18n import gettext as _
from geopark_app.operations.context import AppContext
from geopark_app.operations.fork_repair import Repaired, repair_fork
from geopark_app.operations.leaving import Leaving, reassign, what_is_left, write_record
from geopark_app.operations.purging import (
    RemovalState,
    drop_backups,
    named_record,
    removal_states,
    remove_for_good,
)
from geopark_app.operations.recovery import recover, write_recovery_sheet
from geopark_app.operations.team_roles import (
    MembershipChange,
    administrators,
    give_role,
    membership_history,
)
from geopark_app.operations.teams import Team, current_team
from geopark_app.operations.trash import title_of
from geopark_app.sync.membership import Member
from geopark_app.wording.field_names import field_label
from geopark_app.wording.roles import role_name, role_words

Read = tuple[Team | None, list[MembershipChange]]


class TeamPage(LanguageAware, QWidget):
    """Who may do what; the buttons work where the office key lies.

    Attributes
    ----------
    members, history : PlainTable
        The laptops; what the lists changed.
    role, leave : QPushButton
        For the laptop chosen.
    sheet, restore : QPushButton
        The office key onto paper, and back.
    repair : QPushButton
        After the disk of this laptop was set back.
    remove : QPushButton
        A person's lawful request.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._team: Team | None = None
        self._changes: list[MembershipChange] = []
        self._is_reading = False
        self.words, self.warning, self.history_label = QLabel(), QLabel(), QLabel()
        for label in (self.words, self.warning):
            label.setWordWrap(True)
        self.warning.setProperty("look", "banner")
        self.warning.setMargin(8)
        self.history_label.setProperty("look", "heading")
        self.members, self.history = PlainTable("members"), PlainTable("memberships")
        self.role, self.leave = QPushButton(), QPushButton()
        self.sheet, self.restore, self.repair, self.remove = (QPushButton() for _number in range(4))
        self.members.itemSelectionChanged.connect(self._show_state)
        self.role.clicked.connect(self._choose_role)
        self.leave.clicked.connect(self._begin_leaving)
        self.sheet.clicked.connect(self._write_sheet)
        self.restore.clicked.connect(self._restore_key)
        self.repair.clicked.connect(self._repair)
        self.remove.clicked.connect(self._look_at_removals)
        self._lay_out()
        self.retranslate()

    def read(self) -> None:
        """Read the team again, beside the window."""
        if self._is_reading:
            return
        self._is_reading = True
        context = self._session.context

        def work(_progress: ReportProgress, _cancel: CancelToken) -> Read:
            team = current_team(context)
            return team, membership_history(context) if team else []

        task = self._session.run_beside(work, while_alive(self, self._take))
        task.ended.connect(self._read_done)

    def retranslate(self) -> None:
        self.role.setText(_("Change the role…"))
        self.leave.setText(_("Person leaves…"))
        self.sheet.setText(_("Recovery sheet…"))
        self.restore.setText(_("Restore the office key…"))
        self.remove.setText(_("Remove values for good…"))
        self.repair.setText(_("Repair the saves of this laptop…"))
        self.history_label.setText(_("History of the team"))
        self.members.setAccessibleName(_("Laptops of the team"))
        self.history.setAccessibleName(self.history_label.text())
        self._fill()

    def _take(self, read: Read) -> None:
        self._team, self._changes = read
        self._fill()

    def _read_done(self) -> None:
        self._is_reading = False

    def _fill(self) -> None:
        team = self._team
        members = team.membership.members if team else ()
        for part in (self.members, self.history, self.history_label):
            part.setVisible(team is not None)
        chosen = max(0, self.members.currentRow())
        self.members.show_rows(
            (_("Person"), _("Laptop"), _("Role"), _("Since"), _("What it may do")),
            [
                (
                    at,
                    (
                        one.person,
                        one.device,
                        role_name(one.role),
                        date_text(one.since[:10]),
                        role_words(one.role),
                    ),
                )
                for at, one in enumerate(members)
            ],
        )
        if members:
            self.members.selectRow(min(chosen, len(members) - 1))
        self.history.show_rows(
            (_("When"), _("Person"), _("Laptop"), _("Before"), _("After")),
            [
                (
                    at,
                    (
                        when_words(one.at),
                        one.person,
                        one.device,
                        role_name(one.before) or "–",
                        role_name(one.after),
                    ),
                )
                for at, one in enumerate(self._changes)
            ],
        )
        self._say(team)
        self._show_state()

    def _say(self, team: Team | None) -> None:
        if team is None:
            self.words.setText(_("No team yet: found or join one on the page Exchange."))
            self.warning.hide()
            return
        if team.has_left:
            self.words.setText(
                _("This laptop is of the team no more: the office took it off the list.")
            )
        elif team.is_office:
            self.words.setText(_("This machine holds the office key: it can change the team."))
        else:
            self.words.setText(
                _("Your role: {role}. {words}").format(
                    role=role_name(team.role), words=role_words(team.role)
                )
            )
        is_alone = team.is_office and len(administrators(team.membership)) < 2
        self.warning.setVisible(is_alone)
        self.warning.setText(
            _(
                "The team has one administrator only: make a second one, and print the recovery "
                "sheet of the office key."
            )
        )

    def _show_state(self) -> None:
        team, member = self._team, self._chosen()
        is_office = team is not None and team.is_office and not self._session.is_read_only
        for button in (self.role, self.leave):
            button.setVisible(is_office)
            button.setEnabled(is_office and member is not None and not member.has_left)
        self.sheet.setVisible(is_office)
        self.remove.setVisible(is_office)
        self.restore.setVisible(team is not None and not team.is_office)
        self.repair.setVisible(team is not None and not self._session.is_read_only)

    def _chosen(self) -> Member | None:
        keys = self.members.chosen_keys()
        if self._team is None or not keys or not isinstance(keys[0], int):
            return None
        members = self._team.membership.members
        return members[keys[0]] if keys[0] < len(members) else None

    def _choose_role(self) -> None:
        member = self._chosen()
        if member is None:
            return
        lines = [f"{role_name(role)}: {role_words(role)}" for role in CHOSEN_ROLES]
        present = CHOSEN_ROLES.index(member.role)
        chosen, agreed = QInputDialog.getItem(
            self,
            _("Role of {person} on {device}").format(person=member.person, device=member.device),
            _("From the saves on that are not here yet:"),
            lines,
            present,
            editable=False,
        )
        if agreed:
            role = CHOSEN_ROLES[lines.index(chosen)]
            self._session.run(
                lambda context: give_role(context, member.device, role),
                while_alive(self, lambda _team: self.read()),
            )

    def _begin_leaving(self) -> None:
        member = self._chosen()
        if member is not None:
            self._session.run(
                lambda context: what_is_left(context, member.device),
                while_alive(self, self._offer_leaving),
            )

    def _offer_leaving(self, leaving: Leaving) -> None:
        people = sorted({one.person for one in self._team.membership.present}) if self._team else []
        people = [one for one in people if one != leaving.member.person]
        dialog = LeaveDialog(leaving, people, parent=self)
        if not dialog.exec():
            return
        to = dialog.successor()
        path = ""
        if dialog.wants_record():
            path, _kind = QFileDialog.getSaveFileName(
                self,
                _("Handover record"),
                self._session.export_path(f"{leaving.member.device}.docx"),
                "*.docx",
            )
            if not path:
                return

        def work(context: AppContext) -> Changes | None:
            give_role(context, leaving.member.device, Role.NONE)
            if path:
                write_record(context, leaving, Path(path), to=to)
            person = leaving.member.person
            return reassign(context, person, to, reason=_("Hand over works")) if to else None

        self._session.run(work, while_alive(self, lambda _none: self._left(leaving, path)))

    def _left(self, leaving: Leaving, path: str) -> None:
        member = leaving.member
        words = _("{person} ({device}) is of the team no more.").format(
            person=member.person, device=member.device
        )
        written = _("Written: {path}").format(path=path) if path else ""
        self._session.messages.done(f"{words} {written}".strip())
        self.read()

    def _write_sheet(self) -> None:
        agreed = self._session.messages.ask(
            self,
            _("Write the office key as a page to print?"),
            yes=_("Write it"),
            detail=_(
                "Whoever has this page can decide who is in the team. Lock it away; do not copy, "
                "photograph or mail it, and delete the file after printing."
            ),
        )
        path = ""
        if agreed:
            path, _kind = QFileDialog.getSaveFileName(
                self, _("Recovery sheet"), self._session.export_path("recovery.pdf"), "*.pdf"
            )
        if path:
            context = self._session.context
            self._session.run_beside(
                lambda _progress, cancel: write_recovery_sheet(context, Path(path), cancel),
                while_alive(
                    self,
                    lambda _none: self._session.messages.done(
                        _("Written: {path}").format(path=path)
                    ),
                ),
                label=_("Recovery sheet"),
            )

    def _restore_key(self) -> None:
        typed, agreed = QInputDialog.getMultiLineText(
            self, _("Restore the office key"), _("The digits of the recovery sheet, four lines:")
        )
        if agreed and typed.strip():
            self._session.run(
                lambda context: recover(context, typed), while_alive(self, self._restored)
            )

    def _restored(self, team: Team) -> None:
        self._session.messages.done(
            _("This machine holds the office key of {name} now.").format(name=team.membership.name)
        )
        self.read()

    def _look_at_removals(self) -> None:
        self._session.run(removal_states, while_alive(self, self._offer_removal))

    def _offer_removal(self, states: list[RemovalState]) -> None:
        dialog = RemovalDialog(states, lambda: self._drop_backups(), parent=self)
        if not dialog.exec():
            return
        reference, field, reason = dialog.chosen()
        self._session.run(
            lambda context: named_record(context, reference),
            while_alive(self, lambda record: self._remove(record, field, reason)),
        )

    def _remove(self, record: Record, field: str, reason: str) -> None:
        what = title_of(record) + (f" · {field_label(field)}" if field else "")
        agreed = self._session.messages.ask(
            self,
            _("Remove for good, everywhere, never to come back: {what}?").format(what=what),
            yes=_("Remove for good"),
        )
        if agreed:
            step = _("Remove for good")
            self._session.run(
                lambda context: remove_for_good(context, record, field, reason=reason, step=step),
                while_alive(self, self._removed),
            )

    def _removed(self, changes: Changes) -> None:
        self._session.changes.publish(changes)
        self._session.messages.done(
            _("Removed. Other laptops follow when they exchange: “team removed”.")
        )

    def _drop_backups(self) -> None:
        self._session.run(drop_backups)

    def _repair(self) -> None:
        agreed = self._session.messages.ask(
            self,
            _("Was the disk of this laptop set back, and worked with again?"),
            yes=_("Choose the folder…"),
            detail=_(
                "Then two of its saves carry one number, and colleagues refuse the later ones. "
                "What was saved here since is signed again, so that nothing is lost. Choose the "
                "folder where the laptops meet."
            ),
        )
        path = (
            QFileDialog.getExistingDirectory(
                self, _("Folder where the laptops meet"), self._session.settings.exchange_folder
            )
            if agreed
            else ""
        )
        if path:
            self._session.after_saving(lambda: self._begin_repair(Path(path)))

    def _begin_repair(self, folder: Path) -> None:
        def work(context: AppContext) -> Repaired:
            # In the lane of saves: the next one is signed under the new author id already.
            self._session.context, done = repair_fork(context, folder)
            return done

        self._session.run(work, while_alive(self, self._repaired))

    def _repaired(self, done: Repaired) -> None:
        self._session.switch_person(self._session.context.author.person)
        self._session.changes.publish(done.changes)
        self._session.messages.done(
            _("{count} saves were signed again; exchange through the same place now.").format(
                count=done.saves
            )
            if done.saves
            else _("Nothing is double there; nothing was changed.")
        )
        self.read()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.words)
        layout.addWidget(self.warning)
        layout.addWidget(self.members, 3)
        self.buttons = QHBoxLayout()
        self.buttons.addWidget(self.role)
        self.buttons.addWidget(self.leave)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.remove)
        self.buttons.addWidget(self.repair)
        self.buttons.addWidget(self.sheet)
        self.buttons.addWidget(self.restore)
        layout.addLayout(self.buttons)
        layout.addWidget(self.history_label)
        layout.addWidget(self.history, 2)
        layout.addStretch(0)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
