"""Founding a team, asking to belong, joining, and taking a laptop in at the office."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QInputDialog,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.context import AppContext
from geopark_app.operations.snapshots import SnapshotReport, write_snapshot
from geopark_app.operations.teams import (
    MEMBERSHIP_SUFFIX,
    REQUEST_SUFFIX,
    Team,
    approve,
    ask_to_join,
    found_team,
    join,
    read_join_request,
)
from geopark_app.sync.membership import JoinRequest
from geopark_app.sync.snapshot import SUFFIX


class TeamPanel(LanguageAware, QFrame):
    """Says which team this is, and offers what can be done about it.

    Attributes
    ----------
    found, ask, join, take_in, instead, snapshot : QPushButton
        Shown where they make sense.
    """

    def __init__(
        self, session: Session, changed: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._changed = changed
        self._team: Team | None = None
        self.setProperty("look", "panel")
        self.heading, self.words = QLabel(), QLabel()
        self.heading.setProperty("look", "heading")
        for label in (self.heading, self.words):
            label.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.found, self.ask, self.join, self.take_in = (QPushButton() for _number in range(4))
        self.instead = QPushButton()
        self.instead.clicked.connect(self._ask_instead)
        self.found.clicked.connect(self._found)
        self.ask.clicked.connect(lambda: self._ask())
        self.join.clicked.connect(self._join)
        self.take_in.clicked.connect(self._take_in)
        self.snapshot = QPushButton()
        self.snapshot.clicked.connect(lambda: self.write_snapshot(Path(f"snapshot{SUFFIX}")))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        for widget in (
            self.heading,
            self.words,
            self.ask,
            self.join,
            self.instead,
            self.found,
            self.take_in,
        ):
            column.addWidget(widget)
        column.addWidget(self.snapshot)
        self.retranslate()

    def show_team(self, team: Team | None) -> None:
        """Show this team, or how to get one."""
        self._team = team
        is_member = team is not None and team.is_member
        self.found.setVisible(team is None)
        self.ask.setVisible(not is_member)
        self.join.setVisible(not is_member)
        self.instead.setVisible(not is_member)
        self.take_in.setVisible(team is not None and team.is_office)
        self.snapshot.setVisible(is_member)
        for button in (self.found, self.ask, self.join, self.instead, self.take_in):
            button.setEnabled(not self._session.is_read_only)
        self.retranslate()

    def retranslate(self) -> None:
        self.found.setText(_("Found a team (office)…"))
        self.ask.setText(_("1. Ask the office to take this laptop in…"))
        self.join.setText(_("2. Join with the file the office returned…"))
        self.take_in.setText(_("Take a laptop in…"))
        self.instead.setText(_("My former laptop, or its key, is lost…"))
        self.snapshot.setText(_("Snapshot for a new laptop…"))
        if self._team is None:
            self.heading.setText(_("No team yet"))
            self.words.setText(
                _(
                    "Laptops that exchange belong to one team. The office founds it once; every "
                    "other laptop asks to be taken in. What this catalogue holds comes along: "
                    "nothing is replaced."
                )
            )
            return
        membership = self._team.membership
        self.heading.setText(membership.name)
        lines = [
            _("{count} laptops · fingerprint {digits}").format(
                count=len(membership.present), digits=self._team.fingerprint
            )
        ]
        if self._team.has_left:
            lines.append(_("This laptop is of the team no more: the office took it off the list."))
        if not self._team.is_member:
            lines.append(_("This laptop is not on the list (any more): ask to be taken in."))
        self.words.setText("\n".join(lines))

    def _found(self) -> None:
        name, agreed = QInputDialog.getText(
            self, _("Found a team"), _("Name of the team"), text=_("Lạng Sơn geopark")
        )
        if agreed and name.strip():
            self._do(lambda context: found_team(context, name), lambda _team: None)

    def _ask_instead(self) -> None:
        device, agreed = QInputDialog.getText(
            self,
            _("In the place of another laptop"),
            _("Name of the laptop that is lost; the office lets it go when it takes this one in."),
        )
        if agreed and device.strip():
            self._ask(former=device.strip())

    def _ask(self, *, former: str = "") -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self, _("Request to the office"), f"{self._session.settings.device}{REQUEST_SUFFIX}"
        )
        if not path:
            return
        self._do(
            lambda context: ask_to_join(context, Path(path), former=former),
            lambda asked: self._session.messages.info(
                _(
                    "Send the file {path} to the office, and read out this fingerprint by "
                    "telephone: {digits}"
                ).format(path=path, digits=asked.fingerprint)
            ),
        )

    def _join(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(
            self, _("File the office returned"), "", f"*{MEMBERSHIP_SUFFIX};;*"
        )
        if path:
            self._do(
                lambda context: join(context, Path(path)),
                lambda team: self._session.messages.done(
                    _("This laptop belongs to the team {name} now.").format(
                        name=team.membership.name
                    )
                ),
            )

    def _take_in(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(
            self, _("Request of a laptop"), "", f"*{REQUEST_SUFFIX};;*"
        )
        if path:
            self._do(lambda _context: read_join_request(Path(path)), self._compare)

    def _compare(self, asked: JoinRequest) -> None:
        agreed = self._session.messages.ask(
            self,
            _("Does {person} on {device} read out this fingerprint?\n\n{digits}").format(
                person=asked.person, device=asked.device, digits=asked.fingerprint
            ),
            yes=_("Yes, take it in"),
            detail=" ".join(
                part
                for part in (
                    _("Telephone the colleague; a file alone proves nothing."),
                    _("It takes the place of {device}, which leaves the team.").format(
                        device=asked.former
                    )
                    if asked.former
                    else "",
                )
                if part
            ),
        )
        if not agreed:
            return
        out, _kind = QFileDialog.getSaveFileName(
            self, _("File for that laptop"), f"{asked.device}{MEMBERSHIP_SUFFIX}"
        )
        if out:
            self._do(
                lambda context: approve(context, asked, Path(out)),
                lambda _team: self._approved(asked, Path(out)),
            )

    def _approved(self, asked: JoinRequest, out: Path) -> None:
        self._session.messages.done(
            _("Give this file to {person}: {path}").format(person=asked.person, path=out)
        )
        wanted = self._session.messages.ask(
            self,
            _("Has this laptop no catalogue of the team yet?"),
            yes=_("Write a snapshot…"),
            detail=_(
                "It starts from a snapshot in minutes: one file with all work and small pictures, "
                "which only laptops of the team can open."
            ),
        )
        if wanted:
            self.write_snapshot(out.with_suffix(SUFFIX))

    def write_snapshot(self, proposed: Path) -> None:
        """Write the file a new laptop starts from."""
        out, _kind = QFileDialog.getSaveFileName(
            self, _("Snapshot for a new laptop"), str(proposed), f"*{SUFFIX};;*"
        )
        if not out:
            return
        context = self._session.context

        def work(progress: ReportProgress, cancel: CancelToken) -> SnapshotReport:
            return write_snapshot(context, Path(out), progress=progress, cancel=cancel)

        def done(report: SnapshotReport) -> None:
            words = _("Snapshot written: {path}. Only laptops of the team can open it.")
            self._session.messages.done(words.format(path=report.path))

        self._session.run_beside(work, while_alive(self, done), label=_("Snapshot"))

    def _do(self, work: Callable[[AppContext], object], done: Callable[[Any], None]) -> None:
        def finished(result: object) -> None:
            done(result)
            self._changed()

        self._session.run(work, while_alive(self, finished))
