"""The whole record by commands: own fields, lists, codes, states, documents, sums by year."""

import json
from pathlib import Path
from typing import Any

import pytest

from geopark_app.cli import main
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import KINDS, Site
from geopark_app.operations.safety import check_catalogue
from tests.conftest import OpenCatalogue

pytestmark = pytest.mark.slow

BAD_DATA = 20


class Commands:
    """Runs commands on one catalogue and reads their JSON."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._start = ["--catalogue", str(folder)]
        self._capsys = capsys

    def code(self, *words: str) -> int:
        code = main([*self._start, *words])
        self._capsys.readouterr()
        return code

    def __call__(self, *words: str) -> Any:
        self._capsys.readouterr()
        assert main([*self._start, *words, "--json"]) == 0, words
        return json.loads(self._capsys.readouterr().out)

    def add(self, kind: str, **values: object) -> str:
        fields = [word for name, value in values.items() for word in ("-f", f"{name}={value}")]
        record: dict[str, Any] = self("record", kind, "add", *fields)["record"]
        return str(record["uuid"])

    def site(self, reference: str) -> dict[str, Any]:
        found: dict[str, Any] = self("site", "show", reference)["sites"][0]
        return found


@pytest.fixture
def run(langson: Path, capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(langson, capsys)


def test_every_kind_is_added_shown_trashed_and_restored(run: Commands) -> None:
    for name, kind in KINDS.items():
        if kind.is_seeded or name in {"own_choice", "own_value", "photo"}:
            continue
        typed = {"site_uuid": "LS-001"} if kind.field("site_uuid") else _one(name)
        if not typed:
            continue
        uuid = run.add(name, **typed)
        assert run("record", name, "show", uuid)["records"][0]["uuid"] == uuid
        assert run("record", name, "delete", uuid)["deleted"] is True
        assert run("record", name, "restore", uuid)["deleted"] is False
    assert run("check")["ok"] is True


def _one(name: str) -> dict[str, str]:
    """Give one typed value for a kind: the first field that takes free text."""
    for spec in KINDS[name].fields:
        if spec.vocabulary is None and spec.refers_to is None and spec.name != "kind_name":
            return {spec.name: _typed(spec.type.value)}
    return {}


def _typed(shape: str) -> str:
    return {
        "integer": "3",
        "decimal": "3,5",
        "boolean": "yes",
        "date": "01/11/2026",
        "instant": "2026-11-01T08:00:00+07:00",
        "position": "21.85, 106.76",
        "quantity": "5 m",
        "geometry": '{"type":"Point","coordinates":[106.7,21.8]}',
    }.get(shape, "abc")


def test_own_fields_are_defined_and_filled_without_programming(run: Commands) -> None:
    run.add("own_field", code="soil_ph", kind_name="site", label_vi="pH", value_type="number")
    use = run.add("own_field", code="use", kind_name="site", label_vi="Dùng", value_type="choices")
    for code, label in (("wall", "Tường"), ("lime", "Vôi"), ("road", "Đường")):
        run.add("own_field_choice", own_field_uuid=use, code=code, label_vi=label)
    own = ("-f", "own:soil_ph=6,5", "-f", "own:use=tuong; lime", "-f", "village=A")
    run("site", "set", "LS-002", *own)
    assert run.site("LS-002")["own"] == {"soil_ph": 6.5, "use": ["lime", "wall"]}
    assert run("site", "list", "--filter", "own:use=Vôi")["count"] == 1
    run("site", "set", "LS-002", "-f", "own:use=road", "-f", "own:soil_ph=")
    assert run.site("LS-002")["own"] == {"soil_ph": None, "use": ["road"]}
    assert run.code("site", "set", "LS-002", "-f", "own:soil_ph=acid") == BAD_DATA
    assert run.code("site", "set", "LS-002", "-f", "own:use=gold") == BAD_DATA
    assert run.code("site", "set", "LS-002", "-f", "own:nothing=1") == BAD_DATA
    assert run.code("record", "own_field", "add", "-f", "code=A b") == BAD_DATA
    assert run.code("record", "own_field", "add", "-f", "kind_name=planet") == BAD_DATA
    assert run("check")["ok"] is True


def test_the_same_element_of_a_set_is_one_row(run: Commands) -> None:
    first = run.add("site_current_use", site_uuid="LS-002", term="tourism")
    assert run.add("site_current_use", site_uuid="LS-002", term="tourism") == first
    assert len(run.site("LS-002")["current_use"]) == 1


def test_a_site_shows_its_lists_and_what_is_worked_out(run: Commands) -> None:
    run.add("site_threat", site_uuid="LS-002", threat="quarrying", severity="2")
    run.add("document", site_uuid="LS-002", document_kind="sketch_map", title_vi="Sơ đồ")
    site = run.site("LS-002")
    assert [row["threat"] for row in site["threats"]] == ["quarrying"]
    assert len(site["sketch_map"]) == len(site["documents"]) == 1
    assert site["section"] == site["videos"] == []
    assert 2_300_000 < site["x_vn2000"] < 2_500_000
    assert site["history"] > 0
    assert {spec.name for spec in kind_of(Site).derived} <= site.keys()
    assert {one.name for one in kind_of(Site).lists} <= site.keys()


def test_totals_come_from_the_scores_of_an_assessment(run: Commands) -> None:
    made = run.add("assessment", site_uuid="LS-002", method="brilha2016", assessed_on="2026-11-01")
    terms = run("record", "term", "list", "--filter", "vocabulary=brilha2016")["records"]
    criteria = [term for term in terms if term["parent"] == "DR"]
    assert sum(term["weight"] for term in criteria) == 100
    for term in criteria:
        assert run.site("LS-002")["dr_total"] is None
        run.add("assessment_score", assessment_uuid=made, criterion=term["code"], points=3)
    site = run.site("LS-002")
    assert (site["dr_total"], site["dr_class"], site["sv_total"]) == (300, "moderate", None)
    assert site["relevance_claimed"] is None


def test_a_state_follows_only_where_it_may(run: Commands) -> None:
    assert run.code("site", "set", "LS-002", "-f", "workflow_status=validated") == BAD_DATA
    for state in ("submitted", "checked", "validated", "draft", "archived"):
        run("site", "set", "LS-002", "-f", f"workflow_status={state}")
    assert run.code("site", "set", "LS-002", "-f", "workflow_status=draft") == BAD_DATA


def test_a_provisional_code_becomes_final_and_stays_findable(run: Commands) -> None:
    assert run("site", "next-code", "--letter", "b")["code"] == "LS-B-001"
    uuid = run.add("site", code="LS-B-003", name_vi="Hang mới")
    assert run("site", "next-code", "--letter", "B")["code"] == "LS-B-004"
    assert run("site", "next-code")["code"] == "LS-097"
    assert run("site", "code", "LS-B-003")["code"] == "LS-097"
    assert run.site("LS-B-003")["uuid"] == run.site("LS-097")["uuid"] == uuid
    assert "site:LS-097" in {hit["ref"] for hit in run("search", "LS-B-003")["hits"]}
    assert run.code("site", "code", "LS-097", "--final", "LS-C-001") == BAD_DATA


def test_an_extent_is_checked(run: Commands) -> None:
    bow = '{"type":"Polygon","coordinates":[[[106,21],[107,22],[107,21],[106,22],[106,21]]]}'
    far = '{"type":"Point","coordinates":[648000,2400000]}'
    for wrong in (bow, far, "{}", "[]", '{"type":"Point"}', "nothing"):
        words = ("-f", "site_uuid=LS-002", "-f", f"geojson={wrong}")
        assert run.code("record", "site_extent", "add", *words) == BAD_DATA
    shape = '{"type":"LineString","coordinates":[[106,21,5],[107,22,5]]}'
    line = f'{{"type":"Feature","geometry":{shape}}}'
    run.add("site_extent", site_uuid="LS-002", geojson=line)
    (row,) = run.site("LS-002")["geometry"]
    assert json.loads(row["geojson"]) == {
        "type": "LineString",
        "coordinates": [[106.0, 21.0], [107.0, 22.0]],
    }


def test_several_former_communes_are_listed_and_found(run: Commands) -> None:
    district = run("record", "former_commune", "list")["records"]
    other = next(unit for unit in district if unit["name_vi"] == "Hữu Liên")
    run.add("site_former_commune", site_uuid="LS-001", former_commune_code=other["code"])
    site = run.site("LS-001")
    assert "Hữu Liên" in site["former_commune"]
    assert ";" in site["former_commune"]
    assert "site:LS-001" in {hit["ref"] for hit in run("search", "huu lien")["hits"]}


def test_a_document_is_attached_with_a_reminder(
    langson: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], opened: OpenCatalogue
) -> None:
    paper = tmp_path / "Quyết định.pdf"
    paper.write_bytes(b"%PDF-1.4 a decision")
    words = ["record", "document", "attach", str(paper), "-f", "site_uuid=LS-002", "--lang", "en"]
    assert main(["--catalogue", str(langson), *words]) == 0
    assert "Nothing classified" in capsys.readouterr().err
    context = opened(langson)
    from geopark_app.domain.kinds import Document

    (document,) = context.catalogue.records(Document)
    assert (document.title_vi, document.media_type) == ("Quyết định", "application/pdf")
    assert document.sha256
    assert context.catalogue.files.has(document.sha256)
    assert check_catalogue(context) == []


def test_sums_by_year(run: Commands) -> None:
    for day, people in (("2025-03-02", 40), ("2025-10-01", 300), ("2024-05-01", 25)):
        run.add("activity", starts_on=day, participants=people)
    run.add("budget_line", year=2025, planned="1500 triệu đồng")
    years = run("record", "activity", "totals")["years"]
    assert [(one["year"], one["count"], one["sums"]) for one in years] == [
        ("2025", 2, {"participants": 340}),
        ("2024", 1, {"participants": 25}),
    ]
    budget = run("record", "budget_line", "totals")["years"]
    assert budget[0]["sums"] == {"planned (triệu đồng)": 1500}
