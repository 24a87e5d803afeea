"""Coordinates typed into the form: what they can mean is shown, and a person chooses."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import Site
from geopark_app.domain.position import Position
from geopark_app.gui.forms.field_row import FieldRow
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.forms.position_editor import PositionEditor
from geopark_app.gui.forms.record_form import RecordForm
from geopark_app.gui.session import Session
from geopark_app.gui.sites.site_panel import SitePanel
from geopark_app.operations.drafts import pending_drafts

UTM = "681784.290 2417665.303"


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


def row_of(form: RecordForm) -> FieldRow:
    found = form.row_of("position")
    assert found is not None
    return found


def editor_of(form: RecordForm) -> PositionEditor:
    editor = row_of(form).editor
    assert isinstance(editor, PositionEditor)
    return editor


def type_coordinates(editor: PositionEditor, text: str) -> None:
    editor.coordinates.setFocus()
    editor.coordinates.selectAll()
    for char in text:
        QTest.keyClick(editor.coordinates, char)


def stored(session: Session, site: Site) -> Position | None:
    found = session.context.catalogue.get(Site, site.uuid)
    assert found is not None
    return found.position


def test_a_sure_reading_is_said_and_needs_no_choice(
    qtbot: QtBot, session: Session, form: RecordForm, site: Site
) -> None:
    editor = editor_of(form)
    type_coordinates(editor, "21.5031, 106.4641")
    qtbot.waitUntil(lambda: not editor.readings.isHidden())
    assert editor.readings.list.isHidden()
    assert "nearest commune point" in editor.readings.sentence.text()
    with qtbot.waitSignal(form.field_saved, timeout=20_000):
        QTest.keyClick(editor.coordinates, Qt.Key.Key_Return)
    position = stored(session, site)
    assert position is not None
    assert (position.lat, position.lon) == (21.5031, 106.4641)


def test_typing_the_same_coordinates_again_changes_nothing(
    qtbot: QtBot, session: Session, form: RecordForm, site: Site
) -> None:
    editor = editor_of(form)
    type_coordinates(editor, editor.coordinates.text())
    with qtbot.waitSignal(form.field_saved, timeout=20_000):
        QTest.keyClick(editor.coordinates, Qt.Key.Key_Return)
    assert stored(session, site) == site.position


def test_several_readings_are_offered_and_one_is_taken_by_keyboard(
    qtbot: QtBot, session: Session, form: RecordForm, site: Site
) -> None:
    editor = editor_of(form)
    type_coordinates(editor, UTM)
    qtbot.waitUntil(lambda: not editor.readings.isHidden())
    assert "In which coordinate system" in editor.readings.sentence.text()
    names = [editor.readings.list.item(n).text() for n in range(editor.readings.list.count())]
    assert len(names) == 3
    assert "EPSG:3405" in names[0]
    QTest.keyClick(editor.coordinates, Qt.Key.Key_Down)
    assert editor.readings.list.hasFocus()
    with qtbot.waitSignal(form.field_saved, timeout=20_000):
        QTest.keyClick(editor.readings.list, Qt.Key.Key_Return)
    position = stored(session, site)
    assert position is not None
    assert (position.lat, position.lon) == pytest.approx((21.852640, 106.761010), abs=1.5e-8)
    assert (position.as_typed, position.source_crs) == (UTM, "EPSG:3405")
    qtbot.waitUntil(lambda: pending_drafts(session.context) == [])


def test_a_reading_is_taken_by_a_click(
    qtbot: QtBot, session: Session, form: RecordForm, site: Site
) -> None:
    editor = editor_of(form)
    type_coordinates(editor, UTM)
    qtbot.waitUntil(lambda: not editor.readings.isHidden())
    listed = editor.readings.list
    names = [listed.item(n).text() for n in range(listed.count())]
    item = listed.item(next(n for n, name in enumerate(names) if "EPSG:32648" in name))
    with qtbot.waitSignal(form.field_saved, timeout=20_000):
        QTest.mouseClick(
            listed.viewport(), Qt.MouseButton.LeftButton, pos=listed.visualItemRect(item).center()
        )
    position = stored(session, site)
    assert position is not None
    assert position.source_crs == "EPSG:32648"


def test_leaving_without_a_choice_saves_nothing_and_asks(
    qtbot: QtBot, session: Session, form: RecordForm, site: Site
) -> None:
    editor = editor_of(form)
    type_coordinates(editor, UTM)
    with qtbot.waitSignal(form.field_refused, timeout=20_000):
        QTest.keyClick(editor.coordinates, Qt.Key.Key_Return)
    assert stored(session, site) == site.position
    assert "In which coordinate system" in row_of(form).problem.text()
    assert editor.readings.list.count() == 3
    assert editor.readings.sentence.isHidden()
    kept = {draft.field: draft.typed for draft in pending_drafts(session.context)}
    assert kept["position"] == UTM
    assert kept["position.lon"] == ""
    QTest.keyClick(editor.coordinates, Qt.Key.Key_Backspace)
    assert row_of(form).problem.isHidden()


def test_a_draft_comes_back_with_its_readings(
    qtbot: QtBot, session: Session, form: RecordForm, site: Site
) -> None:
    editor = editor_of(form)
    type_coordinates(editor, UTM)
    with qtbot.waitSignal(form.field_refused, timeout=20_000):
        QTest.keyClick(editor.coordinates, Qt.Key.Key_Return)
    form.show_record(None)
    with qtbot.waitSignal(form.field_refused, timeout=20_000):
        form.show_record(site)
    assert editor.coordinates.text() == UTM
    assert editor.readings.list.count() == 3


def test_a_doubtful_reading_wants_a_choice_and_up_goes_back(
    qtbot: QtBot, session: Session, form: RecordForm
) -> None:
    editor = editor_of(form)
    type_coordinates(editor, "22.3, 107.2")
    qtbot.waitUntil(lambda: editor.readings.list.count() == 1)
    assert "China" in editor.readings.list.item(0).text()
    QTest.keyClick(editor.coordinates, Qt.Key.Key_Down)
    QTest.keyClick(editor.readings.list, Qt.Key.Key_Up)
    assert editor.coordinates.hasFocus()
    with qtbot.waitSignal(form.field_refused, timeout=20_000):
        QTest.keyClick(editor.coordinates, Qt.Key.Key_Return)


def test_nothing_is_nagged_while_a_number_is_half_typed(qtbot: QtBot, form: RecordForm) -> None:
    editor = editor_of(form)
    type_coordinates(editor, "21.5")
    editor.show_readings()
    assert editor.readings.isHidden()


def test_the_readings_stand_on_the_small_map_until_one_is_saved(
    qtbot: QtBot, session: Session, site: Site
) -> None:
    panel = SitePanel(session, FormOptions(session))
    qtbot.addWidget(panel)
    panel.resize(700, 900)
    panel.show()
    qtbot.waitExposed(panel)
    panel.show_site(site.uuid)
    before = panel.map.grab().toImage()
    editor = editor_of(panel.form)
    type_coordinates(editor, UTM)
    qtbot.waitUntil(lambda: editor.readings.list.count() == 3)
    shown = panel.map.grab().toImage()
    assert shown != before
    QTest.keyClick(editor.coordinates, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.form.field_saved, timeout=20_000):
        QTest.keyClick(editor.readings.list, Qt.Key.Key_Return)
    assert panel.map.grab().toImage() != shown
    assert editor.readings.isHidden()
