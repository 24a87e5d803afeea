"""Works in the window: made of gaps with one button, shown by commune, undone as one step."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from geopark_app.domain.kinds import Site, Work
from geopark_app.gui.session import Session
from geopark_app.gui.works.dialog import WorksDialog
from geopark_app.operations.visits import record_visit


def test_gaps_become_works_and_undo_takes_them_back(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    context = session.context
    assert context.catalogue.records(Site, where={"code": "LS-002"})
    answers = {"B01": {"status": "not_met"}, "B04": {"status": "partly"}}
    record_visit(context, "LS-002", answers)
    dialog = WorksDialog(session)
    qtbot.addWidget(dialog)
    dialog.make_button.click()
    qtbot.waitUntil(lambda: dialog.tree.topLevelItemCount() == 1)
    top = dialog.tree.topLevelItem(0)
    assert top is not None
    assert top.childCount() == 2
    assert dialog.chosen()
    assert "2 open of 2" in dialog.sums.text()
    path = tmp_path / "works.xlsx"
    dialog.export_to(path)
    qtbot.waitUntil(path.is_file)
    session.undo_step()
    qtbot.waitUntil(lambda: not context.catalogue.records(Work))
    qtbot.waitUntil(lambda: dialog.tree.topLevelItemCount() == 0)
