"""Sites scored from the command line: blind until submitted, totals with terms, methods as data."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from geopark_app import settings
from geopark_app.cli import main
from geopark_app.cli.exit_codes import NOT_FOUND, REFUSED
from geopark_app.domain.condition import ListQuery
from geopark_app.domain.identifier import uuid_of
from geopark_app.domain.kinds import KINDS, AssessmentScore
from geopark_app.operations.context import AppContext
from geopark_app.operations.score_lists import risk_class_by_site
from geopark_app.store.history import histories_of
from tests.conftest import OpenCatalogue

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
        shown = self.json("assess", "LS-002", "--points", path, "--submit", *more)
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


def test_a_draft_is_gone_on_with_and_stands_once_submitted(run: Scoring) -> None:
    path = run.points({"points": {"DR.deterioration": 3}})
    (made,) = run.json("assess", "LS-002", "--points", path)["sites"][0]["assessments"]
    assert (made["draft"], made["submitted_at"]) == (True, None)
    (site,) = run.json("scores")["sites"]
    assert (site["submitted"], site["drafts"], site["assessment"]) == (0, 1, None)
    assert run.json("site", "show", "LS-002")["sites"][0]["dr_total"] is None
    assert run.code("assess", "LS-002", "--accept", made["uuid"], "--reason", "x") == REFUSED
    path = run.points({"points": RISK})
    (again,) = run.json("assess", "LS-002", "--points", path, "--into", made["uuid"])["sites"][0][
        "assessments"
    ]
    assert (again["uuid"], again["DR"]["total"]) == (made["uuid"], 355)
    (stands,) = run.json("assess", "LS-002", "--submit")["sites"][0]["assessments"]
    assert (stands["draft"], bool(stands["submitted_at"])) == (False, True)
    assert run.code("assess", "LS-002", "--points", path, "--into", made["uuid"]) == REFUSED
    assert run.code("assess", "LS-002", "--submit") == REFUSED
    empty = run.points({"points": {"SV.integrity": None}})
    assert run.code("assess", "LS-002", "--points", empty, "--submit") == REFUSED


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
    shown = run.json("assess", "LS-002")["sites"][0]
    proposed = shown["proposals"]
    assert shown["facts"]["DR.population_density"] == {"population_density": 180}
    assert proposed["DR.accessibility"] == proposed["PTU.accessibility"] == 4
    assert proposed["PEU.population_density"] == 2
    assert "DR.legal_protection" not in proposed
    run.json("record", "site_protection", "add", "-f", "site_uuid=LS-002", "-f", "status=ditich_qg")
    run.json("site", "set", "LS-002", "-f", "access_control=no")
    proposed = run.json("assess", "LS-002")["sites"][0]["proposals"]
    assert proposed["DR.legal_protection"] == 2
    other = {"points": {"DR.population_density": 4}}
    assert run.code("assess", "LS-002", "--points", run.points(other), "--submit") == REFUSED
    path = run.points({**other, "remarks": {"DR.population_density": "Điểm nằm giữa phố"}})
    assert run.code("assess", "LS-002", "--points", path, "--submit") == 0


class Team:
    """Two people at one catalogue: who is at work is in the settings."""

    def __init__(self, run: Scoring, opened: OpenCatalogue, folder: Path) -> None:
        self.run = run
        self._opened, self._folder = opened, folder

    def sit_down(self, person: str) -> AppContext:
        settings.save(settings.load().changed(person=person))
        context = self._opened(self._folder)
        author = context.catalogue.author(person=person, device="laptop")
        return replace(context, author=author)


@pytest.fixture
def team(run: Scoring, opened: OpenCatalogue, langson: Path) -> Team:
    return Team(run, opened, langson)


@pytest.mark.slow
def test_others_points_are_nowhere_to_be_seen_until_the_own_ones_are_submitted(
    team: Team, tmp_path: Path
) -> None:
    run = team.run
    team.sit_down("Lý Văn An").catalogue.close()
    (theirs,) = run.assess(RISK)
    score = uuid_of(theirs["uuid"], "DR.deterioration")
    context = team.sit_down("Nông Thị Bình")
    listed = ("record", "assessment_score", "list")
    try:
        (shown,) = run.json("assess", "LS-002")["sites"][0]["assessments"]
        assert (shown["hidden"], shown["DR"]["total"], shown["remarks"]) == (True, None, {})
        (site,) = run.json("scores")["sites"]
        assert (site["hidden"], site["assessment"], site["differences"]) == (1, None, {})
        assert "DR" not in site
        assert run.json("site", "show", "LS-002")["sites"][0]["dr_total"] is None
        assert run.json(*listed)["count"] == 0
        assert run.json("record", "assessment_score", "totals")["years"] == []
        assert run.code("record", "assessment_score", "show", score) == NOT_FOUND
        assert run.code("record", "assessment_score", "history", score) == NOT_FOUND
        assert histories_of(context.catalogue, KINDS["assessment_score"], [score]) == {score: []}
        assert run.json("search", "Mép hang vỡ")["hits"] == []
        keys = context.catalogue.list_rows(ListQuery(kind="assessment_score"), ("uuid",))
        assert keys == []
        assert context.catalogue.count(ListQuery(kind="assessment_score")) == 0
        assert context.catalogue.records_in_part(AssessmentScore, ["points"]) == []
        assert risk_class_by_site(context) == {}
        out = tmp_path / "all.xlsx"
        run.json("export", "xlsx", str(out))
        assert "Mép hang vỡ" not in _texts(out)
        assert run.code("assess", "LS-002", "--accept", theirs["uuid"], "--reason", "x") == REFUSED
        path = run.points({"points": RISK})
        assert run.code("assess", "LS-002", "--points", path, "--into", theirs["uuid"]) == REFUSED
        run.assess(RISK | {"DR.accessibility": 1})
        (site,) = run.json("scores")["sites"]
        assert (site["hidden"], site["submitted"]) == (0, 2)
        assert site["differences"] == {"DR.accessibility": [1, 4]}
        assert run.json(*listed)["count"] == 10
        assert run.json("search", "Mép hang vỡ")["hits"] != []
        assert risk_class_by_site(context) == {site["uuid"]: "high"}
    finally:
        context.catalogue.close()


def test_who_scores_no_site_reads_and_an_accepted_result_opens_the_round(team: Team) -> None:
    run = team.run
    team.sit_down("Lý Văn An").catalogue.close()
    (theirs,) = run.assess(RISK)
    team.sit_down("Hoàng Thị Lan").catalogue.close()
    assert run.json("scores")["sites"][0]["hidden"] == 1
    assert run.json("scores", "--score-none")["sites"][0]["hidden"] == 0
    run.json("assess", "LS-002", "--accept", theirs["uuid"], "--reason", "Họp ngày 3/11")
    team.sit_down("Triệu Văn Minh").catalogue.close()
    (site,) = run.json("scores")["sites"]
    assert (site["hidden"], site["accepted"], site["DR"]["total"]) == (0, True, 355)
    assert run.json("check")["ok"] is True


def test_a_ranking_is_written_to_print_and_to_work_with(run: Scoring, tmp_path: Path) -> None:
    run.assess(RISK, "--assessor", "A")
    path = run.points({"points": RISK | {"DR.deterioration": 1}})
    run.json("assess", "LS-001", "--points", path, "--submit")
    found = run.json("scores", "--by", "DR", "--out", str(tmp_path / "rank.xlsx"))
    assert [(one["place"], one["code"]) for one in found["sites"]] == [(1, "LS-002"), (2, "LS-001")]
    texts = _texts(tmp_path / "rank.xlsx")
    assert {"355", "105", "LS-002"} <= texts
    assert any("PROVISIONAL" in text or "TẠM TÍNH" in text for text in texts)
    assert run.json("scores", "--by", "SV", "--out", str(tmp_path / "rank.pdf"))["by"] == "SV"
    assert (tmp_path / "rank.pdf").read_bytes().startswith(b"%PDF")
    assert run.code("scores", "--by", "XX") == REFUSED


def test_the_office_confirms_the_numbers_of_a_method(run: Scoring) -> None:
    run.assess(RISK)
    assert run.code("method", "confirm", "brilha2016", "--note", " ") == REFUSED
    made = run.json("method", "confirm", "brilha2016", "--note", "Bài báo, bảng 1–8")
    assert (made["provisional"], made["confirmed_note"]) == (False, "Bài báo, bảng 1–8")
    assert run.json("scores")["sites"][0]["provisional"] is False
    assert run.json("method", "confirm", "brilha2016", "--withdraw")["provisional"] is True
    assert run.json("scores")["sites"][0]["provisional"] is True


METHODS = Path(__file__).resolve().parents[1] / "data" / "methods"


@pytest.mark.slow
def test_another_method_comes_in_as_data_and_stands_beside_the_first(
    run: Scoring, tmp_path: Path
) -> None:
    file = METHODS / "heritage-rank2023.json"
    assert run.json("method", "import", str(file), "--dry-run")["saved"] is False
    assert run.json("method", "list")["count"] == 1
    assert run.json("method", "import", str(file))["name"] == "heritage-rank-2023"
    assert [one["name"] for one in run.json("method", "list")["methods"]] == [
        "brilha2016",
        "heritage-rank-2023",
    ]
    out = tmp_path / "method.xlsx"
    run.json("method", "export", "heritage-rank", str(out))
    assert run.json("method", "import", str(out))["criteria"] == 9
    book = openpyxl.load_workbook(out)
    book["Criteria"]["E2"] = 3
    book.save(out)
    assert run.code("method", "import", str(out)) == REFUSED
    book["Values"]["D2"] = 11
    book.save(out)
    # the weights add up again, but this version is taken: its assessments would change
    assert run.code("method", "import", str(out)) == REFUSED
    book["Method"]["B3"] = "2023-office"
    book.save(out)
    assert run.json("method", "import", str(out))["name"] == "heritage-rank-2023-office"
    row = {"rank_uniqueness": 250, "n_types": 10, "accessibility": 25, "vulnerability": 25,
           "interpretation_need": -10, "scientific_importance": 25, "educational_importance": 0,
           "touristic_importance": 25, "aesthetic_importance": 25}  # fmt: skip
    path = run.points({"points": row})
    word = ("--method", "heritage-rank-2023")
    (made,) = run.json("assess", "LS-002", *word, "--points", path, "--submit")["sites"][0][
        "assessments"
    ]
    assert (made["rank"]["total"], made["rank"]["class"]) == (375, "national")
    assert run.json("scores")["count"] == 0
    assert run.json("scores", *word)["sites"][0]["rank"]["total"] == 375
    bad = run.points({"points": {"n_types": 7}})
    assert run.code("assess", "LS-002", *word, "--points", bad) == REFUSED
    assert run.json("check")["ok"] is True


def test_method_files_that_are_none_are_refused(run: Scoring, tmp_path: Path) -> None:
    for name, text in (("a.json", "{"), ("b.json", "[]"), ("c.txt", ""), ("d.xlsx", "PK")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert run.code("method", "import", str(tmp_path / name)) == REFUSED
    assert run.code("method", "import", str(tmp_path / "none.json")) == NOT_FOUND
    assert run.code("method", "show", "mine") == NOT_FOUND
    run.json("method", "export", "brilha2016", str(tmp_path / "brilha.json"))
    assert run.code("method", "import", str(tmp_path / "brilha.json")) == 0


def _texts(path: Path) -> set[str]:
    book = openpyxl.load_workbook(path)
    return {
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
