"""Readiness by area, over time and too old, with sums worked out by hand from the weights."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from geopark_app.cli import main
from geopark_app.cli.exit_codes import REFUSED
from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.kinds import Stop
from geopark_app.operations.context import AppContext
from geopark_app.operations.readiness_board import readiness_board, readiness_trend
from geopark_app.operations.readiness_export import write_readiness
from geopark_app.operations.readiness_results import set_stale_after_days, stale_after_days
from geopark_app.operations.sites import find_site
from geopark_app.operations.visits import record_visit
from tests.conftest import OpenCatalogue

TODAY = datetime(2026, 11, 23, 9, tzinfo=VIETNAM)
# Weights of readiness-2026.1: A05 4, B01 5 (critical), B04 4, F01 5, of the park P01 5 (critical).


@pytest.fixture
def context(langson: Path, opened: OpenCatalogue) -> AppContext:
    context = opened(langson, clock=lambda: TODAY)
    record_visit(
        context, "LS-001", {"A05": {"status": "met"}, "B01": {"status": "not_met"}},
        visited_on="2026-03-01",
    )  # fmt: skip
    record_visit(context, "LS-001", {"B01": {"status": "partly"}}, visited_on="2026-11-01")
    record_visit(
        context, "LS-002", {"B01": {"status": "met"}, "B04": {"status": "na"}},
        visited_on="2026-06-01",
    )  # fmt: skip
    record_visit(context, "park", {"P01": {"status": "not_met"}}, visited_on="2026-11-20")
    return context


def test_sums_by_place_commune_route_and_group(context: AppContext) -> None:
    board = readiness_board(context)
    places = {line.place.code or line.place.scope: line for line in board.places}
    # LS-001: (4·1 + 5·0.5) / 9; two of 36 items; A05 is of March, older than 180 days
    first = places["LS-001"].readiness
    assert (first.score, first.answered, first.applicable) == (6.5 / 9, 2, 36)
    assert (first.stale, first.is_red) == (1, False)
    # LS-002: 5·1 / 5; B04 does not apply, so 35 items are left
    second = places["LS-002"].readiness
    assert (second.score, second.answered, second.applicable) == (1.0, 1, 35)
    assert places["park"].readiness.band == "red"
    # Everything: (6.5 + 5 + 0) / (9 + 5 + 5); red because of P01
    whole = board.whole.readiness
    assert whole.score == pytest.approx(11.5 / 19)
    assert (whole.is_red, whole.answered) == (True, 4)
    assert whole.applicable == 96 * 36 - 1 + 4 * 18 + 26
    groups = {area.key: area for area in board.groups}
    # B: LS-001 2.5 of 5, LS-002 5 of 5
    assert groups["B"].readiness.score == 0.75
    assert (groups["B"].visited, groups["P"].red) == (2, 1)
    commune = find_site(context, "LS-001").commune_code
    (area,) = [one for one in board.communes if one.key == commune]
    assert area.visited >= 1
    stops = context.catalogue.records(Stop, where={"site_uuid": find_site(context, "LS-001").uuid})
    for stop in stops:
        assert stop.route_uuid is None or any(one.visited for one in board.routes)
    assert len(board.routes) == 4


def test_too_old_answers_ask_for_a_visit(context: AppContext) -> None:
    board = readiness_board(context)
    # 23 November minus 180 days is 27 May: only the answer of 1 March is older
    assert [(one.place.code, one.item.code, one.days) for one in board.stale] == [
        ("LS-001", "A05", 267)
    ]
    set_stale_after_days(context, 30)
    assert stale_after_days(context) == 30
    stale = [(one.place.code, one.item.code) for one in readiness_board(context).stale]
    # 1 June is older than 30 days; "does not apply" asks for nothing
    assert stale == [("LS-001", "A05"), ("LS-002", "B01")]


def test_the_trend_follows_the_days_of_the_answers(context: AppContext) -> None:
    points = readiness_trend(context, [f"site:{find_site(context, 'LS-001').uuid}"])
    # March: (4·1 + 5·0) / 9, red; November: (4·1 + 5·0.5) / 9
    told = [(str(one.day), one.readiness.score, one.readiness.is_red) for one in points]
    assert told == [("2026-03-01", 4 / 9, True), ("2026-11-01", 6.5 / 9, False)]
    everything = readiness_trend(context)
    assert [str(one.day) for one in everything] == [
        "2026-03-01", "2026-06-01", "2026-11-01", "2026-11-20",
    ]  # fmt: skip
    last, whole = everything[-1].readiness, readiness_board(context).whole.readiness
    assert (last.score, last.coverage, last.is_red) == (whole.score, whole.coverage, whole.is_red)


def test_charts_and_figures_are_written(context: AppContext, tmp_path: Path) -> None:
    paper, table = tmp_path / "readiness.pdf", tmp_path / "readiness.xlsx"
    write_readiness(context, paper)
    write_readiness(context, table)
    assert paper.read_bytes().startswith(b"%PDF")
    book = openpyxl.load_workbook(table)
    assert book.sheetnames[:5] == ["Places", "Areas", "Heat", "Trend", "Stale"]
    rows = list(book["Places"].iter_rows(values_only=True))
    ours = next(row for row in rows if str(row[0]).startswith("LS-001"))
    assert ours[1:] == (72.2, 5.6, None, 2, 36, 1)


def test_the_commands(
    context: AppContext, langson: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*words: str) -> dict[str, Any]:
        capsys.readouterr()
        assert main(["--catalogue", str(langson), "readiness", *words, "--json"]) == 0, words
        return dict(json.loads(capsys.readouterr().out))

    checks: dict[tuple[str, ...], Callable[[dict[str, Any]], bool]] = {
        (): lambda told: told["count"] == 2 and told["whole"]["red"],
        ("--by", "route"): lambda told: told["count"] == 4 and "own" in told["routes"][0],
        ("--by", "commune"): lambda told: told["count"] >= 1,
        ("--by", "group"): lambda told: told["count"] == 16,
        ("--by", "park"): lambda told: told["park"][0]["band"] == "red",
        ("--trend",): lambda told: told["count"] == 4,
        ("LS-001", "--trend"): lambda told: told["count"] == 2,
        ("--stale", "--stale-days", "200"): lambda told: told["stale_after_days"] == 200,
        ("LS-001", "--stale"): lambda told: all(one["item"] == "A05" for one in told["stale"]),
        ("LS-001",): lambda told: told["fresh_coverage"] is not None,
    }
    for words, check in checks.items():
        assert check(run(*words)), words
    start = ["--catalogue", str(langson)]
    assert main([*start, "readiness", "--stale-days", "0"]) == REFUSED
    typed = ["--answer", "2 3", "--answer", "B11 2 4,5 phai"]
    assert main([*start, "visit", "record", "LS-003", *typed, "--date", "2026-11-02"]) == 0
    assert main([*start, "visit", "record", "LS-003", "--answer", "Z9 1"]) == REFUSED
    statuses = {one["id"]: one["status"] for one in run("LS-003")["items"]}
    assert (statuses["B01"], statuses["B11"]) == ("not_met", "partly")
