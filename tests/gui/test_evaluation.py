"""The form answered in the window: every entry is a save, evidence takes the mark of a claim."""

from collections.abc import Callable

import pytest
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
