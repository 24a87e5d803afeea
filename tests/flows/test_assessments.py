"""Sites scored by Brilha 2016 from the command line: totals with terms, refusals, acceptance."""

import json
from pathlib import Path
from typing import Any

import pytest

from geopark_app.cli import main
from geopark_app.cli.exit_codes import NOT_FOUND, REFUSED

# Lebak 2019, column 1: 35·3 + 20·4 + 20·4 + 15·4 + 10·3 = 355
RISK = {
    "DR.deterioration": 3,
    "DR.proximity_threats": 4,
    "DR.legal_protection": 4,
    "DR.accessibility": 4,
    "DR.population_density": 3,
}


class Scoring:
    """Runs `assess` and `scores` on one catalogue."""

    def __init__(self, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._start = ["--catalogue", str(folder)]
        self._file = tmp_path / "points.json"
        self._capsys = capsys

    def code(self, *words: str) -> int:
        code = main([*self._start, *words])
        self._capsys.readouterr()
        return code

    def json(self, *words: str) -> Any:
        self._capsys.readouterr()
        assert main([*self._start, *words, "--json"]) == 0, words
        return json.loads(self._capsys.readouterr().out)

    def points(self, content: object) -> str:
        self._file.write_text(json.dumps(content), encoding="utf-8")
        return str(self._file)

    def assess(self, points: dict[str, int], *more: str) -> list[dict[str, Any]]:
        path = self.points({"points": points, "remarks": {"DR.deterioration": "Mép hang vỡ"}})
        shown = self.json("assess", "LS-002", "--points", path, *more)
        found: list[dict[str, Any]] = shown["sites"][0]["assessments"]
        return found


@pytest.fixture
def run(langson: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Scoring:
    return Scoring(langson, tmp_path, capsys)


def test_a_total_shows_its_terms_and_missing_points_give_none(run: Scoring) -> None:
    (made,) = run.assess(RISK, "--assessor", "Chuyên gia A")
    assert made["DR"]["total"] == 355
    assert (made["DR"]["percent"], made["DR"]["class"]) == (88.75, "high")
    assert [term["product"] for term in made["DR"]["terms"]] == [105, 80, 80, 60, 30]
    assert (made["SV"]["total"], made["SV"]["complete"]) == (None, False)
    assert made["remarks"] == {"DR.deterioration": "Mép hang vỡ"}
    (site,) = run.json("scores")["sites"]
    assert (site["code"], site["DR"]["total"], site["provisional"]) == ("LS-002", 355, True)
    assert run.json("site", "show", "LS-002")["sites"][0]["dr_total"] == 355
    assert run.json("check")["ok"] is True


def test_two_assessors_stay_apart_and_one_result_is_accepted_with_a_reason(run: Scoring) -> None:
    first = run.assess(RISK, "--assessor", "A", "--date", "2026-11-01")[0]["uuid"]
    run.assess(RISK | {"DR.accessibility": 1}, "--assessor", "B", "--date", "2026-11-02")
    (site,) = run.json("scores")["sites"]
    assert site["differences"] == {"DR.accessibility": [1, 4]}
    assert (site["DR"]["total"], site["accepted"]) == (310, False)
    assert run.code("assess", "LS-002", "--accept", first) == REFUSED
    run.json("assess", "LS-002", "--accept", first, "--reason", "Họp ngày 3/11")
    (site,) = run.json("scores")["sites"]
    assert (site["DR"]["total"], site["accepted"], site["assessments"]) == (355, True, 2)


def test_an_assessment_is_gone_on_with(run: Scoring) -> None:
    (made,) = run.assess({"DR.deterioration": 3})
    (again,) = run.assess(RISK, "--into", made["uuid"])
    assert (again["uuid"], again["DR"]["total"]) == (made["uuid"], 355)


@pytest.mark.parametrize(
    "content",
    [
        {"points": {"SV.integrity": 3}},
        {"points": {"SV.beauty": 4}},
        {"points": {"DR.accessibility": 5}},
        {"points": {"DR.accessibility": "4"}},
        {"points": {"DR.accessibility": True}},
        {"points": []},
        [],
    ],
)
def test_points_the_method_does_not_have_are_refused(run: Scoring, content: object) -> None:
    assert run.code("assess", "LS-002", "--points", run.points(content)) == REFUSED
    assert run.json("scores") == {"sites": [], "count": 0}


def test_what_does_not_exist_is_not_found(run: Scoring) -> None:
    assert run.code("assess", "LS-999") == NOT_FOUND
    assert run.code("scores", "--method", "mine") == NOT_FOUND
    assert run.code("assess", "LS-002", "--points", "nowhere.json") == NOT_FOUND
    path = run.points({"points": RISK})
    assert run.code("assess", "LS-002", "--points", path, "--into", "nobody") == NOT_FOUND


def test_facts_of_the_site_propose_points(run: Scoring) -> None:
    facts = ("distance_paved_road_m=60", "bus_parking=yes", "population_density=180")
    run.json("site", "set", "LS-002", *(word for fact in facts for word in ("-f", fact)))
    proposed = run.json("assess", "LS-002")["sites"][0]["proposals"]
    assert proposed["DR.accessibility"] == proposed["PTU.accessibility"] == 4
    assert proposed["PEU.population_density"] == 2
    assert "DR.legal_protection" not in proposed
    run.json("record", "site_protection", "add", "-f", "site_uuid=LS-002", "-f", "status=ditich_qg")
    run.json("site", "set", "LS-002", "-f", "access_control=no")
    proposed = run.json("assess", "LS-002")["sites"][0]["proposals"]
    assert proposed["DR.legal_protection"] == 2
