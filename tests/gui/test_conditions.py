"""Filters by anything: made in the dialog, shown as chips, kept with a search."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import KINDS, Site
from geopark_app.gui.conditions.chips import ConditionChips
from geopark_app.gui.conditions.dialog import ConditionDialog
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.messages import Notice
from geopark_app.gui.records_room.room import RecordsRoom
from geopark_app.gui.session import Session
from geopark_app.gui.sites.filter_memory import remember_filters
from geopark_app.gui.sites.room import SitesRoom
from geopark_app.operations.conditions import SIGNS, Sign
from geopark_app.operations.records import set_fields
from geopark_app.operations.searching import saved_searches


@pytest.fixture
def dialog(qtbot: QtBot, session: Session) -> ConditionDialog:
    made = ConditionDialog(session, FormOptions(session), kind_of(Site))
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def room(qtbot: QtBot, session: Session) -> SitesRoom:
    made = SitesRoom(session)
    qtbot.addWidget(made)
    made.resize(1240, 650)
    made.show()
    return made


def taken(dialog: ConditionDialog) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    dialog.condition_made.connect(lambda key, typed: found.append((key, typed)))
    dialog.accept()
    return found


def choose_sign(dialog: ConditionDialog, sign: Sign) -> None:
    dialog.signs.setCurrentIndex(dialog.signs.findData(sign.value))


def test_a_field_is_found_by_typing_without_accents(dialog: ConditionDialog) -> None:
    QTest.keyClicks(dialog.search, "altitude")
    assert dialog.field() == "altitude_m"
    choose_sign(dialog, Sign.AT_LEAST)
    QTest.keyClicks(dialog.line, "300")
    assert taken(dialog) == [("altitude_m>", "300")]


def test_terms_are_ticked_and_yes_or_no_is_chosen(dialog: ConditionDialog) -> None:
    dialog.choose_field("age_oldest")
    choose_sign(dialog, Sign.WITHIN)
    keys = [dialog.terms.item(row).data(Qt.ItemDataRole.UserRole)
            for row in range(dialog.terms.count())]  # fmt: skip
    for key in ("Paleozoic", "Neogene"):
        dialog.terms.item(keys.index(key)).setCheckState(Qt.CheckState.Checked)
    assert set(dialog.value().split("|")) == {"Paleozoic", "Neogene"}
    dialog.choose_field("in_geopark")
    dialog.answer.setCurrentIndex(1)
    assert taken(dialog) == [("in_geopark", "no")]


def test_what_cannot_be_understood_is_said_and_the_dialog_stays(dialog: ConditionDialog) -> None:
    dialog.choose_field("survey_date")
    assert taken(dialog) == []
    assert dialog.trouble.text()
    QTest.keyClicks(dialog.line, "some day")
    assert taken(dialog) == []
    assert "some day" in dialog.trouble.text()
    assert dialog.isVisible()


def test_a_record_is_named_by_typing(dialog: ConditionDialog, session: Session) -> None:
    dialog.choose_field("commune_code")
    choose_sign(dialog, Sign.IS)
    assert dialog.record is not None
    dialog.record.line.setText("Tân Thành")
    ((key, code),) = taken(dialog)
    assert key == "commune_code"
    assert code.isdecimal()


def test_chips_narrow_and_are_taken_away(qtbot: QtBot, session: Session, room: SitesRoom) -> None:
    conditions = room.filter_bar.conditions
    assert not conditions.isVisible()
    site = session.context.catalogue.records(Site, where={"code": "LS-003"})[0]
    set_fields(session.context, "site", site.uuid, {"altitude_m": "420"})
    conditions.add("altitude_m>", "400")
    conditions.add("name_vi?", "yes")
    conditions.add("altitude_m>", "100")
    assert [room.sites.index(row, 0).data() for row in range(room.sites.rowCount())] == ["LS-003"]
    words = [chip.text() for chip in conditions.chips()]
    assert words == [
        "Altitude (m) at least 400", "Name (Vietnamese): filled in", "Altitude (m) at least 100"
    ]  # fmt: skip
    session.language.switch_to("vi")
    assert "ít nhất 400" in conditions.chips()[0].text()
    for _turn in range(3):
        QTest.mouseClick(conditions.chips()[0], Qt.MouseButton.LeftButton)
    assert room.sites.rowCount() == 96
    assert not conditions.isVisible()


def test_conditions_are_kept_with_a_search_and_remembered(
    qtbot: QtBot, session: Session, room: SitesRoom
) -> None:
    room.filter_bar.conditions.add("name_vi~", "hang")
    shown = room.sites.rowCount()
    with qtbot.waitSignal(session.changes.changes_stored):
        room.filter_bar.saved.keep("caves")
    (kept,) = saved_searches(session.context)
    assert dict(kept.filters) == {"name_vi~": "hang"}
    session.about_to_save.emit()
    again = SitesRoom(session)
    qtbot.addWidget(again)
    assert again.sites.rowCount() == shown
    assert len(again.filter_bar.conditions.chips()) == 1


def test_a_condition_on_a_field_that_is_gone_is_said_and_dropped(
    qtbot: QtBot, session: Session
) -> None:
    said: list[Notice] = []
    session.messages.noticed.connect(said.append)
    remember_filters(session.context, {"own:depth>": "3"})
    room = SitesRoom(session)
    qtbot.addWidget(room)
    assert said
    assert room.sites.rowCount() == 96
    assert room.filter_bar.filters() == {}


def test_other_records_are_narrowed_too(qtbot: QtBot, session: Session) -> None:
    room = RecordsRoom(session)
    qtbot.addWidget(room)
    room.show_kind("stop")
    everything = room.records.rowCount()
    room.conditions.add("slot<", "3")
    assert 0 < room.records.rowCount() < everything
    room.conditions.add("slot>", "99")
    assert room.records.rowCount() == 0
    assert room.form is not None
    assert room.form.record is None
    room.show_kind("commune")
    assert room.conditions.conditions() == {}
    assert room.records.rowCount() > 0


def test_every_field_of_every_shelf_can_be_asked_for(qtbot: QtBot, session: Session) -> None:
    options = FormOptions(session)
    for kind in KINDS.values():
        if kind.shelf or kind.name == "site":
            dialog = ConditionDialog(session, options, kind)
            qtbot.addWidget(dialog)
            for row in range(dialog.fields.count()):
                dialog.fields.setCurrentRow(row)
                assert dialog.signs.count()
    QApplication.processEvents()


def test_every_way_of_comparing_has_words_in_a_chip(qtbot: QtBot, session: Session) -> None:
    chips = ConditionChips(session, FormOptions(session), kind_of(Site))
    qtbot.addWidget(chips)
    for spec in kind_of(Site).fields:
        for sign in SIGNS[spec.type]:
            chips.show_conditions({f"{spec.name}{sign.value}": "1"})
            (chip,) = chips.chips()
            assert chip.text()
