"""Points of a site chosen in the window: totals while choosing, saved on closing, one accepted."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from geopark_app.domain.kinds import Assessment, AssessmentScore, Site
from geopark_app.gui.assessment.dialog import AssessmentDialog
from geopark_app.gui.assessment.methods_dialog import MethodsDialog
from geopark_app.gui.assessment.scores_dialog import ScoresDialog
from geopark_app.gui.session import Session
from geopark_app.operations.assessments import Given, assess
from geopark_app.operations.records import set_fields
from geopark_app.operations.score_lists import site_scores
from geopark_app.operations.scoring_methods import method_of

METHOD = Path(__file__).resolve().parents[1] / "data" / "methods" / "heritage-rank2023.json"
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
    assert shown.is_draft
    assert not opened.accept_button.isEnabled()
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


def test_points_submitted_stand_are_accepted_and_ranked(
    qtbot: QtBot, session: Session, opened: AssessmentDialog, tmp_path: Path
) -> None:
    choose(opened, RISK)
    opened.rows["DR.population_density"].remark.setText("Đông hơn cả xã")
    saved(qtbot, session, lambda: opened.save(submit=True))
    qtbot.waitUntil(lambda: opened.accept_button.isEnabled())
    assert not opened.rows["DR.accessibility"].box.isEnabled()
    saved(qtbot, session, lambda: opened.accept_because("Họp ngày 3/11"))
    qtbot.waitUntil(lambda: not opened.accept_button.isEnabled())
    scores = ScoresDialog(session)
    qtbot.addWidget(scores)
    qtbot.waitUntil(lambda: scores.table.rowCount() == 1)
    (one,) = site_scores(session.context, method_of(session.context))
    assert one.counted is not None
    assert one.counted.assessment.is_accepted
    texts = [item.text() for column in range(10) if (item := scores.table.item(0, column))]
    assert texts[:2] == ["1", "LS-002"]
    assert "355 · high risk" in texts
    scores.write_to(tmp_path / "ranking.xlsx")
    qtbot.waitUntil((tmp_path / "ranking.xlsx").is_file)


def test_points_other_than_the_facts_say_are_not_submitted_without_a_remark(
    qtbot: QtBot, session: Session, opened: AssessmentDialog
) -> None:
    choose(opened, {"DR.population_density": 4})
    assert opened.rows["DR.population_density"].remark.placeholderText().startswith("Why not")
    opened.save(submit=True)
    qtbot.waitUntil(lambda: opened.submit_button.isEnabled())
    assert not session.context.catalogue.records(Assessment)


def test_others_points_are_shown_once_the_own_ones_are_submitted(
    qtbot: QtBot, session: Session, site: Site
) -> None:
    context = session.context
    author = context.catalogue.author(person="Lý Văn An", device="other")
    other = replace(context, author=author)
    method = method_of(context)
    given = {code: Given(points=points) for code, points in RISK.items()}
    given["DR.population_density"] = Given(points=3, remark="Phố chợ")
    assess(other, site, given, method=method, submit=True)
    session.switch_person("Nông Thị Bình")
    dialog = AssessmentDialog(session, site)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.chosen() is None
    assert dialog.blind.isVisible()
    dialog.choice.setCurrentIndex(1)
    dialog.choice.activated.emit(1)
    assert dialog.rows["DR.deterioration"].points() is None
    assert "DR: hidden" in dialog.totals.text()
    dialog.choice.setCurrentIndex(0)
    dialog.choice.activated.emit(0)
    choose(dialog, {"DR.deterioration": 2})
    saved(qtbot, session, lambda: dialog.save(submit=True))
    qtbot.waitUntil(lambda: not dialog.blind.isVisible())
    assert "2–3" in dialog.differences.text()
    dialog.begin_agreed()
    assert dialog.rows["DR.deterioration"].points() is None
    assert dialog.chosen() is None


def test_who_scores_none_reads_what_is_submitted(
    qtbot: QtBot, session: Session, site: Site
) -> None:
    context = session.context
    author = context.catalogue.author(person="Lý Văn An", device="other")
    given = {"SV.integrity": Given(points=4)}
    assess(replace(context, author=author), site, given, method=method_of(context), submit=True)
    session.switch_person("Nông Thị Bình")
    scores = ScoresDialog(session)
    qtbot.addWidget(scores)
    scores.show()
    qtbot.waitUntil(lambda: scores.none_button.isVisible())
    saved(qtbot, session, scores.read_only)
    qtbot.waitUntil(lambda: not scores.none_button.isVisible())


def test_a_method_is_taken_from_a_file_and_confirmed(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    dialog = MethodsDialog(session)
    qtbot.addWidget(dialog)
    saved(qtbot, session, lambda: dialog.take_from(METHOD))
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 2)
    dialog.table.selectRow(1)
    chosen = dialog.chosen()
    assert chosen is not None
    assert chosen.is_provisional
    saved(qtbot, session, lambda: dialog.confirm(chosen, "So với bảng 2"))
    qtbot.waitUntil(lambda: "So với bảng 2" in dialog.state.text())
    dialog.write_to(chosen, tmp_path / "method.json")
    qtbot.waitUntil((tmp_path / "method.json").is_file)
    scores = ScoresDialog(session)
    qtbot.addWidget(scores)
    assert scores.method_choice.count() == 2
    scores.method_choice.setCurrentIndex(1)
    scores.method_choice.activated.emit(1)
    assert scores.by.count() == 1
