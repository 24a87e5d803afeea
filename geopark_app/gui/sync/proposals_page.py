"""The proposals page: saves beyond their author's role, to be accepted or declined."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from geopark_app.domain.change import Changes
from geopark_app.domain.kinds import KINDS
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.domain.roles import Role
from geopark_app.gui.editing.plain_table import PlainTable
from geopark_app.gui.editing.value_words import value_words, when_words
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.proposals import Proposal, decide, list_proposals
from geopark_app.operations.teams import current_team
from geopark_app.wording.roles import operation_words

_DECIDING = {Role.EDITOR, Role.ADMINISTRATOR}


class ProposalsPage(LanguageAware, QWidget):
    """Lists the saves that wait; every decision is a save, travels, and can be undone.

    Attributes
    ----------
    table, changes : PlainTable
        The saves; what the chosen ones would change.
    accept, decline : QPushButton
        For the chosen ones.
    """

    def __init__(
        self, session: Session, counted: Callable[[int], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._counted = counted
        self._options = FormOptions(session, self)
        self._found: list[Proposal] = []
        self._may_decide = False
        self._is_reading = self._is_stale = False
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.table = PlainTable("proposals", several=True)
        self.changes = PlainTable("proposed")
        self.accept, self.decline = QPushButton(), QPushButton()
        self.accept.setProperty("look", "primary")
        self.table.itemSelectionChanged.connect(self._show_chosen)
        self.accept.clicked.connect(lambda: self._decide(accept=True))
        self.decline.clicked.connect(lambda: self._decide(accept=False))
        self._lay_out()
        self.retranslate()

    def read(self) -> None:
        """Read the proposals again, beside the window."""
        if self._is_reading:
            self._is_stale = True
            return
        self._is_reading, self._is_stale = True, False
        context = self._session.context

        def work(_progress: ReportProgress, _cancel: CancelToken) -> tuple[bool, list[Proposal]]:
            team = current_team(context)
            return team is None or team.role in _DECIDING, list_proposals(context)

        task = self._session.run_beside(work, while_alive(self, self._take))
        task.ended.connect(self._read_done)

    def show_proposals(self, found: Sequence[Proposal], *, may_decide: bool) -> None:
        """Show these."""
        self._found, self._may_decide = list(found), may_decide
        self._fill()
        self._counted(len(self._found))

    def retranslate(self) -> None:
        self.table.setAccessibleName(_("Proposals"))
        self.changes.setAccessibleName(_("What they would change"))
        self.accept.setText(_("Accept"))
        self.decline.setText(_("Decline…"))
        self._fill()

    def _take(self, read: tuple[bool, list[Proposal]]) -> None:
        self.show_proposals(read[1], may_decide=read[0])

    def _read_done(self) -> None:
        self._is_reading = False
        if self._is_stale:
            self.read()

    def _fill(self) -> None:
        for part in (self.table, self.changes, self.accept, self.decline):
            part.setVisible(bool(self._found))
        self.table.show_rows(
            (_("When"), _("Who"), _("Laptop"), _("Step"), _("Changes")),
            [
                (
                    at,
                    (
                        when_words(one.at),
                        one.person,
                        one.device,
                        one.note,
                        QLocale().toString(len(one.changes)),
                    ),
                )
                for at, one in enumerate(self._found)
            ],
        )
        if self._found:
            self.table.selectRow(0)
        self.words.setText(
            _(
                "These saves go beyond the role of the laptop they come from. They are kept and "
                "handed on, and count nowhere until an editor accepts them."
            )
            if self._found
            else _(
                "No proposals wait. What a laptop saves beyond its role, or after it left the "
                "team, comes here."
            )
        )
        self._show_chosen()

    def _chosen(self) -> list[Proposal]:
        keys = [key for key in self.table.chosen_keys() if isinstance(key, int)]
        return [self._found[key] for key in keys if key < len(self._found)]

    def _show_chosen(self) -> None:
        some = self._chosen()
        can = bool(some) and self._may_decide and not self._session.is_read_only
        self.accept.setEnabled(can)
        self.decline.setEnabled(can)
        rows: list[tuple[object, tuple[str, ...]]] = []
        for one in some:
            for change in one.changes:
                kind = KINDS.get(change.kind)
                spec = kind.field(change.field) if kind and change.field else None
                rows.append(
                    (
                        len(rows),
                        (
                            change.title,
                            operation_words(change.kind, change.field, change.op),
                            value_words(self._options, spec, change.value),
                        ),
                    )
                )
        self.changes.show_rows((_("Record"), _("What"), _("Value")), rows)

    def _decide(self, *, accept: bool) -> None:
        some = self._chosen()
        if not accept and not self._session.messages.ask(
            self,
            _("Decline {count} saves?").format(count=QLocale().toString(len(some))),
            yes=_("Decline"),
            detail=_("They stay in the log; an editor can accept them later after all."),
        ):
            return
        step = _("Accept proposals") if accept else _("Decline proposals")
        self._session.run(
            lambda context: decide(context, some, accept=accept, reason="", step=step),
            while_alive(self, self._decided),
        )

    def _decided(self, _changes: Changes) -> None:
        self.read()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 3)
        layout.addWidget(self.changes, 2)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.decline)
        row.addWidget(self.accept)
        layout.addLayout(row)
        layout.addStretch(0)
