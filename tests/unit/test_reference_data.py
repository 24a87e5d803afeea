"""Vocabularies, the readiness checklist, map outline and reference tables that ship."""

import csv
import json
import re
import unicodedata
import uuid
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from geopark_app.domain.declaration import FieldType
from geopark_app.domain.kinds import KINDS
from geopark_app.domain.position import PositionQuality

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"
VOCABULARIES = sorted((RESOURCES / "vocabularies").rglob("*.json"))
REFERENCE = ("crs", "geological_time", "lithology")
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "geopark-inventory/starter")

Json = dict[str, Any]


@cache
def _load(path: Path) -> Json:
    loaded: Json = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def _vocabulary(name: str) -> Json:
    return _load(RESOURCES / "vocabularies" / f"{name}.json")


def _checklist() -> Json:
    return _load(RESOURCES / "checklists" / "readiness.json")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _reference(name: str) -> list[dict[str, str]]:
    text = (ROOT / "db" / "reference" / f"{name}.csv").read_text(encoding="utf-8")
    first, rest = text.split("\n", 1)
    assert first.startswith("# source: ")
    return list(csv.DictReader(rest.splitlines()))


@pytest.mark.parametrize("path", VOCABULARIES, ids=lambda path: path.stem)
def test_a_vocabulary_is_complete(path: Path) -> None:
    vocabulary = _load(path)
    assert vocabulary["id"] == path.stem
    assert vocabulary["source"]
    assert vocabulary["status"]
    terms = vocabulary["terms"]
    assert [term["order"] for term in terms] == list(range(1, len(terms) + 1))
    assert len({term["id"] for term in terms}) == len(terms)
    for term in terms:
        assert term["label_vi"]
        assert term["label_en"]
        key = f"term:{vocabulary['id']}-{vocabulary['edition']}:{term['id']}"
        assert term["uuid"] == str(uuid.uuid5(NAMESPACE, key))
        assert term.get("parent") is None or term["parent"] in {t["id"] for t in terms}
    for text in _texts(vocabulary):
        assert text == unicodedata.normalize("NFC", text)


def test_every_choice_of_a_record_has_its_vocabulary() -> None:
    wanted = {
        field.vocabulary
        for kind in KINDS.values()
        for field in kind.fields
        if field.type is FieldType.CHOICE
    }
    assert wanted <= {path.stem for path in VOCABULARIES}


def test_kinds_of_the_research_list_come_in_through_one_table() -> None:
    table = _vocabulary("site_kind")["imports_as"]
    terms = {term["id"] for term in _vocabulary("site_kind")["terms"]}
    assert len(table) == 7
    assert set(table.values()) <= terms
    assert table["geodiversity"] == "geodiversity_site"


def test_position_qualities_are_those_of_the_program() -> None:
    terms = {term["id"] for term in _vocabulary("coord_quality")["terms"]}
    assert terms == {quality.value for quality in PositionQuality}


def test_licences_without_permission_are_not_exported() -> None:
    flags = {term["id"]: term["exportable"] for term in _vocabulary("licence")["terms"]}
    assert not flags["all_rights"]
    assert not flags["unknown"]
    assert flags["own"]
    assert flags["cc-by-4.0"]


def test_workflow_steps_join_states_that_exist() -> None:
    vocabulary = _vocabulary("workflow_status")
    states = {term["id"] for term in vocabulary["terms"]}
    assert {state for step in vocabulary["transitions"] for state in step} == states


def test_answer_values() -> None:
    values = {term["id"]: term["value"] for term in _vocabulary("answer_status")["terms"]}
    assert values == {"met": 1.0, "partly": 0.5, "not_met": 0.0, "na": None, "not_checked": None}
    assert values == {s["id"]: s["value"] for s in _checklist()["statuses"]}


def test_checklist_counts() -> None:
    items = _checklist()["items"]
    assert len(items) == 80
    assert len(_checklist()["groups"]) == 16
    assert Counter(item["scope"] for item in items) == {"site": 36, "route": 18, "park": 26}
    assert sum(item["weight"] for item in items) == 271
    assert sum(item["critical"] for item in items) == 16
    assert sum(item["due_before_mission"] for item in items) == 73
    assert all(1 <= item["weight"] <= 5 for item in items)


def test_checklist_keys_are_fixed_and_used_once() -> None:
    checklist = _checklist()
    edition = checklist["id"]
    assert edition == "readiness-2026.1"
    assert checklist["uuid"] == str(uuid.uuid5(NAMESPACE, f"checklist:{edition}"))
    for part, name in (("groups", "checklist_group"), ("items", "checklist_item")):
        for row in checklist[part]:
            assert row["uuid"] == str(uuid.uuid5(NAMESPACE, f"{name}:{edition}:{row['id']}"))
    uuids = [row["uuid"] for row in (*checklist["groups"], *checklist["items"])]
    assert len(set(uuids)) == 96


