"""The readiness board and the papers that end, worked out by hand."""

from datetime import date

import pytest

from geopark_app.rules.board import (
    OpenTask,
    Paper,
    PartState,
    answer_state,
    board_row,
    expiring,
    site_state,
)
from geopark_app.rules.round_trip import Awaited, Outcome, outcome, unanswered

TODAY = date(2027, 5, 1)
C, M, O = PartState.COMPLETE, PartState.MISSING, PartState.TOO_OLD  # noqa: E741


@pytest.mark.parametrize(
    ("status", "is_stale", "state"),
    [
        ("met", False, C),
        ("na", True, O),
        ("met", True, O),
        ("partly", False, M),
        ("not_met", True, M),
    ],
)
def test_an_answer(status: str, is_stale: bool, state: PartState) -> None:
    assert answer_state(status, is_stale=is_stale) is state


@pytest.mark.parametrize(
    ("has_gaps", "answers", "state"),
    [
        (False, (C, C), C), (False, (C, O), O), (False, (C, O, M), M), (False, (), M),
        (True, (C,), M),
    ],
)  # fmt: skip
def test_a_site(has_gaps: bool, answers: tuple[PartState, ...], state: PartState) -> None:
    assert site_state(has_gaps=has_gaps, answers=answers) is state


def test_a_row_names_who_is_awaited_by_their_dates() -> None:
    tasks = [
        OpenTask(who="Sở B", due=None),
        OpenTask(who="Xã A", due=date(2027, 6, 1)),
        OpenTask(who="Sở C", due=date(2027, 4, 1)),
        OpenTask(who="Xã A", due=date(2027, 5, 2)),
        OpenTask(who="", due=None),
    ]
    row = board_row("1", "Tuyến 1", [C, M, M, O], tasks, deadline=date(2028, 1, 31))
    assert (row.complete, row.missing, row.too_old) == (1, 2, 1)
    assert row.waiting == ("Sở C", "Xã A", "Sở B")
    assert row.days_left(TODAY) == -30
    assert board_row("2", "", [], [], deadline=date(2027, 5, 3)).days_left(TODAY) == 2
    assert board_row("3", "", [], [], deadline=None).days_left(TODAY) is None


def test_papers_that_end_before_the_mission_or_soon() -> None:
    papers = [
        Paper(kind="partner", uuid="1", title="b", until=date(2028, 2, 28)),
        Paper(kind="partner", uuid="2", title="a", until=date(2027, 10, 28)),
        Paper(kind="document", uuid="3", title="c", until=date(2027, 4, 30)),
        Paper(kind="document", uuid="4", title="d", until=date(2028, 3, 2)),
    ]
    soon = expiring(papers, TODAY, within_days=180, before=None)
    assert [one.uuid for one in soon] == ["3", "2"]  # 180 days after 1 May is 28 October
    assert soon[0].days_left(TODAY) == -1
    before = expiring(papers, TODAY, within_days=180, before=date(2028, 3, 1))
    assert [one.uuid for one in before] == ["3", "2", "1"]


def test_three_ways() -> None:
    assert outcome(sent=1, returned=1, now=2) is Outcome.UNTOUCHED
    assert outcome(sent=1, returned=2, now=2) is Outcome.ALREADY
    assert outcome(sent=1, returned=2, now=1) is Outcome.CHANGE
    assert outcome(sent=1, returned=2, now=3) is Outcome.CONFLICT
    assert outcome(sent=None, returned=None, now="x") is Outcome.UNTOUCHED


def test_who_has_not_answered() -> None:
    def sent(key: str, unit: str, day: date, by: date | None, answered: date | None) -> Awaited:
        return Awaited(key=key, unit=unit, sent_on=day, answer_by=by, answered_on=answered)

    first = sent("1", "a", date(2027, 3, 1), None, None)
    again = sent("2", "a", date(2027, 4, 1), date(2027, 4, 21), None)
    done = sent("3", "b", date(2027, 3, 2), None, date(2027, 3, 9))
    early = sent("4", "c", date(2027, 3, 3), date(2027, 6, 1), None)
    assert [one.key for one in unanswered([first, done, early, again])] == ["4", "2"]
    assert (again.days_waiting(TODAY), again.days_late(TODAY)) == (30, 10)
    assert (early.days_late(TODAY), first.days_late(TODAY)) == (0, 0)
