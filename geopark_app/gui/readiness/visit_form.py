"""The checklist of one visit: every click is saved, what is half finished stays."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import FieldType
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.identifier import uuid_of
from geopark_app.domain.kinds import Answer, AnswerPhoto, ChecklistItem, Photo, Visit
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.editor import TypedValues
from geopark_app.gui.forms.problem_words import problem_sentence
from geopark_app.gui.forms.saver import FieldKey, FieldSaver
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.photos.adding import report_sentence
from geopark_app.gui.photos.dropping import pasted_paths
from geopark_app.gui.photos.pictures import Pictures
from geopark_app.gui.readiness.answer_saving import write_answer
from geopark_app.gui.readiness.evidence import ProvedAnswer, prove
from geopark_app.gui.readiness.item_card import ItemCard
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.checklists import (
    LastAnswer,
    OpenChecklist,
    answer_as_last,
    answer_item,
    asked_items,
    checklist_for,
    last_answers,
    place_facts,
)
from geopark_app.operations.context import AppContext
from geopark_app.operations.drafts import pending_drafts
from geopark_app.operations.evidence import numbers_behind
from geopark_app.operations.evidence_targets import ANSWER
from geopark_app.operations.readiness_results import answer_day, stale_after_days, today_of
from geopark_app.operations.records import delete_record
from geopark_app.rules.readiness import is_stale
from geopark_app.wording import error_sentence
from geopark_app.wording.readiness import status_words


class VisitForm(LanguageAware, QScrollArea):
    """Shows the items of a visit in groups and saves each answer at once.

    Signals
    -------
    answer_saved(str)
        The answer to this item stands in the catalogue.
    list_wanted()
        The person goes back to the list of places.
    """

    answer_saved = Signal(str)
    list_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pictures = Pictures(session, self)
        self.visit: Visit | None = None
        self._opened: OpenChecklist | None = None
        self.cards: dict[str, ItemCard] = {}
        self._facts: dict[str, str] = {}
        self._last: dict[str, LastAnswer] = {}
        self._headings: dict[str, QLabel] = {}
        # Only ever added to: a save may still wait in the lane when another visit is shown.
        self._places: dict[str, tuple[str, ChecklistItem]] = {}
        self.saver = FieldSaver(session, self, write=self._write)
        self.saver.saved.connect(self._saved)
        self.saver.refused.connect(self._refused)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Photos and times make an item higher, messages of the window this page lower.
        self._in_sight = QTimer(self, singleShot=True, interval=0)
        self._in_sight.timeout.connect(self._keep_in_sight)
        session.changes.changes_stored.connect(self._take_changes)

    # Showing --------------------------------------------------------------------------------

    def show_visit(self, visit: Visit | None) -> None:
        """Show a visit; what was typed for the one before is saved."""
        self.saver.save_all()
        self.visit = visit
        if visit is None:
            self.setVisible(False)
            return
        opened = checklist_for(
            self._session.context, visit.scope or "site", edition=visit.checklist_uuid
        )
        if opened != self._opened:
            self._build(opened)
        for key, card in self.cards.items():
            self._places[uuid_of(visit.uuid, key)] = (visit.uuid, card.item)
        self._facts = place_facts(self._session.context, visit)
        self._read_last()
        self.setVisible(True)
        self.verticalScrollBar().setValue(0)
        self._show_answers()
        self._bring_back_drafts()

    def _build(self, opened: OpenChecklist) -> None:
        self._opened = opened
        page = QWidget()
        page.setProperty("look", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        self.cards, self._headings = {}, {}
        for group in opened.groups:
            heading = QLabel()
            heading.setProperty("look", "strong")
            heading.setContentsMargins(2, 8, 0, 0)
            self._headings[group.uuid] = heading
            column.addWidget(heading)
            for item in opened.items:
                if item.group_uuid == group.uuid:
                    column.addWidget(self._card(item))
        column.addStretch(1)
        self.setWidget(page)
        self.retranslate()

    def _card(self, item: ChecklistItem) -> ItemCard:
        card = ItemCard(item, self._pictures)
        card.set_read_only(self._session.is_read_only)
        card.answered.connect(lambda status: self._answer(card, status))
        card.note_typed.connect(lambda: self._typed(card, "note", card.note.typed_text()))
        card.note_left.connect(lambda: self._left(card, "note"))
        card.value_typed.connect(lambda: self._typed(card, "measured", card.value.text()))
        card.value_left.connect(lambda: self._left(card, "measured"))
        card.step_wanted.connect(lambda by: self._step(card, by))
        card.files_dropped.connect(lambda paths: self._prove(card, paths))
        card.paste_wanted.connect(lambda: self._paste(card))
        card.list_wanted.connect(self.list_wanted)
        card.grown.connect(self._in_sight.start)
        card.last_wanted.connect(lambda: self._answer_as_last([card.item]))
        card.evidence.removed.connect(lambda uuid: self._take_away(card, uuid))
        self.cards[item.uuid] = card
        return card

    def _show_answers(self) -> None:
        assert self.visit is not None
        catalogue = self._session.context.catalogue
        answers = {
            answer.item_uuid: answer
            for answer in catalogue.records(Answer, where={"visit_uuid": self.visit.uuid})
        }
        photos = self._photos_of([answer.uuid for answer in answers.values()])
        numbers = numbers_behind(self._session.context, ANSWER)
        today = today_of(self._session.context)
        days = stale_after_days(self._session.context)
        for key, card in self.cards.items():
            answer = answers.get(key)
            card.evidence.show_numbers(numbers.get(answer.uuid, ()) if answer else ())
            card.show_status(None if answer is None else answer.status)
            day = answer_day(answer.answered_at, self.visit.visited_on) if answer else None
            card.show_told(answer, is_old=answer is not None and is_stale(day, today, days))
            card.evidence.show_photos(photos.get(answer.uuid, []) if answer else [])
            if not self._is_being_typed(card):
                card.show_answer(answer, photos.get(answer.uuid, []) if answer else [])
        self._show_asked(list(answers.values()))

    def _show_asked(self, answers: Sequence[Answer]) -> None:
        """Show the items that are asked as answered so far; what was written into others stays."""
        opened = self._opened
        if opened is None:
            return
        asked = asked_items(opened, answers, self._facts)
        for key, card in self.cards.items():
            card.setVisible(key in asked)
        for group, heading in self._headings.items():
            heading.setVisible(
                any(one.uuid in asked for one in opened.items if one.group_uuid == group)
            )

    def _read_last(self) -> None:
        if self.visit is None:
            return
        context = self._session.context
        self._last = {} if self.visit.finished else last_answers(context, self.visit)
        today, days = today_of(context), stale_after_days(context)
        for key, card in self.cards.items():
            last = self._last.get(key)
            is_old = last is not None and is_stale(last.day, today, days)
            card.show_last_time(last, is_old=is_old)

    def _photos_of(self, answers: Sequence[str]) -> dict[str, list[Photo]]:
        catalogue = self._session.context.catalogue
        links = catalogue.records(AnswerPhoto, where={"answer_uuid": list(answers)})
        keys = [link.photo_uuid for link in links if link.photo_uuid]
        by_key = {p.uuid: p for p in catalogue.records(Photo, where={"uuid": keys})}
        found: dict[str, list[Photo]] = {}
        for link in links:
            photo = by_key.get(link.photo_uuid or "")
            if photo is not None:
                found.setdefault(link.answer_uuid or "", []).append(photo)
        return found

    def _is_being_typed(self, card: ItemCard) -> bool:
        is_pending = self.saver.is_pending
        is_in_hand = card.note.text.hasFocus() or card.value.hasFocus()
        return (
            is_in_hand
            or card.problem.isVisibleTo(card)
            or any(is_pending(self._key(card, field)) for field in ("note", "measured"))
        )

    def _bring_back_drafts(self) -> None:
        for draft in pending_drafts(self._session.context):
            card = self._card_shown(draft.uuid) if draft.kind == "answer" else None
            if card is None:
                continue
            key = self._key(card, draft.field)
            if not self.saver.is_pending(key):
                show = card.show_note if draft.field == "note" else card.show_value
                show(draft.typed)
                self._typed(card, draft.field, draft.typed)
                self.saver.save(key)

    # Answering ------------------------------------------------------------------------------

    def _key(self, card: ItemCard, field: str) -> FieldKey:
        assert self.visit is not None
        return FieldKey(kind="answer", uuid=uuid_of(self.visit.uuid, card.item.uuid), field=field)

    def _answer(self, card: ItemCard, status: str) -> None:
        if self.visit is None:
            return
        visit_uuid, item = self.visit.uuid, card.item
        reason = f"{item.code}: {status_words(status)}"

        def work(context: AppContext) -> Changes:
            return answer_item(context, visit_uuid, item.uuid, status=status, reason=reason)[1]

        self._session.run(
            work, while_alive(self, lambda _changes: self.answer_saved.emit(item.uuid))
        )

    def rest_as_last(self) -> list[ChecklistItem]:
        """Give the items still open here that were answered last time."""
        return [
            card.item
            for key, card in self.cards.items()
            if key in self._last and not card.isHidden() and card.statuses.status() == "not_checked"
        ]

    def answer_rest_as_last(self, _checked: bool = False) -> None:
        """Answer all items still open as last time, as one step."""
        self._answer_as_last(self.rest_as_last())

    def _answer_as_last(self, items: list[ChecklistItem]) -> None:
        if self.visit is None or not items:
            return
        visit_uuid = self.visit.uuid
        code = items[0].code or ""
        reason = (
            _("{item}: as last time").format(item=code)
            if len(items) == 1
            else _("{count} items as last time").format(count=len(items))
        )

        def work(context: AppContext) -> Changes:
            return answer_as_last(context, visit_uuid, items, reason=reason)

        self._session.run(
            work, while_alive(self, lambda _changes: self.answer_saved.emit(items[-1].uuid))
        )

    def _typed(self, card: ItemCard, field: str, text: str) -> None:
        if self.visit is not None:
            words = _("Note to {item}") if field == "note" else _("Measured value of {item}")
            reason = words.format(item=card.item.code)
            self.saver.note(self._key(card, field), {field: text}, reason=reason)

    def _left(self, card: ItemCard, field: str) -> None:
        if self.visit is not None:
            self.saver.save(self._key(card, field))
            self._show_answers()

    def _write(
        self, context: AppContext, key: FieldKey, values: TypedValues, reason: str
    ) -> Changes:
        visit_uuid, item = self._places[key.uuid]
        return write_answer(context, visit_uuid, item, values, reason)

    def _card_shown(self, answer_uuid: str) -> ItemCard | None:
        """Give the card of an answer, if its visit is the one shown."""
        visit_uuid, item = self._places.get(answer_uuid, ("", None))
        if item is None or self.visit is None or visit_uuid != self.visit.uuid:
            return None
        return self.cards[item.uuid]

    def _saved(self, key: FieldKey) -> None:
        card = self._card_shown(key.uuid)
        if card is not None:
            card.show_problem("")
            self.answer_saved.emit(card.item.uuid)

    def _refused(self, key: FieldKey, error: GeoparkError) -> None:
        card = self._card_shown(key.uuid)
        if card is not None:
            is_condition = error.code is ErrorCode.CHECKLIST
            sentence = problem_sentence(FieldType.QUANTITY, error)
            card.show_problem(error_sentence(error).message if is_condition else sentence)

    # Evidence -------------------------------------------------------------------------------

    def _paste(self, card: ItemCard) -> None:
        paths = pasted_paths(self._session, QGuiApplication.clipboard().mimeData())
        if paths:
            self._prove(card, paths)
        else:
            self._session.messages.info(_("There is no photo on the clipboard."))

    def _prove(self, card: ItemCard, paths: list[Path]) -> None:
        visit, context = self.visit, self._session.context
        if visit is None:
            return

        def work(progress: ReportProgress, cancel: CancelToken) -> ProvedAnswer:
            return prove(context, visit, card.item.uuid, paths, progress, cancel)

        # Beside the window, like every photo import: the answers typed meanwhile do not wait.
        self._session.run_beside(work, while_alive(self, self._proved), label=_("Adding photos"))

    def _proved(self, proved: ProvedAnswer) -> None:
        self._session.changes.publish(proved.changes)
        self._session.messages.done(report_sentence(proved.report))

    def _take_away(self, card: ItemCard, photo_uuid: str) -> None:
        answer_uuid = self._key(card, "note").uuid
        key = uuid_of(answer_uuid, photo_uuid)
        reason = _("Take evidence away from {item}").format(item=card.item.code)
        self._session.run(
            lambda context: delete_record(context, "answer_photo", key, reason=reason)
        )

    # Moving ---------------------------------------------------------------------------------

    def _step(self, card: ItemCard, by: int) -> None:
        cards = [one for one in self.cards.values() if not one.isHidden()]
        at = cards.index(card) + by
        if 0 <= at < len(cards):
            cards[at].setFocus()
            self.ensureWidgetVisible(cards[at], 0, 60)

    def _keep_in_sight(self) -> None:
        """Show the whole item the keyboard is in, whatever has grown or shrunk around it."""
        card = next((one for one in self.cards.values() if one.has_keyboard()), None)
        if card is not None:
            self.ensureWidgetVisible(card, 0, 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._in_sight.start()

    def go_to_group(self, group_uuid: str) -> None:
        """Scroll to a group and put the cursor on its first item."""
        heading = self._headings.get(group_uuid)
        first = next((c for c in self.cards.values() if c.item.group_uuid == group_uuid), None)
        if heading is not None and first is not None:
            first.setFocus()
            # At the end of the queue: the layout may be under way.
            QTimer.singleShot(0, self, lambda: self.verticalScrollBar().setValue(heading.y()))

    def go_to_item(self, item_uuid: str) -> None:
        """Put the cursor on an item."""
        card = self.cards.get(item_uuid)
        if card is not None:
            card.setFocus()
            self.ensureWidgetVisible(card, 0, 60)

    def go_to_open(self) -> None:
        """Put the cursor on the first item not answered yet, else on the first item."""
        shown = [card for card in self.cards.values() if not card.isHidden()]
        is_open = (card for card in shown if card.statuses.status() == "not_checked")
        card = next(is_open, next(iter(shown), None))
        if card is not None:
            self.go_to_item(card.item.uuid)

    def flush(self) -> None:
        """Make the saves of everything typed."""
        self.saver.save_all()

    def _take_changes(self, changes: Changes) -> None:
        kinds = {kind for kind, _uuid in changes.touched}
        if self.visit is None:
            return
        if kinds & {"visit", "catalogue_setting"}:
            self._read_last()
        if kinds & {"answer", "answer_photo", "photo", "site", "evidence_use"}:
            self._show_answers()

    def go_to_code(self, code: str) -> None:
        """Put the cursor on the item of a code."""
        for key, card in self.cards.items():
            if card.item.code == code:
                self.go_to_item(key)

    def retranslate(self) -> None:
        """Say the headings in the language of the window."""
        for group in self._opened.groups if self._opened else ():
            label = pick(group.label_vi, group.label_en)
            self._headings[group.uuid].setText(f"{group.code}. {label}")
