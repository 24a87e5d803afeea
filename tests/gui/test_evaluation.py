"""The form answered in the window: every entry is a save, evidence takes the mark of a claim."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from geopark_app.domain.kinds import FormAnswer
from geopark_app.gui.evaluation.dialog import EvaluationDialog
from geopark_app.gui.session import Session


@pytest.fixture
def opened(qtbot: QtBot, session: Session) -> EvaluationDialog:
    dialog = EvaluationDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def saved(qtbot: QtBot, session: Session, deed: Callable[[], object]) -> None:
    with qtbot.waitSignal(session.changes.changes_stored):
        deed()


def test_an_answer_is_saved_at_once_and_can_be_undone(
    qtbot: QtBot, session: Session, opened: EvaluationDialog
) -> None:
    opened.choose("1.1.1.a")
    assert opened.form.is_provisional
    saved(qtbot, session, opened.panel.buttons["2"].click)
    qtbot.waitUntil(lambda: opened.form.result.own.items.get("1.1.1.a") == 200)
    assert opened.form.result.claimed == ("1.1.1.a",)
    assert "claimed without evidence: 1" in opened.score.text()
    session.undo_step()
    qtbot.waitUntil(lambda: not session.context.catalogue.records(FormAnswer))
    qtbot.waitUntil(lambda: "1.1.1.a" in opened.form.result.unanswered)


def test_a_count_and_the_evaluators_points_are_entered(
    qtbot: QtBot, session: Session, opened: EvaluationDialog
) -> None:
    opened.choose("1.1.2.a")
    assert not opened.panel.count.isHidden()
    saved(qtbot, session, lambda: opened.panel.count.setValue(7))
    qtbot.waitUntil(lambda: opened.form.result.own.items.get("1.1.2.a") == 35)
    saved(qtbot, session, lambda: opened.panel.evaluators.setValue(30))
    qtbot.waitUntil(lambda: opened.form.result.evaluators.items == {"1.1.2.a": 30})
    assert opened.form.result.own.items == {"1.1.2.a": 35}


def test_evidence_is_registered_and_taken_away_again(
    qtbot: QtBot, session: Session, opened: EvaluationDialog
) -> None:
    opened.choose("1.2.2.b")
    saved(qtbot, session, opened.panel.buttons["1"].click)
    opened.panel.evidence_added.emit("1.2.2.b", "Quyết định 12/QĐ")
    qtbot.waitUntil(lambda: opened.panel.evidence.count() == 1)
    assert opened.form.result.claimed == ()
    line = opened.panel.evidence.item(0)
    assert line is not None
    assert line.text() == "E-001  Quyết định 12/QĐ"
    saved(qtbot, session, opened.panel.remove_button.click)
    qtbot.waitUntil(lambda: opened.form.result.claimed == ("1.2.2.b",))


def test_tab_goes_through_the_item_from_top_to_bottom(opened: EvaluationDialog) -> None:
    opened.choose("1.1.2.a")
    opened.choose("1.1.1.a")
    panel = opened.panel
    wanted: list[QWidget] = [*panel.buttons.values(), panel.evaluators, panel.note, panel.evidence]
    order: list[QWidget] = []
    widget = opened.tree.nextInFocusChain()
    while widget is not opened.tree:
        order.append(widget)
        widget = widget.nextInFocusChain()
    assert [one for one in order if one in wanted] == wanted
    assert order.index(panel.evidence) < order.index(opened.export_button)


def test_the_keyboard_stays_on_the_option_chosen(
    qtbot: QtBot, session: Session, opened: EvaluationDialog
) -> None:
    opened.choose("1.1.1.a")
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    before = opened.panel.buttons["2"]
    before.setFocus()
    saved(qtbot, session, before.click)
    qtbot.waitUntil(lambda: opened.panel.buttons["2"] is not before)
    assert opened.panel.buttons["2"].hasFocus()
