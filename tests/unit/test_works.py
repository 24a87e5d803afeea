"""Works grouped by commune: order of urgency, lateness, sums of what is still open."""

from datetime import date

from geopark_app.rules.works import WorkLine, by_commune, sums_of

TODAY = date(2027, 5, 1)


def line(title: str, commune: str = "Chi Lăng", **more: object) -> WorkLine:
    values: dict[str, object] = {
        "uuid": title, "commune": commune, "place": "", "title": title, "kind": "", "unit": "",
        "person": "", "state": "", "block": "", "state_code": "planned", "block_code": "",
        "due": None, "cost_vnd": None,
    }  # fmt: skip
    return WorkLine(**(values | more))  # type: ignore[arg-type]


LINES = (
    line("undated"),
    line("late", due=date(2027, 4, 30), cost_vnd=2_000_000),
    line("today", due=TODAY, cost_vnd=500_000, block_code="land"),
    line("done", state_code="done", due=date(2027, 1, 1), cost_vnd=9_000_000, block_code="land"),
    line("other", commune="Bắc Sơn"),
    line("park", commune=""),
)


def test_late_is_open_and_before_today() -> None:
    assert [one.title for one in LINES if one.is_late(TODAY)] == ["late"]
    assert [one.title for one in LINES if not one.is_open] == ["done"]


def test_sums_count_the_open_works_only() -> None:
    sums = sums_of(LINES, TODAY)
    assert (sums.count, sums.open, sums.late, sums.blocked) == (6, 5, 1, 1)
    assert (sums.cost_vnd, sums.unpriced) == (2_500_000, 3)
    assert sums_of((), TODAY).count == 0


def test_communes_come_in_the_order_given_and_the_most_urgent_first() -> None:
    groups = by_commune(LINES, TODAY, names_in_order=["Bắc Sơn", "Chi Lăng"])
    assert [group.commune for group in groups] == ["Bắc Sơn", "Chi Lăng", ""]
    assert [one.title for one in groups[1].lines] == ["late", "today", "undated", "done"]
