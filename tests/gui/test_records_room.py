"""The room of other records, linked lists and own fields, as a person uses them."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import (
    Activity,
    Document,
    Partner,
    Site,
    SiteCurrentUse,
    SiteSample,
    SiteThreat,
)
from geopark_app.gui.forms.choice_editors import ChoiceEditor
from geopark_app.gui.forms.choices_editor import ChoicesEditor
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.forms.record_form import RecordForm
from geopark_app.gui.records_room.file_row import FileRow
from geopark_app.gui.records_room.linked import LinkedLists
from geopark_app.gui.records_room.record_dialog import RecordDialog
from geopark_app.gui.records_room.room import RecordsRoom
from geopark_app.gui.session import Session
from geopark_app.gui.sites.derived_facts import DerivedFacts
from geopark_app.operations.own_fields import own_texts
from geopark_app.operations.records import add_record


def first_site(session: Session) -> Site:
    return session.context.catalogue.records(Site, where={"code": "LS-002"})[0]


@pytest.fixture
def room(qtbot: QtBot, session: Session) -> RecordsRoom:
    made = RecordsRoom(session)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    return made


def test_the_kind_that_is_chosen_stays_where_it_was_clicked(room: RecordsRoom) -> None:
    shelf = room.kinds.topLevelItem(1)
    assert shelf is not None
    item = shelf.child(2)
    room.kinds.setCurrentItem(item)
    assert room.kind.name == item.data(0, Qt.ItemDataRole.UserRole)
    assert room.kinds.currentItem() is item
    room.show_kind("partner")
    now = room.kinds.currentItem()
    assert now is not None
    assert now.data(0, Qt.ItemDataRole.UserRole) == "partner"


def shown(room: RecordsRoom, column: int) -> list[str]:
    return [str(room.records.index(row, column).data()) for row in range(room.records.rowCount())]


def test_a_record_is_added_typed_and_undone(
    qtbot: QtBot, session: Session, room: RecordsRoom
) -> None:
    room.show_kind("partner")
    assert room.nothing.isVisible()
    qtbot.mouseClick(room.add_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: room.records.rowCount() == 1)
    assert room.form is not None
    row = room.form.row_of("name_vi")
    assert row is not None
    qtbot.keyClicks(row.editor.entry(), "Hop tac xa")
    with qtbot.waitSignal(room.form.field_saved):
        room.flush()
    session.tasks.wait_for_all()
    (partner,) = session.context.catalogue.records(Partner)
    assert partner.name_vi == "Hop tac xa"
    room.trash()
    qtbot.waitUntil(lambda: room.records.rowCount() == 0)
    session.undo_step()
    qtbot.waitUntil(lambda: room.records.rowCount() == 1)


def test_rows_stand_in_vietnamese_order_and_are_found_without_accents(
    session: Session, room: RecordsRoom
) -> None:
    for name in ("Ý Yên", "Đá Bạc", "Dân Tộc", "Ăn Mòn", "An Bình"):
        add_record(session.context, "partner", {"name_vi": name})
    room.show_kind("partner")
    room.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert shown(room, 1) == ["An Bình", "Ăn Mòn", "Dân Tộc", "Đá Bạc", "Ý Yên"]
    room.search.setText("da bac")
    assert shown(room, 1) == ["Đá Bạc"]


def test_totals_by_year_stand_below_the_table(session: Session, room: RecordsRoom) -> None:
    for day, people in (("2025-03-02", "40"), ("2025-10-01", "300")):
        add_record(session.context, "activity", {"starts_on": day, "participants": people})
    room.show_kind("activity")
    assert "340" in room.totals.text()
    assert len(session.context.catalogue.records(Activity)) == 2
    session.language.switch_to("vi")
    assert "Số người dự 340" in room.totals.text()


def test_every_shelf_kind_opens(room: RecordsRoom, session: Session) -> None:
    from geopark_app.domain.kinds import KINDS

    for name, kind in KINDS.items():
        if kind.shelf:
            room.show_kind(name)
            assert room.kind is kind


def test_linked_lists_go_both_ways(qtbot: QtBot, session: Session) -> None:
    site = first_site(session)
    lists = LinkedLists(session, FormOptions(session))
    qtbot.addWidget(lists)
    lists.show_record(kind_of(Site), site)
    assert lists.open_list("threats")
    lists.add()
    qtbot.waitUntil(lambda: len(session.context.catalogue.records(SiteThreat)) == 1)
    (threat,) = session.context.catalogue.records(SiteThreat)
    assert threat.site_uuid == site.uuid
    qtbot.waitUntil(lambda: lists.findChild(RecordDialog) is not None, timeout=10_000)
    dialog = lists.findChild(RecordDialog)
    assert dialog is not None
    row = dialog.form.row_of("distance_m")
    assert row is not None
    qtbot.keyClicks(row.editor.entry(), "120")
    dialog.close()
    qtbot.waitUntil(lambda: session.context.catalogue.records(SiteThreat)[0].distance_m == 120)
    partner, _changes = add_record(
        session.context, "partner", {"name_vi": "Nhà nghỉ", "site_uuid": site.uuid}
    )
    lists.fill()
    labels = [lists.tree.topLevelItem(at).text(0) for at in range(lists.tree.topLevelItemCount())]
    assert "Threats (1)" in labels
    assert "Partner (1)" in labels
    lists.show_record(kind_of(Partner), partner)
    assert not lists.open_list("threats")


def test_a_row_opened_and_closed_untouched_is_taken_back(qtbot: QtBot, session: Session) -> None:
    lists = LinkedLists(session, FormOptions(session))
    qtbot.addWidget(lists)
    lists.show_record(kind_of(Site), first_site(session))
    lists.open_list("samples")
    lists.add()
    qtbot.waitUntil(lambda: lists.findChild(RecordDialog) is not None)
    dialog = lists.findChild(RecordDialog)
    assert dialog is not None
    assert len(session.context.catalogue.records(SiteSample)) == 1
    dialog.close()
    qtbot.waitUntil(lambda: session.context.catalogue.records(SiteSample) == [])


def test_an_element_of_a_set_is_chosen(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists = LinkedLists(session, FormOptions(session))
    qtbot.addWidget(lists)
    lists.show_record(kind_of(Site), first_site(session))
    lists.open_list("current_use")
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_a, **_k: ("Tourism", True))
    lists.add()
    qtbot.waitUntil(lambda: len(session.context.catalogue.records(SiteCurrentUse)) == 1)
    assert session.context.catalogue.records(SiteCurrentUse)[0].term == "tourism"


def test_own_fields_stand_in_the_form(qtbot: QtBot, session: Session) -> None:
    context, site = session.context, first_site(session)
    form = RecordForm(session, kind_of(Site), FormOptions(session))
    qtbot.addWidget(form)
    assert form.row_of("own:soil_ph") is None
    add_record(
        context,
        "own_field",
        {"code": "soil_ph", "kind_name": "site", "label_en": "Soil pH", "value_type": "number"},
    )
    use, _changes = add_record(
        context, "own_field", {"code": "use", "kind_name": "site", "value_type": "choices"}
    )
    for code in ("wall", "lime"):
        typed = {"own_field_uuid": use.uuid, "code": code, "label_en": code.title()}
        _choice, changes = add_record(context, "own_field_choice", typed)
    # The form was there before the fields were defined.
    session.changes.publish(Changes(touched=frozenset({("own_field", use.uuid)})))
    assert changes.touched
    form.show_record(site)
    row = form.row_of("own:soil_ph")
    assert row is not None
    qtbot.keyClicks(row.editor.entry(), "6,5")
    with qtbot.waitSignal(form.field_saved):
        form.flush()
    boxes = form.row_of("own:use")
    assert boxes is not None
    assert isinstance(boxes.editor, ChoicesEditor)
    with qtbot.waitSignal(form.field_saved):
        boxes.editor.boxes["lime"].click()
    texts = own_texts(context, "site", site.uuid)
    assert texts == {"own:soil_ph": "6.5", "own:use": "lime"}
    session.undo_step()
    qtbot.waitUntil(lambda: not boxes.editor.boxes["lime"].isChecked())


def test_a_file_is_attached_to_a_document(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    document, _changes = add_record(session.context, "document", {"title_vi": "Quyết định"})
    row = FileRow(session)
    qtbot.addWidget(row)
    row.show_record(document)
    assert "classified" in row.reminder.text()
    assert not row.open_button.isEnabled()
    paper = tmp_path / "qd.pdf"
    paper.write_bytes(b"%PDF-1.4")
    row.attach(paper)
    qtbot.waitUntil(row.open_button.isEnabled)
    (stored,) = session.context.catalogue.records(Document)
    assert stored.file_name == "qd.pdf"


def test_derived_values_are_shown_and_cannot_be_typed(qtbot: QtBot, session: Session) -> None:
    facts = DerivedFacts(session, FormOptions(session))
    qtbot.addWidget(facts)
    facts.show_site(first_site(session))
    facts.heading.setChecked(True)
    assert facts.values["x_vn2000"].text().startswith("23")
    assert facts.values["sv_total"].text() == "–"
    assert facts.values["uuid"].text() == first_site(session).uuid


def test_terms_stand_below_their_parents(session: Session) -> None:
    options = FormOptions(session)
    ages = options.terms("geological_time")
    keys = [option.key for option in ages]
    assert keys.index("Phanerozoic") < keys.index("Paleozoic") < keys.index("Permian")
    depths = {option.key: option.depth for option in ages}
    assert depths["Permian"] == depths["Paleozoic"] + 1
    assert options.terms("threat")[0].key == "group_natural"


def test_only_states_that_may_follow_are_offered(qtbot: QtBot, session: Session) -> None:
    form = RecordForm(session, kind_of(Site), FormOptions(session))
    qtbot.addWidget(form)
    form.show_record(first_site(session))
    row = form.row_of("workflow_status")
    assert row is not None
    assert isinstance(row.editor, ChoiceEditor)
    box = row.editor.box
    keys = [str(box.itemData(at)) for at in range(box.count())]
    assert keys == ["", "draft", "submitted", "archived"]
    assert box.key() == "draft"
