"""The plan in the window: days typed, steps ticked, undone; the plan written."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from geopark_app.gui.plan.dialog import PlanDialog
from geopark_app.gui.session import Session
from geopark_app.operations.processes import plan_of
from geopark_app.operations.working_days import WorkingDays


def opened(qtbot: QtBot, session: Session) -> PlanDialog:
    dialog = PlanDialog(session, deadline="progress_report")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.steps.rowCount() == 9)
    return dialog


def days_of(session: Session, step: str) -> tuple[int, bool]:
    lines = {line.key: line for line in plan_of(session.context, "progress_report").lines}
    planned = lines[step].planned.step
    return planned.days, planned.done_on is not None


def test_days_are_typed_steps_ticked_and_both_undone(qtbot: QtBot, session: Session) -> None:
    dialog = opened(qtbot, session)
    assert "31/01/2028" in dialog.title.text()
    item = dialog.steps.item(4, 1)
    assert item is not None
    item.setData(Qt.ItemDataRole.EditRole, 40)
    qtbot.waitUntil(lambda: days_of(session, "translation") == (40, False))
    tick = dialog.steps.item(4, 0)
    assert tick is not None
    tick.setCheckState(Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: days_of(session, "translation") == (40, True))
    session.undo_step()
    qtbot.waitUntil(lambda: days_of(session, "translation") == (40, False))
    session.undo_step()
    qtbot.waitUntil(lambda: days_of(session, "translation") == (20, False))


def test_an_own_step_stands_before_the_one_chosen_and_goes_again(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    dialog = opened(qtbot, session)
    dialog.steps.setCurrentCell(6, 0)
    dialog.add_step("Tỉnh ủy cho ý kiến", 4)
    qtbot.waitUntil(lambda: dialog.steps.rowCount() == 10)
    own = dialog.steps.item(6, 0)
    assert own is not None
    assert own.text() == "Tỉnh ủy cho ý kiến"
    dialog.steps.setCurrentCell(6, 0)
    assert dialog.remove_button.isEnabled()
    dialog.remove_button.click()
    qtbot.waitUntil(lambda: dialog.steps.rowCount() == 9)
    dialog.follow.click()
    qtbot.waitUntil(lambda: not dialog.follow.isChecked())
    out = tmp_path / "plan.ics"
    dialog.export_to(out)
    qtbot.waitUntil(out.is_file)


def test_a_day_off_is_entered(qtbot: QtBot, session: Session) -> None:
    dialog = opened(qtbot, session)
    dialog.days_button.click()
    days = next(one for one in dialog.findChildren(type(dialog).__mro__[1]) if one.isVisible())
    days.name.setText("Nghỉ bù")
    days.add_button.click()
    qtbot.waitUntil(lambda: len(WorkingDays(session.context).entered) == 1)
    qtbot.waitUntil(
        lambda: any(
            "Nghỉ bù" in (days.table.item(row, 1).text() or "")
            for row in range(days.table.rowCount())
        )
    )
    days.close()
