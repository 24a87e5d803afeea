"""The mission planner in the window: days, order by drag and keyboard, test drive, questions."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from geopark_app.domain.kinds import MissionStop, Recommendation, Route, Site
from geopark_app.gui.mission.agenda import whole_order
from geopark_app.gui.mission.dialog import MissionDialog
from geopark_app.gui.recommendations.dialog import RecommendationsDialog
from geopark_app.gui.session import Session
from geopark_app.operations.mission_planning import add_sites, new_mission

DAY, NEXT = "2028-05-10", "2028-05-11"


@pytest.fixture
def opened(qtbot: QtBot, session: Session) -> MissionDialog:
    context = session.context
    mission = new_mission(context, "Đoàn 2028", starts_on=DAY, ends_on=NEXT).mission
    sites = sorted(context.catalogue.records(Site), key=lambda one: one.code or "")[:3]
    add_sites(context, mission.uuid, DAY, sites)
    dialog = MissionDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.agenda.tree.topLevelItemCount() == 3)
    return dialog


def test_entries_change_their_order_by_keyboard_and_move_to_another_day(
    qtbot: QtBot, session: Session, opened: MissionDialog
) -> None:
    tree = opened.agenda.tree
    first, second, third = tree.keys()
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: tree.keys() == [second, first, third])
    assert tree.chosen() == first
    session.undo_step()
    qtbot.waitUntil(lambda: tree.keys() == [first, second, third])
    tree.ordered.emit([third, first, second])
    qtbot.waitUntil(lambda: tree.keys() == [third, first, second])
    tree.choose(first)
    opened.agenda.move_menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: tree.keys() == [third, second])
    opened.agenda.choose(NEXT)
    assert tree.keys() == [first]


def test_an_entry_of_the_wet_version_keeps_its_place(
    qtbot: QtBot, session: Session, opened: MissionDialog
) -> None:
    first, second, third = opened.agenda.tree.keys()
    opened.agenda.panel.entered.emit(second, "weather", "wet")
    qtbot.waitUntil(lambda: opened.agenda.tree.keys() == [first, third])
    mission = opened.agenda.mission
    assert mission is not None
    assert whole_order(mission, DAY, [third, first]) == [third, first, second]
    opened.agenda.wet.click()
    assert opened.agenda.tree.keys() == [first, second, third]


def test_minutes_and_drives_are_entered_in_the_panel(
    qtbot: QtBot, session: Session, opened: MissionDialog
) -> None:
    _first, second, _third = opened.agenda.tree.keys()
    opened.agenda.tree.choose(second)
    opened.agenda.panel.minutes.setValue(90)
    stop = session.context.catalogue.get
    qtbot.waitUntil(lambda: stop(MissionStop, second).minutes == 90)  # type: ignore[union-attr]
    opened.agenda.panel.drive.setValue(35)

    def drive() -> tuple[int, str] | None:
        mission = opened.agenda.mission
        assert mission is not None
        found = mission.day(DAY).dry[1].drive
        return (found.minutes, found.source) if found else None

    qtbot.waitUntil(lambda: drive() == (35, "entered"))
    assert opened.agenda.conflicts.count() > 1
    route = session.context.catalogue.records(Route)[0]
    opened._deeds.add_route(NEXT, route)
    opened._deeds.add_place(NEXT, "closing", "UBND tỉnh")
    opened.agenda.choose(NEXT)
    qtbot.waitUntil(lambda: "UBND tỉnh" in _texts(opened))


def _texts(dialog: MissionDialog) -> list[str]:
    tree = dialog.agenda.tree
    items = (tree.topLevelItem(at) for at in range(tree.topLevelItemCount()))
    return [item.text(2) for item in items if item is not None]


def test_a_test_drive_is_ticked_by_one_button_and_put_right(
    qtbot: QtBot, session: Session, opened: MissionDialog
) -> None:
    opened.tabs.setCurrentIndex(2)
    part = opened.rehearsal
    for row, column in ((0, 2), (1, 1)):
        part.button.click()
        qtbot.waitUntil(lambda row=row, column=column: bool(part.table.item(row, column).text()))
    part.table.item(0, 2).setText("08:00")
    qtbot.waitUntil(lambda: part.table.item(0, 2).text() == "08:00")
    part.table.item(1, 1).setText("08:25")
    qtbot.waitUntil(lambda: part.table.item(1, 3).text() == "25 min")
    part.take_button.click()
    qtbot.waitUntil(lambda: part.table.item(1, 4).text() == "25 min")


def test_a_remark_becomes_a_recommendation(
    qtbot: QtBot, session: Session, opened: MissionDialog
) -> None:
    opened.tabs.setCurrentIndex(3)
    opened.log.question.setText("Cần bảng song ngữ ở mọi điểm")
    opened.log.by.setText("T. Demir")
    qtbot.keyClick(opened.log.question, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened.log.table.rowCount() == 1)
    opened.log.recommend_button.click()
    qtbot.waitUntil(lambda: not opened.log.recommend_button.isEnabled())
    made = [
        one for one in session.context.catalogue.records(Recommendation) if one.origin == "oral"
    ]
    assert [one.given_by for one in made] == ["T. Demir"]
    register = RecommendationsDialog(session, opened)
    qtbot.waitUntil(lambda: register.table.rowCount() == 11)
    register.which.setCurrentIndex(2)
    assert register.table.rowCount() == 0
    register.reject()


def test_without_a_mission_only_a_new_one_can_be_made(qtbot: QtBot, session: Session) -> None:
    dialog = MissionDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not dialog.tabs.isEnabled())
    assert not dialog.booklet_button.isEnabled()
    dialog.make("Đoàn 2028", "", DAY, NEXT)
    qtbot.waitUntil(lambda: dialog.agenda.days.count() == 2)
    assert dialog.which.currentText() == "Đoàn 2028"
