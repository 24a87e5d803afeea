"""Totals, classes and proposals of the quantitative assessment, worked out by hand or published."""

import csv
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from geopark_app.rules import scoring
from geopark_app.rules.scoring import SiteFacts, proposed_points, value_total

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = ROOT / "tests" / "data" / "published"
VECTORS = ROOT / ".." / "shared" / "reference" / "brilha_test_vectors.json"
RISK = {
    "DR.deterioration": 35,
    "DR.proximity_threats": 20,
    "DR.legal_protection": 20,
    "DR.accessibility": 15,
    "DR.population_density": 10,
}
CLASSES = {
    "Internacional": "international",
    "Nacional": "national",
    "Regional/Local": "regional_local",
    "Baixo": "low",
    "Médio": "moderate",
    "Alto": "high",
}


def published(name: str) -> list[dict[str, str]]:
    with (PUBLISHED / name).open(encoding="utf-8") as file:
        assert next(file).startswith("# source: ")
        return list(csv.DictReader(file))


@cache
def shipped_weights() -> dict[str, dict[str, int]]:
    path = ROOT / "resources" / "vocabularies" / "2026.2" / "brilha2016.json"
    found: dict[str, dict[str, int]] = {}
    for term in json.loads(path.read_text(encoding="utf-8"))["terms"]:
        if "weight" in term:
            found.setdefault(term["parent"], {})[term["id"]] = term["weight"]
    return found


@cache
def shipped_points() -> dict[str, list[int]]:
    path = ROOT / "resources" / "vocabularies" / "2026.3" / "brilha2016_points.json"
    found: dict[str, list[int]] = {}
    for term in json.loads(path.read_text(encoding="utf-8"))["terms"]:
        criterion, points = term["id"].split("=")
        assert int(points) == term["weight"]
        found.setdefault(criterion, []).append(term["weight"])
    return found


def test_every_criterion_has_its_indicators_and_every_value_a_hundred_percent() -> None:
    weights = shipped_weights()
    assert {value: len(criteria) for value, criteria in weights.items()} == {
        "SV": 7,
        "PEU": 12,
        "PTU": 13,
        "DR": 5,
    }
    for value, criteria in weights.items():
        assert sum(criteria.values()) == 100
        for criterion in criteria:
            # The paper offers no 3 for scientific value.
            assert shipped_points()[criterion] == (
                [4, 2, 1, 0] if value == "SV" else [4, 3, 2, 1, 0]
            )
    assert weights["DR"] == RISK
    assert shipped_points().keys() == {name for criteria in weights.values() for name in criteria}


@pytest.mark.parametrize("row", published("lebak2019_risk.csv"), ids=lambda row: row["column"])
def test_the_39_published_risks_of_lebak(row: dict[str, str]) -> None:
    points = {name: int(row[name]) for name in RISK}
    assert value_total("DR", RISK, points).percent == float(row["published_percent"])


def test_the_classes_of_lebak_as_counted() -> None:
    rows = published("lebak2019_risk.csv")
    found = [
        value_total("DR", RISK, {name: int(row[name]) for name in RISK}).result_class
        for row in rows
    ]
    assert (found.count("high"), found.count("moderate"), found.count("low")) == (15, 17, 7)


@pytest.mark.parametrize("row", published("geossit_classes.csv"), ids=lambda row: row["record_no"])
def test_the_published_classes_of_geossit(row: dict[str, str]) -> None:
    found = {
        "SV": scoring.derived_relevance(_number(row["SV"])),
        "PEU": scoring.potential_relevance(_number(row["PEU"])),
        "PTU": scoring.potential_relevance(_number(row["PTU"])),
        "DR": scoring.risk_class(_number(row["DR"])),
    }
    for value, result in found.items():
        assert result == CLASSES.get(row[f"{value}_class_published"]), value


def _number(text: str) -> int | None:
    return int(text) if text else None


