"""People met, and the log of questions, as tables of a mission."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from geopark_app.domain.kinds import MissionNote
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import PlainTable
from geopark_app.gui.evidence.parts import push
from geopark_app.gui.formats import shown_day
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.missions import OpenMission


class PeoplePart(QWidget):
    """Who is met, where, from which organisation, of which sex.

    Signals
    -------
    added()
        Somebody is to be added.
    opened(str), removed(str)
        Somebody is to be shown in the form, or put into the trash.
    """

    added = Signal()
    opened = Signal(str)
    removed = Signal(str)

    def __init__(self, labels: dict[tuple[str, str], str]) -> None:
        super().__init__()
        self._labels = labels
        self.words = QLabel()
        self.table = PlainTable("people")
        self.table.setAccessibleName(_("People met"))
        self.table.activated.connect(lambda _index: self._open())
        self.add_button = push(_("Add a person…"), self.added.emit)
        self.open_button = push(_("Open"), self._open)
        self.remove_button = push(_("Remove"), self._remove)
        deeds = QHBoxLayout()
        for button in (self.add_button, self.open_button, self.remove_button):
            deeds.addWidget(button)
        deeds.addStretch(1)
        column = QVBoxLayout(self)
        column.addWidget(self.words)
        column.addWidget(self.table, 1)
        column.addLayout(deeds)

    def show_mission(self, mission: OpenMission | None, *, read_only: bool) -> None:
        """Show the people of a mission."""
        people = mission.people if mission else ()
        headings = (
            _("Name"), _("Sex"), _("Organisation"), _("Role"), _("Where"), _("Phone"),
        )  # fmt: skip
        rows = []
        for one in people:
            stop = mission.stops.get(one.stop_uuid or "") if mission else None
            rows.append(
                (
                    one.uuid,
                    (
                        one.name or "",
                        self._labels.get(("sex", one.sex or ""), ""),
                        pick(one.organisation_vi, one.organisation_en),
                        pick(one.role_vi, one.role_en),
                        stop.name if stop else "",
                        one.phone or "",
                    ),
                )
            )
        self.table.show_rows(headings, rows)
        for column, width in enumerate((190, 80, 250, 160, 270)):
            self.table.setColumnWidth(column, theme.scaled(width))
        if rows:
            self.table.selectRow(0)
        women = sum(one.sex == "female" for one in people)
        self.words.setText(
            _("{count} people are met, {women} of them women.").format(
                count=len(people), women=women
            )
        )
        self.add_button.setEnabled(mission is not None and not read_only)
        self.open_button.setEnabled(bool(rows))
        self.remove_button.setEnabled(bool(rows) and not read_only)

    def _open(self) -> None:
        for key in self.table.chosen_keys():
            self.opened.emit(str(key))

    def _remove(self) -> None:
        for key in self.table.chosen_keys():
            self.removed.emit(str(key))


class LogPart(QWidget):
    """Questions, answers and oral recommendations; one button turns one into a recommendation.

    Signals
    -------
    asked(str, str, str, bool)
        Question, answer, who asked, and whether it is an oral recommendation.
    opened(str), recommended(str)
        An entry is to be shown in its form, or becomes a recommendation.
    """

    asked = Signal(str, str, str, bool)
    opened = Signal(str)
    recommended = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._notes: dict[str, MissionNote] = {}
        self._numbers: dict[str, str] = {}
        self._read_only = False
        self.question = self._line(_("Question or remark"))
        self.answer = self._line(_("Answer"))
        self.by = self._line(_("Asked by"))
        self.oral = QCheckBox(_("Oral recommendation"))
        self.add_button = push(_("Write down"), self._ask)
        self.table = PlainTable("mission-log")
        self.table.setAccessibleName(_("Questions and answers"))
        self.table.activated.connect(lambda _index: self._open())
        self.table.itemSelectionChanged.connect(self._chosen_changed)
        self.open_button = push(_("Open"), self._open)
        self.recommend_button = push(_("Make it a recommendation"), self._recommend)
        entry = QHBoxLayout()
        entry.addWidget(self.question, 3)
        entry.addWidget(self.answer, 3)
        entry.addWidget(self.by, 1)
        entry.addWidget(self.oral)
        entry.addWidget(self.add_button)
        deeds = QHBoxLayout()
        deeds.addWidget(self.open_button)
        deeds.addWidget(self.recommend_button)
        deeds.addStretch(1)
        column = QVBoxLayout(self)
        column.addLayout(entry)
        column.addWidget(self.table, 1)
        column.addLayout(deeds)

    def _line(self, words: str) -> QLineEdit:
        line = QLineEdit()
        line.setPlaceholderText(words)
        line.setAccessibleName(words)
        line.returnPressed.connect(self._ask)
        return line

    def show_notes(
        self, notes: Sequence[MissionNote], numbers: dict[str, str], *, read_only: bool
    ) -> None:
        """Show the log; `numbers` are those of recommendations by key."""
        self._notes = {one.uuid: one for one in notes}
        self._numbers = numbers
        self._read_only = read_only
        headings = (
            _("Date"), _("Asked by"), _("Question or remark"), _("Answer"),
            _("Oral recommendation"), _("Became"),
        )  # fmt: skip
        self.table.show_rows(
            headings,
            [
                (
                    one.uuid,
                    (
                        shown_day(one.asked_on),
                        one.asked_by or "",
                        pick(one.question_vi, one.question_en),
                        pick(one.answer_vi, one.answer_en),
                        "✓" if one.is_recommendation else "",
                        numbers.get(one.recommendation_uuid or "", ""),
                    ),
                )
                for one in notes
            ],
        )
        for column, width in enumerate((90, 140, 370, 310, 160)):
            self.table.setColumnWidth(column, theme.scaled(width))
        if notes:
            self.table.selectRow(len(notes) - 1)
        self._chosen_changed()

    def set_writable(self, *, writable: bool) -> None:
        """Switch the entry line on or off."""
        for widget in (self.question, self.answer, self.by, self.oral, self.add_button):
            widget.setEnabled(writable)

    def _chosen(self) -> MissionNote | None:
        keys = self.table.chosen_keys()
        return self._notes.get(str(keys[0])) if keys else None

    def _chosen_changed(self) -> None:
        note = self._chosen()
        self.open_button.setEnabled(note is not None)
        is_new = note is not None and (note.recommendation_uuid or "") not in self._numbers
        self.recommend_button.setEnabled(is_new and not self._read_only)

    def _ask(self) -> None:
        if self.question.text().strip():
            self.asked.emit(
                self.question.text(), self.answer.text(), self.by.text(), self.oral.isChecked()
            )
            self.question.clear()
            self.answer.clear()
            self.oral.setChecked(False)
            self.question.setFocus()

    def _open(self) -> None:
        note = self._chosen()
        if note is not None:
            self.opened.emit(note.uuid)

    def _recommend(self) -> None:
        note = self._chosen()
        if note is not None:
            self.recommended.emit(note.uuid)
