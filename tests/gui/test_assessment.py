"""Points of a site chosen in the window: totals while choosing, saved on closing, one accepted."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from geopark_app.domain.kinds import Assessment, AssessmentScore, Site
from geopark_app.gui.assessment.dialog import AssessmentDialog
from geopark_app.gui.assessment.scores_dialog import ScoresDialog
from geopark_app.gui.session import Session
from geopark_app.operations.assessments import method_of, site_scores
from geopark_app.operations.records import set_fields

RISK = {
    "DR.deterioration": 3,
    "DR.proximity_threats": 4,
    "DR.legal_protection": 4,
    "DR.accessibility": 4,
    "DR.population_density": 3,
}


@pytest.fixture
def site(session: Session) -> Site:
    found = session.context.catalogue.records(Site, where={"code": "LS-002"})[0]
    set_fields(session.context, "site", found.uuid, {"population_density": "180"})
    return session.context.catalogue.records(Site, where={"code": "LS-002"})[0]


@pytest.fixture
def opened(qtbot: QtBot, session: Session, site: Site) -> AssessmentDialog:
    dialog = AssessmentDialog(session, site)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def choose(dialog: AssessmentDialog, points: dict[str, int]) -> None:
    for code, given in points.items():
        dialog.rows[code].box.choose(str(given))


def saved(qtbot: QtBot, session: Session, deed: Callable[[], object]) -> None:
    with qtbot.waitSignal(session.changes.changes_stored):
        deed()


def test_totals_follow_the_choice_and_one_save_keeps_them(
    qtbot: QtBot, session: Session, opened: AssessmentDialog
) -> None:
    assert not opened.save_button.isEnabled()
    choose(opened, {"DR.deterioration": 3})
    assert "DR: 4 to score" in opened.totals.text()
    choose(opened, RISK)
    assert "DR: 355 · high risk" in opened.totals.text()
    opened.rows["DR.deterioration"].remark.setText("Mép hang")
    saved(qtbot, session, opened.save_button.click)
    qtbot.waitUntil(lambda: opened.chosen() is not None)
    shown = opened.chosen()
    assert shown is not None
    assert shown.totals["DR"].total == 355
    assert shown.given["DR.deterioration"].remark == "Mép hang"
    assert opened.accept_button.isEnabled()
    session.undo_step()
    qtbot.waitUntil(lambda: not session.context.catalogue.records(Assessment))


def test_a_proposal_is_taken_by_its_button(opened: AssessmentDialog) -> None:
    row = opened.rows["DR.population_density"]
    assert row.points() is None
    row.proposal.click()
    assert row.points() == 2
    assert opened.rows["DR.accessibility"].proposal.isHidden()


def test_closing_saves_what_was_chosen(qtbot: QtBot, session: Session, site: Site) -> None:
    # not given to the bot: it is gone when closed
    dialog = AssessmentDialog(session, site)
    dialog.show()
    choose(dialog, {"SV.integrity": 4})
    saved(qtbot, session, dialog.reject)
    (score,) = session.context.catalogue.records(AssessmentScore)
    assert (score.criterion, score.points) == ("SV.integrity", 4)


def test_an_accepted_result_stands_and_the_list_shows_it(
    qtbot: QtBot, session: Session, opened: AssessmentDialog
) -> None:
    choose(opened, RISK)
    saved(qtbot, session, opened.save_button.click)
    qtbot.waitUntil(lambda: opened.accept_button.isEnabled())
    saved(qtbot, session, lambda: opened.accept_because("Họp ngày 3/11"))
    qtbot.waitUntil(lambda: not opened.rows["DR.accessibility"].box.isEnabled())
    assert not opened.accept_button.isEnabled()
    scores = ScoresDialog(session)
    qtbot.addWidget(scores)
    (one,) = site_scores(session.context, method_of(session.context))
    assert one.counted.assessment.is_accepted
    texts = [item.text() for column in range(8) if (item := scores.table.item(0, column))]
    assert texts[0] == "LS-002"
    assert "355 · high risk" in texts