@pytest.mark.parametrize(
    ("value", "points", "total", "result"),
    [
        # 30·4 + 20·2 + 5·1 + 15·4 + 5·2 + 15·2 + 10·1 = 275
        ("SV", (4, 2, 1, 4, 2, 2, 1), 275, "national"),
        ("SV", (4, 4, 4, 2, 2, 2, 1), 300, "national"),
        ("SV", (4, 4, 4, 2, 4, 2, 1), 310, "international"),
        ("SV", (1, 1, 1, 1, 1, 1, 1), 100, "not_geosite"),
        # 35·3 + 20·4 + 20·4 + 15·4 + 10·3 = 355: Lebak 2019, column 1
        ("DR", (3, 4, 4, 4, 3), 355, "high"),
        ("DR", (2, 2, 2, 2, 2), 200, "low"),
        ("DR", (3, 3, 3, 3, 3), 300, "moderate"),
        ("PEU", (2,) * 12, 200, "national"),
        ("PTU", (1,) * 13, 100, "regional_local"),
    ],
)
def test_totals_worked_out_by_hand(
    value: str, points: tuple[int, ...], total: int, result: str
) -> None:
    weights = shipped_weights()[value]
    found = value_total(value, weights, dict(zip(weights, points, strict=True)))
    assert (found.total, found.result_class) == (total, result)
    assert sum(term.product or 0 for term in found.terms) == total
    assert found.missing == ()


def test_a_value_with_an_unscored_criterion_has_no_total() -> None:
    points: dict[str, int | None] = dict.fromkeys(RISK, 4)
    points["DR.accessibility"] = None
    del points["DR.population_density"]
    found = value_total("DR", RISK, points)
    assert (found.total, found.percent, found.result_class) == (None, None, None)
    assert found.missing == ("DR.accessibility", "DR.population_density")
    assert scoring.total({}, {}) is None
    assert scoring.risk_class(None) is scoring.derived_relevance(None) is None
    assert scoring.potential_relevance(None) is None


def test_points_the_method_does_not_offer_are_named() -> None:
    allowed = {"SV.integrity": [4, 2, 1, 0]}
    given = {"SV.integrity": 3, "SV.beauty": 4}
    assert scoring.refused_points(given, allowed) == ["SV.integrity", "SV.beauty"]
    assert scoring.refused_points({"SV.integrity": None}, allowed) == []


def test_the_spread_names_only_where_assessors_differ() -> None:
    scorings: list[dict[str, int | None]] = [
        {"a": 4, "b": 1, "c": None},
        {"a": 2, "b": 1, "c": 3},
        {"a": 3},
    ]
    assert scoring.spread(scorings) == {"a": (2, 4)}


@pytest.mark.parametrize(
    ("facts", "criterion", "points"),
    [
        ({"distance_paved_road_m": 99, "bus_parking": True}, "accessibility", 4),
        ({"distance_paved_road_m": 99, "bus_parking": False}, "accessibility", 3),
        ({"distance_paved_road_m": 100, "bus_parking": True}, "accessibility", 3),
        ({"distance_paved_road_m": 500, "distance_bus_road_m": 0}, "accessibility", 2),
        ({"distance_bus_road_m": 999}, "accessibility", 1),
        ({"distance_bus_road_m": 1000}, "accessibility", 0),
        ({"distance_paved_road_m": 700}, "accessibility", None),
        ({"population_density": 99}, "population_density", 1),
        ({"population_density": 100}, "population_density", 2),
        ({"population_density": 250}, "population_density", 3),
        ({"population_density": 1000}, "population_density", 3),
        ({"population_density": 1001}, "population_density", 4),
        ({"distance_to_threat_m": 49}, "proximity_threats", 4),
        ({"distance_to_threat_m": 199}, "proximity_threats", 3),
        ({"distance_to_threat_m": 499}, "proximity_threats", 2),
        ({"distance_to_threat_m": 999}, "proximity_threats", 1),
        ({"distance_to_threat_m": 1000}, "proximity_threats", 0),
        ({"is_protected": False, "access_control": False}, "legal_protection", 4),
        ({"is_protected": False, "access_control": True}, "legal_protection", 3),
        ({"is_protected": True, "access_control": False}, "legal_protection", 2),
        ({"is_protected": True, "access_control": True}, "legal_protection", 1),
        ({"is_protected": True}, "legal_protection", None),
    ],
)
def test_points_the_facts_speak_for(
    facts: dict[str, Any], criterion: str, points: int | None
) -> None:
    expected = {} if points is None else {criterion: points}
    assert proposed_points(SiteFacts(**facts)) == expected


def vectors() -> Iterator[Any]:
    if VECTORS.is_file():
        yield from json.loads(VECTORS.read_text(encoding="utf-8"))


@pytest.mark.skipif(not VECTORS.is_file(), reason="the shared research is not here")
def test_all_vectors_of_the_research() -> None:
    found = list(vectors())
    assert len(found) == 23
    for vector in found:
        value = vector["value"]
        points = {f"{value}.{name}": given for name, given in vector["points"].items()}
        result = value_total(value, shipped_weights()[value], points)
        assert result.total == vector["expected_total"], vector["name"]
        if vector["expected_class"]:
            assert result.result_class == vector["expected_class"], vector["name"]
