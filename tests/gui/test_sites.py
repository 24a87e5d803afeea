"""The sites room: table, filters, form, adding, copying, deleting, changes from elsewhere."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from geopark_app.domain.kinds import Site
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.lists.keyed_model import UuidRole
from geopark_app.gui.messages import Notice
from geopark_app.gui.session import Session
from geopark_app.gui.sites.columns import COLUMNS, SiteColumn
from geopark_app.gui.sites.room import SitesRoom
from geopark_app.gui.sites.table_model import SiteTableModel
from geopark_app.operations.records import delete_record, set_field, set_fields
from geopark_app.operations.site_codes import next_code
from geopark_app.operations.site_lists import VISIT
from geopark_app.operations.sites import list_sites


@pytest.fixture
def room(qtbot: QtBot, session: Session) -> SitesRoom:
    made = SitesRoom(session)
    qtbot.addWidget(made)
    made.resize(1240, 650)
    made.show()
    qtbot.waitExposed(made)
    return made


def site_of(session: Session, code: str) -> Site:
    return session.context.catalogue.records(Site, where={"code": code})[0]


def shown_codes(room: SitesRoom) -> list[str]:
    return column_texts(room, SiteColumn.CODE)


def column_texts(room: SitesRoom, column: SiteColumn) -> list[str]:
    at = COLUMNS.index(column)
    return [str(room.sites.index(row, at).data()) for row in range(room.sites.rowCount())]


def line(room: SitesRoom, field: str) -> QLineEdit:
    row = room.panel.form.row_of(field)
    assert row is not None
    entry = row.editor.entry()
    assert isinstance(entry, QLineEdit)
    return entry


def type_over(entry: QLineEdit, text: str) -> None:
    entry.setFocus()
    entry.selectAll()
    QTest.keyClicks(entry, text)


def after(qtbot: QtBot, room: SitesRoom, deed: Callable[[], object]) -> None:
    with qtbot.waitSignal(room.refreshed, timeout=20_000):
        deed()


def test_the_model_keeps_qts_promises(qapp: QApplication, session: Session) -> None:
    model = SiteTableModel(session, FormOptions(session))
    tester = QAbstractItemModelTester(model)
    model.apply({})
    everything = list(model.keys)
    model.show_keys(everything[10:])
    model.show_keys(everything[:50])
    model.apply({"kind": "geosite"})
    model.sort(1)
    model.sort(8, Qt.SortOrder.DescendingOrder)
    model.retranslate()
    assert model.total == len(everything)
    assert model.rowCount() < len(everything)
    assert tester


def test_all_sites_are_listed_and_the_first_is_shown(room: SitesRoom) -> None:
    assert room.sites.rowCount() == 96
    assert room.panel.title.text().startswith("LS-001")
    assert room.filter_bar.count.text() == "96 sites"


def test_names_sort_in_vietnamese_order(room: SitesRoom) -> None:
    room.table.sortByColumn(COLUMNS.index(SiteColumn.NAME_VI), Qt.SortOrder.AscendingOrder)
    names = column_texts(room, SiteColumn.NAME_VI)
    first_d = next(at for at, name in enumerate(names) if name.startswith("D"))
    first_dd = next(at for at, name in enumerate(names) if name.startswith("Đ"))
    first_h = next(at for at, name in enumerate(names) if name.startswith("H"))
    assert first_d < first_dd < first_h


def test_search_finds_without_accents(qtbot: QtBot, room: SitesRoom) -> None:
    room.filter_bar.search.setFocus()
    QTest.keyClicks(room.filter_bar.search, "dong dang")
    qtbot.waitUntil(lambda: 0 < room.sites.rowCount() < 96)
    with_accents = shown_codes(room)
    room.filter_bar.search.clear()
    qtbot.waitUntil(lambda: room.sites.rowCount() == 96)
    composed = QInputMethodEvent()
    composed.setCommitString("ĐỒNG ĐĂNG")
    QApplication.sendEvent(room.filter_bar.search, composed)
    qtbot.waitUntil(lambda: 0 < room.sites.rowCount() < 96)
    assert shown_codes(room) == with_accents
    assert room.filter_bar.count.text() == f"{len(with_accents)} of 96"


def test_filters_narrow_together_and_all_are_taken_away_at_once(
    session: Session, room: SitesRoom
) -> None:
    room.apply_filter({"kind": "geosite", "missing": "name_en"})
    expected = list_sites(session.context, filters={"kind": "geosite", "missing": "name_en"})
    assert room.sites.rowCount() == len(expected)
    QTest.mouseClick(room.filter_bar.clear, Qt.MouseButton.LeftButton)
    assert room.sites.rowCount() == 96


def test_sites_never_visited_can_be_asked_for(room: SitesRoom) -> None:
    room.apply_filter({"missing": VISIT})
    assert room.sites.rowCount() == 96


def test_a_number_of_the_overview_shows_its_sites_under_its_words(
    session: Session, room: SitesRoom
) -> None:
    wanted = [site_of(session, code).uuid for code in ("LS-003", "LS-005")]
    room.apply_filter({"uuids": wanted, "label": "Without English"})
    assert shown_codes(room) == ["LS-003", "LS-005"]
    assert room.filter_bar.among_button.text() == "Without English"
    room.filter_bar.among_button.click()
    assert room.sites.rowCount() == 96


def test_going_to_a_site_takes_hiding_filters_away(
    qtbot: QtBot, session: Session, room: SitesRoom
) -> None:
    room.apply_filter({"text": "bac le"})
    other = site_of(session, "LS-020")
    with qtbot.waitSignal(room.site_selected) as said:
        room.show_site(other.uuid)
    assert said.args == [other.uuid]
    assert room.table.current_uuid() == other.uuid
    assert room.panel.title.text().startswith("LS-020")


def test_typing_in_the_form_shows_in_the_table(
    qtbot: QtBot, session: Session, room: SitesRoom
) -> None:
    def rename() -> None:
        type_over(line(room, "name_vi"), "Den Bac Le moi")
        QTest.keyClick(line(room, "name_vi"), Qt.Key.Key_Tab)

    after(qtbot, room, rename)
    assert column_texts(room, SiteColumn.NAME_VI)[0] == "Den Bac Le moi"
    assert site_of(session, "LS-001").name_vi == "Den Bac Le moi"
    with qtbot.waitSignal(room.refreshed, timeout=20_000):
        session.undo_step()
    assert line(room, "name_vi").text() == "Đền Bắc Lệ"


def test_filling_in_what_was_missing_does_not_take_the_form_away(
    qtbot: QtBot, session: Session, room: SitesRoom
) -> None:
    room.apply_filter({"missing": "village"})
    shown = room.sites.rowCount()
    current = room.table.current_uuid()

    def fill_in() -> None:
        type_over(line(room, "village"), "Ban Khoai")
        QTest.keyClick(line(room, "village"), Qt.Key.Key_Tab)

    after(qtbot, room, fill_in)
    assert room.table.current_uuid() == current
    assert room.sites.rowCount() == shown
    room.apply_filter({"missing": "village"})
    assert room.sites.rowCount() == shown - 1


def test_a_new_site_gets_the_next_code_and_waits_for_its_name(
    qtbot: QtBot, session: Session, room: SitesRoom
) -> None:
    room.apply_filter({"kind": "viewpoint"})
    room.table.setFocus()
    QTest.keyClick(room.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: room.panel.title.text().startswith("LS-097"))
    assert QApplication.focusWidget() is line(room, "name_vi")
    assert site_of(session, "LS-097").site_kind == "viewpoint"
    assert session.undo.undo_text == "Add site LS-097"


def test_a_copy_has_its_own_code_and_the_same_place(
    qtbot: QtBot, session: Session, room: SitesRoom
) -> None:
    first = site_of(session, "LS-017")
    room.show_site(first.uuid)
    room.copy_site()
    qtbot.waitUntil(lambda: room.panel.title.text().startswith("LS-097"))
    copy = site_of(session, "LS-097")
    assert (copy.name_vi, copy.commune_code) == (first.name_vi, first.commune_code)
    assert copy.position is not None
    assert first.position is not None
    assert (copy.position.lon, copy.position.lat) == (first.position.lon, first.position.lat)
    assert copy.position.quality == first.position.quality


def test_a_deleted_site_goes_to_the_trash_and_comes_back_by_undo(
    qtbot: QtBot, session: Session, room: SitesRoom
) -> None:
    room.table.setFocus()
    after(qtbot, room, lambda: QTest.keyClick(room.table, Qt.Key.Key_Delete))
    assert room.sites.rowCount() == 95
    assert room.panel.title.text().startswith("LS-002")
    after(qtbot, room, session.undo_step)
    assert room.sites.rowCount() == 96


def test_undo_in_the_message_of_the_trash_brings_back_this_site_only(
    qtbot: QtBot, session: Session, room: SitesRoom
) -> None:
    notices: list[Notice] = []
    session.messages.noticed.connect(notices.append)
    after(qtbot, room, room.delete_site)
    other = site_of(session, "LS-002")
    with qtbot.waitSignal(session.changes.changes_stored):
        session.run(lambda context: set_field(context, "site", other.uuid, "name_en", "Kept"))
    bring_back = notices[-1].on_action
    assert bring_back is not None
    after(qtbot, room, bring_back)
    assert room.sites.rowCount() == 96
    assert site_of(session, "LS-002").name_en == "Kept"


def test_a_foreign_save_refreshes_its_row_without_taking_the_focus(
    qtbot: QtBot, session: Session, room: SitesRoom
) -> None:
    entry = line(room, "name_vi")
    type_over(entry, "half typed")
    other = site_of(session, "LS-002")
    changed: list[int] = []
    room.sites.dataChanged.connect(lambda first, last, _roles: changed.append(first.row()))
    set_field(session.context, "site", other.uuid, "name_vi", "Biển cổ")
    after(qtbot, room, session.changes.look_for_foreign_changes)
    assert column_texts(room, SiteColumn.NAME_VI)[1] == "Biển cổ"
    assert changed == [1]
    assert QApplication.focusWidget() is entry
    assert entry.text() == "half typed"


def test_a_site_a_colleague_deleted_leaves_the_table(
    qtbot: QtBot, session: Session, room: SitesRoom
) -> None:
    delete_record(session.context, "site", site_of(session, "LS-050").uuid)
    after(qtbot, room, session.changes.look_for_foreign_changes)
    assert "LS-050" not in shown_codes(room)


def test_a_position_of_a_commune_shows_its_name_and_no_numbers(room: SitesRoom) -> None:
    card = room.panel.coordinates
    assert card.wgs84.text() == "Tân Thành"
    assert card.projected.text() == "–"
    assert not card.copy_buttons[0].isEnabled()


def test_an_exact_position_stands_in_both_systems_ready_to_copy(
    qtbot: QtBot, session: Session, room: SitesRoom
) -> None:
    site = site_of(session, "LS-001")
    typed = {
        "position": "21.8526, 106.7610",
        "position.quality": "exact",
        "position.accuracy_m": "5",
    }
    session.changes.publish(set_fields(session.context, "site", site.uuid, typed))
    card = room.panel.coordinates
    assert card.wgs84.text().endswith("E")
    assert card.projected.text().startswith("N (X) 2")
    QTest.mouseClick(card.copy_buttons[1], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == card.projected.text()


def test_a_finding_leads_to_its_field(qtbot: QtBot, room: SitesRoom) -> None:
    findings = room.panel.findings
    findings.heading.click()
    texts = [findings.list.item(row).text() for row in range(findings.list.count())]
    at = next(row for row, text in enumerate(texts) if "description (English)" in text)
    findings.list.itemClicked.emit(findings.list.item(at))
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "field-description_en"


def test_columns_can_be_hidden_and_are_remembered(
    qtbot: QtBot, session: Session, room: SitesRoom
) -> None:
    menu = room.table.column_menu()
    actions = {action.text(): action for action in menu.actions()}
    assert not actions["Code"].isEnabled()
    actions["Name (English)"].trigger()
    room.table.setColumnWidth(0, 133)
    session.about_to_save.emit()
    again = SitesRoom(session)
    qtbot.addWidget(again)
    assert again.table.isColumnHidden(COLUMNS.index(SiteColumn.NAME_EN))
    assert again.table.columnWidth(0) == 133


def test_everything_speaks_the_language_chosen(session: Session, room: SitesRoom) -> None:
    session.language.switch_to("vi")
    assert room.add_button.text() == "Thêm điểm"
    assert room.sites.headerData(0, Qt.Orientation.Horizontal) == "Mã"
    assert room.panel.photos.add_button.text() == "Thêm ảnh…"
    assert column_texts(room, SiteColumn.KIND)[1] == "Điểm di sản địa chất"


def test_the_keyboard_goes_from_table_to_form_and_on(qtbot: QtBot, room: SitesRoom) -> None:
    room.table.setFocus()
    QTest.keyClick(room.table, Qt.Key.Key_Down)
    assert room.panel.title.text().startswith("LS-002")
    QTest.keyClick(room.table, Qt.Key.Key_Return)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QWidget)
    assert focused.objectName() == "field-name_vi"
    QTest.keyClick(focused, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: room.panel.title.text().startswith("LS-003"))


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([], ""),
        (["Đèo Cả"], ""),
        (["LS-001", "LS-096"], "LS-097"),
        (["LS-9", "LS-10"], "LS-11"),
        (["A1", "LS-001", "LS-002"], "LS-003"),
        (["099"], "100"),
    ],
)
def test_next_code(codes: list[str], expected: str) -> None:
    assert next_code(codes) == expected


def test_the_row_of_a_site_is_found_by_its_key(room: SitesRoom) -> None:
    row = room.sites.row_at(3)
    assert row is not None
    assert room.sites.index(3, 0).data(UuidRole) == row.uuid
    assert room.sites.row_of(row.uuid) == 3