def test_checklist_items_belong_to_groups_and_use_known_words() -> None:
    checklist = _checklist()
    groups = {group["id"] for group in checklist["groups"]}
    words = {
        "scope": {word["id"] for word in checklist["scopes"]},
        "answer_type": {word["id"] for word in checklist["answer_types"]},
    }
    evidence = {word["id"] for word in checklist["evidence_kinds"]}
    basis = {word["id"] for word in checklist["basis_kinds"]}
    for item in checklist["items"]:
        assert item["group"] in groups
        assert item["id"].startswith(item["group"])
        assert all(item[column] in allowed for column, allowed in words.items())
        assert set(item["evidence"]) <= evidence
        assert item["evidence"]
        assert set(item["basis"]) <= basis
        assert item["basis"]


def test_checklist_texts_come_in_both_languages() -> None:
    for item in _checklist()["items"]:
        assert all(item[column] for column in ("label_vi", "label_en", "why_vi", "why_en"))
        for text in ("measure_unit", "threshold"):
            assert bool(item[f"{text}_vi"]) == bool(item[f"{text}_en"])
        assert bool(item["measure_type"]) == (item["answer_type"] == "measure")
    assert all(text == unicodedata.normalize("NFC", text) for text in _texts(_checklist()))


def test_the_checklist_says_that_it_is_a_proposal() -> None:
    assert "not UNESCO figures" in _checklist()["status"]


@pytest.mark.parametrize("name", ["outline", "towns"])
def test_map_files_carry_licence_and_credit(name: str) -> None:
    layer = _load(RESOURCES / "map" / f"{name}.json")
    assert layer["type"] == "FeatureCollection"
    assert all(layer[key] for key in ("licence", "credit_vi", "credit_en", "source", "changes"))
    for feature in layer["features"]:
        assert {"kind", "name_vi", "name_en"} <= set(feature["properties"])
    assert all(text == unicodedata.normalize("NFC", text) for text in _texts(layer))


def test_outline_holds_province_neighbours_and_countries_and_no_commune() -> None:
    outline = _load(RESOURCES / "map" / "outline.json")
    kinds = Counter(feature["properties"]["kind"] for feature in outline["features"])
    assert kinds == {"country": 2, "neighbour": 7, "province": 1}
    assert "not an official boundary" in outline["note_en"]


def test_outline_is_drawn_with_few_points() -> None:
    def points(part: list[Any]) -> int:
        return 1 if isinstance(part[0], float) else sum(points(child) for child in part)

    features = _load(RESOURCES / "map" / "outline.json")["features"]
    assert sum(points(feature["geometry"]["coordinates"]) for feature in features) < 1_000


def test_towns_lie_in_the_frame_of_the_outline() -> None:
    west, south, east, north = _load(RESOURCES / "map" / "outline.json")["bbox"]
    towns = _load(RESOURCES / "map" / "towns.json")
    assert towns["licence"] == "CC BY 4.0"
    for feature in towns["features"]:
        lon, lat = feature["geometry"]["coordinates"]
        assert west <= lon <= east
        assert south <= lat <= north
    names = {f["properties"]["name_en"]: f["properties"]["name_vi"] for f in towns["features"]}
    assert names["Pingxiang"] == "Bằng Tường"
    assert not any(name.startswith("Thị Trấn") for name in names)


@pytest.mark.parametrize("name", REFERENCE)
def test_reference_tables_are_nfc_with_keys_used_once(name: str) -> None:
    rows = _reference(name)
    key = "epsg" if name == "crs" else "id"
    assert len({row[key] for row in rows}) == len(rows)
    for row in rows:
        assert row["label_vi"]
        assert row["label_en"]
        assert all(text == unicodedata.normalize("NFC", text) for text in row.values())


def test_reference_counts_and_parents() -> None:
    time, rocks = _reference("geological_time"), _reference("lithology")
    assert (len(time), len(rocks)) == (178, 151)
    assert {row["parent"] for row in time} - {""} <= {row["id"] for row in time}
    for row in time:
        assert float(row["begin_ma"]) > float(row["end_ma"])


def test_systems_of_the_profile_are_in_the_reference_table() -> None:
    profile = _load(RESOURCES / "starter" / "langson" / "profile.json")
    known = {f"EPSG:{row['epsg']}" for row in _reference("crs")}
    assert {profile["crs"]["display"], *profile["crs"]["other"]} <= known


def test_no_file_holds_a_machine_path_or_data_of_a_licence_left_out() -> None:
    folders = (
        RESOURCES / "vocabularies",
        RESOURCES / "checklists",
        RESOURCES / "map",
        RESOURCES / "starter",
        RESOURCES / "profiles",
        ROOT / "db" / "reference",
    )
    forbidden = re.compile(
        r"/w[o]rk/|/r[o]ot/|daohoangson|GSHHG|GPL|CC BY-SA(?! 4\.0\")|OpenStreetMap"
    )
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                found = forbidden.search(path.read_text(encoding="utf-8"))
                assert found is None, (path, found)
