"""The evidence register: all evidence, what is only claimed, chapters; numbers fixed, printed."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.kinds import kind_named
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.evidence.dropping import take_files
from geopark_app.gui.evidence.parts import ChaptersPart, ClaimsPart, RegisterPart, push
from geopark_app.gui.evidence.pickers import EvidencePicker, TargetDialog
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.records_room.record_dialog import RecordDialog
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations import evidence as register_of
from geopark_app.operations.evidence import AddedEvidence, FixedNumbers, Register, read_register
from geopark_app.operations.evidence_claims import Claim, claims
from geopark_app.operations.evidence_index import write_index
from geopark_app.operations.evidence_targets import Target, TargetWords
from geopark_app.operations.vocabularies import all_labels

_OURS = {
    "evidence", "evidence_use", "evidence_freeze", "form_answer", "answer", "answer_photo", "photo",
    "recommendation", "visit",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    register: Register
    claims: list[Claim]
    words: TargetWords


class EvidenceDialog(QDialog):
    """Evidence both ways: from a piece to its places, and from a place to its evidence.

    Attributes
    ----------
    register, claimed, chapters : RegisterPart, ClaimsPart, ChaptersPart
        The three lists.
    state : QLabel
        How many there are, fixed, removed, given twice.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._options = FormOptions(session, self)
        self.setWindowTitle(_("Evidence register"))
        self.state = QLabel()
        self.state.setWordWrap(True)
        self.state.setProperty("look", "heading")
        self.gaps = QLabel()
        self.gaps.setWordWrap(True)
        self.gaps.setProperty("look", "muted")
        self.register = RegisterPart(all_labels(session.context))
        self.register.opened.connect(self._open)
        self.register.place_wanted.connect(self._ask_for_places)
        self.register.place_removed.connect(self._unlink)
        self.register.drop.dropped.connect(lambda _key, paths: self.take(paths, None))
        self.claimed = ClaimsPart()
        self.chapters = ChaptersPart()
        self.chapters.opened.connect(self._open)
        for part in (self.claimed, self.chapters):
            part.files_wanted.connect(self._ask_for_files)
            part.register_wanted.connect(self._ask_for_evidence)
            part.drop.dropped.connect(self._taker(part))
        self.tabs = QTabWidget()
        self.tabs.addTab(self.register, _("Register"))
        self.tabs.addTab(self.claimed, _("Claimed only"))
        self.tabs.addTab(self.chapters, _("Chapters of the dossier"))
        self._lay_out()
        session.changes.changes_stored.connect(self._take_changes)
        self.read()

    def _taker(self, part: ClaimsPart | ChaptersPart) -> Callable[[object, list[Path]], None]:
        return lambda key, paths: self.take(paths, part.target(key))

    def _lay_out(self) -> None:
        self.new_button = push(_("Register…"), self._ask_for_title)
        self.files_button = push(_("Register files…"), lambda: self._ask_for_files(None))
        self.fix_button = push(_("Fix the numbers…"), self._ask_to_fix)
        self.index_button = push(_("Write the index…"), self._export)
        foot = QHBoxLayout()
        for button in (self.new_button, self.files_button, self.fix_button, self.index_button):
            foot.addWidget(button)
        foot.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.addWidget(self.state)
        column.addWidget(self.gaps)
        column.addWidget(self.tabs, 1)
        column.addLayout(foot)
        self.resize(theme.scaled(1240), theme.scaled(640))
        if self._session.is_read_only:
            for button in (self.new_button, self.files_button, self.fix_button):
                button.setEnabled(False)

    # Showing ----------------------------------------------------------------------------------

    def read(self) -> None:
        """Read the register beside the window."""
        context = self._session.context

        def work(_progress: ReportProgress, _cancel: CancelToken) -> _Read:
            return _Read(
                register=read_register(context), claims=claims(context), words=TargetWords(context)
            )

        self._session.run_beside(work, while_alive(self, self._show))

    def _show(self, found: _Read) -> None:
        register = found.register
        self.register.show_register(register, found.words)
        self.claimed.show_claims(found.claims)
        self.chapters.show_register(register)
        fixed = sum(line.is_fixed for line in register.lines)
        self.state.setText(
            _("{count} pieces of evidence · {fixed} with a fixed number · {claimed} claims").format(
                count=len(register.lines), fixed=fixed, claimed=len(found.claims)
            )
        )
        notes = [
            _("{number} was removed: {title}").format(number=number, title=one.title_vi or "")
            for number, one in register.gaps
        ]
        notes += [
            _("{number} was given twice; fixing tells them apart.").format(number=number)
            for number in register.doubles
        ]
        self.gaps.setText(" · ".join(notes))
        self.gaps.setVisible(bool(notes))
        may_fix = fixed < len(register.lines) and not self._session.is_read_only
        self.fix_button.setEnabled(may_fix)
        self.tabs.setTabText(1, _("Claimed only ({count})").format(count=len(found.claims)))

    def _take_changes(self, changes: Changes) -> None:
        if any(kind in _OURS for kind, _uuid in changes.touched):
            self.read()

    def _open(self, uuid: str) -> None:
        RecordDialog(self._session, self._options, kind_named("evidence"), uuid, self).open()

    # Writing ----------------------------------------------------------------------------------

    def take(self, paths: list[Path], target: Target | None) -> None:
        """Take files in as evidence, of a place where one is named."""
        if not self._session.is_read_only:
            take_files(self._session, paths, [target] if target else [])

    def _ask_for_files(self, target: Target | None) -> None:
        names, _kind = QFileDialog.getOpenFileNames(self, _("Photos or documents"))
        if names:
            self.take([Path(name) for name in names], target)

    def _ask_for_title(self) -> None:
        title, is_given = QInputDialog.getText(
            self, _("Register evidence"), _("Title of the evidence (decision, map, address):")
        )
        if is_given and title.strip():
            self.add(title)

    def add(self, title: str) -> None:
        """Register evidence by its title and open its form."""
        reason = _("Register evidence")

        def added(made: AddedEvidence) -> None:
            self._open(made.evidence.uuid)

        self._session.run(
            lambda context: register_of.register_evidence(context, title, reason=reason),
            while_alive(self, added),
        )

    def _ask_for_places(self, uuid: str) -> None:
        dialog = TargetDialog(self._session.context, self)
        dialog.accepted.connect(lambda: self.link(uuid, dialog.targets()))
        dialog.open()

    def _ask_for_evidence(self, target: Target) -> None:
        dialog = EvidencePicker(self._session.context, self)
        dialog.accepted.connect(lambda: self._link_all(dialog.keys(), target))
        dialog.open()

    def _link_all(self, keys: list[str], target: Target) -> None:
        for key in keys:
            self.link(key, [target])

    def link(self, uuid: str, targets: list[Target]) -> None:
        """Let places point to a piece of evidence."""
        if targets:
            reason = _("Link evidence")
            self._session.run(
                lambda context: register_of.link(context, uuid, targets, reason=reason)
            )

    def _unlink(self, uuid: str, target: Target) -> None:
        reason = _("Unlink evidence")
        self._session.run(lambda context: register_of.unlink(context, uuid, target, reason=reason))

    def _ask_to_fix(self) -> None:
        title, is_given = QInputDialog.getText(
            self,
            _("Fix the numbers"),
            _(
                "From now on these numbers never change; later evidence counts on.\n"
                "What are they fixed for (dossier, date)?"
            ),
        )
        if is_given and title.strip():
            self.fix(title)

    def fix(self, title: str) -> None:
        """Fix the numbers given so far."""
        reason = _("Fix the numbers of evidence: {title}").format(title=title)

        def done(fixed: FixedNumbers) -> None:
            self._session.messages.done(
                _("{count} numbers are fixed; the last one is {number}.").format(
                    count=fixed.count, number=fixed.freeze.last_number
                )
            )

        self._session.run(
            lambda context: register_of.fix_numbers(context, title, reason=reason),
            while_alive(self, done),
        )

    def _export(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self,
            _("Write the index"),
            self._session.export_path("evidence-index.pdf"),
            "PDF (*.pdf);;Word (*.docx);;Excel (*.xlsx)",
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the index by the suffix of the file."""
        context = self._session.context

        def work(_progress: ReportProgress, cancel: CancelToken) -> None:
            write_index(context, path, cancel)

        def done(_none: object) -> None:
            self._session.messages.done(_("Written: {path}").format(path=path))

        self._session.run_beside(work, while_alive(self, done), label=_("Index of evidence"))
