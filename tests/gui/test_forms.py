"""The form made from a declaration: typing, drafts, saves, errors, languages."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import Site
from geopark_app.gui.forms.choice_box import ChoiceBox
from geopark_app.gui.forms.choice_editors import ReferenceEditor
from geopark_app.gui.forms.field_row import FieldRow
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.forms.record_form import RecordForm
from geopark_app.gui.session import Session
from geopark_app.operations.drafts import keep_draft, pending_drafts
from geopark_app.operations.records import history, set_field


@pytest.fixture
def site(session: Session) -> Site:
    return session.context.catalogue.records(Site, where={"code": "LS-001"})[0]


@pytest.fixture
def form(qtbot: QtBot, session: Session, site: Site) -> RecordForm:
    made = RecordForm(session, kind_of(Site), FormOptions(session), title="name_vi")
    qtbot.addWidget(made)
    made.resize(620, 900)
    made.show_record(site)
    made.show()
    qtbot.waitExposed(made)
    return made


def row(form: RecordForm, field: str) -> FieldRow:
    found = form.row_of(field)
    assert found is not None
    return found


def line(form: RecordForm, field: str) -> QLineEdit:
    entry = row(form, field).editor.entry()
    assert isinstance(entry, QLineEdit)
    return entry


def type_into(widget: QWidget, text: str) -> None:
    widget.setFocus()
    if isinstance(widget, QLineEdit):
        widget.selectAll()
    for char in text:
        QTest.keyClick(widget, char)


def stored(session: Session, site: Site) -> Site:
    found = session.context.catalogue.get(Site, site.uuid)
    assert found is not None
    return found


def saved(qtbot: QtBot, form: RecordForm, deed: Callable[[], object]) -> None:
    with qtbot.waitSignal(form.field_saved, timeout=20_000):
        deed()


def leave(form: RecordForm) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    focused.clearFocus()


def test_core_fields_stand_open_and_the_rest_is_made_on_demand(form: RecordForm) -> None:
    assert [group.is_open for group in form.groups] == [True] + [False] * (len(form.groups) - 1)
    assert list(form.groups[0].rows)[:2] == ["code", "name_vi"]
    assert not form.groups[1].rows
    form.groups[1].heading.click()
    assert form.groups[1].rows


def test_typing_is_kept_as_a_draft_and_saved_once_when_the_field_is_left(
    qtbot: QtBot, session: Session, form: RecordForm, site: Site
) -> None:
    with qtbot.waitSignal(form.saver.kept, timeout=1000):
        type_into(line(form, "name_vi"), "Den Bac Le")
    assert [draft.typed for draft in pending_drafts(session.context)] == ["Den Bac Le"]
    assert stored(session, site).name_vi == site.name_vi
    saved(qtbot, form, lambda: QTest.keyClick(line(form, "name_vi"), Qt.Key.Key_Tab))
    assert stored(session, site).name_vi == "Den Bac Le"
    assert pending_drafts(session.context) == []
    steps = [entry for entry in history(session.context, "site", site.uuid) if entry.person]
    assert [step.field for step in steps if step.new == "Den Bac Le"] == ["name_vi"]
    assert session.undo.undo_text == "Edit “Name (Vietnamese)” of LS-001"


def test_a_field_left_without_typing_makes_no_save(session: Session, form: RecordForm) -> None:
    line(form, "name_vi").setFocus()
    leave(form)
    assert not session.tasks.is_busy


def test_a_wrong_shape_stays_in_draft_and_is_shown_beside_its_field(
    qtbot: QtBot, session: Session, form: RecordForm, site: Site
) -> None:
    with qtbot.waitSignal(form.field_refused, timeout=20_000):
        type_into(line(form, "survey_date"), "31/02/2026")
        leave(form)
    problem = row(form, "survey_date").problem
    assert problem.isVisibleTo(form)
    assert problem.text().startswith("“31/02/2026” is not a date.")
    assert stored(session, site).survey_date is None
    assert [draft.typed for draft in pending_drafts(session.context)] == ["31/02/2026"]
    saved(qtbot, form, lambda: (type_into(line(form, "survey_date"), "28/02/2026"), leave(form)))
    assert stored(session, site).survey_date == "2026-02-28"
    assert not problem.isVisibleTo(form)


def test_drafts_of_a_crash_come_back_into_the_form_and_are_saved(
    qtbot: QtBot, session: Session, form: RecordForm, site: Site
) -> None:
    form.show_record(None)
    keep_draft(session.context, "site", site.uuid, "village", "Bản Khoai")
    saved(qtbot, form, lambda: form.show_record(site))
    assert line(form, "village").text() == "Bản Khoai"
    assert stored(session, site).village == "Bản Khoai"


def test_going_to_another_record_saves_what_was_typed(
    qtbot: QtBot, session: Session, form: RecordForm, site: Site
) -> None:
    other = session.context.catalogue.records(Site, where={"code": "LS-002"})[0]
    type_into(line(form, "name_local"), "Pac Le")
    saved(qtbot, form, lambda: form.show_record(other))
    assert stored(session, site).name_local == "Pac Le"
    assert line(form, "name_local").text() == (other.name_local or "")


def test_text_composed_by_an_input_method_is_not_disturbed(qtbot: QtBot, form: RecordForm) -> None:
    entry = line(form, "name_vi")
    entry.setFocus()
    entry.end(False)
    before = entry.text()
    with qtbot.assertNotEmitted(row(form, "name_vi").editor.typed, wait=50):
        QApplication.sendEvent(entry, QInputMethodEvent("đê", []))
    form._read_again()
    commit = QInputMethodEvent()
    commit.setCommitString("đền")
    with qtbot.waitSignal(row(form, "name_vi").editor.typed):
        QApplication.sendEvent(entry, commit)
    assert entry.text() == before + "đền"


def test_a_foreign_change_shows_without_losing_typed_text_or_focus(
    qtbot: QtBot, session: Session, form: RecordForm, site: Site
) -> None:
    type_into(line(form, "name_vi"), "half typed")
    session.changes.publish(set_field(session.context, "site", site.uuid, "name_en", "Foreign"))
    session.changes.publish(set_field(session.context, "site", site.uuid, "name_vi", "Other"))
    assert line(form, "name_en").text() == "Foreign"
    assert line(form, "name_vi").text() == "half typed"
    assert QApplication.focusWidget() is line(form, "name_vi")


def test_a_choice_is_saved_at_once_and_can_be_undone(
    qtbot: QtBot, session: Session, form: RecordForm, site: Site
) -> None:
    box = row(form, "site_kind").editor.entry()
    assert isinstance(box, ChoiceBox)
    box.showPopup()

    def choose() -> None:
        box.setCurrentIndex(box.findData("viewpoint"))
        box.activated.emit(box.currentIndex())

    saved(qtbot, form, choose)
    assert stored(session, site).site_kind == "viewpoint"
    session.changes.publish(session.undo.undo())
    assert box.key() == site.site_kind


def test_yes_no_and_not_known_are_three_values(
    qtbot: QtBot, session: Session, form: RecordForm, site: Site
) -> None:
    buttons = row(form, "in_geopark").editor.buttons  # type: ignore[attr-defined]
    saved(qtbot, form, buttons["false"].click)
    assert stored(session, site).in_geopark is False
    saved(qtbot, form, buttons[""].click)
    assert stored(session, site).in_geopark is None


def test_a_commune_is_found_without_accents(
    qtbot: QtBot, session: Session, form: RecordForm, site: Site
) -> None:
    editor = row(form, "commune_code").editor
    assert isinstance(editor, ReferenceEditor)
    type_into(editor.line, "dong dang")
    offered = editor.offered()
    assert any("Đồng Đăng" in name for name in offered)
    saved(qtbot, form, lambda: editor.pick(next(n for n in offered if "Đồng Đăng" in n)))
    code = stored(session, site).commune_code
    assert session.context.catalogue.records(type(site), where={"commune_code": code})
    assert code != site.commune_code


def test_position_is_one_save_with_quality_and_accuracy(
    qtbot: QtBot, session: Session, form: RecordForm, site: Site
) -> None:
    editor = row(form, "position").editor
    type_into(editor.coordinates, "21.8526, 106.7610")  # type: ignore[attr-defined]
    QTest.keyClick(editor.coordinates, Qt.Key.Key_Tab)  # type: ignore[attr-defined]
    box: ChoiceBox = editor.quality  # type: ignore[attr-defined]
    box.setCurrentIndex(box.findData("exact"))
    box.activated.emit(box.currentIndex())
    type_into(editor.accuracy, "5")  # type: ignore[attr-defined]
    saved(qtbot, form, lambda: leave(form))
    position = stored(session, site).position
    assert position is not None
    assert (position.lat, position.lon) == (21.8526, 106.7610)
    assert (position.quality, position.accuracy_m) == ("exact", 5.0)
    assert position.as_typed == "21.8526, 106.7610"
    saves = {e.note for e in history(session.context, "site", site.uuid) if e.field == "position"}
    assert len([note for note in saves if note.startswith("Edit")]) == 1


def test_impossible_coordinates_are_refused_in_a_sentence(
    qtbot: QtBot, session: Session, form: RecordForm, site: Site
) -> None:
    editor = row(form, "position").editor
    with qtbot.waitSignal(form.field_refused, timeout=20_000):
        type_into(editor.coordinates, "somewhere")  # type: ignore[attr-defined]
        leave(form)
    assert row(form, "position").problem.text().startswith("“somewhere” is not a coordinate.")
    assert stored(session, site).position == site.position


def test_gaps_are_said_softly_and_never_block(form: RecordForm) -> None:
    assert row(form, "name_en").gap_mark.isHidden()
    assert row(form, "description_en").gap_mark.text() == "wanted for the dossier"


def test_labels_follow_the_language_at_run_time(session: Session, form: RecordForm) -> None:
    assert row(form, "name_vi").label.text() == "Name (Vietnamese)"
    session.language.switch_to("vi")
    assert row(form, "name_vi").label.text() == "Tên điểm (tiếng Việt)"
    box = row(form, "site_kind").editor.entry()
    assert isinstance(box, ChoiceBox)
    assert box.currentText() == "Điểm di sản văn hoá" or box.key() == "cultural"


def test_long_texts_grow_and_tab_leaves_them(qtbot: QtBot, form: RecordForm) -> None:
    entry = row(form, "summary_vi").editor.entry()
    assert isinstance(entry, QPlainTextEdit)
    before = entry.height()
    entry.setPlainText("\n".join(["dòng"] * 8))
    qtbot.waitUntil(lambda: entry.height() > before)


def test_closing_saves_what_was_typed(
    qtbot: QtBot, session: Session, form: RecordForm, site: Site
) -> None:
    type_into(line(form, "name_local"), "Pac Le")
    session.about_to_save.emit()
    session.tasks.wait_for_all()
    assert stored(session, site).name_local == "Pac Le"


def test_undo_right_after_typing_turns_back_what_was_typed(
    qtbot: QtBot, session: Session, form: RecordForm, site: Site
) -> None:
    saved(qtbot, form, lambda: (type_into(line(form, "name_local"), "Pac Le"), leave(form)))
    type_into(line(form, "village"), "Ban Khoai")
    session.undo_step()
    qtbot.waitUntil(lambda: session.undo.redo_text == "Edit “Village” of LS-001", timeout=10_000)
    assert stored(session, site).village is None
    assert stored(session, site).name_local == "Pac Le"
    qtbot.waitUntil(lambda: not line(form, "village").text())


def test_a_save_while_typing_goes_on_rewrites_nothing(
    qtbot: QtBot, session: Session, form: RecordForm, site: Site
) -> None:
    type_into(line(form, "name_local"), "Pac ")
    saved(qtbot, form, form.saver.save_all)
    assert stored(session, site).name_local == "Pac"
    assert line(form, "name_local").text() == "Pac "
    QTest.keyClicks(line(form, "name_local"), "Le ")
    assert line(form, "name_local").text() == "Pac Le "
    saved(qtbot, form, lambda: leave(form))
    assert line(form, "name_local").text() == "Pac Le"


def test_escape_gives_up_what_was_typed_and_its_draft(
    qtbot: QtBot, session: Session, form: RecordForm, site: Site
) -> None:
    with qtbot.waitSignal(form.saver.kept, timeout=1000):
        type_into(line(form, "name_vi"), "wrong")
    QTest.keyClick(line(form, "name_vi"), Qt.Key.Key_Escape)
    assert line(form, "name_vi").text() == site.name_vi
    qtbot.waitUntil(lambda: not pending_drafts(session.context))
    leave(form)
    session.tasks.wait_for_all()
    assert stored(session, site).name_vi == site.name_vi


def test_a_new_place_does_not_inherit_what_was_said_of_the_old_one(
    qtbot: QtBot, session: Session, form: RecordForm, site: Site
) -> None:
    before = stored(session, site).position
    assert before is not None
    assert before.quality == "commune-centroid"
    coordinates = line(form, "position")
    coordinates.selectAll()
    saved(qtbot, form, lambda: (type_into(coordinates, "21.51001, 106.47001"), leave(form)))
    after = stored(session, site).position
    assert after is not None
    assert (after.lat, after.lon) == (21.51001, 106.47001)
    assert after.quality is None
    assert after.method is None
